# ruff: noqa: E501  (patterns read best in one piece)
"""Transcripts without speaker labels, often hard-wrapped: turns and speakers come from what is said."""

from __future__ import annotations

import re
from itertools import pairwise

from argmap.model.document import Document, Span
from argmap.readers import speakers
from argmap.readers.labelled import seconds
from argmap.readers.participants import cast
from argmap.readers.replies import opens_answer
from argmap.readers.turns import Draft, assemble, lines, paragraphs, sentences

_SPOKEN = re.compile(
    r"\b(?:um|uh|yeah|you know|kind of|welcome (?:back )?to|i mean|i guess|the show|podcast|episode)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_BACK_CHANNEL = 4
# A time on a line of its own, or in brackets before the words.
_TIME = re.compile(
    r"[ \t]{0,8}(?:[\[(](?P<boxed>\d{1,2}(?::\d\d){1,2})[\])]|(?P<bare>\d{1,2}(?::\d\d){1,2})(?=\s{0,8}$))\s{0,8}",
    re.MULTILINE,
)
_TIME_LINE = re.compile(r"^[ \t]{0,8}[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?[ \t]{0,8}\n", re.MULTILINE)
_TIMES = 3


class Transcript:
    """Turns by the speakers that `speakers.attribution` finds; None where it abstains."""

    name = "transcript"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where words of speech are frequent, the more so in hard-wrapped lines."""
        if _is_timed(text):
            return 0.85
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


def _is_timed(text: str) -> bool:
    """Do stretches of words begin with times that grow?"""
    found = [match for line in lines(text) if (match := _TIME.match(text, line.start, line.end))]
    times = [seconds(match["boxed"] or match["bare"]) for match in found]
    return len(times) >= _TIMES and all(first <= second for first, second in pairwise(times))


def drafts(text: str) -> list[Draft]:
    """The turns of a conversation without labels."""
    times = _begins(text)
    spans = sentences(text)
    if times:
        spans = [span for whole in spans if len(span := _untimed(text, whole))]
    blocks = paragraphs(text) if "\n\n" in text and not times else []
    first = {block.start for block in blocks}
    starts = {place for place, span in enumerate(spans) if span.start in first} if len(blocks) > 3 else set()
    said = [text[span.start : span.end] for span in spans]
    if times:
        said = [_TIME_LINE.sub("", words) for words in said]
    names = speakers.attribution(said, starts=starts)
    found: list[Draft] = []
    for span, voice in zip(spans, names, strict=True):
        if voice.begins or not found:
            found.append(Draft(span.start, span.end, voice.speaker, begin=times.get(span.start)))
        else:
            found[-1].end = span.end
    _answer_questions(text, found)
    return found


def _begins(text: str) -> dict[int, float]:
    """Seconds at which words begin, by their places, where times stand before them."""
    if not _is_timed(text):
        return {}
    found = (_TIME.match(text, line.start) for line in lines(text))
    return {match.end(): seconds(match["boxed"] or match["bare"]) for match in found if match}


def _untimed(text: str, span: Span) -> Span:
    """A sentence without the time before it."""
    match = _TIME.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


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
