"""Transcripts whose turns begin with the speaker's name: ``NAME: text``, with or without times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from argmap.model.document import Document, Span
from argmap.readers.replies import opens_answer
from argmap.readers.turns import Draft, assemble, lines

_TIME = r"[\[(]?(?P<{0}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:[.,]\d{{1,3}})?[\])]?"
_LABEL = re.compile(
    rf"(?:>>>?[ \t]?)?(?:{_TIME.format('before')}[ \t]{{1,3}}(?:[-–—][ \t])?)?[*_]{{0,2}}"
    r"(?P<name>[^\W\d_][\w.'’-]{0,30}(?: (?:[\w.'’-]{1,30}|\([^()\n]{1,40}\))){0,4})"
    rf"(?:[ \t,]{{1,2}}{_TIME.format('after')})?[*_]{{0,2}}(?P<colon>:?)[*_]{{0,2}}(?:[ \t]{{1,4}}|$)"
)
_NOT_NAMES = frozenset(
    [
        "note",
        "notes",
        "warning",
        "edit",
        "update",
        "source",
        "topic",
        "summary",
        "title",
        "abstract",
        "example",
        "tldr",
        "ps",
        "http",
        "https",
        "re",
        "subject",
        "date",
        "from",
        "to",
        "cc",
        "question",
        "answer",
        "conclusion",
        "background",
        "however",
        "first",
        "second",
        "third",
        "finally",
        "but",
        "and",
        "so",
        "because",
    ]
)
_TOKEN = re.compile(r"[\w-]{2,30}|speaker .{1,20}")
_HANDLE = re.compile(r"(?!speaker)[a-z]|.*[\d_]")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the beginning of a line; ``words`` is where what is said begins."""

    name: str
    start: int
    words: int
    begin: float | None


class Labelled:
    """A turn for each label; lines without a label continue the turn above."""

    name = "labelled"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where at least two names recur at the beginnings of lines."""
        found = labels(text)
        names = {label.name for label in found}
        if len(names) < 2 or len(found) < 3:
            return 0.0
        total = sum(1 for _ in lines(text))
        if handles(found):
            return 0.8
        return min(0.95, 0.7 + len(found) / total)

    def read(self, text: str, *, title: str) -> Document:
        """Words before the first label belong to no turn."""
        found = labels(text)
        ends = [label.start for label in found[1:]] + [len(text)]
        drafts = [
            Draft(label.words, max(label.words, end), label.name, begin=label.begin)
            for label, end in zip(found, ends, strict=False)
        ]
        answer_in_turn(text, drafts)
        return assemble(text, drafts or [Draft(0, len(text))], title=title, genre=self.name)


def answer_in_turn(text: str, drafts: list[Draft]) -> None:
    """Set what each turn of a conversation answers: the other speaker's turn just before, if that asked
    something or this one opens as an answer does."""
    for place in range(1, len(drafts)):
        before, draft = drafts[place - 1], drafts[place]
        if before.speaker == draft.speaker and draft.speaker is not None:
            continue
        asked = "?" in text[max(before.start, before.end - 200) : before.end]
        if asked or opens_answer(text[draft.start : draft.start + 80]):
            draft.reply = place - 1


def handles(found: list[Label]) -> bool:
    """Are most of these names handles, as in a chat or a forum: "ann_b", "max99"?"""
    return sum(_HANDLE.match(label.name) is not None for label in found) * 2 > len(found)


def labels(text: str) -> list[Label]:
    """Labels that recur, or all where most lines have one: a single "Note:" is no speaker. Cost: linear."""
    found = list(_candidates(text))
    count = Counter(label.name for label in found)
    sure = [
        label for label in found if count[label.name] > 1 or label.name.isupper() or label.begin is not None
    ]
    return found if len(sure) * 2 > sum(1 for _ in lines(text)) else sure


def _candidates(text: str) -> Iterator[Label]:
    for line in lines(text):
        label = _label(text, line)
        if label and not set(label.name.casefold().split()) & _NOT_NAMES:
            yield label


def _label(text: str, line: Span) -> Label | None:
    match = _LABEL.match(text, line.start, min(line.end, line.start + _LONGEST))
    if match is None or not (match["name"][0].isupper() or _TOKEN.fullmatch(match["name"])):
        return None
    time = match["before"] or match["after"]
    alone = match.end() == line.end and time
    if not (match["colon"] or alone):
        return None
    return Label(match["name"], line.start, match.end(), seconds(time) if time else None)


def seconds(time: str) -> float:
    """Seconds in "1:02:03", "02:03.5" or "02:03,5"."""
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


READER = Labelled()
