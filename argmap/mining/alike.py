"""How alike two units are in meaning, a signal of what bears on what for weights learnt with it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from argmap.errors import MiningError
from argmap.mining import embeddings
from argmap.mining.heads import Candidate, Heads
from argmap.mining.kinds import Kinds
from argmap.mining.units import Discussion

REACH = 100.0
"""What a cosine is multiplied by: no shipped weight speaks for it, and near zero it would say nothing."""


class AlikeHeads(Heads):
    """Candidates that also tell how alike they are to the unit, by sentence embeddings.

    Args:
        discussion: the units.
        shares: kind probabilities of each unit.
        encoder: makes the vectors.
    """

    def __init__(self, discussion: Discussion, shares: Sequence[Kinds], encoder: embeddings.Encoder) -> None:
        super().__init__(discussion, shares)
        self._rows = embeddings.Meanings(encoder).vectors([unit.text for unit in discussion.units])

    def candidates(self, place: int) -> list[Candidate]:
        """What a unit may bear on, each with the signal ``alike``."""
        found = super().candidates(place)
        for candidate in found:
            if candidate.place is not None:
                cosine = float(self._rows[place] @ self._rows[candidate.place])
                candidate.signals["alike"] = REACH * round(cosine, 3)
        return found


def heads_of(discussion: Discussion, shares: Sequence[Kinds], meanings: str) -> Heads:
    """Candidates of every unit, with embeddings where weights were learnt with them.

    Args:
        discussion: the units.
        shares: kind probabilities of each unit.
        meanings: name of the embedding model; empty for none.
    """
    if not meanings:
        return Heads(discussion, shares)
    return AlikeHeads(discussion, shares, embeddings.encoder(meanings))


def require_meanings(meanings: str, what: str) -> None:
    """Raise unless the embedding model is the one that the environment names; no file may name another.

    Raises:
        MiningError: it is not.
    """
    if meanings and os.environ.get(embeddings.VARIABLE) != meanings:
        raise MiningError(
            f"{what} was trained with the sentence embeddings of '{meanings}':"
            f" set {embeddings.VARIABLE}={meanings}, or run: argmap train --from-gold"
        )
