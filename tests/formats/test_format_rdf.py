"""The RDF spellings hold one graph, and other tools read them."""

from __future__ import annotations

import io
import json
from importlib.resources import files

import jsonschema
import networkx
import pyoxigraph
import pytest
import rdflib
from generated_maps import maps
from hypothesis import HealthCheck, given, settings

from argmap import formats
from argmap.formats.rdf import to_dataset, to_quads
from argmap.formats.vocabulary import PREFIXES
from argmap.model import ArgumentMap, Document, Mention, document_id, new_link, new_node

TEXT = "Small models gain no knowledge. But intelligence is not knowledge."
DOCUMENT = Document(document_id(TEXT), "Talk", "essay", TEXT)
CLAIM = new_node("claim", TEXT[:31], [Mention(DOCUMENT.id, 0, 31, "Ann")], attributes={"tags": ["models"]})
REBUTTAL = new_node("rebuttal", TEXT[32:], [Mention(DOCUMENT.id, 32, 66)], by="rules@1")
EVIDENCE = new_node("evidence", 'SimpleQA <shows> "it"')
SUPPORT = new_link("supports", [EVIDENCE.id, REBUTTAL.id], CLAIM.id)
ATTACK = new_link("attacks", [REBUTTAL.id], CLAIM.id)
UNDERCUT = new_link("undercuts", [REBUTTAL.id], SUPPORT.id, confidence=0.25)
MAP = ArgumentMap.of([DOCUMENT], [CLAIM, REBUTTAL, EVIDENCE], [SUPPORT, ATTACK, UNDERCUT])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns about itself
@given(argument_map=maps())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_rdflib_reads_the_same_graph_from_all(argument_map: ArgumentMap) -> None:
    """rdflib parses every spelling and finds the same statements as in `to_dataset`."""
    expected = set(to_dataset(argument_map).default_graph)
    for name, syntax in (
        ("turtle", "turtle"),
        ("trig", "trig"),
        ("jsonld", "json-ld"),
        ("nquads", "nquads"),
        ("rdfxml", "xml"),
    ):
        data, _ = formats.dump(argument_map, name)
        actual = rdflib.Dataset()
        actual.default_graph.parse(io.BytesIO(data), format=syntax) if syntax in (
            "turtle",
            "xml",
        ) else actual.parse(io.BytesIO(data), format=syntax)
        assert expected == {(s, p, o) for s, p, o, _ in actual.quads()}, name


def test_queries_find_speakers_and_undercuts() -> None:
    """The vocabulary answers the questions people ask: who said what, and what undercuts what."""
    store = pyoxigraph.Store()
    store.extend(to_quads(MAP))
    prefixes = "".join(f"PREFIX {n}: <{i}> " for n, i in PREFIXES.items())
    said = store.query(
        prefixes + "SELECT ?name { ?n a argmap:Claim; argmap:mention/prov:wasAttributedTo/rdfs:label ?name }"
    )
    undercut = store.query(prefixes + "SELECT ?l { ?n argmap:undercuts ?l . ?l a aif:RA-node }")

    assert [row["name"].value for row in said] == ["Ann"]
    assert [row["l"].value for row in undercut] == [f"urn:argmap:{SUPPORT.id}"]


def test_quads_can_leave_the_texts_out() -> None:
    """A query engine need not hold whole documents."""
    values = [quad.object.value for quad in to_quads(MAP, texts=False)]

    assert TEXT not in values


def test_graphml_opens_in_networkx() -> None:
    """networkx finds labels, kinds and colours, and an undercut leads to the box of its link."""
    data, _ = formats.dump(MAP, "graphml")
    graph = networkx.read_graphml(io.BytesIO(data), force_multigraph=True)

    assert graph.nodes[CLAIM.id]["label"] == CLAIM.text
    assert graph.nodes[CLAIM.id]["kind"] == "claim"
    assert graph.nodes[CLAIM.id]["color"] == "#3498db"
    assert {data["kind"] for *_, data in graph.edges(data=True)} == {"supports", "attacks", "undercuts"}
    assert graph.has_edge(UNDERCUT.id, SUPPORT.id)


def test_the_schema_describes_argmap_json() -> None:
    """argmap JSON is valid against the shipped JSON Schema, and bad JSON is not."""
    schema = json.loads((files("argmap.formats") / "argmap.schema.json").read_text("utf-8"))
    value = json.loads(formats.dump(MAP, "json")[0])
    jsonschema.validate(value, schema)
    value["nodes"][0]["kind"] = "opinion"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema)
