"""From candidates to a forest: what each unit bears on, and how, each with its reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from argmap.mining.cues import cue
from argmap.mining.decoding import forest
from argmap.mining.heads import Candidate, Heads
from argmap.mining.kinds import Kinds, likeliest
from argmap.mining.units import Discussion, Unit
from argmap.mining.weighing import shares, weighing
from argmap.model import LinkKind, NodeKind

RESTATED = 0.45
"""Share of common content words from which a unit says again what its target says."""
RISKED = 0.5
"""Log-odds taken from bearing on nothing: a wrong link costs a click, a missing one is never seen."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between places of units, as yet without ids."""

    source: int
    target: int
    kind: LinkKind
    confidence: float
    cue: str


def relations(discussion: Discussion, kind_shares: Sequence[Kinds]) -> list[Relation]:
    """What each unit bears on, in the order of the units. Cost: linear."""
    heads = Heads(discussion, kind_shares)
    scored: list[dict[int | None, float]] = []
    chosen: list[int | None] = []
    for place in range(len(discussion.units)):
        odds = _odds(heads.candidates(place, chosen))
        scored.append(odds)
        chosen.append(max(odds, key=lambda other: (odds[other], -abs((other or 0) - place))))
    return list(_named(discussion, kind_shares, forest(chosen, scored), scored))


def _odds(candidates: Sequence[Candidate]) -> dict[int | None, float]:
    model = weighing("heads")
    scores = [
        model.scores(found.signals)[0] - (RISKED if found.place is None else 0.0) for found in candidates
    ]
    odds = shares(scores)
    return {candidate.place: share for candidate, share in zip(candidates, odds, strict=True)}


def _named(
    discussion: Discussion,
    kind_shares: Sequence[Kinds],
    chosen: Sequence[int | None],
    scored: Sequence[dict[int | None, float]],
) -> Iterator[Relation]:
    kinds = [likeliest(found) for found in kind_shares]
    for place, target in enumerate(chosen):
        if target is not None:
            kind, why = link_kind(discussion, kinds, place, target)
            yield Relation(place, target, kind, round(scored[place][target], 4), why)


def link_kind(discussion: Discussion, kinds: Sequence[str], place: int, target: int) -> tuple[LinkKind, str]:
    """How a unit bears on its target, given the kinds of both; and why."""
    unit, other = discussion.units[place], discussion.units[target]
    where = _where(discussion, unit, other)
    if kinds[place] == NodeKind.QUESTION:
        return LinkKind.QUESTIONS, f"asks about it; {where}"
    if kinds[place] == NodeKind.REBUTTAL:
        return LinkKind.ATTACKS, f"{_opposing(unit)}; {where}"
    if kinds[target] == NodeKind.QUESTION and place > target:
        return LinkKind.ANSWERS, f"answers the question; {where}"
    common = len(unit.words & other.words) / (1 + max(len(unit.words), len(other.words)))
    if common >= RESTATED and place > target:
        return LinkKind.REPHRASES, f"says it again: {', '.join(sorted(unit.words & other.words)[:4])}"
    return LinkKind.SUPPORTS, f"{_reason(unit, other)}; {where}"


def _where(discussion: Discussion, unit: Unit, other: Unit) -> str:
    if unit.turn == other.turn:
        return "in the same turn"
    if discussion.quoted_words(unit.turn) & other.words:
        return "quotes its words"
    speaker = discussion.speaker(other)
    return f"in reply to {speaker}" if speaker else "in reply"


def _opposing(unit: Unit) -> str:
    for name in ("disagree", "contrast", "negation"):
        found = cue(name, f"{unit.lead} {unit.text}")
        if found:
            return f'says "{found}"'
    return "opposes it"


def _reason(unit: Unit, other: Unit) -> str:
    for name in ("because", "for example", "therefore", "agree"):
        found = cue(name, unit.lead)
        if found:
            return f'"{found}"'
    therefore = cue("therefore", other.lead)
    if therefore and other.start > unit.start:
        return f'"{therefore}" follows it'
    common = sorted(unit.words & other.words)
    return f"shares words: {', '.join(common[:4])}" if common else "stands next to it"
