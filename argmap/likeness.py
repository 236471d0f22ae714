"""What is alike in a knowledge base: by its words, or by what they mean where there is a model for it."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from argmap.errors import MiningError
from argmap.model import Node
from argmap.places import beside
from argmap.store import reading, searching
from argmap.store.deciding import Deciding

if TYPE_CHECKING:
    from argmap.mining.embeddings import Meanings
    from argmap.mining.similarity import Pair


class Likeness(Deciding):
    """The verbs that find nodes which may say the same."""

    def find_similar(
        self, text: str, *, limit: int = 5, by_meaning: bool | None = None
    ) -> list[tuple[Node, float]]:
        """Nodes that may say the same, with a similarity of at most 1, most alike first.

        Args:
            by_meaning: compare sentence embeddings and not words; where it is None, if there is a model.

        Raises:
            MiningError: there is no model to compare meanings by.
        """
        from argmap.mining.similarity import most_similar

        if by_meaning or (by_meaning is None and self.meanings is not None):
            return self._nearest(text, limit)
        with self.store.reading() as connection:
            hits = searching.search(connection, text, limit=60, match_any=True)
        nodes = [hit.node for hit in hits]
        ranked = most_similar(text, [node.text for node in nodes], limit=limit)
        return [(nodes[place], score) for place, score in ranked]

    def _nearest(self, text: str, limit: int) -> list[tuple[Node, float]]:
        if self.meanings is None:
            raise MiningError("which model knows meanings? set ARGMAP_EMBEDDINGS to its name or folder")
        with self.store.reading() as connection:
            texts = searching.standing_texts(connection)
            ranked = self.meanings.nearest(text, list(texts.values()), limit=limit)
            ids = list(texts)
            nodes = reading.nodes_by_id(connection, [ids[place] for place, _ in ranked])
        return [(nodes[ids[place]], score) for place, score in ranked]

    def find_pairs(self, *, limit: int = 100) -> list[Pair]:
        """Nodes that may make the same point, two by two, for people to merge or not; most alike first."""
        from argmap.mining import embeddings, similarity

        nodes = self.nodes(limit=None)
        if self.meanings is None:
            return similarity.similar(nodes, limit=limit)
        rows_of = self.meanings.vectors
        return similarity.similar(nodes, least=embeddings.LEAST, limit=limit, rows_of=rows_of)

    @cached_property
    def meanings(self) -> Meanings | None:
        """What texts mean, by the sentence-transformers model that ARGMAP_EMBEDDINGS names; None without one.

        Raises:
            MissingExtra: sentence-transformers is not installed.
        """
        from argmap.mining.embeddings import VARIABLE, Meanings, encoder

        name = os.environ.get(VARIABLE)
        if not name:
            return None
        return Meanings(encoder(name), beside(self.store.url, ".vectors.npz"))
