"""A read-only SPARQL 1.1 endpoint over HTTP: behind it is the worker with limits that `argmap query` has.

Source: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/, its query operation.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Collection, Mapping
from threading import Lock
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from argmap.errors import ArgmapError, QueryError
from argmap.formats.sparql import JSON, MOST_ROWS, TURTLE, Reply, replied
from argmap.serving import host_name, is_foreign

PATH = "/sparql"
AT_ONCE = 2  # workers; each may take 800 MB
MOST_WAITING = 32  # questions, these included; more are told to come again
MOST_SILENT = 64  # connections on which nothing has been asked yet; of more, the oldest end
LONGEST_BODY = 256 * 1024
LONGEST_WAIT = 10.0  # seconds for a question to arrive, or for any part of an answer to be taken

ROWS = {
    JSON: JSON,
    "application/json": JSON,
    "application/sparql-results+xml": "application/sparql-results+xml",
    "application/xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
}
TRIPLES = {
    TURTLE: TURTLE,
    "application/n-triples": "application/n-triples",
}
_BROKEN_OFF = "the request was broken off"
SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class Snapshot:
    """The N-Quads of a knowledge base, made anew only when its version has changed; for any thread.

    Args:
        version: gives the version.
        make: gives the N-Quads as they are now.
    """

    def __init__(self, version: Callable[[], int], make: Callable[[], bytes]) -> None:
        self._version, self._make, self._lock = version, make, Lock()
        self._held: tuple[int, bytes] | None = None

    def __call__(self) -> bytes:
        """The N-Quads of at least the version at the time of asking."""
        with self._lock:
            version = self._version()
            if self._held is None or self._held[0] != version:
                self._held = version, self._make()
            return self._held[1]


def endpoint(
    snapshot: Callable[[], bytes], *, hosts: Collection[str], origins: Collection[str] = ()
) -> Starlette:
    """The ASGI application that answers questions at `PATH`.

    Args:
        snapshot: gives the N-Quads to ask.
        hosts: names that it is called by, in lower case; requests to others are refused, since any name can
            lead here.
        origins: pages elsewhere that may ask, such as ``https://yasgui.example``.
    """
    room, turn = asyncio.Semaphore(MOST_WAITING), asyncio.Semaphore(AT_ONCE)

    async def answer(request: Request) -> Response:
        _refuse_others(request.headers, hosts, origins)
        sparql = await _question(request)
        rows, triples = (preferred(request.headers.get("Accept", ""), known) for known in (ROWS, TRIPLES))
        if room.locked():
            raise HTTPException(503, "too many ask at once; come again", {"Retry-After": "5"})
        async with room, turn:
            if await request.is_disconnected():
                raise HTTPException(400, _BROKEN_OFF)
            reply = await asyncio.to_thread(lambda: replied(snapshot(), sparql, rows=rows, triples=triples))
        return _response(reply, triples if reply.kind == "triples" else rows)

    def failed(_request: Request, error: Exception) -> Response:
        return PlainTextResponse(f"{error}\n", 400 if isinstance(error, QueryError) else 500, SAFE)

    return Starlette(
        routes=[Route(PATH, answer, methods=["GET", "POST"])],
        middleware=[Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"])],
        exception_handlers={ArgmapError: failed},
    )


def _refuse_others(headers: Mapping[str, str], hosts: Collection[str], origins: Collection[str]) -> None:
    """Refuse what comes under another name, and what pages of others send with the visitor's browser."""
    if host_name(headers) not in hosts:
        raise HTTPException(403, "this endpoint has another name")
    from_elsewhere = headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    if (is_foreign(headers) or from_elsewhere) and headers.get("Origin") not in origins:
        raise HTTPException(403, "pages of other origins may not ask here")


async def _question(request: Request) -> str:
    """The SPARQL text of a request, in any of the protocol's three forms."""
    form = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and form == "application/sparql-query":
        sent = _fields(request.url.query) | {"query": [await _body(request)]}
    elif request.method == "POST" and form == "application/x-www-form-urlencoded":
        sent = _fields(await _body(request))
    elif request.method == "POST":
        raise HTTPException(415, "send application/sparql-query or application/x-www-form-urlencoded")
    else:
        sent = _fields(request.url.query)
    if sent.keys() & {"update", "using-graph-uri", "using-named-graph-uri"}:
        raise HTTPException(403, "this endpoint reads only")
    if sent.keys() & {"default-graph-uri", "named-graph-uri"}:
        raise HTTPException(400, "there is one data set here; leave graphs out of the request")
    if len(sent.get("query", ())) != 1:
        raise HTTPException(400, "ask one question: query=SELECT ...")
    return sent["query"][0]


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise HTTPException(400, "the fields of the request cannot be read") from error


async def _body(request: Request) -> str:
    data = bytearray()
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            async for chunk in request.stream():
                data += chunk
                if len(data) > LONGEST_BODY:
                    raise HTTPException(413, f"a request has at most {LONGEST_BODY:,} bytes")
        return data.decode()
    except ClientDisconnect as error:
        raise HTTPException(400, _BROKEN_OFF) from error
    except TimeoutError as error:
        raise HTTPException(408, "the request did not arrive in time") from error
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the request is not UTF-8") from error


def preferred(accept: str, known: Mapping[str, str]) -> str:
    """The media type of these that an Accept header wants most; the first of them where it names none."""
    wanted = {}
    for part in accept.lower().split(",")[:50]:
        name, *options = (piece.strip() for piece in part.split(";"))
        if name in known:
            wanted[name] = max(
                (_weight(option) for option in options if option.startswith("q=")), default=1.0
            )
    best = max(wanted, key=lambda name: wanted[name], default=next(iter(known)))
    return known[best]


def _weight(option: str) -> float:
    try:
        return float(option.removeprefix("q="))
    except ValueError:
        return 0.0


def _response(reply: Reply, media: str) -> Response:
    cut = {"Argmap-Cut": f"only the first {MOST_ROWS} rows"} if reply.cut else {}
    return Response(reply.data, media_type=media, headers=SAFE | cut)


class Visit(H11Protocol):
    """A connection that ends where nothing comes of it; uvicorn would hold it for ever.

    One that has asked nothing, or not all, for `LONGEST_WAIT` ends, and so does one that takes nothing of its
    answer. Where there are too many of these the oldest end at once: they keep nobody out who asks.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn
        """Begin, in place of the oldest silent one where there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        silent = [visit for visit in self.connections if isinstance(visit, Visit) and visit._is_silent()]
        for visit in sorted(silent, key=lambda visit: visit._since)[:-MOST_SILENT]:
            visit._end()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended."""
        self._timer.cancel()
        super().connection_lost(exc)

    def _is_silent(self) -> bool:
        """Whether no question is being answered, or nobody takes the answer."""
        asks_nothing = self.cycle is None or self.cycle.more_body or self.cycle.response_complete
        return asks_nothing or self.flow.write_paused

    def _watch(self, before: tuple[object, int] | None = None) -> None:
        """Look again and again whether it asked or took anything since the last time."""
        now = self.cycle, self.transport.get_write_buffer_size()
        if self._is_silent() and now == before:
            self._end()
        else:
            self._timer = self.loop.call_later(LONGEST_WAIT, self._watch, now)

    def _end(self) -> None:
        self.connections.discard(self)
        self.transport.abort()


def run(app: Starlette, place: socket.socket) -> None:
    """Serve the application on a socket that listens, until somebody stops it."""
    config = uvicorn.Config(
        app,
        http=Visit,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=MOST_SILENT,  # let in at once, before the oldest end
    )
    uvicorn.Server(config).run(sockets=[place])
