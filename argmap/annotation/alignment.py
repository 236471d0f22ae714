"""Several annotators' maps side by side: what all did, which units are the same, what they link to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from argmap.model import ArgumentMap, Document, Node, Span
from argmap.model.comparison import matched

_DEEPEST_UNDERCUT = 8
_FARTHEST = 2**31

Key = Hashable
Arrow = tuple[str, Key, Key]


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A stretch that is given out, done and counted as one: a turn, or a document without turns."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One mention of a node in somebody's map."""

    span: Span
    node: Node


def segments_of(document: Document) -> list[Segment]:
    """The document's turns, but for those that repeat another; else the whole of it."""
    turns = [turn for turn in document.turns if turn.repeat_of is None]
    stretches = [(turn.start, turn.end) for turn in turns] or [(0, len(document.text))]
    return [Segment(document.id, start, end) for start, end in sorted(stretches)]


def units_in(argument_map: ArgumentMap, segments: Sequence[Segment]) -> list[list[Unit]]:
    """The units that start in each segment (or behind it, before the next), sorted. Cost: n log n."""
    found: list[list[Unit]] = [[] for _ in segments]
    documents = {segment.document for segment in segments}
    for node in argument_map.nodes.values():
        for mention in node.mentions:
            if mention.document in documents:
                place = bisect_right(segments, Segment(mention.document, mention.start, _FARTHEST)) - 1
                before_first = place < 0 or segments[place].document != mention.document
                found[place + before_first].append(Unit(mention.span, node))
    return [sorted(units, key=lambda unit: (unit.span, unit.node.id)) for units in found]


class Classes:
    """Things that were said to be the same, in classes (union by path halving)."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def join(self, one: Key, other: Key) -> None:
        """Say that two things are the same."""
        self._above[self.of(one)] = self.of(other)

    def of(self, thing: Key) -> Key:
        """The thing that stands for all that are the same as this one."""
        self._above.setdefault(thing, thing)
        while self._above[thing] != thing:
            self._above[thing] = thing = self._above[self._above[thing]]
        return thing


class Alignment:
    """Maps of the same documents, unit by unit.

    Args:
        maps: annotator -> own map.
        documents: compare these; where it is not said, the documents that all of the maps have.
    """

    def __init__(self, maps: Mapping[str, ArgumentMap], documents: Iterable[Document] | None = None) -> None:
        self.maps = dict(sorted(maps.items()))
        self.names = tuple(self.maps)
        self.documents = _common(self.maps.values()) if documents is None else list(documents)
        self.segments = [segment for document in self.documents for segment in segments_of(document)]
        self.units = [units_in(argument_map, self.segments) for argument_map in self.maps.values()]

    def by_two(self) -> list[Alignment]:
        """The same documents for each two of the annotators."""
        pairs = combinations(self.maps.items(), 2)
        return [self] if len(self.names) == 2 else [Alignment(dict(two), self.documents) for two in pairs]

    @cached_property
    def pairs(self) -> dict[tuple[int, int], list[dict[int, int]]]:
        """For two annotators (by number): in each segment, which unit of the one is which of the other."""
        return {
            (one, other): [
                dict(matched([unit.span for unit in here], [unit.span for unit in there]))
                for here, there in zip(self.units[one], self.units[other], strict=True)
            ]
            for one, other in combinations(range(len(self.names)), 2)
        }

    def together(self) -> Iterator[tuple[int, tuple[Unit, ...]]]:
        """Units that all marked and that match for each two of them, with the number of their segment."""
        for segment in range(len(self.segments)):
            for first in range(len(self.units[0][segment])):
                row = self._row(segment, first)
                if row is not None:
                    yield segment, tuple(self.units[who][segment][place] for who, place in enumerate(row))

    def _row(self, segment: int, first: int) -> list[int] | None:
        """For each annotator the unit that is the first one's, where all of them match each other."""
        row = [first]
        for other in range(1, len(self.names)):
            place = self.pairs[0, other][segment].get(first)
            agreed = all(self.pairs[one, other][segment].get(row[one]) == place for one in range(1, other))
            if place is None or not agreed:
                return None
            row.append(place)
        return row

    @cached_property
    def _classes(self) -> Classes:
        classes = Classes()
        for (one, other), by_segment in self.pairs.items():
            for segment, pairs in enumerate(by_segment):
                for here, there in pairs.items():
                    left, right = self.units[one][segment][here], self.units[other][segment][there]
                    classes.join((one, left.node.id), (other, right.node.id))
        return classes

    @cached_property
    def _places(self) -> list[dict[str, int]]:
        """For each annotator: node -> segment of its first unit."""
        return [
            {unit.node.id: place for place in reversed(range(len(found))) for unit in found[place]}
            for found in self.units
        ]

    def key(self, who: int, node_id: str) -> Key | None:
        """What stands for a node in everybody's maps; None for one in texts that not all of them did."""
        if node_id in self._places[who]:
            return self._classes.of((who, node_id))
        node = self.maps[self.names[who]].nodes.get(node_id)
        return node_id if node is not None and not node.mentions else None

    def arrows(self, who: int) -> dict[Arrow, int]:
        """Links of one annotator, source by source, as (kind, source, target) -> segment of the source.

        A link is left out where one of its ends is in a text that not all of them did.
        """
        found: dict[Arrow, int] = {}
        for link in self.maps[self.names[who]].links.values():
            target = self._target(who, link.target)
            for source in link.sources:
                start, place = self.key(who, source), self._places[who].get(source)
                if target is not None and start is not None and place is not None:
                    found[link.kind.value, start, target] = place
        return found

    def _target(self, who: int, target: str) -> Key | None:
        """What stands for a link's target: a node, or for an undercut the ends of the link it aims at."""
        links = self.maps[self.names[who]].links
        path: list[Key | None] = []
        while target in links and len(path) < _DEEPEST_UNDERCUT:
            path.append(self.key(who, links[target].sources[0]))
            target = links[target].target
        path.append(self.key(who, target))
        if None in path:
            return None
        return path[0] if len(path) == 1 else tuple(path)


def _common(maps: Iterable[ArgumentMap]) -> list[Document]:
    first, *others = maps
    names = set(first.documents).intersection(*(argument_map.documents for argument_map in others))
    return [first.documents[name] for name in sorted(names)]


def numbered(values: Iterable[Hashable]) -> list[int]:
    """Each value as a number, equal ones alike."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]
