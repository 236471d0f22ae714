# ruff: noqa: E501  (patterns read best in one piece)
"""Lines that say who speaks next: the headings of forum posts, and "On ... wrote:" above quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LONGEST = 200
_LONGEST_REST = 80
# Cheap tests that spare most lines the patterns below.
_SENTENCE_ENDS = tuple("?!,;")
_DATED = re.compile(r"\d|now|today|yesterday|ago|repl|respon|posted|→", re.IGNORECASE)
_NAME = r"[\w@][\w.'’@/\-]{0,39}(?: [\w(&][\w.'’@)\-]{0,39}){0,4}?"
_AGO = (
    r"(?:an?|\d{1,3}) ?(?:s|m|h|d|w|y|mo|min|mins|secs?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"
    r"(?: ago)?"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]\.?M\b\.?)?(?: (?:\([A-Z]{3,4}\)|UTC|GMT|[+-]\d{4}))?"
_DATE = (
    rf"(?:{_AGO}|just now|yesterday|today|\d{{4}}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d\S{{0,12}})?|"
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}(?:,? {_CLOCK})?|{_CLOCK}, \d{{1,2}} {_MONTH} \d{{4}}(?: \([A-Z]{{3,4}}\))?|"
    rf"(?:on )?(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},? )?"
    rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})\b(?:st|nd|rd|th)?(?:,? \d{{4}})?(?:,? (?:at )?{_CLOCK})?)"
)
_POINTS = r"(?:score hidden|[+-]?\d{1,6} (?:points?|upvotes?|likes?|karma)(?: \(\+\d{1,6}\|-\d{1,6}\))?)"
_REPLY = r"(?:\(?(?:in reply|reply(?:ing)?|replied|replies|responding|responded|→) to|→|▸|↪) (?:/?u/|@)?"
_META = re.compile(
    rf"(?<!\w)(?:(?P<date>{_DATE})|{_POINTS}|{_REPLY}(?P<whom>#?{_NAME}(?=$| ?[,·•|»—–()]| -)))(?!\w)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?:\[[–—+-]\]\s?)?[▲△•*#> ]{{0,4}}(?:(?!\d+ [a-z])(?:comment |post |no\. ?)?#?(?P<number>\d{{1,7}})[:.)]?\s{{1,3}})?"
    rf"(?:{_POINTS} )?(?:(?:posted |written |comment |reply )?by:? )?(?:/?u/|@)?",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?: ?[\[(](?:OP|Author|Mod(?:erator)?|Verified|Edited|Admin)[\])]| OP\b)?[ ✓✔☑⭐️*]{0,4}$", re.IGNORECASE
)
_SEPARATORS = " \t·•|»—–,(-:*[]"
_CLOSING = frozenset("·•|»[(\t")
_STRONG = re.compile(r"[·•|»—–,(@:-]|u/")
_PLACE = re.compile(r"\b(?:next|prev|parent|root)\b|\[–\]")
# createdebate: "#3 UserA Disputed #2"
_NUMBERED = re.compile(
    rf"#(?P<number>\d{{1,7}})[:.]?\s{{1,3}}(?:(?:posted )?by )?(?P<name>{_NAME})"
    r"(?: (?P<stance>Disputed|Supported|Clarified|replied to|in reply to|→) #(?P<target>\d{1,7}))?"
)
_POSTED_BY = re.compile(rf"(?:\S{{1,40}} ?[·•|] ?)?Posted by:? (?:/?u/|@)?(?P<name>{_NAME})", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?:[—–-]{{1,3}} ?)?(?:\[\[User:(?P<user>[^|\]\n]{{1,60}})(?:\|[^\]\n]{{1,80}})?\]\]|(?P<name>{_NAME}))"
    rf"(?: ?\((?:\[\[User talk:[^\]\n]{{1,120}}\]\]|talk)(?: ?[·|] ?\w{{1,20}}){{0,3}}\))? (?P<date>{_CLOCK}, \d{{1,2}} {_MONTH} \d{{4}}) \(UTC\)$"
)
_SIGNED_STARTS = re.compile(r"\[\[User:|[—–]|(?<=[.!?)\]'\"”~] )(?=\w)")
_WHOLE_NAME = re.compile(rf"{_NAME}(?: ?\([^()\n]{{1,40}}\))?")
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
_MENTION = re.compile(
    r"@(?P<name>(?!\d{1,10}\b)[\w-][\w.-]{0,38}\w)|(?:>>|#|@|re:? ?#?)(?P<number>\d{1,10})\b", re.IGNORECASE
)
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
    """Who speaks, when, and under or against which post.

    Args:
        number: of this post; ``target`` is the number of the one it answers.
        whom: name of the one it answers.
        level: 0 for a post that answers none, 1 for one that answers such a post, 2 for any deeper one.
        quotes: it names whose words are quoted below, not who writes the post.
        eldest: it is the first answer to its post, which therefore stands right above it.
    """

    name: str | None
    date: str | None = None
    number: str | None = None
    target: str | None = None
    stance: str | None = None
    whom: str | None = None
    level: int | None = None
    eldest: bool = False
    quotes: bool = False


def heading(line: str) -> Heading | None:
    """What a line that stands above a post says, or None for any other line: "Ann • 3 hours ago"."""
    if len(line) > _LONGEST or line[-1:] in _SENTENCE_ENDS or _DATED.search(line) is None:
        return None
    told = _NUMBERED.fullmatch(line)
    if told:
        return Heading(told["name"], None, told["number"], told["target"], told["stance"])
    lead = _LEAD.match(line)
    begin = lead.end() if lead else 0
    first = _META.search(line, begin)
    if lead is None or first is None:
        posted = _POSTED_BY.fullmatch(line)
        return Heading(posted["name"]) if posted else None
    name = _ROLE.sub("", line[begin : first.start()].rstrip(_SEPARATORS))
    between = line[max(0, begin - 2) : begin] + line[begin + len(name) : first.start()]
    known = _STRONG.search(between) or lead["number"] or " " not in name or first["whom"]
    if not known or _WHOLE_NAME.fullmatch(name) is None or name.lower() in _COMMON:
        return None
    return _with_rest(Heading(name, number=lead["number"]), line, first)


def _with_rest(found: Heading, line: str, meta: re.Match[str] | None) -> Heading | None:
    """The heading with all that stands behind its name, or None where that is a sentence."""
    place = 0
    while meta:
        whom = meta["whom"] or found.whom
        target = whom[1:] if whom and whom[0] == "#" else found.target
        found = replace(found, date=found.date or _date(meta["date"]), whom=whom, target=target)
        place = len(line) - len(line[meta.end() :].lstrip(_SEPARATORS + ")"))
        meta = _META.match(line, place)
    rest = line[place:]
    links = set(_PLACE.findall(rest))
    if links:
        level = 2 if "root" in links else int("parent" in links)
        return replace(found, level=level, eldest="prev" not in links)
    closed = place > 0 and line[place - 1] in _CLOSING
    return found if not rest or (closed and len(rest) <= _LONGEST_REST) else None


def is_date(line: str) -> bool:
    """Is a line no more than a date, as below a name?"""
    found = _META.fullmatch(line)
    return found is not None and found["date"] is not None


def _date(words: str | None) -> str | None:
    return words.removeprefix("on ") if words else None


def signature(line: str) -> tuple[int, Heading] | None:
    """Where the signature of a wiki's talk page begins at a line's end, and who signs; None without one."""
    if not line.endswith("(UTC)"):
        return None
    tail = max(0, len(line) - 300)
    for match in _SIGNED_STARTS.finditer(line, tail):
        found = _SIGNED.match(line, match.start())
        if found:
            return match.start(), Heading(found["user"] or found["name"], found["date"])
    return None


def attribution(line: str) -> Heading | None:
    """ "Ann wrote:", "On Monday, Ann <a@b.c> wrote:", "Originally posted by Ann"; None for any other line."""
    if len(line) > _LONGEST or not (line.endswith(":") or line[:1] in "OoQq"):
        return None
    match = _WROTE.fullmatch(line) or _ORIGINALLY.fullmatch(line)
    if match is None or match["name"].lower() in _COMMON:
        return None
    found = match.groupdict()
    return Heading(match["name"], found.get("date") or found.get("later"), quotes=True)


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
