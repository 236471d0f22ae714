"""Verdicts on units: which belong in a map, of what kind, how surely and why."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.mining.kinds import NONE, Kinds, argued_shares, kind_cue, kinds, likeliest
from argmap.mining.layer import Layer
from argmap.mining.relations import Relation
from argmap.mining.units import Discussion
from argmap.model import NodeKind

SPARED = 0.25
"""Probability that ``none`` must have beyond the likeliest kind for a unit to be left out."""

Judgement = tuple[NodeKind, float, str]
"""Kind, confidence and cue of a unit."""


def argued(candidates: Discussion, layer: Layer) -> tuple[Discussion, list[Kinds]]:
    """The units that belong in a map, with the probabilities of their kinds. Cost: linear."""
    shares = kinds(candidates, layer.kinds)
    kept = [place for place, found in enumerate(shares) if likeliest(found, SPARED) != NONE]
    units = [candidates.units[place] for place in kept]
    return Discussion(candidates.document, units), [argued_shares(shares[place]) for place in kept]


def judgements(discussion: Discussion, shares: Sequence[Kinds], found: Sequence[Relation]) -> list[Judgement]:
    """Kind, confidence and cue of each unit; what opposes nothing is a claim. Cost: linear."""
    reasons = {relation.source: relation for relation in found}
    verdicts = []
    for place, unit in enumerate(discussion.units):
        kind = likeliest(shares[place])
        if kind == NodeKind.REBUTTAL and place not in reasons:
            kind = NodeKind.CLAIM
        why = [reasons[place].cue] if place in reasons else []
        verdicts.append((NodeKind(kind), round(shares[place][kind], 4), kind_cue(unit, kind, why)))
    return verdicts
