"""Where sentences and paragraphs of plain text end: rules that need no model, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.model import Span

_END = re.compile(r"[.!?…][.!?…]{0,20}[\"'”’)\]*_]{0,8}|\n")
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        """mr mrs ms dr prof st vs etc e.g i.e eg ie cf al fig no inc ltd co corp jr sr u.s approx est dept
        vol pp a.k.a""",
    )
)
_BULLET = re.compile(r"[-*•–—#>|]|\d{1,3}[.)]\s")
_CLOSED = frozenset(".!?…:;\"'”’)]*_")
WRAP = 110
"""No wider than this is the usual line of hard-wrapped text."""


def is_wrapped(text: str) -> bool:
    """Whether the lines of a text were cut to a width, so that their ends mean nothing. Cost: linear."""
    lines = [line.strip() for line in text[:20000].split("\n") if line.strip()]
    inner = lines[:-1]
    if len(inner) < 3 or sorted(map(len, inner))[len(inner) // 2] > WRAP:
        return False
    return sum(line[-1] not in _CLOSED for line in inner) * 2 > len(inner)


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text without the white space around them. Cost: linear."""
    wrapped, start = is_wrapped(text), 0
    for match in _END.finditer(text):
        if match.end() > start and _ends(text, match, wrapped):
            yield from _stripped(text, start, match.end())
            start = match.end()
    yield from _stripped(text, start, len(text))


def _ends(text: str, match: re.Match[str], wrapped: bool) -> bool:
    if match.group() == "\n":
        return _line_ends(text, match.start(), wrapped)
    after = text[match.end() : match.end() + 2]
    if not after or (after[0] == "\n" and not wrapped):
        return True
    if after[0].isspace():
        return not _carries_on(text, match, after.strip())
    return _glued(text, match, after[0])


def _carries_on(text: str, match: re.Match[str], following: str) -> bool:
    """Whether a sentence goes on after a mark: an abbreviation, an initial, a lower-case word."""
    if following[:1].islower():
        return True
    word = text[max(0, match.start() - 12) : match.start()].rpartition(" ")[2].rpartition("\n")[2]
    if match.group()[0] != ".":
        return False
    word = word.lstrip("(\"'“‘")
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")


def _glued(text: str, match: re.Match[str], following: str) -> bool:
    """Whether a sentence ends though no space follows, as in ``labs.It``."""
    before = text[match.start() - 1 : match.start()]
    opens = following.isupper() or following in "(“"
    return (
        opens and (before.islower() or before in ')"”') and match.group()[0] in ".?!" and _word(text, match)
    )


def _word(text: str, match: re.Match[str]) -> bool:
    """Whether plain words stand on both sides of a mark, not a name such as ``Node.JS`` or an address."""
    before = re.split(r"[\s(]", text[max(0, match.start() - 30) : match.start()])[-1]
    after = re.split(r"\s", text[match.end() : match.end() + 30])[0]
    if "/" in before or "." in before or "@" in before or "_" in before:
        return False
    return after[:1] in "(“" or (after[1:2] in ("", "'", "’") or after[1:].rstrip(",;:.!?").islower())


def _line_ends(text: str, place: int, wrapped: bool) -> bool:
    rest = text[place + 1 : place + 40]
    following = rest.lstrip(" \t")
    if following.startswith("\n"):
        return True
    if wrapped:
        return False
    if _BULLET.match(following):
        return True
    return not following[:1].islower()


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
