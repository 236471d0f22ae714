"""Which stretches of two people's (or a person's and a miner's) marks are the same one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from argmap.model.document import Span

Rank = tuple[float, Span, Span]


def matched(one: Sequence[Span], other: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of places of spans that share half of the characters either covers, one to one, closest first.

    Args:
        one, other: spans in the same text, each sorted.

    Source: Persing and Ng 2016; Eger et al. 2017 (matching at 50 %).
    Cost: n log n in the spans, but for those that overlap within a side.
    """
    ranked = [(_rank(one[here], other[there]), here, there) for here, there in overlapping(one, other)]
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    pairs = []
    for (unshared, *_), here, there in sorted(ranked):
        if unshared <= 0.5 and here not in taken_here and there not in taken_there:
            taken_here.add(here)
            taken_there.add(there)
            pairs.append((here, there))
    return sorted(pairs)


def overlapping(one: Sequence[Span], other: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs of places of spans that have a character in common; both sides are sorted."""
    first = 0
    for here, span in enumerate(one):
        while first < len(other) and other[first].end <= span.start:
            first += 1
        for there in range(first, len(other)):
            if other[there].start >= span.end:
                break
            if span.overlap(other[there]):
                yield here, there


def _rank(one: Span, other: Span) -> Rank:
    """The share of characters they do not have in common, then what is the same from either side."""
    common = one.overlap(other)
    low, high = sorted((one, other))
    return 1 - common / (len(one) + len(other) - common), low, high
