"""What of a document is mined: the speakers' own words, turn by turn, in pieces that spaCy can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from argmap.mining.sentences import is_wrapped
from argmap.model import Document, Span, Turn

LONGEST_PIECE = 20_000
"""Characters given to spaCy at once, so that memory stays bounded."""

_LETTER = re.compile(r"[^\W_]")
_QUOTE_MARK = re.compile(r"(?m)^[ \t]{0,8}>[> \t]{0,64}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one turn, without its quotations.

    Args:
        turn: place of the turn in the document.
        start: offset of the first character in the document.
        text: the characters, with line ends of wrapped text as spaces; as long as what it stands for.
        quoted: these are the words of somebody whose own turn is not in the document.
    """

    turn: int
    start: int
    text: str
    quoted: bool = False


def turns(document: Document) -> tuple[Turn, ...]:
    """The turns of a document; one for the whole where it has none."""
    return document.turns or (Turn("t1", 0, len(document.text)),)


def stretches(document: Document) -> Iterator[Stretch]:
    """The pieces to mine, in order. Cost: linear.

    Repeated turns and quotes of other turns are left out, and pieces without a word: a page of "====" would
    be parsed sign by sign.
    """
    wrapped = is_wrapped(document.text)
    for place, turn in enumerate(turns(document)):
        if turn.repeat_of is None:
            for span, quoted in _parts(turn):
                text = document.text[span.start : span.end]
                text = _QUOTE_MARK.sub(_blank, text.replace("\n", " ") if wrapped else text)
                for at, piece in pieces(text):
                    if _LETTER.search(piece):
                        yield Stretch(place, span.start + at, piece, quoted)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _parts(turn: Turn) -> Iterator[tuple[Span, bool]]:
    """The turn's own words, and the quoted words that stand nowhere else in the document."""
    start = turn.start
    for quote in sorted(turn.quotes, key=lambda quote: quote.start):
        if quote.start > start:
            yield Span(start, quote.start), False
        if quote.turn is None and quote.end > max(start, quote.start):
            yield Span(max(start, quote.start), quote.end), True
        start = max(start, quote.end)
    if start < turn.end:
        yield Span(start, turn.end), False


def pieces(text: str, *, longest: int = LONGEST_PIECE) -> Iterator[tuple[int, str]]:
    """Pieces of at most ``longest`` characters with their offsets, cut after a line or sentence."""
    start = 0
    while len(text) - start > longest:
        end = _cut(text, start, start + longest)
        yield start, text[start:end]
        start = end
    if text[start:].strip():
        yield start, text[start:]


def _cut(text: str, start: int, limit: int) -> int:
    for mark in ("\n", ". ", " "):
        place = text.rfind(mark, (start + limit) // 2, limit)
        if place > 0:
            return place + len(mark)
    return limit
