"""Who gets what over the explorer's websocket, which is where everything on the screen comes from."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app.launch import command, environment

WATCH = """
import os, sys
CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname")
def watch(event, arguments):
    if event in CALLS and "127.0.0.1" not in str(arguments):
        with open(os.environ["CALLS"], "a") as calls:
            print(event, arguments, file=calls)
sys.addaudithook(watch)
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the knowledge base is, and ``calls``, the list of what the server called outside this machine."""
    from argmap import KnowledgeBase
    from tests.app.screens_at_test import debate

    place = tmp_path_factory.mktemp("sockets")
    with KnowledgeBase(place / "kb.db", by="setup") as kb:
        kb.bring(debate())
    return place


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """The port of the explorer, served as `argmap app` serves it."""
    (folder / "sitecustomize.py").write_text(WATCH)
    base = os.environ | {"PYTHONPATH": str(folder), "CALLS": str(folder / "calls")}
    found = free_port()
    process = subprocess.Popen(
        command(port=found),
        env=environment(str(folder / "kb.db"), by="ann", base=base),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", found)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)


def seen(port: int, *, origin: str | None, host: str) -> bytes | None:
    """All that a page of this origin gets that opens the first screen under this name; None if refused."""
    wire = socket.create_connection(("127.0.0.1", port))
    try:
        opened = connect(
            f"ws://{host}/_stcore/stream",
            sock=wire,
            origin=origin,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            proxy=None,
        )
    except InvalidStatus as refused:
        wire.close()
        assert refused.response.status_code == 403
        return None
    with opened:
        asked = BackMsg()
        asked.rerun_script.query_string = "q=model"
        opened.send(asked.SerializeToString())
        return b"".join(whole_run(opened))


def whole_run(opened: object) -> Iterator[bytes]:
    """The messages of one run of the script."""
    kind = None
    while kind != "script_finished":
        data = opened.recv(timeout=60)  # type: ignore[attr-defined]
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        yield data


def test_its_own_page_sees_the_debate(port: int) -> None:
    """Otherwise the rest would prove nothing."""
    for name in ("127.0.0.1", "localhost"):
        found = seen(port, origin=f"http://{name}:{port}", host=f"{name}:{port}")
        assert found is not None
        assert b"odel" in found


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "evil.example:PORT", "evil.example"])
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:PORT",
        "null",
        "http://127.0.0.1.evil.example",
        "http://8.8.8.8",
    ],
)
def test_pages_from_elsewhere_see_nothing(port: int, folder: Path, origin: str, host: str) -> None:
    """Another origin, or a name made to lead here (DNS rebinding): refused, and nobody outside is asked."""
    assert seen(port, origin=origin.replace("PORT", str(port)), host=host.replace("PORT", str(port))) is None
    assert not (folder / "calls").exists()


def test_a_page_on_another_port_sees_one_sentence(port: int) -> None:
    """A program on this machine that has a page of its own: Streamlit lets it in, the explorer does not."""
    for origin in ("http://localhost:3000", "http://127.0.0.1:1", f"https://localhost:{port + 1}"):
        found = seen(port, origin=origin, host=f"127.0.0.1:{port}")
        assert found is not None
        assert b"opened from somewhere else" in found
        assert len(found) < 4_000
        assert b"odel" not in found


def test_a_foreign_name_sees_nothing_without_an_origin(port: int) -> None:
    """A program that calls it by a name that is not its own."""
    assert seen(port, origin=None, host="evil.example") is None
