"""The text of an xAIF file: HTML whose spans name the locutions."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from argmap.formats import guards
from argmap.formats.xml_guard import printable
from argmap.model import Document, Turn, document_id

_TAG = re.compile(r"<(/?)(span|br)\b([^<>]*+)>", re.IGNORECASE)
_ID = re.compile(r"\bid=\"(?:node)?([^\"]*+)\"")


def marked_source(nodeset: dict[str, Any]) -> Document | None:
    """The text of an xAIF file with a turn for each locution it marks; None where it marks none."""
    top = nodeset.get("xaif")
    text = top.get("text") if isinstance(top, dict) else None
    if not isinstance(text, str):
        return None
    rows = guards.objects(nodeset.get("nodes"), "nodes")
    said = {str(node.get("nodeID")): str(node.get("text") or "") for node in rows if node.get("type") == "L"}
    plain, spans = _unmarked(text)
    turns, end = [], 0
    for start, stop, name in sorted(spans):
        if name in said and start >= end:
            before, colon, _ = said.pop(name).partition(":")
            turns.append(Turn(name, start, stop, before.strip() if colon else None))
            end = stop
    return Document(document_id(plain), "xAIF text", "dialogue", plain, tuple(turns)) if turns else None


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The words of marked-up text, and the stretches that have ids. Cost: linear."""
    words: list[str] = []
    spans: list[tuple[int, int, str]] = []
    open_spans: list[tuple[int, str]] = []
    length = place = 0

    def add(piece: str) -> None:
        nonlocal length
        words.append(piece)
        length += len(piece)

    for tag in _TAG.finditer(text):
        add(printable(unescape(text[place : tag.start()])))
        place = tag.end()
        close, name, attributes = tag.groups()
        if name.lower() == "br":
            add("\n")
        elif close:
            start, ident = open_spans.pop() if open_spans else (0, "")
            spans += [(start, length, ident)] if ident else []
        else:
            found = _ID.search(attributes)
            open_spans.append((length, found.group(1) if found else ""))
    add(printable(unescape(text[place:])))
    return "".join(words).replace("\r", "\n"), spans
