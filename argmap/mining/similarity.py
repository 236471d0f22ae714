"""The same point elsewhere: texts ranked by the words and letters they share, for people to merge or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from argmap.model import Node

LEAST = 0.35
"""Similarity from which two nodes are worth a person's look."""
_BLOCK = 128
_MOST = 20_000
"""Characters of a text that are compared."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that may say the same, with a similarity in [0, 1]."""

    first: Node
    second: Node
    score: float


Vectors = Callable[[Sequence[str]], Any]


def vectors(texts: Sequence[str]) -> Any:
    """Sparse TF-IDF rows of unit length, shape (texts, features): half from words, half from letters.

    Cost: linear in the characters of the texts.
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    cut = [text[:_MOST] for text in texts]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[^\W_]+")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    found = []
    for vectorizer in (words, letters):
        try:
            found.append(vectorizer.fit_transform(cut) * 0.5**0.5)
        except ValueError:  # scikit-learn's word for texts without a single word
            found.append(csr_matrix((len(cut), 1)))
    return hstack(found, format="csr")


def most_similar(text: str, texts: Sequence[str], *, limit: int = 5) -> list[tuple[int, float]]:
    """Places of the texts that share something with one, each with a similarity in [0, 1], best first."""
    if not texts:
        return []
    rows = vectors([*texts, text])
    scores = (rows[:-1] @ rows[-1].T).toarray().ravel()
    ranked = nlargest(limit, range(len(texts)), key=lambda place: (scores[place], -place))
    return [(place, _share(scores[place])) for place in ranked if scores[place] > 0]


def similar(
    nodes: Iterable[Node], *, least: float = LEAST, limit: int = 100, rows_of: Vectors = vectors
) -> list[Pair]:
    """Pairs of nodes that may say the same, most alike first.

    Args:
        nodes: candidates, from one document or many.
        least: pairs less alike are left out.
        limit: at most so many pairs.
        rows_of: from texts to rows of unit length, sparse or dense.

    Cost: linear in the texts, plus one product of their vectors, `_BLOCK` rows at a time.
    """
    kept = sorted(nodes, key=lambda node: node.id)
    found = _pairs(rows_of([node.text for node in kept]), least) if len(kept) > 1 else ()
    pairs = nlargest(limit, found, key=lambda pair: (pair[0], -pair[1]))
    return [Pair(kept[first], kept[second], score) for score, first, second in pairs]


def _pairs(rows: Any, least: float) -> Iterator[tuple[float, int, int]]:
    from scipy.sparse import coo_matrix

    for start in range(0, rows.shape[0], _BLOCK):
        product = coo_matrix(rows[start : start + _BLOCK] @ rows.T)
        for first, second, score in zip(product.row, product.col, product.data, strict=True):
            if start + first < second and score >= least:
                yield _share(score), int(start + first), int(second)


def _share(score: float) -> float:
    return round(min(1.0, max(0.0, float(score))), 4)
