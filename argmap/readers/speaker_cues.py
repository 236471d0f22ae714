# ruff: noqa: E501  (patterns read best in one piece)
"""What each sentence of a conversation says about who speaks it, and about a change of speaker before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import log

from argmap.readers.participants import Cast, introduces, is_vocative

_Pattern = re.Pattern[str]


def _rules(*pairs: tuple[str, float]) -> tuple[tuple[_Pattern, float], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in pairs)


# Formulae of whoever leads the conversation, and of those who answer.
_HOST = _rules(
    (
        r"\b(?:turn|toss|kick|throw|hand|pass|bring|go|come|get)\s+(?:it|this|that|things)?\s*(?:back\s+|over\s+)?(?:over\s+)?to\s+you\b",
        4,
    ),
    (
        r"\b(?:welcome\s+(?:back\s+)?to|welcome\s+to\s+the\s+show|on\s+the\s+show|this\s+(?:week|episode)|today['’]s\s+(?:episode|show|guest))\b",
        2,
    ),
    (
        r"\b(?:thanks|thank\s+you)\s+(?:so\s+much\s+)?for\s+(?:joining|listening|tuning|watching|being|coming)\b",
        4,
    ),
    (
        r"\b(?:listeners|panel(?:ists?)?|our\s+(?:next|last|first|second|third|final)\s+(?:topic|question|story|segment)|next\s+topic|apple\s+podcasts)\b",
        3,
    ),
    (
        r"\b(?:move|moving)\s+(?:us\s+)?on\b|\b(?:want(?:ed)?\s+to|i['’]?ll|let['’]s)\s+(?:kind\s+of\s+|just\s+|really\s+|quickly\s+)*(?:start|touch|focus|move|ask|talk\s+about|turn|switch|wrap|close|bring)\b",
        2,
    ),
    (
        r"\b(?:i['’]m|i\s+am|kind\s+of|i\s+was)\s+(?:kind\s+of\s+|also\s+|just\s+)*(?:curious|wondering)\b|\bcurious\s+(?:if|about|how|what)\b",
        2.5,
    ),
    (
        r"\b(?:what|how)(?:['’]s|\s+is|\s+are|\s+do|\s+did|\s+would|\s+about)?\s+(?:you|your)\b|\bdo\s+you\s+(?:think|feel|see|agree|worry|believe)\b|\btell\s+us\b|\bwhat\s+do\s+you\b|\bwalk\s+(?:us|me)\s+through\b",
        1.5,
    ),
    (r"\b(?:the|my|last|final|a)\s+question\b|\bask\s+you\b|\bi\s+guess\b", 1),
    (
        r"\b(?:next\s+(?:week|time|month)|until\s+then|good\s*bye|see\s+you|all\s+we\s+have\s+time|out\s+of\s+time)\b",
        3,
    ),
    (
        r"\byou\s+(?:said|mentioned|told|wrote|argued|didn['’]t|did|once|were|work|have\s+(?:said|written|argued))\b",
        1,
    ),
    (r"(?<!right)(?<!know)\?$", 0.7),
)
_GUEST = _rules(
    (
        r"\b(?:thanks|thank\s+you|glad|happy|great|pleasure)\b.{0,20}\b(?:having\s+(?:me|us)|to\s+be\s+here)\b",
        5,
    ),
    (r"^(?:uh,?\s+|um,?\s+)?(?:yes|no|absolutely|definitely|correct|sure)\b", 0.7),
    (
        r"\b(?:i['’]ll\s+second|i\s+agree\s+with|building\s+on\s+(?:that|what)|to\s+add\s+to|i['’]d\s+add|(?:great|good)\s+question|to\s+your\s+(?:point|question)|as\s+you\s+(?:said|mentioned))\b",
        2,
    ),
    (
        r"\b(?:our|my)\s+(?:colleagues?|team|lab|research|company|work|book|paper|clients?|students?|customers?|patients?)\b|\bi\s+work\s+(?:with|on|in)\b|\bwe['’](?:ve|re)\s+(?:built|found|seeing|seen|working)\b",
        1,
    ),
    (r"\bi\s+(?:think|feel|would\s+say|['’]d\s+say)\b", 0.3),
)
_QUESTION_TO_YOU = re.compile(
    r"\b(?:do|did|are|were|would|will|have|can|could|should|what|how|why|if|like)\s+(?:\w+\s+){0,2}(?:you|your|the\s+panel)\b"
    r"(?!\s+know\b)[^?]{0,300}\?$|\b(?:anyone|anybody|for\s+you|your\s+(?:take|view|thoughts?|sense|reaction))\b[^?]{0,200}\?$",
    re.IGNORECASE,
)
_OPENS = _rules(
    (r"(?:um,?\s+|uh,?\s+|oh,?\s+)?(?:yeah|yep|yes|sure|exactly|agreed|of\s+course)\b", 3),
    (r"(?:um,?\s+|uh,?\s+|oh,?\s+)?(?:no|nope|absolutely|definitely|correct|certainly|indeed)\b", 1.5),
    (
        r"(?:that['’]?s|this\s+is|what)\s+(?:a\s+|an\s+|such\s+a\s+|absolutely\s+|really\s+|very\s+|so\s+)*(?:great|good|true|right|interesting|fascinating|wonderful|fair|excellent)\b",
        2,
    ),
    (
        r"(?:great|thanks|thank\s+you|okay|all\s+right|alright|well|right|wow|interesting|fascinating|perfect|got\s+it|excellent)\b",
        1,
    ),
    (
        r"(?:um,?\s+|uh,?\s+|so,?\s+)?(?:i\s+mean,\s+)?i\s+(?:think|feel|agree|disagree|would|guess|don['’]t)\b|i\s+mean\b",
        0.8,
    ),
    (
        r"i\s+(?:also|actually)\b|(?:and\s+|so\s+)?(?:i['’]ll\s+second|i['’]d\s+(?:add|echo)|building\s+on|(?:just\s+)?(?:to|gonna|going\s+to|want\s+to)\s+add|to\s+\w+['’]s\s+(?:\w+\s+)?point|one\s+more|again,|although)\b",
        2,
    ),
    (
        r"(?:so,?\s+)?(?:um,?\s+|uh,?\s+)?(?:for\s+our\s+next|let['’]s|how\s+about|the\s+other|moving\s+on)\b",
        1.5,
    ),
    (r"(?:um,?\s+|uh,?\s+)?(?:and|but|it|they|he|she|also)\b", -1),
    (r"(?:um,?\s+|uh,?\s+)?(?:because|which|or|then|like)\b", -2),
)
_INTERRUPTS = re.compile(r"[a-z]")
_INTERRUPTED = 1.0
_ANNOUNCES = re.compile(
    r"\b(?:(?:next|first|second|third|fourth|last|final|another|other|new)\s+(?:topic|story|segment|question|announcement)|"
    r"mov(?:e|ing)\s+(?:us\s+)?on|move\s+us|switch\s+gears|today['’]s\s+(?:show|episode|topic))\b",
    re.IGNORECASE,
)
_ANNOUNCED = -2.0
_ACKNOWLEDGES = re.compile(
    r"(?:(?:oh|um|uh|well|and|so),?\s+)?(?:yeah|that['’]?s\s+(?:a\s+)?(?:so\s+|really\s+|very\s+|super\s+)?(?:great|good|right|interesting|fascinating)|"
    r"great|all\s+right|okay|right|wow|interesting|for\s+sure|got\s+it|perfect|wonderful|fair\s+enough|brilliant|lovely)\b(?P<short>[\w,\s'’]{0,14}[.!]$)?",
    re.IGNORECASE,
)
_REACTED = 1.0
_ACKNOWLEDGED = 2.0
_BASE_CHANGE = -2.5
_AFTER_QUESTION = 2.0
_AFTER_QUESTION_TO_YOU = 2.5
_AFTER_CALL = 1.0
_AFTER_BACK_CHANNEL = 1.5
_BACK_CHANNEL_WORDS = 4
_PARAGRAPH = (3.0, -6.0)
_CALLED = (3.0, -6.0, -1.0)
_TALKED_ABOUT = -2.5
_OWN_NAME = 8.0
_ASKS = 1.5
_PLAIN = -0.5
_OPENING = 2.0
_INTRODUCES = 2.0
_FLOOR = (20.0, 8.0)
_SAME_AGAIN = 0.01


@dataclass(frozen=True, slots=True)
class Evidence:
    """Scores, as logarithms of odds, for ``n`` sentences and ``k`` people (0 is the host).

    Args:
        says: (n, k), for each person as the speaker of each sentence.
        change: (n,), for a change of speaker just before each sentence.
        enter: (n, k), for each guest taking over there, given a change to a guest.
        calls: (n,), 1 where a sentence calls other guests than those called last, a little more than 0 where
            it calls the same ones again, 0 where it calls nobody.
    """

    says: list[list[float]]
    change: list[float]
    enter: list[list[float]]
    calls: list[float]

    def plus(self, more: list[list[float]]) -> Evidence:
        """This evidence with other scores (n, k) for the speakers added."""
        pairs = zip(self.says, more, strict=True)
        return replace(self, says=[[one + two for one, two in zip(*rows, strict=True)] for rows in pairs])


def evidence(sentences: Sequence[str], people: Cast, starts: Collection[int] = ()) -> Evidence:
    """All cues of a conversation.

    Args:
        starts: sentences that begin a paragraph, where the text has any.
    """
    says, change, enter, calls = [], [], [], []
    floor: list[int] = []
    for place, sentence in enumerate(sentences):
        before = sentences[place - 1] if place else ""
        change.append(_change(before, sentence, people) + (_PARAGRAPH[place not in starts] if starts else 0))
        enter.append(_enter(floor, len(people.names)))
        called = _called(sentence, people)
        says.append(_says(sentence, people, called))
        says[-1][0] += _in_context(before, sentence)
        guests = [person for person in called if person]
        calls.append(_calls(sentence, guests, floor))
        floor = guests or floor
    return Evidence(says, change, enter, calls)


def _calls(sentence: str, guests: list[int], floor: list[int]) -> float:
    """Does the sentence call somebody to speak? 1: another guest than before; a little: the same one again."""
    if guests:
        return _SAME_AGAIN if set(guests) <= set(floor) else 1.0
    return _SAME_AGAIN if _QUESTION_TO_YOU.search(sentence) else 0.0


def _in_context(before: str, sentence: str) -> float:
    """How much more the host than a guest: he opens, and says "Yeah, for sure" when nothing was asked."""
    if not before:
        return _OPENING
    acknowledges = _ACKNOWLEDGES.match(sentence)
    if acknowledges is None or before.endswith("?"):
        return 0.0
    return _ACKNOWLEDGED if acknowledges["short"] else _REACTED


def _called(sentence: str, people: Cast) -> list[int]:
    """The people called out in a sentence, each once, in order."""
    mentions = people.mentioned(sentence)
    called = [place for place, start, end in mentions if is_vocative(sentence, start, end)]
    return list(dict.fromkeys(called))


def _says(sentence: str, people: Cast, called: list[int]) -> list[float]:
    """For each person, how well the sentence fits him or her as its speaker."""
    scores = [0.0] * len(people.names)
    leads = _sum(_HOST, sentence) + (_ASKS if _QUESTION_TO_YOU.search(sentence) else 0)
    scores[0] += (leads or _PLAIN) - _sum(_GUEST, sentence)
    for place, start, _ in people.mentioned(sentence):
        if re.search(
            r"\b(?:I['’]m|I am|my name is)\s+$", sentence[max(0, start - 12) : start], re.IGNORECASE
        ):
            scores[place] += _OWN_NAME
        elif place not in called:
            scores[place] += _TALKED_ABOUT
    for place in called:
        scores[place] += _CALLED[1]
    if any(called):
        scores[0] += _CALLED[0]
    if introduces(sentence):
        scores[0] += _INTRODUCES
    return scores


def _sum(rules: tuple[tuple[_Pattern, float], ...], sentence: str) -> float:
    return sum(weight for pattern, weight in rules if pattern.search(sentence))


def _change(before: str, sentence: str, people: Cast) -> float:
    """How much speaks for a change of speaker between two sentences."""
    score = _BASE_CHANGE + sum(weight for pattern, weight in _OPENS if pattern.match(sentence))
    if before.endswith("?"):
        score += _AFTER_QUESTION_TO_YOU if _QUESTION_TO_YOU.search(before) else _AFTER_QUESTION
    if _called(before, people):
        score += _AFTER_CALL
    if _INTERRUPTS.match(sentence) and before:
        score += _INTERRUPTED
    if _ANNOUNCES.search(before):
        score += _ANNOUNCED
    if len(before.split(None, _BACK_CHANNEL_WORDS)) <= _BACK_CHANNEL_WORDS:
        score += _AFTER_BACK_CHANNEL
    return score


def _enter(floor: list[int], count: int) -> list[float]:
    """Logarithms of how likely each guest is the next guest to speak, those called out last first; 0 for the host."""
    weights = [1.0] * count
    for order, person in enumerate(floor):
        weights[person] = _FLOOR[0] if order == 0 else _FLOOR[1]
    total = sum(weights[1:])
    return [0.0, *(log(weight / total) for weight in weights[1:])]
