# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""Lines that say who speaks next: the headings of forum posts, and "On ... wrote:" above quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from argmap.readers.dates import AGO, CLOCK, DATE, MONTH
from argmap.readers.furniture import is_menu

_LONGEST = 200
_LONGEST_REST = 80
# Cheap tests that spare most lines the patterns below.
_SENTENCE_ENDS = tuple("?!,;")
_DATED = re.compile(r"\d|now|today|yesterday|ago|repl|respon|posted| by |→|↪|▸", re.IGNORECASE)
_PICTURE = "\U0001f300-\U0001faff\u2600-\u27bf\ufe0f"
_NAME = rf"[\w@~{_PICTURE}][\w.'’@/!~{_PICTURE}\-]{{0,39}}(?: [\w(&{_PICTURE}][\w.'’@)!~{_PICTURE}\-]{{0,39}}){{0,4}}?"
_POINTS = (
    r"(?:score hidden|[+-]?\d[\d.]{0,5}k? (?:points?|upvotes?|likes?|karma)(?: \(\+\d{1,6}\|-\d{1,6}\))?)"
)
_EDITED = r"(?:last )?edited(?: by \w{1,30})?"
_REPLY = r"(?:\(?(?:in reply|reply(?:ing)?|replied|replies|responding|responded|→) to|→|▸|↪) (?:/?u/|@)?"
_META = re.compile(
    rf"(?<![\w.])(?:(?P<date>{DATE})|{_POINTS}|{_EDITED}|{_REPLY}(?P<whom>#?{_NAME}(?=$| ?[,·•|»—–():]| -)))(?!\w)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?:\[[–—+-]\]\s?)?[▲△•*#> ]{{0,4}}(?:(?!{AGO}|{_POINTS})(?:comment |post |no\. ?)?#?(?P<number>\d{{1,7}}(?:\.\d{{1,4}}){{0,8}})[:.)]?\s{{1,3}})?"
    rf"(?:{_POINTS} )?(?:(?:(?P<kind>comment|reply|post|message|answer|response|review) )?(?:(?:posted|written|left|submitted|sent|added|reviewed|asked|answered) )?(?P<by>by):? )?(?:/?u/|@)?",
    re.IGNORECASE,
)
# Badges as software writes them; "(author)" and "(retired engineer)" are what people call themselves.
_ROLE = re.compile(
    r"(?: ?\[[SMA]\]?| ?[\[(](?:OP|Author|Mod|MOD|Moderator|Verified|Edited|Admin|Staff|Owner|Member|Maintainer|Collaborator|Contributor|Editor|Guest| ?\d{1,9} ?)[\])]| OP\b)?"
    r"(?: @[\w.@-]{1,60})?(?: <[^<>\s]{1,80}>)?[ ✓✔☑⭐️*]{0,4}$"
)
# What software puts behind the name of whoever posts.
POSTED = "wrote writes said says posted commented replied responded answered asked added".split()
_POSTED = "|".join(POSTED)
# What GitHub, blogs and boards put between the name and the date.
_VERB = re.compile(
    rf" (?:{_POSTED}|added a comment|(?:wrote|left) a review|reviewed|has (?:posted|replied|written)|"
    r"(?:opened|closed|reopened|locked|merged|approved|mentioned) this(?: issue| pull request| discussion| change)?(?: as \w{1,20}(?: \w{1,20})?)?|"
    r"(?:added|removed) (?:the )?(?:.{1,60} labels?|labels? .{1,60})|self-assigned this|changed the title .{1,120}|pushed .{1,40} commits?)$"
)
_SAID = re.compile(rf"(?:{_POSTED}):?", re.IGNORECASE)
# "submitted 3 hours ago by ann", "asked Jan 3 at 10:02 by Ada Horn (1,234)"
_VERBED = re.compile(
    rf"(?P<verb>{_POSTED}|submitted|written|published|started|created|reviewed)(?: in [^\n]{{2,40}})?",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"by:? (?:/?u/|@)?(?P<name>{_NAME})(?: ?\([^()\n]{{1,60}}\))?(?: to r/\w{{1,30}})?", re.IGNORECASE
)
_LEVELS = {"asked": 0, "answered": 1}
# "@ann words" goes on with words; a whole line is one name, or several in capitals.
_WHOM = r"[\w][\w.'’/-]{0,39}(?: (?-i:[A-Z\d])[\w.'’-]{0,39}){0,3}"
_ANSWERED = re.compile(
    rf"(?:\(?(?:in reply to|reply(?:ing)? to|in response to|response to|responding to)[: ]{{1,2}}(?:comment (?:by|from) |(?:/?u/|@))?"
    rf"(?:(?:#|comment |post )(?P<number>\d{{1,7}})|(?P<name>{_NAME}))|(?:(?:re|↳|↪|→|▸)[: ]{{1,2}}@?|@)(?:#(?P<post>\d{{1,7}})|(?P<whom>{_WHOM})))"
    rf"(?:['’]s (?:comment|post|reply))?(?: from comment #(?P<comment>\d{{1,7}}))?\)?:?",
    re.IGNORECASE,
)
_CLOCK_ONLY = re.compile(CLOCK, re.IGNORECASE)
_SEPARATORS = " \t·•|»—–,(-:*[]"
_CLOSING = frozenset("·•|»[(\t")
_STRONG = re.compile(r"[·•|»—–,(@:-]|u/")
_POST_NUMBER = re.compile(r"(?:^|[\s|·•])(?:post )?#(?P<number>\d{1,7})$", re.IGNORECASE)
_REST_NUMBER = re.compile(r"[:\s|·•(]{0,4}(?:#|No\.? ?)(?P<number>\d{1,12})\)?", re.IGNORECASE)
_TOWN = re.compile(r" ?[A-Z][\w .'’-]{1,40}")
_IN_TOWN = re.compile(r" (?:in|from) (?:the )?[A-Z].*")
_PLACE = re.compile(r"\b(?:next|prev|parent|root)\b|\[–\]")
# createdebate: "#3 UserA Disputed #2"
_NUMBERED = re.compile(
    rf"#(?P<number>\d{{1,7}})[:.]?\s{{1,3}}(?:(?:posted )?by )?(?P<name>{_NAME})"
    r"(?: (?P<stance>Disputed|Supported|Clarified|replied to|in reply to|→) #(?P<target>\d{1,7}))?"
)
_POSTED_BY = re.compile(
    rf"(?:\S{{1,40}} ?[·•|] ?)?(?:Posted|(?-i:Reviewed|Asked|Answered|Submitted|Comment|Answer|Reply|Review|Question)) by:? "
    rf"(?:/?u/|@)?(?P<name>{_NAME})",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    rf"(?:[—–-]{{1,3}} ?)?(?:\[\[User:(?P<user>[^|\]\n]{{1,60}})(?:\|[^\]\n]{{1,80}})?\]\]|(?P<name>{_NAME}))"
    rf"(?: ?\((?:\[\[User talk:[^\]\n]{{1,120}}\]\]|talk)(?: ?[·|] ?\w{{1,20}}){{0,3}}\))? (?P<date>{CLOCK}, \d{{1,2}} {MONTH} \d{{4}}) \(UTC\)$"
)
# Below questions and answers of Stack Exchange: "... words – Ann Mar 4, 2024 at 9:14", "... – Ann (3 hours ago)".
_COMMENT_SIGNED = re.compile(
    rf" [–—] ?(?P<name>{_NAME}),? (?:Commented ?)?\(?(?P<date>(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? ['’]?\d{{2,4}})?,? (?:at )?\d{{1,2}}:\d\d|(?:an?|\d{{1,3}}) \w{{1,8}} ago)\)?$"
)
_SIGNED_STARTS = re.compile(r"\[\[User:|[—–]|(?<=[.!?)\]'\"”~] )(?=\w)")
_WHOLE_NAME = re.compile(rf"{_NAME}(?: [^\s,;:?!]{{1,40}}){{0,2}}(?: ?\([^()\n]{{1,40}}\))?")
_WROTE = re.compile(
    rf"(?:In article <[^<>\n]{{1,80}}>,? )?(?:On (?P<date>[^\n]{{3,80}}?),? )?(?P<name>{_NAME})(?: <[^<>\n]{{1,80}}>)?"
    rf"(?: \([^()\n]{{1,60}}\))? (?:{_POSTED})(?: in message <[^<>\n]{{1,80}}>)?(?: ?(?:on|at|↑|,)? ?(?P<later>{DATE}))?(?::|\.\.\.)",
    re.IGNORECASE,
)
_ORIGINALLY = re.compile(
    rf"(?:Quote:? )?(?:Originally posted by|Quote from|Quoting):? (?P<name>{_NAME})(?: view post)?(?:,? (?:on )?(?P<date>{DATE}))?[ »↑]{{0,3}}:?",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[*_]{0,2}(?:From|Name|User(?:name)?|Author|Poster|Sender|Reviewer|(?:Submitted|Written|Reviewed|Asked|Answered) by|(?:Comment |Reply )?posted by|"
    r"Comment by):[*_]{0,2} (?P<name>[^<\n]{0,80}?)(?: ?(?:<|\[mailto:)(?P<address>[^<>\s\]]{1,80})[>\]])?",
    re.IGNORECASE,
)
# How archives write an address: "ada at horn.example (Ada Horn)", "Ada Horn via Elm list".
_AT = re.compile(r"\S{1,80}(?:@| at )\S{1,80} \((?P<name>[^()\n]{1,60})\)")
_VIA = re.compile(r" (?:via|on behalf of) .*")
_MAIL_FIELD = re.compile(r"(?P<field>[A-Z][A-Za-z]{0,20}(?:-[A-Z][A-Za-z]{0,20}){0,3}): ?(?P<value>.{0,160})")
_SAID_FIELD = re.compile(r"(?:Comments?|Message|Response|Review|Feedback): ?", re.IGNORECASE)
# What is left of a date before a name: "On Mon, Jan 5, 2026 at 10:02 AM Ada Horn wrote:".
_DATE_LEFT = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH} |{MONTH} \d{{1,2}} |\d{{1,4}} |[AP]\.?M\.? |at |(?-i:UTC|GMT|[A-Z]{{1,2}}[SD]T) )+",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"@(?P<name>(?!\d{1,10}\b)[\w-][\w.-]{0,38}\w)|(?:>>|#|@|re:? ?#?)(?P<number>\d{1,10})\b", re.IGNORECASE
)
_COMMON = frozenset(
    "he she it they i we you who someone somebody as what one people also date posted published updated "
    "sent subject asked answered edited modified viewed submitted replied commented reviewed rated created started joined".split()
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Who speaks, when, and under or against which post.

    Args:
        number: of this post; ``target`` is the number of the one it answers.
        whom: name of the one it answers.
        level: 0 for a post that answers none, 1 for one that answers such a post, 2 for any deeper one.
        quotes: it names whose words are quoted below, not who writes the post.
        said: "Ann wrote:" on a line; it begins a post only where nothing else does.
        boxed: those words stand there without ``>``, up to the next blank line.
        eldest: it is the first answer to its post, which therefore stands right above it.
        older: the post right above it answers it, as over a mail that is sent on.
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
    boxed: bool = False
    said: bool = False
    older: bool = False


def heading(line: str) -> Heading | None:
    """What a line that stands above a post says, or None for any other line: "Ann • 3 hours ago"."""
    if len(line) > _LONGEST or line[-1:] in _SENTENCE_ENDS or _DATED.search(line) is None:
        return None
    told = _NUMBERED.fullmatch(line)
    if told and (told["stance"] or _META.search(line) is None):
        return Heading(told["name"], None, told["number"], told["target"], told["stance"])
    lead = _LEAD.match(line)
    begin = lead.end() if lead else 0
    first = _META.search(line, begin)
    if lead is None or first is None:
        posted = _POSTED_BY.fullmatch(line)
        return Heading(posted["name"]) if posted else None
    found = _dated_by(line, begin, first)
    if found:
        return found
    found = _named(line, lead, first)
    return _with_rest(found, line, first) if found else None


def _dated_by(line: str, begin: int, first: re.Match[str]) -> Heading | None:
    """ "submitted 3 hours ago by ann", "asked Jan 3 at 10:02 by Ada Horn"."""
    behind = _BY.fullmatch(line[first.end() :].lstrip(_SEPARATORS))
    told = _VERBED.fullmatch(line[begin : first.start()].strip(_SEPARATORS)) if behind else None
    if behind is None or told is None:
        return None
    return Heading(behind["name"], _date(first["date"]), level=_LEVELS.get(told["verb"].lower()))


def _named(line: str, lead: re.Match[str], first: re.Match[str]) -> Heading | None:
    """The heading with the name between what may stand before it and the first date or the like."""
    begin, number = lead.end(), lead["number"]
    named = line[begin : first.start()].rstrip(_SEPARATORS)
    said = _VERB.sub("", named.removesuffix(" on"))
    name = _without_towns(_ROLE.sub("", said))
    if lead["by"] and "review" in lead[0].lower():
        name = _IN_TOWN.sub("", name)
    between = line[max(0, begin - 2) : begin] + line[begin + len(name) : first.start()]
    known = _STRONG.search(between) or number or lead["by"] or " " not in name or first["whom"]
    known = known or between.endswith(("  ", "\t")) or said != named or _told_after(line[first.end() :])
    if not known or _WHOLE_NAME.fullmatch(name) is None or name.lower() in _COMMON:
        return None
    # "Comment posted by Ann" answers none; how deep a "Reply posted by Bob" stands is not told.
    level = 0 if (lead["kind"] or "").lower() == "comment" and lead["by"] else None
    return Heading(name, number=number, target=_above(number), level=level)


def _without_towns(name: str) -> str:
    """ "Ann Lee, Elm, Ohio" is Ann Lee."""
    person, _, towns = name.partition(",")
    return person if towns and all(map(_TOWN.fullmatch, towns.split(","))) else name


def _told_after(rest: str) -> bool:
    """Does what stands behind a date show that a name stood before it: "said:", "| link | flag", ": #2"?"""
    bare = rest.strip(" :|·•,")
    said = _SAID.fullmatch(bare) or _REST_NUMBER.fullmatch(rest) or _CLOCK_ONLY.fullmatch(bare)
    return said is not None or is_menu(rest)


def _above(number: str | None) -> str | None:
    """The number of the post that 1.2.3 answers: 1.2."""
    return number.rpartition(".")[0] or None if number else None


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
    if rest == ":":
        return replace(found, said=found.date is None)
    numbered = _REST_NUMBER.fullmatch(rest)
    if numbered:
        return replace(found, number=found.number or numbered["number"])
    closed = place > 0 and line[place - 1] in _CLOSING
    return found if not rest or _told_after(rest) or (closed and len(rest) <= _LONGEST_REST) else None


def date_line(line: str) -> Heading | None:
    """Date and number in a line without a name, as below or above one: "Mar 4", "10-05-2009, 08:47 PM  #2"."""
    if len(line) > _LONGEST_REST or _DATED.search(line) is None:
        return None
    numbered = _POST_NUMBER.search(line)
    words = (line[: numbered.start()] if numbered else line).strip(_SEPARATORS + ")")
    if _CLOCK_ONLY.fullmatch(words) and words[-1:] in "mM.":
        return Heading(None, words, numbered["number"] if numbered else None)
    found = _META.match(words.removeprefix("Posted ").lstrip(": "))
    if numbered and not words:
        return Heading(None, number=numbered["number"])
    told = _with_rest(Heading(None), words.removeprefix("Posted ").lstrip(": "), found) if found else None
    if told is None or told.date is None:
        return None
    return replace(told, number=numbered["number"] if numbered else None)


def answered_line(line: str) -> Heading | None:
    """Whom a line below a heading says that the post answers: "In reply to Ann", "↳ #3"; None for any other."""
    match = (
        _ANSWERED.fullmatch(line)
        if len(line) <= _LONGEST_REST and not line.endswith(_SENTENCE_ENDS)
        else None
    )
    if match is None:
        return None
    number = match["number"] or match["post"] or match["comment"]
    return Heading(None, target=number, whom=match["name"] or match["whom"])


def _date(words: str | None) -> str | None:
    return words.removeprefix("on ") if words else None


def signature(line: str) -> tuple[int, Heading] | None:
    """Where a signature begins at a line's end, as on a wiki's talk page, and who signs; None without one."""
    tail = max(0, len(line) - 300)
    if not line.endswith("(UTC)"):
        dated = line[-1:].isdigit() or line.endswith((")", "ago"))
        found = _COMMENT_SIGNED.search(line, max(0, len(line) - 80)) if dated else None
        return (found.start(), Heading(found["name"], found["date"])) if found else None
    for match in _SIGNED_STARTS.finditer(line, tail):
        found = _SIGNED.match(line, match.start())
        if found:
            return match.start(), Heading(found["user"] or found["name"], found["date"])
    return None


def attribution(line: str) -> Heading | None:
    """ "Ann wrote:", "On Monday, Ann <a@b.c> wrote:", "Originally posted by Ann"; None for any other line."""
    if len(line) > _LONGEST or not (line.endswith((":", "...")) or line[:1] in "OoQq"):
        return None
    match = _WROTE.fullmatch(line) or _ORIGINALLY.fullmatch(line)
    if match is None or match["name"].lower() in _COMMON:
        return None
    found = match.groupdict()
    date, name, boxed = found.get("date"), match["name"], match.re is _ORIGINALLY
    left = _DATE_LEFT.match(name) if date and not boxed else None
    if left:
        date, name = f"{date} {left[0].rstrip()}", name[left.end() :]
    return Heading(name, date or found.get("later"), quotes=True, boxed=boxed)


def mail_sender(line: str) -> Heading | None:
    """The sender in a "From: Ann <a@b.c>" line, or None."""
    match = _MAIL.fullmatch(line) if ":" in line[:20] and len(line) <= _LONGEST else None
    if match is None:
        return None
    told = _AT.fullmatch(match["name"])
    name = (told["name"] if told else _VIA.sub("", match["name"]) or match["address"] or "").strip(" *")
    last, comma, first = name.strip('"').partition(", ")
    name = f"{first} {last}" if comma and name[0] == '"' else name.strip('"')
    return Heading(name) if name else None


def field_words(line: str) -> int:
    """Where the words begin in the last field of a form: "Comment: I think ..."; 0 for any other line."""
    match = _SAID_FIELD.match(line)
    return match.end() if match else 0


def mail_field(line: str) -> tuple[str, str] | None:
    """Name (lower case) and value of another header line of an e-mail, or None."""
    match = _MAIL_FIELD.fullmatch(line) if len(line) <= _LONGEST and not field_words(line) else None
    return (match["field"].lower(), match["value"]) if match else None


def addressee(opening: str) -> Heading | None:
    """Whom a post's first words address: "@ann", ">>4711"."""
    match = _MENTION.match(opening)
    return Heading(match["name"], number=match["number"]) if match else None
