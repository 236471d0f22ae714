"""Words as Argdown can carry them: titles without brackets, texts with escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from argmap.formats.xml_guard import printable
from argmap.model import Node

_BRACKETS = re.compile(r"[\[\]<>\\@#{}]")
_RISKY = re.compile(r"[\\@#*_\[\]<>{}]|/(?=[/*])|(?<=[/])[/*]|=(?===)|(?<===)=|[.:](?=\S)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_STRUCTURE = re.compile(r"[{}=<>\[\]@#]")
LONGEST = 60


def plain(text: str) -> str:
    """A text on one line: white space squeezed, control characters made visible."""
    return " ".join(printable(text).split())


def escaped(text: str) -> str:
    """A plain text so that Argdown reads nothing into it."""
    return _RISKY.sub(lambda match: "\\" + match.group(), text) or "\\ "


def titles(nodes: Iterable[Node]) -> dict[str, str]:
    """Node id -> a title of its own: the first words of its text."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for node in nodes:
        words = " ".join(_BRACKETS.sub(" ", plain(node.text)).split()).lstrip("-: ")
        title = words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]
        if not title or title in used or title.startswith("Untitled "):
            title = f"{title} {node.id}".strip()
        used.add(title)
        found[node.id] = title
    return found


def slot_text(value: Any) -> str:
    """A JSON value as a YAML text that holds no mark Argdown looks for."""
    inner = json.dumps(value, sort_keys=True, separators=(",", ":"))
    safe = _STRING.sub(lambda found: _STRUCTURE.sub(_escape, found.group()), inner)
    return json.dumps(safe)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
