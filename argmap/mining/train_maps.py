"""Training of the few weights that reviewed maps teach: which units count, their kinds, what they bear on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmap.mining.evaluate import matched_places
from argmap.mining.heads import Heads
from argmap.mining.kinds import NONE, Kinds, argued_shares, kind_signals, leaning
from argmap.mining.linear import TRAINED
from argmap.mining.pipeline import candidate_units
from argmap.mining.units import Discussion
from argmap.mining.weighing import Signals, Weighing, fitted_choices, fitted_labels
from argmap.model import ArgumentMap, Document, Mention, Node

KIND_STRENGTH, HEAD_STRENGTH = 0.3, 0.02
"""Inverse of the regularisation; small, because the maps are few."""

HEAD_PRIOR: Mapping[str, float] = {
    "none": 0.3,
    "none opens turn": 1.0,
    "none opens paragraph": 0.6,
    "none opens reply": -2.0,
    "none opens document": 3.0,
    "none rebuttal": -0.7,
    "none evidence": -0.5,
    "at -1": 1.5,
    "at -2": 0.0,
    "at -3": -0.4,
    "at +1": 0.0,
    "at +2": -0.8,
    "at +3": -1.5,
    "at far back": -0.6,
    "at -1 evidence": 0.3,
    "at -1 weak subject": 0.5,
    "at -1 same sentence": 0.4,
    "at -1 to evidence": -0.8,
    "at -1 to question": -0.2,
    "as the unit before": 0.5,
    "sibling evidence": 0.3,
    "opens turn": 0.8,
    "other paragraph": -0.8,
    "overlap": 2.5,
    "reason": 0.1,
    "to claim": 0.0,
    "to evidence": -0.5,
    "to rebuttal": 0.3,
    "led by therefore on": -0.3,
    "led by because back": 0.4,
    "led by for example back": 0.5,
    "target led by therefore": 0.6,
    "across": -0.3,
    "across from 0": 1.5,
    "across from 1": 0.2,
    "across opens": 0.6,
    "across closes": 0.2,
    "across rebuttal": 0.8,
    "across question": 0.3,
    "own earlier turn": -1.0,
    "is quoted": 1.5,
}
"""What speaks for a candidate before any map is seen: nearness, a common target, common words, a reply."""


@dataclass(frozen=True)
class Reviewed:
    """A document's candidate units beside a careful map of it.

    Args:
        discussion: the candidates.
        node: place of a candidate -> the node it matches.
        labels: place -> kind or ``none``; candidates that only overlap a node have no label.
        target: node id -> ids of what it bears on.
    """

    discussion: Discussion
    node: Mapping[int, Node]
    labels: Mapping[int, str]
    target: Mapping[str, frozenset[str]]


def reviewed(document: Document, gold: ArgumentMap) -> Reviewed:
    """Candidates of a document, labelled by a careful map."""
    discussion = Discussion(document, candidate_units(document))
    ours = [Mention(document.id, unit.start, unit.end) for unit in discussion.units]
    theirs = [(m, node) for node in gold.nodes.values() for m in node.mentions if m.document == document.id]
    theirs.sort(key=lambda place: place[0])
    pairs = matched_places([m for m, _ in theirs], ours)
    node = {guess: theirs[truth][1] for truth, guess in pairs}
    labels = {place: found.kind.value for place, found in node.items()}
    labels |= {p: NONE for p in range(len(ours)) if p not in node and not _overlaps(ours[p], theirs)}
    return Reviewed(discussion, node, labels, _targets(gold))


def _overlaps(mention: Mention, theirs: Iterable[tuple[Mention, Node]]) -> bool:
    common = sum(mention.span.overlap(other.span) for other, _ in theirs)
    return 3 * common > len(mention.span)


def _targets(gold: ArgumentMap) -> dict[str, frozenset[str]]:
    """Node id -> ids of nodes it bears on; an undercut bears on the reason whose support it denies."""
    found: dict[str, set[str]] = {}
    for link in gold.links.values():
        aimed = gold.links.get(link.target)
        for source in link.sources:
            found.setdefault(source, set()).add(aimed.sources[0] if aimed else link.target)
    return {source: frozenset(targets) for source, targets in found.items()}


def kinds_model(maps: Sequence[Reviewed]) -> Weighing:
    """Weights of the kinds."""
    samples: list[Signals] = []
    labels: list[str] = []
    weights: list[float] = []
    for found in maps:
        signals = kind_signals(found.discussion)
        for place, label in sorted(found.labels.items()):
            samples.append(signals[place])
            labels.append(label)
            weights.append(_weight(len(found.labels)))
    return fitted_labels(samples, labels, weights, strength=KIND_STRENGTH)


def _weight(items: int) -> float:
    """How much one item of a text counts, so that a long text does not drown the short ones."""
    return float((100 / max(items, 1)) ** 0.5)


def heads_model(maps: Sequence[Reviewed], shares: Sequence[Sequence[Kinds]]) -> Weighing:
    """Weights of the heads.

    Args:
        maps: documents beside their maps.
        shares: kind probabilities of every candidate of each, ``none`` left out.
    """
    choices: list[list[Signals]] = []
    chosen: list[int] = []
    weights: list[float] = []
    for found, kinds in zip(maps, shares, strict=True):
        made = list(head_choices(found, kinds))
        choices += [signals for signals, _ in made]
        chosen += [right for _, right in made]
        weights += [_weight(len(made))] * len(made)
    return fitted_choices(choices, chosen, weights, prior=HEAD_PRIOR, strength=HEAD_STRENGTH)


def head_choices(found: Reviewed, kinds: Sequence[Kinds]) -> Iterator[tuple[list[Signals], int]]:
    """For each unit of the careful map, the signals of its candidates and the place of the right one."""
    kept = sorted(found.node)
    discussion = Discussion(found.discussion.document, [found.discussion.units[place] for place in kept])
    place_of = {found.node[place].id: rank for rank, place in enumerate(kept)}
    heads = Heads(discussion, [kinds[place] for place in kept])
    chosen: list[int | None] = []
    for rank, place in enumerate(kept):
        targets = found.target.get(found.node[place].id, frozenset())
        right = {place_of[target] for target in targets if target in place_of}
        candidates = heads.candidates(rank, chosen)
        hits = [at for at, candidate in enumerate(candidates) if candidate.place in right]
        if hits or not targets:
            yield [candidate.signals for candidate in candidates], hits[0] if hits else 0
        chosen.append(candidates[hits[0]].place if hits else min(right, default=None))


def train_maps(maps: Sequence[tuple[Document, ArgumentMap]], output: Path = TRAINED) -> None:
    """Fit the weights that reviewed maps teach, and write them: ``kinds``, ``heads``.

    Args:
        maps: documents as their reader gives them, each with a careful map; a document may come twice.
    """
    found = [reviewed(document, gold) for document, gold in maps]
    kinds = kinds_model(found)
    kinds.save(output / "kinds.json")
    shares = [
        [
            argued_shares(leaning(kinds.probabilities(signals), signals))
            for signals in kind_signals(one.discussion)
        ]
        for one in found
    ]
    heads_model(found, shares).save(output / "heads.json")
