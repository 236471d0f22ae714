"""The dialogue in a nodeset: who said what, in which order, as a document with turns.

L-nodes read ``Name : words``. About half of those in AIFdb are copies that OVA left behind (``Analyst:
Name : words``): they stay in the nodeset and make no turn.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from argmap.formats.aif.schemes import QUESTIONS
from argmap.formats.draft import squeezed
from argmap.formats.xml_guard import printable
from argmap.model import Document, Mention, Turn, document_id

Nodes = Mapping[str, dict[str, Any]]
_SPEAKER = re.compile(r"([^:\n]{1,80}+):\s?")


@dataclass(slots=True)
class Graph:
    """Nodes by id, and the edges between them both ways."""

    nodes: dict[str, dict[str, Any]]
    into: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    out_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def type(self, name: str) -> str:
        """The type of a node."""
        return str(self.nodes[name].get("type") or "")

    def edge(self, source: str, target: str) -> None:
        """Note an edge between known nodes."""
        self.out_of[source].append(target)
        self.into[target].append(source)


def illocution(node: Mapping[str, Any]) -> str:
    """What a YA-node is called, without spelling."""
    return squeezed(str(node.get("scheme") or node.get("text") or ""))


def content(graph: Graph, locution: str) -> Iterator[tuple[str, str]]:
    """What a locution says: I-nodes with the name of the illocution."""
    for act in graph.out_of[locution]:
        if graph.type(act) == "YA":
            for said in graph.out_of[act]:
                if graph.type(said) == "I":
                    yield said, illocution(graph.nodes[act])


def _words(node: Mapping[str, Any]) -> str:
    return printable(str(node.get("text") or ""))


def _is_copy(graph: Graph, name: str, texts: set[str]) -> bool:
    """Whether an L-node is an analyst's copy of another one."""
    text = _words(graph.nodes[name])
    acts = [other for other in (*graph.out_of[name], *graph.into[name]) if graph.type(other) == "YA"]
    analysing = all(illocution(graph.nodes[act]) == "analysing" for act in acts)
    alone = len(acts) == len(graph.out_of[name]) + len(graph.into[name])
    _, colon, rest = text.partition(": ")
    return bool(colon) and analysing and alone and not graph.into[name] and rest in texts


def locutions(graph: Graph) -> list[str]:
    """The L-nodes that are turns, in the order of the transitions between them, then by id."""
    every = [name for name in graph.nodes if graph.type(name) == "L" and _words(graph.nodes[name]).strip()]
    texts = {_words(graph.nodes[name]) for name in every}
    kept = [name for name in every if not _is_copy(graph, name, texts)]
    before = {name: set(_answered(graph, name)) & set(kept) - {name} for name in kept}
    after: dict[str, list[str]] = defaultdict(list)
    for name, earlier in before.items():
        for other in earlier:
            after[other].append(name)
    return _in_order(kept, before, after)


def _in_order(kept: list[str], before: dict[str, set[str]], after: Mapping[str, list[str]]) -> list[str]:
    ready = [(_rank(name), name) for name in kept if not before[name]]
    heapq.heapify(ready)
    found: dict[str, None] = {}
    while ready:
        _, name = heapq.heappop(ready)
        found[name] = None
        for later in after.get(name, ()):
            before[later].discard(name)
            if not before[later] and later not in found:
                heapq.heappush(ready, (_rank(later), later))
    rest = sorted((name for name in kept if name not in found), key=_rank)  # transitions in a ring
    return [*found, *rest]


def _rank(name: str) -> tuple[int, str]:
    return (len(name), name) if name.isdecimal() else (1 << 30, name)


def _answered(graph: Graph, name: str) -> Iterator[str]:
    """The locutions that this one follows on, through a transition."""
    for step in graph.into[name]:
        if graph.type(step) == "TA":
            yield from (earlier for earlier in graph.into[step] if graph.type(earlier) == "L")


def transcript(graph: Graph, speakers: Mapping[str, str], dates: Mapping[str, str]) -> Document | None:
    """The locutions as a document, a line each; None where there are none.

    Args:
        graph: the nodeset.
        speakers: L-node -> name, where the file gives one apart from the text.
        dates: L-node -> when it was said.
    """
    turns, lines, place = [], [], 0
    for name in locutions(graph):
        line = _words(graph.nodes[name]).replace("\r", "\n")
        prefix = _SPEAKER.match(line)
        speaker = speakers.get(name) or (prefix.group(1).strip() if prefix else None)
        start = place + (len(prefix.group()) if prefix else 0)
        earlier = next(iter(_answered(graph, name)), None)
        turns.append(Turn(name, start, place + len(line), speaker or None, earlier, date=dates.get(name)))
        lines.append(line)
        place += len(line) + 1
    if not turns:
        return None
    text = "\n".join(lines)
    return Document(document_id(text), "Dialogue", "dialogue", text, tuple(turns))


def mentions(graph: Graph, document: Document) -> tuple[dict[str, tuple[Mention, ...]], set[str]]:
    """I-node -> where the dialogue says it; and the I-nodes that are asked."""
    found: dict[str, list[Mention]] = defaultdict(list)
    asked = set()
    for turn in document.turns:
        for said, act in content(graph, turn.id):
            found[said].append(_mention(document, turn, _words(graph.nodes[said])))
            if act in QUESTIONS:
                asked.add(said)
    return {name: tuple(sorted(set(places), key=str)) for name, places in found.items()}, asked


def _mention(document: Document, turn: Turn, words: str) -> Mention:
    """The very words where the turn has them, else the whole turn."""
    place = document.text.find(words, turn.start, turn.end) if words else -1
    start, end = (place, place + len(words)) if place >= 0 else (turn.start, turn.end)
    return Mention(document.id, start, end, turn.speaker)
