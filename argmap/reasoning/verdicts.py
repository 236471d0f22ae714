"""What each claim of a map comes to: one of five words, and a strength."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from argmap.errors import UnknownName
from argmap.model import ArgumentMap
from argmap.reasoning.answer_sets import TimeUp
from argmap.reasoning.elements import IN, OPEN, OUT, Floats, Framework
from argmap.reasoning.extensions import Known, Position, Problem, positions
from argmap.reasoning.gradual import Graph, Pins, Strengths, graph, strengths
from argmap.reasoning.reading import DEFAULT, Reading, framework, undecided
from argmap.reasoning.sketch import Undecided, backed

NOTE = "Standing means unanswered in this map, not true."


class Word(StrEnum):
    """What a claim comes to, in words that a reader needs no training for; never true or false."""

    STANDS = "Stands"
    ONLY_IF = "Stands only if"
    OPEN = "Open"
    UNANSWERED = "Unanswered objection"
    NO_REASON = "No surviving reason"


@dataclass(frozen=True)
class Verdicts:
    """A map reasoned about; made by `reason`.

    Args:
        problem: the framework and its grounded labels.
        positions: for each element whether it stands in every, some or no defensible position.
        strengths: by place.
        semantics: name of the gradual semantics.
        undecided: what the framework was before its conflicts were decided.
        pins: places whose strength is given (withdrawn: 0, conceded: 1).
        known: positions in the parts of what grounded labels leave open, by the facts of a part.
    """

    argument_map: ArgumentMap
    reading: Reading
    problem: Problem
    positions: list[Position]
    drawn: Graph
    strengths: Strengths
    semantics: str
    undecided: Undecided
    pins: Pins = field(default_factory=dict)
    known: Known = field(default_factory=dict)

    @property
    def framework(self) -> Framework:
        """The framework that the map was read as."""
        return self.problem.framework

    @cached_property
    def words(self) -> dict[str, Word]:
        """Node id -> word, for every node that counts; merged nodes have the word of their claim."""
        names = enumerate(self.framework.names[: self._claims])
        one = {name: self._word(place) for place, name in names if self.pins.get(place) != 0.0}
        merged = {node: one[name] for node, name in self.framework.members.items() if name in one}
        return one | merged

    @property
    def _claims(self) -> int:
        return self.framework.claims

    def word(self, node: str) -> Word:
        """What a node comes to.

        Raises:
            UnknownName: it is not part of what is reasoned about: a question, rejected, or not there.
        """
        if node not in self.words:
            raise UnknownName("argument", node)
        return self.words[node]

    def base(self, node: str) -> float:
        """A node's strength before anything bears on it, in [0, 1]."""
        return float(self.drawn.base[self.framework.place(node)])

    def strength(self, node: str) -> float:
        """A node's strength, in [0, 1]."""
        return self._values[self.framework.place(node)]

    @cached_property
    def _values(self) -> list[float]:
        found: list[float] = self.strengths.values.tolist()
        return found

    @cached_property
    def backing(self) -> Floats:
        """How well each element is backed: its strength with every attack left out, shape (n,)."""
        return backed(self.framework)

    def wordings(self, node: str) -> list[str]:
        """A node and all that were merged with it, as they say the same."""
        name = self.framework.names[self.framework.place(node)]
        return [name, *(member for member, kept in self.framework.members.items() if kept == name)]

    def label(self, place: int) -> int:
        """IN, OPEN or OUT; IN too for what stands in every defensible position."""
        every = self.positions[place] is Position.EVERY
        return IN if every else self._labels[place]

    @cached_property
    def _labels(self) -> list[int]:
        found: list[int] = self.problem.labels.tolist()
        return found

    def rivals(self, place: int) -> list[int]:
        """Open claims that defeat an open claim and are defeated by it."""
        return [other for other in self._opponents(place) if place in self._opponents(other)]

    def _opponents(self, place: int) -> dict[int, None]:
        """The claims behind what is open and defeats a claim; looked up once, as hubs are asked for often."""
        if place not in self._known_opponents:
            standing = [d for d in self.framework.defeaters[place] if self.problem.labels[d] == OPEN]
            self._known_opponents[place] = dict.fromkeys(self.behind(standing))
        return self._known_opponents[place]

    @cached_property
    def _known_opponents(self) -> dict[int, dict[int, None]]:
        return {}

    def behind(self, elements: Iterable[int]) -> list[int]:
        """The claims that make elements bear: themselves, or what inferences and conflicts start from."""
        found: dict[int, None] = {}
        seen: set[int] = set()
        work = list(elements)[::-1]
        while work:
            place = work.pop()
            if place in seen:
                continue
            seen.add(place)
            claim = self.framework.cases.get(place, place)
            if claim < self._claims:
                found[claim] = None
            else:
                work += self.framework.requirements[place]
                work += [r for r in self.framework.grounds[place] if self.problem.labels[r] != OUT]
        return list(found)

    def _word(self, place: int) -> Word:
        label = self.label(place)
        if label == IN:
            return Word.STANDS
        if label == OUT:
            beaten = any(self._labels[d] == IN for d in self.framework.defeaters[place])
            return Word.UNANSWERED if beaten else Word.NO_REASON
        if self.positions[place] is Position.SOME and not self.rivals(place):
            return Word.ONLY_IF
        return Word.OPEN


def reason(
    argument_map: ArgumentMap,
    reading: Reading = DEFAULT,
    *,
    strength: str = "quadratic",
    seconds: float = 10.0,
    conceded: Collection[str] = (),
    bases: Mapping[str, float] | None = None,
) -> Verdicts:
    """What stands, how strongly; nothing in the map changes.

    Args:
        strength: one of `argmap.reasoning.gradual.SEMANTICS`.
        seconds: limit for what grounded labels leave open; what is left then counts as open.
        conceded: nodes taken as certain. To withdraw nodes, reason about `without` them. Of a map that is
            asked about again and again, `WhatIf` tells faster.
        bases: other base strengths, by node id.

    Raises:
        UnknownName: no such semantics or node.
    """
    drawing = undecided(argument_map, reading, bases=bases)
    read = drawing.decided()
    sure = [read.place(node) for node in conceded]
    problem = Problem.of(read, seconds=seconds, pinned=dict.fromkeys(sure, IN))
    pins, known, drawn = dict.fromkeys(sure, 1.0), Known(), graph(read)
    found = strengths(drawn, strength, pins=pins)
    where = positions(problem, known)
    return Verdicts(argument_map, reading, problem, where, drawn, found, strength, drawing, pins, known)


def without(argument_map: ArgumentMap, ids: Iterable[str]) -> ArgumentMap:
    """The map with these nodes and links withdrawn, and all links that hung on them. Pure."""
    gone = set(ids)
    aimed_at: dict[str, list[str]] = {}
    for link in argument_map.links.values():
        for end in (*link.sources, link.target):
            aimed_at.setdefault(end, []).append(link.id)
    work = list(gone)
    while work:
        for link_id in aimed_at.get(work.pop(), ()):
            if link_id not in gone:
                gone.add(link_id)
                work.append(link_id)
    return ArgumentMap(
        argument_map.documents,
        {node.id: node for node in argument_map.nodes.values() if node.id not in gone},
        {link.id: link for link in argument_map.links.values() if link.id not in gone},
        argument_map.attributes,
    )


@dataclass(frozen=True)
class Move:
    """How a node comes out before and after a change: words (None where it does not take part), strengths."""

    node: str
    words: tuple[Word | None, Word | None]
    strengths: tuple[float, float]


def moves(before: Verdicts, after: Verdicts) -> list[Move]:
    """The nodes whose word or strength differ, the largest change of strength first."""
    found = []
    for node in {**before.words, **after.words}:
        was, now = before.words.get(node), after.words.get(node)
        old = before.strength(node) if was else 0.0
        new = after.strength(node) if now else 0.0
        if was is not now or abs(new - old) > 1e-6:
            found.append(Move(node, (was, now), (old, new)))
    return sorted(found, key=lambda move: (-abs(move.strengths[1] - move.strengths[0]), move.node))


def standing_in(
    argument_map: ArgumentMap, semantics: str, reading: Reading = DEFAULT, *, seconds: float = 10.0
) -> dict[str, Position]:
    """For each node whether it is in every, some or no extension of a semantics.

    Nothing is guessed: what the time does not suffice for is not decided. For preferred extensions `reason`
    gives the same faster.

    Raises:
        UnknownName: no such semantics.
    """
    read = framework(argument_map, reading)
    problem = Problem.of(read, seconds=seconds)
    found = dict.fromkeys(read.names[: read.claims], Position.NOT_DECIDED)
    try:
        extensions = list(problem.extensions(semantics))
    except TimeUp:
        return found
    counts = np.zeros(len(read), dtype=np.intp)
    for extension in extensions:
        counts[list(extension)] += 1
    for place, name in enumerate(found):
        every = bool(extensions) and counts[place] == len(extensions)
        found[name] = Position.EVERY if every else Position.SOME if counts[place] else Position.NONE
    return found
