"""Histories for property tests: any events at all, sensible or not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from argmap.model import (
    Agent,
    AgentKind,
    Document,
    Event,
    Link,
    LinkKind,
    Mention,
    Node,
    NodeKind,
    Quote,
    Status,
    Turn,
    document_id,
)
from argmap.model.events import (
    Accepted,
    Adjudicated,
    Change,
    Commented,
    Described,
    DocumentAdded,
    Frozen,
    LinkAdded,
    Merged,
    NodeAdded,
    Rejected,
    Revised,
    RoleGranted,
    SharesSet,
    Suggested,
    TurnsCorrected,
    Undone,
    Unmerged,
)

AT = "2026-01-01T00:00:00+00:00"
WORDS = (
    "Small models gain no knowledge.",
    "Zwölf Boxkämpfer 😀 jagen Viktor.",
    "x",
    "Ja\nnein\u2028vielleicht",
)
DOCUMENT_IDS = tuple(document_id(text) for text in WORDS)
# "both" names a node in some events and a link in others.
NODE_IDS = ("n0", "n1", "n2", "n3", "both")
LINK_IDS = ("l0", "l1", "l2", "both")
OPERATIONS = ("o0", "o1", "o2", "o3", "o4", "o5", "never")

people = st.sampled_from([Agent("ann"), Agent("bob"), Agent("cy")])
agents = people | st.just(Agent("argmap", AgentKind.MINER, "0.1.0"))
any_ids = st.sampled_from([*NODE_IDS, *LINK_IDS, *DOCUMENT_IDS, "absent"])
words = st.sampled_from(WORDS)
attributes = st.sampled_from([{}, {"source": "a letter"}, {"deep": {"list": [1, 2.5, None, True, "ä"]}}])
argued = {
    "status": st.sampled_from(Status),
    "confidence": st.sampled_from([0.0, 0.25, 1.0, 1]),
    "by": st.sampled_from(["", "ann", "argmap@0.1.0"]),
    "cue": st.none() | st.just("because"),
    "attributes": attributes,
}


def _document(draw: Any, text: str) -> Document:
    end = draw(st.integers(0, len(text)))
    quotes = draw(st.sampled_from([(), (Quote(0, end), Quote(0, 0, "t1"))]))
    begin = draw(st.none() | st.floats(0, 1e6))
    turns = draw(
        st.sampled_from([(), (Turn("t1", 0, end, "Ann", quotes=quotes, begin=begin, finish=begin),)])
    )
    return Document(document_id(text), "A title", "essay", text, turns, attributes=draw(attributes))


documents = st.composite(lambda draw: _document(draw, draw(words)))()
mentions = st.builds(
    Mention,
    st.sampled_from([*DOCUMENT_IDS, "absent"]),
    st.integers(0, 9),
    st.integers(0, 60),
    st.sampled_from([None, "Ann", "Tim Ho"]),
)
some_mentions = st.lists(mentions, max_size=3).map(tuple)
nodes = st.builds(Node, st.sampled_from(NODE_IDS), st.sampled_from(NodeKind), words, some_mentions, **argued)
links = st.builds(
    Link,
    st.sampled_from(LINK_IDS),
    st.sampled_from(LinkKind),
    st.lists(any_ids, max_size=3).map(tuple),
    any_ids,
    **argued,
)
some_ids = st.lists(any_ids, max_size=3).map(tuple)
revisions = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([*NodeKind, *LinkKind]),
        "text": words,
        "mentions": some_mentions,
        "sources": some_ids,
        "target": any_ids,
        "attributes": attributes,
    },
)
bad_turns = st.sampled_from([(), (Turn("t1", 0, 1, "Bob"),), (Turn("t1", 0, 999),), (Turn("t", 0, 1),) * 2])
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(DocumentAdded, documents),
    st.builds(TurnsCorrected, st.sampled_from([*DOCUMENT_IDS, "absent"]), bad_turns),
    st.builds(Suggested, st.lists(nodes, max_size=3).map(tuple), st.lists(links, max_size=3).map(tuple)),
    st.builds(NodeAdded, nodes),
    st.builds(NodeAdded, nodes),
    st.builds(LinkAdded, links),
    st.builds(LinkAdded, links),
    st.builds(Accepted, some_ids),
    st.builds(Rejected, some_ids),
    st.builds(Adjudicated, some_ids, st.booleans()),
    st.builds(Revised, any_ids, revisions),
    st.builds(Merged, any_ids, some_ids),
    st.builds(Merged, st.sampled_from(NODE_IDS), st.lists(st.sampled_from(NODE_IDS), max_size=2).map(tuple)),
    st.builds(Unmerged, any_ids),
    st.builds(Commented, any_ids, words),
    st.builds(Frozen, words),
    st.builds(Described, st.dictionaries(words, words, max_size=2)),
    st.builds(RoleGranted, words, words, st.none() | words),
    st.builds(SharesSet, st.floats(0, 1), st.floats(0, 1)),
    st.builds(Undone, st.sampled_from(OPERATIONS)),
    st.builds(Undone, st.sampled_from(OPERATIONS)),
)
operations = st.tuples(
    st.sampled_from(OPERATIONS[:-1]), agents, st.none() | words, st.lists(changes, min_size=1, max_size=3)
)


def numbered(batches: list[tuple[str, Agent, str | None, list[Change]]]) -> list[Event]:
    """The batches as one log."""
    flat = [(name, by, because, change) for name, by, because, group in batches for change in group]
    return [
        Event(seq, name, by, AT, change, because)
        for seq, (name, by, because, change) in enumerate(flat, start=1)
    ]


logs = st.lists(operations, max_size=14).map(numbered)
