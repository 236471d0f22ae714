"""Precision by confidence, shares of acceptance and confusions, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debates import document, log, marked, unit

from argmap.annotation.quality import acceptance, confusion
from argmap.annotation.trust import Judged, Trust, bins, judged, parts
from argmap.model import Status, new_link
from argmap.model.events import Accepted, Adjudicated, DocumentAdded, NodeAdded, Rejected, Suggested, Undone

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
    (found,) = judged(events).values()
    counted = {(one.low, one.high): (one.right, one.decided, one.value) for one in bins(found)}
    assert counted[0.9, 1.0] == (4, 6, pytest.approx(4 / 6))
    assert counted[0.5, 0.6] == (0, 1, None)
    assert counted[0.0, 0.5] == (0, 0, None)


def test_each_miner_is_judged_by_itself_in_the_order_of_decisions() -> None:
    """Nodes and links of each miner apart; what was undone is no decision; the latest decision comes last."""
    other = replace(unit(TEXT, 0, 5, status=Status.SUGGESTED, by="llm@x"), confidence=0.4)
    link = new_link("supports", [IDS[0]], IDS[1], by="miner@1", status=Status.SUGGESTED, confidence=0.7)
    events = log(
        ("miner", DocumentAdded(TEXT)),
        ("miner", Suggested(nodes=(*MINED, other), links=(link,))),
        ("ann", Accepted((IDS[1],))),
        ("ann", Rejected((IDS[0], other.id, link.id))),
        ("ann", Rejected((IDS[3],)), "oops"),
        ("ann", Undone("oops")),
    )
    found = judged(events)
    assert [("llm@x", "nodes"), ("miner@1", "links"), ("miner@1", "nodes")] == list(found)
    assert [Judged(0.95, True, 3), Judged(0.95, False, 4)] == found["miner@1", "nodes"]


def test_decisions_are_cut_into_equal_parts_to_see_a_trend() -> None:
    """At most four, each of twenty at least, in their order."""
    found = [Judged(0.5, True, seq) for seq in range(90)]
    assert [22, 23, 22, 23] == [len(part) for part in parts(found)]
    assert [one for part in parts(found) for one in part] == found
    assert [39] == [len(part) for part in parts(found[:39])]


def test_the_chance_of_a_suggestion_is_what_was_measured_of_its_like() -> None:
    """Its own confidence where fewer than five like it were decided on, or none of this miner's."""
    trust = Trust({("miner@1", "nodes"): [Judged(0.95, seq < 1, seq) for seq in range(5)]})
    assert 0.2 == trust.chance(MINED[0])
    assert 0.3 == trust.chance(MINED[6])
    assert 0.95 == trust.chance(replace(MINED[0], by="llm@x"))


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
