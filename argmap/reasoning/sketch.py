"""A framework in the making: claims, inferences and conflicts by name, then directions and preferences.

Source: inferences with linked premises and undercutters as in Gordon, Prakken and Walton 2007; conflicts on
conflicts as in Cayrol et al. 2018; symmetric rebutting with preferences as in Modgil and Prakken 2013;
support read as evidential (Oren and Norman 2008), necessary (Nouioua and Risch 2011) or deductive (Boella et
al. 2010; Cayrol and Lagasquie-Schiex 2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from argmap.errors import ReasoningError
from argmap.reasoning.directions import Way, decided
from argmap.reasoning.elements import Floats, Framework, pairs
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
        self,
        *,
        symmetric: bool = True,
        preference: bool = True,
        ties: str = "open",
        backing: Mapping[str, float] | None = None,
        members: Mapping[str, str] | None = None,
    ) -> Framework:
        """The framework.

        Args:
            symmetric: a conflict between claims goes both ways, unless it is marked as directed.
            preference: of two claims in such a conflict, the one with less backing does not defeat the other.
            ties: "open" where equals defeat each other; "fall" where neither can stand (Carneades).
            backing: by name of claim; where None, the strength it has with every attack left out.
            members: id of a merged node -> the name of its claim.
        """
        drawn = replace(_Builder(self).drawn(), members=dict(members or {}))
        if backing is not None:
            weights = [backing.get(name, 0.0) for name in drawn.names]
        else:
            weights = backed(drawn).tolist() if symmetric and preference else [0.0] * len(drawn)
        return decided(
            drawn,
            [self._way(step, drawn, symmetric) for step in self.conflicts.values()],
            weights,
            fall=ties == "fall",
            implied=self._implied(drawn),
        )

    def _way(self, step: Step, drawn: Framework, symmetric: bool) -> Way:
        sources, target = [drawn.places[name] for name in step.sources], drawn.places[step.target]
        mutual = symmetric and not step.directed and target < drawn.claims and [target] != sources
        return Way(drawn.places.get(step.name), sources[0], target, mutual=mutual and len(sources) == 1)

    def _implied(self, drawn: Framework) -> list[tuple[int, int]]:
        """Deductive steps with one premise that nothing bears on; of linked premises none is to blame."""
        return [
            (drawn.places[s.sources[0]], drawn.places[s.target])
            for s in self.inferences.values()
            if s.reading == "deductive" and s.name not in drawn.places
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


def backed(framework: Framework) -> Floats:
    """How well each element is backed: its strength with every attack left out, shape (steps,)."""
    return strengths(graph(replace(framework, attacks=pairs()))).values
