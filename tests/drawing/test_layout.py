"""Where boxes stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.drawing.layout import WIDTH, positions


def test_replies_stand_right_of_their_claim_and_around_its_middle() -> None:
    """A claim is centred on two equal replies, one column further right."""
    placed = positions({"a": None, "b": "a", "c": "a"}, {"a": 40, "b": 40, "c": 40})
    assert placed["b"][0] == placed["c"][0] > placed["a"][0] + WIDTH
    assert placed["a"][1] == (placed["b"][1] + placed["c"][1]) / 2


def test_nothing_gives_nothing() -> None:
    """An empty map has no positions."""
    assert positions({}, {}) == {}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(20, 120)), min_size=1, max_size=60))
def test_no_two_boxes_overlap(spec: list[tuple[int, int]]) -> None:
    """Whatever the forest and the heights, boxes keep apart."""
    above = {str(at): (str(up % at) if at and up % 4 else None) for at, (up, _) in enumerate(spec)}
    heights = {str(at): float(tall) for at, (_, tall) in enumerate(spec)}
    boxes = [(x, y, heights[name]) for name, (x, y) in positions(above, heights).items()]
    for at, (x, y, tall) in enumerate(boxes):
        for other_x, other_y, other_tall in boxes[at + 1 :]:
            assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= (tall + other_tall) / 2


def test_ten_thousand_levels_need_no_recursion() -> None:
    """A debate as deep as it gets is laid out all the same."""
    above = {str(at): str(at - 1) if at else None for at in range(10_000)}
    assert len(positions(above, dict.fromkeys(above, 40.0))) == 10_000
