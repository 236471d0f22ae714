# ruff: noqa: E501  (the pieces)
"""The SPARQL endpoint over HTTP: it answers as the standard says, whom it should, and nothing brings it down."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest
import uvicorn
from click.testing import CliRunner
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from argmap import KnowledgeBase, formats
from argmap.cli import main
from argmap.formats import endpoint as served
from argmap.formats.endpoint import Snapshot, Visit, endpoint, preferred
from tests.security.mutations import small_map

ROOT = Path(__file__).parents[2]
QUADS = formats.dump(small_map(2), "nquads")[0]
TEXTS = "SELECT ?text { ?node aif:claimText ?text } ORDER BY ?text"
MANY = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
HERE = "http://localhost:8502/sparql"


def sent(method: str = "GET", url: str = HERE, **request: Any) -> httpx.Response:
    """The answer of an endpoint in this process, called localhost, that one page elsewhere may ask."""

    async def ask() -> httpx.Response:
        app = endpoint(lambda: QUADS, hosts=["localhost"], origins=["https://friend.example"])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.request(method, url, **request)

    return asyncio.run(ask())


def expected_texts() -> list[str]:
    return sorted(node.text for node in small_map(2).nodes.values())


@pytest.mark.parametrize(
    "request_",
    [
        {"params": {"query": TEXTS}},
        {"method": "POST", "data": {"query": TEXTS}},
        {"method": "POST", "content": TEXTS, "headers": {"Content-Type": "application/sparql-query"}},
    ],
    ids=["get", "form", "direct"],
)
def test_the_three_ways_of_asking(request_: dict[str, Any]) -> None:
    """All of the protocol's, with the prefixes of argmap known."""
    answer = sent(**request_)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/sparql-results+json")
    found = [row["text"]["value"] for row in answer.json()["results"]["bindings"]]
    assert expected_texts() == found


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", pyoxigraph.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML),
        ("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
    ],
)
def test_rows_come_as_they_are_wanted(media: str, form: Any) -> None:
    """Every term comes back as what it is: an address, a number, words in a language, nothing."""
    row = "VALUES (?a ?b ?c ?d) { (<urn:x> 7 'he \"said\"\\n,'@en UNDEF) }"
    answer = sent(params={"query": f"SELECT * {{ {row} }}"}, headers={"Accept": f"text/html;q=0.9, {media}"})
    assert answer.headers["Content-Type"].partition(";")[0] == media
    [found] = pyoxigraph.parse_query_results(answer.content, form)
    bare = list(pyoxigraph.Store().query(f"SELECT * {{ {row} }}"))
    assert [bare[0][name] for name in "abcd"] == [found[name] for name in "abcd"]


def test_rows_as_csv_and_truth_and_triples() -> None:
    """CSV by the standard; ASK in any form; CONSTRUCT as RDF."""
    rows = sent(params={"query": TEXTS}, headers={"Accept": "text/csv"}).text.splitlines()
    assert rows[:2] == ["text", expected_texts()[0]] or rows[1] == f'"{expected_texts()[0]}"'
    assert sent(params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    whole = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    found = []
    for media in ("text/turtle", "application/n-triples"):
        answer = sent(params={"query": whole}, headers={"Accept": media})
        assert answer.headers["Content-Type"].partition(";")[0] == media
        read = pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.from_media_type(media))
        found.append(pyoxigraph.Dataset(read))
        found[-1].canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    assert found[0] == found[1]
    assert len(found[0]) > 20


def test_more_rows_than_allowed_are_cut_and_said() -> None:
    """A program can tell that there is more."""
    answer = sent(params={"query": MANY})
    assert len(answer.json()["results"]["bindings"]) == 1_000
    assert answer.headers["Argmap-Cut"] == "only the first 1000 rows"
    assert "Argmap-Cut" not in sent(params={"query": TEXTS}).headers


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "json"), ("*/*", "json"), ("text/html", "json"), ("text/csv;q=0.2, application/xml;q=0.9", "xml"),
        ("text/csv;q=x, application/xml;q=0.1", "xml"), ("TEXT/CSV ; q=1.0", "csv"), ("," * 500, "json"),
    ],
)  # fmt: skip
def test_what_is_wanted_most(accept: str, expected: str) -> None:
    """By the weights of the header; what nobody knows does not count."""
    assert preferred(accept, served.ROWS).endswith(expected)


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
REFUSED: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (405, "PUT", {"params": {"query": TEXTS}}),
    (405, "DELETE", {}),
    (400, "GET", {}),
    (400, "GET", {"params": {"query": [TEXTS, TEXTS]}}),
    (400, "GET", {"params": {"query": "SELECT"}}),
    (400, "GET", {"params": {"query": "LOAD <urn:x>"}}),
    (400, "GET", {"params": {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}}),
    (403, "GET", {"params": {"query": TEXTS, "update": "CLEAR ALL"}}),
    (403, "POST", {"data": {"update": "CLEAR ALL"}}),
    (415, "POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
    (415, "POST", {"content": TEXTS}),
    (400, "GET", {"params": {"query": TEXTS, "default-graph-uri": "http://127.0.0.1:9/"}}),
    (400, "POST", {"data": {"query": TEXTS, "named-graph-uri": "file:///etc/passwd"}}),
    (400, "POST", {"content": b"\xff\xfe", "headers": DIRECT}),
    (400, "POST", {"content": b"query=%ff", "headers": FORM}),
    (400, "POST", {"content": b"a=b&" * 1_000, "headers": FORM}),
    (413, "POST", {"content": b"#" * 300_000, "headers": DIRECT}),
    (400, "POST", {"content": b"#" * 30_000, "headers": DIRECT}),
    (404, "GET", {"url": "http://localhost:8502/"}),
)


@pytest.mark.parametrize(("status", "method", "request_"), REFUSED)
def test_what_is_refused(status: int, method: str, request_: dict[str, Any]) -> None:
    """Updates, other data sets and what cannot be read: one line that says why."""
    answer = sent(method, **request_)
    assert answer.status_code == status
    assert len(answer.text.strip().splitlines()) <= 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:8502"}, 403),
        ({"Host": "localhost.evil.example"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "["}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://localhost:8502"}, 200),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"}, 200),
        ({"Origin": "https://friend.example.evil.example"}, 403),
    ],
)
def test_who_is_answered(headers: dict[str, str], status: int) -> None:
    """Its own names, programs, and pages that were allowed; no name that was made to lead here, no other page."""
    answer = sent(params={"query": "ASK {}"}, headers=headers)
    assert answer.status_code == status
    friend = "https://friend.example"
    assert (answer.headers.get("Access-Control-Allow-Origin") == friend) is (headers.get("Origin") == friend)


def test_a_preflight_is_answered_to_friends_only() -> None:
    """A browser that asks first is told no for other pages."""
    headers = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    for origin, status in (("https://friend.example", 200), ("https://evil.example", 400)):
        assert sent("OPTIONS", headers=headers | {"Origin": origin}).status_code == status


def test_a_snapshot_is_made_once_for_each_version() -> None:
    """Asking again does not write the map out again; a change does."""
    versions, made = [1], []
    snapshot = Snapshot(lambda: versions[-1], lambda: bytes([len(made.append(0) or made)]))
    assert [snapshot(), snapshot()] == [b"\1", b"\1"]
    versions.append(2)
    assert [snapshot(), snapshot()] == [b"\2", b"\2"]


def test_other_addresses_need_a_name() -> None:
    """Nobody serves others by mistake."""
    result = CliRunner().invoke(main, ["--kb", "none.db", "serve", "--host", "0.0.0.0"])
    assert (result.exit_code, "--allow-host" in result.output) == (1, True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The address and the process of `argmap serve` over a small knowledge base."""
    place = tmp_path_factory.mktemp("endpoint") / "kb.db"
    with KnowledgeBase(place, by="ann") as kb:
        kb.bring(small_map(2))
    words = [sys.executable, "-m", "argmap", "--kb", str(place), "serve", "--port", "0"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[0], process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def test_a_standard_client_asks_it(server: tuple[str, int]) -> None:
    """RDFLib's SPARQLStore reads it as it reads any endpoint."""
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(server[0], returnFormat="json"))
    assert [str(row[0]) for row in graph.query(TEXTS)] == expected_texts()
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert len(graph.query("CONSTRUCT { ?s aif:claimText ?o } { ?s aif:claimText ?o }").graph) == 6


def test_a_change_is_seen(server: tuple[str, int], tmp_path: Path) -> None:
    """What others write while it serves is in the next answer."""
    listed = Path(f"/proc/{server[1]}/cmdline").read_bytes().split(b"\0")
    with KnowledgeBase(listed[listed.index(b"--kb") + 1].decode(), by="bob") as kb:
        kb.claim("claim", "Said meanwhile.")
        ask = "ASK { ?node aif:claimText 'Said meanwhile.' }"
        assert httpx.get(server[0], params={"query": ask}).json()["boolean"] is True
        kb.undo()
        assert httpx.get(server[0], params={"query": ask}).json()["boolean"] is False


def test_silent_connections_keep_nobody_out(server: tuple[str, int]) -> None:
    """However many connect and ask nothing, or half a question: the oldest end, and who asks is answered."""
    host, port = server[0].removeprefix("http://").partition("/")[0].split(":")
    crowd = [socket.create_connection((host, int(port)), timeout=60) for _ in range(2 * served.MOST_SILENT)]
    try:
        for each in crowd[1::2]:
            with suppress(OSError):
                each.sendall(HEAD[:30])
        assert httpx.get(server[0], params={"query": "ASK {}"}, timeout=60).status_code == 200
        assert crowd[0].recv(1) == b""
    finally:
        for each in crowd:
            each.close()


@asynccontextmanager
async def visited(app: Any) -> AsyncIterator[tuple[socket.socket, set[Any]]]:
    """A connection to an application that is served in this process, and the server's own list of them."""
    config, state = uvicorn.Config(app, ws="none", timeout_keep_alive=600, log_config=None), ServerState()
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: Visit(config, state, {}), "127.0.0.1", 0) as listening:
        with socket.socket() as visitor:
            visitor.setblocking(False)
            await loop.sock_connect(visitor, listening.sockets[0].getsockname())
            yield visitor, state.connections


HEAD = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
BEGUN = {
    "nothing": b"",
    "half a head": HEAD,
    "half a body": HEAD + b"Content-Length: 9\r\n\r\nASK",
    "all": HEAD + b"Content-Length: 6\r\n\r\nASK {}",
    "one more": (HEAD + b"Content-Length: 6\r\n\r\nASK {}") * 2 + HEAD,
}


@pytest.mark.parametrize("begun", BEGUN)
def test_a_connection_that_asks_nothing_ends(begun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silent from the start, in the middle of a question, or after one: it is not held for ever."""
    monkeypatch.setattr(served, "LONGEST_WAIT", 0.2)

    async def ended() -> list[bytes]:
        async with visited(endpoint(lambda: QUADS, hosts=["localhost"])) as (visitor, _), asyncio.timeout(60):
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(visitor, BEGUN[begun])
            said = []
            while not said or said[-1]:
                said.append(await loop.sock_recv(visitor, 10_000))
            return said

    answers = {"all": 1, "one more": 2}.get(begun, 0)
    assert answers == b"".join(asyncio.run(ended())).count(b"200 OK")


@pytest.mark.parametrize("questions", [1, 2])
def test_an_answer_that_nobody_takes_is_given_up(questions: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for much and reads nothing holds it in memory for a while, not for ever."""
    monkeypatch.setattr(served, "LONGEST_WAIT", 0.2)

    async def given_up() -> None:
        async with visited(PlainTextResponse(b"x" * 2**25)) as (visitor, connections), asyncio.timeout(60):
            await asyncio.get_running_loop().sock_sendall(
                visitor, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * questions
            )
            await asyncio.sleep(0.1)
            assert len(connections) == 1
            while connections:
                await asyncio.sleep(0.05)

    asyncio.run(given_up())


def test_a_crowd_of_questions_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """While as many are answered as there is room for, the next is refused; then there is room again."""
    monkeypatch.setattr(served, "MOST_WAITING", 1)
    entered, go_on = threading.Event(), threading.Event()

    def slow() -> bytes:
        entered.set()
        go_on.wait(60)
        return QUADS

    async def statuses() -> list[int]:
        transport = httpx.ASGITransport(endpoint(slow, hosts=["localhost"]))
        async with httpx.AsyncClient(transport=transport) as client:
            first = asyncio.create_task(client.get(HERE, params={"query": "ASK {}"}))
            await asyncio.to_thread(entered.wait, 60)
            second = await client.get(HERE, params={"query": "ASK {}"})
            go_on.set()
            third = await first, await client.get(HERE, params={"query": "ASK {}"})
            return [second.status_code, *(answer.status_code for answer in third)]

    assert asyncio.run(statuses()) == [503, 200, 200]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_answered_who_has_gone(method: str) -> None:
    """A question of somebody who closed the connection is not asked, and leaves no traceback."""
    asked: list[None] = []
    app = endpoint(lambda: asked.append(None) or QUADS, hosts=["localhost"])  # type: ignore[func-returns-value]
    headers = [(b"host", b"localhost"), (b"content-type", b"application/sparql-query")]
    scope = {"type": "http", "method": method, "path": "/sparql", "query_string": b"query=ASK{}"}

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        assert message.get("status", 400) == 400

    asyncio.run(app(scope | {"headers": headers}, receive, send))
    assert asked == []


CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v . ?w ?x ?y"
DOUBLED = " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(34))
HOSTILE = {
    "parens": "ASK { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }",
    "groups": "ASK " + "{" * 2_500 + "}" * 2_500,
    "blank nodes": "ASK { ?s ?p " + "[ ?p " * 200 + "?o" + "]" * 200 + " }",
    "cross product": f"SELECT (COUNT(*) AS ?count) {{ {CROSS} }}",
    "values": "SELECT (COUNT(*) AS ?n) {" + "".join(f"VALUES ?{v} {{{'1 ' * 2_000}}}" for v in "abc") + "}",
    "sorted cross product": f"SELECT * {{ {CROSS} }} ORDER BY ?a",
    "doubling": f"SELECT (STRLEN(?v34) AS ?l) {{ BIND('aaaaaaaaaaaaaaaa' AS ?v0) {DOUBLED} }}",
    "pattern": f"ASK {{ BIND('{'a' * 32}!' AS ?s) FILTER(REGEX(?s, '^(a+)+$')) }}",
    "large answer": f"SELECT * {{ BIND('{'a' * 9_000}' AS ?v0) {DOUBLED[:400].rpartition(')')[0]}) {CROSS} }}",
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/s> { ?x ?y ?z } }",
    "escape": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/s> { ?x ?y ?z } }",
    "bypass": "PREFIX ex: <http://127.0.0.1:9/> SELECT * { ?x ?y ?a FILTER(1<2)SERVICE#>\nex:s {?s ?p ?o} }",
    "from a file": "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
    "load": "LOAD <file:///etc/hostname>",
}


def children(pid: int) -> list[str]:
    """Processes that this one has started."""
    return [
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_hostile_questions_end_by_themselves(
    server: tuple[str, int], record_property: Callable[[str, object], None]
) -> None:
    """Three times each: refused or ended in one line, others are answered meanwhile, no process is left."""
    ended, slowest = threading.Event(), [0.0]

    def others() -> None:
        with httpx.Client(timeout=60) as client:
            while not ended.is_set():
                answer = client.get(server[0], params={"query": "ASK {}"})
                assert answer.json()["boolean"] is True
                slowest.append(answer.elapsed.total_seconds())

    visitor = threading.Thread(target=others)
    visitor.start()
    try:
        for name, question in [*HOSTILE.items()] * 3:
            answer = httpx.post(server[0], content=question, headers=DIRECT, timeout=90)
            record_property(name, round(answer.elapsed.total_seconds(), 2))
            assert answer.status_code == 400 or name == "pattern", name
            assert len(answer.text.splitlines()) == 1
    finally:
        ended.set()
        visitor.join()
    record_property("others waited at most", round(max(slowest), 2))
    assert len(slowest) > len(HOSTILE)
    assert children(server[1]) == []
