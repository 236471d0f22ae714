"""Keeping the ``root`` columns right: which node stands for an absorbed one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, or_, select, update

from argmap.model.replay import Item, roots
from argmap.store.rows import chunks, load_items
from argmap.store.schema import LINK, LINK_SOURCE, MENTION, NODE


def resolve(connection: Connection, touched: Iterable[str]) -> None:
    """Recompute the roots of every node that a merge ties to one of these, and of what names them."""
    ids = list(touched)
    _stand_alone(connection, ids)
    family = _family(connection, ids)
    if not family:
        return
    root_of = roots(family)
    for item_id in family:
        root = root_of.get(item_id, item_id)
        connection.execute(update(NODE).where(NODE.c.id == item_id).values(root=root))
        connection.execute(update(MENTION).where(MENTION.c.node == item_id).values(root=root))
        connection.execute(update(LINK_SOURCE).where(LINK_SOURCE.c.source == item_id).values(root=root))
        connection.execute(update(LINK).where(LINK.c.target == item_id).values(target_root=root))


def _stand_alone(connection: Connection, ids: list[str]) -> None:
    """Let link ends mean the nodes they name: right for all but absorbed nodes, also for those gone."""
    for part in chunks(ids):
        for end, root in ((LINK_SOURCE.c.source, LINK_SOURCE.c.root), (LINK.c.target, LINK.c.target_root)):
            connection.execute(update(end.table).where(end.in_(part), root != end).values({root: end}))


def _family(connection: Connection, touched: Iterable[str]) -> dict[str, Item]:
    """All items tied by merges to these, now or before this change; empty where no merge is near."""
    seeds = _merge_neighbours(connection, touched)
    family: dict[str, Item] = {}
    while seeds - family.keys():
        fresh = load_items(connection, seeds - family.keys())
        if not fresh:
            break
        family |= fresh
        ups = {item.merged_into for item in fresh.values() if item.merged_into}
        seeds = ups | _merge_neighbours(connection, fresh)
    return family


def _merge_neighbours(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Nodes that are, were, or point into a merge with one of these; links that name an absorbed node."""
    found: set[str] = set()
    for part in chunks(ids):
        tied = or_(NODE.c.id.in_(part), NODE.c.root.in_(part), NODE.c.merged_into.in_(part))
        query = select(NODE.c.id, NODE.c.root, NODE.c.merged_into).where(
            tied, or_(NODE.c.merged_into.is_not(None), NODE.c.root != NODE.c.id)
        )
        for row in connection.execute(query):
            found |= {row.id, row.root} | ({row.merged_into} if row.merged_into else set())
        found |= set(connection.execute(_absorbed_ends(part)).scalars())
    return found


def _absorbed_ends(ids: list[str]) -> Select[Any]:
    """Absorbed nodes that one of these links starts from or aims at."""
    sources = select(LINK_SOURCE.c.source).where(LINK_SOURCE.c.link.in_(ids))
    targets = select(LINK.c.target).where(LINK.c.id.in_(ids))
    return select(NODE.c.id).where(
        NODE.c.merged_into.is_not(None), or_(NODE.c.id.in_(sources), NODE.c.id.in_(targets))
    )
