"""Conditions on many values at once: one parameter holds them all, however many there are.

A list of thousands of bound parameters costs more to compile than to answer, and databases limit its length.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, Column, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from argmap.errors import ModelError


class Texts(TypeDecorator[Iterable[str]]):
    """Many texts as one value: a JSON list in SQLite, an array in PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of this database."""
        is_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(Text() if is_sqlite else ARRAY(Text()))

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> Any:
        """The value that the driver gets."""
        return listed(value or ()) if dialect.name == "sqlite" else list(dict.fromkeys(value or ()))


def listed(texts: Iterable[str]) -> str:
    """Many texts as SQLite gets them.

    Raises:
        ModelError: SQLite would not find one of them again.
    """
    held = list(dict.fromkeys(texts))
    if any("\0" in text for text in held):
        raise ModelError("an id holds a null character")
    return json.dumps(held, ensure_ascii=False)


class _Among(FunctionElement[Any]):
    """``column IN (all of these)``."""

    # Were it a Boolean, SQLite would be asked whether it is 1, and could not use an index.
    type = NullType()
    inherit_cache = True


@compiles(_Among, "sqlite")
def _sqlite_among(element: _Among, compiler: Any, **options: Any) -> str:
    column, texts = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"


@compiles(_Among, "postgresql")
def _postgresql_among(element: _Among, compiler: Any, **options: Any) -> str:
    column, texts = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY ({texts})"


def among(column: Column[Any], name: str = "ids") -> Any:
    """The condition that a column has one of the texts given as parameter ``name`` at execution."""
    return _Among(column, bindparam(name, type_=Texts()))
