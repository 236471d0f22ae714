"""Which claims are drawn, and which hangs on which: pure choices, before any position is known."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from argmap.errors import UnknownName
from argmap.model import ArgumentMap, Link, LinkKind, Node

LONGEST_PATH = 4  # steps from the claim in focus up towards the issue
_SIDES = {LinkKind.SUPPORTS: 0, LinkKind.ANSWERS: 1, LinkKind.REPHRASES: 2, LinkKind.QUESTIONS: 3}


@dataclass(frozen=True)
class Mark:
    """What is said of a claim besides its kind, and the colour of its border that repeats it.

    Args:
        words: short, as a part of the first line.
        light, dark: the colour on a light and on a dark page.
    """

    words: str
    light: str
    dark: str


@dataclass(frozen=True)
class Selection:
    """What is drawn of a map, as a forest that grows from left to right.

    Args:
        argument_map: only the nodes that are drawn and the links between them.
        above: node id -> id of the node to its left, None for a root; a node stands after the one above it.
        hidden: node id -> how many direct replies to it are not drawn; absent where all are.
        focus: id of the claim that the map is about, if there is one.
        marks: by node id; whatever the caller wants to be said of them.
    """

    argument_map: ArgumentMap
    above: Mapping[str, str | None]
    hidden: Mapping[str, int]
    focus: str | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)


def replies(argument_map: ArgumentMap, node_id: str) -> Iterator[tuple[Link, str]]:
    """Each (link, source) that bears on a node directly, or undercuts a link that does."""
    for link in argument_map.into(node_id):
        for source in link.sources:
            yield link, source
        for undercut in argument_map.into(link.id, LinkKind.UNDERCUTS):
            for source in undercut.sources:
                yield undercut, source


def weight(argument_map: ArgumentMap, node: Node) -> tuple[int, int, float]:
    """How much a claim matters here: answers to it, times it was said, confidence."""
    return len(argument_map.into(node.id)), len(node.mentions), node.confidence


def above(argument_map: ArgumentMap, node_id: str) -> str | None:
    """The claim that a node mainly bears on: the weightiest target of its links."""
    candidates = [
        node for link in argument_map.out_of(node_id) if (node := conclusion(argument_map, link)) is not None
    ]
    others = [node for node in candidates if node.id != node_id]
    best = max(others, key=lambda node: (weight(argument_map, node), node.id), default=None)
    return best.id if best else None


def conclusion(argument_map: ArgumentMap, link: Link) -> Node | None:
    """The node that a link bears on in the end, through links it undercuts; None if not here."""
    seen = set()
    while link.target in argument_map.links and link.id not in seen:
        seen.add(link.id)
        link = argument_map.links[link.target]
    return argument_map.nodes.get(link.target)


def path(argument_map: ArgumentMap, node_id: str, *, longest: int = LONGEST_PATH) -> list[str]:
    """Node ids from the issue down to this node, at most ``longest`` steps and never in a circle."""
    found = [node_id]
    while len(found) <= longest:
        upper = above(argument_map, found[0])
        if upper is None or upper in found:
            break
        found.insert(0, upper)
    return found


def ego(argument_map: ArgumentMap, focus: str, *, limit: int = 20) -> Selection:
    """The claim in focus, the path up from it, and the replies below it by weight.

    Args:
        focus: id of a node of the map.
        limit: most nodes that are drawn.

    Raises:
        UnknownName: the map has no such node.
    """
    if focus not in argument_map.nodes:
        raise UnknownName("claim", focus)
    chain = path(argument_map, focus, longest=min(LONGEST_PATH, limit - 1))
    tree: dict[str, str | None] = dict(zip(chain, [None, *chain], strict=False))
    _grow(argument_map, tree, [focus], limit)
    return _selection(argument_map, tree, focus)


def forest(argument_map: ArgumentMap, *, limit: int = 2000) -> Selection:
    """The whole map as trees that grow from the claims which bear on nothing; the most answered come first.

    Args:
        limit: most nodes that are drawn.

    Cost: linear in nodes and links, besides sorting.
    """
    order = sorted(
        argument_map.nodes.values(), key=lambda node: (_bears(argument_map, node), *_rank(argument_map, node))
    )
    tree: dict[str, str | None] = {}
    for node in order:
        if len(tree) >= limit:
            break
        if node.id not in tree:
            tree[node.id] = None
            _grow(argument_map, tree, [node.id], limit)
    return _selection(argument_map, tree, None)


def _bears(argument_map: ArgumentMap, node: Node) -> bool:
    return above(argument_map, node.id) is not None


def _rank(argument_map: ArgumentMap, node: Node) -> tuple[float, ...]:
    return tuple(-part for part in weight(argument_map, node))


def _grow(argument_map: ArgumentMap, tree: dict[str, str | None], seeds: list[str], limit: int) -> None:
    """Add replies level by level, the weightiest first, until the tree has ``limit`` nodes."""
    waiting = deque(seeds)
    while waiting and len(tree) < limit:
        node_id = waiting.popleft()
        for source in _ordered_replies(argument_map, node_id):
            if source not in tree and len(tree) < limit:
                tree[source] = node_id
                waiting.append(source)


def _ordered_replies(argument_map: ArgumentMap, node_id: str) -> list[str]:
    """Ids of the replies to a node, by weight."""
    sources = {s for _, s in replies(argument_map, node_id) if s in argument_map.nodes and s != node_id}
    return sorted(sources, key=lambda source: (*_rank(argument_map, argument_map.nodes[source]), source))


def _selection(argument_map: ArgumentMap, tree: Mapping[str, str | None], focus: str | None) -> Selection:
    hidden = {
        node_id: cut
        for node_id in tree
        if (cut := sum(source not in tree for source in _ordered_replies(argument_map, node_id)))
    }
    part = _drawn(argument_map, tree)
    return Selection(part, _in_reading_order(part, tree), hidden, focus)


def _drawn(argument_map: ArgumentMap, tree: Mapping[str, str | None]) -> ArgumentMap:
    """The map of the drawn nodes; a link is drawn if all its ends are, an undercut if its link is."""
    kept: dict[str, Link] = {}
    waiting = [link for node_id in tree for link in argument_map.into(node_id)]
    while waiting:
        link = waiting.pop()
        if link.id not in kept and all(source in tree for source in link.sources):
            kept[link.id] = link
            waiting.extend(argument_map.into(link.id))
    nodes = [argument_map.nodes[node_id] for node_id in tree]
    wanted = {mention.document for node in nodes for mention in node.mentions}
    documents = [d for d in argument_map.documents.values() if d.id in wanted]
    return ArgumentMap.of(documents, nodes, kept.values())


def _in_reading_order(part: ArgumentMap, tree: Mapping[str, str | None]) -> dict[str, str | None]:
    """The tree with supports above attacks and every node after the one it hangs on. Cost: linear."""
    below: dict[str | None, list[str]] = {}
    for node_id, upper in tree.items():
        below.setdefault(upper, []).append(node_id)
    found: dict[str, str | None] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        node_id = waiting.pop()
        found[node_id] = tree[node_id]
        waiting.extend(sorted(below.get(node_id, ()), key=lambda lower: _side(part, lower), reverse=True))
    return found


def _side(part: ArgumentMap, node_id: str) -> int:
    return min((_SIDES.get(link.kind, 4) for link in part.out_of(node_id)), default=5)
