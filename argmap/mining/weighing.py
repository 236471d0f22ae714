"""Small models over a few dozen named numbers, kept as JSON so that a person can read every weight."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.errors import MiningError

Signals = Mapping[str, float]
LEAST = 3
"""Samples that must have a signal for it to be weighed."""
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
        """Write sorted JSON, one signal a line, weights to four digits."""
        rows = ",\n".join(
            f"{json.dumps(name)}: {json.dumps([round(w, 4) for w in weights])}"
            for name, weights in sorted(self.weights.items())
        )
        path.write_text(
            f'{{"labels": {json.dumps(self.labels)},\n"weights": {{\n{rows}\n}}}}\n', encoding="utf-8"
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

    counts = Counter(name for sample in samples for name in sample)
    common = [{name: sample[name] for name in sample if counts[name] >= LEAST} for sample in samples]
    vectors = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=500, tol=1e-3, random_state=0)
    model.fit(vectors.fit_transform([{**sample, "bias": 1.0} for sample in common]), labels, weights)
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
    strength: float,
) -> Weighing:
    """A ranking of candidates fitted to choices (conditional logit).

    Args:
        choices: for each choice, the signals of every candidate.
        chosen: place of the right candidate of each.
        weights: how much each choice counts.
        strength: inverse of the regularisation.
    """
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    vectors = DictVectorizer()
    matrix = vectors.fit_transform([signals for candidates in choices for signals in candidates])
    sizes = np.array([len(candidates) for candidates in choices])
    starts = np.cumsum(sizes) - sizes
    right = starts + np.array(chosen)
    counts = np.array(weights)

    def loss(values: Doubles) -> tuple[float, Doubles]:
        scores = matrix @ values
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        odds = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        total = 0.5 / strength * float(values @ values) - float(counts @ np.log(odds[right] + 1e-12))
        pulls = odds * np.repeat(counts, sizes)
        pulls[right] -= counts
        return total, values / strength + matrix.T @ pulls

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B")
    names = vectors.get_feature_names_out()
    return Weighing(("score",), {str(name): (float(w),) for name, w in zip(names, found.x, strict=True)})
