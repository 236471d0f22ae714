"""Argumentative units of a text: sentences and clauses, without the words around a point that make none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import spacy.tokens
from spacy.tokens import Doc

from argmap.mining.clauses import cuts
from argmap.mining.cues import LEADS, lowered, phrase_pattern
from argmap.mining.linear import TRAINED
from argmap.mining.sentences import sentences
from argmap.mining.weighing import Weighing
from argmap.model import Span

MAX_LEADS = 6
_SKIP = re.compile(r"[\s,.;:!\-–—>*_\"'“‘(\[]{1,16}")
_TAIL = re.compile(
    r"[,\s]{1,3}(?:right|you know|so to speak|so to say|i guess|okay|ok|huh|et cetera|honestly"
    r"|though|so|lol|uh|um)[?.!,]{0,3}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w'’\-]*")
_LEAST_WORDS, _CLAUSE_WORDS = 2, 3
SURE = 0.08
"""Log-odds from which a sentence is cut: two points in one unit cost less than one point in two."""

_HOUSEKEEPING = phrase_pattern(
    [
        *(
            "welcome",
            "thanks for",
            "thank you",
            "thanks to",
            "joining us",
            "see you next",
            "next topic",
            "our next",
            "third topic",
        ),
        *(
            "move us on",
            "moving on",
            "on today's",
            "on the show",
            "this episode",
            "the episode",
            "toss it to",
            "kick it to",
            "turn to you",
        ),
        *(
            "turn it to you",
            "turn it back",
            "throw it to you",
            "tee you up",
            "i'll ask you",
            "podcast platforms",
            "last but not least",
        ),
        *(
            "i'm curious if",
            "i'm curious",
            "pardon me",
            "what's the argument",
            "hear that argument",
            "edited to add",
            "great question",
        ),
        *(
            "i'll leave it",
            "want to talk about",
            "wanted to touch on",
            "going to talk about",
            "here is where",
            "that's great",
            "good question",
        ),
    ]
)
_BACK_CHANNEL = re.compile(
    r"(?:yeah|yes|yep|no|nope|sure|right|exactly|okay|ok|all right|definitely|of course|for sure|that's great"
    r"|great|excellent|that's absolutely true|that's right|got it|interesting|cool|wow|lol|haha|thanks"
    r"|thank you|hi|hello|hey|i don't know|very true|true)[\s,.!]{0,4}",
    re.IGNORECASE,
)


@cache
def shipped_cuts() -> Weighing:
    """The trained model of where a sentence is cut that argmap comes with, read once."""
    return Weighing.read(TRAINED / "cuts.json")


def unit_spans(doc: Doc, model: Weighing) -> list[spacy.tokens.Span]:
    """The argumentative units of a Doc, in order. Cost: linear."""
    found = (doc.char_span(s.start, s.end, alignment_mode="expand") for s in segments(doc, model))
    return [span for span in found if span is not None and len(span)]


def segments(doc: Doc, model: Weighing) -> Iterator[Span]:
    """The argumentative units of a Doc, trimmed, in order; characters of its text. Cost: linear.

    Args:
        doc: with its tags and trees.
        model: tells which clauses make a point of their own (`shipped_cuts`).
    """
    text = doc.text  # spaCy joins the tokens anew each time
    lower = lowered(text)
    for sentence in sentences(text):
        for clause in _clauses(doc, text, sentence, model):
            span = trimmed(lower, clause)
            if is_candidate(lower[span.start : span.end]):
                yield span


def _clauses(doc: Doc, text: str, sentence: Span, model: Weighing) -> Iterator[Span]:
    """A sentence cut where it makes a second point, if both parts are long enough to stand alone."""
    start = sentence.start
    for place in _cut_places(doc, sentence, model):
        if min(_words(text[start:place]), _words(text[place : sentence.end])) >= _CLAUSE_WORDS:
            yield Span(start, place)
            start = place
    yield Span(start, sentence.end)


def _cut_places(doc: Doc, sentence: Span, model: Weighing) -> list[int]:
    """Characters at which a sentence is cut: semicolons, and the clauses that the model tells apart."""
    tokens = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    if tokens is None:
        return []
    candidates = cuts(doc, tokens.start, tokens.end)
    no, yes = model.labels.index("no"), model.labels.index("yes")
    scored = ((cut.place, model.scores(cut.signals)) for cut in candidates)
    found = {doc[place].idx for place, scores in scored if scores[yes] - scores[no] >= SURE}
    if ";" in tokens.text:
        found |= {token.idx + 1 for token in tokens if token.text == ";"}
    return sorted(found)


def trimmed(text: str, span: Span) -> Span:
    """A span without leading connectives and fillers, trailing tags and the white space around it.

    Args:
        text: in lower case (`lowered`).
        span: characters of it.
    """
    start = _after_leads(text, span)
    end = span.end
    tail = _TAIL.search(text, max(start, end - 24), end)
    if tail and tail.start() > start and _words(text[start : tail.start()]) >= _CLAUSE_WORDS:
        end = tail.start()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return Span(start, max(start, end))


def _after_leads(text: str, span: Span) -> int:
    start = _skip(text, span.start, span.end)
    for _ in range(MAX_LEADS):
        match = LEADS.match(text, start, span.end)
        if match is None or _words(text[match.end() : match.end() + 80]) < _LEAST_WORDS:
            break
        start = _skip(text, match.end(), span.end)
    return min(start, span.end)


def _skip(text: str, start: int, end: int) -> int:
    match = _SKIP.match(text, start, end)
    return match.end() if match else start


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def is_candidate(text: str) -> bool:
    """Whether a unit has words enough to say something, and more than a back-channel's."""
    return _words(text) >= _LEAST_WORDS and not _BACK_CHANNEL.fullmatch(text)


def is_housekeeping(text: str) -> bool:
    """Whether words run the conversation instead of arguing in it."""
    return _HOUSEKEEPING.search(text.lower()) is not None
