"""Units of a document as the miner sees them: where they stand, who says them, and what they look like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Span

from argmap.mining.features import unit_features, with_neighbours
from argmap.mining.linear import trained
from argmap.mining.pairs import NO_SIDE, Side, side
from argmap.mining.sentences import is_wrapped
from argmap.mining.signals import form_signals
from argmap.mining.stretches import Stretch, turns
from argmap.model import Document, Turn

SPOKEN = frozenset(("transcript", "labelled", "subtitles"))
"""Readers whose texts were said aloud."""

_WORD = re.compile(r"[^\W_][\w'’]*")
_BLANK_LINE = re.compile(r"\n[ \t]{0,8}\n")
_COMMON = frozenset(
    _WORD.findall(
        """the a an of to in on at for with by from and or but so if as is are was were be been being it
        its this that these those there here i you he she we they me him her us them my your his
        our their not no do does did have has had will would can could should may might must
        just like very really more most than then when what which who how why where also about
        into out up down over all any some one thing things think know get got go going make
        makes made say says said people lot kind way because even much many well don't it's
        that's i'm"""
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
        lead: the words between the unit before and this one, in lower case.
        side: what pairs of units show of it.
        types: probability of each proposition type.
        signals: what its form tells.
        quoted: words of somebody whose own turn is absent.
    """

    start: int
    end: int
    turn: int
    text: str
    lead: str = ""
    side: Side = NO_SIDE
    types: Mapping[str, float] = field(default_factory=dict)
    signals: Mapping[str, float] = field(default_factory=dict)
    quoted: bool = False

    @property
    def words(self) -> frozenset[str]:
        """Its content words."""
        return self.side.words

    @property
    def is_question(self) -> bool:
        """Whether it ends as a question does."""
        return "question" in self.signals


def units_of(spans: Sequence[Span], stretch: Stretch) -> Iterator[Unit]:
    """Spans of a stretch as units, with all that is needed of their Doc. Cost: linear."""
    model, end = trained("types"), 0
    forms = [unit_features(span) for span in spans]
    for span, form, features in zip(spans, forms, with_neighbours(forms), strict=True):
        text = " ".join(span.text.split())
        lead = " ".join(stretch.text[end : span.start_char].lower().split())[-80:]
        end = span.end_char
        types = dict(zip(model.labels, map(float, model.probabilities(features)), strict=True))
        yield Unit(
            stretch.start + span.start_char,
            stretch.start + span.end_char,
            stretch.turn,
            text,
            lead,
            side(form, types, content_words(text)),
            types,
            form_signals(span, text, lead),
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
        self._quoted: dict[int, frozenset[str]] = {}

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

    @cached_property
    def rank(self) -> Sequence[int]:
        """For each unit, how many of its turn come before it."""
        ranks = {place: rank for places in self.by_turn.values() for rank, place in enumerate(places)}
        return [ranks[place] for place in range(len(self.units))]

    @cached_property
    def paragraph(self) -> Sequence[int]:
        """For each unit, how many paragraphs end before it: at blank lines, else at lines unless wrapped."""
        text = self.document.text
        ends = [match.start() for match in _BLANK_LINE.finditer(text)]
        if not ends and not is_wrapped(text):
            ends = [place for place, letter in enumerate(text) if letter == "\n"]
        return [bisect_left(ends, unit.start) for unit in self.units]

    @cached_property
    def _earlier(self) -> Mapping[int, int]:
        """Place of a turn -> place of the turn that its speaker said before."""
        last: dict[str, int] = {}
        found = {}
        for place, turn in enumerate(self.turns):
            if turn.speaker and place in self.by_turn:
                if turn.speaker in last:
                    found[place] = last[turn.speaker]
                last[turn.speaker] = place
        return found

    def earlier(self, turn: int) -> int | None:
        """Place of the turn that the speaker of a turn said before; None where that is unknown."""
        return self._earlier.get(turn)

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
        if turn not in self._quoted:
            self._quoted[turn] = self._words_quoted(turn)
        return self._quoted[turn]

    def _words_quoted(self, turn: int) -> frozenset[str]:
        quotes = self.turns[turn].quotes
        return content_words(" ".join(self.document.text[quote.start : quote.end] for quote in quotes))

    def groups(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Turns in reading order, each with its units."""
        yield from sorted(self.by_turn.items())
