"""The explorer served as `argmap app` serves it, and what a browser does with its websocket."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from app.bench import free_port
from app.launch import command, environment, wait_for


@contextmanager
def explorer(
    place: Path, *, port: int | None = None, base: Mapping[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """The port and the process of the explorer over this knowledge base.

    Its secrets are looked for beside it, and ``explorer.log`` there holds what it says.
    """
    port = port or free_port()
    with (place.parent / "explorer.log").open("wb") as log:
        process = subprocess.Popen(
            command(port=port),
            env=environment(str(place), by="ann", base=base),
            cwd=place.parent,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def opened(
    port: int,
    *,
    origin: str | None = "",
    host: str | None = None,
    cookies: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ClientConnection:
    """The websocket of a page of this origin under this name; by default, the explorer's own.

    Raises:
        websockets.exceptions.InvalidStatus: the explorer refuses.
    """
    name = host or f"127.0.0.1:{port}"
    wire = socket.create_connection(("127.0.0.1", port))
    sent = {"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items())} if cookies else {}
    token = (cookies or {}).get("_streamlit_xsrf")
    return connect(
        f"ws://{name}/_stcore/stream",
        sock=wire,
        origin=f"http://{name}" if origin == "" else origin,  # type: ignore[arg-type]
        subprotocols=["streamlit", *([token] if token else [])],  # type: ignore[list-item]
        additional_headers=sent | dict(headers or {}),
        max_size=None,
        proxy=None,
        open_timeout=60,
    )


def ran(page: ClientConnection, address: str = "/", *, pressed: str = "") -> Iterator[ForwardMsg]:
    """What the explorer sends when the page goes to this address, until its script is done.

    Args:
        pressed: id of a button that is pressed there.
    """
    asked = BackMsg()
    path, _, asked.rerun_script.query_string = address.partition("?")
    asked.rerun_script.page_name = path.strip("/")
    if pressed:
        asked.rerun_script.widget_states.widgets.add(id=pressed, trigger_value=True)
    page.send(asked.SerializeToString())
    message = ForwardMsg()
    while (
        message.WhichOneof("type") != "script_finished"
        or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    ):
        message = ForwardMsg()
        message.ParseFromString(page.recv(timeout=120))
        yield message


def buttons(messages: Iterable[ForwardMsg]) -> dict[str, str]:
    """Label and id of every button that was sent."""
    found = [message.delta.new_element.button for message in messages]
    return {button.label: button.id for button in found if button.id}


def seen(page: ClientConnection, address: str = "/") -> bytes:
    """All that was sent, as bytes to look for words in."""
    return together(ran(page, address))


def together(messages: Iterable[ForwardMsg]) -> bytes:
    """Messages as bytes to look for words in."""
    return b"".join(message.SerializeToString() for message in messages)


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
