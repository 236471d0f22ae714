"""Small models over a few dozen named numbers, kept as JSON so that a person can read every weight."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.errors import MiningError
from argmap.mining.linear import TRAINED

Signals = Mapping[str, float]
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Weighing:
    """Weighted sums of signals: one sum for each label, turned into probabilities.

    Args:
        labels: what it chooses from; one label where it ranks candidates instead.
        weights: signal -> a weight for each label; signals without weights count nothing.
    """

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, signals: Signals) -> list[float]:
        """The sum for each label. Cost: linear in the signals."""
        totals = [0.0] * len(self.labels)
        for name, value in signals.items():
            for place, weight in enumerate(self.weights.get(name, ())):
                totals[place] += weight * value
        return totals

    def probabilities(self, signals: Signals) -> dict[str, float]:
        """Label -> probability."""
        return dict(zip(self.labels, shares(self.scores(signals)), strict=True))

    def save(self, path: Path) -> None:
        """Write sorted JSON, weights to four digits."""
        rows = {name: [round(w, 4) for w in weights] for name, weights in sorted(self.weights.items())}
        path.write_text(
            json.dumps({"labels": self.labels, "weights": rows}, indent=1) + "\n", encoding="utf-8"
        )

    @classmethod
    def read(cls, path: Path) -> Weighing:
        """The model in a file.

        Raises:
            MiningError: the file is missing or is no model.
        """
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            weights = {name: tuple(map(float, row)) for name, row in values["weights"].items()}
            return cls(tuple(values["labels"]), weights)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MiningError(f"no trained model in {path.name}; run: argmap train") from error


@cache
def weighing(name: str) -> Weighing:
    """The shipped model of this name, read once."""
    return Weighing.read(TRAINED / f"{name}.json")


def shares(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities that sum to one (softmax)."""
    powers = np.exp(np.array(scores) - max(scores))
    return [float(share) for share in powers / powers.sum()]


def fitted_labels(
    samples: Sequence[Signals], labels: Sequence[str], weights: Sequence[float], *, strength: float
) -> Weighing:
    """A softmax regression over signals.

    Args:
        weights: how much each sample counts.
        strength: inverse of the regularisation.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer(sparse=False)
    model = LogisticRegression(C=strength, max_iter=2000, random_state=0)
    model.fit(vectors.fit_transform([{**sample, "bias": 1.0} for sample in samples]), labels, weights)
    weighed, intercept = model.coef_, model.intercept_
    if len(weighed) == 1:  # of two labels scikit-learn weighs the second only
        weighed, intercept = np.vstack([0 * weighed, weighed]), np.array([0.0, intercept[0]])
    rows = zip(vectors.get_feature_names_out(), weighed.T, strict=True)
    found = {str(name): tuple(map(float, row)) for name, row in rows}
    found["bias"] = tuple(float(w) + float(b) for w, b in zip(found["bias"], intercept, strict=True))
    return Weighing(tuple(map(str, model.classes_)), found)


def fitted_choices(
    choices: Sequence[Sequence[Signals]],
    chosen: Sequence[int],
    weights: Sequence[float],
    *,
    prior: Mapping[str, float],
    strength: float,
) -> Weighing:
    """A ranking of candidates fitted to choices (conditional logit).

    Args:
        choices: for each choice, the signals of every candidate.
        chosen: place of the right candidate of each.
        weights: how much each choice counts.
        prior: the weights to start from and to stay near; signals without one count nothing.
        strength: how far the choices may move them.
    """
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    vectors = DictVectorizer(sparse=False)
    vectors.fit([dict(prior)])
    matrix = vectors.transform([signals for candidates in choices for signals in candidates])
    names = vectors.get_feature_names_out()
    start = np.array([prior[name] for name in names])
    ends = np.cumsum([len(candidates) for candidates in choices])
    blocks = np.split(matrix, ends[:-1])

    def loss(values: Doubles) -> tuple[float, Doubles]:
        moved = values - start
        total, slope = 0.5 / strength * float(moved @ moved), moved / strength
        for block, right, weight in zip(blocks, chosen, weights, strict=True):
            scores = block @ values
            odds = np.exp(scores - scores.max())
            odds /= odds.sum()
            total -= weight * float(np.log(odds[right] + 1e-12))
            slope = slope + weight * (odds @ block - block[right])
        return total, slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    return Weighing(("score",), {str(name): (float(w),) for name, w in zip(names, found.x, strict=True)})
