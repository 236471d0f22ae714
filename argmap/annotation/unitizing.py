"""Agreement on units that annotators cut out of a text themselves: Krippendorff's alpha for unitizing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from argmap.model import Span
from argmap.model.comparison import overlapping

Marks = Sequence[Sequence[Span]]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Continuum:
    """A stretch of text that annotators cut units out of.

    Args:
        span: from where to where.
        marks: kind of unit -> for each annotator the spans, sorted; absent where nobody marked any.
    """

    span: Span
    marks: Mapping[str, Marks]


@dataclass(frozen=True, slots=True)
class _Sections:
    """All annotators' units of one kind and the gaps beside them: lengths, and number of the continuum."""

    units: Numbers
    unit_places: NDArray[np.int64]
    gaps: Numbers
    gap_places: NDArray[np.int64]


class Unitizing:
    """Alpha for unitizing (written with an index U), from continua that can be weighted.

    Unlike alpha over characters it sees where one unit ends and the next begins, and a lost unit weighs by
    the square of its length. Over several continua disagreements are added up; a gap ends with its continuum.

    Args:
        continua: in fixed order.
        annotators: how many there are.

    Source: Krippendorff 1995, Sociological Methodology 25; Krippendorff 2004, Content Analysis, section 11.6.
    """

    def __init__(self, continua: Sequence[Continuum], annotators: int) -> None:
        self.annotators = annotators
        self._lengths = np.array([len(continuum.span) for continuum in continua], dtype=float)
        kinds = sorted({kind for continuum in continua for kind in continuum.marks})
        self._sections = [_sections(continua, kind, annotators) for kind in kinds]
        differences = [sum(map(_difference, continuum.marks.values())) for continuum in continua]
        self._differences = np.array(differences, dtype=float)

    def alpha(self, weights: Numbers) -> float | None:
        """Alpha where each continuum counts so often; not defined where nobody marked anything."""
        length, raters = float(self._lengths @ weights), self.annotators
        expected = sum(self._expected(sections, weights, length) for sections in self._sections)
        if not expected:
            return None
        observed = 2 * float(self._differences @ weights) / (raters * (raters - 1) * length**2)
        return 1 - observed / expected

    def _expected(self, sections: _Sections, weights: Numbers, length: float) -> float:
        """The disagreement to expect if units and gaps of this kind were laid at random."""
        units, often = sections.units, weights[sections.unit_places]
        by_units = (often.sum() - 1) / 3 * (2 * units**3 - 3 * units**2 + units)
        by_gaps = units**2 * _room(units, sections.gaps, weights[sections.gap_places])
        ways = self.annotators * length
        total = ways * (ways - 1) - float(often @ (units * (units - 1)))
        return 2 / length * float(often @ (by_units + by_gaps)) / total if total > 0 else 0.0


def _room(units: Numbers, gaps: Numbers, often: Numbers) -> Numbers:
    """For each unit, in how many places the gaps (sorted by length) could hold it."""
    number = np.append(np.cumsum(often[::-1])[::-1], 0.0)
    length = np.append(np.cumsum((often * gaps)[::-1])[::-1], 0.0)
    first = np.searchsorted(gaps, units)
    room: Numbers = length[first] - (units - 1) * number[first]
    return room


def _sections(continua: Sequence[Continuum], kind: str, annotators: int) -> _Sections:
    units: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    for place, continuum in enumerate(continua):
        for spans in continuum.marks.get(kind, [()] * annotators):
            units += [(len(span), place) for span in spans]
            gaps += [(gap, place) for gap in _gaps(continuum.span, spans)]
    unit_lengths, unit_places = np.array(units, dtype=np.int64).reshape(-1, 2).T
    gap_lengths, gap_places = np.array(sorted(gaps), dtype=np.int64).reshape(-1, 2).T
    return _Sections(unit_lengths.astype(float), unit_places, gap_lengths.astype(float), gap_places)


def _gaps(whole: Span, spans: Sequence[Span]) -> Iterator[int]:
    """Lengths of what the spans leave over."""
    reached = whole.start
    for span in spans:
        if span.start > reached:
            yield span.start - reached
        reached = max(reached, span.end)
    if whole.end > reached:
        yield whole.end - reached


def _difference(marks: Marks) -> int:
    """Over each two annotators: squared distances of the ends of units that meet, squares of units alone."""
    return sum(_between(one, other) for one, other in combinations(marks, 2))


def _between(one: Sequence[Span], other: Sequence[Span]) -> int:
    pairs = [(one[here], other[there]) for here, there in overlapping(one, other)]
    met, met_by = {here for here, _ in pairs}, {there for _, there in pairs}
    alone = [span for span in one if span not in met] + [span for span in other if span not in met_by]
    apart = sum((here.start - there.start) ** 2 + (here.end - there.end) ** 2 for here, there in pairs)
    return apart + sum(len(span) ** 2 for span in alone)
