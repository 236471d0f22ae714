# ruff: noqa: E501  (patterns read best in one piece)
"""Headings of notes: what is noted, and whose words stand below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from argmap.model.document import Span
from argmap.readers.credits import URL, credit, host, role
from argmap.readers.dates import MONTH
from argmap.readers.names import NAME, PART, TITLE, owner
from argmap.readers.note_speakers import DATED, NoteSpeakers
from argmap.readers.turns import trimmed

_FIRST_LINES = 3
# "Minutes of the annual meeting", "Panel on ferries", "NOTEBOOK 3": the occasion or the kind of notes.
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
# "Lecture 4, Prof. Ada Horn", "Talk by Sam Lee", "Speaker: Ada Horn".
_LECTURER = re.compile(
    rf"\b(?:Prof|Professor|Dr|Rev|Sir|Dame)\.? (?P<titled>{PART}(?: {PART}){{0,2}})|\b(?:by|with|speaker:) (?P<named>{NAME})"
)
_RULE = re.compile(r"[-—–*=_~#•· ]{1,80}")
# "[1] Dock Weekly, p. 4", "## The Quarry", "WHERE I AM (so far):"; of these only the number is no part of the words.
_HEADING = re.compile(
    r"\[\d{1,3}\] |(?=#{1,6} \S)|(?=[A-Z0-9][A-Z0-9 '’&/,.-]{3,80}(?: ?\([^()\n]{0,120}\))?:?$)"
)
# "Horn, Bridges (2003)", "Horn & Lee, A., Masts (1998a): a pamphlet".
_CITED = re.compile(
    rf"(?P<name>{PART}(?:(?: and| &) {PART}| et al\.?)?)(?:, (?:[A-Z]\.,? ?){{1,3}})?(?:, [^().\n]{{2,80}})?,? "
    r"\((?:1[5-9]|20)\d\d[a-z]?\)[.:,]?(?: [^\n]{0,160})?"
)
# How the line below such a one begins: "- ", "p. 12", "“".
_PAGE = re.compile(r"(?:[-*•>] |pp?\. ?\d|[\"“])")
# "Sam Lee, 61, skipper", "2. Dr. Aino Berg (by phone)".
_NAMED_LINE = re.compile(rf"(?:\d{{1,2}}[.)] )?(?P<name>(?:{TITLE} )?{NAME})(?=[,.(:]| \(| [—–-] |$)")
_MARKS = re.compile(r"[\"“«]")
_SAME = re.compile(r"\b(?:same|again|part \d|cont(?:inued|['’]d)?)\b", re.IGNORECASE)
# "Horn & Lee, *Masts*", "Ada Horn et al.: ...", but not "Ada Horn, 4 May".
_NAMED_PAIR = re.compile(
    rf"(?P<name>(?:{NAME}|[A-Z][\w'’-]{{2,30}}) (?:&|and) (?:{NAME}|[A-Z][\w'’-]{{2,30}})|{NAME}(?: et al\.?)?)(?=,| \(|:)(?!, \d)"
)
# "Dock Weekly, 9 Jan, p. 4", "Tidal Notes (blog)": that something is a publication.
_PUBLISHED = re.compile(
    rf"https?://|\bpp?\. ?\d|\bno\. ?\d|\b\d{{1,2}} {MONTH}|\b{MONTH}\.? \d{{1,2}}|\((?:blog|weekly|daily|monthly|journal|newsletter|magazine|podcast)\b"
)
# Its title: "*Masts*", "“The crane”", else the words up to a comma, a bracket, a dash or an address.
_TITLE = re.compile(
    r"[\"“*](?P<title>[^\"”*\n]{3,90})[\"”*]|(?P<plain>[A-Z][^,(—–:\"“\n]{2,50}?)(?=,| \(| [—–]| https?:)"
)
_LONGEST_NAMED = 160
_LONGEST_OPENING = 9


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


@dataclass(frozen=True, slots=True)
class Section:
    """A rule or a heading, and the words below it.

    Args:
        begin: where words may begin in the line of the heading itself.
        source: whom the heading credits.
        dated: it begins with a date.
        words: the lines without the heading.
    """

    begin: int = 0
    source: str | None = None
    dated: bool = False
    words: list[Span] = field(default_factory=list)


def occasion(text: str, found: Sequence[Span], people: NoteSpeakers) -> Occasion:
    """What the first lines say."""
    head = text[: found[min(_FIRST_LINES, len(found)) - 1].end] if found else ""
    lecturer = _lecturer(text[: found[min(_FIRST_LINES + 1, len(found)) - 1].end] if found else "", people)
    if _VERBATIM.search(head):
        return Occasion(False, False, lecturer)
    return Occasion(_KIND.search(head) is not None, _NOTED.search(head) is not None, lecturer)


def _lecturer(head: str, people: NoteSpeakers) -> str | None:
    match = _LECTURER.search(head) if _LECTURE.search(head) and "resent:" not in head else None
    return people.initials(match["titled"] or match["named"]) if match else None


def sections(text: str, found: Sequence[Span], people: NoteSpeakers, *, headed: bool) -> list[Section]:
    """The lines as rules and headings part them. Cost: linear.

    Args:
        found: the lines of the text (see `turns.lines`).
        headed: the text is of a meeting, a notebook or the like.
    """
    parted = [Section()]
    last: str | None = None
    ruled = False
    for line, below in zip_longest(found, found[1:]):
        if _RULE.fullmatch(text, line.start, line.end):
            parted.append(Section())
            ruled = True
            continue
        heading = _person(text, line, below, ruled=ruled, headed=headed)
        if heading is None and (heading := _title(text, line, last, people)):
            last = heading.source or last
        ruled = False
        if heading:
            parted.append(heading)
        words = trimmed(text, heading.begin if heading else line.start, line.end)
        if len(words):
            parted[-1].words.append(words)
    return parted


def _person(text: str, line: Span, below: Span | None, *, ruled: bool, headed: bool) -> Section | None:
    """What a line that names a person heads; words stand in it too where it or the next has quotation marks."""
    words = text[line.start : line.end]
    opening = text[below.start : below.start + _LONGEST_OPENING] if below else ""
    match = _person_above(words, opening, ruled=ruled, headed=headed)
    if match is None:
        return None
    marked = _MARKS.search(text, line.start, (below or line).end)
    return Section(line.start + match.end() if marked else line.end, owner(match["name"]))


def _person_above(words: str, below: str, *, ruled: bool, headed: bool) -> re.Match[str] | None:
    """A line that names whose words come: "Horn, Bridges (2003)", "Ada Horn (skipper)".

    Args:
        below: the first characters of the line below.
        ruled: a rule stands above.
    """
    if _PAGE.match(below) and (cited := _CITED.fullmatch(words)):
        return cited
    if ruled or (below[:1] in set('"“«') and len(words) <= _LONGEST_NAMED):
        return _NAMED_LINE.match(words)
    listed = headed and below[:1] in set("-*•>") and len(words) <= _LONGEST_NAMED // 2
    return _NAMED_LINE.match(words) if listed and not words.endswith(".") else None


def _title(text: str, line: Span, last: str | None, people: NoteSpeakers) -> Section | None:
    """What a date, a number or a title heads; behind a date words may stand: "**Feb 3** R. says it is the wind."."""
    words = text[line.start : line.end]
    dated = DATED.match(words)
    heading = dated or _HEADING.match(words)
    if heading is None:
        return None
    rest = words[heading.end() :].strip(" *_—–#-")
    begin = line.end - len(rest)
    told = dated and people.opens(Span(begin, line.end))
    source = None if told else _publication(rest, last)
    return Section(begin if dated and not source else line.end, source, dated is not None)


def _publication(words: str, last: str | None) -> str | None:
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
