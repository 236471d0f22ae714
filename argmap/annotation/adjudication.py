"""Where annotators disagree, worst first: what is missing, of what kind, how linked, from where to where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from argmap.annotation.alignment import Classes, Key, Segment, Unit, units_in
from argmap.model import ArgumentMap, Link, Span

KINDS = ("missing", "kind", "link", "boundary")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one annotator says.

    Args:
        says: in words: ``claim [10, 42)``, ``n1 supports n2``, or ``nothing``.
        ids: their nodes or links.
    """

    annotator: str
    says: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing to settle.

    Args:
        kind: one of `KINDS`.
        document, start, end: where it is in the text; empty for a link between nodes without mentions.
        severity: in [0, 1): the share of annotators outside the largest camp; for a boundary, half of how
            much shorter the shortest span is than all of them together.
        opinions: one for each annotator who worked on the document, by name.
    """

    kind: str
    document: str
    start: int
    end: int
    severity: float
    opinions: tuple[Opinion, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Nodes or links of all sides."""
        return frozenset(item_id for opinion in self.opinions for item_id in opinion.ids)


@dataclass(slots=True)
class _Stretch:
    """Units of several annotators about the same words; those who marked nothing here have none in it."""

    document: str
    units: dict[str, list[Unit]] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        spans = [unit.span for units in self.units.values() for unit in units]
        return Span(min(span.start for span in spans), max(span.end for span in spans))


def disagreements(
    maps: Mapping[str, ArgumentMap], *, document: str | None = None, settled: Collection[str] = frozenset()
) -> list[Disagreement]:
    """What annotators say differently about the documents that two of them or more worked on, worst first.

    Args:
        maps: annotator -> own map (`argmap.annotation.own_maps`).
        document: only in this one.
        settled: ids that were ruled on; a disagreement over nothing else is left out.

    Cost: n log n in the units, but for those that overlap; linear in the links.
    """
    stretches = _stretches(dict(sorted(maps.items())))
    found = [one for stretch in stretches for one in _over_units(stretch)] + _over_links(maps, stretches)
    open_ones = [one for one in found if not one.ids <= set(settled) and document in (None, one.document)]
    return sorted(open_ones, key=lambda one: (-one.severity, KINDS.index(one.kind), one.document, one.start))


def _stretches(maps: Mapping[str, ArgumentMap]) -> list[_Stretch]:
    """The units of all annotators, those together of which one lies half in another."""
    found: list[_Stretch] = []
    documents = {
        name: text for argument_map in maps.values() for name, text in argument_map.documents.items()
    }
    whole = [Segment(name, 0, len(documents[name].text)) for name in sorted(documents)]
    by_annotator = {name: units_in(argument_map, whole) for name, argument_map in maps.items()}
    for place, segment in enumerate(whole):
        workers = [name for name in maps if segment.document in maps[name].documents]
        if len(workers) > 1:
            marked = [(unit, name) for name in workers for unit in by_annotator[name][place]]
            found += _stretches_in(segment.document, workers, marked)
    return found


def _stretches_in(
    document: str, workers: Sequence[str], marked: Iterable[tuple[Unit, str]]
) -> Iterable[_Stretch]:
    ordered = sorted(marked, key=lambda mark: (mark[0].span, mark[1], mark[0].node.id))
    classes = Classes()
    reaching: list[int] = []
    for here, (unit, name) in enumerate(ordered):
        reaching = [there for there in reaching if ordered[there][0].span.end > unit.span.start]
        for there in reaching:
            if ordered[there][1] != name and _is_half_in(ordered[there][0].span, unit.span):
                classes.join(here, there)
        reaching.append(here)
    stretches: dict[Key, _Stretch] = {}
    for here, (unit, name) in enumerate(ordered):
        empty = _Stretch(document, {worker: [] for worker in workers})
        stretches.setdefault(classes.of(here), empty).units[name].append(unit)
    return stretches.values()


def _is_half_in(one: Span, other: Span) -> bool:
    return 2 * one.overlap(other) >= min(len(one), len(other)) > 0


def _over_units(stretch: _Stretch) -> Iterator[Disagreement]:
    marked = [units for units in stretch.units.values() if units]
    kinds = [tuple(sorted({unit.node.kind for unit in units})) for units in marked]
    spans = [unit.span for units in marked for unit in units]
    absent = len(stretch.units) - len(marked)
    severities = {
        "missing": min(absent, len(marked)) / len(stretch.units),
        "kind": _outside_largest(kinds),
        "boundary": _uneven(spans),
    }
    opinions = tuple(_on_units(name, units) for name, units in stretch.units.items())
    for kind, severity in severities.items():
        if severity:
            yield _at(stretch, kind, severity, opinions)


def _at(stretch: _Stretch, kind: str, severity: float, opinions: tuple[Opinion, ...]) -> Disagreement:
    span = stretch.span
    return Disagreement(kind, stretch.document, span.start, span.end, severity, opinions)


def _on_units(name: str, units: Sequence[Unit]) -> Opinion:
    says = "; ".join(f"{unit.node.kind} [{unit.span.start}, {unit.span.end})" for unit in units)
    return Opinion(name, says or "nothing", tuple(unit.node.id for unit in units))


def _uneven(spans: Sequence[Span]) -> float:
    """Half of the share of the stretch that the shortest span lacks; half, for a missing unit is worse."""
    whole = max(span.end for span in spans) - min(span.start for span in spans)
    return (1 - min(map(len, spans)) / whole) / 2 if len(set(spans)) > 1 else 0.0


def _outside_largest(camps: Sequence[Hashable]) -> float:
    return 1 - max(Counter(camps).values()) / len(camps)


@dataclass(slots=True)
class _Tie:
    """What annotators say about the same two ends: (kind, from, to) of each, and their links."""

    ends: tuple[Key, Key]
    said: dict[str, set[tuple[str, Key, Key]]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, Link]]] = field(default_factory=dict)


def _over_links(maps: Mapping[str, ArgumentMap], stretches: Sequence[_Stretch]) -> list[Disagreement]:
    keys = {
        (name, unit.node.id): place
        for place, stretch in reversed(list(enumerate(stretches)))
        for name, units in stretch.units.items()
        for unit in units
    }
    ties: dict[Key, _Tie] = {}
    for name, argument_map in sorted(maps.items()):
        for link in argument_map.links.values():
            target = _end(name, link.target, argument_map, keys)
            for source in link.sources:
                ends = (_end(name, source, argument_map, keys), target)
                tie = ties.setdefault(frozenset(ends), _Tie(ends))
                tie.said.setdefault(name, set()).add((link.kind.value, *ends))
                tie.links.setdefault(name, []).append((source, link))
    compared = (_over_tie(tie, stretches, sorted(maps)) for tie in ties.values())
    return [one for one in compared if one.severity]


def _end(name: str, item_id: str, argument_map: ArgumentMap, keys: Mapping[tuple[str, str], int]) -> Key:
    """What stands for a node with everybody: the number of its stretch, else its id; for a link, its ends."""
    link = argument_map.links.get(item_id)
    if link is None:
        return keys.get((name, item_id), item_id)
    ends = (link.sources[0], link.target)
    return tuple(keys.get((name, end), end) for end in ends)


def _over_tie(tie: _Tie, stretches: Sequence[_Stretch], names: Sequence[str]) -> Disagreement:
    anchors = [stretches[end] for end in tie.ends if isinstance(end, int)]
    concerned = [name for name in names if all(name in anchor.units for anchor in anchors)]
    severity = _outside_largest([frozenset(tie.said.get(name, ())) for name in concerned] or [None])
    opinions = tuple(_on_links(name, tie.links.get(name, ())) for name in concerned)
    if not anchors:
        return Disagreement("link", "", 0, 0, severity, opinions)
    return _at(anchors[0], "link", severity, opinions)


def _on_links(name: str, links: Iterable[tuple[str, Link]]) -> Opinion:
    held = list(links)
    says = "; ".join(f"{source} {link.kind} {link.target}" for source, link in held)
    return Opinion(name, says or "nothing", tuple(dict.fromkeys(link.id for _, link in held)))
