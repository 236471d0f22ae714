"""Home: counts, lists, search, the empty state."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.screens.home import on_screen
from argmap.knowledge_base import KnowledgeBase
from tests.app.screens_at_test import Explorer, debate, shown


def test_home_counts_and_lists(explorer: Explorer) -> None:
    """A reader sees how much there is and what is contested."""
    test = explorer()
    assert not test.exception
    assert "Large models know more facts" in shown(test)
    assert [title.value for title in test.title] == ["The debate"]


def test_search_marks_the_words(explorer: Explorer) -> None:
    """Hits come with the words marked, and nothing else."""
    test = explorer(q="facts")
    assert "<mark>facts</mark>" in shown(test)
    assert "SimpleQA" not in shown(test)


def test_an_empty_knowledge_base_shows_three_ways_in(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody meets a blank page."""
    monkeypatch.setenv("ARGMAP_KB", str(tmp_path / "empty.db"))
    test = explorer()
    assert not test.exception
    assert {"way-upload", "way-paste", "way-claim"} <= {button.key for button in test.button}
    monkeypatch.setenv("ARGMAP_READ_ONLY", "1")
    test = explorer()
    assert [button.key for button in test.button] == []
    assert "Nothing is here yet." in shown(test)


def test_what_is_saved_of_home_is_what_it_lists(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Every claim that stands on the screen is in the file, those that wait for an answer too."""
    page = shown(explorer())
    listed = {node.id for node in debate().nodes.values() if node.text in page}
    claim = next(node.id for node in debate().nodes.values() if node.text.startswith("Large"))
    waiting = kb.reply(claim, "attacks", "Nobody answers this.").ids[0]
    assert on_screen(kb) == listed | {waiting}
