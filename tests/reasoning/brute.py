"""The semantics written out again, by trying every labelling: slow, and independent of the product's code."""

from __future__ import annotations

from itertools import product

import numpy as np

from argmap.reasoning import Framework

Labelling = tuple[int, ...]
Extensions = set[frozenset[int]]


def labellings(framework: Framework) -> list[Labelling]:
    """Every complete labelling: both rules hold of every element, and what is IN rests on no circle."""
    size = len(framework)
    every = np.array(list(product((-1, 0, 1), repeat=size)), dtype=np.int8).reshape(3**size, size)
    fits = np.ones(len(every), dtype=bool)
    for place in range(size):
        stands, falls = _rules(framework, every, place)
        fits &= (every[:, place] == 1) == stands
        fits &= (every[:, place] == -1) == falls
    return [tuple(row) for row in every[fits].tolist() if _founded(framework, row)]


def _sources(edges: np.ndarray, place: int) -> list[int]:
    return [int(source) for source, target in edges.T if target == place]


def _rules(framework: Framework, every: np.ndarray, place: int) -> tuple[np.ndarray, np.ndarray]:
    premises = every[:, _sources(framework.premises, place)]
    defeaters = every[:, _sources(framework.defeats, place)]
    reasons = every[:, _sources(framework.reasons, place)]
    stands = (premises == 1).all(axis=1) & (defeaters == -1).all(axis=1)
    falls = (premises == -1).any(axis=1) | (defeaters == 1).any(axis=1)
    if framework.needs[place]:
        stands = stands & (reasons == 1).any(axis=1)
        falls = falls | (reasons == -1).all(axis=1)
    return stands, falls


def _founded(framework: Framework, row: list[int]) -> bool:
    standing = {place for place, label in enumerate(row) if label == 1}
    derived: set[int] = set()
    while True:
        more = {
            place
            for place in standing - derived
            if derived.issuperset(_sources(framework.premises, place))
            and (not framework.needs[place] or derived & set(_sources(framework.reasons, place)))
        }
        if not more:
            return derived == standing
        derived |= more


def _inside(labelling: Labelling) -> frozenset[int]:
    return frozenset(place for place, label in enumerate(labelling) if label == 1)


def extensions(framework: Framework) -> dict[str, Extensions]:
    """The extensions of every semantics, and the grounded one."""
    known = labellings(framework)
    complete = {_inside(labelling) for labelling in known}
    preferred = {one for one in complete if not any(one < other for other in complete)}
    common = frozenset.intersection(*preferred)
    within = [one for one in complete if one <= common]
    ranges = [{place for place, label in enumerate(labelling) if label} for labelling in known]
    widest = [not any(here < there for there in ranges) for here in ranges]
    return {
        "complete": complete,
        "preferred": preferred,
        "stable": {_inside(labelling) for labelling in known if 0 not in labelling},
        "semi-stable": {_inside(one) for one, wide in zip(known, widest, strict=True) if wide},
        "ideal": {one for one in within if not any(one < other for other in within)},
        "grounded": {one for one in complete if all(one <= other for other in complete)},
    }


def grounded(framework: Framework) -> list[int]:
    """The least labelling: what is the same in the limit of applying the rules to nothing."""
    row = np.zeros((1, len(framework)), dtype=np.int8)
    while True:
        new = row.copy()
        for place in range(len(framework)):
            stands, falls = _rules(framework, row, place)
            new[0, place] = 1 if stands[0] else -1 if falls[0] else 0
        if (new == row).all():
            return row[0].tolist()
        row = new
