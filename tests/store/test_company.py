"""Many at once, killed, full and odd places: nothing acknowledged is lost, and errors are one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from argmap import KnowledgeBase
from argmap.errors import ArgmapError, StoreError

WRITER = """
import sys
from argmap import KnowledgeBase
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
kb = KnowledgeBase(path, by=name)
for number in range(count):
    node = kb.claim("claim", f"{name} says {number}").ids[0]
    kb.accept(node, by="judge")
    print(node, flush=True)
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    """A process that writes claims and prints each id after it was stored."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


def errors(path: Path) -> list[str]:
    """What `check` finds wrong."""
    with KnowledgeBase(path) as kb:
        return [str(finding) for finding in kb.check() if finding.level == "error"]


@pytest.mark.parametrize("place", ["kb.db", ":memory:"])
def test_threads_that_share_one_knowledge_base_lose_nothing(tmp_path: Path, place: str) -> None:
    """Six threads write while two read; counts fit, and every reader saw one whole state."""
    kb = KnowledgeBase(tmp_path / place if place == "kb.db" else place)
    target = kb.claim("claim", "The claim").ids[0]
    done, failures = threading.Event(), []

    def write(name: str) -> None:
        try:
            for number in range(10):
                kb.reply(target, "attacks", f"{name} {number}", by=name)
        except Exception as error:
            failures.append(error)

    def read() -> None:
        try:
            while not done.is_set():
                held = kb.map()
                assert len(held.links) == len(held.nodes) - 1
        except Exception as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(f"t{number}",)) for number in range(6)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert failures == []
    assert (len(kb.replies(target)), kb.version) == (60, 121)
    assert [f for f in kb.check() if f.level == "error"] == []
    kb.close()


def kill_while_writing(path: Path, times: int) -> None:
    """Kill a writer `times` times; every id it printed must be there."""
    told: list[str] = []
    for round_ in range(times):
        process = writer(path, f"round{round_}", 10_000)
        assert process.stdout is not None
        for _ in range(1 + round_ % 7):
            told.append(process.stdout.readline().strip().decode())
        time.sleep(round_ % 5 / 500)
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()  # communicate() would lose what readline() has read ahead
        process.communicate()
        told += [line.decode() for line in rest.split(b"\n")[:-1]]
    with KnowledgeBase(path) as kb:
        held = kb.map()
        assert [node for node in told if held.nodes[node].status != "accepted"] == []
        # A claim and its acceptance are two operations: at most one claim a kill waits for its acceptance.
        assert len(told) <= len(held.nodes) <= len(told) + times
    assert errors(path) == []


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    """kill -9 in the middle of writes: what was answered is there, nothing is half there."""
    kill_while_writing(tmp_path / "kb.db", 2)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_writer_killed_200_times_loses_nothing(tmp_path: Path) -> None:
    """As above, 200 times on one growing file."""
    kill_while_writing(tmp_path / "kb.db", 200)


BUSY = """
import itertools, random, sys
from argmap import KnowledgeBase
from argmap.errors import DecisionError
from argmap.model import ArgumentMap, new_node
path, seed = sys.argv[1:3]
chance = random.Random(seed)
kb = KnowledgeBase(path, by="ann")
for number in itertools.count():
    words = f"{seed} {number}"
    verb = chance.choice(["claim", "undo", "undo", "redo", "bring", "revise", "backup", "repair"])
    try:
        if verb == "claim":
            done = kb.claim("claim", words)
        elif verb == "bring":
            done = kb.bring(ArgumentMap.of([], [new_node("claim", f"{words} {n}") for n in range(150)]))
        elif verb == "revise":
            done = kb.revise(chance.choice(kb.nodes(limit=9)).id, changes={"text": words})
        elif verb == "backup":
            done = kb.backup(f"{path}.copy {words}")
        elif verb == "repair":
            done = None if chance.random() < 0.8 else kb.repair()
        else:
            done = kb.undo() if verb == "undo" else kb.redo()
        print(getattr(done, "operation", ""), flush=True)
    except (DecisionError, IndexError):
        pass
"""


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.slow)])
def test_killed_in_the_middle_of_anything(tmp_path: Path, kills: int) -> None:
    """Undoing, importing, copying, repairing: what was acknowledged is in the log, and all is sound."""
    path, told = tmp_path / "kb.db", []
    for seed in range(kills):
        words = [sys.executable, "-c", BUSY, str(path), str(seed)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert process.stdout is not None
        told += [process.stdout.readline().strip().decode() for _ in range(3 + seed % 9)]
        time.sleep(seed % 7 / 200)
        os.kill(process.pid, signal.SIGKILL)
        told += [line.decode() for line in process.communicate()[0].split(b"\n")[:-1]]
    with KnowledgeBase(path) as kb:
        kept = {event.operation for event in kb.events()}
    assert {operation for operation in told if operation} - kept == set()
    assert errors(path) == []
    copies = [copied for copied in tmp_path.glob("*.copy *") if copied.name[-1].isdecimal()]
    assert [copied.name for copied in copies if errors(copied)] == []


FILLER = """
import resource, sys
from argmap import KnowledgeBase
from argmap.errors import StoreError
path = sys.argv[1]
kb = KnowledgeBase(path, by="ann")
kb.claim("claim", "before")
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
stored = 1
try:
    for number in range(1000):
        kb.claim("claim", f"{number} " + "x" * 9_000)
        stored += 1
except StoreError as error:
    print(stored, str(error).count("\\n"), str(error))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
kb.claim("claim", "after")
"""


def test_a_full_disk_is_one_clear_line_and_passes(tmp_path: Path) -> None:
    """When the disk takes no more, the write is refused whole; with space again the same process goes on."""
    path = tmp_path / "kb.db"
    filled = subprocess.run(
        [sys.executable, "-c", FILLER, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    stored, newlines, message = filled.stdout.strip().split(" ", 2)
    assert newlines == "0"
    assert "nothing was changed" in message
    with KnowledgeBase(path) as kb:
        assert len(kb.map().nodes) == int(stored) + 1
    assert errors(path) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"Some notes, no database. " * 50, "not a knowledge base"), (b"\0" * 5000, "not a knowledge base")],
)
def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path, content: bytes, reason: str) -> None:
    """A file that is no SQLite file is refused by name and stays as it is."""
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=reason):
        KnowledgeBase(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    """An SQLite file of another program gets no tables of ours, not even another journal mode."""
    import sqlite3

    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmarks (url)")
    raw.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"other\.db: holds something else"):
            KnowledgeBase(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", [".", "no/such/folder/kb.db"])
def test_places_that_cannot_be_opened(tmp_path: Path, place: str) -> None:
    """A directory and a folder that does not exist are one clear line each."""
    with pytest.raises(StoreError, match="cannot open it") as raised:
        KnowledgeBase(tmp_path / place)
    assert len(str(raised.value).splitlines()) == 1
    with pytest.raises(StoreError, match="no such knowledge base"):
        KnowledgeBase(tmp_path / "typo.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["what?.db", "a%41b.db", "a#b.db", "ä ö.db", "x&mode=ro.db", "file:x.db"])
def test_any_file_name_is_a_file_name(tmp_path: Path, name: str) -> None:
    """Signs that mean something in a URL mean nothing in a path."""
    with KnowledgeBase(tmp_path / name) as kb:
        kb.claim("claim", "x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def on_own_disk(script: str, *arguments: Path | str) -> list[str]:
    """The lines of a shell script that may mount; the test is skipped where that is not allowed."""
    try:
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script, "sh", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system of our own to be had here: {error}")
    return done.stdout.splitlines()


READ_ONLY_FOLDER = """
set -e
mount -t tmpfs tmpfs "$1"
cp "$2" "$1/kb.db"
mount -o remount,ro "$1"
cd "$3"
"$4" -c '
import sys
from argmap import KnowledgeBase
from argmap.errors import ArgmapError
for name in ("kb.db", "new.db"):
    try:
        with KnowledgeBase(sys.argv[1] + "/" + name, by="ann") as kb:
            kb.claim("claim", "more")
        print("written")
    except ArgmapError as error:
        print(type(error).__name__, str(error).replace(chr(10), "NEWLINE"))
' "$1"
"""


def test_a_read_only_folder_is_one_clear_line(tmp_path: Path) -> None:
    """On a read-only disk nothing can be written, and that is said (also to root)."""
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as kb:
        kb.claim("claim", "x")
    (tmp_path / "disk").mkdir()
    root = Path(__file__).parents[2]
    lines = on_own_disk(READ_ONLY_FOLDER, tmp_path / "disk", tmp_path / "kb.db", root, sys.executable)
    assert len(lines) == 2
    assert all("kb.db" in line or "new.db" in line for line in lines)
    assert all(line.split()[0] in ("StoreError", "ReadOnlyError") for line in lines)


ODD_DISK = """
set -e
mount -t tmpfs -o "$2" tmpfs "$1"
cd "$3"
"$4" -c '
import os, sys
from pathlib import Path
from argmap import KnowledgeBase
from argmap.errors import ArgmapError
folder = Path(sys.argv[1])
def write(words):
    try:
        with KnowledgeBase(folder / "kb.db", by="ann") as kb:
            kb.claim("claim", words)
        print("written")
    except ArgmapError as error:
        print(type(error).__name__, str(error).replace(chr(10), "NEWLINE"))
write("before")
fillers = []
try:
    for number in range(10_000):
        fillers.append(folder / str(number))
        with fillers[-1].open("wb") as filler:
            filler.write(b"x" * (65_536 if "size" in sys.argv[2] else 0))
except OSError:
    pass
for number in range(3):
    write("x" * 9_000)
for filler in fillers:
    filler.unlink(missing_ok=True)
write("after")
with KnowledgeBase(folder / "kb.db") as kb:
    print(sorted(node.text[:6] for node in kb.map().nodes.values()))
    print([str(finding) for finding in kb.check() if finding.level == "error"])
' "$1" "$2"
"""


@pytest.mark.parametrize("lack", ["size=600k", "nr_inodes=40"])
def test_a_disk_without_room_is_one_clear_line_and_passes(tmp_path: Path, lack: str) -> None:
    """No bytes or no more files left: each write is done or refused in a line, and what was there stays."""
    (tmp_path / "disk").mkdir()
    lines = on_own_disk(ODD_DISK, tmp_path / "disk", lack, Path(__file__).parents[2], sys.executable)
    first, *tried, after, texts, errors_there = lines
    assert (first, after, errors_there) == ("written", "written", "[]")
    assert all(line == "written" or line.startswith("StoreError") for line in tried)
    assert any(line != "written" for line in tried)
    assert not any("NEWLINE" in line for line in lines)
    kept = ["after", "before", *["xxxxxx"] * tried.count("written")]
    assert texts == str(sorted(set(kept)))


def test_errors_of_the_store_are_ours() -> None:
    """A pool that is used up, or any other error of the driver, is an ArgmapError too."""
    from sqlalchemy.exc import TimeoutError as PoolTimeoutError

    from argmap.store.engine import plain_errors

    with pytest.raises(ArgmapError, match="used up"), plain_errors("sqlite:///x.db"):
        raise PoolTimeoutError("used\nup")
