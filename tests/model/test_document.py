"""Documents, spans and maps: what can be, and what cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import ModelError
from argmap.model import (
    ArgumentMap,
    Document,
    LinkKind,
    Mention,
    Span,
    Turn,
    document_id,
    link_id,
    new_link,
    new_node,
    node_id,
)


@given(st.text(max_size=30), st.integers(-3, 40), st.integers(-3, 40))
def test_a_quote_is_the_exact_characters_or_an_error(text: str, start: int, end: int) -> None:
    """Offsets count code points, also beyond the basic plane; outside the text is a ModelError."""
    document = Document(document_id(text), "t", "essay", text)
    if 0 <= start <= end <= len(text):
        assert document.quote(start, end) == text[start:end]
    else:
        with pytest.raises(ModelError):
            document.quote(start, end)


@pytest.mark.parametrize(
    "turns", [(Turn("t", 0, 1), Turn("t", 1, 2)), (Turn("t", 0, 9),), (Turn("t", -1, 1),)]
)
def test_a_document_refuses_turns_that_cannot_be(turns: tuple[Turn, ...]) -> None:
    """Two turns of one id, and turns outside the text, are errors."""
    with pytest.raises(ModelError):
        Document("d", "t", "essay", "ab", turns)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=6), st.integers(0, 40))
def test_turn_at_finds_the_turn_that_holds_the_offset(steps: list[tuple[int, int]], offset: int) -> None:
    """`turn_at` agrees with looking at every turn."""
    turns, place = [], 0
    for number, (length, gap) in enumerate(steps):
        turns.append(Turn(f"t{number}", place, place + length))
        place += length + gap
    document = Document("d", "t", "essay", "x" * 50, tuple(turns))
    expected = next((turn for turn in turns if turn.start <= offset < turn.end), None)
    assert document.turn_at(offset) == expected


def test_spans() -> None:
    """A span is half-open and knows its overlap; a backward one cannot be."""
    assert (len(Span(2, 5)), Span(2, 5).overlap(Span(4, 9)), Span(2, 5).overlap(Span(5, 9))) == (3, 1, 0)
    with pytest.raises(ModelError):
        Span(3, 2)
    with pytest.raises(ModelError):
        Document("d", "t", "essay", "ab").turn("t9")


@given(st.permutations([Mention("d", 0, 3, "Ann"), Mention("d", 5, 9), Mention("c", 0, 3)]))
def test_ids_follow_from_content_alone(places: list[Mention]) -> None:
    """The id of a node does not depend on the order of its mentions, on who said it, or on its wording."""
    expected = node_id("claim", [Mention("c", 0, 3), Mention("d", 0, 3), Mention("d", 5, 9)])
    assert new_node("claim", "any words", places).id == expected
    assert new_node("evidence", "any words", places).id != expected
    assert new_node("claim", "a").id != new_node("claim", "b").id
    assert link_id("supports", ["a", "b"], "c") == link_id("supports", ["b", "a"], "c")
    assert link_id("supports", ["a"], "c") != link_id("attacks", ["a"], "c")


def test_a_map_answers_who_bears_on_whom() -> None:
    """`into` and `out_of` give links by end and kind; quotes are the exact words."""
    document = Document(document_id("Yes 😀 no"), "t", "essay", "Yes 😀 no")
    a = new_node("claim", "a", [Mention(document.id, 4, 5, "Ann"), Mention("gone", 0, 1)])
    b = new_node("evidence", "b", [Mention(document.id, 6, 99)])
    support, attack = new_link("supports", [b.id], a.id), new_link("attacks", [b.id], a.id)
    argument_map = ArgumentMap.of([document], [a, b], [support, attack])
    assert argument_map.into(a.id, LinkKind.SUPPORTS) == [support]
    assert {link.id for link in argument_map.out_of(b.id)} == {support.id, attack.id}
    assert argument_map.out_of(a.id) == []
    assert [quote for _, quote in argument_map.quotes(a)] == ["😀"]
    assert list(argument_map.quotes(b)) == []
    assert a.speakers == ("Ann",)
