"""Units of a document as the miner sees them: where they stand, who says them, and their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from argmap.mining.cues import PATTERNS
from argmap.mining.stretches import Stretch, turns
from argmap.model import Document, Span, Turn

_WORD = re.compile(r"[^\W_][\w'’]*")
_COMMON = frozenset(
    _WORD.findall(
        """the a an of to in on at for with by from and or but so if as is are was were be been being it its this
        that these those there here i you he she we they me him her us them my your his our their not no do does did
        have has had will would can could should may might must just like very really more most than then when what
        which who how why where also about into out up down over all any some one thing things think know get got go
        going make makes made say says said people lot kind way because even much many well don't it's that's i'm"""
    )
)


def content_words(text: str) -> frozenset[str]:
    """The words that carry a text's content, cut to five letters so that forms of one word meet."""
    words = (match.group().lower() for match in _WORD.finditer(text))
    return frozenset(word[:5] for word in words if word not in _COMMON and (len(word) > 2 or word.isdigit()))


@dataclass(frozen=True, slots=True)
class Unit:
    """One argumentative unit.

    Args:
        start, end: characters of the document.
        turn: place of its turn in the document.
        text: its words with white space folded.
        lead: the connectives and fillers just before it, in lower case.
        words: its content words.
        cues: names of the lists in `cues` that it matches.
        quoted: words of somebody whose own turn is absent.
    """

    start: int
    end: int
    turn: int
    text: str
    lead: str
    words: frozenset[str]
    cues: frozenset[str]
    quoted: bool = False

    @property
    def is_question(self) -> bool:
        """Whether it ends as a question does."""
        return self.text.rstrip("\"'”’)*_ ").endswith("?")


def unit_of(stretch: Stretch, span: Span, before: str) -> Unit:
    """The unit at a span of a stretch."""
    text = " ".join(stretch.text[span.start : span.end].split())
    lead = " ".join(before.lower().split())
    cues = frozenset(name for name, pattern in PATTERNS.items() if pattern.search(text))
    return Unit(
        stretch.start + span.start,
        stretch.start + span.end,
        stretch.turn,
        text,
        lead,
        content_words(text),
        cues,
        stretch.quoted,
    )


class Discussion:
    """The units of one document and the turns they stand in.

    Args:
        document: where they stand.
        units: in reading order.
    """

    def __init__(self, document: Document, units: Iterable[Unit]) -> None:
        self.document = document
        self.units = tuple(units)
        self.turns: Sequence[Turn] = turns(document)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {turn.id: place for place, turn in enumerate(self.turns)}

    @cached_property
    def by_turn(self) -> Mapping[int, tuple[int, ...]]:
        """Place of a turn -> places of its units."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, unit in enumerate(self.units):
            found[unit.turn].append(place)
        return {turn: tuple(places) for turn, places in found.items()}

    def speaker(self, unit: Unit) -> str | None:
        """Who says it; None where that is unknown."""
        return None if unit.quoted else self.turns[unit.turn].speaker

    def answered(self, turn: int) -> int | None:
        """Place of the turn that a turn answers: its reply, else its first quote."""
        here = self.turns[turn]
        names = (here.reply_to, *(quote.turn for quote in here.quotes))
        place = next((self._places[name] for name in names if name and name in self._places), None)
        if place is None:
            return None
        original = self.turns[place].repeat_of
        return self._places.get(original, place) if original else place

    def quoted_words(self, turn: int) -> frozenset[str]:
        """Content words of what a turn quotes."""
        quotes = self.turns[turn].quotes
        return content_words(" ".join(self.document.text[quote.start : quote.end] for quote in quotes))

    def groups(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Turns in reading order, each with its units."""
        yield from sorted(self.by_turn.items())
