"""Forum threads and e-mail exchanges: posts, what they quote with ``>``, and whom they answer."""

from __future__ import annotations

from argmap.model.document import Document
from argmap.readers.blocks import blocks
from argmap.readers.posts import read_posts
from argmap.readers.quoting import QuoteIndex
from argmap.readers.replies import talk
from argmap.readers.turns import paragraphs

_MOSTLY = 3
"""One quotation in so many must be of the text itself: an essay, too, may quote a line of its own again."""


class Thread:
    """Posts become turns; a quotation from outside the text is a turn of its own that the reply answers."""

    name = "thread"
    suffixes: tuple[str, ...] = (".txt", ".eml", ".mbox")

    def score(self, text: str, name: str) -> float:
        """High where headings recur, where a mail is quoted, and where lines quote the text itself."""
        found = blocks(text)
        if sum(block.begins or block.signs for block in found) > 1:
            return 0.9
        quotes = [block.quoted for block in found if block.quoted]
        if not quotes or not any(block.plain for block in found):
            return 0.0
        if any(block.heading and block.heading.date for block in found if block.quoted):
            return 0.7
        asked = [" ".join(text[piece.start : piece.end] for piece in quote.pieces) for quote in quotes]
        index = QuoteIndex(asked)
        index.add(0, " ".join(text[block.span.start : block.span.end] for block in found if block.plain))
        inside = sum(index.origin(words) is not None for words in asked)
        if _MOSTLY * inside >= len(asked):
            return min(0.8, 0.6 + 0.05 * inside)
        return min(0.8, 0.05 + 0.5 * talk([text[part.start : part.end] for part in paragraphs(text)]))

    def read(self, text: str, *, title: str) -> Document:
        """One turn for each post, or for each part of it that answers another quotation."""
        return read_posts(text, title=title, genre=self.name)


READER = Thread()
