"""Questions to the current state; none of them loads more than it returns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, case, distinct, func, literal, or_, select, text, union_all

from argmap.errors import UnknownName
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, Status
from argmap.model.replay import anchored, brought_verdicts
from argmap.store.among import among
from argmap.store.asking import ask
from argmap.store.rows import damage_named, document_of, link_of, mention_of, node_of, select_in
from argmap.store.schema import DOCUMENT, LINK, LINK_SOURCE, MENTION, NODE, SPEAKER

STANDING = text("node.root = node.id")

_PLACES = select(MENTION.c.root, MENTION.c.document, MENTION.c.start, MENTION.c.end, MENTION.c.speaker).where(
    among(MENTION.c.root)
)
_ENDS = (
    select(LINK_SOURCE.c.link, LINK_SOURCE.c.root)
    .where(among(LINK_SOURCE.c.link))
    .order_by(LINK_SOURCE.c.link, LINK_SOURCE.c.position)
)
_ROOTS = select(NODE.c.id, NODE.c.root).where(among(NODE.c.id))
_SPEAKERS = select(SPEAKER.c.document, SPEAKER.c.name).order_by(
    SPEAKER.c.document, SPEAKER.c.turns.desc(), SPEAKER.c.name
)
_HERE = tuple(select(table.c.id).where(among(table.c.id)) for table in (DOCUMENT, NODE, LINK))
_DECIDED = tuple(
    select(table.c.id, table.c.by, table.c.verdicts).where(among(table.c.id)) for table in (NODE, LINK)
)

WINDOW = 200  # ranked nodes are looked up so many at a time

ORDERS = ("reading", "newest", "discussed", "contested", "sources", "uncertain")


@dataclass(frozen=True)
class NodeFilter:
    """Which nodes are meant; every given condition must hold. Rejected ones are left out unless asked for."""

    kind: str | None = None
    status: str | None = None
    document: str | None = None
    speaker: str | None = None
    by: str | None = None
    min_confidence: float = 0.0


@dataclass(frozen=True)
class DocumentRow:
    """A document without its text."""

    id: str
    title: str
    genre: str
    turns: int
    speakers: tuple[str, ...]
    nodes: int
    url: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Stats:
    """How much there is, and of what."""

    documents: int
    turns: int
    speakers: int
    nodes: int
    links: int
    by_kind: Mapping[str, int] = field(default_factory=dict)
    by_status: Mapping[str, int] = field(default_factory=dict)
    by_link: Mapping[str, int] = field(default_factory=dict)


def _conditions(wanted: NodeFilter) -> list[Any]:
    conditions: list[Any] = [STANDING]
    status = NODE.c.status == wanted.status if wanted.status else NODE.c.status != Status.REJECTED.value
    conditions.append(status)
    if wanted.kind:
        conditions.append(NODE.c.kind == wanted.kind)
    if wanted.by:
        conditions.append(NODE.c.by == wanted.by)
    if wanted.min_confidence:
        conditions.append(NODE.c.confidence >= wanted.min_confidence)
    if wanted.document or wanted.speaker:
        conditions.append(NODE.c.id.in_(_mentioned(wanted)))
    return conditions


def _mentioned(wanted: NodeFilter) -> Select[Any]:
    query = select(MENTION.c.root)
    if wanted.document:
        query = query.where(MENTION.c.document == wanted.document)
    if wanted.speaker:
        query = query.where(MENTION.c.speaker == wanted.speaker)
    return query


def _ordered(query: Select[Any], order: str) -> Select[Any]:
    if order == "uncertain":
        return query.order_by(func.abs(NODE.c.confidence - 0.5), NODE.c.row)
    return query.order_by(NODE.c.row.desc() if order == "newest" else NODE.c.row)


def _degrees() -> Any:
    def counted(*kinds: str) -> Any:
        return func.sum(case((LINK.c.kind.in_(kinds), 1), else_=0))

    return (
        select(
            LINK.c.target_root.label("id"),
            func.count().label("total"),
            counted(LinkKind.SUPPORTS, LinkKind.ANSWERS).label("pro"),
            counted(LinkKind.ATTACKS).label("con"),
        )
        .where(LINK.c.status != Status.REJECTED.value)
        .group_by(LINK.c.target_root)
        .subquery()
    )


def _spread() -> Any:
    """How many documents and speakers each node has; only where it was said twice need they be told apart."""
    root, speaker = MENTION.c.root, MENTION.c.speaker
    several = select(root).group_by(root).having(func.count() > 1)
    once = select(root.label("id"), literal(1).label("documents"), func.count(speaker).label("speakers"))
    apart = select(root, func.count(distinct(MENTION.c.document)), func.count(distinct(speaker)))
    return union_all(
        once.group_by(root).having(func.count() == 1), apart.where(root.in_(several)).group_by(root)
    ).subquery()


def _best_first(table: Any, *keys: Any) -> Select[Any]:
    return select(table.c.id).where(keys[-1] > 0).order_by(*(key.desc() for key in keys), table.c.id)


def _rankings() -> dict[str, Select[Any]]:
    degree, spread = _degrees(), _spread()
    least = case((degree.c.pro < degree.c.con, degree.c.pro), else_=degree.c.con)
    return {
        "discussed": _best_first(degree, degree.c.total),
        "contested": _best_first(degree, least, degree.c.con),
        "sources": _best_first(spread, spread.c.documents, spread.c.speakers),
    }


_RANKINGS = _rankings()


def _best(connection: Connection, order: str, conditions: Sequence[Any], enough: int | None) -> list[Any]:
    """Rows of the first nodes of a ranking that meet the conditions; only as many are read as it takes."""
    these = select(NODE).where(among(NODE.c.id), *conditions)
    found: list[Any] = []
    ranking = connection.execution_options(yield_per=WINDOW).execute(_RANKINGS[order])
    with closing(ranking):
        for part in ranking.scalars().partitions():
            rows = {row["id"]: row for row in connection.execute(these, {"ids": part}).mappings()}
            found += [rows[item_id] for item_id in part if item_id in rows]
            if enough is not None and len(found) >= enough:
                break
    return found


def _unranked(connection: Connection, order: str, conditions: Sequence[Any], limit: int | None) -> list[Any]:
    """Rows of the nodes that have no place in a ranking, in reading order."""
    query = select(NODE).where(NODE.c.id.not_in(select(_RANKINGS[order].order_by(None).subquery().c.id)))
    return list(connection.execute(query.where(*conditions).order_by(NODE.c.row).limit(limit)).mappings())


def nodes(
    connection: Connection,
    wanted: NodeFilter,
    *,
    order: str = "reading",
    limit: int | None = None,
    offset: int = 0,
    rest: bool = False,
) -> list[Node]:
    """Nodes that pass the filter, in one of `ORDERS`.

    ``discussed`` counts what bears on a node, ``contested`` the smaller of its two sides, ``sources`` its
    documents, ``uncertain`` how near its confidence is to one half; ``rest`` adds what these leave out.
    """
    if order not in ORDERS:
        raise UnknownName("order", order, ORDERS)
    conditions = _conditions(wanted)
    if order in _RANKINGS:
        end = None if limit is None else offset + limit
        rows = _best(connection, order, conditions, end)
        if rest and (end is None or len(rows) < end):
            rows += _unranked(connection, order, conditions, None if end is None else end - len(rows))
        return hydrated_nodes(connection, rows[offset:end])
    query = _ordered(select(NODE).where(*conditions), order).limit(limit).offset(offset)
    return hydrated_nodes(connection, connection.execute(query).mappings().all())


def count(connection: Connection, wanted: NodeFilter) -> int:
    """How many nodes pass the filter."""
    return connection.execute(select(func.count()).select_from(NODE).where(*_conditions(wanted))).scalar_one()


def hydrated_nodes(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[Node]:
    """Nodes of these rows with their mentions and those of what they absorbed."""
    if not rows:
        return []
    mentions: dict[str, list[Mention]] = {}
    found = ask(connection, _PLACES, {"ids": [row["id"] for row in rows]})
    for root, document_id, start, end, speaker in (row.values() for row in found):
        mentions.setdefault(root, []).append(Mention(document_id, start, end, speaker))
    return [node_of(row, _sorted(mentions.get(row["id"], []))) for row in rows]


def _sorted(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(set(mentions), key=lambda m: (m.document, m.start, m.end, m.speaker or ""))


def nodes_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Node]:
    """The nodes of these ids; an absorbed node is answered by the one that stands for it."""
    wanted = list(ids)
    rows = {row["id"]: row for row in select_in(connection, NODE, "id", wanted)}
    uppers = {row["root"] for row in rows.values()} - rows.keys()
    rows |= {row["id"]: row for row in select_in(connection, NODE, "id", uppers)}
    roots = {rows[i]["root"]: rows[rows[i]["root"]] for i in wanted if i in rows and rows[i]["root"] in rows}
    found = {node.id: node for node in hydrated_nodes(connection, list(roots.values()))}
    return {i: found[rows[i]["root"]] for i in wanted if i in rows and rows[i]["root"] in found}


def links_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Link]:
    """The links of these ids, with merges resolved."""
    return {link.id: link for link in hydrated_links(connection, select_in(connection, LINK, "id", ids))}


def hydrated_links(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[Link]:
    """Links of these rows with their sources, merges resolved."""
    if not rows:
        return []
    sources: dict[str, list[str]] = {}
    for row in ask(connection, _ENDS, {"ids": [row["id"] for row in rows]}):
        sources.setdefault(row["link"], []).append(row["root"])
    return [link_of(row, sources.get(row["id"], ()), row["target_root"]) for row in rows]


def known_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these documents, nodes and links are here."""
    wanted = {"ids": list(ids)}
    return {row["id"] for question in _HERE for row in ask(connection, question, wanted)}


def news(connection: Connection, values: Sequence[Node | Link]) -> list[Node | Link]:
    """Those that are not here yet, or that somebody else than the one who made them here decided on too."""
    wanted = {"ids": [value.id for value in values]}
    known = {row["id"]: row for question in _DECIDED for row in ask(connection, question, wanted)}

    def is_new(value: Node | Link) -> bool:
        row = known.get(value.id)
        if row is None:
            return True
        with damage_named(row):
            brought = brought_verdicts(value).keys()
            return value.by != row["by"] and not brought <= json.loads(row["verdicts"]).keys()

    return [value for value in values if is_new(value)]


def node_roots(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Each of these nodes that is here -> itself, or the node that absorbed it."""
    wanted = {"ids": list(ids)}
    return {row["id"]: row["root"] for row in ask(connection, _ROOTS, wanted)}


def document(connection: Connection, document_id: str) -> Document:
    """The document of this id.

    Raises:
        UnknownName: there is none.
    """
    rows = select_in(connection, DOCUMENT, "id", [document_id])
    if not rows:
        raise UnknownName("document", document_id)
    return document_of(rows[0])


def documents(connection: Connection) -> list[DocumentRow]:
    """All documents without their texts, in the order they came; rejected nodes are not counted."""
    by_document = select(MENTION.c.document, func.count(distinct(MENTION.c.root))).group_by(
        MENTION.c.document
    )
    counted: Counter[str] = Counter({row[0]: row[1] for row in connection.execute(by_document)})
    rejected = by_document.join(NODE, NODE.c.id == MENTION.c.root)
    rejected = rejected.where(NODE.c.status == Status.REJECTED.value)
    counted.subtract({row[0]: row[1] for row in connection.execute(rejected)})
    speakers: dict[str, list[str]] = {}
    for document_id, name in connection.execute(_SPEAKERS):
        speakers.setdefault(document_id, []).append(name)
    columns = [DOCUMENT.c[name] for name in ("id", "title", "genre", "turn_count", "url", "date")]
    rows = connection.execute(select(*columns).order_by(DOCUMENT.c.row))
    return [
        DocumentRow(
            id=row.id,
            title=row.title,
            genre=row.genre,
            turns=row.turn_count,
            speakers=tuple(speakers.get(row.id, ())),
            nodes=counted[row.id],
            url=row.url,
            date=row.date,
        )
        for row in rows
    ]


def stats(connection: Connection) -> Stats:
    """How much there is; absorbed nodes are not counted, rejected items only by status."""

    def number(query: Any) -> int:
        return int(connection.execute(query).scalar() or 0)

    kind, group = LINK.c.kind, (NODE.c.kind, NODE.c.status)
    standing = LINK.c.status != Status.REJECTED.value
    links = connection.execute(select(kind, func.count()).where(standing).group_by(kind).order_by(kind))
    by_link = {row[0]: row[1] for row in links}
    counted = select(*group, func.count()).select_from(NODE).group_by(*group)
    nodes: Counter[tuple[str, str]] = Counter({(k, s): n for k, s, n in connection.execute(counted)})
    absorbed = connection.execute(counted.where(text("node.root != node.id")))
    nodes.subtract({(k, s): n for k, s, n in absorbed})
    kept = {pair: n for pair, n in nodes.items() if pair[1] != Status.REJECTED.value}
    return Stats(
        documents=number(select(func.count()).select_from(DOCUMENT)),
        turns=number(select(func.sum(DOCUMENT.c.turn_count))),
        speakers=number(select(func.count(distinct(SPEAKER.c.name)))),
        nodes=sum(kept.values()),
        links=sum(by_link.values()),
        by_kind=_summed(kept, 0),
        by_status=_summed(nodes, 1),
        by_link=by_link,
    )


def _summed(counts: Mapping[tuple[str, str], int], place: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for key, number in counts.items():
        sums[key[place]] += number
    return {key: sums[key] for key in sorted(sums) if sums[key]}


def whole(connection: Connection, document_id: str | None = None) -> ArgumentMap:
    """Everything, or what one document mentions with the links between; for maps that fit into memory."""
    standing, links, texts = select(NODE).where(STANDING), select(LINK), select(DOCUMENT)
    if document_id is not None:
        mentioned = _mentioned(NodeFilter(document=document_id))
        starting = select(LINK_SOURCE.c.link).where(LINK_SOURCE.c.root.in_(mentioned))
        standing = standing.where(NODE.c.id.in_(mentioned))
        links = links.where(or_(LINK.c.target_root.in_(mentioned), LINK.c.id.in_(starting)))
        texts = texts.where(DOCUMENT.c.id == document_id)
    held = hydrated_nodes(connection, connection.execute(standing).mappings().all())
    found = hydrated_links(connection, connection.execute(links).mappings().all())
    nodes = {node.id: node for node in held}
    kept = anchored({link.id: link for link in found}, nodes)
    return ArgumentMap.of(map(document_of, connection.execute(texts).mappings()), held, kept)


def mentions_between(
    connection: Connection, document_id: str, start: int, end: int
) -> list[tuple[str, Mention]]:
    """(node id, mention) of every mention that overlaps a stretch of a document, in reading order."""
    query = (
        select(MENTION)
        .join(NODE, NODE.c.id == MENTION.c.node)
        .where(MENTION.c.document == document_id, MENTION.c.start < end, MENTION.c.end > start)
        .where(NODE.c.status != Status.REJECTED.value)
        .order_by(MENTION.c.start, MENTION.c.end)
    )
    return [(row["root"], mention_of(row)) for row in connection.execute(query).mappings()]


def speakers(connection: Connection) -> list[tuple[str, int, int]]:
    """(name, turns, nodes) of every speaker, most turns first."""
    counted = select(MENTION.c.speaker, func.count(distinct(MENTION.c.root)).label("nodes")).group_by(
        MENTION.c.speaker
    )
    nodes_of = {row.speaker: row.nodes for row in connection.execute(counted)}
    turns = func.sum(SPEAKER.c.turns)
    query = (
        select(SPEAKER.c.name, turns.label("turns"))
        .group_by(SPEAKER.c.name)
        .order_by(turns.desc(), SPEAKER.c.name)
    )
    return [(row.name, int(row.turns), nodes_of.get(row.name, 0)) for row in connection.execute(query)]
