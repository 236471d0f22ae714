"""Texts to suggested arguments: segments, kinds, links; spaCy lives only here, and loads when first used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from argmap.mining.reviewed_maps import training_maps
from argmap.mining.suggestions import Miner, Suggestions
from argmap.registry import Registry

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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


def parsed(texts: Iterable[str], *, batch_size: int | None = None, processes: int = 1) -> Iterator[Doc]:
    """Texts with their tags, trees and sentences: the pipeline without its argument components."""
    layer = ["argument_units", "argument_links"]
    docs: Iterator[Doc] = load().pipe(texts, batch_size=batch_size, n_process=processes, disable=layer)
    return docs


__all__ = ["MINERS", "Miner", "Suggestions", "load", "parsed", "training_maps"]
