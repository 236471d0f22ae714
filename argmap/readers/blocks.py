"""A discussion cut into headings, quotations, signatures and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from argmap.model.document import Span
from argmap.readers import bylines, exchange, headers, letters, mails, reviews
from argmap.readers.bylines import Mark
from argmap.readers.furniture import own_lines
from argmap.readers.headers import Heading
from argmap.readers.quoting import Quoted, quoted_line
from argmap.readers.turns import trimmed

_LONGEST = 400
_SIGNATURE_LINES = 6
_SECTION = re.compile(r"={2,6} ?[^=\n]{1,120}={2,6}")
_COLONS = re.compile(r"[:*]{1,32} ?")
_SIGNED = "(UTC)\n"
_RULE = re.compile(r"_{5,80}")
_HEADED = 2
_TAB = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a quotation (with the heading that attributes it), a signature, or words of a post.

    Args:
        depth: how far its first line is indented.
    """

    span: Span
    heading: Heading | None = None
    quoted: Quoted | None = None
    signs: bool = False
    depth: int = 0

    @property
    def begins(self) -> bool:
        """Whether it stands above a post."""
        return self.heading is not None and self.quoted is None and not self.signs

    @property
    def plain(self) -> bool:
        """Whether it is words of a post."""
        return self.heading is None and self.quoted is None


def blocks(text: str) -> list[Block]:
    """The text's lines joined into blocks. Cost: linear."""
    found: list[Block] = []
    cut = _boxed(text, _signed_below(list(_line_blocks(text))))
    for block in _attributed(text, list(_unwrapped(text, cut))):
        last = found[-1] if found else None
        joined = _joined(last, block) if last else None
        if joined:
            found[-1] = joined
        else:
            found.append(block)
    return found


class _Lines:
    """Makes blocks of lines; keeps what earlier lines tell about later ones."""

    def __init__(self, text: str, own: Sequence[Span]) -> None:
        self._text = text
        asked = exchange.marks(text, own)
        self._marks: Mapping[int, Mark] = {**(asked or _marks(text, own)), **mails.marks(text, own)}
        self._talk = _is_signed(text, own, fewest=1 if asked else 2)
        self._below_heading = False
        self._skipped = 0
        self._until = 0

    def blocks(self, line: Span) -> Iterator[Block]:
        """What a line holds; nothing for the lines of an e-mail's signature."""
        if line.end <= self._until:
            return
        depth = self._depth(line)
        line = trimmed(self._text, max(line.start, self._until), line.end)
        mark = self._marks.get(line.start)
        below, self._below_heading = self._below_heading, False
        if mark:
            self._below_heading = True
            yield Block(Span(line.start, mark.end), mark.heading, signs=mark.signs, depth=depth)
            line = trimmed(self._text, mark.end, max(mark.end, line.end))
            self._skipped, self._until = 0, mark.end
        if len(line) == 0 or self._in_signature(line):
            return
        quoted = quoted_line(self._text, line)
        if quoted:
            if len(quoted[1]):
                yield Block(line, quoted=Quoted(quoted[0], (quoted[1],)))
        else:
            yield from self._words(line, depth, below=below or mark is not None)

    def _depth(self, line: Span) -> int:
        """Columns before a line; on a talk page its colons."""
        start = self._text.rfind("\n", 0, line.start) + 1
        colons = _COLONS.match(self._text, line.start, line.end) if self._talk else None
        if colons:
            return len(colons[0].rstrip())
        return sum(_TAB if letter == "\t" else 1 for letter in self._text[start : line.start])

    def _in_signature(self, line: Span) -> bool:
        """ "--" or "_____" on its own line begins a signature: some lines up to the next heading."""
        words = self._text[line.start : line.end] if len(line) < _LONGEST else ""
        if words == "--" or _RULE.fullmatch(words):
            self._skipped = _SIGNATURE_LINES
            return True
        if self._skipped and headers.heading(words) is None:
            self._skipped -= 1
            return True
        self._skipped = 0
        return False

    def _words(self, line: Span, depth: int, *, below: bool) -> Iterator[Block]:
        words = self._text[line.start : line.end] if len(line) < _LONGEST else ""
        answered = headers.answered_line(words) if below else None
        heading = answered or headers.heading(words) or headers.attribution(words)
        self._below_heading = heading is not None
        if heading is None and self._talk:
            yield from self._talk_line(line, depth)
        else:
            yield Block(line, heading, depth=depth)

    def _talk_line(self, line: Span, depth: int) -> Iterator[Block]:
        """Words on a talk page, without their colons, apart from the signature at their end."""
        if len(line) < _LONGEST and _SECTION.fullmatch(self._text, line.start, line.end):
            yield Block(line, Heading(None))
            return
        colons = _COLONS.match(self._text, line.start, line.end)
        start = colons.end() if colons else line.start
        signed = headers.signature(self._text[start : line.end])
        end = start + signed[0] if signed else line.end
        words = trimmed(self._text, start, end)
        if len(words):
            # Comments of Stack Exchange stand below the post that they answer.
            below = signed is not None and not self._text.endswith("(UTC)", start, line.end)
            yield Block(words, depth=depth + below)
        if signed:
            yield Block(Span(end, line.end), signed[1], signs=True)


def _line_blocks(text: str) -> Iterator[Block]:
    own = own_lines(text)
    cutter = _Lines(text, own)
    for line in own:
        yield from cutter.blocks(line)


def _marks(text: str, own: Sequence[Span]) -> Mapping[int, Mark]:
    """Heads of posts in the one form that the text as a whole bears out."""
    rated = reviews.marks(text, own)
    if any(mark.heading.name for mark in rated.values()):
        return rated
    found = bylines.marks(text, own) or letters.marks(text, own)
    return {**rated, **found} if all(mark.signs for mark in found.values()) else found


def _is_signed(text: str, own: Sequence[Span], *, fewest: int) -> bool:
    """Do lines end with signatures, as on talk pages and below answers of Stack Exchange?"""
    if text.count(_SIGNED) > 1:
        return True
    short = (text[max(line.start, line.end - 80) : line.end] for line in own)
    return sum(headers.signature(words) is not None for words in short) >= fewest


def _signed_below(found: list[Block]) -> list[Block]:
    """Headings stand below their posts where the first has words above it and the last none below it."""
    headed = [
        place
        for place, block in enumerate(found)
        if block.begins and block.heading and block.heading.name and not block.heading.quotes
    ]
    if len(headed) < _HEADED or headed[0] == 0 or headed[-1] != len(found) - 1:
        return found
    below = {place for place in headed if found[place - 1].plain}
    if len(below) < len(headed):
        return found
    return [replace(block, signs=True) if place in below else block for place, block in enumerate(found)]


def _boxed(text: str, found: list[Block]) -> list[Block]:
    """Make quotations of the words below "Originally posted by Ann" and, where posts have other headings,
    below "Ann wrote:"; they end at a blank line."""
    named = [block.heading for block in found if block.begins and block.heading and block.heading.name]
    headed = sum(not (heading.quotes or heading.said) for heading in named) >= _HEADED
    place = 0
    while place < len(found):
        heading = found[place].heading
        boxes = heading and (heading.boxed or (headed and (heading.quotes or heading.said)))
        end = _box_end(text, found, place + 1) if boxes else place
        if heading and end > place + 1:
            found[place] = replace(found[place], heading=replace(heading, quotes=True))
        for line in range(place + 1, end):
            found[line] = replace(found[line], quoted=Quoted(1, (found[line].span,)))
        place = max(place + 1, end)
    return found


def _box_end(text: str, found: list[Block], first: int) -> int:
    """Behind the quoted lines that begin at a place; one of them alone where no answer would be left."""
    end = first
    while (
        end < len(found)
        and found[end].plain
        and text.count("\n", found[end - 1].span.end, found[end].span.start) < 2
    ):
        end += 1
    answered = end < len(found) and found[end].plain
    return end if answered else min(end, first + 1) if end > first + 1 else first


class _Sources:
    """Whose the quotations of a post are, by what stands above them, at each depth."""

    def __init__(self) -> None:
        self._known: dict[int, Heading] = {}
        self._depth = 0

    def begin(self, depth: int = 0, heading: Heading | None = None) -> None:
        """Another post begins, or what is quoted in it from someone named."""
        self._known, self._depth = ({depth: heading} if heading else {}), 0

    def add(self, depth: int, heading: Heading) -> None:
        """Someone quoted names whom he quotes."""
        self._known[depth], self._depth = heading, 0

    def named(self, block: Block) -> Block:
        """The block, with its source where a quotation begins; a whole mail may be quoted piece by piece."""
        if block.quoted is None:
            kept = {} if block.signs else self._known
            self._known = {depth: heading for depth, heading in kept.items() if heading.date}
            self._depth = 0
            return block
        begins = block.quoted.depth != self._depth
        self._depth = block.quoted.depth
        return replace(block, heading=self._known.get(self._depth)) if begins else block


def _attributed(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """Give "Ann wrote:" to the quotation below it, and what lines below a heading add to that heading."""
    waiting: Block | None = None
    sources = _Sources()
    for block, below in zip_longest(found, found[1:]):
        completed = _completed(waiting, block) if waiting else None
        if completed:
            waiting = completed
            continue
        if waiting:
            quotes = waiting.heading if waiting.heading and waiting.heading.quotes and block.quoted else None
            if not quotes:
                yield waiting
            sources.begin(block.quoted.depth if block.quoted else 0, quotes)
        waiting = block if block.begins else None
        source = _source(text, block, below)
        if source and below and below.quoted:
            sources.add(below.quoted.depth, source)
        elif not waiting:
            yield sources.named(block)
    if waiting:
        yield waiting


def _unwrapped(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """ "> On Monday Ann Lee" and "> wrote:" as one block."""
    held: Block | None = None
    for block in found:
        quoted = block.quoted
        if held and held.quoted and quoted and quoted.depth == held.quoted.depth:
            joined = Quoted(quoted.depth, (*held.quoted.pieces, *quoted.pieces))
            if text[quoted.end - 1] == ":" and headers.attribution(_told(text, joined)):
                yield replace(held, span=Span(held.span.start, block.span.end), quoted=joined)
                held = None
                continue
        if held:
            yield held
        opens = (
            block.quoted and text.startswith("On ", block.quoted.start) and text[block.quoted.end - 1] != ":"
        )
        held = block if opens else None
        if not opens:
            yield block
    if held:
        yield held


def _told(text: str, quoted: Quoted) -> str:
    return " ".join(text[piece.start : piece.end] for piece in quoted.pieces)


def _source(text: str, block: Block, below: Block | None) -> Heading | None:
    """Whom a quoted line names as the one quoted deeper below it: "> On Monday Ann wrote:"."""
    if not (block.quoted and below and below.quoted):
        return None
    told = headers.attribution(_told(text, block.quoted))
    deeper = below.quoted.depth > block.quoted.depth
    return told if told and (deeper or (told.date and below.quoted.depth == block.quoted.depth)) else None


def _completed(waiting: Block, block: Block) -> Block | None:
    """A heading with what the one right below adds: the fields of an e-mail, "In reply to Ann", or the same
    name again ("Reply posted by Ann", "Ann replied:"). None where that begins another post."""
    heading, more = waiting.heading, block.heading
    if heading is None or more is None or not block.begins:
        return None
    if more.name is not None and (heading.quotes or heading.name != more.name):
        return None
    date, whom, target = (
        heading.date or more.date,
        heading.whom or more.whom,
        heading.target or more.target,
    )
    return replace(waiting, heading=replace(heading, date=date, whom=whom, target=target))


def _joined(last: Block, block: Block) -> Block | None:
    """Two blocks as one: lines of words, or lines quoted at one depth."""
    span = Span(last.span.start, block.span.end)
    if block.heading or last.signs:
        return None
    if last.quoted and block.quoted and last.quoted.depth == block.quoted.depth:
        pieces = (*last.quoted.pieces, *block.quoted.pieces)
        return replace(last, span=span, quoted=Quoted(block.quoted.depth, pieces))
    if last.plain and block.plain:
        return replace(last, span=span)
    return None
