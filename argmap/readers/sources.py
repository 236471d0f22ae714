# ruff: noqa: E501  (patterns read best in one piece)
"""Attributions in notes: whose words follow "X posted at ...:", "From <url>:", "Per X (talk, my notes):"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from argmap.model.document import Span
from argmap.readers.credits import URL, credit, host, without_places
from argmap.readers.names import PART, TITLE, owner
from argmap.readers.turns import sentences

_TOKEN = rf"(?:{TITLE}|St\.|(?:[A-Z]\.){{1,3}}|[A-Z][\w'’-]{{0,30}})"
_NAME = rf"{_TOKEN}(?: (?:{_TOKEN}|de|van|von|der)){{0,3}}"
# "Ines Okafor (@ines) posted at 7:02 PM on Thu, Mar 13:", "Mrs Lee said:", "Ada Horn (@ada) on Monday:".
_POSTED = re.compile(
    rf"(?P<name>{_NAME})(?:(?: ?\(@?\w{{1,40}}\))? (?:posted|wrote|writes|tweeted|said|says|commented|replied|argues?|argued)| ?\(@\w{{1,40}}\)(?=,? (?:on|at) ))"
    r"(?P<when>[^:\n]{0,60}(?:(?<=\d):\d\d[^:\n]{0,60})?):(?!//|\d\d\b)"
)
# "From a podcast with Ada Horn, " before an address, and ", worth reading:" behind it.
_FROM = re.compile(
    r"\b(?:From|(?<=, )from|Via|Per|According to|Quoting|Source:?|Quote from|Compare(?: with| to)?|Counterpoint in) (?P<what>[^\n.!?]{0,120})$"
)
_AFTER_URL = re.compile(r"(?P<remark>[^:\n.!?]{0,120}):(?=\s|$)")
_URL_DATE = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_HEDGE = re.compile(r"[,;]? ?\b(?:I think|maybe|probably|perhaps)\b,?\s*$|[\s,;:–—(-]+$", re.IGNORECASE)
_COLON = re.compile(r":(?=[ \t\n]|[\"“])|(?<=\)):(?=[A-Z])")
_BEFORE_ANY = re.compile(r"(?:From|Per|Via|Answer|According to)\b")
_LONGEST = 200
# "Nadine:" at the beginning of a sentence, and words written as names and as others are.
_LABEL = re.compile(r"(?:^|[.!?…\n)\"”] ?)([A-Z][a-zà-ÿ]{2,20})(?=:[ \t\n])")
_SINGLE = re.compile(r"\b[A-Z][a-zà-ÿ]{2,20}\b")
_SMALL = re.compile(r"\b[a-z][a-zà-ÿ]{2,20}\b")
_INITIALS = re.compile(r"((?:[A-Z]\.){2,3})(?= |$)")
# What shows that a sentence with a colon introduces words: "From ...", "(@ann)", "... in her talk", "... replies".
_SAID = re.compile(
    r"(?:^(?:from|per|via|according to|q from|answer)\b|\(@\w+\)|\b(?:talk|lecture|panel|podcast|slides|transcript\w*|hearing|inquiry|evidence of|"
    r"interview\w*|phone|call|judgment|statement|tel|essay|section|commenter|reply|replies|answers?|objections?|questions?|response|counterpoint|"
    r"again|back to|comment\w*|newsletter|blog|paraphras\w+|verbatim|notes|says|said|by phone|zoom)\b)",
    re.IGNORECASE,
)
# "Dr. Ilse Maarten" (a title that ends with a stop is dropped), "Horn & Lee", "Ada van Horn", "H. Lindqvist", "R.".
_PERSON = re.compile(
    rf"\b(?:Dr|Prof|Mr|Mrs|Ms|Rep|Sen)\. (?P<titled>{PART}(?: {PART}){{0,2}})|"
    rf"\b(?:{PART} (?:(?:&|and) {PART}|et al\b\.?)|{PART}(?: (?:de|van|von|der|al))?(?: [A-Z][\w'’.-]{{0,30}}){{1,3}}|[A-Z]\. ?{PART}|[A-Z]\.)(?!\w)"
)
_SAME = re.compile(
    r"\b(?:her|his|their|the author(?:['’]s)?|answer|she|he|again|same|above)\b", re.IGNORECASE
)
# "Per a nurse on the ward, ...", "Another voice, the pilot: ...".
_ROLE = re.compile(
    r"(?:from|per|via|q from|reply, from|another voice,) (?P<role>(?:the|a|an|my) [^,(:;]{2,60})",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"\b[\w-]{3,40}")
# Words before a name that begin with a capital too: "From Ada Horn", "But, Compare Lee".
_LEADS = re.compile(
    r"^(?:(?:From|Per|Via|Compare|Contra|And|Then|But|Last one|Client|Counterpoint|Another voice|Back to|On this),? )+"
)


@dataclass(frozen=True, slots=True)
class Source:
    """An attribution: its own characters, and whose words follow it.

    Args:
        brief: these words end with their sentence, which goes on from the attribution.
    """

    span: Span
    speaker: str | None
    url: str | None = None
    date: str | None = None
    brief: bool = False


def sources(text: str) -> list[Source]:
    """All attributions in order; those that overlap an earlier one are dropped. Cost: linear."""
    named = [_posted(match) for match in _POSTED.finditer(text)]
    linked = [source for match in URL.finditer(text) if (source := _from(text, match))]
    kept = _apart(named + linked)
    return _apart([*kept, *_introductions(text, kept)])


def _person(words: str) -> str | None:
    found = _PERSON.search(words)
    if found is None:
        return None
    titled = found["titled"]
    name = titled if titled and " " in titled else found[0]
    return owner(name)


def _apart(found: list[Source]) -> list[Source]:
    kept: list[Source] = []
    for source in sorted(found, key=lambda source: source.span):
        if not kept or source.span.start >= kept[-1].span.end:
            kept.append(source)
    return kept


def _posted(match: re.Match[str]) -> Source:
    date = re.sub(r"^(?:at|on|in) ", "", match["when"].strip()).strip(" ,")
    name = _LEADS.sub("", match["name"])
    has_digit = any(character.isdigit() for character in date)
    return Source(
        Span(match.start(), match.end()),
        _person(name) or name,
        date=date if has_digit else None,
    )


def _from(text: str, url: re.Match[str]) -> Source | None:
    """The attribution around a url: "From a recent podcast, I think <url>:", "From <url>, a remark:"."""
    address = url[0].rstrip(".,;:")
    end = url.start() + len(address)
    before = _FROM.search(text[max(0, url.start() - 160) : url.start()])
    after = _AFTER_URL.match(text, end, end + 130)
    if before is None or after is None:
        return None
    start = url.start() - len(before[0])
    name = _HEDGE.sub("", _HEDGE.sub("", before["what"].strip())).strip()
    return Source(
        Span(start, after.end()),
        credit(name) or _person(name) or name or _person(after["remark"]) or host(address),
        address,
        url_date(address),
    )


def url_date(address: str) -> str | None:
    """A date in an address, or None."""
    match = _URL_DATE.search(address)
    return match[0] if match else None


def _introductions(text: str, known: list[Source]) -> Iterator[Source]:
    """ "From a talk by X:", "X, lecture at Y, my notes:", "And her answer to that:", "X: “", "W.M. replies:"."""
    surnames = {_last_name(source.speaker): source.speaker for source in known if source.speaker}
    last: str | None = None
    coming = iter([*known, Source(Span(len(text), len(text)), None)])
    following = next(coming)
    recurring = _recurring(text)
    for colon in _COLON.finditer(text):
        while following.span.end <= colon.start():
            last, following = following.speaker, next(coming)
        intro = _introduction(text, colon.start())
        words = text[intro.start : intro.end]
        after = text[colon.end() : colon.end() + 3].lstrip()[:1]
        label = surnames.get(words, words) if words in recurring else _initialled(words, surnames)
        if not (
            label or after.isupper() or after in {'"', "“", "("} or _BEFORE_ANY.match(words) or credit(words)
        ):
            continue
        speaker = label or _speaker(words, surnames, last, quoted=after in {'"', "“"})
        if speaker and intro.end <= following.span.start:
            last = speaker
            surnames.setdefault(_last_name(speaker), speaker)
            brief = after.islower() and "’s " not in words and "'s " not in words
            yield Source(Span(intro.start, colon.end()), speaker, brief=brief)


def _recurring(text: str) -> set[str]:
    """Names that stand alone before a colon and somewhere else too, and that are no words: "Nadine: ..."."""
    labels = set(_LABEL.findall(text))
    if not labels:
        return labels
    small = set(_SMALL.findall(text))
    count = Counter(_SINGLE.findall(text))
    return {name for name in labels if count[name] > 1 and name.lower() not in small}


def _initialled(words: str, surnames: dict[str, str]) -> str | None:
    """The known speaker whose initials begin these words: "W.M. replies"."""
    found = _INITIALS.match(words)
    if found is None:
        return None
    return next(
        (name for name in surnames.values() if re.sub(r"(\w)\w*[ -]?", r"\1.", name) == found[1]), None
    )


def _last_name(speaker: str) -> str:
    """What a source is called later: a person's last name, a site's name without its domain."""
    last = speaker.rsplit(maxsplit=1)[-1]
    return last.partition(".")[0] if "." in last[:-1] else last


def _introduction(text: str, colon: int) -> Span:
    """The sentence that ends at a colon; one that begins in lower case or brackets goes on from before."""
    start = max(text.rfind("\n", max(0, colon - _LONGEST), colon) + 1, colon - _LONGEST, 0)
    parts = sentences(text, start, colon)
    while len(parts) > 1 and not text[parts[-1].start].isupper():
        parts[-2:] = [Span(parts[-2].start, parts[-1].end)]
    return parts[-1] if parts else Span(colon, colon)


def _speaker(words: str, surnames: dict[str, str], last: str | None, *, quoted: bool) -> str | None:
    """Whom an introduction names; None where it introduces nobody's words."""
    if not (_SAID.search(words) or quoted):
        return None
    person = credit(words) or _person(_LEADS.sub("", without_places(words)))
    if person:
        return surnames.get(person.split()[-1], person)
    known = [surnames[name] for name in _SURNAME.findall(words) if name in surnames]
    if known:
        return known[0]
    if _SAME.search(words) and len(words) < 80:
        return last
    role = _ROLE.search(words)
    return role["role"].strip() if role else None
