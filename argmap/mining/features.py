"""What the models may know about a unit: its words, tags, tree and neighbours, as names of features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Span, Token

Features = tuple[str, ...]

_ARGUMENTS = frozenset(("nsubj", "obj", "aux", "advmod", "ROOT", "nsubj:pass", "xcomp", "mark"))
_HELPERS = frozenset(("aux", "aux:pass", "cop"))
_SHARED = ("w=", "r=", "rt", "rs", "ra", "fi")
LONGEST = 200
"""Tokens of a unit that are looked at, so that one endless sentence costs no more than a long one."""


def unit_features(span: Span) -> Features:
    """The words, tags and tree of one unit. Cost: linear, for at most `LONGEST` tokens."""
    tokens = [token for token in span[:LONGEST] if not token.is_space]
    if not tokens:
        return ("empty",)
    words = ["<num>" if token.like_num else token.lower_ for token in tokens]
    tags = [token.tag_ for token in tokens]
    found = dict.fromkeys(_sequences(words, tags))
    found |= dict.fromkeys(_trees(tokens, tags, span))
    found |= dict.fromkeys(_edges(words))
    return tuple(found)


def _sequences(words: Sequence[str], tags: Sequence[str]) -> Iterator[str]:
    yield from ("w=" + word for word in words)
    yield from (f"b={one}_{two}" for one, two in zip(["^", *words], [*words, "$"], strict=True))
    yield from (
        f"t={one}_{two}_{three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)
    )
    yield from ("p=" + tag for tag in tags)
    yield from (f"pb={one}_{two}" for one, two in pairwise(tags))


def _trees(tokens: Sequence[Token], tags: Sequence[str], span: Span) -> Iterator[str]:
    start, end = span.start, span.end
    for token, tag in zip(tokens, tags, strict=True):
        lemma, head, relation = token.lemma_.lower(), token.head, token.dep_
        yield "l=" + lemma
        if relation in _ARGUMENTS:
            yield f"d={head.lemma_.lower()}_{relation}_{lemma}"
        yield f"dp={head.tag_}_{relation}_{tag}"
        if head.i == token.i or not start <= head.i < end:
            yield from (f"r={lemma}", f"rt={tag}")
            yield from _root(token, tag)


def _root(token: Token, tag: str) -> Iterator[str]:
    """The helpers and subjects of a word that the unit hangs on."""
    for child in token.children:
        if child.dep_ in _HELPERS:
            yield f"raux={child.lower_}"
        elif child.dep_.startswith("nsubj"):
            yield from (f"rs={child.lower_}", f"rst={child.lower_}_{tag}")


def _edges(words: Sequence[str]) -> Iterator[str]:
    yield f"len={min(9, len(words) // 4)}"
    yield from (
        f"first={words[0]}",
        f"f2={'_'.join(words[:2])}",
        f"f3={'_'.join(words[:3])}",
        f"end={words[-1]}",
    )
    if any("url" in word or "http" in word for word in words):
        yield "URL"


def with_neighbours(samples: Sequence[Features]) -> Iterator[Features]:
    """Each unit's features with its place and some features of the units before and after it in its turn."""
    shared = [tuple(name for name in sample if name.startswith(_SHARED)) for sample in samples]
    last = len(samples) - 1
    for place, sample in enumerate(samples):
        before = ("<" + name for name in shared[place - 1]) if place else ("<none",)
        after = (">" + name for name in shared[place + 1]) if place < last else (">none",)
        yield (
            *sample,
            *before,
            *after,
            f"from start={min(5, place)}",
            f"to end={min(5, last - place)}",
            _size(last),
        )


def _size(last: int) -> str:
    return f"units={min(last + 1, 10)}"
