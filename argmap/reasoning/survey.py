"""The debate seen whole: what is unanswered, contested, unsupported or circular; clusters and centrality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from argmap.errors import ReasoningError
from argmap.model import ArgumentMap, NodeKind
from argmap.reasoning.cycles import circles
from argmap.reasoning.elements import Framework
from argmap.reasoning.reading import DEFAULT, Reading, contradictory, framework
from argmap.reasoning.verdicts import Verdicts, Word

_MOST_FOR_CLUSTERS = 20_000


@dataclass(frozen=True)
class Survey:
    """What a debate looks like as a whole; node ids, sorted.

    Args:
        unanswered: claims with an objection that stands.
        contested: claims in a conflict that is not settled.
        unsupported: claims nobody gives a reason for; evidence needs none.
        circular: groups of claims that support each other in a circle.
        contradictory: attacks between a claim and its own restatement.
    """

    unanswered: tuple[str, ...]
    contested: tuple[str, ...]
    unsupported: tuple[str, ...]
    circular: tuple[tuple[str, ...], ...]
    contradictory: tuple[str, ...]


def surveyed(verdicts: Verdicts) -> Survey:
    """The debate seen whole. Cost: linear."""
    read = verdicts.framework
    words = {name: verdicts.words[name] for name in read.names[: read.claims]}
    supported = set(read.reasons[1].tolist())
    nodes = verdicts.argument_map.nodes
    return Survey(
        unanswered=_named(words, Word.UNANSWERED),
        contested=_named(words, Word.OPEN, Word.ONLY_IF),
        unsupported=tuple(
            sorted(
                name
                for place, name in enumerate(words)
                if place not in supported and nodes[name].kind is NodeKind.CLAIM
            )
        ),
        circular=tuple(circular(read)),
        contradictory=tuple(contradictory(verdicts.argument_map, verdicts.reading)),
    )


def _named(words: dict[str, Word], *wanted: Word) -> tuple[str, ...]:
    return tuple(sorted(name for name, word in words.items() if word in wanted))


def circular(read: Framework) -> Iterator[tuple[str, ...]]:
    """Groups of claims each of which supports all others of its group, directly or through them."""
    edges = [*_supports(read)]
    for circle in circles(len(read), edges):
        yield tuple(read.named(circle))


def _supports(read: Framework) -> Iterator[tuple[int, int]]:
    """Support from claim to claim, through inferences where these are elements."""
    for source, target in read.reasons.T.tolist():
        if target < read.claims and source < read.steps:
            yield source, target
            if source >= read.claims:
                yield from ((premise, source) for premise in read.requirements[source])


def _network(argument_map: ArgumentMap, reading: Reading) -> tuple[Framework, list[tuple[int, int]]]:
    """Claims and the pairs of them that a link joins."""
    read = framework(argument_map, reading)
    edges = [
        (source, target)
        for bearer, target in (*read.reasons.T.tolist(), *read.attacks.T.tolist())
        if target < read.claims and bearer < read.steps
        for source in ([bearer] if bearer < read.claims else read.requirements[bearer])
    ]
    return read, edges


def clusters(argument_map: ArgumentMap, reading: Reading = DEFAULT) -> list[list[str]]:
    """Groups of claims that bear on each other more than on the rest, the largest first.

    Raises:
        ReasoningError: the map has more than 20,000 claims, on which this would take minutes.

    Source: Blondel, Guillaume, Lambiotte and Lefebvre 2008 (Louvain), with a fixed seed.
    """
    import networkx

    read, edges = _network(argument_map, reading)
    if read.claims > _MOST_FOR_CLUSTERS:
        raise ReasoningError(f"clusters are for maps of at most {_MOST_FOR_CLUSTERS:,} claims")
    drawn = networkx.Graph(edges)
    drawn.add_nodes_from(range(read.claims))
    groups = networkx.community.louvain_communities(drawn, seed=0)
    return sorted((read.named(group) for group in groups), key=lambda group: (-len(group), group))


def centrality(argument_map: ArgumentMap, reading: Reading = DEFAULT) -> dict[str, float]:
    """How much of the debate leads to each claim; the values sum to 1.

    Source: Page, Brin, Motwani and Winograd 1999 (PageRank, damping 0.85), on links from reason to claim.
    """
    import networkx

    read, edges = _network(argument_map, reading)
    drawn = networkx.DiGraph(edges)
    drawn.add_nodes_from(range(read.claims))
    ranks = networkx.pagerank(drawn)
    return {read.names[place]: ranks[place] for place in range(read.claims)}
