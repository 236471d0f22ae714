"""Markdown: an essay whose front matter and first heading say title, author and date."""

from __future__ import annotations

import re
from typing import Any

from argmap.model.document import Document
from argmap.readers.authors import author
from argmap.readers.essay import monologue
from argmap.readers.faq import answered, questions
from argmap.readers.turns import assemble, lines

_SIGNS = re.compile(
    r"^(?:#{1,6} \S|```|[-*+] \S|\d{1,3}\. \S|\|.{1,200}\|$|!\[)|\]\(https?://|\*\*\S", re.MULTILINE
)
_TITLE = re.compile(r"^# (?P<title>\S[^\n]{0,200})$", re.MULTILINE)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30}):[ \t]{1,4}[\"']?(?P<value>[^\n\"']{1,300})[\"']?")
_FRONT_LINES = 60


class Markdown:
    """The author's turn, markup kept as it stands, parted by the ``>`` quotations of others who are named."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown", ".mdown")

    def score(self, text: str, name: str) -> float:
        """Certain by suffix; otherwise by the density of headings, lists, links and fences."""
        if name.lower().endswith(self.suffixes):
            return 0.86 if questions(text) else 0.7
        signs = sum(1 for _ in _SIGNS.finditer(text))
        total = sum(1 for _ in lines(text))
        headed = _TITLE.search(text) is not None
        return min(0.7, 0.2 * headed + signs / total) if total else 0.0

    def read(self, text: str, *, title: str) -> Document:
        """The text behind its front matter."""
        start, fields = _front_matter(text)
        found = _TITLE.search(text, start)
        speaker = fields.get("author") or author(text[start:])
        drafts = answered(text, speaker, start=start) or monologue(text, speaker, start=start)
        more: dict[str, Any] = {"url": fields.get("url"), "date": fields.get("date")}
        heading = fields.get("title") or (found["title"].strip("# ") if found else "")
        return assemble(text, drafts, title=heading or title, genre=self.name, **more)


def _front_matter(text: str) -> tuple[int, dict[str, str]]:
    """Where the text begins, and the plain ``key: value`` lines between ``---`` lines before it."""
    if not text.startswith("---\n"):
        return 0, {}
    fields: dict[str, str] = {}
    place = 4
    for _ in range(_FRONT_LINES):
        newline = text.find("\n", place)
        line = text[place : newline if newline >= 0 else len(text)]
        if line.rstrip() in {"---", "..."}:
            return (newline + 1 if newline >= 0 else len(text)), fields
        match = _FIELD.fullmatch(line.rstrip()) if len(line) < 400 else None
        if match:
            fields[match["key"].lower()] = match["value"].strip()
        if newline < 0:
            break
        place = newline + 1
    return 0, {}


READER = Markdown()
