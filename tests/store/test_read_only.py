"""What is open for reading takes nothing, whichever verb is called and whatever is sent to the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from argmap import KnowledgeBase
from argmap.errors import ReadOnlyError
from argmap.model import Document, Mention, Turn, document_id

WORDS = "Bikes are faster. Cars are not."
DOCUMENT = Document(document_id(WORDS), "t", "notes", WORDS, (Turn("t1", 0, len(WORDS), "Ann"),))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_verb_writes_into_what_is_open_for_reading(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every writing verb is refused as such, and the history stays as it was."""
    from tests.store.server import new_database

    place = str(tmp_path / "kb.db") if kind == "sqlite" else new_database(request.getfixturevalue("server"))
    with KnowledgeBase(place, by="ann") as kb:
        one, two, three = (kb.claim("claim", words).ids[0] for words in ("One", "Two", "Three"))
        kb.add_document(DOCUMENT, mine=False)
        kb.merge(one, three)
        link = kb.connect("attacks", [one], two).ids[0]
        kb.comment(one, "x")
        kb.undo()
        events, titled = list(kb.events()), replace(kb.map(), attributes={"title": "new"})
    parts = [("a", Mention(DOCUMENT.id, 0, 17)), ("b", Mention(DOCUMENT.id, 18, 31))]
    verbs: dict[str, Callable[[KnowledgeBase], object]] = {
        "accept": lambda kb: kb.accept(one),
        "add": lambda kb: kb.add(Path(__file__), mine=False),
        "add_all": lambda kb: list(kb.add_all([__file__], mine=False)),
        "add_bytes": lambda kb: kb.add_bytes(b"New words.", name="n.txt", mine=False),
        "adjudicate": lambda kb: kb.adjudicate(one, accepted=True),
        "bring": lambda kb: kb.bring(titled),
        "claim": lambda kb: kb.claim("claim", "New"),
        "comment": lambda kb: kb.comment(one, "y"),
        "connect": lambda kb: kb.connect("supports", [two], one),
        "correct_turns": lambda kb: kb.correct_turns(DOCUMENT.id, []),
        "freeze": lambda kb: kb.freeze("v1"),
        "grant": lambda kb: kb.grant("ann", "admin"),
        "merge": lambda kb: kb.merge(one, two),
        "redo": lambda kb: kb.redo(),
        "reject": lambda kb: kb.reject(link),
        "repair": lambda kb: kb.repair(),
        "reply": lambda kb: kb.reply(one, "attacks", "New"),
        "restore": lambda kb: kb.store.restore(events),
        "revise": lambda kb: kb.revise(one, changes={"text": "New"}),
        "settle": lambda kb: kb.settle([one], [two]),
        "share": lambda kb: kb.share(overlap=0.5, blind=0.5),
        "split": lambda kb: kb.split(one, parts),
        "undo": lambda kb: kb.undo(),
        "unmerge": lambda kb: kb.unmerge(three),
    }
    with KnowledgeBase(place, by="ann", read_only=True) as kb:
        for verb in verbs.values():
            with pytest.raises(ReadOnlyError):
                verb(kb)
        with kb.store.reading() as connection, pytest.raises(Exception, match=r"readonly|read-only"):
            connection.exec_driver_sql("DELETE FROM node")
        assert list(kb.events()) == events
