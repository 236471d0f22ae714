"""Training further on gold: what counts as gold, what the table says, and what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.errors import DecisionError, MiningError, TrainingError, UnknownName
from argmap.knowledge_base import KnowledgeBase
from argmap.mining import training_maps
from argmap.mining.gold import gold_pairs
from argmap.mining.layer import shipped
from argmap.mining.own_model import OwnModel, own_model, remark, shipped_weights
from argmap.mining.pipeline import MINER, ArgmapMiner, own_miner
from argmap.mining.train_gold import Row, is_no_worse
from argmap.model import ArgumentMap, Status
from tests.mining.samples import ROOT, dialogue

TRAINING = ROOT / "data" / "training"


def team(place: Path, *names: str) -> KnowledgeBase:
    """A knowledge base with these careful maps."""
    kb = KnowledgeBase(place, by="ann")
    for name in names:
        kb.load((TRAINING / name).read_bytes(), path=name)
    return kb


def test_gold_is_what_people_accepted_in_texts_that_they_went_through() -> None:
    """Rejected and waiting items are not learnt from, nor is a text in which much waits."""
    ((document, gold),) = training_maps_of("comments_01.json")
    nodes = list(gold.nodes.values())
    rejected = replace(nodes[0], status=Status.REJECTED)
    some = ArgumentMap.of([document], [rejected, *nodes[1:]], gold.links.values())
    ((_, learnt),), left_out = gold_pairs(some)
    assert rejected.id not in learnt.nodes
    assert set(learnt.nodes) == set(gold.nodes) - {rejected.id}
    assert () == left_out
    waiting = [replace(node, status=Status.SUGGESTED) for node in nodes[: len(nodes) // 5]]
    many = ArgumentMap.of([document], [*nodes[len(waiting) :], *waiting], gold.links.values())
    assert ([], (document.title,)) == gold_pairs(many)


def training_maps_of(name: str) -> list[tuple[object, ArgumentMap]]:
    """The careful map of one text."""
    return [pair for pair in training_maps(TRAINING) if pair[1].nodes and name in _files(pair[0].id)]


def _files(document: str) -> set[str]:
    return {path.name for path in TRAINING.glob("*.json") if f'"{document}"' in path.read_text("utf-8")}


def test_a_model_is_worse_only_by_texts_that_the_old_one_has_not_seen() -> None:
    """What a model was trained on says nothing about it."""
    new = Row("new", {"a": [0.5], "b": [0.5]})
    assert is_no_worse(new, Row("old", {"a": [0.9], "b": [0.4]}, frozenset("a")))
    assert not is_no_worse(new, Row("old", {"a": [0.9], "b": [0.6]}, frozenset("a")))
    assert is_no_worse(new, Row("old", {"a": [0.9], "b": [0.9]}, frozenset("ab")))


def test_training_needs_gold_of_two_texts(tmp_path: Path) -> None:
    """Without a frozen version, with one text, or by a wrong name there is one line that says what to do."""
    with team(tmp_path / "debate.db", "comments_01.json") as kb:
        with pytest.raises(DecisionError, match="freeze a version first"):
            kb.train([])
        kb.freeze("v1")
        with pytest.raises(TrainingError, match="'v1' has 1"):
            kb.train([])
        with pytest.raises(UnknownName, match="v2"):
            kb.train([], frozen="v2")


def test_what_was_learnt_lies_beside_the_knowledge_base_and_is_used(tmp_path: Path) -> None:
    """A trial says what each model has seen; its weights are used under a version of their own."""
    place = tmp_path / "debate.db"
    with team(place, "comments_01.json", "comments_02.json") as kb:
        kb.freeze("v1")
        trial = kb.train([])
        assert [("shipped", 0), ("trained on the others", 0)] == [(r.system, len(r.seen)) for r in trial.rows]
        assert trial.is_kept == (trial.gain["mean"] >= 0) == (tmp_path / "debate.model.json").exists()
        trial.model.save(tmp_path / "debate.model.json")
        assert kb.miner().version == trial.model.version != MINER.version
        text = dialogue(("Ann", "Cats are quiet."), ("Ben", "No, cats scratch everything."))
        kb.add_document(text)
        assert {f"argmap@{trial.model.version}"} == {node.by for node in kb.nodes(document=text.id)}


def test_weights_learnt_since_leave_alone_what_people_went_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that waits is mined by them too when it is added again; one with decisions is not."""
    decided, waiting = (
        dialogue(("Ann", said)) for said in ("Cats are quiet pets.", "Dogs make good friends.")
    )
    mined: list[str] = []
    with KnowledgeBase(tmp_path / "debate.db", by="ann") as kb:
        for text in (decided, waiting):
            kb.add_document(text)
        kb.accept(kb.nodes(document=decided.id)[0].id)
        OwnModel(replace(shipped(), kinds=replace(shipped().kinds, weights={})), shipped_weights()).save(
            tmp_path / "debate.model.json"
        )
        mine = ArgmapMiner.mine
        monkeypatch.setattr(
            ArgmapMiner, "mine", lambda self, text: (mined.append(text.id), mine(self, text))[1]
        )
        for text in (decided, waiting):
            kb.add_document(text)
    assert [waiting.id] == mined


def test_a_model_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Weights, texts and figures come back; the same weights have the same version."""
    path = tmp_path / "debate.model.json"
    model = OwnModel(shipped(), shipped_weights(), "v1", ("d1",), {"kept": True})
    model.save(path)
    found = own_model(path)
    assert found is not None
    assert (model.frozen, model.texts, model.figures, model.version) == (
        *(found.frozen, found.texts, found.figures, found.version),
    )
    assert remark(path) is None


def test_weights_of_another_release_are_not_used(tmp_path: Path) -> None:
    """They were trained from others than those that are shipped now; a remark says so."""
    path = tmp_path / "debate.model.json"
    OwnModel(shipped(), "others").save(path)
    miner = own_miner(path)
    assert MINER.version == miner.version
    assert (remark(path),) == miner.mine(dialogue(("Ann", "Cats are quiet."))).remarks
    assert "argmap train --from-gold" in str(remark(path))
    assert remark(None) is None


@pytest.mark.parametrize("content", ["", "[]", '{"layer": 1}', "[" * 100_000, '{"start": "x", "layer": {}}'])
def test_a_broken_model_file_is_one_clear_error(tmp_path: Path, content: str) -> None:
    """Whatever the file holds, the error names it and what to do."""
    path = tmp_path / "debate.model.json"
    path.write_text(content)
    with pytest.raises(MiningError, match=r"debate\.model\.json is no model"):
        own_miner(path)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_reviewed_debate_teaches_something(tmp_path: Path) -> None:
    """Leave one text out: training further is no worse than the shipped weights made without these texts."""
    place = tmp_path / "debate.db"
    debate = ROOT / "data" / "debate" / "map.json"
    with KnowledgeBase(place, by="ann") as kb:
        kb.load(debate.read_bytes(), path=str(debate))
        kb.freeze("v1")
    result = CliRunner().invoke(main, ["--kb", str(place), "train", "--from-gold", "--json"])
    found = json.loads(result.stdout)
    assert [5, 0, 0] == [row["seen"] for row in found["rows"]]
    assert found["kept"]
    assert found["gain"]["mean"] >= 0
