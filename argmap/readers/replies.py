# ruff: noqa: E501  (patterns read best in one piece)
"""Who answers whom where nothing says so: words that open an answer, and words restated from before."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from argmap.readers.turns import sentences, words

_OPENER = re.compile(
    r"(?:yeah|yes|yep|no|nope|nah|agreed|exactly|indeed|right|true|fair|sure|well|but|unless|actually|not really|"
    r"good (?:point|question)|great (?:point|question)|thanks|thank you|that said|on the contrary|hmm+|"
    r"i (?:dis)?agree|i(?:'|’)m not (?:sure|convinced)|i am not (?:sure|convinced)|i don(?:'|’)t (?:think|agree|buy)|"
    r"i doubt|that(?:'|’)?s (?:not|a|an|true|wrong|right|fair|exactly|why)|this is (?:not|wrong|true)|"
    r"do we|do you|have you|are you|did you|what do you|why do you|how do you|what about|so you|you)\b",
    re.IGNORECASE,
)
# What the first sentence of a comment holds: an answer, those it talks to, and who talks.
_RESPONDS = re.compile(
    r"(?:thanks|th(?:is|at|ose|ese)|which|then|fair|touché|nice|ha\b|huh|wow|ok(?:ay)?\b|sorry|mixed|not\b|none|mostly|same|or\b|"
    r"hmm|lol|oh\b|and (?:have|who|what|which|do|the|you)|would you|could (?:you|i)|can (?:we|i)|it(?:'|’)?s|it is(?:n['’]t)?|he|she|they|"
    r"as (?:an?|some\w+)|speaking as|to the author|one (?:thing|more)|with (?:all|great)|because|only|still|just)\b|[@^]",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(
    r"\b(?:you(?:r|['’]\w+)?|OP|\w+ here|comments?|above|the (?:author|article|post)|thread|(?:dis)?agree)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\b(?:I|I['’]\w+|my)\b")
_SAMPLE = 1000
_WINDOW = 16
_Features = tuple[set[str], set[tuple[str, str]]]
_STOP = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "don",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "isn",
        "it",
        "its",
        "just",
        "like",
        "lot",
        "make",
        "many",
        "may",
        "me",
        "mean",
        "might",
        "more",
        "most",
        "much",
        "my",
        "need",
        "no",
        "not",
        "of",
        "on",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "people",
        "really",
        "same",
        "say",
        "see",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "think",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "very",
        "was",
        "way",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "ll",
        "re",
        "ve",
        "s",
        "t",
        "m",
        "d",
    ]
)


def opens_answer(text: str) -> bool:
    """Do these words begin as an answer does: "Yeah", "I agree", "Unless", "Do you"?"""
    return _OPENER.match(text) is not None


def talk(passages: Sequence[str]) -> float:
    """How much passages talk to each other, in [0, 2.5]: about 0.4 in essays, above 0.55 among comments."""
    heads = [opening(passage) for passage in passages[:_SAMPLE]]
    signs = (
        (_RESPONDS.match(head) is not None or opens_answer(head))
        + (_ADDRESSES.search(head) is not None)
        + 0.5 * (_SPEAKS.search(head) is not None)
        for head in heads
    )
    return sum(signs) / max(1, len(heads))


def content(text: str) -> list[str]:
    """Words that carry content, plural endings removed."""
    found = (word for word in words(text) if word not in _STOP and (len(word) > 1))
    return [
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in found
    ]


@lru_cache(maxsize=64)
def _features(passage: str) -> _Features:
    found = content(passage)
    return set(found), set(pairwise(found))


class Restated:
    """How much of a passage restates each of the last passages, counting rare words more.

    Args:
        passages: all of them, to learn which words are rare.
    """

    def __init__(self, passages: Iterable[str]) -> None:
        self._frequency: Counter[str] = Counter()
        self._recent: deque[tuple[int, _Features]] = deque(maxlen=_WINDOW)
        for passage in passages:
            self._frequency.update(set(content(passage)))

    def add(self, place: int, passage: str) -> None:
        """Remember a passage; only the last 16 are kept, so cost stays linear."""
        self._recent.append((place, _features(passage)))

    def scores(self, passage: str) -> dict[int, float]:
        """How much of this passage each remembered one holds: the weight of shared words and pairs."""
        asked = _features(passage)
        if not asked[0]:
            return {}
        return {place: self._shared(asked, known) for place, known in self._recent}

    def between(self, passage: str, other: str) -> float:
        """How much of a passage one other holds."""
        return self._shared(_features(passage), _features(other))

    def _shared(self, asked: _Features, known: _Features) -> float:
        return sum(map(self._weight, asked[0] & known[0])) + 2 * len(asked[1] & known[1])

    def _weight(self, word: str) -> float:
        return 2 / max(2, self._frequency[word])


def opening(text: str) -> str:
    """The first sentence."""
    first = sentences(text)[:1]
    return text[first[0].start : first[0].end] if first else ""
