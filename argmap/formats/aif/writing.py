"""Map -> AIF nodeset: what came from AIF as it came, the rest as AIFdb would write it, dialogue included.

Every mention becomes a locution with its illocution; where both ends of a link were said, a transition
between the two anchors the link. These nodes are marked as generated, and reading leaves them out. A node,
link or document that would not come back as it is carries the rest in our slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from argmap.formats.aif.reading import map_of
from argmap.formats.aif.schemes import ASSERTING, LINK_SCHEMES, QUESTIONING
from argmap.formats.extension import KEY, spare_link, spare_map, spare_node
from argmap.model import ArgumentMap, Link, Mention, Node, NodeKind
from argmap.model.codec import canonical

JSON = dict[str, Any]
_MADE = {KEY: {"generated": True}}


def nodeset_of(argument_map: ArgumentMap) -> JSON:
    """The nodeset of a map, with slots only where they are needed."""
    bare = _Writing(argument_map, frozenset(), whole=False).nodeset()
    again, _ = map_of(bare)
    items = {**argument_map.nodes, **argument_map.links}
    others = {**again.nodes, **again.links}
    slots = frozenset(name for name, item in items.items() if others.get(name) != item)
    whole = again.documents != argument_map.documents or again.attributes != argument_map.attributes
    if not slots and not whole and others.keys() == items.keys():
        return bare
    found = _Writing(argument_map, slots, whole=whole).nodeset()
    if map_of(found)[0] == argument_map:
        return found
    return _Writing(argument_map, frozenset(items), whole=True).nodeset()


def whole_slot(argument_map: ArgumentMap) -> JSON:
    """Documents and attributes of the map, for our slot; never empty."""
    return spare_map(argument_map) | {"version": 1}


def spoken_at(argument_map: ArgumentMap) -> dict[str, list[tuple[int, int, str]]]:
    """Document -> (start, end, locution) of each mention that is written as one."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for node in argument_map.nodes.values():
        for place, mention, _ in _said(argument_map, node):
            found.setdefault(mention.document, []).append((mention.start, mention.end, f"{node.id}-L{place}"))
    return found


def _said(argument_map: ArgumentMap, node: Node) -> Iterator[tuple[int, Mention, str]]:
    """Where a node is said in documents that did not come from AIF: number, mention, words."""
    for place, (mention, quote) in enumerate(argument_map.quotes(node)):
        if "aif" not in argument_map.documents[mention.document].attributes:
            yield place, mention, quote


def _kept(item: Node | Link) -> JSON:
    value = item.attributes.get("aif")
    return value if isinstance(value, dict) else {}


class _Writing:
    """One nodeset in the making.

    Args:
        slots: ids of nodes and links that need our slot.
        whole: documents and attributes go into our slot.
    """

    def __init__(self, argument_map: ArgumentMap, slots: frozenset[str], *, whole: bool) -> None:
        self.map, self.slots, self.whole = argument_map, slots, whole
        self.names: dict[str, str | int] = {
            node.id: self._name(_kept(node).get("nodeID"), node.id) for node in argument_map.nodes.values()
        }
        for link in argument_map.links.values():
            node = _kept(link).get("node")
            self.names[link.id] = self._name(node.get("nodeID") if isinstance(node, dict) else None, link.id)
        self.nodes: dict[str, JSON] = {}
        self.edges: dict[str, JSON] = {}
        self.others: JSON = {}
        self.people: dict[str, int] = {}

    @staticmethod
    def _name(value: Any, otherwise: str) -> str | int:
        return value if isinstance(value, str | int) else otherwise

    def nodeset(self) -> JSON:
        """The finished object."""
        for node in self.map.nodes.values():
            self._node(node)
        for link in self.map.links.values():
            self._link(link)
        for residue in self._residues():
            self._keep(residue)
        rows = list(self._dialogue())
        found: JSON = {"nodes": list(self.nodes.values()), "edges": list(self.edges.values())}
        found["locutions"] = self.others.pop("locutions", []) + rows
        people = self.others.pop("participants", []) + [self._person(name) for name in self.people]
        found |= ({"participants": people} if people else {}) | self.others
        if self.whole:
            found[KEY] = whole_slot(self.map)
        return found

    def _residues(self) -> Iterator[JSON]:
        for attributes in (*(d.attributes for d in self.map.documents.values()), self.map.attributes):
            residue = attributes.get("aif")
            if isinstance(residue, dict):
                yield residue

    def _node(self, node: Node) -> None:
        value: JSON = {"nodeID": node.id, **_kept(node), "text": node.text, "type": "I"}
        if node.id in self.slots:
            value[KEY] = spare_node(node)
        self.nodes[str(value["nodeID"])] = value

    def _link(self, link: Link) -> None:
        kind, scheme, number, _, _ = LINK_SCHEMES[link.kind]
        made: JSON = {"nodeID": link.id, "text": scheme, "type": kind, "scheme": scheme, "schemeID": number}
        kept = _kept(link)
        value = dict(kept["node"]) if isinstance(kept.get("node"), dict) else made
        if link.id in self.slots:
            value[KEY] = spare_link(link) | {"order": list(link.sources)}
        me = self.names[link.id]
        self.nodes.setdefault(str(me), value)
        ends = [(self.names[source], me) for source in link.sources] + [(me, self.names[link.target])]
        known = {
            (str(e.get("fromID")), str(e.get("toID"))): e
            for e in kept.get("edges", ())
            if isinstance(e, dict)
        }
        for source, target in ends:
            self._edge(source, target, known.get((str(source), str(target))))

    def _edge(self, source: str | int, target: str | int, kept: JSON | None = None) -> None:
        made = {"edgeID": f"{source}-{target}", "fromID": source, "toID": target, "formEdgeID": None}
        value = kept or made
        self.edges.setdefault(canonical([str(value.get("edgeID")), str(source), str(target)]), value)

    def _keep(self, residue: JSON) -> None:
        for node in residue.get("nodes", ()):
            self.nodes.setdefault(str(node.get("nodeID")), node)
        for edge in residue.get("edges", ()):
            self._edge(edge.get("fromID", ""), edge.get("toID", ""), edge)
        for name, value in residue.items():
            if name not in ("nodes", "edges"):
                before = self.others.get(name)
                both = isinstance(before, list) and isinstance(value, list)
                self.others[name] = _joined(before or [], value) if both else value

    def _dialogue(self) -> Iterator[JSON]:
        """Locutions of what was said in documents that did not come from AIF; gives their rows."""
        first: dict[str, str] = {}
        for node in self.map.nodes.values():
            for place, mention, quote in _said(self.map, node):
                said, act = f"{node.id}-L{place}", f"{node.id}-Y{place}"
                scheme = QUESTIONING if node.kind is NodeKind.QUESTION else ASSERTING
                self._made(said, f"{mention.speaker or 'Unknown'} : {quote}", "L")
                self._made(act, scheme[0], "YA", scheme)
                self._edge(said, act)
                self._edge(act, self.names[node.id])
                first.setdefault(node.id, said)
                person = self.people.setdefault(mention.speaker or "Unknown", len(self.people) + 1)
                yield {"nodeID": said, "personID": person, "timestamp": None, "start": None, "end": None}
        self._transitions(first)

    def _transitions(self, said: dict[str, str]) -> None:
        for link in self.map.links.values():
            earlier, later = said.get(link.target), said.get(link.sources[0])
            if earlier and later:
                _, _, _, act, number = LINK_SCHEMES[link.kind]
                step, anchor = f"{link.id}-T", f"{link.id}-Y"
                self._made(step, "Default Transition", "TA", ("Default Transition", "82"))
                self._made(anchor, act, "YA", (act, number))
                for source, target in ((earlier, step), (step, later), (step, anchor)):
                    self._edge(source, target)
                self._edge(anchor, self.names[link.id])

    def _made(self, name: str, text: str, kind: str, scheme: tuple[str, str] | None = None) -> None:
        named = {"scheme": scheme[0], "schemeID": scheme[1]} if scheme else {}
        self.nodes[name] = {"nodeID": name, "text": text, "type": kind, **named, **_MADE}

    def _person(self, name: str) -> JSON:
        first, _, last = name.rpartition(" ")
        return {
            "participantID": self.people[name],
            "firstname": first or last,
            "surname": last if first else "",
            **_MADE,
        }


def _joined(before: list[Any], more: list[Any]) -> list[Any]:
    known = {canonical(value) for value in before}
    return before + [value for value in more if canonical(value) not in known]
