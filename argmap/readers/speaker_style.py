"""How each person talks, learnt from a first round of attribution: one says "kind of", another "I feel"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from argmap.readers.turns import words

_SMOOTHING = 200.0
_SEEN_ONCE = 0.5
_SCALE = 0.2
_MOST = 4.0
# Sentences after which a conversation tells guests apart half as well as it ever will.
_ENOUGH = 300.0
Array = npt.NDArray[np.float64]


def style_scores(sentences: Sequence[str], posteriors: Array) -> Array:
    """(sentences, people): how well a sentence's words fit what each person says elsewhere.

    The host's column sets him against all guests; the others set each guest against the other guests.
    A turn never votes for itself: it is left out of the counts while it is scored.

    Args:
        posteriors: (sentences, people), probability of each speaker so far, the weight of a sentence's words.

    Cost: O(words x people).
    """
    said = _indexed(sentences)
    size = max((int(one.max(initial=0)) for one in said), default=0) + 1
    counts, scores = _counts(said, posteriors, size), np.zeros(posteriors.shape)
    totals = counts.sum(1)
    speakers = posteriors.argmax(1)
    for _, group in groupby(range(len(said)), key=speakers.__getitem__):
        places = list(group)
        known, local = np.unique(np.concatenate([said[place] for place in places]), return_inverse=True)
        ends = np.cumsum([len(said[place]) for place in places])[:-1]
        parts = np.split(local, ends)
        own = _counts(parts, posteriors[places], len(known))
        fits = _fits(np.maximum(counts[:, known] - own, 0), np.maximum(totals - own.sum(1), 0))
        for place, part in zip(places, parts, strict=True):
            scores[place] = fits[:, part].sum(1)
    scores[:, 1:] -= scores[:, 1:].mean(1, keepdims=True) if len(counts) > 1 else 0
    scores[:, 1:] *= len(said) / (len(said) + _ENOUGH)
    return np.clip(_SCALE * scores, -_MOST, _MOST)


def _counts(said: Sequence[npt.NDArray[np.intp]], posteriors: Array, size: int) -> Array:
    """(people, words): how often each is likely to have said each word."""
    everything = np.concatenate(said)
    lengths = [len(one) for one in said]
    return np.array([np.bincount(everything, np.repeat(of_one, lengths), size) for of_one in posteriors.T])


def _fits(counts: Array, totals: Array) -> Array:
    """(people, words): logarithm of how much likelier each word is from that person than usual."""
    guests, all_guests = counts[1:], totals[1:]
    host = _likelihood(counts[:1], totals[:1], counts.sum(0), totals.sum())
    rest = _likelihood(guests.sum(0)[None], all_guests.sum()[None], counts.sum(0), totals.sum())
    return np.concatenate([host - rest, _likelihood(guests, all_guests, guests.sum(0), all_guests.sum())])


def _likelihood(counts: Array, totals: Array, usual: Array, size: np.float64) -> Array:
    share = np.maximum(usual, _SEEN_ONCE) / max(1.0, float(size))
    return np.asarray(np.log((counts + _SMOOTHING * share) / (totals[:, None] + _SMOOTHING) / share))


def _indexed(sentences: Sequence[str]) -> list[npt.NDArray[np.intp]]:
    """For each sentence, the numbers of its words and pairs of words."""
    numbers: dict[str, int] = {}
    return [
        np.array([numbers.setdefault(one, len(numbers)) for one in _features(sentence)], dtype=np.intp)
        for sentence in sentences
    ]


def _features(sentence: str) -> Iterator[str]:
    found = words(sentence)
    yield from found
    yield from (f"{one} {two}" for one, two in pairwise(found))
