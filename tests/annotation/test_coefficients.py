"""Coefficients give the published figures, and those of other people's libraries."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from argmap.annotation.coefficients import cohen_kappa, f1, fleiss_kappa, nominal_alpha

NO = -1

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section D: 4 observers, 12 units.
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
        [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
    ]
).T

# Fleiss 1971, table 1 as reprinted with 10 subjects, 14 raters, 5 categories: how many chose each.
FLEISS_TABLE = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]

# Cohen 1960, p. 45: joint counts of two judges over three categories.
COHEN_TABLE = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]

# Krippendorff 1995, p. 57, A: Bertha's and Bill's units on 24 digits.
BERTHA = [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]
BILL = [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]

LABELS = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.integers(0, 3), min_size=raters, max_size=raters), min_size=2, max_size=20
    )
)


def ones(labels: np.ndarray) -> np.ndarray:
    return np.ones(len(labels))


def test_alpha_published() -> None:
    """Krippendorff's own example with missing labels gives 0.743."""
    assert round(nominal_alpha(FOUR_OBSERVERS, ones(FOUR_OBSERVERS)), 3) == 0.743


def test_alpha_of_digitised_units_published() -> None:
    """Units taken character by character give the alpha that is known for Krippendorff's example A: 0.329."""
    labels = np.array([BERTHA, BILL]).T
    assert round(nominal_alpha(labels, ones(labels)), 3) == 0.329
    assert round(cohen_kappa(labels, ones(labels)), 3) == 0.385


def test_cohen_published() -> None:
    """Cohen's table gives 0.492."""
    cells = [(one, other) for one in range(3) for other in range(3)]
    weights = np.array([float(COHEN_TABLE[one][other]) for one, other in cells])
    assert round(cohen_kappa(np.array(cells), weights), 3) == 0.492


def test_fleiss_published() -> None:
    """The table of 14 raters gives 0.210."""
    labels = np.array(
        [[label for label, count in enumerate(row) for _ in range(count)] for row in FLEISS_TABLE]
    )
    assert round(fleiss_kappa(labels, ones(labels)), 3) == 0.210


@given(LABELS)
def test_alpha_as_krippendorff(rows: list[list[int]]) -> None:
    """Alpha is what the package krippendorff gives."""
    import krippendorff

    labels = np.array(rows)
    assume(len(set(labels.ravel())) > 1)
    expected = krippendorff.alpha(reliability_data=labels.T, level_of_measurement="nominal")
    assert nominal_alpha(labels, ones(labels)) == pytest.approx(expected)


@given(st.lists(st.lists(st.integers(-1, 3), min_size=3, max_size=3), min_size=2, max_size=20))
def test_alpha_with_missing_as_krippendorff(rows: list[list[int]]) -> None:
    """Missing labels are left out as that package leaves them out."""
    import krippendorff

    labels = np.array(rows)
    data = np.where(labels < 0, np.nan, labels.astype(float))
    paired = labels[(labels >= 0).sum(axis=1) > 1]
    assume(len(set(paired[paired >= 0])) > 1)
    expected = krippendorff.alpha(reliability_data=data.T, level_of_measurement="nominal")
    assert nominal_alpha(labels, ones(labels)) == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=20))
def test_cohen_as_sklearn(rows: list[tuple[int, int, int]]) -> None:
    """Weighted Cohen's kappa is what scikit-learn gives with sample weights."""
    from sklearn.metrics import cohen_kappa_score

    labels, weights = np.array(rows)[:, :2], np.array(rows)[:, 2].astype(float)
    assume(len(set(labels.ravel())) > 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = cohen_kappa_score(labels[:, 0], labels[:, 1], sample_weight=weights)
    assert cohen_kappa(labels, weights) == pytest.approx(expected)


@given(LABELS)
def test_fleiss_as_statsmodels(rows: list[list[int]]) -> None:
    """Fleiss' kappa is what statsmodels gives."""
    from statsmodels.stats import inter_rater

    labels = np.array(rows)
    assume(len(set(labels.ravel())) > 1)
    expected = inter_rater.fleiss_kappa(inter_rater.aggregate_raters(labels)[0])
    assert fleiss_kappa(labels, ones(labels)) == pytest.approx(expected)


@given(LABELS, st.data())
def test_weight_is_repetition(rows: list[list[int]], data: st.DataObject) -> None:
    """An item of weight n counts as n items."""
    labels = np.array(rows)
    weights = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))))
    repeated = np.repeat(labels, weights, axis=0)
    for coefficient in (nominal_alpha, fleiss_kappa):
        expected = coefficient(repeated, ones(repeated))
        assert coefficient(labels, weights.astype(float)) == pytest.approx(expected)


def test_undefined() -> None:
    """No figure where everybody says the same one thing, or nothing was said."""
    alike, nothing = np.zeros((4, 2), dtype=np.int64), np.zeros((0, 2), dtype=np.int64)
    for coefficient in (nominal_alpha, cohen_kappa, fleiss_kappa):
        assert coefficient(alike, ones(alike)) is None
        assert coefficient(nothing, ones(nothing)) is None
    assert f1(np.zeros(2), np.zeros(2), np.ones(2)) is None


def test_f1_by_hand() -> None:
    """Two in common of three and five is 4/8; a segment that counts twice counts twice."""
    hits, sizes = np.array([2.0, 0.0]), np.array([5.0, 3.0])
    assert f1(hits, sizes, np.ones(2)) == 0.5
    assert f1(hits, sizes, np.array([2.0, 1.0])) == 8 / 13
