"""What can be held together, and whether one claim is in every, some or no such position.

The grounded part is taken off first, so the solver sees only what is open. Nothing is guessed: past the time
limit the answer is "not decided".

Source: Dung 1995; decision of preferred scepticism by counterexamples as in Dvořák, Järvisalo, Wallner and
Woltran 2014 (CEGARTIX).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
from argmap.reasoning.framework import IN, OPEN, Framework, Labels, Places
from argmap.reasoning.grounded import grounded

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
    def of(cls, framework: Framework, *, seconds: float | None = None) -> Problem:
        """The problem; ``seconds`` of wall clock from now on, None for no limit."""
        deadline = None if seconds is None else time.monotonic() + seconds
        labels = grounded(framework)
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


def positions(framework: Framework, *, seconds: float | None = None) -> list[Position]:
    """For each element whether it stands in every, some or no preferred extension.

    Parts that do not bear on each other are solved apart, so a map of many small disputes stays cheap.

    Args:
        seconds: limit for everything; what is left then is not decided.
    """
    problem = Problem.of(framework, seconds=seconds)
    found = [Position.EVERY if label == IN else Position.NONE for label in problem.labels.tolist()]
    for part in parts(framework, problem.rest.open):
        rest = residue(framework, _only(problem.labels, part))
        try:
            found_here = _positions(replace(problem, rest=rest))
        except TimeUp:
            found_here = dict.fromkeys(part, Position.NOT_DECIDED)
        for place, position in found_here.items():
            found[place] = position
    return found


def _only(labels: Labels, part: Iterable[int]) -> Labels:
    """The labels with all other open places set to nothing at all."""
    inside = list(part)
    apart = labels.copy()
    apart[apart == OPEN] = _ELSEWHERE
    apart[inside] = OPEN
    return apart


_ELSEWHERE = 9


def parts(framework: Framework, places: Iterable[int]) -> list[list[int]]:
    """Groups of places such that no pair joins two groups. Cost: linear."""
    inside = set(places)
    near: defaultdict[int, list[int]] = defaultdict(list)
    for edges in (framework.defeats, framework.premises, framework.reasons):
        for source, target in _within(edges, inside):
            near[source].append(target)
            near[target].append(source)
    groups = []
    while inside:
        group, work = [], [inside.pop()]
        while work:
            place = work.pop()
            group.append(place)
            fresh = [other for other in near[place] if other in inside]
            inside.difference_update(fresh)
            work += dict.fromkeys(fresh)
        groups.append(sorted(group))
    return sorted(groups)


def _within(edges: Places, inside: set[int]) -> Iterator[tuple[int, int]]:
    for source, target in edges.T.tolist():
        if source in inside and target in inside:
            yield source, target


def _positions(problem: Problem) -> dict[int, Position]:
    """Positions of the places of one part."""
    rest, deadline = problem.rest, problem.deadline
    possible = ever(rest, "in", deadline)
    sure = next(ENUMERATIONS["ideal"](rest, deadline))
    common = possible
    for extension in ENUMERATIONS["preferred"](rest, deadline):
        common &= extension
        if common <= sure:
            break
    named = dict.fromkeys(rest.open, Position.NONE)
    named |= dict.fromkeys(possible, Position.SOME)
    return named | dict.fromkeys(common, Position.EVERY)
