"""A backup that was made while ten people write is whole, and brings the knowledge base back elsewhere."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from click.testing import CliRunner

from argmap import KnowledgeBase
from argmap.cli import main


def write_until(over: threading.Event, path: Path, name: str) -> None:
    """Claim one thing after the other."""
    with KnowledgeBase(path, by=name) as kb:
        number = 0
        while not over.is_set():
            number += 1
            kb.claim("claim", f"{name} says {number}")


def test_a_backup_under_ten_writers_is_restored_elsewhere(tmp_path: Path) -> None:
    """By `argmap backup`, into an empty folder: sound, with the same chain of hashes, and work goes on."""
    path, over = tmp_path / "kb.db", threading.Event()
    with KnowledgeBase(path, by="ann") as kb:
        kb.claim("claim", "first")
    writers = [threading.Thread(target=write_until, args=(over, path, f"w{number}")) for number in range(10)]
    for writer in writers:
        writer.start()
    copies = [tmp_path / f"copy{number}.db" for number in range(3)]
    try:
        for copy in copies:
            result = CliRunner().invoke(main, ["--kb", str(path), "backup", str(copy)])
            assert (result.exit_code, result.output.strip()) == (0, f"{copy}: written")
    finally:
        over.set()
        for writer in writers:
            writer.join()
    with KnowledgeBase(path) as kb:
        for copy in copies:
            place = tmp_path / copy.stem / "restored.db"
            place.parent.mkdir()
            shutil.copy(copy, place)
            with KnowledgeBase(place, by="bob") as restored:
                version = restored.version
                assert [finding for finding in restored.check() if finding.level == "error"] == []
                assert restored.store.hash_of(version) == kb.store.hash_of(version)
                assert list(restored.events()) == list(kb.events())[:version]
                assert restored.claim("claim", "Work goes on.").version == version + 1
