"""Which claims are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.drawing import ego, forest, path
from argmap.errors import UnknownName
from argmap.model import ArgumentMap, new_link, new_node


def node_of(debate: ArgumentMap, text: str) -> str:
    return next(node.id for node in debate.nodes.values() if node.text.startswith(text))


def test_an_ego_map_holds_the_path_up_and_the_replies_below(debate: ArgumentMap) -> None:
    """From a rebuttal one sees what it attacks, and what bears on it."""
    rebuttal = node_of(debate, "Intelligence")
    selection = ego(debate, rebuttal)
    assert next(iter(selection.above)) == node_of(debate, "Large models")
    assert selection.above[rebuttal] == node_of(debate, "Large models")
    assert selection.above[node_of(debate, "Why?")] == rebuttal
    assert selection.hidden == {node_of(debate, "Large models"): 2}  # the evidence and what undercuts it


def test_an_undercutting_claim_hangs_where_its_link_ends(debate: ArgumentMap) -> None:
    """A claim that attacks an inference stands among the replies to the conclusion of that inference."""
    selection = ego(debate, node_of(debate, "Large models"))
    assert selection.above[node_of(debate, "SimpleQA measures")] == node_of(debate, "Large models")
    assert len(selection.argument_map.links) == len(debate.links)


def test_what_is_cut_is_counted() -> None:
    """At most `limit` boxes, and each box says how many replies it hides."""
    root = new_node("claim", "root")
    replies = [new_node("claim", f"reply {number}") for number in range(30)]
    links = [new_link("supports", [node.id], root.id) for node in replies]
    selection = ego(ArgumentMap.of([], [root, *replies], links), root.id, limit=20)
    assert (len(selection.above), selection.hidden) == (20, {root.id: 11})


def test_an_unknown_claim_is_named() -> None:
    """The error says which id is not there."""
    with pytest.raises(UnknownName, match="nowhere"):
        ego(ArgumentMap(), "nowhere")


def test_a_circle_of_claims_ends(debate: ArgumentMap) -> None:
    """Claims that support each other in a circle are drawn once each."""
    nodes = [new_node("claim", word) for word in ("a", "b", "c")]
    links = [new_link("supports", [nodes[i].id], nodes[(i + 1) % 3].id) for i in range(3)]
    ring = ArgumentMap.of([], nodes, links)
    assert set(ego(ring, nodes[0].id).above) == set(ring.nodes)
    assert set(forest(ring).above) == set(ring.nodes)
    assert len(path(ring, nodes[0].id)) == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40), st.integers(1, 20))
def test_any_graph_gives_a_forest_of_at_most_limit(pairs: list[tuple[int, int]], limit: int) -> None:
    """Every node comes after the one above it, and no more than `limit` are drawn."""
    nodes = [new_node("claim", f"claim {number}") for number in range(15)]
    links = [new_link("attacks", [nodes[a].id], nodes[b].id) for a, b in pairs if a != b]
    whole = ArgumentMap.of([], nodes, links)
    for selection in (ego(whole, nodes[0].id, limit=limit), forest(whole, limit=limit)):
        seen: set[str] = set()
        for node_id, upper in selection.above.items():
            assert upper is None or upper in seen
            seen.add(node_id)
        assert len(seen) <= limit
        assert set(selection.argument_map.nodes) == seen
