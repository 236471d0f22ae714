"""A map as boxes and arrows, for the formats that draw: GraphML, GEXF, DOT, Mermaid.

A link is an arrow where it can be; it is a small box of its own where it has several sources or is itself
undercut, because an arrow can neither start in two places nor be pointed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from argmap.model import ArgumentMap, Link, Node

NODE_COLOURS = {
    "claim": ("#ddeef9", "#3498db"),
    "rebuttal": ("#fbdedb", "#e74c3c"),
    "evidence": ("#def8e9", "#2ecc71"),
    "question": ("#fdf6d9", "#f1c40f"),
}
LINK_COLOURS = {
    "supports": ("#def8e9", "#2ecc71"),
    "attacks": ("#fbdedb", "#e74c3c"),
    "undercuts": ("#eee3f3", "#9b59b6"),
    "rephrases": ("#fbeadb", "#e67e22"),
    "questions": ("#fdf6d9", "#b7950b"),
    "answers": ("#ddeef9", "#2471a3"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A node, or a link that needs a box; ``colours`` are fill and border."""

    id: str
    label: str
    kind: str
    colours: tuple[str, str]
    item: Node | Link


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link, or one end of a boxed link (``item`` is None)."""

    id: str
    source: str
    target: str
    kind: str
    colour: str
    item: Link | None


def is_boxed(link: Link, argument_map: ArgumentMap) -> bool:
    """Whether a link needs a box of its own."""
    return len(link.sources) != 1 or link.target not in argument_map.nodes or bool(argument_map.into(link.id))


def boxes(argument_map: ArgumentMap) -> Iterator[Box]:
    """Nodes, then boxed links, in the order of the map."""
    for node in argument_map.nodes.values():
        yield Box(node.id, node.text, node.kind.value, NODE_COLOURS[node.kind], node)
    for link in argument_map.links.values():
        if is_boxed(link, argument_map):
            yield Box(link.id, link.kind.value, link.kind.value, LINK_COLOURS[link.kind], link)


def arrows(argument_map: ArgumentMap) -> Iterator[Arrow]:
    """Every arrow, in the order of the map."""
    for link in argument_map.links.values():
        kind, colour = link.kind.value, LINK_COLOURS[link.kind][1]
        if not is_boxed(link, argument_map):
            yield Arrow(link.id, link.sources[0], link.target, kind, colour, link)
            continue
        for place, source in enumerate(link.sources):
            yield Arrow(f"{link.id}-{place}", source, link.id, kind, colour, None)
        yield Arrow(f"{link.id}-to", link.id, link.target, kind, colour, None)
