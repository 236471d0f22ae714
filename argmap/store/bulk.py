"""Writing many rows: one prepared statement in SQLite, COPY in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

# Below this many rows COPY costs more than it saves.
COPY_FROM = 20


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns. Cost: that of the database alone, nearly."""
    if not rows:
        return
    columns = tuple(rows[0])
    if connection.dialect.name == "sqlite":
        statement, ordered = _prepared(table, columns)
        connection.exec_driver_sql(statement, list(map(itemgetter(*ordered), rows)))
    elif len(rows) < COPY_FROM:
        connection.execute(insert(table), list(rows))
    else:
        _copy(connection, table, columns, rows)


@cache
def _prepared(table: Table, columns: tuple[str, ...]) -> tuple[str, list[str]]:
    """The text of the statement, and the columns in the order of its parameters."""
    compiled = insert(table).compile(dialect=sqlite.dialect(), column_keys=list(columns))
    return str(compiled), list(compiled.positiontup or ())


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quoted, columns))
    values = itemgetter(*columns)
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY {quoted(table.name)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(values(row))
    except connection.dialect.loaded_dbapi.Error as error:
        raise DatabaseError(None, None, error) from error
    finally:
        cursor.close()
