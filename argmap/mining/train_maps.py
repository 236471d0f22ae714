"""Training of the few weights that reviewed maps teach: which units count, their kinds, what they bear on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from argmap.mining.alike import heads_of
from argmap.mining.bearings import bearing_signals
from argmap.mining.heads import Heads
from argmap.mining.judging import SPARED
from argmap.mining.kinds import NONE, Kinds, argued_shares, kind_signals, likeliest
from argmap.mining.kinds import kinds as kinds_of
from argmap.mining.layer import Layer
from argmap.mining.linear import TRAINED
from argmap.mining.pipeline import candidate_units
from argmap.mining.reviewed_maps import Reviewed as Pair
from argmap.mining.train_segments import cuts_model, labelled_cuts
from argmap.mining.units import Discussion
from argmap.mining.weighing import Signals, Weighing, fitted_choices, fitted_labels
from argmap.model import ArgumentMap, Document, LinkKind, Mention, Node
from argmap.model.comparison import matched

KIND_STRENGTH, HEAD_STRENGTH, BEARING_STRENGTH = 0.05, 0.05, 0.1
"""Inverse of the regularisation, chosen by cross-validation by text."""
FURTHER = {"kinds": 0.002, "heads": 0.0005, "bearings": 0.01}
"""The same where weights are continued: they stay near the start, as the few texts of a team say less than
the many it comes from. Chosen on the shipped maps in six groups, each continued from weights of the rest."""
Shown = TypeVar("Shown")
Right = TypeVar("Right")
FOLDS = 4
"""Parts of the maps, each of which gets its kinds from models fitted to the others."""


@dataclass(frozen=True)
class Reviewed:
    """A document's candidate units beside a careful map of it.

    Args:
        discussion: the candidates.
        node: place of a candidate -> the node it matches.
        labels: place -> kind or ``none``; candidates that only overlap a node have no label.
        target: node id -> id of what it bears on -> how.
    """

    discussion: Discussion
    node: Mapping[int, Node]
    labels: Mapping[int, str]
    target: Mapping[str, Mapping[str, LinkKind]]


def reviewed(document: Document, gold: ArgumentMap, cuts: Weighing | None = None) -> Reviewed:
    """Candidates of a document, labelled by a careful map; ``cuts`` as for `candidate_units`."""
    discussion = Discussion(document, candidate_units(document, cuts))
    ours = [Mention(document.id, unit.start, unit.end) for unit in discussion.units]
    theirs = [(m, node) for node in gold.nodes.values() for m in node.mentions if m.document == document.id]
    theirs.sort(key=lambda place: place[0])
    pairs = matched([m.span for m, _ in theirs], [m.span for m in ours])
    node = {guess: theirs[truth][1] for truth, guess in pairs}
    labels = {place: found.kind.value for place, found in node.items()}
    labels |= {p: NONE for p in range(len(ours)) if p not in node and not _overlaps(ours[p], theirs)}
    return Reviewed(discussion, node, labels, _targets(gold))


def _overlaps(mention: Mention, theirs: Iterable[tuple[Mention, Node]]) -> bool:
    common = sum(mention.span.overlap(other.span) for other, _ in theirs)
    return 3 * common > len(mention.span)


def _targets(gold: ArgumentMap) -> dict[str, dict[str, LinkKind]]:
    """Node id -> what it bears on and how; an undercut bears on the reason whose support it denies."""
    found: dict[str, dict[str, LinkKind]] = {}
    for link in gold.links.values():
        aimed = gold.links.get(link.target)
        for source in link.sources:
            found.setdefault(source, {})[aimed.sources[0] if aimed else link.target] = link.kind
    return found


def kinds_model(
    maps: Sequence[Reviewed], start: Weighing | None = None, *, strength: float = KIND_STRENGTH
) -> Weighing:
    """Weights of the kinds, continued from others where there are."""
    samples: list[Signals] = []
    labels: list[str] = []
    weights: list[float] = []
    for found in maps:
        signals = kind_signals(found.discussion)
        for place, label in sorted(found.labels.items()):
            samples.append(signals[place])
            labels.append(label)
            weights.append(_weight(len(found.labels)))
    return fitted_labels(samples, labels, weights, strength=strength, start=start)


def _weight(items: int) -> float:
    """How much one item of a text counts, so that a long text does not drown the short ones."""
    return float((100 / max(items, 1)) ** 0.5)


def kept_heads(found: Reviewed, shares: Sequence[Kinds], meanings: str = "") -> tuple[list[int], Heads]:
    """Places of the units that a model keeps, and the heads among those alone.

    The model's choice, not the careful map's: so the weights learn what stands between units when it matters.
    """
    kept = [place for place, own in enumerate(shares) if likeliest(own, SPARED) != NONE]
    discussion = Discussion(found.discussion.document, [found.discussion.units[place] for place in kept])
    return kept, heads_of(discussion, [argued_shares(shares[place]) for place in kept], meanings)


def _targets_at(found: Reviewed, kept: Sequence[int]) -> list[dict[int, LinkKind] | None]:
    """For each kept unit, the ranks of what it bears on, and how; None where it matches no node.

    A target that no kept unit matches stands as -1.
    """
    place_of = {found.node[place].id: rank for rank, place in enumerate(kept) if place in found.node}
    return [
        {
            place_of.get(target, -1): kind
            for target, kind in found.target.get(found.node[place].id, {}).items()
        }
        if place in found.node
        else None
        for place in kept
    ]


def _weighed(texts: Iterable[Iterable[tuple[Shown, Right]]]) -> tuple[list[Shown], list[Right], list[float]]:
    """What the texts show, what is right, and how much each counts, in three columns."""
    shown: list[Shown] = []
    right: list[Right] = []
    weights: list[float] = []
    for made in map(list, texts):
        shown += [one for one, _ in made]
        right += [one for _, one in made]
        weights += [_weight(len(made))] * len(made)
    return shown, right, weights


def heads_model(
    maps: Sequence[Reviewed],
    shares: Sequence[Sequence[Kinds]],
    start: Weighing | None = None,
    *,
    strength: float = HEAD_STRENGTH,
    meanings: str = "",
) -> Weighing:
    """Weights of the heads.

    Args:
        maps: documents beside their maps.
        shares: kind probabilities of every candidate of each.
        start: weights to continue from.
        strength: inverse of the regularisation.
        meanings: name of the embedding model to learn with; empty for none.
    """
    texts = (head_choices(found, own, meanings) for found, own in zip(maps, shares, strict=True))
    choices, chosen, weights = _weighed(texts)
    return fitted_choices(choices, chosen, weights, strength=strength, start=start)


def head_choices(
    found: Reviewed, shares: Sequence[Kinds], meanings: str = ""
) -> Iterator[tuple[list[Signals], int]]:
    """For each kept unit of the careful map, the signals of its candidates and the place of the right one."""
    kept, heads = kept_heads(found, shares, meanings)
    for rank, targets in enumerate(_targets_at(found, kept)):
        if targets is None:
            continue
        candidates = heads.candidates(rank)
        hits = [at for at, candidate in enumerate(candidates) if candidate.place in targets]
        if hits or not targets:
            yield [candidate.signals for candidate in candidates], hits[0] if hits else 0


def bearings_model(
    maps: Sequence[Reviewed],
    shares: Sequence[Sequence[Kinds]],
    start: Weighing | None = None,
    *,
    strength: float = BEARING_STRENGTH,
) -> Weighing:
    """Weights of the kinds of links; arguments as for `heads_model`."""
    samples, labels, weights = _weighed(map(_bearings, maps, shares))
    return fitted_labels(samples, labels, weights, strength=strength, start=start)


def _bearings(found: Reviewed, shares: Sequence[Kinds]) -> Iterator[tuple[Signals, str]]:
    kept, heads = kept_heads(found, shares)
    for rank, targets in enumerate(_targets_at(found, kept)):
        for target, kind in (targets or {}).items():
            if target not in (-1, rank) and kind is not LinkKind.UNDERCUTS:
                yield bearing_signals(heads, rank, target), kind.value


def layer_of(maps: Sequence[Reviewed]) -> Layer:
    """The models that maps teach; heads and bearings see kinds from models that never saw the text."""
    shares: dict[int, list[Kinds]] = {}
    for fold in range(FOLDS):
        model = kinds_model([found for place, found in enumerate(maps) if place % FOLDS != fold])
        shares |= {place: kinds_of(maps[place].discussion, model) for place in range(fold, len(maps), FOLDS)}
    ordered = [shares[place] for place in range(len(maps))]
    return Layer(kinds_model(maps), heads_model(maps, ordered), bearings_model(maps, ordered))


def continued(start: Layer, maps: Sequence[Reviewed], meanings: str = "") -> Layer:
    """The models of a layer that never saw these maps, trained further by them.

    Args:
        start: the layer.
        maps: documents beside their maps.
        meanings: name of the embedding model to learn with; empty for none.
    """
    shares = [kinds_of(found.discussion, start.kinds) for found in maps]
    return Layer(
        kinds_model(maps, start.kinds, strength=FURTHER["kinds"]),
        heads_model(maps, shares, start.heads, strength=FURTHER["heads"], meanings=meanings),
        bearings_model(maps, shares, start.bearings, strength=FURTHER["bearings"]),
        meanings,
    )


def reviewed_apart(maps: Sequence[Pair]) -> list[Reviewed]:
    """Documents with their labelled candidates, each cut by a model that never saw it. Cost: two parses."""
    labelled = [labelled_cuts(document, gold) for document, gold in maps]
    found: dict[int, Reviewed] = {}
    for fold in range(FOLDS):
        model = cuts_model([cuts for place, cuts in enumerate(labelled) if place % FOLDS != fold])
        found |= {place: reviewed(*maps[place], model) for place in range(fold, len(maps), FOLDS)}
    return [found[place] for place in range(len(maps))]


def train_maps(maps: Sequence[Pair], output: Path = TRAINED) -> None:
    """Fit the weights that reviewed maps teach, and write them: ``cuts``, ``kinds``, ``heads``, ``bearings``.

    Args:
        maps: documents as their reader gives them, each with a careful map; a document may come twice.
    """
    cuts_model([labelled_cuts(document, gold) for document, gold in maps]).save(output / "cuts.json")
    layer_of(reviewed_apart(maps)).save(output)
