"""The default miner: documents through the spaCy pipeline, units into relations and kinds, into suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

from argmap.mining import load
from argmap.mining.kinds import Judgement, judgements
from argmap.mining.relations import Relation, relations
from argmap.mining.stretches import Stretch, stretches
from argmap.mining.suggestions import Suggestions
from argmap.mining.units import Discussion, Unit, unit_of
from argmap.model import Document, Link, Mention, Node, Span, new_link, new_node

BATCH = 64
"""Documents read ahead at a time."""


class ArgmapMiner:
    """Rules and small trained models over the English pipeline; needs no network."""

    name = "argmap"
    version = "1"

    @property
    def by(self) -> str:
        """How nodes and links name this miner."""
        return f"{self.name}@{self.version}"

    def mine(self, document: Document) -> Suggestions:
        """Suggestions for one document. Cost: linear in its text."""
        return next(self.mine_all([document]))

    def mine_all(self, documents: Iterable[Document]) -> Iterator[Suggestions]:
        """Suggestions for each document, in order; memory holds `BATCH` documents at a time."""
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            units: list[list[Unit]] = [[] for _ in batch]
            for place, found in _units(batch):
                units[place].extend(found)
            for document, own in zip(batch, units, strict=True):
                yield self._suggestions(Discussion(document, own))

    def _suggestions(self, discussion: Discussion) -> Suggestions:
        found = list(relations(discussion))
        verdicts = judgements(discussion, found)
        nodes = [self._node(discussion, *pair) for pair in zip(discussion.units, verdicts, strict=True)]
        return Suggestions(tuple(nodes), tuple(self._link(relation, nodes) for relation in found))

    def _node(self, discussion: Discussion, unit: Unit, verdict: Judgement) -> Node:
        kind, confidence, why = verdict
        mention = Mention(discussion.document.id, unit.start, unit.end, discussion.speaker(unit))
        return new_node(
            kind, unit.text, [mention], status="suggested", confidence=confidence, by=self.by, cue=why
        )

    def _link(self, relation: Relation, nodes: list[Node]) -> Link:
        source, target = nodes[relation.source].id, nodes[relation.target].id
        return new_link(
            relation.kind,
            [source],
            target,
            status="suggested",
            confidence=relation.confidence,
            by=self.by,
            cue=relation.cue,
        )


def _units(documents: list[Document]) -> Iterator[tuple[int, list[Unit]]]:
    """Place of a document and units of one of its stretches, in reading order."""
    pairs = ((s.text, (place, s)) for place, document in enumerate(documents) for s in stretches(document))
    nlp = load()
    with nlp.memory_zone():
        for doc, (place, stretch) in nlp.pipe(pairs, as_tuples=True, disable=["argument_links"]):
            yield place, list(_units_of(doc, stretch))


def _units_of(doc: Doc, stretch: Stretch) -> Iterator[Unit]:
    end = 0
    for span in doc.spans["argument"]:
        yield unit_of(stretch, Span(span.start_char, span.end_char), stretch.text[end : span.start_char])
        end = span.end_char


MINER = ArgmapMiner()
