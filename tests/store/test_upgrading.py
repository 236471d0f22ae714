"""Tables of an older knowledge base become those of today, with the whole history or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, text

from argmap import KnowledgeBase
from argmap.errors import DamageError, StoreError
from argmap.store.engine import bare_engine, begun_writing, store_url
from argmap.store.schema import EVENT, META, REVISION, VERSION
from argmap.store.upgrading import MIGRATIONS, alembic_config, migrate, upgrade
from tests.store.test_state import example_map

NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "next"
down_revision = "{revision}"


def upgrade():
    op.add_column("event", sa.Column("place", sa.Text, server_default="here"))
    op.execute("DROP TABLE speaker")
    {then}
"""


@pytest.fixture
def history(place: str) -> list[object]:
    """The events of a knowledge base at the place, of today's revision."""
    with KnowledgeBase(place, by="ann") as kb:
        kb.bring(example_map())
        kb.undo()
        return list(kb.events())


def revisions(folder: Path, then: str = "") -> Path:
    """A folder of migrations with one after today's."""
    copy = shutil.copytree(MIGRATIONS, folder / "migrations")
    (copy / "versions" / "next.py").write_text(NEXT.format(revision=REVISION, then=then), "utf-8")
    return copy


def note_revision(place: str, value: str) -> None:
    """Write another revision into the note of it."""
    engine = bare_engine(store_url(place))
    with engine.connect() as connection, begun_writing(connection) as writer:
        writer.execute(VERSION.update().values(version_num=value))
    engine.dispose()


def event_columns(place: str) -> list[str]:
    """The names of the log's columns."""
    engine = bare_engine(store_url(place))
    with engine.connect() as connection:
        names = list(connection.execute(text("SELECT * FROM event LIMIT 0")).keys())
    engine.dispose()
    return names


def test_the_revisions_make_the_tables_of_the_log(place: str) -> None:
    """From nothing, the revisions lead to what the schema says, so no change of it lacks its revision."""
    engine = bare_engine(store_url(place))
    tables = MetaData()
    for table in (EVENT, META):
        table.to_metadata(tables)
    with engine.connect() as connection, begun_writing(connection) as writer:
        migrate(writer, alembic_config())
        context = MigrationContext.configure(writer, opts={"version_table": VERSION.name})
        assert context.get_current_revision() == REVISION
        assert compare_metadata(context, tables) == []
    engine.dispose()


def test_what_is_of_today_is_left_alone(place: str, history: list[object]) -> None:
    """No copy, no change."""
    assert upgrade(place) is None
    with KnowledgeBase(place) as kb:
        assert list(kb.events()) == history


def test_an_older_one_is_refused_then_upgraded(place: str, history: list[object], tmp_path: Path) -> None:
    """The revision runs, the state is made anew, the log is the same, and a file is copied first."""
    migrations = revisions(tmp_path)
    copy = upgrade(place, migrations=migrations)
    assert event_columns(place)[-1] == "place"
    with pytest.raises(StoreError, match=f"revision next, not {REVISION}; run 'argmap upgrade'"):
        KnowledgeBase(place)
    assert upgrade(place, migrations=migrations) is None
    note_revision(place, REVISION)
    with KnowledgeBase(place) as kb:
        assert list(kb.events()) == history
        assert [finding for finding in kb.check() if finding.level == "error"] == []
    assert (copy is not None) == ("://" not in place)
    if copy:
        with KnowledgeBase(copy, read_only=True) as kb:
            assert list(kb.events()) == history


def test_an_upgrade_that_fails_changes_nothing(place: str, history: list[object], tmp_path: Path) -> None:
    """A revision that breaks after it changed a table takes back what it did."""
    then = 'op.execute("DELETE FROM nowhere")'
    with pytest.raises(StoreError, match="nowhere"):
        upgrade(place, migrations=revisions(tmp_path, then))
    assert "place" not in event_columns(place)
    assert not list(tmp_path.glob("*.before-*"))
    with KnowledgeBase(place) as kb:
        assert list(kb.events()) == history


def test_a_damaged_log_is_not_upgraded(place: str, history: list[object], tmp_path: Path) -> None:
    """What would be made anew from a wrong log is not made."""
    then = "op.execute(\"UPDATE event SET at = 'never' WHERE seq = 1\")"
    with pytest.raises(DamageError, match="the log itself is damaged"):
        upgrade(place, migrations=revisions(tmp_path, then))
    with KnowledgeBase(place) as kb:
        assert list(kb.events()) == history


def test_one_of_a_newer_argmap_is_named_as_such(place: str, history: list[object]) -> None:
    """Nothing is done to tables that are not known."""
    note_revision(place, "9999")
    with pytest.raises(StoreError, match="does not know revision 9999 of the tables; install a newer one"):
        upgrade(place)


def test_what_holds_no_knowledge_base_is_left_alone(place: str) -> None:
    """An empty place stays empty."""
    with pytest.raises(StoreError, match="holds no knowledge base"):
        upgrade(place)


def test_the_command_line_upgrades(tmp_path: Path) -> None:
    """One line says how it stands; a missing file is not made."""
    from click.testing import CliRunner

    from argmap.cli import main

    place = tmp_path / "kb.db"
    missing = CliRunner().invoke(main, ["--kb", str(place), "upgrade"])
    assert (missing.exit_code, place.exists()) == (1, False)
    KnowledgeBase(place).close()
    done = CliRunner().invoke(main, ["--kb", str(place), "upgrade"])
    assert done.output == f"{place}: up to date\n"
