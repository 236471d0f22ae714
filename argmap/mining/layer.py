"""The trained part of the argument layer that maps teach: which units count, what they bear on, and how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from argmap.mining.linear import TRAINED
from argmap.mining.weighing import Weighing

VERSION = "1"
"""Changes between releases when the same text may give other suggestions."""


MODELS = ("kinds", "heads", "bearings")


@dataclass(frozen=True)
class Layer:
    """Three small models.

    Args:
        kinds: claim, rebuttal, evidence, question or none.
        heads: which unit a unit bears on.
        bearings: supports, attacks, rephrases, questions or answers.
        meanings: name of the embedding model that the heads were trained with; empty for none.
    """

    kinds: Weighing
    heads: Weighing
    bearings: Weighing
    meanings: str = ""

    def save(self, folder: Path) -> None:
        """Write the three as JSON."""
        for name in MODELS:
            getattr(self, name).save(folder / f"{name}.json")


@cache
def shipped() -> Layer:
    """The trained models that argmap comes with, read once."""
    kinds, heads, bearings = (Weighing.read(TRAINED / f"{name}.json") for name in MODELS)
    return Layer(kinds, heads, bearings)
