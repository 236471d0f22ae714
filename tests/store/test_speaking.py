"""Who says what, and who answers whom, counted in the database."""

from __future__ import annotations

from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Document, Mention, Turn, document_id, new_link, new_node
from argmap.store import speaking


def talk() -> ArgumentMap:
    """Ann claims twice, Bob attacks once; one claim has no speaker."""
    text = "Tea is best. It wakes you. Coffee is better. Who knows."
    places = {"Ann": [(0, 12), (13, 26)], "Bob": [(27, 44)], None: [(45, 55)]}
    document = Document(document_id(text), "Talk", "thread", text, (Turn("t1", 0, len(text)),))
    nodes = [
        new_node("rebuttal" if who == "Bob" else "claim", text[a:b], [Mention(document.id, a, b, who)])
        for who, spans in places.items()
        for a, b in spans
    ]
    links = [
        new_link("supports", [nodes[1].id], nodes[0].id),
        new_link("attacks", [nodes[2].id], nodes[0].id),
        new_link("attacks", [nodes[2].id], nodes[1].id),
        new_link("questions", [nodes[3].id], nodes[0].id),
    ]
    return ArgumentMap.of([document], nodes, links)


def test_speakers_are_counted_by_kind() -> None:
    """Those who say most come first; words without a speaker count for nobody."""
    with KnowledgeBase(":memory:", by="x") as kb:
        kb.bring(talk())
        with kb.store.reading() as connection:
            found = speaking.kinds_by_speaker(connection)
    assert found == [("Ann", {"claim": 2}), ("Bob", {"rebuttal": 1})]


def test_exchanges_are_between_different_speakers() -> None:
    """Supporting oneself is no exchange, and rejected links do not count."""
    whole = talk()
    rejected = next(link.id for link in whole.links.values() if link.kind == "attacks")
    with KnowledgeBase(":memory:", by="x") as kb:
        kb.bring(whole)
        with kb.store.reading() as connection:
            assert speaking.exchanges(connection) == [speaking.Exchange("Bob", "Ann", 0, 2, 0)]
        kb.adjudicate(rejected, accepted=False)
        with kb.store.reading() as connection:
            assert speaking.exchanges(connection) == [speaking.Exchange("Bob", "Ann", 0, 1, 0)]
