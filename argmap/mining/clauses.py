"""Where one sentence makes two points: candidate cuts from its tree, judged by a trained model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

CLAUSAL = frozenset(
    (
        "conj",
        "advcl",
        "advcl:relcl",
        "parataxis",
        "ccomp",
        "acl:relcl",
        "acl",
        "appos",
        "list",
        "ROOT",
        "root",
    )
)
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl", "nsubj:outer"))
_HELPERS = frozenset(("aux", "aux:pass", "cop"))
LEAST = 3
"""Tokens on either side of a cut: fewer make no point."""
_DENIALS = frozenset(("not", "n't", "n’t", "never", "hardly"))
WINDOW = 40
"""Tokens on either side of a cut that are looked at."""
_MARKS = frozenset(",;:–—-()[]\"'“”‘’*_")


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a sentence may be cut.

    Args:
        place: the token that would begin the later part.
        signals: what a model may know about it, by name.
    """

    place: int
    signals: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Tokens [start, end) of a Doc, with what each of its cuts asks for."""

    doc: Doc
    start: int
    end: int
    opening: int
    subjects: Sequence[int]


def cuts(doc: Doc, start: int, end: int) -> Iterator[Cut]:
    """The candidate cuts of the sentence at tokens [start, end), in order, one a place. Cost: linear."""
    tokens = list(doc[start:end])
    relations = [token.dep_ for token in tokens]
    subjects = [start + at for at, relation in enumerate(relations) if relation.startswith("nsubj")]
    sentence = _Sentence(doc, start, end, past_marks(doc, start, end), subjects)
    found: dict[int, Cut] = {}
    for token, relation in zip(tokens, relations, strict=True):
        if relation in CLAUSAL and _is_clause(token) and not _is_denied(token):
            for place, side in _edges(token, sentence):
                if place not in found and min(place - start, end - place) >= LEAST:
                    found[place] = Cut(place, dict.fromkeys(_features(sentence, token, place, side), 1.0))
    for place in sorted(found):
        yield found[place]


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or _has(token, _SUBJECTS | _HELPERS)


def _is_denied(token: Token) -> bool:
    """Whether a clause is what somebody does not think or say: alone it would say the contrary."""
    return token.dep_ == "ccomp" and any(child.lower_ in _DENIALS for child in token.head.children)


def _edges(token: Token, sentence: _Sentence) -> Iterator[tuple[int, str]]:
    """First token of a clause, and the first after it where it stands before what it belongs to."""
    doc, end = sentence.doc, sentence.end
    place = past_marks(doc, token.left_edge.i, end)
    if sentence.opening < place < end:
        yield place, "before"
    if token.head.i > token.i:
        place = past_marks(doc, token.right_edge.i + 1, end)
        if sentence.start < place < end:
            yield place, "after"


def past_marks(doc: Doc, place: int, end: int) -> int:
    """The first token from a place on that is neither punctuation nor white space."""
    while place < end:
        token = doc[place]
        if not (token.is_space or token.text in _MARKS or token.pos_ == "PUNCT"):
            break
        place += 1
    return place


def _has(token: Token, relations: frozenset[str]) -> bool:
    return any(child.dep_ in relations for child in token.children)


def _child(token: Token, relation: str) -> str:
    return next((child.lower_ for child in token.children if child.dep_ == relation), "-")


def _size(words: int) -> str:
    return next(
        (name for limit, name in ((2, "1"), (4, "3"), (7, "6"), (12, "11"), (20, "19")) if words <= limit),
        "20",
    )


def _features(sentence: _Sentence, token: Token, place: int, side: str) -> Iterator[str]:
    dep, head = token.dep_, token.head
    mark, cc = _child(token, "mark"), _child(token, "cc")
    subject, finite = (
        _has(token, _SUBJECTS),
        token.tag_ in ("VBZ", "VBP", "VBD", "MD") or _has(token, _HELPERS),
    )
    inside = _has(head, _SUBJECTS)
    last, first = sentence.doc[place - 1], sentence.doc[place]
    before = last.text if last.text in _MARKS or last.is_punct else "-"
    shape = f"{side} {dep} subject={subject} head={inside}"
    yield from ("bias", side, dep, f"{side} {dep}", shape, f"finite={finite} {side} {dep}")
    yield from (
        f"mark={mark} {side}",
        f"cc={cc} {dep} subject={subject}",
        f"before={before} {dep}",
        f"before={before} {side}",
    )
    yield from (
        f"first={first.lower_}",
        f"first={first.lower_} {before}",
        f"tag={first.tag_} {dep}",
    )
    yield from (
        f"head dep={head.dep_} {dep}",
        f"head={head.lemma_.lower()} {dep}",
        f"head pos={head.pos_} {dep}",
    )
    left, right = _size(place - sentence.start), _size(sentence.end - place)
    yield from (f"left={left}", f"right={right}", f"left={left} {dep}", f"sizes={left},{right}")
    yield f"clause={_size(token.right_edge.i - token.left_edge.i + 1)} {side} {dep}"
    yield f"depth={min(3, _depth(token))}"
    yield f"adverb={_child(token, 'advmod')} {side}"
    yield from _around(sentence, place)


def _around(sentence: _Sentence, place: int) -> Iterator[str]:
    """What the words on both sides of a place show, as far as `WINDOW` tokens."""
    doc, subjects = sentence.doc, sentence.subjects
    least = max(sentence.start, place - WINDOW)
    rank = bisect_left(subjects, place)
    one = doc[subjects[rank - 1]].lower_ if rank and subjects[rank - 1] >= least else None
    two = doc[subjects[rank]].lower_ if rank < len(subjects) and subjects[rank] < place + WINDOW else None
    words = (doc[at] for at in range(place - 1, least - 1, -1))
    yield f"sentence opens with {doc[sentence.start].lower_}"
    yield f"last word {next((token.lower_ for token in words if token.is_alpha), '-')}"
    yield f"subjects {int(one is not None)} {int(two is not None)} same={one == two}"
    yield from (f"subject before {word}" for word in (one,) if word)
    yield from (f"subject after {word}" for word in (two,) if word)


def _depth(token: Token) -> int:
    """How many clauses a clause stands in, up to three."""
    depth = 0
    for ancestor in token.ancestors:
        depth += ancestor.dep_ in CLAUSAL
        if depth >= 3:
            break
    return depth
