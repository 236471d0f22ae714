"""What to annotate next, and who does it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from argmap.annotation.adjudication import Disagreement
from argmap.annotation.alignment import Segment, segments_of, units_in
from argmap.errors import UnknownName
from argmap.model import ArgumentMap, Document, Node, content_id


@dataclass(frozen=True, slots=True)
class Task:
    """A segment to go through.

    Args:
        undecided: nodes in it that wait for a decision, in reading order.
        worth: what the order ranks by, high first.
    """

    segment: Segment
    undecided: tuple[str, ...] = ()
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task of one annotator.

    Args:
        shared: others do it too, so that agreement can be measured.
        blind: it is done without seeing suggestions, so that these do not sway it.
    """

    task: Task
    shared: bool
    blind: bool


Chances = Sequence[float]
"""For each node that waits in a segment, the chance that it is right."""
Worth = Callable[[Segment, Chances, Sequence[Disagreement]], float]


def _uncertainty(segment: Segment, chances: Chances, disputes: Sequence[Disagreement]) -> float:
    """How near the chances are to 0.5, on average: 1 at 0.5, 0 at certainty."""
    return sum(1 - abs(2 * chance - 1) for chance in chances) / max(1, len(chances))


def _disagreement(segment: Segment, chances: Chances, disputes: Sequence[Disagreement]) -> float:
    """How severe the disagreements in it are, together."""
    return sum(
        dispute.severity
        for dispute in disputes
        if dispute.document == segment.document and segment.start <= dispute.start < segment.end
    )


ORDERS: dict[str, Worth] = {
    "document": lambda segment, chances, disputes: 0.0,
    "uncertainty": _uncertainty,
    "disagreement": _disagreement,
}


def tasks(
    suggestions: ArgumentMap,
    *,
    order: str = "document",
    decided: Collection[str] = frozenset(),
    disputes: Iterable[Disagreement] = (),
    chance: Callable[[Node], float] = attrgetter("confidence"),
    cut: Callable[[Document], list[Segment]] = segments_of,
) -> list[Task]:
    """All segments, the most worthwhile first, in reading order where they are worth the same.

    Args:
        suggestions: documents, and the nodes that are proposed in them.
        order: ``document``, ``uncertainty`` or ``disagreement``.
        decided: nodes that this person decided on already (`argmap.annotation.decided`).
        disputes: from `argmap.annotation.adjudication.disagreements`, for the order by disagreement.
        chance: how likely a suggestion is right, for the order by uncertainty (`argmap.annotation.trust`).
        cut: how a document is cut into segments.

    Raises:
        UnknownName: there is no such order.
    """
    if order not in ORDERS:
        raise UnknownName("order", order, ORDERS)
    segments = [segment for document in suggestions.documents.values() for segment in cut(document)]
    by_document: dict[str, list[Disagreement]] = {}
    for dispute in disputes:
        by_document.setdefault(dispute.document, []).append(dispute)
    found = []
    for segment, units in zip(segments, units_in(suggestions, segments), strict=True):
        undecided = [unit for unit in units if unit.node.id not in decided]
        ids = tuple(dict.fromkeys(unit.node.id for unit in undecided))
        chances = [chance(unit.node) for unit in undecided]
        worth = ORDERS[order](segment, chances, by_document.get(segment.document, ()))
        found.append(Task(segment, ids, worth))
    return sorted(found, key=lambda task: -task.worth)


def assigned(
    of: Sequence[Task],
    annotators: Iterable[str],
    *,
    overlap: float = 0.2,
    blind: float = 0.2,
    together: int = 2,
) -> dict[str, list[Assignment]]:
    """Who does what: each task one annotator, a share of them several; the same every time.

    Everything hangs on hashes of segment and name, so that a further annotator takes tasks over from the
    others and nothing else moves.

    Args:
        overlap: share of the tasks that ``together`` annotators do.
        blind: share of the tasks that whoever does them does blind.

    Source: Thaler and Ravishankar 1998 (the highest hash of item and person wins).
    """
    found: dict[str, list[Assignment]] = {name: [] for name in sorted(set(annotators))}
    for task in of:
        where = (task.segment.document, task.segment.start, task.segment.end)
        shared = _drawn("overlap", *where) < overlap
        ranked = sorted(found, key=lambda name: content_id("", name, *where))
        for name in ranked[: together if shared else 1]:
            found[name].append(Assignment(task, shared, _drawn("blind", *where) < blind))
    return found


def _drawn(*parts: object) -> float:
    """A number in [0, 1) that hangs on nothing but the parts."""
    digits = content_id("", *parts)
    return int(digits, 16) / float(16 ** len(digits))
