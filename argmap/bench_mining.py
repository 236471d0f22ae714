"""Measurements of the miner, as ratios within one run: ``argmap bench mining``.

What the argument layer costs beside spaCy's own parse of the same stretches by the same pipeline, in CPU
time, the two taking turns. ARGMAP_BENCH_COPIES sets how often the five texts are taken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

from argmap.bench import Figure
from argmap.bench_reasoning import cpu
from argmap.demonstration import data_folder
from argmap.mining import load, parsed
from argmap.mining.pipeline import MINER, Batch, batches
from argmap.mining.stretches import stretches
from argmap.model import Document
from argmap.readers import read_path


def suite() -> Iterator[Figure]:
    """Words per second of the parse and of the whole miner, and how much the argument layer adds."""
    texts = [read_path(path) for path in sorted((data_folder() / "texts").glob("*.txt"))]
    documents = texts * int(os.environ.get("ARGMAP_BENCH_COPIES", "1"))
    words = sum(len(piece.text.split()) for document in documents for piece in stretches(document))
    whole, parse = cpu(partial(_mined, documents), partial(_parsed, documents), runs=5)
    yield Figure("words mined", words, "")
    yield Figure("spaCy's tags and trees", words / parse, "words/CPU s")
    yield Figure("the whole miner", words / whole, "words/CPU s")
    yield Figure("the whole miner / spaCy's tags and trees", whole / parse, "times")


def _mined(documents: list[Document]) -> None:
    for _ in MINER.mine_all(documents):
        pass


def _parsed(documents: list[Document]) -> None:
    for batch in batches((0, piece) for document in documents for piece in stretches(document)):
        with load().memory_zone():
            for _ in parsed(_texts(batch), batch_size=len(batch)):
                pass


def _texts(batch: Batch) -> Iterator[str]:
    return (piece.text for _, piece in batch)
