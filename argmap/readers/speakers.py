"""Who speaks in a transcript without labels: a measured component that abstains where it is not sure.

A conversation is decoded as a whole: the states are the people who take part (`participants`), each
sentence speaks for or against each of them and each border for or against a change (`speaker_cues`), and
the best sequence wins (`speaker_decoding`). Each round also knows how each person talks, learnt from the
round before (`speaker_style`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from argmap.readers.participants import Cast, cast
from argmap.readers.speaker_cues import evidence
from argmap.readers.speaker_decoding import best_path, posteriors
from argmap.readers.speaker_style import style_scores

ABSTAIN_BELOW = 0.4
_ROUNDS = 8
_LONG = 20_000
_Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class Voice:
    """Of one sentence: who says it (None: not known), and whether a turn begins with it."""

    speaker: str | None
    begins: bool


def attribution(
    sentences: Sequence[str], *, starts: Collection[int] = (), abstain_below: float = ABSTAIN_BELOW
) -> list[Voice]:
    """For each sentence, its speaker by full name where the text gives one.

    Args:
        starts: sentences that begin a paragraph, in texts that have a paragraph for each turn.
        abstain_below: a turn whose mean probability is lower gets no speaker, in [0, 1].

    Cost: O(sentences x people), people capped at `participants.MOST`.
    """
    people = cast(sentences)
    cues = evidence(sentences, people, starts)
    found, path, certainty = cues, best_path(cues), posteriors(cues)
    style: _Rows = []
    # A recording of many days gains nothing from more rounds.
    rounds = 1 if len(sentences) > _LONG else _ROUNDS
    for _ in range(rounds if any(people.names) else 0):
        style = _halfway(style, style_scores(sentences, path, certainty))
        found = cues.plus(style)
        path, certainty = best_path(found), posteriors(found)
    return _voices(path, people, certainty, abstain_below)


def _halfway(old: _Rows, new: _Rows) -> _Rows:
    """The mean of two rounds, which keeps rounds from swinging to and fro."""
    if not old:
        return new
    return [[(one + two) / 2 for one, two in zip(*rows, strict=True)] for rows in zip(old, new, strict=True)]


def _voices(path: list[int], people: Cast, certainty: _Rows, least: float) -> list[Voice]:
    voices: list[Voice] = []
    start = 0
    for place in range(1, len(path) + 1):
        if place < len(path) and path[place] == path[start]:
            continue
        sure = sum(certainty[at][path[start]] for at in range(start, place)) / (place - start)
        name = people.names[path[start]] if sure >= least else None
        voices += [Voice(name, at == start) for at in range(start, place)]
        start = place
    return voices
