"""Transcripts without speaker labels, often hard-wrapped: turns and speakers come from what is said."""

from __future__ import annotations

import re

from argmap.model.document import Document
from argmap.readers import speakers
from argmap.readers.participants import cast
from argmap.readers.replies import opens_answer
from argmap.readers.turns import Draft, assemble, lines, paragraphs, sentences

_SPOKEN = re.compile(
    r"\b(?:um|uh|yeah|you know|kind of|welcome (?:back )?to|i mean|i guess|the show|podcast|episode)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_BACK_CHANNEL = 4
# No punctuation, yet somebody else goes on: "... take a look at I mean, I think there's".
_RUN_ON = re.compile(r"(?<=[a-z]) (?=I mean, )")


class Transcript:
    """Turns by the speakers that `speakers.attribution` finds; None where it abstains."""

    name = "transcript"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where words of speech are frequent, the more so in hard-wrapped lines."""
        total = sum(1 for _ in _WORD.finditer(text))
        spoken = sum(1 for _ in _SPOKEN.finditer(text))
        if spoken < 4 and not _names_people(text):
            return 0.0
        lengths = [len(line) for line in lines(text)]
        wrapped = len(lengths) > 5 and sorted(lengths)[len(lengths) // 2] < 100
        return min(0.8, max(30 * spoken / total, 0.5 * _names_people(text)) + 0.2 * wrapped)

    def read(self, text: str, *, title: str) -> Document:
        """One turn for each stretch of sentences by one speaker."""
        return assemble(text, drafts(text), title=title, genre=self.name)


def _names_people(text: str) -> bool:
    """Does somebody introduce himself, and call others by name to ask them something?"""
    spans = sentences(text)
    people = cast([text[span.start : span.end] for span in spans]).names
    return people[0] is not None and people[1] is not None and text.count("?") > 2


def drafts(text: str) -> list[Draft]:
    """The turns of a conversation without labels."""
    spans = sentences(text)
    blocks = paragraphs(text) if "\n\n" in text else []
    first = {block.start for block in blocks}
    starts = {place for place, span in enumerate(spans) if span.start in first} if len(blocks) > 3 else set()
    names = speakers.attribution([text[span.start : span.end] for span in spans], starts=starts)
    found: list[Draft] = []
    for span, voice in zip(spans, names, strict=True):
        if voice.begins or not found:
            found.append(Draft(span.start, span.end, voice.speaker))
        else:
            found[-1].end = span.end
    _answer_questions(text, found)
    return found


def _answer_questions(text: str, found: list[Draft]) -> None:
    """A turn answers the turn before it, over back-channels ("Yeah."), if that asked or this one opens so."""
    before: int | None = None
    for place, draft in enumerate(found):
        if before is not None:
            asked = "?" in text[max(found[before].start, found[before].end - 300) : found[before].end]
            if asked or opens_answer(text[draft.start : draft.start + 80]):
                draft.reply = before
        if sum(1 for _ in _WORD.finditer(text, draft.start, draft.end)) >= _BACK_CHANNEL or before is None:
            before = place


READER = Transcript()
