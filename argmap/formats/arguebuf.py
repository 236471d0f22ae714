"""Arguebuf: the JSON mapping of its protobuf graph; our slot is ``userdata``."""

from __future__ import annotations

import json
from itertools import count
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
from argmap.model import ArgumentMap, Document, Link, Mention, Node, document_id

JSON = dict[str, Any]
_SCHEMES = {
    "supports": {"support": "SUPPORT_DEFAULT"},
    "attacks": {"attack": "ATTACK_DEFAULT"},
    "undercuts": {"attack": "ATTACK_DEFAULT"},
    "rephrases": {"rephrase": "REPHRASE_DEFAULT"},
}
_KINDS = {"support": "supports", "attack": "attacks", "rephrase": "rephrases"}


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as Arguebuf JSON; nothing is lost."""
    names = names_in(argument_map, "arguebuf")
    people, known = _people(argument_map), noted(argument_map, "arguebuf", "participants")
    nodes = {names[node.id]: _atom(node, names, people, argument_map) for node in argument_map.nodes.values()}
    edges: JSON = {}
    for link in argument_map.links.values():
        me = names[link.id]
        spare = spare_link(link) | {"order": list(link.sources)}
        nodes[me] = {"scheme": _scheme(link), **_kept(link, spare)}
        for a, b in [(names[source], me) for source in link.sources] + [(me, names[link.target])]:
            edges[f"{a}>{b}"] = {"source": a, "target": b, "metadata": {}, "userdata": {}}
    value = dict(sorted(noted(argument_map, "arguebuf").items())) | {
        "nodes": nodes,
        "edges": edges,
        "resources": {
            names[document.id]: _resource(document) for document in argument_map.documents.values()
        },
        "participants": {key: {"name": speaker} for speaker, key in people.items()} | known,
        "schemaVersion": 1,
        "libraryVersion": "argmap",
        **_kept(argument_map, spare_map(argument_map)),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(), ()


def _resource(document: Document) -> JSON:
    kept = {name: value for name, value in noted(document, "arguebuf").items() if name != "id"}
    return kept | {"text": document.text, "title": document.title}


def _people(argument_map: ArgumentMap) -> dict[str, str]:
    """Speaker -> id of a participant: of the one that the file had, else a new one."""
    known = noted(argument_map, "arguebuf", "participants")
    had = {str(person.get("name")): name for name, person in known.items() if isinstance(person, dict)}
    speakers = sorted({speaker for node in argument_map.nodes.values() for speaker in node.speakers})
    fresh = (name for number in count(1) if (name := f"p{number}") not in known)
    return {speaker: had.get(speaker) or next(fresh) for speaker in speakers}


def _kept(item: ArgumentMap | Node | Link, spare: JSON) -> JSON:
    userdata = noted(item, "arguebuf", "userdata") | {KEY: spare}
    return {"metadata": noted(item, "arguebuf", "metadata"), "userdata": userdata}


def _scheme(link: Link) -> JSON:
    """What the file called it, as long as that is still what it is."""
    plain, kept = _SCHEMES.get(link.kind, {}), noted(link, "arguebuf", "scheme")
    return kept if plain and plain.keys() <= kept.keys() else plain


def _atom(node: Node, names: JSON, people: JSON, argument_map: ArgumentMap) -> JSON:
    atom: JSON = noted(node, "arguebuf", "atom") | {"text": node.text}
    for mention, quote in argument_map.quotes(node):
        atom["reference"] = {"resource": names[mention.document], "offset": mention.start, "text": quote}
        break
    if node.speakers:
        atom["participant"] = people[node.speakers[0]]
    return {"atom": atom, **_kept(node, spare_node(node))}


class _Reader:
    def __init__(self, value: JSON) -> None:
        self.value = value
        self.draft = Draft()
        people = guards.mapping(value.get("participants"), "participants")
        self.people = {
            name: guards.mapping(person, "participant").get("name") for name, person in people.items()
        }
        resources = guards.mapping(value.get("resources"), "resources")
        self.documents = {name: self._document(name, item) for name, item in resources.items()}

    @staticmethod
    def _document(name: str, item: Any) -> Document:
        box = guards.mapping(item, "resource")
        text = guards.optional_text(box.get("text"), "text of a resource")
        rest = {key: value for key, value in box.items() if key not in ("text", "title")}
        kept = {"arguebuf": {**rest, "id": name}}
        return Document(
            document_id(text), str(box.get("title") or "Source"), "resource", text, attributes=kept
        )

    def finish(self) -> Loaded:
        for name, item in guards.mapping(self.value.get("nodes"), "nodes").items():
            self._node(name, guards.mapping(item, f"node {name}"))
        edges = guards.mapping(self.value.get("edges"), "edges")
        for edge in edges.values():
            box = guards.mapping(edge, "edge")
            source, target = (guards.text_of(box.get(end), end) for end in ("source", "target"))
            self.draft.edge(source, target)
        self.draft.finish()
        own = slot(guards.mapping(self.value.get("userdata"), "userdata"))
        kept = {key: item for key, item in self.value.items() if key not in ("nodes", "edges", "resources")}
        documents = documents_from(own) if own is not None else list(self.documents.values())
        attributes = attributes_from(own) if own is not None else {"arguebuf": kept}
        found = ArgumentMap.of(documents, self.draft.nodes.values(), self.draft.all_links(), attributes)
        return checked(found), tuple(self.draft.warnings)

    def _node(self, name: str, item: JSON) -> None:
        userdata = guards.mapping(item.get("userdata"), "userdata")
        spare = slot(userdata)
        kept = {key: value for key, value in item.items() if key not in ("atom", "scheme")} | {"id": name}
        if "atom" in item:
            atom = guards.mapping(item["atom"], "atom")
            text = guards.optional_text(atom.get("text"), f"text of {name}")
            extra = {key: value for key, value in atom.items() if key != "text"}
            attributes = {"arguebuf": kept | ({"atom": extra} if extra else {})}
            places = self._mention(atom) if spare is None else ()
            self.draft.atoms[name] = Atom(text, None, places, attributes, spare)
        elif "scheme" in item:
            scheme = guards.mapping(item["scheme"], "scheme")
            if "preference" in scheme:
                self.draft.warnings.append(f"node {name}: a preference is left out")
                return
            word = next((key for key in _KINDS if key in scheme), "")
            if not word and spare is None:
                self.draft.warnings.append(f"node {name}: a scheme without a type is taken as support")
            detail = str(scheme.get(word) or "").partition("_")[2]
            attributes = {"arguebuf": kept | {"scheme": scheme}}
            kind = _KINDS.get(word, "supports")
            if spare is not None and _SCHEMES.get(str(spare.get("kind")), {}) == scheme:
                kind = str(spare["kind"])  # nobody changed the scheme, so it means what we meant by it
            self.draft.relations[name] = Relation(kind, detail, attributes, spare)
        else:
            raise FormatError(f"node {name} is neither atom nor scheme")

    def _mention(self, atom: JSON) -> tuple[Mention, ...]:
        reference = guards.mapping(atom.get("reference"), "reference")
        document = self.documents.get(str(reference.get("resource")))
        words = reference.get("text")
        offset = reference.get("offset") or 0  # the Python dumper leaves out an offset of 0
        if document is None or not isinstance(words, str) or not isinstance(offset, int):
            return ()
        if document.text[offset : offset + len(words)] != words:
            self.draft.warnings.append(f"reference '{words:.40}': the resource has other words there")
            return ()
        speaker = self.people.get(str(atom.get("participant")))
        return (
            Mention(document.id, offset, offset + len(words), speaker if isinstance(speaker, str) else None),
        )


def load(data: bytes) -> Loaded:
    """The map of an Arguebuf graph.

    Raises:
        FormatError: not Arguebuf JSON.
    """
    return _Reader(guards.json_object(data)).finish()


def sniff(data: bytes) -> bool:
    """Whether nodes are an object of atoms and schemes."""
    top = guards.outline(data)
    nodes = top.get("nodes")
    if not isinstance(nodes, dict):
        return False
    first = next(iter(nodes.values()), None)
    known = isinstance(first, dict) and ("atom" in first or "scheme" in first)
    return known or (not nodes and ("schemaVersion" in top or "schema_version" in top))


FORMAT = FileFormat("arguebuf", ".json", "application/json", dump, load, sniff)
