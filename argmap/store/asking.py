"""Asking the questions that every screen and every decision asks, without what SQLAlchemy does each time.

SQLAlchemy looks up how to compile a statement at each execution, which takes longer than SQLite takes to
answer a short question. The statements here never change, so each is compiled once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import sqlite

from argmap.store.among import listed

_PLAIN = (str, int, float, type(None))


def ask(connection: Connection, statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
    """The answer (a ``CursorResult``) to a statement that is a constant of its module."""
    given = values or {}
    if connection.dialect.name != "sqlite":
        return connection.execute(statement, given)
    text, names, defaults = _compiled(statement)
    found = (given.get(name, defaults[name]) for name in names)
    return connection.exec_driver_sql(
        text, tuple(value if isinstance(value, _PLAIN) else listed(value) for value in found)
    )


@cache
def _compiled(statement: Any) -> tuple[str, list[str], Mapping[str, Any]]:
    """The text, the names of its parameters in order, and the values that it brings itself."""
    compiled = statement.compile(dialect=sqlite.dialect())
    return str(compiled), list(compiled.positiontup or ()), dict(compiled.params)
