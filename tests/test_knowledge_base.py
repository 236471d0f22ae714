"""Verbs that join store and crafts: what is known is asked of the store before a craft sets to work."""

from __future__ import annotations

from pathlib import Path

from argmap import KnowledgeBase
from argmap.mining import Suggestions
from argmap.model import Document, Mention, Status, new_node


class CountingMiner:
    """Suggests the first turn, and counts how often it was asked."""

    name, version = "argmap", "test"

    def __init__(self) -> None:
        self.asked = 0

    def mine(self, document: Document) -> Suggestions:
        self.asked += 1
        turn = document.turns[0]
        mention = Mention(document.id, turn.start, turn.end, turn.speaker)
        text = document.text[turn.start : turn.end]
        by = f"{self.name}@{self.version}"
        return Suggestions((new_node("claim", text, [mention], status=Status.SUGGESTED, by=by),))


def test_a_known_text_is_not_mined_again(tmp_path: Path) -> None:
    """A text stored unmined is mined when asked for, then once for each version of the miner."""
    miner, path = CountingMiner(), tmp_path / "text.txt"
    path.write_text("Bikes are faster than cars in town.\n")
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as kb:
        kb.add(path, mine=False)
        asked = [miner.asked]
        for _ in range(2):
            kb.add(path, miner=miner)
            asked.append(miner.asked)
        miner.version = "later"
        kb.add(path, miner=miner)
        assert [*asked, miner.asked] == [0, 1, 1, 2]


def test_what_was_undone_is_mined_anew(tmp_path: Path) -> None:
    """Taking back the adding takes back the suggestions, so that adding again brings them again."""
    miner, path = CountingMiner(), tmp_path / "text.txt"
    path.write_text("Bikes are faster than cars in town.\n")
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as kb:
        first = kb.add(path, miner=miner)
        kb.undo()
        assert sorted(kb.add(path, miner=miner).ids) == sorted(first.ids)


def test_links_that_cannot_be_held_are_told_of() -> None:
    """An argument that attacks itself is fine in a framework; an import names what stays out."""
    with KnowledgeBase(":memory:", by="ann") as kb:
        _, warnings = kb.load(b"p af 2\n1 1\n1 2\n")

        assert [warning.partition(": ")[2] for warning in warnings] == ["it starts from what it leads to"]
        assert len(kb.map().links) == 1
