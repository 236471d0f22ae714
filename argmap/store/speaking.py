"""Questions about speakers: what kinds of things each of them says, and who answers whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, distinct, func, select

from argmap.model import LinkKind, Status
from argmap.store.schema import LINK, LINK_SOURCE, MENTION, NODE


@dataclass(frozen=True)
class Exchange:
    """How often one speaker bears on what another said.

    Args:
        supports, attacks, others: numbers of links by kind.
    """

    who: str
    whom: str
    supports: int
    attacks: int
    others: int


def kinds_by_speaker(connection: Connection, *, limit: int = 12) -> list[tuple[str, dict[str, int]]]:
    """(speaker, number of nodes of each kind) of those who say most, most first. Cost: linear in mentions."""
    number = func.count(distinct(MENTION.c.root))
    query = (
        select(MENTION.c.speaker, NODE.c.kind, number)
        .join(NODE, NODE.c.id == MENTION.c.root)
        .where(MENTION.c.speaker.is_not(None), NODE.c.status != Status.REJECTED.value)
        .group_by(MENTION.c.speaker, NODE.c.kind)
    )
    counts: dict[str, dict[str, int]] = {}
    for speaker, kind, found in connection.execute(query):
        counts.setdefault(speaker, {})[kind] = int(found)
    return sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:limit]


def exchanges(connection: Connection, *, limit: int = 30) -> list[Exchange]:
    """Pairs of different speakers, those with most links first. Cost: linear in links and mentions."""
    source, target = MENTION.alias("said"), MENTION.alias("answered")

    def counted(kind: LinkKind) -> Any:
        return func.sum(case((LINK.c.kind == kind.value, 1), else_=0))

    query = (
        select(
            source.c.speaker,
            target.c.speaker,
            counted(LinkKind.SUPPORTS),
            counted(LinkKind.ATTACKS),
            func.count(),
        )
        .select_from(LINK)
        .join(LINK_SOURCE, LINK_SOURCE.c.link == LINK.c.id)
        .join(source, source.c.root == LINK_SOURCE.c.root)
        .join(target, target.c.root == LINK.c.target_root)
        .where(source.c.speaker.is_not(None), target.c.speaker.is_not(None))
        .where(source.c.speaker != target.c.speaker, LINK.c.status != Status.REJECTED.value)
        .group_by(source.c.speaker, target.c.speaker)
        .order_by(func.count().desc(), source.c.speaker, target.c.speaker)
        .limit(limit)
    )
    return [
        Exchange(who, whom, int(pro), int(con), int(total - pro - con))
        for who, whom, pro, con, total in connection.execute(query)
    ]
