"""What was said: documents, the turns in them, and spans of characters."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from argmap.errors import ModelError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) in code points of a document's text.

    Source: W3C Web Annotation, TextPositionSelector.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ModelError(f"span [{self.start}, {self.end}) is not a stretch of text")

    def __len__(self) -> int:
        return self.end - self.start

    def overlap(self, other: Span) -> int:
        """How many code points both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a turn that repeats somebody else's words.

    Args:
        start, end: the quoted words, without the quotation marks or ``>``.
        turn: id of the turn they come from, or None where that turn is not in the document.
    """

    start: int
    end: int
    turn: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch by one speaker, which may quote and reply to others (AIF: L-node).

    Args:
        id: unique within its document (``t1``, ``t2`` ... in reading order).
        start, end: half-open, in code points of the document's text.
        speaker: name as the text gives it; None where it is unknown.
        reply_to: id of the turn this one answers.
        quotes: stretches that repeat others' words.
        repeat_of: id of an earlier turn that has the same words; such a turn is never mined.
        url, date: where and when it was said, as the text gives it.
        begin, finish: seconds from the start of a recording.
    """

    id: str
    start: int
    end: int
    speaker: str | None = None
    reply_to: str | None = None
    quotes: tuple[Quote, ...] = ()
    repeat_of: str | None = None
    url: str | None = None
    date: str | None = None
    begin: float | None = None
    finish: float | None = None

    @property
    def span(self) -> Span:
        """The turn's characters."""
        return Span(self.start, self.end)


def document_id(text: str) -> str:
    """The id of a document with this canonical text: the same words give the same id."""
    return "d" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:15]


@dataclass(frozen=True)
class Document:
    """A source text, kept verbatim in one canonical form (prov:Entity).

    Args:
        id: from `document_id`.
        title: what people call it.
        genre: name of the reader that made the turns: thread, notes, essay, transcript, comments ...
        text: canonical text (newlines are ``\\n``, no control characters); spans count in it.
        turns: in reading order, not overlapping, inside the text.
        url, date: where and when it was published.
        original: SHA-256 of the file's bytes before decoding.
        attributes: anything else a format carried (JSON values).
    """

    id: str
    title: str
    genre: str
    text: str
    turns: tuple[Turn, ...] = ()
    url: str | None = None
    date: str | None = None
    original: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [turn.id for turn in self.turns]
        if len(set(ids)) != len(ids):
            raise ModelError(f"document {self.id} has two turns of one id")
        if any(not 0 <= turn.start <= turn.end <= len(self.text) for turn in self.turns):
            raise ModelError(f"document {self.id} has a turn outside its text")

    @cached_property
    def _turn_starts(self) -> list[int]:
        return [turn.start for turn in self.turns]

    @cached_property
    def _turns_by_id(self) -> dict[str, Turn]:
        return {turn.id: turn for turn in self.turns}

    def quote(self, start: int, end: int) -> str:
        """The text of a span.

        Raises:
            ModelError: the span is outside the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ModelError(f"span [{start}, {end}) is outside document {self.id}")
        return self.text[start:end]

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds this offset, or None between turns. Cost: O(log turns)."""
        place = bisect_right(self._turn_starts, offset) - 1
        if place < 0 or offset >= self.turns[place].end:
            return None
        return self.turns[place]

    def turn(self, turn_id: str) -> Turn:
        """The turn of this id.

        Raises:
            ModelError: there is none.
        """
        found = self._turns_by_id.get(turn_id)
        if found is None:
            raise ModelError(f"document {self.id} has no turn {turn_id}")
        return found
