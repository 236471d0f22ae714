# ruff: noqa: E501  (patterns read best in one piece)
"""Lines that say who speaks next: the headings of forum posts, and "On ... wrote:" above quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 200
# Cheap tests that spare most lines the patterns below.
_SENTENCE_ENDS = tuple("?!,;:")
_DATED = re.compile(r"\d|now|today|yesterday|ago", re.IGNORECASE)
_NAME = r"[\w@][\w.'’@/\-]{0,39}(?: [\w(@][\w.'’@)\-]{0,39}){0,4}?"
_AGO = (
    r"(?:an?|\d{1,3}) ?(?:s|m|h|d|w|y|mo|min|mins|secs?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
    r"(?: ago)?"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = (
    rf"(?:{_AGO}|just now|yesterday|today|\d{{4}}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d\S{{0,12}})?|"
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|"
    rf"(?:on )?(?:\w{{3,9}}, )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"(?:,? (?:at )?\d{{1,2}}:\d\d\S{{0,6}}(?: [AP]M)?)?)"
)
_SCORE = r"(?:(?:score hidden|-?\d{1,6} (?:points?|upvotes?|karma)(?: \(\+\d{1,6}\|-\d{1,6}\))?)[ ·•|]{1,3})?"
_HEADINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # createdebate: "#3 UserA Disputed #2"; others: "#3 by Ann, 2 days ago"
        rf"#(?P<number>\d{{1,7}})[:.]?\s{{1,3}}(?:(?:posted )?by )?(?P<name>{_NAME})"
        rf"(?: (?P<stance>Disputed|Supported|Clarified|replied to|in reply to|→) #(?P<target>\d{{1,7}}))?"
        rf"(?:[ ,·•|(–-]{{1,4}}(?P<date>{_DATE})\)?)?",
        # Reddit: "[-] ann 12 points 3 hours ago"; HN: "ann 3 hours ago | parent | next [-]"
        rf"(?:\[[–+-]\]\s?)?(?:u/)?(?P<name>[\w.@-]{{2,40}})(?: \[?OP\]?)?[ ·•|,(–-]{{1,4}}{_SCORE}(?P<date>{_DATE})\)?"
        rf"(?: ?[|·•\[].{{0,80}})?",
        # "Ann Lee • 3 hours ago"
        rf"(?P<name>{_NAME}) ?[·•|] ?{_SCORE}(?P<date>{_DATE})(?: ?[|·•\[].{{0,80}})?",
        # "Posted by Ann on Mon, 4 Dec 2024", "By Ann, 3 days ago"
        rf"(?:Posted )?by:? (?P<name>{_NAME})(?:,? (?P<date>{_DATE}))",
    )
)
_WROTE = re.compile(
    rf"(?:On (?P<date>[^\n]{{3,80}}?),? )?(?P<name>{_NAME})(?: <[^<>\s]{{1,80}}>)?"
    rf"(?: \([^()\n]{{1,60}}\))? (?:wrote|writes|said|says|replied)(?: ?(?:on|at|↑|,)? ?(?P<later>{_DATE}))?:",
    re.IGNORECASE,
)
_ORIGINALLY = re.compile(rf"(?:Originally posted by|Quote from|Quoting) (?P<name>{_NAME}):?", re.IGNORECASE)
_MAIL = re.compile(r"From: (?P<name>[^<\n]{1,80}?)(?: ?<[^<>\s]{1,80}>)?", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    r"(?P<field>To|Cc|Date|Sent|Subject|Message-ID|In-Reply-To|Reply-To): ?(?P<value>.{0,160})"
)
_MENTION = re.compile(r"@(?P<name>[\w-][\w.-]{0,38}\w)|>>(?P<number>\d{1,10})\b")
_COMMON = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "i",
        "we",
        "you",
        "who",
        "someone",
        "somebody",
        "as",
        "what",
        "one",
        "people",
        "also",
    ]
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Who speaks, when, and under or against which post (``target``)."""

    name: str | None
    date: str | None = None
    number: str | None = None
    target: str | None = None
    stance: str | None = None


def heading(line: str) -> Heading | None:
    """What a line that stands above a post says, or None for any other line."""
    if len(line) > _LONGEST or line[-1:] in _SENTENCE_ENDS or _DATED.search(line) is None:
        return None
    for pattern in _HEADINGS:
        match = pattern.fullmatch(line)
        if match:
            found = match.groupdict()
            return Heading(
                found["name"],
                found.get("date"),
                found.get("number"),
                found.get("target"),
                found.get("stance"),
            )
    return None


def attribution(line: str) -> Heading | None:
    """ "Ann wrote:", "On Monday, Ann <a@b.c> wrote:", "Originally posted by Ann"; None for any other line."""
    if len(line) > _LONGEST or not (line.endswith(":") or line[:1] in "OoQq"):
        return None
    match = _WROTE.fullmatch(line) or _ORIGINALLY.fullmatch(line)
    if match is None or match["name"].lower() in _COMMON:
        return None
    found = match.groupdict()
    return Heading(match["name"], found.get("date") or found.get("later"))


def mail_sender(line: str) -> Heading | None:
    """The sender in a "From: Ann <a@b.c>" line, or None."""
    match = _MAIL.fullmatch(line) if line[:5].lower() == "from:" and len(line) <= _LONGEST else None
    return Heading(match["name"].strip(' "')) if match else None


def mail_field(line: str) -> tuple[str, str] | None:
    """Name (lower case) and value of another header line of an e-mail, or None."""
    match = _MAIL_FIELD.fullmatch(line) if len(line) <= _LONGEST else None
    return (match["field"].lower(), match["value"]) if match else None


def addressee(opening: str) -> Heading | None:
    """Whom a post's first words address: "@ann", ">>4711"."""
    match = _MENTION.match(opening)
    return Heading(match["name"], number=match["number"]) if match else None
