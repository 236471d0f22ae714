"""Who works on a knowledge base: roles, shares of the work, and frozen versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from argmap.errors import DecisionError, PermissionDenied, UnknownName
from argmap.model import ArgumentMap, Event, Link, Node, replay
from argmap.model.events import Change, Frozen, RoleGranted, SharesSet, Undone
from argmap.model.replay import undone_by
from argmap.model.roles import Role, allowed, grants, needed, roles, shares
from argmap.store import annotating, log, reading
from argmap.store.drafts import kind_of
from argmap.store.lookup import Lookup


class Team(Lookup):
    """Questions about people and about versions that were frozen.

    As long as nobody was given a role, everybody is admin: one person on their own machine needs none. A role
    is as good as the name it hangs on: a signature on a local install, a login where one is set up.
    """

    def roles(self) -> dict[str, Role]:
        """The role of everybody who was given one."""
        return roles(self.standing(RoleGranted), today())

    def grants(self) -> dict[str, RoleGranted]:
        """The last grant of everybody who was given a role, over or not."""
        return grants(self.standing(RoleGranted))

    def role(self, name: str) -> Role:
        """What this person may do."""
        return allowed(self.roles(), name)

    def annotators(self) -> list[str]:
        """Everybody who was given a role that decides."""
        return sorted(name for name, role in self.roles().items() if role.rank >= Role.ANNOTATOR.rank)

    def shares(self) -> dict[str, float]:
        """Shares of the segments that are done by two (``overlap``) and without suggestions (``blind``)."""
        return shares(self.standing(SharesSet))

    def map_item(self, item_id: str) -> Node | Link | None:
        """The node or link of this id as it stands, whatever its status; None where there is none."""
        with self.store.reading() as connection:
            nodes = reading.nodes_by_id(connection, [item_id])
            return nodes.get(item_id) or reading.links_by_id(connection, [item_id]).get(item_id)

    def frozen(self) -> dict[str, Event]:
        """The gold versions: name -> the event that froze it."""
        return {e.change.name: e for e in self.standing(Frozen) if isinstance(e.change, Frozen)}

    def frozen_map(self, name: str) -> ArgumentMap:
        """The map as it stood when it was frozen under this name, whatever was undone later.

        Raises:
            UnknownName: no version has this name.
        """
        return replay(self.frozen_events(name))

    def frozen_events(self, name: str) -> list[Event]:
        """The history up to a frozen version.

        Raises:
            UnknownName: no version has this name.
        """
        versions = self.frozen()
        if name not in versions:
            raise UnknownName("frozen version", name, versions)
        last = versions[name].seq
        return [event for event in self.events() if event.seq <= last]

    def permit(self, connection: Connection, changes: Iterable[Change], name: str) -> None:
        """Refuse changes that the person's role does not allow, as it stands in this transaction.

        Raises:
            PermissionDenied: the role is too low, was taken back or has run out.
        """
        granted = roles(annotating.standing(connection, RoleGranted), today())
        if not granted:
            return
        has = allowed(granted, name)
        every = (_needed(connection, change) for change in changes)
        wanted = max(every, key=lambda role: role.rank, default=has)
        if has.rank < wanted.rank:
            raise PermissionDenied(f"{name} is {has.value} here, and this takes the role {wanted.value}")


def today() -> str:
    """This day in UTC, as ISO 8601."""
    return datetime.now(UTC).date().isoformat()


def _needed(connection: Connection, change: Change) -> Role:
    """The role for a change; for an undo or a redo, that of what it takes back or brings back."""
    wanted, chain = Role.READER, [change]
    while chain:
        one = chain.pop()
        wanted = max(wanted, needed(one), key=lambda role: role.rank)
        if isinstance(one, Undone):
            chain += [event.change for event in log.operation_events(connection, one.operation)]
    return wanted


def refuse_lockout(connection: Connection, operation: str) -> None:
    """Refuse to undo or redo an operation where that leaves roles, but nobody who can grant for good.

    Raises:
        DecisionError: nobody would be admin.
    """
    if _needed(connection, Undone(operation)) is not Role.ADMIN:
        return  # it granted nothing
    gone = undone_by([*log.undoings(connection), ("", operation)])
    granted = annotating.events_of(connection, RoleGranted)
    _refuse_without_admin(grants(event for event in granted if event.operation not in gone))


def _refuse_without_admin(after: Mapping[str, RoleGranted]) -> None:
    if after and not any(one.role == Role.ADMIN and one.until is None for one in after.values()):
        raise DecisionError("somebody has to be admin, without an end; give that role first")


def new_grant(connection: Connection, name: str, role: str, until: str | None) -> RoleGranted:
    """A grant that leaves somebody who can grant, for good.

    Raises:
        DecisionError: nobody would be admin, or ``until`` is no day.
        UnknownName: there is no such role.
    """
    grant = RoleGranted(name, kind_of(Role, role).value, _day(until))
    if not name.strip():
        raise DecisionError("a role is given to somebody: say a name")
    _refuse_without_admin(grants(annotating.standing(connection, RoleGranted)) | {name: grant})
    return grant


def _day(text: str | None) -> str | None:
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise DecisionError(f"'{text}' is no day; write it as 2030-12-31") from error
