"""Where speakers stand: on each issue, and towards each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from argmap.model import ArgumentMap, LinkKind, NodeKind
from argmap.reasoning.elements import Framework
from argmap.reasoning.reading import DEFAULT, Reading, framework

_REACH = 4  # a reason for a reason for a reason still says where somebody stands; further is guessing


@dataclass(frozen=True)
class Stance:
    """What a speaker thinks of one answer to an issue.

    Args:
        issue: id of a question.
        answer: id of a node that answers it.
        score: from -1 (against) to 1 (for): the mean of what they said.
        said: the speaker's nodes that this rests on.
    """

    issue: str
    answer: str
    speaker: str
    score: float
    said: tuple[str, ...]


@dataclass(frozen=True)
class Accord:
    """How far two speakers agree.

    Args:
        score: (agreeing - opposing) / (agreeing + opposing), from -1 to 1.
        agreeing: claims both assert, and links by which one supports the other.
        opposing: links by which one attacks or undercuts the other.
    """

    one: str
    other: str
    score: float
    agreeing: int
    opposing: int


def stances(argument_map: ArgumentMap, reading: Reading = DEFAULT) -> list[Stance]:
    """Every speaker's stance on every answer to a question that they spoke to, by issue, answer, speaker.

    Saying the answer is for it; so is what supports it, and against it what attacks it, through at most
    four links (an attack on an attack is for; a link of several premises, or undercut, counts as two).
    """
    read = framework(argument_map, reading)
    said_by = _speakers(argument_map, read)
    signed = _signed(read)
    found: list[Stance] = []
    for question in argument_map.nodes.values():
        if question.kind is NodeKind.QUESTION and reading.counts(question):
            for answer in _answers(argument_map, question.id, read, reading):
                found += _stances_on(question.id, read.place(answer), read, said_by, signed)
    return sorted(found, key=lambda s: (s.issue, s.answer, s.speaker))


def _answers(argument_map: ArgumentMap, question: str, read: Framework, reading: Reading) -> list[str]:
    links = [k for k in argument_map.into(question, LinkKind.ANSWERS) if reading.counts(k)]
    ends = [read.members.get(source, source) for link in links for source in link.sources]
    return [end for end in dict.fromkeys(ends) if end in read.places]


def _stances_on(
    issue: str,
    answer: int,
    read: Framework,
    said_by: Mapping[int, tuple[str, ...]],
    signed: Mapping[int, list[tuple[int, int]]],
) -> Iterator[Stance]:
    said: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, sign in _bearing(answer, signed).items():
        for speaker in said_by.get(place, ()):
            said[speaker].append((place, sign))
    for speaker, places in said.items():
        score = sum(sign for _, sign in places) / len(places)
        nodes = tuple(sorted(read.names[place] for place, _ in places))
        yield Stance(issue, read.names[answer], speaker, score, nodes)


def _bearing(answer: int, signed: Mapping[int, list[tuple[int, int]]]) -> dict[int, int]:
    """Places that bear on an answer, each with the sign of its shortest way there."""
    signs, wave = {answer: 1}, [answer]
    for _ in range(_REACH):
        new: dict[int, int] = {}
        for target in wave:
            for source, sign in signed.get(target, ()):
                if source not in signs:
                    new.setdefault(source, sign * signs[target])
        signs |= new
        wave = list(new)
    return signs


def _signed(read: Framework) -> dict[int, list[tuple[int, int]]]:
    """For each element what bears on it, with 1 for support and -1 for attack; steps pass on their source."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edges, sign in ((read.reasons, 1), (read.attacks, -1)):
        for source, target in edges.T.tolist():
            if source < read.steps and target < read.steps:
                found[target].append((source, sign))
    for source, target in read.premises.T.tolist():
        if read.claims <= target < read.steps:
            found[target].append((source, 1))
    return found


def _speakers(argument_map: ArgumentMap, read: Framework) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for node in argument_map.nodes.values():
        place = read.places.get(node.id)
        if place is not None:
            found[place] |= dict.fromkeys(node.speakers)
    return {place: tuple(names) for place, names in found.items()}


def accords(argument_map: ArgumentMap, reading: Reading = DEFAULT) -> list[Accord]:
    """How far each two speakers agree who said the same or answered each other, most evidence first."""
    read = framework(argument_map, reading)
    said_by = _speakers(argument_map, read)
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for names in said_by.values():
        for one, other in combinations(sorted(names), 2):
            counts[one, other][0] += 1
    for source, target, sign in _links(read):
        for one in said_by.get(source, ()):
            for other in said_by.get(target, ()):
                if one != other:
                    counts[min(one, other), max(one, other)][sign < 0] += 1
    found = [
        Accord(one, other, (agree - oppose) / (agree + oppose), agree, oppose)
        for (one, other), (agree, oppose) in counts.items()
    ]
    return sorted(found, key=lambda a: (-a.agreeing - a.opposing, a.one, a.other))


def _links(read: Framework) -> Iterator[tuple[int, int, int]]:
    """Claim, claim and sign of every link; what bears on an inference bears on whoever gave its premises."""
    bearers = {place: read.requirements[place] for place in range(read.claims, read.steps)}
    for edges, sign in ((read.reasons, 1), (read.attacks, -1)):
        for source, target in edges.T.tolist():
            if source < read.steps and target < read.steps:
                for start in bearers.get(source, [source]):
                    for end in bearers.get(target, [target]):
                        yield start, end, sign
