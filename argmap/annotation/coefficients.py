"""Agreement coefficients of labels and of counts, each as published.

Labels are whole numbers from 0, an array of (items, annotators); -1 stands for an annotator who gave none.
Each item has a weight, which says how often it counts. A coefficient is None where it is not defined.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Weights = NDArray[np.float64]

_NOTHING = 1e-12


def nominal_alpha(labels: Labels, weights: Weights) -> float | None:
    """Krippendorff's alpha for nominal labels; not defined where all labels are alike.

    Source: Krippendorff 2019, Content Analysis, 4th edition, chapter 12.
    Cost: linear in the labels, for each pair of annotators.
    """
    given = labels >= 0
    raters = given.sum(axis=1)
    weights = np.where(raters > 1, weights, 0.0)
    observed = 2 * float(np.sum(weights * _differing_pairs(labels) / np.maximum(raters - 1, 1)))
    margins = np.bincount(labels[given], weights=np.repeat(weights, raters)) if given.any() else np.zeros(1)
    total = float(margins.sum())
    expected = total**2 - float(np.sum(margins**2))
    return 1 - (total - 1) * observed / expected if expected > _NOTHING else None


def cohen_kappa(labels: Labels, weights: Weights) -> float | None:
    """Cohen's kappa of two annotators who labelled every item; not defined where chance agreement is total.

    Source: Cohen 1960, Educational and Psychological Measurement 20(1).
    """
    size = int(labels.max(initial=0)) + 1
    one, other = (np.bincount(labels[:, side], weights=weights, minlength=size) for side in (0, 1))
    return _beyond_chance(labels, weights, float(one @ other))


def fleiss_kappa(labels: Labels, weights: Weights) -> float | None:
    """Fleiss' kappa of annotators who all labelled every item; not defined where chance agreement is total.

    Source: Fleiss 1971, Psychological Bulletin 76(5).
    """
    raters = labels.shape[1]
    margins = np.bincount(labels.ravel(), weights=np.repeat(weights, raters)) / raters
    return _beyond_chance(labels, weights, float(margins @ margins))


def f1(hits: Weights, sizes: Weights, weights: Weights) -> float | None:
    """F1 of two sets: twice what is in both over the sizes of both; not defined where both are empty.

    Source: Hripcsak and Rothschild 2005, JAMIA 12(3): kappa without a count of true negatives comes to this.
    """
    size = float(sizes @ weights)
    return 2 * float(hits @ weights) / size if size else None


def _beyond_chance(labels: Labels, weights: Weights, by_chance: float) -> float | None:
    """(observed - expected) / (1 - expected) of the share of pairs of annotators that agree."""
    total = float(weights.sum())
    if not total:
        return None
    pairs = labels.shape[1] * (labels.shape[1] - 1) / 2
    observed = 1 - float(weights @ _differing_pairs(labels)) / pairs / total
    expected = by_chance / total**2
    return (observed - expected) / (1 - expected) if 1 - expected > _NOTHING else None


def _differing_pairs(labels: Labels) -> NDArray[np.int64]:
    """How many pairs of annotators gave an item different labels, shape (items,)."""
    differing = np.zeros(len(labels), dtype=np.int64)
    for one, other in combinations(labels.T, 2):
        differing += (one != other) & (one >= 0) & (other >= 0)
    return differing
