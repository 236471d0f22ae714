"""Choices of heads made consistent: no unit bears on itself by way of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Any

ROOT = -1


def forest(chosen: Sequence[int | None], odds: Sequence[Mapping[int | None, float]]) -> list[int | None]:
    """The chosen heads, with the units of each circle chosen anew: the likeliest arborescence over them.

    Args:
        chosen: the likeliest head of each unit, None for bearing on nothing.
        odds: probability of each candidate of each unit.

    Source: Chu and Liu 1965, Edmonds 1967, by way of networkx; where no choice is part of a circle, the
        likeliest heads are the arborescence already.
    Cost: linear; for each circle the cube of its length.
    """
    heads = list(chosen)
    for circle in circles(heads):
        for place, head in _arborescence(circle, odds).items():
            heads[place] = head
    return heads


def circles(heads: Sequence[int | None]) -> list[list[int]]:
    """The circles among the heads, each as the places in it. Cost: linear."""
    walked = [0] * len(heads)
    found = []
    for start in range(len(heads)):
        place: int | None = start
        path = []
        while place is not None and not walked[place]:
            walked[place] = start + 1
            path.append(place)
            place = heads[place]
        if place is not None and walked[place] == start + 1:
            found.append(path[path.index(place) :])
    return found


def _arborescence(circle: Sequence[int], odds: Sequence[Mapping[int | None, float]]) -> dict[int, int | None]:
    """The likeliest heads of the units of a circle, where only one another or nothing may be chosen."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    members = set(circle)
    for place in circle:
        graph.add_edge(ROOT, place, weight=log(odds[place].get(None, 0.0) + 1e-9) + 100)
        for head, share in odds[place].items():
            if head in members:
                graph.add_edge(head, place, weight=log(share + 1e-9) + 100)
    tree = nx.maximum_spanning_arborescence(graph)
    return {place: None if head == ROOT else head for head, place in tree.edges}
