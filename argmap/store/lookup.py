"""The verbs that only look: each is one question to the current state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from argmap.errors import DecisionError, UnknownName
from argmap.model import ArgumentMap, Document, Event, Link, LinkKind, Mention, Node
from argmap.store import annotating, log, neighbourhood, reading, searching
from argmap.store.drafts import validate_ends, validate_mention
from argmap.store.reading import DocumentRow, NodeFilter, Stats
from argmap.store.searching import Hit
from argmap.store.sql_store import SqlStore


class Lookup:
    """Questions to a store; nothing here loads more than it returns.

    Args:
        store: where the map is.
    """

    def __init__(self, store: SqlStore) -> None:
        self.store = store

    @property
    def version(self) -> int:
        """Sequence number of the last event."""
        return self.store.version

    def node(self, node_id: str) -> Node:
        """The node of this id, or the one that absorbed it.

        Raises:
            UnknownName: there is none.
        """
        with self.store.reading() as connection:
            found = reading.nodes_by_id(connection, [node_id])
        if node_id not in found:
            raise UnknownName("node", node_id)
        return found[node_id]

    def link(self, link_id: str) -> Link:
        """The link of this id.

        Raises:
            UnknownName: there is none.
        """
        with self.store.reading() as connection:
            found = reading.links_by_id(connection, [link_id])
        if link_id not in found:
            raise UnknownName("link", link_id)
        return found[link_id]

    def document(self, document_id: str) -> Document:
        """The document of this id, with its text and turns.

        Raises:
            UnknownName: there is none.
        """
        with self.store.reading() as connection:
            return reading.document(connection, document_id)

    def documents(self) -> list[DocumentRow]:
        """All documents, without their texts."""
        with self.store.reading() as connection:
            return reading.documents(connection)

    def speakers(self) -> list[tuple[str, int, int]]:
        """(name, turns, nodes) of every speaker, most turns first."""
        with self.store.reading() as connection:
            return reading.speakers(connection)

    def nodes(
        self,
        *,
        order: str = "reading",
        limit: int | None = 50,
        offset: int = 0,
        rest: bool = False,
        **conditions: Any,
    ) -> list[Node]:
        """Nodes that meet the conditions of `argmap.store.reading.NodeFilter`, in one of its orders.

        Args:
            rest: let those that a ranking leaves out follow it, in reading order.
        """
        with self.store.reading() as connection:
            wanted = NodeFilter(**conditions)
            return reading.nodes(connection, wanted, order=order, limit=limit, offset=offset, rest=rest)

    def count(self, **conditions: Any) -> int:
        """How many nodes meet the conditions of `argmap.store.reading.NodeFilter`."""
        with self.store.reading() as connection:
            return reading.count(connection, NodeFilter(**conditions))

    def search(self, words: str, *, limit: int = 20, offset: int = 0, **conditions: Any) -> list[Hit]:
        """Nodes whose wording has all these words, best first."""
        with self.store.reading() as connection:
            wanted = NodeFilter(**conditions)
            return searching.search(connection, words, wanted=wanted, limit=limit, offset=offset)

    def around(self, item_id: str, *, depth: int = 1, limit: int = 200) -> ArgumentMap:
        """The small map within ``depth`` links of a node or link; its documents are read when asked for."""
        with self.store.reading() as connection:
            return neighbourhood.around(connection, item_id, depth=depth, limit=limit, read=self.document)

    def replies(self, item_id: str) -> list[tuple[Link, Node]]:
        """What bears on a node or link: each link into it with each of its sources."""
        with self.store.reading() as connection:
            links = neighbourhood.links_into(connection, [item_id])
            found = reading.nodes_by_id(connection, [end for link in links for end in link.sources])
        return [(link, found[end]) for link in links for end in link.sources if end in found]

    def mentions_in(
        self, document_id: str, start: int = 0, end: int = 2**31 - 1
    ) -> list[tuple[str, Mention]]:
        """(node id, mention) of what was marked in a stretch of a document, in reading order."""
        with self.store.reading() as connection:
            return reading.mentions_between(connection, document_id, start, end)

    def history(self, item_id: str) -> list[Event]:
        """What happened to a document, node or link, oldest first."""
        return self.store.history(item_id)

    def log(self, *, limit: int | None = 50, by: str | None = None, before: int | None = None) -> list[Event]:
        """The last events, newest first."""
        return list(self.store.events(limit=limit, by=by, before=before))

    def events(self) -> Iterator[Event]:
        """The whole history, oldest first."""
        return self.store.events()

    def stats(self) -> Stats:
        """How much there is, and of what."""
        with self.store.reading() as connection:
            return reading.stats(connection)

    def map(self, document_id: str | None = None) -> ArgumentMap:
        """The whole map, or one document's; it is all in memory then."""
        with self.store.reading() as connection:
            found = reading.whole(connection, document_id)
            return replace(found, attributes=annotating.attributes(connection))

    def attributes(self) -> dict[str, Any]:
        """What imports brought along that belongs to the map as a whole."""
        with self.store.reading() as connection:
            return annotating.attributes(connection)

    def standing(self, kind: type) -> list[Event]:
        """Events of this type that were not undone, oldest first."""
        with self.store.reading() as connection:
            return annotating.standing(connection, kind)

    def undoable(self, by: str) -> Event | None:
        """The first event of the operation that `undo` would take back for this person."""
        with self.store.reading() as connection:
            return log.undoable(connection, by)

    def redoable(self, by: str) -> Event | None:
        """The `Undone` event that `redo` would take back: the last one, if nothing new came after."""
        with self.store.reading() as connection:
            return log.redoable(connection, by)

    # --- what a decision may be about ---------------------------------------------------------------

    def _nodes_among(self, ids: Iterable[str]) -> dict[str, str]:
        """Those of these nodes and links that are nodes -> the node that stands for each of them."""
        wanted = list(ids)
        with self.store.reading() as connection:
            nodes = reading.node_roots(connection, wanted)
            links = reading.links_by_id(connection, [item_id for item_id in wanted if item_id not in nodes])
        for item_id in wanted:
            if item_id not in nodes and item_id not in links:
                raise UnknownName("id", item_id)
        return nodes

    def _items(self, ids: str | Iterable[str]) -> tuple[str, ...]:
        """Nodes and links to decide on: where a node was absorbed, the one that stands for it."""
        wanted = [ids] if isinstance(ids, str) else list(ids)
        if not wanted:
            raise DecisionError("name at least one node or link")
        nodes = self._nodes_among(wanted)
        return tuple(dict.fromkeys(nodes.get(item_id, item_id) for item_id in wanted))

    def _ends(self, kind: LinkKind, sources: Iterable[str], target: str) -> tuple[tuple[str, ...], str]:
        """The standing ends of a link, when there can be such a link."""
        wanted = [*sources, target]
        nodes = self._nodes_among(wanted)
        *starts, aim = (nodes.get(item_id, item_id) for item_id in wanted)
        ends = tuple(dict.fromkeys(starts))
        validate_ends(kind, ends, aim, set(nodes.values()))
        return ends, aim

    def _validate_mentions(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            validate_mention(mention, self.document(mention.document))
