# ruff: noqa: E501  (patterns read best in one piece)
"""Reviews of products and services: a rating heads each, among lines that say who rates and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from argmap.model.document import Span
from argmap.readers.bylines import Mark
from argmap.readers.dates import DATE
from argmap.readers.headers import Heading, date_line, heading
from argmap.readers.names import name
from argmap.readers.turns import apart

_STARS = r"(?:[★☆⭐✩✭🌟●○]\ufe0f? ?)"
_SCORE = r"(?:10|\d)(?:[.,]\d)? ?(?:out of|/) ?(?:10|5|ten|five)\b"
_LABEL = r"(?:overall |my )?(?:rating|rated|score|stars):? "
# "3/5" alone may be a day in May: it counts where it is the whole line.
_RATING = re.compile(
    rf"{_LABEL}{_SCORE}(?: stars?)?|(?:{_LABEL})?(?:{_STARS}{{2,10}}|{_SCORE} stars?|[1-5](?:[.,]\d)?[ -]stars?(?= ?(?:[|·•:,.!(—–-]|$))|{_SCORE}$|\d(?:[.,]\d)? out of (?:5|10)(?= ?[|·•:(—–-]))",
    re.IGNORECASE,
)
_RATED_LAST = re.compile(
    rf"(?P<before>[^\n★☆⭐●○]{{2,80}}?)[ |·•:,(—–-]{{1,4}}(?:{_STARS}{{3,10}}|{_SCORE}(?: stars?)?)\)?(?:[ |·•:,—–-]{{1,4}}(?P<after>[^\n]{{2,40}}))?",
    re.IGNORECASE,
)
_RATES = re.compile(r"[★☆⭐✩✭🌟●○]|\d ?(?:/|out of) ?(?:10|5|ten|five)", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")
_NAME = r"[^\W_][\w.'’@-]{0,30}(?: (?!(?:in|from|on) |\d)[\w.'’&-]{1,30}){0,3}"
_BY = re.compile(
    rf"(?:(?:verified )?(?:review(?:ed)?|written|posted|submitted) )?by:? (?P<name>{_NAME})(?P<rest>(?:,| (?=\d)| (?:in|from|on)\b| ?[|·•(—–-])[^\n]{{0,80}})?",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?P<name>{_NAME})(?: (?:in|from) [A-Z][^\n,|·•]{{1,40}})?(?: ?[,|·•—–-] ?[A-Z][^\n,|·•]{{1,30}}){{0,2}} ?[,|·•(—–-] ?(?P<date>(?i:{DATE}))\)?"
)
_WHEN = re.compile(
    rf"(?:reviewed|visited|stayed|purchased|ordered|review)(?: (?:in|at|from) [^\n]{{2,60}}?)?(?: in|:)? (?P<date>{DATE})",
    re.IGNORECASE,
)
_OWNER = re.compile(
    rf"(?:response|reply|answer|comment) from:? (?:the )?(?P<name>[^\n,|·(]{{2,40}}?)(?:[ ,|·(]{{1,3}}(?P<date>{DATE})\)?)?:?",
    re.IGNORECASE,
)
_ALONE = re.compile(_NAME)
_DATE = re.compile(DATE, re.IGNORECASE)
_SIGNS = " \t|·•:,()—–-"
_INITIAL = re.compile(r"\b[A-Z]\.$")
_ENDS = (".", "!", "?", ",", ";", ":", "…")
_LONGEST, _SHORT = 120, 60
_ABOVE, _BELOW = 4, 3
_NOBODY = Heading(None)


@dataclass(frozen=True, slots=True)
class _Review:
    """The head of a review.

    Args:
        place: of the line with the rating; ``top`` of the line above it that may be a name.
        above: who rates by that line; ``told`` what the line of the rating and those below it say.
        end: where the head ends.
    """

    place: int
    top: int
    above: Heading
    told: Heading
    end: int


def marks(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Start of each head -> who rates below it, nobody where most are not named; none for other texts. Cost: linear.

    Args:
        own: the text's lines without those of the site (see `furniture.own_lines`).
    """
    shown = [
        text[span.start : span.end] if len(span) <= _LONGEST else text[span.start : span.start + _LONGEST]
        for span in own
    ]
    found = [review for place in range(len(own)) if (review := _review(text, own, shown, place))]
    above = 2 * sum(review.above.name is not None for review in found) > len(found)
    if not above:
        found = [replace(review, top=review.place, above=_NOBODY) for review in found]
    heads = {own[review.top].start: Mark(_rater(review), review.end) for review in found}
    named = 2 * sum(mark.heading.name is not None for mark in heads.values()) >= len(found)
    if len(found) < 2 or (not named and any(map(heading, shown))):
        return {}
    if not named:
        return {start: Mark(Heading(None, level=0), mark.end) for start, mark in heads.items()}
    return {**heads, **dict(_owners(own, shown, heads))}


def _rater(review: _Review) -> Heading:
    above, told = review.above, review.told
    return Heading(told.name or above.name, told.date or above.date, level=0)


def _review(text: str, own: Sequence[Span], shown: Sequence[str], place: int) -> _Review | None:
    """The head whose rating stands in this line, or None."""
    rated = _rated(shown[place])
    if rated is None:
        return None
    told, end = rated[0], own[place].start + rated[1]
    for below in range(place + 1, min(len(own), place + 1 + _BELOW)):
        if len(own[below]) > _LONGEST or _RATING.match(shown[below]):
            break
        more = _told(shown[below])
        if more:
            told, end = Heading(told.name or more.name, told.date or more.date), own[below].end
        elif len(shown[below]) > _SHORT or shown[below].endswith("."):
            break  # what is said begins
    top, above = _above(text, own, shown, place)
    return _Review(place, top, above, told, end)


def _rated(line: str) -> tuple[Heading, int] | None:
    """Who rates by a line with a rating, and where that ends: behind the rating where a title follows."""
    first = _RATING.match(line)
    last = _RATED_LAST.fullmatch(line) if not first and _RATES.search(line) else None
    if first:
        told = _told(line[first.end() :].strip(_SIGNS))
        return told or _NOBODY, len(line) if told else first.end()
    if last is None:
        return None
    person = name(last["before"])
    told = Heading(person) if person else _told(last["before"].strip(_SIGNS))
    dated = date_line(last["after"] or "")
    if told is None or (last["after"] and dated is None):
        return None
    return replace(told, date=dated.date if dated else told.date), len(line)


def _told(line: str) -> Heading | None:
    """ "Reviewed by Ada in Leeds on 2 May 2026", "Ada, Leeds, 2 May", "Reviewed in Canada on 2 May", "2 months ago"."""
    by = _BY.fullmatch(line)
    if by:
        date = _DATE.search(by["rest"] or "")
        return Heading(by["name"], date[0].removeprefix("on ") if date else None)
    dated = _DATED.fullmatch(line) or _WHEN.fullmatch(line)
    if dated:
        return Heading(dated.groupdict().get("name"), dated["date"].removeprefix("on "))
    return date_line(line) or (heading(line) if " a review" in line else None)


def _above(text: str, own: Sequence[Span], shown: Sequence[str], place: int) -> tuple[int, Heading]:
    """The first of the short lines above a rating, and whom it names; without blank lines the nearest of them."""
    top, date, parted = place, None, "\n\n" in text
    while top > 0 and place - top < _ABOVE and _is_short(shown[top - 1]):
        if parted and top < place and apart(text, own[top - 1], own[top]):
            break
        top -= 1
        dated = date_line(shown[top])
        date = dated.date if dated else date
        if not (parted or dated or _COUNTRY.fullmatch(shown[top])):
            break
    if top == place or (parted and top and not apart(text, own[top - 1], own[top])):
        return place, _NOBODY
    told = _told(shown[top]) or (Heading(shown[top]) if _ALONE.fullmatch(shown[top]) else _NOBODY)
    return (top, replace(told, date=told.date or date)) if told.name else (place, _NOBODY)


def _is_short(line: str) -> bool:
    ends = line.endswith(_ENDS) and not _INITIAL.search(line)
    return len(line) <= _SHORT and not ends and _RATING.match(line) is None


def _owners(own: Sequence[Span], shown: Sequence[str], heads: dict[int, Mark]) -> Iterator[tuple[int, Mark]]:
    """ "Response from the owner 2 weeks ago": answers to the review above."""
    rater: str | None = None
    for place, span in enumerate(own):
        rater = heads[span.start].heading.name if span.start in heads else rater
        match = _OWNER.fullmatch(shown[place]) if rater else None
        if match:
            below = shown[place + 1] if place + 1 < len(own) and not match["date"] else ""
            dated = date_line(below)
            date = match["date"] or (dated.date if dated else None)
            yield (
                span.start,
                Mark(Heading(match["name"], date, whom=rater), own[place + (dated is not None)].end),
            )
