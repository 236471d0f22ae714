"""Subtitles (SubRip ``.srt`` and WebVTT ``.vtt``): cue text joined, cue times kept on turns."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from argmap.model.document import Document
from argmap.readers import labelled, transcript
from argmap.readers.labelled import answer_in_turn, seconds
from argmap.readers.turns import Draft, assemble

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s{{0,8}}(?P<begin>{_CLOCK})\s{{0,8}}-->\s{{0,8}}(?P<finish>{_CLOCK})")
_VOICE = re.compile(r"<v(?:\.[^ >\n]{0,40})?[ \t](?P<name>[^>\n]{1,100})>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,60}\}")
_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,30}(?: [\w.'’()-]{1,30}){0,4}")
_CHANGE = re.compile(r"^(?:>>+|[-–—])[ \t]{0,3}(?=\S)", re.MULTILINE)


@dataclass(slots=True)
class _Cue:
    """Lines shown from ``begin`` to ``finish`` seconds, each with the voice it names, if any."""

    begin: float
    finish: float
    lines: list[tuple[str | None, str]]


class Subtitles:
    """Turns by voice tags or name labels; without either, by what is said (see `transcript`)."""

    name = "subtitles"
    suffixes: tuple[str, ...] = (".srt", ".vtt")

    def score(self, text: str, name: str) -> float:
        """Certain where there are timing lines."""
        times = sum(1 for _ in _TIMES.finditer(text))
        known = name.lower().endswith(self.suffixes) or text.startswith("WEBVTT")
        return 1.0 if times and known else 0.97 if times > 1 else 0.0

    def read(self, text: str, *, title: str) -> Document:
        """The cues' words as text; every turn begins and finishes with its cues."""
        cues = list(_unrolled(_voiced_by_lines(list(_cues(text)))))
        joined, places = _joined(cues)
        drafts = _turns(joined, cues, places)
        for draft in drafts:
            _set_times(draft, cues, places)
        return assemble(joined, drafts, title=title, genre=self.name)


def _cues(text: str) -> Iterator[_Cue]:
    """Cues in order; numbers, notes, styles and headers are left out. Cost: linear."""
    cue: _Cue | None = None
    voice: str | None = None
    for line in text.split("\n"):
        times = _TIMES.match(line) if len(line) < 400 else None
        if times:
            if cue:
                yield cue
            cue = _Cue(seconds(times["begin"]), seconds(times["finish"]), [])
            voice = None
        elif not line:
            if cue:
                yield cue
            cue = None
        elif cue:
            voice = _add_line(cue, line, voice)
    if cue:
        yield cue


def _add_line(cue: _Cue, line: str, voice: str | None) -> str | None:
    """Add the line's words to the cue; returns the voice that speaks at its end."""
    place = 0
    for match in _VOICE.finditer(line):
        _add_words(cue, line[place : match.start()], voice)
        voice, place = match["name"].strip(), match.end()
    _add_words(cue, line[place:], voice)
    return voice


def _add_words(cue: _Cue, raw: str, voice: str | None) -> None:
    words = html.unescape(_TAG.sub("", raw)).strip()
    if words:
        cue.lines.append((voice, words))


def _voiced_by_lines(cues: list[_Cue]) -> list[_Cue]:
    """Where most cues begin with a line that is a name, as in a meeting's document, that is the voice."""
    count = Counter(
        cue.lines[0][1] for cue in cues if len(cue.lines) > 1 and _NAME.fullmatch(cue.lines[0][1])
    )
    named = [name for name, times in count.items() if times > 1]
    if len(named) < 2 or sum(count[name] for name in named) * 2 <= len(cues):
        return cues
    for cue in cues:
        if len(cue.lines) > 1 and cue.lines[0][1] in count:
            cue.lines = [(cue.lines[0][1], words) for _, words in cue.lines[1:]]
    return cues


def _unrolled(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    """Rolling captions show a line again in the next cue: each line is kept once."""
    shown: list[str] = []
    for cue in cues:
        lines = [words for _, words in cue.lines]
        repeated = next(
            (n for n in range(min(len(lines), len(shown), 8), 0, -1) if shown[-n:] == lines[:n]), 0
        )
        cue.lines = cue.lines[repeated:]
        shown = lines
        if cue.lines:
            yield cue


def _joined(cues: list[_Cue]) -> tuple[str, list[int]]:
    """All words, a line each, and the offset at which each cue begins."""
    parts, places, length = [], [], 0
    for cue in cues:
        places.append(length)
        for _, words in cue.lines:
            parts.append(words)
            length += len(words) + 1
    return "\n".join(parts), places


def _turns(text: str, cues: list[_Cue], places: list[int]) -> list[Draft]:
    """Turns by voices, by labels, by marks of a change of speaker, or by what is said."""
    if any(voice for cue in cues for voice, _ in cue.lines):
        drafts = _voiced(cues)
    elif labelled.READER.score(text, "") > 0.5:
        return [
            Draft(turn.start, turn.end, turn.speaker) for turn in labelled.READER.read(text, title="").turns
        ]
    elif len(changes := list(_CHANGE.finditer(text))) > 1:
        ends = [match.start() for match in changes[1:]] + [len(text)]
        starts = [match.end() for match in changes]
        drafts = [Draft(0, changes[0].start()), *map(Draft, starts, ends)]
    else:
        return transcript.drafts(text)
    answer_in_turn(text, drafts)
    return drafts


def _voiced(cues: list[_Cue]) -> list[Draft]:
    drafts: list[Draft] = []
    place = 0
    for voice, words in (line for cue in cues for line in cue.lines):
        end = place + len(words)
        if drafts and drafts[-1].speaker == voice:
            drafts[-1].end = end
        else:
            drafts.append(Draft(place, end, voice))
        place = end + 1
    return drafts


def _set_times(draft: Draft, cues: list[_Cue], places: list[int]) -> None:
    first = bisect_right(places, draft.start) - 1
    last = bisect_right(places, max(draft.start, draft.end - 1)) - 1
    draft.begin, draft.finish = cues[first].begin, cues[last].finish


READER = Subtitles()
