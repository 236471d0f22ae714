"""The miner as a spaCy citizen, and its tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from argmap.mining import load
from argmap.mining.tokens import LONGEST_RUN, CappedTokenizer, cut_runs

TEXT = "Larger models are better because they learn more. But I don't think that they learn more."
TOKENIZER = CappedTokenizer(spacy.blank("en").tokenizer)


def test_a_doc_holds_units_kinds_and_links() -> None:
    """``doc.spans["argument"]`` are labelled units, ``doc._.links`` relations between their places."""
    doc = load()(TEXT)
    units = doc.spans["argument"]
    assert {unit.label_ for unit in units} <= {"claim", "rebuttal", "evidence", "question"}
    assert "I don't think that they learn more." in [unit.text for unit in units]
    assert doc._.links
    assert all(link.source < len(units) and link.target < len(units) for link in doc._.links)


def test_the_pipeline_survives_a_round_trip(tmp_path: Path) -> None:
    """A pipeline saved to a folder finds its components and says the same again."""
    load().to_disk(tmp_path / "saved")
    here, there = load()(TEXT), spacy.load(tmp_path / "saved")(TEXT)
    assert [unit.text for unit in there.spans["argument"]] == [unit.text for unit in here.spans["argument"]]
    assert there._.links == here._.links


def test_sentences_end_where_marks_say() -> None:
    """Abbreviations, initials and decimals end no sentence, missing spaces do not hide one."""
    doc = load()("Dr. A. Smith paid 3.5 dollars.It was too much, e.g. for me.\nNobody else paid.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Dr. A. Smith paid 3.5 dollars.",
        "It was too much, e.g. for me.",
        "Nobody else paid.",
    ]


@given(st.lists(st.sampled_from(["a" * 300, ".", " ", "(" * 257, "word", "\n", "é"])).map("".join))
def test_capped_tokens_lose_no_character(text: str) -> None:
    """Cut or not, the tokens of a text are the text."""
    assert TOKENIZER(text).text == text
    assert "".join(cut_runs(text)) == text


@pytest.mark.parametrize("length", [0, LONGEST_RUN - 1, LONGEST_RUN, LONGEST_RUN + 1, 5 * LONGEST_RUN])
def test_no_token_is_longer_than_the_cap(length: int) -> None:
    """Runs without a space are cut."""
    tokens = TOKENIZER("x" * length)
    assert max(map(len, tokens), default=0) <= LONGEST_RUN
