"""Precision by confidence, shares of acceptance and confusions, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debates import document, log, marked, unit

from argmap.annotation.quality import acceptance, confusion, precision_by_confidence
from argmap.model import Status
from argmap.model.events import Accepted, Adjudicated, DocumentAdded, NodeAdded, Rejected, Suggested

TEXT = document(10)
MINED = tuple(
    replace(unit(TEXT, at * 20, at * 20 + 9, status=Status.SUGGESTED, by="miner@1"), confidence=confidence)
    for at, confidence in enumerate([0.95, 0.95, 0.9, 1.0, 0.92, 0.91, 0.3, 0.55, 0.55])
)
IDS = [node.id for node in MINED]
START = [("miner", DocumentAdded(TEXT)), ("miner", Suggested(nodes=MINED))]


def test_precision_by_confidence() -> None:
    """A ruling wins over votes, a tie says nothing, people's own nodes are not the machine's."""
    events = log(
        *START,
        ("ann", Accepted(tuple(IDS[:4]))),
        ("ann", Rejected((IDS[4], IDS[7]))),
        ("bob", Rejected((IDS[0], IDS[8]))),
        ("ann", Accepted((IDS[5], IDS[8]))),
        ("judge", Adjudicated((IDS[0],), False)),
        ("ann", NodeAdded(unit(TEXT, 190, 199))),
    )
    bins = {
        (one.low, one.high): (one.right, one.decided, one.value) for one in precision_by_confidence(events)
    }
    assert bins[0.9, 1.0] == (4, 6, pytest.approx(4 / 6))
    assert bins[0.5, 0.6] == (0, 1, None)
    assert bins[0.0, 0.5] == (0, 0, None)


def test_acceptance() -> None:
    """How many suggestions each accepted, of how many."""
    events = log(
        *START, ("ann", Accepted(tuple(IDS[:4]))), ("ann", Rejected((IDS[4],))), ("bob", Rejected((IDS[0],)))
    )
    assert acceptance(events) == {"ann": (4, 5), "bob": (0, 1)}


def test_confusion() -> None:
    """Units that match, by the kinds that each two annotators gave them, both ways round."""
    maps = {
        "a": marked(TEXT, [(0, 10, "claim"), (20, 30, "evidence"), (40, 50, "claim")]),
        "b": marked(TEXT, [(0, 10, "claim"), (20, 30, "claim")]),
    }
    assert confusion(maps) == {("claim", "claim"): 2, ("evidence", "claim"): 1, ("claim", "evidence"): 1}
