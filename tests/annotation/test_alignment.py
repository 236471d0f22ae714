"""Units are put side by side by segment, one to one."""

from __future__ import annotations

from debates import LONG, document, marked
from hypothesis import given
from hypothesis import strategies as st

from argmap.annotation.alignment import Alignment, Classes, segments_of, units_in
from argmap.model import Span
from argmap.model.comparison import matched, overlapping

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12).map(
    lambda spans: sorted(Span(start, start + length) for start, length in spans)
)


def test_match_at_a_half() -> None:
    """Half of the characters that either covers is enough, less is not, and the closest wins."""
    assert matched([Span(0, 10)], [Span(0, 20)]) == [(0, 0)]
    assert matched([Span(0, 10)], [Span(0, 21)]) == []
    assert matched([Span(0, 10)], [Span(0, 8), Span(0, 9)]) == [(0, 1)]


@given(SPANS, SPANS)
def test_matched_is_one_to_one_and_symmetric(one: list[Span], other: list[Span]) -> None:
    """No span is matched twice, and the other side matches as many."""
    pairs, back = matched(one, other), matched(other, one)
    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    assert sorted((one[here], other[there]) for here, there in pairs) == sorted(
        (one[here], other[there]) for there, here in back
    )


@given(SPANS, SPANS)
def test_overlapping_finds_all(one: list[Span], other: list[Span]) -> None:
    """All pairs with a character in common, and no other."""
    expected = {
        (here, there)
        for here, span in enumerate(one)
        for there, another in enumerate(other)
        if span.overlap(another)
    }
    assert set(overlapping(one, other)) == expected


def test_segments() -> None:
    """Turns; the whole text where there are none."""
    assert [segment.start for segment in segments_of(document(3))] == [0, LONG, 2 * LONG]
    assert [(segment.start, segment.end) for segment in segments_of(document(0))] == [(0, LONG)]


def test_units_between_turns() -> None:
    """A unit is in the segment where it starts, or in the one before; before the first it is in the first."""
    text = document(3)
    segments = segments_of(text)[1:2] + segments_of(text)[2:]
    found = units_in(marked(text, [(0, 5, "claim"), (25, 30, "claim"), (45, 50, "claim")]), segments)
    assert [[unit.span.start for unit in units] for units in found] == [[0, 25], [45]]


def test_together_needs_all_to_match_each_other() -> None:
    """A chain of matches is not enough: the first and the last must match too."""
    text = document(1)
    maps = {
        name: marked(text, [(start, start + 9, "claim")]) for name, start in (("a", 0), ("b", 3), ("c", 6))
    }
    assert list(Alignment(maps).together()) == []
    assert len(list(Alignment({name: maps[name] for name in "ab"}).together())) == 1


def test_classes() -> None:
    """What was joined by way of others is the same; what was not is not."""
    classes = Classes()
    for one, other in [(1, 2), (3, 4), (2, 3), (5, 5)]:
        classes.join(one, other)
    assert len({classes.of(number) for number in (1, 2, 3, 4)}) == 1
    assert classes.of(5) != classes.of(1)
