"""How well a predicted map agrees with a careful one: units, kinds, links and speakers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from argmap.model import ArgumentMap, LinkKind, Mention, Node, standing
from argmap.model.comparison import matched

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of one comparison, and what follows from them.

    Args:
        hits: predicted items that are right.
        predicted, gold: how many there are.
    """

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing is predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found; 0 where there is none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.hits / total if total else 0.0


@dataclass(frozen=True)
class Scores:
    """Figures by name for each document: ``nodes exact``, ``nodes``, ``nodes+kind``, ``links`` ...

    Args:
        documents: document id -> figures.
    """

    documents: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)

    @cached_property
    def total(self) -> dict[str, Figure]:
        """Figures over all documents together (micro)."""
        found: dict[str, Figure] = defaultdict(Figure)
        for figures in self.documents.values():
            for name, figure in figures.items():
                found[name] += figure
        return dict(found)

    def mean(self, name: str) -> float:
        """F1 averaged over the documents that have such items (macro); 0 where none has."""
        values = [figures[name].f1 for figures in self.documents.values() if name in figures]
        return sum(values) / len(values) if values else 0.0

    def rows(self) -> Iterator[tuple[str, float, float, float, float]]:
        """Name, precision, recall, F1 over all, and mean F1 over documents, in a fixed order."""
        for name, figure in sorted(self.total.items(), key=lambda item: _order(item[0])):
            yield name, figure.precision, figure.recall, figure.f1, self.mean(name)


_NAMES = ("nodes exact", "nodes", "nodes+kind", "links", "links+kind", "speakers")


def _order(name: str) -> tuple[int, str]:
    return (_NAMES.index(name) if name in _NAMES else len(_NAMES), name)


def evaluate(gold: ArgumentMap, predicted: ArgumentMap) -> Scores:
    """Figures of a predicted map against a careful one, over the documents of the careful one.

    Nodes are compared mention by mention, one to one, and match where the common characters are at least half
    of those that either covers; links match where both ends do, ``links+kind`` where the kind is right too.

    What was rejected on either side counts nothing.

    Source: Persing and Ng 2016; Eger et al. 2017 (matching at 50 %).
    Cost: linear in nodes and links, but for mentions that overlap.
    """
    gold, predicted = standing(gold), standing(predicted)
    documents = sorted({mention.document for node in gold.nodes.values() for mention in node.mentions})
    ours, theirs = _by_document(gold), _by_document(predicted)
    gold_pairs, predicted_pairs = _pairs(gold), _pairs(predicted)
    return Scores(
        {
            name: _figures(
                _Side(ours.get(name, []), gold_pairs.get(name, [])),
                _Side(theirs.get(name, []), predicted_pairs.get(name, [])),
            )
            for name in documents
        }
    )


Place = tuple[Mention, Node]
Arrow = tuple[LinkKind, str, Hashable]


@dataclass(frozen=True, slots=True)
class _Side:
    places: list[Place]
    arrows: list[Arrow]


def _by_document(argument_map: ArgumentMap) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for node in argument_map.nodes.values():
        for mention in node.mentions:
            found[mention.document].append((mention, node))
    return {
        name: sorted(places, key=lambda place: (place[0].start, place[0].end))
        for name, places in found.items()
    }


def _pairs(argument_map: ArgumentMap) -> dict[str, list[Arrow]]:
    """Links as source-target pairs, by the document of the source; linked premises count one by one."""
    found: dict[str, list[Arrow]] = defaultdict(list)
    for link in argument_map.links.values():
        aimed = argument_map.links.get(link.target)
        target: Hashable = (aimed.sources[0], aimed.target) if aimed and aimed.sources else link.target
        for source in link.sources:
            for document in sorted({m.document for m in argument_map.nodes[source].mentions[:1]}):
                found[document].append((link.kind, source, target))
    return found


def _figures(gold: _Side, predicted: _Side) -> dict[str, Figure]:
    pairs = _matched(gold.places, predicted.places)
    ends = {guess[1].id: truth[1].id for truth, guess in pairs}
    kinds_right = [(t, g) for t, g in pairs if t[1].kind is g[1].kind]
    exact = [(t, g) for t, g in pairs if t[0].span == g[0].span]
    known = [(t, g) for t, g in pairs if t[0].speaker]
    sizes = len(predicted.places), len(gold.places)
    figures = {
        "nodes exact": Figure(len(exact), *sizes),
        "nodes": Figure(len(pairs), *sizes),
        "nodes+kind": Figure(len(kinds_right), *sizes),
        **_by_kind("kind", [t[1].kind for t, g in kinds_right], predicted.places, gold.places),
        **_link_figures(gold.arrows, predicted.arrows, ends),
    }
    if known:
        right = sum(t[0].speaker == g[0].speaker for t, g in known)
        figures["speakers"] = Figure(right, len(known), len(known))
    return figures


def _by_kind(
    title: str, right: Iterable[str], predicted: Iterable[Place], gold: Iterable[Place]
) -> dict[str, Figure]:
    hits, guesses, truths = list(right), [g[1].kind for g in predicted], [t[1].kind for t in gold]
    return {
        f"{title} {k}": Figure(hits.count(k), guesses.count(k), truths.count(k))
        for k in sorted({*guesses, *truths})
    }


def _matched(gold: list[Place], predicted: list[Place]) -> list[tuple[Place, Place]]:
    pairs = matched([mention.span for mention, _ in gold], [mention.span for mention, _ in predicted])
    return [(gold[truth], predicted[guess]) for truth, guess in pairs]


def _link_figures(gold: list[Arrow], predicted: list[Arrow], ends: Mapping[str, str]) -> dict[str, Figure]:
    guesses = [(kind, *_moved(source, target, ends)) for kind, source, target in predicted]
    figures = {
        "links": _common({arrow[1:] for arrow in gold}, {arrow[1:] for arrow in guesses}),
        "links+kind": _common(set(gold), set(guesses)),
    }
    for kind in sorted({arrow[0] for arrow in (*gold, *guesses)}):
        figures[f"link {kind}"] = _common(
            {a for a in gold if a[0] == kind}, {a for a in guesses if a[0] == kind}
        )
    return figures


def _moved(source: str, target: Hashable, ends: Mapping[str, str]) -> Pair:
    """The ends of a predicted link, as the gold nodes they match."""
    move: Callable[[Hashable], Hashable] = lambda end: ends.get(str(end), ("unmatched", end))  # noqa: E731
    return move(source), tuple(map(move, target)) if isinstance(target, tuple) else move(target)


def _common(gold: set[tuple[Hashable, ...]], predicted: set[tuple[Hashable, ...]]) -> Figure:
    return Figure(len(gold & predicted), len(predicted), len(gold))
