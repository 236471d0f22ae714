"""What people have typed into forms and not saved, by their names.

It is no part of the map and has no history, so it stands beside the knowledge base: in a file of its own, or
in a table of its own on a server. Whoever types waits for nobody who writes.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Executable, Integer, MetaData, Table, Text, delete, insert, select

from argmap.errors import ArgmapError
from argmap.store.engine import bare_engine, plain_errors, store_url

MOST = 1_000  # fields of forms; the oldest go first

Form = tuple[str, str, str]  # its name, what it is about, a detail

_KEY = ("person", "form", "item", "detail", "name")
_FIELD = Table(
    "unfinished",
    MetaData(),
    Column("row", Integer, primary_key=True, autoincrement=True),
    *(Column(name, Text, nullable=False) for name in (*_KEY, "value")),
)
_NEWEST_FIRST = _FIELD.c.row.desc()

_LOG = logging.getLogger(__name__)


class Unfinished:
    """The fields of forms that people have begun; for all threads.

    Where they cannot be kept, which the program's log says once, nothing fails: the form still has them.

    Args:
        engine: of the knowledge base.
        file: beside it, where that is in a file too; None for one in memory.
    """

    def __init__(self, engine: Engine, *, file: Path | None) -> None:
        self._turn = threading.Lock()
        if engine.dialect.name == "sqlite":
            self._engine = bare_engine(store_url(file or ":memory:"))
        else:
            self._engine = engine.execution_options(isolation_level="READ COMMITTED")
        try:
            with plain_errors(str(self._engine.url)), self._engine.begin() as connection:
                _FIELD.metadata.create_all(connection)
        except ArgmapError as error:
            _LOG.warning("what is typed and not saved is not kept: %s", error)

    def words(self, person: str, form: Form, field: str) -> str | None:
        """What was typed into a field of a form."""
        found = self._done(select(_FIELD).where(*_at(person, *form, field)).order_by(_NEWEST_FIRST))
        return found[0]["value"] if found else None

    def keep(self, person: str, form: Form, field: str, value: str) -> None:
        """Keep what is in a field, which is the newest then; nothing is kept of an empty one."""
        key = (person, *form, field)
        if (self.words(person, form, field) or "") == value:
            return
        row = dict(zip(_KEY, key, strict=True)) | {"value": value}
        newest = select(_FIELD.c.row).order_by(_NEWEST_FIRST).limit(MOST)
        self._done(
            delete(_FIELD).where(*_at(*key)),
            *([insert(_FIELD).values(row)] if value else []),
            delete(_FIELD).where(_FIELD.c.row.not_in(newest)),
        )

    def drop(self, person: str, form: Form) -> None:
        """Forget a form."""
        self._done(delete(_FIELD).where(*_at(person, *form)))

    def of(self, person: str) -> list[tuple[Form, str]]:
        """The forms that a person has begun, newest first, with what was typed last."""
        found: dict[Form, str] = {}
        for row in self._done(select(_FIELD).where(*_at(person)).order_by(_NEWEST_FIRST)):
            found.setdefault((row["form"], row["item"], row["detail"]), row["value"])
        return list(found.items())

    def _done(self, *statements: Executable) -> list[dict[str, Any]]:
        """What the last of these statements gives; none of them is done where one fails."""
        rows: list[dict[str, Any]] = []
        with (
            suppress(ArgmapError),
            self._turn,
            plain_errors(str(self._engine.url)),
            self._engine.begin() as connection,
        ):
            for statement in statements:
                answer = connection.execute(statement)
                rows = [dict(row) for row in answer.mappings()] if answer.returns_rows else []
        return rows


def _at(*key: str) -> list[Any]:
    """The condition that a row begins with this key."""
    return [_FIELD.c[name] == value for name, value in zip(_KEY, key, strict=False)]
