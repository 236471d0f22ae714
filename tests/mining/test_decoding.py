"""Heads that form a forest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argmap.mining.decoding import circles, forest


def test_a_circle_is_opened_at_its_weakest_place() -> None:
    """Of two units that bear on each other, the surer one keeps its head."""
    odds = [{None: 0.2, 1: 0.8}, {None: 0.4, 0: 0.6}]
    assert forest([1, 0], odds) == [1, None]


@given(st.lists(st.integers(-1, 11), min_size=12, max_size=12))
def test_no_circle_is_left(heads: list[int]) -> None:
    """Whatever is chosen, nothing bears on itself in the end."""
    chosen = [None if head in (-1, place) else head for place, head in enumerate(heads)]
    odds: list[dict[int | None, float]] = [
        {None: 0.1, head: 0.9} if head is not None else {None: 1.0} for head in chosen
    ]
    assert circles(forest(chosen, odds)) == []
