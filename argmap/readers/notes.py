# ruff: noqa: E501  (patterns read best in one piece)
"""Notes: attributed quotations in a row ("X posted at ...: ...", "From <url>: ..."), or entries line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from argmap.model.document import Document, Span
from argmap.readers.authors import note_taker
from argmap.readers.credits import URL
from argmap.readers.entries import Entries, entries
from argmap.readers.sources import Source, sources, url_date
from argmap.readers.turns import Draft, assemble, sentences

# How the note-taker goes on after what he noted: judging it, speaking of who said it, and planning.
_OWN = re.compile(
    r"\(?(?:I (?:like|keep|think|suspect|wonder|find|remember|said|doubt|agree|love|hate)\b|I['’](?:m not sure|d (?:add|have thought|say|not))|"
    r"my (?:own )?(?:view|guess|take|remark|comment|reaction|question)\b|h+mm?\b|ha\b|ok\b|nice|fair\b|good (?:for|line|corrective|point)|great (?:line|point)|"
    r"(?:too )?cynical|not (?:sure|fair)|that['’]s a |this (?:is the (?:most|single|best)|seems|strikes)|seems|the point about|the [\w ]{3,24} thing\b|the \d|"
    r"which would|to which|s?he\b|his\b|her\b|check(?:ed)?\b|ask(?:ed)?\b|look (?:this|that|it) up|use this|find (?:the|a) |follow up|need to|"
    r"idea for|for (?:the|my) \w+|to do\b|(?:not |un)convinc|against (?:this|that)\b|(?:that|the) last \w+\b|"
    r"(?:though|but|and|if|so) (?:s?he|his|her)\b|file under|caveat|compare|on the other hand|laughter|(?:is|does) (?:it|there|that)\b|are (?:they|there)\b|"
    r"somebody|someone)",
    re.IGNORECASE,
)
# A note to self: "(tie in with chapter 2)", "See also Horn", "NB".
_TO_SELF = re.compile(
    r"(?:\(|\[)?(?:tie (?:this |it )?in(?:to)?|note to self|to ?do|see also|compare (?:with|to)|cf\.|follow up|look up|"
    r"file (?:this )?(?:for|under)|my (?:take|thoughts?|notes?)|nb)\b",
    re.IGNORECASE,
)
_MUSING = re.compile(r"(?:maybe|perhaps|i wonder|not sure|i think)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"(?P<bracket>\([^()\n]{1,200}\))\s{1,4}(?=[A-Z])")
_NEXT_QUOTE = re.compile(r"[ \t\n]{1,4}[\"“«]")
_OPENING_QUOTE = {'"': '"', "“": "”", "«": "»"}


class Notes:
    """Each attributed stretch is a turn of its source; the note-taker's own words are turns of nobody named."""

    name = "notes"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where attributions recur, and where lines are those of minutes, clippings or a notebook."""
        found, listed = _layout(text)
        if listed:
            return listed.score
        return min(0.85, 0.35 + 0.15 * len(found)) if len(found) > 1 else 0.0

    def read(self, text: str, *, title: str) -> Document:
        """The turns between attributions, with speaker or source name, url and date."""
        found, listed = _layout(text)
        if listed:
            return self._document(text, listed.drafts, title)
        drafts = [Draft(0, found[0].span.start if found else len(text))]
        ends = [source.span.start for source in found[1:]] + [len(text)]
        for source, end in zip(found, ends, strict=False):
            _append_quoted(text, source, end, drafts)
        return self._document(text, drafts, title)

    def _document(self, text: str, drafts: list[Draft], title: str) -> Document:
        """Whatever no source says is the note-taker's, who is named at times."""
        taker = note_taker(text)
        for draft in drafts:
            draft.speaker = draft.speaker or taker
        return assemble(text, drafts, title=title, genre=self.name)


def _layout(text: str) -> tuple[list[Source], Entries | None]:
    """Attributions in running text; and what the lines tell, where they rather tell whose words they are."""
    found, listed = sources(text), entries(text)
    told = listed.evidence + listed.listed * listed.lecture > 2 * len(found)
    return found, listed if listed.score > 0 and told else None


def _append_quoted(text: str, source: Source, end: int, drafts: list[Draft]) -> None:
    """The turns from one attribution to the next."""
    stretch, source, after = _without_link(text, Span(source.span.end, end), source)
    quoted, rest = _in_marks(text, stretch)
    rest = Span(rest.start, after.end) if len(rest) else after
    first = len(drafts)
    for part, own in _remarks(text, quoted):
        speaker = None if own else source.speaker
        reply = first if own and len(drafts) > first else None
        drafts.append(Draft(part.start, part.end, speaker, reply, url=None if own else source.url))
        drafts[-1].date = None if own else source.date
    if len(rest):
        drafts.append(Draft(rest.start, rest.end, reply=first if len(drafts) > first else None))


def _without_link(text: str, stretch: Span, source: Source) -> tuple[Span, Source, Span]:
    """A url in brackets closes what was said there and is no part of it; behind it the note-taker goes on.

    Without one a stretch ends with its paragraph, or where a sentence can only be the note-taker's.
    """
    link = None if source.url else URL.search(text, stretch.start, stretch.end)
    if link is None or text[link.start() - 1] not in "([ \n" or _introduces(text, link):
        end = _own_words(text, stretch, brief=source.brief)
        return Span(stretch.start, end), source, Span(end, stretch.end)
    end = link.start() - (text[link.start() - 1] in "([")
    closed = link.end() + (text[link.end() : link.end() + 1] in {")", "]"})
    dated = replace(source, url=link[0], date=source.date or url_date(link[0]))
    return Span(stretch.start, max(stretch.start, end)), dated, Span(closed, stretch.end)


def _introduces(text: str, link: re.Match[str]) -> bool:
    """Does a url stand before what comes ("https://x.example/1, a title: ...") instead of closing what was?"""
    return link[0][-1] in ",:" or text[link.end() : link.end() + 2] in {" –", " —", " -"}


def _own_words(text: str, stretch: Span, *, brief: bool) -> int:
    """Where the note-taker's own words begin in a stretch: never with its first sentence."""
    blank = text.find("\n\n", stretch.start + 1, stretch.end)
    parts = sentences(text, stretch.start, stretch.end if blank < 0 else blank)
    own = (part.start for part in parts[1:] if brief or _OWN.match(text, part.start, part.end))
    return next(own, stretch.end if blank < 0 else blank)


def _in_marks(text: str, stretch: Span) -> tuple[Span, Span]:
    """Where a stretch begins with a quotation mark, what stands behind the closing one is the note-taker's."""
    piece = text[stretch.start : stretch.end]
    start = stretch.start + len(piece) - len(piece.lstrip())
    closing = _OPENING_QUOTE.get(text[start : start + 1])
    place = text.find(closing, start + 1, stretch.end) if closing else -1
    if not closing or place < 0:
        return stretch, Span(stretch.end, stretch.end)
    end = place
    # Several quotations in a row are one source's.
    while (again := _NEXT_QUOTE.match(text, end + 1, stretch.end)) and again[0][-1] == text[start]:
        further = text.find(closing, again.end(), stretch.end)
        if further < 0:
            break
        end = further
    return Span(start + 1, end), Span(end + 1, stretch.end)


def _remarks(text: str, stretch: Span) -> Iterator[tuple[Span, bool]]:
    """Parts of a stretch, and whether each is the note-taker's remark: a note to self and the musing before it."""
    parts = [
        part for whole in sentences(text, stretch.start, stretch.end) for part in _bracket_apart(text, whole)
    ]
    own = [_TO_SELF.match(text, part.start, part.end) is not None for part in parts]
    for place in range(len(parts) - 1):
        if own[place + 1] and _MUSING.match(text, parts[place].start, parts[place].end):
            own[place] = True
    start = 0
    for place in range(1, len(parts) + 1):
        if place == len(parts) or own[place] != own[start]:
            yield Span(parts[start].start, parts[place - 1].end), own[start]
            start = place


def _bracket_apart(text: str, sentence: Span) -> list[Span]:
    """A sentence that begins with one in brackets ("(So it is) Maybe ...") as two."""
    match = _BRACKETED.match(text, sentence.start, sentence.end)
    if match is None:
        return [sentence]
    return [Span(sentence.start, match.end("bracket")), Span(match.end(), sentence.end)]


READER = Notes()
