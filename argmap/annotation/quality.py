"""How good annotators are: confusions of kinds, and shares of suggestions that they accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from argmap.annotation.alignment import Alignment
from argmap.model import ArgumentMap, Event, Status
from argmap.model.replay import fold

# Whoever accepts nearly all of this many suggestions may not be looking.
SUSPICIOUS_SHARE = 0.97
SUSPICIOUS_COUNT = 20


def acceptance(events: Iterable[Event]) -> dict[str, tuple[int, int]]:
    """Annotator -> how many suggestions they accepted, and how many they decided on."""
    counts: dict[str, tuple[int, int]] = {}
    for item in fold(events).items.values():
        if item.value.status is not Status.SUGGESTED:
            continue
        for name, accepted in item.verdicts.items():
            right, decided = counts.get(name, (0, 0))
            counts[name] = (right + accepted, decided + 1)
    return dict(sorted(counts.items()))


def confusion(maps: Mapping[str, ArgumentMap]) -> Counter[tuple[str, str]]:
    """How often a unit of one kind has which kind with another annotator; all pairs, both ways round."""
    found: Counter[tuple[str, str]] = Counter()
    for one, other in combinations(sorted(maps), 2):
        for _, (here, there) in Alignment({one: maps[one], other: maps[other]}).together():
            found[here.node.kind.value, there.node.kind.value] += 1
            found[there.node.kind.value, here.node.kind.value] += 1
    return found
