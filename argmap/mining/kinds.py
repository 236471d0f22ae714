"""What a unit mainly does: claim, rebuttal, evidence or question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.mining.cues import cue
from argmap.mining.relations import Relation
from argmap.mining.units import Discussion, Unit
from argmap.model import LinkKind, NodeKind

Judgement = tuple[NodeKind, float, str]


def judgements(discussion: Discussion, relations: Sequence[Relation]) -> list[Judgement]:
    """Kind, confidence and cue of each unit, given what it bears on. Cost: linear."""
    opposing: Mapping[int, Relation] = {
        relation.source: relation
        for relation in relations
        if relation.kind is LinkKind.ATTACKS and _crosses(discussion, relation)
    }
    return [_judgement(unit, opposing.get(place)) for place, unit in enumerate(discussion.units)]


def _crosses(discussion: Discussion, relation: Relation) -> bool:
    source, target = discussion.units[relation.source], discussion.units[relation.target]
    return source.turn != target.turn or source.quoted != target.quoted


def _judgement(unit: Unit, opposing: Relation | None) -> Judgement:
    if unit.is_question:
        return NodeKind.QUESTION, 0.8, "ends with a question mark"
    if opposing is not None:
        return NodeKind.REBUTTAL, opposing.confidence, opposing.cue
    for name in ("for example", "report", "testimony"):
        found = cue(name, f"{unit.lead} {unit.text}")
        if found:
            return NodeKind.EVIDENCE, 0.5, f'says "{found}"'
    return NodeKind.CLAIM, 0.5, "a statement"
