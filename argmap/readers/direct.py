# ruff: noqa: E501  (patterns read best in one piece)
"""Direct speech in prose, where the text names who speaks: "It is late," said Ada Horn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.model.document import Span
from argmap.readers.names import CAPITAL, TITLE, name
from argmap.readers.turns import lines

_SPOKEN = re.compile(r"[\"“](?P<words>[^\"“”\n]{8,1200})[\"”]")
_NAME = rf"(?:{TITLE} )?{CAPITAL}[\w'’.-]{{0,30}}(?: {CAPITAL}[\w'’-]{{1,30}}){{0,3}}"
SAYS = (
    r"(?:said|says|asked|asks|told (?:me|us)|tells (?:me|us)|wrote|writes|replied|replies|answered|answers|added|adds|argued|argues|explained|explains|"
    r"insisted|insists|admitted|admits|recalled|recalls|noted|notes|warned|warns|conceded|concedes|countered|observed|observes|remarked|joked|puts? it|"
    r"continued|continues|agreed|shot back|texted|emailed)\b"
)
_BEHIND = re.compile(
    rf" ?(?:(?P<pronoun>s?he|they) {SAYS}|{SAYS} (?P<after>{_NAME})|(?P<before>{_NAME}) {SAYS})"
)
_AHEAD = re.compile(rf"(?P<name>{_NAME})(?:, [^.!?\"“”\n]{{1,160}},)? {SAYS}[^.!?\"“”\n]{{0,80}}[,:.]? ?$")
_SMALL = re.compile(r"\b[a-z][\w’'-]{0,30}")
_AHEAD_LENGTH = 300
_NEAR, _SENTENCE = 200, 3
# Where a quotation is part of the sentence around it, its last mark is none that ends or parts a sentence.
_ENDS = (",", ".", "!", "?", "…", "—", "–")


def direct_speech(text: str, start: int = 0) -> Iterator[tuple[Span, str]]:
    """Words between marks and whose they are; more of them in one paragraph are the same person's. Cost: linear."""
    small = set(_SMALL.findall(text))
    for line in lines(text, start):
        speaker: str | None = None
        done = line.start
        for match in _SPOKEN.finditer(text, line.start, line.end):
            named = _told(text, Span(done, match.start()), Span(match.end(), line.end), speaker)
            apart = match.start() - done > _NEAR or match["words"].count(" ") < _SENTENCE
            # "Nobody" and "People" are no names where the text writes them small as well.
            speaker = named if named and named.lower() not in small else None if apart else speaker
            done = match.end()
            if speaker and match["words"].rstrip().endswith(_ENDS):
                yield Span(match.start("words"), match.end("words")), speaker


def _told(text: str, above: Span, behind: Span, speaker: str | None) -> str | None:
    """Who says it by the words behind a quotation or before it; the same as before where a pronoun does."""
    tag = _BEHIND.match(text, behind.start, min(behind.end, behind.start + 160))
    if tag and tag["pronoun"]:
        return speaker
    if tag:
        return _name(tag["after"] or tag["before"])
    found = _AHEAD.search(text, max(above.start, above.end - _AHEAD_LENGTH), above.end)
    return _name(found["name"]) if found else None


def _name(words: str) -> str | None:
    return name(words) if len(words) > 2 else words
