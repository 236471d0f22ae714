"""``argmap bench cluster``: mining made-up threads in one process and on two workers of a Dask cluster here.

ARGMAP_BENCH_POSTS sets how many posts, 2,000 where it is unset; a shard has 100 of them. Both write into a
knowledge base of their own, so the figures hold reading, mining and storing. A large corpus is mined in
parts, by both in turn: a machine that gets slower or faster within the hour does so for both.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from argmap.bench import Figure
from argmap.bench_store import debate
from argmap.errors import MissingExtra
from argmap.knowledge_base import KnowledgeBase

WORKERS = 2
POSTS = 100  # of a shard
PART = 250  # shards that one mines before the other does
FEWEST = 2_000  # posts for which the made-up debate has words enough
QUIET = {"distributed.worker.profile.enabled": False}
"""Of Dask's settings, as `scale.md` has it: a worker that watches itself all the time mines less."""


def suite() -> Iterator[Figure]:
    """Seconds of both, their ratio, and the memory of the process that stores.

    Raises:
        MissingExtra: Dask is not installed.
    """
    try:
        import dask
        from distributed import LocalCluster
    except ModuleNotFoundError as error:
        raise MissingExtra("suite", "cluster", "cluster") from error
    posts = int(os.environ.get("ARGMAP_BENCH_POSTS", "2000"))
    with tempfile.TemporaryDirectory(prefix="argmap-bench-") as name:
        folder = Path(name)
        paths = [str(path) for path in _shards(folder, posts // POSTS)]
        options = {
            "n_workers": WORKERS,
            "threads_per_worker": 1,
            "dashboard_address": None,
            "silence_logs": 50,
        }
        dask.config.set(QUIET)
        with LocalCluster(host="127.0.0.1", **options) as cluster:
            # Each loads its models first, as a worker that runs all day has.
            _seconds(folder / "warm.db", paths[:WORKERS], cluster.scheduler_address)
            _seconds(folder / "warm one.db", paths[:1])
            many = one = 0.0
            for begin in range(0, len(paths), PART):
                part = paths[begin : begin + PART]
                many += _seconds(folder / "many.db", part, cluster.scheduler_address)
                one += _seconds(folder / "one.db", part)
    yield Figure(f"{posts:,} posts, one process", one, "s")
    yield Figure(f"{posts:,} posts, {WORKERS} Dask workers", many, "s")
    yield Figure("one process / workers", one / many, "times")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("memory of the process that stores, at most", peak, "MB")


def _shards(folder: Path, count: int) -> Iterator[Path]:
    """Threads in the words of `argmap bench store`, one to three sentences a post."""
    parts = debate(max(FEWEST, count * POSTS) * 2)
    sentences = (
        words for part in parts for d in part.documents.values() for words in d.text.split(". ") if words
    )
    for number in range(count):
        posts = (_post(n, sentences) for n in range(1, POSTS + 1))
        path = folder / f"shard{number}.txt"
        path.write_text("\n".join(posts), "utf-8")
        yield path


def _post(number: int, sentences: Iterator[str]) -> str:
    first, *more = islice(sentences, 1 + number % 3)
    because = f", because {more[0]}" if more else ""
    rest = "".join(f" {words}." for words in more[1:])
    return f"#{number} Speaker{number % 40}\nI think {first}{because}.{rest}\n"


def _seconds(place: Path, paths: Sequence[str], cluster: str | None = None) -> float:
    start = time.perf_counter()
    with KnowledgeBase(place, by="bench") as kb:
        for _ in kb.add_all(paths, cluster=cluster):
            pass
    return time.perf_counter() - start
