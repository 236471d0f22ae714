"""How good suggestions and annotators are: precision by confidence, confusions, shares of acceptance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from argmap.annotation.agreement import TOO_FEW
from argmap.annotation.alignment import Alignment
from argmap.model import ArgumentMap, Event, Status
from argmap.model.replay import Item, fold

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
# Whoever accepts nearly all of this many suggestions may not be looking.
SUSPICIOUS_SHARE = 0.97
SUSPICIOUS_COUNT = 20


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a miner's suggestions of like confidence people found right.

    Args:
        low, high: half-open bin of confidence; the last one is closed.
        right: accepted ones.
        decided: all that people decided on, ties left out.
    """

    low: float
    high: float
    right: int
    decided: int

    @property
    def value(self) -> float | None:
        """The share of right ones; None where there are too few to say."""
        return self.right / self.decided if self.decided >= TOO_FEW else None


def precision_by_confidence(events: Iterable[Event]) -> list[Precision]:
    """Precision of suggested nodes and links in each bin of `EDGES`, as adjudicators or most people decided.

    Cost: linear in the log.
    """
    right: Counter[int] = Counter()
    decided: Counter[int] = Counter()
    for item in fold(events).items.values():
        outcome = _outcome(item)
        if item.value.status is Status.SUGGESTED and outcome is not None:
            place = _bin(item.value.confidence)
            decided[place] += 1
            right[place] += outcome
    bins = pairwise(EDGES)
    return [Precision(low, high, right[at], decided[at]) for at, (low, high) in enumerate(bins)]


def _bin(confidence: float) -> int:
    above = sum(confidence >= edge for edge in EDGES[1:-1])
    return min(above, len(EDGES) - 2)


def _outcome(item: Item) -> bool | None:
    if item.ruling is not None:
        return item.ruling
    balance = sum(1 if accepted else -1 for accepted in item.verdicts.values())
    return balance > 0 if balance else None


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
