"""Where Alembic starts: it runs the revisions on the connection that `argmap.store.upgrading` hands over."""

from __future__ import annotations

from alembic import context

from argmap.store.schema import VERSION

# The caller's transaction holds the whole upgrade: all of it or nothing.
context.configure(connection=context.config.attributes["connection"], version_table=VERSION.name)
context.run_migrations()
