"""What every store does alike: the same contract over SQLite and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import KnowledgeBase, replay
from argmap.errors import Conflict, DamageError, DecisionError, ModelError, ReadOnlyError, StoreError
from argmap.model import ArgumentMap, Mention, new_link, new_node
from argmap.store import SqlStore
from argmap.store.checking import repair
from tests.histories import operations
from tests.store.test_company import WRITER
from tests.store.test_state import applied, damage, example_map, state_of


@pytest.fixture
def kb(place: str) -> Iterator[KnowledgeBase]:
    """An empty knowledge base of each kind."""
    with KnowledgeBase(place, by="ann") as made:
        yield made


def errors(kb: KnowledgeBase) -> list[str]:
    """What `check` finds wrong."""
    return [str(finding) for finding in kb.check() if finding.level == "error"]


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(batches=st.lists(operations, max_size=8))
def test_state_equals_replay(place: str, batches: list[Any]) -> None:
    """Whatever is appended, the tables hold what replaying the log gives, also after a repair."""
    store = SqlStore(place)
    _empty(store)
    for batch in batches:
        applied(store, [batch])
    assert state_of(store) == replay(store.events())
    repair(store)
    assert state_of(store) == replay(store.events())
    assert damage(store) == []
    store.close()


def _empty(store: SqlStore) -> None:
    from argmap.store.checking import rebuild
    from argmap.store.schema import EVENT

    with store.writing() as connection:
        connection.execute(EVENT.delete())
        rebuild(connection, [])


def test_every_question_is_answered(kb: KnowledgeBase) -> None:
    """Listings, orders, counts, neighbourhoods and searches of a small debate."""
    held = example_map()
    kb.bring(held)
    (document,), (attack, undercut) = held.documents, _by_kind(held)
    first, second = held.links[attack].target, held.links[attack].sources[0]
    assert kb.document(document) == held.documents[document]
    assert [(d.id, d.turns, d.speakers, d.nodes) for d in kb.documents()] == [(document, 1, ("Tim",), 2)]
    assert kb.speakers() == [("Tim", 1, 2)]
    assert [kb.nodes(order=o)[0].id for o in ("discussed", "contested")] == [first, first]
    assert [n.id for n in kb.nodes(order="discussed")] == [first]
    ranked = kb.nodes(order="discussed", rest=True)
    assert [n.id for n in ranked] == [first, second]
    assert ranked == [
        n for at in range(3) for n in kb.nodes(order="discussed", rest=True, limit=1, offset=at)
    ]
    assert {n.id for n in kb.nodes(order="sources")} == {first, second}
    assert {n.id for n in kb.nodes(order="uncertain", kind="claim", speaker="Tim")} == {first}
    assert (kb.count(), kb.count(kind="claim"), kb.count(document=document, status="rejected")) == (2, 1, 0)
    assert kb.stats().by_link == {"attacks": 1, "undercuts": 1}
    assert (kb.stats().nodes, kb.stats().by_kind) == (2, {"claim": 1, "rebuttal": 1})
    assert [(link.id, node.id) for link, node in kb.replies(first)] == [(attack, second)]
    assert kb.around(second, depth=1) == held == kb.map() == kb.map(document)
    assert kb.around(undercut).documents[document].text == held.documents[document].text
    assert [node for node, _ in kb.mentions_in(document, 0, 5)] == [first]
    assert [hit.node.id for hit in kb.search("models catch")] == [first]
    assert [hit.node.id for hit in kb.search("knowl", kind="rebuttal")] == [second]
    assert errors(kb) == []


def _by_kind(held: ArgumentMap) -> tuple[str, ...]:
    return tuple(link.id for link in sorted(held.links.values(), key=lambda link: link.kind))


def test_what_was_said_most_widely_comes_first(kb: KnowledgeBase) -> None:
    """Nodes are ranked by documents, then by speakers; a node in own words has no source."""
    kb.bring(example_map())
    (document,) = kb.map().documents
    places = [Mention(document, 0, 5, "Ann"), Mention(document, 6, 9, "Bob"), Mention("absent", 0, 5, "Ann")]
    wide, loud = new_node("claim", "wide", places[1:]), new_node("claim", "loud", places[:2])
    kb.bring(ArgumentMap.of(nodes=[wide, loud]))
    kb.claim("claim", "Nobody said this")
    found = [node.text for node in kb.nodes(order="sources")]
    assert found[:2] == ["wide", "loud"]
    assert "Nobody said this" not in found
    assert [node.text for node in kb.nodes(order="sources", limit=1, offset=1)] == ["loud"]


@pytest.mark.parametrize("words", ["größere", "GROßERE", "modell", "naive", "foo_bar", "wissen mehr*", "½"])
def test_words_are_found_without_regard_to_case_and_accents(kb: KnowledgeBase, words: str) -> None:
    """Folding, stems and beginnings; nothing in a question is syntax."""
    node = kb.claim("claim", "Größere Modelle wissen mehr; foo_bar ½ x² naïve").ids[0]
    assert [hit.node.id for hit in kb.search(words)] == [node]
    for odd in ("' & | !", "a:* <->", "\\", '"', "''"):
        assert isinstance(kb.search(odd), list)


def test_merges_are_resolved_and_taken_back(kb: KnowledgeBase) -> None:
    """Merge, merge of the merged, unmerge and undo leave what replay gives."""
    a, b, c, d = (kb.claim("claim", text).ids[0] for text in "ABCD")
    kb.connect("supports", [d], a)
    kb.connect("attacks", [a], d)
    kb.merge(b, a)
    kb.merge(c, b)
    assert kb.node(a).id == c
    assert {link.target for link in kb.map().links.values()} == {c, d}
    assert (kb.stats().nodes, kb.count()) == (2, 2)
    kb.unmerge(b)
    assert kb.node(a).id == b
    kb.undo()
    kb.undo()
    kb.undo()
    assert kb.map() == replay(kb.events())
    assert errors(kb) == []


def test_stale_decisions_and_repeated_clicks(kb: KnowledgeBase) -> None:
    """A stale decision is a conflict, a repeated one is stored once."""
    node = kb.claim("claim", "Words", operation="click").ids[0]
    assert kb.claim("claim", "Words", operation="click").ids == (node,)
    seen = kb.version
    kb.revise(node, changes={"text": "Better"}, by="bob")
    with pytest.raises(Conflict, match="bob"):
        kb.revise(node, changes={"text": "Other"}, expected=seen)
    for bad in ("half \ud800", "\0"):
        with pytest.raises((ModelError, LookupError)):
            kb.accept(bad)
    with pytest.raises(ModelError):
        kb.claim("claim", "half \ud800")
    assert kb.version == 2


def test_two_undos_at_once_take_back_two_operations(kb: KnowledgeBase) -> None:
    """Each undo decides inside its transaction what is the last operation."""
    nodes = [kb.claim("claim", str(number)).ids[0] for number in range(6)]
    threads = [threading.Thread(target=kb.undo) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(kb.map().nodes) == nodes[:1]
    kb.undo(operation="click")
    kb.undo(operation="click")
    with pytest.raises(DecisionError):
        kb.undo()


def test_processes_that_write_at_once_lose_nothing(place: str) -> None:
    """Three processes that open a new store and write: every write is there."""
    words = [sys.executable, "-c", WRITER, place]
    writers = [
        subprocess.Popen([*words, f"p{n}", "6"], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        for n in range(3)
    ]
    told = [line.decode() for process in writers for line in process.communicate()[0].split()]
    with KnowledgeBase(place) as kb:
        assert sorted(kb.map().nodes) == sorted(told)
        assert (kb.version, len(told)) == (36, 18)
        assert errors(kb) == []


def test_a_reader_may_not_write(place: str) -> None:
    """Opened for reading, no door is left: not even the database itself takes a write."""
    with KnowledgeBase(place) as kb:
        kb.claim("claim", "Words")
    with KnowledgeBase(place, read_only=True) as kb:
        assert [node.text for node in kb.nodes()] == ["Words"]
        with pytest.raises(ReadOnlyError):
            kb.claim("claim", "x")
        with pytest.raises(ReadOnlyError, match="read-only"), kb.store.reading() as connection:
            connection.exec_driver_sql("DELETE FROM node")


def test_many_rows_at_once(kb: KnowledgeBase) -> None:
    """More rows than one statement takes parameters come and go whole."""
    nodes = [new_node("claim", f"Number {number}", by="m") for number in range(400)]
    links = [new_link("supports", [n.id], nodes[0].id, by="m") for n in nodes[1:]]
    kb.bring(ArgumentMap.of(nodes=nodes, links=links))
    assert kb.bring(ArgumentMap.of(nodes=nodes, links=links)).ids == ()
    assert (kb.count(), len(kb.replies(nodes[0].id))) == (400, 399)
    assert len(kb.around(nodes[0].id, limit=50).nodes) == 50
    kb.undo()
    assert kb.count() == 0
    assert kb.map() == replay(kb.events())


def test_a_copy_has_the_whole_history(kb: KnowledgeBase, server: str, tmp_path: Path) -> None:
    """From either kind of store to either kind: the same events with the same hashes, hence the same map."""
    from tests.store.server import new_database

    kb.bring(example_map())
    kb.claim("claim", "More")
    kb.undo()
    for target in (str(tmp_path / "copy.db"), new_database(server)):
        assert kb.copy(target) == kb.version
        with KnowledgeBase(target) as other:
            assert (list(other.events()), other.map()) == (list(kb.events()), kb.map())
            assert errors(other) == []
        with pytest.raises(Conflict):
            kb.copy(target)


def test_a_damaged_history_is_not_copied(kb: KnowledgeBase, tmp_path: Path) -> None:
    """What does not match its hashes stays where it is."""
    kb.claim("claim", "Words")
    with kb.store.writing() as connection:
        connection.exec_driver_sql("UPDATE event SET because = 'so'")
    with pytest.raises(DamageError, match="event 1"):
        kb.copy(str(tmp_path / "copy.db"))


def test_a_server_that_is_not_there_is_one_clear_line() -> None:
    """No server, no driver's traceback."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    with pytest.raises(StoreError, match="is it running") as raised:
        KnowledgeBase("postgresql+psycopg://ann:secret@127.0.0.1:1/kb")
    assert len(str(raised.value).splitlines()) == 1
    assert "secret" not in str(raised.value)
