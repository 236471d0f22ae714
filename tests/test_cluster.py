# ruff: noqa: E501  (the pieces)
"""Mining on a Dask cluster gives what mining here gives, also when workers die and when it is started again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from argmap import KnowledgeBase
from argmap.cli import main
from argmap.cluster import place_for_workers
from argmap.errors import MiningError

POSTS = "#{n} Ann\nBike lanes number {n} make the town safer, because cars slow down.\n\n#{m} Bob Disputed #{n}\nThat is wrong, since nobody has counted accidents in street {m}.\n\n"
pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("default"),  # those of Dask are its own
]


def shards(folder: Path, count: int) -> list[str]:
    """Threads of four posts, one a file."""
    paths = [folder / f"shard{number:02}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        start = number * 10 + 1
        path.write_text("".join(POSTS.format(n=start + n, m=start + n + 1) for n in (0, 2)))
    return [str(path) for path in paths]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers of one thread each."""
    distributed = pytest.importorskip("distributed", reason="argmap[cluster] is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


def items(place: Path) -> set[str]:
    """Everything that is stored, which must be sound."""
    with KnowledgeBase(place) as kb:
        assert [str(finding) for finding in kb.check() if finding.level == "error"] == []
        found = kb.map()
    return {*found.documents, *found.nodes, *found.links}


@pytest.mark.slow
def test_a_cluster_finds_what_one_process_finds(cluster: Any, tmp_path: Path) -> None:
    """The same documents, nodes and links; files that fail leave the others; the second time nothing is mined."""
    paths = shards(tmp_path, 5)
    with KnowledgeBase(tmp_path / "one.db", by="ann") as kb:
        assert all(outcome.ids for _, outcome in kb.add_all(paths) if not isinstance(outcome, str))
    (tmp_path / "broken.txt").write_bytes(b"%PDF-1.4")
    words = ["--kb", str(tmp_path / "many.db"), "add", "--cluster", cluster.scheduler_address]
    first = CliRunner().invoke(main, [*words, *paths, str(tmp_path / "broken.txt"), "absent.txt"])
    again = CliRunner().invoke(main, [*words, *paths])
    assert (first.exit_code, first.output.count(" nodes, "), again.exit_code) == (1, 5, 0)
    assert "not a text but a PDF" in first.output
    assert "absent.txt" in first.output
    assert again.output.count("nothing new") == 5
    assert items(tmp_path / "one.db") == items(tmp_path / "many.db")


@pytest.mark.slow
def test_a_lost_worker_and_a_restart_lose_nothing(cluster: Any, tmp_path: Path) -> None:
    """A worker is killed while it mines, and the whole is broken off and run again: all is there, once."""
    paths, place = shards(tmp_path, 12), tmp_path / "kb.db"
    with KnowledgeBase(place, by="ann") as kb:
        broken_off = kb.add_all(paths, cluster=cluster.scheduler_address)
        done = [next(broken_off)[0] for _ in range(3)]
        nanny = next(iter(cluster.workers.values()))
        os.kill(nanny.pid, signal.SIGKILL)
        done += [next(broken_off)[0] for _ in range(2)]
        broken_off.close()
    with KnowledgeBase(place, by="ann") as kb:
        version = kb.version
        outcomes = dict(kb.add_all(paths, cluster=cluster.scheduler_address))
        assert [path for path in done if outcomes[path].ids] == []
        assert sorted(path for path in paths if outcomes[path].ids) == sorted(set(paths) - set(done))
        assert kb.version > version
    with KnowledgeBase(tmp_path / "one.db", by="ann") as kb:
        assert len(list(kb.add_all(paths))) == 12
    assert items(place) == items(tmp_path / "one.db")


def test_no_cluster_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody at the address, and an address that is none."""
    pytest.importorskip("distributed", reason="argmap[cluster] is not installed")
    monkeypatch.setattr("argmap.cluster.SECONDS", 1)
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        for address in ("tcp://127.0.0.1:9", "nonsense://x"):
            with pytest.raises(MiningError, match="no Dask scheduler"):
                list(kb.add_all(shards(tmp_path, 1), cluster=address))


def test_workers_are_sent_a_whole_path_and_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies beside a knowledge base is found from any folder; what a worker logs holds no secret."""
    monkeypatch.chdir(tmp_path)
    assert str(tmp_path / "kb.db") == place_for_workers("sqlite:///kb.db")
    assert "secret" not in place_for_workers("postgresql+psycopg://ann:secret@example.org/kb")
