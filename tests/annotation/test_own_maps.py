"""Own maps hold what a person decided, and nothing of what the others did."""

from __future__ import annotations

from dataclasses import replace

from debates import document, log, unit
from hypothesis import given
from hypothesis import strategies as st

from argmap.annotation import decided, own_maps, settled
from argmap.model import Status, new_link, replay
from argmap.model.events import (
    Accepted,
    Adjudicated,
    DocumentAdded,
    LinkAdded,
    Merged,
    NodeAdded,
    Rejected,
    Revised,
    Suggested,
    Undone,
)

TEXT = document()
ONE, TWO, THREE = unit(TEXT, 0, 9), unit(TEXT, 20, 29), unit(TEXT, 40, 49)
LINK = new_link("supports", [TWO.id], ONE.id)
MINED = tuple(replace(node, status=Status.SUGGESTED, by="miner") for node in (ONE, TWO))
START = [("miner", DocumentAdded(TEXT)), ("miner", Suggested(nodes=MINED))]


def nodes_of(events: list, name: str) -> list[str]:
    return sorted(own_maps(events)[name].nodes)


def test_accepted_and_added() -> None:
    """What a person accepted or added is in their map; the others' decisions are not."""
    events = log(
        *START, ("ann", Accepted((ONE.id,))), ("bob", NodeAdded(THREE)), ("bob", Rejected((ONE.id,)))
    )
    assert nodes_of(events, "ann") == [ONE.id]
    assert nodes_of(events, "bob") == [THREE.id]
    assert set(own_maps(events)) == {"ann", "bob"}


def test_others_revisions_do_not_count() -> None:
    """A person sees their own revision, the others what was suggested."""
    events = log(*START, ("ann", Revised(ONE.id, {"text": "better"})), ("bob", Accepted((ONE.id,))))
    maps = own_maps(events)
    assert [maps[name].nodes[ONE.id].text for name in ("ann", "bob")] == ["better", ONE.text]


def test_accepting_what_another_added() -> None:
    """What one person added, another can accept."""
    events = log(*START, ("ann", NodeAdded(THREE)), ("bob", Accepted((THREE.id,))))
    assert nodes_of(events, "bob") == [THREE.id]


def test_undone_does_not_count() -> None:
    """An undone operation never happened, and an undone undo did."""
    undone = [
        *START,
        ("ann", Accepted((TWO.id,))),
        ("ann", Accepted((ONE.id,)), "x"),
        ("ann", Undone("x"), "y"),
    ]
    assert nodes_of(log(*undone), "ann") == [TWO.id]
    assert nodes_of(log(*undone, ("ann", Undone("y"))), "ann") == sorted([ONE.id, TWO.id])


def test_adjudication_does_not_count() -> None:
    """A ruling changes nobody's own map, but is known as settled."""
    events = log(*START, ("ann", Accepted((ONE.id,))), ("eve", Adjudicated((ONE.id,), accepted=False)))
    assert nodes_of(events, "ann") == [ONE.id]
    assert settled(events) == {ONE.id}


def test_own_merges_only() -> None:
    """A merge makes one node in the map of whoever made it, with both mentions."""
    deeds = [*START, ("ann", Accepted((ONE.id,))), ("bob", Accepted((ONE.id, TWO.id)))]
    maps = own_maps(log(*deeds, ("ann", Merged(ONE.id, (TWO.id,)))))
    assert {name: sorted(own.nodes) for name, own in maps.items()} == {
        "ann": [ONE.id],
        "bob": sorted([ONE.id, TWO.id]),
    }
    assert maps["ann"].nodes[ONE.id].mentions == (*ONE.mentions, *TWO.mentions)


def test_links_need_their_ends() -> None:
    """A link is in a person's map where both its ends are."""
    deeds = [*START, ("ann", LinkAdded(LINK)), ("ann", Accepted((ONE.id,)))]
    assert list(own_maps(log(*deeds))["ann"].links) == []
    assert list(own_maps(log(*deeds, ("ann", Accepted((TWO.id,)))))["ann"].links) == [LINK.id]


def test_worked_on() -> None:
    """Documents are those where something was decided, a rejection too."""
    other = document(salt="other")
    nodes = [replace(unit(other, 0, 9), status=Status.SUGGESTED)]
    deeds = [*START, ("miner", DocumentAdded(other)), ("miner", Suggested(nodes=tuple(nodes)))]
    decisions = [
        ("ann", Accepted((ONE.id,))),
        ("bob", Accepted((ONE.id,))),
        ("bob", Rejected((nodes[0].id,))),
    ]
    maps = own_maps(log(*deeds, *decisions))
    assert set(maps["ann"].documents) == {TEXT.id}
    assert set(maps["bob"].documents) == {TEXT.id, other.id}


def test_brought_maps() -> None:
    """Maps brought from elsewhere are their makers', and what both marked alike is both's."""
    brought = [("joe", Suggested(nodes=(replace(ONE, by=name),))) for name in ("ann", "bob")]
    events = log(("joe", DocumentAdded(TEXT)), *brought)
    assert {name: list(own.nodes) for name, own in own_maps(events).items()} == {
        "ann": [ONE.id],
        "bob": [ONE.id],
    }


def test_decided() -> None:
    """Accepted, rejected and added is decided; what is only suggested is not."""
    events = log(
        *START, ("ann", Rejected((ONE.id,))), ("ann", NodeAdded(THREE)), ("bob", Accepted((TWO.id,)))
    )
    assert decided(events, "ann") == {ONE.id, THREE.id}


DEEDS = st.lists(
    st.one_of(
        st.sampled_from([Accepted((ONE.id,)), Accepted((TWO.id,)), Rejected((ONE.id,)), NodeAdded(THREE)]),
        st.builds(
            Revised, st.sampled_from([ONE.id, TWO.id]), st.fixed_dictionaries({"text": st.text(max_size=3)})
        ),
        st.builds(Undone, st.integers(3, 12).map("o{}".format)),
    ),
    max_size=10,
)


@given(DEEDS)
def test_alone_it_is_the_map(changes: list) -> None:
    """Of one person working alone, the own map has just the nodes that are accepted in the whole map."""
    events = log(*START, *(("ann", change) for change in changes))
    whole = replay(events)
    expected = {node.id: node for node in whole.nodes.values() if node.status is Status.ACCEPTED}
    own = own_maps(events)
    assert (own["ann"].nodes if own else {}) == expected
