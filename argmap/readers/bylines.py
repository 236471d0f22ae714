"""Names that only recurrence tells: a name alone on its line, "ann: words", "-- Ann"; numbered comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from argmap.model.document import Span
from argmap.readers.headers import Heading, is_date
from argmap.readers.labelled import handles, labels
from argmap.readers.quoting import quoted_line
from argmap.readers.turns import lines

_ALONE = re.compile(
    r"[*_\[<]{0,3}(?:/?u/|@)?(?P<name>[^\W_][\w.'’&-]{0,30}(?: [\w.'’&()-]{1,30}){0,3}?)"
    r"(?: ?[✓✔☑⭐]️?)?(?: (?:wrote|writes|said|says))?:?[*_\]>]{0,3}:?"
)
_SIGNED = re.compile(
    r"(?:--|[–—]) ?(?:u/|@)?(?P<name>[^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,3})(?P<more>, [^\n]{1,60}|)"
)
_NUMBERED = re.compile(
    r"(?:Comment |No\. ?)?[#(\[]?(?P<number>\d{1,5})[.):\]]{1,2}(?:[ \t]{1,4}|$)", re.IGNORECASE
)
_LONGEST = 44
_OFTEN = 0.4
_DETAILS = 3
_SENTENCE_ENDS = ("!", "?", ",", ";", "…")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading that ends at ``end``, or a signature of the words above it."""

    heading: Heading
    end: int
    signs: bool = False


def marks(text: str) -> Mapping[int, Mark]:
    """Start of a line -> what recurrence makes of its beginning. Cost: linear.

    The first way that the text as a whole bears out is the one that counts.
    """
    for find in (_names_alone, _handles, _signatures, _numbers):
        found = find(text)
        if found:
            return found
    return {}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a name above a post.

    Args:
        span: of the name and the lines with date and role below it.
        above: words stand right below it.
        source: it may be that of a quotation below it.
    """

    span: Span
    name: str
    above: bool
    source: bool
    date: str | None


def _names_alone(text: str) -> dict[int, Mark]:
    """Lines that hold a name alone above the words of a post, if the names recur.

    Blank lines tell posts apart in most texts: there a name is the first line of its paragraph.
    """
    found = list(_lines_of_names(text))
    if all(line.source for line in found):
        return {}
    count = Counter(line.name.casefold() for line in found)
    recurring = [line for line in found if line.date or count[line.name.casefold()] > 1]
    if len(recurring) < max(2, _OFTEN * len(found)) or len(count) < 2:
        return {}
    above = sum(line.above for line in recurring) * 2 > len(recurring)
    kept = [line for line in found if line.above == above or count[line.name.casefold()] > 1]
    return {line.span.start: Mark(Heading(line.name, line.date), line.span.end) for line in kept}


def _lines_of_names(text: str) -> Iterator[_Line]:
    every = list(lines(text))
    parted = "\n\n" in text
    for place, span in enumerate(every[:-1]):
        words = text[span.start : span.end] if len(span) <= _LONGEST else ""
        match = _ALONE.fullmatch(words)
        gap = text.count("\n", every[place - 1].end, span.start) if place else 2
        if match is None or (parted and gap < 2) or words.endswith(_SENTENCE_ENDS):
            continue
        date, details = _details(text, every[place + 1 : place + 1 + _DETAILS])
        last = every[place + details]
        below = every[place + details + 1] if place + details + 1 < len(every) else None
        if below and (date or not _is_name(text, below)):
            near = text.count("\n", last.end, below.start) == 1
            source = words[-1] == ":" and quoted_line(text, below) is not None
            yield _Line(Span(span.start, last.end), match["name"], near, source, date)


def _details(text: str, below: list[Span]) -> tuple[str | None, int]:
    """The date on a line of its own below a name, and how many lines it ends behind; none without a date."""
    for place, span in enumerate(below):
        words = text[span.start : span.end] if len(span) <= _LONGEST else ""
        if is_date(words):
            return words, place + 1
    return None, 0


def _is_name(text: str, line: Span) -> bool:
    """Could this be another name, rather than the words of a very short post?"""
    if len(line) > _LONGEST or text[line.end - 1] in ".!?…)":
        return False
    return _ALONE.fullmatch(text, line.start, line.end) is not None


def _handles(text: str) -> dict[int, Mark]:
    """ "ann_b: words" at the beginnings of lines, where most names are handles as in a chat."""
    found = labels(text)
    if len(found) < 3 or not handles(found) or len({label.name for label in found}) < 2:
        return {}
    return {label.start: Mark(Heading(label.name), label.words) for label in found}


def _signatures(text: str) -> dict[int, Mark]:
    """Lines such as "-- Ann, Leeds" below the words they sign; two different ones at least."""
    found = {}
    for span in lines(text):
        match = _SIGNED.fullmatch(text, span.start, span.end) if len(span) <= 2 * _LONGEST else None
        if match:
            found[span.start] = Mark(Heading(match["name"], match["more"][2:] or None), span.end, signs=True)
    return found if len({mark.heading.name for mark in found.values()}) > 1 else {}


def _numbers(text: str) -> dict[int, Mark]:
    """ "1. words", "2. words" ...: comments in a numbered list that is most of the text."""
    found: dict[int, Mark] = {}
    total = 0
    for span in lines(text):
        total += 1
        match = _NUMBERED.match(text, span.start, min(span.end, span.start + 24))
        if match and int(match["number"]) == len(found) + 1:
            found[span.start] = Mark(Heading(None, number=match["number"]), match.end())
    return found if len(found) > 3 and len(found) * 2 >= total else {}
