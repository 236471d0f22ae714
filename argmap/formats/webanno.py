"""W3C Web Annotation in JSON-LD: an annotation for each mention, one for each link, with both selectors.

Reads its own exports whole, and pages, collections and single annotations of others (Hypothesis): their
quotes become nodes that keep the annotation, for the text they point into is not in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.draft import Atom, Draft
from argmap.formats.extension import (
    KEY,
    attributes_from,
    documents_from,
    in_order,
    link_from,
    node_from,
    slot,
    spare_link,
    spare_map,
    spare_node,
)
from argmap.formats.soundness import checked
from argmap.formats.triples import CONTEXT
from argmap.formats.vocabulary import iri, parts
from argmap.model import ArgumentMap, Link, Mention, Node

JSON = dict[str, Any]
_ANNO = "http://www.w3.org/ns/anno.jsonld"


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as an annotation page; nothing is lost."""
    items = [item for node in argument_map.nodes.values() for item in _of_node(node, argument_map)]
    items += [_of_link(link) for link in argument_map.links.values()]
    page: JSON = {"@context": _ANNO, "id": iri("", "map"), "type": "AnnotationPage", "items": items}
    page[KEY] = spare_map(argument_map) | {"version": 1}
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode(), ()


def _of_node(node: Node, argument_map: ArgumentMap) -> Iterator[JSON]:
    body = [
        {"type": "TextualBody", "value": node.text, "purpose": "describing"},
        {"type": "TextualBody", "value": node.kind.value, "purpose": "tagging"},
    ]
    base = {"type": "Annotation", "motivation": "classifying", "body": body}
    if not node.mentions:
        yield {"id": iri(node.id), **base, "target": iri("", "map"), KEY: spare_node(node)}
    for place, mention in enumerate(node.mentions):
        more = {KEY: spare_node(node)} if place == 0 else {KEY: {"id": node.id, "place": place}}
        yield {
            "id": iri(node.id, "mention", str(place)),
            **base,
            "target": _target(mention, argument_map),
            **more,
        }


def _target(mention: Mention, argument_map: ArgumentMap) -> JSON:
    selectors: list[JSON] = [{"type": "TextPositionSelector", "start": mention.start, "end": mention.end}]
    document = argument_map.documents.get(mention.document)
    if document is not None:
        text = document.text
        quote = {"type": "TextQuoteSelector", "exact": text[mention.start : mention.end]}
        quote["prefix"] = text[max(0, mention.start - CONTEXT) : mention.start]
        quote["suffix"] = text[mention.end : mention.end + CONTEXT]
        selectors.append(quote)
    return {"source": iri(mention.document), "selector": selectors}


def _of_link(link: Link) -> JSON:
    body = [
        {"type": "SpecificResource", "source": iri(source), "purpose": "linking"} for source in link.sources
    ]
    tag = {"type": "TextualBody", "value": link.kind.value, "purpose": "tagging"}
    spare = spare_link(link) | {"order": list(link.sources)}
    base = {"id": iri(link.id), "type": "Annotation", "motivation": "linking", "body": [*body, tag]}
    return {**base, "target": iri(link.target), KEY: spare}


def _items(value: JSON) -> list[JSON]:
    """The annotations of a page, a collection, an answer of Hypothesis, or one annotation."""
    for name in ("items", "rows"):
        if name in value:
            return guards.objects(value[name], name)
    first = value.get("first")
    if isinstance(first, dict):
        return guards.objects(first.get("items"), "items")
    return [value]


def load(data: bytes) -> Loaded:
    """The map of a page of annotations.

    Raises:
        FormatError: not Web Annotation.
    """
    value = guards.json_value(data)
    page = value if isinstance(value, dict) else {"items": value}
    items = _items(page)
    own = slot(page)
    return _own(items, own) if own is not None else _foreign(items)


def _bodies(item: JSON) -> list[JSON]:
    body = item.get("body")
    found = body if isinstance(body, list) else [body]
    return [
        {"type": "TextualBody", "value": each} if isinstance(each, str) else each for each in found if each
    ]


def _body(item: JSON, purpose: str) -> str:
    return next((str(b.get("value") or "") for b in _bodies(item) if b.get("purpose") == purpose), "")


def _own(items: list[JSON], own: JSON) -> Loaded:
    texts: dict[str, tuple[JSON, str, JSON]] = {}
    links = []
    for item in items:
        spare = dict(slot(item) or {})
        if item.get("motivation") == "linking":
            ends = [parts(str(b["source"]))[-1] for b in _bodies(item) if "source" in b]
            order = in_order(ends, spare.pop("order", None))
            links.append(link_from(spare, order, parts(guards.text_of(item.get("target"), "target"))[-1]))
        elif "kind" in spare:
            texts[str(spare["id"])] = (spare, _body(item, "describing"), item)
    nodes = [node_from(spare, text) for spare, text, _ in texts.values()]
    found = ArgumentMap.of(documents_from(own), nodes, links, attributes_from(own))
    return checked(found), ()


def _selectors(item: JSON) -> list[JSON]:
    target = item.get("target")
    boxes = [box for box in (target if isinstance(target, list) else [target]) if isinstance(box, dict)]
    found = []
    for box in boxes:
        selector = box.get("selector") or []
        found += [
            each
            for each in (selector if isinstance(selector, list) else [selector])
            if isinstance(each, dict)
        ]
    return found


def _foreign(items: list[JSON]) -> Loaded:
    draft = Draft()
    for number, item in enumerate(items, 1):
        exact = next(
            (str(s.get("exact")) for s in _selectors(item) if s.get("type") == "TextQuoteSelector"), ""
        )
        words = _body(item, "describing") or _body(item, "commenting") or str(item.get("text") or "")
        others = [str(body.get("value") or "") for body in _bodies(item) if not body.get("purpose")]
        text = exact or words or next(iter(others), "")
        name = str(item.get("id") or number)
        if not text:
            draft.warnings.append(f"annotation {name}: it has neither quote nor text")
            continue
        tags = [str(b.get("value")) for b in _bodies(item) if b.get("purpose") == "tagging"]
        more = item.get("tags")
        tags += [str(tag) for tag in more] if isinstance(more, list) else []
        kind = next((tag for tag in tags if tag in ("claim", "rebuttal", "evidence", "question")), None)
        attributes: JSON = {"webanno": item} | ({"tags": tags} if tags else {})
        draft.atoms[name] = Atom(text, kind, attributes=attributes)
    if not draft.atoms and items:
        raise FormatError("no annotation with a quote or a text")
    draft.finish()
    return checked(ArgumentMap.of(nodes=draft.nodes.values())), tuple(draft.warnings)


def sniff(data: bytes) -> bool:
    """Whether the context is that of Web Annotation, or the type is one of its types."""
    top = guards.outline(data)
    context = top.get("@context")
    named = _ANNO in (context if isinstance(context, list) else [context])
    return named or top.get("type") in ("Annotation", "AnnotationPage", "AnnotationCollection")


FORMAT = FileFormat("webanno", ".jsonld", "application/ld+json", dump, load, sniff)
