"""Where one sentence makes two points: candidate cuts from its tree, judged by a trained model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def cuts(doc: Doc, start: int, end: int) -> Iterator[Cut]:
    """The candidate cuts of the sentence at tokens [start, end), in order, one a place. Cost: linear."""
    found: dict[int, Cut] = {}
    for token in doc[start:end]:
        if token.dep_ in CLAUSAL and _is_clause(token) and not _is_denied(token):
            for place, side in _edges(token, start, end):
                if place not in found and min(place - start, end - place) >= LEAST:
                    found[place] = Cut(
                        place, dict.fromkeys(_features(doc, token, place, side, (start, end)), 1.0)
                    )
    for place in sorted(found):
        yield found[place]


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or _has(token, _SUBJECTS | _HELPERS)


def _is_denied(token: Token) -> bool:
    """Whether a clause is what somebody does not think or say: alone it would say the contrary."""
    return token.dep_ == "ccomp" and any(child.lower_ in _DENIALS for child in token.head.children)


def _edges(token: Token, start: int, end: int) -> Iterator[tuple[int, str]]:
    """First token of a clause, and the first after it where it stands before what it belongs to."""
    doc = token.doc
    left, right = token.left_edge.i, token.right_edge.i + 1
    place = past_marks(doc, left, end)
    if past_marks(doc, start, end) < place < end:
        yield place, "before"
    place = past_marks(doc, right, end)
    if token.head.i > token.i and start < place < end:
        yield place, "after"


def past_marks(doc: Doc, place: int, end: int) -> int:
    """The first token from a place on that is neither punctuation nor white space."""
    while place < end and (doc[place].is_space or doc[place].text in _MARKS or doc[place].pos_ == "PUNCT"):
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


def _features(doc: Doc, token: Token, place: int, side: str, bounds: tuple[int, int]) -> Iterator[str]:
    start, end = bounds
    dep, head = token.dep_, token.head
    mark, cc = _child(token, "mark"), _child(token, "cc")
    subject, finite = (
        _has(token, _SUBJECTS),
        token.tag_ in ("VBZ", "VBP", "VBD", "MD") or _has(token, _HELPERS),
    )
    inside = _has(head, _SUBJECTS)
    before = doc[place - 1].text if doc[place - 1].text in _MARKS or doc[place - 1].is_punct else "-"
    shape = f"{side} {dep} subject={subject} head={inside}"
    yield from ("bias", side, dep, f"{side} {dep}", shape, f"finite={finite} {side} {dep}")
    yield from (
        f"mark={mark} {side}",
        f"cc={cc} {dep} subject={subject}",
        f"before={before} {dep}",
        f"before={before} {side}",
    )
    yield from (
        f"first={doc[place].lower_}",
        f"first={doc[place].lower_} {before}",
        f"tag={doc[place].tag_} {dep}",
    )
    yield from (
        f"head dep={head.dep_} {dep}",
        f"head={head.lemma_.lower()} {dep}",
        f"head pos={head.pos_} {dep}",
    )
    yield from (
        f"left={_size(place - start)}",
        f"right={_size(end - place)}",
        f"left={_size(place - start)} {dep}",
    )
    yield f"sizes={_size(place - start)},{_size(end - place)}"
    yield f"clause={_size(token.right_edge.i - token.left_edge.i + 1)} {side} {dep}"
    yield f"depth={min(3, _depth(token))}"
    yield f"adverb={_child(token, 'advmod')} {side}"
    yield from _around(doc, place, bounds)


def _around(doc: Doc, place: int, bounds: tuple[int, int]) -> Iterator[str]:
    """What the words on both sides of a place show, as far as `WINDOW` tokens."""
    before = doc[max(bounds[0], place - WINDOW) : place]
    after = doc[place : min(bounds[1], place + WINDOW)]
    one, two = _subject(reversed(before)), _subject(after)
    yield f"sentence opens with {doc[bounds[0]].lower_}"
    yield f"last word {next((token.lower_ for token in reversed(before) if token.is_alpha), '-')}"
    yield f"subjects {int(one is not None)} {int(two is not None)} same={one == two}"
    yield from (f"subject before {word}" for word in (one,) if word)
    yield from (f"subject after {word}" for word in (two,) if word)


def _subject(tokens: Iterable[Token]) -> str | None:
    """The first subject among tokens."""
    return next((token.lower_ for token in tokens if token.dep_.startswith("nsubj")), None)


def _depth(token: Token) -> int:
    """How many clauses a clause stands in, up to three."""
    depth = 0
    for ancestor in token.ancestors:
        depth += ancestor.dep_ in CLAUSAL
        if depth >= 3:
            break
    return depth
