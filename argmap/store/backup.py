"""Copies of a knowledge base, made while it is in use: on demand, and once a day by themselves."""

from __future__ import annotations

import logging
import math
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine, text

from argmap.errors import DamageError, StoreError
from argmap.store.engine import begun_writing, plain_errors

HOUR = 60 * 60
DAY = 24 * HOUR
KEPT = 2

_LOG = logging.getLogger(__name__)


class Backups:
    """The last copies of an SQLite knowledge base, next to it: ``debate.db.backup-1`` is the newest.

    Before a write a store makes a new copy where the newest is older than a day, and the oldest goes; it
    looks once an hour. ARGMAP_BACKUPS says how many are kept (2 where it is unset); 0 turns this off. A copy
    that fails is told of in the program's log and keeps nobody from writing. Servers have their own backups.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        name = engine.url.database if engine.dialect.name == "sqlite" else None
        self._path = Path(name) if name and name != ":memory:" else None
        self._next_look = 0.0 if self._path and _kept() else math.inf  # by the monotonic clock

    def keep(self) -> None:
        """Make today's copy if there is none yet."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + HOUR
        try:
            with plain_errors(str(self._engine.url)):
                if not _is_fresh(self._place(1), DAY) and self._has_events() and self._is_ours_to_make():
                    self._rotate()
        except (StoreError, OSError) as error:
            _LOG.warning("no automatic backup was made: %s", error)

    def _place(self, number: int) -> Path:
        assert self._path is not None
        return self._path.with_name(f"{self._path.name}.backup-{number}")

    def _has_events(self) -> bool:
        with self._engine.connect() as connection:
            return connection.execute(text("SELECT 1 FROM event LIMIT 1")).first() is not None

    def _is_ours_to_make(self) -> bool:
        """Asked under the lock of writers, so that of many programs that start at once one makes the copy."""
        partial = self._place(0)
        with self._engine.connect() as connection, begun_writing(connection):
            if _is_fresh(self._place(1), DAY) or _is_fresh(partial, HOUR):
                return False
            partial.unlink(missing_ok=True)
            partial.touch()
            return True

    def _rotate(self) -> None:
        partial = self._place(0)
        try:
            _copy(self._engine, partial)
            for number in range(_kept(), 1, -1):
                if self._place(number - 1).exists():
                    self._place(number - 1).replace(self._place(number))
            _settle(partial, self._place(1))
        finally:
            partial.unlink(missing_ok=True)


def _kept() -> int:
    value = os.environ.get("ARGMAP_BACKUPS", str(KEPT))
    return int(value) if value.isdecimal() else KEPT


def _is_fresh(path: Path, age: float) -> bool:
    """Whether a file was written in the last seconds; one from the future is not trusted to be."""
    with suppress(FileNotFoundError):
        return 0 <= time.time() - path.stat().st_mtime < age
    return False


def back_up(engine: Engine, path: Path) -> None:
    """Copy an SQLite store into a new file: whole or not at all, and on the disk when this returns.

    Raises:
        StoreError: the file exists already or cannot be written, or the store is not SQLite.
        DamageError: what was copied is damaged.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError("backup copies SQLite files; use 'argmap copy' or the database server's own tools")
    if path.exists():
        raise StoreError(f"{path}: exists already; choose another name")
    partial = path.with_name(path.name + ".partial")
    try:
        partial.unlink(missing_ok=True)  # a killed program's, which SQLite might not take for a database
        _copy(engine, partial)
        _settle(partial, path)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _copy(engine: Engine, partial: Path) -> None:
    with (
        plain_errors(f"sqlite:///{partial}"),
        engine.connect() as connection,
        closing(sqlite3.connect(partial)) as target,
    ):
        # Half a copy is thrown away, so nobody needs a journal to take it back.
        target.execute("PRAGMA journal_mode=OFF")
        connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
        (state,) = target.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise DamageError(f"{partial}: the copy is damaged ({state}); run 'argmap check'")


def _settle(partial: Path, path: Path) -> None:
    """Give a finished file its name, and see to it that both are on the disk."""
    _sync(partial)
    partial.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
