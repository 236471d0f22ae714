"""Texts to suggested arguments: segments, kinds, links; spaCy lives only here, and loads when first used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from argmap.mining.reviewed_maps import training_maps
from argmap.mining.suggestions import Miner, Suggestions
from argmap.registry import Registry

if TYPE_CHECKING:
    from spacy.language import Language

MINERS: Registry[Miner] = Registry(
    "argmap.miners",
    {"argmap": "argmap.mining.pipeline:MINER", "llm": "argmap.mining.llm.miner:MINER"},
)


@cache
def load() -> Language:
    """The spaCy pipeline of the default miner: ``doc.spans["argument"]``, and relations in ``doc._.links``.

    Cost: about a second the first time, then nothing.
    """
    from argmap.mining.components import language

    return language()


__all__ = ["MINERS", "Miner", "Suggestions", "load", "training_maps"]
