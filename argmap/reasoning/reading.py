"""From a map to a framework: what counts, what is merged, and how supports and conflicts are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from argmap.errors import ReasoningError
from argmap.model import ArgumentMap, Link, LinkKind, Node, NodeKind, Status
from argmap.reasoning.elements import Framework
from argmap.reasoning.sketch import SUPPORTS, Sketch, Undecided

_CHOICES = {
    "supports": SUPPORTS,
    "conflicts": ("symmetric", "directed"),
    "ties": ("backing", "open", "fall"),
    "asserted": ("all", "evidence", "leaves"),
}
_ARGUING = frozenset((LinkKind.SUPPORTS, LinkKind.ATTACKS, LinkKind.UNDERCUTS))
_HUGE = 1e12
_LOOSE = ("specialis", "specializ", "generalis", "generaliz")


@dataclass(frozen=True)
class Reading:
    """How a map is read; every choice is shown to people and can be changed.

    Args:
        supports: "evidential": losing a reason weakens a claim and never refutes it; "necessary": a claim
            falls with its reason; "deductive": a reason falls with its claim. A link's own ``reading``
            attribute wins.
        conflicts: "symmetric": claims in conflict defeat each other; "directed": only as drawn. Undercuts are
            always directed, as are attacks of several premises and links whose ``directed`` attribute
            is true.
        ties: between claims in conflict: "backing": the one with less backing does not defeat the other;
            "open": both always do; "fall": as backing, but of equals neither can stand (Carneades).
        asserted: which claims stand without a reason: "all", those of kind "evidence", or "leaves", the ones
            no reason is given for.
        merge: claims that rephrase each other count as one.
        min_confidence: suggestions below are left out; above 1 leaves all of them out.
        statuses: what counts whatever its confidence.
    """

    supports: str = "evidential"
    conflicts: str = "symmetric"
    ties: str = "backing"
    asserted: str = "all"
    merge: bool = True
    min_confidence: float = 0.5
    statuses: frozenset[Status] = frozenset((Status.ACCEPTED,))

    def __post_init__(self) -> None:
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                given = getattr(self, name)
                raise ReasoningError(f"{name} cannot be '{given}'; known: {', '.join(known)}")

    def counts(self, item: Node | Link) -> bool:
        """Whether a node or link is part of the debate that is reasoned about."""
        if item.status in self.statuses:
            return True
        return item.status is Status.SUGGESTED and item.confidence >= self.min_confidence


DEFAULT = Reading()
# As competitions and textbooks draw frameworks: attacks go one way, nothing is merged.
AS_DRAWN = Reading(conflicts="directed", merge=False)


def framework(
    argument_map: ArgumentMap, reading: Reading = DEFAULT, *, bases: Mapping[str, float] | None = None
) -> Framework:
    """The framework of a map. Pure. Cost: linear, but for sorting.

    Args:
        bases: base strength by node id, in place of the one from votes and confidence.
    """
    return undecided(argument_map, reading, bases=bases).decided()


def undecided(
    argument_map: ArgumentMap, reading: Reading = DEFAULT, *, bases: Mapping[str, float] | None = None
) -> Undecided:
    """The framework of a map before it is decided which conflicts succeed; arguments as for `framework`."""
    nodes = [n for n in argument_map.nodes.values() if n.kind is not NodeKind.QUESTION and reading.counts(n)]
    members = restated(argument_map, reading) if reading.merge else {}
    links = _arguing(argument_map, {node.id for node in nodes}, members, reading)
    classes: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        classes[members.get(node.id, node.id)].append(node)
    concluded = {link.target for link in links if link.kind is LinkKind.SUPPORTS}
    sketch = Sketch()
    for name, same in classes.items():
        given = [bases[node.id] for node in same if bases and node.id in bases]
        base = given[0] if given else base_score(same)
        sketch.claim(name, asserted=_asserted(same, name in concluded, reading), base=base)
    for link in links:
        _draw(sketch, link, reading)
    return sketch.undecided(
        symmetric=reading.conflicts == "symmetric",
        preference=reading.ties != "open",
        ties=reading.ties,
        members=members,
    )


def base_score(same: Iterable[Node]) -> float:
    """How far a claim is believed before anything bears on it: the mean of Beta(for + 1, against + 1).

    Votes are ``attributes["votes"]``, {"for": n, "against": m}; each speaker after the first who says the
    same is a vote for it. A suggestion counts by its confidence; ``attributes["base"]`` wins over all.

    Source: the Beta mean in place of Leite and Martins 2011, where one vote makes a claim certain.
    """
    nodes = list(same)
    fixed = [_number(node.attributes.get("base")) for node in nodes]
    if any(value is not None for value in fixed):
        return next(min(1.0, max(0.0, value)) for value in fixed if value is not None)
    votes = [_votes(node.attributes.get("votes")) for node in nodes]
    others = max(0, len({speaker for node in nodes for speaker in node.speakers}) - 1)
    favour = sum(up for up, _ in votes) + others
    against = sum(down for _, down in votes)
    sure = max(node.confidence if node.status is Status.SUGGESTED else 1.0 for node in nodes)
    return min(1.0, max(0.0, sure)) * (favour + 1) / (favour + against + 2)


def _number(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and -_HUGE < value < _HUGE:
        return float(value)  # whole numbers in files can be too large for a float
    return None


def _votes(value: Any) -> tuple[float, float]:
    if not isinstance(value, Mapping):
        return 0.0, 0.0
    up, down = (_number(value.get(side)) or 0.0 for side in ("for", "against"))
    return max(up, 0.0), max(down, 0.0)


def _asserted(same: list[Node], has_reason: bool, reading: Reading) -> bool:
    if reading.asserted == "evidence":
        return any(node.kind is NodeKind.EVIDENCE for node in same)
    return reading.asserted == "all" or not has_reason


def _arguing(
    argument_map: ArgumentMap, nodes: set[str], members: Mapping[str, str], reading: Reading
) -> list[Link]:
    """Links that count and whose ends all do, with merged ends; nothing bears on its own restatement."""
    kept = {
        link.id: _merged(link, members)
        for link in argument_map.links.values()
        if link.kind in _ARGUING and reading.counts(link) and nodes.issuperset(link.sources)
    }
    known = {members.get(node, node) for node in nodes}
    aimed_at: dict[str, list[str]] = defaultdict(list)
    for link in kept.values():
        aimed_at[link.target].append(link.id)
    loose = [
        link.id
        for link in kept.values()
        if (link.target not in known and link.target not in kept) or _on_itself(link)
    ]
    while loose:
        gone = loose.pop()
        if kept.pop(gone, None) is not None:
            loose += aimed_at.get(gone, ())
    return list(kept.values())


def _merged(link: Link, members: Mapping[str, str]) -> Link:
    sources = tuple(dict.fromkeys(members.get(source, source) for source in link.sources))
    target = members.get(link.target, link.target)
    if (sources, target) == (link.sources, link.target):
        return link
    return Link(link.id, link.kind, sources, target, link.status, link.confidence, attributes=link.attributes)


def _on_itself(link: Link) -> bool:
    return link.kind is LinkKind.SUPPORTS and link.target in link.sources


def _draw(sketch: Sketch, link: Link, reading: Reading) -> None:
    weight = _number(link.attributes.get("base"))
    base = 1.0 if weight is None else min(1.0, max(0.0, weight))
    if link.kind is LinkKind.SUPPORTS:
        own = link.attributes.get("reading")
        how = own if own in SUPPORTS else reading.supports
        sketch.inference(link.id, link.sources, link.target, reading=how, base=base)
        return
    directed = link.kind is LinkKind.UNDERCUTS or link.attributes.get("directed") is True
    sketch.conflict(link.id, link.sources, link.target, directed=directed, base=base)


def restated(argument_map: ArgumentMap, reading: Reading = DEFAULT) -> dict[str, str]:
    """Node id -> the node that stands for it, for claims that rephrase each other.

    Only equivalent wordings are merged, not ones that specialise or generalise; a claim and its restatement
    that are in conflict stay apart (see `contradictory`).
    """
    classes = _classes(argument_map, reading)
    apart = {name for name, _ in _contradictions(argument_map, classes, reading)}
    return {node: name for node, name in classes.items() if node != name and name not in apart}


def contradictory(argument_map: ArgumentMap, reading: Reading = DEFAULT) -> list[str]:
    """Ids of attacks between a claim and its own restatement: one of the two links must be wrong."""
    return sorted(link for _, link in _contradictions(argument_map, _classes(argument_map, reading), reading))


def _contradictions(
    argument_map: ArgumentMap, classes: Mapping[str, str], reading: Reading
) -> list[tuple[str, str]]:
    return [
        (classes[link.target], link.id)
        for link in argument_map.links.values()
        if link.kind is LinkKind.ATTACKS and reading.counts(link) and link.target in classes
        for source in link.sources
        if classes.get(source) == classes[link.target]
    ]


def _classes(argument_map: ArgumentMap, reading: Reading) -> dict[str, str]:
    above: dict[str, str] = {}

    def root(node: str) -> str:
        while node in above:
            above[node] = node = above.get(above[node], above[node])
        return node

    links = [k for k in argument_map.links.values() if _equivalent(k) and reading.counts(k)]
    nodes = argument_map.nodes
    for link in links:
        ends = [end for end in (*link.sources, link.target) if end in nodes and _claims(nodes[end], reading)]
        for end in ends:
            if root(end) != root(ends[-1]):
                above[root(end)] = root(ends[-1])
    return {end: root(end) for link in links for end in (*link.sources, link.target) if end in nodes}


def _claims(node: Node, reading: Reading) -> bool:
    return node.kind is not NodeKind.QUESTION and reading.counts(node)


def _equivalent(link: Link) -> bool:
    """Whether a link says that two wordings mean the same; a scheme may say that one means more."""
    if link.kind is not LinkKind.REPHRASES:
        return False
    return not any(loose in str(dict(link.attributes)).casefold() for loose in _LOOSE)
