"""Bringing the tables of an older knowledge base to those of today, by Alembic.

Only the log needs revisions (`argmap/store/migrations/versions`): the current state follows from it, so after
them it is made anew, as `argmap check --repair` does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from argmap.errors import StoreError
from argmap.store.backup import back_up
from argmap.store.checking import rebuild_from_log
from argmap.store.engine import bare_engine, begun_writing, plain_errors, revision_of, shown, store_url

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(place: str | os.PathLike[str], *, migrations: Path = MIGRATIONS) -> Path | None:
    """Bring a knowledge base to the newest revision, all of it or nothing.

    A file is copied first, as ``NAME.before-REVISION`` beside it; a server has backups of its own.

    Args:
        place: a path, or a database URL.
        migrations: a folder of Alembic's.

    Returns:
        The copy; None where the tables are of today already, or on a server.

    Raises:
        StoreError: it holds no knowledge base, or one of a newer argmap; or the copy exists already.
        DamageError: the log is damaged, so nothing was changed.
    """
    url = store_url(place)
    config = alembic_config(migrations)
    engine = bare_engine(url)
    try:
        with plain_errors(url), engine.connect() as connection:
            found = revision_of(connection, shown(url))
        if found is None:
            raise StoreError(f"{shown(url)}: holds no knowledge base")
        newest = _newest(config, found, shown(url))
        if found == newest:
            return None
        copy = _copy_of(engine, f"{shown(url)}.before-{newest}")
        try:
            with plain_errors(url), engine.connect() as connection, begun_writing(connection) as writer:
                migrate(writer, config)
                rebuild_from_log(writer)
        except BaseException:
            # Nothing was changed, so it would only be in the way of the next attempt.
            if copy:
                copy.unlink()
            raise
        return copy
    finally:
        engine.dispose()


def alembic_config(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's settings: where the revisions are."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


def migrate(connection: Connection, config: Config) -> None:
    """Run the revisions that are missing, in the transaction that the connection is in."""
    from alembic import command

    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _newest(config: Config, found: str, place: str) -> str:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(config)
    if found not in {script.revision for script in scripts.walk_revisions()}:
        advice = "install a newer one, or restore a backup if the file is damaged"
        raise StoreError(f"{place}: this argmap does not know revision {found} of the tables; {advice}")
    return str(scripts.get_current_head())


def _copy_of(engine: Engine, name: str) -> Path | None:
    if engine.dialect.name != "sqlite":
        return None
    back_up(engine, Path(name))
    return Path(name)
