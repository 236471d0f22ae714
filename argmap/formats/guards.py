"""Uploads are hostile: everything that is read goes through one of these first.

Each guard takes the whole file, is linear in its length, touches neither network nor disk, and gives a
value that the readers behind it may trust in size, depth and shape. Source: threat table T1-T10 and
T15-T17 of the security tests in ``tests/security``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from argmap.errors import FormatError

MAX_BYTES = 256 * 1024 * 1024
MAX_DEPTH = 64
MAX_KEY = 4096
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def line_of(text: str, offset: int) -> int:
    """The number of the line that holds this offset, from 1."""
    return text.count("\n", 0, offset) + 1


def decoded(data: bytes) -> str:
    """The text of an upload: UTF-8, without byte order mark, with ``\\n`` newlines.

    Raises:
        FormatError: too large, not UTF-8, or binary.
    """
    if len(data) > MAX_BYTES:
        raise FormatError(f"larger than {MAX_BYTES >> 20} MiB; split it or import it in parts")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8 text; convert the file first", line=line) from error
    if "\0" in text:
        raise FormatError("binary, or UTF-16; convert it to UTF-8", line=line_of(text, text.index("\0")))
    return text.replace("\r\n", "\n") if "\r\n" in text else text


_BOXES = (dict, list)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FormatError(f"the key '{twice:.60}' stands twice in one object")
    if max(map(len, found), default=0) > MAX_KEY:
        raise FormatError(f"a key of more than {MAX_KEY} characters")
    return found


def _constant(name: str) -> Any:
    raise FormatError(f"{name} is not JSON")


def json_value(data: bytes) -> Any:
    """The JSON value of an upload: no duplicate keys, no NaN, no half characters, at most `MAX_DEPTH` deep.

    Raises:
        FormatError: with the line where the JSON ends to be JSON.
    """
    text = decoded(data)
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error.msg}", line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise error if isinstance(error, FormatError) else FormatError(f"not usable JSON: {error}") from error
    refuse_deep(value)
    if _SURROGATE.search(text):
        refuse_half_characters(value)
    return value


def refuse_half_characters(value: Any) -> None:
    """Refuse what has to be a pair of escapes and is one alone, which no file could carry."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise FormatError("a text holds half a character (a lone surrogate)") from error


def refuse_deep(value: Any, limit: int = MAX_DEPTH) -> None:
    """Refuse a value nested deeper than the limit. Cost: one visit a container, no recursion."""
    layer = [value] if isinstance(value, _BOXES) else []
    for _ in range(limit + 1):
        layer = [
            item
            for box in layer
            for item in (box.values() if isinstance(box, dict) else box)
            if isinstance(item, _BOXES)
        ]
        if not layer:
            return
    raise FormatError(f"nested deeper than {limit} levels")


def json_object(data: bytes) -> dict[str, Any]:
    """The JSON object of an upload; as `json_value`."""
    value = json_value(data)
    if not isinstance(value, dict):
        raise FormatError(f"expected a JSON object, not {type(value).__name__}")
    return value


@lru_cache(maxsize=1)
def outline(data: bytes) -> dict[str, Any]:
    """The top of a JSON object: each key with its value, lists and objects cut to their first item.

    Empty where the bytes are not a JSON object. The last answer is kept because every JSON format asks for
    it.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return {}
    try:
        value = json_object(data)
    except FormatError:
        return {}
    return {key: _first(item) for key, item in value.items()}


def _first(value: Any) -> Any:
    if isinstance(value, list):
        return value[:1]
    if isinstance(value, dict):
        return dict(list(value.items())[:8])
    return value


def text_of(value: Any, what: str) -> str:
    """A string, or a number as its digits (ids come as both).

    Raises:
        FormatError: anything else.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise FormatError(f"{what} is {'missing' if value is None else type(value).__name__}, expected text")


def optional_text(value: Any, what: str) -> str:
    """As `text_of`, with nothing for null."""
    return "" if value is None else text_of(value, what)


def objects(value: Any, what: str) -> list[dict[str, Any]]:
    """A list of objects; null counts as an empty one.

    Raises:
        FormatError: anything else.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FormatError(f"'{what}' is not a list of objects")
    return value


def mapping(value: Any, what: str) -> dict[str, Any]:
    """An object; null counts as an empty one.

    Raises:
        FormatError: anything else.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise FormatError(f"'{what}' is {type(value).__name__}, expected an object")
    return value


# A string that is never closed is one token too, to the end of its line or file: no sign is read twice.
_RDF_TOKEN = re.compile(
    rb'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*(?:""")?|\'\'\'[^\'\\]*+(?:(?:\\.|\'(?!\'\'))[^\'\\]*+)*(?:\'\'\')?'
    rb'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"?|\'[^\'\\\n]*+(?:\\.[^\'\\\n]*+)*\'?|#[^\n]*+|<<\(?|\)?>>|<[^<>\s]*+>|[\[\](){}]',
    re.DOTALL,
)
_OPENERS = frozenset((b"[", b"(", b"{", b"<<", b"<<("))
_CLOSERS = frozenset((b"]", b")", b"}", b">>", b")>>"))


def refuse_deep_rdf(data: bytes, limit: int = MAX_DEPTH) -> None:
    """Refuse Turtle, TriG or N-Quads whose brackets nest deeper than the limit.

    The parser behind this one has no limit and ends the process on deep input.
    """
    if sum(data.count(mark) for mark in (b"[", b"(", b"{", b"<<")) <= limit:
        return
    depth = 0
    for match in _RDF_TOKEN.finditer(data):
        token = match.group()
        if token in _OPENERS:
            depth += 1
            if depth > limit:
                line = data.count(b"\n", 0, match.start()) + 1
                raise FormatError(f"nested deeper than {limit} levels", line=line)
        elif token in _CLOSERS:
            depth = max(0, depth - 1)


def refuse_contexts(value: Any) -> None:
    """Refuse JSON-LD that names a context elsewhere: contexts are in the file, or not at all."""
    for box in _boxes(value):
        for name in ("@context", "@import"):
            contexts = box.get(name, ())
            for context in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(context, str):
                    raise FormatError(
                        f"refers to a context elsewhere ({context:.80}); contexts must be inside"
                    )


def _boxes(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        box = stack.pop()
        if isinstance(box, dict):
            yield box
        items: Iterable[Any] = box.values() if isinstance(box, dict) else box
        stack.extend(item for item in items if isinstance(item, dict | list))
