"""Who in a team may do what: roles that events grant, and the role that each change needs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from argmap.model.argument import Link, Node, Status
from argmap.model.events import (
    Adjudicated,
    Change,
    Event,
    Frozen,
    RoleGranted,
    SharesSet,
    Suggested,
    TurnsCorrected,
)

# What a team starts from: shares of the segments that two annotators do, and that are done blind.
OVERLAP = 0.2
BLIND = 0.2


class Role(StrEnum):
    """How much a person may do; each includes those before it."""

    READER = "reader"
    ANNOTATOR = "annotator"
    ADJUDICATOR = "adjudicator"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Its place in the order."""
        return list(Role).index(self)


_NEEDS: dict[type, Role] = {
    Adjudicated: Role.ADJUDICATOR,
    Frozen: Role.ADJUDICATOR,
    TurnsCorrected: Role.ADJUDICATOR,
    RoleGranted: Role.ADMIN,
    SharesSet: Role.ADMIN,
}


def needed(change: Change) -> Role:
    """The role that a change needs. What brings others' decisions along speaks for them: admins only."""
    if isinstance(change, Suggested):
        items: list[Node | Link] = [*change.nodes, *change.links]
        brings = any(item.status is not Status.SUGGESTED for item in items)
        return Role.ADMIN if brings else Role.ANNOTATOR
    return _NEEDS.get(type(change), Role.ANNOTATOR)


def roles(standing: Iterable[Event]) -> dict[str, Role]:
    """The role of everybody who was given one; the last grant counts. Unknown roles are read as reader."""
    grants = [event.change for event in standing if isinstance(event.change, RoleGranted)]
    known = {role.value for role in Role}
    return {g.name: Role(g.role) if g.role in known else Role.READER for g in grants}


def allowed(granted: dict[str, Role], name: str) -> Role:
    """The role of a person: everybody is admin as long as nobody was given a role, else reader at least."""
    return granted.get(name, Role.READER) if granted else Role.ADMIN


def shares(standing: Iterable[Event]) -> dict[str, float]:
    """The shares of segments that are done by two (``overlap``) and without suggestions (``blind``)."""
    found = {"overlap": OVERLAP, "blind": BLIND}
    for event in standing:
        if isinstance(event.change, SharesSet):
            found = {"overlap": event.change.overlap, "blind": event.change.blind}
    return found
