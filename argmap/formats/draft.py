"""Graphs of statements and relation nodes, as most formats draw them, made into nodes and links.

AIF, xAIF, SADFace, arguebuf and GraphML all say ``statement -> relation -> statement``. A `Draft` collects
these under the file's own ids and works out the rest: which relation joins what, undercuts, kinds of
nodes, ids of ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from argmap.formats.extension import in_order, link_from, node_from
from argmap.model import Link, LinkKind, Mention, Node, NodeKind, content_id, link_id, node_id

EVIDENTIAL = frozenset(
    (
        "example",
        "expertopinion",
        "sign",
        "witnesstestimony",
        "evidencetohypothesis",
        "positiontoknow",
        "fromsign",
    )
)


def squeezed(name: str) -> str:
    """A scheme's name without spelling: ``Expert Opinion`` and ``ExpertOpinion`` -> ``expertopinion``."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@dataclass(slots=True)
class Atom:
    """A statement in the making; ``spare`` is what stood in our slot."""

    text: str
    kind: str | None = None
    mentions: tuple[Mention, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    spare: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Relation:
    """A relation node in the making; ``scheme`` is the file's name of it."""

    kind: str
    scheme: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    spare: Mapping[str, Any] | None = None


class Draft:
    """Statements, relations and edges by the file's own ids; `finish` makes the nodes and links."""

    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.relations: dict[str, Relation] = {}
        self.into: dict[str, list[str]] = defaultdict(list)
        self.out_of: dict[str, list[str]] = defaultdict(list)
        self.warnings: list[str] = []
        self.nodes: dict[str, Node] = {}
        self.links: dict[str, list[Link]] = defaultdict(list)
        self._taken: set[str] = set()
        self._edges: set[tuple[str, str]] = set()

    def edge(self, source: str, target: str) -> None:
        """An edge between any two of them, once."""
        if (source, target) not in self._edges:
            self._edges.add((source, target))
            self.into[target].append(source)
            self.out_of[source].append(target)

    def finish(self) -> None:
        """Fill ``nodes`` (by the file's id) and ``links`` (by the relation's id). Cost: linear."""
        self._make_nodes()
        self._make_links()
        for source in self.atoms:
            if not self.atoms.keys().isdisjoint(self.out_of.get(source, ())):
                self.warnings.append(f"node {source}: an edge straight to a statement is left out")
        for name in self.relations:
            if name not in self.links:
                self.warnings.append(f"relation {name}: {self._fault(name)}, so it makes no link")

    def all_links(self) -> list[Link]:
        """The links, in no particular order."""
        return [link for made in self.links.values() for link in made]

    def _fault(self, name: str) -> str:
        if not self._sources(name):
            return "no statement leads into it"
        return "it leads to nothing" if not self.out_of[name] else "it leads to no statement or link"

    def _sources(self, name: str) -> list[str]:
        return [source for source in self.into[name] if source in self.atoms]

    def _make_nodes(self) -> None:
        kinds = {name: NodeKind(atom.kind or self._kind(name)) for name, atom in self.atoms.items()}
        ids = {name: node_id(kinds[name], atom.mentions, atom.text) for name, atom in self.atoms.items()}
        used = Counter(ids.values())
        for name, atom in self.atoms.items():
            if atom.spare is not None:
                self.nodes[name] = node_from(atom.spare, atom.text)
                continue
            new, kind = ids[name], kinds[name]
            if used[new] > 1:  # the same words twice in one file are two statements there
                new = content_id("n", kind, atom.text, name)
            self.nodes[name] = Node(new, kind, atom.text, atom.mentions, attributes=atom.attributes)

    def _kind(self, name: str) -> str:
        """What a statement does, from the relations it enters: opposing, being evidence, or just claiming."""
        leaves = [self.relations[place] for place in self.out_of[name] if place in self.relations]
        if any(relation.kind in ("attacks", "undercuts") for relation in leaves):
            return "rebuttal"
        if any(squeezed(relation.scheme) in EVIDENTIAL for relation in leaves):
            return "evidence"
        return "claim"

    def _make_links(self) -> None:
        """Make the links of each relation after those of the relations it aims at; none in rings."""
        names = sorted(self.relations, key=lambda name: (len(name), name))
        sourced = [name for name in names if self._sources(name)]
        ahead = {name: sum(place in self.relations for place in self.out_of[name]) for name in sourced}
        behind: dict[str, list[str]] = defaultdict(list)
        for name in sourced:
            for place in self.out_of[name]:
                behind[place].append(name)
        work = deque(name for name in names if not ahead.get(name))
        while work:
            name = work.popleft()
            if name in ahead:
                self._make_links_of(name)
            for other in behind[name]:
                ahead[other] -= 1
                if not ahead[other]:
                    work.append(other)

    def _make_links_of(self, name: str) -> None:
        relation, sources = self.relations[name], [self.nodes[place].id for place in self._sources(name)]
        for place in self.out_of[name]:
            made = self.links.get(place)
            target = self.nodes[place].id if place in self.nodes else made[0].id if made else None
            kind = self._link_kind(relation.kind, place)
            if target is not None and kind is not None:
                self.links[name].append(self._link(name, kind, sources, target))

    def _link_kind(self, kind: str, place: str) -> str | None:
        if place in self.nodes:
            return "attacks" if kind == "undercuts" else kind
        return "undercuts" if kind in ("attacks", "undercuts") else None

    def _link(self, name: str, kind: str, sources: list[str], target: str) -> Link:
        relation = self.relations[name]
        if relation.spare is not None:
            spare = dict(relation.spare)
            ends = in_order(sources, spare.pop("order", None))
            return link_from({**spare, "kind": kind}, ends, target)
        new = link_id(kind, sources, target)
        if new in self._taken:  # the same link twice in one file: told apart by the file's own id
            new = content_id("l", new, name)
        self._taken.add(new)
        return Link(new, LinkKind(kind), tuple(sources), target, attributes=relation.attributes)
