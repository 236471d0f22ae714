"""The yardstick of the design, measured on the source itself."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in ("argmap", "app") for path in (ROOT / folder).rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> Iterator[tuple[str, Function]]:
    """Every function with its place."""
    for path in FILES:
        for node in ast.walk(syntax(path)):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def body_lines(function: Function) -> int:
    """Lines of a function's body without its docstring."""
    body = function.body
    first = body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    rest = body[1:] if is_docstring and isinstance(first.value.value, str) else body  # type: ignore[attr-defined]
    return (rest[-1].end_lineno or 0) - rest[0].lineno + 1 if rest else 0


def test_files_are_short() -> None:
    """No file has more than 400 lines."""
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_are_short() -> None:
    """Bodies: none above 50 lines, 95 % at most 30, half at most 8."""
    lengths = {place: body_lines(function) for place, function in functions()}
    assert {place: length for place, length in lengths.items() if length > 50} == {}
    ordered = sorted(lengths.values())
    assert ordered[int(len(ordered) * 0.95)] <= 30
    assert statistics.median(ordered) <= 8


def test_functions_take_few_parameters() -> None:
    """At most six, not counting self and the command line's own options."""

    def count(function: Function) -> int:
        a = function.args
        named = [arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
        return len([name for name in named if name not in ("self", "cls")])

    assert [place for place, function in functions() if count(function) > 6] == []


def nested_quantifier(pattern: str) -> bool:
    """Whether a group that is repeated without bound holds something repeated without bound."""
    from re import _parser as parser  # type: ignore[attr-defined]

    def is_loop(op: object, value: object) -> bool:
        return str(op) in ("MAX_REPEAT", "MIN_REPEAT") and value[1] > 1_000  # type: ignore[index]

    def loops_inside(items: object, inside: bool) -> bool:
        for op, value in items:  # type: ignore[attr-defined]
            loop = is_loop(op, value)
            if loop and inside:
                return True
            if str(op) in ("POSSESSIVE_REPEAT", "ATOMIC_GROUP"):
                continue
            parts = value if isinstance(value, tuple | list) else ()
            children = [part for part in parts if isinstance(part, parser.SubPattern)]
            children += [
                p
                for part in parts
                if isinstance(part, list)
                for p in part
                if isinstance(p, parser.SubPattern)
            ]
            # One item that is repeated is only dangerous where what is repeated can end in several places.
            if any(loops_inside(child, inside or loop) for child in children):
                return True
        return False

    return loops_inside(parser.parse(pattern), False)


def test_the_check_for_nested_quantifiers_works() -> None:
    """Known bad and good patterns."""
    assert all(map(nested_quantifier, [r"(\w+\s?)+$", r"(a*)*", r"(?:(?:x|y+)z?)*"]))
    assert not any(
        map(nested_quantifier, [r"\w+\s+", r"(?:ab)+", r"(a{1,3}){2}", r"(?>\w+)+x", r"(?:\w++ )*+"])
    )


def test_no_pattern_backtracks_without_end() -> None:
    """No regular expression in the source has one unbounded repetition inside another."""
    bad = []
    for path in FILES:
        for node in ast.walk(syntax(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id in ("re", "regex")
            first = node.args[0]
            if of_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
                flags = re.VERBOSE if "VERBOSE" in ast.dump(node) else 0
                pattern = re.sub(r"\s|#.*", "", first.value) if flags else first.value
                if nested_quantifier(pattern):
                    bad.append(f"{path.relative_to(ROOT)}:{node.lineno} {first.value[:60]}")
    assert bad == []


def is_built(node: ast.expr) -> bool:
    """Whether a string is put together from parts: f-string, %, +, format or join."""
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("format", "join")
    )


def takes_values(node: ast.expr) -> bool:
    """Whether a string is put together from anything but constants of its module."""
    if not is_built(node):
        return False
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    return any(not name.isupper() for name in names) or not isinstance(node, ast.JoinedStr)


MEASURING = ("bench_store.py",)  # reads the tables of a database that it has just made


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_value_is_put_into_a_statement(path: Path) -> None:
    """What a database or a SPARQL engine executes is written down; values go beside it, as parameters."""
    verbs = ("execute", "exec_driver_sql", "executemany", "executescript", "update")
    calls = [node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call) and node.args]
    bad = [
        f"{path.name}:{node.lineno}"
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr in verbs and takes_values(node.args[0])
    ]
    assert path.name in MEASURING or bad == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_dangerous_is_called(path: Path) -> None:
    """No pickle, eval, exec, unsafe YAML or unsafe HTML; no SPARQL or SQL put together from parts."""
    bad: list[str] = []
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            bad += [
                name
                for name in names
                if name.split(".")[0] in ("pickle", "marshal", "shelve", "dill", "tarfile")
            ]
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(getattr(node.func, "value", None), "id", "")
        bad += [name for _ in [0] if isinstance(node.func, ast.Name) and name in ("eval", "exec")]
        bad += [
            "yaml.load" for _ in [0] if (owner, name) == ("yaml", "load") and path.name != "yaml_guard.py"
        ]
        bad += [k.arg for k in node.keywords if k.arg == "unsafe_allow_html"]
        bad += [
            name
            for _ in [0]
            if name in ("query", "text")
            and node.args
            and is_built(node.args[0])
            and (name == "query" or owner in ("sqlalchemy", "sa"))
        ]
    assert bad == []


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5 matches ``(?:a|b)*+`` wrongly (Debian 12 has 3.11.2); of a class it is right."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]{1,9}\})\+")
    found = [str(path.relative_to(ROOT)) for path in FILES if possessive.search(path.read_text("utf-8"))]
    assert found == []
