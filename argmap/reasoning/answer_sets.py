"""Extensions: every defensible position, by one small program for clingo on what grounded labels leave open.

An extension is given as the places that are IN. Source of the labellings: Caminada and Gabbay 2009; of ideal:
Dung, Mancarella and Toni 2007; of semi-stable: Caminada 2006. IN is founded: no circle of reasons holds
itself up. That preferred extensions are the maximal models by clingo's domain heuristic: Gebser et al. 2013.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import clingo
import numpy as np

from argmap.errors import ReasoningError
from argmap.reasoning.elements import IN, OPEN, Framework, Labels, Places, pairs

COMPLETE = """
{ out(X) } :- e(X).
has(X) :- e(X), not need(X).
has(X) :- reason(R,X), in(R).
in(X) :- has(X); in(P) : premise(P,X); out(Y) : defeat(Y,X).
hit(X) :- defeat(Y,X), in(Y).
hit(X) :- premise(P,X), out(P).
hit(X) :- need(X); out(R) : reason(R,X).
:- out(X), not hit(X).
:- hit(X), not out(X).
:- in(X), out(X).
"""
STABLE = ":- e(X), not in(X), not out(X).\n"
RANGE = "range(X) :- in(X). range(X) :- out(X).\n"
_TIME_UP = "not decided within the time limit"
_MAXIMAL = ("--heuristic=Domain", "--dom-mod=3,16", "--enum-mode=domRec", "--project=show")
_ONE_MAXIMAL = _MAXIMAL[:2]

Extension = frozenset[int]


class TimeUp(ReasoningError):
    """The time limit passed before there was an answer: not decided."""


@dataclass(frozen=True)
class Residue:
    """What grounded labels leave open.

    Args:
        open: the open places, sorted.
        fixed: the places that are IN already.
        needy: the open places that need a reason and have none yet.
        pairs: defeat, premise and reason among open places, each of shape (2, m).
    """

    open: tuple[int, ...]
    fixed: Extension
    needy: Extension
    pairs: Mapping[str, Places]

    @cached_property
    def facts(self) -> str:
        """The residue as facts for clingo."""
        facts = [*map("e({}).".format, self.open), *map("need({}).".format, sorted(self.needy))]
        for name, (sources, targets) in self.pairs.items():
            facts += map(f"{name}({{}},{{}}).".format, sources.tolist(), targets.tolist())
        return "\n".join(facts)

    def parts(self) -> list[tuple[list[int], Residue]]:
        """The groups that no pair joins: their places, and each as a residue of places 0, 1, 2 ..."""
        groups = joined(self.open, np.concatenate(tuple(self.pairs.values()), axis=1))
        number = {place: at for at, group in enumerate(groups) for place in group}
        local = {place: at for group in groups for at, place in enumerate(group)}
        own: list[dict[str, list[tuple[int, int]]]] = [{name: [] for name in self.pairs} for _ in groups]
        for name, edges in self.pairs.items():
            for source, target in edges.T.tolist():
                own[number[source]][name].append((local[source], local[target]))
        return [
            (
                group,
                Residue(
                    open=tuple(range(len(group))),
                    fixed=frozenset(),
                    needy=frozenset(local[place] for place in group if place in self.needy),
                    pairs={name: pairs(edges) for name, edges in among.items()},
                ),
            )
            for group, among in zip(groups, own, strict=True)
        ]


def residue(framework: Framework, labels: Labels) -> Residue:
    """The open elements with only the pairs between them.

    Args:
        labels: from `argmap.reasoning.labelling.grounded`.
    """
    places = np.flatnonzero(labels == OPEN)
    needy = framework.needs & (labels == OPEN)
    needy[framework.reasons[1][labels[framework.reasons[0]] == IN]] = False
    return Residue(
        tuple(places.tolist()),
        frozenset(np.flatnonzero(labels == IN).tolist()),
        frozenset(np.flatnonzero(needy).tolist()),
        {
            name: edges[:, (labels[edges[0]] == OPEN) & (labels[edges[1]] == OPEN)]
            for name, edges in (
                ("defeat", framework.defeats),
                ("premise", framework.premises),
                ("reason", framework.reasons),
            )
        },
    )


def joined(places: Iterable[int], edges: Places) -> list[list[int]]:
    """Groups of places such that no pair joins two groups, sorted. Cost: linear."""
    near: defaultdict[int, list[int]] = defaultdict(list)
    for source, target in edges.T.tolist():
        near[source].append(target)
        near[target].append(source)
    groups, left = [], dict.fromkeys(places)
    while left:
        first = next(iter(left))
        del left[first]
        group = [first]
        for place in group:
            fresh = [other for other in dict.fromkeys(near[place]) if other in left]
            for other in fresh:
                del left[other]
            group += fresh
        groups.append(sorted(group))
    return groups


class _Places(dict[clingo.Symbol, int]):
    """The place in an atom, asked of clingo once each, for every such question costs microseconds."""

    def __missing__(self, atom: clingo.Symbol) -> int:
        place: int = atom.arguments[0].number
        self[atom] = place
        return place


class Solver:
    """One clingo program over a residue.

    Args:
        rules: added to `COMPLETE`.
        shown: the predicate that heuristics and answers go by.
        deadline: of `time.monotonic`; None for no limit.
    """

    def __init__(
        self,
        rest: Residue,
        rules: str = "",
        *,
        options: Sequence[str] = (),
        shown: str = "in",
        deadline: float | None = None,
    ) -> None:
        self.rest, self.deadline = rest, deadline
        self.control = clingo.Control(["--warn=none", *options], logger=lambda *_: None)
        program = (
            f"{COMPLETE}{rules}#defined need/1. #defined defeat/2. #defined premise/2. #defined reason/2.\n"
        )
        self.control.add("base", [], f"{program}#show {shown}/1.\n{rest.facts}")
        self._grounded = False
        self._places = _Places()
        self._parts = 0

    def models(self, assumed: Sequence[tuple[str, int, bool]] = (), *, limit: int = 0) -> Iterator[Extension]:
        """Shown places of one model after the other.

        Args:
            assumed: (predicate, place, truth) to hold in this call only.
            limit: at most so many; 0 for all.

        Raises:
            TimeUp: past the deadline.
        """
        if not self._grounded:
            self.control.ground([("base", [])])
            self._grounded = True
        places = self._places
        self.control.configuration.solve.models = limit
        given = [(clingo.Function(name, [clingo.Number(place)]), truth) for name, place, truth in assumed]
        timer = self._timer()
        try:
            with self.control.solve(given, yield_=True) as handle:
                for model in handle:
                    yield frozenset([places[symbol] for symbol in model.symbols(shown=True)])
                if handle.get().interrupted:
                    raise TimeUp(_TIME_UP)
        finally:
            timer.cancel()

    def one(self, assumed: Sequence[tuple[str, int, bool]] = ()) -> Extension | None:
        """The first model, or None where there is none."""
        return next(self.models(assumed, limit=1), None)

    def demand(self, places: Sequence[int]) -> None:
        """From now on at least one of these places is IN."""
        self._parts += 1
        name = f"more{self._parts}"
        clause = "; ".join(f"not in({place})" for place in places)
        self.control.add(name, [], f":- {clause}.\n" if places else ":- e(_).\n")
        self.control.ground([(name, [])])

    def _timer(self) -> threading.Timer:
        """Stops the search at the deadline; clingo allows that from another thread."""
        left = threading.TIMEOUT_MAX if self.deadline is None else self.deadline - time.monotonic()
        if left <= 0:
            raise TimeUp(_TIME_UP)
        timer = threading.Timer(left, self.control.interrupt)
        timer.daemon = True
        if self.deadline is not None:
            timer.start()
        return timer


def _complete(rest: Residue, deadline: float | None) -> Iterator[Extension]:
    # Circles of reasons may be OUT or OPEN with the same places IN: one extension all the same.
    yield from Solver(rest, options=["--project=show"], deadline=deadline).models()


def _stable(rest: Residue, deadline: float | None) -> Iterator[Extension]:
    yield from Solver(rest, STABLE, deadline=deadline).models()


def _preferred(rest: Residue, deadline: float | None) -> Iterator[Extension]:
    yield from Solver(rest, options=_MAXIMAL, deadline=deadline).models()


def _semi_stable(rest: Residue, deadline: float | None) -> Iterator[Extension]:
    ranges = Solver(rest, RANGE, options=_MAXIMAL, shown="range", deadline=deadline)
    within = Solver(rest, RANGE, deadline=deadline, options=["--project=show"])
    for covered in ranges.models():
        yield from within.models([("range", place, place in covered) for place in rest.open])


def _ideal(rest: Residue, deadline: float | None) -> Iterator[Extension]:
    """The largest complete extension of what is OUT in none.

    What is OUT in some complete labelling is missing from a preferred extension; a complete extension of
    things that are never OUT can be joined with every preferred one (labels are monotone), so lies within it.
    """
    refuted = ever(rest, "out", deadline)
    barred = "".join(f":- in({place}).\n" for place in sorted(refuted))
    found = Solver(rest, barred, options=_ONE_MAXIMAL, deadline=deadline).one()
    yield found if found is not None else frozenset()


def ever(rest: Residue, predicate: str, deadline: float | None) -> Extension:
    """Places for which ``in`` or ``out`` holds in some complete labelling."""
    options = ["--enum-mode=brave", *_ONE_MAXIMAL]
    found = Solver(rest, options=options, shown=predicate, deadline=deadline).models()
    return deque(found, maxlen=1)[0]  # each model holds all places met so far; there is always one


def _grounded(rest: Residue, deadline: float | None) -> Iterator[Extension]:
    yield frozenset()


ENUMERATIONS: dict[str, Callable[[Residue, float | None], Iterator[Extension]]] = {
    "grounded": _grounded,
    "complete": _complete,
    "preferred": _preferred,
    "stable": _stable,
    "semi-stable": _semi_stable,
    "ideal": _ideal,
}
