"""What a claim's strength hangs on: gradients, exact removal, Shapley shares.

Each answers another question, and they differ where reasons are redundant (Kampik, Potyka, Yin, Čyras and
Toni IJAR 2024): the gradient says how far a little more belief moves the topic, removal what it would be if
a claim were withdrawn, Shapley's value the claim's share of the whole change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from argmap.reasoning.elements import Flags, Floats, Framework, Places
from argmap.reasoning.gradual import (
    Graph,
    Pins,
    Semantics,
    gradual_semantics,
    graph,
    settled,
    strengths,
    summed,
)

_AT_ONCE = 200_000  # elements solved in one go


@dataclass(frozen=True)
class Crux:
    """A claim that a topic hangs on.

    Args:
        name: the claim.
        gradient: change of the topic's strength for each unit of the claim's base.
        without: the topic's strength if the claim were withdrawn.
        change: that minus the topic's strength now.
    """

    name: str
    gradient: float
    without: float
    change: float


def cruxes(framework: Framework, topic: str, semantics: str = "quadratic", *, limit: int = 20) -> list[Crux]:
    """The claims whose withdrawal would move the topic most, most first.

    A shortlist by base times gradient (one adjoint solve), then exact removal of each.

    Raises:
        UnknownName: no such topic or semantics.
    """
    whole, place = graph(framework), framework.place(topic)
    near = ancestors(whole, place)
    part, here = restricted(whole, near), int(np.searchsorted(near, place))
    now = strengths(part, semantics).values
    slopes = gradient(part, now, here, semantics)
    weight = np.abs(part.base * slopes)
    weight[(near >= framework.claims) | (near == place)] = -1.0
    chosen = [int(i) for i in np.argsort(-weight, kind="stable")[:limit] if weight[i] >= 0]
    left = removals(part, here, [[one] for one in chosen], semantics)
    found = [
        Crux(framework.names[near[one]], float(slopes[one]), without, without - float(now[here]))
        for one, without in zip(chosen, left, strict=True)
    ]
    return sorted(found, key=lambda crux: (-abs(crux.change), crux.name))


def gradient(drawn: Graph, values: Floats, topic: int, semantics: str = "quadratic") -> Floats:
    """d strength(topic) / d base(x) for every x, by one adjoint solve, shape (n,).

    Args:
        values: the strengths, from `argmap.reasoning.gradual.strengths`.

    Source: implicit differentiation of the fixed point; at kinks of the semantics, one of the two sides.
    Cost: as one solve of the strengths at most.
    """
    chosen = gradual_semantics(semantics)
    by_energy, by_base = chosen.slopes(drawn.base, drawn.energy(chosen, values))
    back = _backward(drawn, chosen, values)
    start = np.zeros(len(drawn))
    start[topic] = 1.0

    def step(weights: Floats) -> Floats:
        new = back(weights * by_energy)
        new[topic] += 1.0
        return new

    return settled(step, start, eps=1e-10).values * by_base


def _backward(drawn: Graph, semantics: Semantics, values: Floats) -> Callable[[Floats], Floats]:
    """From weights on energies to weights on the strengths they come from."""
    extended, size = drawn.extended(values), len(drawn)
    sources, targets, signs = drawn.edges if semantics.supports else drawn.against
    if semantics.product:
        rest = [_others(1.0 - extended[e[0]], _firsts(e[1])) for e in (drawn.attacks, drawn.supports)]
        sources, targets = np.concatenate((drawn.attacks, drawn.supports), axis=1)
        signs = np.concatenate((-rest[0], rest[1] if semantics.supports else 0 * rest[1]))
    beside = _others(values[drawn.inputs], drawn.starts[:-1])
    joint = np.repeat(np.arange(drawn.joints), np.diff(drawn.starts))

    def back(weights: Floats) -> Floats:
        found = summed(sources, weights[targets] * signs, size + drawn.joints)
        if not drawn.joints:
            return found
        return found[:size] + summed(drawn.inputs, found[size:][joint] * beside, size)

    return back


def _firsts(targets: Places) -> Places:
    return np.flatnonzero(np.diff(targets, prepend=-1))


def _others(factors: Floats, firsts: Places) -> Floats:
    """For each factor the product of the others in its group; groups begin at ``firsts``."""
    if not len(factors):
        return factors
    zero = factors == 0
    safe = np.where(zero, 1.0, factors)
    group = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(factors)))
    product = np.multiply.reduceat(safe, firsts)[group] / safe
    alone = np.add.reduceat(zero.astype(np.intp), firsts)[group] - zero == 0
    return np.where(alone, product, 0.0)


def ancestors(drawn: Graph, topic: int) -> Places:
    """The places that the topic's strength depends on, itself among them, sorted."""
    size = len(drawn)
    sources, targets, _ = drawn.edges
    starts = np.searchsorted(targets, np.arange(size + 1))
    met = np.zeros(size + drawn.joints, dtype=bool)
    met[topic] = True
    work = [topic]
    while work:
        place = work.pop()
        if place < size:
            found = sources[starts[place] : starts[place + 1]]
        else:
            found = drawn.inputs[drawn.starts[place - size] : drawn.starts[place - size + 1]]
        fresh = np.unique(found[~met[found]])
        met[fresh] = True
        work += fresh.tolist()
    return np.flatnonzero(met[:size])


def between(drawn: Graph, sources: Iterable[int], topic: int) -> Places:
    """The places that these bear on and that bear on the topic, sorted: by what they can move it.

    Cost: of sorting the pairs, and linear in what these bear on.
    """
    size, (starts, ends, _) = len(drawn), drawn.edges
    joint = np.repeat(np.arange(drawn.joints), np.diff(drawn.starts)) + size
    out_of, through = _Lookup(starts, ends), _Lookup(drawn.inputs, joint)
    into, parts = _Lookup(ends, starts), _Lookup(joint, drawn.inputs)
    below = _reached(sources, lambda place: out_of[place] + through[place])
    above = _reached([topic], lambda place: [one for one in into[place] + parts[place] if one in below])
    return np.array(sorted(place for place in above if place < size), dtype=np.intp)


class _Lookup:
    """All values of a key."""

    def __init__(self, keys: Places, values: Places) -> None:
        order = np.argsort(keys, kind="stable")
        self.keys, self.values = keys[order], values[order]

    def __getitem__(self, key: int) -> list[int]:
        first, last = np.searchsorted(self.keys, (key, key + 1))
        found: list[int] = self.values[first:last].tolist()
        return found


def _reached(starts: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int]:
    """What can be reached from these, themselves among it."""
    work = list(starts)
    met = set(work)
    while work:
        fresh = [place for place in onward(work.pop()) if place not in met]
        met.update(fresh)
        work += fresh
    return met


def restricted(drawn: Graph, places: Places) -> Graph:
    """The graph on these places alone, in their order.

    Edges from elsewhere are left out, and a joint counts only where all its inputs are there.
    """
    size = len(drawn)
    kept = np.zeros(size, dtype=bool)
    kept[places] = True
    used = np.zeros(0, dtype=bool)
    if drawn.joints:
        used = np.logical_and.reduceat(kept[drawn.inputs], drawn.starts[:-1])
    new = np.full(size + drawn.joints, -1, dtype=np.intp)
    new[places] = np.arange(len(places))
    new[size:][used] = len(places) + np.arange(int(used.sum()))
    lengths = np.diff(drawn.starts)

    def edges(pairs: Places) -> Places:
        chosen: Places = pairs[:, kept[pairs[1]] & (new[pairs[0]] >= 0)]
        return new[chosen]

    return Graph(
        drawn.base[places],
        edges(drawn.attacks),
        edges(drawn.supports),
        np.concatenate(([0], np.cumsum(lengths[used]))).astype(np.intp),
        new[drawn.inputs[np.repeat(used, lengths)]],
    )


def tiled(drawn: Graph, copies: int) -> Graph:
    """So many copies of a graph side by side; the place p of copy c is c * n + p."""
    size, joints = len(drawn), drawn.joints
    copy = np.arange(copies)[:, None]

    def shifted(places: Places) -> Places:
        moved = np.where(places < size, places + copy * size, places + (copies - 1) * size + copy * joints)
        return moved.ravel()

    def edges(pairs: Places) -> Places:
        return np.stack((shifted(pairs[0]), shifted(pairs[1])))

    starts = (drawn.starts[:-1] + copy * drawn.starts[-1]).ravel()
    return replace(
        drawn,
        base=np.tile(drawn.base, copies),
        attacks=edges(drawn.attacks),
        supports=edges(drawn.supports),
        starts=np.append(starts, copies * drawn.starts[-1]).astype(np.intp),
        inputs=shifted(drawn.inputs) if joints else drawn.inputs,
    )


def removals(
    drawn: Graph,
    topic: int,
    groups: Sequence[Iterable[int]],
    semantics: str = "quadratic",
    *,
    held: Pins | None = None,
) -> list[float]:
    """The topic's strength with each group of places withdrawn, exactly. All groups in one solve.

    Args:
        held: places that keep this strength unless they are withdrawn.
    """
    size, found, fixed = len(drawn), [], list((held or {}).items())
    batch = max(1, _AT_ONCE // max(1, size))
    for first in range(0, len(groups), batch):
        some = groups[first : first + batch]
        pins = {copy * size + place: value for copy in range(len(some)) for place, value in fixed}
        pins |= {copy * size + place: 0.0 for copy, group in enumerate(some) for place in group}
        solved = strengths(tiled(drawn, len(some)), semantics, pins=pins).values
        found += solved[topic::size].tolist()
    return found


def pulls(
    drawn: Graph, values: Floats, topic: int, claims: Sequence[int], semantics: str, pins: Pins
) -> list[float]:
    """By how much each claim moves the topic: its strength now minus what it would be without the claim.

    Only what lies between the claims and the topic is solved again; all else is held where it is.

    Args:
        values: the strengths now.
        pins: places whose strength is given.
    """
    moving = np.setdiff1d(between(drawn, claims, topic), list(pins))
    feeding = drawn.edges[0][np.isin(drawn.edges[1], moving)]
    joints = feeding[feeding >= len(drawn)] - len(drawn)
    inputs = [drawn.inputs[drawn.starts[one] : drawn.starts[one + 1]] for one in joints.tolist()]
    near = np.unique(np.concatenate((moving, feeding[feeding < len(drawn)], [topic, *claims], *inputs)))
    near = near.astype(np.intp)
    held = {
        place: float(value)
        for place, (value, moves) in enumerate(zip(values[near], np.isin(near, moving), strict=True))
        if not moves
    }
    here, *groups = np.searchsorted(near, [topic, *claims]).tolist()
    left = removals(restricted(drawn, near), here, [[one] for one in groups], semantics, held=held)
    return [float(values[topic]) - rest for rest in left]


def shapley(
    framework: Framework, topic: str, semantics: str = "quadratic", *, players: int = 60, draws: int = 100
) -> dict[str, float]:
    """Each claim's share of the change of the topic's strength, by name.

    Exact with up to ten claims before the topic; with more, the mean over random orders of the nearest ones.
    The shares sum to the strength with all of them minus the strength with none.

    Args:
        players: at most so many claims take part; the others stay.
        draws: random orders (fixed seed).

    Source: Kampik et al. 2024, definition 3.6; sampling: Castro, Gómez and Tejada 2009.
    """
    whole, place = graph(framework), framework.place(topic)
    near = ancestors(whole, place)
    part, here = restricted(whole, near), int(np.searchsorted(near, place))
    claims = [int(i) for i in np.flatnonzero(near < framework.claims) if i != here]
    if len(claims) > players:
        now = strengths(part, semantics).values
        pull = np.abs(part.base * gradient(part, now, here, semantics))
        claims = sorted(claims, key=lambda claim: -pull[claim])[:players]
    shares = (_exact if len(claims) <= 10 else _sampled)(part, here, claims, semantics, draws)
    return {framework.names[near[claim]]: share for claim, share in zip(claims, shares, strict=True)}


def _exact(drawn: Graph, topic: int, claims: list[int], semantics: str, _draws: int) -> list[float]:
    count = len(claims)
    present = (np.arange(2**count)[:, None] >> np.arange(count)) & 1 == 1
    worth = np.array(_worths(drawn, topic, claims, present, semantics))
    sizes = present.sum(axis=1)
    factorial = math.factorial
    weights = [factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)]
    shares = []
    for player in range(count):
        without = np.flatnonzero(~present[:, player])
        gain = worth[without + 2**player] - worth[without]
        shares.append(float(gain @ np.array(weights)[sizes[without]]))
    return shares


def _sampled(drawn: Graph, topic: int, claims: list[int], semantics: str, draws: int) -> list[float]:
    count, random = len(claims), np.random.default_rng(0)
    gains = np.zeros(count)
    for _ in range(draws):
        order = random.permutation(count)
        rank = np.argsort(order)
        present = rank[None, :] < np.arange(count + 1)[:, None]
        gains[order] += np.diff(_worths(drawn, topic, claims, present, semantics))
    return [float(gain) for gain in gains / draws]


def _worths(drawn: Graph, topic: int, claims: list[int], present: Flags, semantics: str) -> list[float]:
    """The topic's strength with only those claims of each row."""
    players = np.array(claims, dtype=np.intp)
    return removals(drawn, topic, [players[~row].tolist() for row in present], semantics)
