# ruff: noqa: E501  (patterns read best in one piece)
"""Pages of questions and answers: "asked Jan 3 at 10:02" and the user below each post, comments behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from argmap.model.document import Span
from argmap.readers.bylines import Mark
from argmap.readers.dates import DATE
from argmap.readers.headers import Heading

_STAMP = re.compile(
    rf"(?P<verb>asked|answered|edited),? (?P<date>(?i:{DATE}))(?:[ \t]{{1,4}}(?:by )?(?P<name>[^\W\d]\S{{0,30}}(?: [A-Z][\w.'’-]{{0,30}}){{0,3}}))?"
    r"(?: ?[\d(][\d.,kK ●•·()a-z]{0,60})?"
)
_COUNTS = re.compile(
    r"[\d.,]{1,9}[kK]?\b[\d.,kK ●•·]{0,40}(?:rep(?:utation)?|(?:gold|silver|bronze) badges?.{0,60})?"
)
# "words –" or "– Ann" above "Commented Jan 3, 2022 at 10:10".
_COMMENTED = re.compile(rf"(?:Commented,? ?)?(?P<date>(?i:{DATE}))")
_COMMENTER = re.compile(r"[–—] ?(?P<name>[^\W\d][^\n]{0,40})")
_LONGEST = 120
_NAME, _TITLE = 44, 100
_LEVELS = {"asked": 0, "answered": 1}
_COMMENT = 2


def marks(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Start of each signature -> who asks, answers or comments above it; none for other texts. Cost: linear.

    Args:
        own: the text's lines without those of the site (see `furniture.own_lines`).
    """
    lines = [text[span.start : span.end] if len(span) <= _LONGEST else "" for span in own]
    found: dict[int, Mark] = {}
    place = posts = 0
    below = False  # where something longer than a title stands above the first of them
    while place < len(own):
        behind, heading = _signed(lines, place)
        if heading:
            found[own[place].start] = Mark(heading, own[behind - 1].end, signs=below)
            posts += heading.level in _LEVELS.values()
        below = below or (not found and len(own[place]) > _TITLE)
        place = max(behind, place + 1)
    return found if posts > 1 else {}


def _signed(lines: Sequence[str], first: int) -> tuple[int, Heading | None]:
    """The place behind the signature that begins at a line, and who signs: the asker, not who edited later."""
    signed: Heading | None = None
    place = first
    while place < len(lines) and (stamp := _STAMP.fullmatch(lines[place])):
        name, place = stamp["name"], place + 1
        if name is None and place < len(lines) and _is_user(lines[place]):
            name, place = lines[place], place + 1
        while place < len(lines) and _COUNTS.fullmatch(lines[place]):
            place += 1
        if signed is None or stamp["verb"] != "edited":
            signed = Heading(name, stamp["date"], level=_LEVELS.get(stamp["verb"]))
    if place > first:
        return place, signed
    commenter = _COMMENTER.fullmatch(lines[first])
    date = _COMMENTED.fullmatch(lines[first + 1]) if commenter and first + 1 < len(lines) else None
    if commenter and date:
        return first + 2, Heading(commenter["name"], date["date"], level=_COMMENT, eldest=True)
    return first, None


def _is_user(line: str) -> bool:
    """Can this be the name below a stamp?"""
    return 0 < len(line) <= _NAME and line[-1] not in ".?!:;," and _STAMP.fullmatch(line) is None
