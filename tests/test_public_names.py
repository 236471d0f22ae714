"""The names people import are there, documented, and the ones that are promised."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import argmap


def test_public_names_exist_and_are_documented() -> None:
    """Everything in `argmap.__all__` is there and says what it is."""
    for name in argmap.__all__:
        assert getattr(argmap, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        argmap.Nonsense  # noqa: B018


@pytest.mark.parametrize("package", ["argmap", "argmap.model", "argmap.store", "argmap.formats"])
def test_every_exported_name_exists(package: str) -> None:
    """`__all__` names nothing that is not there, sorted, once."""
    module = importlib.import_module(package)
    assert sorted(set(module.__all__)) == sorted(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_there_is_no_module_of_odds_and_ends() -> None:
    """No utils, helpers, common or misc anywhere."""
    names = {name.rpartition(".")[2] for _, name, _ in pkgutil.walk_packages(argmap.__path__, "argmap.")}
    assert names & {"utils", "util", "helpers", "common", "misc"} == set()
