"""Real files of the field: what the peers wrote is read, and comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.formats.conformance import compared

CORPUS = Path(__file__).parents[2].parent / "shared/corpora/formats"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of format files is not here")


def _files(pattern: str) -> Iterator[Path]:
    return (path for path in sorted(CORPUS.glob(pattern)) if path.suffix != ".md")


def _rows(nodeset: dict[str, Any]) -> list[list[str]]:
    names = ("nodes", "edges", "locutions")
    return [sorted(json.dumps(row, sort_keys=True) for row in nodeset.get(name) or ()) for name in names]


def test_argdown_agrees_with_the_official_parser() -> None:
    """Statements, arguments, relations and structures are those of the official JSON in 98 % of files."""
    rows = list(compared(CORPUS / "argdown", CORPUS / "argdown_json"))
    same = [name for name, ours, theirs in rows if not ours and not theirs]

    assert len(rows) > 60
    assert len(same) >= 0.98 * len(rows)


@pytest.mark.parametrize("pattern", ["aif_json/*nodeset*.json", "aif_json/arguebuf*.json"])
def test_aif_comes_back_whole(pattern: str) -> None:
    """Read and written, a nodeset keeps every node, edge and locution with all fields, without our slot."""
    for path in _files(pattern):
        argument_map, _ = formats.load(path.read_bytes())
        data, losses = formats.dump(argument_map, "aif")

        assert _rows(json.loads(data)) == _rows(json.loads(path.read_bytes())), path.name
        assert losses == ()


@pytest.mark.slow
def test_all_of_araucaria_comes_back_whole() -> None:
    """So does every nodeset of the Araucaria corpus."""
    test_aif_comes_back_whole("carneades_expected/aif/nodeset*.json")


def test_xaif_comes_back_whole() -> None:
    """xAIF keeps its arrays, text, participants, schemes and every key it has beside them."""
    for path in _files("xaif/*.json"):
        original = json.loads(path.read_bytes())
        again = json.loads(formats.dump(formats.load(path.read_bytes())[0], "xaif")[0])

        assert _rows(again["AIF"]) == _rows(original["AIF"]), path.name
        assert {key: again.get(key) for key in original if key != "AIF"} == {
            key: value for key, value in original.items() if key != "AIF"
        }
        for name in original["AIF"].keys() - {"nodes", "edges", "locutions"}:
            assert again["AIF"][name] == original["AIF"][name]


def test_aif_dialogue_gives_speakers() -> None:
    """Locutions become the turns of a document, and say who made each claim."""
    argument_map, _ = formats.load((CORPUS / "xaif/xaif-tutorial-2.json").read_bytes())
    (document,) = argument_map.documents.values()

    assert {turn.speaker for turn in document.turns} == {"Participant Rachel"}
    assert all(node.speakers == ("Participant Rachel",) for node in argument_map.nodes.values())


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("argdown_json/**/*.json", "argdown-json"),
        ("arguebuf/*.json", "arguebuf"),
        ("carneades_yaml/*.yml", "carneades"),
        ("carneades_expected/tgf/*.tgf", "tgf"),
        ("graphml/*.graphml", "graphml"),
    ],
)
def test_peers_files_are_read_and_exported(pattern: str, name: str) -> None:
    """Every file is known by its structure, read, and its map survives argmap JSON and Turtle."""
    for path in _files(pattern):
        data = path.read_bytes()
        argument_map, _ = formats.load(data, name, path=path.name)
        if path.name != "empty.yml":
            assert formats.detect(data) == name, path.name
        for other in ("json", "turtle", name):
            written, losses = formats.dump(argument_map, other)
            if not losses:
                assert formats.load(written, other)[0] == argument_map, (path.name, other)


def test_argdown_text_and_json_give_one_map() -> None:
    """The text and the official JSON of one file are the same argument map."""
    for path in _files("argdown/*.argdown"):
        text, _ = formats.load(path.read_bytes(), "argdown")
        value, _ = formats.load((CORPUS / "argdown_json" / f"{path.stem}.json").read_bytes())

        assert {node.text for node in value.nodes.values()} == {node.text for node in text.nodes.values()}
        assert len(value.links) == len(text.links)
