# ruff: noqa: E501  (the pieces)
"""Whatever a file or a question names, nothing is fetched and no other file is read."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from argmap import formats
from argmap.errors import ArgmapError
from argmap.formats import sparql
from argmap.formats.zip_guard import packed
from argmap.readers import read_bytes
from tests.security.mutations import small_map

SECRET = "the-secret-of-this-machine"
AIF = "http://www.arg.dundee.ac.uk/aif#"

# HTTP stands for the address of the canary, FILE for the URL and PATH for the path of the secret.
QUESTIONS = (
    "SELECT * { SERVICE <HTTP> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <HTTP> { ?s ?p ?o } }",
    "SELECT * { VALUES ?a { <HTTP> } SERVICE ?a { ?s ?p ?o } }",
    "SELECT * { BIND(IRI(CONCAT('HTT','P')) AS ?a) SERVICE ?a { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { service <HTTP> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <HTTP> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } { { SELECT * { SERVICE <HTTP> { ?s ?p ?o } } } }",
    "BASE <HTTP> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "PREFIX ex: <HTTP/> SELECT * { ?x ?y ?a FILTER(1<2)SERVICE#>\nex:s {?s ?p ?o} }",
    "SELECT * { \\u0053ERVICE <HTTP> { ?s ?p ?o } }",
    "SELECT * { SERVICE <FILE> { ?s ?p ?o } }",
    "SELECT * FROM <HTTP> { ?s ?p ?o }",
    "SELECT * FROM <FILE> { ?s ?p ?o }",
    "SELECT * FROM NAMED <HTTP> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH <HTTP> { ?s ?p ?o } }",
    "DESCRIBE <HTTP>",
    "LOAD <HTTP>",
    "LOAD SILENT <FILE> INTO GRAPH <urn:x>",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } USING <FILE> WHERE { ?s ?p ?o }",
)
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="urn:a" {}>{}</rdf:RDF>'
ABOUT = '<rdf:Description rdf:about="urn:x"><a:b>{}</a:b></rdf:Description>'
GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" {}><graph><node id="a"><data key="d">{}</data></node></graph></graphml>'
LD = '{"@context": %s, "@id": "urn:x", "p": "v"}'
FILES: tuple[tuple[str, str], ...] = (
    ("rdfxml", '<!DOCTYPE x [<!ENTITY e SYSTEM "HTTP">]>' + RDF.format("", ABOUT.format("&e;"))),
    ("rdfxml", '<!DOCTYPE x [<!ENTITY e SYSTEM "FILE">]>' + RDF.format("", ABOUT.format("&e;"))),
    ("rdfxml", '<!DOCTYPE x [<!ENTITY % e SYSTEM "HTTP">%e;]>' + RDF.format("", ABOUT.format("x"))),
    ("rdfxml", '<!DOCTYPE x SYSTEM "HTTP">' + RDF.format("", ABOUT.format("x"))),
    ("rdfxml", '<?xml-stylesheet href="HTTP"?>' + RDF.format('xml:base="HTTP"', ABOUT.format("x"))),
    ("rdfxml", RDF.format('xmlns:xi="http://www.w3.org/2001/XInclude"', ABOUT.format('<xi:include href="FILE" parse="text"/>'))),
    ("graphml", '<!DOCTYPE x [<!ENTITY e SYSTEM "HTTP">]>' + GRAPHML.format("", "&e;")),
    ("graphml", '<!DOCTYPE x [<!ENTITY e SYSTEM "PATH">]>' + GRAPHML.format("", "&e;")),
    ("graphml", '<!DOCTYPE x [<!ENTITY % e SYSTEM "HTTP">%e;]>' + GRAPHML.format("", "x")),
    ("graphml", '<!DOCTYPE x PUBLIC "-//x" "HTTP">' + GRAPHML.format("", "x")),
    ("graphml", GRAPHML.format('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x HTTP"', "x")),
    ("aif-rdf", '<!DOCTYPE x [<!ENTITY e SYSTEM "FILE">]>' + RDF.format(f'xmlns:aif="{AIF}"', ABOUT.format("&e;"))),
    ("aif-rdf", f"@prefix aif: <{AIF}> . @base <HTTP> . <x> a aif:I-node ; aif:claimText 'a' ."),
    ("jsonld", LD % '"HTTP"'),
    ("jsonld", LD % '"FILE"'),
    ("jsonld", LD % '"PATH"'),
    ("jsonld", LD % '["HTTP", {}]'),
    ("jsonld", LD % '{"@version": 1.1, "@import": "HTTP"}'),
    ("jsonld", LD % '{"p": {"@id": "urn:p", "@context": "HTTP"}}'),
    ("jsonld", LD % '{"@base": "HTTP", "@vocab": "HTTP"}'),
    ("turtle", "@base <HTTP> . @prefix owl: <http://www.w3.org/2002/07/owl#> . <x> owl:imports <y>, <FILE> ."),
    ("nquads", "<HTTP> <http://www.w3.org/2002/07/owl#imports> <FILE> <HTTP> ."),
    ("argdown", "@include(PATH)\n\n[a]: b @include(HTTP)\n"),
    ("argdown", "===\na: !!python/object/apply:os.system [cat PATH]\n===\n\n[a]: b\n"),
    ("argdown", "===\nimport: HTTP\nincludes: [PATH]\n===\n\n[a]: ![b](HTTP) [c](FILE)\n"),
    ("carneades", "statements: !include PATH\narguments: {}\n"),
    ("carneades", "statements: {a: !!python/object/apply:urllib.request.urlopen [HTTP]}\n"),
    ("csv", "ZIP ../../nodes.csv"),
    ("kialo", "Discussion Title: x\n\n1. a [b](HTTP) ![c](FILE)\n"),
    ("web", '<html><base href="HTTP"><link rel="stylesheet" href="HTTP"><body><img src="HTTP"><iframe src="FILE"></iframe><p>a b c.</p></body></html>'),
    ("web", '<html><meta http-equiv="refresh" content="0; url=HTTP"><link rel="canonical" href="HTTP"><body><p>a b c.</p></body></html>'),
    ("web", '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "FILE">]><html><body><p>a &e; c.</p></body></html>'),
    ("web", '<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><xi:include href="FILE" parse="text"/><p>a b c.</p></body></html>'),
    ("markdown", "---\ninclude: PATH\n---\n![a](HTTP) <img src='HTTP'> [b]: FILE\n"),
    ("notes", "HTTP\n\n\"Quoted.\"\n\nFILE\n"),
    ("subtitles", "WEBVTT\n\nSTYLE\n::cue { background: url(HTTP) }\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>a HTTP b\n"),
)  # fmt: skip


class Canary:
    """A server that only counts who comes."""

    def __init__(self) -> None:
        self.hits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.hits += 1

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    found = Canary()
    yield found
    found.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that nothing may read: its words would be found in what comes out."""
    path = tmp_path / "secret.ttl"
    path.write_text(f"<urn:a> <urn:b> '{SECRET}' .\n")
    return path


def aimed(probe: str, canary: Canary, secret: Path) -> bytes:
    """The probe with the addresses of this run."""
    if probe.startswith("ZIP"):
        name = probe.partition(" ")[2]
        return packed({name: b"id,kind,text\na,claim,x\n", "nodes.csv": b"id,kind,text\n"})
    return (
        probe.replace("HTTP", canary.url)
        .replace("FILE", secret.as_uri())
        .replace("PATH", str(secret))
        .encode()
    )


def test_the_canary_sings(canary: Canary) -> None:
    """The proof would prove nothing if nobody were counted."""
    socket.create_connection(("127.0.0.1", int(canary.url.split(":")[2].split("/")[0]))).close()
    while not canary.hits:
        pass
    assert canary.hits == 1


def test_there_are_enough_probes() -> None:
    """Questions and files together."""
    assert len(QUESTIONS) + len(FILES) >= 49


@pytest.mark.parametrize(("name", "probe"), FILES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FILES)])
def test_no_file_reaches_out(name: str, probe: str, canary: Canary, secret: Path) -> None:
    """It is read or refused, by the format it was made for and by its structure; nobody is called."""
    data = aimed(probe, canary, secret)
    for chosen in (name, None):
        with suppress(ArgmapError):
            if name in formats.FORMATS:
                out = str(formats.dump(formats.load(data, chosen)[0], "json")[0])
            else:
                out = read_bytes(data, name="upload", reader=chosen).text
            assert SECRET not in out
    assert canary.hits == 0
    assert sorted(path.name for path in secret.parent.iterdir()) == [secret.name]


def asked(probe: str, canary: Canary, secret: Path) -> None:
    quads = formats.dump(small_map(1), "nquads")[0]
    with suppress(ArgmapError):
        answer = sparql.ask(quads, aimed(probe, canary, secret).decode())
        assert SECRET not in json.dumps([answer.rows, answer.turtle])
    assert canary.hits == 0


@pytest.mark.parametrize("probe", QUESTIONS)
def test_no_question_reaches_out(probe: str, canary: Canary, secret: Path) -> None:
    """Refused or answered from the map alone."""
    asked(probe, canary, secret)


@pytest.mark.parametrize("probe", QUESTIONS)
def test_no_question_reaches_out_even_past_the_gate(
    probe: str, canary: Canary, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker process alone, which has no file descriptors, stops what the gate in front of it stops."""
    monkeypatch.setattr(sparql, "gate", lambda question: None)
    asked(probe, canary, secret)


HOSTILE = Path(__file__).parents[2].parent / "shared/corpora/hostile/ours"
BY_SUFFIX = {".rdf": "rdfxml", ".graphml": "graphml", ".gexf": "graphml", ".jsonld": "jsonld", ".ttl": "turtle",
             ".yaml": "carneades", ".zip": "csv"}  # fmt: skip


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not beside the project")
def test_the_pack_of_hostile_files_meets_its_expectations() -> None:
    """What is to be refused is refused; what is honest but no map is told from what is hostile."""
    expected = json.loads((HOSTILE / "expected.json").read_text("utf-8"))
    for name, verdict in expected.items():
        path = HOSTILE / name
        if path.suffix not in BY_SUFFIX:
            continue
        with pytest.raises(ArgmapError) as caught:
            formats.load(path.read_bytes(), BY_SUFFIX[path.suffix], path=name)
        if verdict.startswith("accept"):
            assert "no argument map" in str(caught.value)
        elif verdict.startswith("refuse in"):
            assert "no argument map" not in str(caught.value)
