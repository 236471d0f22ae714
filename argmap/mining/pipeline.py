"""The default miner: documents through the spaCy pipeline, units into kinds and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from argmap.mining import load, parsed
from argmap.mining.alike import require_meanings
from argmap.mining.judging import Judgement, argued, judgements
from argmap.mining.layer import VERSION, Layer, shipped
from argmap.mining.own_model import own_model, remark
from argmap.mining.relations import Relation, relations
from argmap.mining.segments import shipped_cuts, unit_spans
from argmap.mining.stretches import Stretch, stretches
from argmap.mining.suggestions import Suggestions
from argmap.mining.units import Discussion, Unit, units_of
from argmap.mining.weighing import Weighing
from argmap.model import Document, Link, Mention, Node, Status, new_link, new_node

Batch = list[tuple[int, Stretch]]
"""Stretches that spaCy sees at a time, each with the place of its document."""
BATCH = 64
"""Documents read ahead at a time."""
BATCH_CHARACTERS = 40_000
"""Characters that spaCy sees at a time: enough to be fast, few enough to stay below 300 MB."""

STARTED = 16
"""How much more is given at a time where processes have to start first."""


class ArgmapMiner:
    """Rules and small trained models over the English pipeline; needs no network.

    Args:
        layer: the models that maps teach; the shipped ones where it is None.
        version: tells apart what other models suggest.
        remark: what people should know of these models.
    """

    name = "argmap"

    def __init__(self, layer: Layer | None = None, version: str = VERSION, remark: str | None = None) -> None:
        self.version = version
        self._layer = layer
        self._remarks = (remark,) if remark else ()

    @property
    def by(self) -> str:
        """How nodes and links name this miner."""
        return f"{self.name}@{self.version}"

    def mine(self, document: Document) -> Suggestions:
        """Suggestions for one document. Cost: linear in its text."""
        return next(self.mine_all([document]))

    def mine_all(self, documents: Iterable[Document], *, processes: int = 1) -> Iterator[Suggestions]:
        """Suggestions for each document, in order; memory holds `BATCH` documents at a time.

        Args:
            documents: any number.
            processes: how many tag and parse (spaCy's ``n_process``); worth it from some hundred pages on,
                since each has to start, and holds the model and `STARTED` times as many documents.
        """
        waiting = iter(documents)
        size = BATCH if processes == 1 else BATCH * STARTED
        while batch := list(islice(waiting, size)):
            units: list[list[Unit]] = [[] for _ in batch]
            for place, found in _units(batch, shipped_cuts(), processes):
                units[place].extend(found)
            for document, own in zip(batch, units, strict=True):
                yield self._suggestions(Discussion(document, own))

    def _suggestions(self, candidates: Discussion) -> Suggestions:
        found = argued_suggestions(candidates, self._layer or shipped(), self.by)
        return replace(found, remarks=self._remarks)


def argued_suggestions(candidates: Discussion, layer: Layer, by: str) -> Suggestions:
    """What the models of a layer make of the candidate units of a document."""
    discussion, shares = argued(candidates, layer)
    found = relations(discussion, shares, layer)
    return suggestions(discussion, judgements(discussion, shares, found), found, by)


def suggestions(
    discussion: Discussion, verdicts: Sequence[Judgement], found: Sequence[Relation], by: str
) -> Suggestions:
    """Units with their kinds, and relations, as nodes and links that wait for a decision."""
    nodes = tuple(
        _node(discussion, unit, verdict, by) for unit, verdict in zip(discussion.units, verdicts, strict=True)
    )
    return Suggestions(nodes, tuple(_link(relation, nodes, by) for relation in found))


def _node(discussion: Discussion, unit: Unit, verdict: Judgement, by: str) -> Node:
    kind, confidence, why = verdict
    mention = Mention(discussion.document.id, unit.start, unit.end, discussion.speaker(unit))
    return new_node(
        kind, unit.text, [mention], status=Status.SUGGESTED, confidence=confidence, by=by, cue=why
    )


def _link(relation: Relation, nodes: Sequence[Node], by: str) -> Link:
    return new_link(
        relation.kind,
        [nodes[relation.source].id],
        nodes[relation.target].id,
        status=Status.SUGGESTED,
        confidence=relation.confidence,
        by=by,
        cue=relation.cue,
    )


def _units(documents: list[Document], cuts: Weighing, processes: int = 1) -> Iterator[tuple[int, list[Unit]]]:
    """Place of a document and units of one of its stretches, in reading order."""
    most = BATCH_CHARACTERS if processes == 1 else BATCH_CHARACTERS * STARTED
    pairs = ((place, stretch) for place, document in enumerate(documents) for stretch in stretches(document))
    for batch in batches(pairs, most):
        with load().memory_zone():
            texts = (stretch.text for _, stretch in batch)
            docs = parsed(texts, batch_size=_share(batch, processes), processes=processes)
            for (place, stretch), doc in zip(batch, docs, strict=True):
                yield place, list(units_of(unit_spans(doc, cuts), stretch))


def _share(batch: Batch, processes: int) -> int:
    """Stretches that a process is given at a time."""
    return len(batch) if processes == 1 else max(1, len(batch) // (4 * processes))


def batches(pairs: Iterable[tuple[int, Stretch]], most: int = BATCH_CHARACTERS) -> Iterator[Batch]:
    """Stretches in groups of at most so many characters, or one alone that is longer."""
    batch: Batch = []
    size = 0
    for pair in pairs:
        if batch and size + len(pair[1].text) > most:
            yield batch
            batch, size = [], 0
        batch.append(pair)
        size += len(pair[1].text)
    if batch:
        yield batch


def candidate_units(document: Document, cuts: Weighing | None = None) -> list[Unit]:
    """Every unit of one document that might belong in a map.

    Args:
        document: where they stand.
        cuts: where its sentences are cut; the shipped model where it is None.
    """
    found = _units([document], cuts or shipped_cuts())
    return [unit for _, units in found for unit in units]


MINER = ArgmapMiner()


def own_miner(path: Path | None) -> ArgmapMiner:
    """The default miner, with the weights at this place where there are some that fit.

    Raises:
        MiningError: they need an embedding model that the environment does not name.
    """
    found = own_model(path)
    if found is not None and path is not None:
        require_meanings(found.layer.meanings, path.name)
        return ArgmapMiner(found.layer, found.version)
    note = remark(path)
    return ArgmapMiner(remark=note) if note else MINER
