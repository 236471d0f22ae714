"""The verbs that decide: each looks at what is there, then writes one operation."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from argmap.errors import DecisionError
from argmap.model import Agent, Event, Link, LinkKind, Mention, Node, NodeKind, Turn, new_link, new_node
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
    SharesSet,
    TurnsCorrected,
    Undone,
    Unmerged,
)
from argmap.store import annotating, log
from argmap.store.drafts import REPLY_KINDS, Outcome, Stamp, kind_of, revised_fields, validate_ends, wording
from argmap.store.sql_store import Changes, SqlStore
from argmap.store.team import Team, new_grant, refuse_lockout


class Deciding(Team):
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

    def settle(
        self, taken: Iterable[str], others: Iterable[str], *, values: Iterable[Revised] = (), **stamp: Any
    ) -> Outcome:
        """Settle a disagreement in one step: these are right, the others are not.

        Args:
            values: what is right about them, where annotators left the same node or link differently.
        """
        right = tuple(dict.fromkeys(taken))
        wrong = tuple(item_id for item_id in dict.fromkeys(others) if item_id not in right)
        rulings = [Adjudicated(ids, is_right) for ids, is_right in ((right, True), (wrong, False)) if ids]
        if not rulings:
            raise DecisionError("name at least one node or link")
        return self._write([*values, *rulings], Stamp(**stamp))

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
        """Name the map as it stands, as a gold version.

        Raises:
            DecisionError: a version has this name already, or the name is empty.
        """
        if not name.strip():
            raise DecisionError("no name")

        def frozen(connection: Connection) -> list[Change]:
            names = {getattr(event.change, "name", "") for event in annotating.standing(connection, Frozen)}
            if name in names:
                raise DecisionError(f"a frozen version is named '{name}' already")
            return [Frozen(name)]

        return self._write(frozen, Stamp(**stamp))

    def grant(self, name: str, role: str, *, until: str | None = None, **stamp: Any) -> Outcome:
        """Give a person a role: reader, annotator, adjudicator or admin. The first one has to be admin.

        Args:
            until: the day (ISO 8601, in UTC) from which it holds no longer.

        Raises:
            DecisionError: nobody would be admin for good, or ``until`` is no day.
            UnknownName: there is no such role.
        """
        return self._write(lambda connection: [new_grant(connection, name, role, until)], Stamp(**stamp))

    def share(self, *, overlap: float, blind: float, **stamp: Any) -> Outcome:
        """Set which shares of the segments two annotators do, and whoever does them does blind.

        Raises:
            DecisionError: a share is not in [0, 1].
        """
        if not (0 <= overlap <= 1 and 0 <= blind <= 1):
            raise DecisionError("a share is a number from 0 to 1")
        return self._write([SharesSet(float(overlap), float(blind))], Stamp(**stamp))

    # --- taking back -------------------------------------------------------------------------------

    def undo(self, **stamp: Any) -> Outcome:
        """Take back the person's last operation that stands.

        Raises:
            DecisionError: there is none.
        """
        return self._take_back(log.undoable, "undo", Stamp(**stamp))

    def redo(self, **stamp: Any) -> Outcome:
        """Take back the person's last undo, as long as they did nothing else since.

        Raises:
            DecisionError: there is none.
        """
        return self._take_back(log.redoable, "redo", Stamp(**stamp))

    # --- how it is done ----------------------------------------------------------------------------

    def _take_back(self, last: Callable[[Connection, str], Event | None], verb: str, stamp: Stamp) -> Outcome:
        by = stamp.by or self.by

        def undone(connection: Connection) -> list[Change]:
            # Inside the writing transaction, so that two at once do not take back the same operation.
            event = last(connection, by)
            if event is None:
                raise DecisionError(f"nothing to {verb} for {by}")
            refuse_lockout(connection, event.operation)
            return [Undone(event.operation)]

        return self._write(undone, stamp)

    def _write(self, changes: Changes, stamp: Stamp) -> Outcome:
        if not changes:
            return Outcome("", (), self.version)
        name = stamp.by or self.by

        def permitted(connection: Connection) -> Sequence[Change]:
            # In the writing transaction: a role that was taken back a moment ago counts no more.
            wanted = changes(connection) if callable(changes) else changes
            self.permit(connection, wanted, name)
            return wanted

        events = self.store.append(
            permitted,
            operation=stamp.operation or uuid.uuid4().hex,
            by=Agent(name),
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
