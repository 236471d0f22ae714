"""Strengths kept up to date through edits: only what depends on an edit is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush

import numpy as np

from argmap.reasoning.cycles import components
from argmap.reasoning.elements import Framework, Places, into
from argmap.reasoning.gradual import Graph, Pins, gradual_semantics, graph, strengths

Moves = dict[int, tuple[float, float]]
_EPS = 1e-9
_PATIENCE = 50  # how often an element may be computed again, on average, before all is solved anew


class Live:
    """The strengths of a framework under what-if edits; the framework itself stays as it is.

    Every edit gives what moved: place -> (before, after). Elements are computed in the order in which they
    bear on each other, so that without circles each is computed once.

    Args:
        framework: what was drawn.
        semantics: one of `argmap.reasoning.gradual.SEMANTICS`.

    Cost: of an edit, linear in what depends on it.
    """

    def __init__(self, framework: Framework, semantics: str = "quadratic") -> None:
        self.semantics = gradual_semantics(semantics)
        drawn = graph(framework)
        solved = strengths(drawn, semantics)
        self.values: list[float] = solved.values.tolist()
        self.converged = solved.converged
        self.base: list[float] = drawn.base.tolist()
        self.pins: dict[int, float] = {}
        bounds = zip(drawn.starts[:-1].tolist(), drawn.starts[1:].tolist(), strict=True)
        self._joints: list[list[int]] = [drawn.inputs[first:last].tolist() for first, last in bounds]
        self._attackers = into(drawn.attacks, len(drawn))
        self._supporters = into(drawn.supports, len(drawn))
        self._size = len(drawn)
        self._dependants: list[list[int]] = [[] for _ in range(len(drawn))]
        for edges in (drawn.attacks, drawn.supports):
            for source, target in edges.T.tolist():
                self._depend(source, target)
        self._rank = self._ranked()

    def weigh(self, place: int, base: float) -> Moves:
        """Give an element another base."""
        self.base[place] = min(1.0, max(0.0, base))
        return self._settle([place])

    def withdraw(self, place: int) -> Moves:
        """Take an element out of the debate."""
        self.pins[place] = 0.0
        return self._settle([place])

    def concede(self, place: int) -> Moves:
        """Take an element as certain."""
        self.pins[place] = 1.0
        return self._settle([place])

    def restore(self, place: int) -> Moves:
        """Undo a withdrawal or a concession."""
        self.pins.pop(place, None)
        return self._settle([place])

    def supposed(self, pins: Pins, bases: Mapping[int, float]) -> tuple[Moves, bool]:
        """What would move, and whether the strengths would converge; everything is put back.

        Args:
            pins: places whose strength is given (withdrawn: 0, conceded: 1).
            bases: place -> another base.
        """
        before = self.pins, self.converged, {place: self.base[place] for place in bases}
        self.pins = {**self.pins, **pins}
        for place, base in bases.items():
            self.base[place] = min(1.0, max(0.0, base))
        moved = self._settle([*pins, *bases])
        found = moved, self.converged
        for place, (old, _) in moved.items():
            self.values[place] = old
        self.pins, self.converged, put_back = before
        for place, base in put_back.items():
            self.base[place] = base
        return found

    def add(self, base: float = 0.5) -> int:
        """Add an element that bears on nothing yet; gives its place, for `attack` and `support`."""
        place = len(self.values)
        self.values.append(base)
        self.base.append(base)
        self._attackers.append([])
        self._supporters.append([])
        self._dependants.append([])
        self._rank.append(-1)  # a reply is computed before what it replies to
        return place

    def attack(self, source: int, target: int) -> Moves:
        """Let one element weaken another."""
        return self._link(self._attackers, source, target)

    def support(self, source: int, target: int) -> Moves:
        """Let one element strengthen another."""
        return self._link(self._supporters, source, target)

    def unlink(self, source: int, target: int) -> Moves:
        """Take back that one element bears on another."""
        for side in (self._attackers, self._supporters):
            side[target] = [one for one in side[target] if one != self._code(source)]
        return self._settle([target])

    def _code(self, place: int) -> int:
        """How a place is written as a source: after the joints where it was added later."""
        return place if place < self._size else place + len(self._joints)

    def _link(self, side: list[list[int]], source: int, target: int) -> Moves:
        side[target].append(self._code(source))
        self._dependants[source].append(target)
        return self._settle([target])

    def _depend(self, source: int, target: int) -> None:
        sources = self._joints[source - self._size] if source >= self._size else (source,)
        for one in sources:
            self._dependants[one].append(target)

    def _ranked(self) -> list[int]:
        edges = [(source, target) for source, out in enumerate(self._dependants) for target in out]
        rank = [0] * len(self._dependants)
        for number, component in enumerate(components(len(rank), edges)):
            for place in component:
                rank[place] = -number
        return [number + len(rank) for number in rank]

    def _value(self, code: int) -> float:
        if code < self._size:
            return self.values[code]
        if code < self._size + len(self._joints):
            product = 1.0
            for place in self._joints[code - self._size]:
                product *= self.values[place]
            return product
        return self.values[code - len(self._joints)]

    def _energy(self, place: int) -> float:
        against, favour = self._attackers[place], self._supporters[place]
        if not self.semantics.supports:
            favour = []
        if self.semantics.product:
            return _left(map(self._value, against)) - _left(map(self._value, favour))
        return sum(map(self._value, favour)) - sum(map(self._value, against))

    def _settle(self, seeds: Iterable[int]) -> Moves:
        before: dict[int, float] = {}
        waiting = dict.fromkeys(seeds)
        heap = [(self._rank[place], place) for place in waiting]
        count = 0
        while heap:
            _, place = heappop(heap)
            waiting.pop(place, None)
            new = self.pins.get(place)
            if new is None:
                new = float(self.semantics.influence(self.base[place], self._energy(place)))  # type: ignore[arg-type]
            old = self.values[place]
            if abs(new - old) <= _EPS:
                continue
            before.setdefault(place, old)
            self.values[place] = new
            count += 1
            if count > _PATIENCE * (len(before) + 20):
                return self._anew(before)
            for target in self._dependants[place]:
                if target not in waiting:
                    waiting[target] = None
                    heappush(heap, (self._rank[target], target))
        return {place: (old, self.values[place]) for place, old in before.items()}

    def _anew(self, before: dict[int, float]) -> Moves:
        """All strengths by the damped iteration, for circles that swing."""
        known = [before.get(place, value) for place, value in enumerate(self.values)]
        solved = strengths(self.drawn(), self.semantics.name, pins=self.pins)
        self.values, self.converged = solved.values.tolist(), solved.converged
        both = enumerate(zip(known, self.values, strict=True))
        return {place: (old, new) for place, (old, new) in both if abs(new - old) > _EPS}

    def drawn(self) -> Graph:
        """What the elements are now, as arrays."""
        grown, joints = len(self.values) - self._size, len(self._joints)

        def edges(side: list[list[int]]) -> Places:
            found = [
                (self._shifted(code, grown, joints), target) for target, s in enumerate(side) for code in s
            ]
            return np.array(found, dtype=np.intp).reshape(-1, 2).T

        return Graph(
            np.array(self.base),
            edges(self._attackers),
            edges(self._supporters),
            np.cumsum([0, *map(len, self._joints)], dtype=np.intp),
            np.array([place for group in self._joints for place in group], dtype=np.intp),
        )

    def _shifted(self, code: int, grown: int, joints: int) -> int:
        if code < self._size:
            return code
        return code + grown if code < self._size + joints else code - joints


def _left(values: Iterable[float]) -> float:
    rest = 1.0
    for value in values:
        rest *= 1.0 - value
    return rest
