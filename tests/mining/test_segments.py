"""Sentences, trimming and what counts as a unit."""

from __future__ import annotations

import pytest

from argmap.mining.cues import lowered
from argmap.mining.segments import is_candidate, is_housekeeping, trimmed
from argmap.mining.sentences import is_wrapped, sentences
from argmap.mining.stretches import pieces
from argmap.model import Span


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("But the gap will close.", "the gap will close."),
        ("Um, I think models are cheap.", "models are cheap."),
        ("Well for one, we know for certain.", "we know for certain."),
        ("And, you know, it costs too much, right?", "it costs too much"),
        ("So we should wait", "we should wait"),
        ("I think so.", "I think so."),
        ("because it is informal,", "it is informal"),
    ],
)
def test_edges_are_trimmed(text: str, unit: str) -> None:
    """Connectives, fillers and tags at the edges of a unit are no part of it."""
    span = trimmed(lowered(text), Span(0, len(text)))
    assert text[span.start : span.end] == unit


@pytest.mark.parametrize("text", ["Yeah, ", "for sure.", "", "Thank you!", "Interesting."])
def test_back_channels_are_no_units(text: str) -> None:
    """Words that only keep a conversation going say nothing to support or oppose."""
    assert not is_candidate(text)


def test_housekeeping_is_known() -> None:
    """Words that run a show are told apart."""
    assert is_housekeeping("Thanks for joining us.")
    assert not is_housekeeping("Models gain no knowledge.")


def test_wrapped_lines_do_not_end_sentences() -> None:
    """In hard-wrapped text only marks end a sentence."""
    text = "the models that we have\nseen so far are not\nas good as the Large\nones are.\nThey will be."
    assert is_wrapped(text)
    assert [text[s.start : s.end].count("\n") for s in sentences(text)] == [3, 0]


def test_pieces_end_at_a_line_where_there_is_one() -> None:
    """A text longer than a piece is cut after a line, else after a sentence, else after a word."""
    text = "x" * 15_000 + "\n" + "y" * 15_000
    assert [(start, len(piece)) for start, piece in pieces(text)] == [(0, 15_001), (15_001, 15_000)]
