"""Proof that log, current state, index and spans agree, and repair of the state from the log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, delete, select, text
from sqlalchemy.schema import DropTable

from argmap.errors import ArgmapError, DamageError
from argmap.model import ArgumentMap, Event, LinkKind, Node, NodeKind, Status, document_id
from argmap.model.events import Undone
from argmap.model.replay import State, fold, resolved_map, roots
from argmap.store.bulk import insert_rows
from argmap.store.engine import create_state
from argmap.store.log import chained_hash, event_of
from argmap.store.rows import document_row, link_row, mention_rows, node_row, source_rows, speaker_rows
from argmap.store.schema import (
    DOCUMENT,
    EVENT,
    EVENT_TARGET,
    GENESIS,
    LINK,
    LINK_SOURCE,
    MENTION,
    META,
    NODE,
    SPEAKER,
    STATE_TABLES,
)
from argmap.store.sql_store import SqlStore, write_state


@dataclass(frozen=True, slots=True)
class Finding:
    """Something off: an ``error`` is damage or an orphaned span, a ``warning`` a map that could be better."""

    level: str
    item: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}: {self.item}: {self.message}"


LOST_END = Finding("error", "log", "its last events are missing, or the note of the last one is damaged")


def check(store: SqlStore) -> list[Finding]:
    """Everything that is wrong or weak, errors first. Cost: linear in the log."""
    with store.reading() as connection:
        findings = [*_file_findings(connection)]
        events, broken = _verified_log(connection)
        findings += broken
        state = fold(events)
        if not broken:
            findings += _state_findings(connection, state, events)
    findings += _index_findings(store)
    argument_map = resolved_map(state)
    findings += [*orphans(argument_map), *weaknesses(argument_map)]
    return sorted(findings, key=lambda finding: finding.level)


def _file_findings(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    for line in connection.execute(text("PRAGMA integrity_check(20)")).scalars():
        if line != "ok":
            yield Finding("error", "file", str(line))


def _verified_log(connection: Connection) -> tuple[list[Event], list[Finding]]:
    events: list[Event] = []
    findings: list[Finding] = []
    previous, expected = GENESIS, 1
    for row in connection.execute(select(EVENT).order_by(EVENT.c.seq)).mappings():
        name = f"event {row['seq']}"
        if row["seq"] != expected:
            findings.append(Finding("error", name, f"event {expected} is missing"))
        try:
            if chained_hash(previous, row) != row["hash"]:
                findings.append(
                    Finding("error", name, "does not match its hash; the log was altered or damaged")
                )
            events.append(event_of(row))
        except (ArgmapError, TypeError) as error:
            findings.append(Finding("error", name, f"cannot be read: {error}"))
        previous, expected = row["hash"], row["seq"] + 1
    if connection.execute(select(META.c.value).where(META.c.key == "head")).scalar() != previous:
        findings.append(LOST_END)
    return events, findings


def _expected_rows(
    state: State, events: Iterable[Event]
) -> dict[str, dict[tuple[Any, ...], Mapping[Any, Any]]]:
    """What each table must hold, by key."""
    root_of = roots(state.items)
    nodes, mentions, links, sources = [], [], [], []
    for item in state.items.values():
        if isinstance(item.value, Node):
            nodes.append(node_row(item) | {"root": root_of.get(item.value.id, item.value.id)})
            mentions += [
                row | {"root": root_of.get(row["node"], row["node"])} for row in mention_rows(item.value)
            ]
        else:
            links.append(link_row(item) | {"target_root": root_of.get(item.value.target, item.value.target)})
            sources += [
                row | {"root": root_of.get(row["source"], row["source"])} for row in source_rows(item.value)
            ]
    return {
        "node": {(row["id"],): row for row in nodes},
        "mention": {(row["node"], row["position"]): row for row in mentions},
        "link": {(row["id"],): row for row in links},
        "link_source": {(row["link"], row["position"]): row for row in sources},
        "document": {(d.id,): document_row(d) for d in state.documents.values()},
        "speaker": {(r["document"], r["name"]): r for d in state.documents.values() for r in speaker_rows(d)},
        "event_target": {(row["target"], row["seq"]): row for row in _target_rows(events)},
    }


_KEYS = {
    NODE: ("id",),
    MENTION: ("node", "position"),
    LINK: ("id",),
    LINK_SOURCE: ("link", "position"),
    DOCUMENT: ("id",),
    SPEAKER: ("document", "name"),
    EVENT_TARGET: ("target", "seq"),
}


def _state_findings(connection: Connection, state: State, events: Iterable[Event]) -> Iterator[Finding]:
    expected = _expected_rows(state, events)
    for table, key in _KEYS.items():
        wanted = expected[table.name]
        for row in connection.execute(select(table)).mappings():
            place = tuple(row[name] for name in key)
            should = wanted.pop(place, None)
            label = f"{table.name} {place[0]}"
            if should is None:
                yield Finding("error", label, "is stored but not in the log")
            elif any(row[name] != value for name, value in should.items()):
                wrong = [name for name, value in should.items() if row[name] != value]
                yield Finding("error", label, f"differs from the log in {', '.join(wrong)}")
        for place in wanted:
            yield Finding("error", f"{table.name} {place[0]}", "is in the log but not stored")


def _index_findings(store: SqlStore) -> Iterator[Finding]:
    """Whether SQLite's search index matches the nodes; it can only say so to a writer."""
    if store.engine.dialect.name != "sqlite" or store.read_only:
        return
    # rank = 1 makes FTS5 compare its index with the node table, not only look at its own structure.
    statement = text("INSERT INTO node_search(node_search, rank) VALUES ('integrity-check', 1)")
    try:
        with store.writing() as connection:
            connection.execute(statement)
    except DamageError:
        yield Finding("error", "search index", "does not match the nodes; run 'argmap check --repair'")


def orphans(argument_map: ArgumentMap) -> Iterator[Finding]:
    """Spans that do not lie in the document they name, and documents whose text is not what their id says."""
    for document in argument_map.documents.values():
        if document_id(document.text) != document.id:
            yield Finding("error", document.id, "its text is not the text it was added with")
    for node in argument_map.nodes.values():
        for mention in node.mentions:
            held = argument_map.documents.get(mention.document)
            if held is None:
                yield Finding("error", node.id, f"orphan: document {mention.document} is not here")
            elif not 0 <= mention.start < mention.end <= len(held.text):
                place = f"[{mention.start}, {mention.end})"
                yield Finding("error", node.id, f"orphan: span {place} is outside document {held.id}")


def weaknesses(argument_map: ArgumentMap) -> Iterator[Finding]:
    """Warnings of the guidelines: rebuttals that attack nothing, idle evidence, claims without support."""
    for node in argument_map.nodes.values():
        if node.status is Status.REJECTED:
            continue
        if node.kind is NodeKind.REBUTTAL and not argument_map.out_of(
            node.id, LinkKind.ATTACKS, LinkKind.UNDERCUTS
        ):
            yield Finding("warning", node.id, "a rebuttal that attacks nothing")
        elif node.kind is NodeKind.EVIDENCE and not argument_map.out_of(node.id):
            yield Finding("warning", node.id, "evidence that bears on nothing")
        elif node.kind is NodeKind.CLAIM and not argument_map.into(node.id, LinkKind.SUPPORTS):
            yield Finding("warning", node.id, "a claim without support")


def repair(store: SqlStore) -> int:
    """Rebuild the current state and the index from the log; gives the number of items written.

    Raises:
        StoreError: the log itself is damaged; restore a backup.
    """
    with store.writing() as connection:
        return rebuild_from_log(connection)


def rebuild_from_log(connection: Connection) -> int:
    """Make the tables of current state anew from the stored log; gives the number of items written.

    Raises:
        DamageError: the log itself is damaged; restore a backup.
    """
    events, broken = _verified_log(connection)
    if broken and not (broken == [LOST_END] and _only_head_is_damaged(connection)):
        raise DamageError(f"the log itself is damaged ({broken[0]}); restore a backup")
    return rebuild(connection, events)


def _only_head_is_damaged(connection: Connection) -> bool:
    """Whether the note of the last event's hash is garbled, rather than that of events that are gone."""
    head = connection.execute(select(META.c.value).where(META.c.key == "head")).scalar()
    last = connection.execute(select(EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)).scalar() or GENESIS
    if not isinstance(head, str) or re.fullmatch("[0-9a-f]{64}", head) is None:
        return True
    # Two hashes agree in 4 of 64 places by chance; one that lost a few bits, in nearly all.
    return sum(one == other for one, other in zip(head, str(last), strict=True)) > 32


def copy(store: SqlStore, other: SqlStore) -> int:
    """Bring the whole history into another, empty store of any kind; gives the number of events.

    Raises:
        DamageError: the history is damaged, so nothing was copied.
        Conflict: the other store has a history.
    """
    with store.reading() as connection:
        events, broken = _verified_log(connection)
    if broken:
        raise DamageError(f"the log is damaged ({broken[0]}); run 'argmap check'")
    return other.restore(events)


def rebuild(connection: Connection, events: list[Event]) -> int:
    """Make the tables of current state anew from a whole log; gives the number of items written."""
    state = fold(events)
    # Their old rows may be damaged, so nothing may read them, not even a trigger.
    for table in ("node_search", *(table.name for table in STATE_TABLES)):
        connection.execute(DropTable(Table(table, MetaData()), if_exists=True))
    create_state(connection)
    write_state(connection, state)
    insert_rows(connection, EVENT_TARGET, list(_target_rows(events)))
    last = select(EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)
    head = connection.execute(last).scalar() or GENESIS
    connection.execute(delete(META).where(META.c.key == "head"))
    insert_rows(connection, META, [{"key": "head", "value": head}])
    return len(state.items) + len(state.documents)


def _target_rows(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """Which events bear on what; an undo bears on what the undone operation did."""
    by_operation: dict[str, dict[str, None]] = {}
    for event in events:
        named = dict.fromkeys(event.change.targets)
        if isinstance(event.change, Undone):
            named = dict(by_operation.get(event.change.operation, {}))
        by_operation.setdefault(event.operation, {}).update(named)
        yield from ({"target": target, "seq": event.seq} for target in named)
