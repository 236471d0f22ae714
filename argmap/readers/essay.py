"""Essays: one voice from beginning to end, so one turn."""

from __future__ import annotations

from argmap.model.document import Document
from argmap.readers.turns import Draft, assemble


class Essay:
    """The whole text is one turn; what every text is when nothing says otherwise."""

    name = "essay"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def score(self, text: str, name: str) -> float:
        """A constant that any sign of another genre beats."""
        return 0.3

    def read(self, text: str, *, title: str) -> Document:
        """One turn over the text."""
        return assemble(text, [Draft(0, len(text))], title=title, genre=self.name)


READER = Essay()
