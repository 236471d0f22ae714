"""The miner as spaCy components: factories found by entry point, results in ``doc.spans`` and ``doc._.links``."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from argmap.mining.segments import segments
from argmap.mining.tokens import CappedTokenizer

SPANS = "argument"
__all__ = ["SPANS", "ArgumentUnits", "CappedTokenizer", "language"]


@Language.factory("argument_units", assigns=["doc.spans"])
class ArgumentUnits:
    """Sets ``doc.spans["argument"]``: the argumentative units, in order."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its units."""
        found = (doc.char_span(s.start, s.end, alignment_mode="expand") for s in segments(doc.text))
        doc.spans[SPANS] = [span for span in found if span is not None]
        return doc


def language() -> Language:
    """A new pipeline with the argument components."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "argmap.CappedTokenizer.v1"}}})
    nlp.add_pipe("argument_units")
    return nlp
