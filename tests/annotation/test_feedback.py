"""Annotators hear where a ruling differs from what they had; what all agree on is found."""

from __future__ import annotations

from debates import document, log, unit

from argmap.annotation import own_maps
from argmap.annotation.feedback import agreed, feedback
from argmap.model import Status, new_link
from argmap.model.events import (
    Accepted,
    Adjudicated,
    DocumentAdded,
    LinkAdded,
    NodeAdded,
    Rejected,
    Revised,
    Suggested,
    Undone,
)

TEXT = document()
ONE, TWO = (unit(TEXT, at, at + 9, status=Status.SUGGESTED, by="miner@1") for at in (0, 20))
OTHER = unit(TEXT, 2, 9, "evidence")
START = [("miner", DocumentAdded(TEXT)), ("miner", Suggested(nodes=(ONE, TWO)))]


def told(events: list, name: str) -> list[tuple[str, str, str]]:
    return [(one.id, one.yours, one.ruling) for one in feedback(events, name)]


def test_who_differs_hears_of_it() -> None:
    """The one who rejected it, not the one who accepted it."""
    events = log(
        *START,
        ("ann", Accepted((ONE.id,))),
        ("bob", Rejected((ONE.id,))),
        ("judge", Adjudicated((ONE.id,), True)),
    )
    assert told(events, "ann") == []
    assert told(events, "bob") == [(ONE.id, "rejected", "accepted as claim [0, 9)")]


def test_a_ruling_for_a_third_version() -> None:
    """Where the ruling changes what both had, both hear it; their own agreement stays as it was."""
    ruling = [
        ("judge", Revised(ONE.id, {"text": "x", "mentions": OTHER.mentions}), "o"),
        ("judge", Adjudicated((ONE.id,), True), "o"),
    ]
    before = log(*START, ("ann", Accepted((ONE.id,))), ("bob", Accepted((ONE.id,))))
    events = log(*START, ("ann", Accepted((ONE.id,))), ("bob", Accepted((ONE.id,))), *ruling)
    expected = [(ONE.id, "accepted as claim [0, 9)", "accepted as claim [2, 9)")]
    assert told(events, "ann") == told(events, "bob") == expected
    assert own_maps(events) == own_maps(before)


def test_what_somebody_missed_counts_once() -> None:
    """Who had something else there hears of that alone; who had nothing hears what is right."""
    events = log(
        *START,
        ("ann", Accepted((ONE.id,))),
        ("bob", NodeAdded(OTHER)),
        ("cy", Accepted((TWO.id,))),
        ("judge", Adjudicated((OTHER.id,), True), "o"),
        ("judge", Adjudicated((ONE.id,), False), "o"),
    )
    assert told(events, "ann") == [(ONE.id, "accepted as claim [0, 9)", "rejected")]
    assert told(events, "bob") == []
    assert told(events, "cy") == [(OTHER.id, "not in your map", "accepted as evidence [2, 9)")]
    assert told(events, "dee") == []


def test_an_undone_ruling_is_none() -> None:
    """Taken back, nobody hears of it; ruled again, the last ruling counts."""
    events = log(
        *START,
        ("ann", Accepted((ONE.id,))),
        ("judge", Adjudicated((ONE.id,), False), "first"),
        ("judge", Undone("first")),
    )
    assert told(events, "ann") == []
    assert told([*events, *log(*START, ("judge", Adjudicated((ONE.id,), True)))[2:]], "ann") == []


def test_agreed() -> None:
    """What everybody who worked on a text has alike, and nobody has ruled on."""
    link = new_link("supports", [TWO.id], ONE.id)
    both = [
        (name, change) for name in ("ann", "bob") for change in (Accepted((ONE.id, TWO.id)), LinkAdded(link))
    ]
    events = log(*START, *both, ("ann", NodeAdded(OTHER)))
    assert set(agreed(own_maps(events))) == {ONE.id, TWO.id, link.id}
    assert set(agreed(own_maps(events), settled={TWO.id})) == {ONE.id, link.id}
    revised = [*events, *log(*events_of(events), ("bob", Revised(ONE.id, {"kind": TWO.kind.EVIDENCE})))[-1:]]
    assert ONE.id not in agreed(own_maps(revised))


def events_of(events: list) -> list:
    return [(event.by.name, event.change, event.operation) for event in events]
