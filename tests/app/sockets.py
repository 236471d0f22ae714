"""The explorer served as `argmap app` serves it, and what a browser does with its websocket."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from app.launch import command, environment


@contextmanager
def explorer(place: Path, *, base: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """The port and the process of the explorer over this knowledge base."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        command(port=port),
        env=environment(str(place), by="ann", base=base),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def opened(
    port: int, *, origin: str | None = "", host: str | None = None, cookie: str | None = None
) -> ClientConnection:
    """The websocket of a page of this origin under this name; by default, the explorer's own.

    Raises:
        websockets.exceptions.InvalidStatus: the explorer refuses.
    """
    name = host or f"127.0.0.1:{port}"
    wire = socket.create_connection(("127.0.0.1", port))
    return connect(
        f"ws://{name}/_stcore/stream",
        sock=wire,
        origin=f"http://{name}" if origin == "" else origin,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie} if cookie else None,
        max_size=None,
        proxy=None,
        open_timeout=60,
    )


def ran(page: ClientConnection, address: str = "/") -> Iterator[ForwardMsg]:
    """What the explorer sends when the page goes to this address, until its script is done."""
    asked = BackMsg()
    path, _, asked.rerun_script.query_string = address.partition("?")
    asked.rerun_script.page_name = path.strip("/")
    page.send(asked.SerializeToString())
    kind = None
    while kind != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(page.recv(timeout=120))
        kind = message.WhichOneof("type")
        yield message


def seen(page: ClientConnection, address: str = "/") -> bytes:
    """All that was sent, as bytes to look for words in."""
    return b"".join(message.SerializeToString() for message in ran(page, address))


def with_watch(folder: Path) -> dict[str, str]:
    """An environment in which Python notes in ``folder/calls`` whom it calls outside this machine."""
    (folder / "sitecustomize.py").write_text(_WATCH)
    return dict(os.environ) | {"PYTHONPATH": str(folder), "CALLS": str(folder / "calls")}


_WATCH = """
import os, sys
CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname")
def watch(event, arguments):
    if event in CALLS and "127.0.0.1" not in str(arguments):
        with open(os.environ["CALLS"], "a") as calls:
            print(event, arguments, file=calls)
sys.addaudithook(watch)
"""
