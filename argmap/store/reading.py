"""Questions to the current state; none of them loads more than it returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, case, distinct, func, or_, select

from argmap.errors import UnknownName
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, Status
from argmap.model.replay import anchored, brought_verdicts
from argmap.store.rows import chunks, document_of, link_of, load_items, mention_of, node_of, select_in
from argmap.store.schema import DOCUMENT, LINK, LINK_SOURCE, MENTION, NODE, SPEAKER

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
    conditions: list[Any] = [NODE.c.root == NODE.c.id]
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


def _ranked(query: Select[Any], order: str) -> Select[Any]:
    if order in ("discussed", "contested"):
        degree = _degrees()
        query = query.join(degree, degree.c.id == NODE.c.id)
        least = case((degree.c.pro < degree.c.con, degree.c.pro), else_=degree.c.con)
        keys = [degree.c.total] if order == "discussed" else [least, degree.c.con]
        return query.where(keys[-1] > 0).order_by(*(key.desc() for key in keys), NODE.c.row)
    if order == "sources":
        spread = _spread()
        query = query.join(spread, spread.c.id == NODE.c.id)
        return query.order_by(spread.c.documents.desc(), spread.c.speakers.desc(), NODE.c.row)
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
    return (
        select(
            MENTION.c.root.label("id"),
            func.count(distinct(MENTION.c.document)).label("documents"),
            func.count(distinct(MENTION.c.speaker)).label("speakers"),
        )
        .group_by(MENTION.c.root)
        .subquery()
    )


def nodes(
    connection: Connection,
    wanted: NodeFilter,
    *,
    order: str = "reading",
    limit: int | None = None,
    offset: int = 0,
) -> list[Node]:
    """Nodes that pass the filter, in one of `ORDERS`.

    ``discussed`` counts what bears on a node, ``contested`` the smaller of its two sides, ``sources`` its
    documents, ``uncertain`` how near its confidence is to one half.
    """
    if order not in ORDERS:
        raise UnknownName("order", order, ORDERS)
    query = _ranked(select(NODE).where(*_conditions(wanted)), order).limit(limit).offset(offset)
    return hydrated_nodes(connection, connection.execute(query).mappings().all())


def count(connection: Connection, wanted: NodeFilter) -> int:
    """How many nodes pass the filter."""
    return connection.execute(select(func.count()).select_from(NODE).where(*_conditions(wanted))).scalar_one()


def hydrated_nodes(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[Node]:
    """Nodes of these rows with their mentions and those of what they absorbed."""
    mentions: dict[str, list[Mention]] = {}
    for row in select_in(connection, MENTION, "root", [row["id"] for row in rows]):
        mentions.setdefault(row["root"], []).append(mention_of(row))
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
    wanted = list(ids)
    sources: dict[str, list[str]] = {}
    for end in select_in(connection, LINK_SOURCE, "link", wanted):
        sources.setdefault(end["link"], []).append(end["root"])
    rows = select_in(connection, LINK, "id", wanted)
    return {row["id"]: link_of(row, sources.get(row["id"], []), row["target_root"]) for row in rows}


def known_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these documents, nodes and links are here."""
    wanted, found = list(ids), set()
    for part in chunks(wanted):
        for table in (DOCUMENT, NODE, LINK):
            found |= set(connection.execute(select(table.c.id).where(table.c.id.in_(part))).scalars())
    return found


def news(connection: Connection, values: Sequence[Node | Link]) -> list[Node | Link]:
    """Those that are not here yet, or that somebody else than the one who made them here decided on too."""
    known = load_items(connection, [value.id for value in values])

    def is_new(value: Node | Link) -> bool:
        item = known.get(value.id)
        if item is None:
            return True
        return value.by != item.value.by and not brought_verdicts(value).keys() <= item.verdicts.keys()

    return [value for value in values if is_new(value)]


def node_roots(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Each of these nodes that is here -> itself, or the node that absorbed it."""
    return {row["id"]: row["root"] for row in select_in(connection, NODE, "id", ids)}


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
    """All documents without their texts, in the order they came."""
    by_document = select(MENTION.c.document, func.count(distinct(MENTION.c.root))).group_by(
        MENTION.c.document
    )
    counted: dict[str, int] = {row[0]: row[1] for row in connection.execute(by_document)}
    speakers: dict[str, list[str]] = {}
    for row in connection.execute(select(SPEAKER).order_by(SPEAKER.c.turns.desc(), SPEAKER.c.name)):
        speakers.setdefault(row.document, []).append(row.name)
    columns = [DOCUMENT.c[name] for name in ("id", "title", "genre", "turn_count", "url", "date")]
    rows = connection.execute(select(*columns).order_by(DOCUMENT.c.row))
    return [
        DocumentRow(
            id=row.id,
            title=row.title,
            genre=row.genre,
            turns=row.turn_count,
            speakers=tuple(speakers.get(row.id, ())),
            nodes=counted.get(row.id, 0),
            url=row.url,
            date=row.date,
        )
        for row in rows
    ]


def stats(connection: Connection) -> Stats:
    """How much there is; absorbed nodes and rejected items are counted by status only."""
    standing = NODE.c.root == NODE.c.id

    def grouped(table: Any, column: Any, *where: Any) -> dict[str, int]:
        query = (
            select(column, func.count()).select_from(table).where(*where).group_by(column).order_by(column)
        )
        return {str(row[0]): row[1] for row in connection.execute(query)}

    def number(query: Any) -> int:
        return int(connection.execute(query).scalar() or 0)

    return Stats(
        documents=number(select(func.count()).select_from(DOCUMENT)),
        turns=number(select(func.sum(DOCUMENT.c.turn_count))),
        speakers=number(select(func.count(distinct(SPEAKER.c.name)))),
        nodes=number(select(func.count()).select_from(NODE).where(standing)),
        links=number(select(func.count()).select_from(LINK)),
        by_kind=grouped(NODE, NODE.c.kind, standing),
        by_status=grouped(NODE, NODE.c.status, standing),
        by_link=grouped(LINK, LINK.c.kind),
    )


def links_into(connection: Connection, targets: Iterable[str], *, limit: int | None = None) -> list[Link]:
    """Links that aim at these nodes or links and are not rejected, in the order they came."""
    found: list[str] = []
    for part in chunks(targets):
        query = select(LINK.c.id).where(LINK.c.target_root.in_(part), LINK.c.status != Status.REJECTED.value)
        found.extend(connection.execute(query.order_by(LINK.c.row).limit(limit)).scalars())
    return list(links_by_id(connection, found).values())


def links_out_of(connection: Connection, sources: Iterable[str], *, limit: int | None = None) -> list[Link]:
    """Links that start from these nodes and are not rejected, in the order they came."""
    found: list[str] = []
    for part in chunks(sources):
        query = (
            select(LINK.c.id)
            .join(LINK_SOURCE, LINK_SOURCE.c.link == LINK.c.id)
            .where(LINK_SOURCE.c.root.in_(part), LINK.c.status != Status.REJECTED.value)
            .order_by(LINK.c.row)
        )
        found.extend(connection.execute(query.limit(limit)).scalars())
    return list(links_by_id(connection, dict.fromkeys(found)).values())


def around(connection: Connection, focus: str, *, depth: int = 1, limit: int = 200) -> ArgumentMap:
    """The map within ``depth`` links of a node or link, at most ``limit`` nodes, nearest first.

    Raises:
        UnknownName: there is no such node or link.
    """
    found = nodes_by_id(connection, [focus])
    links = {} if found else links_by_id(connection, [focus])
    if not found and not links:
        raise UnknownName("id", focus)
    frontier = {node.id for node in found.values()} or _ends(links.values())
    seen = dict.fromkeys(sorted(frontier))
    for _ in range(depth):
        fresh = _near(connection, sorted(frontier), limit=limit)
        links |= {link.id: link for link in fresh}
        frontier = _ends(fresh) - seen.keys()
        seen |= dict.fromkeys(sorted(frontier)[: max(0, limit - len(seen))])
    kept = {node.id: node for node in nodes_by_id(connection, seen).values()}
    return _small_map(connection, kept, links)


def _near(connection: Connection, frontier: Sequence[str], *, limit: int) -> list[Link]:
    """Links at these nodes, the undercuts on those links, and what such undercuts start from."""
    near = [
        *links_into(connection, frontier, limit=limit),
        *links_out_of(connection, frontier, limit=limit),
    ]
    aimed = [link.target for link in near if link.kind is LinkKind.UNDERCUTS]
    undercut = links_by_id(connection, aimed).values()
    return [*near, *undercut, *links_into(connection, [link.id for link in near], limit=limit)]


def _ends(links: Iterable[Link]) -> set[str]:
    ends = {source for link in links for source in link.sources}
    return ends | {link.target for link in links if link.kind is not LinkKind.UNDERCUTS}


def _small_map(connection: Connection, kept: Mapping[str, Node], links: Mapping[str, Link]) -> ArgumentMap:
    sources = {mention.document for node in kept.values() for mention in node.mentions}
    texts = [document_of(row) for row in select_in(connection, DOCUMENT, "id", sorted(sources))]
    return ArgumentMap.of(texts, kept.values(), anchored(links, kept))


def whole(connection: Connection, document_id: str | None = None) -> ArgumentMap:
    """Everything, or what one document mentions with the links between; for maps that fit into memory."""
    standing = select(NODE).where(NODE.c.root == NODE.c.id)
    if document_id is not None:
        standing = standing.where(NODE.c.id.in_(_mentioned(NodeFilter(document=document_id))))
    held = {n.id: n for n in hydrated_nodes(connection, connection.execute(standing).mappings().all())}
    links = links_by_id(connection, connection.execute(select(LINK.c.id)).scalars().all())
    texts = select(DOCUMENT) if document_id is None else select(DOCUMENT).where(DOCUMENT.c.id == document_id)
    kept = [document_of(row) for row in connection.execute(texts).mappings()]
    return ArgumentMap.of(kept, held.values(), anchored(links, held))


def mentions_between(
    connection: Connection, document_id: str, start: int, end: int
) -> list[tuple[str, Mention]]:
    """(node id, mention) of every mention that overlaps a stretch of a document, in reading order."""
    query = (
        select(MENTION)
        .join(NODE, NODE.c.id == MENTION.c.node)
        .where(MENTION.c.document == document_id, MENTION.c.start < end, MENTION.c.end > start)
        .where(or_(NODE.c.status != Status.REJECTED.value))
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
