"""Map -> Argdown text: each node defined once under a title of its own, everything else by reference.

Linked premises and undercut inferences become premise-conclusion structures. What Argdown has no words for
(rephrasings, questions, who said it) stands in data blocks and in the front matter, so that it comes back.
"""

from __future__ import annotations

import json

from argmap.formats.argdown.reading import inferences
from argmap.formats.argdown.titles import escaped, plain, slot_text, titles
from argmap.formats.extension import KEY, spare_map, spare_node
from argmap.model import ArgumentMap, Link, LinkKind, Node
from argmap.model.codec import encoded

_SIGNS = {LinkKind.SUPPORTS: "+", LinkKind.ATTACKS: "-"}


def slot(argument_map: ArgumentMap) -> dict[str, object]:
    """Everything but the nodes: documents, attributes, links."""
    links = [encoded(link) for link in argument_map.links.values()]
    return spare_map(argument_map) | ({"links": links} if links else {})


def text_of(argument_map: ArgumentMap) -> str:
    """The map as Argdown text."""
    names = titles(argument_map.nodes.values())
    inferred = inferences(argument_map.links.values())
    blocks = []
    blocks.append(f"===\n{KEY}: {slot_text(slot(argument_map))}\n===")
    for node in argument_map.nodes.values():
        lines = [f"[{names[node.id]}]: {escaped(plain(node.text))} {_data(node)}"]
        for link in argument_map.into(node.id):
            if link.id not in inferred and link.kind in _SIGNS:
                lines += [f"  {_SIGNS[link.kind]} [{names[source]}]" for source in link.sources]
        blocks.append("\n".join(lines))
    for link in inferred.values():
        blocks += [f"<{plain(link.id)}>", _structure(link, argument_map, names)]
    return "\n\n".join(blocks) + "\n"


def _data(node: Node) -> str:
    spare = spare_node(node)
    if plain(node.text) != node.text:
        spare["text"] = node.text
    speakers = f"speaker: {json.dumps(', '.join(map(plain, node.speakers)))}, " if node.speakers else ""
    return f"{{kind: {node.kind.value}, {speakers.replace('}', ')')}{KEY}: {slot_text(spare)}}}"


def _structure(link: Link, argument_map: ArgumentMap, names: dict[str, str]) -> str:
    lines = [f"({place}) [{names[source]}]" for place, source in enumerate(link.sources, 1)]
    lines.append("----")
    for undercut in argument_map.into(link.id, "undercuts"):
        lines += [f"  <_ [{names[source]}]" for source in undercut.sources]
    lines.append(f"({len(link.sources) + 1}) [{names[link.target]}]")
    return "\n".join(lines)
