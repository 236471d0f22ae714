# ruff: noqa: E501  (patterns read best in one piece)
"""Questions that head the parts of a page: its author answers them, or the one with whom he talks."""

from __future__ import annotations

import re

from argmap.model.document import Span
from argmap.readers.names import NAME, TITLE
from argmap.readers.turns import Draft, lines

_ABOUT = re.compile(
    r"\bFAQs?\b|\b(?:frequently|commonly|often) asked\b|\bquestions (?:and|&) answers\b|\bQ ?(?:&|and) ?A\b|\b(?:your|common) questions\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6} \S|\*\*[^*\n]{3,160}\*\*:?$")
# Not "Ann: Shall we?", which is a transcript's.
_QUESTION = re.compile(
    r"(?:#{2,6} )?(?:\*\*|__)?(?:\(?\d{1,3}[.):] )?(?!Q\d{0,3}[:.)]|\S{1,30}(?: \S{1,30}){0,3}: )[^\W_][^\n]{4,160}\?(?:\*\*|__)?"
)
_TALK = re.compile(
    rf"\b(?i:interview|conversation|chat|questions|Q ?(?:&|and) ?A)\b[^\n]{{0,40}} (?:with|for|to) (?:{TITLE} )?(?P<name>{NAME})"
)
_HEAD_LINES, _FEWEST = 3, 3


def answered(text: str, speaker: str | None, *, start: int = 0) -> list[Draft]:
    """A turn for each question and for each answer, after the words above them; none for other texts. Cost: linear.

    Args:
        speaker: the author, who answers, or asks whom the words above name: "Interview with Ada Horn".
        start: where the text begins behind its front matter.
    """
    asked = questions(text, start)
    drafts = [Draft(start, asked[0].start, speaker)] if asked else []
    invited = guest(text[start : asked[0].start]) if asked else None
    asks, answers = (speaker, invited) if invited else (None, speaker)
    for question, end in zip(asked, [*(span.start for span in asked[1:]), len(text)], strict=False):
        drafts += [Draft(question.start, question.end, asks), Draft(question.end, end, answers, len(drafts))]
    return drafts


def guest(head: str) -> str | None:
    """Whom the words above a conversation name as the one who is asked: "Interview with Ada Horn"."""
    found = _TALK.search(head)
    return found["name"] if found else None


def questions(text: str, start: int = 0) -> list[Span]:
    """The questions that head the parts of a page; none where other headings do, or where nothing says what it is."""
    shown = list(lines(text, start))
    close = "\n\n" not in text
    asked = [
        span
        for span in shown
        if _QUESTION.fullmatch(text, span.start, span.end) and (close or _is_apart(text, span))
    ]
    marked = {span.start for span in shown if _HEADING.match(text, span.start, span.end)}
    heads = sum(span.start in marked for span in asked)
    told = bool(shown) and _ABOUT.search(text, start, shown[min(_HEAD_LINES, len(shown)) - 1].end)
    if len(asked) < _FEWEST or not (told or (3 * heads >= 2 * len(marked) > 0 and heads == len(asked))):
        return []
    below = [*(span.start for span in asked[1:]), len(text)]
    empty = sum(not text[span.end : end].strip() for span, end in zip(asked, below, strict=True))
    return asked if not empty else []


def _is_apart(text: str, line: Span) -> bool:
    """Is there a blank line or nothing above a line?"""
    above = text.rfind("\n", 0, line.start)
    return above <= 0 or not text[text.rfind("\n", 0, above) + 1 : above].strip()
