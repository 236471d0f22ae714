# ruff: noqa: E501  (patterns read best in one piece)
"""Names that come once: below the letters to an editor, or as headings over what several people say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from argmap.model.document import Span
from argmap.readers.bylines import Mark
from argmap.readers.headers import Heading
from argmap.readers.label_names import are_people, speak_as_i
from argmap.readers.names import MARKUP, TITLES, name
from argmap.readers.turns import apart

_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", ")", ":")
_CLOSING = re.compile(
    r"(?:yours?|(?:very |most )?sincerely|(?:with )?(?:best|kind|warm)? ?(?:regards|wishes)|respectfully|in hope|thank you|thanks|cheers|best)\b[\w ]{0,30},?",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:(?:full )?names? (?:and (?:full )?address(?:es)? )?(?:withheld|supplied)|anonymous|anon\.?|(?:name|address) (?:withheld|supplied))\b.{0,40}",
    re.IGNORECASE,
)
# What may stand behind a name: a place, an office.
_REST = re.compile(r" ?[,(|·•;]| [–—-]{1,2} | (?:of|via|by) ")
_HEADING = re.compile(r"#{2,6} (?P<hashed>[^\n]{3,80})|\*\*(?P<bold>[^*\n]{3,80})\*\*:?")
_CALLED = re.compile(r"\b[A-ZÀ-Þ][\w'’-]{2,30}")
_SALUTATION = re.compile(
    r"^(?:dear|sirs?|madam|to the editor)\b|\A[^\n]{0,80}\bletters?\b", re.IGNORECASE | re.MULTILINE
)
_LONGEST, _TITLE = 60, 80
_SURE = 2
_PARAGRAPHS = 8
_PLACES = 2


def marks(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Signatures and titles of letters, or headings that are people; none for other texts. Cost: linear.

    Args:
        own: the text's lines without those of the site (see `furniture.own_lines`).
    """
    return _letters(text, own) or _statements(text, own)


def _letters(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Names below words, the last of them at the end of the text; titles above words are nobody's."""
    shown = [text[span.start : span.end] if len(span) <= _TITLE else "" for span in own]
    signed: dict[int, tuple[int, Heading]] = {}
    for place in range(1, len(own)):
        found = _signature(text, own, shown, place)
        if found:
            signed[place] = found
    last = max(signed, default=0)
    sure = len(signed) > _SURE or _SALUTATION.search(text) is not None
    sure = sure and text.count("\n\n") <= _PARAGRAPHS * len(signed)
    if len({heading.name for _, heading in signed.values()}) < 2 or signed[last][0] < len(own) or not sure:
        return {}
    found_marks = dict(_titles(text, own, shown, {0, *(end for end, _ in signed.values())}))
    starts = [0, *(own[end - 1].end for end, _ in signed.values())]
    stretches = [Span(start, own[place].start) for start, place in zip(starts, signed, strict=False)]
    addressed = _addressed(text, zip(stretches, (heading for _, heading in signed.values()), strict=True))
    for (place, (end, _)), heading in zip(signed.items(), addressed, strict=True):
        first = place - _is_closing(shown[place - 1])
        found_marks[own[first].start] = Mark(heading, own[end - 1].end, signs=True)
    return found_marks


def _signature(
    text: str, own: Sequence[Span], shown: Sequence[str], place: int
) -> tuple[int, Heading] | None:
    """The place behind a signature and who signs: a name, and perhaps a place, that end a paragraph."""
    above = text[own[place - 1].end - 1]
    if above not in _SENTENCE_ENDS and not _is_closing(shown[place - 1]):
        return None
    person = _person(shown[place])
    if person is None and not _NOBODY.fullmatch(shown[place].strip(MARKUP)):
        return None
    end = place + 1
    while end < len(own) and end - place <= _PLACES and not apart(text, own[end - 1], own[end]):
        if not 0 < len(shown[end]) <= _LONGEST or shown[end].endswith(_SENTENCE_ENDS):
            return None
        end += 1
    ends = end == len(own) or apart(text, own[end - 1], own[end])
    return (end, Heading(person)) if ends else None


def _person(line: str) -> str | None:
    """The full name that a line holds, alone or before a place or an office."""
    words = line.strip(MARKUP + "—–-")
    cut = _REST.search(words)
    found = name(words[: cut.start()] if cut else words) if 0 < len(words) <= _LONGEST else None
    placed = cut and words[cut.end() :][:1].isupper()
    return found if found and (" " in found or "." in found or placed) else None


def _is_closing(line: str) -> bool:
    return len(line) <= _LONGEST and _CLOSING.fullmatch(line) is not None


def _titles(
    text: str, own: Sequence[Span], shown: Sequence[str], firsts: Iterable[int]
) -> Iterator[tuple[int, Mark]]:
    """Short lines in paragraphs of their own above letters: "Too many scooters"."""
    for first in firsts:
        for place in range(first, len(own) - 1):
            titled = shown[place] and not shown[place].endswith((*_SENTENCE_ENDS, ","))
            if not titled or not apart(text, own[place], own[place + 1]):
                break
            yield own[place].start, Mark(Heading(None), own[place].end)


def _statements(text: str, own: Sequence[Span]) -> dict[int, Mark]:
    """Headings that are names no word of the text is, each above somebody who speaks of himself."""
    found: list[tuple[Span, Heading]] = []
    headings = 0
    for span in own:
        match = _HEADING.fullmatch(text, span.start, span.end) if len(span) <= _TITLE else None
        headings += match is not None
        # With a date it is a heading of a thread.
        plain = match and not any(map(str.isdigit, match[0]))
        person = _person(match["hashed"] or match["bold"]) if match and plain else None
        if person:
            found.append((span, Heading(person)))
    names = {heading.name for _, heading in found if heading.name}
    if len(names) < 2 or 4 * len(found) < 3 * headings or not are_people(names, text):
        return {}
    ends = [span.start for span, _ in found[1:]] + [len(text)]
    stretches = [Span(span.end, end) for (span, _), end in zip(found, ends, strict=True)]
    if not speak_as_i(text, stretches):
        return {}
    addressed = _addressed(text, zip(stretches, (heading for _, heading in found), strict=True))
    return {span.start: Mark(heading, span.end) for (span, _), heading in zip(found, addressed, strict=True)}


def _addressed(text: str, said: Iterable[tuple[Span, Heading]]) -> list[Heading]:
    """Headings with whom each names first of those before him; who names none of them answers nobody.

    Args:
        said: the words of each, in order, and who says them.
    """
    known: dict[str, str] = {}
    found = []
    for span, heading in said:
        names = (
            match[0].removesuffix("'s").removesuffix("’s")
            for match in _CALLED.finditer(text, span.start, span.end)
        )
        called = (known[one] for one in names if one in known)
        whom = next((one for one in called if one != heading.name), None)
        found.append(replace(heading, whom=whom, level=None if whom else 0))
        parts = (heading.name or "").split()
        known.update(
            {part: " ".join(parts) for part in (*parts[:1], *parts[-1:]) if part.rstrip(".") not in TITLES}
        )
    return found
