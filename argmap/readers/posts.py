"""Posts to turns: each stretch of words is tied to what it quotes and to the post it answers."""

from __future__ import annotations

import re
from bisect import bisect_left

from argmap.model.document import Document, Span
from argmap.readers import headers
from argmap.readers.addressees import Addressees
from argmap.readers.answers import Answers
from argmap.readers.blocks import Block, blocks
from argmap.readers.headers import Heading
from argmap.readers.nesting import is_flat, is_tree
from argmap.readers.quoting import Quoted, QuoteIndex
from argmap.readers.turns import Draft, assemble, paragraphs

_CONTINUES = re.compile(
    r"(?:also,? (?!can|could|what|how|do)|and also|i (?:would )?also|another (?:thing|point|reason)|finally|"
    r"lastly|second(?:ly)?,|third(?:ly)?,|"
    r"moreover|furthermore|in addition|epistemic status|edit\b|update:|p\.?s\b|tl;?dr|"
    r"(?:\(?[a-z0-9]{1,2}[.)]|[-*•]) |to (?:sum up|summarize|be clear)|in (?:short|sum|conclusion))",
    re.IGNORECASE,
)
_TITLE_LENGTH = 200
_WAY = re.compile(
    r"(?:thread|topic|board|forum|subject|title): |[^\n>»›]{2,60} [>»›→] [^\n]{2,120}(?:\n|$)", re.IGNORECASE
)
_ENDS = (".", "!", "?", "…", '"', "”")


def read_posts(text: str, *, title: str, genre: str) -> Document:
    """The document with a turn for each post, or for each part of it that answers another quotation."""
    found = blocks(text)
    if len(found) > 1 and found[1].begins and _is_title(text, found[0]):
        del found[0]
    weaver = _Weaver(text, found)
    for block in found:
        weaver.add(block)
    weaver.end_post()
    return assemble(text, weaver.drafts, title=title, genre=genre)


def _is_title(text: str, block: Block) -> bool:
    """Are these words above the first heading a title, or the way through a forum to it?"""
    if block.plain and len(block.span) <= 2 * _TITLE_LENGTH and _WAY.match(text, block.span.start):
        return True
    return block.plain and len(block.span) <= _TITLE_LENGTH and not text[: block.span.end].endswith(_ENDS)


class _Weaver:
    """Walks over the blocks and ties each stretch of words to what it answers."""

    def __init__(self, text: str, found: list[Block]) -> None:
        self.drafts: list[Draft] = []
        self._text = text
        self._index = QuoteIndex(self._words(block.quoted) for block in found if block.quoted)
        self._marked = sum(block.begins or block.signs for block in found) > 1
        self._parts = [] if self._marked else paragraphs(text)
        self._starts = [part.start for part in self._parts]
        self._answers = Answers(text[block.span.start : block.span.end] for block in found if block.plain)
        self._by_number: dict[str, int] = {}
        self._by_name = Addressees()
        posts = [(block.depth, block.heading) for block in found if block.begins and block.heading]
        self._flat, self._tree = is_flat(posts), is_tree(posts)
        self._above: list[tuple[int, int]] = []
        self._top: int | None = None
        self._last: int | None = None
        self._begin(None, 0)

    def _words(self, quoted: Quoted) -> str:
        return " ".join(self._text[piece.start : piece.end] for piece in quoted.pieces)

    def _begin(self, heading: Heading | None, depth: int) -> None:
        self._heading, self._depth = heading, depth
        self._quoting: int | None = None
        self._pending: list[tuple[int, int, int | None]] = []
        self._own: list[int] = []

    def add(self, block: Block) -> None:
        """Take the next block."""
        if block.quoted:
            self._quote(block.quoted, block.heading)
        elif block.signs:
            self._heading = block.heading
            self.end_post()
        elif block.heading:
            self.end_post()
            self._begin(block.heading, block.depth)
        else:
            self._plain(block)

    def _plain(self, block: Block) -> None:
        """Words: those of a marked post together, others by paragraphs."""
        if not self._own and self._heading is None:
            self._depth = block.depth
        spans = [block.span] if self._marked else self._paragraphs(block.span)
        for span in spans:
            if not self._marked and self._own and not self._goes_on(span):
                self.end_post()
                self._depth = block.depth
            self._say(span)

    def _paragraphs(self, span: Span) -> list[Span]:
        first = max(0, bisect_left(self._starts, span.start + 1) - 1)
        last = bisect_left(self._starts, span.end)
        cut = (
            Span(max(span.start, part.start), min(span.end, part.end))
            for part in self._parts[first:last]
            if part.end > span.start
        )
        return list(cut)

    def _goes_on(self, span: Span) -> bool:
        """Does a paragraph continue the post above it?"""
        if self._pending:
            return False
        above = self._text[self.drafts[self._own[-1]].start : self.drafts[self._own[-1]].end]
        return above.endswith(":") or _CONTINUES.match(self._text, span.start, span.end) is not None

    def end_post(self) -> None:
        """Settle whom the post answers; a quotation below the words (top posting) is what they answer."""
        if self._own:
            last = self.drafts[self._own[-1]]
            if self._pending and self._own[-1] == len(self.drafts) - 1:
                last.quotes, last.end = (*last.quotes, *self._pending), self._pending[-1][1]
            if self._quoting is not None and last.reply is None and self._quoting < self._own[-1]:
                last.reply = self._quoting
            self._settle(self.drafts[self._own[0]], self._heading or Heading(None))
        self._begin(None, 0)

    def _settle(self, first: Draft, heading: Heading) -> None:
        if first.reply is None:
            first.reply = self._parent(self._said(first), heading)
        if heading.older and first.reply is None and self._last is not None:
            self.drafts[self._last].reply = self._own[0]
        answered = self.drafts[first.reply].speaker if first.reply is not None else None
        for place in self._own:
            draft = self.drafts[place]
            draft.speaker, draft.date = heading.name, heading.date
            self._answers.add(place, self._said(draft), heading.name, answered)
        self._remember(self._own[-1], heading)

    def _said(self, draft: Draft) -> str:
        """Its words without the quotation above them."""
        start = max((end for _, end, _ in draft.quotes if end < draft.end), default=draft.start)
        return self._text[start : draft.end]

    def _parent(self, words: str, heading: Heading) -> int | None:
        """The post that this one answers by its number, name or depth; else by what it says."""
        told = headers.addressee(words[:80]) or Heading(heading.whom)
        named = self._by_name.find(told.name)
        if named is None and words.startswith("@"):
            named = self._by_name.begins(words[1:80])
        named = self._by_number.get(heading.target or told.number or "", named)
        if named is not None:
            return named
        while self._above and self._above[-1][0] >= self._depth:
            self._above.pop()
        if not self._above:
            return None if self._tree else self._guess(words, heading)
        above = self._above[-1][1]
        guessed = self._answers.guess(words, heading.name, since=above) if self._flat else None
        return above if guessed is None else guessed

    def _guess(self, words: str, heading: Heading) -> int | None:
        if heading.level is None:
            return self._answers.guess(words, heading.name)
        if heading.level < 2:
            return self._top if heading.level else None
        if heading.eldest:
            return self._last
        return self._answers.guess(words, heading.name, since=(self._top or 0) + 1)

    def _remember(self, place: int, heading: Heading) -> None:
        if heading.number:
            self._by_number.setdefault(heading.number, place)
        if heading.level == 0 or (heading.level is None and not self._depth):
            self._top = place
        self._last = place
        if heading.name:
            self._by_name.add(heading.name, place)
        while self._above and self._above[-1][0] >= self._depth:
            self._above.pop()
        self._above.append((self._depth, place))

    def _quote(self, quoted: Quoted, source: Heading | None) -> None:
        if self._own and not self._marked:
            self.end_post()
        words = self._words(quoted)
        origin = self._index.origin(words)
        if origin is not None:
            self._pending += [(piece.start, piece.end, origin) for piece in quoted.pieces]
            self._quoting = origin
            return
        nested = self._quoting if self._pending or self._follows_quote() else None
        draft = Draft(self._start(quoted.start), quoted.end, reply=nested, quotes=tuple(self._pending))
        if source:
            draft.speaker, draft.date = source.name, source.date
        self._quoting = self._append(draft, words)

    def _follows_quote(self) -> bool:
        return (
            self._quoting is not None
            and self._quoting == len(self.drafts) - 1
            and self._quoting not in self._own
        )

    def _start(self, start: int) -> int:
        return self._pending[0][0] if self._pending else start

    def _append(self, draft: Draft, words: str) -> int:
        place = len(self.drafts)
        self.drafts.append(draft)
        self._index.add(place, words)
        self._pending = []
        return place

    def _say(self, span: Span) -> None:
        """Words of the post's own author: a turn, or more of the turn above."""
        words = self._text[span.start : span.end]
        if (
            self._own
            and self._own[-1] == len(self.drafts) - 1
            and not self._pending
            and self._quoting is None
        ):
            self.drafts[self._own[-1]].end = span.end
            self._index.add(self._own[-1], words)
            return
        draft = Draft(self._start(span.start), span.end, reply=self._quoting, quotes=tuple(self._pending))
        self._own.append(self._append(draft, words))
        self._quoting = None
