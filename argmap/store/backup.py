"""Copies of a knowledge base, made while it is in use."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from argmap.errors import StoreError
from argmap.store.engine import plain_errors
from argmap.store.sql_store import SqlStore


def back_up(store: SqlStore, path: Path) -> None:
    """Copy an SQLite store into a new file: whole or not at all.

    Raises:
        StoreError: the file exists already or cannot be written, or the store is not SQLite.
    """
    if store.engine.dialect.name != "sqlite":
        raise StoreError("backup copies SQLite files; use the server's own tools for a database server")
    if path.exists():
        raise StoreError(f"{path}: exists already; choose another name")
    partial = path.with_name(path.name + ".partial")
    try:
        with plain_errors(f"sqlite:///{path}"), store.reading() as connection:
            target = sqlite3.connect(partial)
            with target:
                connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
            target.close()
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
