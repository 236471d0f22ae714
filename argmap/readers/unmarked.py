"""Posts that follow each other without heading or quotation: where a new one begins, and what it answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from argmap.model.document import Span
from argmap.readers.replies import Restated, opening
from argmap.readers.turns import paragraphs

_DENIES = re.compile(
    r"n['’]t\b|\b(?:not|no|never|nor|nobody|none|more than|rather than|instead|disagree|wrong|unless)\b",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(r"\b(?:you|your|mean)\b", re.IGNORECASE)
_STRONG = 4.0
_WEAK = 0.75
_CURRENT = sys.maxsize


@dataclass(frozen=True, slots=True)
class Post:
    """Words of one post and the place of the turn they answer."""

    span: Span
    reply: int | None


class UnmarkedPosts:
    """Splits paragraphs into posts by what they restate.

    A paragraph begins a new post if its first sentence asks about, or denies, what another turn says, or
    restates an earlier turn so clearly that it must answer it. Otherwise it continues the post before it:
    a post goes on arguing against the same turn.

    Args:
        text: the document's text.
        spans: all stretches that may be split, to learn which words are rare.
    """

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._text = text
        blocks = [text[part.start : part.end] for span in spans for part in self._paragraphs(span)]
        self._restated = Restated(blocks)
        self._last = 0

    def _paragraphs(self, span: Span) -> list[Span]:
        words = self._text[span.start : span.end]
        return [Span(part.start + span.start, part.end + span.start) for part in paragraphs(words)]

    def add(self, place: int, span: Span) -> None:
        """Tell which turn a post became."""
        self._restated.add(place, self._text[span.start : span.end])
        self._last = place

    def split(self, span: Span, quoting: int | None) -> Iterator[Post]:
        """The posts in a stretch of words whose first paragraph answers the turn ``quoting``."""
        start, end, reply = span.start, span.start, quoting
        for part in self._paragraphs(span):
            if end == span.start:
                end = part.end
                continue
            answered = self._answered(part, Span(start, end), reply)
            if answered is None:
                end = part.end
                continue
            yield Post(Span(start, end), reply)
            # By now the caller has said, by `add`, which turn that post became.
            start, end, reply = part.start, part.end, self._last if answered == _CURRENT else answered
        yield Post(Span(start, end), reply)

    def _answered(self, part: Span, current: Span, reply: int | None) -> int | None:
        """The turn that this paragraph answers as a new post, or None where it continues the current one."""
        words = self._text[part.start : part.end]
        head = opening(words)
        strong = _best(self._restated.scores(words))
        if strong and strong[1] >= _STRONG and strong[0] != reply:
            return strong[0]
        if not (_DENIES.search(head) or ("?" in head and _ASKS_BACK.search(head))):
            return None
        present = self._restated.between(head, self._text[current.start : current.end])
        weak = _best(self._restated.scores(head) | {_CURRENT: present})
        return weak[0] if weak and weak[1] >= _WEAK and weak[0] != reply else None


def _best(scores: dict[int, float]) -> tuple[int, float] | None:
    """The turn of the highest score, the later of equals."""
    return max(scores.items(), key=lambda item: (item[1], item[0]), default=None)
