"""Comments: one paragraph each, without names; what a comment answers shows in its words."""

from __future__ import annotations

import re

from argmap.model.document import Document
from argmap.readers.posts import read_posts
from argmap.readers.replies import talk
from argmap.readers.turns import paragraphs, words

_TITLE = 100
_TITLED = 0.75
"""What is left of the signs of talk under a title: bare comments have none, and lively essays talk, too."""
_SENTENCE = (".", "!", "?", ":", ",", ";")
_COUNTED = re.compile(r"\b\d+ (?:comments?|replies|responses|thoughts)\b", re.IGNORECASE)


class Comments:
    """Every paragraph is a turn of an unknown speaker; later copies of a paragraph are marked."""

    name = "comments"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where paragraphs talk to each other, and where a run of them comes twice."""
        blocks = [text[block.start : block.end] for block in paragraphs(text)]
        if len(blocks) < 2:
            return 0.0
        copies = 1 - len({tuple(words(block)) for block in blocks}) / len(blocks)
        talking = 0.55 * talk(blocks)
        return min(0.65, (_TITLED if _has_title(blocks) else 1) * talking + 0.5 * copies)

    def read(self, text: str, *, title: str) -> Document:
        """One turn a comment."""
        return read_posts(text, title=title, genre=self.name)


def _has_title(blocks: list[str]) -> bool:
    """Does it begin as an essay does, with a short line that is no sentence, and no count of comments?"""
    first = blocks[0].partition("\n")[0].rstrip()
    return (
        len(first) <= _TITLE and not first.endswith(_SENTENCE) and not _COUNTED.search(" ".join(blocks[:3]))
    )


READER = Comments()
