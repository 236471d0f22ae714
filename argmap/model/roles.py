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


def grants(standing: Iterable[Event]) -> dict[str, RoleGranted]:
    """The last grant of everybody who was given a role."""
    found = (event.change for event in standing if isinstance(event.change, RoleGranted))
    return {grant.name: grant for grant in found}


def held(grant: RoleGranted, today: str) -> Role:
    """The role that a grant gives on a day; a role that ran out, or that nobody knows, is reader."""
    is_over = grant.until is not None and today >= grant.until
    return Role.READER if is_over or grant.role not in set(Role) else Role(grant.role)


def roles(standing: Iterable[Event], today: str) -> dict[str, Role]:
    """The role of everybody who was given one, as it holds on a day (ISO 8601)."""
    return {name: held(grant, today) for name, grant in grants(standing).items()}


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
