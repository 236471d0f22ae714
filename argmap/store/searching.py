"""Full-text search over the wording of nodes: FTS5 in SQLite, tsvector in PostgreSQL."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from argmap.model import Node
from argmap.store.reading import NodeFilter, hydrated_nodes
from argmap.store.rows import select_in
from argmap.store.schema import NODE

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+", re.UNICODE)

MOST_SIFTED = 2_000  # hits that a filter is applied to
# Private-use characters mark a hit, since no text of a user's is trusted to hold no markup.
HIT_START, HIT_END = "\ue000", "\ue001"

_SQLITE = (
    "SELECT node.id, snippet(node_search, 0, :hit_start, :hit_end, '…', 24) AS snippet"
    " FROM node_search JOIN node ON node.row = node_search.rowid"
    " WHERE node_search MATCH :query AND node.root = node.id"
    " AND (node.status = :status OR (:status = '' AND node.status != 'rejected'))"
    " AND (:kind = '' OR node.kind = :kind)"
    " ORDER BY node_search.rank LIMIT :limit OFFSET :offset"
)

_POSTGRESQL = (
    "SELECT id, ts_headline('english', text, q, 'MaxWords=24, MinWords=12, StartSel=' || :hit_start"
    " || ', StopSel=' || :hit_end) AS snippet FROM ("
    "SELECT id, text, q FROM node, to_tsquery('english', :query) q"
    " WHERE words @@ q AND node.root = node.id"
    " AND (status = :status OR (:status = '' AND status != 'rejected'))"
    " AND (:kind = '' OR kind = :kind)"
    " ORDER BY ts_rank(words, q) DESC, row LIMIT :limit OFFSET :offset) best"
)


@dataclass(frozen=True)
class Hit:
    """A node found by its words; ``snippet`` has the hits between `HIT_START` and `HIT_END`."""

    node: Node
    snippet: str


def search(
    connection: Connection,
    words: str,
    *,
    wanted: NodeFilter | None = None,
    limit: int = 20,
    offset: int = 0,
    match_any: bool = False,
) -> list[Hit]:
    """Nodes whose wording has all these words (the last may be a beginning), or any of them; best first.

    Nothing in ``words`` is search syntax, so any text is a valid question. Of a filter by
    source, speaker, annotator or confidence the best `MOST_SIFTED` hits are asked.
    """
    terms = _WORD.findall(words)[:32]
    if not terms:
        return []
    is_sqlite = connection.dialect.name == "sqlite"
    chosen = wanted or NodeFilter()
    sifts = any((chosen.document, chosen.speaker, chosen.by, chosen.min_confidence))
    values = {
        "query": (sqlite_query if is_sqlite else postgresql_query)(terms, match_any=match_any),
        "kind": chosen.kind or "",
        "status": chosen.status or "",
        "limit": MOST_SIFTED if sifts else limit,
        "offset": 0 if sifts else offset,
        "hit_start": HIT_START,
        "hit_end": HIT_END,
    }
    found = connection.execute(text(_SQLITE if is_sqlite else _POSTGRESQL), values).all()
    rows = {row["id"]: row for row in select_in(connection, NODE, "id", [hit.id for hit in found])}
    nodes = {node.id: node for node in hydrated_nodes(connection, list(rows.values()))}
    hits = [Hit(nodes[hit.id], hit.snippet) for hit in found]
    return [hit for hit in hits if _passes(hit.node, chosen)][offset : offset + limit] if sifts else hits


def standing_texts(connection: Connection) -> dict[str, str]:
    """The wording of every node that is not rejected and not absorbed, by id."""
    query = select(NODE.c.id, NODE.c.text).where(NODE.c.root == NODE.c.id, NODE.c.status != "rejected")
    return {row.id: row.text for row in connection.execute(query)}


def _passes(node: Node, wanted: NodeFilter) -> bool:
    """Whether a node meets the conditions that the index does not know."""
    said = [m for m in node.mentions if wanted.document in (None, "", m.document)]
    return (
        (not wanted.by or node.by == wanted.by)
        and (not wanted.min_confidence or node.confidence >= wanted.min_confidence)
        and (not wanted.document or bool(said))
        and (not wanted.speaker or any(m.speaker == wanted.speaker for m in said))
    )


def sqlite_query(terms: list[str], *, match_any: bool = False) -> str:
    """An FTS5 question of plain words."""
    quoted = [f'"{term}"' for term in terms]
    return " OR ".join(quoted) if match_any else " ".join([*quoted[:-1], quoted[-1] + "*"])


def postgresql_query(terms: list[str], *, match_any: bool = False) -> str:
    """A tsquery of plain words, without accents as the ``words`` column has them."""
    quoted = [f"'{_MARKS.sub('', unicodedata.normalize('NFKD', term))}'" for term in terms]
    return " | ".join(quoted) if match_any else " & ".join([*quoted[:-1], quoted[-1] + ":*"])
