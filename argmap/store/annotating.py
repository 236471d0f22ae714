"""What work goes on from: what lies in a stretch, how far a queue was stored, which files are mined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select, text, union

from argmap.model import Event
from argmap.model.events import Described
from argmap.store.among import among
from argmap.store.log import event_of, events_on, undone
from argmap.store.schema import DOCUMENT, EVENT, LINK, LINK_SOURCE, MENTION, NODE

# A link's end is found by what it means now, or among the few that a merge moved.
_STARTING = union(
    select(LINK_SOURCE.c.link).where(among(LINK_SOURCE.c.root), among(LINK_SOURCE.c.source)),
    select(LINK_SOURCE.c.link).where(text("root != source"), among(LINK_SOURCE.c.source)),
)
_AIMING = union(
    select(LINK.c.id).where(among(LINK.c.target_root), among(LINK.c.target)),
    select(LINK.c.id).where(text("target_root != target"), among(LINK.c.target)),
)
_ENDS = (
    select(LINK_SOURCE.c.source).where(among(LINK_SOURCE.c.link)),
    select(LINK.c.target).where(among(LINK.c.id)),
)


def ids_between(connection: Connection, document: str, start: int, end: int) -> list[str]:
    """Nodes of any status, absorbed ones too, with a mention that overlaps [start, end); in reading order."""
    query = (
        select(MENTION.c.node)
        .where(MENTION.c.document == document, MENTION.c.start < end, MENTION.c.end > start)
        .order_by(MENTION.c.start, MENTION.c.end)
    )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def links_at(connection: Connection, nodes: Iterable[str]) -> list[str]:
    """Links of any status that start from one of these nodes or aim at one, or undercut such a link."""
    found = list(connection.execute(_STARTING, {"ids": list(nodes)}).scalars())
    found += connection.execute(_AIMING, {"ids": list(nodes)}).scalars()
    found += connection.execute(_AIMING, {"ids": found}).scalars()
    return list(dict.fromkeys(found))


def ends_of(connection: Connection, links: Iterable[str]) -> list[str]:
    """Nodes that these links start from or aim at."""
    wanted = {"ids": list(links)}
    ends = [end for question in _ENDS for end in connection.execute(question, wanted).scalars()]
    return list(dict.fromkeys(ends))


def events_about(connection: Connection, ids: Iterable[str]) -> list[Event]:
    """The events that name one of these, oldest first."""
    return list(events_on(connection, ids))


def last_operation(connection: Connection, prefix: str, by: str) -> str | None:
    """The person's last operation whose id begins so. Cost: their events since."""
    query = (
        select(EVENT.c.operation)
        .where(EVENT.c.by_name == by, func.substr(EVENT.c.operation, 1, len(prefix)) == prefix)
        .order_by(EVENT.c.seq.desc())
        .limit(1)
    )
    found: str | None = connection.execute(query).scalar()
    return found


def standing(connection: Connection, kind: type) -> list[Event]:
    """The events of a type that were not undone, oldest first."""
    events = events_of(connection, kind)
    gone = undone(connection) if events else set()
    return [event for event in events if event.operation not in gone]


def attributes(connection: Connection) -> dict[str, Any]:
    """What imports brought along that belongs to the map as a whole."""
    found: dict[str, Any] = {}
    for event in standing(connection, Described):
        assert isinstance(event.change, Described)
        found |= event.change.attributes
    return found


def mined_files(connection: Connection, by: str) -> set[str]:
    """Digests of the files whose documents have nodes that this miner made."""
    query = (
        select(DOCUMENT.c.original)
        .join(MENTION, MENTION.c.document == DOCUMENT.c.id)
        .join(NODE, NODE.c.id == MENTION.c.node)
        .where(NODE.c.by == by, DOCUMENT.c.original.is_not(None))
        .distinct()
    )
    return set(connection.execute(query).scalars())


def events_of(connection: Connection, *kinds: type) -> list[Event]:
    """All events of these types, oldest first."""
    query = select(EVENT).where(EVENT.c.type.in_([kind.__name__ for kind in kinds])).order_by(EVENT.c.seq)
    return [event_of(row) for row in connection.execute(query).mappings()]
