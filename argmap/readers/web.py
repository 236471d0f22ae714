# ruff: noqa: E501  (patterns read best in one piece)
"""Saved web pages: the main text by trafilatura, from memory alone; nothing is ever fetched."""

from __future__ import annotations

import html
import logging
import re
import warnings
from dataclasses import replace

from argmap.model.document import Document, Turn, document_id
from argmap.readers import Reader, essay, labelled, thread, turns
from argmap.readers.decoding import canonical

_PAGE = re.compile(
    r"\s{0,80}(?:<\?xml[^<>]{0,200}>\s{0,80})?(?:<!--[^<>]{0,400}-->\s{0,80})?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{0,4000}>")
_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "td",
    ]
)
_HIDDEN = re.compile(r"<!--|<(script|style|template|noscript)\b", re.IGNORECASE)
_EMPTY = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dd",
        "dt",
        "option",
    ]
)
_DEEPEST = 200
_LARGEST = 8 * 2**20


class Web:
    """The page's article and its comments; markup is left out of the text."""

    name = "web"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def score(self, text: str, name: str) -> float:
        """Certain where the text begins as a page does."""
        if _PAGE.match(text):
            return 0.99
        return 0.9 if name.lower().endswith(self.suffixes) and _TAG.search(text) else 0.0

    def read(self, text: str, *, title: str) -> Document:
        """Turns of a thread or a labelled transcript where the page holds one; otherwise one turn."""
        small = len(text) <= _LARGEST and _depth(text) <= _DEEPEST
        found = _extracted(text) if small else {}
        body = canonical(found.get("text") or _plain(text))[0]
        readers: tuple[Reader, ...] = (essay.READER, thread.READER, labelled.READER)
        reader = max(readers, key=lambda one: one.score(body, ""))
        inner = reader.read(body, title=found.get("title") or title).turns
        if reader.name == essay.READER.name:
            inner = tuple(replace(turn, speaker=turn.speaker or found.get("author")) for turn in inner)
        comments = canonical(found.get("comments") or "")[0]
        return Document(
            document_id(whole := f"{body}\n\n{comments}" if comments else body),
            found.get("title") or title,
            self.name,
            whole,
            (*inner, *_comments(comments, len(body) + 2, len(inner))),
            url=found.get("url"),
            date=found.get("date"),
        )


def _comments(comments: str, offset: int, count: int) -> list[Turn]:
    """A turn for each comment below the article."""
    spans = turns.lines(comments)
    return [
        Turn(f"t{number}", span.start + offset, span.end + offset)
        for number, span in enumerate(spans, count + 1)
    ]


def _extracted(page: str) -> dict[str, str]:
    """Text, comments, title, author, url and date of a page; empty where the library finds none or fails."""
    import trafilatura
    from trafilatura.settings import set_date_params

    # Dates in any language cost seconds to get ready for, and running text holds many that are not the page's.
    dates = set_date_params(extensive=False)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = trafilatura.bare_extraction(
                page, include_comments=True, with_metadata=True, date_extraction_params=dates
            )
        except Exception:  # whatever a hostile page makes of the library, the plain text remains
            return {}
    keys = ("text", "comments", "title", "author", "url", "date")
    values = {key: getattr(found, key, None) for key in keys}
    return {key: value.strip() for key, value in values.items() if isinstance(value, str) and value.strip()}


def _depth(page: str) -> int:
    """How deeply elements are nested, at most. Cost: linear, without recursion."""
    depth = deepest = 0
    for match in _TAG.finditer(page):
        if match[2].lower() in _EMPTY or match[0].endswith("/>"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _plain(page: str) -> str:
    """The page's words, a line for each block."""
    shown = _without_hidden(page)
    marked = _TAG.sub(lambda match: "\n" if match[2].lower() in _BREAKS else "", shown)
    kept = (line.strip() for line in html.unescape(marked).split("\n"))
    return "\n".join(line for line in kept if line)


def _without_hidden(page: str) -> str:
    """The page without comments, scripts and styles; one that is never closed hides the rest. Cost: linear."""
    parts, place, lowered = [], 0, page.lower()
    if len(lowered) != len(page):  # a few letters change length in lower case
        lowered = page
    for match in _HIDDEN.finditer(page):
        if match.start() < place:
            continue
        closing = "-->" if match[0].startswith("<!") else f"</{match[1].lower()}"
        parts.append(page[place : match.start()])
        end = lowered.find(closing, match.end())
        place = len(page) if end < 0 else end
    parts.append(page[place:])
    return "".join(parts)


READER = Web()
