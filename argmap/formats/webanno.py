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
from argmap.model import ArgumentMap, Link, Mention, Node, NodeKind

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
    if own is not None:
        return _own(items, own)
    found, warnings = _foreign(items)
    if items and not found.nodes:
        raise FormatError("no annotation with a quote or a text")
    return found, warnings


def _within(value: Any, *keys: str) -> Iterator[JSON]:
    """Objects in their order, through lists and these keys of theirs."""
    stack = [value]
    while stack:
        box = stack.pop()
        if isinstance(box, list):
            stack += reversed(box)
        elif isinstance(box, dict):
            yield box
            stack += [box[key] for key in reversed(keys) if key in box]


def _bodies(item: JSON) -> list[JSON]:
    """The bodies that are in the file, those to choose from too; a string is the address of one elsewhere."""
    texts = [{"value": item[key]} for key in ("bodyValue", "text") if item.get(key)]
    return [*_within(item.get("body"), "items"), *texts]


def _body(item: JSON, purpose: str) -> str:
    return next((str(b.get("value") or "") for b in _bodies(item) if b.get("purpose") == purpose), "")


def _own(items: list[JSON], own: JSON) -> Loaded:
    """Our own page; annotations that somebody added to it are read as others' are."""
    nodes, links, others = {}, [], []
    for item in items:
        spare = dict(slot(item) or {})
        if not spare:
            others.append(item)
        elif item.get("motivation") == "linking":
            ends = [parts(str(b["source"]))[-1] for b in _bodies(item) if "source" in b]
            order = in_order(ends, spare.pop("order", None))
            links.append(link_from(spare, order, parts(guards.text_of(item.get("target"), "target"))[-1]))
        elif "kind" in spare:
            node = node_from(spare, _body(item, "describing"))
            nodes[node.id] = node
    more, warnings = _foreign(others)
    found = {**more.nodes, **nodes}.values()
    return checked(ArgumentMap.of(documents_from(own), found, links, attributes_from(own))), warnings


def _quote(item: JSON) -> str:
    """The exact words of the first quote among the selectors, also where one refines another."""
    boxes = _within(item.get("target"), "items", "selector", "refinedBy")
    quotes = (box.get("exact") for box in boxes if box.get("type") == "TextQuoteSelector")
    return next((words for words in quotes if isinstance(words, str)), "")


def _foreign(items: list[JSON]) -> Loaded:
    draft = Draft()
    for number, item in enumerate(items, 1):
        name = str(item.get("id") or number)
        tags = [str(body.get("value")) for body in _bodies(item) if _is_tag(item, body)]
        tags += map(str, item["tags"]) if isinstance(item.get("tags"), list) else ()
        values = [
            str(body["value"]) for body in _bodies(item) if body.get("value") and not _is_tag(item, body)
        ]
        text = _quote(item) or _body(item, "describing") or next(iter(values), "")
        if not text:
            draft.warnings.append(f"annotation {name}: it has neither quote nor text; left out")
            continue
        kind = next((tag for tag in tags if tag in {*NodeKind}), None)
        attributes: JSON = {"webanno": item} | ({"tags": tags} if tags else {})
        draft.atoms[name] = Atom(text, kind, attributes=attributes)
    draft.finish()
    return checked(ArgumentMap.of(nodes=draft.nodes.values())), tuple(draft.warnings)


def _is_tag(item: JSON, body: JSON) -> bool:
    return body.get("purpose", item.get("motivation")) == "tagging"


def sniff(data: bytes) -> bool:
    """Whether the context is that of Web Annotation, or the type one of its types, or Hypothesis answered."""
    top = guards.outline(data)
    context = top.get("@context")
    named = _ANNO in (context if isinstance(context, list) else [context])
    rows = top.get("rows")
    answered = "total" in top and isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    return named or answered or top.get("type") in ("Annotation", "AnnotationPage", "AnnotationCollection")


FORMAT = FileFormat("webanno", ".jsonld", "application/ld+json", dump, load, sniff)
