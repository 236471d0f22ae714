"""Publishing to a real SPARQL 1.1 server on loopback: Oxigraph's, as it comes from PyPI."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap import KnowledgeBase
from argmap.errors import PublishError
from argmap.formats import publishing
from argmap.formats.publishing import GRAPH, Endpoint
from argmap.formats.rdf import nquads
from argmap.model import standing

PROGRAM = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
AWKWARD = (
    'C:\\u0074emp \\u0022 " } } ; DROP ALL ; #',
    "'''quotes\"\"\"\nlines\r\ttabs \\",
    "emoji \U0001f600, rtl \u202eabc, zero\u200bwidth",
    "<b> & {{x}} %s ?p $o",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty server in memory."""
    if PROGRAM is None:
        pytest.skip("Oxigraph's server is not installed (pip install oxigraph)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen([PROGRAM, "serve", "--bind", address], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://{address}/update"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def kb(server: str, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """A small knowledge base; the server is empty but for a graph of somebody else's."""
    Endpoint(server).update([b"DROP ALL", b"INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> 'theirs' } }"])
    with KnowledgeBase(tmp_path / "kb.db", by="ann") as made:
        claim = made.claim("claim", AWKWARD[0]).ids[0]
        for words in AWKWARD[1:]:
            made.reply(claim, "attacks", words)
        yield made


def ask(server: str, question: str) -> bytes:
    """The server's answer to a question."""
    headers = {"Content-Type": "application/sparql-query", "Accept": "application/n-triples"}
    if not question.startswith("CONSTRUCT"):
        headers["Accept"] = "application/sparql-results+json"
    request = urllib.request.Request(server.replace("/update", "/query"), question.encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def there(server: str) -> set[tuple[str, str, str]]:
    """What is published, without the mark."""
    import pyoxigraph

    triples = ask(server, f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}")
    return {terms for terms in map(terms_of, pyoxigraph.parse(triples, pyoxigraph.RdfFormat.N_TRIPLES))
            if terms[0] != "<urn:argmap:/published>"}  # fmt: skip


def here(kb: KnowledgeBase) -> set[tuple[str, str, str]]:
    """What should be, by way of a store, which spells 1.0 as 1."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(nquads(standing(kb.map()), texts=False), pyoxigraph.RdfFormat.N_TRIPLES)
    return set(map(terms_of, store))


def terms_of(triple: object) -> tuple[str, str, str]:
    """A triple as texts."""
    return str(triple.subject), str(triple.predicate), str(triple.object)  # type: ignore[attr-defined]


def test_all_is_published_exactly_and_others_graphs_stay(server: str, kb: KnowledgeBase) -> None:
    """Every statement arrives as it is here, whatever is in the texts; the second time nothing is sent."""
    done = kb.publish(server)
    assert there(server) == here(kb)
    assert (done.added, done.removed, done.requests) == (len(here(kb)), 0, 1)
    assert kb.publish(server).requests == 0
    assert b"theirs" in ask(server, "SELECT ?o { GRAPH <urn:other> { ?s ?p ?o } }")


def test_only_what_changed_is_sent(server: str, kb: KnowledgeBase) -> None:
    """Revising, rejecting, merging, undoing: each is a few statements, and the server holds the same."""
    kb.publish(server)
    ids = [node.id for node in kb.nodes()]
    size = len(here(kb))
    for change in (
        lambda: kb.revise(ids[1], changes={"text": AWKWARD[0] * 2}),
        lambda: kb.reject(ids[2]),
        lambda: kb.merge(ids[0], ids[3]),
        kb.undo,
        lambda: kb.claim("question", "Why \\u0041?"),
    ):
        change()
        done = kb.publish(server)
        assert 0 < done.added + done.removed < size / 2
        assert there(server) == here(kb)


def test_an_interrupted_change_is_made_good(
    server: str, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the server is lost in the middle, the next time all is sent, and nothing half done stays."""
    kb.publish(server)
    for number in range(20):
        kb.claim("claim", f"another {number}")
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "MOST_BYTES", 300)
        sent, send = [], Endpoint._sent

        def lost(self: Endpoint, url: str, body: bytes, kind: str) -> bytes:
            sent.append(body)
            if len(sent) > 5:
                raise PublishError("the line is cut")
            return send(self, url, body, kind)

        patched.setattr(Endpoint, "_sent", lost)
        with pytest.raises(PublishError, match="cut"):
            kb.publish(server)
    assert there(server) != here(kb)
    assert kb.publish(server).added == len(here(kb))
    assert there(server) == here(kb)


def test_another_history_is_not_overwritten(server: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    """A second knowledge base is refused the graph of the first, unless it is told to replace it."""
    kb.publish(server)
    with KnowledgeBase(tmp_path / "other.db", by="bob") as other:
        other.claim("claim", "Something else")
        with pytest.raises(PublishError, match="another history"):
            other.publish(server)
        assert there(server) == here(kb)
        other.publish(server, full=True)
        assert there(server) == here(other)


@pytest.mark.parametrize(
    "url",
    ["http://example.org/update", "ftp://x/y", "file:///etc/passwd", "", "http://", "https://u:p@x/", "http://[x"],
)  # fmt: skip
def test_addresses_that_are_not_published_to(url: str) -> None:
    """No plain http over the network, no other scheme, no password where others see it."""
    with pytest.raises(PublishError, match="https"):
        Endpoint(url)


def test_a_server_that_is_none_is_one_clear_line(server: str, kb: KnowledgeBase) -> None:
    """Nobody there, a wrong path, and a graph that is no IRI."""
    for url in ("http://127.0.0.1:9/update", server.replace("update", "nothing")):
        with pytest.raises(PublishError, match="127") as caught:
            kb.publish(url)
        assert "\n" not in str(caught.value)
    with pytest.raises(PublishError, match="no IRI"):
        Endpoint(server, graph="urn:x> { ?s ?p ?o } } ; DROP ALL #")
    assert json.loads(ask(server, "ASK { GRAPH <urn:other> { ?s ?p ?o } }"))["boolean"] is True


def test_what_is_not_encrypted_stays_on_this_machine(
    server: str, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment's sees nothing of what is published to this machine."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert kb.publish(server).requests == 1
