"""The big list of naughty strings: each survives store, search and every exact format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from argmap import KnowledgeBase, formats
from argmap.formats.zip_guard import unpacked
from argmap.model import ArgumentMap, new_node, standing
from argmap.readers.decoding import canonical
from tests.security.mutations import READABLE

LIST = Path(__file__).parents[2].parent / "shared/corpora/hostile/blns/blns.json"
pytestmark = pytest.mark.skipif(not LIST.is_file(), reason="the list is not beside the project")


@pytest.fixture(scope="module")
def naughty() -> ArgumentMap:
    """A claim of each string, in the form that texts are kept in."""
    strings = [canonical(text)[0].strip() for text in json.loads(LIST.read_text("utf-8"))]
    return ArgumentMap.of([], [new_node("claim", text) for text in dict.fromkeys(strings) if text])


@pytest.mark.parametrize("name", READABLE)
def test_every_string_survives_every_exact_format(name: str, naughty: ArgumentMap) -> None:
    """Written and read again, all 500 are there as they were."""
    data, losses = formats.dump(naughty, name)
    if losses:
        assert name in ("kialo", "tgf", "apx", "iccma")  # they keep no wording as it is
        return
    again, _ = formats.load(data, name)
    assert {node.text for node in again.nodes.values()} == {node.text for node in naughty.nodes.values()}


def test_every_string_survives_the_store(naughty: ArgumentMap, tmp_path: Path) -> None:
    """Stored, found by its own words without an error, and sound."""
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as kb:
        kb.bring(naughty)
        assert standing(kb.map()).nodes == naughty.nodes
        for node in naughty.nodes.values():
            kb.search(node.text)
        assert [str(finding) for finding in kb.check() if finding.level == "error"] == []


def test_no_cell_is_a_formula(naughty: ArgumentMap) -> None:
    """No cell of the tables begins as a spreadsheet's formulas do."""
    tables = unpacked(formats.dump(naughty, "csv")[0])
    rows = csv.reader(io.StringIO(tables["nodes.csv"].decode()))
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
