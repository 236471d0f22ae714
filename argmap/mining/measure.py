"""How good the miner is on what it never saw: ``python -m argmap.mining.measure CORPORA [MAPS]``.

MAPS is a folder of careful maps that nothing learns from, such as ``data/apart``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmap.mining.baselines import floor
from argmap.mining.brat import threads
from argmap.mining.corpora import Comment, comments
from argmap.mining.crossing import MEASURES
from argmap.mining.decoding import forest
from argmap.mining.evaluate import Figure, evaluate
from argmap.mining.linear import LinearModel
from argmap.mining.pairs import Side
from argmap.mining.pipeline import MINER
from argmap.mining.reviewed_maps import training_maps
from argmap.mining.suggestions import Suggestions
from argmap.mining.train import FOLDS, comment_features, out_of_fold_sides, reason_pairs, reasons_model
from argmap.model import ArgumentMap, Document

THREADS = ("nodes", "links", "links+kind")
"""What the look at ChangeMyView marks; it has no kinds of argmap's."""
LEAST_REASON = 0.2
"""Probability from which a proposition of CDCP counts as a reason for its likeliest target."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured on which texts, and a value in [0, 1]."""

    texts: str
    measure: str
    system: str
    value: float

    def __str__(self) -> str:
        return f"{self.texts:<22}{self.measure:<22}{self.system:<26}{self.value:.3f}"


def table(corpora: Path) -> Iterator[Row]:
    """Every figure that the corpora beside the project allow; fits models on folds of CDCP. Cost: minutes."""
    yield from map_rows("cmv-look, 30 threads", list(threads(corpora / "cmv-look")), THREADS)
    yield from comment_rows(comments(corpora / "cdcp" / "train"))


def map_rows(
    texts: str, gold: Sequence[tuple[Document, ArgumentMap]], names: Sequence[str] = MEASURES
) -> Iterator[Row]:
    """Nodes and links of the miner and of the floor on annotated texts, mean F1 over texts."""
    careful = _joined(found for _, found in gold)
    for system, mine in (("floor", floor), (MINER.by, MINER.mine)):
        scores = evaluate(careful, predicted([document for document, _ in gold], mine))
        for name in names:
            yield Row(texts, name, system, scores.mean(name))


def _joined(maps: Iterable[ArgumentMap]) -> ArgumentMap:
    found = list(maps)
    return ArgumentMap.of(
        [document for one in found for document in one.documents.values()],
        [node for one in found for node in one.nodes.values()],
        [link for one in found for link in one.links.values()],
    )


def predicted(documents: Sequence[Document], mine: Callable[[Document], Suggestions]) -> ArgumentMap:
    """The map of what is suggested for some documents."""
    found = [mine(document) for document in documents]
    return ArgumentMap.of(
        documents, [n for one in found for n in one.nodes], [k for one in found for k in one.links]
    )


def comment_rows(found: Sequence[Comment]) -> Iterator[Row]:
    """Types and links of CDCP's given propositions, each fold by models that saw the others only."""
    texts = f"cdcp train, {FOLDS} folds"
    rows = comment_features(found)
    sides = out_of_fold_sides(found, rows)
    yield Row(texts, "type macro F1", "most frequent", _type_score(found, lambda place: "value"))
    types = [side.type for row in sides for side in row]
    yield Row(texts, "type macro F1", MINER.by, _type_score(found, types.__getitem__))
    yield Row(texts, "link F1", "supports the one before", _before(found).f1)
    yield Row(texts, "link F1", MINER.by, _linked(found, sides).f1)


def _type_score(found: Sequence[Comment], guess: Callable[[int], str]) -> float:
    gold = [name for comment in found for name in comment.types]
    guesses = [guess(place) for place in range(len(gold))]
    figures = [
        Figure(
            sum(g == p == name for g, p in zip(gold, guesses, strict=True)),
            guesses.count(name),
            gold.count(name),
        )
        for name in sorted(set(gold))
    ]
    return sum(figure.f1 for figure in figures) / len(figures)


def _before(found: Iterable[Comment]) -> Figure:
    total = Figure()
    for comment in found:
        guesses = {(place, place - 1) for place in range(1, len(comment.types))}
        total += Figure(len(guesses & comment.links), len(guesses), len(comment.links))
    return total


def _linked(found: Sequence[Comment], sides: Sequence[Sequence[Side]]) -> Figure:
    total = Figure()
    for fold in range(FOLDS):
        inside = [place for place in range(len(found)) if place % FOLDS != fold]
        model = reasons_model([found[p] for p in inside], [sides[p] for p in inside])
        for place in range(fold, len(found), FOLDS):
            guesses = reason_links(model, found[place], sides[place])
            total += Figure(len(guesses & found[place].links), len(guesses), len(found[place].links))
    return total


def reason_links(model: LinearModel, comment: Comment, sides: Sequence[Side]) -> set[tuple[int, int]]:
    """Source and target of each support link between given propositions, as a forest."""
    odds: list[dict[int | None, float]] = [{None: LEAST_REASON} for _ in sides]
    for source, target, features in reason_pairs(comment, sides):
        odds[source][target] = model.chance(features)
    chosen = [max(found, key=lambda place: (found[place], -(place or 0))) for found in odds]
    heads = forest(chosen, odds)
    return {(place, head) for place, head in enumerate(heads) if head is not None}


def main(arguments: Sequence[str]) -> None:
    """Print the table for a folder of corpora, and that of the careful maps in a second folder, if named."""
    corpora, *folders = map(Path, arguments)
    for row in table(corpora):
        sys.stdout.write(f"{row}\n")
    for folder in folders:
        maps = training_maps(folder)
        for row in map_rows(f"{folder.name}, {len(maps)} texts", maps):
            sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
