"""Fifty editors at once on twenty shared claims: no update is lost, every conflict is told to its author."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from argmap import KnowledgeBase
from argmap.errors import Conflict

EDITOR = """
import random, sys
from argmap import KnowledgeBase
from argmap.errors import Conflict
place, name, edits, *shared = sys.argv[1:]
chance, conflicts = random.Random(name), 0
with KnowledgeBase(place, by=name) as kb:
    sys.stdin.readline()
    for _ in range(int(edits)):
        item, stored = chance.choice(shared), False
        while not stored:
            version = kb.version
            count = int(kb.node(item).text.split()[-1])
            try:
                kb.revise(item, changes={"text": f"{item} counted {count + 1}"}, expected=version)
                stored = True
            except Conflict as conflict:
                assert any(event.change.targets == (item,) for event in conflict.changes)
                conflicts += 1
print(conflicts)
"""


def edit_at_once(place: str, *, editors: int, edits: int, shared: int) -> int:
    """Let editors count up shared claims, all from one signal; gives the number of conflicts they met."""
    with KnowledgeBase(place, by="ann") as kb:
        ids = [kb.claim("claim", f"{number} counted 0").ids[0] for number in range(shared)]
        before = kb.version
    words = [sys.executable, "-c", EDITOR, place]
    processes = [
        subprocess.Popen(
            [*words, f"e{number}", str(edits), *ids],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for number in range(editors)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate() for process in processes]
    assert [(process.returncode, said[1]) for process, said in zip(processes, told, strict=True)] == [
        (0, "")
    ] * editors
    with KnowledgeBase(place, by="ann") as kb:
        assert kb.version - before == editors * edits
        assert sum(int(kb.node(item).text.split()[-1]) for item in ids) == editors * edits
        assert set(Counter(event.by.name for event in kb.store.events(after=before)).values()) == {edits}
        assert [str(finding) for finding in kb.check() if finding.level == "error"] == []
    return sum(int(out) for out, _ in told)


def test_editors_at_once_lose_no_update(place: str) -> None:
    """Three processes, six edits each, of two claims: the counters add up to all that was acknowledged."""
    edit_at_once(place, editors=3, edits=6, shared=2)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_fifty_editors_lose_no_update(place: str, record_property: Callable[[str, object], None]) -> None:
    """Fifty processes, forty edits each, of twenty claims: 2,000 acknowledged, in the log, counted."""
    record_property("conflicts told", edit_at_once(place, editors=50, edits=40, shared=20))


def test_a_stale_write_is_a_conflict_and_changes_nothing(place: str) -> None:
    """Who decides on what somebody changed since gets that change, and the text stays as it was."""
    with KnowledgeBase(place, by="ann") as ann, KnowledgeBase(place, by="bob") as bob:
        item = ann.claim("claim", "first").ids[0]
        version = bob.version
        ann.revise(item, changes={"text": "Ann's"}, expected=version)
        with pytest.raises(Conflict, match="ann changed this") as caught:
            bob.revise(item, changes={"text": "Bob's"}, expected=version)
        assert [(event.by.name, event.change.changes["text"]) for event in caught.value.changes] == [
            ("ann", "Ann's")
        ]
        assert (bob.node(item).text, bob.version) == ("Ann's", version + 1)
