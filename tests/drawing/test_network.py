"""The pyvis network of a selection."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.drawing import LINK_LOOKS, NODE_LOOKS, Mark, forest
from argmap.drawing.layout import WIDTH
from argmap.drawing.network import height, label, network_data, size
from argmap.model import ArgumentMap, LinkKind, NodeKind, Status, new_node


def test_every_kind_has_its_own_look() -> None:
    """Glyph and word repeat what the colour says, for every kind of node and link."""
    assert NODE_LOOKS.keys() == set(NodeKind)
    assert LINK_LOOKS.keys() == set(LinkKind)
    assert len({(look.glyph, look.word) for look in NODE_LOOKS.values()}) == len(NodeKind)


def test_an_undercut_ends_on_the_arrow_it_attacks(debate: ArgumentMap) -> None:
    """The attacked link gets a point in its middle, and the undercut's arrow goes there."""
    data = network_data(forest(debate))
    undercut = next(link for link in debate.links.values() if link.kind is LinkKind.UNDERCUTS)
    arrows = [edge for edge in data["edges"] if edge["from"] == undercut.sources[0]]
    assert [edge["to"] for edge in arrows] == [undercut.target]
    assert undercut.target in {node["id"] for node in data["nodes"] if node["group"] == "joint"}


def test_linked_premises_join_before_they_go_on(debate: ArgumentMap) -> None:
    """Two premises that work only together share one arrow head."""
    linked = next(link for link in debate.links.values() if len(link.sources) == 2)
    edges = network_data(forest(debate))["edges"]
    assert sorted(e["from"] for e in edges if e["to"] == linked.id) == sorted(linked.sources)
    assert [e["to"] for e in edges if e["from"] == linked.id] == [linked.target]


def test_positions_are_given_and_nothing_moves(debate: ArgumentMap) -> None:
    """Physics is off and every box has its place."""
    data = network_data(forest(debate))
    assert data["options"]["physics"] is False
    assert all({"x", "y"} <= node.keys() for node in data["nodes"])


def test_every_box_is_within_the_size(debate: ArgumentMap) -> None:
    """The picture is as wide and as high as its boxes, so that a page can leave room for it."""
    boxes = [node for node in network_data(forest(debate))["nodes"] if node["group"] != "joint"]
    right = max(box["x"] + WIDTH / 2 for box in boxes)
    bottom = max(box["y"] + height(box["label"]) / 2 for box in boxes)
    assert size(forest(debate)) == pytest.approx((right, bottom), abs=1)
    assert size(forest(ArgumentMap())) == (0, 0)


def test_a_label_says_kind_status_and_what_is_cut() -> None:
    """A suggested claim says so in words, and long text is cut with an ellipsis."""
    node = new_node("claim", "word " * 200, status=Status.SUGGESTED)
    lines = label(node, 5).splitlines()
    assert lines[0] == "◆ claim · ? suggested"
    assert lines[-2].endswith("…")
    assert lines[-1] == "(+5 more)"


def test_marks_stand_in_the_box_and_colour_its_border(debate: ArgumentMap) -> None:
    """What a caller says of a claim is a line of its box, and its colours for both themes travel along."""
    selection = forest(debate)
    first = next(iter(selection.above))
    marked = replace(selection, marks={first: Mark("● Stands 0.62", "#1F7EBD", "#56B4E9")})
    boxes = {node["id"]: node for node in network_data(marked)["nodes"]}
    assert boxes[first]["label"].splitlines()[1] == "● Stands 0.62"
    assert boxes[first]["mark"] == {"light": "#1F7EBD", "dark": "#56B4E9"}
    assert [node_id for node_id, node in boxes.items() if "mark" in node] == [first]
