"""Which conflicts succeed: both ways between claims, unless one has less backing; undercuts as drawn.

Some of this needs ports: elements that no reader sees and that carry labels only.

- The reverse of a conflict that is undercut falls with it.
- The case for a claim: whether it would stand but for its mutual conflicts. Where ties fall, as in Carneades,
  it is the case for a claim that defeats its rival, so of two equals neither stands.
- What refutes a conclusion refutes a premise that implies it (mediated attack).

Source: Modgil and Prakken 2013 (symmetric rebutting, preferences); Gordon, Prakken and Walton 2007 (ties);
Cayrol and Lagasquie-Schiex 2013, definition 5 (mediated attacks).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from argmap.reasoning.cycles import components
from argmap.reasoning.elements import Framework, Places, pairs

_MARGIN = 1e-9


@dataclass(frozen=True)
class Way:
    """A conflict by places: the step itself where it is an element, its first source, its target."""

    own: int | None
    source: int
    target: int
    mutual: bool


def decided(
    drawn: Framework,
    ways: Iterable[Way],
    backing: Sequence[float],
    *,
    fall: bool,
    implied: Sequence[tuple[int, int]] = (),
) -> Framework:
    """The framework with the defeats that succeed, and the ports these need.

    Args:
        backing: of each element; a claim with less does not defeat its rival.
        fall: of two rivals with equal backing neither stands.
        implied: pairs (premise, conclusion) of deductive steps.
    """
    work = _Directions(drawn, fall)
    for way in ways:
        if not way.mutual:
            work.defeats.append((way.source if way.own is None else way.own, way.target))
            continue
        lead = backing[way.source] - backing[way.target]
        if lead >= -_MARGIN:
            work.defeats.append((work.bearer(way, way.source), way.target))
        if lead <= _MARGIN:
            work.defeats.append((work.bearer(way, way.target), way.source))
    work.copy_bearings()
    work.mediate(implied)
    return work.finished()


class _Directions:
    def __init__(self, drawn: Framework, fall: bool) -> None:
        self.drawn, self.fall = drawn, fall
        self.names, self.needs = list(drawn.names), drawn.needs.tolist()
        self.premises: list[tuple[int, int]] = []
        self.reasons: list[tuple[int, int]] = []
        self.defeats: list[tuple[int, int]] = []
        self.cases: dict[int, int] = {}
        self.doubles: list[tuple[int, int]] = []  # (step, port that falls with it)
        self.rivalries: set[tuple[int, int]] = set()

    def bearer(self, way: Way, end: int) -> int:
        """What bears on the rival of ``end`` in a mutual conflict."""
        rival = way.target if end == way.source else way.source
        case = self._case(end)
        if way.own is not None:
            if end == way.source and not self.fall:
                return way.own
            port = self._port(f"{self.names[way.own]} of {self.names[end]}")
            self.premises.append((case, port))
            self.doubles.append((way.own, port))
            case = port
        self.rivalries.add((case, rival))
        return case

    def _case(self, place: int) -> int:
        if not self.fall:
            return place
        if place not in self.cases:
            self.cases[place] = self._port(f"case for {self.names[place]}", needs=self.needs[place])
        return self.cases[place]

    def _port(self, name: str, *, needs: bool = False) -> int:
        self.names.append(name)
        self.needs.append(needs)
        return len(self.names) - 1

    def copy_bearings(self) -> None:
        """Give doubles and cases what bears on what they stand for, but for mutual conflicts."""
        if not (self.doubles or self.cases):
            return
        into = _by_target(edge for edge in self.defeats if edge not in self.rivalries)
        reasons, premises = (
            _by_target(self.drawn.reasons.T.tolist()),
            _by_target(self.drawn.premises.T.tolist()),
        )
        for step, port in self.doubles:
            self.defeats += [(source, port) for source in into[step]]
        for claim, port in self.cases.items():
            self.defeats += [(source, port) for source in into[claim]]
            self.reasons += [(source, port) for source in reasons[claim]]
            self.premises += [(source, port) for source in premises[claim]]

    def mediate(self, implied: Sequence[tuple[int, int]]) -> None:
        """What defeats a conclusion defeats what implies it; one port for each circle of implications."""
        if not implied:
            return
        into, follows = _by_target(self.defeats), defaultdict(list)
        for premise, conclusion in implied:
            follows[premise].append(conclusion)
        ports: dict[int, int | None] = {}
        for circle in components(self.drawn.claims, implied):
            beyond = {ports[c] for place in circle for c in follows[place] if c in ports}
            hits = {source for place in circle for source in into[place]}
            hits |= {port for port in beyond if port is not None}
            port = self._port(f"refutes {self.names[circle[0]]}", needs=True) if hits else None
            ports |= dict.fromkeys(circle, port)
            if port is not None:
                self.reasons += [(source, port) for source in hits]
                self.defeats += [(port, place) for place in circle if place in follows]

    def finished(self) -> Framework:
        """The framework with defeats and ports."""
        drawn, extra = self.drawn, len(self.names) - len(self.drawn)
        return replace(
            drawn,
            names=tuple(self.names),
            needs=np.array(self.needs, dtype=bool),
            base=np.concatenate((drawn.base, np.ones(extra))),
            premises=_joined(drawn.premises, self.premises),
            reasons=_joined(drawn.reasons, self.reasons),
            defeats=pairs(self.defeats),
            cases={port: claim for claim, port in self.cases.items()},
        )


def _joined(drawn: Places, more: Iterable[tuple[int, int]]) -> Places:
    return pairs([*map(tuple, drawn.T.tolist()), *more]) if more else drawn


def _by_target(edges: Iterable[Sequence[int]]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        found[target].append(source)
    return found
