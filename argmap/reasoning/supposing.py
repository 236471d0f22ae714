"""What would follow: a map reasoned about once, and again under suppositions, with nothing built anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from threading import Lock

from argmap.reasoning.elements import IN, OUT
from argmap.reasoning.extensions import Problem, positions
from argmap.reasoning.gradual import Strengths, graph
from argmap.reasoning.live import Live
from argmap.reasoning.verdicts import Verdicts


class WhatIf:
    """Answers for one map, to any number of people at a time; the map and its verdicts stay as they are.

    The strengths are kept up to date (`Live`), so only what depends on a supposition is computed again. Who
    defeats whom, and so the labels, are worked out anew on arrays, as one supposition may turn many of them.
    Positions are asked of the solver only in parts that are not as before. What counts as one claim stays so.

    Args:
        verdicts: the map as it is recorded.

    Cost: of making one, a few times that of the strengths; of an answer, linear in the map, with a small
    factor.
    """

    def __init__(self, verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self._live = Live(verdicts.framework, verdicts.semantics)
        self._lock = Lock()

    def under(
        self,
        *,
        withdrawn: Collection[str] = (),
        conceded: Collection[str] = (),
        bases: Mapping[str, float] | None = None,
        seconds: float = 10.0,
    ) -> Verdicts:
        """The verdicts under suppositions: as if the map were reasoned about `without` what is withdrawn.

        Args:
            withdrawn: nodes taken out, in all their wordings.
            conceded: nodes taken as certain.
            bases: other base strengths, by node id.
            seconds: limit for what grounded labels leave open.

        Raises:
            UnknownName: a node is no part of what is reasoned about.
        """
        before, place = self.verdicts, self.verdicts.framework.place
        given = {place(node): min(1.0, max(0.0, base)) for node, base in (bases or {}).items()}
        pins = {place(node): 1.0 for node in conceded} | {place(node): 0.0 for node in withdrawn}
        gone = [at for at, strength in pins.items() if not strength]
        supposed = before.undecided.supposing(gone, given)
        read = supposed.decided()
        labels = {at: IN if strength else OUT for at, strength in pins.items()}
        problem = Problem.of(read, seconds=seconds, pinned=labels)
        return replace(
            before,
            problem=problem,
            positions=positions(problem, dict(before.known)),
            drawn=graph(read),
            strengths=self._strengths(pins, given),
            undecided=supposed,
            pins=pins,
        )

    def _strengths(self, pins: Mapping[int, float], bases: Mapping[int, float]) -> Strengths:
        with self._lock:
            moves, converged = self._live.supposed(pins, bases)
        found = self.verdicts.strengths
        values = found.values.copy()
        values[list(moves)] = [new for _, new in moves.values()]
        return replace(found, values=values, converged=converged)
