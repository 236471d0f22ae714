"""What was argued: nodes, the links between them, and the map of both."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from argmap.model.document import Document, Span


class NodeKind(StrEnum):
    """What a proposition mainly does in the debate (aif:I-node)."""

    CLAIM = "claim"
    REBUTTAL = "rebuttal"
    EVIDENCE = "evidence"
    QUESTION = "question"


class LinkKind(StrEnum):
    """How one proposition bears on another: RA, CA, CA on an S-node, MA, and YA of questions."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"
    UNDERCUTS = "undercuts"
    REPHRASES = "rephrases"
    QUESTIONS = "questions"
    ANSWERS = "answers"


class Status(StrEnum):
    """What people have decided; computed from the standing decisions, never set."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISPUTED = "disputed"


class AgentKind(StrEnum):
    """Who can do things to a map."""

    PERSON = "person"
    MINER = "miner"


@dataclass(frozen=True, slots=True)
class Agent:
    """A person, or a miner with its version (prov:Agent)."""

    name: str
    kind: AgentKind = AgentKind.PERSON
    version: str | None = None

    def __str__(self) -> str:
        return f"{self.name}@{self.version}" if self.version else self.name


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One utterance of a node: these characters, by this speaker."""

    document: str
    start: int
    end: int
    speaker: str | None = None

    @property
    def span(self) -> Span:
        """The characters."""
        return Span(self.start, self.end)


def content_id(prefix: str, *parts: object) -> str:
    """An id that depends on nothing but the parts, so making the same thing twice changes nothing."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"))
    return prefix + digest.hexdigest()[:15]


def node_id(kind: str, mentions: Iterable[Mention], text: str = "") -> str:
    """The id of a node: from its spans and kind, or from its wording where it has no span."""
    places = sorted((mention.document, mention.start, mention.end) for mention in mentions)
    return content_id("n", kind, *places) if places else content_id("n", kind, text)


def link_id(kind: str, sources: Iterable[str], target: str) -> str:
    """The id of a link: from its kind and ends."""
    return content_id("l", kind, *sorted(sources), target)


@dataclass(frozen=True, slots=True)
class Node:
    """A proposition (aif:I-node).

    Args:
        id: from `node_id`.
        text: a wording that stands alone; the quotes are in the mentions.
        mentions: where it was said; empty for one that somebody added in their own words.
        confidence: in [0, 1]; 1.0 for a person's node.
        by: name of the agent that made it.
        cue: in words a person can check, why a miner suggested it.
        attributes: anything else a format carried (JSON values).
    """

    id: str
    kind: NodeKind
    text: str
    mentions: tuple[Mention, ...] = ()
    status: Status = Status.ACCEPTED
    confidence: float = 1.0
    by: str = ""
    cue: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The distinct known speakers, in the order of their mentions."""
        return tuple(dict.fromkeys(m.speaker for m in self.mentions if m.speaker))


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from sources to a target (aif:S-node).

    Args:
        id: from `link_id`.
        sources: node ids; several when premises work only together (linked premises).
        target: a node id, or a link id for an undercut.
        confidence, by, cue, attributes: as in `Node`.
    """

    id: str
    kind: LinkKind
    sources: tuple[str, ...]
    target: str
    status: Status = Status.ACCEPTED
    confidence: float = 1.0
    by: str = ""
    cue: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


def new_node(kind: str, text: str, mentions: Iterable[Mention] = (), **others: Any) -> Node:
    """A node whose id follows from its content; ``others`` as in `Node`."""
    places = tuple(mentions)
    return Node(node_id(kind, places, text), NodeKind(kind), text, places, **others)


def new_link(kind: str, sources: Iterable[str], target: str, **others: Any) -> Link:
    """A link whose id follows from its content; ``others`` as in `Link`."""
    ends = tuple(sources)
    return Link(link_id(kind, ends, target), LinkKind(kind), ends, target, **others)


@dataclass(frozen=True)
class ArgumentMap:
    """The whole: documents, nodes and links by id, in a fixed order (a named graph)."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        documents: Iterable[Document] = (),
        nodes: Iterable[Node] = (),
        links: Iterable[Link] = (),
        attributes: Mapping[str, Any] | None = None,
    ) -> ArgumentMap:
        """A map of these parts, sorted by id so that equal maps are written alike."""
        return cls(
            {d.id: d for d in sorted(documents, key=lambda d: d.id)},
            {n.id: n for n in sorted(nodes, key=lambda n: n.id)},
            {k.id: k for k in sorted(links, key=lambda k: k.id)},
            dict(attributes or {}),
        )

    @cached_property
    def _into(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.links.values():
            found[link.target].append(link)
        return found

    @cached_property
    def _out_of(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.links.values():
            for source in dict.fromkeys(link.sources):
                found[source].append(link)
        return found

    def into(self, target: str, *kinds: str) -> list[Link]:
        """Links whose target is this node or link, of these kinds (any kind when none is named)."""
        found = self._into.get(target, ())
        return [link for link in found if link.kind in kinds] if kinds else list(found)

    def out_of(self, source: str, *kinds: str) -> list[Link]:
        """Links that start from this node, of these kinds (any kind when none is named)."""
        found = self._out_of.get(source, ())
        return [link for link in found if link.kind in kinds] if kinds else list(found)

    def quotes(self, node: Node) -> Iterator[tuple[Mention, str]]:
        """Each mention of a node with its exact words; mentions of absent documents are left out."""
        for mention in node.mentions:
            document = self.documents.get(mention.document)
            if document is not None and mention.end <= len(document.text):
                yield mention, document.text[mention.start : mention.end]
