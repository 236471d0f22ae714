"""Which unit bears on which: candidates from structure, scored by cues, each with its reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from argmap.mining.cues import cue
from argmap.mining.units import Discussion, Unit
from argmap.model import LinkKind


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between places of units, as yet without ids."""

    source: int
    target: int
    kind: LinkKind
    confidence: float
    cue: str


def relations(discussion: Discussion) -> Iterator[Relation]:
    """One relation for each unit that bears on another. Cost: linear in the units of a turn and the one it answers."""
    for turn, places in discussion.groups():
        own = [place for place in places if not discussion.units[place].quoted]
        for rank, place in enumerate(own):
            found = _opening(discussion, turn, place) if rank == 0 else None
            yield from filter(None, [found or (_inside(discussion, own, rank) if rank else None)])


def _opening(discussion: Discussion, turn: int, place: int) -> Relation | None:
    """The relation of a turn's first unit to what the turn answers."""
    quoted = [p for p in discussion.by_turn[turn] if discussion.units[p].quoted and p < place]
    answered = discussion.answered(turn)
    candidates = quoted or list(discussion.by_turn.get(answered, ()) if answered is not None else ())
    if not candidates:
        return None
    unit, words = discussion.units[place], discussion.quoted_words(turn)
    target = max(candidates, key=lambda p: (_shared(words or unit.words, discussion.units[p].words), p))
    kind, confidence, why = _stance(unit, discussion.units[target])
    return Relation(place, target, kind, confidence, f"{'quotes' if words else 'replies to'} it; {why}")


def _shared(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / (1 + min(len(words), len(others)))


def _stance(unit: Unit, target: Unit) -> tuple[LinkKind, float, str]:
    said = f"{unit.lead} {unit.text[:80]}"
    if unit.is_question:
        return LinkKind.QUESTIONS, 0.6, "asks"
    if target.is_question:
        return LinkKind.ANSWERS, 0.6, "answers a question"
    for name, kind in (("agree", LinkKind.SUPPORTS), ("disagree", LinkKind.ATTACKS)):
        found = cue(name, said)
        if found:
            return kind, 0.6, f'says "{found}"'
    found = cue("negation", unit.text)
    return LinkKind.ATTACKS, 0.5 if found else 0.4, f'says "{found}"' if found else "a reply mostly opposes"


def _inside(discussion: Discussion, own: list[int], rank: int) -> Relation:
    """The relation of a later unit of a turn to the one before it."""
    before, place = own[rank - 1], own[rank]
    unit = discussion.units[place]
    therefore = cue("therefore", unit.lead or unit.text[:24])
    if therefore:
        return Relation(before, place, LinkKind.SUPPORTS, 0.55, f'"{therefore}" follows it')
    contrast = cue("contrast", unit.lead)
    if contrast:
        return Relation(place, before, LinkKind.ATTACKS, 0.4, f'"{contrast}"')
    if unit.is_question:
        return Relation(place, before, LinkKind.QUESTIONS, 0.4, "asks about what is said before it")
    reason = cue("because", unit.lead) or cue("for example", unit.lead)
    why = f'"{reason}"' if reason else "follows it in the same turn"
    return Relation(place, before, LinkKind.SUPPORTS, 0.6 if reason else 0.4, why)
