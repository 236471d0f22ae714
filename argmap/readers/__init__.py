"""Texts to documents: every reader turns canonical text into a Document with its turns."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Protocol

from argmap.errors import ReadError
from argmap.model.document import Document
from argmap.readers.decoding import decode
from argmap.registry import Registry

MAX_BYTES = 64 * 2**20
_SAMPLE = 100_000


class Reader(Protocol):
    """Reads one genre of text.

    ``score`` says in [0, 1] how sure the reader is that a text of this file name is its own; ``read``
    takes canonical text (see `decode`) and never raises anything but ReadError.
    """

    name: str
    suffixes: tuple[str, ...]

    def score(self, text: str, name: str) -> float:
        """How likely this reader is the right one, in [0, 1]."""

    def read(self, text: str, *, title: str) -> Document:
        """The document this text gives."""


READERS: Registry[Reader] = Registry(
    "argmap.readers",
    {
        "comments": "argmap.readers.comments:READER",
        "essay": "argmap.readers.essay:READER",
        "labelled": "argmap.readers.labelled:READER",
        "markdown": "argmap.readers.markdown:READER",
        "notes": "argmap.readers.notes:READER",
        "subtitles": "argmap.readers.subtitles:READER",
        "thread": "argmap.readers.thread:READER",
        "transcript": "argmap.readers.transcript:READER",
        "web": "argmap.readers.web:READER",
    },
)


def detect(text: str, name: str) -> str:
    """The name of the reader that is surest of this text. Cost: looks at the first 100,000 characters."""
    sample = text[:_SAMPLE]
    return max(READERS, key=lambda reader: READERS[reader].score(sample, name))


def read_bytes(data: bytes, *, name: str, reader: str | None = None) -> Document:
    """The document in a file's bytes.

    Args:
        name: the file's name or path, for detection, the title and errors.
        reader: name of the reader to use; None lets `detect` choose.

    Raises:
        ReadError: the bytes are not a text; it always names the file.
        UnknownName: there is no such reader.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"the file has more than {MAX_BYTES >> 20} MiB", path=name)
    decoded = decode(data, path=name)
    chosen = READERS[reader or detect(decoded.text, name)]
    try:
        document = chosen.read(decoded.text, title=PurePath(name).stem or name)
    except ReadError as error:
        raise ReadError(error.message, path=name, line=error.line) from error
    attributes = dict(document.attributes)
    if decoded.notices:
        attributes["notices"] = [*attributes.get("notices", ()), *decoded.notices]
    return replace(document, original=hashlib.sha256(data).hexdigest(), attributes=attributes)


def read_path(path: str | Path, *, reader: str | None = None) -> Document:
    """The document in a file; see `read_bytes`.

    Raises:
        ReadError: the file cannot be opened, is too large, or is not a text.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ReadError(reason, path=str(path)) from error
    return read_bytes(data, name=str(path), reader=reader)
