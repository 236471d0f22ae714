"""GraphML that Gephi, yEd and networkx open with labels, kinds and colours, and that comes back whole.

Reads its own, yEd's (also as Argdown and eleatics write it) and plain GraphML. Our slot is the data key
``argmap``: JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.draft import Atom, Draft, Relation
from argmap.formats.extension import KEY, attributes_from, documents_from, spare_link, spare_map, spare_node
from argmap.formats.figure import LINK_COLOURS, Arrow, Box, arrows, boxes
from argmap.formats.soundness import checked
from argmap.formats.xml_guard import printable, refuse_hostile_xml
from argmap.model import ArgumentMap, LinkKind, Node, NodeKind

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="color" for="node" attr.name="color" attr.type="string"/>
<key id="relation" for="edge" attr.name="kind" attr.type="string"/>
<key id="edgecolor" for="edge" attr.name="color" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="argmap" for="all" attr.name="argmap" attr.type="string"/>
<key id="shape" for="node" yfiles.type="nodegraphics"/>
<key id="line" for="edge" yfiles.type="edgegraphics"/>
"""
_BOX = """<node id={id}>
<data key="label">{label}</data><data key="kind">{kind}</data><data key="color">{border}</data>
<data key="argmap">{spare}</data>
<data key="shape"><y:ShapeNode><y:Fill color="{fill}" transparent="false"/>\
<y:BorderStyle color="{border}" type="line" width="1.0"/><y:NodeLabel>{label}</y:NodeLabel>\
<y:Shape type="{shape}"/></y:ShapeNode></data>
</node>
"""
_ARROW = """<edge id={id} source={source} target={target}>
<data key="relation">{kind}</data><data key="edgecolor">{colour}</data>
<data key="weight">{weight}</data>{spare}
<data key="line"><y:PolyLineEdge><y:LineStyle color="{colour}" type="line" width="1.0"/>\
<y:Arrows source="none" target="standard"/></y:PolyLineEdge></data>
</edge>
"""


def _text(text: str) -> str:
    return escape(printable(text), {"\r": "&#13;"})


def _json(value: Any) -> str:
    return escape(json.dumps(value, sort_keys=True))


def _box(box: Box) -> str:
    spare: dict[str, Any]
    if isinstance(box.item, Node):
        spare = spare_node(box.item)
        if printable(box.label) != box.label:
            spare["text"] = box.label
    else:
        spare = spare_link(box.item) | {"order": list(box.item.sources)}
    fill, border = box.colours
    shape = "roundrectangle" if isinstance(box.item, Node) else "ellipse"
    return _BOX.format(
        id=quoteattr(printable(box.id)),
        label=_text(box.label),
        kind=box.kind,
        fill=fill,
        border=border,
        shape=shape,
        spare=_json(spare),
    )


def _arrow(arrow: Arrow) -> str:
    spare = f'<data key="argmap">{_json(spare_link(arrow.item))}</data>' if arrow.item else ""
    return _ARROW.format(
        id=quoteattr(printable(arrow.id)),
        source=quoteattr(printable(arrow.source)),
        target=quoteattr(printable(arrow.target)),
        kind=arrow.kind,
        colour=arrow.colour,
        weight=arrow.item.confidence if arrow.item else 1.0,
        spare=spare,
    )


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as GraphML; nothing is lost."""
    chunks = [_HEAD, '<graph id="map" edgedefault="directed">\n']
    if whole := spare_map(argument_map):
        chunks.append(f'<data key="argmap">{_json(whole)}</data>\n')
    chunks += map(_box, boxes(argument_map))
    chunks += map(_arrow, arrows(argument_map))
    chunks.append("</graph>\n</graphml>\n")
    return "".join(chunks).encode(), ()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _children(element: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _local(child.tag) == tag)


class _Reader:
    """One GraphML file on its way to a `Draft`."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.draft, self.untold = Draft(), 0
        self.names = {
            key.get("id", ""): key.get("attr.name") or key.get("yfiles.type") or ""
            for key in _children(root, "key")
        }

    def data(self, element: ElementTree.Element) -> dict[str, str]:
        """The data of an element by name; yEd's graphics give ``graphics`` and ``linecolor``."""
        found: dict[str, str] = {}
        for item in _children(element, "data"):
            name = self.names.get(item.get("key", ""), "")
            found[name] = item.text or ""
            if len(item):
                found["graphics"] = "\n".join(_labels(item))
                found["linecolor"] = next(
                    (e.get("color", "") for e in item.iter() if _local(e.tag) == "LineStyle"), ""
                )
        return found

    def node(self, element: ElementTree.Element) -> None:
        name, data = element.get("id", ""), self.data(element)
        label = (
            data.get("label") or data.get("Label") or data.get("graphics") or data.get("description") or name
        )
        kind = data.get("kind") or data.get("nodeType") or data.get("type", "")
        spare = guards.json_object(data[KEY].encode()) if data.get(KEY) else None
        relation = _relation_kind(kind)
        if relation:
            self.draft.relations[name] = Relation(relation, label, _others(data), spare)
            return
        text = data.get("label", label) if spare is not None else label
        exact = (spare or {}).pop("text", text)
        text = exact if printable(exact) == text else text
        known = kind if kind in {*NodeKind} else None
        self.draft.atoms[name] = Atom(text, known, attributes=_others(data), spare=spare)

    def edge(self, number: int, element: ElementTree.Element) -> None:
        draft, data = self.draft, self.data(element)
        source, target = element.get("source", ""), element.get("target", "")
        if source in draft.relations or target in draft.relations:
            draft.edge(source, target)
            return
        name = f"edge {element.get('id') or number}"
        words = [data.get(key, "") for key in ("kind", "label", "relation", "type", "graphics")]
        kind = next(filter(None, map(_relation_kind, words)), "") or _by_colour(data)
        spare = guards.json_object(data[KEY].encode()) if data.get(KEY) else None
        label = next(filter(None, words[:2]), "")
        attributes = _others(data) | ({"label": label} if label and not _relation_kind(label) else {})
        draft.relations[name] = Relation(kind or "supports", attributes=attributes, spare=spare)
        self.untold += not kind
        draft.edge(source, name)
        draft.edge(name, target)


def _labels(item: ElementTree.Element) -> Iterator[str]:
    for element in item.iter():
        if _local(element.tag).endswith("Label") and element.text and element.text.strip():
            text = element.text.strip()
            if text.startswith("<html>"):
                text = unescape(text.removeprefix("<html>").removesuffix("</html>").replace("<br/>", ""))
            yield text.strip()


_WORDS = {
    "ra": "supports",
    "ca": "attacks",
    "ma": "rephrases",
    "ra-node": "supports",
    "ca-node": "attacks",
    "ma-node": "rephrases",
    "support": "supports",
    "attack": "attacks",
    "undercut": "undercuts",
    "entails": "supports",
    "contrary": "attacks",
    "contradictory": "attacks",
} | {kind.value: kind.value for kind in LinkKind}


def _relation_kind(word: str) -> str:
    return _WORDS.get(word.strip().casefold(), "")


def _by_colour(data: dict[str, str]) -> str:
    """What an unnamed arrow's colour means, as Argdown and AIFdb draw it; empty where it means nothing."""
    colour = data.get("linecolor", "").casefold()
    if colour in ("#ff0000", "#e74c3c", LINK_COLOURS["attacks"][1]):
        return "attacks"
    if colour in ("#800080", "#9b59b6"):
        return "undercuts"
    return "supports" if colour in ("#00ff00", "#2ecc71") else ""


def _others(data: dict[str, str]) -> dict[str, str]:
    ours = {KEY, "label", "kind", "color", "graphics", "linecolor", "nodegraphics", "edgegraphics", ""}
    return {name: value for name, value in data.items() if name not in ours and value.strip()}


def load(data: bytes) -> Loaded:
    """The map of a GraphML file.

    Raises:
        FormatError: not GraphML, or hostile.
    """
    text = guards.decoded(data).encode()
    refuse_hostile_xml(text)
    root = ElementTree.fromstring(text)
    reader, spare = _Reader(root), {}
    for graph in root.iter():
        if _local(graph.tag) == "graph":
            for node in _children(graph, "node"):
                reader.node(node)
            if whole := reader.data(graph).get(KEY):
                spare = guards.json_object(whole.encode())
    for number, edge in enumerate(e for e in root.iter() if _local(e.tag) == "edge"):
        reader.edge(number, edge)
    draft = reader.draft
    if reader.untold:
        draft.warnings.append(f"{reader.untold} edges of no known relation are taken as support")
    draft.finish()
    found = ArgumentMap.of(
        documents_from(spare), draft.nodes.values(), draft.all_links(), attributes_from(spare)
    )
    return checked(found), tuple(draft.warnings)


def sniff(data: bytes) -> bool:
    """Whether the root is ``graphml``."""
    return b"<graphml" in data[:65536]


FORMAT = FileFormat("graphml", ".graphml", "application/graphml+xml", dump, load, sniff)
