"""Keeping the ``root`` columns right: which node stands for an absorbed one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, exists, or_, select, text, union, update

from argmap.model.replay import Item, roots
from argmap.store.among import among
from argmap.store.asking import ask
from argmap.store.rows import load_items
from argmap.store.schema import LINK, LINK_SOURCE, MENTION, NODE

# In the words of the partial indexes, so that they answer: few nodes are merged, and often none is.
_IS_ABSORBED = text("node.root != node.id")
_IS_MERGED = text("node.merged_into IS NOT NULL")
_ANY_MERGE = select(
    or_(
        exists(select(NODE.c.row).where(_IS_ABSORBED)),
        exists(select(NODE.c.row).where(_IS_MERGED)),
        exists(select(LINK.c.row).where(text("link.target_root != link.target"))),
        exists(select(LINK_SOURCE.c.position).where(text("link_source.root != link_source.source"))),
    ).label("any")
)
_RESET = (
    update(LINK_SOURCE)
    .where(text("root != source"), among(LINK_SOURCE.c.source))
    .values(root=LINK_SOURCE.c.source),
    update(LINK).where(text("target_root != target"), among(LINK.c.target)).values(target_root=LINK.c.target),
)
_TIED = union(
    select(NODE.c.id, NODE.c.root, NODE.c.merged_into).where(_IS_ABSORBED, among(NODE.c.id)),
    select(NODE.c.id, NODE.c.root, NODE.c.merged_into).where(_IS_ABSORBED, among(NODE.c.root)),
    select(NODE.c.id, NODE.c.root, NODE.c.merged_into).where(_IS_MERGED, among(NODE.c.id)),
    select(NODE.c.id, NODE.c.root, NODE.c.merged_into).where(_IS_MERGED, among(NODE.c.merged_into)),
)
# Absorbed nodes that one of these links starts from or aims at.
_ABSORBED_ENDS = union(
    select(NODE.c.id)
    .join(LINK_SOURCE, LINK_SOURCE.c.source == NODE.c.id)
    .where(_IS_MERGED, among(LINK_SOURCE.c.link)),
    select(NODE.c.id).join(LINK, LINK.c.target == NODE.c.id).where(_IS_MERGED, among(LINK.c.id)),
)


def resolve(connection: Connection, touched: Iterable[str]) -> None:
    """Recompute the roots of every node that a merge ties to one of these, and of what names them."""
    (found,) = ask(connection, _ANY_MERGE)
    if not found["any"]:
        return
    ids = list(touched)
    _stand_alone(connection, ids)
    family = _family(connection, ids)
    _stand_alone(connection, family)
    root_of = roots(family)
    for item_id in family:
        _point(connection, item_id, root_of.get(item_id, item_id))


def _point(connection: Connection, item_id: str, root: str) -> None:
    """Let a node, its mentions, and the link ends that name it mean ``root``."""
    connection.execute(update(NODE).where(NODE.c.id == item_id).values(root=root))
    connection.execute(update(MENTION).where(MENTION.c.node == item_id).values(root=root))
    if root == item_id:
        return
    # What names it stands alone by now, so it is found by its root.
    for end, column in ((LINK_SOURCE.c.source, LINK_SOURCE.c.root), (LINK.c.target, LINK.c.target_root)):
        named = update(end.table).where(column == item_id, end == item_id)
        connection.execute(named.values({column: root}))


def _stand_alone(connection: Connection, ids: Iterable[str]) -> None:
    """Let link ends mean the nodes they name: right for all but absorbed nodes, also for those gone."""
    wanted = list(ids)
    for statement in _RESET if wanted else ():
        connection.execute(statement, {"ids": wanted})


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
    wanted = {"ids": list(ids)}
    found = set(connection.execute(_ABSORBED_ENDS, wanted).scalars())
    for row in connection.execute(_TIED, wanted):
        found |= {row.id, row.root} | ({row.merged_into} if row.merged_into else set())
    return found
