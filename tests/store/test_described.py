"""What belongs to a map as a whole comes in and goes out again."""

from __future__ import annotations

from argmap import ArgumentMap, KnowledgeBase
from argmap.model import new_node, replay


def test_attributes_of_a_map_survive_import_and_undo() -> None:
    """An import keeps a map's attributes, the same import adds nothing, and undo takes them back."""
    brought = ArgumentMap.of(nodes=[new_node("claim", "Size is not all.")], attributes={"title": "Size"})
    with KnowledgeBase(":memory:", by="ann") as kb:
        kb.bring(brought)
        again = kb.bring(brought)

        assert again.operation == ""
        assert {"title": "Size"} == kb.map().attributes
        assert replay(kb.events()) == kb.map()
        kb.undo()
        assert {} == kb.map().attributes
