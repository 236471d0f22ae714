"""Comments: one paragraph each, without names; what a comment answers shows in its words."""

from __future__ import annotations

from argmap.model.document import Document
from argmap.readers.posts import read_posts
from argmap.readers.replies import talk
from argmap.readers.turns import paragraphs, words


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
        return min(0.65, 0.55 * talk(blocks) + 0.5 * copies)

    def read(self, text: str, *, title: str) -> Document:
        """One turn a comment."""
        return read_posts(text, title=title, genre=self.name)


READER = Comments()
