"""Training of the cuts between clauses: propositions of CDCP, discourse units of GUM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from argmap.mining.clauses import cuts, past_marks
from argmap.mining.corpora import Comment, DiscourseDocument, DiscourseUnit, comments, discourse_documents

SEPARATE = (
    "joint-list",
    "joint-other",
    "joint-sequence",
    "joint-disjunction",
    "adversative-concession",
    "adversative-contrast",
    "adversative-antithesis",
    "explanation-evidence",
    "explanation-justify",
    "explanation-motivation",
    "causal-cause",
    "causal-result",
    "evaluation-comment",
    "restatement-repetition",
    "topic-question",
    "topic-solutionhood",
)
"""Relations of GUM whose two sides are points of their own."""

Labelled = tuple[tuple[str, ...], str]


def discourse_cuts(documents: Iterable[DiscourseDocument]) -> Iterator[Labelled]:
    """Candidate cuts of GUM's sentences, ``yes`` where two units of their own meet."""
    for document in documents:
        for sentence in document.doc.sents:
            units = [unit for unit in document.units if sentence.start <= unit.start < sentence.end]
            meeting = _meeting(document.doc, units, sentence.end)
            for cut in cuts(document.doc, sentence.start, sentence.end):
                yield (*cut.features, "gum"), "yes" if meeting.get(cut.place) in SEPARATE else "no"


def _meeting(doc: Doc, units: list[DiscourseUnit], end: int) -> dict[int, str]:
    """First token of each later unit of a sentence -> the relation across the cut before it."""
    numbers = {unit.number for unit in units}
    found = {}
    for place, unit in enumerate(units[1:], 1):
        relation = unit.relation if unit.head in numbers and unit.head < unit.number else ""
        if not relation:
            crossing = [u for u in units[:place] if u.head in numbers and u.head >= unit.number]
            relation = crossing[0].relation if crossing else ""
        found[past_marks(doc, unit.start, end)] = relation
    return found


def proposition_cuts(nlp: Language, found: Iterable[Comment]) -> Iterator[tuple[str, Labelled]]:
    """Candidate cuts of CDCP's sentences by comment, ``yes`` where a proposition begins."""
    pairs = ((comment.text, comment) for comment in found)
    for doc, comment in nlp.pipe(pairs, as_tuples=True):
        starts = {start for start, _ in comment.offsets}
        places = {
            past_marks(doc, token.i, len(doc)) for token in doc if _begins(token.idx, starts, comment.text)
        }
        for sentence in doc.sents:
            for cut in cuts(doc, sentence.start, sentence.end):
                yield comment.name, ((*cut.features, "cdcp"), "yes" if cut.place in places else "no")


def _begins(offset: int, starts: set[int], text: str) -> bool:
    """Whether a proposition begins at a word, but for white space before it."""
    while offset not in starts and offset > 0 and text[offset - 1].isspace():
        offset -= 1
    return offset in starts


def corpora(folder: Path, nlp: Language) -> tuple[list[DiscourseDocument], list[Comment]]:
    """GUM's training documents and CDCP's comments."""
    return (
        list(discourse_documents(folder / "ud-gum" / "en_gum-ud-train.conllu", nlp.vocab)),
        comments(folder / "cdcp" / "train"),
    )
