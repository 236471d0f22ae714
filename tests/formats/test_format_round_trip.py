"""argmap JSON -> X -> argmap JSON, for every X that reads and writes."""

from __future__ import annotations

import pytest
from generated_maps import maps
from hypothesis import HealthCheck, given, settings

from argmap import formats
from argmap.model import ArgumentMap, Document, document_id

EXACT = (
    "json",
    "turtle",
    "trig",
    "nquads",
    "jsonld",
    "rdfxml",
    "graphml",
    "argdown",
    "aif",
    "xaif",
    "csv",
    "sadface",
    "arguebuf",
    "aif-rdf",
    "argdown-json",
    "carneades",
    "brat",
    "webanno",
)
LOSSY = ("kialo", "tgf", "apx", "iccma")


@given(argument_map=maps())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_exact_formats_give_the_same_map_back(argument_map: ArgumentMap) -> None:
    """What an exact format writes, it reads as the same argmap JSON, with no loss and no warning."""
    expected = formats.dump(argument_map, "json")
    for name in EXACT:
        data, losses = formats.dump(argument_map, name)
        again, warnings = formats.load(data, name)

        assert (name, (), ()) == (name, losses, warnings)
        assert expected == formats.dump(again, "json"), name


@given(argument_map=maps())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_detection_and_repetition(argument_map: ArgumentMap) -> None:
    """An export is known by its structure and is the same bytes every time."""
    for name in EXACT:
        data, _ = formats.dump(argument_map, name)

        assert data == formats.dump(argument_map, name)[0], name
        assert formats.load(data) == formats.load(data, name), name


@given(argument_map=maps())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_lossy_formats_lose_what_they_declare(argument_map: ArgumentMap) -> None:
    """What no loss names comes back, and nothing that was not there."""
    for name in LOSSY:
        check_losses(name, argument_map)


def check_losses(name: str, argument_map: ArgumentMap) -> None:
    """Fail where a format loses more than it says, or makes something up."""
    data, losses = formats.dump(argument_map, name)
    again, warnings = formats.load(data)
    lost = {(loss.item, loss.what) for loss in losses}
    kept = {node for node in argument_map.nodes if (node, "node") not in lost}

    assert (name, ()) == (name, warnings)
    assert len(kept) == len(again.nodes), name
    for node in kept:
        if (node, "id") not in lost:
            for field in ("kind", "text", "mentions", "status", "by", "confidence", "cue", "attributes"):
                same = getattr(again.nodes[node], field) == getattr(argument_map.nodes[node], field)
                assert same == ((node, field) not in lost), (name, field)
    for link in argument_map.links.values():
        if (link.id, "link") not in lost and (link.id, "id") not in lost:
            assert again.links[link.id].kind == link.kind


@pytest.mark.parametrize("name", ["argdown", "carneades"])
def test_a_long_document_comes_back_through_yaml(name: str) -> None:
    """What we write in YAML we read, also where it is more than a megabyte."""
    text = "It is said. " * 120_000
    original = ArgumentMap.of([Document(document_id(text), "x", "essay", text)])

    assert formats.load(formats.dump(original, name)[0], name)[0] == original
