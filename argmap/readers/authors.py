# ruff: noqa: E501  (patterns read best in one piece)
"""Whose text it is: a byline or sender above it, a signature or a line about the author below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from argmap.readers.dates import MONTH, WHOLE_DAY
from argmap.readers.names import MARKUP, TITLE, lowered, name
from argmap.readers.signatures import behind_dash
from argmap.readers.turns import lines

_ABOVE, _BELOW = 12, 6
_LONGEST = 160
_LONGEST_LINE_ABOUT = 500
_SPEECH = "sermon|homily|lecture|talk|keynote|speech|address|remarks|statement|testimony|evidence|opinion|dissent|judgment"
_WRITING = (
    "essay|letter|column|memo|memorandum|note|story|review|comment|report|paper|response|submission|proposal"
)
# "From: the secretariat", "By Ada Horn, columnist", "Opening remarks by Ada Horn".
_FIELD = re.compile(
    r"(?P<key>from|authors?|byline|name|sender|speaker|signed|(?:written|words|posted|submitted|published|prepared|presented) by|"
    rf"(?:guest |opening |closing )?(?:post|{_SPEECH}|{_WRITING}) (?:by|from)|by)(?P<mark> ?: ?| )(?P<value>[^\n]{{2,140}})",
    re.IGNORECASE,
)
# "Posted on 3 March by ada", "3 hours ago by ada", "by ada · 12 comments".
_POSTED = re.compile(
    r"(?:(?:posted|published|written|updated|submitted)[ :])?(?P<date>[^\n]{4,60}?),? by (?P<value>[^\n]{2,80})|by (?P<lone>[^\n·•|]{2,40}?) [·•|] [^\n]{2,80}",
    re.IGNORECASE,
)
# "Remarks of the Rev. Ada Horn to the council", "A letter from Ada Horn".
_DELIVERED = re.compile(
    rf"(?:[^\n:]{{0,60}}\b)?(?:(?:{_SPEECH})\b[^\n.:]{{0,40}}? (?:by|of|from)|(?:{_WRITING})\b[^\n.:]{{0,40}}? (?:by|from)) "
    r"(?:the (?=rev|rt|hon|very|most))?(?P<value>[^\n]{3,100})",
    re.IGNORECASE,
)
# "I, Ada Horn, of 3 Harbour Road, will say as follows", "My name is Ada Horn and I fish."
_PRESENTS = re.compile(
    r"(?:I, (?P<sworn>[^,\n]{4,50}), (?:of|am|do|declare|state|make)\b|(?:[^\n.!?]{0,60}[,.!] )?(?:[Mm]y name is|I am called|[Tt]his is) (?P<value>[A-Z][^\n]{3,60}))"
)
# "JUSTICE HORN delivered the opinion", "HORN, C.J., dissenting".
_JUDGE = re.compile(
    r"(?:M[RS]S?\.? |CHIEF )?JUSTICE (?P<justice>[A-Z][\w'’-]+),? (?:delivered|filed|announced|dissenting|concurring)|(?P<judge>[A-Z][\w'’-]+),? C?\.?J\.?[,:] ?(?:dissenting|concurring|delivering)",
    re.IGNORECASE,
)
_TEACHER = re.compile(rf"(?:Instructor|{TITLE}) \S")
# "Close the bridge, by Ada Horn", "Masts (a short story by Sam Lee)".
_TITLE_BY = re.compile(
    r"[^\n]{3,100}?[,;–—|(] ?(?:an? [\w ]{3,20} )?by (?P<value>[^\n,;()]{3,60})\)?", re.IGNORECASE
)
# What may stand behind a name in one line.
_REST = re.compile(r" ?[,;(<|·•]| [-–—/]| (?:and I|on|at|to|before|for|in|posted|published|wrote|is) |\d| @")
# What shows that words behind or below a name are about its bearer: "professor of law", "4 min read", "3 May 2024".
_ROLE = re.compile(
    r"\b(?:editor|columnist|correspondent|reporter|journalist|professor|lecturer|writer|author|director|chair\w*|manager|engineer|nurse|doctor|"
    r"surgeon|GP|teacher|student|fellow|researcher|scientist|officer|president|secretary|treasurer|member|resident|farmer|founder|CEO|CTO|head|staff|"
    r"analyst|economist|historian|philosopher|lawyer|solicitor|barrister|judge|vicar|priest|rector|minister|MPs?|councillor|consultant|adviser|advisor|"
    r"candidate|retired|aged?|PhD|MD|University|College|School|Institute|Department|Centre|Center|Union|Council|Society|Association)\b|"
    rf"^(?:of|at) |min(?:ute)?s? read|^@\w|\b\d{{1,2}} {MONTH}|{MONTH}\.? \d{{1,2}}\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# "posted by @ada · 3 h", "u/ada".
_HANDLE = re.compile(
    r"(?:posted )?(?:by )?(?P<name>@\w[\w.-]{1,30}|/?u/[\w-]{2,30})(?:[ ·•(|,][^\n]{0,60})?:?", re.IGNORECASE
)
# "I remain, yours very sincerely,", "Kind regards, Ada Horn", "Signed: Ada Horn".
_CLOSING = re.compile(
    r"(?:(?i:i (?:am|remain),? ))?(?:(?i:yours?)(?: [a-z]{1,12}){0,3}|(?:(?i:very) )?(?i:sincerely|faithfully|respectfully|truly|cordially)(?: yours)?|(?i:signed)|"
    r"(?:(?i:all|kind|warm|best|many|with) ){0,3}(?i:best|regards|wishes|thanks|thank you|love|cheers))"
    r"(?P<mark>[,:—–-]|)(?: ?(?P<value>[A-Z][^\n]{0,60}))?"
)
# "Dear Sir,", "To the Editor:".
_SALUTATION = re.compile(
    r"(?:dear|to|sir|sirs|madam|editor|hello|hi)\b[^\n]{0,60}(?:[,:–—-]|editor)", re.IGNORECASE
)
_MEMO = re.compile(r"(?P<key>from|to|for|date|subject|re|cc|status|ref|>)(?:(?<=>)|:)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z]{1,3}")
_NOTE_HEAD = 600
# "Minutes taken by Ada Horn", "Notes: KT", "Scribe: KT".
_TAKER = re.compile(
    r"\b(?:(?:notes?|minutes|taken|recorded|kept|compiled|collected|typed(?: up)?|written(?: up)?) by|"
    r"(?:minutes|notes)[ \t]?:|(?:note-?taker|minute-?taker|scribe):?) ?(?P<value>[A-Z][^\n,;:.()]{1,50})",
    re.IGNORECASE,
)
_NICK = re.compile(r"[\w.-]{2,30}")
# "Ada Horn, a former pilot, is a writer in Leeds."
_ABOUT = re.compile(
    r"(?P<value>[A-Z][^\n,;:]{3,50}?)(?:,[^\n,]{2,80},)? (?:is|was|teaches|works|writes|lives)\b"
    r"(?P<more>[^\n]{0,400})"
)
_DATE = re.compile(rf"(?:{WHOLE_DAY}|{MONTH} \d{{4}})(?:[ ,·|–—-][^\n]{{0,40}})?", re.IGNORECASE)
# What may stand behind its verb: " a writer in", " at".
_OFFICE = re.compile(r" (?:an? |the |)[^\n.]{0,80}?\b(?:at|of|in|for|from|who|and)\b")


def author(text: str) -> str | None:
    """Who signs the whole text, above or below it; None where nobody does. Cost: linear."""
    found = list(_shown(text))
    return _above(_head(found)) or _below(found) or _presented(found)


def note_taker(text: str) -> str | None:
    """Who took these notes, where that is said above or below them: "Minutes taken by Ada Horn", "Scribe: KT"."""
    for piece in (text[:_NOTE_HEAD], text[-_NOTE_HEAD:]):
        match = _TAKER.search(piece)
        if match and (found := _person(match["value"], 1)):
            return found
    return None


def memo(text: str) -> bool:
    """Is this one letter or memorandum: a sender, an addressee and a subject above it, and nothing quoted?"""
    found = [_MEMO.match(line) for line in _shown(text)]
    keys = [match["key"].lower() for match in found[:_ABOVE] if match]
    senders = sum(match is not None and match["key"].lower() == "from" for match in found)
    return senders == 1 and len(set(keys)) > 2 and not any(match and match["key"] == ">" for match in found)


def _shown(text: str) -> Iterator[str]:
    for span in lines(text):
        yield text[span.start : span.end]


def _head(found: Sequence[str]) -> list[str]:
    """The short lines above the first paragraph."""
    head: list[str] = []
    for line in found[:_ABOVE]:
        if len(line) > _LONGEST:
            break
        head.append(line)
    return head


def _above(head: Sequence[str]) -> str | None:
    for place, line in enumerate(head):
        if line.startswith(("##", ">")):
            continue
        below = head[place + 1 : place + 5]
        found = _field(line) or _judge(line) or (_titled(line) if place < 3 else None)
        found = found or _described(line, below, head[place - 1] if place else None) or _handle(line)
        if found:
            return found
    return None


def _presented(found: Sequence[str]) -> str | None:
    """ "I, Ada Horn, of Harbour Road, say", "My name is Ada Horn" among the first lines."""
    matches = (_PRESENTS.match(line) for line in found[:_ABOVE])
    return next((_person(one["sworn"] or one["value"], 2) for one in matches if one), None)


def _titled(line: str) -> str | None:
    """ "Close the bridge, by Ada Horn", "Remarks of Ada Horn to the council"."""
    words = line.strip(MARKUP)
    found = _TITLE_BY.fullmatch(words) or _DELIVERED.fullmatch(words)
    return _person(found["value"], 2) if found else None


def _judge(line: str) -> str | None:
    found = _JUDGE.match(line.strip(MARKUP))
    return f"Justice {lowered(found['justice'] or found['judge'])}" if found else None


def _field(line: str) -> str | None:
    """ "By Ada Horn, columnist", "From: the secretariat (adviser)", "Posted on 3 March by Ada"."""
    words = line.strip(MARKUP)
    match = _FIELD.fullmatch(words)
    if match and (":" in match["mark"] or match["key"].lower().endswith(("by", "from"))):
        if ":" in match["mark"] and match["key"].lower() in {"from", "author", "authors", "sender"}:
            return _first(match["value"]) or None
        few = 1 if ":" in match["mark"] or match["key"].lower() != "from" else 9
        found = _handle(match["value"]) or _person(match["value"], few)
        if found:
            return found
    return _posted(words)


def _posted(words: str) -> str | None:
    """ "Posted on 3 March by ada", "submitted 3 hours ago by ada", "by ada · 12 comments"."""
    match = _POSTED.fullmatch(words)
    if match is None or not (match["lone"] or any(letter.isdigit() for letter in match["date"])):
        return None
    value = match["lone"] or match["value"]
    return _handle(value) or _person(value, 1) or (value if _NICK.fullmatch(value) else None)


def _first(words: str) -> str:
    """Words up to what stands behind a name."""
    cut = _REST.search(words)
    return words[: cut.start() if cut else len(words)].strip(MARKUP + '.,:;"“”')


def _person(words: str, fewest: int) -> str | None:
    found = name(_first(words))
    return found if found and len(found.split()) >= fewest else None


def _handle(line: str) -> str | None:
    match = _HANDLE.fullmatch(line.strip(MARKUP))
    return match["name"].rpartition("/")[2].lstrip("@") if match else None


def _described(line: str, below: Sequence[str], above: str | None) -> str | None:
    """ "Ada Horn, professor of law", "Ada Horn | 3 May 2024", or a name alone above a date or a role."""
    words = line.strip(MARKUP)
    cut = _REST.search(words)
    found = _person(words, 2)
    if found is None or words.endswith(("?", "!", ":")):
        return None
    if cut is None:
        return found if _stands_as_name(below, above) else None
    rest = words[cut.start() :].strip(" ,;:()<|·•-–—")
    known = (
        _ROLE.search(rest)
        and len(rest) <= 100
        and not set(rest) & set('"“*')
        and (above is not None or rest.startswith("@"))
    )
    return found if known else None


def _stands_as_name(below: Sequence[str], above: str | None) -> bool:
    """Do the lines around a name alone on its line show that it is the author's?"""
    if above is None:
        return bool(below) and (_TEACHER.match(below[0]) is not None or below[0].startswith("@"))
    plain = [line.strip(MARKUP + " ()·•-–—") for line in below]
    if plain and _ROLE.search(plain[0]) and len(plain[0]) <= 80 and not plain[0].endswith((".", ":")):
        return True
    return any(_DATE.fullmatch(one) or "min read" in one for one in plain)


def _below(found: Sequence[str]) -> str | None:
    tail = list(found[-_BELOW:] if len(found) > _BELOW else found[len(found) // 2 :])
    for place in range(len(tail) - 1, -1, -1):
        closed = _closing(tail[place], tail[place + 1 : place + 2])
        if closed:
            return closed
    if any(_SALUTATION.match(line.strip(MARKUP)) for line in found[:8]):
        signed = _letter_end(tail)
        if signed:
            return signed
    for place in range(len(tail) - 1, -1, -1):
        above = tail[place - 1] if place else ""
        if above.endswith(('"', "”", "»")) or above.startswith(">"):
            continue
        signed = _signature(tail[place]) or _about(tail[place], place == len(tail) - 1)
        if signed:
            return signed
    return None


def _closing(line: str, below: Sequence[str]) -> str | None:
    """Who stands in or below "Yours sincerely,"."""
    match = _CLOSING.fullmatch(line.strip(MARKUP)) if len(line) <= 90 else None
    if match is None or not match["mark"]:
        return None
    signed = (match["value"] or (below[0] if below else "")).strip(MARKUP + "—–-,")
    if _INITIALS.fullmatch(signed):
        return signed
    return _person(signed, 1)


def _letter_end(tail: Sequence[str]) -> str | None:
    """The first line that is a name among the short ones below a letter."""
    short: list[str] = []
    for line in reversed(tail):
        if len(line) > 90:
            break
        short.append(line)
    names = (_person(line, 2) for line in reversed(short) if not line.endswith(("!", "?")))
    return next((found for found in names if found), None)


def _signature(line: str) -> str | None:
    """ "— Ada Horn, Leeds", "Posted by Ada at 9"."""
    if len(line) > _LONGEST:
        return None
    value = behind_dash(line.strip(MARKUP))
    if value:
        return _handle(value) or _person(value, 1)
    return _field(line)


def _about(line: str, last: bool) -> str | None:
    """ "*Ada Horn is a writer in Leeds.*" below the text."""
    if len(line) > _LONGEST_LINE_ABOUT:
        return None
    words = line.strip(MARKUP + "(")
    match = _ABOUT.match(words[18:] if words.lower().startswith("about the author: ") else words)
    if match is None:
        return None
    marked = line[0] in "*_([|>" or words[:5] == "About"
    if not marked and not (last and _OFFICE.match(match["more"]) and _ROLE.search(match["more"])):
        return None
    return _person(match["value"], 2)
