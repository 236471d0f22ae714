"""Measurements of reasoning, as ratios within one run: ``argmap bench reasoning``.

CPU time, not wall-clock, so that neighbours on the machine matter less. The baselines are the least that any
program has to do: labels on bare arrays, one numpy reduction, clingo run directly.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from argmap.bench import Figure
from argmap.reasoning import Framework, Live, Problem, abstract, grounded
from argmap.reasoning.answer_sets import COMPLETE, residue
from argmap.reasoning.elements import Floats, Places, pairs
from argmap.reasoning.gradual import Graph, strengths
from argmap.reasoning.influence import gradient

_MILLION, _LARGE = 1_000_000, 100_000


def suite() -> Iterator[Figure]:
    """Grounded labels, strengths, gradients, edits and extensions beside what bounds each of them."""
    yield from _labels("debate", debate(_MILLION)[0])
    yield from _labels("chain", np.array([np.arange(_MILLION - 1), np.arange(1, _MILLION)]))
    yield from _strengths()
    yield from _edits()
    yield from _extensions()
    if find_spec("pygarg") and find_spec("pysat"):
        yield from _peer()


def cpu(*works: Callable[[], object], runs: int = 5) -> list[float]:
    """Median CPU seconds of each work; the works take turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def debate(size: int, seed: int = 0) -> tuple[Places, Places]:
    """Attacks and supports shaped as debates are: each reply bears on what is earlier, half of them near."""
    draw = np.random.default_rng(seed)
    replies = np.arange(1, size)
    near = np.maximum(0, replies - 1 - draw.exponential(50, size - 1).astype(np.intp))
    far = (draw.random(size - 1) * replies).astype(np.intp)
    targets = np.where(draw.random(size - 1) < 0.5, near, far)
    order = np.argsort(targets, kind="stable")
    edges = np.stack((replies[order], targets[order]))
    attacking = draw.random(size - 1) < 0.587
    return edges[:, attacking], edges[:, ~attacking]


def _named(size: int, attacks: Places) -> Framework:
    return abstract([str(place) for place in range(size)], attacks)


def _labels(shape: str, attacks: Places) -> Iterator[Figure]:
    framework = _named(_MILLION, attacks)
    works = [lambda: grounded(framework), lambda: bare_worklist(_MILLION, attacks)]
    if shape != "chain":  # the bare frontier takes a minute on a chain
        works.append(lambda: bare_frontier(_MILLION, attacks))
    ours, *bare = cpu(*works, runs=3)
    yield Figure(f"grounded, {shape} of 1,000,000", ours, "s CPU")
    yield Figure(f"grounded, {shape}: over the best of bare arrays", ours / min(bare), "times")


def bare_worklist(size: int, attacks: Places) -> list[int]:
    """Grounded labels by a worklist on lists, and nothing else."""
    order = np.argsort(attacks[0])
    targets = attacks[1][order].tolist()
    starts = np.searchsorted(attacks[0][order], np.arange(size + 1)).tolist()
    waiting = np.bincount(attacks[1], minlength=size).tolist()
    labels = [0] * size
    work = deque(place for place in range(size) if not waiting[place])
    for place in work:
        labels[place] = 1
    while work:
        place = work.popleft()
        for target in targets[starts[place] : starts[place + 1]]:
            if labels[target]:
                continue
            labels[target] = -1
            for other in targets[starts[target] : starts[target + 1]]:
                waiting[other] -= 1
                if not waiting[other] and not labels[other]:
                    labels[other] = 1
                    work.append(other)
    return labels


def bare_frontier(size: int, attacks: Places) -> np.ndarray[Any, np.dtype[np.int8]]:
    """Grounded labels wave by wave on arrays, and nothing else."""
    order = np.argsort(attacks[0])
    targets = attacks[1][order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(attacks[0], minlength=size))))
    waiting = np.bincount(attacks[1], minlength=size)
    labels = np.zeros(size, dtype=np.int8)

    def reached(wave: Places) -> Places:
        counts = starts[wave + 1] - starts[wave]
        ends = np.cumsum(counts)
        found: Places = targets[np.repeat(starts[wave] - ends + counts, counts) + np.arange(ends[-1])]
        return found

    wave = np.flatnonzero(waiting == 0)
    while len(wave):
        labels[wave] = 1
        falling = reached(wave)
        falling = np.unique(falling[labels[falling] == 0])
        if not len(falling):
            break
        labels[falling] = -1
        freed = reached(falling)
        np.subtract.at(waiting, freed, 1)
        wave = np.unique(freed[(waiting[freed] == 0) & (labels[freed] == 0)])
    return labels


def weighted(size: int) -> Graph:
    """A debate-shaped graph with base scores."""
    attacks, supports = debate(size)
    base = np.random.default_rng(1).choice((0.3, 0.5, 0.7), size)
    none = np.zeros(0, dtype=np.intp)
    return Graph(base, attacks, supports, np.zeros(1, dtype=np.intp), none)


def _strengths() -> Iterator[Figure]:
    for size in (_LARGE, _MILLION):
        drawn = weighted(size)
        solved = strengths(drawn)
        sources, targets, signs = drawn.edges
        values = solved.values

        def reduction(values: Floats = values, edges: Any = (sources, targets, signs)) -> object:
            return np.bincount(edges[1], values[edges[0]] * edges[2], minlength=len(values))

        topic = int(np.argmax(np.bincount(targets)))
        forward, bare, back = cpu(
            lambda drawn=drawn: strengths(drawn),  # type: ignore[misc]
            reduction,
            lambda drawn=drawn, values=values, topic=topic: gradient(drawn, values, topic),  # type: ignore[misc]
        )
        yield Figure(f"quadratic energy, {size:,}, {solved.iterations} iterations", forward, "s CPU")
        yield Figure(
            f"quadratic energy, {size:,}: an iteration over one reduction",
            forward / solved.iterations / bare,
            "times",
        )
        yield Figure(f"gradient to all bases, {size:,}: over one solve", back / forward, "times")


def _edits() -> Iterator[Figure]:
    attacks, supports = debate(_LARGE)
    framework = _named(_LARGE, attacks)
    object.__setattr__(framework, "reasons", supports)
    live, draw, times = Live(framework), random.Random(0), []
    for _ in range(2_000):
        place, base = draw.randrange(_LARGE), draw.random()
        start = time.process_time_ns()
        live.weigh(place, base)
        times.append((time.process_time_ns() - start) / 1e6)
    times.sort()
    yield Figure("an edit on a map of 100,000: median", times[1_000], "ms CPU")
    yield Figure("an edit on a map of 100,000: 95th percentile", times[1_900], "ms CPU")


def scattered(size: int, attacks: int, seed: int) -> Framework:
    """A random framework, with mutual attacks as hard instances have."""
    draw = random.Random(seed)
    drawn = [(draw.randrange(size), draw.randrange(size)) for _ in range(attacks)]
    back = [(target, source) for source, target in drawn if draw.random() < 0.6]
    return _named(size, pairs([pair for pair in drawn + back if pair[0] != pair[1]]))


def _extensions() -> Iterator[Figure]:
    for size, attacks in ((300, 900), (1_000, 2_500), (4_000, 6_000)):
        framework = scattered(size, attacks, size)
        facts = residue(framework, grounded(framework)).facts
        name = f"a preferred extension, {size:,} arguments, {framework.defeats.shape[1]:,} attacks"
        ours, direct = cpu(
            lambda framework=framework: next(Problem.of(framework).extensions("preferred")),  # type: ignore[misc]
            lambda facts=facts: clingo_alone(facts),  # type: ignore[misc]
            runs=9,
        )
        yield Figure(name, ours, "s CPU")
        yield Figure(f"{name.partition(' attacks')[0]}: over clingo alone", ours / direct, "times")


def clingo_alone(facts: str, *, models: int = 1) -> list[set[int]]:
    """Preferred extensions by clingo run directly on the same program and facts, read as its manual does."""
    import clingo

    options = ["--warn=none", "--heuristic=Domain", "--dom-mod=3,16", "--enum-mode=domRec", "--project=show"]
    control = clingo.Control([*options, str(models)], logger=lambda *_: None)
    control.add("base", [], f"{COMPLETE}#show in/1.\n{facts}")
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        return [{symbol.arguments[0].number for symbol in model.symbols(shown=True)} for model in handle]


def _peer() -> Iterator[Figure]:
    solver = import_module("pygarg.dung.solver")

    framework = scattered(40, 60, 5)  # 1,208 preferred extensions
    names = list(framework.names)
    attacks = [[names[source], names[target]] for source, target in framework.defeats.T.tolist()]
    ours, theirs = cpu(
        lambda: list(Problem.of(framework).extensions("preferred")),
        lambda: solver.extension_enumeration(names, attacks, "PR"),
        runs=3,
    )
    yield Figure("all preferred extensions, 40 arguments: pygarg over ours", theirs / ours, "times")
    labels, peer = cpu(
        lambda: grounded(framework),
        lambda: solver.extension_enumeration(names, attacks, "GR"),
        runs=3,
    )
    yield Figure("grounded, 40 arguments: pygarg over ours", peer / labels, "times")
