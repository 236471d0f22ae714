"""What a unit mainly does: claim, rebuttal, evidence, question, or nothing that belongs in a map."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from argmap.mining.cues import cue
from argmap.mining.segments import is_housekeeping
from argmap.mining.units import SPOKEN, Discussion, Unit
from argmap.mining.weighing import Weighing
from argmap.model import NodeKind

NONE = "none"
WORD = 0.5
"""How much a word counts beside a signal, before weights."""
LONGEST = 1000
"""Characters of a unit whose words are looked at."""
_WORD = re.compile(r"[\w'’]{1,40}|[?!.,]")

Kinds = dict[str, float]


def kinds(discussion: Discussion, model: Weighing) -> list[Kinds]:
    """For each unit, the probability of each kind and of none. Cost: linear."""
    return [model.probabilities(signals) for signals in _each(discussion)]


def kind_signals(discussion: Discussion) -> list[dict[str, float]]:
    """For each unit, what its form and its place tell about its kind. Cost: linear."""
    return list(_each(discussion))


def _each(discussion: Discussion) -> Iterator[dict[str, float]]:
    """One after the other: those of a long document together would fill the memory."""
    return (_signals(discussion, place, unit) for place, unit in enumerate(discussion.units))


def _signals(discussion: Discussion, place: int, unit: Unit) -> dict[str, float]:
    found = {**unit.signals, **{f"type {name}": share for name, share in unit.types.items()}}
    found |= dict.fromkeys(_places(discussion, place, unit), 1.0)
    if is_housekeeping(f"{unit.lead} {unit.text}"):
        found["housekeeping"] = 1.0
    if discussion.document.genre in SPOKEN:
        found |= {f"spoken {name}": found[name] for name in _SPOKEN_TOO if name in found}
    found |= dict.fromkeys(_words(unit), WORD)
    if "in reply" in found:
        found |= {f"reply {name}": found[name] for name in _REPLY_TOO if name in found}
    return found


def _words(unit: Unit) -> Iterator[str]:
    """Names of the unit's own words and of what stands around them."""
    words = _WORD.findall(unit.text[:LONGEST].lower())
    yield from (f"features {name}" for name in unit.side.own)
    yield from (f"word {word}" for word in words)
    if words:
        yield from (f"first {words[0]}", f"first {' '.join(words[:2])}", f"last {words[-1]}")
    yield from (f"lead {word}" for word in unit.lead.split()[-2:])


_SPOKEN_TOO = (
    "bias",
    "short",
    "question",
    "first person",
    "weak subject",
    "content",
    "asking turn",
    "opens turn",
    "hedge",
)
_REPLY_TOO = (
    *("opens turn", "says negation", "says disagree", "led by disagree", "led by contrast", "question"),
    *("says agree", "second person", "weak subject", "led by agree"),
)


def _places(discussion: Discussion, place: int, unit: Unit) -> list[str]:
    """Names of what holds of a unit's place."""
    own = discussion.by_turn[unit.turn]
    rank, answered = discussion.rank[place], discussion.answered(unit.turn)
    before = discussion.units[place - 1] if rank else None
    after = discussion.units[place + 1] if rank + 1 < len(own) else None
    parents = discussion.by_turn.get(answered, ()) if answered is not None else ()
    holds = {
        "opens turn": rank == 0,
        "second of turn": rank == 1,
        "opens paragraph": rank > 0 and discussion.paragraph[place] != discussion.paragraph[place - 1],
        "closes turn": after is None,
        "opens document": place == 0,
        "in reply": bool(parents),
        "quoted": unit.quoted,
        "after question": before is not None and before.is_question,
        "before question": after is not None and after.is_question,
        "asking turn": len(discussion.turns) > 1 and discussion.units[own[-1]].is_question,
        "answers question": rank == 0 and bool(parents) and discussion.units[parents[-1]].is_question,
        "title": place == 0 and "open end" in unit.signals and len(discussion.turns) == 1,
    }
    return [name for name, holding in holds.items() if holding]


def argued_shares(shares: Kinds) -> Kinds:
    """Kind probabilities of a unit that belongs in a map: without ``none``."""
    total = sum(share for kind, share in shares.items() if kind != NONE)
    return {kind: share / total for kind, share in shares.items() if kind != NONE}


def likeliest(shares: Kinds, spared: float = 0.0) -> str:
    """The kind with the largest share, where ``none`` gives up so much of its own."""
    return max(shares, key=lambda name: (shares[name] - (spared if name == NONE else 0.0), name))


def kind_cue(unit: Unit, kind: str, reasons: Sequence[str] = ()) -> str:
    """Why a unit is of a kind, in words a person can check."""
    if kind == NodeKind.QUESTION:
        return "ends with a question mark" if unit.is_question else "asks"
    if kind == NodeKind.REBUTTAL and reasons:
        return reasons[0]
    names = (
        ("for example", "report", "testimony", "because") if kind == NodeKind.EVIDENCE else ("norm", "hedge")
    )
    for name in names:
        found = cue(name, f"{unit.lead} {unit.text}")
        if found:
            return f'says "{found}"'
    if kind == NodeKind.EVIDENCE:
        return (
            "states a fact"
            if unit.types["fact"] > unit.types["testimony"]
            else "tells of something seen or done"
        )
    return "states a view"
