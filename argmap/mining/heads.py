"""Which unit each unit bears on: candidates from structure, and what speaks for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from argmap.mining.kinds import Kinds
from argmap.mining.linear import trained
from argmap.mining.pairs import REACH, pair_features
from argmap.mining.units import Discussion

WIDEST = 12
"""Units of another turn that are compared with one unit."""
_LEADS = frozenset(
    ("led by because", "led by for example", "led by therefore", "led by contrast", "led by agree")
)
BACK, ON = 8, 2
"""Units of the same turn that are compared: so many before, so many after."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that another may bear on; ``place`` is None for bearing on nothing."""

    place: int | None
    signals: dict[str, float]


class Heads:
    """Candidates of every unit of a discussion.

    Args:
        discussion: the units.
        shares: kind probabilities of each unit.
    """

    def __init__(self, discussion: Discussion, shares: Sequence[Kinds]) -> None:
        self.discussion = discussion
        self.shares = shares
        self._support = trained("support")

    def candidates(self, place: int, chosen: Sequence[int | None]) -> list[Candidate]:
        """What a unit may bear on.

        Args:
            place: the unit.
            chosen: what the units before it bear on.
        """
        unit = self.discussion.units[place]
        own = self.discussion.by_turn[unit.turn]
        rank = self.discussion.rank[place]
        inside = [own[r] for r in range(max(0, rank - BACK), min(len(own), rank + ON + 1)) if r != rank]
        if rank > BACK:
            inside.insert(0, own[0])
        found = [Candidate(None, self._nothing(place))]
        found += [Candidate(other, self._inside(place, other, chosen)) for other in inside]
        found += [Candidate(other, self._across(place, other, chosen)) for other in self._elsewhere(place)]
        return found

    def _elsewhere(self, place: int) -> list[int]:
        """Units of the turn that this unit's turn answers, and of the turn that its speaker said before."""
        unit, units = self.discussion.units[place], self.discussion.units
        answered, earlier = self.discussion.answered(unit.turn), self.discussion.earlier(unit.turn)
        there = self.discussion.by_turn.get(answered, ()) if answered is not None else ()
        if len(there) > WIDEST:
            words = unit.words | self.discussion.quoted_words(unit.turn)
            closest = nlargest(WIDEST - 2, there, key=lambda p: (len(units[p].words & words), p))
            there = tuple(sorted({*closest, there[0], there[-1]}))
        before = self.discussion.by_turn.get(earlier, ()) if earlier not in (None, answered) else ()
        return [*there, *sorted({*before[:1], *before[-1:]})]

    def _nothing(self, place: int) -> dict[str, float]:
        unit, rank = self.discussion.units[place], self.discussion.rank[place]
        found = {"none": 1.0, **self._kinds("none", place)}
        if rank == 0:
            found["none opens turn"] = 1.0
            if self.discussion.answered(unit.turn) is not None:
                found["none opens reply"] = 1.0
        elif self.discussion.paragraph[place] != self.discussion.paragraph[place - 1]:
            found["none opens paragraph"] = 1.0
        if place == 0:
            found["none opens document"] = 1.0
        return found

    def _kinds(self, name: str, place: int) -> dict[str, float]:
        return {f"{name} {kind}": share for kind, share in self.shares[place].items() if kind != "none"}

    def _common(self, place: int, other: int) -> dict[str, float]:
        one, two = self.discussion.units[place], self.discussion.units[other]
        common = len(one.words & two.words)
        return {"overlap": common / (1 + min(len(one.words), len(two.words))), **self._toward(other)}

    def _toward(self, other: int) -> dict[str, float]:
        return {f"to {kind}": share for kind, share in self.shares[other].items()}

    def _inside(self, place: int, other: int, chosen: Sequence[int | None]) -> dict[str, float]:
        gap = other - place
        found = self._common(place, other)
        if self._is_common(place, other, chosen):
            found["as the unit before"] = 1.0
            found |= self._kinds("sibling", place)
        else:
            found[f"at {gap:+d}" if abs(gap) <= 3 else "at far back"] = 1.0
        if gap == -1:
            found |= self._next(place, other)
        if self.discussion.rank[other] == 0:
            found["opens turn"] = 1.0
        if self.discussion.paragraph[place] != self.discussion.paragraph[other]:
            found["other paragraph"] = 1.0
        found["reason"] = self.reason(place, other)
        direction = "back" if gap < 0 else "on"
        found |= {
            f"{name} {direction}": 1.0 for name in self.discussion.units[place].signals if name in _LEADS
        }
        if gap > 0 and "led by therefore" in self.discussion.units[other].signals:
            found["target led by therefore"] = 1.0
        return found

    def _next(self, place: int, other: int) -> dict[str, float]:
        """What speaks for and against the unit just before."""
        found = self._kinds("at -1", place)
        found |= {f"at -1 to {kind}": share for kind, share in self.shares[other].items()}
        if "weak subject" in self.discussion.units[place].signals:
            found["at -1 weak subject"] = 1.0
        if self._same_sentence(place, other):
            found["at -1 same sentence"] = 1.0
        return found

    @staticmethod
    def _is_common(place: int, other: int, chosen: Sequence[int | None]) -> bool:
        """Whether the unit before bears on the same one."""
        return 0 < place <= len(chosen) and chosen[place - 1] == other

    def _across(self, place: int, other: int, chosen: Sequence[int | None]) -> dict[str, float]:
        unit = self.discussion.units[place]
        there = self.discussion.by_turn[self.discussion.units[other].turn]
        found = self._common(place, other)
        rank = self.discussion.rank[place]
        found |= {"across": 1.0, f"across from {min(rank, 2)}": 1.0, **self._kinds("across", place)}
        found["across opens"] = float(other == there[0])
        found["across closes"] = float(other == there[-1])
        found["across overlap"] = found["overlap"]
        quoted = self.discussion.quoted_words(unit.turn)
        if quoted:
            words = self.discussion.units[other].words
            found["is quoted"] = len(quoted & words) / (1 + min(len(quoted), len(words)))
        if rank and self._is_common(place, other, chosen):
            found["as the unit before"] = 1.0
        if self.discussion.answered(unit.turn) != self.discussion.units[other].turn:
            found["own earlier turn"] = 1.0
        return found

    def reason(self, place: int, other: int) -> float:
        """Log-odds that one unit of a turn is a reason for another, cut to [-4, 2]."""
        own = self.discussion.by_turn[self.discussion.units[place].turn]
        source, target = self.discussion.rank[place], self.discussion.rank[other]
        if abs(source - target) > REACH:
            return -4.0
        first = max(0, min(source, target) - REACH)
        window = own[first : max(source, target) + REACH + 1]
        sides = [self.discussion.units[p].side for p in window]
        features = pair_features(sides, source - first, target - first, self._same_sentence(place, other))
        scores = self._support.scores(features)
        return max(-4.0, min(2.0, float(scores[1] - scores[0])))

    def _same_sentence(self, place: int, other: int) -> bool:
        first, second = sorted((place, other))
        if second - first > 1:
            return False
        end, start = self.discussion.units[first].end, self.discussion.units[second].start
        return not any(mark in self.discussion.document.text[end - 1 : start] for mark in ".!?\n")
