"""Appending: once, in order, all or nothing, chained, and never over somebody else's work."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import KnowledgeBase, replay
from argmap.errors import Conflict, DecisionError, ModelError, ReadOnlyError, StoreError, UnknownName
from argmap.model import Agent, Event, Mention, Turn, new_node
from argmap.model.events import Accepted, Change, Frozen, NodeAdded, Undone
from argmap.store import SqlStore, log, merging, sql_store
from argmap.store.schema import GENESIS

AT = "2026-01-01T00:00:00+00:00"
ANN = Agent("ann")


def contents(kb: KnowledgeBase) -> tuple[Any, Any]:
    """Everything that is in it."""
    return list(kb.events()), kb.map()


@pytest.fixture
def kb(tmp_path: Path) -> Any:
    """An empty knowledge base in a file."""
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as made:
        yield made


def test_an_operation_is_stored_once(kb: KnowledgeBase) -> None:
    """A repeated click, with the same operation id, changes nothing and gives the same answer."""
    first = kb.claim("claim", "Words", operation="click-1")
    again = kb.claim("claim", "Words", operation="click-1")
    assert first == again
    assert kb.version == 1


def test_nothing_is_appended_for_nothing(kb: KnowledgeBase) -> None:
    """No changes make no event, and an empty choice is told to be one."""
    assert kb.store.append([], operation="o", by=ANN, at=AT) == ()
    for verb in (kb.accept, kb.reject):
        with pytest.raises(DecisionError):
            verb([])
    assert kb.version == 0


def test_a_stale_decision_is_a_conflict_with_the_others_changes(kb: KnowledgeBase) -> None:
    """Who decides on what somebody changed meanwhile gets their events, and nothing is lost."""
    claim = kb.claim("claim", "Words").ids[0]
    seen = kb.version
    kb.revise(claim, changes={"text": "Better words"}, by="bob")
    with pytest.raises(Conflict, match="bob") as conflict:
        kb.revise(claim, changes={"text": "Other words"}, by="ann", expected=seen)
    assert [(e.by.name, e.change.changes) for e in conflict.value.changes] == [
        ("bob", {"text": "Better words"})
    ]
    assert kb.node(claim).text == "Better words"
    kb.revise(claim, changes={"text": "Other words"}, by="ann", expected=kb.version)
    assert [event.change.targets for event in kb.events()] == [(claim,)] * 3


def test_changes_elsewhere_are_no_conflict(kb: KnowledgeBase) -> None:
    """Two people who work on different claims do not disturb each other."""
    one, two = kb.claim("claim", "One").ids[0], kb.claim("claim", "Two").ids[0]
    seen = kb.version
    kb.reject(one, by="bob")
    assert kb.accept(two, by="ann", expected=seen).ids == (two,)


def test_an_undo_of_what_others_changed_since_is_a_conflict(kb: KnowledgeBase) -> None:
    """A stale undo is refused like any stale decision."""
    claim = kb.claim("claim", "Words").ids[0]
    seen = kb.version
    kb.revise(claim, changes={"text": "Better"}, by="bob")
    with pytest.raises(Conflict):
        kb.undo(by="ann", expected=seen)


@pytest.mark.parametrize("place", ["write_items", "resolve", "write_document", "write_log"])
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failure_in_the_middle_leaves_nothing_half_done(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, place: str, error: type[BaseException]
) -> None:
    """Whatever fails inside a write, log and state stay as they were, and the next write works."""
    from tests.store.test_state import example_map

    kb.claim("claim", "Words")
    before = contents(kb)

    def fail(*args: Any, **options: Any) -> None:
        getattr(original, place)(*args, **options)
        raise error("in the middle")

    original = type("Original", (), {place: staticmethod(getattr(sql_store, place))})
    with monkeypatch.context() as patched:
        patched.setattr(sql_store, place, fail)
        with pytest.raises(error):
            kb.bring(example_map())
    assert contents(kb) == before
    assert [f for f in kb.check() if f.level == "error"] == []
    kb.bring(example_map())
    assert kb.map() == replay(kb.events())
    assert merging.resolve is not fail


def test_undo_is_per_person_and_survives_reopening(tmp_path: Path) -> None:
    """Each person takes back their own last operation, also after a restart."""
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        one = kb.claim("claim", "Ann's", by="ann").ids[0]
        two = kb.claim("claim", "Bob's", by="bob").ids[0]
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        assert kb.undo(by="ann").ids == (one,)
        assert list(kb.map().nodes) == [two]
        with pytest.raises(DecisionError, match="nothing to undo for ann"):
            kb.undo(by="ann")
        with pytest.raises(DecisionError, match="nothing to redo for bob"):
            kb.redo(by="bob")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.redo(by="ann")
        assert sorted(kb.map().nodes) == sorted((one, two))


def test_undo_and_redo_walk_a_row_of_operations(kb: KnowledgeBase) -> None:
    """Undo, undo, redo, redo passes the same maps back and forth; a new operation ends redo."""
    maps = [kb.map()]
    for text in ("one", "two", "three"):
        kb.claim("claim", text)
        maps.append(kb.map())
    for expected in reversed(maps[:-1]):
        kb.undo()
        assert kb.map() == expected
    for expected in maps[1:]:
        kb.redo()
        assert kb.map() == expected
    with pytest.raises(DecisionError):
        kb.redo()
    kb.undo()
    kb.claim("claim", "four")
    with pytest.raises(DecisionError):
        kb.redo()


def test_operations_of_many_parts_are_undone_as_a_whole(kb: KnowledgeBase) -> None:
    """An import, a reply, a split and a bulk decision each go at once."""
    from tests.store.test_state import example_map

    kb.bring(example_map())
    first, *_ = nodes = list(kb.map().nodes)
    place = kb.node(first).mentions[0]
    steps = [
        lambda: kb.reject(nodes),
        lambda: kb.reply(first, "supports", "For this reason."),
        lambda: kb.merge(nodes[0], nodes[1:]),
        lambda: kb.split(first, [("Half", place), ("Rest", Mention(place.document, 0, 5))]),
    ]
    for step in steps:
        before = kb.map()
        step()
        assert kb.map() != before
        kb.undo()
        assert kb.map() == before
    kb.undo()
    assert (kb.map().nodes, kb.map().documents, kb.search("models")) == ({}, {}, [])


def test_the_log_is_a_chain_of_hashes(kb: KnowledgeBase) -> None:
    """Each event's hash covers its columns and the hash before it."""
    kb.claim("claim", "One")
    kb.claim("claim", "Two", because="so")
    with sqlite3.connect(kb.store.engine.url.database) as raw:
        raw.row_factory = sqlite3.Row
        rows = raw.execute("SELECT * FROM event ORDER BY seq").fetchall()
    raw.close()
    previous = GENESIS
    for row in rows:
        assert row["hash"] == log.chained_hash(previous, dict(row))
        previous = row["hash"]


def test_a_history_is_taken_over_as_it_is_or_not_at_all(kb: KnowledgeBase, tmp_path: Path) -> None:
    """Restoring keeps every event; a full store, gaps and undos of nothing are refused."""
    node = new_node("claim", "Words")
    history = [
        Event(1, "a", ANN, AT, NodeAdded(node)),
        Event(2, "a", Agent("bob"), AT, Accepted((node.id,)), "why"),
    ]
    assert kb.store.restore(history) == 2
    assert list(kb.events()) == history
    with pytest.raises(Conflict):
        kb.store.restore(history)
    bad: list[tuple[type[Exception], list[Event]]] = [
        (ModelError, history[1:]),
        (ModelError, history[::-1]),
        (DecisionError, [Event(1, "u", ANN, AT, Undone("never"))]),
    ]
    for number, (error, events) in enumerate(bad):
        with KnowledgeBase(tmp_path / f"{number}.db") as other:
            with pytest.raises(error):
                other.store.restore(events)
            assert other.version == 0


def test_frozen_versions_and_undone_freezing(kb: KnowledgeBase) -> None:
    """Freezing changes no item, and can be taken back."""
    kb.claim("claim", "Words")
    before = kb.map()
    kb.freeze("gold 1")
    kb.undo()
    assert kb.map() == before
    assert [type(event.change) for event in kb.events()][1:] == [Frozen, Undone]


@pytest.mark.parametrize(
    ("error", "act"),
    [
        (UnknownName, lambda kb, a, b, k: kb.accept("n000")),
        (UnknownName, lambda kb, a, b, k: kb.merge(a, ["n000"])),
        (UnknownName, lambda kb, a, b, k: kb.claim("opinion", "x")),
        (UnknownName, lambda kb, a, b, k: kb.connect("hates", [a], b)),
        (UnknownName, lambda kb, a, b, k: kb.nodes(order="random")),
        (UnknownName, lambda kb, a, b, k: kb.claim("claim", "x", mentions=[Mention("d0", 0, 1)])),
        (UnknownName, lambda kb, a, b, k: kb.merge(k, [a])),
        (UnknownName, lambda kb, a, b, k: kb.revise(a, changes={"kind": "supports"})),
        (DecisionError, lambda kb, a, b, k: kb.merge(a, [a])),
        (DecisionError, lambda kb, a, b, k: kb.merge(a, [k])),
        (DecisionError, lambda kb, a, b, k: kb.unmerge(a)),
        (DecisionError, lambda kb, a, b, k: kb.connect("supports", [], b)),
        (DecisionError, lambda kb, a, b, k: kb.connect("supports", [a], a)),
        (DecisionError, lambda kb, a, b, k: kb.connect("supports", [a], k)),
        (DecisionError, lambda kb, a, b, k: kb.connect("supports", [k], a)),
        (DecisionError, lambda kb, a, b, k: kb.connect("undercuts", [a], b)),
        (DecisionError, lambda kb, a, b, k: kb.reply(k, "attacks", "no")),
        (DecisionError, lambda kb, a, b, k: kb.revise(k, changes={"sources": []})),
        (DecisionError, lambda kb, a, b, k: kb.revise(k, changes={"kind": "undercuts"})),
        (DecisionError, lambda kb, a, b, k: kb.split(a, [("x", Mention("d", 0, 1))])),
        (ModelError, lambda kb, a, b, k: kb.revise(a, changes={"sources": [b]})),
        (ModelError, lambda kb, a, b, k: kb.revise(a, changes={"status": "accepted"})),
        (ModelError, lambda kb, a, b, k: kb.revise(a, changes={"text": "  "})),
        (ModelError, lambda kb, a, b, k: kb.claim("claim", " \n ")),
        (ModelError, lambda kb, a, b, k: kb.claim("claim", "x" * 20_000)),
        (ModelError, lambda kb, a, b, k: kb.claim("claim", "half \ud800")),
        (ModelError, lambda kb, a, b, k: kb.accept("\udcff")),
        (ModelError, lambda kb, a, b, k: kb.claim("claim", "x", by="\ud800")),
        (ModelError, lambda kb, a, b, k: kb.revise(a, changes={"attributes": {"x": float("inf")}})),
    ],
)
def test_decisions_that_make_no_sense_are_refused(
    kb: KnowledgeBase, error: type[Exception], act: Any
) -> None:
    """Each is one of our errors, in one line, and nothing is written."""
    a, b = kb.claim("claim", "A").ids[0], kb.claim("claim", "B").ids[0]
    k = kb.connect("supports", [a], b).ids[0]
    before = kb.version
    with pytest.raises(error) as raised:
        act(kb, a, b, k)
    assert len(str(raised.value).splitlines()) == 1
    assert kb.version == before


def test_decisions_on_an_absorbed_node_are_on_the_one_that_stands_for_it(kb: KnowledgeBase) -> None:
    """Who still has the old id decides on what people see, so that nothing is decided in vain."""
    a, b, c = (kb.claim("claim", text).ids[0] for text in "ABC")
    kb.merge(a, b)
    kb.revise(b, changes={"text": "Both"})
    assert kb.reject(b, by="bob").ids == (a,)
    assert (kb.node(b).id, kb.node(a).text, kb.node(a).status) == (a, "Both", "disputed")
    kb.merge(c, b)
    assert list(kb.map().nodes) == [c]
    with pytest.raises(DecisionError):
        kb.connect("supports", [a], b)


def test_turns_can_be_corrected_also_to_none(kb: KnowledgeBase) -> None:
    """Corrected turns are the document's turns, and its speakers."""
    from tests.store.test_state import example_map

    kb.bring(example_map())
    (document,) = kb.map().documents
    kb.correct_turns(document, [Turn("t1", 0, 5, "Kate"), Turn("t2", 5, 9, "Kate")])
    assert kb.speakers()[0][:2] == ("Kate", 2)
    kb.correct_turns(document, [])
    assert kb.document(document).turns == ()
    assert list(kb.events())[-1].change.turns == ()
    kb.undo()
    kb.undo()
    assert kb.speakers()[0][:2] == ("Tim", 1)
    assert [f for f in kb.check() if f.level == "error"] == []


def test_control_characters_in_a_wording_are_made_visible(kb: KnowledgeBase) -> None:
    """What somebody types is kept as the readers keep texts: no control characters, ``\\n`` newlines."""
    node = kb.claim("claim", "a\x1b[31mb\x00\r\nc\td").ids[0]
    assert kb.node(node).text == "a␛[31mb␀\nc\td"


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_any_text_is_a_valid_search(words: str) -> None:
    """Nothing in a question is syntax, and a node is found by its own words."""
    assert isinstance(SEARCHED.search(words), list)
    assert isinstance(SEARCHED.find_hits(words), list)


class Searched:
    """One knowledge base for all searches."""

    def __init__(self) -> None:
        self.kb = KnowledgeBase(":memory:")
        self.node = self.kb.claim("claim", "Größere Modelle wissen mehr; foo_bar ½ x² naïve").ids[0]

    def search(self, words: str) -> Any:
        return self.kb.search(words)

    def find_hits(self, words: str) -> Any:
        from argmap.store import searching

        with self.kb.store.reading() as connection:
            return searching.search(connection, words, match_any=True)


SEARCHED = Searched()


@pytest.mark.parametrize(
    "words", ["größere", "GROßERE", "modell", "foo_bar", "naive", 'x² "', "wissen mehr*", "_ modelle", "½"]
)
def test_words_find_nodes_without_regard_to_case_and_accents(words: str) -> None:
    """Folding, stemming of beginnings, and signs that are no words."""
    assert [hit.node.id for hit in SEARCHED.search(words)] == [SEARCHED.node]


def test_the_index_follows_every_change(kb: KnowledgeBase) -> None:
    """A revised wording is found by its new words only, a rejected or absorbed node not at all."""
    node = kb.claim("claim", "Elephants remember").ids[0]
    kb.revise(node, changes={"text": "Dolphins remember"})
    assert kb.search("elephants") == []
    assert [hit.node.id for hit in kb.search("dolphin")] == [node]
    kb.undo()
    assert [hit.node.id for hit in kb.search("elephants")] == [node]
    other = kb.claim("claim", "Whales remember").ids[0]
    kb.merge(other, node)
    assert kb.search("elephants") == []
    kb.undo()
    kb.reject(node)
    assert kb.search("elephants") == []
    assert [hit.node.id for hit in kb.search("elephants", status="rejected")] == [node]


def test_read_only_refuses_every_write(tmp_path: Path) -> None:
    """Opened for reading, a knowledge base answers and takes nothing."""
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        node = kb.claim("claim", "Words").ids[0]
    with KnowledgeBase(tmp_path / "kb.db", read_only=True) as kb:
        assert kb.node(node).text == "Words"
        assert kb.check()[0].level == "warning"
        for write in (lambda: kb.accept(node), lambda: kb.claim("claim", "x"), kb.undo, kb.repair):
            with pytest.raises(ReadOnlyError):
                write()
        with kb.store.reading() as connection, pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM node")


def test_safe_settings(kb: KnowledgeBase) -> None:
    """Every connection writes ahead and syncs each commit."""
    with kb.store.reading() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        ]
    assert found == ["wal", 2, 30_000]


def test_stores_append_under_one_protocol() -> None:
    """What the registry gives for a kind of database opens one."""
    changes: list[Change] = [NodeAdded(new_node("claim", "x"))]
    store = SqlStore(":memory:")
    assert [e.seq for e in store.append(changes * 2, operation="o", by=ANN, at=AT)] == [1, 2]
    store.close()
    for place in ("mysql://localhost/x", "nonsense://x"):
        with pytest.raises(UnknownName, match="unknown store"):
            KnowledgeBase(place)
    for place in ("", "://"):
        with pytest.raises(StoreError):
            KnowledgeBase(place)
