"""The shipped SHACL shapes say what our RDF looks like."""

from __future__ import annotations

from importlib.resources import files

import pytest
import rdflib
from generated_maps import maps
from hypothesis import HealthCheck, given, settings

from argmap.formats.rdf import to_dataset
from argmap.model import ArgumentMap

pyshacl = pytest.importorskip("pyshacl")
pytestmark = pytest.mark.filterwarnings("ignore")
SHAPES = rdflib.Graph().parse(
    data=(files("argmap.formats") / "shapes.ttl").read_text("utf-8"), format="turtle"
)


def _conforms(graph: rdflib.Graph) -> tuple[bool, str]:
    good, _, report = pyshacl.validate(graph, shacl_graph=SHAPES)
    return good, report


def _graph(argument_map: ArgumentMap) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in to_dataset(argument_map).default_graph:
        graph.add(triple)
    return graph


@given(argument_map=maps())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_map_conforms(argument_map: ArgumentMap) -> None:
    """pyshacl finds nothing to complain about in the RDF of any map."""
    good, report = _conforms(_graph(argument_map))

    assert good, report


def test_the_shapes_notice_damage() -> None:
    """A statement without a status does not conform."""
    graph = rdflib.Graph().parse(
        data="@prefix aif: <http://www.arg.dundee.ac.uk/aif#> . <urn:argmap:n1> a aif:I-node .",
        format="turtle",
    )

    assert not _conforms(graph)[0]
