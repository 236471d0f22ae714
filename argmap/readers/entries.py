# ruff: noqa: E501  (patterns read best in one piece)
"""Notes that stand in lines: minutes, notes of a lesson or a meeting, clippings, dated entries of a notebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from argmap.model.document import Span
from argmap.readers.note_heads import occasion, sections
from argmap.readers.note_speakers import SPOKE, NoteSpeakers, nobody
from argmap.readers.signatures import named_behind, quotation_signer
from argmap.readers.turns import Draft, lines, sentences

_ITEM = r"(?:[-*•+–] |\(?\d{1,2}[.)] )"
# "- masts are old", "2) who pays?", "p. 14: claims that ...".
_LISTED = re.compile(rf"{_ITEM}|pp?\. ?\d{{1,4}}\b[^\w\n]{{1,3}}")
# "Lad on bike: “...”", "Ines (by mail) thinks otherwise: “...”": one line, one person, one quotation.
_ANSWERED = re.compile(
    rf"{_ITEM}?(?P<name>[A-Z@][^:,(\"“”\n]{{1,40}}?)(?:, [^:\"“”\n]{{1,60}}| ?\([^()\n]{{1,60}}\)[^:\"“”\n]{{0,80}})?: (?=[\"“])"
)
# "Q (Ines): so sand is lost?", "A: no".
_ASKED = re.compile(r"(?:[*-] )?(?P<who>[QA])\d{0,2}(?: ?\((?P<name>[^()\n]{2,40})\))?[:.] ")
_REPORTS = re.compile(rf"(?:He|She|They|(?:The )?[Aa]uthors?) {SPOKE}")
# "— so he says", "✎ It eats diesel", "-> use against Horn", "me: ...", "my question ...", "NB", "I said ...", "asked her ...".
_OWN = re.compile(
    r"(?:[*-] )?(?:[—–] (?=(?-i:[a-z(]))|[✎✏🖊🖉📝→⇒➜⇨]|-{1,2}>|=>|~ |(?:me|my (?:own )?(?:view|take|note|notes|remark|comment|thoughts?|question|two cents)|nb|n\.b\.|note to self|todo|"
    r"to do|ask|check|actions?|aob)\b|i (?:asked|said|told|think|wonder|raised|put|say|pointed|mentioned)\b|i['’]m\b|asked (?:her|him|them)\b|told (?:her|him|them)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"\n]{2,2000}\"|“[^”\n]{2,2000}”|«[^»\n]{2,2000}»")
# "M: That is thirteen more than in May."
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20})?) ?: ")
_OWN_LABELS = frozenset(["me", "note", "nb"])
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without what heads it.

    Args:
        source: whom the heading above it credits.
        goes_on: the line above it quotes too.
    """

    span: Span
    words: str
    source: str | None
    goes_on: bool

    def behind(self, opening: re.Match[str]) -> Span:
        """What stands behind the characters that it begins with."""
        return Span(self.span.start + opening.end(), self.span.end)


class _Walker:
    """Walks over the lines and keeps whose words are coming.

    What a line leaves to those below it: whose list may follow, and whether it quotes.
    """

    def __init__(self, text: str) -> None:
        found = list(lines(text))
        people = NoteSpeakers(text, found)
        about = occasion(text, found, people)
        self._text = text
        self._people = people
        self._lecturer = about.lecturer
        self._labels = _recurring_labels(text, found)
        self._sections = sections(text, found, people, headed=about.headed)
        self._list_of: str | None = None
        self._quotes = False
        self.found = Entries(
            lines=len(found),
            headed=about.headed,
            noted=about.noted,
            lecture=about.lecturer is not None,
            credited=sum(section.source is not None for section in self._sections),
            dated=sum(section.dated for section in self._sections),
        )

    def walk(self) -> Entries:
        """The turns of the whole text."""
        for section in self._sections:
            self._list_of = None
            for span in section.words:
                line = _Line(span, self._text[span.start : span.end], section.source, self._quotes)
                self._quotes = False
                for takes in self._SORTS:
                    if takes(self, line):
                        break
        return self.found

    def _signature(self, line: _Line) -> bool:
        """ "— Ada Horn, Bridges" below a quotation."""
        signer = quotation_signer(line.words) if line.goes_on else None
        if signer:
            self.found.credited += 1
            self.found.quoted += 1
            self.found.drafts[-1].speaker = signer
        return signer is not None

    def _question(self, line: _Line) -> bool:
        """ "Q (Ines): so sand is lost?" or "A: no, it is slow." of a lecture: the listener's, the lecturer's."""
        asked = _ASKED.match(line.words) if self._lecturer else None
        if asked:
            self.found.named += 1
            self._say(line.behind(asked), asked["name"] if asked["who"] == "Q" else self._lecturer)
        return asked is not None

    def _own(self, line: _Line) -> bool:
        """ "✎ So let it lift.", "I said it was the wind.": the note-taker's."""
        own = _OWN.match(line.words) is not None
        if own:
            self.found.marked += 1
            self._say(line.span, None)
        return own

    def _answer(self, line: _Line) -> bool:
        """ "Sam Lee, butcher: “Half my trade walks over that bridge.”": all of the line in one person's words."""
        match = _ANSWERED.match(line.words)
        if match is None or nobody(match["name"].split()[0]):
            return False
        if _quoted(line.words[match.end() :])[0] <= _WHOLE:
            return False
        self.found.answered += 1
        self.found.quoted += 1
        self._say(line.behind(match), self._people.full(match["name"].strip()), apart=True)
        return True

    def _labelled(self, line: _Line) -> bool:
        """ "M: It ate my uncle's job.", where that label recurs."""
        label = _LABEL.match(line.words)
        if label is None or label["name"] not in self._labels:
            return False
        self.found.named += 1
        self._say(line.behind(label), label["name"])
        return True

    def _told(self, line: _Line) -> bool:
        """ "Ines - it jams.", "Eggs are cheap. Mrs Okoro said that rats came.": with the name of one who speaks."""
        opening = self._people.opens(line.span)
        if opening is None and not self.found.headed:
            return False
        parts = list(self._parts(line.span))
        speeches = [None if remark else self._people.told(part) for part, remark in parts]
        if opening:
            speeches[:1] = [opening]
        known = [speech for speech in speeches if speech]
        if not known:
            return False
        self.found.named += len(known)
        self.found.told += sum(speech.how != "colon" for speech in known)
        current = self._lecturer
        for (part, remark), speech in zip(parts, speeches, strict=False):
            begin = part.start
            if speech and not speech.seconds:
                current, begin = speech.speaker, min(speech.words, part.end)
            self._say(Span(begin, part.end), None if remark else current)
        self._list_of = current if line.words[-1] == ":" else None
        return True

    def _quotation(self, line: _Line) -> bool:
        """ "> We sail.", "“We sail.” (Lee 1998)": words of the source above, or of the one named behind them."""
        share, named = _quoted(line.words)
        if share <= (_SHARE if line.source or named else _WHOLE):
            return False
        speaker = named or line.source or self._lecturer
        self.found.quoted += speaker is not None
        self.found.credited += named is not None
        self._quotes = True
        if share > _WHOLE:
            self._say(line.span, speaker, apart=not line.goes_on)
            return True
        for part, remark in self._parts(line.span):
            self._say(part, None if remark else speaker)
        return True

    def _item(self, line: _Line) -> bool:
        """ "- gusts up a fifth" below the name of a source, or below a line of somebody that ends with a colon."""
        speaker = self._list_of or line.source
        if speaker is None or _LISTED.match(line.words) is None:
            return False
        self.found.quoted += 1
        self._say(line.span, speaker)
        return True

    def _plain(self, line: _Line) -> bool:
        """Any other line: the lecturer's, or the note-taker's but for "He says ..." of a source."""
        listed = _LISTED.match(line.words) is not None
        self.found.listed += listed
        if not listed:
            self._list_of = None
        for part, remark in self._parts(line.span):
            told = line.source if _REPORTS.match(self._text, part.start) else None
            self._say(part, None if remark else told or self._lecturer)
        return True

    # What a line may be, in this order; the first that takes it gives it to whom it belongs.
    _SORTS = (_signature, _question, _own, _answer, _labelled, _told, _quotation, _item, _plain)

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


def _recurring_labels(text: str, found: Sequence[Span]) -> set[str]:
    """Short names that a colon follows at the beginning of three lines or more."""
    matches = (_LABEL.match(text, line.start, line.end) for line in found)
    count = Counter(match["name"] for match in matches if match and match["name"][0].isupper())
    return {name for name, often in count.items() if often > 2 and name.lower() not in _OWN_LABELS}


def _quoted(words: str) -> tuple[float, str | None]:
    """How much of a line is quoted, with marks around it or ``>`` before it, and who is named behind the last mark."""
    quoted = list(_QUOTED.finditer(words))
    share = 1.0 if words[0] == ">" else sum(len(match[0]) for match in quoted) / len(words)
    return share, named_behind(words, quoted[-1].end()) if quoted else None


def entries(text: str) -> Entries:
    """The turns of notes that stand in lines. Cost: linear."""
    return _Walker(text).walk()
