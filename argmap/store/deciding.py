"""The verbs that decide: each looks at what is there, then writes one operation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from argmap.errors import DecisionError
from argmap.model import Agent, Link, LinkKind, Mention, Node, NodeKind, Turn, new_link, new_node
from argmap.model.events import (
    Accepted,
    Adjudicated,
    Change,
    Commented,
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
from argmap.store.drafts import REPLY_KINDS, Outcome, Stamp, kind_of, revised_fields, validate_ends, wording
from argmap.store.lookup import Lookup
from argmap.store.sql_store import SqlStore


class Deciding(Lookup):
    """What people can do to nodes and links.

    Args:
        store: where the map is.
        by: who decides where a verb does not say.
    """

    def __init__(self, store: SqlStore, *, by: str) -> None:
        super().__init__(store)
        self.by = by

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
