"""Small models over a few dozen named numbers, kept as JSON so that a person can read every weight."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from pathlib import Path
from typing import Any

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
        if len(self.labels) == 1:  # candidates are ranked: by far the most frequent use
            weight = self._first.get
            return [sum([weight(name, 0.0) * value for name, value in signals.items()])]
        places, table = self._table
        rows = [places[name] for name in signals if name in places]
        values = np.array([value for name, value in signals.items() if name in places])
        scores: list[float] = (table[rows] * values[:, None]).sum(axis=0).tolist()
        return scores

    @cached_property
    def _first(self) -> dict[str, float]:
        """Signal -> its weight for the first label."""
        return {name: row[0] for name, row in self.weights.items()}

    @cached_property
    def _table(self) -> tuple[dict[str, int], Doubles]:
        """Signal -> its row in a table of all weights, shape (signals, labels)."""
        table = np.array(list(self.weights.values()), dtype=np.float64).reshape(-1, len(self.labels))
        return {name: place for place, name in enumerate(self.weights)}, table

    def probabilities(self, signals: Signals) -> dict[str, float]:
        """Label -> probability."""
        return dict(zip(self.labels, shares(self.scores(signals)), strict=True))

    def save(self, path: Path) -> None:
        """Write `encoded` as JSON, one signal a line."""
        values = self.encoded()
        rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in values["weights"].items())
        text = f'{{"labels": {json.dumps(values["labels"])},\n"weights": {{\n{rows}\n}}}}\n'
        path.write_text(text, encoding="utf-8")

    def encoded(self) -> dict[str, Any]:
        """JSON values that `decoded` reads: signals sorted, weights to four digits."""
        weights = {name: [round(weight, 4) for weight in row] for name, row in sorted(self.weights.items())}
        return {"labels": list(self.labels), "weights": weights}

    @classmethod
    def read(cls, path: Path) -> Weighing:
        """The model in a file.

        Raises:
            MiningError: the file is missing or is no model.
        """
        try:
            return cls.decoded(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MiningError(f"no trained model in {path.name}; run: argmap train") from error

    @classmethod
    def decoded(cls, values: Mapping[str, Any]) -> Weighing:
        """The model that JSON values hold: ``labels``, and ``weights`` by signal."""
        weights = {str(name): tuple(map(float, row)) for name, row in values["weights"].items()}
        return cls(tuple(map(str, values["labels"])), weights)


def shares(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities that sum to one (softmax)."""
    most = max(scores)
    powers = [exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def fitted_labels(
    samples: Sequence[Signals],
    labels: Sequence[str],
    weights: Sequence[float],
    *,
    strength: float,
    start: Weighing | None = None,
) -> Weighing:
    """A softmax regression over signals.

    Args:
        weights: how much each sample counts.
        strength: inverse of the regularisation.
        start: weights to continue from, as in `fitted_choices`.
    """
    if start is not None:
        return _continued_labels(start, samples, labels, weights, strength=strength)
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
    start: Weighing | None = None,
) -> Weighing:
    """A ranking of candidates fitted to choices (conditional logit).

    Args:
        choices: for each choice, the signals of every candidate.
        chosen: place of the right candidate of each.
        weights: how much each choice counts.
        strength: inverse of the regularisation.
        start: weights to continue from: the regularisation pulls to these and not to zero, so what the
            choices do not speak about stays as it is.

    Source: Chelba and Acero 2006 (adaptation of maximum entropy models by a Gaussian prior).
    """
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    if start is not None and not choices:
        return start
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([signals for candidates in choices for signals in candidates])
    names = [str(name) for name in vectors.get_feature_names_out()]
    old = {} if start is None else dict(start.weights)
    before = np.array([old.get(name, (0.0,))[0] for name in names])
    sizes = np.array([len(candidates) for candidates in choices])
    starts = np.cumsum(sizes) - sizes
    right = starts + np.array(chosen)
    counts = np.array(weights)

    def loss(values: Doubles) -> tuple[float, Doubles]:
        scores = matrix @ values
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        odds = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        moved = values - before
        total = 0.5 / strength * float(moved @ moved) - float(counts @ np.log(odds[right] + 1e-12))
        pulls = odds * np.repeat(counts, sizes)
        pulls[right] -= counts
        return total, moved / strength + matrix.T @ pulls

    found = minimize(loss, before, jac=True, method="L-BFGS-B")
    return Weighing(("score",), {**old, **{n: (float(w),) for n, w in zip(names, found.x, strict=True)}})


def _continued_labels(
    start: Weighing,
    samples: Sequence[Signals],
    labels: Sequence[str],
    weights: Sequence[float],
    *,
    strength: float,
) -> Weighing:
    """A softmax regression as choices between labels, whose signals carry the label's name."""
    names = sorted({*start.labels, *labels})
    crossed = [
        [{f"{label}\t{name}": value for name, value in {"bias": 1.0, **sample}.items()} for label in names]
        for sample in samples
    ]
    old = {
        f"{label}\t{name}": (weight,)
        for name, row in start.weights.items()
        for label, weight in zip(start.labels, row, strict=True)
    }
    found = fitted_choices(
        crossed,
        [names.index(label) for label in labels],
        weights,
        strength=strength,
        start=Weighing(("score",), old),
    ).weights
    signals = sorted({key.partition("\t")[2] for key in found})
    rows = {name: tuple(found.get(f"{label}\t{name}", (0.0,))[0] for label in names) for name in signals}
    return Weighing(tuple(names), rows)
