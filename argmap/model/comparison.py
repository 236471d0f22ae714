"""Which stretches of two people's (or a person's and a miner's) marks are the same one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from argmap.model.document import Span

Match = tuple[tuple[float, Span, Span], int, int]


def matched(one: Sequence[Span], other: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of places of spans that share half of the characters either covers, one to one, closest first.

    Args:
        one, other: spans in the same text, each sorted.

    Source: Persing and Ng 2016; Eger et al. 2017 (matching at 50 %).
    Cost: n log n in the spans, but for those that overlap within a side.
    """
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    pairs = []
    for _, here, there in sorted(_overlapping(one, other)):
        if here not in taken_here and there not in taken_there:
            taken_here.add(here)
            taken_there.add(there)
            pairs.append((here, there))
    return sorted(pairs)


def _overlapping(one: Sequence[Span], other: Sequence[Span]) -> Iterator[Match]:
    """Pairs that match at all, with a rank that is the same from either side."""
    first = 0
    for here, span in enumerate(one):
        while first < len(other) and other[first].end <= span.start:
            first += 1
        for there in range(first, len(other)):
            if other[there].start >= span.end:
                break
            share = _share(span, other[there])
            if share >= 0.5:
                low, high = sorted((span, other[there]))
                yield (-share, low, high), here, there


def _share(one: Span, other: Span) -> float:
    common = one.overlap(other)
    return common / (len(one) + len(other) - common) if common else 0.0
