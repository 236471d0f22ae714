"""Hostile files give one clear error, quickly, without network or much memory."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from pathlib import Path

import pytest

from argmap import formats
from argmap.errors import FormatError, UnknownName

DEEP = 10_000
GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="{}"/></graph></graphml>'
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "0123456789">{}]>' + GRAPHML
NESTED = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'
ARGMAP = "https://w3id.org/argmap/vocabulary#"


def _zip(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


CASES: list[tuple[str, bytes]] = [
    ("graphml", BOMB.format(NESTED.replace("&a0;", "&a;"), "&a9;").encode()),
    ("graphml", BOMB.format("", "&a;" * 20).replace("0123456789", "x" * 2000).encode()),
    ("graphml", BOMB.format('<!ENTITY e SYSTEM "file:///etc/passwd">', "x").encode()),
    ("graphml", BOMB.format('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;', "x").encode()),
    ("graphml", ("<graphml>" + "<g>" * DEEP + "</g>" * DEEP + "</graphml>").encode()),
    ("graphml", b"<graphml><node id='" + b"x" * (2 << 20) + b"'/></graphml>"),
    ("graphml", b"<graphml><graph>"),
    ("rdfxml", (BOMB.split("<graphml")[0].format(NESTED) + RDF.format("&a9;")).encode()),
    ("rdfxml", RDF.format("<a>" * DEEP + "</a>" * DEEP).encode()),
    ("json", b'{"argmap":1,"documents":' + b"[" * DEEP + b"]" * DEEP + b"}"),
    ("json", b'{"' + b"k" * (64 << 20) + b'":1}'),
    ("json", b'{"argmap":1,"argmap":1}'),
    ("json", b'{"argmap":NaN}'),
    ("json", b'{"argmap":1,"documents":7,"nodes":[],"links":[]}'),
    ("json", b'{"argmap":1,"documents":[],"nodes":[{"id":1,"kind":"claim","text":"x"}],"links":[]}'),
    (
        "json",
        b'{"argmap":1,"documents":[],"nodes":[],"links":[{"id":"l","kind":"attacks","sources":["a"],"target":"b"}]}',
    ),
    ("json", b'{"argmap":' + b"9" * 10_000 + b"}"),
    ("json", b'{"argmap":1,"nodes":[{"id":"n","kind":"claim","text":"x","confidence":87}]}'),
    ("jsonld", json.dumps({"@context": "http://127.0.0.1:9/c", "@graph": [], "x": ARGMAP}).encode()),
    (
        "jsonld",
        json.dumps({"@context": {"@import": "http://127.0.0.1:9/c"}, "@graph": [], "x": ARGMAP}).encode(),
    ),
    ("jsonld", ('{"@context":{},"@graph":' + '[{"a:b":' * DEEP + "1" + "}]" * DEEP + "}").encode()),
    ("turtle", ("<a:b> <a:c> " + "<<( " * DEEP).encode()),
    ("turtle", ("<a:b> <a:c> " + "(" * DEEP + ")" * DEEP + " .").encode()),
    ("turtle", b"<a:b> <a:c> 'unfinished"),
    ("nquads", b"<a:b> <a:c> <a:d> .\n<a:b nonsense\n"),
    ("aif", b'{"nodes":"x","edges":[]}'),
    ("aif", b'{"nodes":[{"nodeID":{}}],"edges":[]}'),
    ("aif", b'{"nodes":[{"nodeID":"1","type":"I","text":[]}],"edges":[]}'),
    ("aif", b'{"nodes":[1],"edges":[]}'),
    ("xaif", b'{"AIF":[]}'),
    ("sadface", b'{"nodes":[{"id":[],"type":"atom"}],"edges":[]}'),
    ("sadface", b'{"nodes":[],"edges":[{"source_id":null,"target_id":1}]}'),
    ("arguebuf", b'{"nodes":{"a":{"atom":[]}},"edges":{}}'),
    ("arguebuf", b'{"nodes":{"a":{}},"edges":{}}'),
    ("argdown-json", b'{"statements":{"a":[]},"arguments":{},"relations":[]}'),
    ("argdown-json", b'{"statements":{},"arguments":{},"relations":[{"from":"a","fromType":"argument"}]}'),
    ("argdown", ("[a]\n" + "".join(" " * n + "+ [b]\n" for n in range(1, 2000))).encode()),
    ("argdown", b"===\na: &x [1,1]\nb: [*x,*x]\n===\n\n[a]: b\n"),
    ("argdown", b"===\na: !!python/object/apply:os.system [ls]\n===\n\n[a]: b\n"),
    ("argdown", ("===\na: " + "[" * DEEP + "\n===\n\n[a]: b\n").encode()),
    ("argdown", b"(1) a\n(2) b\n"),
    ("carneades", b"statements: &a {x: 1}\narguments: *a\n"),
    ("carneades", ("statements: " + "[" * DEEP + "]" * DEEP).encode()),
    ("carneades", b"statements: 3\n"),
    ("kialo", b"Discussion Title: x\n\nnot a claim\n"),
    ("tgf", b"a\n#\na b\n"),
    ("tgf", b"a\n"),
    ("apx", b"arg(a). drop(b).\n"),
    ("apx", b"arg(a,b).\n"),
    ("apx", b"arg(a). att(a).\n"),
    ("iccma", b"p af 99999999999\n"),
    ("iccma", b"p af 2\n1 3\n"),
    ("csv", b"PK\x03\x04nonsense"),
    ("csv", _zip("nodes.csv", b"id,kind,text\n" + b"0" * (100 << 20))),
    ("csv", _zip("nodes.csv", b"id,kind,text\na,claim,b,c,d\n")),
    ("csv", _zip("nodes.csv", b"id,kind,text\na,opinion,b\n")),
    ("brat", _zip("a.ann", b"T1\tclaim 0 9\tx\n")),
    ("brat", b"T1\tclaim 0 9\tx\n"),
    ("brat", _zip("photo.jpg", b"\xff\xd8")),
    ("webanno", b'{"type":"AnnotationPage","items":7}'),
    ("html", b"<html></html>"),
    ("json", b"\xff\xfe{\x00}\x00"),
    ("argdown", b"\x00\x01\x02"),
]


@pytest.mark.parametrize(("name", "data"), CASES, ids=[f"{n}-{place}" for place, (n, _) in enumerate(CASES)])
def test_hostile_files_give_one_clear_error(monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    """Each is a `FormatError` of one line that names the file; no socket is opened."""

    def refuse(*_: object) -> None:
        raise AssertionError("network access")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(FormatError) as caught:
        formats.load(data, name, path="upload.bin")

    assert str(caught.value).startswith("upload.bin")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"just words\n",
        b"<!doctype html>\n<html lang=en>\n",
        b"\x89PNG\r\n\x1a\n",
        b"{}",
        b"[]",
    ],
)
def test_what_is_no_format_is_said_so(data: bytes) -> None:
    """Bytes of no known structure are refused, not guessed at."""
    with pytest.raises(FormatError):
        formats.load(data)


def test_an_unknown_name_lists_the_known_ones() -> None:
    """A misspelt format is answered with what there is."""
    with pytest.raises(UnknownName, match="turtle"):
        formats.load(b"", "turtel")


HOSTILE = Path(__file__).parents[2].parent / "shared/corpora/hostile"
READABLE = [name for name in formats.FORMATS if formats.FORMATS[name].load is not None]


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile corpus is not here")
@pytest.mark.parametrize("folder", ["ours", "defusedxml", "json-test-suite", "payloads"])
def test_the_hostile_corpus_is_read_or_refused(folder: str) -> None:
    """Every file of the corpus is either a map or a `FormatError`, whatever format it claims to be."""
    for path in sorted((HOSTILE / folder).rglob("*")):
        if path.is_file() and path.stat().st_size < 2_000_000:
            data = path.read_bytes()
            for name in (None, *READABLE):
                try:
                    formats.load(data, name, path=path.name)
                except FormatError as error:
                    assert "\n" not in str(error)
