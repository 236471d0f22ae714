"""Kialo's text export: a numbered tree of claims, each for or against the one above.

Read with several theses, claims that are used again (``-> See 1.2.``, also forward) and sources in links,
which become evidence. Kialo has no place for spans, speakers, undercuts or linked premises: what is lost
is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.draft import Atom, Draft, Relation
from argmap.formats.losses import losses_between
from argmap.formats.soundness import checked
from argmap.model import ArgumentMap, Link, LinkKind, Node

TITLE = "Discussion Title: "
UNTITLED = "Argument map"
THESES = "(several theses)"
_LINE = re.compile(r"((?![\d.]*\.\.)\d[\d.]*\.) (?:(Pro|Con): )?(.*)")
_SEE = re.compile(r"-> See ((?![\d.]*\.\.)\d[\d.]*)\s*$")
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\\]|\\.)*)\)")
_ESCAPED = re.compile(r"\\([()\[\]@\\:-])")
_RISKY = re.compile(r"[()\[\]@\\]|^-(?=>)|(?<=^Pro):|(?<=^Con):")
_STANCES = {"Pro": "supports", "Con": "attacks", None: "answers"}
MAX_DEPTH = 1000


@dataclass(slots=True)
class Claim:
    """A numbered line with the lines that continue it."""

    place: str
    stance: str | None
    lines: list[str] = field(default_factory=list)


def _claims(text: str) -> tuple[str, list[Claim]]:
    title, found = "", []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match and match.group(1).count(".") > MAX_DEPTH:
            raise FormatError(f"deeper than {MAX_DEPTH} levels", line=number)
        if match:
            found.append(Claim(match.group(1), match.group(2), [match.group(3)]))
        elif line.startswith(TITLE) and not found:
            title = line.removeprefix(TITLE).strip()
        elif found:
            found[-1].lines.append(line)
        elif line.strip():
            raise FormatError("expected 'Discussion Title:' or a numbered claim", line=number)
    return title, found


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", _LINK.sub(lambda match: match.group(1), text)).strip()


def _parent(place: str) -> str:
    return place.rstrip(".").rpartition(".")[0] + "."


def _read(text: str) -> tuple[ArgumentMap, list[str], dict[str, str]]:
    """The map, warnings, and the id of the node at each place."""
    title, claims = _claims(text)
    draft = Draft()
    theses = {claim.place for claim in claims if claim.stance is None and _parent(claim.place) != "."}
    questions = {_parent(place) for place in theses}
    written = {claim.place for claim in claims}
    for claim in claims:
        _add(draft, claim, questions, written)
    root = draft.atoms.get("1.")
    if root is not None and root.text == THESES and theses:
        del draft.atoms["1."]
        draft.relations = {name: r for name, r in draft.relations.items() if not name.startswith("thesis ")}
    draft.finish()
    attributes = {"kialo": {"title": title}} if title not in ("", UNTITLED) else {}
    found = ArgumentMap.of(nodes=draft.nodes.values(), links=draft.all_links(), attributes=attributes)
    return found, draft.warnings, {place: node.id for place, node in draft.nodes.items()}


def _add(draft: Draft, claim: Claim, questions: set[str], written: set[str]) -> None:
    text = "\n".join(claim.lines).strip()
    see = _SEE.match(text)
    name = claim.place
    if see:
        name = see.group(1).rstrip(".") + "."
        if name not in written:
            draft.warnings.append(f"claim {claim.place}: refers to {name}, which is not there")
            return
    else:
        links = _LINK.findall(text)
        plain = _plain(text)
        kept = {"kialo": {"text": text}} if links else {}
        draft.atoms[name] = Atom(plain, "question" if name in questions else None, attributes=kept)
        for number, (label, url) in enumerate(links):
            _source(draft, f"{name} source {number}", name, _plain(label), _ESCAPED.sub(r"\1", url))
    parent = _parent(claim.place)
    if parent != "." and parent not in written:
        draft.warnings.append(f"claim {claim.place}: its parent {parent} is not there")
    elif parent != ".":
        kind = _STANCES[claim.stance]
        relation = f"thesis {claim.place}" if claim.stance is None else f"stance {claim.place}"
        draft.relations[relation] = Relation(kind)
        draft.edge(name, relation)
        draft.edge(relation, parent)


def _source(draft: Draft, name: str, claim: str, label: str, url: str) -> None:
    attributes: dict[str, Any] = {"kialo": {"source": True}, "url": url}
    draft.atoms[name] = Atom(label or url, "evidence", attributes=attributes)
    draft.relations[f"{name} for"] = Relation("supports", attributes={"kialo": {"source": True}})
    draft.edge(name, f"{name} for")
    draft.edge(f"{name} for", claim)


def load(data: bytes) -> Loaded:
    """The map of a Kialo export.

    Raises:
        FormatError: with the line that is no claim.
    """
    found, warnings, _ = _read(guards.decoded(data))
    return checked(found), tuple(warnings)


class _Tree:
    """Claims in their places; a claim that is there already is referred to."""

    def __init__(self, argument_map: ArgumentMap) -> None:
        self.map = argument_map
        self.places: dict[str, str] = {}
        self.lines: list[str] = []

    def roots(self) -> list[Node]:
        """The question that all else at the top answers; without one, what bears on nothing, and one of each
        ring: an answer to a question further down has no place but the top.
        """
        free = [node for node in self.map.nodes.values() if not self._is_source(node)]
        up = (LinkKind.SUPPORTS, LinkKind.ATTACKS)
        tops = [
            node
            for node in free
            if not any(k.target in self.map.nodes for k in self.map.out_of(node.id, *up))
        ]
        reached = self._below(tops)
        for node in free:
            if node.id not in reached:
                tops.append(node)
                reached |= self._below([node])
        for node in tops:
            answers = {s for k in self.map.into(node.id, LinkKind.ANSWERS) for s in k.sources}
            if all(top is node or top.id in answers for top in tops):
                return [node]
        return tops

    def _below(self, nodes: list[Node]) -> set[str]:
        seen, stack = {node.id for node in nodes}, [node.id for node in nodes]
        while stack:
            for _, source in self._children(stack.pop(), top=False):
                if source not in seen:
                    seen.add(source)
                    stack.append(source)
        return seen

    @staticmethod
    def _is_source(item: Node | Link) -> bool:
        kept = item.attributes.get("kialo")
        return isinstance(kept, dict) and kept.get("source") is True

    def _children(self, node: str, *, top: bool) -> list[tuple[str, str]]:
        """Stance and node of each claim below; theses stand only under the first one."""
        found = []
        for link in self.map.into(node):
            stance = {LinkKind.SUPPORTS: "Pro: ", LinkKind.ATTACKS: "Con: "}.get(link.kind)
            if link.kind is LinkKind.ANSWERS and top:
                stance = ""
            if stance is not None and not self._is_source(link):
                found += [(stance, source) for source in link.sources]
        return found

    def write(self) -> str:
        """The whole export."""
        kept = self.map.attributes.get("kialo")
        title = kept.get("title", UNTITLED) if isinstance(kept, dict) else UNTITLED
        roots = self.roots()
        if len(roots) == 1:
            self._branch(roots[0].id, "1.", "")
        elif roots:
            self.lines.append(f"1. {THESES}")
            for number, root in enumerate(roots, 1):
                self._branch(root.id, f"1.{number}.", "")
        return f"{TITLE}{' '.join(str(title).split())}\n\n" + "".join(f"{line}\n" for line in self.lines)

    def _branch(self, node: str, place: str, stance: str) -> None:
        stack = [(node, place, stance)]
        while stack:
            name, here, word = stack.pop()
            if name in self.places:
                self.lines.append(f"{here} {word}-> See {self.places[name]}")
                continue
            self.places[name] = here
            self.lines.append(f"{here} {word}{self._text(self.map.nodes[name])}")
            below = self._children(name, top=here == "1.")
            stack += [(child, f"{here}{number}.", sign) for number, (sign, child) in enumerate(below, 1)][
                ::-1
            ]

    @staticmethod
    def _text(node: Node) -> str:
        kept = node.attributes.get("kialo")
        raw = kept.get("text") if isinstance(kept, dict) else None
        if isinstance(raw, str) and _plain(raw) == node.text:
            return raw
        return _RISKY.sub(r"\\\g<0>", " ".join(node.text.split()))


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as Kialo writes discussions."""
    tree = _Tree(argument_map)
    text = tree.write()
    again, _, ids = _read(text)
    same = {node: ids[place] for node, place in tree.places.items() if place in ids}
    why = "Kialo has claims, for and against, and links to sources"
    return text.encode(), losses_between(argument_map, again, same, why)


def sniff(data: bytes) -> bool:
    """Whether the first line is a discussion's title."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(TITLE.encode().rstrip())


FORMAT = FileFormat("kialo", ".txt", "text/plain", dump, load, sniff)
