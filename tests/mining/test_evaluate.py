"""Figures of a predicted map against a careful one."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from argmap.mining.baselines import floor
from argmap.mining.evaluate import evaluate
from argmap.model import ArgumentMap, Mention, Status, new_link, new_node
from tests.mining.samples import dialogue, document

TEXT = document("x" * 200)


def made(units: list[tuple[int, int, str]], links: Sequence[tuple[str, int, int]] = ()) -> ArgumentMap:
    """A map of (start, end, kind) units and (kind, source, target) links between their places."""
    nodes = [new_node(kind, "", [Mention(TEXT.id, start, end, "Ann")]) for start, end, kind in units]
    found = [new_link(kind, [nodes[source].id], nodes[target].id) for kind, source, target in links]
    return ArgumentMap.of([TEXT], nodes, found)


def test_a_map_agrees_with_itself() -> None:
    """Equal maps have an F1 of one on every figure."""
    same = made([(0, 10, "claim"), (20, 30, "evidence")], [("supports", 1, 0)])
    names = "nodes exact|nodes|nodes+kind|kind claim|kind evidence|links|links+kind|link supports|speakers"
    found = {name: figure.f1 for name, figure in evaluate(same, same).total.items()}
    assert found == dict.fromkeys(names.split("|"), 1.0)


def test_half_of_the_characters_is_enough_and_less_is_not() -> None:
    """Intersection over union decides: 5 of 10 match, 4 of 10 do not."""
    gold = made([(0, 10, "claim")])
    assert evaluate(gold, made([(0, 5, "claim")])).total["nodes"].hits == 1
    assert evaluate(gold, made([(0, 4, "claim")])).total["nodes"].hits == 0
    assert evaluate(gold, made([(0, 5, "claim")])).total["nodes exact"].hits == 0


def test_matching_is_one_to_one() -> None:
    """Two halves of a unit count once."""
    figure = evaluate(made([(0, 10, "claim")]), made([(0, 5, "claim"), (5, 10, "claim")])).total["nodes"]
    assert (figure.hits, figure.predicted, figure.gold) == (1, 2, 1)


def test_what_was_rejected_counts_nothing() -> None:
    """Rejected nodes, and links that hang on them, are neither right nor wrong."""
    gold = made([(0, 10, "claim"), (20, 30, "claim")], [("supports", 1, 0)])
    node = new_node("claim", "", [Mention(TEXT.id, 40, 50)], status=Status.REJECTED)
    link = new_link("supports", [node.id], next(iter(gold.nodes)))
    more = ArgumentMap.of([TEXT], [*gold.nodes.values(), node], [*gold.links.values(), link])
    assert evaluate(more, gold).total == evaluate(gold, more).total == evaluate(gold, gold).total


def test_links_need_both_ends_direction_and_kind() -> None:
    """A turned link is wrong; one of another kind is right but for its kind."""
    units = [(0, 10, "claim"), (20, 30, "claim")]
    gold = made(units, [("supports", 1, 0)])
    turned = evaluate(gold, made(units, [("supports", 0, 1)])).total
    other = evaluate(gold, made(units, [("attacks", 1, 0)])).total
    assert (turned["links"].hits, other["links"].hits, other["links+kind"].hits) == (0, 1, 0)


@given(st.lists(st.tuples(st.integers(0, 150), st.integers(1, 49)), max_size=12))
def test_figures_are_shares(spans: list[tuple[int, int]]) -> None:
    """Precision, recall and F1 lie in [0, 1], and turning the maps turns precision and recall."""
    one = made([(start, start + length, "claim") for start, length in spans])
    two = made([(0, 20, "claim"), (30, 90, "claim")])
    there, back = evaluate(two, one).total.get("nodes"), evaluate(one, two).total.get("nodes")
    assert there is not None
    assert 0 <= there.precision <= 1
    if back is not None:
        assert (there.precision, there.recall) == (back.recall, back.precision)


def test_the_floor_takes_every_sentence() -> None:
    """The floor makes each sentence a claim on the one before, and lets replies attack what they answer."""
    found = floor(dialogue(("Ann", "One thing is so. Another is too."), ("Ben", "I see it. Not so.")))
    assert [node.text for node in found.nodes] == [
        "One thing is so.",
        "Another is too.",
        "I see it.",
        "Not so.",
    ]
    assert [link.kind.value for link in found.links] == ["supports", "attacks", "supports"]
