"""``argmap bench store``: the store against the bare database and against its peers, on the same debate.

Two sizes are measured in one run, so that growth shows; ARGMAP_BENCH_NODES sets the larger one, 100,000 where
it is unset. Peers get the smaller one, for they would take minutes to load the other.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from argmap.bench import Figure
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Document, Mention, Node, Status, Turn, document_id, new_link, new_node
from argmap.store.schema import METADATA

SMALL = 10_000
TURNS = 500
RUNS = 200
_KINDS = ("claim", "claim", "claim", "rebuttal", "evidence", "question")
_LINKS = ("supports", "supports", "attacks")
_WORDS = [f"word{number}" for number in range(20_000)]
# As words are in texts: the second half as often as the first, and so on.
_WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(len(_WORDS))))


def suite() -> Iterator[Figure]:
    """Bulk load, lookups, search and edits at two sizes, and peers on the smaller."""
    from argmap.bench_store_peers import peers

    large = int(os.environ.get("ARGMAP_BENCH_NODES", "100000"))
    measured: list[dict[str, float]] = []
    for size in (SMALL, large):
        with tempfile.TemporaryDirectory(prefix="argmap-bench-") as folder:
            figures: dict[str, float] = {}
            for figure in _store(Path(folder), size):
                figures[figure.name.partition(", ")[2]] = figure.value
                yield figure
            measured.append(figures)
    for name in ("node, p95", "neighbourhood, p95", "history, p95", "durable edit, p95"):
        ratio = measured[1][name] / measured[0][name]
        yield Figure(f"growth from {SMALL:,} to {large:,}: {name}", ratio, "times")
    yield from peers(whole(list(debate(SMALL))))


def debate(size: int) -> Iterator[ArgumentMap]:
    """A made-up debate in parts of one document each: turns of 12 words, 1.2 links for each node."""
    chance = random.Random(4711)
    for number in range(size // TURNS):
        yield _part(chance, number)


def whole(parts: Sequence[ArgumentMap]) -> ArgumentMap:
    """One map of some that share nothing."""
    return ArgumentMap.of(
        (document for part in parts for document in part.documents.values()),
        (node for part in parts for node in part.nodes.values()),
        (link for part in parts for link in part.links.values()),
    )


def _part(chance: random.Random, number: int) -> ArgumentMap:
    sentences = [
        " ".join(chance.choices(_WORDS, cum_weights=_WEIGHTS, k=12)) + f" {number}-{turn}. "
        for turn in range(TURNS)
    ]
    ends = list(accumulate(map(len, sentences)))
    text = "".join(sentences)
    places = [(end - len(words), end - 1) for words, end in zip(sentences, ends, strict=True)]
    turns = [Turn(f"t{i}", *place, f"Speaker {chance.randrange(400)}") for i, place in enumerate(places)]
    document = Document(document_id(text), f"Thread {number}", "thread", text, tuple(turns))
    made: dict[str, Any] = {"status": Status.SUGGESTED, "by": "bench@1"}
    nodes = [
        new_node(
            chance.choice(_KINDS),
            text[turn.start : turn.end],
            [Mention(document.id, turn.start, turn.end, turn.speaker)],
            confidence=chance.random(),
            **made,
        )
        for turn in turns
    ]
    return ArgumentMap.of([document], nodes, [_link(chance, nodes, i, made) for i in _sources(chance)])


def _sources(chance: random.Random) -> list[int]:
    return sorted([*range(1, TURNS), *chance.sample(range(1, TURNS), TURNS // 5)])


def _link(chance: random.Random, nodes: Sequence[Node], place: int, made: dict[str, Any]) -> Any:
    target = nodes[chance.randrange(max(0, place - 12), place)]
    return new_link(chance.choice(_LINKS), [nodes[place].id], target.id, **made)


def _store(folder: Path, size: int) -> Iterator[Figure]:
    path = folder / "kb.db"
    kb = KnowledgeBase(path, by="ann")
    cpu = 0.0
    for part in debate(size):
        start = time.process_time()
        kb.bring(part, by="bench")
        cpu += time.process_time() - start
    yield Figure(f"{size:,} nodes, bulk load", cpu, "CPU s")
    kb.close()
    bare = folder / "bare.db"
    bare_cpu = _bare_load(path, bare, size // TURNS)
    yield Figure(f"{size:,} nodes, bulk load by bare executemany", bare_cpu, "CPU s")
    yield Figure(f"{size:,} nodes, bulk load / bare", cpu / bare_cpu, "times")
    yield Figure(f"{size:,} nodes, disk", path.stat().st_size / 1e6, "MB")
    yield Figure(f"{size:,} nodes, opening", _median(lambda: KnowledgeBase(path).close()), "CPU ms")
    with KnowledgeBase(path, by="ann") as opened, closing(sqlite3.connect(bare)) as raw:
        yield from _questions(opened, raw, size)
        yield from _screens(opened, size)
        yield from _edits(opened, raw, size)


def _bare_load(source: Path, target: Path, batches: int) -> float:
    """CPU seconds to write the same rows into the same tables in as many transactions."""
    KnowledgeBase(target).close()
    cpu = 0.0
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        there.isolation_level = None
        for pragma in ("synchronous=FULL", "cache_size=-64000"):
            there.execute(f"PRAGMA {pragma}")
        tables = [table for table in METADATA.sorted_tables if table.name != "meta"]
        # In the order in which they were written, as far as the tables know it.
        order = {"mention": "root", "link_source": "link", "event_target": "seq", "speaker": "document"}
        held = {
            t.name: here.execute(f'SELECT * FROM "{t.name}" ORDER BY {order.get(t.name, "1")}')
            for t in tables
        }
        sizes = {name: here.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in held}
        for batch in range(batches):
            ends = {name: (batch + 1) * n // batches - batch * n // batches for name, n in sizes.items()}
            rows = {name: cursor.fetchmany(ends[name]) for name, cursor in held.items()}
            start = time.process_time()
            there.execute("BEGIN IMMEDIATE")
            for name, own in rows.items():
                marks = ", ".join("?" * len(held[name].description))
                there.executemany(f'INSERT INTO "{name}" VALUES ({marks})', own)
            there.execute("COMMIT")
            cpu += time.process_time() - start
    return cpu


def _questions(kb: KnowledgeBase, raw: sqlite3.Connection, size: int) -> Iterator[Figure]:
    chance = random.Random(1)
    ids = [row[0] for row in raw.execute("SELECT id FROM node ORDER BY row")]
    some = chance.sample(ids, RUNS)
    for name, question in (("node", kb.node), ("neighbourhood", kb.around), ("history", kb.history)):
        yield Figure(f"{size:,} nodes, {name}, p95", _p95([partial(question, i) for i in some]), "CPU ms")
    asked = [" ".join(chance.choices(_WORDS, cum_weights=_WEIGHTS, k=2)) for _ in range(RUNS)]
    ours = _p95([partial(kb.search, words) for words in asked])
    # A bare question as it was asked: all words, the last one a beginning, best first.
    bare = "SELECT rowid FROM node_search WHERE node_search MATCH ? ORDER BY rank LIMIT 20"
    terms = [" ".join(f'"{word}"' for word in words.split()) + "*" for words in asked]
    theirs = _p95([partial(_fetched, raw, bare, term) for term in terms])
    yield Figure(f"{size:,} nodes, search, p95", ours, "CPU ms")
    yield Figure(f"{size:,} nodes, search by bare FTS5, p95", theirs, "CPU ms")
    yield Figure(f"{size:,} nodes, search / bare, p95", ours / theirs, "times")


def _fetched(raw: sqlite3.Connection, question: str, value: str) -> list[Any]:
    return raw.execute(question, (value,)).fetchall()


def _screens(kb: KnowledgeBase, size: int) -> Iterator[Figure]:
    """What the explorer's screens ask."""
    for order in ("discussed", "contested", "sources", "newest", "uncertain"):
        best = _median(partial(kb.nodes, order=order, limit=12))
        yield Figure(f"{size:,} nodes, best by {order}", best, "CPU ms")
    for name, question in (("stats", kb.stats), ("documents", kb.documents), ("speakers", kb.speakers)):
        yield Figure(f"{size:,} nodes, {name}", _median(question), "CPU ms")


def _edits(kb: KnowledgeBase, raw: sqlite3.Connection, size: int) -> Iterator[Figure]:
    ids = [node.id for node in kb.nodes(limit=RUNS)]
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE bare_edit (seq INTEGER PRIMARY KEY, change TEXT)")

    def commit() -> None:
        with raw:
            raw.execute("INSERT INTO bare_edit (change) VALUES (?)", ("x" * 300,))

    kb.accept(ids[0], by="bob")  # today's backup is made by now
    # In turns, so that the disk is as busy for both.
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for item_id in ids:
        times["ours"].append(_timed(partial(kb.accept, item_id)))
        times["bare"].append(_timed(commit))
    ours, bare = (_percentile(times[name]) for name in ("ours", "bare"))
    yield Figure(f"{size:,} nodes, durable edit, p95", ours, "ms")
    yield Figure(f"{size:,} nodes, durable edit by bare commit, p95", bare, "ms")
    yield Figure(f"{size:,} nodes, durable edit / bare, p95", ours / bare, "times")


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds."""
    start = clock()
    work()
    return (clock() - start) * 1e3


def _percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _p95(works: Sequence[Callable[[], object]]) -> float:
    """CPU milliseconds, which say the same on a busy machine; the database is in this thread."""
    works[0]()
    return _percentile([_timed(work, time.thread_time) for work in works])


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_timed(work, time.thread_time) for _ in range(5))
