"""The verbs of argmap, one place for each: what the command line, the explorer and Python all call."""

from __future__ import annotations

import getpass
import os
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.errors import DecisionError, FormatError
from argmap.model import (
    Agent,
    ArgumentMap,
    Document,
    Link,
    LinkKind,
    Mention,
    Node,
    NodeKind,
    Turn,
    new_link,
    new_node,
    replay,
    standing,
)
from argmap.model.events import (
    Accepted,
    Adjudicated,
    Change,
    Commented,
    DocumentAdded,
    Frozen,
    LinkAdded,
    Merged,
    NodeAdded,
    Rejected,
    Revised,
    TurnsCorrected,
    Undone,
    Unmerged,
)
from argmap.store import STORES, reading, searching
from argmap.store.drafts import (
    REPLY_KINDS,
    Outcome,
    Stamp,
    batches,
    kind_of,
    revised_fields,
    validate_ends,
    wording,
)
from argmap.store.engine import backend
from argmap.store.lookup import Lookup

if TYPE_CHECKING:
    from argmap.annotation import Measure
    from argmap.formats import Loss
    from argmap.store.checking import Finding


def default_name() -> str:
    """The name decisions are signed with: ARGMAP_BY, else the login name."""
    with suppress(OSError, KeyError, ImportError):
        return os.environ.get("ARGMAP_BY") or getpass.getuser()
    return "somebody"


class KnowledgeBase(Lookup):
    """An argument map with its texts and its whole history.

    Args:
        place: path of an SQLite file (made where missing), ``":memory:"``, or a database URL.
        by: who decides where a verb does not say.
        read_only: refuse every write.

    Example:
        >>> kb = KnowledgeBase(":memory:", by="ann")
        >>> claim = kb.claim("claim", "Small models will catch up.").ids[0]
        >>> reply = kb.reply(claim, "attacks", "They lack knowledge.")
        >>> [node.text for link, node in kb.replies(claim)]
        ['They lack knowledge.']
    """

    def __init__(
        self, place: str | os.PathLike[str] = "debate.db", *, by: str | None = None, read_only: bool = False
    ) -> None:
        self.by = by or default_name()
        super().__init__(STORES[backend(place)](place, read_only=read_only))

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # --- whole things ------------------------------------------------------------------------------

    def find_similar(self, text: str, *, limit: int = 5) -> list[tuple[Node, float]]:
        """Nodes that may say the same, with a similarity in [0, 1], most alike first."""
        from argmap.mining.similarity import most_similar

        with self.store.reading() as connection:
            hits = searching.search(connection, text, limit=60, match_any=True)
        nodes = [hit.node for hit in hits]
        ranked = most_similar(text, [node.text for node in nodes], limit=limit)
        return [(nodes[place], score) for place, score in ranked]

    def check(self) -> list[Finding]:
        """What is damaged (errors) or weak (warnings)."""
        from argmap.store.checking import check

        return check(self.store)

    def agreement(self, *, draws: int = 1_000) -> list[Measure]:
        """How far annotators agree on units, kinds and links: each two of them, and all, with intervals."""
        from argmap.annotation import agreement, own_maps

        return agreement(own_maps(self.events()), draws=draws)

    def repair(self) -> int:
        """Rebuild the current state from the log; gives the number of items written."""
        from argmap.store.checking import repair

        return repair(self.store)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Write a copy of an SQLite knowledge base, while it is in use."""
        from argmap.store.backup import back_up

        back_up(self.store, Path(path))

    def query(self, sparql: str) -> Any:
        """The answer to a SPARQL question over the map's RDF, as `argmap.formats.sparql.Answer`."""
        from argmap.formats.sparql import query

        return query(standing(self.map()), sparql)

    # --- texts in ----------------------------------------------------------------------------------

    def add(
        self, path: str | os.PathLike[str], *, reader: str | None = None, mine: bool = True, **stamp: Any
    ) -> Outcome:
        """Read a file, mine it and store both in one transaction; the same file again changes nothing.

        Raises:
            ReadError: the file is not a text that the reader can read.
        """
        from argmap.readers import read_path

        return self.add_document(read_path(Path(path), reader=reader), mine=mine, **stamp)

    def add_bytes(
        self, data: bytes, *, name: str, reader: str | None = None, mine: bool = True, **stamp: Any
    ) -> Outcome:
        """As `add`, for bytes that came by upload or paste."""
        from argmap.readers import read_bytes

        return self.add_document(read_bytes(data, name=name, reader=reader), mine=mine, **stamp)

    def add_document(
        self, document: Document, *, mine: bool = True, miner: str = "argmap", **stamp: Any
    ) -> Outcome:
        """Store a document, and what a miner suggests for it."""
        suggested: Sequence[Node | Link] = ()
        if mine:
            from argmap.mining import MINERS

            found = MINERS[miner].mine(document)
            suggested = (*found.nodes, *found.links)
        return self._bring([document], suggested, Stamp(**stamp))

    def bring(self, argument_map: ArgumentMap, **stamp: Any) -> Outcome:
        """Add a map's documents, nodes and links with the statuses they have; what is here already stays."""
        items: list[Node | Link] = [*argument_map.nodes.values(), *argument_map.links.values()]
        return self._bring(argument_map.documents.values(), items, Stamp(**stamp))

    def _bring(self, documents: Iterable[Document], items: Iterable[Node | Link], stamp: Stamp) -> Outcome:
        texts, values = list(documents), list(items)
        with self.store.reading() as connection:
            known = reading.known_ids(connection, [text.id for text in texts])
            new = reading.news(connection, values)
        changes: list[Change] = [DocumentAdded(text) for text in texts if text.id not in known]
        changes += batches(new)
        return self._write(changes, stamp)

    def load(
        self, data: bytes, *, format: str | None = None, path: str | None = None, **stamp: Any
    ) -> tuple[Outcome, tuple[str, ...]]:
        """Import a map from any format that can be read; gives the outcome and the reader's warnings.

        An argmap JSON file with its history brings the history along where this knowledge base is empty.

        Raises:
            FormatError: the bytes are not a map, or their history does not amount to their map.
        """
        from argmap.formats import detect, load
        from argmap.formats.argmap_json import load_events

        argument_map, warnings = load(data, format, path=path)
        events = load_events(data) if (format or detect(data)) == "json" else ()
        if events and self.version:
            warnings = (*warnings, "its history stays out: there is one here already")
        elif events:
            if standing(replay(events)) != standing(replace(argument_map, attributes={})):
                raise FormatError("its history does not amount to its map", path=path)
            self.store.restore(events)
            ids = (*argument_map.documents, *argument_map.nodes, *argument_map.links)
            return Outcome(events[0].operation, ids, self.version), warnings
        return self.bring(argument_map, **stamp), warnings

    def dump(
        self, format: str, *, strict: bool = False, history: bool = False, rejected: bool = False
    ) -> tuple[bytes, tuple[Loss, ...]]:
        """Export the whole map: the bytes, and what they could not carry.

        Args:
            strict: raise `argmap.errors.LossError` rather than lose anything.
            history: put the events into argmap JSON.
            rejected: write rejected nodes and links too.
        """
        from argmap.formats import dump
        from argmap.formats.argmap_json import dump_with_events

        if not history:
            return dump(self.map() if rejected else standing(self.map()), format, strict=strict)
        events = list(self.events())
        whole = replay(events)
        return dump_with_events(whole if rejected else standing(whole), events), ()

    # --- deciding ----------------------------------------------------------------------------------

    def claim(
        self,
        kind: str,
        text: str,
        *,
        mentions: Iterable[Mention] = (),
        source: str | None = None,
        **stamp: Any,
    ) -> Outcome:
        """Add a node in own words, or from spans of documents; ``source`` says where it is from."""
        node = self._new_node(kind, text, mentions, source=source, by=self._name(stamp))
        return self._write([NodeAdded(node)], Stamp(**stamp))

    def reply(
        self,
        target: str,
        relation: str,
        text: str,
        *,
        kind: str | None = None,
        mentions: Iterable[Mention] = (),
        source: str | None = None,
        **stamp: Any,
    ) -> Outcome:
        """Add a node that bears on a node, or undercuts a link; ids are the node's and the link's."""
        relation_kind, by = kind_of(LinkKind, relation), self._name(stamp)
        node = self._new_node(kind or REPLY_KINDS[relation_kind], text, mentions, source=source, by=by)
        nodes = self._nodes_among([target])
        aim = nodes.get(target, target)
        validate_ends(relation_kind, [node.id], aim, {*nodes.values(), node.id})
        link = new_link(relation_kind, [node.id], aim, by=by)
        return self._write([NodeAdded(node), LinkAdded(link)], Stamp(**stamp))

    def connect(self, kind: str, sources: Iterable[str], target: str, **stamp: Any) -> Outcome:
        """Add a link between what is there; several sources are linked premises."""
        ends, aim = self._ends(kind_of(LinkKind, kind), sources, target)
        link = new_link(kind, ends, aim, by=self._name(stamp))
        return self._write([LinkAdded(link)], Stamp(**stamp))

    def accept(self, ids: str | Iterable[str], **stamp: Any) -> Outcome:
        """Agree with nodes and links."""
        return self._write([Accepted(self._items(ids))], Stamp(**stamp))

    def reject(self, ids: str | Iterable[str], **stamp: Any) -> Outcome:
        """Say that nodes and links are wrong; they stay in the history."""
        return self._write([Rejected(self._items(ids))], Stamp(**stamp))

    def adjudicate(self, ids: str | Iterable[str], *, accepted: bool, **stamp: Any) -> Outcome:
        """Settle what others disagree on."""
        return self._write([Adjudicated(self._items(ids), accepted)], Stamp(**stamp))

    def revise(self, item_id: str, *, changes: dict[str, Any], **stamp: Any) -> Outcome:
        """Change a node (kind, text, mentions) or a link (kind, sources, target); that accepts it too."""
        is_link = item_id not in self._nodes_among([item_id])
        item = self.link(item_id) if is_link else self.node(item_id)
        fields = revised_fields(item, changes)
        if isinstance(item, Link):
            new = replace(item, **fields)
            ends, aim = self._ends(new.kind, new.sources, new.target)
            fields |= {name: value for name, value in (("sources", ends), ("target", aim)) if name in fields}
        self._validate_mentions(fields.get("mentions", ()))
        return self._write([Revised(item.id, fields)], Stamp(**stamp))

    def merge(self, kept: str, absorbed: str | Iterable[str], **stamp: Any) -> Outcome:
        """Make one node of several that say the same; the absorbed become mentions of ``kept``."""
        root, gone = self.node(kept).id, self._items(absorbed)
        if root in gone:
            raise DecisionError("these nodes are one already")
        self._ends(LinkKind.REPHRASES, gone, root)
        return self._write([Merged(root, gone)], Stamp(**stamp))

    def unmerge(self, node_id: str, **stamp: Any) -> Outcome:
        """Let an absorbed node stand on its own again."""
        if self.node(node_id).id == node_id:
            raise DecisionError(f"node {node_id} was not merged into another")
        return self._write([Unmerged(node_id)], Stamp(**stamp))

    def split(self, node_id: str, parts: Sequence[tuple[str, Mention]], **stamp: Any) -> Outcome:
        """Make several nodes of one: the first part stays the node, the others are new and of its kind."""
        node = self.node(node_id)
        if len(parts) < 2:
            raise DecisionError("a split needs two parts or more")
        (text, mention), *others = parts
        self._validate_mentions([mention])
        first = Revised(node.id, {"text": wording(text), "mentions": (mention,)})
        by = self._name(stamp)
        new = [self._new_node(node.kind, words, [place], source=None, by=by) for words, place in others]
        return self._write([first, *map(NodeAdded, new)], Stamp(**stamp))

    def comment(self, item_id: str, text: str, **stamp: Any) -> Outcome:
        """Leave a note on a node or link."""
        return self._write([Commented(self._items(item_id)[0], text)], Stamp(**stamp))

    def correct_turns(self, document_id: str, turns: Iterable[Turn], **stamp: Any) -> Outcome:
        """Put these turns in place of a document's turns."""
        corrected = replace(self.document(document_id), turns=tuple(turns))
        return self._write([TurnsCorrected(document_id, corrected.turns)], Stamp(**stamp))

    def freeze(self, name: str, **stamp: Any) -> Outcome:
        """Name the map as it stands, as a gold version."""
        return self._write([Frozen(name)], Stamp(**stamp))

    # --- taking back -------------------------------------------------------------------------------

    def undo(self, **stamp: Any) -> Outcome:
        """Take back the person's last operation that stands.

        Raises:
            DecisionError: there is none.
        """
        event = self.undoable(self._name(stamp))
        if event is None:
            raise DecisionError(f"nothing to undo for {self._name(stamp)}")
        return self._write([Undone(event.operation)], Stamp(**stamp))

    def redo(self, **stamp: Any) -> Outcome:
        """Take back the person's last undo, as long as they did nothing else since.

        Raises:
            DecisionError: there is none.
        """
        event = self.redoable(self._name(stamp))
        if event is None:
            raise DecisionError(f"nothing to redo for {self._name(stamp)}")
        return self._write([Undone(event.operation)], Stamp(**stamp))

    # --- how it is done ----------------------------------------------------------------------------

    def _write(self, changes: Sequence[Change], stamp: Stamp) -> Outcome:
        if not changes:
            return Outcome("", (), self.version)
        events = self.store.append(
            changes,
            operation=stamp.operation or uuid.uuid4().hex,
            by=Agent(stamp.by or self.by),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            because=stamp.because,
            expected=stamp.expected,
        )
        return Outcome(events[0].operation, self.store.targets(events), events[-1].seq)

    def _name(self, stamp: dict[str, Any]) -> str:
        return stamp.get("by") or self.by

    def _new_node(
        self, kind: str, text: str, mentions: Iterable[Mention], *, source: str | None, by: str
    ) -> Node:
        places = tuple(mentions)
        self._validate_mentions(places)
        attributes = {"source": source} if source else {}
        return new_node(kind_of(NodeKind, kind), wording(text), places, by=by, attributes=attributes)
