"""How far people agree: on units, on kinds, on links; for each pair and over all, with intervals.

Everything is counted by segment, so that an interval can be had by drawing segments again, and so that no
figure is given from too few of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from argmap.annotation import coefficients
from argmap.annotation.alignment import Alignment, Key, Unit, numbered
from argmap.annotation.coefficients import Labels, Weights
from argmap.annotation.unitizing import Continuum, Unitizing
from argmap.model import ArgumentMap, NodeKind, Span

TOO_FEW = 5
DRAWS, LEAST_DRAWS = 1_000, 200
FEW_GROUPS = 10
"""Groups up to which each gets all draws; of more, each gets fewer, so that the work stays the same."""
SEED = 2016

HEAD = ("measure", "annotators", "value", "95 % interval", "segments", "items")

_KINDS = {kind: number for number, kind in enumerate(NodeKind, start=1)}

Coefficient = Callable[[Labels, Weights], float | None]
Together = tuple[int, tuple[Unit, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One agreement figure.

    Args:
        name: what is measured: ``units alpha``, ``units f1``, ``kinds cohen``, ``links f1`` ...
        annotators: between whom.
        value: None where fewer than `TOO_FEW` segments were done by all of them, or where it is not defined.
        low, high: 95 % bootstrap interval over segments.
        segments: how many segments all of them did.
        items: how many characters, units or links were compared.
    """

    name: str
    annotators: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    segments: int
    items: int

    @property
    def too_few(self) -> bool:
        """Whether there is too little to say anything."""
        return self.segments < TOO_FEW

    @property
    def figure(self) -> str:
        """The value in words: no number from too little."""
        if self.value is None:
            return "too few" if self.too_few else "not defined"
        return f"{self.value:.3f}"

    @property
    def interval(self) -> str:
        """The interval in words; empty where there is none."""
        return "" if self.low is None or self.high is None else f"{self.low:.3f} to {self.high:.3f}"

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of a table under `HEAD`."""
        who = ", ".join(self.annotators)
        return self.name, who, self.figure, self.interval, str(self.segments), str(self.items)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that can be had again from segments drawn again.

    Args:
        of: from how often each segment counts, shape (segments,), to the figure.
        items: how many things it compares.
    """

    of: Callable[[Weights], float | None]
    items: int


def agreement(maps: Mapping[str, ArgumentMap], *, draws: int = DRAWS) -> list[Measure]:
    """How far annotators agree, for each two of them and, where there are more, over all.

    Documents count that all annotators of the group have in their maps. Figures:

    - ``units alpha_u``: Krippendorff's alpha for unitizing, over all kinds, as most corpora publish it.
    - ``units alpha``: Krippendorff's alpha with each character as an item, labelled with the kind of the unit
      it is in, or with none; ``boundaries alpha``: the same with only in or out of a unit as labels.
    - ``units f1``: units that share half of their characters (over all: pooled over the pairs, as for links).
    - ``kinds cohen`` or ``kinds fleiss``, ``kinds alpha``: kinds of the units that match for all of them.
    - ``links f1``: links with direction and kind, both ends matching; ``links alpha``: on the same units as
      kinds, what each points to and how, taken together as one label.

    Args:
        maps: annotator -> own map (`argmap.annotation.own_maps`).
        draws: how often segments are drawn again for an interval; at least `LEAST_DRAWS` where more than
            `FEW_GROUPS` groups share them.

    Source: Artstein and Poesio 2008; Krippendorff 1995 ("digitised" units); Efron 1979 (percentile interval).
    Cost: linear in characters' runs, units and links, for each pair and each draw.
    """
    names = sorted(maps)
    groups: list[tuple[str, ...]] = list(combinations(names, 2))
    groups += [tuple(names)] if len(names) > 2 else []
    if len(groups) > FEW_GROUPS:
        draws = min(draws, max(LEAST_DRAWS, draws * FEW_GROUPS // len(groups)))
    return [
        measure
        for group in groups
        for measure in _measures({name: maps[name] for name in group}, draws=draws)
    ]


def _measures(maps: Mapping[str, ArgumentMap], *, draws: int) -> Iterator[Measure]:
    aligned = Alignment(maps)
    segments = len(aligned.segments)
    for name, figure in _figures(aligned).items():
        value = low = high = None
        if segments >= TOO_FEW:
            value = figure.of(np.ones(segments))
            low, high = _interval(figure, segments, draws) if value is not None else (None, None)
        yield Measure(name, aligned.names, value, low, high, segments, figure.items)


def _interval(figure: _Figure, segments: int, draws: int) -> tuple[float | None, float | None]:
    """The middle 95 % of the figure over segments drawn with replacement."""
    dice = np.random.default_rng(SEED)
    drawn = (dice.multinomial(segments, np.full(segments, 1 / segments)) for _ in range(draws))
    found = [value for weights in drawn if (value := figure.of(weights.astype(float))) is not None]
    if not found:
        return None, None
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def _figures(aligned: Alignment) -> dict[str, _Figure]:
    runs, lengths, places = _runs(aligned)
    together = list(aligned.together())
    kinds, at, once = _kinds(aligned, together)
    alpha = coefficients.nominal_alpha
    two = len(aligned.names) == 2
    kappa = coefficients.cohen_kappa if two else coefficients.fleiss_kappa
    return {
        "units alpha_u": _Figure(Unitizing(_continua(aligned), len(aligned.names)).alpha, int(lengths.sum())),
        "units alpha": _labelled(alpha, runs, lengths, places),
        "boundaries alpha": _labelled(alpha, np.minimum(runs, 1), lengths, places),
        "units f1": _common_share(_unit_counts(pair) for pair in aligned.by_two()),
        f"kinds {'cohen' if two else 'fleiss'}": _labelled(kappa, kinds, once, at),
        "kinds alpha": _labelled(alpha, kinds, once, at),
        "links f1": _common_share(_link_counts(pair) for pair in aligned.by_two()),
        "links alpha": _labelled(alpha, _targets(aligned, together), once, at),
    }


def _labelled(coefficient: Coefficient, labels: Labels, lengths: Weights, places: Labels) -> _Figure:
    """A coefficient of items that lie in these segments and count so often each."""
    return _Figure(lambda drawn: coefficient(labels, lengths * drawn[places]), int(lengths.sum()))


def _common_share(counts: Iterable[tuple[Weights, Weights]]) -> _Figure:
    """F1 of what is common, from (hits, sizes of both sides) by segment, pooled."""
    hits, sizes = (sum(arrays) for arrays in zip(*counts, strict=True))
    return _Figure(lambda drawn: coefficients.f1(hits, sizes, drawn), int(np.sum(sizes)))


def _runs(aligned: Alignment) -> tuple[Labels, Weights, Labels]:
    """Stretches of characters that all annotators labelled alike: labels, lengths, segments."""
    labels, lengths, places = [np.zeros((0, len(aligned.names)), np.int64)], [np.zeros(0)], []
    for place, segment in enumerate(aligned.segments):
        sides = [units[place] for units in aligned.units]
        spans = [unit.span for units in sides for unit in units]
        edges = sorted({segment.start, segment.end}.union(*((span.start, span.end) for span in spans)))
        labels.append(np.stack([_painted(units, edges) for units in sides], axis=1))
        lengths.append(np.diff(np.array(edges, dtype=float)))
        places += [place] * (len(edges) - 1)
    return np.concatenate(labels), np.concatenate(lengths), np.array(places, dtype=np.int64)


def _continua(aligned: Alignment) -> list[Continuum]:
    """The segments with everybody's spans by kind; a unit that reaches over the end takes it along."""
    found = []
    for place, segment in enumerate(aligned.segments):
        sides = [units[place] for units in aligned.units]
        ends = [segment.end, *(unit.span.end for units in sides for unit in units)]
        starts = [segment.start, *(unit.span.start for units in sides for unit in units)]
        marks = {kind.value: [_of_kind(kind, units) for units in sides] for kind in NodeKind}
        found.append(Continuum(Span(min(starts), max(ends)), marks))
    return found


def _of_kind(kind: NodeKind, units: Iterable[Unit]) -> list[Span]:
    return [unit.span for unit in units if unit.node.kind is kind]


def _painted(units: Iterable[Unit], edges: Sequence[int]) -> Labels:
    """The kind at each stretch between edges, 0 for none; the unit that starts last wins."""
    labels = np.zeros(len(edges) - 1, dtype=np.int64)
    for unit in units:
        start, end = bisect_left(edges, unit.span.start), bisect_left(edges, unit.span.end)
        labels[start:end] = _KINDS[unit.node.kind]
    return labels


def _kinds(aligned: Alignment, together: Sequence[Together]) -> tuple[Labels, Labels, Weights]:
    """Kinds of the units that all marked, the segments of these, and that each counts once."""
    kinds = np.array([_KINDS[unit.node.kind] for _, units in together for unit in units], dtype=np.int64)
    at = np.array([segment for segment, _ in together], dtype=np.int64)
    return kinds.reshape(len(together), len(aligned.names)), at, np.ones(len(together))


def _unit_counts(pair: Alignment) -> tuple[Weights, Weights]:
    hits = [len(found) for found in pair.pairs[0, 1]]
    sizes = [len(here) + len(there) for here, there in zip(*pair.units, strict=True)]
    return np.array(hits, dtype=float), np.array(sizes, dtype=float)


def _link_counts(pair: Alignment) -> tuple[Weights, Weights]:
    hits, sizes = np.zeros(len(pair.segments)), np.zeros(len(pair.segments))
    one, other = pair.arrows(0), pair.arrows(1)
    for arrow, place in (*one.items(), *other.items()):
        sizes[place] += 1
        hits[place] += 0.5 * (arrow in one and arrow in other)
    return hits, sizes


def _targets(aligned: Alignment, together: Sequence[Together]) -> Labels:
    """What each unit that all marked points to, and how, in everybody's map, as one label."""
    pointing: list[dict[Key, set[tuple[str, Key]]]] = []
    for who in range(len(aligned.names)):
        pointing.append(defaultdict(set))
        for kind, source, target in aligned.arrows(who):
            pointing[who][source].add((kind, target))
    labels = numbered(
        frozenset(pointing[who].get(aligned.key(who, unit.node.id), ()))
        for _, units in together
        for who, unit in enumerate(units)
    )
    return np.array(labels, dtype=np.int64).reshape(len(together), len(aligned.names))
