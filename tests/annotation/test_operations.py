"""Operations of a browser are applied once, in order, whatever is sent again; nonsense harms nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from debates import document, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.annotation.operations import apply_operations, read_operations, stored_numbers
from argmap.annotation.workspace import passages_of, workspace
from argmap.errors import ModelError, StoreError
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Document, Mention, Node, Status, Turn, document_id, new_node

TEXT = document()
ONE, TWO = (unit(TEXT, at, at + 9, status=Status.SUGGESTED, by="miner@1") for at in (0, 20))


def op(seq: int, verb: str, queue: str = "tab", **fields: Any) -> dict[str, Any]:
    return {"queue": queue, "seq": seq, "verb": verb, **fields}


def add(seq: int, start: int, end: int, kind: str = "claim") -> dict[str, Any]:
    return op(seq, "add", document=TEXT.id, start=start, end=end, kind=kind)


@pytest.fixture
def kb() -> Iterator[KnowledgeBase]:
    with KnowledgeBase(":memory:", by="setup") as opened:
        opened.bring(ArgumentMap.of([TEXT], [ONE, TWO]))
        yield opened


def sent(kb: KnowledgeBase, *raw: dict[str, Any], by: str = "ann") -> Any:
    return apply_operations(kb, read_operations(list(raw)), by=by)


def seen(kb: KnowledgeBase, name: str = "ann", *, blind: bool = False) -> Any:
    return workspace(kb.store, passages_of(TEXT), name=name, blind=blind)


def test_every_verb(kb: KnowledgeBase) -> None:
    """Each verb does what it says, and everything is acknowledged."""
    receipt = sent(
        kb,
        op(1, "accept", ids=[ONE.id]),
        op(2, "kind", id=ONE.id, kind="evidence"),
        op(3, "move", id=ONE.id, document=TEXT.id, start=2, end=9),
        add(4, 40, 49, "rebuttal"),
        op(5, "link", source="new:tab:4", target=ONE.id, kind="attacks"),
        op(6, "comment", id="new:tab:4", text=" "),
        op(7, "reject", ids=[TWO.id]),
        op(8, "undo"),
        op(9, "redo"),
        op(10, "undo"),
    )
    assert (dict(receipt.acked), receipt.refused, receipt.problem) == ({"tab": 10}, (), None)
    view = seen(kb)
    new = receipt.made["new:tab:4"]
    assert view.nodes[ONE.id].kind == "evidence"
    assert [(m.start, m.end) for m in view.nodes[ONE.id].mentions] == [(2, 9)]
    assert view.nodes[new].text == TEXT.text[40:49]
    (link,) = view.links.values()
    assert (link.kind, link.sources, link.target) == ("attacks", (new,), ONE.id)
    assert view.verdicts == {ONE.id: True, new: True, link.id: True}
    assert [event.change.text for event in kb.history(new) if hasattr(event.change, "text")] == ["unsure"]


def test_a_span_that_moves_takes_its_words_along_and_leaves_others(kb: KnowledgeBase) -> None:
    """Of two mentions in one turn the nearer one moves; a wording that was the quote is the new quote."""
    twice = new_node("claim", TEXT.text[40:44], [Mention(TEXT.id, 40, 44), Mention(TEXT.id, 50, 54)])
    kb.bring(ArgumentMap.of([TEXT], [twice]))
    sent(kb, op(1, "move", id=twice.id, document=TEXT.id, start=50, end=56))
    node = seen(kb).nodes[twice.id]
    assert [(m.start, m.end) for m in sorted(node.mentions)] == [(40, 44), (50, 56)]
    assert node.text == TEXT.text[50:56]


def test_sent_again_changes_nothing(kb: KnowledgeBase) -> None:
    """A batch that comes twice, or whose beginning was stored before, is stored once."""
    batch = [op(1, "accept", ids=[ONE.id]), op(2, "undo"), add(3, 40, 49), op(4, "reject", ids=[ONE.id])]
    sent(kb, *batch[:2])
    first = sent(kb, *batch)
    version = kb.version
    again = sent(kb, *batch)
    assert kb.version == version
    assert first.made == again.made != {}
    assert seen(kb).verdicts[ONE.id] is False


def test_numbers_are_a_persons_and_a_tabs_own(kb: KnowledgeBase) -> None:
    """Two tabs and two people can use the same numbers."""
    sent(kb, op(1, "accept", ids=[ONE.id]))
    sent(kb, op(1, "accept", queue="other", ids=[TWO.id]))
    sent(kb, op(1, "reject", ids=[ONE.id]), by="bob")
    assert seen(kb).verdicts == {ONE.id: True, TWO.id: True}
    assert seen(kb, "bob").verdicts == {ONE.id: False}
    assert stored_numbers(kb.store, ["tab", "other", "third"], by="ann") == {"tab": 1, "other": 1, "third": 0}


def test_nonsense_is_refused_and_the_rest_goes_on(kb: KnowledgeBase) -> None:
    """What cannot be done is acknowledged with the reason, so that it does not block the queue."""
    receipt = sent(
        kb,
        op(1, "accept", ids=["absent"]),
        op(2, "move", id=ONE.id, document=TEXT.id, start=-1, end=10**6),
        op(3, "kind", id=ONE.id, kind="fact"),
        op(4, "link", source="new:tab:99", target=ONE.id, kind="supports"),
        op(5, "undo"),
        op(6, "accept", ids=[TWO.id]),
    )
    assert [seq for seq, _ in receipt.refused] == [1, 2, 3, 4, 5]
    assert dict(receipt.acked) == {"tab": 6}
    assert seen(kb).verdicts == {TWO.id: True}


def test_what_cannot_be_written_waits(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk acknowledges nothing from there on; sent again later it is stored in order."""
    batch = [op(1, "accept", ids=[ONE.id]), op(2, "reject", ids=[TWO.id]), op(3, "accept", ids=[TWO.id])]
    reject = kb.reject

    def full(*_: Any, **__: Any) -> Any:
        raise StoreError("the disk is full")

    monkeypatch.setattr(kb, "reject", full)
    receipt = sent(kb, *batch)
    assert (dict(receipt.acked), receipt.problem) == ({"tab": 1}, "the disk is full")
    monkeypatch.setattr(kb, "reject", reject)
    assert dict(sent(kb, *batch).acked) == {"tab": 3}
    assert seen(kb).verdicts == {ONE.id: True, TWO.id: True}


def test_a_role_that_may_not_is_told_so(kb: KnowledgeBase) -> None:
    """A reader's keys change nothing."""
    kb.grant("root", "admin")
    receipt = sent(kb, op(1, "accept", ids=[ONE.id]))
    assert receipt.refused == ((1, "ann is reader here, and this takes the role annotator"),)
    assert seen(kb).verdicts == {}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        [None],
        [op(0, "undo")],
        [op(True, "undo")],
        [op(1, "drop")],
        [op(1, ["undo"])],
        [op(1, "undo", queue="a:b")],
        [op(2**40, "undo")],
        [op(1, "undo")] * 3000,
    ],
)
def test_what_no_browser_of_ours_sends(raw: Any) -> None:
    """Something else in place of operations is refused as a whole."""
    with pytest.raises(ModelError):
        read_operations(raw)


VALUES = (
    st.none() | st.integers() | st.text(max_size=5) | st.just(ONE.id) | st.just(TEXT.id) | st.just(["x", 1])
)
FIELDS = st.dictionaries(
    st.sampled_from(["id", "ids", "kind", "start", "end", "document", "source", "target", "text"]), VALUES
)
VERB_NAMES = ["accept", "reject", "add", "kind", "move", "link", "comment", "undo", "redo"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(VERB_NAMES), FIELDS), max_size=6))
def test_hostile_fields_are_refused_one_by_one(deeds: list[tuple[str, dict[str, Any]]]) -> None:
    """Whatever the fields hold, everything is acknowledged and the log stays sound."""
    with KnowledgeBase(":memory:", by="setup") as kb:
        kb.bring(ArgumentMap.of([TEXT], [ONE, TWO]))
        raw = [{**fields, **op(place, verb)} for place, (verb, fields) in enumerate(deeds, start=1)]
        receipt = sent(kb, *raw)
        assert receipt.problem is None
        assert dict(receipt.acked) == ({"tab": len(raw)} if raw else {})
        assert not [finding for finding in kb.check() if finding.level == "error"]


def test_an_annotator_sees_suggestions_and_their_own_work_only(kb: KnowledgeBase) -> None:
    """Neither what another annotator added, changed or rejected nor anything suggested where it is blind."""
    sent(
        kb, add(1, 40, 49), op(2, "kind", id=ONE.id, kind="evidence"), op(3, "reject", ids=[TWO.id]), by="bob"
    )
    assert {node.kind for node in seen(kb).nodes.values()} == {"claim"}
    assert set(seen(kb).nodes) == {ONE.id, TWO.id}
    assert seen(kb).verdicts == {}
    assert seen(kb, blind=True).nodes == {}
    assert set(seen(kb, "bob", blind=True).nodes) == {ONE.id, TWO.id, *_added(seen(kb, "bob").nodes)}


def _added(nodes: dict[str, Node]) -> list[str]:
    return [node.id for node in nodes.values() if node.by == "bob"]


def test_passages_hold_every_turn_once_and_are_short() -> None:
    """Short turns go together, a long one is cut at paragraphs; nothing is left out, nothing comes twice."""
    text = ("A line of a paragraph.\n" * 30 + "\n") * 30 + "x" * 20_000
    turns = (Turn("t1", 0, 100), Turn("t2", 100, 200), Turn("t3", 200, len(text)))
    found = passages_of(Document(document_id(text), "long", "essay", text, turns))
    assert all(passage.end - passage.start <= 8_000 for passage in found)
    assert (found[0].start, found[-1].end) == (0, len(text))
    assert all(one.end == other.start for one, other in pairwise(found))
    assert found[0].end == 200
    assert passages_of(document(0))[0].end == len(document(0).text)
