"""Linear models over named features: trained by scikit-learn, stored as plain arrays, read without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.errors import MiningError

TRAINED = Path(__file__).parent / "trained"
Floats = NDArray[np.float32]
Sample = Sequence[str]


@dataclass(frozen=True)
class LinearModel:
    """A softmax over sums of feature weights, each sample scaled to length one.

    Args:
        labels: what it chooses from.
        places: feature -> row of ``weights``; features it does not know count nothing.
        weights: shape (features, labels).
        bias: shape (labels,).
    """

    labels: tuple[str, ...]
    places: dict[str, int]
    weights: Floats
    bias: Floats

    def scores(self, sample: Iterable[str]) -> Floats:
        """Log-odds of each label, shape (labels,). Cost: linear in the features of the sample."""
        found = map(self.places.get, sample)
        rows = [row for row in found if row is not None]
        if not rows:
            return self.bias
        total: Floats = self.weights[rows].sum(axis=0) / len(rows) ** 0.5 + self.bias
        return total

    def probabilities(self, sample: Iterable[str]) -> Floats:
        """Probability of each label, shape (labels,)."""
        scores = self.scores(sample)
        powers = np.exp(scores - scores.max())
        shares: Floats = powers / powers.sum()
        return shares

    def chance(self, sample: Iterable[str]) -> float:
        """Probability of the last label."""
        return float(self.probabilities(sample)[-1])

    def save(self, path: Path) -> None:
        """Write plain arrays; the same model gives the same bytes."""
        np.savez_compressed(
            path,
            labels=np.frombuffer("\n".join(self.labels).encode(), dtype=np.uint8),
            features=np.frombuffer("\n".join(self.places).encode(), dtype=np.uint8),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )

    @classmethod
    def read(cls, path: Path) -> LinearModel:
        """The model in a file.

        Raises:
            MiningError: the file is missing or is no model.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                labels, features = (
                    bytes(arrays[name]).decode().split("\n") for name in ("labels", "features")
                )
                weights = arrays["weights"].astype(np.float32)
                bias = arrays["bias"].astype(np.float32)
        except (OSError, ValueError, KeyError) as error:
            raise MiningError(f"no trained model in {path.name}; run: argmap train") from error
        return cls(tuple(labels), {name: place for place, name in enumerate(features)}, weights, bias)


@cache
def trained(name: str) -> LinearModel:
    """The shipped model of this name, read once."""
    return LinearModel.read(TRAINED / f"{name}.npz")


def fitted(
    samples: Sequence[Sample],
    labels: Sequence[str],
    *,
    strength: float = 10.0,
    least: int = 3,
    balanced: bool = False,
) -> LinearModel:
    """A logistic regression fitted to samples.

    Args:
        samples: names of the features that each sample has.
        labels: the right label of each.
        strength: inverse of the regularisation (scikit-learn's C).
        least: features seen in fewer samples are left out.
        balanced: rare labels count as much as common ones.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    counter = CountVectorizer(analyzer=dict.fromkeys, min_df=least, dtype=np.float32)  # each once, in order
    matrix = normalize(counter.fit_transform(samples))
    model = LogisticRegression(
        C=strength, max_iter=300, random_state=0, class_weight="balanced" if balanced else None
    )
    model.fit(matrix, labels)
    names = counter.get_feature_names_out()
    coefficients, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if coefficients.shape[1] == 1:
        coefficients = np.hstack([np.zeros_like(coefficients), coefficients])
        bias = np.array([0.0, bias[0]], dtype=np.float32)
    places = {str(name): place for place, name in enumerate(names)}
    return LinearModel(tuple(map(str, model.classes_)), places, coefficients, bias)
