"""How far each miner's suggestions can be trusted: what people found right, by confidence and over time."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from argmap.annotation.agreement import TOO_FEW
from argmap.model import Event, Link, Node, Status
from argmap.model.events import Suggested
from argmap.model.replay import Item, fold, undone_operations

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
PARTS = 4
"""Into how many equal parts decisions are cut, at most, to see a trend."""
LEAST_PART = 20

Group = tuple[str, str]
"""Miner, and ``nodes`` or ``links``."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A suggestion that people decided on.

    Args:
        confidence: of the miner.
        is_right: as the adjudicator or most people decided.
        seq: place of the last decision in the log.
    """

    confidence: float
    is_right: bool
    seq: int


@dataclass(frozen=True, slots=True)
class Precision:
    """How many suggestions of like confidence people found right.

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


def judged(events: Iterable[Event]) -> dict[Group, list[Judged]]:
    """The suggestions of each miner that people decided on, in the order of the last decision. Linear."""
    log = list(events)
    last = _last_decisions(log)
    found: dict[Group, list[Judged]] = defaultdict(list)
    for item in fold(log).items.values():
        outcome = _outcome(item)
        if item.value.status is Status.SUGGESTED and outcome is not None:
            found[group_of(item.value)].append(
                Judged(item.value.confidence, outcome, last.get(item.value.id, 0))
            )
    return {group: sorted(own, key=lambda one: one.seq) for group, own in sorted(found.items())}


def group_of(item: Node | Link) -> Group:
    """Who suggested it, and what it is."""
    return item.by or "unknown", "nodes" if isinstance(item, Node) else "links"


def _last_decisions(log: Sequence[Event]) -> dict[str, int]:
    undone = undone_operations(log)
    return {
        target: event.seq
        for event in log
        if event.operation not in undone and not isinstance(event.change, Suggested)
        for target in event.change.targets
    }


def _outcome(item: Item) -> bool | None:
    if item.ruling is not None:
        return item.ruling
    balance = sum(1 if accepted else -1 for accepted in item.verdicts.values())
    return balance > 0 if balance else None


def bins(found: Iterable[Judged]) -> list[Precision]:
    """Precision in each bin of `EDGES`."""
    right: Counter[int] = Counter()
    decided: Counter[int] = Counter()
    for one in found:
        decided[_bin(one.confidence)] += 1
        right[_bin(one.confidence)] += one.is_right
    return [Precision(low, high, right[at], decided[at]) for at, (low, high) in enumerate(pairwise(EDGES))]


def _bin(confidence: float) -> int:
    return bisect_right(EDGES[1:-1], confidence)


def parts(found: Sequence[Judged]) -> list[Sequence[Judged]]:
    """The decisions cut into equal parts, earliest first; fewer parts than `PARTS` where there is little."""
    count = max(1, min(PARTS, len(found) // LEAST_PART))
    borders = [len(found) * place // count for place in range(count + 1)]
    return [found[start:end] for start, end in pairwise(borders)]


class Trust:
    """The chance that a suggestion is right, as far as decisions on others tell.

    Args:
        found: what people decided on (`judged`).
    """

    def __init__(self, found: Mapping[Group, Iterable[Judged]]) -> None:
        self._bins = {group: bins(own) for group, own in found.items()}

    def chance(self, item: Node | Link) -> float:
        """Precision of suggestions like it; its own confidence where too few of them were decided on."""
        measured = self._bins.get(group_of(item))
        value = measured[_bin(item.confidence)].value if measured else None
        return item.confidence if value is None else value
