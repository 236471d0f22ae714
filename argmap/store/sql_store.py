"""The store: append events, and update the current state in the same transaction."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from itertools import groupby

from sqlalchemy import Connection, func, select
from sqlalchemy.pool import StaticPool

from argmap.errors import Conflict, ModelError, ReadOnlyError
from argmap.model import Agent, Event
from argmap.model.events import Change, Undone
from argmap.model.replay import State, fold
from argmap.store.asking import ask
from argmap.store.backup import Backups
from argmap.store.engine import begun_writing, open_engine, plain_errors, store_url
from argmap.store.log import (
    event_of,
    events_on,
    hash_of,
    operation_events,
    refuse_stale,
    touched_by,
    undone,
    write_log,
)
from argmap.store.merging import resolve
from argmap.store.rows import (
    document_of,
    load_items,
    remove_document,
    select_in,
    write_document,
    write_items,
)
from argmap.store.schema import DOCUMENT, EVENT

Changes = Sequence[Change] | Callable[[Connection], Sequence[Change]]

_VERSION = select(func.coalesce(func.max(EVENT.c.seq), 0).label("seq"))


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
        self._backups = Backups(self.engine)

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
        with (
            self._turn,
            plain_errors(self.url),
            self.engine.connect() as connection,
            begun_writing(connection),
        ):
            yield connection

    @property
    def version(self) -> int:
        """Sequence number of the last event; 0 in an empty log."""
        with self.reading() as connection:
            (row,) = ask(connection, _VERSION)
            return int(row["seq"])

    def hash_of(self, seq: int) -> str | None:
        """The hash of the log up to the event of this number; None where it is shorter."""
        with self.reading() as connection:
            return hash_of(connection, seq)

    def append(
        self,
        changes: Changes,
        *,
        operation: str,
        by: Agent,
        at: str,
        because: str | None = None,
        expected: int | None = None,
    ) -> tuple[Event, ...]:
        """Store changes as one operation and update the current state, in one transaction.

        Args:
            changes: what happens, in order; or what finds it out inside the transaction, where the answer
                cannot be outdated.
            operation: an id for it; an operation that is stored already is returned, not repeated.
            expected: log version the decision was based on; None for any.

        Raises:
            Conflict: somebody changed one of the targets after ``expected``.
            DecisionError: an undo of an operation that is not in the log.
            ReadOnlyError, StoreError: nothing was changed.
        """
        if not self.read_only:
            self._backups.keep()
        with self.writing() as connection:
            stored = operation_events(connection, operation)
            decided = () if stored else changes(connection) if callable(changes) else changes
            if not decided:
                return stored
            touched = touched_by(connection, decided)
            refuse_stale(connection, touched, expected)
            events = write_log(connection, decided, Event(0, operation, by, at, Undone(""), because))
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
                write_log(connection, [event.change for event in own], own[0])
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
        query = query.execution_options(yield_per=100)
        with self.reading() as connection, closing(connection.execute(query)) as rows:
            yield from map(event_of, rows.mappings())

    def history(self, target: str) -> list[Event]:
        """Events that name this document, node or link, or undo one that does; oldest first."""
        with self.reading() as connection:
            return list(events_on(connection, [target]))

    def operation(self, operation: str) -> tuple[Event, ...]:
        """The events of one operation; empty where there is none."""
        with self.reading() as connection:
            return operation_events(connection, operation)

    def targets(self, events: Iterable[Event]) -> tuple[str, ...]:
        """Ids of what these events changed; for an undo, of what it took back."""
        changes = [event.change for event in events]
        if not any(isinstance(change, Undone) for change in changes):
            return tuple(dict.fromkeys(target for change in changes for target in change.targets))
        with self.reading() as connection:
            return tuple(touched_by(connection, changes))


def update_state(connection: Connection, events: Sequence[Event], touched: Sequence[str]) -> None:
    """Bring the current state of the touched items in line with the log."""
    state = State(touched)
    known = load_items(connection, touched)
    documents = {row["id"]: document_of(row) for row in select_in(connection, DOCUMENT, "id", touched)}
    if any(isinstance(event.change, Undone) for event in events):
        _refold(connection, state, touched)
    else:
        # Copies, since events change items in place and `known` tells what the rows hold.
        state.items = {item_id: replace(item) for item_id, item in known.items()}
        state.documents = dict(documents)
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
    resolve(connection, state.items)


def _refold(connection: Connection, state: State, touched: Sequence[str]) -> None:
    gone = undone(connection)
    for event in events_on(connection, touched):
        if event.operation not in gone:
            state.apply(event)
