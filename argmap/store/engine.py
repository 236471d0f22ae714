"""Opening a database: safe settings, tables, and errors in one plain line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from argmap.errors import DamageError, MissingExtra, ModelError, ReadOnlyError, StoreError
from argmap.store.schema import (
    GENESIS,
    META,
    METADATA,
    POSTGRESQL_SEARCH,
    REVISION,
    SQLITE_SEARCH,
    VERSION,
)

BUSY_MS = 30_000
CACHE_KB = 64_000

# It may have been lost after the database had stored the change, before it could say so.
_LOST = "the connection to the database was lost; look whether the change is there before you try again"
_PLAIN = {
    "database or disk is full": "the disk is full; nothing was changed, free some space and try again",
    "attempt to write a readonly database": "the file or folder is read-only; nothing was changed",
    "unable to open database file": "cannot open it; does the folder exist and may you write there?",
    "database is locked": "another program is writing and did not finish in time; try again",
    "file is not a database": "not a knowledge base (not an SQLite file)",
    "database disk image is malformed": "damaged; run 'argmap check --repair' or restore a backup",
    "disk i/o error": "the disk did not read or write; nothing was changed",
    "no space left on device": "the disk is full; nothing was changed, free some space and try again",
    "read-only transaction": "the database is read-only; nothing was changed",
    "connection refused": "no database server answers there; is it running?",
    "authentication failed": "the database server refuses this user or password",
    "permission denied": "the database does not let this user do that; nothing was changed",
    "server closed the connection": _LOST,
    "terminating connection": _LOST,
    "the connection is lost": _LOST,
}
# What PostgreSQL says of values that SQLite's driver refuses by exceptions of Python's, or takes.
_UNFIT = {
    "cannot contain nul": "a text holds a null character, which this database cannot store",
    "out of range": "a number is too large to be stored",
}
_READ_ONLY = ("readonly", "read-only")

# Writers to PostgreSQL hold this lock: one at a time, as SQLite has it, since the log is one chain.
_LOCK = text("SELECT pg_advisory_xact_lock(4711)")


def store_url(place: str | os.PathLike[str]) -> str:
    """A path or URL as an SQLAlchemy URL; a bare path is an SQLite file.

    Raises:
        StoreError: the place is empty, which SQLite would take for a database that nobody finds again.
    """
    name = os.fspath(place)
    if not name:
        raise StoreError("the knowledge base needs a path or a database URL")
    return name if "://" in name else URL.create("sqlite", database=name).render_as_string()


def backend(place: str | os.PathLike[str]) -> str:
    """The kind of database at a path or URL: ``sqlite``, ``postgresql`` ...

    Raises:
        StoreError: it is neither a path nor a URL.
    """
    try:
        return make_url(store_url(place)).get_backend_name()
    except ArgumentError as error:
        raise StoreError(f"'{place}' is neither a path nor a database URL") from error


def shown(url: str) -> str:
    """The place as people know it: the path of an SQLite file, a URL without its password."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or ":memory:"
    return parsed.render_as_string(hide_password=True)


@contextmanager
def plain_errors(url: str) -> Iterator[None]:
    """Turn the driver's errors into a `StoreError` of one line; values it cannot hold into a `ModelError`."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        # A value that was refused on its way to the database is wrapped by SQLAlchemy.
        raise cause if isinstance(cause, ModelError) else _plain_error(shown(url), str(cause)) from error
    except sqlite3.Error as error:
        raise _plain_error(shown(url), str(error)) from error
    except UnicodeDecodeError as error:
        # SQLite quotes damaged names in its complaint, which its driver then cannot read.
        raise DamageError(
            f"{shown(url)}: damaged; run 'argmap check --repair' or restore a backup"
        ) from error
    except UnicodeEncodeError as error:
        raise ModelError("a text holds half a character (a lone surrogate)") from error
    except OverflowError as error:
        raise ModelError("a number is too large to be stored") from error


def _plain_error(place: str, detail: str) -> StoreError | ModelError:
    lowered = detail.lower()
    for pattern, reason in _UNFIT.items():
        if pattern in lowered:
            return ModelError(reason)
    for pattern, advice in _PLAIN.items():
        if pattern in lowered:
            kind = DamageError if "malformed" in pattern else StoreError
            kind = ReadOnlyError if any(word in pattern for word in _READ_ONLY) else kind
            return kind(f"{place}: {advice}")
    return StoreError(f"{place}: {' '.join(detail.split())[:300]}")


def open_engine(url: str, *, read_only: bool = False) -> Engine:
    """An engine with safe settings; the tables are made where they are missing.

    Raises:
        StoreError: the place cannot be opened, or holds something else, or tables of another version.
    """
    engine = bare_engine(url, read_only=read_only)
    try:
        with plain_errors(url), engine.connect() as connection:
            _prepare(connection, shown(url), read_only=read_only)
    except BaseException:
        engine.dispose()
        raise
    return engine


def bare_engine(url: str, *, read_only: bool = False) -> Engine:
    """An engine with safe settings; what the place holds is not looked at.

    Raises:
        StoreError: it is neither a path nor a database URL.
        MissingExtra: its driver is not installed.
    """
    try:
        parsed = make_url(url)
        is_sqlite = parsed.get_backend_name() == "sqlite"
        return (_sqlite_engine if is_sqlite else _server_engine)(url, read_only=read_only)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"'{url}' is neither a path nor a database URL") from error
    except ModuleNotFoundError as error:
        raise MissingExtra("store", parsed.get_backend_name(), "postgresql") from error


def _sqlite_engine(url: str, *, read_only: bool) -> Engine:
    path = make_url(url).database
    in_memory = path in (None, "", ":memory:")
    if read_only and not (path and Path(path).exists()):
        raise StoreError(f"{path}: no such knowledge base")
    pool = StaticPool if in_memory else QueuePool
    options = {"check_same_thread": False, "timeout": BUSY_MS / 1000}
    engine = create_engine(url, poolclass=pool, connect_args=options)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        # SQLAlchemy opens transactions itself (BEGIN IMMEDIATE below), not the driver.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cell_size_check=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        if read_only:
            connection.execute("PRAGMA query_only=1")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writing one fails at once beside another writer.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _server_engine(url: str, *, read_only: bool) -> Engine:
    """Readers see one state of the database; writers, who wait for their turn, see the newest."""
    limits = "-c default_transaction_read_only=on" if read_only else ""
    options = {"connect_timeout": 10, "options": limits}
    return create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ", connect_args=options)


@contextmanager
def begun_writing(connection: Connection) -> Iterator[Connection]:
    """The only way to write: a transaction that waits for its turn before it looks at anything."""
    is_sqlite = connection.dialect.name == "sqlite"
    level = {} if is_sqlite else {"isolation_level": "READ COMMITTED"}
    writer = connection.execution_options(writing=True, **level)
    with writer.begin():
        if not is_sqlite:
            writer.execute(_LOCK)
        yield writer


def _prepare(connection: Connection, place: str, *, read_only: bool) -> None:
    found = revision_of(connection, place)
    if found == REVISION:
        return
    if found is not None:
        advice = "run 'argmap upgrade', or use the argmap that made it"
        raise StoreError(f"{place}: its tables are of revision {found}, not {REVISION}; {advice}")
    if read_only:
        raise StoreError(f"{place}: holds no knowledge base")
    is_sqlite = connection.dialect.name == "sqlite"
    connection.rollback()
    if is_sqlite:
        # Kept in the file; it cannot be set inside a transaction.
        connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
    with begun_writing(connection) as writer:
        if not inspect(writer).has_table(META.name):
            _create(writer)


def create_state(connection: Connection) -> None:
    """Make the tables that are not there, with their indexes."""
    METADATA.create_all(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if is_sqlite else POSTGRESQL_SEARCH:
        connection.execute(text(statement))


def _create(connection: Connection) -> None:
    create_state(connection)
    connection.execute(insert(VERSION).values(version_num=REVISION))
    connection.execute(insert(META).values(key="head", value=GENESIS))


def revision_of(connection: Connection, place: str) -> str | None:
    """The revision that the tables of a knowledge base are of; None where there are none.

    Raises:
        StoreError: there is no note of it, or the file holds something else.
    """
    tables = inspect(connection).get_table_names()
    if VERSION.name in tables:
        return str(connection.execute(select(VERSION.c.version_num)).scalar())
    if META.name in tables:
        raise StoreError(f"{place}: holds no knowledge base, or one that lost the note of its revision")
    if tables and connection.dialect.name == "sqlite":
        raise StoreError(f"{place}: holds something else, not a knowledge base")
    return None
