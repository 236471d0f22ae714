"""Statements -> map: the way back of `triples`, for exports and for what others made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Loaded
from argmap.formats.soundness import checked
from argmap.formats.vocabulary import LINK_CLASSES, NODE_CLASSES, expanded, iri, parts
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, NodeKind, Quote, Status, Turn

Properties = dict[str, list[str]]
Statements = dict[str, Properties]

_NODE_KINDS = {expanded(name): kind for kind, name in NODE_CLASSES.items()}
_LINK_KINDS = {expanded(names[1]): kind for kind, names in LINK_CLASSES.items()}
_DOCUMENT = expanded("argmap:Document")
_POSITION = expanded("oa:TextPositionSelector")


def map_of(found: Statements) -> Loaded:
    """The map these statements describe.

    Raises:
        FormatError: none of them is ours, or one is impossible.
    """
    reader = _Reader(found)
    documents, nodes, links = [], [], []
    for subject, values in found.items():
        kinds = values.get("rdf:type", ())
        if _DOCUMENT in kinds:
            documents.append(reader.document(subject))
        elif kind := _kind(kinds, _NODE_KINDS):
            nodes.append(reader.node(subject, NodeKind(kind)))
        elif kind := _kind(kinds, _LINK_KINDS):
            links.append(reader.link(subject, LinkKind(kind)))
    whole = reader.attributes(found.get(iri("", "map"), {}))
    argument_map = ArgumentMap.of(documents, nodes, links, whole)
    if not (nodes or documents or iri("", "map") in found):
        raise FormatError("no argument map in these statements")
    return checked(argument_map), ()


def _kind(kinds: Iterable[str], known: dict[str, str]) -> str | None:
    return next((known[kind] for kind in kinds if kind in known), None)


def _optional(values: Properties, name: str) -> str | None:
    return values[name][0] if name in values else None


def _needed(values: Properties, name: str, subject: str) -> str:
    if name not in values:
        raise FormatError(f"{subject} has no {name}")
    return values[name][0]


def _whole(values: Properties, name: str, subject: str) -> int:
    text = _needed(values, name, subject)
    if not text.isdecimal() or len(text) > 12:
        raise FormatError(f"{subject}: {name} is '{text:.40}', expected a whole number")
    return int(text)


def _seconds(values: Properties, name: str) -> float | None:
    text = _optional(values, name)
    if text is None:
        return None
    return int(text) if text.isdecimal() else float(text)


def _last(item: str | None) -> str | None:
    return None if item is None else parts(item)[-1]


class _Reader:
    """Builds items from the statements about them and about their parts."""

    def __init__(self, found: Statements) -> None:
        self.found = found

    def attributes(self, values: Properties) -> dict[str, Any]:
        text = _optional(values, "argmap:attributes")
        if text is not None:
            return guards.json_object(text.encode())
        topics = sorted(str(_last(topic)) for topic in values.get("dcterms:subject", ()))
        return {"tags": topics} if topics else {}

    def document(self, subject: str) -> Document:
        values = self.found[subject]
        places = [self.found.get(part, {}) for part in values.get("argmap:part", ())]
        places.sort(key=lambda part: _whole(part, "argmap:index", subject))
        text = "".join(_needed(part, "argmap:text", subject) for part in places)
        turns = [(_whole(self.found.get(t, {}), "argmap:index", t), t) for t in values.get("argmap:turn", ())]
        return Document(
            id=parts(subject)[-1],
            title=_optional(values, "dcterms:title") or "",
            genre=_optional(values, "argmap:genre") or "",
            text=text if places else _needed(values, "argmap:text", subject),
            turns=tuple(self.turn(turn) for _, turn in sorted(turns)),
            url=_optional(values, "argmap:url"),
            date=_optional(values, "dcterms:date"),
            original=_optional(values, "argmap:original"),
            attributes=self.attributes(values),
        )

    def turn(self, subject: str) -> Turn:
        values = self.found[subject]
        quotes = [
            (_whole(self.found.get(q, {}), "argmap:index", q), q) for q in values.get("argmap:quote", ())
        ]
        return Turn(
            id=parts(subject)[-1],
            start=_whole(values, "argmap:start", subject),
            end=_whole(values, "argmap:end", subject),
            speaker=_last(_optional(values, "prov:wasAttributedTo")),
            reply_to=_last(_optional(values, "argmap:replyTo")),
            quotes=tuple(self.quote(quote) for _, quote in sorted(quotes)),
            repeat_of=_last(_optional(values, "argmap:repeatOf")),
            url=_optional(values, "argmap:url"),
            date=_optional(values, "dcterms:date"),
            begin=_seconds(values, "argmap:begin"),
            finish=_seconds(values, "argmap:finish"),
        )

    def quote(self, subject: str) -> Quote:
        values = self.found[subject]
        start, end = _whole(values, "argmap:start", subject), _whole(values, "argmap:end", subject)
        return Quote(start, end, _last(_optional(values, "argmap:of")))

    def argued(self, subject: str) -> dict[str, Any]:
        """The fields that nodes and links share."""
        values = self.found[subject]
        return {
            "id": parts(subject)[-1],
            "status": Status(_optional(values, "argmap:status") or "accepted"),
            "confidence": float(_optional(values, "argmap:confidence") or 1.0),
            "by": _last(_optional(values, "prov:wasAttributedTo")) or "",
            "cue": _optional(values, "argmap:cue"),
            "attributes": self.attributes(values),
        }

    def node(self, subject: str, kind: NodeKind) -> Node:
        values = self.found[subject]
        places = sorted(values.get("argmap:mention", ()), key=lambda place: (len(place), place))
        mentions = tuple(self.mention(place) for place in places)
        text = _needed(values, "aif:claimText", subject)
        return Node(kind=kind, text=text, mentions=mentions, **self.argued(subject))

    def mention(self, subject: str) -> Mention:
        values = self.found.get(subject, {})
        document = parts(_needed(values, "oa:hasSource", subject))[-1]
        for selector in values.get("oa:hasSelector", ()):
            place = self.found.get(selector, {})
            if _POSITION in place.get("rdf:type", ()):
                start, end = _whole(place, "oa:start", selector), _whole(place, "oa:end", selector)
                return Mention(document, start, end, _last(_optional(values, "prov:wasAttributedTo")))
        raise FormatError(f"{subject} has no oa:TextPositionSelector")

    def link(self, subject: str, kind: LinkKind) -> Link:
        values = self.found[subject]
        _, _, from_role, to_role = LINK_CLASSES[kind]
        sources = sorted({parts(source)[-1] for source in values.get(from_role, ())})
        order = _optional(values, "argmap:order")
        if order is not None:
            wanted = json.loads(order)
            sources = wanted if isinstance(wanted, list) and set(wanted) == set(sources) else sources
        target = parts(_needed(values, to_role, subject))[-1]
        return Link(kind=kind, sources=tuple(sources), target=target, **self.argued(subject))
