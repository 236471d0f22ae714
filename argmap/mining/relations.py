"""From candidates to a forest: what each unit bears on, and how, each with its reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from argmap.mining.alike import heads_of
from argmap.mining.bearings import bearing_signals
from argmap.mining.cues import cue
from argmap.mining.decoding import forest
from argmap.mining.heads import Candidate, Heads
from argmap.mining.kinds import Kinds, likeliest
from argmap.mining.layer import Layer
from argmap.mining.units import Discussion, Unit
from argmap.mining.weighing import Weighing, shares
from argmap.model import LinkKind, NodeKind


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between places of units, as yet without ids."""

    source: int
    target: int
    kind: LinkKind
    confidence: float
    cue: str


def relations(discussion: Discussion, kind_shares: Sequence[Kinds], layer: Layer) -> list[Relation]:
    """What each unit bears on, in the order of the units. Cost: linear."""
    heads = heads_of(discussion, kind_shares, layer.meanings)
    scored: list[dict[int | None, float]] = []
    chosen: list[int | None] = []
    for place in range(len(discussion.units)):
        odds = _odds(heads.candidates(place), layer.heads)
        scored.append(odds)
        chosen.append(max(odds, key=lambda other: (odds[other], -abs((other or 0) - place))))
    return list(_named(heads, forest(chosen, scored), scored, layer.bearings))


def _odds(candidates: Sequence[Candidate], model: Weighing) -> dict[int | None, float]:
    odds = shares([model.scores(found.signals)[0] for found in candidates])
    return {candidate.place: share for candidate, share in zip(candidates, odds, strict=True)}


def _named(
    heads: Heads,
    chosen: Sequence[int | None],
    scored: Sequence[dict[int | None, float]],
    model: Weighing,
) -> Iterator[Relation]:
    for place, target in enumerate(chosen):
        if target is not None:
            odds = model.probabilities(bearing_signals(heads, place, target))
            kind = LinkKind(max(odds, key=lambda name: (odds[name], name)))
            if likeliest(heads.shares[place]) == NodeKind.REBUTTAL:  # what opposes nothing is no rebuttal
                kind = LinkKind.ATTACKS
            confidence = round(scored[place][target] * odds[kind], 4)
            yield Relation(place, target, kind, confidence, _why(heads.discussion, place, target, kind))


def _why(discussion: Discussion, place: int, target: int, kind: LinkKind) -> str:
    """Why a unit bears on its target in this way, in words a person can check."""
    unit, other = discussion.units[place], discussion.units[target]
    where = _where(discussion, unit, other)
    if kind is LinkKind.REPHRASES and unit.words & other.words:
        return f"says it again: {', '.join(sorted(unit.words & other.words)[:4])}"
    reasons = {
        LinkKind.QUESTIONS: "asks about it",
        LinkKind.ANSWERS: "answers the question",
        LinkKind.REPHRASES: "says it again",
    }
    if kind in reasons:
        return f"{reasons[kind]}; {where}"
    return f"{_opposing(unit) if kind is LinkKind.ATTACKS else _reason(unit, other)}; {where}"


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
