"""Argument maps as bytes and back: one module a format, found by name or by the structure of the bytes."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from argmap.errors import FormatError, LossError, UnknownName
from argmap.formats import guards
from argmap.formats.argmap_json import dump_with_events, load_events
from argmap.formats.contract import Format, Loss
from argmap.model import ArgumentMap
from argmap.registry import Registry

__all__ = [
    "FORMATS",
    "Format",
    "Loss",
    "bytes_of",
    "detect",
    "dump",
    "dump_with_events",
    "load",
    "load_events",
]

# In the order of detection: what has an unmistakable mark comes first, plain text last.
_TABLE = {
    "json": "argmap.formats.argmap_json:FORMAT",
    "xaif": "argmap.formats.aif.formats:XAIF",
    "argdown-json": "argmap.formats.argdown.json_format:FORMAT",
    "arguebuf": "argmap.formats.arguebuf:FORMAT",
    "sadface": "argmap.formats.sadface:FORMAT",
    "aif": "argmap.formats.aif.formats:AIF",
    "webanno": "argmap.formats.webanno:FORMAT",
    "jsonld": "argmap.formats.rdf:JSONLD",
    "aif-rdf": "argmap.formats.aif.rdf:FORMAT",
    "rdfxml": "argmap.formats.rdf:RDFXML",
    "brat": "argmap.formats.brat:FORMAT",
    "csv": "argmap.formats.tables:FORMAT",
    "graphml": "argmap.formats.graphml:FORMAT",
    "nquads": "argmap.formats.rdf:NQUADS",
    "turtle": "argmap.formats.rdf:TURTLE",
    "trig": "argmap.formats.rdf:TRIG",
    "carneades": "argmap.formats.carneades:FORMAT",
    "kialo": "argmap.formats.kialo:FORMAT",
    "iccma": "argmap.formats.frameworks:ICCMA",
    "apx": "argmap.formats.frameworks:APX",
    "argdown": "argmap.formats.argdown.text:FORMAT",
    "tgf": "argmap.formats.frameworks:TGF",
    "gexf": "argmap.formats.viewing:GEXF",
    "dot": "argmap.formats.viewing:DOT",
    "mermaid": "argmap.formats.viewing:MERMAID",
    "markdown": "argmap.formats.viewing:MARKDOWN",
    "html": "argmap.formats.html:FORMAT",
}

FORMATS: Registry[Format] = Registry("argmap.formats", _TABLE)


def dump(argument_map: ArgumentMap, name: str, *, strict: bool = False) -> tuple[bytes, tuple[Loss, ...]]:
    """The map in a format, and what that format could not carry.

    Args:
        name: one of `FORMATS`.
        strict: refuse to lose anything.

    Raises:
        UnknownName: no such format.
        LossError: ``strict``, and something would be lost.
        FormatError: the map holds text that no file can carry (half a surrogate pair).
    """
    try:
        data, losses = FORMATS[name].dump(argument_map)
    except UnicodeEncodeError as error:
        raise FormatError(f"a text holds half a character: {error.reason}") from error
    if strict and losses:
        raise LossError(f"{name} would lose {len(losses)} things, first {losses[0]}", losses)
    return data, losses


def bytes_of(path: str) -> bytes:
    """The bytes of a map file, ``-`` being stdin; no more of it is held than `guards.MAX_BYTES`.

    Raises:
        FormatError: there are more.
        OSError: it cannot be read.
    """
    with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
        data = file.read(guards.MAX_BYTES + 1)
    if len(data) > guards.MAX_BYTES:
        raise FormatError(f"larger than {guards.MAX_BYTES >> 20} MiB", path=path)
    return data


def load(
    data: bytes, name: str | None = None, *, path: str | None = None
) -> tuple[ArgumentMap, tuple[str, ...]]:
    """The map in these bytes, and warnings about what was odd in them.

    Args:
        name: one of `FORMATS`; None to go by structure.
        path: the file's name, for errors only.

    Raises:
        UnknownName: no such format.
        FormatError: with path, and line where it is known.
    """
    try:
        chosen = FORMATS[name or detect(data)]
        if chosen.load is None:
            raise FormatError(f"{chosen.name} is a format for writing only")
        return chosen.load(data)
    except FormatError as error:
        raise FormatError(_one_line(error.message), path=path, line=error.line) from error
    except (UnknownName, ImportError, OSError, MemoryError):
        raise
    except Exception as error:  # whatever a parser stumbles over is the file's fault, and one clear line
        reason = _one_line(f"{type(error).__name__}: {error}")
        raise FormatError(f"cannot be read: {reason}", path=path) from error


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def detect(data: bytes) -> str:
    """The name of the format these bytes are in, by their structure.

    Raises:
        FormatError: none that is known.
    """
    order = [*_TABLE, *(name for name in FORMATS if name not in _TABLE)]
    for name in order:
        if FORMATS[name].sniff(data):
            return name
    raise FormatError("no known format; name one with --format")
