"""The log of events and what is noted about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables that everything else follows from."""
    op.create_table(
        "meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text),
    )
    texts = ("operation", "type", "by_name", "by", "at", "because", "hash", "change")
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=name == "because") for name in texts),
    )
    op.create_index("ix_event_operation", "event", ["operation"])
    op.create_index("event_by", "event", ["by_name", "seq"])
    op.create_index("event_type", "event", ["type", "seq"])
