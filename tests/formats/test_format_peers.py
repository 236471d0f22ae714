"""Files shaped as other programs write them: what is in them comes in, and what does not is said."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import networkx
import pytest

from argmap import formats
from argmap.errors import FormatError
from argmap.model import ArgumentMap, Document, Mention, Turn, document_id, new_link, new_node

ANNO = "http://www.w3.org/ns/anno.jsonld"


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def _said(argument_map: ArgumentMap) -> set[tuple[str, str, str]]:
    """Every link as (source's text, kind, target's text)."""
    nodes = argument_map.nodes
    return {
        (nodes[source].text, link.kind.value, nodes[link.target].text)
        for link in argument_map.links.values()
        for source in link.sources
    }


TEXT = "Cooperate!\r\n\r\nChildren learn.\r\nThey listen. But rivals win. So cooperate."
SPANS = {"T1": "MajorClaim", "T2": "Claim", "T3": "Premise", "T4": "Claim", "T5": "MajorClaim"}
WORDS = {
    "T1": "Cooperate!",
    "T2": "Children learn.",
    "T3": "They listen.",
    "T4": "rivals win.",
    "T5": "So cooperate.",
}
LINES = [f"{mark}\t{kind} {TEXT.index(WORDS[mark])} " for mark, kind in SPANS.items()]
ENDS = [f"{TEXT.index(words) + len(words)}\t{words}" for words in WORDS.values()]
ANN = "\n".join(
    [
        *(line + end for line, end in zip(LINES, ENDS, strict=True)),
        "A1\tStance T2 For",
        "A2\tStance T4 Against",
        "R1\tsupports Arg1:T3 Arg2:T2\t",
        "*\tEquiv T1 T5",
        "#1\tAnnotatorNotes T3\tnot sure",
        "E1\tGain:T2 Theme:T3",
    ]
)
ESSAYS = _zip(
    {
        "essays/essay001.txt": TEXT,
        "essays/essay001.ann": ANN,
        "essays/annotation.conf": "[entities]\n",
        "__MACOSX/essays/._essay001.ann": b"\x00\x05\x16\x07",
    }
)


def test_brat_essays_say_what_claims_are_for() -> None:
    """Argument Annotated Essays: relations, stances towards the major claim, and equal spans are links."""
    argument_map, warnings = formats.load(ESSAYS)

    assert formats.detect(ESSAYS) == "brat"
    assert _said(argument_map) == {
        ("They listen.", "supports", "Children learn."),
        ("Children learn.", "supports", "Cooperate!"),
        ("rivals win.", "attacks", "Cooperate!"),
        ("So cooperate.", "rephrases", "Cooperate!"),
    }
    assert warnings == ("essay001.ann, E1: events and normalizations are left out",)


def test_brat_offsets_count_both_characters_of_a_newline() -> None:
    """Spans of files with Windows newlines are the same words in our documents; notes stay with them."""
    argument_map, _ = formats.load(ESSAYS)
    quotes = {quote for node in argument_map.nodes.values() for _, quote in argument_map.quotes(node)}
    kept = {node.text: node.attributes["brat"] for node in argument_map.nodes.values()}

    assert quotes == set(WORDS.values())
    assert kept["They listen."] == {"type": "Premise", "id": "T3", "AnnotatorNotes": "not sure"}


def test_brat_words_that_are_elsewhere_are_a_warning() -> None:
    """A span whose words are not those of the text was moved by somebody: that is said, with its id."""
    data = _zip({"a.txt": "one two", "a.ann": "T1\tClaim 0 3\ttwo\n"})

    assert formats.load(data)[1] == ("a.ann, T1: its words are not those of the text there",)


def test_brat_pieces_and_unknown_relations_are_told_of() -> None:
    """A span in pieces cannot be kept as it is, nor a relation that is none of ours: both are said."""
    ann = "T1\tClaim 0 3;8 13\tone three\nT2\tClaim 4 7\ttwo\nR1\tcauses Arg1:T1 Arg2:T2\n"
    argument_map, warnings = formats.load(_zip({"a.txt": "one two three", "a.ann": ann}))

    assert _said(argument_map) == {("one two three", "supports", "two")}
    assert warnings == (
        "a.ann, T1: its pieces are taken as one span, gaps and all",
        "a.ann, R1: 'causes' is taken as support",
    )


def test_what_was_corrected_in_brat_counts() -> None:
    """Of our own export, what somebody moved, took out, added or renamed in brat is so in the map."""
    text = "Small models win. They are cheap. But they know little."
    document = Document(document_id(text), "x", "essay", text, (Turn("t1", 0, len(text), "Ann"),))
    spans = {"claim": (0, 17), "evidence": (18, 33), "rebuttal": (34, 55)}
    claim, cheap, little = (
        new_node(kind, text[start:end], [Mention(document.id, start, end, "Ann")])
        for kind, (start, end) in spans.items()
    )
    links = [new_link("supports", [cheap.id], claim.id), new_link("attacks", [little.id], claim.id)]
    data, _ = formats.dump(ArgumentMap.of([document], [claim, cheap, little], links), "brat")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name).decode() for name in archive.namelist()}
    lines = str(files[f"{document.id}.ann"]).splitlines()
    marks = {line.split()[1]: line.split()[0] for line in lines if line.startswith("T")}
    kept = [line for line in lines if marks["evidence"] not in line and marks["rebuttal"] not in line]
    more = [
        f"{marks['rebuttal']}\trebuttal 38 55\tthey know little.",
        f"R9\trephrases Arg1:{marks['rebuttal']} Arg2:{marks['claim']}",
        "T9\tquestion 18 32\tThey are cheap",
        f"R8\tsupports Arg1:T9 Arg2:{marks['claim']}",
        f"#1\tAnnotatorNotes {marks['claim']}\tsays who?",
    ]
    files[f"{document.id}.ann"] = "\n".join([*kept, *more])
    again, warnings = formats.load(_zip(files))

    assert _said(again) == {
        ("they know little.", "rephrases", "Small models win."),
        ("They are cheap", "supports", "Small models win."),
    }
    assert {node.text: node.kind for node in again.nodes.values()}["They are cheap"] == "question"
    assert again.nodes[claim.id].attributes == {"brat": {"AnnotatorNotes": "says who?"}}
    assert all(node.speakers == ("Ann",) for node in again.nodes.values())
    assert warnings == ()


def _annotation(**parts: Any) -> bytes:
    return json.dumps({"@context": ANNO, "id": "a", "type": "Annotation", **parts}).encode()


QUOTE = {"type": "TextQuoteSelector", "exact": "Selected Text", "prefix": "before the "}
COMMENT = {"type": "TextualBody", "value": "I love it", "purpose": "describing"}
LOVE = {"type": "TextualBody", "value": "love", "purpose": "tagging"}


@pytest.mark.parametrize(
    ("parts", "text", "tags"),
    [
        ({"bodyValue": "Comment text", "target": "http://example.org/t"}, "Comment text", None),
        (
            {"body": ["http://example.org/d", {"type": "TextualBody", "value": "one"}], "target": "t"},
            "one",
            None,
        ),
        (
            {
                "body": "http://example.org/comment1",
                "target": {"source": "p", "selector": {"type": "FragmentSelector", "refinedBy": QUOTE}},
            },
            "Selected Text",
            None,
        ),
        ({"body": [LOVE, {"type": "Choice", "items": [COMMENT]}], "target": "t"}, "I love it", ["love"]),
    ],
)
def test_web_annotation_as_in_the_recommendation(
    parts: dict[str, Any], text: str, tags: list[str] | None
) -> None:
    """Quotes that refine, choices and plain values are read; the address of a body is not its text."""
    ((node,), _) = (list(formats.load(_annotation(**parts))[0].nodes.values()), ())

    assert node.text == text
    assert node.attributes.get("tags") == tags


def test_what_hypothesis_answers_is_read() -> None:
    """Rows of Hypothesis' search are annotations: quotes and replies become nodes."""
    target = [{"source": "https://example.org", "selector": [QUOTE]}]
    rows = [
        {"id": "a", "uri": "https://example.org", "text": "I doubt it", "tags": ["claim"], "target": target},
        {"id": "b", "uri": "https://example.org", "text": "So do I", "tags": [], "references": ["a"]},
    ]
    data = json.dumps({"total": 2, "rows": rows}).encode()

    assert formats.detect(data) == "webanno"
    assert {node.text for node in formats.load(data)[0].nodes.values()} == {"Selected Text", "So do I"}


def test_sadface_before_its_metadata_had_a_core() -> None:
    """The oldest SADFace files keep who made them at the top; that stays with the map."""
    nodes = [
        {"id": "a", "type": "atom", "text": "A", "sources": [], "metadata": {}},
        {"id": "b", "type": "atom", "text": "B", "sources": [], "metadata": {}},
        {"id": "s", "type": "scheme", "name": "conflict", "metadata": {}},
    ]
    edges = [{"id": "1", "source_id": "a", "target_id": "s"}, {"id": "2", "source_id": "s", "target_id": "b"}]
    value = {
        "analyst_name": "Ann",
        "id": "x",
        "metadata": {},
        "nodes": nodes,
        "edges": edges,
        "resources": [],
    }
    argument_map, warnings = formats.load(json.dumps(value).encode())

    assert _said(argument_map) == {("A", "attacks", "B")}
    assert argument_map.attributes == {"sadface": {"core": {"analyst_name": "Ann", "id": "x"}}}
    assert warnings == ()


AIFDB = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY http "http://" > <!ENTITY aif "http://www.arg.tech/aif#" > ]>
<rdf:RDF xmlns="&http;www.w3.org/2002/07/owl#" xml:base="&http;www.w3.org/2002/07/owl" xmlns:http="http://"
 xmlns:rdf="&http;www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:aif="&http;www.arg.tech/aif#">
<Ontology rdf:about="&http;www.arg.tech/aif"><versionInfo>version 1.0</versionInfo></Ontology>
{}
</rdf:RDF>"""


def _individual(name: str, kind: str, text: str = "", **edges: list[str]) -> str:
    ends = (
        f'<aif:{role} rdf:resource="&http;www.aifdb.org/nodes/{end}"/>'
        for role, others in edges.items()
        for end in others
    )
    claim = f"<aif:claimText>{text}</aif:claimText>" if text else ""
    start = f'<NamedIndividual rdf:about="&http;www.aifdb.org/nodes/{name}">'
    typed = f'<rdf:type rdf:resource="&http;www.arg.tech/aif#{kind}-node"/>'
    return f"{start}{typed}{claim}{''.join(ends)}</NamedIndividual>"


def test_aif_rdf_as_aifdb_writes_it() -> None:
    """OWL individuals that state each edge at both ends, with entities in every address."""
    individuals = [
        _individual("1", "I", "it&#039;s &quot;raining&quot;", Premise=["3"]),
        _individual("2", "I", "streets are wet", Conclusion=["3", "5"]),
        _individual("3", "RA", Premise=["1"], Conclusion=["2"]),
        _individual("4", "I", "it has been dry", Premise=["5"]),
        _individual("5", "CA", Premise=["4"], Conclusion=["2"]),
    ]
    data = AIFDB.format("\n".join(individuals)).encode()

    assert formats.detect(data) == "aif-rdf"
    assert _said(formats.load(data)[0]) == {
        ('it\'s "raining"', "supports", "streets are wet"),
        ("it has been dry", "attacks", "streets are wet"),
    }


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("[a]: b\n    + [c]\n  + [d]\n", 3, "indent it more than what it belongs to"),
        ("===\ntitle: x\n[a]: b\n", 3, "put one between blocks"),
        ("<A>\n\n(1) a\n--\nRule\n[b]: c\n", 6, "the hyphens -- that end the inference"),
        ("<A>\n\n(1) a\n(2) b\n", 4, "a numbered premise or conclusion, as (1)"),
        ("[a]: b {source: [}\n", 1, "not YAML"),
    ],
)
def test_broken_argdown_says_where_and_what_is_expected(text: str, line: int, advice: str) -> None:
    """The message of a parse error names the file, the line, and in plain words what should be there."""
    with pytest.raises(FormatError) as caught:
        formats.load(text.encode(), path="debate.argdown")

    assert str(caught.value).startswith(f"debate.argdown:{line}: ")
    assert advice in str(caught.value)


def test_tables_packed_with_their_folder_are_read() -> None:
    """A zip of the folder that holds the tables is as good as a zip of the tables."""
    data = _zip({"map/nodes.csv": "id,kind,text\nn1,claim,Yes\n", "__MACOSX/map/._nodes.csv": b"\x00"})

    assert formats.detect(data) == "csv"
    assert [node.text for node in formats.load(data)[0].nodes.values()] == ["Yes"]


def test_labels_of_tgf_are_the_texts() -> None:
    """What stands after a name is what the argument says; labels of attacks are told of."""
    data = b"1 Monkeys like #1 bananas\n2 They do not\n#\n2 1 rebuts\n"
    argument_map, warnings = formats.load(data)

    assert formats.detect(data) == "tgf"
    assert _said(argument_map) == {("They do not", "attacks", "Monkeys like #1 bananas")}
    assert warnings == ("1 labels of attacks are left out",)


@pytest.mark.parametrize("name", ["tgf", "apx", "iccma"])
def test_frameworks_keep_their_numbers(name: str) -> None:
    """What a solver says of argument 10 is said of argument 10, in whatever format it gets the framework."""
    original, _ = formats.load(b"p af 12\n10 1\n2 10\n")
    again, _ = formats.load(formats.dump(original, name)[0], name)

    assert again == original


def test_what_was_added_to_our_own_carneades_file_is_told_of() -> None:
    """Our slot says what the arguments are; a statement and an argument beside it are left out, and named."""
    claim, study = new_node("claim", "It works."), new_node("evidence", "A study says so.")
    original = ArgumentMap.of(nodes=[claim, study], links=[new_link("supports", [study.id], claim.id)])
    text = formats.dump(original, "carneades")[0].decode()
    text = text.replace("statements:\n", "statements:\n  s9: {text: New}\n")
    text = text.replace("arguments:\n", f"arguments:\n  a9: {{premises: [s9], conclusion: {claim.id}}}\n")
    again, warnings = formats.load(text.encode(), "carneades")

    assert again == original
    assert [warning.partition(" was")[0] for warning in warnings] == ["'s9'", "'a9'"]


def test_annotations_added_to_our_own_page_come_in() -> None:
    """A page of ours that somebody annotated further holds both: what was there, and what is new."""
    claim = new_node("claim", "It works.")
    page = json.loads(formats.dump(ArgumentMap.of(nodes=[claim]), "webanno")[0])
    page["items"].append(json.loads(_annotation(body=COMMENT, target="t")))
    again, warnings = formats.load(json.dumps(page).encode())

    assert {node.text for node in again.nodes.values()} == {"It works.", "I love it"}
    assert warnings == ()


SADFACE = {
    "metadata": {"core": {"id": "m", "version": "0.5.1"}, "cast": {"seen": True}},
    "resources": [{"id": "r", "type": "text", "content": "Dogs bark. Cats do not."}],
    "nodes": [
        {
            "id": "a",
            "type": "atom",
            "text": "Dogs bark.",
            "sources": [{"resource_id": "r", "text": "Dogs bark.", "offset": 0, "length": 10}],
            "metadata": {"core": {"sure": 1}},
        },
        {
            "id": "b",
            "type": "atom",
            "text": "Cats do not.",
            "sources": [{"resource_id": "r", "text": "Cats do not.", "offset": 3, "length": 12}],
            "metadata": {"core": {}},
        },
        {"id": "s", "type": "inference", "name": "expert opinion", "metadata": {"core": {}}},
        {"id": "d", "type": "conflict", "name": "disagree", "metadata": {"core": {}}},
    ],
    "edges": [
        {"id": "1", "source_id": "a", "target_id": "s"},
        {"id": "2", "source_id": "s", "target_id": "b"},
        {"id": "3", "source_id": "d", "target_id": "a"},
        {"id": "4", "source_id": "d", "target_id": "b"},
    ],
}


def test_sadface_keeps_what_others_noted_in_their_own_places() -> None:
    """A source with other words is no span; names of schemes, metadata and disagreements come back."""
    argument_map, warnings = formats.load(json.dumps(SADFACE).encode())
    data, _ = formats.dump(argument_map, "sadface")
    written = json.loads(data)
    nodes = {node["id"]: node for node in written["nodes"]}

    assert warnings == ("node b: the resource has other words at 3",)
    assert {node.text for node in argument_map.nodes.values() if node.mentions} == {"Dogs bark."}
    assert nodes["s"]["name"] == "expert opinion"
    assert nodes["a"]["metadata"]["core"] == {"sure": 1}
    assert nodes["b"]["sources"] == SADFACE["nodes"][1]["sources"]  # type: ignore[index]
    assert written["metadata"]["cast"] == {"seen": True}
    assert len(_said(argument_map)) == 3
    assert formats.load(data)[0] == argument_map


ARGUEBUF = {
    "nodes": {
        "a": {
            "atom": {
                "text": "Yes.",
                "participant": "p1",
                "reference": {"resource": "r", "offset": 0, "text": "Yes."},
            },
            "metadata": {"created": "2020-01-01T00:00:00Z"},
            "userdata": {"mine": 1},
        },
        "b": {"atom": {"text": "Do it."}},
        "s": {"scheme": {"support": "SUPPORT_EXPERT_OPINION", "premiseDescriptors": ["expert"]}},
        "q": {"scheme": {"preference": "PREFERENCE_DEFAULT"}},
    },
    "edges": {
        "1": {"source": "a", "target": "s"},
        "2": {"source": "s", "target": "b"},
        "3": {"source": "a", "target": "q"},
        "4": {"source": "q", "target": "b"},
    },
    "resources": {"r": {"text": "Yes.", "title": "T", "source": "http://x.org"}},
    "participants": {"p1": {"name": "Ann", "email": "a@x.org"}},
    "majorClaim": "b",
    "schemaVersion": 1,
}


def test_arguebuf_keeps_what_others_noted_in_their_own_places() -> None:
    """Schemes, the major claim, people and times are where Arguebuf looks for them; a preference is none of
    ours.
    """
    argument_map, warnings = formats.load(json.dumps(ARGUEBUF).encode())
    data, _ = formats.dump(argument_map, "arguebuf")
    written = json.loads(data)

    assert warnings == ("node q: a preference is left out",)
    assert _said(argument_map) == {("Yes.", "supports", "Do it.")}
    assert written["nodes"]["s"]["scheme"] == ARGUEBUF["nodes"]["s"]["scheme"]  # type: ignore[index]
    assert written["nodes"]["a"]["metadata"] == {"created": "2020-01-01T00:00:00Z"}
    assert written["nodes"]["a"]["atom"] == ARGUEBUF["nodes"]["a"]["atom"]  # type: ignore[index]
    assert written["nodes"]["a"]["userdata"]["mine"] == 1
    assert (written["majorClaim"], written["participants"]) == ("b", ARGUEBUF["participants"])
    assert written["resources"] == ARGUEBUF["resources"]
    assert formats.load(data)[0] == argument_map


def test_argdown_keeps_what_stands_beside_the_words() -> None:
    """Front matter, other wordings of a statement, and data and tags of a reconstructed argument come in."""
    text = '===\ntitle: T\n===\n\n[S]: one\n\n[S]: two\n\n<A>: why #new {from: "x"}\n\n(1) p\n----\n(2) [S]\n'
    argument_map, _ = formats.load(text.encode())
    (link,) = argument_map.links.values()
    (said,) = (node for node in argument_map.nodes.values() if node.text == "two")

    assert argument_map.attributes == {"argdown": {"settings": {"title": "T"}}}
    assert said.attributes["argdown"] == {"title": "S", "wordings": ["one"]}
    assert link.attributes["argdown"]["data"] == {"from": "x"}
    assert link.attributes["tags"] == ["new"]


def test_an_undercut_hits_its_step_also_where_steps_become_arguments() -> None:
    """With ``explodeArguments`` an inference is in an argument of another name; its undercut goes with it."""
    head = "===\nmodel:\n  explodeArguments: true\n===\n\n"
    text = "<A>\n\n(1) p\n(2) q\n----\n  <_ [U]: u\n(3) r\n(4) s\n----\n(5) t\n"
    for front in ("", head):
        argument_map, warnings = formats.load((front + text).encode(), "argdown")
        (undercut,) = (link for link in argument_map.links.values() if link.kind == "undercuts")
        hit = argument_map.links[undercut.target]

        assert sorted(argument_map.nodes[source].text for source in hit.sources) == ["p", "q"]
        assert warnings == ()


def test_argdown_json_has_the_headings_of_its_text() -> None:
    """The official JSON names sections by id; statements are under the same headings as in the text."""
    inner = {"type": "section", "id": "s2", "level": 2, "title": "Cats", "children": []}
    sections = [{"type": "section", "id": "s1", "level": 1, "title": "Pets", "children": [inner]}]
    member = {"type": "statement", "role": "top-level-statement", "title": "S", "text": "They purr."}
    statements = {"S": {"type": "equivalence-class", "title": "S", "members": [member], "section": "s2"}}
    value = {"arguments": {}, "statements": statements, "relations": [], "sections": sections}
    by_json, _ = formats.load(json.dumps(value).encode())
    by_text, _ = formats.load(b"# Pets\n\n## Cats\n\n[S]: They purr.\n")

    assert by_json == by_text


def test_graphml_of_networkx_keeps_what_its_edges_say() -> None:
    """Attributes of edges stay; ``relation`` and ``type`` say what an edge is, and one without is told of."""
    graph = networkx.DiGraph()
    graph.add_nodes_from((name, {"label": text}) for name, text in (("a", "A"), ("b", "B"), ("c", "C")))
    graph.add_edge("a", "b", relation="attack", weight=0.5)
    graph.add_edge("c", "b", label="because")
    argument_map, warnings = formats.load("\n".join(networkx.generate_graphml(graph)).encode())
    said = {link.kind.value: dict(link.attributes) for link in argument_map.links.values()}

    assert _said(argument_map) == {("A", "attacks", "B"), ("C", "supports", "B")}
    assert said == {"attacks": {"relation": "attack", "weight": "0.5"}, "supports": {"label": "because"}}
    assert warnings == ("1 edges of no known relation are taken as support",)


def test_an_edge_between_two_statements_is_told_of() -> None:
    """Graphs of statements and relations have none; SADFace's loses it no more quietly than Arguebuf's."""
    value = {**SADFACE, "edges": [{"id": "1", "source_id": "a", "target_id": "b"}]}

    assert (
        "node a: an edge straight to a statement is left out" in formats.load(json.dumps(value).encode())[1]
    )


def test_a_long_chain_of_undercuts_is_read_in_linear_time() -> None:
    """Each relation aims at the next: however they are named, every one becomes a link, at once."""
    length = 3_000
    nodes = [{"nodeID": f"i{n}", "type": "I", "text": f"{n}"} for n in range(length + 1)]
    nodes += [{"nodeID": f"s{n:05}", "type": "CA", "text": "CA"} for n in range(length)]
    edges = [("i0", "s00000"), (f"s{length - 1:05}", f"i{length}")]
    edges += [(f"i{n}", f"s{n:05}") for n in range(1, length)]
    edges += [(f"s{n:05}", f"s{n + 1:05}") for n in range(length - 1)]
    rows = [{"edgeID": str(n), "fromID": a, "toID": b} for n, (a, b) in enumerate(edges)]
    argument_map, _ = formats.load(json.dumps({"nodes": nodes, "edges": rows}).encode(), "aif")

    assert len(argument_map.links) == length


def _small() -> tuple[ArgumentMap, Document]:
    """A map of one claim that Ann makes in a document."""
    text = "Hm. Small models <win>."
    document = Document(document_id(text), "x", "essay", text, (Turn("t1", 0, len(text), "Ann"),))
    return ArgumentMap.of(
        [document], [new_node("claim", "Small models <win>.", [Mention(document.id, 4, 23, "Ann")])]
    ), document


def test_xaif_marks_what_is_said_in_its_text() -> None:
    """OVA and oAMF find a locution in the text by a span with its id."""
    argument_map, _ = _small()
    (name,) = argument_map.nodes
    value = json.loads(formats.dump(argument_map, "xaif")[0])

    mark = f'<span class="highlighted" id="node{name}-L0">Small models &lt;win&gt;.</span>'
    assert value["text"] == f"Hm. {mark}"
    assert f"{name}-L0" in {node["nodeID"] for node in value["AIF"]["nodes"] if node["type"] == "L"}


def test_dialogue_added_to_our_own_nodeset_comes_in() -> None:
    """A reply that somebody put into our export with OVA has its words, its speaker and a document."""
    argument_map, document = _small()
    (name,) = argument_map.nodes
    value = json.loads(formats.dump(argument_map, "aif")[0])
    added = [
        ("9", "They do not", "I"),
        ("8", "Bob : They do not", "L"),
        ("7", "Asserting", "YA"),
        ("6", "CA", "CA"),
    ]
    value["nodes"] += [{"nodeID": n, "text": text, "type": kind} for n, text, kind in added]
    ends = [("8", "7"), ("7", "9"), ("9", "6"), ("6", name)]
    value["edges"] += [{"edgeID": a, "fromID": a, "toID": b} for a, b in ends]
    again, _ = formats.load(json.dumps(value).encode())
    (reply,) = (node for node in again.nodes.values() if node.text == "They do not")

    assert document.id in again.documents
    assert [(mention.speaker, quote) for mention, quote in again.quotes(reply)] == [("Bob", "They do not")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            _zip({"nodes.csv": "id,kind,text\nn1,claim,a\nn2,opinion,b\n"}),
            "3: nodes.csv: kind of a Node: 'opinion'",
        ),
        (_zip({"nodes.csv": "id,text\nn1,a\n"}), "2: nodes.csv: a Node needs 'kind'"),
        (
            _zip({"nodes.csv": "id,kind,text\nn1,claim,a\nn1,claim,b\n"}),
            "3: nodes.csv: the id 'n1' stands twice",
        ),
        (_zip({"nodes.csv": "id,kind,text,mentions\nn1,claim,a,x\n"}), "2: nodes.csv: not JSON"),
        (b"id,kind,text\nn1,claim,a\n", " tables come in a zip"),
    ],
)
def test_tables_say_which_row_is_wrong(data: bytes, message: str) -> None:
    """A person with a spreadsheet finds the row: file in the zip, line, and the column that is off."""
    with pytest.raises(FormatError) as caught:
        formats.load(data, "csv", path="map.zip")

    assert str(caught.value).startswith(f"map.zip:{message}")


def test_kialo_has_every_claim_of_a_debate_with_several_questions() -> None:
    """Kialo has one question at the top: answers to others become theses, with all that bears on them."""
    questions = [new_node("question", f"Question {n}?") for n in (1, 2)]
    answers = [new_node("claim", f"Answer {n}.") for n in (1, 2)]
    reply = new_node("rebuttal", "No.")
    links = [new_link("answers", [a.id], q.id) for a, q in zip(answers, questions, strict=True)]
    links.append(new_link("attacks", [reply.id], answers[0].id))
    argument_map = ArgumentMap.of(nodes=[*questions, *answers, reply], links=links)
    data, losses = formats.dump(argument_map, "kialo")

    assert {node.text for node in argument_map.nodes.values()} <= {
        node.text for node in formats.load(data)[0].nodes.values()
    }
    assert ("No.", "attacks", "Answer 1.") in _said(formats.load(data)[0])
    assert not [loss for loss in losses if loss.what == "node"]


def test_numbers_as_keys_of_yaml_come_back() -> None:
    """YAML's keys may be numbers, JSON's may not: what an issue says is kept under texts, and exported."""
    text = b"statements: {a: A, b: B}\nissues: {1: {positions: [a, b], standard: PE}, x: {positions: []}}\n"
    argument_map, _ = formats.load(text, "carneades")
    again, _ = formats.load(formats.dump(argument_map, "json")[0])

    assert argument_map.attributes["carneades"]["issues"]["1"]["standard"] == "PE"
    assert again == argument_map
