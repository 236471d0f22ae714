"""Alpha for unitizing gives the figures of Krippendorff's worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from argmap.annotation.unitizing import Continuum, Unitizing
from argmap.model import Span


def spans(*begins_and_lengths: tuple[int, int], times: int = 1) -> list[Span]:
    return [Span(begin * times, (begin + length) * times) for begin, length in begins_and_lengths]


def alpha(*continua: Continuum) -> float | None:
    return Unitizing(continua, 2).alpha(np.ones(len(continua)))


# Krippendorff 2004, Content Analysis, p. 254: a continuum from 150 to 450, two kinds of unit.
C = [spans((225, 70), (370, 30)), spans((220, 80), (355, 20), (400, 20))]
K = [spans((180, 60), (300, 50)), spans((180, 60), (300, 50))]

# Krippendorff 1995, p. 57: begin and length of two people's units on 24 digits; alpha at fine grain.
PUBLISHED_1995 = {
    "A": ([(2, 8), (14, 6)], [(4, 4), (15, 2)], 0.553),
    "B": ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)], -0.926),
    "C": ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)], 0.679),
    "D": ([(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)], [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)], 0.066),
}


def test_published_2004() -> None:
    """One kind 0.7286, the other 1, both 0.859."""
    whole = Span(150, 450)
    assert alpha(Continuum(whole, {"c": C})) == pytest.approx(0.7286, abs=5e-5)
    assert alpha(Continuum(whole, {"k": K})) == 1.0
    assert alpha(Continuum(whole, {"c": C, "k": K})) == pytest.approx(0.8591, abs=5e-4)


@pytest.mark.parametrize("name", PUBLISHED_1995)
def test_published_1995(name: str) -> None:
    """The four examples, within the 0.02 by which the printed figures are known to be off."""
    one, other, expected = PUBLISHED_1995[name]
    marks = [spans(*one, times=1000), spans(*other, times=1000)]
    assert alpha(Continuum(Span(0, 24_000), {name: marks})) == pytest.approx(expected, abs=0.02)


def test_undefined() -> None:
    """No figure where nobody marked anything, nor without a text."""
    assert alpha(Continuum(Span(0, 100), {"c": [[], []]})) is None
    assert alpha() is None


def test_weight_is_repetition() -> None:
    """A continuum of weight two counts as two; one where nobody marked the kind counts as a gap."""
    one, empty = Continuum(Span(150, 450), {"c": C}), Continuum(Span(0, 80), {})
    weighted = Unitizing([one, empty], 2).alpha(np.array([2.0, 1.0]))
    assert weighted == pytest.approx(alpha(one, one, empty))
    assert alpha(one, empty) != pytest.approx(alpha(one))
