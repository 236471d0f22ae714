# ruff: noqa: E501  (patterns read best in one piece)
"""Headings of notes: what is noted, and whose words stand below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.model.document import Span
from argmap.readers.cast import Cast
from argmap.readers.credits import URL, credit, host, role
from argmap.readers.dates import MONTH
from argmap.readers.names import NAME, TITLE

_TITLES = 3
_KIND = re.compile(
    r"\b(?:minutes|meeting|assembly|apologies|agenda|committee|council|hearing|session|panel|club|round ?table|jury|1:1|one-to-one|catch-?up|"
    r"reading group|focus group|workshop|seminar|lecture|lesson|class|talk|keynote|sermon|webinar|conference|running file|diary|logbook|"
    r"cuttings|clippings|scraps|commonplace|notebook|notes|interview|debrief|stand-?up)\b",
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"\bminutes of\b|^minutes\b|\b(?:notes|scribbles?|notebook|diary)\b",
    re.IGNORECASE | re.MULTILINE,
)
_VERBATIM = re.compile(r"\b(?:verbatim|transcript\w*|recording)\b", re.IGNORECASE)
_LECTURE = re.compile(
    r"\b(?:lecture|seminar|talk|keynote|sermon|webinar|interview|call|conversation|visit)\b",
    re.IGNORECASE,
)
_LECTURER = re.compile(
    rf"\b(?:Prof|Professor|Dr|Rev|Sir|Dame)\.? (?P<titled>[A-Z][\w'’-]{{1,30}}(?: [A-Z][\w'’-]{{1,30}}){{0,2}})|\b(?:by|with|speaker:) (?P<named>{NAME})"
)
_CITED = re.compile(
    r"(?P<name>[A-Z][\w'’-]{1,30}(?:(?: and| &) [A-Z][\w'’-]{1,30}| et al\.?)?)(?:, (?:[A-Z]\.,? ?){1,3})?(?:, [^().\n]{2,80})?,? "
    r"\((?:1[5-9]|20)\d\d[a-z]?\)[.:,]?(?: [^\n]{0,160})?"
)
_PAGE = re.compile(r"(?:[-*•>] |pp?\. ?\d|[\"“])")
_NAMED_LINE = re.compile(rf"(?:\d{{1,2}}[.)] )?(?P<name>(?:{TITLE} )?{NAME})(?=[,.(:]| \(| [—–-] |$)")
_SAME = re.compile(r"\b(?:same|again|part \d|cont(?:inued|['’]d)?)\b", re.IGNORECASE)
_NAMED_PAIR = re.compile(
    rf"(?P<name>(?:{NAME}|[A-Z][\w'’-]{{2,30}}) (?:&|and) (?:{NAME}|[A-Z][\w'’-]{{2,30}})|{NAME}(?: et al\.?)?)(?=,| \(|:)(?!, \d)"
)
_PUBLISHED = re.compile(
    rf"https?://|\bpp?\. ?\d|\bno\. ?\d|\b\d{{1,2}} {MONTH}|\b{MONTH}\.? \d{{1,2}}|\((?:blog|weekly|daily|monthly|journal|newsletter|magazine|podcast)\b"
)
_TITLE = re.compile(
    r"[\"“*](?P<title>[^\"”*\n]{3,90})[\"”*]|(?P<plain>[A-Z][^,(—–:\"“\n]{2,50}?)(?=,| \(| [—–]| https?:)"
)
_LONGEST_NAMED = 160


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the lines above notes say that they are of.

    Args:
        headed: a meeting, a lecture, a notebook or the like; ``noted`` that they are notes or minutes.
        lecturer: the one whose lecture, interview or book it is.
    """

    headed: bool
    noted: bool
    lecturer: str | None


def occasion(text: str, found: Sequence[Span], cast: Cast) -> Occasion:
    """What the first lines say."""
    head = text[: found[min(_TITLES, len(found)) - 1].end] if found else ""
    lecturer = _lecturer(text[: found[min(_TITLES + 1, len(found)) - 1].end] if found else "", cast)
    if _VERBATIM.search(head):
        return Occasion(False, False, lecturer)
    return Occasion(_KIND.search(head) is not None, _NOTED.search(head) is not None, lecturer)


def _lecturer(head: str, cast: Cast) -> str | None:
    match = _LECTURER.search(head) if _LECTURE.search(head) and "resent:" not in head else None
    return cast.initials(match["titled"] or match["named"]) if match else None


def person_above(words: str, below: str, *, fresh: bool, headed: bool) -> re.Match[str] | None:
    """A line that names whose words come: "Horn, Bridges (2003)", "Ada Horn (skipper)".

    Args:
        below: the first characters of the line below.
        fresh: a rule stands above.
        headed: the text is of a meeting, a notebook or the like.
    """
    if _PAGE.match(below) and (cited := _CITED.fullmatch(words)):
        return cited
    if fresh or (below[:1] in set('"“«') and len(words) <= _LONGEST_NAMED):
        return _NAMED_LINE.match(words)
    listed = headed and below[:1] in set("-*•>") and len(words) <= _LONGEST_NAMED // 2
    return _NAMED_LINE.match(words) if listed and not words.endswith(".") else None


def publication(words: str, last: str | None) -> str | None:
    """Whom a heading credits: a person, else whoever is described, else the title or the paper.

    Args:
        last: whom the heading before credited, for "Same authors, part 2".
    """
    if last and _SAME.search(words[:40]):
        return last
    named = _NAMED_PAIR.match(words)
    found = credit(words) or (named["name"] if named else role(words))
    if not found and _PUBLISHED.search(words):
        title = _TITLE.match(words)
        url = URL.search(words)
        found = (title["title"] or title["plain"]) if title else host(url[0]) if url else None
    return None if found and found.isupper() and " " in found else found
