"""Training of the miner's models from the corpora, in one call: types, cuts, kinds, heads and bearings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.mining import parsed
from argmap.mining.corpora import Comment, comments
from argmap.mining.features import Features, unit_features, with_neighbours
from argmap.mining.layer import shipped
from argmap.mining.linear import TRAINED, LinearModel, fitted, trained
from argmap.mining.pairs import Side, near, pair_features, side
from argmap.mining.segments import shipped_cuts
from argmap.mining.units import content_words
from argmap.model import ArgumentMap, Document

if TYPE_CHECKING:
    from argmap.mining.crossing import Table

FOLDS = 5


def comment_features(found: Sequence[Comment]) -> list[list[Features]]:
    """For each comment, the features of its propositions."""
    rows = []
    docs = parsed(comment.text for comment in found)
    for comment, doc in zip(found, docs, strict=True):
        spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in comment.offsets)
        rows.append(list(with_neighbours([unit_features(span) for span in spans])))
    return rows


def types_model(found: Iterable[Comment], rows: Iterable[Sequence[Features]]) -> LinearModel:
    """A model of proposition types."""
    samples = [sample for row in rows for sample in row]
    return fitted(samples, [name for comment in found for name in comment.types], balanced=True)


def comment_sides(comment: Comment, row: Sequence[Features], types: LinearModel) -> list[Side]:
    """What pairs show of each proposition of a comment."""
    return [
        side(
            sample,
            dict(zip(types.labels, map(float, types.probabilities(sample)), strict=True)),
            content_words(comment.text[start:end]),
        )
        for sample, (start, end) in zip(row, comment.offsets, strict=True)
    ]


def reason_pairs(comment: Comment, sides: Sequence[Side]) -> Iterator[tuple[int, int, Features]]:
    """Source, target and features of each pair of propositions that stand near each other."""
    for source in range(len(sides)):
        for target in near(sides, source):
            yield (
                source,
                target,
                pair_features(sides, source, target, _same_sentence(comment, source, target)),
            )


def _same_sentence(comment: Comment, source: int, target: int) -> bool:
    first, second = sorted((source, target))
    end, start = comment.offsets[first][1], comment.offsets[second][0]
    return second - first == 1 and not any(mark in comment.text[end - 1 : start + 1] for mark in ".!?\n")


def reasons_model(found: Sequence[Comment], sides: Sequence[Sequence[Side]]) -> LinearModel:
    """A model of which proposition is a reason for which."""
    pairs = [
        (features, "reason" if (source, target) in comment.links else "no")
        for comment, row in zip(found, sides, strict=True)
        for source, target, features in reason_pairs(comment, row)
    ]
    return fitted([features for features, _ in pairs], [label for _, label in pairs], strength=3.0)


def out_of_fold_sides(found: Sequence[Comment], rows: Sequence[Sequence[Features]]) -> list[list[Side]]:
    """Sides whose types come from models that never saw their comment."""
    sides: Mapping[int, list[Side]] = {}
    made = dict(sides)
    for fold in range(FOLDS):
        inside = [place for place in range(len(found)) if place % FOLDS != fold]
        model = types_model([found[p] for p in inside], [rows[p] for p in inside])
        for place in range(fold, len(found), FOLDS):
            made[place] = comment_sides(found[place], rows[place], model)
    return [made[place] for place in range(len(found))]


def train(
    corpora: Path | None, maps: Sequence[tuple[Document, ArgumentMap]], output: Path = TRAINED
) -> Table:
    """Make the weights of the argument layer anew; the language pipeline has to be there.

    Args:
        corpora: the folder that holds ``cdcp``; None leaves the weights as they are that corpora teach.
        maps: documents as their reader gives them, each with a careful map.
        output: where the weights and the figures go; the second half reads the first from `TRAINED`.

    Returns:
        The figures, each text by models that never saw it; also written as ``FIGURES.json``.

    Raises:
        TrainingError: a corpus is missing.
    """
    from argmap.mining.crossing import cross_validated
    from argmap.mining.train_maps import train_maps

    if corpora is not None:
        train_corpora(corpora, output)
        trained.cache_clear()
    train_maps(maps, output)
    shipped.cache_clear()
    shipped_cuts.cache_clear()
    figures = cross_validated(maps)
    (output / "FIGURES.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def train_corpora(corpora: Path, output: Path = TRAINED) -> None:
    """Fit the model that corpora alone teach, and write it: ``types``."""
    found = comments(corpora / "cdcp" / "train")
    types_model(found, comment_features(found)).save(output / "types.npz")
