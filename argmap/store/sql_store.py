"""The store: append events, and update the current state in the same transaction."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.pool import StaticPool

from argmap.errors import Conflict, DamageError, DecisionError, ModelError, ReadOnlyError
from argmap.model import Agent, Event
from argmap.model.codec import canonical, decode_agent, decode_change, encoded
from argmap.model.events import Change, Undone
from argmap.model.replay import State, fold, undone_operations
from argmap.store.engine import open_engine, plain_errors, store_url
from argmap.store.merging import resolve
from argmap.store.rows import (
    chunks,
    document_of,
    load_items,
    remove_document,
    select_in,
    write_document,
    write_items,
)
from argmap.store.schema import DOCUMENT, EVENT, EVENT_TARGET, GENESIS, META


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
    columns = [row[name] for name in ("seq", "operation", "type", "by_name", "by", "at", "because", "change")]
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


class SqlStore:
    """One knowledge base in SQLite or PostgreSQL; safe to share between threads.

    Args:
        place: a path, or a database URL.
        read_only: refuse every write, whatever asks for it.
    """

    def __init__(self, place: str | os.PathLike[str], *, read_only: bool = False) -> None:
        self.url = store_url(place)
        self.read_only = read_only
        self.engine = open_engine(self.url, read_only=read_only)
        # A database in memory is one connection, so its users take turns.
        in_memory = isinstance(self.engine.pool, StaticPool)
        self._turn: AbstractContextManager[object] = threading.RLock() if in_memory else nullcontext()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with self._turn, plain_errors(self.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a writing transaction: all of it or nothing."""
        if self.read_only:
            raise ReadOnlyError("this knowledge base is open for reading only")
        with self._turn, plain_errors(self.url), self.engine.connect() as opened:
            connection = opened.execution_options(writing=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    # One writer at a time, as SQLite has it: the log is one chain.
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4711)")
                yield connection

    @property
    def version(self) -> int:
        """Sequence number of the last event; 0 in an empty log."""
        with self.reading() as connection:
            return int(connection.execute(select(func.coalesce(func.max(EVENT.c.seq), 0))).scalar_one())

    def append(
        self,
        changes: Sequence[Change],
        *,
        operation: str,
        by: Agent,
        at: str,
        because: str | None = None,
        expected: int | None = None,
    ) -> tuple[Event, ...]:
        """Store changes as one operation and update the current state, in one transaction.

        Args:
            changes: what happens, in order.
            operation: an id for it; an operation that is stored already is returned, not repeated.
            expected: log version the decision was based on; None for any.

        Raises:
            Conflict: somebody changed one of the targets after ``expected``.
            DecisionError: an undo of an operation that is not in the log.
            ReadOnlyError, StoreError: nothing was changed.
        """
        with self.writing() as connection:
            stored = _operation_events(connection, operation)
            if stored or not changes:
                return stored
            touched = _touched(connection, changes)
            _refuse_stale(connection, touched, expected)
            events = _log(connection, changes, Event(0, operation, by, at, Undone(""), because))
            update_state(connection, events, touched)
            return events

    def restore(self, events: Iterable[Event]) -> int:
        """Take over a whole history into an empty store, in one transaction; gives the number of events.

        Raises:
            Conflict: there is a history here already.
            ModelError: its events are not numbered from 1.
            DecisionError: an undo of an operation that is not in it before.
        """
        history = list(events)
        if [event.seq for event in history] != list(range(1, len(history) + 1)):
            raise ModelError("the events of a history are numbered from 1, in their order")
        with self.writing() as connection:
            if connection.execute(select(EVENT.c.seq).limit(1)).first():
                raise Conflict("a history can only be taken over into an empty knowledge base")
            for _, group in groupby(
                history, key=lambda event: (event.operation, event.by, event.at, event.because)
            ):
                own = list(group)
                _log(connection, [event.change for event in own], own[0])
            write_state(connection, fold(history))
            return len(history)

    def events(
        self, *, after: int = 0, before: int | None = None, by: str | None = None, limit: int | None = None
    ) -> Iterator[Event]:
        """Events in order of their sequence numbers; with ``before`` or ``limit`` the newest first."""
        newest_first = before is not None or limit is not None
        query = select(EVENT).where(EVENT.c.seq > after)
        query = query.where(EVENT.c.seq < before) if before is not None else query
        query = query.where(EVENT.c.by_name == by) if by is not None else query
        query = query.order_by(EVENT.c.seq.desc() if newest_first else EVENT.c.seq).limit(limit)
        with self.reading() as connection:
            for row in connection.execute(query).mappings():
                yield event_of(row)

    def history(self, target: str) -> list[Event]:
        """Events that name this document, node or link, or undo one that does; oldest first."""
        with self.reading() as connection:
            return [event_of(row) for row in _event_rows(connection, [target])]

    def operation(self, operation: str) -> tuple[Event, ...]:
        """The events of one operation; empty where there is none."""
        with self.reading() as connection:
            return _operation_events(connection, operation)

    def targets(self, events: Iterable[Event]) -> tuple[str, ...]:
        """Ids of what these events changed; for an undo, of what it took back."""
        with self.reading() as connection:
            return tuple(_touched(connection, [event.change for event in events]))

    def undoings(self) -> list[Event]:
        """All `Undone` events, oldest first."""
        with self.reading() as connection:
            return _undoings(connection)


def _operation_events(connection: Connection, operation: str) -> tuple[Event, ...]:
    rows = connection.execute(
        select(EVENT).where(EVENT.c.operation == operation).order_by(EVENT.c.seq)
    ).mappings()
    return tuple(event_of(row) for row in rows)


def _undoings(connection: Connection) -> list[Event]:
    rows = connection.execute(select(EVENT).where(EVENT.c.type == "Undone").order_by(EVENT.c.seq)).mappings()
    return [event_of(row) for row in rows]


def _touched(connection: Connection, changes: Iterable[Change]) -> list[str]:
    """Ids that the changes bear on; for an undo, those of the operation that it undoes."""
    touched: dict[str, None] = {}
    for change in changes:
        touched.update(dict.fromkeys(change.targets))
        if isinstance(change, Undone):
            if not _operation_events(connection, change.operation):
                raise DecisionError(f"operation {change.operation} is not in the log, so it cannot be undone")
            query = (
                select(EVENT_TARGET.c.target)
                .join(EVENT, EVENT.c.seq == EVENT_TARGET.c.seq)
                .where(EVENT.c.operation == change.operation)
            )
            touched.update(dict.fromkeys(connection.execute(query).scalars()))
    return list(touched)


def _event_rows(connection: Connection, targets: Iterable[str]) -> list[Mapping[Any, Any]]:
    rows: dict[int, Mapping[Any, Any]] = {}
    for part in chunks(targets):
        query = select(EVENT).where(
            EVENT.c.seq.in_(select(EVENT_TARGET.c.seq).where(EVENT_TARGET.c.target.in_(part)))
        )
        rows.update((row["seq"], row) for row in connection.execute(query).mappings())
    return [rows[seq] for seq in sorted(rows)]


def _refuse_stale(connection: Connection, touched: Sequence[str], expected: int | None) -> None:
    if expected is None:
        return
    for part in chunks(touched):
        query = (
            select(EVENT)
            .join(EVENT_TARGET, EVENT_TARGET.c.seq == EVENT.c.seq)
            .where(EVENT_TARGET.c.target.in_(part), EVENT.c.seq > expected)
            .distinct()
            .order_by(EVENT.c.seq)
        )
        newer = [event_of(row) for row in connection.execute(query).mappings()]
        if newer:
            who = ", ".join(dict.fromkeys(event.by.name for event in newer))
            raise Conflict(f"{who} changed this after you read it; look at both and decide again", newer)


def _log(connection: Connection, changes: Sequence[Change], stamp: Event) -> tuple[Event, ...]:
    """Write the events with their hashes and targets. ``stamp`` holds what they have in common."""
    last = connection.execute(select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    events: list[Event] = []
    rows: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    for number, change in enumerate(changes, start=seq + 1):
        event = Event(number, stamp.operation, stamp.by, stamp.at, change, stamp.because)
        row = event_row(event)
        previous = row["hash"] = chained_hash(previous, row)
        events.append(event)
        rows.append(row)
        targets.extend({"target": target, "seq": number} for target in _touched(connection, [change]))
    connection.execute(insert(EVENT), rows)
    connection.execute(update(META).where(META.c.key == "head").values(value=previous))
    if targets:
        connection.execute(insert(EVENT_TARGET), targets)
    return tuple(events)


def update_state(connection: Connection, events: Sequence[Event], touched: Sequence[str]) -> None:
    """Bring the current state of the touched items in line with the log."""
    state = State(touched)
    known = load_items(connection, touched)
    documents = {row["id"]: document_of(row) for row in select_in(connection, DOCUMENT, "id", touched)}
    if any(isinstance(event.change, Undone) for event in events):
        _refold(connection, state, touched)
    else:
        state.items, state.documents = dict(known), dict(documents)
        for event in events:
            state.apply(event)
    write_items(connection, state.items, known=known)
    for document in state.documents.values():
        if documents.get(document.id) is not document:
            write_document(connection, document)
    for gone in documents.keys() - state.documents.keys():
        remove_document(connection, gone)
    resolve(connection, touched)


def write_state(connection: Connection, state: State) -> None:
    """Write a whole state into empty tables."""
    write_items(connection, state.items, known={})
    for document in state.documents.values():
        write_document(connection, document)
    for part in chunks(state.items):
        resolve(connection, part)


def _refold(connection: Connection, state: State, touched: Sequence[str]) -> None:
    undone = undone_operations(_undoings(connection))
    for row in _event_rows(connection, touched):
        if row["operation"] not in undone:
            state.apply(event_of(row))
