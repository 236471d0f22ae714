"""What all readers share: lines, paragraphs and sentences as spans, and turns put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from argmap.model.document import Document, Quote, Span, Turn, document_id

_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\n[ \t]{0,40}\n")
_STOP = re.compile(r"[.?!…][\"'”’)\]]{0,3}(?=\s)|\n[ \t]{0,20}\n|(?<=\w)[-–—](?= [A-Z])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|cf|e\.g|i\.e|etc|approx|Fig|al|U\.S|Inc)\.$"
)
# "No. 5" goes on, "No. I do not." does not.
_NUMBERED = re.compile(r"\bNo\.\s{1,3}\d")
_COPY_LENGTH = 40


@dataclass(slots=True)
class Draft:
    """A turn while a reader works on it; ``reply`` is the place of the draft it answers."""

    start: int
    end: int
    speaker: str | None = None
    reply: int | None = None
    quotes: tuple[tuple[int, int, int | None], ...] = ()
    url: str | None = None
    date: str | None = None
    begin: float | None = None
    finish: float | None = None


def words(text: str) -> list[str]:
    """Lower-case words, without punctuation."""
    return _WORD.findall(text.lower())


def apart(text: str, above: Span, below: Span) -> bool:
    """Is there a blank line between two lines?"""
    return _BLANK.search(text, above.end, below.start) is not None


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, max(start + left, start + len(piece.rstrip())))


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Every line with words in it, trimmed."""
    stop = len(text) if end is None else end
    while start < stop:
        newline = text.find("\n", start, stop)
        here = stop if newline < 0 else newline
        span = trimmed(text, start, here)
        if len(span):
            yield span
        start = here + 1


def paragraphs(text: str) -> list[Span]:
    """Blocks between blank lines; each line is a block where there is no blank line."""
    blocks = re.split(r"(\n[ \t]{0,20}\n)", text)
    if len(blocks) < 3:
        return list(lines(text))
    spans, start = [], 0
    for block in blocks:
        span = trimmed(text, start, start + len(block))
        start += len(block)
        if len(span):
            spans.append(span)
    return spans


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences as trimmed spans; an abbreviation or an initial does not end one. Cost: linear."""
    stop = len(text) if end is None else end
    found, here = [], start
    for match in _STOP.finditer(text, start, stop):
        if _ABBREVIATED.search(text[max(here, match.end() - 12) : match.end()]):
            continue
        if _NUMBERED.match(text, max(here, match.end() - 3), match.end() + 4):
            continue
        found.append(trimmed(text, here, match.end()))
        here = match.end()
    found.append(trimmed(text, here, stop))
    return [span for span in found if len(span)]


def assemble(text: str, drafts: Sequence[Draft], *, title: str, genre: str, **more: Any) -> Document:
    """The document with these turns: empty drafts dropped, ids given, later copies marked.

    Args:
        drafts: in reading order; their ``reply`` and quotes point to places in this sequence.
        more: url, date, attributes of the document.
    """
    spans = [trimmed(text, draft.start, draft.end) for draft in drafts]
    kept = [place for place, span in enumerate(spans) if len(span)]
    ids = {place: f"t{number}" for number, place in enumerate(kept, 1)}
    turns = [_turn(drafts[place], spans[place], ids, place) for place in kept]
    return Document(document_id(text), title, genre, text, tuple(without_copies(text, turns)), **more)


def _turn(draft: Draft, span: Span, ids: dict[int, str], place: int) -> Turn:
    quotes = (
        Quote(start, end, ids.get(turn) if turn is not None else None) for start, end, turn in draft.quotes
    )
    return Turn(
        id=ids[place],
        start=span.start,
        end=span.end,
        speaker=draft.speaker,
        reply_to=ids.get(draft.reply) if draft.reply is not None else None,
        quotes=tuple(quotes),
        url=draft.url,
        date=draft.date,
        begin=draft.begin,
        finish=draft.finish,
    )


def without_copies(text: str, turns: Iterable[Turn]) -> Iterator[Turn]:
    """Turns with ``repeat_of`` set where an earlier turn of the same speaker has the same words.

    A short turn ("Agreed.") is a copy only inside a run of copies. A copy answers what its original answered.
    """
    seen: dict[tuple[str | None, str], Turn] = {}
    in_run = False
    for turn in turns:
        key = (turn.speaker, " ".join(words(text[turn.start : turn.end])))
        first = seen.setdefault(key, turn)
        in_run = first is not turn and (in_run or len(key[1]) >= _COPY_LENGTH)
        yield replace(turn, repeat_of=first.id, reply_to=first.reply_to) if in_run else turn
