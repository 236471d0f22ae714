"""Training of the cuts between clauses, from the propositions of CDCP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from argmap.mining.clauses import cuts, past_marks
from argmap.mining.corpora import Comment

Labelled = tuple[tuple[str, ...], str]


def proposition_cuts(nlp: Language, found: Iterable[Comment]) -> Iterator[tuple[str, Labelled]]:
    """Candidate cuts of CDCP's sentences by comment, ``yes`` where a proposition begins."""
    pairs = ((comment.text, comment) for comment in found)
    for doc, comment in nlp.pipe(pairs, as_tuples=True, disable=["argument_units", "argument_links"]):
        starts = {start for start, _ in comment.offsets}
        places = {
            past_marks(doc, token.i, len(doc)) for token in doc if _begins(token.idx, starts, comment.text)
        }
        for sentence in doc.sents:
            for cut in cuts(doc, sentence.start, sentence.end):
                yield comment.name, (cut.features, "yes" if cut.place in places else "no")


def _begins(offset: int, starts: set[int], text: str) -> bool:
    """Whether a proposition begins at a word, but for white space before it."""
    while offset not in starts and offset > 0 and text[offset - 1].isspace():
        offset -= 1
    return offset in starts
