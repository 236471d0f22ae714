"""Questions to the graph: what bears on a node or link, and the small map around one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from argmap.errors import UnknownName
from argmap.model import ArgumentMap, Document, Link, LinkKind, Node, Status
from argmap.model.replay import anchored
from argmap.store.among import among
from argmap.store.asking import ask
from argmap.store.reading import hydrated_links, hydrated_nodes, links_by_id, node_roots
from argmap.store.rows import select_in
from argmap.store.schema import DOCUMENT, LINK, LINK_SOURCE, NODE

_ALL = 2**31 - 1
_STANDS = LINK.c.status != Status.REJECTED.value
_INTO = select(LINK).where(among(LINK.c.target_root), _STANDS).order_by(LINK.c.row).limit(bindparam("limit"))
_UNDERCUTTING = _INTO.where(LINK.c.kind == LinkKind.UNDERCUTS.value)
_OUT_OF = (
    select(LINK)
    .join(LINK_SOURCE, LINK_SOURCE.c.link == LINK.c.id)
    .where(among(LINK_SOURCE.c.root), _STANDS)
    .order_by(LINK.c.row)
    .limit(bindparam("limit"))
)
_DOCUMENTS = select(DOCUMENT.c.id).where(among(DOCUMENT.c.id))


class Texts(Mapping[str, Document]):
    """The documents of a small map, by id; each is read when it is asked for, since most never are.

    Args:
        ids: the documents there are.
        read: what reads one.
    """

    def __init__(self, ids: Iterable[str], read: Callable[[str], Document]) -> None:
        self._held: dict[str, Document | None] = dict.fromkeys(sorted(ids))
        self._read = read

    def __getitem__(self, document_id: str) -> Document:
        held = self._held[document_id]
        if held is None:
            held = self._held[document_id] = self._read(document_id)
        return held

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def links_into(connection: Connection, targets: Iterable[str], *, limit: int | None = None) -> list[Link]:
    """Links that aim at these nodes or links and are not rejected, in the order they came."""
    rows = ask(connection, _INTO, {"ids": targets, "limit": limit or _ALL})
    return hydrated_links(connection, rows)


def links_out_of(connection: Connection, sources: Iterable[str], *, limit: int | None = None) -> list[Link]:
    """Links that start from these nodes and are not rejected, in the order they came."""
    rows = ask(connection, _OUT_OF, {"ids": sources, "limit": limit or _ALL})
    return hydrated_links(connection, list({row["id"]: row for row in rows}.values()))


def around(
    connection: Connection,
    focus: str,
    *,
    depth: int = 1,
    limit: int = 200,
    read: Callable[[str], Document],
) -> ArgumentMap:
    """The map within ``depth`` links of a node or link, at most ``limit`` nodes, nearest first.

    Args:
        read: what reads a document when one of the map's is asked for.

    Raises:
        UnknownName: there is no such node or link.
    """
    roots = node_roots(connection, [focus])
    links = {} if roots else links_by_id(connection, [focus])
    if not roots and not links:
        raise UnknownName("id", focus)
    frontier = set(roots.values()) or _ends(links.values())
    seen = dict.fromkeys(sorted(frontier))
    for _ in range(depth):
        fresh = _near(connection, sorted(frontier), limit=limit)
        links |= {link.id: link for link in fresh}
        frontier = set(sorted(_ends(fresh) - seen.keys())[: max(0, limit - len(seen))])
        if not frontier:
            break
        seen |= dict.fromkeys(sorted(frontier))
    kept = hydrated_nodes(connection, select_in(connection, NODE, "id", seen))
    return _small_map(connection, {node.id: node for node in kept}, links, read)


def _near(connection: Connection, frontier: Sequence[str], *, limit: int) -> list[Link]:
    """Links at these nodes, the undercuts on those links, and what such undercuts start from."""
    asked = {"ids": frontier, "limit": limit}
    rows = {row["id"]: row for question in (_INTO, _OUT_OF) for row in ask(connection, question, asked)}
    aimed = [
        row["target"]
        for row in rows.values()
        if row["kind"] == LinkKind.UNDERCUTS and row["target"] not in rows
    ]
    rows |= {row["id"]: row for row in select_in(connection, LINK, "id", aimed)}
    if rows:
        asked = {"ids": list(rows), "limit": limit}
        rows |= {row["id"]: row for row in ask(connection, _UNDERCUTTING, asked)}
    return hydrated_links(connection, list(rows.values()))


def _ends(links: Iterable[Link]) -> set[str]:
    ends = {source for link in links for source in link.sources}
    return ends | {link.target for link in links if link.kind is not LinkKind.UNDERCUTS}


def _small_map(
    connection: Connection, kept: Mapping[str, Node], links: Mapping[str, Link], read: Callable[..., Any]
) -> ArgumentMap:
    named = {mention.document for node in kept.values() for mention in node.mentions}
    here = [row["id"] for row in ask(connection, _DOCUMENTS, {"ids": named})] if named else ()
    small = ArgumentMap.of((), kept.values(), anchored(links, kept))
    return ArgumentMap(Texts(here, read), small.nodes, small.links)
