"""Registries: lazy tables that other packages extend."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from argmap import registry
from argmap.errors import UnknownName
from argmap.formats import FORMATS
from argmap.mining import MINERS
from argmap.readers import READERS
from argmap.registry import Registry
from argmap.store import STORES


def test_names_are_sorted_and_objects_loaded_when_asked_for() -> None:
    """A table is a mapping; what cannot be imported does no harm until somebody wants it."""
    table: Registry[Any] = Registry("argmap.things", {"b": "json:dumps", "a": "no_such_package:x"})
    assert (list(table), len(table), "b" in table, "c" in table) == (["a", "b"], 2, True, False)
    assert table["b"]({}) == "{}"
    with pytest.raises(UnknownName, match="unknown thing 'c'; known: a, b"):
        table["c"]
    with pytest.raises(ImportError):
        table["a"]


def test_other_packages_add_names_but_do_not_replace_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point of the group is found; one of our own names stays ours."""
    points = [EntryPoint("new", "json:loads", "g"), EntryPoint("b", "json:loads", "g")]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    table: Registry[Any] = Registry("argmap.things", {"b": "json:dumps"})
    assert list(table) == ["b", "new"]
    assert table["new"]("1") == 1
    assert table["b"](1) == "1"


@pytest.mark.parametrize("table", [FORMATS, READERS, MINERS, STORES], ids=lambda table: table.group)
def test_everything_registered_loads(table: Registry[Any]) -> None:
    """No table names something that is not there."""
    assert all(table[name] is not None for name in table)


@pytest.mark.parametrize(
    "statement", ["import argmap", "from argmap.cli import main", "import argmap.formats"]
)
def test_importing_loads_nothing_heavy(statement: str) -> None:
    """Importing argmap, or its command line, loads no library that takes long."""
    names = "spacy rdflib streamlit pyvis numpy sqlalchemy networkx sklearn pyoxigraph"
    heavy = set(names.split())
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert heavy & set(done.stdout.split()) == set()


def test_help_loads_nothing_heavy() -> None:
    """`argmap --help` answers without the libraries that mine, store and draw."""
    script = (
        "import sys, atexit\natexit.register(lambda: print('LOADED', *sys.modules))\n"
        "sys.argv = ['argmap', '--help']\nimport argmap.__main__"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.partition("LOADED")[2].split())
    assert {"spacy", "rdflib", "streamlit", "pyvis", "numpy", "sqlalchemy"} & loaded == set()
    assert "click" in loaded
