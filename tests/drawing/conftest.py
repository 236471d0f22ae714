"""A small debate with every kind of node and link, and Chromium where it is installed."""

from __future__ import annotations

from typing import Any

import pytest

from argmap.model import ArgumentMap, Document, Mention, Status, Turn, document_id, new_link, new_node
from tests.chromium import launched

TEXT = "Large models know more facts. SimpleQA shows it.\n\nIntelligence is not knowledge 😀. Why?"


def _mention(words: str, speaker: str) -> Mention:
    start = TEXT.index(words)
    return Mention(document_id(TEXT), start, start + len(words), speaker)


@pytest.fixture
def debate() -> ArgumentMap:
    """A claim with evidence, a rebuttal, an undercut on the evidence, a question, and linked premises."""
    turns = (Turn("t1", 0, 48, "Ann"), Turn("t2", 50, len(TEXT), "Bob", reply_to="t1"))
    document = Document(document_id(TEXT), "Knowledge", "thread", TEXT, turns)
    claim = new_node(
        "claim", "Large models know more facts.", [_mention("Large models know more facts.", "Ann")]
    )
    evidence = new_node("evidence", "SimpleQA shows it.", [_mention("SimpleQA shows it.", "Ann")])
    rebuttal = new_node("rebuttal", "Intelligence is not knowledge 😀.", status=Status.SUGGESTED)
    undercut = new_node("claim", "SimpleQA measures recall only.")
    question = new_node("question", "Why?", [_mention("Why?", "Bob")])
    premises = [new_node("claim", "Search gives facts."), new_node("claim", "Small models can search.")]
    supports = new_link("supports", [evidence.id], claim.id)
    links = [
        supports,
        new_link("attacks", [rebuttal.id], claim.id, status=Status.SUGGESTED),
        new_link("undercuts", [undercut.id], supports.id),
        new_link("questions", [question.id], rebuttal.id),
        new_link("supports", [node.id for node in premises], rebuttal.id),
    ]
    return ArgumentMap.of([document], [claim, evidence, rebuttal, undercut, question, *premises], links)


@pytest.fixture(scope="session")
def chromium() -> Any:
    """A headless browser; skips where there is none."""
    return launched()
