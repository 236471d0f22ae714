"""Damaged files: every reader and format gives its value or one clear error, in no time, whatever it gets.

ARGMAP_FUZZ sets how many inputs each gets; `just soak` gives 10,000.
"""

from __future__ import annotations

import os
import resource
import socket
import time
from typing import Any

import pytest

from argmap import formats
from argmap.errors import FormatError, ReadError
from argmap.readers import READERS, read_bytes
from tests.readers.test_readers import assert_valid
from tests.security.mutations import READABLE, mutated

COUNT = int(os.environ.get("ARGMAP_FUZZ", "40"))
MOST_SECONDS = 2.0  # of CPU, for one input of a few kilobytes: a thousand times what it takes
MOST_MEMORY = 300 << 10  # kilobytes more than before, for all inputs of a reader or format
pytestmark = pytest.mark.timeout(0 if COUNT > 1_000 else 300)


def load(name: str, data: bytes) -> None:
    """Read bytes as a format; a map that they give is sound, so it comes back from argmap JSON."""
    try:
        argument_map, warnings = formats.load(data, name, path="upload")
    except FormatError as error:
        assert str(error).startswith("upload")
        assert "\n" not in str(error)
        return
    assert all(isinstance(warning, str) for warning in warnings)
    again, _ = formats.load(formats.dump(argument_map, "json")[0], "json")
    assert again == argument_map


def read(name: str, data: bytes) -> None:
    """Read bytes as a text; the turns of a document are in order and inside it."""
    try:
        assert_valid(read_bytes(data, name="upload.txt", reader=name))
    except ReadError as error:
        assert error.path == "upload.txt"
        assert "\n" not in str(error)


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whom anything tries to reach; nobody is reached."""
    found: list[Any] = []

    def refused(*place: Any) -> None:
        found.append(place)
        raise OSError("nobody is called here")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return found


@pytest.mark.parametrize("name", [*READABLE, *READERS])
def test_damaged_files_give_a_value_or_one_clear_error(name: str, called: list[Any]) -> None:
    """No other exception, no crash, none takes 2 CPU seconds or calls somebody; memory stays small."""
    take = load if name in READABLE else read
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(COUNT):
        data = mutated(name, number)
        start = time.process_time()
        try:
            take(name, data)
        except Exception as error:
            raise AssertionError(f"input {number} of {name}: {error!r}") from error
        assert time.process_time() - start < MOST_SECONDS, f"input {number} of {name}"
    assert called == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY
