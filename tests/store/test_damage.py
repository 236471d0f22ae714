"""Damage: whatever is altered in the file is found, and what can be rebuilt is."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from argmap import KnowledgeBase
from argmap.errors import ArgmapError, DamageError, StoreError
from argmap.model import ArgumentMap, Mention, new_node
from argmap.store.checking import Finding
from tests.store.test_state import example_map

STATE_TABLES = ("node", "mention", "link", "link_source", "document", "speaker", "event_target")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base in one file with something in every table and column."""
    path = tmp_path_factory.mktemp("damage") / "kb.db"
    with KnowledgeBase(path, by="ann") as kb:
        kb.bring(example_map())
        first, second = kb.map().nodes
        third = kb.claim("evidence", "Third", source="a letter").ids[0]
        kb.connect("supports", [third, second], first)
        kb.accept(first)
        kb.reject(second, by="bob", because="no")
        kb.adjudicate(second, accepted=True)
        kb.merge(first, [kb.claim("claim", "Absorbed").ids[0]])
        kb.comment(first, "unsure")
        kb.freeze("gold")
        kb.undo()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    return path


@pytest.fixture
def damaged(original: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copy(original, tmp_path / "kb.db"))


def execute(path: Path, statement: str, *values: Any) -> None:
    """Change the file behind argmap's back."""
    with sqlite3.connect(path) as raw:
        raw.execute(statement, values)
    raw.close()


def found(path: Path) -> list[Finding]:
    """The errors that `check` lists, also where it cannot go on."""
    try:
        with KnowledgeBase(path) as kb:
            return [finding for finding in kb.check() if finding.level == "error"]
    except ArgmapError as error:
        assert "\n" not in str(error)
        return [Finding("error", "store", str(error))]


def test_the_original_is_clean(original: Path) -> None:
    """Nothing is found where nothing is wrong."""
    assert found(original) == []


def flips(tables: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every column of these tables, from the schema."""
    from argmap.store.schema import METADATA

    return [(name, column.name) for name in tables for column in METADATA.tables[name].columns]


@pytest.mark.parametrize(("table", "column"), flips(STATE_TABLES))
def test_a_flipped_value_in_any_state_column_is_found_and_repaired(
    damaged: Path, table: str, column: str
) -> None:
    """`check` finds any value that is not what the log says; `repair` puts it right."""
    if column == "row":
        pytest.skip("a running number, which means nothing")
    with KnowledgeBase(damaged) as kb:
        expected = kb.map()
    with sqlite3.connect(damaged) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        row = raw.execute(f"SELECT * FROM {table} LIMIT 1")
        names = [name for name, *_ in row.description]
        values = row.fetchone()
        value = values[names.index(column)]
        new = value + 1_000 if isinstance(value, int | float) else f"{value or ''}x"
        this_row = " AND ".join(f'"{name}" IS ?' for name in names)
        raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE {this_row}', (new, *values))
    raw.close()
    assert found(damaged) != []
    with KnowledgeBase(damaged) as kb:
        kb.repair()
        assert kb.map() == expected
    assert found(damaged) == []


@pytest.mark.parametrize(("table", "column"), flips(("event",)))
def test_an_altered_event_is_found_and_not_repaired_away(damaged: Path, table: str, column: str) -> None:
    """The hash chain tells of any change in any column of the log; repair refuses such a log."""
    with sqlite3.connect(damaged) as raw:
        (value,) = raw.execute(f'SELECT "{column}" FROM event WHERE seq = 2').fetchone()
        new = value + 1_000 if isinstance(value, int) else f"{value or ''} "
        raw.execute(f'UPDATE event SET "{column}" = ? WHERE seq = 2', (new,))
    raw.close()
    assert any("event" in finding.item for finding in found(damaged))
    with KnowledgeBase(damaged) as kb, pytest.raises(DamageError, match="restore a backup"):
        kb.repair()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "DELETE FROM event WHERE type = 'Commented'",
        "UPDATE event SET type = X'ff' WHERE seq = 2",
        "UPDATE event SET change = X'ff00' WHERE seq = 2",
        "UPDATE event SET hash = X'00' WHERE seq = 2",
        "UPDATE event SET change = '{}' WHERE seq = 1",
        "DELETE FROM node WHERE row = 1",
        "DELETE FROM mention",
        "DELETE FROM link",
        "DELETE FROM document",
        "DELETE FROM speaker",
        "DELETE FROM event_target WHERE seq = 3",
        "INSERT INTO mention (node, position, root, document, start, end) "
        "SELECT node, 99, root, document, 0, 3 FROM mention",
        "INSERT INTO speaker VALUES ('d', 'Nobody', 3)",
        "INSERT INTO node_search(rowid, text) VALUES (77, 'ghost')",
        "INSERT INTO node_search(node_search) VALUES ('delete-all')",
        "UPDATE node SET kind = 'opinion' WHERE row = 1",
        "UPDATE node SET attributes = '{' WHERE row = 1",
        "UPDATE node SET text = X'ff' WHERE row = 1",
        "UPDATE document SET turns = '[' WHERE row = 1",
        "UPDATE meta SET value = '99'",
        "DROP TABLE mention",
        "DROP TABLE event",
    ],
)
def test_rows_that_are_gone_new_or_unreadable_are_found(damaged: Path, statement: str) -> None:
    """Every such change is told of in one line each, and never ends in a traceback."""
    execute(damaged, statement)
    assert found(damaged) != []
    with_errors(damaged)


def with_errors(path: Path) -> None:
    """Use it as the app would: each verb gives something or one of our errors."""
    verbs = ["map", "documents", "speakers", "stats", "log", "undo"]
    for verb in verbs:
        try:
            with KnowledgeBase(path, by="ann") as kb:
                getattr(kb, verb)()
        except ArgmapError as error:
            assert "\n" not in str(error)


def flip_bits(original: Path, folder: Path, count: int) -> tuple[int, int]:
    """Flip single bits of the file; gives how many were told of, and how many had no effect."""
    with KnowledgeBase(original) as kb:
        expected, events = kb.map(), list(kb.events())
    data = original.read_bytes()
    chance = random.Random(4711)
    told = harmless = 0
    for number in range(count):
        path = folder / f"{number}.db"
        place = chance.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :])
        if found(path):
            told += 1
        else:
            with KnowledgeBase(path) as kb:
                assert (kb.map(), list(kb.events())) == (expected, events), f"silent damage at byte {place}"
            harmless += 1
        path.unlink()
    return told, harmless


def test_no_flipped_bit_is_silent(original: Path, tmp_path: Path) -> None:
    """Each flipped bit is told of, or changes nothing that anybody can read."""
    told, harmless = flip_bits(original, tmp_path, 25)
    assert told + harmless == 25


@pytest.mark.slow
def test_no_flipped_bit_is_silent_in_many_tries(original: Path, tmp_path: Path) -> None:
    """As above, 600 times."""
    told, harmless = flip_bits(original, tmp_path, 600)
    assert told + harmless == 600


@pytest.mark.parametrize("share", [0, 100, 4096, 0.3, 0.7, 0.99])
def test_a_cut_off_file_is_told_of(original: Path, tmp_path: Path, share: float) -> None:
    """A file that was cut off is an error in one line; an empty one is a new knowledge base."""
    data = original.read_bytes()
    cut = tmp_path / "cut.db"
    cut.write_bytes(data[: int(share if share >= 1 else share * len(data))])
    if share:
        assert found(cut) != []
    else:
        assert found(cut) == []


def test_what_cannot_be_compared_with_an_import_is_named(damaged: Path) -> None:
    """Decisions that cannot be read stop an import in one line."""
    execute(damaged, "UPDATE node SET verdicts = '{'")
    with KnowledgeBase(damaged, by="bob") as kb:
        nodes = [replace(node, by="bob") for node in kb.map().nodes.values()]
        with pytest.raises(DamageError, match="run 'argmap check'"):
            kb.bring(ArgumentMap.of(nodes=nodes))


def test_orphans_are_errors_and_weak_spots_are_warnings(tmp_path: Path) -> None:
    """A span outside its document, and a document that is not there, are errors; a bare claim warns."""
    held = example_map()
    (document,) = held.documents.values()
    odd = [
        new_node("claim", "outside", [Mention(document.id, 5, 9_999)]),
        new_node("claim", "nowhere", [Mention("d000", 0, 5)]),
        new_node("claim", "empty", [Mention(document.id, 5, 5)]),
    ]
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.bring(held)
        assert {finding.level for finding in kb.check()} <= {"warning"}
        kb.bring(ArgumentMap.of(nodes=odd))
        errors = {finding.item for finding in kb.check() if finding.level == "error"}
        assert errors == {node.id for node in odd}
        assert any(f.level == "warning" and f.message == "a claim without support" for f in kb.check())


def test_a_backup_is_whole_and_never_overwrites(original: Path, tmp_path: Path) -> None:
    """A backup opens, is clean, and holds the same; an existing file stays as it is."""
    with KnowledgeBase(original) as kb:
        expected = kb.map(), list(kb.events())
        kb.backup(tmp_path / "copy.db")
        with pytest.raises(StoreError, match="exists already"):
            kb.backup(tmp_path / "copy.db")
        with pytest.raises(StoreError):
            kb.backup(tmp_path / "no" / "folder.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db"]
    with KnowledgeBase(tmp_path / "copy.db") as kb:
        assert (kb.map(), list(kb.events())) == expected
    assert found(tmp_path / "copy.db") == []


def backups(folder: Path) -> list[str]:
    """Names of the automatic backups."""
    return sorted(path.name for path in folder.iterdir() if ".backup" in path.name)


def claims(path: Path, *texts: str) -> None:
    """Write into a knowledge base that is opened for each claim."""
    for text in texts:
        with KnowledgeBase(path, by="ann") as kb:
            kb.claim("claim", text)


def test_a_backup_is_made_by_itself_once_a_day(tmp_path: Path) -> None:
    """The first write of a day copies what was there before; two copies are kept, and each is whole."""
    path = tmp_path / "kb.db"
    claims(path, "one")
    assert backups(tmp_path) == []
    claims(path, "two", "three")
    assert backups(tmp_path) == ["kb.db.backup-1"]
    for days, text in ((-2, "four"), (2, "five"), (-2, "six")):
        # Yesterday's copies; and one from the future, as a clock that went back leaves it.
        moment = time.time() + days * 86_400
        os.utime(tmp_path / "kb.db.backup-1", (moment, moment))
        claims(path, text)
    assert backups(tmp_path) == ["kb.db.backup-1", "kb.db.backup-2"]
    for name, count in (("kb.db.backup-1", 5), ("kb.db.backup-2", 4)):
        assert found(tmp_path / name) == []
        with KnowledgeBase(tmp_path / name, read_only=True) as kb:
            assert kb.count() == count


def test_one_of_many_programs_makes_the_backup(tmp_path: Path) -> None:
    """While somebody's unfinished copy is young, others leave it alone; one that was left behind goes."""
    path, partial = tmp_path / "kb.db", tmp_path / "kb.db.backup-0"
    claims(path, "one")
    partial.write_bytes(b"half a copy")
    claims(path, "two")
    assert (backups(tmp_path), partial.read_bytes()) == ([partial.name], b"half a copy")
    os.utime(partial, (0, 0))
    claims(path, "three")
    assert backups(tmp_path) == ["kb.db.backup-1"]
    assert found(tmp_path / "kb.db.backup-1") == []


def test_backups_can_be_turned_off_and_never_stand_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """ARGMAP_BACKUPS=0 makes none; one that fails is told of in the log, and the write is done."""
    path = tmp_path / "kb.db"
    with monkeypatch.context() as patched:
        patched.setenv("ARGMAP_BACKUPS", "0")
        claims(path, "one", "two")
    assert backups(tmp_path) == []
    (tmp_path / "kb.db.backup-0").mkdir()
    os.utime(tmp_path / "kb.db.backup-0", (0, 0))
    claims(path, "three")
    assert "no automatic backup was made" in caplog.text
    with KnowledgeBase(path) as kb:
        assert kb.count() == 3


def test_a_program_that_runs_for_long_makes_backups_too(tmp_path: Path) -> None:
    """It looks again after a while, not only before its first write."""
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as kb:
        kb.claim("claim", "one")
        kb.claim("claim", "two")
        assert backups(tmp_path) == []
        kb.store._backups._next_look = 0.0  # an hour later
        kb.claim("claim", "three")
    assert backups(tmp_path) == ["kb.db.backup-1"]


def test_a_backup_beside_a_writer_that_holds_on_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where neither the backup nor the write gets its turn, the write says so, and the next one is done."""
    monkeypatch.setattr("argmap.store.engine.BUSY_MS", 50)
    path = tmp_path / "kb.db"
    claims(path, "one")
    with KnowledgeBase(path, by="ann") as kb, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing"):
            kb.claim("claim", "two")
        other.execute("ROLLBACK")
        kb.claim("claim", "three")


def test_what_a_killed_backup_left_is_in_nobodys_way(original: Path, tmp_path: Path) -> None:
    """Half a copy of the same name is written anew."""
    (tmp_path / "copy.db.partial").write_bytes(b"\0" * 5_000)
    with KnowledgeBase(original) as kb:
        kb.backup(tmp_path / "copy.db")
    assert found(tmp_path / "copy.db") == []


@pytest.mark.parametrize(
    ("head", "is_repaired"),
    [("'nonsense'", True), ("substr(value, 1, 63) || 'x'", True), ("NULL", True), (f"'{'a' * 64}'", False)],
)
def test_a_damaged_note_of_the_last_event_is_repaired(damaged: Path, head: str, is_repaired: bool) -> None:
    """A garbled note is put right; one of other events tells that these are gone, so only a backup helps."""
    execute(damaged, f"UPDATE meta SET value = {head} WHERE key = 'head'")
    assert [finding.item for finding in found(damaged)] == ["log"]
    with KnowledgeBase(damaged) as kb:
        if is_repaired:
            kb.repair()
        else:
            with pytest.raises(DamageError, match="restore a backup"):
                kb.repair()
    assert (found(damaged) == []) is is_repaired


def test_lost_tables_are_made_again_from_the_log(damaged: Path) -> None:
    """Whatever happens to the current state, even all of it gone, the log gives it back."""
    with KnowledgeBase(damaged) as kb:
        expected = kb.map()
    for table in (*STATE_TABLES, "node_search"):
        execute(damaged, f"DROP TABLE {table}")
    with KnowledgeBase(damaged) as kb:
        kb.repair()
        assert kb.map() == expected
        assert [hit.node.text for hit in kb.search("models catch")] == ["Small models catch up."]
    assert found(damaged) == []
