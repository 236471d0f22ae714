"""What is written to be looked at opens in the programs it is for, whatever the words in it."""

from __future__ import annotations

import io
import shutil
import subprocess
from xml.etree import ElementTree

import networkx
import pytest
from generated_maps import AWKWARD

from argmap import formats
from argmap.model import ArgumentMap, Link, LinkKind, Node, NodeKind, new_link, new_node

HOSTILE = (*AWKWARD, ']]> "end" --> ;]) {{}} |x|', "end", "subgraph x", "a" * 400, "\x01\x02", " ", "")
NODES = [new_node(list(NodeKind)[place % 4], text) for place, text in enumerate(HOSTILE)]
SUPPORT = new_link("supports", [NODES[0].id, NODES[1].id], NODES[2].id)
ATTACK = new_link("attacks", [NODES[3].id], NODES[4].id)
UNDERCUTS = [new_link("undercuts", [NODES[5].id], link.id) for link in (SUPPORT, ATTACK)]
OTHERS = [new_link(kind, [NODES[6].id], NODES[7].id) for kind in ("rephrases", "questions", "answers")]
ODD = [Node('a"b<&\n', NodeKind.CLAIM, "odd id"), Node("-->", NodeKind.CLAIM, "")]
ODD_LINK = Link("l 1", LinkKind.ATTACKS, ('a"b<&\n',), "-->")
MAP = ArgumentMap.of(nodes=[*NODES, *ODD], links=[SUPPORT, ATTACK, *UNDERCUTS, *OTHERS, ODD_LINK])
BOXES, ARROWS = len(MAP.nodes) + 4, 3 + 2 * 3 + 3 + 1


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("argument_map", [MAP, ArgumentMap()], ids=["hostile", "empty"])
def test_graphviz_draws_every_box_and_arrow(argument_map: ArgumentMap) -> None:
    """`dot` reads DOT without a complaint and draws each node and link in its colour."""
    data, _ = formats.dump(argument_map, "dot")
    done = subprocess.run(["dot", "-Tsvg"], input=data, capture_output=True, check=True)
    drawn = [element.get("class", "") for element in ElementTree.fromstring(done.stdout).iter()]

    assert done.stderr == b""
    assert sum(name.split(" ")[0] == "node" for name in drawn) == (BOXES if argument_map.nodes else 0)
    assert sum(name.split(" ")[0] == "edge" for name in drawn) == (ARROWS if argument_map.nodes else 0)
    assert (b"#3498db" in done.stdout) == bool(argument_map.nodes)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_networkx_reads_boxes_with_kinds_and_colours(name: str) -> None:
    """GEXF and GraphML are read with every box, arrow, label, kind and colour."""
    read = {"gexf": networkx.read_gexf, "graphml": networkx.read_graphml}[name]
    graph = read(io.BytesIO(formats.dump(MAP, name)[0]))
    boxes = dict(graph.nodes(data=True))

    assert len(boxes) == BOXES
    assert len({(source, target) for source, target, *_ in graph.edges}) == ARROWS - 2  # three join two boxes
    assert boxes[NODES[0].id]["kind"] == "claim"
    assert boxes[NODES[0].id]["label"] == NODES[0].text
    assert all("color" in box or "viz" in box for box in boxes.values())


def test_yed_shows_labels() -> None:
    """Every GraphML node has yEd's own label, which is the only one that yEd draws."""
    root = ElementTree.fromstring(formats.dump(MAP, "graphml")[0])
    drawn = [item.text or "" for item in root.iter("{http://www.yworks.com/xml/graphml}NodeLabel")]

    assert len(drawn) == BOXES
    assert {NODES[4].text, NODES[11].text, "supports", "undercuts"} <= set(drawn)


def test_mermaid_has_no_mark_of_its_own_in_a_label() -> None:
    """Whatever could end a label or begin a statement is written by its number."""
    lines = formats.dump(MAP, "mermaid")[0].decode().splitlines()
    labels = [line.split('["')[1].split('"]')[0] for line in lines if '["' in line]

    assert lines[0] == "flowchart BT"
    assert len(labels) == BOXES
    assert not any(set(label) & set("\"[](){}<>|`'\\%\n") for label in labels)


def test_a_markdown_report_has_every_word() -> None:
    """A report is read, not looked at: long claims and quotes stand in it whole."""
    assert "a" * 400 in formats.dump(MAP, "markdown")[0].decode()
