# ruff: noqa: E501  (patterns read best in one piece)
"""Notes that stand in lines: minutes, notes of a lesson or a meeting, clippings, dated entries of a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from argmap.model.document import Span
from argmap.readers.cast import DATED, SPOKE, Cast, Speech, nobody
from argmap.readers.names import NAME
from argmap.readers.note_heads import occasion, person_above, publication
from argmap.readers.turns import Draft, lines, sentences, trimmed

# "Lad on bike: “...”", "Ines (by mail) thinks otherwise: “...”": one line, one person, one quotation.
_ANSWERED = re.compile(
    r"(?:[-*•] |\(?\d{1,2}[.)] )?(?P<name>[A-Z@][^:,(\"“”\n]{1,40}?)(?:, [^:\"“”\n]{1,60}| ?\([^()\n]{1,60}\)[^:\"“”\n]{0,80})?: (?=[\"“])"
)
_ASKED = re.compile(r"(?:[*-] )?(?P<who>[QA])\d{0,2}(?: ?\((?P<name>[^()\n]{2,40})\))?[:.] ")
_BELOW_QUOTE = re.compile(rf"(?:> ?)?[—–-]{{1,2}} ?(?P<name>{NAME})(?=$|,| \()")
_RULE = re.compile(r"[-—–*=_~#•· ]{1,80}")
_NUMBERED = re.compile(r"\[\d{1,3}\] ")
_HEADING = re.compile(r"#{1,6} \S|[A-Z0-9][A-Z0-9 '’&/,.-]{3,80}(?: ?\([^()\n]{0,120}\))?:?$")
_LISTED = re.compile(r"(?:[-*•+–] |\(?\d{1,2}[.)] |pp?\. ?\d{1,4}\b[^\w\n]{1,3})")
_REPORTS = re.compile(rf"(?:He|She|They|(?:The )?[Aa]uthors?) {SPOKE}")
_OWN = re.compile(
    r"(?:[*-] )?(?:[—–] (?=(?-i:[a-z(]))|[✎✏🖊🖉📝→⇒➜⇨]|-{1,2}>|=>|~ |(?:me|my (?:own )?(?:view|take|note|notes|remark|comment|thoughts?|question|two cents)|nb|n\.b\.|note to self|todo|"
    r"to do|ask|check|actions?|aob)\b|i (?:asked|said|told|think|wonder|raised|put|say|pointed|mentioned)\b|i['’]m\b|asked (?:her|him|them)\b|told (?:her|him|them)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"\n]{2,2000}\"|“[^”\n]{2,2000}”|«[^»\n]{2,2000}»")
_AFTER_QUOTE = re.compile(
    rf" ?\((?P<name>{NAME}|[A-Z][\w'’-]{{2,30}}(?=,? \d{{4}}|, p))(?:,? [^()\n]{{1,80}})?\)|\s{{0,2}}[—–-]{{1,2}} ?(?P<dashed>{NAME})"
)
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20})?) ?: ")
_MARKS = re.compile(r"[\"“«]")
_SHARE, _WHOLE = 0.4, 0.9


@dataclass(slots=True)
class Entries:
    """What the lines of such notes are, and how much speaks for the text being such notes.

    Args:
        drafts: a turn for every stretch of one speaker.
        told: sentences that begin with a name and a verb or a dash; ``named`` those with any name.
        quoted: passages of a source named above or behind them; ``credited`` how often one is named.
        answered: lines of one person and one quotation; ``marked`` those with the note-taker's own mark.
        dated: entries with a date; ``listed`` items of lists that belong to nobody named.
        headed: the title says that these are notes of an occasion; ``noted`` that they are notes.
        lecture: the title names whose lecture, interview or book it is.
    """

    drafts: list[Draft] = field(default_factory=list)
    told: int = 0
    named: int = 0
    quoted: int = 0
    marked: int = 0
    dated: int = 0
    lines: int = 0
    answered: int = 0
    headed: bool = False
    noted: bool = False
    lecture: bool = False
    listed: int = 0
    credited: int = 0

    @property
    def evidence(self) -> int:
        """How many lines say whose they are."""
        return self.named + self.quoted + self.marked + self.credited + self.answered

    @property
    def score(self) -> float:
        """How sure this is the layout, in [0, 1]."""
        half = 2 * (self.evidence + self.listed) >= self.lines
        layouts = (
            (0.98, self.headed and self.told > (0 if self.noted else 1) and self.named > 3),
            (0.96, self.lecture and self.headed and self.listed > 2 and half),
            (0.92, self.answered > 2 and 3 * self.answered >= self.lines),
            (0.8, (self.quoted > 2 or self.dated > 2) and (self.headed or self.evidence > 5)),
            (0.8, self.credited > 1 and self.quoted > 2),
        )
        return next((score for score, found in layouts if found), 0.0)


class _Walker:
    """Walks over the lines and keeps whose words are coming."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = list(lines(text))
        self._cast = Cast(text)
        self.found = Entries(lines=len(self._lines))
        about = occasion(text, self._lines, self._cast)
        self.found.headed, self.found.noted = about.headed, about.noted
        self._lecturer = about.lecturer
        self._labels = self._recurring_labels()
        self.found.lecture = self._lecturer is not None
        self._source = self._governs = None  # type: str | None
        self._fresh = self._quoting = self._goes_on = False
        self._last: str | None = None

    def _recurring_labels(self) -> set[str]:
        """Short names that a colon follows at the beginning of three lines or more."""
        count: dict[str, int] = {}
        for line in self._lines:
            match = _LABEL.match(self._text, line.start, line.end)
            if match and (match["name"][0].isupper()):
                count[match["name"]] = count.get(match["name"], 0) + 1
        return {
            name for name, often in count.items() if often > 2 and name.lower() not in {"me", "note", "nb"}
        }

    def walk(self) -> Entries:
        """The turns of the whole text."""
        for place, line in enumerate(self._lines):
            self._line(line, self._lines[place + 1] if place + 1 < len(self._lines) else None)
        return self.found

    def _line(self, line: Span, below: Span | None) -> None:
        words = self._text[line.start : line.end]
        if _RULE.fullmatch(words):
            self._source, self._governs, self._fresh = None, None, True
            return
        begin = self._head(line, words, below)
        rest = trimmed(self._text, begin, line.end)
        self._fresh = False
        if len(rest):
            self._words(rest)

    def _head(self, line: Span, words: str, below: Span | None) -> int:
        """Where a line's words begin behind a heading, whose source is kept; the line's start without one."""
        named = person_above(
            words,
            self._text[below.start : below.start + 9] if below else "",
            fresh=self._fresh,
            headed=self.found.headed,
        )
        if named:
            self._governs = None
            self.found.credited += 1
            self._source = re.sub(r"['’]s$", "", named["name"])
            quotes = _MARKS.search(self._text, line.start, below.end if below else line.end)
            return line.start + named.end() if quotes else line.end
        dated, numbered = DATED.match(words), _NUMBERED.match(words)
        if not (dated or numbered or _HEADING.match(words)):
            return line.start
        self._governs = None
        self.found.dated += dated is not None
        rest = words[dated.end() if dated else numbered.end() if numbered else 0 :].strip(" *_—–#-")
        return self._under(line, rest, bool(dated))

    def _under(self, line: Span, rest: str, dated: bool) -> int:
        """The source that a heading names, and where words begin behind it."""
        if self._cast.opens(self._text, Span(line.end - len(rest), line.end)) and dated:
            self._source = None
            return line.end - len(rest)
        self._source = publication(rest, self._last)
        self._last = self._source or self._last
        self.found.credited += self._source is not None
        return line.end if self._source or not dated else max(line.start, line.end - len(rest))

    def _words(self, line: Span) -> None:
        """A line that is no heading."""
        words = self._text[line.start : line.end]
        own, label, asked = _OWN.match(words), _LABEL.match(words), _ASKED.match(words)
        below = _BELOW_QUOTE.match(words) if self._quoting else None
        self._goes_on, self._quoting = self._quoting, False
        if below:
            self.found.credited += 1
            self.found.quoted += 1
            self.found.drafts[-1].speaker = below["name"]
        elif asked and self._lecturer:
            self.found.named += 1
            self._say(
                Span(line.start + asked.end(), line.end),
                asked["name"] if asked["who"] == "Q" else self._lecturer,
            )
        elif own:
            self.found.marked += 1
            self._say(line, None)
        elif (
            (answered := _ANSWERED.match(words))
            and not nobody(answered["name"].split()[0])
            and _share(words[answered.end() :]) > _WHOLE
        ):
            self.found.answered += 1
            self.found.quoted += 1
            name = self._cast.full(answered["name"].strip())
            self._say(Span(line.start + answered.end(), line.end), name, apart=True)
        elif label and label["name"] in self._labels:
            self.found.named += 1
            self._say(Span(line.start + label.end(), line.end), label["name"])
        elif self._cast_line(line):
            return
        elif (share := _share(words)) > _WHOLE or (share > _SHARE and (self._source or _after(words))):
            self._quotation(line, words, share)
        else:
            self._plain(line, words)

    def _quotation(self, line: Span, words: str, share: float) -> None:
        """Words of the source above, or of the one named behind the closing mark."""
        self._quoting = True
        named = _after(words)
        speaker = named or self._source or self._lecturer
        self.found.quoted += speaker is not None
        self.found.credited += named is not None
        if share > _WHOLE:
            self._say(line, speaker, apart=not self._goes_on)
            return
        for part, remark in self._parts(line):
            self._say(part, None if remark else speaker)

    def _plain(self, line: Span, words: str) -> None:
        listed = _LISTED.match(words)
        if listed and (self._governs or self._source):
            self.found.quoted += 1
            self._say(line, self._governs or self._source)
            return
        self.found.listed += listed is not None
        if not listed:
            self._governs = None
        for part, remark in self._parts(line):
            told = self._source if _REPORTS.match(self._text, part.start) else None
            self._say(part, None if remark else told or self._lecturer)

    def _cast_line(self, line: Span) -> bool:
        """A line that begins with one of the speakers, or holds a sentence of one."""
        opening = self._cast.opens(self._text, line)
        parts = list(self._parts(line))
        speeches = [None if remark else self._cast.told(self._text, part) for part, remark in parts]
        if opening is None and (not any(speeches) or not self.found.headed):
            return False
        for speech in [opening, *speeches[1:]] if opening else speeches:
            self._count(speech)
        current = opening.speaker if opening else self._lecturer
        for place, (part, remark) in enumerate(parts):
            speech = speeches[place]
            begin = part.start
            if place == 0 and opening:
                begin = opening.words
            elif speech and not speech.seconds:
                current, begin = speech.speaker, speech.words
            self._say(Span(min(begin, part.end), part.end), None if remark else current)
        ends = self._text[line.end - 1] == ":"
        self._governs = current if ends else None
        return True

    def _count(self, speech: Speech | None) -> None:
        self.found.named += speech is not None
        self.found.told += speech is not None and speech.how != "colon"

    def _parts(self, line: Span) -> Iterator[tuple[Span, bool]]:
        """The sentences of a line, those in brackets together, and whether they are the note-taker's."""
        begin: int | None = None
        listed = _LISTED.match(self._text, line.start, line.end)
        for part in sentences(self._text, listed.end() if listed else line.start, line.end):
            opens = self._text[part.start] == "("
            if begin is None and opens:
                begin = part.start
            if begin is None:
                yield part, _OWN.match(self._text, part.start, part.end) is not None
            elif ")" in self._text[part.start : part.end]:
                yield Span(begin, part.end), True
                begin = None
        if begin is not None:
            yield Span(begin, line.end), True

    def _say(self, span: Span, speaker: str | None, *, apart: bool = False) -> None:
        """A turn, or more of the turn above."""
        drafts = self.found.drafts
        if drafts and drafts[-1].speaker == speaker and not apart:
            drafts[-1].end = span.end
        elif len(span):
            drafts.append(Draft(span.start, span.end, speaker))


def _after(words: str) -> str | None:
    """Who is named behind the last quotation of a line."""
    quoted = list(_QUOTED.finditer(words))
    after = _AFTER_QUOTE.match(words, quoted[-1].end()) if quoted else None
    return after["name"] or after["dashed"] if after else None


def _share(words: str) -> float:
    """How much of a line is quoted: with marks around the words or ``>`` before them."""
    if words[0] == ">":
        return 1.0
    return sum(len(match[0]) for match in _QUOTED.finditer(words)) / max(1, len(words))


def entries(text: str) -> Entries:
    """The turns of notes that stand in lines. Cost: linear."""
    return _Walker(text).walk()
