"""What a miner is, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from argmap.model import Document, Link, Node


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Nodes and links that a miner proposes for one document; each names its confidence and its cue.

    ``remarks`` are what people should know of how it went, in words.
    """

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    remarks: tuple[str, ...] = ()


class Miner(Protocol):
    """Turns documents into suggestions; the same document gives the same ids each time."""

    @property
    def name(self) -> str:
        """What the registry calls it."""

    @property
    def version(self) -> str:
        """Changes when the same text may give other suggestions."""

    def mine(self, document: Document) -> Suggestions:
        """Suggestions for one document."""

    def mine_all(self, documents: Iterable[Document]) -> Iterator[Suggestions]:
        """Suggestions for each document, in order, in bounded memory."""
