"""Asking the questions that every screen and every decision asks, without what SQLAlchemy does each time.

SQLAlchemy looks up how to compile a statement at each execution, and then how to read each column of the
answer, which takes longer than SQLite takes to answer a short question. The statements here never change, so
each is compiled once, and their columns are texts and numbers, so SQLite's driver gives them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import sqlite

from argmap.store.among import listed

_PLAIN = (str, int, float, type(None))


def ask(
    connection: Connection, statement: Executable, values: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The rows, by column, that answer a statement which is a constant of its module."""
    given = values or {}
    if connection.dialect.name != "sqlite":
        answer = connection.execute(statement, given)
        return [dict(row) for row in answer.mappings()] if answer.returns_rows else []
    if not connection.in_transaction():
        connection.begin()  # all that one connection is asked sees one state
    text, names, defaults = _compiled(statement)
    found = (given.get(name, defaults[name]) for name in names)
    cursor = connection.connection.driver_connection.execute(  # type: ignore[union-attr]
        text, tuple(value if isinstance(value, _PLAIN) else listed(value) for value in found)
    )
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@cache
def _compiled(statement: Any) -> tuple[str, list[str], Mapping[str, Any]]:
    """The text, the names of its parameters in order, and the values that it brings itself."""
    compiled = statement.compile(dialect=sqlite.dialect())
    return str(compiled), list(compiled.positiontup or ()), dict(compiled.params)
