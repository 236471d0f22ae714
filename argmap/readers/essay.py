"""Essays and letters: one voice from beginning to end, that of whoever signs; what it quotes is others'."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from argmap.model.document import Document, Span
from argmap.readers.authors import author, memo
from argmap.readers.credits import credit
from argmap.readers.direct import SAYS, direct_speech
from argmap.readers.faq import answered, questions
from argmap.readers.names import name
from argmap.readers.quoting import Quoted, quoted_line
from argmap.readers.signatures import behind_dash
from argmap.readers.turns import Draft, assemble, lines

_TELLS = re.compile(
    r"(?P<name>[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3})(?: [\w ]{1,30})?,? "
    rf"{SAYS}"
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey) \w+")
_MENTIONED = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]{2,30}(?: [A-Z][\w'’-]{2,30})?")
_NEAR = 300


class Essay:
    """The whole text is one turn but for named quotations; what every text is when nothing says otherwise."""

    name = "essay"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def score(self, text: str, name: str) -> float:
        """A constant that any sign of another genre beats; more where somebody signs or answers questions."""
        if questions(text):
            return 0.85
        if author(text) is None:
            return 0.3
        return 0.92 if memo(text) else 0.5

    def read(self, text: str, *, title: str) -> Document:
        """The author's turn, parted by questions that head its parts, or by what others say whom it names."""
        speaker = author(text)
        drafts = answered(text, speaker) or monologue(text, speaker)
        return assemble(text, drafts, title=title, genre=self.name)


def monologue(text: str, speaker: str | None, *, start: int = 0) -> list[Draft]:
    """The turns of one voice and of those it quotes by name; other ``>`` quotations stay inside its turns."""
    drafts = [Draft(start, len(text), speaker)]
    inside: list[Span] = []
    for span, whom in sorted(_others(text, start), key=lambda other: other[0]):
        if whom is None:
            inside.append(span)
        elif span.start >= drafts[-1].start:
            drafts[-1].end = span.start
            drafts += [Draft(span.start, span.end, whom), Draft(span.end, len(text), speaker)]
    starts = [span.start for span in inside]
    for draft in drafts:
        held = inside[bisect_left(starts, draft.start) : bisect_left(starts, draft.end)]
        draft.quotes = tuple((span.start, span.end, None) for span in held)
    return drafts


def _others(text: str, start: int) -> Iterator[tuple[Span, str | None]]:
    """What is quoted, and from whom: ``>`` lines, and direct speech of those who are named."""
    for quoted in quotations(text, start):
        whom = _quoted_speaker(text, quoted)
        if whom:
            yield Span(text.rfind("\n", 0, quoted.start) + 1, quoted.end), whom
        else:
            yield from ((piece, None) for piece in quoted.pieces)
    yield from direct_speech(text, start)


def quotations(text: str, start: int = 0) -> Iterator[Quoted]:
    """Neighbouring lines quoted with ``>``, together."""
    pieces: list[Span] = []
    for line in lines(text, start):
        quoted = quoted_line(text, line)
        if quoted is None:
            if pieces:
                yield Quoted(1, tuple(pieces))
            pieces = []
        elif len(quoted[1]):
            pieces.append(quoted[1])
    if pieces:
        yield Quoted(1, tuple(pieces))


def _quoted_speaker(text: str, quoted: Quoted) -> str | None:
    """Who is quoted: the one who signs the quotation, or whom the sentence above it names."""
    last = quoted.pieces[-1]
    signer = behind_dash(text[last.start : last.end])
    if signer and (found := name(signer)):
        return found
    above = text[max(0, quoted.start - _NEAR) : quoted.start].rstrip(" \t\n>")
    if not above.endswith(":"):
        return None
    sentence = re.split(r"(?<=[.!?])\s|\n", above)[-1]
    told = _TELLS.search(sentence)
    if told and (found := name(told["name"])):
        return found
    mentioned = _MENTIONED.findall(above) if _PRONOUN.search(sentence) else []
    return credit(sentence) or (mentioned[-1] if mentioned else None)


READER = Essay()
