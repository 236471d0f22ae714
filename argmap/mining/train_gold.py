"""Training further on what a team agreed on, judged on texts held out, and kept only if it is not worse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from argmap.errors import TrainingError
from argmap.mining.crossing import MEASURES, figures
from argmap.mining.gold import gold_pairs
from argmap.mining.layer import Layer, shipped
from argmap.mining.own_model import OwnModel, shipped_weights
from argmap.mining.pipeline import MINER, argued_suggestions
from argmap.mining.reviewed_maps import Reviewed as Pair
from argmap.mining.train_maps import Reviewed, continued, layer_of, reviewed
from argmap.model import ArgumentMap

FOLDS = 6
"""Parts of the gold texts at most, each of which is held out once."""


@dataclass(frozen=True, slots=True)
class Row:
    """One model on the gold texts.

    Args:
        system: which model.
        scores: document id -> F1 of each of `MEASURES`.
        seen: ids of the documents that it was trained on when it was measured on them.
    """

    system: str
    scores: Mapping[str, Sequence[float]]
    seen: frozenset[str] = frozenset()

    @property
    def f1(self) -> dict[str, float]:
        """Measure -> mean over the texts."""
        columns = zip(*self.scores.values(), strict=True)
        return {
            name: round(sum(column) / len(column), 4) for name, column in zip(MEASURES, columns, strict=True)
        }

    @property
    def mean(self) -> float:
        """Mean of all measures."""
        return sum(self.f1.values()) / len(MEASURES)


@dataclass(frozen=True, slots=True)
class Trial:
    """What training on gold came to.

    Args:
        rows: the models before; last but one what training started from, which saw none of the texts; last
            the trained one, each text by weights that never saw it.
        model: the new model, trained on all gold.
        is_kept: whether it is not worse, and so takes the place of the old one.
        left_out: titles of documents in which too much waits for a decision.
    """

    rows: tuple[Row, ...]
    model: OwnModel
    is_kept: bool
    left_out: tuple[str, ...] = ()

    @property
    def gain(self) -> dict[str, float]:
        """By how much each measure is better than where training started; ``mean`` is that of all."""
        start, new = self.rows[-2:]
        gains = {name: round(new.f1[name] - start.f1[name], 4) for name in MEASURES}
        return gains | {"mean": round(new.mean - start.mean, 4)}

    def plain(self) -> dict[str, Any]:
        """Its figures as JSON values."""
        rows = [
            {"system": row.system, "seen": len(row.seen), "texts": len(row.scores)}
            | {**row.f1, "mean": round(row.mean, 4)}
            for row in self.rows
        ]
        return {"rows": rows, "gain": self.gain, "kept": self.is_kept, "left out": list(self.left_out)}


class _Texts:
    """Gold texts, on which any model can be measured."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        self.ids = [document.id for document, _ in pairs]
        self.found: list[Reviewed] = [reviewed(*pair) for pair in pairs]

    def row(self, system: str, layer: Layer, seen: Iterable[str] = ()) -> Row:
        """A model's figures."""
        scores = {self.ids[at]: self._scores(layer, at) for at in range(len(self.ids))}
        return Row(system, scores, frozenset(seen) & frozenset(self.ids))

    def held_out(self, system: str, start: Layer, meanings: str) -> Row:
        """Figures of what a model becomes by training, each text by weights that saw the others."""
        folds = min(FOLDS, len(self.ids))
        scores: dict[str, list[float]] = {}
        for fold in range(folds):
            others = [one for at, one in enumerate(self.found) if at % folds != fold]
            layer = continued(start, others, meanings)
            scores |= {self.ids[at]: self._scores(layer, at) for at in range(fold, len(self.ids), folds)}
        return Row(system, {document: scores[document] for document in self.ids})

    def _scores(self, layer: Layer, place: int) -> list[float]:
        suggested = argued_suggestions(self.found[place].discussion, layer, MINER.by)
        return figures(*self.pairs[place], suggested)


def train_gold(
    frozen: ArgumentMap,
    shipped_maps: Sequence[Pair],
    *,
    name: str,
    used: OwnModel | None = None,
    meanings: str = "",
) -> Trial:
    """Train the shipped weights further on gold, and try the result on texts it never saw.

    Training starts from the shipped weights; where these have seen some of the texts, from weights made anew
    without them, so that the comparison is fair.

    Args:
        frozen: a gold version.
        shipped_maps: the maps that the shipped weights were trained on.
        name: of the gold version.
        used: the model in use, where it is not the shipped one.
        meanings: name of an embedding model whose cosines are weighed too, if that is better; empty for none.

    Raises:
        TrainingError: there are fewer than two texts, or the shipped weights saw no others than these.

    Cost: a minute for five texts; a few more where weights have to be made anew.
    """
    pairs, left_out = gold_pairs(frozen)
    if len(pairs) < 2:
        more = f"; in {len(left_out)} others too much waits for a decision" if left_out else ""
        raise TrainingError(f"one text to learn from and one to hold out: '{name}' has {len(pairs)}{more}")
    texts = _Texts(pairs)
    rows = []
    if used is not None and used.layer.meanings in ("", meanings):  # any other cannot be used here
        rows.append(texts.row("in use", used.layer, used.texts))
    rows.append(texts.row("shipped", shipped(), [document.id for document, _ in shipped_maps]))
    start = shipped()
    if rows[-1].seen:
        start = _made_without(texts.ids, shipped_maps)
        rows.append(texts.row("shipped, without these", start))
    best, *others = _further(texts, start, meanings)
    rows = [*rows[:-1], *(row for row, _ in others), rows[-1], best[0]]
    model = OwnModel(continued(start, texts.found, best[1]), shipped_weights(), name, tuple(texts.ids))
    return Trial(tuple(rows), model, all(is_no_worse(rows[-1], row) for row in rows[:-1]), left_out)


def _further(texts: _Texts, start: Layer, meanings: str) -> list[tuple[Row, str]]:
    """Figures of training without embeddings, and with them where a model is named; the better one first."""
    found = [(texts.held_out("trained on the others", start, ""), "")]
    if meanings:
        found.append((texts.held_out("trained with embeddings", start, meanings), meanings))
    return sorted(found, key=lambda one: -one[0].mean)


def is_no_worse(new: Row, old: Row) -> bool:
    """Whether the mean over the texts that the old model has not seen is as high; nothing else is fair."""
    fair = [document for document in new.scores if document not in old.seen]
    return sum(sum(new.scores[i]) for i in fair) >= sum(sum(old.scores[i]) for i in fair)


def _made_without(ids: Sequence[str], shipped_maps: Sequence[Pair]) -> Layer:
    others = [pair for pair in shipped_maps if pair[0].id not in ids]
    if not others:
        raise TrainingError(
            "the shipped weights learnt from these texts alone; there is nothing to start from"
        )
    return layer_of([reviewed(*pair) for pair in others])


def trial_lines(trial: Trial) -> Iterator[str]:
    """The table of a trial as lines to print."""
    yield f"{'model':<26}{'has seen':<16}" + "".join(f"{name:>12}" for name in (*MEASURES, "mean"))
    for row in trial.rows:
        seen = f"{len(row.seen)} of {len(row.scores)} texts" if row.seen else "none"
        cells = "".join(f"{value:>12.3f}" for value in (*row.f1.values(), row.mean))
        yield f"{row.system:<26}{seen:<16}{cells}"
    yield f"{'better by':<42}" + "".join(f"{value:>+12.3f}" for value in trial.gain.values())
