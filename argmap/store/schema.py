"""The tables: the log of events, and the current state that every event updates in its own transaction.

``root`` columns hold the node that stands for an absorbed one, so that queries need not follow merges.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 1

# What stands for the hash before the first event.
GENESIS = "0" * 64

METADATA = MetaData()


def _text(name: str, **options: bool) -> Column[str]:
    return Column(name, Text, **options)  # type: ignore[arg-type]


# ``schema``: the version of these tables; ``head``: the hash of the last event, so that a lost end shows.
META = Table("meta", METADATA, Column("key", String(40), primary_key=True), _text("value"))

EVENT = Table(
    "event",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("operation", nullable=False, index=True),
    _text("type", nullable=False),
    _text("by_name", nullable=False),
    _text("by", nullable=False),
    _text("at", nullable=False),
    _text("because"),
    _text("change", nullable=False),
    _text("hash", nullable=False),
)
Index("event_by", EVENT.c.by_name, EVENT.c.seq)
Index("event_type", EVENT.c.type, EVENT.c.seq)

EVENT_TARGET = Table(
    "event_target",
    METADATA,
    Column("target", Text, primary_key=True),
    Column("seq", Integer, ForeignKey("event.seq"), primary_key=True),
)
Index("event_target_seq", EVENT_TARGET.c.seq)

DOCUMENT = Table(
    "document",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("id", nullable=False, unique=True),
    _text("title", nullable=False),
    _text("genre", nullable=False),
    _text("text", nullable=False),
    _text("turns", nullable=False),
    _text("url"),
    _text("date"),
    _text("original"),
    _text("attributes", nullable=False),
    Column("turn_count", Integer, nullable=False),
    _text("checksum", nullable=False),
)

NODE = Table(
    "node",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("id", nullable=False, unique=True),
    _text("root", nullable=False, index=True),
    _text("kind", nullable=False, index=True),
    _text("text", nullable=False),
    _text("status", nullable=False, index=True),
    Column("confidence", Float, nullable=False),
    _text("by", nullable=False),
    _text("cue"),
    _text("attributes", nullable=False),
    _text("verdicts", nullable=False),
    Column("ruling", Integer),
    _text("merged_into", index=True),
    _text("checksum", nullable=False),
)

MENTION = Table(
    "mention",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("node", nullable=False, index=True),
    _text("root", nullable=False, index=True),
    _text("document", nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("speaker", index=True),
)
Index("mention_place", MENTION.c.document, MENTION.c.start)

LINK = Table(
    "link",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("id", nullable=False, unique=True),
    _text("kind", nullable=False),
    _text("target", nullable=False, index=True),
    _text("target_root", nullable=False),
    _text("status", nullable=False),
    Column("confidence", Float, nullable=False),
    _text("by", nullable=False),
    _text("cue"),
    _text("attributes", nullable=False),
    _text("verdicts", nullable=False),
    Column("ruling", Integer),
    _text("checksum", nullable=False),
)
Index("link_target_root", LINK.c.target_root, LINK.c.kind)

LINK_SOURCE = Table(
    "link_source",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("link", nullable=False, index=True),
    Column("position", Integer, nullable=False),
    _text("source", nullable=False, index=True),
    _text("root", nullable=False, index=True),
)

SPEAKER = Table(
    "speaker",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("turns", Integer, nullable=False),
)

# SQLite's FTS5 reads the text from the node table itself ("external content"); triggers keep it in step.
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS node_search USING fts5("
    'text, content="node", content_rowid="row", tokenize="porter unicode61 remove_diacritics 2")',
    "CREATE TRIGGER IF NOT EXISTS node_search_add AFTER INSERT ON node BEGIN"
    " INSERT INTO node_search(rowid, text) VALUES (new.row, new.text); END",
    "CREATE TRIGGER IF NOT EXISTS node_search_remove AFTER DELETE ON node BEGIN"
    " INSERT INTO node_search(node_search, rowid, text) VALUES ('delete', old.row, old.text); END",
    "CREATE TRIGGER IF NOT EXISTS node_search_change AFTER UPDATE OF text ON node BEGIN"
    " INSERT INTO node_search(node_search, rowid, text) VALUES ('delete', old.row, old.text);"
    " INSERT INTO node_search(rowid, text) VALUES (new.row, new.text); END",
)

POSTGRESQL_SEARCH = (
    "CREATE INDEX IF NOT EXISTS node_search ON node USING gin (to_tsvector('english', text))",
)
