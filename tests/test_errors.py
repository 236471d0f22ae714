"""The error tree is what its docstring draws, and each error is also the built-in kind."""

from __future__ import annotations

import re

import pytest

from argmap import errors
from argmap.errors import ArgmapError, Conflict, FormatError, LossError, MissingExtra, ReadError, UnknownName


def drawn() -> dict[str, tuple[str, str | None]]:
    """name -> (parent, built-in kind) from the picture in the docstring."""
    found: dict[str, tuple[str, str | None]] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines()[2:]:
        match = re.match(r"(?P<lead>[│├└─ ]*)(?P<name>\w+)(?:\((?P<built_in>\w+)\))?  ", line)
        assert match, line
        depth = len(match["lead"]) // 4
        above[depth:] = [match["name"]]
        if depth:
            found[match["name"]] = (above[depth - 1], match["built_in"])
    return found


def test_the_tree_is_as_drawn() -> None:
    """Every public error stands in the picture, under its parent, with its built-in kind."""
    public = {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, ArgmapError) and not name.startswith("_")
    }
    assert set(public) - {"ArgmapError"} == set(drawn())
    for name, (parent, built_in) in drawn().items():
        assert issubclass(public[name], public[parent])
        assert built_in is None or built_in in {kind.__name__ for kind in public[name].__mro__}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ReadError("is empty", path="a.txt"), "a.txt: is empty"),
        (FormatError("not JSON", path="a.json", line=3), "a.json:3: not JSON"),
        (FormatError("not JSON"), "not JSON"),
        (UnknownName("reader", "x", ["b", "a"]), "unknown reader 'x'; known: a, b"),
        (UnknownName("id", "x"), "unknown id 'x'"),
        (MissingExtra("store", "x", "teams"), "store 'x' needs: pip install 'argmap[teams]'"),
        (LossError("loses", ["a"]), "loses"),
        (Conflict("stale", ["a"]), "stale"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(error: ArgmapError, expected: str) -> None:
    """`str` gives place and message."""
    assert str(error) == expected
