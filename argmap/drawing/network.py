"""A selection as a pyvis network: boxes with words, arrows with signs, no physics.

Stock pyvis output is neither safe nor offline (a title with ``href`` in it turns all titles into HTML, and
its template loads from a CDN), so pyvis makes the network here and nothing else: see `argmap.drawing.page`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from argmap.drawing.conventions import LINK_LOOKS, NODE_LOOKS, STATUS_GLYPHS, Look
from argmap.drawing.layout import WIDTH, midpoint, positions
from argmap.drawing.selection import Mark, Selection, conclusion
from argmap.model import ArgumentMap, Link, LinkKind, Node, Status

if TYPE_CHECKING:
    from pyvis.network import Network

TYPE = 15  # pixels
LINE_LENGTH = 32  # characters of this type that fit a box
MOST_LINES = 5
LINE_HEIGHT = 16
MARGIN = 9

OPTIONS: Mapping[str, Any] = {
    "physics": False,
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hideEdgesOnDrag": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 250,
    },
    "nodes": {
        "shape": "box",
        "borderWidth": 2,
        "borderWidthSelected": 4,
        "margin": MARGIN,
        "widthConstraint": {"minimum": WIDTH - 2 * MARGIN},
        "font": {
            "size": TYPE,
            "face": "Arial, Liberation Sans, sans-serif",
            "align": "left",
        },
        "labelHighlightBold": False,
    },
    "edges": {
        "width": 2,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}},
        "font": {"size": 20, "face": "Arial, sans-serif", "strokeWidth": 6, "align": "horizontal"},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.85},
    },
}


def label(node: Node, hidden: int = 0, mark: Mark | None = None) -> str:
    """What a box says: kind, status where not settled, its mark, the claim in a few lines, what is cut."""
    look = NODE_LOOKS[node.kind]
    status = "" if node.status is Status.ACCEPTED else f" · {STATUS_GLYPHS[node.status]} {node.status.value}"
    said = [mark.words] if mark else []
    lines = textwrap.wrap(
        node.text, LINE_LENGTH, max_lines=MOST_LINES, placeholder=" …", break_long_words=True
    )
    more = [f"(+{hidden} more)"] if hidden else []
    return "\n".join([f"{look.glyph} {look.word}{status}", *said, *lines, *more])


def height(text: str) -> float:
    """Pixels that a box with this label takes."""
    return (text.count("\n") + 1) * LINE_HEIGHT + 2 * MARGIN


def _laid_out(selection: Selection) -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    """The words of every box, and its centre."""
    nodes, marks, hidden = selection.argument_map.nodes, selection.marks, selection.hidden
    labels = {n: label(nodes[n], hidden.get(n, 0), marks.get(n)) for n in selection.above}
    return labels, positions(selection.above, {n: height(text) for n, text in labels.items()})


def size(selection: Selection) -> tuple[float, float]:
    """Width and height that the boxes of a selection take, in pixels at full size."""
    labels, places = _laid_out(selection)
    right = max((x + WIDTH / 2 for x, _ in places.values()), default=0.0)
    return right, max((places[n][1] + height(text) / 2 for n, text in labels.items()), default=0.0)


def network(selection: Selection) -> Network:
    """The pyvis network of a selection; ids are those of nodes and links.

    Undercuts end on the middle of the arrow they attack, and linked premises meet before they go on as one
    arrow: in both cases the middle is a small point whose id is that of the link.
    """
    from pyvis.network import Network as PyvisNetwork

    drawn = PyvisNetwork(directed=True)
    drawn.options = dict(OPTIONS)
    part, marks = selection.argument_map, selection.marks
    labels, places = _laid_out(selection)
    for node_id, (x, y) in places.items():
        _add_box(drawn, part.nodes[node_id], labels[node_id], (x, y), in_focus=node_id == selection.focus)
        if node_id in marks:
            drawn.node_map[node_id]["mark"] = {"light": marks[node_id].light, "dark": marks[node_id].dark}
    joints = {link.id for link in part.links.values() if _needs_joint(part, link)}
    for link_id, place in _joint_places(part, joints, places).items():
        drawn.add_node(link_id, label=" ", shape="dot", size=4, x=place[0], y=place[1], group="joint")
    for link in part.links.values():
        _add_arrows(drawn, link, joints)
    return drawn


def _add_box(drawn: Network, node: Node, text: str, place: tuple[float, float], *, in_focus: bool) -> None:
    drawn.add_node(
        node.id,
        label=text,
        shape="box",
        group=node.kind.value,
        title=_tooltip(node),
        x=round(place[0]),
        y=round(place[1]),
        borderWidth=4 if in_focus else 2,
        shapeProperties={"borderRadius": 12 if node.kind == "evidence" else 4, "borderDashes": _dashes(node)},
    )


def _tooltip(node: Node) -> str:
    """Plain text: vis-network shows string titles by ``innerText``."""
    speakers = ", ".join(node.speakers)
    return textwrap.fill(node.text, 70) + (f"\n— {speakers}" if speakers else "")


def _dashes(node: Node) -> list[int] | bool:
    """Dotted while it is only suggested, dashed where the kind says so."""
    if node.status is Status.SUGGESTED:
        return [2, 3]
    return [8, 4] if NODE_LOOKS[node.kind].dashed else False


def _needs_joint(part: ArgumentMap, link: Link) -> bool:
    return len(link.sources) > 1 or bool(part.into(link.id))


def _joint_places(
    part: ArgumentMap, joints: set[str], places: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[int, int]]:
    """Halfway between the sources of a link and the node it bears on in the end."""
    found = {}
    for link_id in sorted(joints):
        link = part.links[link_id]
        end = conclusion(part, link)
        if end is not None:
            x, y = midpoint([midpoint([places[source] for source in link.sources]), places[end.id]])
            found[link_id] = (round(x), round(y))
    return found


def _add_arrows(drawn: Network, link: Link, joints: set[str]) -> None:
    look = LINK_LOOKS[link.kind]
    if link.id not in joints:
        for source in link.sources:
            _add_arrow(drawn, source, link.target, link, look)
        return
    for source in link.sources:
        drawn.add_edge(source, link.id, kind=link.kind.value, dashes=_line(link, look), arrows="")
    _add_arrow(drawn, link.id, link.target, link, look)


def _add_arrow(drawn: Network, source: str, target: str, link: Link, look: Look) -> None:
    drawn.add_edge(
        source,
        target,
        id=f"arrow:{link.id}",
        kind=link.kind.value,
        dashes=_line(link, look),
        label=look.glyph,
        title=f"{look.word} ({link.status.value})",
    )


def _line(link: Link, look: Look) -> list[int] | bool:
    if link.status is Status.SUGGESTED and link.kind is not LinkKind.ATTACKS:
        return [2, 4]
    return [9, 5] if look.dashed else False


def network_data(selection: Selection) -> dict[str, Any]:
    """The nodes, edges and options of the network as JSON values, and what is in focus."""
    nodes, edges, _, _, _, _ = network(selection).get_network_data()
    return {"nodes": nodes, "edges": edges, "options": dict(OPTIONS), "focus": selection.focus}
