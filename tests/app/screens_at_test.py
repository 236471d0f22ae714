"""A small debate for the explorer's tests, and ways to read a screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from argmap.model import ArgumentMap, Document, Mention, Status, Turn, document_id, new_link, new_node

MAIN = Path(__file__).parents[2] / "app" / "main.py"

TEXT = (
    "Large models know more facts than small ones. SimpleQA scores grow with size.\n\n"
    "Intelligence is not knowledge 😀. A small model can look facts up.\n\nWhat about reasoning?"
)


def mention(words: str, speaker: str | None) -> Mention:
    """The mention of these words of TEXT."""
    start = TEXT.index(words)
    return Mention(document_id(TEXT), start, start + len(words), speaker)


def debate() -> ArgumentMap:
    """A claim with evidence, a rebuttal with its own support, and a question."""
    turns = (
        Turn("t1", 0, TEXT.index("\n\n"), "Ann"),
        Turn("t2", TEXT.index("Intelligence"), TEXT.index("\n\nWhat"), "Bob", reply_to="t1"),
        Turn("t3", TEXT.index("What"), len(TEXT), None, reply_to="t2"),
    )
    document = Document(document_id(TEXT), "Knowledge and intelligence", "thread", TEXT, turns)
    said = [
        ("claim", "Large models know more facts than small ones.", "Ann"),
        ("evidence", "SimpleQA scores grow with size.", "Ann"),
        ("rebuttal", "Intelligence is not knowledge 😀.", "Bob"),
        ("claim", "A small model can look facts up.", "Bob"),
        ("question", "What about reasoning?", None),
    ]
    nodes = [
        new_node(
            kind,
            words,
            [mention(words, who)],
            status=Status.SUGGESTED,
            confidence=0.7,
            by="miner@1",
            cue="made up",
        )
        for kind, words, who in said
    ]
    ids = [node.id for node in nodes]
    pairs = [("supports", 1, 0), ("attacks", 2, 0), ("supports", 3, 2), ("questions", 4, 2)]
    links = [
        new_link(kind, [ids[a]], ids[b], status=Status.SUGGESTED, by="miner@1", cue="made up")
        for kind, a, b in pairs
    ]
    return ArgumentMap.of([document], nodes, links)


_CLICKS = count(1)  # every click of a browser has a number of its own


def choose(test: AppTest, act: str, node: str) -> AppTest:
    """Click a button of the bar below the claim in focus."""
    test.session_state["list-acts"] = {"chosen": {"act": act, "id": node, "at": next(_CLICKS)}}
    return test.run()


Explorer = Callable[..., AppTest]


def shown(test: AppTest) -> str:
    """Everything that a screen says by our own markup and by native elements."""
    parts = [
        *(e.proto.body for e in test.get("html")),
        *(line for e in test.get("bidi_component") for line in listed(json.loads(e.proto.json or "{}"))),
        *(
            e.value
            for kind in ("title", "subheader", "warning", "error", "info", "text")
            for e in test.get(kind)
        ),
    ]
    return "\n".join(str(part) for part in parts)


def listed(data: dict[str, Any]) -> Iterator[str]:
    """What a list component says: its title, its lines, and for each card its head, its words, its foot."""
    for side in data.get("sides", []):
        yield from listed(side)
    for quote in data.get("quotes", []):
        yield f"{quote['before']}<mark>{quote['words']}</mark>{quote['after']} {quote['said']}"
    if "cards" not in data and "rows" not in data:
        return
    yield data.get("title", "")
    yield from (row["text"] for row in data.get("rows", []))
    for card in data.get("cards", []):
        yield " ".join(f"{sign} {words}" for _, sign, words in card["head"])
        yield "".join(f"<mark>{words}</mark>" if is_hit else words for words, is_hit in card["text"])
        yield " · ".join(card["foot"])
    if not data.get("cards"):
        yield data.get("empty", "")
