"""Careful maps as the miner learns from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.demonstration import careful_folders
from argmap.errors import TrainingError
from argmap.mining import training_maps
from argmap.mining.crossing import cross_validated


def test_the_shipped_maps_are_one_for_each_text() -> None:
    """Every text of the shipped data comes once, with spans inside it and links between its own nodes."""
    found = training_maps(*careful_folders())
    assert len({document.id for document, _ in found}) == len(found) == 105
    for document, gold in found:
        assert gold.nodes
        for node in gold.nodes.values():
            for mention in node.mentions:
                assert mention.document != document.id or mention.end <= len(document.text)
        ends = {*gold.nodes, *gold.links}
        assert all({*link.sources, link.target} <= ends for link in gold.links.values())


def test_a_folder_without_maps_and_a_broken_map_are_training_errors(tmp_path: Path) -> None:
    """Both say what is wrong in one line."""
    with pytest.raises(TrainingError, match="no maps"):
        training_maps(tmp_path)
    (tmp_path / "broken.json").write_text("{}")
    with pytest.raises(TrainingError, match=r"broken\.json"):
        training_maps(tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_miner_beats_the_floor_on_texts_it_never_saw() -> None:
    """Cross-validated by text: units with kinds are far better than every sentence a claim."""
    table = cross_validated(training_maps(*careful_folders()))
    floor, miner = (groups["all"] for groups in table.values())
    assert miner["nodes+kind"] > floor["nodes+kind"] + 0.1
    assert miner["nodes"] > 0.75
