# ruff: noqa: E501  (patterns read best in one piece)
"""Who takes part in a conversation, read from how people are introduced and addressed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 12
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+|Professor\s+|Senator\s+|Doctor\s+)?"
_WORD = r"[A-Z][a-zA-Z'’-]{1,24}"
_FULL = rf"{_TITLE}(?P<name>{_WORD}(?:\s+(?:(?:de|van|von|der|bin|al|O['’])\s+)?{_WORD}){{1,2}})"
_ANY_FULL = re.compile(rf"\b{_FULL}")
_SELF = re.compile(
    rf"\b(?:I['’]m|I\s+am|[Mm]y\s+name\s+is|[Mm]y\s+name['’]s|[Tt]his\s+is|I['’]m\s+your\s+host,?|[Yy]our\s+host,?)\s+{_FULL}"
)
_INTRODUCED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_FULL},?\s+(?:who\s+)?is\s+(?:a|an|the|our|my|one|also|here|with|joining|back|currently|head|chief|senior|professor|director|vice|co)\b",
        rf"\b(?:is|are|by|with|and|have|welcome|welcoming|guests?,?|today,?|here|to)\s+{_FULL},\s+(?:who|whose|a|an|the|our|author|professor|director|head|chief|senior|co-?founder|founder|partner|editor|vice|from|of|distinguished|principal|[A-Z]\w+\s+(?:at|of|on|for))\b",
        rf"\b(?:joined\s+(?:\w+\s+){{0,3}}by|join(?:ing|s)?\s+(?:me|us)\s+(?:\w+\s+){{0,4}}(?:is|are)|with\s+(?:me|us)\s+(?:\w+\s+){{0,4}}(?:is|are)|(?:my|our)\s+(?:\w+\s+){{0,2}}guests?\s*(?:\w+\s+){{0,2}}(?:is|are)|speaking\s+(?:with|to)|talking\s+(?:with|to)|sit\s+down\s+with|please\s+welcome|welcome|we\s+have)\s+{_FULL}",
    )
)
_AND_NAME = re.compile(rf"(?:,\s+(?:and\s+)?|\s+and\s+){_FULL}")
_SHOW = re.compile(r"\b(?:welcome|host|show|episode|podcast|program|series)\b", re.IGNORECASE)
_THANKED = re.compile(rf"\bfor\s+having\s+(?:me|us)(?:\s+(?:on|back|here))?,\s+(?P<name>{_WORD})\b")
_BEFORE_CALL = re.compile(
    r"(?:^|[,.?!:–—-]\s*|\b(?:um|uh|so|and|okay|maybe|guess|well|yeah|thanks|you|mean|but|hey|hi|right|hello|now|again|if)\s+)$",
    re.IGNORECASE,
)
_AFTER_CALL = re.compile(
    r"(?:['’]s\s+got|\s+has|\s+have)\s+(?:\w+\s+)?(?:views?|thoughts?|takes?|opinions?|something)\b|[,.?!]|$|[–—-]|\s+(?:maybe|I['’]ll|I['’]m|what|how|why|where|do|did|can|could|would|you|tell|welcome|to\s+push|let['’]?s?)\b"
)
_SPOKEN_TO = re.compile(
    rf"(?:^|[,.?!]\s+|\b(?:[Ss]o|[Aa]nd|[Ww]ell|[Oo]kay|[Mm]aybe|[Gg]uess)\s+)(?P<name>{_WORD}),\s+"
    r"(?:maybe\s+)?(?:I['’]ll|I['’]m\s+curious|I\s+want|what|how|why|do|did|can|could|would|are|you|tell|welcome|thank|let)\b"
)
_NEAR = 400
_OFTEN_CALLED = 2
_NOT_NAME = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Those",
        "And",
        "But",
        "So",
        "Well",
        "Yes",
        "Yeah",
        "Okay",
        "Um",
        "Uh",
        "Oh",
        "Ah",
        "Hey",
        "Hi",
        "Hello",
        "Today",
        "Now",
        "Thank",
        "Thanks",
        "Welcome",
        "What",
        "When",
        "Where",
        "Why",
        "How",
        "Who",
        "If",
        "It",
        "Its",
        "He",
        "She",
        "They",
        "We",
        "You",
        "I",
        "Im",
        "In",
        "On",
        "At",
        "For",
        "From",
        "To",
        "Of",
        "As",
        "Is",
        "Are",
        "Was",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Senior",
        "Chief",
        "Professor",
        "Director",
        "Dr",
        "Mr",
        "Mrs",
        "Ms",
        "Prof",
        "Right",
        "Sure",
        "Alright",
        "All",
        "Maybe",
        "Both",
        "Everyone",
        "Absolutely",
        "Exactly",
        "Great",
        "Good",
        "Because",
        "Also",
        "Again",
        "Like",
        "Let",
        "There",
        "Then",
        "Do",
        "Does",
        "Did",
        "Can",
        "Could",
        "Will",
        "Would",
        "University",
        "Institute",
        "College",
        "Times",
        "Podcast",
        "Show",
    ]
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a conversation; place 0 is the host.

    Args:
        names: full names; None for a host or a guest without one.
        aliases: first name or other part of a name -> place.
    """

    names: tuple[str | None, ...]
    aliases: dict[str, int]

    def mentioned(self, sentence: str) -> list[tuple[int, int, int]]:
        """(place, start, end) of every participant's name in a sentence, in order; a full name counts once."""
        found: list[tuple[int, int, int]] = []
        for match in re.finditer(_WORD, sentence):
            word = re.sub(r"['’]s?$", "", match[0])
            place = self.aliases.get(word)
            end = match.start() + len(word)
            if place is None:
                continue
            if found and found[-1][0] == place and match.start() - found[-1][2] <= 2:
                found[-1] = (place, found[-1][1], end)
            else:
                found.append((place, match.start(), end))
        return found


def cast(sentences: Sequence[str]) -> Cast:
    """The host and guests: who introduces himself beside a word of welcome, who is introduced and called out."""
    called = _called(sentences)
    host = _host(sentences)
    introduced: Counter[str] = Counter()
    for sentence in sentences:
        introduced.update(_introduced(sentence))
        introduced.update(_self_named(sentence))
    spelled_out = Counter(name for sentence in sentences for name in _full_names(sentence))
    full = [name for name in introduced if any(called[part] for part in name.split())]
    full += [name for name in spelled_out if called[name.split()[0]] >= _OFTEN_CALLED and name not in full]
    known = {part for name in [*full, host or ""] for part in name.split()}
    spoken_to = Counter(match["name"] for sentence in sentences for match in _SPOKEN_TO.finditer(sentence))
    bare = [
        word
        for word, count in spoken_to.most_common()
        if count >= _OFTEN_CALLED and word not in known | _NOT_NAME
    ]
    guests = _distinct([name for name in full + bare if name != host], host)
    return _with_aliases(host, guests[: MOST - 1] or [None])


def _host(sentences: Sequence[str]) -> str | None:
    """Who introduces himself beside "welcome", or is thanked "for having me"."""
    votes: Counter[str] = Counter()
    for place, sentence in enumerate(sentences):
        near = " ".join(part[:_NEAR] for part in sentences[max(0, place - 1) : place + 2])
        for name in _self_named(sentence):
            votes[name] += 3 if _SHOW.search(near) else 1
        thanked = _THANKED.search(sentence)
        if thanked and thanked["name"] not in _NOT_NAME:
            votes[thanked["name"]] += 1
    best = votes.most_common(1)
    return best[0][0] if best else None


def _clean(name: str) -> str | None:
    """A name with single spaces, or None where a word of it cannot be part of a name."""
    parts = [re.sub(r"['’]s$", "", part) for part in name.split()]
    if _NOT_NAME & set(parts) or len(parts) < 2:
        return None
    return " ".join(parts)


def _full_names(sentence: str) -> Iterator[str]:
    for match in _ANY_FULL.finditer(sentence):
        name = _clean(match["name"])
        if name:
            yield name


def _self_named(sentence: str) -> Iterator[str]:
    for match in _SELF.finditer(sentence):
        name = _clean(match["name"])
        if name:
            yield name


def introduces(sentence: str) -> bool:
    """Does this sentence introduce somebody by full name?"""
    return next(_introduced(sentence), None) is not None


def _introduced(sentence: str) -> Iterator[str]:
    """Full names in the forms that introduce a guest, and those that follow by "and"."""
    for pattern in _INTRODUCED:
        for match in pattern.finditer(sentence):
            name = _clean(match["name"])
            if name is None:
                continue
            yield name
            after = _AND_NAME.match(sentence, match.end("name"))
            while after:
                other = _clean(after["name"])
                if other:
                    yield other
                after = _AND_NAME.match(sentence, after.end())


def is_vocative(sentence: str, start: int, end: int) -> bool:
    """Is the name at these places called out ("Kate, what ..."), not talked about ("I agree with Kate")?"""
    before, after = sentence[max(0, start - 24) : start], sentence[end : end + 24]
    return _BEFORE_CALL.search(before) is not None and _AFTER_CALL.match(after) is not None


def _called(sentences: Sequence[str]) -> Counter[str]:
    """How often each capitalised word is called out."""
    called: Counter[str] = Counter()
    for sentence in sentences:
        for match in re.finditer(rf"\b{_WORD}\b", sentence):
            if match[0] not in _NOT_NAME and is_vocative(sentence, match.start(), match.end()):
                called[match[0]] += 1
    return called


def _distinct(names: list[str], host: str | None) -> list[str]:
    """Names without those that are part of another one."""
    kept: list[str] = []
    for name in names:
        others = [*kept, *([host] if host else [])]
        if not any(set(name.split()) <= set(other.split()) for other in others):
            kept.append(name)
    return kept


def _with_aliases(host: str | None, guests: Sequence[str | None]) -> Cast:
    """Every part of a name that no two people share is an alias."""
    names = (host, *guests)
    count = Counter(part for name in names if name for part in set(name.split()))
    aliases = {
        part: place
        for place, name in enumerate(names)
        if name
        for part in name.split()
        if count[part] == 1 and len(part) > 2
    }
    return Cast(names, aliases)
