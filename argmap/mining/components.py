"""The miner as spaCy components, found by entry point: results in ``doc.spans`` and ``doc._.links``."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from argmap.mining.judging import argued, judgements
from argmap.mining.layer import shipped
from argmap.mining.linear import TRAINED
from argmap.mining.relations import relations
from argmap.mining.segments import shipped_cuts, unit_spans
from argmap.mining.sentences import sentences
from argmap.mining.stretches import Stretch
from argmap.mining.tokens import CappedTokenizer
from argmap.mining.units import Discussion, units_of
from argmap.model import Document, document_id

SPANS = "argument"
__all__ = ["SPANS", "ArgumentLinks", "ArgumentSentences", "ArgumentUnits", "CappedTokenizer", "language"]


STARTS, UNKNOWN, CONTINUES = 1, 0, -1
LONGEST_SENTENCE = 300
"""Characters above which the parser may find more sentence ends than the marks and lines of a text show."""


@Language.factory("argument_sentences", assigns=["token.is_sent_start"])
class ArgumentSentences:
    """Sets sentence starts before the parser does: where marks and lines say so."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its sentence starts."""
        spans = list(sentences(doc.text))
        loose = np.array([[s.start, s.end] for s in spans if len(s) > LONGEST_SENTENCE] or [[0, 0]])
        offsets = doc.to_array("IDX").astype(np.int64)
        long = loose[np.maximum(np.searchsorted(loose[:, 0], offsets, "left") - 1, 0)]
        inside = (offsets > long[:, 0]) & (offsets < long[:, 1])
        marks = np.where(inside, UNKNOWN, CONTINUES)
        marks[np.isin(offsets, [span.start for span in spans])] = STARTS
        return doc.from_array(["SENT_START"], marks.astype(np.uint64)[:, None]) if len(doc) else doc


@Language.factory("argument_units", assigns=["doc.spans"])
class ArgumentUnits:
    """Sets ``doc.spans["argument"]``: every unit that might belong in an argument map, in order."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its units."""
        doc.spans[SPANS] = unit_spans(doc, shipped_cuts())
        return doc


@Language.factory("argument_links", requires=["doc.spans"], assigns=["doc.spans", "doc._.links"])
class ArgumentLinks:
    """Keeps the units that argue, labels them by kind, and sets ``doc._.links``; a Doc is one turn."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        if not Doc.has_extension("links"):
            Doc.set_extension("links", default=())

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with kinds as labels and a tuple of `Relation` between places of its spans."""
        document = Document(document_id(doc.text), "", "essay", doc.text)
        units = units_of(list(doc.spans[SPANS]), Stretch(0, 0, doc.text))
        discussion, shares = argued(Discussion(document, units), shipped())
        found = relations(discussion, shares, shipped())
        verdicts = judgements(discussion, shares, found)
        doc.spans[SPANS] = [
            doc.char_span(unit.start, unit.end, label=kind.value)
            for unit, (kind, _, _) in zip(discussion.units, verdicts, strict=True)
        ]
        doc._.links = tuple(found)
        return doc


def language() -> Language:
    """A new pipeline: the trained English one with the argument components."""
    tokenizer = {"nlp": {"tokenizer": {"@tokenizers": "argmap.CappedTokenizer.v1"}}}
    nlp = spacy.load(TRAINED / "en_argmap", config=tokenizer)
    nlp.add_pipe("argument_sentences", before="parser")
    nlp.add_pipe("argument_units")
    nlp.add_pipe("argument_links")
    return nlp
