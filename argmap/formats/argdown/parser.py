"""Tokens -> `Argdown`: titles as equivalence classes, relations by indentation, premise-conclusion
structures.

Source: argdown/argdown, packages/argdown-core/src/parser.ts and plugins/ModelPlugin.ts (1.7.5). Recursion
is on indentation only, which the lexer limits to 64.
"""

from __future__ import annotations

from typing import Any

from argmap.errors import FormatError
from argmap.formats.argdown.lexer import RELATIONS, Lexer, Token
from argmap.formats.argdown.model import (
    Argdown,
    Argument,
    End,
    Inference,
    Member,
    Relation,
    Statement,
    related,
    resolve,
)
from argmap.formats.argdown.shortcodes import SHORTCODES
from argmap.formats.argdown.steps import explode
from argmap.formats.yaml_guard import yaml_value

_CONTENT = frozenset(
    (
        "text",
        "escaped",
        "special",
        "link",
        "emphasis",
        "emphasis end",
        "tag",
        "argument mention",
        "statement mention",
    )
)

# What tokens are in plain words, some with what to do.
_WORDS = {
    "emptyline": "an empty line (put one between blocks; none within a premise-conclusion structure)",
    "newline": "the end of the line",
    "end": "the end of the text",
    "dedent": "a line that is indented less",
    "indent": "a line that is indented more",
    "relation": "a relation (indent it more than what it belongs to, and as much as the others there)",
    "number": "a numbered premise or conclusion, as (1)",
    "text": "a text",
    "inference start": "an inference (---- or -- Rule --)",
    "inference end": "the hyphens -- that end the inference",
}


def parsed(text: str) -> Argdown:
    """What an Argdown text says.

    Raises:
        FormatError: with the line where the text ends to be Argdown.
    """
    return _Parser(Lexer(text).tokens()).document()


def _title(token: Token) -> str:
    image = token.image.removesuffix(":") if token.kind.endswith("definition") else token.image
    return image[1:-1]


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.model = Argdown()
        self.untitled = 0
        self.section: list[tuple[int, str]] = []
        self.inference: Inference | None = None
        self.in_relation = False

    def peek(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.tokens[place].kind if place < len(self.tokens) else "end"

    def take(self, *kinds: str) -> Token:
        if self.peek() not in kinds:
            line = self.tokens[min(self.place, len(self.tokens) - 1)].line if self.tokens else 1
            found, wanted = _WORDS.get(self.peek(), self.peek()), (_WORDS.get(kind, kind) for kind in kinds)
            raise FormatError(f"Argdown: here is {found}, expected {' or '.join(wanted)}", line=line)
        self.place += 1
        return self.tokens[self.place - 1]

    def skip(self, kind: str) -> bool:
        found = self.peek() == kind
        self.place += found
        return found

    def document(self) -> Argdown:
        """The whole text."""
        self.skip("newline")
        self.skip("emptyline")
        if self.peek() == "front matter":
            text = self.take("front matter").image.strip().strip("=")
            value = yaml_value(text)
            self.model.settings = value if isinstance(value, dict) else {}
            self.skip("newline")
            self.skip("emptyline")
        before: Argument | None = None
        while self.peek() != "end":
            before = self.block(before)
            if self.peek() != "end":
                self.take("emptyline")
        resolve(self.model)
        settings = self.model.settings.get("model")
        if isinstance(settings, dict) and settings.get("explodeArguments") in (True, "true"):
            explode(self.model)
        return self.model

    def block(self, before: Argument | None) -> Argument | None:
        """One block; gives the argument it is, for the structure that may follow."""
        kind = self.peek()
        if kind == "heading":
            self.heading()
        elif kind == "number":
            self.structure(before)
        elif kind == "indent" and self.peek(1) == "item":
            self.take("indent")
            while self.skip("item"):
                self.anything("")
            self.take("dedent")
        elif kind.startswith("argument d") or kind == "argument reference":
            return self.argument()
        else:
            self.statement("top-level-statement")
        return None

    def new_title(self) -> str:
        self.untitled += 1
        return f"Untitled {self.untitled}"

    def sections(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.section)

    def heading(self) -> None:
        level = len(self.take("heading").image) - 1
        found = Member()
        self.content(found)
        self.data(found)
        while self.section and self.section[-1][0] >= level:
            self.section.pop()
        self.section.append((level, found.text.strip()))

    def data(self, member: Member) -> None:
        if self.peek() == "newline" and self.peek(1) == "data":
            self.place += 1
        if self.peek() == "data":
            token = self.take("data")
            self.skip("newline")
            member.data = _data(token)

    def content(self, member: Member) -> None:
        """Running text into a member.

        Raises:
            FormatError: there is none.
        """
        start, text = self.place, member.text
        while self.peek() in _CONTENT or self.peek() == "newline":
            token = self.tokens[self.place]
            self.place += 1
            if token.kind == "newline":
                following = self.peek() in _CONTENT or self.peek() == "newline"
                if following and not text.endswith(" "):
                    text += " "
            else:
                text += self.words(token, member)
        member.text = text
        if self.place == start:
            self.take("text")

    def words(self, token: Token, member: Member) -> str:
        """What a token says, in plain text."""
        image = token.image
        space = " " if image.endswith(" ") else ""
        match token.kind:
            case "escaped":
                return image[1:]
            case "special":
                known = self.shortcode(image.strip())
                return image if known is None else known + space
            case "emphasis" | "emphasis end":
                return space
            case "link":
                title, _, url = image.rstrip(" \t")[1:-1].rpartition("](")
                member.links.append(url)
                return title + space
            case "tag":
                self.tag(token, member)
                return "" if self.without_tags() else image
            case _:
                return image

    def without_tags(self) -> bool:
        settings = self.model.settings.get("model")
        return isinstance(settings, dict) and settings.get("removeTagsFromText") in (True, "true")

    def shortcode(self, name: str) -> str | None:
        settings = self.model.settings.get("model")
        own = settings.get("shortcodes") if isinstance(settings, dict) else None
        entry = own.get(name) if isinstance(own, dict) else None
        return (
            str(entry["unicode"]) if isinstance(entry, dict) and "unicode" in entry else SHORTCODES.get(name)
        )

    def tag(self, token: Token, member: Member) -> None:
        name = token.image.rstrip(" \t")[1:]
        name = name[1:-1] if name.startswith("(") else name
        if name not in member.tags:
            member.tags.append(name)

    def anything(self, role: str) -> End:
        """A statement or an argument, with what hangs on it."""
        if self.peek() in ("argument definition", "argument reference"):
            return self.argument()
        return self.statement(role)[0]

    def statement(self, role: str) -> tuple[Statement, Member]:
        member = Member(role or ("relation-statement" if self.in_relation else ""))
        self.head(member, "statement")
        owner: list[Statement] = []

        def owned() -> Statement:
            if not owner:
                member.title = member.title or self.new_title()
                owner.append(self.model.statement(member.title))
            return owner[0]

        if self.peek() == "indent":
            self.relations(owned())
        statement = owned()
        self._join(statement, member)
        return statement, member

    def argument(self) -> Argument:
        member = Member("argument-description")
        self.head(member, "argument")
        argument = self.model.argument(member.title)
        if self.peek() == "indent":
            self.relations(argument)
        self._join(argument, member)
        return argument

    def head(self, member: Member, kind: str) -> None:
        """Title or text, tags and data."""
        if self.peek() == f"{kind} reference":
            member.title, member.is_reference = _title(self.take(f"{kind} reference")), True
            while self.peek() == "tag":
                self.tag(self.take("tag"), member)
            self.skip("newline")
        else:
            if self.peek() == f"{kind} definition":
                member.title = _title(self.take(f"{kind} definition"))
            self.content(member)
        self.data(member)

    def _join(self, owner: Statement | Argument, member: Member) -> None:
        owner.members.append(member)
        owner.tags += [tag for tag in member.tags if tag not in owner.tags]
        if member.data:
            _merge(owner.data, member.data)
        if self.section and not member.is_reference and not owner.section:
            owner.section = self.sections()

    def relations(self, parent: End) -> None:
        self.take("indent")
        while self.peek() == "relation":
            token = self.take("relation")
            kind, to_parent = RELATIONS[token.image.strip(" \t'")]
            self.in_relation = True
            content = self.anything("")
            end = parent
            if kind == "undercut" and to_parent and isinstance(parent, Statement) and self.inference:
                end = self.inference
            source, target = (content, end) if to_parent else (end, content)
            related(self.model, Relation(kind, source, target))
        self.take("dedent")
        self.in_relation = False

    def structure(self, before: Argument | None) -> None:
        """A premise-conclusion structure, of the argument before it or of a new one."""
        argument = before or self.model.argument(self.new_title())
        if self.section:
            argument.section = self.sections()
        if argument.pcs:
            line = self.tokens[self.place].line
            raise FormatError(f"Argdown: a second structure for <{argument.title:.60}>", line=line)
        inference: Inference | None = None
        while self.peek() in ("number", "inference start"):
            if self.peek() == "inference start":
                inference = self.step()
                continue
            self.take("number")
            _, member = self.statement("")
            member.role = "premise"
            if inference is not None:
                member.role, member.inference = "intermediary-conclusion", inference
                inference.index, inference.argument = len(argument.pcs), argument.title
                inference = None
            argument.pcs.append(member)
        if inference is not None or argument.pcs[-1].role != "intermediary-conclusion":
            self.take("number")
        argument.pcs[-1].role = "main-conclusion"

    def step(self) -> Inference:
        """An inference: rules, data, undercuts."""
        self.take("inference start")
        self.inference = inference = Inference()
        self.skip("newline")
        rule = ""
        while self.peek() in ("text", "escaped", "special", "comma"):
            token = self.take("text", "escaped", "special", "comma")
            if token.kind == "comma":
                inference.rules.append(rule.strip())
            rule = "" if token.kind == "comma" else rule + self.words(token, Member())
        if rule.strip():
            inference.rules.append(rule.strip())
        self.skip("newline")
        if self.peek() == "data":
            inference.data = _data(self.take("data"))
            self.skip("newline")
        self.take("inference end")
        self.take("newline")
        if self.peek() == "indent":
            self.relations(inference)
        return inference


def _data(token: Token) -> dict[str, Any] | None:
    text = token.image
    head = text[1:].lstrip(" \t")
    if head.startswith("\n"):  # block YAML
        text = text[1:-1].strip("\n") if text.endswith("}") else text[1:]
    value = yaml_value(text, line=token.line)
    return value if isinstance(value, dict) else None


def _merge(into: dict[str, Any], other: dict[str, Any]) -> None:
    for name, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            into[name] = {**into[name], **value}
        else:
            into[name] = value
