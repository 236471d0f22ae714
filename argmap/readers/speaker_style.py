"""How each person talks, learnt from a first round of attribution: one says "kind of", another "I feel"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from math import log

from argmap.readers.turns import words

_SMOOTHING = 100.0
_UNLIKELY = 0.05
_SEEN_ONCE = 0.5
_WEIGHT = 0.1
_MOST = 4.0


def style_scores(
    sentences: Sequence[str], path: Sequence[int], certainty: Sequence[Sequence[float]]
) -> list[list[float]]:
    """(sentences, people): how well a sentence's words fit what each person says elsewhere.

    A turn never votes for itself: it is left out of the counts while it is scored.

    Args:
        path: the speaker of each sentence so far, which gives the turns.
        certainty: (sentences, people), probability of each speaker so far, the weight of a sentence's words.
    """
    said = [Counter(_features(sentence)) for sentence in sentences]
    model = _Model(len(certainty[0]) if certainty else 0)
    for counter, weights in zip(said, certainty, strict=True):
        model.add(counter, weights, 1.0)
    scores: list[list[float]] = []
    for _, group in groupby(range(len(said)), key=path.__getitem__):
        places = list(group)
        for place in places:
            model.add(said[place], certainty[place], -1.0)
        scores += [model.scores(said[place]) for place in places]
        for place in places:
            model.add(said[place], certainty[place], 1.0)
    return scores


class _Model:
    """Weighted counts of words for each person, and for all together."""

    def __init__(self, people: int) -> None:
        self._counts: list[dict[str, float]] = [{} for _ in range(people)]
        self._totals = [0.0] * people

    def add(self, said: Counter[str], weights: Sequence[float], sign: float) -> None:
        """Count a sentence for each person as far as he or she is likely to have said it."""
        for person, weight in enumerate(weights):
            if weight < _UNLIKELY:
                continue
            counts = self._counts[person]
            for word, times in said.items():
                counts[word] = counts.get(word, 0.0) + sign * weight * times
            self._totals[person] += sign * weight * said.total()

    def scores(self, said: Counter[str]) -> list[float]:
        """Logarithms of odds for each person, centred on their mean and bounded."""
        raw = [0.0] * len(self._counts)
        size = max(1.0, sum(self._totals))
        for word, times in said.items():
            known = [max(0.0, counts.get(word, 0.0)) for counts in self._counts]
            usual = max(sum(known), _SEEN_ONCE) / size
            for person, count in enumerate(known):
                expected = (count + _SMOOTHING * usual) / (self._totals[person] + _SMOOTHING)
                raw[person] += _WEIGHT * times * log(expected / usual)
        middle = sum(raw) / len(raw)
        return [max(-_MOST, min(_MOST, score - middle)) for score in raw]


def _features(sentence: str) -> list[str]:
    found = words(sentence)
    return found + [f"{one} {two}" for one, two in pairwise(found)]
