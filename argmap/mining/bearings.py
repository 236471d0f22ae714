"""How a unit bears on another: what speaks for supports, attacks, rephrases, questions and answers."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.mining.heads import Heads
from argmap.mining.units import Unit

_CUES = (
    *("led by contrast", "led by disagree", "led by agree", "led by because", "led by therefore"),
    *("led by for example", "says negation", "says disagree", "says agree", "says contrast"),
    *("question", "short", "weak subject", "number", "second person", "says testimony", "asks", "modal"),
)


def bearing_signals(heads: Heads, place: int, other: int) -> dict[str, float]:
    """What the kinds, words and places of two units tell of how one bears on the other."""
    units = heads.discussion.units
    inside = units[place].turn == units[other].turn
    where = "in" if inside else "out"
    found = {"bias": 1.0, where: 1.0, f"{where} {heads.structure}": 1.0}
    found |= dict(_kinds(heads, place, other, where))
    found |= dict.fromkeys(_forms(units[place], units[other], where), 1.0)
    found |= dict.fromkeys(_places(heads, place, other, where), 1.0)
    common = len(units[place].words & units[other].words)
    shorter, longer = sorted((len(units[place].words), len(units[other].words)))
    found["common of shorter"], found["common of longer"] = common / (2 + shorter), common / (2 + longer)
    found[f"common {where}"] = common / (2 + longer)
    return found


def _kinds(heads: Heads, place: int, other: int, where: str) -> Iterator[tuple[str, float]]:
    for kind, share in heads.shares[place].items():
        yield f"{kind}", share
        yield f"{where} {kind}", share
        for target, part in heads.shares[other].items():
            yield f"{kind} to {target}", share * part
    yield from ((f"to {target}", part) for target, part in heads.shares[other].items())


def _forms(unit: Unit, other: Unit, where: str) -> Iterator[str]:
    for name in _CUES:
        if name in unit.signals:
            yield from (name, f"{where} {name}")
        if name in other.signals:
            yield f"target {name}"
    denied = ("says negation" in unit.signals) != ("says negation" in other.signals)
    if denied:
        yield f"one denies {where}"
    yield f"{where} question to question {unit.is_question} {other.is_question}"
    yield f"opens with {' '.join(unit.text.lower().split()[:1])}"
    yield f"led by {unit.lead.split()[-1] if unit.lead.split() else 'nothing'} {where}"


def _places(heads: Heads, place: int, other: int, where: str) -> Iterator[str]:
    rank = heads.discussion.rank
    yield f"{where} rank {min(2, rank[place])}"
    yield f"{'on' if other > place else 'back'} {min(3, abs(place - other))} {where}"
    yield "target opens turn" if rank[other] == 0 else "target inside"
    if where == "out":
        one, two = (heads.discussion.speaker(heads.discussion.units[at]) for at in (place, other))
        if one and two:
            yield "own speaker" if one == two else "other speaker"
