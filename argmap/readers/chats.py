# ruff: noqa: E501  (patterns read best in one piece)
"""Logs of chats: a time, a name and what is said on each line, or below it (IRC, WhatsApp, Zoom, Discord)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from argmap.readers.dates import MONTH
from argmap.readers.headers import Heading
from argmap.readers.turns import lines

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_DAY = (
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}|Yesterday|Today|"
    rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?)(?:,? (?:at )?|T)"
)
_NAME = r"[^\s:<>\[\]][^:<>\n\[\]]{0,40}"
_TIME = re.compile(_CLOCK)
_STAMP = re.compile(
    rf"[\u200e]?(?:\[(?P<boxed>(?:{_DAY})?{_CLOCK})\](?: - |:? {{0,3}}|\t)|(?P<bare>(?:{_DAY})?{_CLOCK})(?: - |:? {{1,3}}|\t))"
)
# "<ann> words" behind any time; "Ann: words" only behind a date or "AM", for "[00:01] ANN: words" is a transcript's.
_SAID = re.compile(
    rf"(?P<tabbed>[^\s:<>\[\]|]{{1,40}})(?:\t| \| )|"
    rf"(?:<[@+%&~ ]?(?P<nick>{_NAME})>|From (?P<sender>{_NAME}?) to [^:\n]{{1,60}}:|(?P<dated>{_NAME}):)(?:\s|$)"
)
_ALONE = re.compile(r"\w[\w.'’-]{0,30}(?: [\w.'’()#-]{1,30}){0,3}")
_OMITTED = re.compile(
    r"[\s\u200e]{0,3}(?:<?(?:media|image|video|audio|sticker|gif|document) omitted>?|(?:this message was|you) deleted(?: this message)?)\.?",
    re.IGNORECASE,
)
_LINE = 160
_FEWEST = 3
_Message = tuple[int, int, Heading]


def messages(text: str) -> list[_Message]:
    """Start of each line that begins a message, where its words begin, and who speaks; none for other texts.

    Lines with a time and no name ("Ann joined") are headings of nobody. Cost: linear.
    """
    found = list(_stamped(text))
    if _are_names([heading.name for _, _, heading in found]):
        return found
    above = list(_above(text, found))
    names = [heading.name for _, _, heading in above]
    return above if _are_names(names) and len(set(names)) < len(names) else []


def _are_names(names: Sequence[str | None]) -> bool:
    """Do at least two people speak in most of what has a time?"""
    known = [name for name in names if name]
    return len(known) >= _FEWEST and len(set(known)) > 1 and len(known) * 2 >= len(names)


def _stamped(text: str) -> Iterator[_Message]:
    for line in lines(text):
        stamp = _STAMP.match(text, line.start, min(line.end, line.start + _LINE))
        if stamp is None:
            continue
        time = stamp["boxed"] or stamp["bare"]
        said = _SAID.match(text, stamp.end(), min(line.end, line.start + _LINE))
        name = (
            said["tabbed"] or said["nick"] or said["sender"] or (said["dated"] if _is_dated(time) else None)
            if said
            else None
        )
        end = said.end() if said and name and not _OMITTED.fullmatch(text, said.end(), line.end) else line.end
        yield line.start, end, Heading(name.strip(" ~\u202f") if name else None, time)


def _above(text: str, found: Sequence[_Message]) -> Iterator[_Message]:
    """ "[05/01/2026 10:02] Ada Horn" above what she says."""
    for start, end, heading in found:
        name = text[text.find("]", start, end) + 1 : end].strip() if text[start] == "[" else ""
        alone = _ALONE.fullmatch(name) and _is_dated(heading.date or "")
        yield start, end, Heading(name if alone else None, heading.date)


def _is_dated(time: str) -> bool:
    """Is this a time of some day, not one of a recording?"""
    return time[-1:] in {"m", "M", "."} or _TIME.fullmatch(time) is None
