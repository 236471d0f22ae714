# ruff: noqa: E501  (patterns read best in one piece)
"""What speaks for each person, and for a change of speaker, at every sentence: named features for `speaker_decoding`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from argmap.readers.participants import Cast, introduces, is_vocative
from argmap.readers.speaker_cues import NOTHING, Cues, cues

_NEAR = 40
_SAYS_OWN = re.compile(r"\b(?:I['’]m|I am|my name is)\s+$", re.IGNORECASE)
_GREETS = re.compile(r"\b(?:thanks|thank you|hi|hey|hello|morning|evening|afternoon),?\s+$", re.IGNORECASE)
_HANDS = re.compile(
    r"\b(?:get|bring(?:ing)?|turn(?:ing)?\s+(?:\w+\s+){0,2}to|go(?:ing)?\s+(?:back\s+)?to|hear(?:ing)?\s+from|over\s+to|start(?:ing)?\s+with|com(?:e|ing)\s+(?:back\s+)?to|back\s+to|ask|(?:throw|toss|kick)\s+(?:\w+\s+){0,2}to|(?:what|how)\s+about|and\s+then)\s+$",
    re.IGNORECASE,
)
_HANDED = re.compile(r"\s+(?:in\b(?:\s+here)?|first\b|next\b|start\b|go\b)|[,.?!]|$")
_NOTHING_BEFORE = re.compile(r"(?:(?:and|so|okay|um|uh|well|finally|but)[,.]?\s+){0,4}$", re.IGNORECASE)
_NOTHING_AFTER = re.compile(r"[.?!]?$|,?\s+(?:you\s+)?(?:first|next)\b")
_BACK = 6
_EARLY, _LATE = 4, 5
_SHORT, _FRAGMENT = 4, 7
_CALLS = frozenset({"called", "handed"})


@dataclass(slots=True)
class Evidence:
    """Features of a conversation of ``n`` sentences and ``k`` people (0 is the host), by name.

    Args:
        role: (n), for the host and against all guests as the speaker.
        border: (n), for or against a change of speaker just before.
        context: (n), for how far a change follows what was called for.
        person: (n, k), for each person as the speaker.
        entering: (n, k), for each person's taking over there.
        calls: (n), the people called on to speak, in order.
    """

    role: list[list[str]] = field(default_factory=list)
    border: list[list[str]] = field(default_factory=list)
    context: list[list[str]] = field(default_factory=list)
    person: list[list[list[str]]] = field(default_factory=list)
    entering: list[list[list[str]]] = field(default_factory=list)
    calls: list[list[int]] = field(default_factory=list)


def evidence(sentences: Sequence[str], people: Cast) -> Evidence:
    """All features of a conversation. Cost: O(length x people)."""
    found, names = Evidence(), _Names(people)
    past: list[Cues] = [NOTHING, NOTHING, NOTHING]
    for place, sentence in enumerate(sentences):
        now = cues(sentence)
        found.entering.append(names.entering())
        person, calls = names.heard(sentence)
        found.role.append(_role(past, now, place, len(sentences) - 1 - place))
        found.border.append(_border(past, now))
        found.context.append(_context(past[-1], now, found.calls, calls))
        found.person.append(person)
        found.calls.append(calls)
        past = [*past[1:], now]
    return found


def _role(past: Sequence[Cues], now: Cues, place: int, left: int) -> list[str]:
    """Features for the host as the speaker."""
    before = past[-1]
    found = ["always", *sorted(now.marks), *_starting("", now)]
    found += [f"after {mark}" for mark in ("introduces", "?") if mark in before.marks]
    if "reacts" in now.marks:
        found += [f"reacts {now.length}", f"reacts after {'question' if before.asks else 'statement'}"]
    places = {"opens": place == 0, "early": place < _EARLY, "closes": left == 0, "late": left < _LATE}
    return found + [name for name, holds in places.items() if holds]


def _starting(prefix: str, now: Cues) -> list[str]:
    return [f"{prefix}word={' '.join(now.words[:size])}" for size in (1, 2) if len(now.words) >= size]


def _border(past: Sequence[Cues], now: Cues) -> list[str]:
    """Features for a change of speaker between two sentences."""
    before = past[-1]
    found = ["always", *(f"now {mark}" for mark in sorted(now.marks))]
    found += [f"before {mark}" for mark in sorted(before.marks)]
    found += _starting("now ", now) + _starting("before ", before)[:1]
    if len(before.words) <= _SHORT:
        found.append(f"before all={' '.join(before.words)}")
    if before.asks:
        found += _starting("asked ", now)[:1]
    return found + _questions(past, now) + _persons(before, now) + _echoes(past, now)


def _questions(past: Sequence[Cues], now: Cues) -> list[str]:
    """How question and statement, long and short, follow each other."""
    earlier, before = past[-2:]
    asked = "question" if before.asks else "statement"
    found = [f"{asked} then {'question' if now.asks else 'statement'}", f"{asked} then {now.length}"]
    if "asks you" in before.marks:
        found.append(f"you asked then {now.length}")
    if earlier.asks and not before.asks:
        found.append(f"asked before {before.length}")
    for mark in ("concedes", "reacts"):
        found += [f"{mark} {now.length}"] * (mark in now.marks) + [f"{mark} before {before.length}"] * (
            mark in before.marks
        )
    found += [f"{asked} then acknowledges"] * ("acknowledges" in now.marks)
    return found + [f"{asked} then of person"] * ("of person" in now.marks)


def _persons(before: Cues, now: Cues) -> list[str]:
    """Who is "I" and who is "you" in two sentences."""

    def speaks(of: Cues) -> bool:
        return bool({"I", "we"} & of.marks)

    def pair(one: str, other: str) -> str:
        return f"{one} {one in before.marks} then {other} {other in now.marks}"

    found = [f"own {speaks(before)} then {speaks(now)}", pair("you", "I"), pair("I", "you")]
    shared = min(2, len(now.content & before.content))
    begins = now.words[0] if now.words else ""
    if "you" in before.marks and begins in {"i", "i'm", "i've", "i'd", "my"}:
        found.append(f"you to I sharing {shared}")
    if "I" in before.marks and begins in {"you", "you're", "you've", "your"}:
        found.append(f"I to you sharing {shared}")
    if "I" in before.marks and "of person" in now.marks:
        found.append("I to he or she")
    if "asks you" in before.marks and "I" in now.marks:
        found.append("you asked then I")
    return found


def _echoes(past: Sequence[Cues], now: Cues) -> list[str]:
    """Words of earlier sentences taken up again."""
    before = past[-1]
    shared = len(now.content & before.content)
    found = [f"shares {min(2, shared)}"]
    if shared and len(now.words) <= _SHORT + 1:
        found.append("short and shares")
    if now.content and now.content <= before.content:
        found.append("repeats")
    if (
        now.content
        and len(now.words) <= _FRAGMENT
        and now.content <= frozenset().union(*(one.content for one in past))
    ):
        found += ["fragment", f"fragment {now.length}"]
    if shared and ("negated" in now.marks) != ("negated" in before.marks):
        found.append(f"denies {min(2, shared)}")
    return found


def _context(before: Cues, now: Cues, called: Sequence[list[int]], calls: list[int]) -> list[str]:
    """Features for how a change of speaker keeps to who was called, or spoke before."""
    holds = {
        "always": True,
        "asked": before.asks,
        "you asked": "asks you" in before.marks,
        "after short": len(before.words) <= _SHORT,
        "just called": bool(called and called[-1]),
        "called before": len(called) > 1 and bool(called[-2]) and not called[-1],
        "calls": bool(calls),
        "short": len(now.words) <= _SHORT,
    }
    return [name for name, true in holds.items() if true]


class _Names:
    """Who is named, and how, from sentence to sentence."""

    def __init__(self, people: Cast) -> None:
        self._people = people
        self._count = len(people.names)
        self._recent: list[dict[int, str]] = []
        self._floor: list[int] = []

    def entering(self) -> list[list[str]]:
        """For each person, what earlier sentences say about his or her speaking next."""
        found: list[list[str]] = [[] for _ in range(self._count)]
        for distance, named in enumerate(reversed(self._recent), 1):
            for person, how in named.items():
                if not any(feature.startswith("named") for feature in found[person]):
                    found[person].append(f"named {how} {min(4, distance)} back")
        for order, person in enumerate(self._floor):
            found[person].append("last called" if order == 0 else "called with others")
        return found

    def heard(self, sentence: str) -> tuple[list[list[str]], list[int]]:
        """For each person, what a sentence's names say about his or her saying it; and who is called on."""
        uses = self._uses(sentence)
        calls = list(dict.fromkeys(person for person, use in uses if use in _CALLS))
        presented = list(dict.fromkeys(person for person, use in uses if use == "presented"))
        if not calls and len(presented) == 1:
            calls = presented
        others = {person for person, use in uses if use != "own name"}
        how = "called" if calls else "named"
        found = []
        for person in range(self._count):
            role = "guest" if person else "host"
            features = sorted({f"{use} {role}" for who, use in uses if who == person})
            another = bool(others) and person not in others
            found.append([*features, f"other {how} {role}"] if another else features)
        self._recent = [*self._recent[-_BACK + 1 :], dict.fromkeys(sorted(others), how)]
        self._floor = [person for person in calls if person] or self._floor
        return found, calls

    def _uses(self, sentence: str) -> list[tuple[int, str]]:
        presents = introduces(sentence)
        return [
            (person, _use(sentence, start, end, presents and person > 0))
            for person, start, end in self._people.mentioned(sentence)
        ]


def _use(sentence: str, start: int, end: int, presents: bool) -> str:
    """How a name is used: called out, greeted, handed the word, introduced, or talked about."""
    before, after = sentence[max(0, start - _NEAR) : start], sentence[end : end + _NEAR]
    if _SAYS_OWN.search(before):
        return "own name"
    if is_vocative(sentence, start, end):
        return "greeted" if _GREETS.search(before) else "called"
    alone = start < _NEAR and _NOTHING_BEFORE.match(before) and _NOTHING_AFTER.match(after)
    if alone or (_HANDS.search(before) and _HANDED.match(after)):
        return "handed"
    return "presented" if presents and " " in sentence[start:end] else "talked about"
