"""How good the argument layer is on texts it never saw: learnt from some maps, measured on the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from argmap.mining.baselines import floor
from argmap.mining.evaluate import evaluate
from argmap.mining.pipeline import MINER, argued_suggestions
from argmap.mining.suggestions import Suggestions
from argmap.mining.train_maps import Reviewed, layer_of, reviewed_apart
from argmap.model import ArgumentMap, Document

FOLDS = 6
MEASURES = ("nodes", "nodes+kind", "links", "links+kind")
Table = dict[str, dict[str, dict[str, float]]]
"""System -> genre or ``all`` -> measure -> mean F1 over texts."""


def cross_validated(maps: Sequence[tuple[Document, ArgumentMap]]) -> Table:
    """Figures of the floor and of the miner, each text by models that never saw it. Cost: minutes.

    The types and tags under the layer come from other corpora, so they never saw a text either.
    """
    found = reviewed_apart(maps)
    scores: dict[str, dict[str, list[list[float]]]] = defaultdict(lambda: defaultdict(list))
    for system, place, suggested in _suggested(maps, found):
        row = figures(*maps[place], suggested)
        for group in ("all", maps[place][0].genre):
            scores[system][group].append(row)
    return {
        system: {group: _means(rows) for group, rows in sorted(groups.items())}
        for system, groups in scores.items()
    }


def figures(document: Document, gold: ArgumentMap, suggested: Suggestions) -> list[float]:
    """F1 of each of `MEASURES` on one text."""
    total = evaluate(gold, ArgumentMap.of([document], suggested.nodes, suggested.links)).total
    return [total[name].f1 if name in total else 0.0 for name in MEASURES]


def _means(rows: Sequence[Sequence[float]]) -> dict[str, float]:
    means = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return {"texts": len(rows), **{name: round(mean, 3) for name, mean in zip(MEASURES, means, strict=True)}}


def _suggested(
    maps: Sequence[tuple[Document, ArgumentMap]], found: Sequence[Reviewed]
) -> Iterator[tuple[str, int, Suggestions]]:
    """System, place of a text, and what the system suggests for it."""
    for place, (document, _) in enumerate(maps):
        yield "floor", place, floor(document)
    order = sorted(range(len(maps)), key=lambda place: (maps[place][0].genre, maps[place][0].title))
    for fold in range(FOLDS):
        apart = order[fold::FOLDS]
        layer = layer_of([found[place] for place in order if place not in apart])
        for place in apart:
            yield MINER.by, place, argued_suggestions(found[place].discussion, layer, MINER.by)


def table_lines(table: Table) -> Iterator[str]:
    """The table as lines to print."""
    yield f"{'system':<10}{'texts':<18}" + "".join(f"{name:>12}" for name in MEASURES)
    for system, groups in table.items():
        for group, row in groups.items():
            cells = "".join(f"{row[name]:>12.3f}" for name in MEASURES)
            yield f"{system:<10}{group:<12}{row['texts']:>4}  {cells}"
