"""Which units each unit may bear on: near ones, openings, the turn it answers, the last question."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from heapq import nlargest
from math import log

from argmap.mining.units import Discussion

WIDEST = 12
"""Units of another turn that are compared with one unit."""
BACK, ON, OPENINGS = 8, 2, 4
"""Units of the same turn that are compared: so many before, after, and first ones of paragraphs."""


class Candidates:
    """What the units of a discussion may bear on.

    Args:
        discussion: the units.
    """

    def __init__(self, discussion: Discussion) -> None:
        self.discussion = discussion

    def of(self, place: int) -> list[int]:
        """Places that a unit may bear on, in reading order. Cost: bounded by the constants above."""
        found = {*self._inside(place), *self._elsewhere(place)}
        return sorted(found - {place})

    def _inside(self, place: int) -> Iterator[int]:
        own = self.discussion.by_turn[self.discussion.units[place].turn]
        rank = self.discussion.rank[place]
        yield from own[max(0, rank - BACK) : rank + ON + 1]
        yield own[0]
        opening: int | None = place
        for _ in range(OPENINGS):
            opening = self._opening_before[opening] if opening is not None else None
            if opening is None:
                break
            yield opening

    def _elsewhere(self, place: int) -> Iterator[int]:
        """Units of turns that this one's may answer, the last question, the document's first unit."""
        unit = self.discussion.units[place]
        answered, before = self.discussion.answered(unit.turn), self.turn_before[place]
        if answered is not None:
            yield from self._closest(place, answered, WIDEST)
        if before is not None and before != answered:
            yield from self._closest(place, before, WIDEST // 2 if answered is not None else WIDEST)
        earlier = self.discussion.earlier(unit.turn)
        if earlier is not None and earlier in self.discussion.by_turn:
            own = self.discussion.by_turn[earlier]
            yield from (own[0], own[-1])
        question = self.last_question[place]
        if question is not None:
            yield question
        yield 0

    def _closest(self, place: int, turn: int, most: int) -> tuple[int, ...]:
        """The units of a turn that share most with this one, with its first and its last."""
        there = self.discussion.by_turn.get(turn, ())
        if len(there) <= most:
            return there
        unit, units = self.discussion.units[place], self.discussion.units
        words = unit.words | self.discussion.quoted_words(unit.turn)
        closest = nlargest(most - 2, there, key=lambda p: (len(units[p].words & words), p))
        return (*closest, there[0], there[-1])

    @cached_property
    def turn_before(self) -> list[int | None]:
        """For each unit, the last turn before its own that has units."""
        found: list[int | None] = []
        for place, unit in enumerate(self.discussion.units):
            start = self.discussion.by_turn[unit.turn][0]
            found.append(self.discussion.units[start - 1].turn if place and start else None)
        return found

    @cached_property
    def last_question(self) -> list[int | None]:
        """For each unit, the last unit before it that asks."""
        found: list[int | None] = []
        last = None
        for place, unit in enumerate(self.discussion.units):
            found.append(last)
            last = place if unit.is_question else last
        return found

    @cached_property
    def opens_paragraph(self) -> list[bool]:
        """For each unit, whether it is the first of its paragraph or turn."""
        rank, paragraph = self.discussion.rank, self.discussion.paragraph
        return [not rank[place] or paragraph[place] != paragraph[place - 1] for place in range(len(rank))]

    @cached_property
    def _opening_before(self) -> list[int | None]:
        """For each unit, the nearest one before it in its turn that opens a paragraph."""
        found: list[int | None] = []
        last = None
        for place, opens in enumerate(self.opens_paragraph):
            last = None if self.discussion.rank[place] == 0 else last
            found.append(last)
            last = place if opens else last
        return found

    @cached_property
    def rarity(self) -> dict[str, float]:
        """Content word -> how rare it is among the units, above zero."""
        counts: dict[str, int] = {}
        for unit in self.discussion.units:
            for word in unit.words:
                counts[word] = counts.get(word, 0) + 1
        total = len(self.discussion.units)
        return {word: log(1 + total / count) for word, count in counts.items()}
