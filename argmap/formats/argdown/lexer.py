"""Argdown text -> tokens, as the official lexer cuts it.

Source: argdown/argdown, packages/argdown-core/src/lexer.ts (1.7.5). What that lexer finds with
backtracking patterns is found here with searches that never look at a character twice, so a hostile text
costs no more than a plain one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from argmap.errors import FormatError

MAX_INDENTS = 64


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; ``image`` is as it stands there."""

    kind: str
    image: str
    line: int


# kind of relation -> whether its content is the source (it points at the parent)
RELATIONS = {
    "+>": ("support", False),
    "->": ("attack", False),
    "_>": ("undercut", False),
    "<+": ("support", True),
    "+": ("support", True),
    "<-": ("attack", True),
    "-": ("attack", True),
    "<_": ("undercut", True),
    "_": ("undercut", True),
    "><": ("contradictory", False),
}

_EMPTY_LINE = re.compile(r"(?:[ \t]*+\n){2,}")
_NEWLINE = re.compile(r"[ \t]*+\n")
_SPACES = re.compile(r"[ \t]++")
_INFERENCE = re.compile(r"[' \t]*+--")
_RELATION = re.compile(r"([' \t]*+)(\+>|->|_>|<\+|<-|<_|><|\+|-|_(?=\s))")
_NUMBER = re.compile(r"[' \t]*+\(\d+\)")
_LIST_ITEM = re.compile(r"([' \t]*+)(?:\d+\.|\*)(?=\s)")
_HEADING = re.compile(r"#++ ")
_ESCAPED = re.compile(r"\\. *+")
_SPECIAL = re.compile(r"\.[^\s][^\s.]*+\.[ \t]?|:[^\s][^\s:]*+:[ \t]?")
_TAG = re.compile(r"#(?:\([^)]++\)|[a-zA-z0-9\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]++)[ \t]?")
_FREESTYLE = re.compile(r"[^\\@#*_\[\],.:;</>\-\r\n(){}]++")
_CONTROL = re.compile(r"[@#*_\[\],.:;</>\-(){}][ \t]?")
_END_OF_EMPHASIS = r"(?:[ \t]|(?=[\n\r)}_.,!?;:\-*])|$)"
_EMPHASIS = {
    mark: (re.compile(re.escape(mark) + r"(?!\s)"), re.compile(re.escape(mark) + _END_OF_EMPHASIS))
    for mark in ("**", "__", "*", "_")
}
_STOP = re.compile(r"\}\s[^,}]")
_GOOD_END = re.compile(r"\}(?!\s*+[,}])")


class Finder:
    """`str.find` that remembers: asked for growing places, it looks at each character once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last: dict[str, tuple[int, int]] = {}

    def find(self, needle: str, start: int) -> int:
        """The first place of the needle from ``start`` on; the length of the text where there is none."""
        asked, found = self._last.get(needle, (0, -1))
        if not asked <= start <= found:
            found = self.text.find(needle, start)
            found = len(self.text) if found < 0 else found
            self._last[needle] = (start, found)
        return found


class Lexer:
    """One text on its way to tokens; call `tokens`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.line = 1
        self.found: list[Token] = []
        self.indents = [0]
        self.emphasis: list[str] = []
        self.in_inference = False
        self.finder = Finder(text)
        self.stops = [match.start() for match in _STOP.finditer(text)]
        self.good_ends = [match.start() for match in _GOOD_END.finditer(text)]

    def tokens(self) -> list[Token]:
        """All tokens, with ``indent`` and ``dedent`` as brackets around relations and lists.

        Raises:
            FormatError: a character no rule takes, or indents deeper than 64.
        """
        while self.place < len(self.text):
            before = self.place
            self._inference_step() if self.in_inference else self._step()
            if self.place == before:
                raise FormatError("cannot read this Argdown", line=self.line)
        if self.found and self.found[-1].kind == "emptyline":
            self.found.pop()
        self._dedent_all()
        return self.found

    def _take(self, kind: str, length: int) -> None:
        image = self.text[self.place : self.place + length]
        if kind != "skip":
            self.found.append(Token(kind, image, self.line))
        self.line += image.count("\n")
        self.place += length

    def _match(self, kind: str, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.text, self.place)
        if match:
            self._take(kind, len(match.group()))
        return match is not None

    def _last_kind(self) -> str:
        return self.found[-1].kind if self.found else "start"

    def _step(self) -> None:
        letter = self.text[self.place]
        if letter in "/<" and self._comment():
            return
        if letter in "={\\.:" and self._block_or_escape(letter):
            return
        if letter in " \t\n" and self._line_end():
            return
        if self._last_kind() in ("start", "newline", "emptyline") and self._line_start():
            return
        if letter in "*_" and self._emphasis():
            return
        if letter in "[@<#" and self._title(letter):
            return
        if not (letter in " \t" and self._match("skip", _SPACES)) and not self._match("text", _FREESTYLE):
            self._match("text", _CONTROL)

    def _inference_step(self) -> None:
        letter = self.text[self.place]
        if letter in "/<" and self._comment():
            return
        if letter in " \t\n" and (self._match("newline", _NEWLINE) or self._match("skip", _SPACES)):
            return
        if letter in "\\.:" and (self._match("escaped", _ESCAPED) or self._match("special", _SPECIAL)):
            return
        if self.text.startswith("--", self.place):
            end = self.place
            while end < len(self.text) and self.text[end] == "-":
                end += 1
            self._take("inference end", end - self.place)
            self.in_inference = False
        elif not (letter == "{" and self._data()) and not self._match("text", _FREESTYLE):
            self._take("comma", 1) if letter == "," else self._match("text", _CONTROL)

    def _comment(self) -> bool:
        for start, end, beyond in (("<!--", "-->", 3), ("/*", "*/", 2), ("//", "\n", 0)):
            if self.text.startswith(start, self.place):
                close = self.finder.find(end, self.place + len(start))
                if close < len(self.text):
                    self._take("skip", self._with_newlines(close + beyond) - self.place)
                    return True
        return False

    def _with_newlines(self, end: int) -> int:
        """Comments that stand alone take their line ends with them."""
        if self._last_kind() == "emptyline":
            while end < len(self.text) and self.text[end] == "\n":
                end += 1
        elif self._last_kind() == "newline":
            line_end = _NEWLINE.match(self.text, end)
            if line_end and not _NEWLINE.match(self.text, line_end.end()):
                return line_end.end()
        return end

    def _block_or_escape(self, letter: str) -> bool:
        if letter == "{":
            return self._data()
        if letter == "=":
            return self._front_matter()
        return self._match("escaped", _ESCAPED) or self._match("special", _SPECIAL)

    def _front_matter(self) -> bool:
        if not self.text.startswith("===", self.place):
            return False
        start = self.place
        while start < len(self.text) and self.text[start] == "=":
            start += 1
        close = self.place + 3 if start - self.place >= 6 else self.finder.find("===", start)
        while close < len(self.text) and self.text[close] == "=":
            close += 1
            if close == len(self.text) or self.text[close] != "=":
                self._take("front matter", close - self.place)
                return True
        return False

    def _data(self) -> bool:
        stop = bisect_left(self.stops, self.place)
        last = self.stops[stop] if stop < len(self.stops) else len(self.text)
        end = bisect_right(self.good_ends, last) - 1
        if end < 0 or self.good_ends[end] <= self.place:
            return False
        self._take("data", self.good_ends[end] + 1 - self.place)
        return True

    def _line_end(self) -> bool:
        if self._last_kind() != "emptyline":
            match = _EMPTY_LINE.match(self.text, self.place)
            if match:
                if match.end() < len(self.text):
                    self._dedent_all()
                self._take("emptyline", len(match.group()))
                return True
        return self._match("newline", _NEWLINE)

    def _line_start(self) -> bool:
        if self._last_kind() != "emptyline" and (match := _INFERENCE.match(self.text, self.place)):
            self._dedent_all()
            self._take("inference start", len(match.group()))
            self.in_inference = True
            return True
        if match := _RELATION.match(self.text, self.place):
            self._indent(len(match.group(1)))
            self._take("relation", len(match.group()))
            return True
        if self._match("heading", _HEADING):
            return True
        if match := _NUMBER.match(self.text, self.place):
            self._dedent_all()
            self._take("number", len(match.group()))
            return True
        if match := _LIST_ITEM.match(self.text, self.place):
            self._indent(len(match.group(1)) + 1)
            self._take("item", len(match.group()))
            return True
        return False

    def _indent(self, width: int) -> None:
        if width > self.indents[-1]:
            if len(self.indents) > MAX_INDENTS:
                raise FormatError(f"indented deeper than {MAX_INDENTS} levels", line=self.line)
            self.indents.append(width)
            self.found.append(Token("indent", "", self.line))
        while len(self.indents) > 1 and width < self.indents[-1]:
            self.indents.pop()
            self.found.append(Token("dedent", "", self.line))

    def _dedent_all(self) -> None:
        while len(self.indents) > 1:
            self.indents.pop()
            self.found.append(Token("dedent", "", self.line))

    def _emphasis(self) -> bool:
        for mark, (_, end) in _EMPHASIS.items():
            if (
                self.emphasis
                and self.emphasis[-1] == mark
                and self.found
                and self._match("emphasis end", end)
            ):
                self.emphasis.pop()
                return True
        for mark, (start, _) in _EMPHASIS.items():
            if self._match("emphasis", start):
                self.emphasis.append(mark)
                return True
        return False

    def _title(self, letter: str) -> bool:
        if letter == "#":
            return self._match("tag", _TAG)
        if letter == "[" and self._link():
            return True
        opening = self.text[self.place + 1 : self.place + 2] if letter == "@" else letter
        if opening not in ("[", "<"):
            return False
        close, kind = ("]", "statement") if opening == "[" else (">", "argument")
        line_end = self.finder.find("\n", self.place)
        named = self._mention if letter == "@" else self._named
        return named(kind, close, line_end)

    def _named(self, kind: str, close: str, line_end: int) -> bool:
        end = self.finder.find(close + ":", self.place + 2)
        if end < line_end:
            self._take(f"{kind} definition", end + 2 - self.place)
            return True
        end = self.finder.find(close, self.place + 2)
        if end < line_end and self.text[self.place + 1] != "-":
            self._take(f"{kind} reference", end + 1 - self.place)
            return True
        return False

    def _mention(self, kind: str, close: str, line_end: int) -> bool:
        end = self.finder.find(close, self.place + 3)
        if end >= line_end:
            return False
        blank = self.text[end + 1 : end + 2] in (" ", "\t")
        self._take(f"{kind} mention", end + 1 + blank - self.place)
        return True

    def _link(self) -> bool:
        middle = self.finder.find("]", self.place + 1)
        if middle == self.place + 1 or self.text[middle + 1 : middle + 2] != "(":
            return False
        end = self.finder.find(")", middle + 2)
        if end == len(self.text) or end == middle + 2:
            return False
        blank = self.text[end + 1 : end + 2] in (" ", "\t")
        self._take("link", end + 1 + blank - self.place)
        return True
