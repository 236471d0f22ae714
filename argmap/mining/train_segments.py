"""Training of the cuts inside sentences: where careful maps begin another node, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from argmap.mining import parsed
from argmap.mining.clauses import cuts
from argmap.mining.sentences import sentences
from argmap.mining.stretches import stretches
from argmap.mining.weighing import Signals, Weighing, fitted_labels
from argmap.model import ArgumentMap, Document, Span

STRENGTH = 0.1
"""Inverse of the regularisation, chosen by cross-validation by text."""
LEAD = 40
"""Characters of connectives that may stand between a cut and the node after it."""

Labelled = tuple[Signals, str]


def cuts_model(cuts_of: Iterable[Sequence[Labelled]]) -> Weighing:
    """Weights of the cuts, labels ``no`` and ``yes``, from the labelled cuts of each text."""
    made = [found for labelled in cuts_of for found in labelled]
    samples, labels = [signals for signals, _ in made], [label for _, label in made]
    return fitted_labels(samples, labels, [1.0] * len(made), strength=STRENGTH)


def labelled_cuts(document: Document, gold: ArgumentMap) -> list[Labelled]:
    """The candidate cuts of a document of which its careful map tells whether they part two points."""
    nodes = sorted(
        mention.span
        for node in gold.nodes.values()
        for mention in node.mentions
        if mention.document == document.id
    )
    pieces = list(stretches(document))
    docs = parsed(piece.text for piece in pieces)
    return [
        found for piece, doc in zip(pieces, docs, strict=True) for found in _labelled(doc, piece.start, nodes)
    ]


def _labelled(doc: Doc, start: int, nodes: Sequence[Span]) -> Iterator[Labelled]:
    for sentence in sentences(doc.text):
        tokens = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
        for cut in cuts(doc, tokens.start, tokens.end) if tokens is not None else ():
            last = next(
                (t for t in reversed(doc[tokens.start : cut.place]) if t.is_alpha), doc[cut.place - 1]
            )
            label = cut_label(start + last.idx, start + doc[cut.place].idx, nodes)
            if label:
                yield cut.signals, label


def cut_label(last: int, first: int, nodes: Sequence[Span]) -> str | None:
    """Whether a cut parts two points, or a point from words that make none; None where no node is near.

    Args:
        last: a character of the word before the cut.
        first: the first character after it.
        nodes: spans of the careful map.
    """
    before = next((node for node in nodes if node.start <= last < node.end), None)
    after = next((node for node in nodes if node.end > first and node.start < first + LEAD), None)
    if before is None:
        return "yes" if after is not None and after.start >= first - 2 else None
    if after == before or (after is None and before.end > first + 2):
        return "no"
    return "yes"
