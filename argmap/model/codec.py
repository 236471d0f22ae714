"""Model <-> JSON values, strict: an unknown or missing field is an error that names it.

The same shapes are used in the event log, in argmap JSON and over the command line.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, TypeVar

from argmap.errors import ModelError
from argmap.model.argument import Agent, AgentKind, Link, LinkKind, Mention, Node, NodeKind, Status
from argmap.model.document import Document, Quote, Turn
from argmap.model.events import (
    Accepted,
    Adjudicated,
    Change,
    Commented,
    Described,
    DocumentAdded,
    Event,
    Frozen,
    LinkAdded,
    Merged,
    NodeAdded,
    Rejected,
    Revised,
    RoleGranted,
    SharesSet,
    Suggested,
    TurnsCorrected,
    Undone,
    Unmerged,
)

JSON = dict[str, Any]
T = TypeVar("T")

# What every store can hold in an integer column; no text is as long.
_FARTHEST = 2**31


# Made once, since a log holds millions of values.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, so that hashes and exports repeat.

    Raises:
        ModelError: something in it is not JSON (infinity, an object of Python's).
    """
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError) as error:
        raise ModelError(f"not a JSON value: {error}") from error


_NOTHING: tuple[Any, ...] = (None, (), {})
_ATOMS = frozenset((str, int, float, bool, type(None)))
_TEXTS = frozenset((str, NodeKind, LinkKind, Status, AgentKind))


def _plain(value: Any) -> Any:
    """A field's value as JSON."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return encoded(value) if hasattr(value, "__dataclass_fields__") else value


@cache
def _columns(kind: type) -> tuple[tuple[str, bool], ...]:
    """(name, must be written) of a dataclass's fields; looked up once, since maps hold millions of values."""
    return tuple(
        (spec.name, spec.default is MISSING and spec.default_factory is MISSING) for spec in fields(kind)
    )


def encoded(value: Any) -> JSON:
    """Any model dataclass as JSON; optional fields that are None or empty are left out."""
    plain: JSON = {}
    for name, required in _columns(value.__class__):
        item = getattr(value, name)
        if type(item) in _TEXTS:
            plain[name] = item
        elif required or item not in _NOTHING:
            plain[name] = _plain(item)
    return plain


def _decoder(kind: type[T], /, **converters: Callable[[Any], Any]) -> Callable[[Any], T]:
    """A strict decoder of a dataclass; ``converters`` turn JSON values into field values.

    A field without a converter is a text that may be missing.
    """
    decoders: dict[str, Callable[[Any], Any]] = dict.fromkeys(
        (spec.name for spec in fields(kind)),  # type: ignore[arg-type]
        _optional_text,
    )
    decoders |= converters

    def decode(value: Any) -> T:
        if not isinstance(value, dict):
            raise ModelError(f"a {kind.__name__} is an object, not {type(value).__name__}")
        unknown = value.keys() - decoders.keys()
        if unknown:
            raise ModelError(f"a {kind.__name__} has no field {min(map(str, unknown))!r:.60}")
        try:
            return kind(**{name: decoders[name](item) for name, item in value.items()})
        except (TypeError, ValueError, KeyError) as error:
            raise ModelError(fault(value, error)) from error

    def fault(value: JSON, error: Exception) -> str:
        """Which field it is."""
        for name, item in value.items():
            try:
                decoders[name](item)
            except (TypeError, ValueError, KeyError) as why:
                return f"{name} of a {kind.__name__}: {why!s:.200}"
        missing = [name for name, required in _columns(kind) if required and name not in value]  # type: ignore[arg-type]
        return f"a {kind.__name__} needs '{missing[0]}'" if missing else f"{error!s:.200}"

    return decode


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ModelError(f"expected text, not {type(value).__name__}")
    return value


def _optional_text(value: Any) -> str | None:
    return None if value is None else _text(value)


def _place(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ModelError(f"expected a whole number, not {value!r:.40}")
    if abs(value) >= _FARTHEST:
        raise ModelError("expected a place in a text, this number is far too large")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ModelError(f"expected a number, not {value!r:.40}")
    number = float(value)
    if not math.isfinite(number):
        raise ModelError(f"expected a finite number, not {number}")
    return number


def _optional_number(value: Any) -> float | None:
    return None if value is None else _number(value)


def _object(value: Any) -> JSON:
    if not isinstance(value, dict):
        raise ModelError(f"expected an object, not {type(value).__name__}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ModelError(f"expected true or false, not {value!r:.40}")
    return value


def _many(decode: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    def decode_all(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise ModelError(f"expected a list, not {type(value).__name__}")
        return tuple(decode(item) for item in value)

    return decode_all


_PLACES = {"start": _place, "end": _place}
_ARGUED = {"status": Status, "confidence": _number, "by": _text, "attributes": _object, "id": _text}

decode_quote = _decoder(Quote, **_PLACES)
decode_turn = _decoder(
    Turn, **_PLACES, id=_text, quotes=_many(decode_quote), begin=_optional_number, finish=_optional_number
)
decode_document = _decoder(
    Document, id=_text, title=_text, genre=_text, text=_text, turns=_many(decode_turn), attributes=_object
)
decode_mention = _decoder(Mention, **_PLACES, document=_text)
decode_node = _decoder(Node, **_ARGUED, kind=NodeKind, text=_text, mentions=_many(decode_mention))
decode_link = _decoder(Link, **_ARGUED, kind=LinkKind, sources=_many(_text), target=_text)
decode_agent = _decoder(Agent, name=_text, kind=AgentKind)


def _any_kind(value: Any) -> NodeKind | LinkKind:
    kinds: dict[str, NodeKind | LinkKind] = {kind.value: kind for kind in (*NodeKind, *LinkKind)}
    if _text(value) not in kinds:
        raise ModelError(f"unknown kind {value!r:.40}")
    return kinds[value]


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "kind": _any_kind,
    "text": _text,
    "mentions": _many(decode_mention),
    "sources": _many(_text),
    "target": _text,
    "attributes": _object,
}


def decode_changes(value: Any) -> JSON:
    """The new field values of a `Revised`."""
    changes = _object(value)
    unknown = changes.keys() - _FIELDS.keys()
    if unknown:
        raise ModelError(f"a revision cannot change {min(map(str, unknown))!r:.60}")
    return {name: _FIELDS[name](item) for name, item in changes.items()}


_IDS = _many(_text)
_CHANGES: dict[str, Callable[[Any], Change]] = {
    "DocumentAdded": _decoder(DocumentAdded, document=decode_document),
    "TurnsCorrected": _decoder(TurnsCorrected, document=_text, turns=_many(decode_turn)),
    "Suggested": _decoder(Suggested, nodes=_many(decode_node), links=_many(decode_link)),
    "NodeAdded": _decoder(NodeAdded, node=decode_node),
    "LinkAdded": _decoder(LinkAdded, link=decode_link),
    "Accepted": _decoder(Accepted, ids=_IDS),
    "Rejected": _decoder(Rejected, ids=_IDS),
    "Adjudicated": _decoder(Adjudicated, ids=_IDS, accepted=_flag),
    "Revised": _decoder(Revised, id=_text, changes=decode_changes),
    "Merged": _decoder(Merged, kept=_text, absorbed=_IDS),
    "Unmerged": _decoder(Unmerged, id=_text),
    "Commented": _decoder(Commented, id=_text, text=_text),
    "Described": _decoder(Described, attributes=_object),
    "Frozen": _decoder(Frozen, name=_text),
    "RoleGranted": _decoder(RoleGranted, name=_text, role=_text),
    "SharesSet": _decoder(SharesSet, overlap=_number, blind=_number),
    "Undone": _decoder(Undone, operation=_text),
}


_EVENT_FIELDS = frozenset(("seq", "operation", "by", "at", "type", "change", "because"))


def encode_event(event: Event) -> JSON:
    """An event as JSON: ``{"seq", "operation", "by", "at", "type", "change", "because"}``."""
    value = {
        "seq": event.seq,
        "operation": event.operation,
        "by": encoded(event.by),
        "at": event.at,
        "type": type(event.change).__name__,
        "change": encoded(event.change),
    }
    return value | ({"because": event.because} if event.because is not None else {})


def decode_change(kind: str, value: Any) -> Change:
    """The change of this type name.

    Raises:
        ModelError: no such type, or the value does not fit it.
    """
    if kind not in _CHANGES:
        raise ModelError(f"unknown event type {kind!r:.60}")
    return _CHANGES[kind](value)


def decode_event(value: Any) -> Event:
    """The event of `encode_event`.

    Raises:
        ModelError: the value is not one.
    """
    body = _object(value)
    unknown = body.keys() - _EVENT_FIELDS
    if unknown:
        raise ModelError(f"an event has no field {min(unknown)!r:.60}")
    try:
        return Event(
            seq=_place(body["seq"]),
            operation=_text(body["operation"]),
            by=decode_agent(body["by"]),
            at=_text(body["at"]),
            change=decode_change(_text(body["type"]), body["change"]),
            because=_optional_text(body.get("because")),
        )
    except KeyError as error:
        raise ModelError(f"an event without {error}") from error
