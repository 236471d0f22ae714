"""argmap JSON: the whole map, one item a line, sorted, byte-identical from run to run.

``{"argmap": 1, "documents": [...], "nodes": [...], "links": [...]}``; ``attributes`` and ``events`` (the
whole history) are optional. The JSON Schema is ``argmap.schema.json`` beside this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from argmap.errors import FormatError, ModelError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.soundness import checked
from argmap.model import ArgumentMap, Event
from argmap.model.codec import (
    canonical,
    decode_document,
    decode_event,
    decode_link,
    decode_node,
    encode_event,
    encoded,
)

T = TypeVar("T")
VERSION = 1
_KEYS = frozenset(("argmap", "documents", "nodes", "links", "attributes", "events", "$schema"))


def _lines(values: Iterable[Any]) -> str:
    return "[" + ",".join("\n" + canonical(value) for value in values) + "]"


def _written(argument_map: ArgumentMap, events: Iterable[Event] | None = None) -> bytes:
    parts = {
        "documents": _lines(map(encoded, argument_map.documents.values())),
        "nodes": _lines(map(encoded, argument_map.nodes.values())),
        "links": _lines(map(encoded, argument_map.links.values())),
    }
    if argument_map.attributes:
        parts["attributes"] = canonical(dict(argument_map.attributes))
    if events is not None:
        parts["events"] = _lines(map(encode_event, events))
    body = ",\n".join(f'"{name}":{value}' for name, value in parts.items())
    return f'{{"argmap":{VERSION},\n{body}}}\n'.encode()


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as argmap JSON; nothing is lost."""
    return _written(argument_map), ()


def dump_with_events(argument_map: ArgumentMap, events: Iterable[Event]) -> bytes:
    """The map and its whole history as argmap JSON."""
    return _written(argument_map, events)


def load(data: bytes) -> Loaded:
    """The map of argmap JSON.

    Raises:
        FormatError: not argmap JSON, a field that is none, or a map that cannot be.
    """
    value = _value(data)
    found = ArgumentMap.of(
        _decoded(value, "documents", decode_document),
        _decoded(value, "nodes", decode_node),
        _decoded(value, "links", decode_link),
        guards.mapping(value.get("attributes"), "attributes"),
    )
    for name, items in (("documents", found.documents), ("nodes", found.nodes), ("links", found.links)):
        if len(items) != len(value.get(name) or ()):
            raise FormatError(f"two of the {name} have one id")
    return checked(found), ()


def load_events(data: bytes) -> tuple[Event, ...]:
    """The history in argmap JSON; empty where it has none.

    Raises:
        FormatError: not argmap JSON, or an event that is none.
    """
    return tuple(_decoded(_value(data), "events", decode_event))


def _value(data: bytes) -> dict[str, Any]:
    value = guards.json_object(data)
    if value.get("argmap") != VERSION:
        raise FormatError(f'not argmap JSON: it begins with {{"argmap": {VERSION}}}')
    unknown = value.keys() - _KEYS
    if unknown:
        raise FormatError(f"argmap JSON has no '{min(unknown):.60}'")
    return value


def _decoded(value: dict[str, Any], name: str, decode: Callable[[Any], T]) -> list[T]:
    items = guards.objects(value.get(name), name)
    found = []
    for place, item in enumerate(items):
        try:
            found.append(decode(item))
        except ModelError as error:
            raise FormatError(f"{name}[{place}]: {error}") from error
    return found


def sniff(data: bytes) -> bool:
    """Whether the top has an ``argmap`` version."""
    return "argmap" in (top := guards.outline(data)) and isinstance(top["argmap"], int)


FORMAT = FileFormat("json", ".json", "application/json", dump, load, sniff)
