"""Comments: one paragraph each, without names; what a comment answers shows in its words."""

from __future__ import annotations

import re

from argmap.model.document import Document, Span
from argmap.readers.replies import Restated, opening, opens_answer
from argmap.readers.turns import Draft, assemble, paragraphs, words

_TALK = re.compile(r"\b(?:I|I['’]m|I['’]ll|I['’]d|you|your|agree|disagree|point)\b")
_RESTATED_ENOUGH = 3.0


class Comments:
    """Every paragraph is a turn of an unknown speaker; later copies of a paragraph are marked."""

    name = "comments"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where paragraphs talk to each other, and where a run of them comes twice."""
        blocks = [text[block.start : block.end] for block in paragraphs(text)]
        if len(blocks) < 2:
            return 0.0
        heads = [opening(block) for block in blocks]
        answers = sum(map(opens_answer, heads)) / len(blocks)
        talk = sum(_TALK.search(head) is not None for head in heads) / len(blocks)
        copies = 1 - len({tuple(words(block)) for block in blocks}) / len(blocks)
        return min(0.65, 0.5 * answers + 0.25 * talk + 0.5 * copies)

    def read(self, text: str, *, title: str) -> Document:
        """One turn a paragraph."""
        spans = paragraphs(text)
        drafts = [Draft(span.start, span.end) for span in spans]
        for draft, reply in zip(drafts, _replies(text, spans), strict=True):
            draft.reply = reply
        return assemble(text, drafts, title=title, genre=self.name)


def _replies(text: str, spans: list[Span]) -> list[int | None]:
    """For each paragraph, the place of the one it answers."""
    passages = [text[span.start : span.end] for span in spans]
    restated = Restated(passages)
    seen: set[str] = set()
    replies: list[int | None] = []
    for place, passage in enumerate(passages):
        replies.append(None if passage in seen else _answered(place, passage, restated))
        seen.add(passage)
        restated.add(place, passage)
    return replies


def _answered(place: int, passage: str, restated: Restated) -> int | None:
    scores = restated.scores(passage)
    best = max(scores, key=lambda other: (scores[other], other), default=None)
    if best is not None and scores[best] >= _RESTATED_ENOUGH:
        return best
    return place - 1 if place and opens_answer(passage) else None


READER = Comments()
