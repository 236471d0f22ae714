"""Models that are plain data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from argmap.errors import MiningError
from argmap.mining.linear import TRAINED, LinearModel, fitted
from argmap.mining.weighing import Weighing, fitted_choices, fitted_labels


def test_a_linear_model_learns_and_survives_storage(tmp_path: Path) -> None:
    """What was fitted tells the labels apart, says nearly the same when read again, and is written alike."""
    samples, labels = [("good", "film"), ("bad", "film")] * 5, ["yes", "no"] * 5
    model = fitted(samples, labels)
    assert model.chance(("good",)) > 0.5 > model.chance(("bad",))
    model.save(tmp_path / "one.npz")
    again = LinearModel.read(tmp_path / "one.npz")
    assert np.allclose(again.probabilities(("good",)), model.probabilities(("good",)), atol=1e-2)
    again.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_weighing_learns_and_survives_storage(tmp_path: Path) -> None:
    """Signals are weighed as the labels say, and the weights are JSON."""
    model = fitted_labels([{"loud": 1.0}, {"loud": 0.0}] * 5, ["a", "b"] * 5, [1.0] * 10, strength=10.0)
    model.save(tmp_path / "model.json")
    assert Weighing.read(tmp_path / "model.json").probabilities({"loud": 1.0, "bias": 1.0})["a"] > 0.5


def test_choices_rank_what_was_chosen_first() -> None:
    """Candidates like those that were chosen score above the others."""
    choices = [[{"near": 1.0}, {"far": 1.0}]] * 20
    model = fitted_choices(choices, [1] * 20, [1.0] * 20, strength=1.0)
    assert model.scores({"far": 1.0}) > model.scores({"near": 1.0})


def test_training_further_keeps_what_the_new_samples_do_not_speak_about() -> None:
    """Weights of absent signals and labels stay as they are; those of present ones move to what is seen."""
    start = Weighing(("a", "b"), {"loud": (1.0, -1.0), "old": (0.5, -0.5), "bias": (0.0, 0.0)})
    model = fitted_labels([{"loud": 1.0}] * 9, ["c"] * 9, [1.0] * 9, strength=1.0, start=start)
    assert (0.5, -0.5, 0.0) == model.weights["old"]
    assert ("a", "b", "c") == model.labels
    assert model.probabilities({"loud": 1.0, "bias": 1.0})["c"] > 0.5
    none = fitted_labels([], [], [], strength=1.0, start=start)
    assert start.weights == none.weights


def test_a_file_that_is_no_model_is_a_mining_error(tmp_path: Path) -> None:
    """Missing and broken files say which file, and what makes it anew."""
    (tmp_path / "broken.npz").write_bytes(b"no arrays")
    (tmp_path / "broken.json").write_text("[]")
    for path in (tmp_path / "none.npz", tmp_path / "broken.npz"):
        with pytest.raises(MiningError, match=path.name):
            LinearModel.read(path)
    for path in (tmp_path / "none.json", tmp_path / "broken.json"):
        with pytest.raises(MiningError, match=path.name):
            Weighing.read(path)


def test_the_shipped_weights_are_small() -> None:
    """The argument layer's own weights take at most 5 MB."""
    assert sum(path.stat().st_size for path in TRAINED.glob("*.*")) <= 5_000_000
