"""Who speaks in a transcript without labels: a measured component that abstains where it is not sure.

A conversation is decoded as a whole: the states are the people who take part (`participants`), each
sentence speaks for or against each of them and each border for or against a change (`speaker_cues`,
`speaker_evidence`), weighed as conversations with known speakers teach (`speaker_weights.json`,
`speaker_decoding`). A second round also knows how each person talks, learnt from the first (`speaker_style`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from argmap.readers.participants import Cast, cast
from argmap.readers.speaker_decoding import CHANGES, Array, Scores, Weights, marginals, scores
from argmap.readers.speaker_evidence import evidence
from argmap.readers.speaker_style import style_scores
from argmap.readers.speaker_weights import weights

ABSTAIN_BELOW = 0.35
# A turn begins where a change is likelier than this, or the likeliest speaker changes.
_BEGINS = 0.35
# Paragraphs are turns if there are at least so many to each expected change of speaker.
_PARAGRAPHS = 0.6
# A recording of many days gains nothing from a second round.
_LONG = 20_000
_BLOCK = 2000
# What is longer is no sentence, and its first characters say enough.
_READ = 2000


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
        abstain_below: a stretch by one speaker whose mean probability is lower gets no speaker, in [0, 1].

    Cost: O(sentences x people squared), people capped at `participants.MOST`.
    """
    if not sentences:
        return []
    sentences = [sentence[:_READ] for sentence in sentences]
    people, learnt = cast(sentences), weights()
    blocks = list(_blocks(sentences, people, learnt))
    known = marginals(blocks)
    if len(starts) > _PARAGRAPHS * known.border[:, -CHANGES:].sum():
        begins = np.isin(np.arange(len(sentences)), list(starts))
        blocks = [block.parted(part) for block, part in zip(blocks, _parts(begins), strict=True)]
        known = marginals(blocks)
    if any(people.names) and len(sentences) <= _LONG:
        style = style_scores(sentences, known.says)
        known = marginals(
            [block.styled(part, learnt) for block, part in zip(blocks, _parts(style), strict=True)]
        )
    changes = known.border[:, -CHANGES:].sum(1)
    return _voices(known.says, changes, people.names, abstain_below)


def _blocks(sentences: Sequence[str], people: Cast, learnt: Weights) -> Iterator[Scores]:
    """The scores of one block of sentences after the other: evidence takes far more room than they."""
    for first in range(0, len(sentences), _BLOCK):
        yield scores(evidence(sentences[first : first + _BLOCK], people), learnt)


def _parts(rows: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    return np.split(rows, range(_BLOCK, len(rows), _BLOCK))


def _voices(says: Array, changes: Array, names: Sequence[str | None], least: float) -> list[Voice]:
    path = [int(place) for place in says.argmax(1)]
    voices: list[Voice] = []
    start = 0
    for place in range(1, len(path) + 1):
        if place < len(path) and path[place] == path[start]:
            continue
        sure = float(says[start:place, path[start]].mean())
        name = names[path[start]] if sure >= least else None
        voices += [Voice(name, at == start or float(changes[at]) > _BEGINS) for at in range(start, place)]
        start = place
    return voices
