# ruff: noqa: E501  (patterns read best in one piece)
"""Names that only recurrence tells: a name alone on its line, "ann: words", "-- Ann"; numbered comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from argmap.model.document import Span
from argmap.readers.chats import messages
from argmap.readers.headers import Heading, attribution, date_line, heading
from argmap.readers.labelled import handles, labels
from argmap.readers.quoting import quoted_line
from argmap.readers.signatures import post_signer
from argmap.readers.turns import apart, lines

# "**Ada Horn**", "Ada Horn ✓", "u/ann wrote:", "[deleted]", "🚲 ann".
_ALONE = re.compile(
    r"(?:[*_<]{0,3}|#{1,6} |\[(?!deleted))(?:/?u/|@)?(?P<name>\[deleted\]|(?!\d+\b)(?:[\U0001f300-\U0001faff]{1,3} ?)?[^\W_][\w.'’&-]{0,30}(?: [\w.'’&()-]{1,30}){0,6}?(?: ?[\U0001f300-\U0001faff]{1,3})?)"
    r"(?: ?[✓✔☑⭐]️?)?(?: (?:wrote|writes|said|says))?:?[*_\]>]{0,3}:?"
)
# "12. ", "#3) ", "Comment 4: ".
_NUMBERED = re.compile(
    r"(?:Comment |No\. ?)?[#(\[]?(?P<number>\d{1,5})[.):\]]{1,2}(?:[ \t]{1,4}|$)", re.IGNORECASE
)
_LONGEST = 44
_OFTEN = 0.4
_DETAILS = 3
# Names of more words need a date or must recur.
_WORDS = 4
_SENTENCE_ENDS = ("!", "?", ",", ";", "…")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading that ends at ``end``, or a signature of the words above it."""

    heading: Heading
    end: int
    signs: bool = False


def marks(text: str, own: Sequence[Span]) -> Mapping[int, Mark]:
    """Start of a line -> what recurrence makes of its beginning. Cost: linear.

    The first way that the text as a whole bears out is the one that counts.

    Args:
        own: the text's lines without those of the site (see `furniture.own_lines`).
    """
    said = {start: Mark(heading, end) for start, end, heading in messages(text)}
    if said:
        return said
    found = _names_alone(text, own)
    if found:
        return found
    for find in (_handles, _signatures, _numbers):
        found = find(text)
        if found:
            return found
    return {}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a name above a post.

    Args:
        span: of the name and the lines with date and role around it.
        name: as it stands there.
        above: words stand right below it.
        source: it may be that of a quotation below it.
        said: behind it stands "wrote:" or the like.
        told: date and number that stand with it.
        between: what stands between it and its date: a motto, or whom it answers.
    """

    span: Span
    name: str
    above: bool
    source: bool
    told: Heading | None
    said: bool = False
    between: str = ""


def _names_alone(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Lines that hold a name alone above the words of a post, if the names recur or stand with dates.

    Blank lines tell posts apart in most texts: there a name is the first line of its paragraph.
    """
    found = list(_lines_of_names(text, own))
    if all(line.source for line in found):
        return {}
    count = Counter(line.name.casefold() for line in found)
    recurring = [line for line in found if line.told or count[line.name.casefold()] > 1]
    if len(recurring) < max(2, _OFTEN * len(found)) or len(count) < 2:
        return {}
    above = sum(line.above for line in recurring) * 2 > len(recurring)
    # Where names stand with dates, a short post without one is no name.
    dated = sum(line.told is not None for line in found) * 2 > len(found)
    kept = [
        line
        for line in found
        if line.told or count[line.name.casefold()] > 1 or (line.above == above and not dated)
    ]
    names = {line.name.casefold() for line in kept}
    return {line.span.start: Mark(_heading(line, names), line.span.end) for line in kept}


def _heading(line: _Line, names: set[str]) -> Heading:
    """A name with what stands beside it; another known name there is whom it answers."""
    whom = line.between if line.between.casefold() in names else None
    return replace(line.told or Heading(None, said=line.said), name=line.name, whom=whom)


def _lines_of_names(text: str, own: Sequence[Span]) -> Iterator[_Line]:
    parted = "\n\n" in text
    names = [_name(text, span) for span in own]
    often = Counter(names)
    for place, (span, name) in enumerate(zip(own[:-1], names, strict=False)):
        first = place == 0 or apart(text, own[place - 1], span)
        if name is None or (parted and not first):
            above = _dated_above(text, own, place) if name else None
            if name and above:
                yield _Line(Span(own[place - 1].start, span.end), name, True, False, above)
            continue
        told, details = _details(text, own[place : place + 1 + (_DETAILS if parted else 2)])
        if not parted and details and date_line(text[own[place + 1].start : own[place + 1].end]) is None:
            continue
        last = own[place + details]
        behind = place + details + 1
        below = own[behind] if behind < len(own) else None
        again = often[name] > 1 and below is not None and often[names[behind]] < 2
        surely = told or often[name] > 1 or name.count(" ") < _WORDS
        if below and surely and (told or again or not _is_name(text, below)):
            near = not apart(text, last, below)
            source = text[span.end - 1] == ":" and quoted_line(text, below) is not None
            between = text[own[place + 1].start : own[place + 1].end] if details > 1 else ""
            said = text[span.end - 1] == ":" and attribution(text[span.start : span.end]) is not None
            yield _Line(Span(span.start, last.end), name, near, source, told, said, between)


def _name(text: str, span: Span) -> str | None:
    """The name that a line holds alone, or None."""
    words = text[span.start : span.end] if len(span) <= _LONGEST else ""
    match = _ALONE.fullmatch(words)
    told = (
        match is None
        or words.endswith(_SENTENCE_ENDS)
        or date_line(words)
        or heading(words)
        or _is_source(words)
    )
    return match["name"] if match and not told else None


def _is_source(words: str) -> bool:
    """Do they say "Originally posted by Ann"?"""
    found = attribution(words)
    return found is not None and found.boxed


def _dated_above(text: str, own: Sequence[Span], place: int) -> Heading | None:
    """The line with date and number that stands right above a name, as at the head of a post of vBulletin."""
    above = own[place - 1]
    if place == 0 or apart(text, above, own[place]) or (place > 1 and not apart(text, own[place - 2], above)):
        return None
    return date_line(text[above.start : above.end]) if len(above) <= _LONGEST else None


def _details(text: str, name: Sequence[Span]) -> tuple[Heading | None, int]:
    """Date and number on lines of their own below a name, and behind how many lines they end (0: none)."""
    told, behind = None, 0
    for place, (above, span) in enumerate(pairwise(name)):
        if apart(text, above, span) or len(span) > _LONGEST:
            break
        found = date_line(text[span.start : span.end])
        if found:
            date = (told.date if told else None) or found.date
            told, behind = replace(found, date=date), place + 1
        elif told:
            break
    return told, behind


def _is_name(text: str, line: Span) -> bool:
    """Could this be another name, rather than the words of a very short post?"""
    if len(line) > _LONGEST or text[line.end - 1] in ".!?…)":
        return False
    words = text[line.start : line.end]
    match = _ALONE.fullmatch(words)
    return match is not None and match["name"].count(" ") < _WORDS and attribution(words) is None


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
        signer = post_signer(text[span.start : span.end]) if len(span) <= 2 * _LONGEST else None
        if signer:
            found[span.start] = Mark(Heading(*signer), span.end, signs=True)
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
