"""The tables: the log of events, and the current state that every event updates in its own transaction.

``root`` columns hold the node that stands for an absorbed one, so that queries need not follow merges. Wide
columns come last, because a database reads a row from its beginning; what questions need often is in an index
that holds all of it. Where a question bears on the few rows that merges changed, the index holds only those.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table, Text, text

# The newest of `argmap/store/migrations/versions`, which a new knowledge base is of.
REVISION = "0001"

# What stands for the hash before the first event.
GENESIS = "0" * 64

METADATA = MetaData()


def _text(name: str, **options: bool) -> Column[str]:
    return Column(name, Text, **options)  # type: ignore[arg-type]


def _partial_index(name: str, column: Column[str], *others: Column[str], where: str) -> Index:
    """An index of the rows that meet a condition; questions must state it in the same words."""
    return Index(name, column, *others, sqlite_where=text(where), postgresql_where=text(where))


# The revision that the tables are of, as Alembic notes it; others in the same database use its usual name.
VERSION = Table("argmap_revision", METADATA, Column("version_num", String(32), primary_key=True))

# ``head``: the hash of the last event, so that a lost end shows.
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
    _text("hash", nullable=False),
    _text("change", nullable=False),
)
Index("event_by", EVENT.c.by_name, EVENT.c.seq)
Index("event_type", EVENT.c.type, EVENT.c.seq)

EVENT_TARGET = Table(
    "event_target",
    METADATA,
    Column("target", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("event_target_seq", EVENT_TARGET.c.seq)

DOCUMENT = Table(
    "document",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("id", nullable=False, unique=True),
    _text("title", nullable=False),
    _text("genre", nullable=False),
    Column("turn_count", Integer, nullable=False),
    _text("url"),
    _text("date"),
    _text("original"),
    _text("checksum", nullable=False),
    _text("attributes", nullable=False),
    _text("turns", nullable=False),
    _text("text", nullable=False),
)

NODE = Table(
    "node",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("id", nullable=False, unique=True),
    _text("root", nullable=False),
    _text("kind", nullable=False),
    _text("status", nullable=False),
    Column("confidence", Float, nullable=False),
    _text("by", nullable=False),
    Column("ruling", Integer),
    _text("merged_into"),
    _text("checksum", nullable=False),
    _text("cue"),
    _text("verdicts", nullable=False),
    _text("attributes", nullable=False),
    _text("text", nullable=False),
)
Index("node_status", NODE.c.status, NODE.c.kind)
_partial_index("node_absorbed", NODE.c.root, where="root != id")
_partial_index("node_merged", NODE.c.merged_into, where="merged_into IS NOT NULL")

MENTION = Table(
    "mention",
    METADATA,
    Column("node", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("root", nullable=False),
    _text("document", nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("speaker"),
    sqlite_with_rowid=False,
)
Index("mention_root", MENTION.c.root, MENTION.c.document, MENTION.c.start, MENTION.c.end, MENTION.c.speaker)
Index("mention_place", MENTION.c.document, MENTION.c.root, MENTION.c.start, MENTION.c.end)
Index("mention_speaker", MENTION.c.speaker, MENTION.c.root)

LINK = Table(
    "link",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=True),
    _text("id", nullable=False, unique=True),
    _text("kind", nullable=False),
    _text("target", nullable=False),
    _text("target_root", nullable=False),
    _text("status", nullable=False),
    Column("confidence", Float, nullable=False),
    _text("by", nullable=False),
    Column("ruling", Integer),
    _text("checksum", nullable=False),
    _text("cue"),
    _text("verdicts", nullable=False),
    _text("attributes", nullable=False),
)
Index("link_bearing", LINK.c.target_root, LINK.c.status, LINK.c.kind)
Index("link_kind", LINK.c.kind)
_partial_index("link_moved", LINK.c.target, where="target_root != target")

LINK_SOURCE = Table(
    "link_source",
    METADATA,
    Column("link", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("source", nullable=False),
    _text("root", nullable=False),
    sqlite_with_rowid=False,
)
Index("link_source_root", LINK_SOURCE.c.root, LINK_SOURCE.c.link)
_partial_index("link_source_moved", LINK_SOURCE.c.source, where="root != source")

SPEAKER = Table(
    "speaker",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("turns", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("speaker_name", SPEAKER.c.name, SPEAKER.c.turns)

# Everything but the log: it follows from the log, so it can be rebuilt at any time.
STATE_TABLES = (LINK_SOURCE, LINK, MENTION, NODE, SPEAKER, DOCUMENT, EVENT_TARGET)

# SQLite's FTS5 reads the text from the node table itself ("external content"); triggers keep it in step.
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS node_search USING fts5("
    'text, content="node", content_rowid="row", tokenize="porter unicode61 remove_diacritics 2")',
    "CREATE TRIGGER IF NOT EXISTS node_search_add AFTER INSERT ON node BEGIN"
    " INSERT INTO node_search(rowid, text) VALUES (new.row, new.text); END",
    "CREATE TRIGGER IF NOT EXISTS node_search_remove AFTER DELETE ON node BEGIN"
    " INSERT INTO node_search(node_search, rowid, text) VALUES ('delete', old.row, old.text); END",
    "CREATE TRIGGER IF NOT EXISTS node_search_change AFTER UPDATE OF text ON node"
    " WHEN old.text IS NOT new.text BEGIN"
    " INSERT INTO node_search(node_search, rowid, text) VALUES ('delete', old.row, old.text);"
    " INSERT INTO node_search(rowid, text) VALUES (new.row, new.text); END",
)

# PostgreSQL keeps the words of each node beside it, without accents, as SQLite's tokenizer has them.
POSTGRESQL_SEARCH = (
    "ALTER TABLE node ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english',"
    r" regexp_replace(normalize(text, NFKD), U&'[\0300-\036F]+', '', 'g'))) STORED",
    "CREATE INDEX node_words ON node USING gin (words)",
)
