"""Decoding of a conversation: how likely each person is to say each sentence, over all sequences of speakers.

A conditional random field. A state is the person who speaks, whom he or she expects to speak next, and
whether that one was called on by name; who has not called anybody expects the one who spoke before. So
whoever is called gets to speak, and two who argue take turns.

Cost: O(sentences x people squared).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from argmap.readers.speaker_evidence import Evidence

Array = npt.NDArray[np.float64]
# What may happen between two sentences, by its column in `Scores.border`.
HOST_STAYS, GUEST_STAYS, TO_GUEST, TO_HOST, ACROSS = range(5)
BORDERS, CHANGES, CONTEXTS = 5, 3, 13
# Columns of `Scores.context`: four for staying (host or guest; with a call unanswered or not), then, for each
# kind of change, the one called, the one who spoke before, somebody else.
_CALLED, _BEFORE, _OTHER = range(3)
_STAYS = ((1, 0), (3, 2))
_CLIP = 30.0
# A change of speaker where a paragraph begins, and inside one.
_PARAGRAPH = (3.0, -6.0)


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of named features: one row of numbers for each."""

    rows: Mapping[str, int]
    values: Array

    def scores(self, features: Sequence[Iterable[str]]) -> Array:
        """(sentences, columns): the weights of each sentence's features together."""
        known = [[self.rows[one] for one in row if one in self.rows] for row in features]
        places = np.repeat(np.arange(len(known)), [len(row) for row in known])
        found = np.zeros((len(known), self.values.shape[1]))
        np.add.at(found, places, self.values[np.array([row for one in known for row in one], dtype=np.intp)])
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights, as `speaker_training` learns them.

    Args:
        style: for the host, and for guests, of `speaker_style.style_scores`.
    """

    role: Table
    border: Table
    context: Table
    person: Table
    entering: Table
    style: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores, as logarithms, for ``n`` sentences and ``k`` people.

    Args:
        says: (n, k), for each person as the speaker.
        border: (n, 5), for what may happen before the sentence.
        context: (n, 13), for staying or changing as called for, or not.
        entering: (n, k, 3), for each person's taking over, by kind of change.
        calls: (n, k), whom each person would call on by this sentence, or -1.
    """

    says: Array
    border: Array
    context: Array
    entering: Array
    calls: npt.NDArray[np.intp]

    def parted(self, starts: npt.NDArray[np.bool_]) -> Scores:
        """These scores for a text with a paragraph for each turn, where ``starts`` (n,) says one begins."""
        changes = np.where(np.arange(BORDERS) >= TO_GUEST, np.where(starts[:, None], *_PARAGRAPH), 0.0)
        return replace(self, border=self.border + changes)

    def styled(self, style: Array, weights: Weights) -> Scores:
        """These scores with those of how each person talks, (n, k) of `speaker_style.style_scores`."""
        both = np.where(np.arange(style.shape[1]) == 0, *weights.style)
        return replace(self, says=self.says + style * both)


@dataclass(frozen=True, slots=True)
class Marginals:
    """Probabilities with the shapes of `Scores`, and the logarithm of the sum over all sequences."""

    says: Array
    border: Array
    context: Array
    entering: Array
    total: float


def scores(found: Evidence, weights: Weights) -> Scores:
    """The scores that weights give to the evidence."""
    shape = (len(found.person), len(found.person[0]))
    says = weights.person.scores([one for people in found.person for one in people]).reshape(shape)
    says[:, 0] += weights.role.scores(found.role)[:, 0]
    entering = weights.entering.scores([one for people in found.entering for one in people])
    calls = [
        [next((one for one in called if one != person), -1) for person in range(shape[1])]
        for called in found.calls
    ]
    return Scores(
        says,
        weights.border.scores(found.border),
        weights.context.scores(found.context),
        entering.reshape((*shape, CHANGES)),
        np.array(calls),
    )


def marginals(blocks: Sequence[Scores]) -> Marginals:
    """Probabilities over all sequences of speakers (forward-backward).

    Args:
        blocks: consecutive parts of one conversation; what follows a part does not bear on it.
    """
    parts: list[Marginals] = []
    state: Array | None = None
    for block in blocks:
        chain = _Chain(block)
        forward, total = chain.forward(state)
        state = forward[-1]
        parts.append(chain.backward(forward, total))
    return Marginals(
        np.concatenate([part.says for part in parts]),
        np.concatenate([part.border for part in parts]),
        np.concatenate([part.context for part in parts]),
        np.concatenate([part.entering for part in parts]),
        sum(part.total for part in parts),
    )


class _Chain:
    """Forward and backward passes over one block; a state is [who speaks, who is expected, was he called]."""

    def __init__(self, found: Scores) -> None:
        self._size, self._people = found.says.shape
        people = np.arange(self._people)
        self._kinds = np.where(people[:, None] == 0, TO_GUEST, np.where(people == 0, TO_HOST, ACROSS))
        self._calling = [
            [(person, one) for person, one in enumerate(row) if one >= 0] for row in found.calls.tolist()
        ]
        self._says = _exp(found.says)
        roles = np.minimum(people, 1)
        stays = np.array(_STAYS)[roles]
        self._stay = _exp(found.border[:, roles, None] + found.context[:, stays])
        order = self._kinds - TO_GUEST
        move = found.border[:, self._kinds] + found.entering[:, people, order]
        self._move = np.stack(
            [_exp(move + found.context[:, 4 + CHANGES * order + how]) for how in range(CHANGES)], axis=1
        ) * (1 - np.eye(self._people))

    def forward(self, state: Array | None) -> tuple[list[Array], float]:
        """The weights of the states at each sentence, and the logarithm of their sum."""
        people, total, rows = np.arange(self._people), 0.0, []
        for place in range(self._size):
            if state is None:
                state = np.zeros((self._people, self._people, 2))
                state[people, people, 0] = self._says[place]
            else:
                state = self._onward(state, place)
            state = self._after_call(state, place)
            size = float(state.sum())
            state, total = state / size, total + float(np.log(size))
            rows.append(state)
        return rows, total

    def _onward(self, state: Array, place: int) -> Array:
        stay, move = self._stay[place], self._move[place]
        before, called = state[..., 0], state[..., 1]
        other = state.sum((1, 2))[:, None] - before - called
        new = state * stay[:, None, :]
        new[..., 0] += (move[_CALLED] * called + move[_BEFORE] * before + move[_OTHER] * other).T
        return np.asarray(new * self._says[place][:, None, None])

    def _after_call(self, state: Array, place: int) -> Array:
        """Whoever speaks this sentence expects the one it calls."""
        for person, called in self._calling[place]:
            weight = state[person].sum()
            state[person] = 0.0
            state[person, called, 1] = weight
        return state

    def backward(self, forward: list[Array], total: float) -> Marginals:
        """The probabilities, from the weights of the states and of what follows them."""
        after, value = np.ones_like(forward[0]), [np.empty(0)] * self._size
        says = np.zeros((self._size, self._people))
        for place in range(self._size - 1, -1, -1):
            says[place] = (forward[place] * after).sum((1, 2))
            after = after.copy()
            for person, called in self._calling[place]:
                after[person] = after[person, called, 1]
            value[place] = after * self._says[place][:, None, None]
            after = self._back(value[place], place)
        says /= np.maximum(says.sum(1, keepdims=True), 1e-300)
        left, entered = (np.array(one).reshape(-1, *after.shape) for one in (forward[:-1], value[1:]))
        return self._noted(says, left, entered, total)

    def _back(self, after: Array, place: int) -> Array:
        """Weights of what follows the states before this sentence."""
        called, before, other = self._move[place] * after[..., 0].T
        new = after * self._stay[place][:, None, :] + other.sum(1)[:, None, None]
        new[..., 0] += before - other
        new[..., 1] += called - other
        return np.asarray(new / max(new.max(), 1e-300))

    def _noted(self, says: Array, state: Array, after: Array, total: float) -> Marginals:
        """How likely each way of staying and moving is, from the states before and after each border."""
        found = Marginals(
            says,
            np.zeros((self._size, BORDERS)),
            np.zeros((self._size, CONTEXTS)),
            np.zeros((self._size, self._people, CHANGES)),
            total,
        )
        before, called = state[..., 0], state[..., 1]
        other = state.sum((2, 3))[:, :, None] - before - called
        moves = self._move[1:] * np.stack([called, before, other], 1) * after[..., 0].swapaxes(1, 2)[:, None]
        stays = (state * after).sum(2) * self._stay[1:]
        size = np.maximum(stays.sum((1, 2)) + moves.sum((1, 2, 3)), 1e-300)
        stays, moves = stays / size[:, None, None], moves / size[:, None, None, None]
        for role, part in ((0, stays[:, 0]), (1, stays[:, 1:].sum(1))):
            found.context[1:, _STAYS[role]] = part
            found.border[1:, role] = part.sum(1)
        for kind in (TO_GUEST, TO_HOST, ACROSS):
            of_kind = moves * (self._kinds == kind)
            order = kind - TO_GUEST
            found.context[1:, 4 + CHANGES * order : 7 + CHANGES * order] = of_kind.sum((2, 3))
            found.entering[1:, :, order] = of_kind.sum((1, 2))
            found.border[1:, kind] = of_kind.sum((1, 2, 3))
        return found


def _exp(values: Array) -> Array:
    return np.asarray(np.exp(np.clip(values, -_CLIP, _CLIP)))
