"""Events and the current state they amount to, in SQLite or PostgreSQL."""

from argmap.registry import Registry
from argmap.store.sql_store import SqlStore

STORES: Registry[type[SqlStore]] = Registry(
    "argmap.stores",
    {"sqlite": "argmap.store.sql_store:SqlStore", "postgresql": "argmap.store.sql_store:SqlStore"},
)

__all__ = ["STORES", "SqlStore"]
