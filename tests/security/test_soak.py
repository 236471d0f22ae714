"""A working day in short: ten people look and edit for ARGMAP_SOAK minutes (3), one kill in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from websockets.sync.client import ClientConnection

from argmap import KnowledgeBase
from tests.app.sockets import explorer, opened, ran
from tests.security.mutations import small_map

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("ARGMAP_SOAK", "3")) * 60
VISITORS = 10
PAUSE = 8.0  # seconds that somebody looks at a screen
STAY = 60.0  # seconds until somebody closes the tab and opens another
EVERY = 2.0  # seconds between two measurements
POOLED = 120  # descriptors of a server whose pool of connections is full; that takes some minutes


class Visitors:
    """Ten browsers without a screen; what goes wrong in them is in ``errors``."""

    def __init__(self, port: int, place: Path) -> None:
        self.port, self.place, self.over = port, place, threading.Event()
        self.errors: list[str] = []
        self.screens = 0

    def visit(self, name: str) -> None:
        """Look at one screen after the other until it is over."""
        chance = Random(name)
        while not self.over.is_set():
            try:
                self._one_tab(chance)
            except Exception as error:
                self.errors.append(f"{name}: {error!r}")

    def _one_tab(self, chance: Random) -> None:
        until = time.monotonic() + STAY
        with opened(self.port) as page, KnowledgeBase(self.place, read_only=True) as kb:
            while time.monotonic() < until and not self.over.wait(chance.random() * 2 * PAUSE):
                node = chance.choice(kb.nodes(order="newest", limit=50)).id
                view = chance.choice(("columns", "map", "outline", "text"))
                places = ("/", "/?q=faster", "/explore", "/sources", "/people", "/annotate")
                places += (f"/explore?node={node}&view={view}", f"/explore?node={node}&stands=yes")
                self._look(page, chance.choice(places))

    def _look(self, page: ClientConnection, address: str) -> None:
        try:
            for message in ran(page, address):
                if message.delta.new_element.WhichOneof("type") == "exception":
                    self.errors.append(f"{address}: {message.delta.new_element.exception.message[:40]}")
        except TimeoutError:
            self.errors.append(f"{address}: no answer")
        self.screens += 1


@contextmanager
def editors(place: Path, seconds: float, seed: str, told: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Ten people who edit; what they print is read along."""
    words = [sys.executable, "-m", "tests.security.soaking", str(place), str(seconds), seed]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    reader = threading.Thread(target=lambda: told.extend(process.stdout or ()))
    reader.start()
    with process:
        yield process
        process.wait(timeout=seconds + 120)
        reader.join()


def measured(pid: int, place: Path) -> tuple[int, int, int]:
    """Resident kilobytes and open descriptors of the server, bytes of the write-ahead log."""
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    wal = place.with_name(place.name + "-wal")
    return resident, len(list(Path(f"/proc/{pid}/fd").iterdir())), wal.stat().st_size if wal.exists() else 0


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_long_day_leaves_no_trace(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """No error on any screen or in any edit; memory and descriptors level off; all acknowledged is kept."""
    place, told, figures = tmp_path / "kb.db", [], []
    with KnowledgeBase(place, by="setup") as kb:
        kb.bring(small_map(60))
    with explorer(place) as (port, pid):
        visitors = Visitors(port, place)
        threads = [threading.Thread(target=visitors.visit, args=(f"v{n}",)) for n in range(VISITORS)]
        for thread in threads:
            thread.start()
        for seed in ("morning", "afternoon"):
            with editors(place, SECONDS / 2, seed, told) as process:
                end = time.monotonic() + SECONDS / 2
                while time.monotonic() < end:
                    figures.append(measured(pid, place))
                    time.sleep(EVERY)
                if seed == "morning":
                    process.send_signal(signal.SIGKILL)
        visitors.over.set()
        for thread in threads:
            thread.join()
    early, late = figures[len(figures) // 6 : len(figures) // 3], figures[-len(figures) // 6 :]
    grown = max(row[0] for row in late) / max(row[0] for row in early)
    record_property("memory at the end against after a sixth to a third", round(grown, 3))
    record_property("megabytes at the end", late[-1][0] >> 10)
    record_property("descriptors", [max(row[1] for row in part) for part in (early, late)])
    record_property("most bytes in the log", max(row[2] for row in figures))
    record_property("screens and edits", [visitors.screens, len(told)])
    assert visitors.errors == [], (tmp_path / "explorer.log").read_text()[-4_000:]
    assert [line for line in told if line.startswith("ERROR")] == []
    assert max(row[2] for row in figures) <= 64 * 2**20
    assert max(row[1] for row in late) <= max(POOLED, *(row[1] for row in early)) + 10
    with KnowledgeBase(place) as kb:
        kept = {event.operation for event in kb.events()}
        assert {line.strip() for line in told} - kept <= {""}
        assert [str(finding) for finding in kb.check() if finding.level == "error"] == []
    assert grown <= 1.10
