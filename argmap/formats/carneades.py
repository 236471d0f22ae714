"""Carneades 4 argument graphs in YAML: statements, arguments, issues and undercutters.

An argument is a link from its premises to its conclusion; rival positions of an issue attack each other;
an undercutter attacks the argument. Our slot is the text ``argmap`` in ``meta``.
"""

from __future__ import annotations

import json
import re
from itertools import permutations
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.draft import Atom, Draft, Relation
from argmap.formats.extension import KEY, attributes_from, documents_from, node_from, spare_map, spare_node
from argmap.formats.soundness import checked
from argmap.formats.yaml_guard import yaml_value
from argmap.model import ArgumentMap, Link, LinkKind
from argmap.model.codec import decode_link, encoded
from argmap.model.replay import anchored

JSON = dict[str, Any]
MOST_ATTACKS = 100_000  # among the positions of issues, whose number is squared


def _quoted(text: str) -> str:
    """A YAML text in one line of plain ASCII, so that no YAML rule touches it."""
    return json.dumps(text)


def _texts(text: str) -> str:
    """A text with characters beyond the first plane kept whole, which JSON's escapes would split for YAML."""
    return "".join(_quoted(c)[1:-1] if c < "\x7f" else _wide(c) for c in text)


def _wide(letter: str) -> str:
    return f"\\U{ord(letter):08x}"


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as Carneades YAML; nothing is lost."""
    slot = spare_map(argument_map) | {
        "nodes": [spare_node(node) for node in argument_map.nodes.values()],
        "links": [encoded(link) for link in argument_map.links.values()],
    }
    lines = ["meta:", f"  {KEY}: {_quoted(json.dumps(slot, sort_keys=True))}", "statements:"]
    for node in argument_map.nodes.values():
        assumed = ", assumed: true" if not argument_map.into(node.id) else ""
        lines.append(f'  {_quoted(node.id)}: {{text: "{_texts(node.text)}"{assumed}}}')
    arguments, undercutters, issues = _parts(argument_map)
    lines += [f"  {_quoted(name)}: {{text: undercutter}}" for name in undercutters]
    lines += [f"  {_quoted(name)}: {{text: opposite}}" for name in issues]
    lines += ["arguments:", *arguments, "issues:"]
    lines += [
        f"  {_quoted('i ' + name)}: {{positions: [{_quoted(name)}, {_quoted(link.target)}]}}"
        for name, link in issues.items()
    ]
    return ("\n".join(lines) + "\n").encode(), ()


# Kinds of links that Carneades has no arguments for.
_SILENT = (LinkKind.QUESTIONS, LinkKind.ANSWERS, LinkKind.REPHRASES)


def _conclusion(link: Link) -> str:
    """What the argument of a link concludes: a rival of what it attacks, an undercutter, or its target."""
    if link.kind is LinkKind.ATTACKS:
        return f"not {link.id}"
    return f"undercut {link.target}" if link.kind is LinkKind.UNDERCUTS else link.target


def _parts(argument_map: ArgumentMap) -> tuple[list[str], list[str], dict[str, Link]]:
    """Arguments, statements of undercutters, and a rival statement for each attack."""
    arguments, undercutters, issues = [], [], {}
    for link in argument_map.links.values():
        if link.kind in _SILENT:
            continue
        premises, conclusion, more = ", ".join(map(_quoted, link.sources)), _conclusion(link), ""
        if link.kind is LinkKind.ATTACKS:
            issues[conclusion] = link
        if argument_map.into(link.id, "undercuts"):
            undercutters.append(f"undercut {link.id}")
            more = f", undercutter: {_quoted(f'undercut {link.id}')}"
        arguments.append(
            f"  {_quoted(link.id)}: {{premises: [{premises}], conclusion: {_quoted(conclusion)}{more}}}"
        )
    return arguments, undercutters, issues


def _entries(value: Any, what: str) -> dict[str, JSON]:
    """Entries by id: an object of objects, or a list of objects with an id."""
    if isinstance(value, list):
        return {guards.text_of(item.get("id"), f"id in {what}"): item for item in guards.objects(value, what)}
    found = {}
    for name, item in guards.mapping(value, what).items():
        found[str(name)] = (
            {"text": str(item)} if isinstance(item, str | int | float) else guards.mapping(item, what)
        )
    return found


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [str(name) for item in value.values() for name in (item if isinstance(item, list) else [item])]
    if isinstance(value, list):
        return [str(item) for item in value]
    return [] if value is None else [str(value)]


class _Reader:
    def __init__(self, value: JSON) -> None:
        self.value = value
        self.draft = Draft()
        self.assumed = set(_names(value.get("assumptions")))

    def finish(self) -> Loaded:
        for name, entry in _entries(self.value.get("statements"), "statements").items():
            text = guards.optional_text(entry.get("text"), f"text of {name}").strip()
            kept = {key: item for key, item in entry.items() if key != "text"} | {"id": name}
            if name in self.assumed:
                kept["assumed"] = True
            self.draft.atoms[name] = Atom(text or name, attributes={"carneades": kept})
        for name, entry in _entries(self.value.get("arguments"), "arguments").items():
            self._argument(name, entry)
        self._issues()
        for name in sorted(self.assumed):
            self._statement(name)
        if self.value.get("argument_schemes"):
            self.draft.warnings.append("argument schemes are kept, but not run")
        self.draft.finish()
        known = ("statements", "arguments", "assumptions")
        rest = {key: item for key, item in self.value.items() if item and key not in known}
        attributes = {"carneades": rest} if rest else {}
        found = ArgumentMap.of(
            nodes=self.draft.nodes.values(), links=self.draft.all_links(), attributes=attributes
        )
        return checked(found), tuple(self.draft.warnings)

    def _issues(self) -> None:
        """Every two positions of an issue attack each other."""
        entries = _entries(self.value.get("issues"), "issues")
        rivals = {name: _names(entry.get("positions")) for name, entry in entries.items()}
        if sum(len(positions) ** 2 for positions in rivals.values()) > MOST_ATTACKS:
            raise FormatError("the issues have too many positions for every two to attack each other")
        for name, positions in rivals.items():
            for one, other in permutations(positions, 2):
                self._attack(f"{name}: {one} - {other}", one, other)

    def _statement(self, name: str) -> str:
        """The statement of this name; Carneades need not declare it."""
        if name not in self.draft.atoms:
            kept = {"id": name} | ({"assumed": True} if name in self.assumed else {})
            self.draft.atoms[name] = Atom(name, attributes={"carneades": kept})
        return name

    def _argument(self, name: str, entry: JSON) -> None:
        draft, relation = self.draft, f"argument {name}"
        kept = {
            "carneades": {
                **{k: v for k, v in entry.items() if k not in ("premises", "conclusion")},
                "id": name,
            }
        }
        draft.relations[relation] = Relation("supports", str(entry.get("scheme") or ""), kept)
        for premise in _names(entry.get("premises")):
            draft.edge(self._statement(premise), relation)
        for conclusion in _names(entry.get("conclusion")):
            draft.edge(relation, self._statement(conclusion))
        for opposing in [*_names(entry.get("undercutter")), *_names(entry.get("undercutters"))]:
            draft.relations[f"{relation} - {opposing}"] = Relation("attacks")
            draft.edge(self._statement(opposing), f"{relation} - {opposing}")
            draft.edge(f"{relation} - {opposing}", relation)

    def _attack(self, relation: str, source: str, target: str) -> None:
        self.draft.relations[relation] = Relation("attacks", attributes={"carneades": {"issue": relation}})
        self.draft.edge(self._statement(source), relation)
        self.draft.edge(relation, self._statement(target))


def _own(value: JSON, slot: JSON) -> Loaded:
    """Our own file: statements as they stand now, with what the slot says of them and of the arguments
    still there.
    """
    statements = _entries(value.get("statements"), "statements")
    arguments = _entries(value.get("arguments"), "arguments")
    spares = {str(spare.get("id")): spare for spare in guards.objects(slot.get("nodes"), "nodes")}
    nodes = {
        name: node_from(spare, guards.optional_text(statements[name].get("text"), "text"))
        for name, spare in spares.items()
        if name in statements
    }
    noted = [decode_link(item) for item in guards.objects(slot.get("links"), "links")]
    links = {link.id: link for link in noted if link.kind in _SILENT or link.id in arguments}
    is_less = len(nodes) < len(spares) or len(links) < len(noted)
    held = anchored(links, nodes) if is_less else noted
    known = spares.keys() | {f"{word} {link.id}" for link in noted for word in ("not", "undercut")}
    ends = {link.id: ([*link.sources], [_conclusion(link)]) for link in noted}
    left_out = [name for name in statements if name not in known]
    left_out += [name for name, entry in arguments.items() if _ends(entry) != ends.get(name)]
    whole = ArgumentMap.of(documents_from(slot), nodes.values(), held, attributes_from(slot))
    return checked(whole), tuple(
        f"'{name:.60}' was added or given other ends, and is left out; without 'argmap' in 'meta' all is read"
        for name in left_out
    )


def _ends(entry: JSON) -> tuple[list[str], list[str]]:
    return _names(entry.get("premises")), _names(entry.get("conclusion"))


_KEYS = {"statements", "arguments", "argument_schemes", "assumptions", "issues", "meta", "tests", "language"}


def load(data: bytes) -> Loaded:
    """The map of a Carneades file.

    Raises:
        FormatError: not YAML, hostile, or no argument graph.
    """
    value = yaml_value(guards.decoded(data))
    if not isinstance(value, dict) or not value.keys() & _KEYS:
        raise FormatError("not a Carneades argument graph: it has no statements or arguments")
    meta = value.get("meta")
    own = meta.get(KEY) if isinstance(meta, dict) else None
    if isinstance(own, str):
        return _own(value, guards.json_object(own.encode()))
    return _Reader(value).finish()


_MARK = re.compile(rb"^(statements|arguments|argument_schemes|assumptions|issues)[ \t]*:", re.M)


def sniff(data: bytes) -> bool:
    """Whether there are the top keys of an argument graph."""
    return bool(_MARK.search(data)) and not data.lstrip().startswith((b"{", b"<", b"==="))


FORMAT = FileFormat("carneades", ".yml", "application/yaml", dump, load, sniff)
