# ruff: noqa: E501  (patterns read best in one piece)
"""Notes that string attributed quotations together: "X posted at ...: ...", "From <url>: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from argmap.model.document import Document, Span
from argmap.readers.turns import Draft, assemble, sentences

_URL = re.compile(r"https?://[^\s<>\"”)\]]{1,2000}")
_NAME = r"[A-Z][\w.'’-]{1,30}(?: (?:[A-Z][\w.'’-]{0,30}|de|van|von|der)){0,3}"
_POSTED = re.compile(
    rf"(?P<name>{_NAME})(?: ?\(@?\w{{1,40}}\))? (?:posted|wrote|writes|tweeted|said|says|commented|replied|argues?|argued)"
    r"(?P<when>[^:\n]{0,60}(?:(?<=\d):\d\d[^:\n]{0,60})?):(?!//|\d\d\b)"
)
_FROM = re.compile(r"\b(?:From|Via|Per|According to|Quoting|Source:?|Quote from) (?P<what>[^\n.!?]{0,120})$")
_AFTER_URL = re.compile(r"(?P<remark>[^:\n.!?]{0,120}):(?=\s|$)")
_URL_DATE = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_WHEN = re.compile(r"(?:\b(?:at|on|in)\b )?(?P<date>.{0,120})")
_HEDGE = re.compile(r"[,;]? ?\b(?:I think|maybe|probably|perhaps)\b,?\s*$|[\s,;:–—-]+$", re.IGNORECASE)
_TO_SELF = re.compile(
    r"(?:\(|\[)?(?:tie (?:this |it )?in(?:to)?|note to self|to ?do|see also|compare (?:with|to)|cf\.|follow up|look up|"
    r"file (?:this )?(?:for|under)|my (?:take|thoughts?|notes?)|nb)\b",
    re.IGNORECASE,
)
_MUSING = re.compile(r"(?:maybe|perhaps|i wonder|not sure|i think)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"(?P<bracket>\([^()\n]{1,200}\))\s{1,4}(?=[A-Z])")
_OPENING_QUOTE = {'"': '"', "“": "”", "«": "»"}


@dataclass(frozen=True, slots=True)
class _Source:
    """An attribution: its own characters, and whose words follow it."""

    span: Span
    speaker: str | None
    url: str | None = None
    date: str | None = None


class Notes:
    """Each attributed stretch is a turn of its source; the note-taker's own words are turns of nobody named."""

    name = "notes"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where attributions recur, the more so in one paragraph."""
        sources = len(_sources(text))
        return min(0.85, 0.35 + 0.15 * sources) if sources > 1 else 0.0

    def read(self, text: str, *, title: str) -> Document:
        """The turns between attributions, with speaker or source name, url and date."""
        sources = _sources(text)
        drafts = [Draft(0, sources[0].span.start if sources else len(text))]
        ends = [source.span.start for source in sources[1:]] + [len(text)]
        for source, end in zip(sources, ends, strict=False):
            _append_quoted(text, source, end, drafts)
        return assemble(text, drafts, title=title, genre=self.name)


def _sources(text: str) -> list[_Source]:
    """All attributions in order; those that overlap an earlier one are dropped."""
    named = [_posted(match) for match in _POSTED.finditer(text)]
    linked = [source for match in _URL.finditer(text) if (source := _from(text, match))]
    kept: list[_Source] = []
    for source in sorted(named + linked, key=lambda source: source.span):
        if not kept or source.span.start >= kept[-1].span.end:
            kept.append(source)
    return kept


def _posted(match: re.Match[str]) -> _Source:
    date = re.sub(r"^(?:at|on|in) ", "", match["when"].strip()).strip(" ,")
    has_digit = any(character.isdigit() for character in date)
    return _Source(Span(match.start(), match.end()), match["name"], date=date if has_digit else None)


def _from(text: str, url: re.Match[str]) -> _Source | None:
    """The attribution around a url: "From a recent podcast, I think <url>:", "From <url>, a remark:"."""
    address = url[0].rstrip(".,;:")
    end = url.start() + len(address)
    before = _FROM.search(text[max(0, url.start() - 160) : url.start()])
    after = _AFTER_URL.match(text, end, end + 130)
    if before is None or after is None:
        return None
    start = url.start() - len(before[0])
    name = _HEDGE.sub("", _HEDGE.sub("", before["what"].strip())).strip()
    return _Source(Span(start, after.end()), name or _host(address), address, _url_date(address))


def _host(address: str) -> str | None:
    """The site's name, which stands for a source that has no other."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _url_date(address: str) -> str | None:
    match = _URL_DATE.search(address)
    return match[0] if match else None


def _append_quoted(text: str, source: _Source, end: int, drafts: list[Draft]) -> None:
    """The turns from one attribution to the next."""
    stretch, source = _without_link(text, Span(source.span.end, end), source)
    quoted, rest = _in_marks(text, stretch)
    first = len(drafts)
    for part, own in _remarks(text, quoted):
        speaker = None if own else source.speaker
        reply = first if own and len(drafts) > first else None
        drafts.append(Draft(part.start, part.end, speaker, reply, url=None if own else source.url))
        drafts[-1].date = None if own else source.date
    if len(rest):
        drafts.append(Draft(rest.start, rest.end, reply=first))


def _without_link(text: str, stretch: Span, source: _Source) -> tuple[Span, _Source]:
    """A url in brackets at the end of a stretch says where it was said; it is not part of it."""
    urls = list(_URL.finditer(text, stretch.start, stretch.end))
    if not urls or source.url:
        return stretch, source
    last = urls[-1]
    tail = text[last.end() : stretch.end].strip(" )]\n\t")
    if tail or text[last.start() - 1] not in "([ \n":
        return stretch, source
    end = last.start() - (text[last.start() - 1] in "([")
    return Span(stretch.start, max(stretch.start, end)), replace(
        source, url=last[0], date=source.date or _url_date(last[0])
    )


def _in_marks(text: str, stretch: Span) -> tuple[Span, Span]:
    """Where a stretch begins with a quotation mark, what stands behind the closing one is the note-taker's."""
    piece = text[stretch.start : stretch.end]
    start = stretch.start + len(piece) - len(piece.lstrip())
    closing = _OPENING_QUOTE.get(text[start : start + 1])
    place = text.find(closing, start + 1, stretch.end) if closing else -1
    if place < 0:
        return stretch, Span(stretch.end, stretch.end)
    return Span(start + 1, place), Span(place + 1, stretch.end)


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
