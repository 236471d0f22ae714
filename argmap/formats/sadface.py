"""SADFace JSON, read in both versions (0.2 and 0.5), written as 0.2, which all its tools take.

Version 0.5 of the SADFace library writes an attack's edges the other way round (conflict -> attacker,
target -> conflict); the version in the file says which way to read them. Our slot is the ``argmap`` part
of each ``metadata``.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.draft import Atom, Draft, Relation
from argmap.formats.extension import (
    KEY,
    attributes_from,
    documents_from,
    names_in,
    noted,
    slot,
    spare_link,
    spare_map,
    spare_node,
)
from argmap.formats.soundness import checked
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, document_id

JSON = dict[str, Any]
_NAMES = {"supports": "support", "attacks": "conflict", "undercuts": "conflict"}
_KINDS = {"conflict": "attacks", "attack": "attacks", "disagree": "attacks", "rephrases": "rephrases"}
_KINDS |= {"questions": "questions", "answers": "answers", "rephrase": "rephrases"}
_PARTS = ("edges", "metadata", "nodes", "resources")
_TIME = "1970-01-01T00:00:00"


def _id(item: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:argmap:{item}"))


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as SADFace 0.2; nothing is lost."""
    found = names_in(argument_map, "sadface")
    names = {item: _id(item) if name == item else name for item, name in found.items()}
    core = {
        "id": _id("map"),
        "version": "0.2",
        "analyst_name": "",
        "analyst_email": "",
        "created": _TIME,
        "edited": _TIME,
    }
    core |= noted(argument_map, "sadface", "core") | {"version": "0.2"}
    others = noted(argument_map, "sadface", "metadata")
    value: JSON = {
        "metadata": {**others, "core": core, KEY: spare_map(argument_map)},
        "resources": [_resource(document, names) for document in argument_map.documents.values()],
        "nodes": [_atom(node, names, argument_map) for node in argument_map.nodes.values()],
        "edges": [],
    }
    for link in argument_map.links.values():
        me = names[link.id]
        spare = spare_link(link) | {"order": list(link.sources)}
        value["nodes"].append(
            {"id": me, "type": "scheme", "name": _name(link), "metadata": _metadata(link, {KEY: spare})}
        )
        ends = [(names[source], me) for source in link.sources] + [(me, names[link.target])]
        value["edges"] += [{"id": _id(f"{a}>{b}"), "source_id": a, "target_id": b} for a, b in ends]
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(), ()


def _metadata(item: Document | Node | Link, own: JSON) -> JSON:
    return {"core": {}, **noted(item, "sadface", "metadata"), **own}


def _name(link: Link) -> str:
    """What the file called it, as long as that is still what it is."""
    name = noted(link, "sadface").get("name")
    kind = "attacks" if link.kind is LinkKind.UNDERCUTS else link.kind.value
    if isinstance(name, str) and _KINDS.get(name.casefold(), "supports") == kind:
        return name
    return _NAMES.get(link.kind, link.kind.value)


def _resource(document: Document, names: dict[str, str]) -> JSON:
    metadata = _metadata(document, {})
    return {"id": names[document.id], "type": "text", "content": document.text, "metadata": metadata}


def _atom(node: Node, names: dict[str, str], argument_map: ArgumentMap) -> JSON:
    sources = [
        {
            "resource_id": names[mention.document],
            "text": quote,
            "offset": mention.start,
            "length": mention.end - mention.start,
        }
        for mention, quote in argument_map.quotes(node)
    ]
    left = noted(node, "sadface").get("sources")
    sources += left if isinstance(left, list) else []
    metadata = _metadata(node, {KEY: spare_node(node)})
    return {"id": names[node.id], "type": "atom", "text": node.text, "sources": sources, "metadata": metadata}


class _Reader:
    def __init__(self, value: JSON) -> None:
        self.value = value
        self.metadata = guards.mapping(value.get("metadata"), "metadata")
        # before 0.2 what is now the core of the metadata stood at the top
        top = {key: entry for key, entry in value.items() if key not in _PARTS}
        self.core = top | guards.mapping(self.metadata.get("core"), "core")
        self.reversed = _version(self.core.get("version")) >= (0, 5)
        self.draft = Draft()
        self.documents = {
            guards.text_of(item.get("id"), "resource id"): self._document(item)
            for item in guards.objects(value.get("resources"), "resources")
        }

    @staticmethod
    def _document(item: JSON) -> Document:
        text = guards.optional_text(item.get("content"), "content of a resource")
        kept = {"sadface": {name: entry for name, entry in item.items() if name not in ("content", "type")}}
        return Document(
            document_id(text), str(item.get("title") or "Source"), "resource", text, attributes=kept
        )

    def finish(self) -> Loaded:
        nodes = guards.objects(self.value.get("nodes"), "nodes")
        for node in nodes:
            self._node(node)
        turned = {
            str(n.get("id")) for n in nodes if n.get("type") == "conflict" and n.get("name") != "disagree"
        }
        for edge in guards.objects(self.value.get("edges"), "edges"):
            ends = [guards.text_of(edge.get(name), name) for name in ("source_id", "target_id")]
            if self.reversed and turned & set(ends):
                ends.reverse()
            self.draft.edge(*ends)
        self._disagreements([str(n.get("id")) for n in nodes if n.get("name") == "disagree"])
        own = slot(self.metadata)
        self.draft.finish()
        documents = documents_from(own) if own is not None else list(self.documents.values())
        others = {key: entry for key, entry in self.metadata.items() if key not in ("core", KEY)}
        kept = {name: box for name, box in (("core", self.core), ("metadata", others)) if box}
        attributes = attributes_from(own) if own is not None else {"sadface": kept} if kept else {}
        found = ArgumentMap.of(documents, self.draft.nodes.values(), self.draft.all_links(), attributes)
        return checked(found), tuple(self.draft.warnings)

    def _node(self, node: JSON) -> None:
        name = guards.text_of(node.get("id"), "id of a node")
        spare = slot(guards.mapping(node.get("metadata"), "metadata"))
        if node.get("type") == "atom":
            text = guards.optional_text(node.get("text"), f"text of {name}")
            mentions, left = self._mentions(name, node if spare is None else {})
            kept = {key: value for key, value in node.items() if key not in ("text", "type", "sources")}
            kept |= {"sources": left} if left else {}
            self.draft.atoms[name] = Atom(text, None, mentions, {"sadface": kept}, spare)
        elif node.get("type") in ("scheme", "inference", "conflict"):
            scheme = str(node.get("name") or node["type"])
            kind = "attacks" if node["type"] == "conflict" else _KINDS.get(scheme.casefold(), "supports")
            self.draft.relations[name] = Relation(kind, scheme, {"sadface": node}, spare)
        else:
            self.draft.warnings.append(f"node {name}: unknown type {node.get('type')!r:.40}")

    def _mentions(self, name: str, node: JSON) -> tuple[tuple[Mention, ...], list[JSON]]:
        """Where a statement is said, and the sources whose words are not at the place they name."""
        found, left = [], []
        for source in guards.objects(node.get("sources"), "sources"):
            document = self.documents.get(str(source.get("resource_id")))
            start, length, words = source.get("offset"), source.get("length"), source.get("text")
            if document is None or not isinstance(start, int) or not isinstance(length, int):
                left.append(source)
                continue
            said = document.text[start : start + length] if min(start, length) >= 0 else ""
            if len(said) != length or (isinstance(words, str) and words.split() != said.split()):
                self.draft.warnings.append(f"node {name}: the resource has other words at {start}")
                left.append(source)
            else:
                found.append(Mention(document.id, start, start + length))
        return tuple(sorted(set(found), key=str)), left

    def _disagreements(self, names: list[str]) -> None:
        """``conflict -> a``, ``conflict -> b``: a conflict both ways."""
        draft = self.draft
        for name in names:
            ends = [end for end in draft.out_of[name] if end in draft.atoms]
            if name in draft.relations and len(ends) == 2 and not draft.into[name]:
                first, second = ends
                draft.out_of[name], draft.into[second] = [second], [name]
                draft.edge(first, name)
                draft.relations[f"{name} back"] = draft.relations[name]
                draft.edge(second, f"{name} back")
                draft.edge(f"{name} back", first)


def _version(value: Any) -> tuple[int, int]:
    whole, _, rest = str(value or "0").partition(".")
    digits = rest.partition(".")[0]
    return (int(whole) if whole.isdecimal() else 0, int(digits) if digits.isdecimal() else 0)


def load(data: bytes) -> Loaded:
    """The map of a SADFace document.

    Raises:
        FormatError: not SADFace.
    """
    value = guards.json_object(data)
    if not isinstance(value.get("nodes"), list):
        raise FormatError("not SADFace: it has no list of nodes")
    return _Reader(value).finish()


def sniff(data: bytes) -> bool:
    """Whether there are nodes with an id and edges with a source_id."""
    top = guards.outline(data)
    nodes, edges = top.get("nodes"), top.get("edges")
    metadata = top.get("metadata")
    if not isinstance(nodes, list) or not isinstance(edges, list):
        return False
    if edges and isinstance(edges[0], dict):
        return "source_id" in edges[0]
    return isinstance(metadata, dict) and "core" in metadata


FORMAT = FileFormat("sadface", ".json", "application/json", dump, load, sniff)
