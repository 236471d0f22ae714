"""AIF nodeset -> map. I-nodes become nodes, RA, CA and MA links, locutions the turns of a document.

Everything else (YA, TA, PA, locution rows, participants, unknown fields, anomalies) is kept as it stands, in
``attributes["aif"]`` of the node, link or document it belongs to, so that writing gives the same nodeset
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from argmap.formats import guards
from argmap.formats.aif.dialogue import Graph, mentions, transcript
from argmap.formats.aif.marked import marked_source
from argmap.formats.aif.schemes import RELATION_TYPES, WORDS
from argmap.formats.contract import Loaded
from argmap.formats.draft import Atom, Draft, Relation, squeezed
from argmap.formats.extension import KEY, attributes_from, documents_from, slot
from argmap.formats.soundness import checked
from argmap.model import ArgumentMap, Document, Link

JSON = dict[str, Any]


def map_of(nodeset: JSON) -> Loaded:
    """The map of a nodeset (the object with ``nodes`` and ``edges``).

    Raises:
        FormatError: not a nodeset.
    """
    return _Reading(nodeset).finish()


def name_of(value: Any, what: str = "nodeID") -> str:
    """An id as text: files mix 7 and "7"."""
    return guards.text_of(value, what)


def _is_generated(item: Mapping[str, Any]) -> bool:
    return bool((slot(item) or {}).get("generated"))


class _Reading:
    def __init__(self, nodeset: JSON) -> None:
        self.nodeset = nodeset
        self.draft = Draft()
        self.warnings = self.draft.warnings
        self.own: set[str] = set()
        self.document = marked_source(nodeset)
        self.graph = Graph(self._nodes())
        self.edges = self._edges()

    def _nodes(self) -> dict[str, JSON]:
        found: dict[str, JSON] = {}
        for node in guards.objects(self.nodeset.get("nodes"), "nodes"):
            name = name_of(node.get("nodeID"))
            if _is_generated(node):
                self.own.add(name)
            elif name not in found:
                found[name] = node
            elif found[name] != node:
                self.warnings.append(f"node {name} is there twice; the first is kept")
        return found

    def _edges(self) -> list[tuple[str, str, JSON]]:
        found = []
        for edge in guards.objects(self.nodeset.get("edges"), "edges"):
            source, target = name_of(edge.get("fromID"), "fromID"), name_of(edge.get("toID"), "toID")
            if source in self.own or target in self.own:
                continue
            found.append((source, target, edge))
            if source in self.graph.nodes and target in self.graph.nodes:
                self.graph.edge(source, target)
            else:
                missing = source if source not in self.graph.nodes else target
                self.warnings.append(f"node {missing}: an edge leads to it, but it is not there")
        return found

    def finish(self) -> Loaded:
        """The map, its documents, and what was odd."""
        if self.document is None:
            self.document = transcript(self.graph, *self._people())
        self._fill()
        self.draft.finish()
        links, used = self._links()
        residue = self._residue(used)
        own = slot(self.nodeset)
        documents, attributes = _placed(self.document, residue)
        if own is not None:
            noted = documents_from(own)
            heard = {mention.document for node in self.draft.nodes.values() for mention in node.mentions}
            heard -= {text.id for text in noted}  # dialogue that somebody added to our own file
            documents = [*noted, *(text for text in documents if text.id in heard)]
            attributes = attributes_from(own)
        found = ArgumentMap.of(documents, self.draft.nodes.values(), links, attributes)
        return checked(found), tuple(dict.fromkeys(self.warnings))

    def _people(self) -> tuple[dict[str, str], dict[str, str]]:
        """L-node -> speaker, L-node -> time, from the rows of locutions and participants."""
        names = {}
        for person in guards.objects(self.nodeset.get("participants"), "participants"):
            words = (person.get("firstname") or "", person.get("surname") or "")
            names[str(person.get("participantID"))] = " ".join(word for word in map(str, words) if word)
        speakers: dict[str, str] = {}
        dates: dict[str, str] = {}
        for row in guards.objects(self.nodeset.get("locutions"), "locutions"):
            node, number = str(row.get("nodeID")), str(row.get("personID"))
            if names.get(number):
                speakers.setdefault(node, names[number])
            if isinstance(row.get("start"), str) and row["start"]:
                dates.setdefault(node, row["start"])
        return speakers, dates

    def _fill(self) -> None:
        places, asked = mentions(self.graph, self.document) if self.document else ({}, set())
        for name, node in self.graph.nodes.items():
            text = guards.optional_text(node.get("text"), f"text of node {name}")
            kind = RELATION_TYPES.get(self.graph.type(name))
            spare = slot(node)
            if self.graph.type(name) == "I":
                kept = {key: value for key, value in node.items() if key not in ("text", KEY)}
                question = "question" if name in asked else None
                self.draft.atoms[name] = Atom(text, question, places.get(name, ()), {"aif": kept}, spare)
                self._note_scheme(name, node)
            elif kind is not None:
                kept = {key: value for key, value in node.items() if key != KEY}
                kind = WORDS.get(squeezed(text), kind)
                self.draft.relations[name] = Relation(kind, text, {"aif": {"node": kept}}, spare)
            elif self.graph.type(name) == "PA":
                self.warnings.append(f"node {name}: a preference is kept, and makes no link")
        for source, target, _ in self.edges:
            if self._joins(source, target):
                self.draft.edge(source, target)
        self._note_edges()

    def _joins(self, source: str, target: str) -> bool:
        draft = self.draft
        both = all(end in draft.atoms or end in draft.relations for end in (source, target))
        return both and (source in draft.relations or target in draft.relations)

    def _note_scheme(self, name: str, node: JSON) -> None:
        if node.get("scheme") or node.get("schemeID"):
            self.warnings.append(f"node {name}: an I-node that names a scheme")

    def _note_edges(self) -> None:
        """Edges that AIF does not allow."""
        legal = {"I", "L", "RA", "CA", "MA", "PA", "TA", "YA"}
        for source, target, _ in self.edges:
            if source in self.graph.nodes and target in self.graph.nodes:
                ends = (self.graph.type(source), self.graph.type(target))
                if ends in _ILLEGAL or not legal.issuperset(ends):
                    self.warnings.append(
                        f"node {source}: an edge {ends[0]} -> {ends[1]} is kept, though AIF has none"
                    )

    def _links(self) -> tuple[list[Link], set[int]]:
        """The links with their edges noted, and which edges those are."""
        by_ends: dict[tuple[str, str], int] = {}
        for place, (source, target, _) in enumerate(self.edges):
            by_ends.setdefault((source, target), place)
        names = {link.id: name for name, made in self.draft.links.items() for link in made}
        names |= {node.id: name for name, node in self.draft.nodes.items()}
        found: list[Link] = []
        used: set[int] = set()
        for name, made in self.draft.links.items():
            for link in made:
                ends = [(names[source], name) for source in link.sources] + [(name, names[link.target])]
                places = [by_ends[pair] for pair in ends if pair in by_ends]
                used.update(places)
                found.append(self._with_edges(name, link, [self.edges[place][2] for place in places]))
        return found, used

    def _with_edges(self, name: str, link: Link, edges: list[JSON]) -> Link:
        if self.draft.relations[name].spare is not None:
            return link
        return replace(link, attributes={"aif": {**link.attributes["aif"], "edges": edges}})

    def _residue(self, used: set[int]) -> JSON:
        held = self.draft.atoms.keys() | self.draft.links.keys()
        residue: JSON = {
            "nodes": [node for name, node in self.graph.nodes.items() if name not in held],
            "edges": [edge for place, (_, _, edge) in enumerate(self.edges) if place not in used],
        }
        for name, value in self.nodeset.items():
            if name not in ("nodes", "edges", KEY):
                residue[name] = (
                    [row for row in value if not self._is_ours(row)] if isinstance(value, list) else value
                )
        return {name: value for name, value in residue.items() if value != [] or name not in _ALWAYS}

    def _is_ours(self, row: Any) -> bool:
        return isinstance(row, dict) and (_is_generated(row) or str(row.get("nodeID")) in self.own)


_ALWAYS = ("nodes", "edges", "locutions")  # written even where there are none
_ILLEGAL = frozenset(
    [("I", "I"), ("L", "L"), ("L", "I"), ("I", "L"), ("MA", "MA"), ("TA", "TA"), ("TA", "MA"), ("YA", "TA")]
    + [(dialogue, scheme) for dialogue in ("L",) for scheme in ("RA", "CA", "MA")]
    + [(scheme, "L") for scheme in ("RA", "CA", "MA")]
)


def _placed(document: Document | None, residue: JSON) -> tuple[list[Document], JSON]:
    """The residue with the dialogue it belongs to, else with the map."""
    if document is None:
        return [], {"aif": residue} if residue else {}
    return [replace(document, attributes={**document.attributes, "aif": residue})], {}
