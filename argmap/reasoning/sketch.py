"""A framework in the making: claims, inferences and conflicts by name, then directions and preferences.

Source: inferences with linked premises and undercutters as in Gordon, Prakken and Walton 2007; conflicts on
conflicts as in Cayrol et al. 2018; symmetric rebutting with preferences as in Modgil and Prakken 2013;
support read as evidential (Oren and Norman 2008), necessary (Nouioua and Risch 2011) or deductive (Boella et
al. 2010; Cayrol and Lagasquie-Schiex 2013).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from argmap.errors import ReasoningError
from argmap.reasoning.directions import Way, decided
from argmap.reasoning.elements import Floats, Framework, Places, pairs
from argmap.reasoning.gradual import graph, strengths

SUPPORTS = ("evidential", "necessary", "deductive")


@dataclass(frozen=True)
class Step:
    """An inference or a conflict: sources, one target, and how it is read.

    Args:
        reading: of an inference, one of `SUPPORTS`.
        directed: of a conflict, whether only the source defeats the target.
        base: below 1 for a step that is itself in doubt.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    reading: str = "evidential"
    directed: bool = False
    base: float = 1.0


@dataclass
class Sketch:
    """Collects the parts of a framework; `finish` gives it."""

    asserted: dict[str, bool] = field(default_factory=dict)
    bases: dict[str, float] = field(default_factory=dict)
    inferences: dict[str, Step] = field(default_factory=dict)
    conflicts: dict[str, Step] = field(default_factory=dict)

    def claim(self, name: str, *, asserted: bool = True, base: float = 0.5) -> None:
        """Add a claim; one that is not asserted stands only with a reason."""
        self.asserted[name] = asserted
        self.bases[name] = base

    def inference(
        self,
        name: str,
        premises: Iterable[str],
        conclusion: str,
        *,
        reading: str = "evidential",
        base: float = 1.0,
    ) -> None:
        """Add a reason for a claim; several premises work only together."""
        if reading not in SUPPORTS:
            raise ReasoningError(f"no reading of support is called '{reading}'; known: {', '.join(SUPPORTS)}")
        self.inferences[name] = Step(name, tuple(premises), conclusion, reading=reading, base=base)

    def conflict(
        self, name: str, sources: Iterable[str], target: str, *, directed: bool = False, base: float = 1.0
    ) -> None:
        """Add an objection to a claim, an inference (an undercut) or another conflict."""
        self.conflicts[name] = Step(name, tuple(sources), target, directed=directed, base=base)

    def finish(
        self, *, symmetric: bool = True, ties: str = "open", backing: Mapping[str, float] | None = None
    ) -> Framework:
        """The framework.

        Args:
            symmetric, ties: as for `undecided`.
            backing: by name of claim; where None, the strength it has with every attack left out.
        """
        found = self.undecided(symmetric=symmetric, ties=ties)
        if backing is None:
            return found.decided()
        return found.decided([backing.get(name, 0.0) for name in found.drawn.names])

    def undecided(
        self,
        *,
        symmetric: bool = True,
        preference: bool = True,
        ties: str = "open",
        members: Mapping[str, str] | None = None,
    ) -> Undecided:
        """The framework before it is decided which conflicts succeed.

        Args:
            symmetric: a conflict between claims goes both ways, unless it is marked as directed.
            preference: of two claims in such a conflict, the one with less backing does not defeat the other.
            ties: "open" where equals defeat each other; "fall" where neither can stand (Carneades).
            members: id of a merged node -> the name of its claim.
        """
        drawn = replace(_Builder(self).drawn(), members=dict(members or {}))
        return Undecided(
            drawn,
            [self._way(step, drawn, symmetric) for step in self.conflicts.values()],
            self._deductive(drawn),
            self._ends(drawn),
            weighs=symmetric and preference,
            fall=ties == "fall",
        )

    def _ends(self, drawn: Framework) -> dict[int, list[int]]:
        """Place -> the steps among the elements that start or end there."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for name in drawn.names[drawn.claims :]:
            step = self.inferences.get(name) or self.conflicts[name]
            for end in (*step.sources, step.target):
                found[drawn.places[end]].append(drawn.places[name])
        return dict(found)

    def _way(self, step: Step, drawn: Framework, symmetric: bool) -> Way:
        sources, target = [drawn.places[name] for name in step.sources], drawn.places[step.target]
        mutual = symmetric and not step.directed and target < drawn.claims and [target] != sources
        return Way(drawn.places.get(step.name), sources[0], target, mutual=mutual and len(sources) == 1)

    def _deductive(self, drawn: Framework) -> list[Way]:
        """Deductive steps with one premise; of linked premises none is to blame."""
        return [
            Way(drawn.places.get(s.name), drawn.places[s.sources[0]], drawn.places[s.target], mutual=False)
            for s in self.inferences.values()
            if s.reading == "deductive" and len(s.sources) == 1
        ]


class _Builder:
    """Names to places: a step is an element only where something bears on it, or it has several sources."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        steps = [*sketch.inferences.values(), *sketch.conflicts.values()]
        aimed_at = {step.target for step in steps}
        own = [s for s in steps if len(s.sources) != 1 or s.name in aimed_at or s.base != 1.0]
        self.names = [*sketch.asserted, *(step.name for step in own)]
        self.places = {name: place for place, name in enumerate(self.names)}
        self.own = own

    def bearer(self, step: Step) -> int:
        """The place of what bears on the step's target: the step itself, or its one source."""
        return self.places[step.name] if step.name in self.places else self.places[step.sources[0]]

    def drawn(self) -> Framework:
        """The framework with conflicts as drawn and no defeats yet."""
        sketch, places = self.sketch, self.places
        try:
            premises = [(places[source], places[s.name]) for s in self.own for source in s.sources]
            reasons = [(self.bearer(s), places[s.target]) for s in sketch.inferences.values()]
            attacks = [(self.bearer(s), places[s.target]) for s in sketch.conflicts.values()]
        except KeyError as error:
            raise ReasoningError(f"a link names {error}, which is not there") from None
        premises += [
            (self.bearer(s), places[s.target]) for s in sketch.inferences.values() if s.reading == "necessary"
        ]
        claims = len(sketch.asserted)
        needs = np.zeros(len(self.names), dtype=bool)
        needs[:claims] = [not asserted for asserted in sketch.asserted.values()]
        base = np.array([*sketch.bases.values(), *(step.base for step in self.own)], dtype=np.float64)
        return Framework(
            names=tuple(self.names),
            claims=claims,
            steps=len(self.names),
            needs=needs,
            base=base,
            premises=pairs(premises),
            reasons=pairs(reasons),
            attacks=pairs(attacks),
            defeats=pairs(),
        )


@dataclass(frozen=True)
class Undecided:
    """A framework, and what it takes to decide which of its conflicts succeed.

    Args:
        drawn: with conflicts as drawn and no defeats yet.
        ways: the conflicts.
        deductive: the deductive steps with one premise.
        ends: place -> the steps among the elements that start or end there.
        weighs: whether backing decides.
        fall: of two rivals with equal backing neither stands.
    """

    drawn: Framework
    ways: Sequence[Way]
    deductive: Sequence[Way]
    ends: Mapping[int, Sequence[int]]
    weighs: bool
    fall: bool

    def decided(self, weights: Sequence[float] | None = None) -> Framework:
        """The framework with the defeats that succeed, by these weights or by what backs each element."""
        if weights is None:
            weights = backed(self.drawn).tolist() if self.weighs else [0.0] * len(self.drawn)
        return decided(self.drawn, self.ways, weights, fall=self.fall, implied=self._implied())

    def _implied(self) -> list[tuple[int, int]]:
        """The deductive steps that nothing bears on."""
        borne = {*self.drawn.reasons[1].tolist(), *self.drawn.attacks[1].tolist()}
        return [
            (step.source, step.target)
            for step in self.deductive
            if step.own is None or (step.own not in borne and self.drawn.base[step.own] == 1.0)
        ]

    def supposing(self, gone: Iterable[int], bases: Mapping[int, float]) -> Undecided:
        """The same with elements withdrawn and other bases; every element keeps its place.

        Args:
            gone: places of which nothing starts and where nothing ends any more.
            bases: place -> base.

        Cost: linear.
        """
        hanging = self._hanging(gone)
        left = np.zeros(len(self.drawn), dtype=bool)
        left[list(hanging)] = True
        drawn, base = self.drawn, self.drawn.base.copy()
        base[list(bases)] = list(bases.values())

        def apart(edges: Places) -> Places:
            kept: Places = edges[:, ~left[edges].any(axis=0)]
            return kept

        return replace(
            self,
            drawn=replace(
                drawn,
                base=base,
                premises=apart(drawn.premises),
                reasons=apart(drawn.reasons),
                attacks=apart(drawn.attacks),
            ),
            ways=[way for way in self.ways if _is_apart(way, hanging)],
            deductive=[step for step in self.deductive if _is_apart(step, hanging)],
        )

    def _hanging(self, gone: Iterable[int]) -> set[int]:
        """These elements, and the steps that hang on them."""
        found: set[int] = set()
        work = list(gone)
        while work:
            place = work.pop()
            if place not in found:
                found.add(place)
                work += self.ends.get(place, ())
        return found


def _is_apart(way: Way, gone: set[int]) -> bool:
    return gone.isdisjoint((way.own, way.source, way.target))


def backed(framework: Framework) -> Floats:
    """How well each element is backed: its strength with every attack left out, shape (steps,)."""
    return strengths(graph(replace(framework, attacks=pairs()))).values
