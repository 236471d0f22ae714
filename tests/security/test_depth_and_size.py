# ruff: noqa: E501  (the pieces)
"""Depth and size, which mutation does not find: each shape, as large as an upload may be long, in linear time."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from argmap import formats
from argmap.errors import ArgmapError, FormatError
from argmap.formats import guards
from argmap.readers import READERS, read_bytes
from tests.security.mutations import READABLE, seeds, small_map
from tests.security.test_fuzz import COUNT, MOST_SECONDS

N = 20_000 if COUNT > 1_000 else 1_000
XML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">{}</rdf:RDF>'

SHAPES: dict[str, str] = {
    "lists": "[" * N + "]" * N,
    "objects": '{"nodes":' * N + "1" + "}" * N,
    "open lists": "[" * N,
    "in a list of nodes": '{"nodes":[' + '{"a":[' * N + "]}" * N + '],"edges":[]}',
    "in statements": '{"statements":{"a":' + '{"members":[' * N + "]}" * N + "}}",
    "many keys": "{" + ",".join(f'"k{n}":{n}' for n in range(N)) + "}",
    "many nodes": '{"nodes":[' + ",".join('{"nodeID":"1","text":"x","type":"I"}' for _ in range(N)) + '],"edges":[]}',
    "one digit more": '{"argmap":' + "9" * N + "}",
    "elements": XML.format("<graph>" * N + "</graph>" * N),
    "open elements": "<a>" * N,
    "attributes": XML.format("<a " + " ".join(f'b{n}="1"' for n in range(N)) + "/>"),
    "resources": RDF.format("<a:b><a:C>" * N + "</a:C></a:b>" * N),
    "blank nodes": "<a:b> <a:c> " + "[ <a:c> " * N + "]" * N + " .",
    "collections": "<a:b> <a:c> " + "(" * N + ")" * N + " .",
    "triple terms": "<a:b> <a:c> " + "<<( <a:b> <a:c> " * N,
    "long strings": "<a:b> <a:c> " + '"""a\\"' * N,
    "open strings": '"\\' * N,
    "graphs": "{" * N,
    "indented": "[a]\n" + "".join(" " * min(n, 400) + "+ [b]\n" for n in range(N // 10)),
    "brackets": "[" * N + "](" * N,
    "angles": "<" * N + ">" * N,
    "emphasis": "*_" * N,
    "hashes": "#" * N + " a\n",
    "headings": "# a\n" * N,
    "premises": "".join(f"({n}) a\n" for n in range(1, N // 10)) + f"----\n({N // 10}) b\n",
    "comments": "/*" * N + "<!--" * N,
    "yaml lists": "- " * N + "a\n",
    "yaml keys": "statements:\n" + "".join(" " * n + "a:\n" for n in range(1, N // 20)),
    "yaml flow": "statements: " + "{a: " * N + "}" * N,
    "yaml anchors": "statements: &a [x]\n" + "".join(f"k{n}: [*a, *a]\n" for n in range(N // 10)),
    "rivals": "statements: {a: x}\nissues: {i: {positions: [" + "a," * N + "a]}}",
    "numbers": ".".join(["1"] * N) + ". Pro: a\n",
    "numbered": "Discussion Title: x\n\n" + "".join("1." * n + " Pro: a\n" for n in range(1, N // 50)),
    "chain": "".join(f"{n} a\n" for n in range(N)) + "#\n" + "".join(f"{n} {n + 1}\n" for n in range(N - 1)),
    "arguments": "".join(f"arg(a{n}).\n" for n in range(N)) + "att(a0,a1).\n" * N,
    "framework": f"p af {N}\n" + "1 2\n" * N,
    "framework of millions": "p af 9999999\n",
    "quotes": ">" * N + " a\n" + "".join(">" * (n % 200) + " a\n" for n in range(N // 10)),
    "one line": "word " * N,
    "one word": "w" * N * 5,
    "lines": "a\n" * N,
    "empty lines": "a" + "\n" * N * 5 + "b",
    "spaces": "a" + " " * N * 5 + "b",
    "rules": "=" * N + "\n" + "-" * N,
    "colons": "Ann: " * N,
    "speakers": "".join(f"Ann{n}: a b c.\n" for n in range(N // 4)),
    "posts": "".join(f"#{n} Ann\na b c.\n\n" for n in range(1, N // 8)),
    "replies": "".join(f"On Monday ann wrote:\n> a b c {n}\n\nd e f {n}.\n\n" for n in range(N // 20)),
    "cues": "WEBVTT\n\n" + "00:00:01.000 --> 00:00:02.000\n<v Ann>a b c.\n\n" * (N // 4),
    "times": "00:00:01.000 --> " * N,
    "marks": "!?…" * N,
    "curly quotes": "“" * N + "”" * N,
    "emoji": "\U0001f600\u200d" * N,
    "combining": "a" + "\u0301" * N,
    "bidi": "\u202e" * N + "a",
    "pages": "<html><body>" + "<div>" * N + "a" + "</div>" * N + "</body></html>",
    "open tags": "<html><body>" + "<p" * N,
    "entities": "<html><body>" + "&amp;" * N + "&#x1F600;" * N + "</body></html>",
    "paragraphs": "<html><body><article>" + "<p>a b c d.</p>" * (N // 4) + "</article></body></html>",
    "fields": "id,kind,text\n" + "a," * N,
    "open field": 'id,kind,text\na,claim,"' + "b" * N * 5,
    "addresses": "https://a.b/" + "c/" * N,
    "mail": "a@b." * N,
    "names": "Ann Lee, " * N,
    "welcome": "Welcome to the show. I'm Ann Lee, and this is Bob Ray. " * (N // 8),
}  # fmt: skip


def spent(name: str, data: bytes) -> float:
    """CPU seconds to read this as a format or a genre, without checking what it gave."""
    start = time.process_time()
    with suppress(ArgmapError):
        if name in READABLE:
            formats.load(data, name)
        else:
            read_bytes(data, name="upload.txt", reader=name)
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_read_or_refused_in_no_time(shape: str) -> None:
    """Whatever reader or format gets it: no crash, and more than 2 CPU seconds only in proportion to size."""
    data = SHAPES[shape].encode()
    for name in (*READABLE, *READERS):
        whole = spent(name, data)
        assert whole < MOST_SECONDS or whole < 7 * spent(name, data[: len(data) // 4]), name


@pytest.mark.parametrize("name", READABLE)
def test_more_bytes_than_allowed_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says the limit; the limit is made small here."""
    data = seeds(name)[1]
    formats.load(data, name)
    monkeypatch.setattr(guards, "MAX_BYTES", len(data) - 1)
    if not data.startswith(b"PK"):  # a zip is measured by what is in it
        with pytest.raises(FormatError, match="larger than"):
            formats.load(data, name, path="upload")


def test_a_file_is_not_held_before_it_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of gigabytes takes no gigabytes of memory: no more is read than may be."""
    path = tmp_path / "large.json"
    path.write_bytes(b'{"' + b"k" * 100 + b'": 1}')
    monkeypatch.setattr(guards, "MAX_BYTES", 50)
    with pytest.raises(FormatError, match="larger than"):
        formats.bytes_of(str(path))
    monkeypatch.setattr(guards, "MAX_BYTES", 107)
    assert len(formats.bytes_of(str(path))) == 107


def test_honest_maps_of_some_size_are_read() -> None:
    """The limits leave room: 600 nodes in every exact format come back."""
    argument_map = small_map(200)
    for name in ("json", "turtle", "nquads", "jsonld", "rdfxml", "csv", "graphml"):
        data, _ = formats.dump(argument_map, name)
        assert len(formats.load(data, name)[0].nodes) == 600
