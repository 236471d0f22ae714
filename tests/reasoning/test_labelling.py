from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from argmap.reasoning import IN, OPEN, OUT, abstract, grounded
from argmap.reasoning.sketch import Sketch
from tests.reasoning import brute


def test_a_deep_chain_alternates() -> None:
    """On a chain too deep for waves the worklist takes over: every other argument stands."""
    size = 20_001
    chain = np.array([range(size - 1), range(1, size)], dtype=np.intp)
    labels = grounded(abstract([f"a{n}" for n in range(size)], chain))
    assert (labels[::2] == IN).all()
    assert (labels[1::2] == OUT).all()


def test_a_deep_chain_of_reasons_falls_with_its_start() -> None:
    """The worklist follows reasons and premises too."""
    sketch = Sketch()
    for number in range(3_000):
        sketch.claim(f"c{number}", asserted=False)
        if number:
            reading = "necessary" if number % 3 == 0 else "evidential"
            sketch.inference(f"l{number}", [f"c{number - 1}"], f"c{number}", reading=reading)
    assert (grounded(sketch.finish()) == OUT).all()


@given(st.integers(0, 10**6), st.sampled_from((0, 1, 10**9)))
def test_waves_and_worklist_agree(seed: int, small_waves: int) -> None:
    """Whenever the worklist takes over, the labels are those of the rules applied until nothing changes."""
    from tests.reasoning.test_extensions import random_framework

    framework = random_framework(seed)
    names = grounded.__globals__
    kept = names["_SMALL_WAVES"]
    names["_SMALL_WAVES"] = small_waves
    try:
        assert grounded(framework).tolist() == brute.grounded(framework)
    finally:
        names["_SMALL_WAVES"] = kept


def test_what_is_pinned_stays() -> None:
    """A conceded claim stands against its attackers, a withdrawn one no longer attacks."""
    framework = abstract(["a", "b", "c"], [(0, 1), (1, 2)])
    assert grounded(framework).tolist() == [IN, OUT, IN]
    assert grounded(framework, {0: OUT}).tolist() == [OUT, IN, OUT]
    assert grounded(framework, {1: IN}).tolist() == [IN, IN, OUT]


def test_a_random_framework_of_a_thousand_is_a_fixed_point() -> None:
    """On larger frameworks the labels obey the rules everywhere."""
    draw, size = random.Random(3), 1_000
    attacks = [(draw.randrange(size), draw.randrange(size)) for _ in range(1_300)]
    framework = abstract([f"a{n}" for n in range(size)], attacks)
    labels = grounded(framework).tolist()
    for place, label in enumerate(labels):
        attackers = [labels[attacker] for attacker in framework.defeaters[place]]
        expected = IN if all(a == OUT for a in attackers) else OUT if IN in attackers else OPEN
        assert label == expected
