"""Meanings by a stand-in encoder: each text is encoded once, and neighbours are those that mean the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.errors import MiningError, MissingExtra
from argmap.knowledge_base import KnowledgeBase
from argmap.mining import embeddings, train_gold, training_maps
from argmap.mining.embeddings import Encoder, Meanings, Rows
from argmap.mining.layer import shipped
from argmap.mining.own_model import OwnModel, shipped_weights
from argmap.mining.pipeline import own_miner
from argmap.mining.train_maps import continued, reviewed
from tests.mining.samples import ROOT, dialogue

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


def test_gold_also_teaches_what_meaning_says_of_links(
    tmp_path: Path, encoder: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights learnt with a model are used with it, and without it one line says what to set."""
    (first, *_) = training_maps(ROOT / "data" / "training")
    layer = continued(shipped(), [reviewed(*first)], "stand-in")
    assert ("stand-in", True) == (layer.meanings, "alike" in layer.heads.weights)
    model, plain = (OwnModel(one, shipped_weights()) for one in (layer, replace(layer, meanings="")))
    assert model.version != plain.version
    path = tmp_path / "debate.model.json"
    model.save(path)
    encoder.encoded.clear()
    own_miner(path).mine(dialogue(("Ann", "Every car makes noise."), ("Ben", "No, the vehicle is silent.")))
    assert any("car" in text for text in encoder.encoded)
    monkeypatch.setenv(embeddings.VARIABLE, "another")
    with pytest.raises(MiningError, match="set ARGMAP_EMBEDDINGS=stand-in"):
        own_miner(path)


def test_the_model_that_is_set_is_learnt_with(
    place: str, encoder: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Training on gold weighs meanings where the environment names a model."""
    asked: list[str] = []
    monkeypatch.setattr(train_gold, "train_gold", lambda *_, meanings, **__: asked.append(meanings) or Kept())
    with KnowledgeBase(place, by="ann") as kb:
        kb.freeze("v1")
        kb.train([])
    assert ["stand-in"] == asked


class Kept:
    """A trial whose model is not kept."""

    is_kept = False


def test_embeddings_are_weighed_only_where_that_is_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways are tried on texts held out, and the better one comes first."""
    scores = {"": 0.5, "stand-in": 0.4}
    monkeypatch.setattr(
        train_gold._Texts,
        "held_out",
        lambda _, system, start, meanings: train_gold.Row(system, {"a": [scores[meanings]] * 4}),
    )
    texts = train_gold._Texts([])
    assert ["", "stand-in"] == [one for _, one in train_gold._further(texts, shipped(), "stand-in")]
    scores["stand-in"] = 0.6
    assert ["stand-in", ""] == [one for _, one in train_gold._further(texts, shipped(), "stand-in")]
    assert [""] == [one for _, one in train_gold._further(texts, shipped(), "")]
