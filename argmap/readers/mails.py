# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""The fields above mails and forms ("From: ...", "Date: ...") as one heading, and "On ... wrote:" in two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from argmap.model.document import Span
from argmap.readers import headers
from argmap.readers.bylines import Mark
from argmap.readers.headers import Heading
from argmap.readers.turns import apart

# Fields that may stand first or behind a blank line; any other word before a colon may begin what is said.
_KNOWN = frozenset(
    "bcc cc date delivered-to in-reply-to list-id message-id newsgroups path rating received references reply-to return-path "
    "sent subject to xref".split()
)
# What mail programs put over a mail that is answered above it, or sent on.
_SENT_ON = re.compile(
    r"(?:-{2,20} ?(?:original|forwarded) [^\n]{1,60}|begin forwarded message:|(?:^|\n)_{20,80})\s{0,40}$",
    re.IGNORECASE,
)
_ID = re.compile(r"<([^<>\s]{3,150})>")
_MOST, _LONGEST = 40, 150


def marks(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Start of the first line of each head -> who sends what stands below it, and where it ends. Cost: linear."""
    found = dict(_wrapped(text, own))
    place = 0
    while place < len(own):
        behind, mark = _head(text, own, place)
        if mark:
            above = text[own[place - 1].start if place else 0 : own[place].start]
            older = _SENT_ON.search(above[-_LONGEST:]) is not None
            told = replace(mark.heading, older=older, level=0 if older else mark.heading.level)
            found[own[place].start] = replace(mark, heading=told)
        place = max(behind, place + 1)
    return found


def _head(text: str, own: Sequence[Span], first: int) -> tuple[int, Mark | None]:
    """The place behind the lines of the head that begins at a line, and the head itself if it names a sender."""
    heading, field, end = Heading(None), "", own[first].start
    for place in range(first, min(len(own), first + _MOST)):
        span = own[place]
        long = len(span) > _LONGEST  # what else is so long is no field but said
        line = text[span.start : span.start + _LONGEST if long else span.end]
        begin = headers.field_words(line) if heading.name else 0
        if begin:
            return place, Mark(heading, span.start + begin)
        near = place > first and not apart(text, own[place - 1], span)
        told = _field(line, heading)
        if told and (told[0] in _KNOWN or (not long and (near if heading.name else told[0] == "from"))):
            field, heading = told
        elif not (near and field in _KNOWN and _column(text, span) > _column(text, own[first])):
            return place, Mark(heading, end) if heading.name else None
        end = span.end
    return first + _MOST, Mark(heading, end) if heading.name else None


def _field(line: str, heading: Heading) -> tuple[str, Heading] | None:
    """Name of the field in a line, and the heading with what the field adds to it."""
    sender = headers.mail_sender(line) if heading.name is None else None
    if sender:
        return "from", replace(heading, name=sender.name)
    told = headers.mail_field(line.replace("*", ""))
    if told is None:
        return None
    key, value = told
    found = _ID.search(value)
    if key in {"date", "sent"}:
        heading = replace(heading, date=heading.date or value)
    elif found and key == "message-id":
        heading = replace(heading, number=found[1])
    elif found and key == "in-reply-to":
        heading = replace(heading, target=found[1])
    elif key == "rating":
        heading = replace(heading, level=0)
    return key, heading


def _column(text: str, line: Span) -> int:
    return line.start - text.rfind("\n", 0, line.start)


def _wrapped(text: str, own: Sequence[Span]) -> Iterator[tuple[int, Mark]]:
    """ "On Mon, 5 Jan 2026, Ada Horn <ada@horn.example>" above "wrote:"."""
    for above, below in pairwise(own):
        if not text.startswith("On ", above.start) or text[below.end - 1] != ":" or len(below) > _LONGEST:
            continue
        first, second = text[above.start : above.end], text[below.start : below.end]
        told = headers.attribution(f"{first} {second}") if len(above) <= _LONGEST else None
        if told and headers.attribution(first) is None and text.count("\n", above.end, below.start) == 1:
            yield above.start, Mark(told, below.end)
