"""The decoder of speakers against sums over all sequences, and its training."""

from __future__ import annotations

import itertools
import json
from math import exp

import numpy as np
import pytest

from argmap.readers.speaker_decoding import (
    ACROSS,
    CHANGES,
    GUEST_STAYS,
    HOST_STAYS,
    TO_GUEST,
    TO_HOST,
    Scores,
    marginals,
    scores,
)
from argmap.readers.speaker_training import Conversation, fitted
from argmap.readers.speaker_weights import dumped, loaded, weights

PEOPLE, LENGTH = 3, 4


def random_scores(seed: int) -> Scores:
    random = np.random.default_rng(seed)
    calls = np.full((LENGTH, PEOPLE), -1)
    calls[1] = [2, 2, -1]
    return Scores(
        random.normal(size=(LENGTH, PEOPLE)),
        random.normal(size=(LENGTH, 5)),
        random.normal(size=(LENGTH, 13)),
        random.normal(size=(LENGTH, PEOPLE, CHANGES)),
        calls,
    )


def kind(one: int, other: int) -> int:
    if one == other:
        return GUEST_STAYS if one else HOST_STAYS
    if one == 0:
        return TO_GUEST
    return ACROSS if other else TO_HOST


def weight(found: Scores, path: tuple[int, ...]) -> float:
    """The weight of one sequence of speakers, by the definition of the states."""
    total, expected, called = 0.0, path[0], 0
    for place, person in enumerate(path):
        total += found.says[place, person]
        if place:
            before = path[place - 1]
            how = kind(before, person)
            total += found.border[place, how]
            if before == person:
                total += found.context[place, [[1, 0], [3, 2]][person > 0][called]]
            else:
                place_of = 2 if person != expected else (0 if called else 1)
                total += found.context[place, 4 + 3 * (how - TO_GUEST) + place_of]
                total += found.entering[place, person, how - TO_GUEST]
                expected, called = before, 0
        if found.calls[place, person] >= 0:
            expected, called = int(found.calls[place, person]), 1
    return exp(total)


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_are_sums_over_all_sequences(seed: int) -> None:
    """Forward-backward equals the definition: speakers, and changes of speaker."""
    found = random_scores(seed)
    paths = list(itertools.product(range(PEOPLE), repeat=LENGTH))
    by_hand = {path: weight(found, path) for path in paths}
    total = sum(by_hand.values())
    says = np.zeros((LENGTH, PEOPLE))
    changes = np.zeros(LENGTH)
    for path, one in by_hand.items():
        for place, person in enumerate(path):
            says[place, person] += one / total
            changes[place] += one / total * (place > 0 and path[place - 1] != person)
    got = marginals([found])
    assert np.allclose(says, got.says)
    assert np.allclose(changes, got.border[:, -CHANGES:].sum(1))
    assert np.isclose(np.log(total), got.total)


def test_weights_are_the_same_after_writing() -> None:
    """The file that ships is what its own text gives."""
    assert dumped(loaded(dumped(weights()))) == dumped(weights())
    assert {"role", "border", "context", "person", "entering", "style"} == set(json.loads(dumped(weights())))


def test_learning_follows_the_speakers() -> None:
    """After learning from conversations the decoder knows their speakers."""
    turns = [
        ("Ann Lee", "Welcome to the show, I'm Ann Lee."),
        ("Ann Lee", "With me is Bob Ray, a cook. Bob, what do you cook?"),
        ("Bob Ray", "Well, I cook soup. My soup is hot."),
        ("Ann Lee", "Interesting. What do you like, Bob?"),
        ("Bob Ray", "Well, I like soup. My soup is good."),
    ]
    known = [Conversation.of(turns) for _ in range(3)]
    learnt = fitted(known, strength=0.1, rounds=15)
    got = marginals([scores(known[0].found, learnt)]).says.argmax(1)
    assert list(known[0].speakers) == got.tolist()
