# ruff: noqa: E501  (patterns read best in one piece)
"""Logs of chats: a time, a name and what is said on each line (IRC, WhatsApp, Zoom)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.readers.headers import Heading
from argmap.readers.turns import lines

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_NAME = r"[^\s:<>\[\]][^:<>\n\[\]]{0,40}"
_STAMP = re.compile(
    rf"[\u200e]?(?:\[(?P<boxed>(?:{_DAY},?[ T])?{_CLOCK})\]|(?P<bare>(?:{_DAY},?[ T])?{_CLOCK}))(?: - |:? {{1,3}}|\t)"
)
# "<ann> words" behind any time; "Ann: words" only behind a date, for "[00:01] ANN: words" is a transcript's.
_SAID = re.compile(
    rf"(?:<[@+%&~ ]?(?P<nick>{_NAME})>|From (?P<sender>{_NAME}?) to [^:\n]{{1,60}}:|(?P<dated>{_NAME}):)(?:\s|$)"
)
_LINE = 160
_FEWEST = 3


def messages(text: str) -> list[tuple[int, int, Heading]]:
    """Start of each line that begins a message, where its words begin, and who speaks; none for other texts.

    Lines with a time and no name ("Ann joined") are headings of nobody. Cost: linear.
    """
    found = list(_stamped(text))
    names = [heading.name for _, _, heading in found if heading.name]
    if len(names) < _FEWEST or len(set(names)) < 2 or len(names) * 2 < len(found):
        return []
    return found


def _stamped(text: str) -> Iterator[tuple[int, int, Heading]]:
    for line in lines(text):
        stamp = _STAMP.match(text, line.start, min(line.end, line.start + _LINE))
        if stamp is None:
            continue
        time = stamp["boxed"] or stamp["bare"]
        said = _SAID.match(text, stamp.end(), min(line.end, line.start + _LINE))
        name = (
            (said["nick"] or said["sender"] or (said["dated"] if len(time) > 11 else None)) if said else None
        )
        end = said.end() if said and name else line.end
        yield line.start, end, Heading(name.strip() if name else None, time)
