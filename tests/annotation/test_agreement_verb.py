"""The verb and the command give the figures of what was decided in a knowledge base."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from debates import document, marked, unit

from argmap.cli import main
from argmap.knowledge_base import KnowledgeBase
from argmap.model import Mention

TEXT = document(6)


def annotate(kb: KnowledgeBase, name: str, *spans: tuple[int, int, str]) -> list[str]:
    return [
        kb.claim(kind, TEXT.text[start:end], mentions=[Mention(TEXT.id, start, end)], by=name).ids[0]
        for start, end, kind in spans
    ]


def filled(place: Path) -> Path:
    with KnowledgeBase(place) as kb:
        kb.add_document(TEXT, mine=False)
        first, second = annotate(kb, "ann", (0, 10, "claim"), (20, 30, "evidence"))
        kb.connect("supports", [second], first, by="ann")
        annotate(kb, "bob", (0, 10, "claim"), (20, 30, "evidence"), (40, 50, "claim"))
        kb.undo(by="bob")
    return place


def test_verb(tmp_path: Path) -> None:
    """Two people who marked the same units agree on these, and not on the link that one of them made."""
    with KnowledgeBase(filled(tmp_path / "debate.db")) as kb:
        found = {measure.name: measure for measure in kb.agreement(draws=20)}
    assert found["units f1"].value == found["kinds cohen"].value == found["units alpha"].value == 1.0
    assert (found["links f1"].value, found["links f1"].items) == (0.0, 1)
    assert {measure.annotators for measure in found.values()} == {("ann", "bob")}


def test_table(tmp_path: Path) -> None:
    """The table has a row for each measure, its columns in line."""
    place = filled(tmp_path / "debate.db")
    lines = CliRunner().invoke(main, ["--kb", str(place), "agreement"]).output.splitlines()
    assert lines[0].split() == ["measure", "annotators", "value", "95", "%", "interval", "segments", "items"]
    assert len(lines) == 9
    assert len({len(line) for line in lines}) == 1
    assert lines[4].split("  ")[0] == "units f1"
    assert lines[4].split() == ["units", "f1", "ann,", "bob", "1.000", "1.000", "to", "1.000", "6", "4"]


def test_json(tmp_path: Path) -> None:
    """JSON has the same, by field."""
    place = filled(tmp_path / "debate.db")
    found = json.loads(CliRunner().invoke(main, ["--kb", str(place), "agreement", "--json"]).output)
    (units,) = [measure for measure in found if measure["name"] == "units f1"]
    assert units == {
        "name": "units f1",
        "annotators": ["ann", "bob"],
        "value": 1.0,
        "low": 1.0,
        "high": 1.0,
        "segments": 6,
        "items": 4,
    }


def test_nobody(tmp_path: Path) -> None:
    """With fewer than two annotators it says so, and JSON is an empty list."""
    command = ["--kb", str(tmp_path / "empty.db"), "agreement"]
    KnowledgeBase(tmp_path / "empty.db").close()
    assert CliRunner().invoke(main, command).output == "no two annotators have decided anything yet\n"
    assert json.loads(CliRunner().invoke(main, [*command, "--json"]).output) == []


def test_brought_passes(tmp_path: Path) -> None:
    """Two independent passes that are brought as maps are compared, what both marked alike included, once."""
    passes = {
        name: marked(TEXT, [(0, 10, "claim"), (20, 30, "evidence")], [("supports", 1, 0)])
        for name in ("ann", "bob")
    }
    with KnowledgeBase(tmp_path / "debate.db") as kb:
        for name, own in passes.items():
            assert kb.bring(_signed(own, name)).operation
            assert not kb.bring(_signed(own, name)).operation
        assert {measure.value for measure in kb.agreement(draws=20)} == {1.0}
        assert not kb.bring(kb.map()).operation


def _signed(own, name):
    from dataclasses import replace

    nodes = [replace(node, by=name) for node in own.nodes.values()]
    return type(own).of(
        own.documents.values(), nodes, [replace(link, by=name) for link in own.links.values()]
    )


def test_a_document_left_to_others(tmp_path: Path) -> None:
    """Who decided nothing in a text is not compared on it: too few segments, no number."""
    with KnowledgeBase(filled(tmp_path / "debate.db")) as kb:
        other = document(6, salt="other")
        kb.add_document(other, mine=False)
        node = unit(other, 0, 9)
        kb.claim("claim", node.text, mentions=node.mentions, by="cat")
        pairs = {(measure.annotators, measure.value, measure.segments) for measure in kb.agreement(draws=20)}
    assert (("ann", "cat"), None, 0) in pairs
    assert (("ann", "bob"), 1.0, 6) in pairs
