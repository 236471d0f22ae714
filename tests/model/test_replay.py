"""Replay: pure, total and linear; undo and merges as people expect them."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.model import Agent, AgentKind, Event, Link, LinkKind, Mention, Node, NodeKind, Status, replay
from argmap.model.events import (
    Accepted,
    Adjudicated,
    Change,
    DocumentAdded,
    LinkAdded,
    Merged,
    NodeAdded,
    Rejected,
    Revised,
    Suggested,
    TurnsCorrected,
    Undone,
    Unmerged,
)
from argmap.model.replay import Item, fold, resolved_map, roots, undone_operations
from tests.histories import AT, agents, changes, logs, people

ANN, BOB = Agent("ann"), Agent("bob")
MINER = Agent("argmap", AgentKind.MINER, "1")


def history(*steps: tuple[Agent, Change] | Change) -> list[Event]:
    """A log with one operation a step, named o1, o2 ...; Ann did it where nobody is named."""
    pairs = [step if isinstance(step, tuple) else (ANN, step) for step in steps]
    return [Event(n, f"o{n}", by, AT, change) for n, (by, change) in enumerate(pairs, start=1)]


def claim(name: str, *places: Mention, **others: Any) -> Node:
    """A node of this id."""
    return Node(name, NodeKind.CLAIM, f"words of {name}", places, **others)


def support(name: str, source: str, target: str) -> Link:
    """A link of this id."""
    return Link(name, LinkKind.SUPPORTS, (source,), target)


def has_all_ends(log: list[Event]) -> None:
    """Replay them, and look for links without ends."""
    found = replay(log)
    assert all(link.target in found.nodes or link.target in found.links for link in found.links.values())
    assert all(source in found.nodes for link in found.links.values() for source in link.sources)


@settings(max_examples=60)
@given(logs)
def test_replay_is_total(log: list[Event]) -> None:
    """Any events, also nonsense (absent ids, rings of merges, undos of undos and of nothing), give a map."""
    has_all_ends(log)


@pytest.mark.slow
@settings(max_examples=3_000)
@given(logs)
def test_replay_is_total_on_many_histories(log: list[Event]) -> None:
    """As above, longer."""
    has_all_ends(log)


@settings(max_examples=25)
@given(logs)
def test_replay_is_pure(log: list[Event]) -> None:
    """The same events give the same map, and are not changed by it."""
    before = deepcopy(log)
    assert replay(log) == replay(iter(log))
    assert log == before


@settings(max_examples=25)
@given(logs, st.data())
def test_folding_some_ids_gives_what_folding_all_gives_for_them(log: list[Event], data: Any) -> None:
    """A store may fold one item again without reading the others."""
    whole = fold(log)
    wanted = data.draw(st.sets(st.sampled_from(sorted({*whole.items, *whole.documents, "absent"}))))
    part = fold(list(log), only=wanted)
    assert part.items == {key: item for key, item in whole.items.items() if key in wanted}
    assert part.documents == {key: text for key, text in whole.documents.items() if key in wanted}


@settings(max_examples=25)
@given(logs, agents, st.lists(changes, min_size=1, max_size=3))
def test_doing_and_undoing_is_doing_nothing(log: list[Event], by: Agent, done: list[Change]) -> None:
    """An operation that is undone leaves the map as it was; undoing the undo brings it back."""
    done = [change for change in done if not isinstance(change, Undone)]
    start = len(log) + 1
    more = [Event(start + n, "fresh", by, AT, change) for n, change in enumerate(done)]
    undo = Event(start + len(more), "taking back", by, AT, Undone("fresh"))
    redo = Event(start + len(more) + 1, "again", by, AT, Undone("taking back"))
    assert replay([*log, *more, undo]) == replay(log)
    assert replay([*log, *more, undo, redo]) == replay([*log, *more])


@settings(max_examples=25)
@given(logs)
def test_clocks_do_not_matter(log: list[Event]) -> None:
    """Order is by sequence; a clock that runs backwards changes nothing."""
    odd = [Event(e.seq, e.operation, e.by, f"19{99 - e.seq}", e.change, e.because) for e in log]
    assert replay(odd) == replay(log)


@pytest.mark.parametrize("shape", ["chain", "ring", "star", "ring with a tail"])
def test_merges_resolve_in_linear_time(shape: str) -> None:
    """Roots of n merged nodes need about n look-ups, whatever the shape of the merges."""

    def visits(count: int) -> int:
        upper = {
            "chain": lambda n: f"n{n + 1}" if n + 1 < count else None,
            "ring": lambda n: f"n{(n + 1) % count}",
            "star": lambda n: "n0" if n else None,
            "ring with a tail": lambda n: f"n{n + 1}" if n + 1 < count else f"n{count // 2}",
        }[shape]
        looked: Counter[str] = Counter()

        class Items(dict[str, Item]):
            def __getitem__(self, key: str) -> Item:
                looked[key] += 1
                return super().__getitem__(key)

        roots(Items({f"n{n}": Item(claim(f"n{n}"), merged_into=upper(n)) for n in range(count)}))
        return looked.total()

    assert visits(2_000) <= 2.5 * visits(1_000)


def test_a_chain_of_merges_ends_at_its_last_node() -> None:
    """Merging b into a and a into c makes all one node, which has every mention once."""
    place, other = Mention("d", 0, 3, "Tim"), Mention("d", 5, 9)
    log = history(
        Suggested((claim("a", place), claim("b", other), claim("c", place))),
        Merged("a", ("b",)),
        Merged("c", ("a",)),
    )
    found = replay(log)
    assert list(found.nodes) == ["c"]
    assert found.nodes["c"].mentions == (place, other)


def test_a_ring_of_merges_merges_nothing() -> None:
    """Two people who merge a into b and b into a at once lose neither node."""
    log = history(Suggested((claim("a"), claim("b"))), Merged("a", ("b",)), (BOB, Merged("b", ("a",))))
    assert list(replay(log).nodes) == ["a", "b"]


def test_links_follow_a_merge_and_come_back() -> None:
    """Links of an absorbed node are those of the kept one; unmerging gives them back exactly."""
    start = history(
        Suggested((claim("a"), claim("b"), claim("c")), (support("l1", "a", "b"), support("l2", "b", "c")))
    )
    merged = [*start, Event(2, "m", ANN, AT, Merged("c", ("b",)))]
    assert [(k.sources, k.target) for k in replay(merged).links.values()] == [(("a",), "c")]
    assert replay([*merged, Event(3, "u", BOB, AT, Unmerged("b"))]) == replay(start)
    assert replay([*merged, Event(3, "u", ANN, AT, Undone("m"))]) == replay(start)


@pytest.mark.parametrize("kept", ["l1", "absent", "a"])
def test_a_merge_into_something_that_is_no_other_node_merges_nothing(kept: str) -> None:
    """Nothing vanishes by a merge into a link, into something absent, or into itself."""
    start = history(Suggested((claim("a"), claim("b")), (support("l1", "a", "b"),)))
    assert replay([*start, Event(2, "m", ANN, AT, Merged(kept, ("a",)))]) == replay(start)


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        ([], Status.SUGGESTED),
        ([(ANN, Accepted(("a",)))], Status.ACCEPTED),
        ([(ANN, Rejected(("a",)))], Status.REJECTED),
        ([(ANN, Accepted(("a",))), (BOB, Rejected(("a",)))], Status.DISPUTED),
        ([(ANN, Accepted(("a",))), (ANN, Rejected(("a",)))], Status.REJECTED),
        ([(ANN, Rejected(("a",))), (BOB, Revised("a", {"text": "New"}))], Status.DISPUTED),
        ([(BOB, Adjudicated(("a",), False)), (ANN, Accepted(("a",)))], Status.REJECTED),
        ([(MINER, Accepted(("a",)))], Status.SUGGESTED),
        ([(ANN, Accepted(("a",))), (BOB, Rejected(("a",))), (BOB, Undone("o3"))], Status.ACCEPTED),
    ],
)
def test_status_is_what_the_standing_decisions_amount_to(
    decisions: list[tuple[Agent, Change]], status: Status
) -> None:
    """Each person's last decision counts, an adjudicator's wins, a program's counts for nothing."""
    log = history((MINER, Suggested((claim("a", status=Status.SUGGESTED),))), *decisions)
    assert replay(log).nodes["a"].status == status


@pytest.mark.parametrize("status", Status)
def test_an_imported_status_stays(status: Status) -> None:
    """A map that comes from elsewhere keeps the statuses it has there."""
    log = history(Suggested((claim("a", status=status, by="zoe"),)))
    assert replay(log).nodes["a"].status == status


def test_mining_again_overwrites_no_decision() -> None:
    """A suggestion of what is there already changes nothing."""
    log = history(
        (MINER, Suggested((claim("a", status=Status.SUGGESTED),))),
        Revised("a", {"text": "Better words"}),
        (MINER, Suggested((claim("a", status=Status.SUGGESTED),))),
    )
    found = replay(log).nodes["a"]
    assert (found.text, found.status) == ("Better words", Status.ACCEPTED)


def test_a_revision_changes_only_what_fits() -> None:
    """A link gets no wording, a node no target, and nothing a new id."""
    start = history(Suggested((claim("a"), claim("b")), (support("l1", "a", "b"),)))
    odd = {"text": "x", "id": "z", "kind": NodeKind.QUESTION, "target": 5, "status": Status.REJECTED}
    assert replay([*start, Event(2, "r", ANN, AT, Revised("l1", odd))]) == replay(start)
    found = replay([*start, Event(2, "r", ANN, AT, Revised("a", odd))]).nodes["a"]
    assert (found.id, found.text, found.kind, found.status) == ("a", "x", NodeKind.QUESTION, Status.ACCEPTED)


def test_turns_outside_the_text_correct_nothing() -> None:
    """A correction that does not fit its document leaves the document as it is."""
    from argmap.model import Document, Turn, document_id

    text = Document(document_id("ab"), "t", "essay", "ab", (Turn("t1", 0, 2),))
    log = history(DocumentAdded(text), TurnsCorrected(text.id, (Turn("t1", 0, 99),)))
    assert replay(log).documents == {text.id: text}


def test_an_undercut_goes_with_the_link_it_aims_at() -> None:
    """No link is left in the map whose ends are not all there, however long the chain of undercuts."""
    undercuts = tuple(
        Link(f"u{n}", LinkKind.UNDERCUTS, ("c",), f"u{n - 1}" if n else "l1") for n in range(50)
    )
    log = history(
        NodeAdded(claim("a")), Suggested((claim("b"), claim("c")), (support("l1", "a", "b"), *undercuts))
    )
    assert len(replay(log).links) == 51
    assert replay([*log, Event(9, "x", ANN, AT, Undone("o1"))]).links == {}


def test_a_node_that_two_people_added_stays_when_one_takes_it_back() -> None:
    """Undo takes back one's own operation, not what others did alike."""
    log = history(NodeAdded(claim("a")), (BOB, NodeAdded(claim("a"))), Undone("o1"))
    assert list(replay(log).nodes) == ["a"]


def test_a_long_chain_of_undos_is_no_recursion() -> None:
    """Undo, redo, undo ... ten thousand times: the parity decides."""
    steps: list[Change] = [NodeAdded(claim("a")), *(Undone(f"o{n}") for n in range(1, 10_001))]
    assert list(replay(history(*steps)).nodes) == ["a"]
    assert len(undone_operations(history(*steps))) == 5_000


def test_equal_states_give_equal_maps_in_one_order() -> None:
    """Maps are sorted by id, whatever the order of events was."""
    one = replay(history(NodeAdded(claim("b")), NodeAdded(claim("a"))))
    assert list(one.nodes) == ["a", "b"]
    assert resolved_map(fold(history(NodeAdded(claim("a")), NodeAdded(claim("b"))))) == one


@given(people)
def test_links_whose_source_becomes_their_target_are_left_out(by: Agent) -> None:
    """A merge of a reason with its conclusion hides the link between them instead of drawing a loop."""
    start = history(Suggested((claim("a"), claim("b")), (support("l1", "a", "b"),)))
    assert replay([*start, Event(2, "m", by, AT, Merged("b", ("a",)))]).links == {}
    assert LinkAdded(support("l1", "a", "b")).targets == ("l1",)
