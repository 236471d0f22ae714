"""The log of events: rows, their chain of hashes, and questions to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from argmap.errors import Conflict, DamageError, DecisionError
from argmap.model import Event
from argmap.model.codec import canonical, decode_agent, decode_change, encoded
from argmap.model.events import Change, Undone
from argmap.model.replay import undone_by
from argmap.store.among import among
from argmap.store.asking import ask
from argmap.store.bulk import insert_rows
from argmap.store.schema import EVENT, EVENT_TARGET, GENESIS, META

_COLUMNS = ("seq", "operation", "type", "by_name", "by", "at", "because", "change")

_LAST = select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)
_HASH = select(EVENT.c.hash).where(EVENT.c.seq == bindparam("seq"))
_HEAD = update(META).where(META.c.key == "head").values(value=bindparam("head"))
_OPERATION = select(EVENT).where(EVENT.c.operation == bindparam("operation")).order_by(EVENT.c.seq)
_FIRST = _OPERATION.limit(1)
_UNDOINGS = (
    select(EVENT.c.operation, EVENT.c.change).where(EVENT.c.type == Undone.__name__).order_by(EVENT.c.seq)
)
_UNDONE_TARGETS = (
    select(EVENT_TARGET.c.target)
    .join(EVENT, EVENT.c.seq == EVENT_TARGET.c.seq)
    .where(EVENT.c.operation == bindparam("operation"))
    .order_by(EVENT_TARGET.c.seq)
)
_ON_TARGETS = (
    select(EVENT)
    .where(
        EVENT.c.seq.in_(
            select(EVENT_TARGET.c.seq).where(
                among(EVENT_TARGET.c.target), EVENT_TARGET.c.seq > bindparam("after")
            )
        )
    )
    .order_by(EVENT.c.seq)
)
_BY_PERSON = (
    select(EVENT.c.seq, EVENT.c.operation, EVENT.c.type)
    .where(EVENT.c.by_name == bindparam("by"))
    .order_by(EVENT.c.seq.desc())
)


def event_row(event: Event) -> dict[str, Any]:
    """The columns of an event without its hash."""
    return {
        "seq": event.seq,
        "operation": event.operation,
        "type": type(event.change).__name__,
        "by_name": event.by.name,
        "by": canonical(encoded(event.by)),
        "at": event.at,
        "because": event.because,
        "change": canonical(encoded(event.change)),
    }


def chained_hash(previous: str, row: Mapping[Any, Any]) -> str:
    """The hash of an event row, over its columns and the hash of the event before it."""
    columns = [row[name] for name in _COLUMNS]
    return hashlib.sha256((previous + canonical(columns)).encode("utf-8", "surrogatepass")).hexdigest()


def event_of(row: Mapping[Any, Any]) -> Event:
    """The event of a row.

    Raises:
        DamageError: the row is not what was written.
    """
    try:
        return Event(
            seq=row["seq"],
            operation=row["operation"],
            by=decode_agent(json.loads(row["by"])),
            at=row["at"],
            change=decode_change(row["type"], json.loads(row["change"])),
            because=row["because"],
        )
    except (ValueError, TypeError) as error:
        raise DamageError(f"event {row['seq']} cannot be read ({error}); run 'argmap check'") from error


def write_log(connection: Connection, changes: Sequence[Change], stamp: Event) -> tuple[Event, ...]:
    """Write events with their hashes and targets at the end; ``stamp`` holds what they have in common."""
    last = ask(connection, _LAST)
    seq, previous = (last[0]["seq"], last[0]["hash"]) if last else (0, GENESIS)
    events: list[Event] = []
    rows: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    for number, change in enumerate(changes, start=seq + 1):
        event = Event(number, stamp.operation, stamp.by, stamp.at, change, stamp.because)
        row = event_row(event)
        previous = row["hash"] = chained_hash(previous, row)
        events.append(event)
        rows.append(row)
        targets.extend({"target": target, "seq": number} for target in touched_by(connection, [change]))
    insert_rows(connection, EVENT, rows)
    ask(connection, _HEAD, {"head": previous})
    insert_rows(connection, EVENT_TARGET, targets)
    return tuple(events)


def hash_of(connection: Connection, seq: int) -> str | None:
    """The hash of the event of this number, over all events up to it; None where there is none."""
    found = ask(connection, _HASH, {"seq": seq})
    return found[0]["hash"] if found else None


def operation_events(connection: Connection, operation: str) -> tuple[Event, ...]:
    """The events of one operation, in order; empty where there is none."""
    return tuple(map(event_of, ask(connection, _OPERATION, {"operation": operation})))


def touched_by(connection: Connection, changes: Iterable[Change]) -> list[str]:
    """Ids that the changes bear on; for an undo, those of the operation that it undoes.

    Raises:
        DecisionError: an undo of an operation that is not in the log.
    """
    touched: dict[str, None] = {}
    for change in changes:
        touched.update(dict.fromkeys(change.targets))
        if isinstance(change, Undone):
            named = {"operation": change.operation}
            if not ask(connection, _FIRST, named):
                raise DecisionError(f"operation {change.operation} is not in the log, so it cannot be undone")
            touched.update(dict.fromkeys(row["target"] for row in ask(connection, _UNDONE_TARGETS, named)))
    return list(touched)


def events_on(connection: Connection, targets: Iterable[str], *, after: int = 0) -> Iterator[Event]:
    """Events later than ``after`` that bear on one of these documents, nodes or links, oldest first."""
    rows = ask(connection, _ON_TARGETS, {"ids": list(targets), "after": after})
    return map(event_of, rows)


def refuse_stale(connection: Connection, touched: Sequence[str], expected: int | None) -> None:
    """Refuse a decision on what somebody changed after the log version it was based on.

    Raises:
        Conflict: it holds their events.
    """
    newer = [] if expected is None else list(events_on(connection, touched, after=expected))
    if newer:
        who = ", ".join(dict.fromkeys(event.by.name for event in newer))
        raise Conflict(f"{who} changed this after you read it; look at both and decide again", newer)


def undoings(connection: Connection) -> list[tuple[str, str]]:
    """The operation of each ``Undone`` and the operation that it undoes, oldest first.

    The events themselves are not made: a log may hold thousands of them, and every write asks.

    Raises:
        DamageError: one of them cannot be read.
    """
    try:
        rows = ask(connection, _UNDOINGS)
        return [(row["operation"], json.loads(row["change"])["operation"]) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise DamageError(f"an undo cannot be read ({error}); run 'argmap check'") from error


def undone(connection: Connection) -> set[str]:
    """Operations of the log that do not stand. Cost: linear in the undoings."""
    return undone_by(undoings(connection))


def _latest(connection: Connection, by: str) -> Iterator[Any]:
    """(seq, operation, type) of a person's events, newest first; only as many are read as it takes."""
    query = _BY_PERSON.execution_options(yield_per=100)
    with closing(connection.execute(query, {"by": by})) as rows:
        yield from rows


def undoable(connection: Connection, by: str) -> Event | None:
    """The first event of this person's last operation that stands and is no undo."""
    gone = undone(connection)
    for row in _latest(connection, by):
        if row.type != Undone.__name__ and row.operation not in gone:
            first = ask(connection, _FIRST, {"operation": row.operation})
            return event_of(first[0])
    return None


def redoable(connection: Connection, by: str) -> Event | None:
    """The `Undone` event that a redo takes back: this person's last, if nothing new came after."""
    pairs = undoings(connection)
    gone, undos = undone_by(pairs), dict(pairs)
    for row in _latest(connection, by):
        if row.operation in gone:
            continue
        if row.operation not in undos:
            return None
        if undos[row.operation] not in undos:
            return event_of(ask(connection, _FIRST, {"operation": row.operation})[0])
    return None
