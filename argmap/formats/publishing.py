"""A map's RDF on a SPARQL 1.1 server: what changed since it was last there, or all of it.

The statements have no blank nodes, so the change between two editions is a difference of two sets of lines.
Every line comes from the one serialiser of `argmap.formats.rdf`: no value is ever put into SPARQL by hand. A
mark in the graph says which edition of which history is there. It goes first and comes back last, so a change
that was interrupted is noticed the next time, and all is sent again.
"""

from __future__ import annotations

import base64
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from argmap.errors import PublishError
from argmap.formats.rdf import nquads
from argmap.formats.vocabulary import ARGMAP
from argmap.model import ArgumentMap, Event, replay, standing

GRAPH = "urn:argmap:published"
SECONDS = 60
MOST_BYTES = 2_000_000
"""Of one request; a change that fits into one is done as a whole or not at all."""
MOST_ANSWER = 1_000_000

_MARK = "<urn:argmap:/published>"
_VERSION, _HEAD = f"<{ARGMAP}version>", f"<{ARGMAP}head>"


@dataclass(frozen=True, slots=True)
class History:
    """What has happened to a map.

    Args:
        events: gives them all, in order.
        hash_of: the hash of all up to an event; None where there are fewer.
        number: the last event.
    """

    events: Callable[[], Iterable[Event]]
    hash_of: Callable[[int], str | None]
    number: int

    def map_at(self, number: int) -> ArgumentMap:
        """The map as it stood at an event."""
        return standing(replay(event for event in self.events() if event.seq <= number))


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: statements sent and taken away, in how many requests."""

    added: int
    removed: int
    requests: int


class Endpoint:
    """A SPARQL 1.1 server that this knowledge base writes to.

    Args:
        url: where updates go, ``https``, or ``http`` on this machine; queries go to ``query`` beside an
            ``update``, else to the same place. ARGMAP_PUBLISH_LOGIN holds ``user:password`` where needed.
        graph: IRI of the named graph, which is this knowledge base's alone; `GRAPH` where it is None.

    Raises:
        PublishError: the URL or the IRI is none of those.
    """

    def __init__(self, url: str, *, graph: str | None = None) -> None:
        self.url = _allowed(url)
        head, slash, last = url.rpartition("/")
        self.query_url = f"{head}{slash}query" if last == "update" else url
        self.graph = _iri(graph or GRAPH)

    def mark(self) -> tuple[int, str] | None:
        """Number and hash of the edition that is there; None where there is none, or half of one."""
        asked = f"SELECT ?v ?h {{ GRAPH {self.graph} {{ {_MARK} {_VERSION} ?v ; {_HEAD} ?h }} }}"
        answer = self._sent(self.query_url, asked.encode(), "application/sparql-query")
        try:
            rows = json.loads(answer)["results"]["bindings"]
            return (int(rows[0]["v"]["value"]), str(rows[0]["h"]["value"])) if len(rows) == 1 else None
        except (ValueError, LookupError, TypeError) as error:
            raise PublishError(f"{self.query_url}: gives no SPARQL results; is it a query URL?") from error

    def update(self, operations: Iterable[bytes]) -> int:
        """Do operations, several in one request where they fit; gives the number of requests."""
        count = 0
        for request in _packed(operations):
            self._sent(self.url, request, "application/sparql-update")
            count += 1
        return count

    def _sent(self, url: str, body: bytes, kind: str) -> bytes:
        headers = {"Content-Type": kind, "Accept": "application/sparql-results+json, */*;q=0.1"} | _login()
        request = urllib.request.Request(url, body, headers, method="POST")
        try:
            with _opener().open(request, timeout=SECONDS) as answer:
                return bytes(answer.read(MOST_ANSWER))
        except urllib.error.HTTPError as error:
            raise PublishError(f"{url}: refused with {error.code} {error.reason}; {_said(error)}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise PublishError(f"{url}: does not answer ({error}); nothing is lost, publish again") from error


def _said(error: urllib.error.HTTPError) -> str:
    """The beginning of what a server says of a refusal, as one line."""
    with suppress(OSError, HTTPException), error:
        return " ".join(error.read(300).decode("utf-8", "replace").split())
    return ""


def _opener() -> urllib.request.OpenerDirector:
    """What is not encrypted is for this machine, so it goes through no proxy of the environment's."""
    proxies = {name: url for name, url in urllib.request.getproxies().items() if name == "https"}
    return urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler(proxies))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is published goes where it was sent."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none."""


def _login() -> dict[str, str]:
    given = os.environ.get("ARGMAP_PUBLISH_LOGIN", "")
    return {"Authorization": "Basic " + base64.b64encode(given.encode()).decode()} if given else {}


def _allowed(url: str) -> str:
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme in ("http", "https") and parts.hostname and safe and not parts.username:
            return url
    except ValueError:
        pass
    raise PublishError("publish to an https:// address, or http:// on this machine, without a password in it")


def _iri(graph: str) -> str:
    import pyoxigraph

    try:
        return str(pyoxigraph.NamedNode(graph))
    except ValueError as error:
        raise PublishError(f"'{graph:.80}' is no IRI of a graph") from error


def publish(endpoint: Endpoint, history: History, *, full: bool = False) -> Published:
    """Bring the graph at an endpoint to the last edition of the map, without the documents' whole texts.

    Args:
        full: send all, whatever is there.

    Raises:
        PublishError: the endpoint refuses, or holds an edition of another history.

    Cost: where something changed, both editions are replayed here; what is sent is the difference.
    """
    there = None if full else endpoint.mark()
    if there and history.hash_of(there[0]) != there[1]:
        raise PublishError(f"{endpoint.url}: another history is published there; --full replaces it")
    if history.number == (there[0] if there else 0):
        return Published(0, 0, 0)
    old = set(_lines(history.map_at(there[0]))) if there else set()
    now = dict.fromkeys(_lines(history.map_at(history.number)))
    new, gone = [line for line in now if line not in old], sorted(old - now.keys())
    head = json.dumps(history.hash_of(history.number))
    mark = f'{_MARK} {_VERSION} "{history.number:d}" ; {_HEAD} {head} .'.encode()
    operations = _operations(endpoint.graph.encode(), gone, new, mark, whole=there is None)
    return Published(len(new), len(gone), endpoint.update(operations))


def _lines(argument_map: ArgumentMap) -> Iterator[bytes]:
    return (line for line in nquads(argument_map, texts=False).split(b"\n") if line)


def _operations(
    graph: bytes, gone: list[bytes], new: list[bytes], mark: bytes, *, whole: bool
) -> Iterator[bytes]:
    if whole:
        yield b"CLEAR SILENT GRAPH " + graph
    else:
        yield b"DELETE WHERE { GRAPH " + graph + b" { " + _MARK.encode() + b" ?p ?o } }"
    yield from _data(b"DELETE DATA", graph, gone)
    yield from _data(b"INSERT DATA", graph, new)
    yield from _data(b"INSERT DATA", graph, [mark])


def _data(verb: bytes, graph: bytes, lines: list[bytes]) -> Iterator[bytes]:
    for piece in _pieces(lines):
        yield verb + b" { GRAPH " + graph + b" {\n" + b"\n".join(piece) + b"\n} }"


def _pieces(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines in groups of at most `MOST_BYTES`, or one alone that is longer."""
    piece: list[bytes] = []
    size = 0
    for line in lines:
        if piece and size + len(line) > MOST_BYTES:
            yield piece
            piece, size = [], 0
        piece.append(line)
        size += len(line) + 1
    if piece:
        yield piece


def _packed(operations: Iterable[bytes]) -> Iterator[bytes]:
    return (b" ;\n".join(piece) for piece in _pieces(operations))
