"""What can be held together, and whether one claim is in every, some or no such position.

The grounded part is taken off first, so the solver sees only what is open. Nothing is guessed: past the time
limit the answer is "not decided".

Source: Dung 1995; decision of preferred scepticism by counterexamples as in Dvořák, Järvisalo, Wallner and
Woltran 2014 (CEGARTIX).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from argmap.errors import UnknownName
from argmap.reasoning.answer_sets import (
    ENUMERATIONS,
    STABLE,
    Extension,
    Residue,
    Solver,
    TimeUp,
    ever,
    residue,
)
from argmap.reasoning.elements import IN, OPEN, Framework, Labels
from argmap.reasoning.labelling import grounded

__all__ = ["Position", "Problem", "TimeUp", "positions"]


class Position(StrEnum):
    """In which defensible positions (preferred extensions) a claim stands."""

    EVERY = "every"
    SOME = "some"
    NONE = "none"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True)
class Problem:
    """A framework with its grounded part taken off, under a time limit.

    Args:
        labels: the grounded labels.
        deadline: of `time.monotonic`, or None.
    """

    framework: Framework
    labels: Labels
    rest: Residue
    deadline: float | None = None

    @classmethod
    def of(
        cls, framework: Framework, *, seconds: float | None = None, pinned: dict[int, int] | None = None
    ) -> Problem:
        """The problem.

        Args:
            seconds: of wall clock from now on; None for no limit.
            pinned: places whose label is given.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        labels = grounded(framework, pinned)
        return cls(framework, labels, residue(framework, labels), deadline)

    def extensions(self, semantics: str) -> Iterator[Extension]:
        """Each extension as the places that are IN, steps and ports included.

        Raises:
            UnknownName: no such semantics.
            TimeUp: not decided within the time limit.
        """
        if semantics not in ENUMERATIONS:
            raise UnknownName("semantics", semantics, ENUMERATIONS)
        if not self.rest.open:
            return iter([self.rest.fixed])
        found = ENUMERATIONS[semantics](self.rest, self.deadline)
        return (self.rest.fixed | extension for extension in found)

    def credulous(self, place: int, semantics: str) -> bool:
        """Whether a place is IN in some extension.

        Raises:
            TimeUp: not decided within the time limit.
        """
        if semantics in ("grounded", "ideal"):
            return place in next(self.extensions(semantics))
        if semantics == "semi-stable":
            return any(place in extension for extension in self.extensions(semantics))
        if self.labels[place] != OPEN and semantics != "stable":
            return bool(self.labels[place] == IN)
        # What is in a complete extension is in a preferred one.
        return self._solver(semantics).one(self._assumed(place, True)) is not None

    def sceptical(self, place: int, semantics: str) -> bool:
        """Whether a place is IN in every extension.

        Raises:
            TimeUp: not decided within the time limit.
        """
        if semantics in ("grounded", "complete"):
            return bool(self.labels[place] == IN)
        if semantics == "ideal":
            return self.credulous(place, "ideal")
        if semantics == "semi-stable":
            return all(place in extension for extension in self.extensions(semantics))
        if semantics == "stable":
            return self._solver("stable").one(self._assumed(place, False)) is None
        if self.labels[place] != OPEN:
            return bool(self.labels[place] == IN)
        return self._counterexample(place) is None

    def _solver(self, semantics: str) -> Solver:
        return Solver(self.rest, STABLE if semantics == "stable" else "", deadline=self.deadline)

    def _assumed(self, place: int, stands: bool) -> list[tuple[str, int, bool]]:
        if self.labels[place] == OPEN:
            return [("in", place, stands)]
        # A settled place is no atom of the residue: assume what is impossible, or nothing.
        return [] if (self.labels[place] == IN) == stands else [("e", -1, True)]

    def _counterexample(self, place: int) -> Extension | None:
        """A preferred extension without the place, or None."""
        deadline = self.deadline
        without = Solver(self.rest, f":- in({place}).\n", options=_MAXIMAL_ONE, deadline=deadline)
        whole = Solver(self.rest, options=_MAXIMAL_ONE, deadline=deadline)
        while (candidate := without.one()) is not None:
            wider = whole.one([("in", member, True) for member in (*candidate, place)])
            if wider is None:
                return self.rest.fixed | candidate
            # Whatever lies within an extension that has the place is no counterexample.
            outside = [member for member in self.rest.open if member not in wider]
            without.demand(outside)
        return None


_MAXIMAL_ONE = ("--heuristic=Domain", "--dom-mod=3,16")


Known = dict[str, list[Position]]


def positions(problem: Problem, known: Known | None = None) -> list[Position]:
    """For each element whether it stands in every, some or no preferred extension.

    Parts that do not bear on each other are solved apart, and parts alike only once, so a map of many small
    disputes stays cheap. What is left when the problem's time is up is not decided.

    Args:
        known: answers by the facts of a part: those given are used, and new ones are added.
    """
    found = [Position.EVERY if label == IN else Position.NONE for label in problem.labels.tolist()]
    known = {} if known is None else known
    for group, part in problem.rest.parts():
        if part.facts not in known:
            known[part.facts] = _decided(part, problem.deadline)
        for place, position in zip(group, known[part.facts], strict=True):
            found[place] = position
    return found


def _decided(part: Residue, deadline: float | None) -> list[Position]:
    try:
        return _positions(part, deadline)
    except TimeUp:
        return [Position.NOT_DECIDED for _ in part.open]


def _positions(part: Residue, deadline: float | None) -> list[Position]:
    possible = ever(part, "in", deadline)
    sure = next(ENUMERATIONS["ideal"](part, deadline))
    common = possible
    for extension in ENUMERATIONS["preferred"](part, deadline):
        common &= extension
        if common <= sure:  # what is in the ideal extension is in all of them
            break
    named = dict.fromkeys(part.open, Position.NONE)
    named |= dict.fromkeys(possible, Position.SOME)
    named |= dict.fromkeys(common, Position.EVERY)
    return list(named.values())
