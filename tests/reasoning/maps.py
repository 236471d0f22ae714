"""Small maps in one line a link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argmap.formats import load
from argmap.model import ArgumentMap, Link, LinkKind, Mention, Node, NodeKind

ROOT = Path(__file__).parents[2]


def drawn(*links: str, **nodes: Any) -> ArgumentMap:
    """A map of links such as ``b attacks a`` or ``u: d e undercuts b``; nodes as keywords have attributes.

    A node's keyword is its kind, or a dict of `Node` fields; all others are claims. A link's id is the
    letters before a colon, else its place among the links.
    """
    made, ends = {}, {}
    for number, line in enumerate(links):
        name, _, rest = line.rpartition(":")
        words = rest.split()
        verb = next(word for word in words if word in LinkKind._value2member_map_)
        sources = tuple(words[: words.index(verb)])
        link = Link(name or f"l{number}", LinkKind(verb), sources, words[-1])
        made[link.id] = link
        ends |= dict.fromkeys((*sources, link.target))
    names = [end for end in {**ends, **nodes} if end not in made]
    return ArgumentMap.of(nodes=[node(name, nodes.get(name, {})) for name in names], links=made.values())


def node(name: str, given: Any) -> Node:
    fields = {"kind": given} if isinstance(given, str) else dict(given)
    speakers = fields.pop("speakers", ())
    fields["mentions"] = tuple(Mention("d", 0, 1, speaker) for speaker in speakers)
    kind = NodeKind(fields.pop("kind", "claim"))
    return Node(name, kind, fields.pop("text", f"text of {name}"), **fields)


def shipped() -> ArgumentMap:
    """The reviewed map of the shipped debate."""
    path = ROOT / "data/debate/map.json"
    return load(path.read_bytes(), "json", path=str(path))[0]
