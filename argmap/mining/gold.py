"""What of a frozen version is careful enough to learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from argmap.mining.reviewed_maps import Reviewed, by_document
from argmap.model import ArgumentMap, Link, Node, Status
from argmap.model.replay import anchored

DECIDED = 0.9
"""Share of a document's nodes, and of its links, that must have been decided on."""


def gold_pairs(frozen: ArgumentMap) -> tuple[list[Reviewed], tuple[str, ...]]:
    """Each document that people went through, with what they accepted; and the titles of the others."""
    nodes = {node.id: node for node in frozen.nodes.values() if node.status is Status.ACCEPTED}
    links = {link.id: link for link in frozen.links.values() if link.status is Status.ACCEPTED}
    right = replace(frozen, nodes=nodes, links={link.id: link for link in anchored(links, nodes)})
    waiting = waiting_documents(frozen)
    pairs = [pair for pair in by_document(right) if pair[1].nodes and pair[0].id not in waiting]
    return pairs, tuple(frozen.documents[document].title for document in sorted(waiting))


def waiting_documents(frozen: ArgumentMap) -> set[str]:
    """Ids of the documents of whose nodes or links too many wait for a decision. Cost: linear."""
    counts: Counter[tuple[str, type]] = Counter()
    waiting: Counter[tuple[str, type]] = Counter()
    for item, document in _places(frozen):
        counts[document, type(item)] += 1
        waiting[document, type(item)] += item.status in (Status.SUGGESTED, Status.DISPUTED)
    return {key[0] for key, count in counts.items() if waiting[key] > (1 - DECIDED) * count}


def _places(frozen: ArgumentMap) -> Iterator[tuple[Node | Link, str]]:
    """Each node and link with every document it is in; a link is where its first source is."""
    homes = {
        node.id: {mention.document for mention in node.mentions} & frozen.documents.keys()
        for node in frozen.nodes.values()
    }
    for node in frozen.nodes.values():
        yield from ((node, document) for document in homes[node.id])
    for link in frozen.links.values():
        yield from ((link, document) for document in homes.get(link.sources[0], ()))
