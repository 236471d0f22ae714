"""What an annotator's screen asks of the store: what lies in a stretch, and how far a queue was stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, or_, select

from argmap.model import Event
from argmap.store.log import event_of
from argmap.store.rows import chunks
from argmap.store.schema import EVENT, EVENT_TARGET, LINK, LINK_SOURCE, MENTION


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
    found: dict[str, None] = {}
    for part in chunks(nodes):
        starting = select(LINK_SOURCE.c.link).where(LINK_SOURCE.c.source.in_(part))
        query = select(LINK.c.id).where(or_(LINK.c.target.in_(part), LINK.c.id.in_(starting)))
        found.update(dict.fromkeys(connection.execute(query).scalars()))
    for part in chunks(list(found)):
        query = select(LINK.c.id).where(LINK.c.target.in_(part))
        found.update(dict.fromkeys(connection.execute(query).scalars()))
    return list(found)


def ends_of(connection: Connection, links: Iterable[str]) -> list[str]:
    """Nodes that these links start from or aim at."""
    found: dict[str, None] = {}
    for part in chunks(links):
        sources = select(LINK_SOURCE.c.source).where(LINK_SOURCE.c.link.in_(part))
        found.update(dict.fromkeys(connection.execute(sources).scalars()))
        targets = select(LINK.c.target).where(LINK.c.id.in_(part))
        found.update(dict.fromkeys(connection.execute(targets).scalars()))
    return list(found)


def events_about(connection: Connection, ids: Iterable[str]) -> list[Event]:
    """The events that name one of these, oldest first."""
    rows: dict[int, Mapping[Any, Any]] = {}
    for part in chunks(ids):
        naming = select(EVENT_TARGET.c.seq).where(EVENT_TARGET.c.target.in_(part))
        query = select(EVENT).where(EVENT.c.seq.in_(naming))
        rows.update((row["seq"], row) for row in connection.execute(query).mappings())
    return [event_of(rows[seq]) for seq in sorted(rows)]


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


def events_of(connection: Connection, *kinds: type) -> list[Event]:
    """All events of these types, oldest first."""
    query = select(EVENT).where(EVENT.c.type.in_([kind.__name__ for kind in kinds])).order_by(EVENT.c.seq)
    return [event_of(row) for row in connection.execute(query).mappings()]
