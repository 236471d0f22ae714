"""Decoding of a conversation: the best sequence of speakers, and how sure it is.

The states are the people, host first, and at the end the host once more, *waiting*: he has called somebody
who has not spoken yet. He leaves that state only when a guest takes over, so that whoever is called gets to
speak.
Cost: O(sentences x people).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log

from argmap.readers.speaker_cues import Evidence

# Guests seldom take over from each other without the host between them.
GUEST_TO_GUEST = -1.6
# The host seldom calls another guest before the first one has answered.
UNANSWERED = -4.0
# Once somebody is called, an answer is due.
ANSWER_DUE = 2.5
# ... from the one who was called, even more than it is his or her turn later on.
CALLED_ANSWERS = 2.0
_CLIP = 12.0
_Row = list[float]


def best_path(found: Evidence) -> list[int]:
    """The speaker of each sentence in the most likely sequence as a whole (Viterbi)."""
    if not found.says:
        return []
    host = len(found.says[0])
    scores = _first(found)
    back: list[list[int]] = []
    for place in range(1, len(found.says)):
        scores, came = _step(scores, found, place)
        back.append(came)
    state = max(range(len(scores)), key=scores.__getitem__)
    path = [state % host]
    for came in reversed(back):
        state = came[state]
        path.append(state % host)
    return path[::-1]


def _first(found: Evidence) -> _Row:
    says = found.says[0]
    free, waiting = (-inf, says[0]) if found.calls[0] else (says[0], -inf)
    return [free, *says[1:], waiting]


def _step(scores: _Row, found: Evidence, place: int) -> tuple[_Row, list[int]]:
    """Scores after one more sentence, and the state each came from."""
    last = len(scores) - 1
    change, enter, says = found.change[place], found.enter[place], found.says[place]
    leaving = [(score + _leave(enter[g]), g) for g, score in enumerate(scores[:last]) if g]
    ranked = sorted(leaving, reverse=True)[:2]
    new: list[tuple[float, int]] = []
    for guest in range(1, last):
        host = max((scores[0], 0), (scores[last] + ANSWER_DUE + CALLED_ANSWERS * enter[guest], last))
        switched = max([host, *(rival for rival in ranked if rival[1] != guest)])
        taken = (switched[0] + change + enter[guest], switched[1])
        best = max((scores[guest], guest), taken)
        new.append((best[0] + says[guest], best[1]))
    handed = max((scores[g] + change, g) for g in range(1, last))
    free, waiting = (scores[0], 0), (scores[last], last)
    if found.calls[place]:
        waiting = max((waiting[0] + found.calls[place] * UNANSWERED, last), free, handed)
        free = (-inf, 0)
    else:
        free = max(free, handed)
    rows = [(free[0] + says[0], free[1]), *new, (waiting[0] + says[0], waiting[1])]
    return [score for score, _ in rows], [came for _, came in rows]


def _leave(entering: float) -> float:
    """Cost of a guest's yielding to another guest, who is chosen among the others only."""
    return GUEST_TO_GUEST - log(max(1e-6, 1 - exp(entering)))


def posteriors(found: Evidence) -> list[_Row]:
    """(sentences, people): probability of each speaker, summed over all sequences (forward-backward)."""
    if not found.says:
        return []
    steps = [_Step.at(found, place) for place in range(len(found.says))]
    forward = [
        [0.0, *steps[0].says[1:-1], steps[0].says[0]] if found.calls[0] else [*steps[0].says[:-1], 0.0]
    ]
    for step in steps[1:]:
        forward.append(step.onward(forward[-1]))
    backward = [[1.0] * len(forward[0])]
    for step in reversed(steps[1:]):
        backward.append(step.back(backward[-1]))
    rows = (
        [one * two for one, two in zip(*pair, strict=True)]
        for pair in zip(forward, backward[::-1], strict=True)
    )
    return [_normalised([row[0] + row[-1], *row[1:-1]]) for row in rows]


@dataclass(frozen=True, slots=True)
class _Step:
    """The weights of one transition; states as in `best_path`."""

    says: _Row
    enter: _Row
    leave: _Row
    due: _Row
    change: float
    called: bool
    again: float

    @classmethod
    def at(cls, found: Evidence, place: int) -> _Step:
        says = [exp(_clipped(score)) for score in found.says[place]]
        enter = [0.0, *(exp(score) for score in found.enter[place][1:]), 0.0]
        leave = [0.0, *(exp(_leave(score)) for score in found.enter[place][1:]), 0.0]
        due = [exp(ANSWER_DUE + CALLED_ANSWERS * score) for score in [*found.enter[place], 0.0]]
        calls = found.calls[place]
        return cls(
            [*says, says[0]],
            enter,
            leave,
            due,
            exp(_clipped(found.change[place])),
            calls > 0,
            exp(UNANSWERED * calls),
        )

    def onward(self, row: _Row) -> _Row:
        """Weights of the states after this step, from those before it."""
        left = [weight * leave for weight, leave in zip(row, self.leave, strict=True)]
        guests, handed = sum(left), self.change * sum(row[1:-1])
        new = [
            own + self.change * enter * (row[0] + row[-1] * due + guests - mine)
            for own, enter, due, mine in zip(row, self.enter, self.due, left, strict=True)
        ]
        new[0] = 0.0 if self.called else row[0] + handed
        new[-1] = row[-1] * self.again + row[0] + handed if self.called else row[-1]
        return _normalised([weight * says for weight, says in zip(new, self.says, strict=True)])

    def back(self, row: _Row) -> _Row:
        """Weights of what follows for the states before this step, from those after it."""
        after = [weight * says for weight, says in zip(row, self.says, strict=True)]
        entered = [self.change * enter * weight for enter, weight in zip(self.enter, after, strict=True)]
        total, host = sum(entered), after[-1] if self.called else after[0]
        new = [
            own + leave * (total - mine) + self.change * host
            for own, leave, mine in zip(after, self.leave, entered, strict=True)
        ]
        new[0] = host + total
        answers = sum(one * due for one, due in zip(entered, self.due, strict=True))
        new[-1] = after[-1] * (self.again if self.called else 1.0) + answers
        return _normalised(new)


def _normalised(row: _Row) -> _Row:
    total = sum(row)
    return [value / total for value in row] if total > 0 else [1 / len(row)] * len(row)


def _clipped(score: float) -> float:
    return max(-_CLIP, min(_CLIP, score))
