"""A server on this machine that speaks OpenAI's chat protocol, and answers as a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Server:
    """What was asked of a server, and where it is."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def turns(self) -> list[list[dict[str, Any]]]:
        """The turns that each question showed."""
        return [json.loads(body["messages"][1]["content"])["turns"] for body in self.asked]


@contextmanager
def serving(answers: Sequence[Answer]) -> Iterator[Server]:
    """A server that answers the first question by the first answer, and so on; the last one stays."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(body)
            server.headers.append(dict(self.headers))
            with suppress(BrokenPipeError, ConnectionResetError):  # some tests have the asker go away
                answers[min(len(server.asked), len(answers)) - 1](self, body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = Server(f"http://127.0.0.1:{http.server_address[1]}/v1")
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()


def raw(data: bytes, status: int = 200, **headers: str) -> Answer:
    """These bytes."""

    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def says(content: Any, *, finish: str = "stop", tokens: Any = 100) -> Answer:
    """A completion with these words, or a value as JSON."""
    words = content if isinstance(content, str) else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": finish}
    return raw(json.dumps({"choices": [choice], "usage": {"total_tokens": tokens}}).encode())


def reads(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A model that takes the first ten words of each turn for a claim that supports the one before."""
    turns = json.loads(body["messages"][1]["content"])["turns"]
    units = [
        {"id": 100 + at, "turn": turn["turn"], "quote": " ".join(turn["text"].split()[:10])}
        | {"kind": "claim", "confidence": 0.8}
        for at, turn in enumerate(turns)
    ]
    links = [
        {"source": unit["id"], "target": unit["id"] - 1, "kind": "supports", "confidence": 0.7}
        for unit in units[1:]
    ]
    says({"units": units, "links": links})(handler, body)
