"""Meanings by a stand-in encoder: each text is encoded once, and neighbours are those that mean the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.errors import MiningError, MissingExtra
from argmap.knowledge_base import KnowledgeBase
from argmap.mining import embeddings
from argmap.mining.embeddings import Encoder, Meanings, Rows

TOPICS = (("car", "automobile", "vehicle"), ("cat", "feline", "kitten"), ("tax", "levy", "duty"))
SAID = ("An automobile is loud.", "Every car makes noise.", "A feline sleeps.", "The levy is unfair.")


class StandIn:
    """Knows three topics: a text is where its words are."""

    name = "stand-in"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Rows:
        """A row for each text."""
        self.encoded += texts
        rows = [[0.01 + sum(word in text.lower() for word in topic) for topic in TOPICS] for text in texts]
        found = np.array(rows, dtype=np.float32)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in, as the model that the environment names."""
    made = StandIn()
    monkeypatch.setenv(embeddings.VARIABLE, "stand-in")
    monkeypatch.setattr(embeddings, "encoder", lambda name: made)
    return made


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A knowledge base of four claims."""
    path = str(tmp_path / "debate.db")
    with KnowledgeBase(path, by="ann") as kb:
        for text in SAID:
            kb.claim("claim", text)
    return path


def test_the_stand_in_is_an_encoder() -> None:
    """It has what a model has."""
    found: Encoder = StandIn()
    assert (1, 3) == found.encode(["a car"]).shape


def test_each_text_is_encoded_once(tmp_path: Path) -> None:
    """Vectors outlive the program; another model's and damaged ones are made anew."""
    path, first, second = tmp_path / "v.npz", StandIn(), StandIn()
    rows = Meanings(first, path).vectors([*SAID, SAID[0]])
    assert list(SAID) == first.encoded
    assert np.array_equal(rows, Meanings(second, path).vectors([*SAID, SAID[0]]))
    assert [] == second.encoded
    other = StandIn()
    other.name = "another"
    Meanings(other, path).vectors(SAID)
    assert list(SAID) == other.encoded
    for damage in (b"", b"PK\x03\x04 no archive", b"\x80\x04."):
        path.write_bytes(damage)
        third = StandIn()
        Meanings(third, path).vectors(SAID[:1])
        assert [SAID[0]] == third.encoded


def test_search_by_meaning_finds_other_words(place: str, encoder: StandIn) -> None:
    """What shares no word with the question is found, and rejected nodes are not."""
    with KnowledgeBase(place, by="ann") as kb:
        found = kb.find_similar("My vehicle!", limit=2)
        assert {SAID[0], SAID[1]} == {node.text for node, _ in found}
        assert all(score > 0.9 for _, score in found)
        kb.reject(found[0][0].id)
        assert found[0][0].text not in {node.text for node, _ in kb.find_similar("vehicle", limit=4)}
    result = CliRunner().invoke(main, ["--kb", place, "search", "--meaning", "--limit", "1", "kitten"])
    assert SAID[2] in result.stdout


def test_the_same_point_in_other_words_is_a_candidate(place: str, encoder: StandIn) -> None:
    """Pairs that mean the same come first, whatever their words."""
    with KnowledgeBase(place) as kb:
        (pair,) = kb.find_pairs()
        assert {SAID[0], SAID[1]} == {pair.first.text, pair.second.text}
    result = CliRunner().invoke(main, ["--kb", place, "similar"])
    assert all(text in result.stdout for text in SAID[:2])


def test_without_a_model_words_are_compared(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for meanings, one line says what is needed."""
    monkeypatch.delenv(embeddings.VARIABLE, raising=False)
    with KnowledgeBase(place) as kb:
        assert [] == kb.find_pairs()
        assert [SAID[2]] == [node.text for node, _ in kb.find_similar("feline")]
        with pytest.raises(MiningError, match="ARGMAP_EMBEDDINGS"):
            kb.find_similar("feline", by_meaning=True)


def test_a_model_without_its_library_is_one_clear_line(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names a model is told what to install."""
    monkeypatch.setenv(embeddings.VARIABLE, "some/model")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with KnowledgeBase(place) as kb, pytest.raises(MissingExtra, match=r"argmap\[embeddings\]"):
        kb.find_similar("feline")
