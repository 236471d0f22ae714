"""What is typed and not saved is kept beside either kind of store, by person, form and field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap import KnowledgeBase
from argmap.places import beside
from argmap.store import unfinished
from argmap.store.unfinished import Unfinished

FORM = ("reply", "n1", "attacks")


@pytest.fixture
def kb(place: str) -> Iterator[KnowledgeBase]:
    """An empty knowledge base of each kind."""
    with KnowledgeBase(place, by="ann") as made:
        yield made


def opened(kb: KnowledgeBase) -> Unfinished:
    """What is kept beside a knowledge base, as a server finds it when it starts."""
    return Unfinished(kb.store.engine, file=beside(kb.store.url, ".drafts"))


def test_another_server_finds_what_was_typed(kb: KnowledgeBase) -> None:
    """It is stored at once, so a server that was killed loses none of it; others' words are theirs."""
    kept = opened(kb)
    for words in ("Half", "Half a sen", "Half a sen"):
        kept.keep("ann", FORM, "words", words)
    kept.keep("bob", FORM, "words", "Another")
    other = opened(kb)
    assert "Half a sen" == other.words("ann", FORM, "words")
    assert [(FORM, "Half a sen")] == other.of("ann")
    other.drop("ann", FORM)
    assert (None, []) == (kept.words("ann", FORM, "words"), kept.of("ann"))
    kept.keep("bob", FORM, "words", "")
    assert [] == other.of("bob")


def test_no_more_than_some_are_kept(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first; what is counted is fields, not how often one was sent."""
    monkeypatch.setattr(unfinished, "MOST", 3)
    kept = opened(kb)
    for at in (*range(5), 4, 4):
        kept.keep("ann", ("reply", f"n{at}", ""), "words", f"{at} typed {kept.of('ann')}")
    assert ["n4", "n3", "n2"] == [form[1] for form, _ in kept.of("ann")]


def test_typing_does_not_wait_for_writers(kb: KnowledgeBase) -> None:
    """While an import holds the lock of writers, words are kept."""
    kept = opened(kb)
    with kb.store.writing():
        kept.keep("ann", FORM, "words", "text")
    assert "text" == kept.words("ann", FORM, "words")


def test_typing_goes_on_where_nothing_can_be_kept(kb: KnowledgeBase) -> None:
    """A lost table, a damaged file or an odd character costs the draft, not the form."""
    kept = opened(kb)
    kept.keep("ann", FORM, "words", "half a character: \ud800")
    kept.keep("ann", FORM, "words", "text")
    with kept._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE unfinished")
    kept.keep("ann", FORM, "words", "more text")
    assert (None, []) == (kept.words("ann", FORM, "words"), kept.of("ann"))


def test_where_it_is_not_kept_is_told_once(
    kb: KnowledgeBase, place: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A place that takes nothing is named in the program's log, and nothing fails."""
    with KnowledgeBase(place, read_only=True) as reader:
        kept = Unfinished(reader.store.engine, file=tmp_path / "none" / "kb.drafts")
        kept.keep("ann", FORM, "words", "text")
        assert None is kept.words("ann", FORM, "words")
    assert 1 == caplog.text.count("what is typed and not saved is not kept")
