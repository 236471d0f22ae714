"""Where the contract of the store is tested: a file of SQLite's, and a database of PostgreSQL's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.store.server import new_database, postgresql_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server, or a skip with the reason."""
    with ExitStack() as stack:
        yield stack.enter_context(postgresql_server())


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place of each kind of store."""
    if request.param == "sqlite":
        return str(tmp_path / "kb.db")
    return new_database(request.getfixturevalue("server"))
