"""The Argdown format: text."""

from __future__ import annotations

import re

from argmap.formats import guards
from argmap.formats.argdown.parser import parsed
from argmap.formats.argdown.reading import map_of
from argmap.formats.argdown.writing import text_of
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.model import ArgumentMap

_MARKS = re.compile(
    rb"^[ \t]*+(===|\[[^\]\n]++\](:|[ \t]*+$)|<[^>\n?!/]++>(:|[ \t]*+$))|^[ \t]++[<+>_-]{1,2} [\[<\w]",
    re.M,
)


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as Argdown text; nothing is lost."""
    return text_of(argument_map).encode(), ()


def load(data: bytes) -> Loaded:
    """The map of an Argdown text.

    Raises:
        FormatError: with the line where it ends to be Argdown.
    """
    return map_of(parsed(guards.decoded(data).replace("\r", "\n")))


def sniff(data: bytes) -> bool:
    """Whether there are titles, front matter or relations of Argdown."""
    head = data[: 1024 * 64]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start[:1] in (b"{", b"", b"@") or start.startswith((b"<?xml", b"<!doctype", b"<html")):
        return False
    return bool(_MARKS.search(head))


FORMAT = FileFormat("argdown", ".argdown", "text/x-argdown", dump, load, sniff)
