"""Home: counts, lists, search, the empty state."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.screens_at_test import Explorer, shown


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
