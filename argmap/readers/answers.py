"""Which earlier post a post answers, where neither its heading nor a quotation says so."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from argmap.readers.replies import Restated, opening, opens_answer
from argmap.readers.turns import words

_WINDOW = 16
_QUOTES = 8
_INLINE = re.compile(r"[\"“«]([^\"“”«»\n]{3,200})[\"”»]")
# Weights of the signs, found on invented discussions whose links are annotated.
_ENOUGH = 0.6
_MOST_SHARED = 4.0
_SHARED = 0.35
_OPENED = 0.8
_QUOTED = 1.4
_NAMED = 1.3
_NEXT = 0.85
_FARTHER = 0.1
_OPENS = 0.4
_ASKED = 0.6
_EXCHANGE = 0.9
_OWN = 2.0


@dataclass(frozen=True, slots=True)
class _Post:
    place: int
    words: str
    speaker: str | None
    answered: str | None
    asks: bool


class Answers:
    """Remembers posts and says which of the last of them a new one answers most likely.

    Args:
        passages: all posts, to learn which words are rare.
    """

    def __init__(self, passages: Iterable[str]) -> None:
        self._restated = Restated(passages)
        self._posts: deque[_Post] = deque(maxlen=_WINDOW)
        self._named: dict[str, int] = {}

    def add(self, place: int, passage: str, speaker: str | None, answered: str | None) -> None:
        """Remember a post; ``answered`` is the speaker whom it answers. Only the last 16 are kept."""
        self._restated.add(place, passage)
        self._posts.append(_Post(place, " ".join(words(passage)), speaker, answered, "?" in passage[-200:]))
        for name in _names(speaker):
            self._named[name] = place

    def guess(self, passage: str, speaker: str | None, *, since: int = 0) -> int | None:
        """Place of the post that this one answers, none before ``since``; None where nothing shows."""
        shared = self._restated.scores(passage)
        head = opening(passage)
        opened = shared if head == passage else self._restated.scores(head)
        inline = [" ".join(words(quote)) for quote in _INLINE.findall(passage)[:_QUOTES]]
        named = self._addressed(head)
        best, most = None, _ENOUGH
        for back, post in enumerate(reversed(self._posts)):
            if post.place < since:
                break
            score = _position(back, post, passage, speaker)
            score += _SHARED * min(_MOST_SHARED, shared.get(post.place, 0.0))
            score += _OPENED * min(_MOST_SHARED, opened.get(post.place, 0.0))
            score += _QUOTED * any(quote in post.words for quote in inline if quote)
            score += _NAMED * (post.place in named)
            if score > most:
                best, most = post.place, score
        return best

    def _addressed(self, head: str) -> set[int]:
        """Latest posts of those whom the first sentence names."""
        return {self._named[word] for word in words(head) if word in self._named}


def _names(speaker: str | None) -> list[str]:
    return [word for word in words(speaker or "") if len(word) > 2]


def _position(back: int, post: _Post, passage: str, speaker: str | None) -> float:
    """What nearness and the exchange so far speak for; nobody answers himself."""
    if speaker is not None and post.speaker == speaker:
        return -_OWN
    score = -_FARTHER * back
    if back == 0:
        score += _NEXT + _OPENS * opens_answer(passage) + _ASKED * post.asks
    if speaker is not None and post.answered == speaker:
        score += _EXCHANGE
    return score
