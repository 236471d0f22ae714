"""Strengths: how strongly each claim comes out, from its own base and from what bears on it.

A strength is a fixed point of ``influence(base, energy)``, reached by iteration from the bases. Attacks and
supports count as drawn. Premises that work only together count as the product of their strengths; what
undercuts a link weakens a gate of base 1 that the link passes.

Sources: Potyka KR 2018 (quadratic energy); Rago, Toni, Aurisicchio and Baroni KR 2016 (DF-QuAD); Amgoud and
Ben-Naim 2017 (Euler-based); Besnard and Hunter 2001 (h-categoriser); Leite and Martins IJCAI 2011 (social).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from argmap.errors import UnknownName
from argmap.reasoning.elements import Floats, Framework, Places, pairs

Slopes = tuple[Floats, Floats]


@dataclass(frozen=True)
class Semantics:
    """A gradual semantics; its functions take arrays, and single numbers too.

    Args:
        product: energy is prod(1 - attackers) - prod(1 - supporters), not sum(supporters) - sum(attackers).
        supports: whether supporters count.
        influence: (base, energy) -> strength.
        slopes: (base, energy) -> its derivatives by energy and by base.
    """

    name: str
    product: bool
    supports: bool
    influence: Callable[[Floats, Floats], Floats]
    slopes: Callable[[Floats, Floats], Slopes]


def _quadratic(base: Floats, energy: Floats) -> Floats:
    """Potyka 2018, definition 3: towards 1 or 0 by E²/(1+E²)."""
    share = energy * energy
    share /= share + 1.0
    share *= (energy > 0) - base
    share += base
    return share


def _quadratic_slopes(base: Floats, energy: Floats) -> Slopes:
    square = energy * energy
    way = (energy > 0) - base
    return way * 2 * energy / (1 + square) ** 2, 1 - square / (1 + square)


def _dfquad(base: Floats, energy: Floats) -> Floats:
    """Rago et al. 2016, definition 3: linear in the difference of what is for and against."""
    return base + energy * _room(base, energy)


def _room(base: Floats, energy: Floats) -> Floats:
    """How far there is to go: up to 1, or down to 0."""
    return base + (energy > 0) * (1.0 - 2.0 * base)


def _dfquad_slopes(base: Floats, energy: Floats) -> Slopes:
    return _room(base, energy), 1 - np.abs(energy)


def _euler(base: Floats, energy: Floats) -> Floats:
    """Amgoud and Ben-Naim 2017, definition 9; never below the base squared."""
    return 1 - (1 - base * base) / (1 + base * np.exp(energy))


def _euler_slopes(base: Floats, energy: Floats) -> Slopes:
    grown = np.exp(energy)
    below = 1 + base * grown
    rest = 1 - base * base
    return rest * base * grown / below**2, (2 * base * below + rest * grown) / below**2


def _categoriser(base: Floats, energy: Floats) -> Floats:
    """Besnard and Hunter 2001: base over one plus the strengths of the attackers."""
    return base / (1 - energy)


def _categoriser_slopes(base: Floats, energy: Floats) -> Slopes:
    return base / (1 - energy) ** 2, 1 / (1 - energy)


SEMANTICS: Mapping[str, Semantics] = {
    semantics.name: semantics
    for semantics in (
        Semantics("quadratic", False, True, _quadratic, _quadratic_slopes),
        Semantics("dfquad", True, True, _dfquad, _dfquad_slopes),
        Semantics("euler", False, True, _euler, _euler_slopes),
        Semantics("h-categoriser", False, False, _categoriser, _categoriser_slopes),
        # Simple product semantics of social frameworks is DF-QuAD without supporters.
        Semantics("social", True, False, _dfquad, _dfquad_slopes),
    )
}


def gradual_semantics(name: str) -> Semantics:
    """The gradual semantics of this name.

    Raises:
        UnknownName: there is none.
    """
    if name not in SEMANTICS:
        raise UnknownName("strength", name, SEMANTICS)
    return SEMANTICS[name]


@dataclass(frozen=True)
class Graph:
    """What weakens and strengthens what.

    Sources of pairs below ``len(base)`` are elements; above, ``len(base) + i`` is the i-th joint: the product
    of the elements ``inputs[starts[i]:starts[i + 1]]``.

    Args:
        base: strength of each on its own, shape (n,).
        attacks, supports: pairs (2, m), sorted by target.
    """

    base: Floats
    attacks: Places
    supports: Places
    starts: Places
    inputs: Places

    def __len__(self) -> int:
        return len(self.base)

    @cached_property
    def joints(self) -> int:
        """How many products of several elements there are."""
        return len(self.starts) - 1

    @cached_property
    def edges(self) -> tuple[Places, Places, Floats]:
        """Sources, targets and signs of all pairs, sorted by target."""
        both = np.concatenate((self.attacks, self.supports), axis=1)
        signs = np.repeat((-1.0, 1.0), (self.attacks.shape[1], self.supports.shape[1]))
        order = np.argsort(both[1], kind="stable")
        return np.ascontiguousarray(both[0][order]), np.ascontiguousarray(both[1][order]), signs[order]

    def extended(self, strengths: Floats) -> Floats:
        """Strengths of the elements, then of the joints."""
        if not self.joints:
            return strengths
        products = np.multiply.reduceat(strengths[self.inputs], self.starts[:-1])
        return np.concatenate((strengths, products))

    def energy(self, semantics: Semantics, strengths: Floats) -> Floats:
        """What bears on each element: above 0 in its favour."""
        values = self.extended(strengths)
        if semantics.product:
            rest = _left_over(values, self.attacks, len(self))
            return rest - (_left_over(values, self.supports, len(self)) if semantics.supports else 1.0)
        sources, targets, signs = self.edges if semantics.supports else self.against
        weights = values[sources]
        weights *= signs
        return summed(targets, weights, len(self))

    @cached_property
    def against(self) -> tuple[Places, Places, Floats]:
        """As `edges`, attacks alone."""
        return self.attacks[0], self.attacks[1], np.full(self.attacks.shape[1], -1.0)


def summed(places: Places, weights: Floats, size: int) -> Floats:
    """The sum of the weights at each place; numpy would give whole numbers where there are none."""
    if not len(places):
        return np.zeros(size)
    return np.bincount(places, weights, minlength=size).astype(np.float64, copy=False)


def _left_over(values: Floats, edges: Places, size: int) -> Floats:
    """The product of (1 - strength) over the sources of each element."""
    rest = np.ones(size)
    if edges.size:
        firsts = np.flatnonzero(np.diff(edges[1], prepend=-1))
        rest[edges[1][firsts]] = np.multiply.reduceat(1.0 - values[edges[0]], firsts)
    return rest


def graph(framework: Framework) -> Graph:
    """The weighted graph of a framework. Ports are left out: they carry labels only."""
    size = framework.steps
    steps = range(framework.claims, size)
    joint = {step: size + place for place, step in enumerate(steps)}
    needed = framework.requirements if joint else []
    inputs = [[step, *needed[step]] for step in steps]

    def edges(drawn: Places) -> Places:
        kept = drawn[:, (drawn[0] < size) & (drawn[1] < size)]
        return pairs((joint.get(source, source), target) for source, target in kept.T.tolist())

    return Graph(
        framework.base[:size],
        edges(framework.attacks) if joint else framework.attacks,
        edges(framework.reasons) if joint or len(framework) > size else framework.reasons,
        np.cumsum([0, *map(len, inputs)], dtype=np.intp),
        np.array([place for group in inputs for place in group], dtype=np.intp),
    )


@dataclass(frozen=True)
class Strengths:
    """Strengths by place, and how they were reached.

    Args:
        values: in [0, 1], shape (n,).
        converged: whether ``residual`` went below the threshold.
        iterations: how many.
        residual: the largest change that one more undamped step would make.
    """

    values: Floats
    converged: bool
    iterations: int
    residual: float


Pins = Mapping[int, float]
CAP = 10_000


def strengths(
    drawn: Graph, semantics: str = "quadratic", *, pins: Pins | None = None, eps: float = 1e-9
) -> Strengths:
    """The strength of every element.

    Args:
        pins: places whose strength is given (withdrawn: 0, conceded: 1).
        eps: stop when no strength changes by more.

    Cost: linear in the pairs for each iteration; a few dozen iterations on maps as people draw them.
    """
    chosen = gradual_semantics(semantics)
    places = np.array(list(pins or ()), dtype=np.intp)
    given = np.array(list((pins or {}).values()), dtype=np.float64)

    def step(values: Floats) -> Floats:
        new = chosen.influence(drawn.base, drawn.energy(chosen, values))
        new[places] = given
        return new

    start = drawn.base.copy()
    start[places] = given
    return settled(step, start, eps=eps)


def settled(step: Callable[[Floats], Floats], start: Floats, *, eps: float, cap: int = CAP) -> Strengths:
    """A fixed point of ``step`` from ``start``; the step is halved when the residual stops falling.

    Source: Potyka 2018 and 2019: discrete iteration may swing for ever on cycles where smaller steps settle.
    """
    values, size = start, 1.0
    best, stale, residual = np.inf, 0, 0.0
    for iteration in range(1, cap + 1):
        change = step(values)
        change -= values
        residual = max(float(change.max(initial=0.0)), -float(change.min(initial=0.0)))
        if residual <= eps:
            return Strengths(values + change, True, iteration, residual)
        stale = 0 if residual < best * 0.999 else stale + 1
        best = min(best, residual)
        if stale >= 20:
            size, best, stale = size / 2, residual, 0
        if size < 1.0:
            change *= size
        values = values + change
    return Strengths(values, False, cap, residual)
