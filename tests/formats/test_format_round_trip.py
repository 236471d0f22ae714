"""argmap JSON -> X -> argmap JSON, for every X that reads and writes."""

from __future__ import annotations

import pytest
from generated_maps import maps
from hypothesis import HealthCheck, given, settings

from argmap import formats
from argmap.model import ArgumentMap

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


@pytest.mark.parametrize("name", EXACT)
@given(argument_map=maps())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_exact_formats_give_the_same_map_back(name: str, argument_map: ArgumentMap) -> None:
    """What an exact format writes, it reads as the same argmap JSON, with no loss and no warning."""
    data, losses = formats.dump(argument_map, name)
    again, warnings = formats.load(data, name)

    assert losses == ()
    assert warnings == ()
    assert formats.dump(again, "json") == formats.dump(argument_map, "json")


@pytest.mark.parametrize("name", EXACT)
@given(argument_map=maps())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_detection_and_repetition(name: str, argument_map: ArgumentMap) -> None:
    """An export is known by its structure and is the same bytes every time."""
    data, _ = formats.dump(argument_map, name)

    assert data == formats.dump(argument_map, name)[0]
    assert formats.load(data) == formats.load(data, name)


@pytest.mark.parametrize("name", LOSSY)
@given(argument_map=maps())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_lossy_formats_lose_what_they_declare(name: str, argument_map: ArgumentMap) -> None:
    """What no loss names comes back, and nothing that was not there."""
    data, losses = formats.dump(argument_map, name)
    again, warnings = formats.load(data)
    lost = {(loss.item, loss.what) for loss in losses}
    kept = {node for node in argument_map.nodes if (node, "node") not in lost}

    assert warnings == ()
    assert len(again.nodes) == len(kept)
    for node in kept:
        if (node, "id") not in lost:
            for field in ("kind", "text", "mentions", "status", "by", "confidence", "cue", "attributes"):
                same = getattr(again.nodes[node], field) == getattr(argument_map.nodes[node], field)
                assert same == ((node, field) not in lost)
    for link in argument_map.links.values():
        if (link.id, "link") not in lost and (link.id, "id") not in lost:
            assert again.links[link.id].kind == link.kind
