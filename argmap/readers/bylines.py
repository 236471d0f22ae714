"""Names that only recurrence tells: a name alone on its line, "ann: words", "-- Ann"; numbered comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from argmap.model.document import Span
from argmap.readers.headers import Heading
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
_SENTENCE_ENDS = (".", "!", "?", ",", ";", "…")


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
    """A line that may be a name: whether a blank line or nothing is above it, and words right below it;
    ``source`` where it may be that of a quotation below it."""

    span: Span
    name: str
    first: bool
    above: bool
    source: bool


def _names_alone(text: str) -> dict[int, Mark]:
    """Lines that hold a name alone above the words of a post, if the names recur.

    Blank lines tell posts apart in most texts: there a name is the first line of its paragraph.
    """
    found = list(_lines_of_names(text))
    if all(line.source for line in found):
        return {}
    count = Counter(line.name.casefold() for line in found)
    recurring = [line for line in found if count[line.name.casefold()] > 1]
    if len(recurring) < max(2, _OFTEN * len(found)) or len(count) < 2:
        return {}
    above = sum(line.above for line in recurring) * 2 > len(recurring)
    kept = [line for line in found if line.above == above or count[line.name.casefold()] > 1]
    return {line.span.start: Mark(Heading(line.name), line.span.end) for line in kept}


def _lines_of_names(text: str) -> Iterator[_Line]:
    every = list(lines(text))
    parted = "\n\n" in text
    for place, span in enumerate(every[:-1]):
        match = _ALONE.fullmatch(text, span.start, span.end) if len(span) <= _LONGEST else None
        gap = text.count("\n", every[place - 1].end, span.start) if place else 2
        if match is None or (parted and gap < 2) or text[span.start : span.end].endswith(_SENTENCE_ENDS[1:]):
            continue
        below = every[place + 1]
        if (
            len(below) > _LONGEST
            or _ALONE.fullmatch(text, below.start, below.end) is None
            or _is_reply(text, below)
        ):
            near = text.count("\n", span.end, below.start) == 1
            source = text[span.end - 1] == ":" and quoted_line(text, below) is not None
            yield _Line(span, match["name"], gap > 1, near, source)


def _is_reply(text: str, line: Span) -> bool:
    """Words of a very short post, rather than another name."""
    return text[line.end - 1] in ".!?…)"


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
