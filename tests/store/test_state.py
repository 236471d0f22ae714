"""The current state is always what replaying the log gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from argmap import KnowledgeBase, replay
from argmap.errors import ArgmapError, DecisionError
from argmap.model import (
    ArgumentMap,
    Document,
    LinkKind,
    Mention,
    NodeKind,
    Turn,
    document_id,
    new_link,
    new_node,
)
from argmap.store import SqlStore
from argmap.store.checking import check, repair
from argmap.store.lookup import Lookup
from tests.histories import AT, WORDS, operations

PEOPLE = ("ann", "bob", "cy")


def state_of(store: SqlStore) -> ArgumentMap:
    """The map in the state tables, with what the log says of the map as a whole."""
    return Lookup(store).map()


def damage(store: SqlStore) -> list[str]:
    """What `check` holds for damage; orphaned spans and absent documents are no damage of the store."""
    return [str(f) for f in check(store) if f.level == "error" and "orphan" not in f.message]


def applied(store: SqlStore, batches: list[Any]) -> None:
    """Append the batches; an undo of nothing is refused and leaves nothing behind."""
    for name, by, because, changes in batches:
        before = store.version
        try:
            store.append(changes, operation=name, by=by, at=AT, because=because)
        except DecisionError:
            assert store.version == before


@settings(max_examples=15)
@given(st.lists(operations, max_size=12))
def test_state_equals_replay_for_any_events(batches: list[Any]) -> None:
    """Whatever is appended, sense or nonsense, the tables hold what replaying the log gives."""
    store = SqlStore(":memory:")
    for batch in batches:
        applied(store, [batch])
        assert state_of(store) == replay(store.events())
    assert damage(store) == []
    store.close()


@pytest.mark.slow
@settings(max_examples=800)
@given(st.lists(operations, max_size=25))
def test_state_equals_replay_for_many_events(batches: list[Any]) -> None:
    """As above, longer."""
    store = SqlStore(":memory:")
    applied(store, batches)
    assert state_of(store) == replay(store.events())
    assert damage(store) == []
    store.close()


@settings(max_examples=6)
@given(st.lists(operations, max_size=12))
def test_restore_and_repair_give_the_same_state(batches: list[Any]) -> None:
    """A history taken over into an empty store, and a state rebuilt from the log, are the state itself."""
    store, other = SqlStore(":memory:"), SqlStore(":memory:")
    applied(store, batches)
    expected, events = state_of(store), list(store.events())
    assert other.restore(events) == len(events)
    assert list(other.events()) == events
    assert state_of(other) == expected
    repair(store)
    assert state_of(store) == expected
    assert damage(store) == damage(other) == []
    assert [e.change for e in store.history("n0")] == [e.change for e in other.history("n0")]
    store.close()
    other.close()


def example_map() -> ArgumentMap:
    """A document with suggestions, as mining gives them."""
    text = "Small models catch up. They lack knowledge, as SimpleQA shows."
    document = Document(document_id(text), "A debate", "essay", text, (Turn("t1", 0, len(text), "Tim"),))
    first = new_node("claim", text[:22], [Mention(document.id, 0, 22, "Tim")])
    second = new_node("rebuttal", text[23:], [Mention(document.id, 23, len(text), "Tim")])
    attack = new_link("attacks", [second.id], first.id)
    undercut = new_link("undercuts", [first.id], attack.id)
    return ArgumentMap.of([document], [first, second], [attack, undercut])


class Editing(RuleBasedStateMachine):
    """Three people who work on one knowledge base, close it, open it, and take things back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="argmap-state-")
        self.path = Path(self.folder.name) / "kb.db"
        self.kb = KnowledgeBase(self.path)

    @initialize()
    def bring(self) -> None:
        self.kb.bring(example_map(), by="ann")

    def pick(self, data: Any, *kinds: str) -> str:
        """An id that is or was here."""
        ids = [target for event in self.kb.events() for target in event.change.targets]
        return data.draw(
            st.sampled_from(sorted({i for i in ids if not kinds or i[0] in kinds} or {"absent"}))
        )

    def attempt(self, verb: str, *args: Any, **options: Any) -> None:
        """Do it, or be told in one line why not; then nothing has changed."""
        version = self.kb.version
        try:
            outcome = getattr(self.kb, verb)(*args, **options)
        except ArgmapError as error:
            assert "\n" not in str(error)
            assert self.kb.version == version
        else:
            assert outcome.version == self.kb.version

    @rule(
        data=st.data(),
        by=st.sampled_from(PEOPLE),
        kind=st.sampled_from(NodeKind),
        text=st.sampled_from(WORDS),
    )
    def add_node(self, data: Any, by: str, kind: str, text: str) -> None:
        self.attempt("claim", kind, text, by=by)

    @rule(
        data=st.data(),
        by=st.sampled_from(PEOPLE),
        kind=st.sampled_from(LinkKind),
        text=st.sampled_from(WORDS),
    )
    def reply(self, data: Any, by: str, kind: str, text: str) -> None:
        self.attempt("reply", self.pick(data, "n", "l"), kind, text, by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE), kind=st.sampled_from(LinkKind))
    def connect(self, data: Any, by: str, kind: str) -> None:
        sources = [self.pick(data, "n"), self.pick(data, "n")]
        self.attempt("connect", kind, sources, self.pick(data, "n", "l"), by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE), verb=st.sampled_from(["accept", "reject"]))
    def decide(self, data: Any, by: str, verb: str) -> None:
        self.attempt(verb, [self.pick(data), self.pick(data)], by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE), accepted=st.booleans())
    def adjudicate(self, data: Any, by: str, accepted: bool) -> None:
        self.attempt("adjudicate", self.pick(data), accepted=accepted, by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE), text=st.sampled_from(WORDS))
    def revise_node(self, data: Any, by: str, text: str) -> None:
        self.attempt("revise", self.pick(data, "n"), changes={"text": text, "kind": "question"}, by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def revise_link(self, data: Any, by: str) -> None:
        changes = {"target": self.pick(data, "n", "l"), "sources": [self.pick(data, "n")]}
        self.attempt("revise", self.pick(data, "l"), changes=changes, by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def merge(self, data: Any, by: str) -> None:
        self.attempt("merge", self.pick(data, "n"), [self.pick(data, "n")], by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def unmerge(self, data: Any, by: str) -> None:
        self.attempt("unmerge", self.pick(data, "n"), by=by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def comment(self, data: Any, by: str) -> None:
        self.attempt("comment", self.pick(data), "unsure", by=by)

    @rule(by=st.sampled_from(PEOPLE))
    def undo(self, by: str) -> None:
        self.attempt("undo", by=by)

    @rule(by=st.sampled_from(PEOPLE))
    def undo_and_redo(self, by: str) -> None:
        before = self.kb.map()
        if self.kb.undoable(by):
            self.kb.undo(by=by)
            self.kb.redo(by=by)
            assert self.kb.map() == before

    @rule(by=st.sampled_from(PEOPLE))
    def redo(self, by: str) -> None:
        self.attempt("redo", by=by)

    @rule()
    def reopen(self) -> None:
        self.kb.close()
        self.kb = KnowledgeBase(self.path)

    @rule()
    def restore(self) -> None:
        events = list(self.kb.events())
        other = KnowledgeBase(":memory:")
        other.store.restore(events)
        assert other.map() == self.kb.map()
        other.close()

    @invariant()
    def state_is_replay(self) -> None:
        assert self.kb.map() == replay(self.kb.events())

    def teardown(self) -> None:
        assert [str(f) for f in self.kb.check() if f.level == "error"] == []
        self.kb.close()
        self.folder.cleanup()


def test_state_equals_replay_while_three_people_work() -> None:
    """After every verb of every person, refused or done, state is replay; at the end `check` is clean."""
    run_state_machine_as_test(Editing, settings=settings(max_examples=4, stateful_step_count=20))


@pytest.mark.slow
def test_state_equals_replay_while_three_people_work_long() -> None:
    """As above: 300 runs of 40 steps."""
    run_state_machine_as_test(Editing, settings=settings(max_examples=300, stateful_step_count=40))
