"""Documents and items <-> rows, with a checksum on every row."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, select, update

from argmap.errors import DamageError
from argmap.model import Document, Link, LinkKind, Mention, Node, NodeKind, Status
from argmap.model.codec import canonical, decode_turn, encoded
from argmap.model.replay import Item
from argmap.store.among import among
from argmap.store.asking import ask
from argmap.store.bulk import insert_rows
from argmap.store.schema import DOCUMENT, LINK, LINK_SOURCE, MENTION, NODE, SPEAKER

Row = dict[str, Any]


def checksum(values: Sequence[Any]) -> str:
    """What a row's checksum column must be for these values (texts, numbers, None, and lists of them)."""
    # `ascii` is injective on these, the same in every version of Python, and the fastest there is.
    return hashlib.sha256(ascii(values).encode("ascii")).hexdigest()[:16]


_COMMON = ("id", "kind", "status", "confidence", "by", "cue", "attributes", "verdicts", "ruling")


def _common_row(item: Item) -> Row:
    value = item.value
    return {
        "id": value.id,
        "kind": value.kind.value,
        "status": item.status.value,
        "confidence": float(value.confidence),
        "by": value.by,
        "cue": value.cue,
        "attributes": canonical(value.attributes) if value.attributes else "{}",
        "verdicts": canonical(item.verdicts) if item.verdicts else "{}",
        "ruling": None if item.ruling is None else int(item.ruling),
    }


def node_row(item: Item) -> Row:
    """The row of a node, as if it were not merged (`argmap.store.merging` sets ``root`` after)."""
    node = item.value
    assert isinstance(node, Node)
    row = _common_row(item) | {"text": node.text, "merged_into": item.merged_into, "root": node.id}
    return row | {"checksum": node_checksum(row, mention_rows(node))}


def node_checksum(row: Mapping[Any, Any], mentions: Iterable[Mapping[Any, Any]]) -> str:
    """Checksum over a node's own columns and its mentions."""
    places = sorted([m["document"], m["start"], m["end"], m["speaker"] or ""] for m in mentions)
    return checksum([*(row[name] for name in _COMMON), row["text"], row["merged_into"], places])


def mention_rows(node: Node) -> list[Row]:
    """The rows of a node's own mentions."""
    return [
        {
            "node": node.id,
            "position": position,
            "root": node.id,
            "document": mention.document,
            "start": mention.start,
            "end": mention.end,
            "speaker": mention.speaker,
        }
        for position, mention in enumerate(dict.fromkeys(node.mentions))
    ]


def link_row(item: Item) -> Row:
    """The row of a link, as if nothing were merged."""
    link = item.value
    assert isinstance(link, Link)
    row = _common_row(item) | {"target": link.target, "target_root": link.target}
    return row | {"checksum": link_checksum(row, list(dict.fromkeys(link.sources)))}


def link_checksum(row: Mapping[Any, Any], sources: Sequence[str]) -> str:
    """Checksum over a link's own columns and its sources."""
    return checksum([*(row[name] for name in _COMMON), row["target"], list(sources)])


def source_rows(link: Link) -> list[Row]:
    """The rows of a link's sources."""
    return [
        {"link": link.id, "position": position, "source": source, "root": source}
        for position, source in enumerate(dict.fromkeys(link.sources))
    ]


def document_row(document: Document) -> Row:
    """The row of a document."""
    row: Row = {
        "id": document.id,
        "title": document.title,
        "genre": document.genre,
        "turn_count": len(document.turns),
        "url": document.url,
        "date": document.date,
        "original": document.original,
        "attributes": canonical(document.attributes),
        "turns": canonical([encoded(turn) for turn in document.turns]),
        "text": document.text,
    }
    return row | {"checksum": checksum(list(row.values()))}


def document_of(row: Mapping[Any, Any]) -> Document:
    """The document of a row.

    Raises:
        DamageError: the row is not what was written.
    """
    values = {
        column.name: row[column.name] for column in DOCUMENT.columns if column.name not in ("row", "checksum")
    }
    if checksum(list(values.values())) != row["checksum"]:
        raise DamageError(f"document {row['id']} is damaged; run 'argmap check'")
    values.pop("turn_count")
    turns = tuple(decode_turn(turn) for turn in json.loads(values.pop("turns")))
    return Document(**values | {"attributes": json.loads(values["attributes"])}, turns=turns)


def _argued(row: Mapping[Any, Any]) -> Row:
    return {
        "id": row["id"],
        "confidence": row["confidence"],
        "by": row["by"],
        "cue": row["cue"],
        "attributes": json.loads(row["attributes"]) if row["attributes"] != "{}" else {},
    }


@contextmanager
def damage_named(row: Mapping[Any, Any]) -> Iterator[None]:
    """Turn what a damaged row makes go wrong into a `DamageError` that names it."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise DamageError(f"row {row['id']} is damaged; run 'argmap check'") from error


def node_of(row: Mapping[Any, Any], mentions: Iterable[Mention]) -> Node:
    """The node of a row, with its status and these mentions.

    Raises:
        DamageError: no such kind or status.
    """
    with damage_named(row):
        return Node(
            kind=NodeKind(row["kind"]),
            text=row["text"],
            mentions=tuple(mentions),
            status=Status(row["status"]),
            **_argued(row),
        )


def link_of(row: Mapping[Any, Any], sources: Iterable[str], target: str) -> Link:
    """The link of a row, with its status and these ends.

    Raises:
        DamageError: no such kind or status.
    """
    with damage_named(row):
        return Link(
            kind=LinkKind(row["kind"]),
            sources=tuple(dict.fromkeys(sources)),
            target=target,
            status=Status(row["status"]),
            **_argued(row),
        )


def mention_of(row: Mapping[Any, Any]) -> Mention:
    """The mention of a row."""
    return Mention(row["document"], row["start"], row["end"], row["speaker"])


def select_in(
    connection: Connection, table: Table, column: str, values: Iterable[str]
) -> Sequence[Mapping[Any, Any]]:
    """All rows of a table whose column has one of these values, in the order of its primary key."""
    ids = list(values)
    return ask(connection, _statement(table, column), {"ids": ids}) if ids else []


@cache
def _statement(table: Table, column: str) -> Select[Any]:
    return select(table).where(among(table.c[column])).order_by(*table.primary_key.columns)


def load_items(connection: Connection, ids: Iterable[str]) -> dict[str, Item]:
    """The stored items of these ids, with their own mentions and ends (merges not resolved).

    Raises:
        DamageError: a row is not what was written.
    """
    wanted = list(ids)
    items: dict[str, Item] = {}
    nodes = select_in(connection, NODE, "id", wanted)
    mentions = _grouped(select_in(connection, MENTION, "node", [row["id"] for row in nodes]), "node")
    for row in nodes:
        own = mentions.get(row["id"], [])
        _verify(row, node_checksum(row, own))
        items[row["id"]] = _item(row, node_of(row, map(mention_of, own)), row["merged_into"])
    links = select_in(connection, LINK, "id", [i for i in wanted if i not in items] if items else wanted)
    sources = _grouped(select_in(connection, LINK_SOURCE, "link", [row["id"] for row in links]), "link")
    for row in links:
        ends = [end["source"] for end in sources.get(row["id"], [])]
        _verify(row, link_checksum(row, ends))
        items[row["id"]] = _item(row, link_of(row, ends, row["target"]), None)
    return items


def _verify(row: Mapping[Any, Any], expected: str) -> None:
    if row["checksum"] != expected:
        raise DamageError(f"row {row['id']} is damaged; run 'argmap check'")


def _item(row: Mapping[Any, Any], value: Node | Link, merged_into: str | None) -> Item:
    ruling = None if row["ruling"] is None else bool(row["ruling"])
    return Item(value, json.loads(row["verdicts"]), ruling, merged_into)


def _grouped(rows: Iterable[Mapping[Any, Any]], column: str) -> dict[str, list[Mapping[Any, Any]]]:
    groups: dict[str, list[Mapping[Any, Any]]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def write_items(connection: Connection, items: Mapping[str, Item], *, known: Mapping[str, Item]) -> None:
    """Write items as rows; ``known`` are those that have rows already, and go if not in ``items``."""
    old = {i for i in known.keys() & items.keys() if type(known[i].value) is type(items[i].value)}
    _remove_items(connection, known.keys() - old)
    nodes = [item for item in items.values() if isinstance(item.value, Node)]
    links = [item for item in items.values() if isinstance(item.value, Link)]
    _write(connection, NODE, [node_row(item) for item in nodes], old)
    _write(connection, LINK, [link_row(item) for item in links], old)
    # Most decisions leave the parts of a node or link as they are.
    same = {i for i in old if parts_of(known[i].value) == parts_of(items[i].value)}
    _delete(connection, MENTION, "node", old - same)
    _delete(connection, LINK_SOURCE, "link", old - same)
    changed = [item.value for item in items.values() if item.value.id not in same]
    insert_rows(connection, MENTION, [r for v in changed if isinstance(v, Node) for r in mention_rows(v)])
    insert_rows(connection, LINK_SOURCE, [r for v in changed if isinstance(v, Link) for r in source_rows(v)])


def parts_of(value: Node | Link) -> tuple[Any, ...]:
    """What has rows of its own: a node's mentions, a link's sources."""
    return tuple(dict.fromkeys(value.mentions if isinstance(value, Node) else value.sources))


def _write(connection: Connection, table: Table, rows: list[Row], old: set[str]) -> None:
    insert_rows(connection, table, [row for row in rows if row["id"] not in old])
    known = [row for row in rows if row["id"] in old]
    if known:
        # A node's root stays: `argmap.store.merging` finds by it what a former merge tied together.
        columns = [name for name in known[0] if name not in ("id", "root")]
        statement = update(table).where(table.c.id == bindparam("_id"))
        statement = statement.values({name: bindparam(f"_{name}") for name in columns})
        connection.execute(statement, [{f"_{name}": value for name, value in row.items()} for row in known])


def _delete(connection: Connection, table: Table, column: str, ids: Iterable[str]) -> None:
    gone = list(ids)
    if gone:
        connection.execute(delete(table).where(among(table.c[column])), {"ids": gone})


def _remove_items(connection: Connection, ids: Iterable[str]) -> None:
    gone = list(ids)
    for table, column in ((NODE, "id"), (LINK, "id"), (MENTION, "node"), (LINK_SOURCE, "link")):
        _delete(connection, table, column, gone)


def speaker_rows(document: Document) -> list[Row]:
    """How many turns each known speaker of a document has."""
    counts = Counter(turn.speaker for turn in document.turns if turn.speaker)
    return [{"document": document.id, "name": name, "turns": count} for name, count in counts.items()]


def write_document(connection: Connection, document: Document) -> None:
    """Write a document and the count of its turns by speaker, in place of what was there."""
    remove_document(connection, document.id)
    insert_rows(connection, DOCUMENT, [document_row(document)])
    insert_rows(connection, SPEAKER, speaker_rows(document))


def remove_document(connection: Connection, document_id: str) -> None:
    """Take a document's rows away."""
    connection.execute(delete(SPEAKER).where(SPEAKER.c.document == document_id))
    connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id == document_id))
