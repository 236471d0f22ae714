"""What a format has no place for, put into the slot that it leaves to others.

A slot holds the item as argmap JSON without what the format says in its own way, so a text or an edge that
somebody changed with another tool is taken as they left it, and everything else comes back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from argmap.formats import guards
from argmap.model import ArgumentMap, Document, Link, Node
from argmap.model.codec import decode_document, decode_link, decode_node, encoded

KEY = "argmap"


def spare_node(node: Node) -> dict[str, Any]:
    """A node but for its text."""
    value = encoded(node)
    del value["text"]
    return value


def spare_link(link: Link) -> dict[str, Any]:
    """A link but for its ends."""
    value = encoded(link)
    value.pop("sources", None)
    del value["target"]
    return value


def node_from(spare: Mapping[str, Any], text: str) -> Node:
    """The node of `spare_node`, with the text the format carried."""
    return decode_node({**spare, "text": text})


def link_from(spare: Mapping[str, Any], sources: list[str], target: str) -> Link:
    """The link of `spare_link`, with the ends the format carried (in the order that was noted)."""
    return decode_link({**spare, "sources": sources, "target": target})


def in_order(sources: list[str], noted: object) -> list[str]:
    """These sources as they were noted, where the noted ones are the same ones."""
    return (
        noted if isinstance(noted, list) and sorted(set(map(str, noted))) == sorted(set(sources)) else sources
    )


def spare_map(argument_map: ArgumentMap) -> dict[str, Any]:
    """Documents and attributes of the whole; empty where there are none."""
    value: dict[str, Any] = {}
    if argument_map.documents:
        value["documents"] = [encoded(document) for document in argument_map.documents.values()]
    if argument_map.attributes:
        value["attributes"] = dict(argument_map.attributes)
    return value


def documents_from(spare: Mapping[str, Any]) -> list[Document]:
    """The documents of `spare_map`."""
    return [decode_document(item) for item in guards.objects(spare.get("documents"), "documents")]


def attributes_from(spare: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of `spare_map`."""
    return guards.mapping(spare.get("attributes"), "attributes")


def noted(item: ArgumentMap | Document | Node | Link, form: str, *path: str) -> dict[str, Any]:
    """What a file of this format said of an item, or of a part of it; empty where nothing is kept."""
    box: Any = item.attributes.get(form)
    for name in path:
        box = box.get(name) if isinstance(box, dict) else None
    return box if isinstance(box, dict) else {}


def names_in(argument_map: ArgumentMap, form: str) -> dict[str, str]:
    """The id that each item had in a file of this format, where it came from one; else its own.

    Of several links that were one relation there, the first has its id.
    """
    items: list[Node | Link | Document] = [*argument_map.nodes.values(), *argument_map.links.values()]
    items += argument_map.documents.values()
    found: dict[str, str] = {}
    taken: set[str] = set()
    for item in items:
        name = noted(item, form).get("id")
        found[item.id] = name if isinstance(name, str) and name not in taken else item.id
        taken.add(found[item.id])
    return found


def slot(box: Mapping[str, Any]) -> dict[str, Any] | None:
    """What stands in our slot of an object, if anything does."""
    value = box.get(KEY)
    return value if isinstance(value, dict) else None
