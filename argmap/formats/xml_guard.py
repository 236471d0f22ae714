"""XML comes in only after this pre-pass, and goes out only with characters that XML can carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from argmap.errors import FormatError
from argmap.formats.contract import Loss
from argmap.model import ArgumentMap, Link, Node

MAX_DEPTH = 200
MAX_TAG = 1024 * 1024
MAX_ENTITIES = 256
MAX_ENTITY = 1024
MAX_EXPANSION = 1024 * 1024
MAX_XML = 128 * 1024 * 1024

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with what XML 1.0 forbids made visible: NUL -> U+2400 and so on, others -> U+FFFD."""
    return _UNPRINTABLE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def unprintable_losses(argument_map: ArgumentMap) -> tuple[Loss, ...]:
    """What XML cannot carry exactly, field by field."""
    why = "XML has no control characters"
    return tuple(
        Loss(item, what, why) for item, what, text in _texts(argument_map) if _UNPRINTABLE.search(text)
    )


def _texts(argument_map: ArgumentMap) -> Iterator[tuple[str, str, str]]:
    for document in argument_map.documents.values():
        for what in ("text", "title", "genre", "url", "date", "original"):
            yield document.id, what, getattr(document, what) or ""
        marks: list[Any] = [mark for turn in document.turns for mark in (turn.url, turn.date)]
        yield document.id, "turns", "".join(mark or "" for mark in marks)
    items: list[Node | Link] = [*argument_map.nodes.values(), *argument_map.links.values()]
    for item in items:
        for what in ("text", "cue"):
            yield item.id, what, getattr(item, what, None) or ""


class _Watch:
    """Counts what a hostile document multiplies; handlers of one expat parser."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.depth = self.entities = self.expanded = 0
        self.lengths: dict[str, int] = {}
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.EntityDeclHandler = self.entity
        self.parser.ExternalEntityRefHandler = self.external
        self.parser.SkippedEntityHandler = self.skipped

    def refuse(self, why: str) -> None:
        raise FormatError(why, line=self.parser.CurrentLineNumber)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.refuse(f"elements nested deeper than {MAX_DEPTH} levels")

    def end(self, name: str) -> None:
        self.depth -= 1

    def entity(self, name: str, parameter: bool, value: str | None, *places: str | None) -> None:
        self.entities += 1
        if parameter or value is None or any(places[1:3]):
            self.refuse(f"the entity '{name:.40}' is outside the file; only plain ones are allowed")
        text = value or ""
        if self.entities > MAX_ENTITIES or len(text) > MAX_ENTITY or "&" in text:
            self.refuse("entities that are many, long or nested are not allowed")
        self.lengths[name] = len(text)

    def external(self, *places: str | None) -> int:
        self.refuse("external entities are not allowed")
        return 0

    def skipped(self, name: str, parameter: bool) -> None:
        self.refuse(f"unknown entity '{name:.40}'")


def refuse_hostile_xml(data: bytes) -> None:
    """Refuse XML that is malformed, or built to exhaust or to reach out of the file.

    Cost: linear, 10 MB in half a second.

    Raises:
        FormatError: with the line.
    """
    if len(data) > MAX_XML:
        raise FormatError(f"XML larger than {MAX_XML >> 20} MiB")
    _refuse_long_tags(data)
    watch = _Watch()
    try:
        watch.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise FormatError(f"not XML: {expat.ErrorString(error.code)}", line=error.lineno) from error
    total = sum(data.count(f"&{name};".encode()) * length for name, length in watch.lengths.items())
    if total > MAX_EXPANSION:
        raise FormatError("entities that expand to more than 1 MiB")


def _refuse_long_tags(data: bytes) -> None:
    place = data.find(b"<")
    while place >= 0:
        following = data.find(b"<", place + 1)
        close = data.find(b">", place + 1)
        if (
            min(close if close >= 0 else len(data), following if following >= 0 else len(data)) - place
            > MAX_TAG
        ):
            raise FormatError("a tag longer than 1 MiB", line=data.count(b"\n", 0, place) + 1)
        place = following
