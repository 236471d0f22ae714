"""A PostgreSQL server of the tests' own: a temporary cluster on loopback, gone when the tests end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _as_postgres() -> list[str]:
    """PostgreSQL does not run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


def _run(*words: object) -> None:
    subprocess.run([*_as_postgres(), *map(str, words)], check=True, capture_output=True, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a running server, without a database; skips with a reason where there can be none."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="argmap-pg-"))
    folder.chmod(0o777)
    port, data = _free_port(), folder / "data"
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c max_connections=200"
    try:
        _run(PROGRAMS[-1] / "initdb", "-D", data, "-U", "tests", "--auth=trust", "-E", "UTF8", "--locale=C")
        _run(PROGRAMS[-1] / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {getattr(error, 'stderr', b'') or error!r}")
    try:
        yield f"postgresql+psycopg://tests@127.0.0.1:{port}"
    finally:
        _run(PROGRAMS[-1] / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """The URL of an empty database."""
    import psycopg

    name = f"kb{uuid.uuid4().hex[:12]}"
    plain = server.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"
