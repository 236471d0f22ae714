"""Agreement figures: by hand, at their ends, and as the comparison of maps counts."""

from __future__ import annotations

import random

import krippendorff
import numpy as np
import pytest
from debates import LONG, document, marked, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.annotation.agreement import Measure, agreement
from argmap.mining.evaluate import evaluate
from argmap.model import ArgumentMap, Turn, new_link, new_node

TEXT = document(6)
KINDS = ["claim", "rebuttal", "evidence", "question"]
UNITS = [(0, 10, "claim"), (20, 40, "evidence"), (40, 60, "claim"), (70, 80, "question"), (80, 90, "claim")]
LINKS = [("supports", 1, 0), ("attacks", 2, 0), ("answers", 4, 3)]


def figures(*maps: ArgumentMap, draws: int = 50) -> dict[str, Measure]:
    """Measures by name, of annotators a, b, c ... and of nothing but all of them."""
    found = agreement(dict(zip("abcdef", maps, strict=False)), draws=draws)
    return {measure.name: measure for measure in found if len(measure.annotators) == len(maps)}


def values(*maps: ArgumentMap) -> dict[str, float | None]:
    return {name: measure.value for name, measure in figures(*maps, draws=1).items()}


def test_identity() -> None:
    """Whoever says the same agrees wholly, two of them and three."""
    one = marked(TEXT, UNITS, LINKS)
    two, three = values(one, one), values(one, one, one)
    assert set(two.values()) == set(three.values()) == {1.0}
    assert ("kinds cohen" in two, "kinds fleiss" in three) == (True, True)


def test_by_hand() -> None:
    """Five units against four: four match, the last two of those with 15 and 10 of 20 characters in common.

    Of the links, one of two is among the other's three.
    """
    one = marked(TEXT, UNITS, [("supports", 1, 0), ("attacks", 2, 0)])
    spans = [(0, 10, "claim"), (20, 40, "claim"), (45, 60, "claim"), (80, 100, "claim")]
    other = marked(TEXT, spans, [("supports", 1, 0), ("supports", 2, 0), ("attacks", 3, 0)])
    found = figures(one, other)
    assert found["units f1"].value == 8 / 9
    assert found["links f1"].value == 2 * 1 / 5
    assert (found["units f1"].items, found["links f1"].items, found["kinds alpha"].items) == (9, 5, 4)
    # kinds of the four pairs: claim claim, evidence claim, claim claim, claim claim
    assert found["kinds cohen"].value == 0.0
    assert found["kinds alpha"].value == 1 - 7 * 2 / (2 * 7 * 1)
    # targets: nothing nothing, supports-0 supports-0, attacks-0 supports-0, nothing attacks-0
    margins = np.array([3, 3, 2])
    assert found["links alpha"].value == pytest.approx(1 - 7 * 4 / (64 - (margins**2).sum()))


def test_characters_as_krippendorff() -> None:
    """Alpha over characters is alpha of all the characters one by one."""
    one, other = UNITS, [(0, 15, "claim"), (20, 40, "rebuttal"), (50, 60, "claim"), (100, 110, "claim")]
    rows = np.zeros((2, 6 * LONG))
    for row, spans in enumerate((one, other)):
        for start, end, kind in spans:
            rows[row, start:end] = 1 + KINDS.index(kind)
    found = values(marked(TEXT, one), marked(TEXT, other))
    expected = krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal")
    binary = krippendorff.alpha(reliability_data=np.minimum(rows, 1), level_of_measurement="nominal")
    assert found["units alpha"] == pytest.approx(expected)
    assert found["boundaries alpha"] == pytest.approx(binary)


def test_direction_and_kind_count() -> None:
    """A link the other way round, or of another kind, is no link in common."""
    one = marked(TEXT, UNITS, [("supports", 1, 0)])
    assert values(one, marked(TEXT, UNITS, [("supports", 0, 1)]))["links f1"] == 0.0
    assert values(one, marked(TEXT, UNITS, [("attacks", 1, 0)]))["links f1"] == 0.0


def undercutting(kind: str) -> ArgumentMap:
    nodes = [unit(TEXT, *span) for span in UNITS]
    aimed = new_link(kind, [nodes[1].id], nodes[0].id)
    return ArgumentMap.of([TEXT], nodes, [aimed, new_link("undercuts", [nodes[2].id], aimed.id)])


def test_undercuts() -> None:
    """Undercuts of links with the same ends are the same, whatever the kind of those."""
    assert values(undercutting("supports"), undercutting("supports"))["links f1"] == 1.0
    assert values(undercutting("supports"), undercutting("attacks"))["links f1"] == 0.5


def test_nodes_without_mentions() -> None:
    """An issue in own words is the same for everybody who has it."""
    issue, claim = new_node("question", "Is it so?"), unit(TEXT, 0, 10)
    one = ArgumentMap.of([TEXT], [issue, claim], [new_link("answers", [claim.id], issue.id)])
    assert values(one, one)["links f1"] == 1.0


def test_too_few() -> None:
    """Below five segments there is no number, whatever they hold; at five there is."""
    few, enough = document(4), document(5)
    units = [(0, 10, "claim"), (20, 30, "evidence")]
    for measure in figures(marked(few, units), marked(few, units)).values():
        assert (measure.value, measure.low, measure.high, measure.too_few) == (None, None, None, True)
        assert measure.segments == 4
    assert figures(marked(enough, units), marked(enough, units))["units f1"].value == 1.0


def test_only_what_all_did() -> None:
    """A document that one of them did not touch counts for nothing: no missing units in it."""
    other = document(7, salt="other")
    one = marked(TEXT, UNITS, LINKS)
    both = ArgumentMap.of([TEXT, other], [*one.nodes.values(), unit(other, 0, 10)], [*one.links.values()])
    found = figures(one, both)
    assert {measure.value for measure in found.values()} == {1.0}
    assert {measure.segments for measure in found.values()} == {6}
    third = figures(one, both, marked(other, [(0, 10, "claim")]))
    assert {measure.segments for measure in third.values()} == {0}


def test_repeated_turns_are_no_segments() -> None:
    """A turn that repeats another is not a segment of its own."""
    turns = (*TEXT.turns[:5], Turn("t6", 100, 120, repeat_of="t1"))
    repeating = type(TEXT)(TEXT.id, TEXT.title, TEXT.genre, TEXT.text, turns)
    assert figures(marked(repeating, UNITS), marked(repeating, UNITS))["units f1"].segments == 5


def test_pairs_and_all() -> None:
    """Three annotators: every two of them, then all."""
    maps = {name: marked(TEXT, UNITS, LINKS) for name in "cab"}
    groups = list(dict.fromkeys(measure.annotators for measure in agreement(maps, draws=5)))
    assert groups == [("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")]


def test_all_of_three() -> None:
    """Over all, F1 is pooled over the pairs, and kinds are compared on what all three marked."""
    one = marked(TEXT, UNITS, LINKS)
    missing = marked(TEXT, UNITS[1:])
    found = figures(one, one, missing)
    assert found["units f1"].value == (2 * 5 + 2 * 4 + 2 * 4) / (10 + 9 + 9)
    assert found["kinds fleiss"].items == 4


def test_nobody() -> None:
    """Without two annotators there is nothing to measure."""
    assert agreement({}) == agreement({"a": marked(TEXT, UNITS)}) == []


def test_interval() -> None:
    """An interval holds its figure, and is the same every time."""
    rng = random.Random(1)
    text = document(60)
    one = [(start, start + 10, rng.choice(KINDS)) for start in range(0, 60 * LONG, LONG)]
    other = [(start, end, kind if rng.random() < 0.7 else "claim") for start, end, kind in one]
    first, again = (figures(marked(text, one), marked(text, other), draws=400) for _ in range(2))
    assert first == again
    measure = first["kinds alpha"]
    assert measure.low < measure.value < measure.high
    assert 0.1 < measure.high - measure.low < 0.5


def test_independence() -> None:
    """Two who mark at random agree no more than by chance: the interval holds 0."""
    rng = random.Random(7)
    text = document(2000)

    def at_random() -> ArgumentMap:
        spans = [
            (start, start + 20, rng.choice(KINDS))
            for start in range(0, 2000 * LONG, 20)
            if rng.random() < 0.5
        ]
        links = [("supports", n, rng.randrange(len(spans))) for n in range(len(spans))]
        return marked(text, spans, [link for link in links if link[1] != link[2]])

    found = figures(at_random(), at_random(), draws=100)
    for name in ("units alpha", "boundaries alpha", "kinds cohen", "kinds alpha", "links alpha"):
        assert abs(found[name].value) < 0.1, name
        assert found[name].low < 0.05, name
    assert found["links f1"].value < 0.05


SPANS = st.lists(
    st.tuples(st.integers(0, 5 * LONG), st.integers(4, 18), st.sampled_from(KINDS)), min_size=1, max_size=8
)
ENDS = st.lists(
    st.tuples(st.sampled_from(["supports", "attacks"]), st.integers(0, 7), st.integers(0, 7)), max_size=6
)


@st.composite
def maps(draw: st.DrawFn) -> ArgumentMap:
    """Units that do not overlap and stay in their turns, with links."""
    spans: list[tuple[int, int, str]] = []
    for start, length, kind in sorted(draw(SPANS)):
        end = min(start + length, (start // LONG + 1) * LONG)
        if not spans or start >= spans[-1][1]:
            spans.append((start, end, kind))
    size = len(spans)
    links = {
        (kind, one % size, other % size) for kind, one, other in draw(ENDS) if one % size != other % size
    }
    return marked(TEXT, spans, sorted(links))


@given(maps(), maps())
@settings(max_examples=60)
def test_symmetry(one: ArgumentMap, other: ArgumentMap) -> None:
    """It does not matter who is named first."""
    assert values(one, other) == pytest.approx(values(other, one), nan_ok=True)


@given(maps())
@settings(max_examples=30)
def test_nobody_agrees_better_than_with_themselves(one: ArgumentMap) -> None:
    """With oneself every figure is 1, where it is defined."""
    assert set(values(one, one).values()) <= {1.0, None}


@given(maps(), maps())
@settings(max_examples=60)
def test_as_evaluate_counts(one: ArgumentMap, other: ArgumentMap) -> None:
    """F1 between annotators is F1 of a predicted map against a careful one."""
    found, scores = values(one, other), evaluate(one, other).total
    assert found["units f1"] == pytest.approx(scores["nodes"].f1)
    assert (found["links f1"] or 0.0) == pytest.approx(scores["links+kind"].f1)
