"""Forum threads and e-mail exchanges: posts, what they quote with ``>``, and whom they answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from argmap.model.document import Document, Span
from argmap.readers import headers
from argmap.readers.headers import Heading
from argmap.readers.quoting import Quoted, QuoteIndex, quoted_line
from argmap.readers.turns import Draft, assemble, lines
from argmap.readers.unmarked import UnmarkedPosts


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading, a quotation (with the heading that attributes it), or words of a post."""

    span: Span
    heading: Heading | None = None
    quoted: Quoted | None = None


class Thread:
    """Posts become turns; a quotation from outside the text is a turn of its own that the reply answers."""

    name = "thread"
    suffixes: tuple[str, ...] = (".txt", ".eml", ".mbox")

    def score(self, text: str, name: str) -> float:
        """High where headings of posts recur, and where lines that quote stand beside lines that do not."""
        blocks = _blocks(text)
        quotes = sum(block.quoted is not None for block in blocks)
        headings = sum(block.heading is not None and block.quoted is None for block in blocks)
        if headings > 1:
            return 0.9
        has_words = any(block.heading is None and block.quoted is None for block in blocks)
        return min(0.8, 0.6 + 0.05 * (quotes + headings)) if quotes and has_words else 0.0

    def read(self, text: str, *, title: str) -> Document:
        """One turn for each post, or for each part of it that answers another quotation."""
        blocks = _blocks(text)
        weaver = _Weaver(text, blocks)
        for block in blocks:
            weaver.add(block)
        weaver.end_post()
        return assemble(text, weaver.drafts, title=title, genre=self.name)


def _blocks(text: str) -> list[_Block]:
    """The text's lines joined into headings, quotations and words. Cost: linear."""
    blocks: list[_Block] = []
    for block in _attributed(_line_blocks(text)):
        last = blocks[-1] if blocks else None
        joined = _joined(last, block) if last else None
        if joined:
            blocks[-1] = joined
        else:
            blocks.append(block)
    return blocks


def _line_blocks(text: str) -> Iterator[_Block]:
    in_mail = False
    for line in lines(text):
        quoted = quoted_line(text, line)
        if quoted:
            if len(quoted[1]):
                yield _Block(line, quoted=Quoted(quoted[0], (quoted[1],)))
            continue
        words = text[line.start : line.end] if len(line) < 400 else ""
        sender = headers.mail_sender(words)
        field = headers.mail_field(words) if in_mail else None
        in_mail = sender is not None or field is not None
        if field:
            yield _Block(line, heading=Heading(None, date=field[1] if field[0] == "date" else None))
        else:
            yield _Block(line, heading=sender or headers.heading(words) or headers.attribution(words))


def _attributed(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """Give "Ann wrote:" to the quotation below it; fields of an e-mail go to its sender."""
    waiting: _Block | None = None
    for block in blocks:
        if waiting and block.heading and block.heading.name is None:
            assert waiting.heading
            date = waiting.heading.date or block.heading.date
            waiting = replace(waiting, heading=replace(waiting.heading, date=date))
        elif waiting and block.quoted and waiting.heading and waiting.heading.number is None:
            yield replace(block, heading=waiting.heading)
            waiting = None
        else:
            if waiting:
                yield waiting
            waiting = block if block.heading else None
            if not waiting:
                yield block
    if waiting:
        yield waiting


def _joined(last: _Block, block: _Block) -> _Block | None:
    """Two blocks as one: lines of words, or lines quoted at one depth."""
    span = Span(last.span.start, block.span.end)
    if block.heading:
        return None
    if last.quoted and block.quoted and last.quoted.depth == block.quoted.depth:
        pieces = (*last.quoted.pieces, *block.quoted.pieces)
        return _Block(span, last.heading, Quoted(block.quoted.depth, pieces))
    if last.quoted or block.quoted or last.heading:
        return None
    return _Block(span)


class _Weaver:
    """Walks over the blocks and ties each stretch of words to what it answers."""

    def __init__(self, text: str, blocks: list[_Block]) -> None:
        self.drafts: list[Draft] = []
        self._text = text
        self._index = QuoteIndex(self._words(block.quoted) for block in blocks if block.quoted)
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._heading: Heading | None = None
        self._answers: int | None = None
        self._pending: list[tuple[int, int, int | None]] = []
        self._own: int | None = None
        marked = any(block.heading and not block.quoted for block in blocks)
        texts = [block.span for block in blocks if not block.heading and not block.quoted]
        self._unmarked = None if marked else UnmarkedPosts(text, texts)

    def _words(self, quoted: Quoted) -> str:
        return " ".join(self._text[piece.start : piece.end] for piece in quoted.pieces)

    def add(self, block: _Block) -> None:
        """Take the next block."""
        if block.quoted:
            self._quote(block.quoted, block.heading)
        elif block.heading:
            self._begin_post(block.heading)
        elif self._unmarked:
            self._unmarked_words(self._unmarked, block.span)
        else:
            self._say(block.span)

    def _begin_post(self, heading: Heading) -> None:
        self.end_post()
        self._heading = heading
        self._answers = self._by_number.get(heading.target) if heading.target else None

    def end_post(self) -> None:
        """A quotation below the words (top posting) is what those words answer."""
        if self._own is not None and self._answers is not None:
            draft = self.drafts[self._own]
            if draft.reply is None and self._answers != self._own:
                draft.reply = self._answers
            if self._pending and self._own == len(self.drafts) - 1:
                draft.quotes, draft.end = (*draft.quotes, *self._pending), self._pending[-1][1]
        self._pending, self._answers, self._own = [], None, None

    def _quote(self, quoted: Quoted, source: Heading | None) -> None:
        words = self._words(quoted)
        origin = self._index.origin(words)
        if origin is not None:
            self._pending += [(piece.start, piece.end, origin) for piece in quoted.pieces]
            self._answers = origin
            return
        nested = self._answers if self._pending or self._follows_quote() else None
        draft = Draft(self._start(quoted.start), quoted.end, reply=nested, quotes=tuple(self._pending))
        if source:
            draft.speaker, draft.date = source.name, source.date
        self._answers = self._append(draft, words)

    def _follows_quote(self) -> bool:
        return (
            self._answers is not None and self._answers == len(self.drafts) - 1 and self._own != self._answers
        )

    def _start(self, start: int) -> int:
        return self._pending[0][0] if self._pending else start

    def _append(self, draft: Draft, words: str) -> int:
        place = len(self.drafts)
        self.drafts.append(draft)
        self._index.add(place, words)
        self._pending = []
        return place

    def _say(self, span: Span) -> int:
        """A turn of the post's own author."""
        words = self._text[span.start : span.end]
        draft = Draft(self._start(span.start), span.end, reply=self._answers, quotes=tuple(self._pending))
        if self._heading:
            draft.speaker, draft.date = self._heading.name, self._heading.date
            if draft.reply is None:
                draft.reply = self._addressed(words)
        place = self._append(draft, words)
        self._remember(place)
        self._own, self._answers = place, None
        return place

    def _addressed(self, words: str) -> int | None:
        """The latest post of the one addressed as "@ann" or ">>4711"."""
        found = headers.addressee(words[:80])
        if found is None:
            return None
        name = (found.name or "").casefold()
        return self._by_number.get(found.number) if found.number else self._by_name.get(name)

    def _remember(self, place: int) -> None:
        if self._heading is None:
            return
        if self._heading.number:
            self._by_number.setdefault(self._heading.number, place)
        if self._heading.name:
            self._by_name[self._heading.name.casefold()] = place

    def _unmarked_words(self, posts: UnmarkedPosts, span: Span) -> None:
        """Words under no heading: one post, or several that follow each other without any mark."""
        quoting = self._answers
        for post in posts.split(span, quoting):
            self._answers = post.reply
            place = self._say(post.span)
            posts.add(place, post.span)


READER = Thread()
