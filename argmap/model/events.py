"""What happened: the events that are the only way a map changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from argmap.model.argument import Agent, Link, Node
from argmap.model.document import Document, Turn


@dataclass(frozen=True, slots=True)
class DocumentAdded:
    """A text came in, split into turns."""

    document: Document

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.document.id,)


@dataclass(frozen=True, slots=True)
class TurnsCorrected:
    """A person corrected turns or speakers of a document."""

    document: str
    turns: tuple[Turn, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.document,)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A miner (or an import) proposed nodes and links; they wait for decisions."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (*(node.id for node in self.nodes), *(link.id for link in self.links))


@dataclass(frozen=True, slots=True)
class NodeAdded:
    """A person added a node; that counts as accepting it."""

    node: Node

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.node.id,)


@dataclass(frozen=True, slots=True)
class LinkAdded:
    """A person added a link; that counts as accepting it."""

    link: Link

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.link.id,)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A person agrees that these nodes and links are right."""

    ids: tuple[str, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return self.ids


@dataclass(frozen=True, slots=True)
class Rejected:
    """A person says that these nodes and links are wrong."""

    ids: tuple[str, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return self.ids


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """An adjudicator settled what others disagree on; this wins over their decisions."""

    ids: tuple[str, ...]
    accepted: bool

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return self.ids


@dataclass(frozen=True, slots=True)
class Revised:
    """A person changed a node or link; ``changes`` holds the new values by field name.

    Fields of nodes: kind, text, mentions, attributes; of links: kind, sources, target, attributes.
    """

    id: str
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.id,)


@dataclass(frozen=True, slots=True)
class Merged:
    """Nodes that say the same became one: ``absorbed`` live on as mentions of ``kept``."""

    kept: str
    absorbed: tuple[str, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.kept, *self.absorbed)


@dataclass(frozen=True, slots=True)
class Unmerged:
    """An absorbed node stands on its own again."""

    id: str

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.id,)


@dataclass(frozen=True, slots=True)
class Commented:
    """A person wrote a note on a node or link, or marked it as unsure."""

    id: str
    text: str

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return (self.id,)


@dataclass(frozen=True, slots=True)
class Described:
    """An import brought things along that belong to the map as a whole; later ones replace earlier ones."""

    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return ()


@dataclass(frozen=True, slots=True)
class Frozen:
    """The map as it stands got a name, as a gold version that never changes."""

    name: str

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return ()


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """A person of a team may do this much from now on; ``role`` is one of `argmap.model.roles.Role`.

    ``until`` is the day (ISO 8601, in UTC) from which it holds no longer; None for no such day.
    """

    name: str
    role: str
    until: str | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return ()


@dataclass(frozen=True, slots=True)
class SharesSet:
    """Which shares of the segments several annotators do, and do without seeing suggestions; in [0, 1]."""

    overlap: float
    blind: float

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of what this changes."""
        return ()


@dataclass(frozen=True, slots=True)
class Undone:
    """All events of an earlier operation count as never happened; undoing an ``Undone`` is a redo."""

    operation: str

    @property
    def targets(self) -> tuple[str, ...]:
        """None of its own: the targets of the undone events change."""
        return ()


Change = (
    DocumentAdded
    | TurnsCorrected
    | Suggested
    | NodeAdded
    | LinkAdded
    | Accepted
    | Rejected
    | Adjudicated
    | Revised
    | Merged
    | Unmerged
    | Commented
    | Described
    | Frozen
    | RoleGranted
    | SharesSet
    | Undone
)


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what, when, and why.

    Args:
        seq: place in the log, from 1; order is by this, never by the clock.
        operation: id of what was done in one go (a reply is a node and a link), stored and undone as a whole.
        by: who did it.
        at: ISO 8601 in UTC; a label only.
        change: what happened.
        because: the reason that was given.
    """

    seq: int
    operation: str
    by: Agent
    at: str
    change: Change
    because: str | None = None
