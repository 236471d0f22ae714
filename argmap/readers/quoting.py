"""Quotations with ``>``: the lines, their depth, and which earlier turn the words come from."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from argmap.model.document import Span

MAX_DEPTH = 64
_KEY_WORDS = 5
_CANDIDATES = 8
# An altered quotation keeps this share of its words of more than three letters, and at least four.
_ALTERED = 0.75
_FEWEST = 4
_SHORT = 3
_HOLDERS = 64
# A comparison such as ">99%" or ">= 3", and a post number such as ">>4711", quote nobody.
_MARKER = re.compile(r"[ \t]{0,8}(?:>|&gt;)(?!=|_<|\d|(?:>|&gt;)\d)")
_MORE = re.compile(r"[ \t]{0,4}(?:>|&gt;)")
_WORD = re.compile(r"\w+")
_ELLIPSIS = re.compile(r"\[?(?:\.\.\.|…)\]?")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Neighbouring lines quoted at one depth; ``pieces`` are the lines' words without their markers."""

    depth: int
    pieces: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the quoted words begin."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the quoted words end."""
        return self.pieces[-1].end


def quoted_line(text: str, line: Span) -> tuple[int, Span] | None:
    """Depth (at most 64) and words of a line that quotes, or None for any other line. Cost: linear."""
    first = _MARKER.match(text, line.start, line.end)
    if first is None:
        return None
    depth, place = 1, first.end()
    while (more := _MORE.match(text, place, line.end)) is not None:
        depth, place = depth + 1, more.end()
    piece = text[place : line.end]
    start = place + len(piece) - len(piece.lstrip())
    return min(depth, MAX_DEPTH), Span(start, max(start, line.end))


class QuoteIndex:
    """Finds the latest earlier turn that holds some quoted words, whatever the white space between them,
    or most of them where the quotation was altered.

    Only the first words of texts that will be asked for are indexed, so memory is bounded by the quotes.

    Args:
        asked: every text that will be looked up.
    """

    def __init__(self, asked: Iterable[str]) -> None:
        self._places: dict[tuple[str, ...], deque[tuple[int, int]]] = {}
        self._words: dict[int, list[str]] = {}
        self._holders: dict[str, deque[int]] = {}
        for text in asked:
            for part in _parts(text):
                self._places.setdefault(tuple(part[:_KEY_WORDS]), deque(maxlen=_CANDIDATES))
            for word in _long_words(text):
                self._holders.setdefault(word, deque(maxlen=_HOLDERS))
        self._lengths = sorted({len(key) for key in self._places})

    def add(self, turn: int, text: str) -> None:
        """Make a turn's own words known. Cost: linear in the text."""
        found = self._words.setdefault(turn, [])
        begin = max(0, len(found) - _KEY_WORDS + 1)
        found += _words(text)
        for word in set(found[begin:]) & self._holders.keys():
            self._holders[word].append(turn)
        for place in range(begin, len(found)):
            for length in self._lengths:
                places = self._places.get(tuple(found[place : place + length]))
                if places is not None:
                    places.append((turn, place))

    def origin(self, text: str) -> int | None:
        """The latest known turn with these words, or None; an ellipsis stands for anything."""
        for part in _parts(text):
            for turn, place in reversed(self._places.get(tuple(part[:_KEY_WORDS]), ())):
                if self._words[turn][place : place + len(part)] == part:
                    return turn
        return self._closest(text)

    def _closest(self, text: str) -> int | None:
        """The latest turn with most of the longer words of a quotation that was altered."""
        asked = _long_words(text)
        held = Counter(turn for word in asked for turn in set(self._holders.get(word, ())))
        turn, most = max(held.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        return turn if most >= max(_FEWEST, _ALTERED * len(asked)) else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _long_words(text: str) -> set[str]:
    return {word for word in _words(text) if len(word) > _SHORT}


def _parts(text: str) -> Iterator[list[str]]:
    """The quoted words between ellipses, longest first."""
    parts = [_words(part) for part in _ELLIPSIS.split(text)]
    yield from sorted((part for part in parts if part), key=len, reverse=True)
