"""Which unit each unit bears on: what speaks for each candidate, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from argmap.mining.candidates import Candidates
from argmap.mining.kinds import Kinds
from argmap.mining.units import SPOKEN, Discussion, Unit

NOTED = 0.08
"""Share from which a kind that a unit may be of counts."""
_LEADS = ("because", "for example", "therefore", "contrast", "agree", "disagree")
_FORMS = ("weak subject", "short", "number", "first person", "second person", "says negation", "past")
_OPENERS = frozenset(
    (
        *("this", "that", "that's", "it", "it's", "they", "he", "she", "these", "those", "there", "such"),
        *("which", "i", "we", "you", "if", "when", "the", "a", "in", "my", "not", "what", "why", "how"),
        *("even", "only", "most", "one", "people"),
    )
)
_STRUCTURES = {"notes": "notes", "markdown": "notes", "essay": "essay"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that another may bear on; ``place`` is None for bearing on nothing."""

    place: int | None
    signals: dict[str, float]


class Heads:
    """Candidates of every unit of a discussion.

    Args:
        discussion: the units.
        shares: kind probabilities of each unit.
    """

    def __init__(self, discussion: Discussion, shares: Sequence[Kinds]) -> None:
        self.discussion = discussion
        self.shares = shares
        self._likely = [{kind: share for kind, share in own.items() if share > NOTED} for own in shares]
        self._places = Candidates(discussion)
        rarity = self._places.rarity
        self._weights = [fsum(rarity[word] for word in unit.words) for unit in discussion.units]
        self._leads = [tuple(_leads(unit)) for unit in discussion.units]
        self._shown = [tuple(name for name in _FORMS if name in unit.signals) for unit in discussion.units]
        self._first = [_first(unit) for unit in discussion.units]
        genre = discussion.document.genre
        written = "essay" if len(discussion.turns) == 1 else "written"
        self.structure = "spoken" if genre in SPOKEN else _STRUCTURES.get(genre, written)

    def candidates(self, place: int) -> list[Candidate]:
        """What a unit may bear on.

        What the units before it bear on is no signal: one wrong choice would draw others after it.
        """
        others = self._places.of(place)
        common = {other: self._common(place, other) for other in others}
        most = max(common.values(), default=0.0)
        found = [Candidate(None, dict(self._nothing(place)))]
        for other in others:
            signals = self.between(place, other, common[other])
            if most and common[other] == most:
                signals["most in common"] = 1.0
            found.append(Candidate(other, signals))
        return found

    def _nothing(self, place: int) -> Iterator[tuple[str, float]]:
        unit, rank = self.discussion.units[place], self.discussion.rank[place]
        yield "none", 1.0
        yield f"none {self.structure}", 1.0
        yield from ((f"none {kind}", share) for kind, share in self.shares[place].items())
        yield f"none rank {min(rank, 2)}", 1.0
        yield f"none rank {min(rank, 2)} {self.structure}", 1.0
        if rank == 0 and self.discussion.answered(unit.turn) is not None:
            yield "none opens reply", 1.0
        if rank and self._places.opens_paragraph[place]:
            yield "none opens paragraph", 1.0
        if place == 0:
            yield "none opens document", 1.0
        yield from ((f"none {name}", 1.0) for name in (*self._leads[place], *self._shown[place]))

    def between(self, place: int, other: int, common: float) -> dict[str, float]:
        """What speaks for a unit bearing on another, whatever the units between bear on."""
        where, distance = self._where(place, other)
        near = f"{where} {distance}"
        found = dict.fromkeys((where, near, f"{self.structure} {near}"), 1.0)
        found.update(self._kinds(place, other, where, near))
        found |= {"common": common, f"common {where}": common}
        if where != "in":
            found.update(self._quoted(place, other))
        found |= dict.fromkeys(self._forms(place, other, where, distance), 1.0)
        found |= dict.fromkeys(self._standing(place, other, where), 1.0)
        return found

    def _where(self, place: int, other: int) -> tuple[str, str]:
        """How the turn of the other unit stands to this one's, and how far off the other is in it."""
        unit, there = self.discussion.units[place], self.discussion.units[other]
        gap = other - place
        if unit.turn == there.turn:
            return "in", f"{gap:+d}" if -4 <= gap <= 2 else "back" if gap < 0 else "on"
        if self.discussion.answered(unit.turn) == there.turn:
            where = "answered"
        elif self._places.turn_before[place] == there.turn:
            where = "before"
        else:
            where = "far"
        own = self.discussion.by_turn[there.turn]
        return where, f"end {min(3, len(own) - 1 - self.discussion.rank[other])}"

    def _kinds(self, place: int, other: int, where: str, near: str) -> Iterator[tuple[str, float]]:
        one, two = self._likely[place], self._likely[other]
        for kind, share in one.items():
            yield f"{near} {kind}", share
            for target, part in two.items():
                yield f"{kind} to {target}", share * part
        for target, part in two.items():
            yield f"{where} to {target}", part
            yield f"{near} to {target}", part

    def _quoted(self, place: int, other: int) -> Iterator[tuple[str, float]]:
        quoted = self.discussion.quoted_words(self.discussion.units[place].turn)
        if quoted:
            words = self.discussion.units[other].words
            share = len(quoted & words) / (1 + min(len(quoted), len(words)))
            yield "is quoted", share
            yield f"is quoted {min(2, self.discussion.rank[place])}", share

    def _common(self, place: int, other: int) -> float:
        """Rarity of the content words of both, as a share of those that could be common."""
        one, two = self.discussion.units[place].words, self.discussion.units[other].words
        rarity = self._places.rarity
        common = fsum(rarity[word] for word in one & two)  # exact, so in whatever order a set gives
        return common / (3 + min(self._weights[place], self._weights[other])) if common else 0.0

    def _forms(self, place: int, other: int, where: str, distance: str) -> Iterator[str]:
        there = self.discussion.units[other]
        side = (
            ("on" if other > place else distance if distance == "-1" else "back") if where == "in" else "out"
        )
        yield from (f"{side} {name}" for name in self._leads[place])
        yield from (f"{side} target {name}" for name in self._leads[other])
        yield from (f"{side} {name}" for name in self._shown[place])
        yield from (f"{side} target {name}" for name in ("weak subject", "short") if name in there.signals)
        if there.is_question:
            yield f"{where} target asks"
            if self._places.last_question[place] == other:
                yield f"{where} last question"
                yield f"last question rank {min(2, self.discussion.rank[place])}"
        if side in ("-1", "on") and abs(place - other) == 1 and self._same_sentence(place, other):
            yield f"{side} same sentence"
        yield f"{side} opens with {self._first[place]}"

    def _standing(self, place: int, other: int, where: str) -> Iterator[str]:
        rank = self.discussion.rank
        yield f"{where} rank {min(3, rank[place])}"
        yield f"{where} rank {min(3, rank[place])} {self.structure}"
        opens = self._places.opens_paragraph
        if rank[other] == 0:
            yield from (f"{where} target opens turn", f"{self.structure} target opens turn")
        elif opens[other]:
            yield f"{where} target opens paragraph"
        if where == "in":
            paragraphs = abs(self.discussion.paragraph[place] - self.discussion.paragraph[other])
            if paragraphs:
                yield "other paragraph"
                yield f"other paragraph opens {opens[place]} {opens[other]}"
            elif rank[other] and opens[other]:
                yield "opens this paragraph"
        if other == 0:
            yield from ("target opens document", f"target opens document {self.structure}")
            yield f"target opens document {opens[place]}"
        if where != "in":
            yield from self._speakers(place, other, where)

    def _speakers(self, place: int, other: int, where: str) -> Iterator[str]:
        units = self.discussion.units
        one, two = self.discussion.speaker(units[place]), self.discussion.speaker(units[other])
        if one and two:
            yield f"{where} {'own' if one == two else 'other'} speaker"
            if one != two and two.split()[0].lower() in f"{units[place].lead} {units[place].text}".lower():
                yield "speaker named"

    def _same_sentence(self, place: int, other: int) -> bool:
        first, second = sorted((place, other))
        if second - first > 1:
            return False
        end, start = self.discussion.units[first].end, self.discussion.units[second].start
        return not any(mark in self.discussion.document.text[end - 1 : start] for mark in ".!?\n")


def _leads(unit: Unit) -> Iterator[str]:
    return (f"led by {name}" for name in _LEADS if f"led by {name}" in unit.signals)


def _first(unit: Unit) -> str:
    """What a unit begins with, where that points back."""
    words = unit.text[:40].lower().replace("’", "'").split(maxsplit=1)
    return words[0] if words and words[0] in _OPENERS else "else"
