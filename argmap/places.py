"""Where the files are that belong to a knowledge base beside its own."""

from __future__ import annotations

import os
from pathlib import Path

from argmap.store.engine import backend, shown, store_url


def model_path(place: str | os.PathLike[str]) -> Path | None:
    """Where a knowledge base keeps weights of its own: what ARGMAP_MODEL names, else beside its file."""
    named = os.environ.get("ARGMAP_MODEL")
    return Path(named) if named else beside(place, ".model.json")


def beside(place: str | os.PathLike[str], suffix: str) -> Path | None:
    """A file next to that of an SQLite knowledge base; None for others."""
    file = shown(store_url(place)) if backend(place) == "sqlite" else ":memory:"
    return None if file == ":memory:" else Path(file).with_suffix(suffix)
