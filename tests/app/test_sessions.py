"""What happens to a browser's session happens to nothing else: saved is saved once, typed words come back.

The other cases of a session's end are in `test_unfinished` (reload, closed tab) and `test_sign_in` (logged
out elsewhere, run out).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.bench import free_port
from argmap.knowledge_base import KnowledgeBase
from tests.app.annotating import Server, made
from tests.app.screens_at_test import debate

CLAIM = next(node.id for node in debate().nodes.values() if node.text.startswith("Large"))
WORDS = "Facts can be looked up, so a model need not know them by heart."
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The explorer over the debate."""
    running = Server(made(tmp_path, debate()))
    running.start()
    yield running
    running.kill()


def typing(tab: Any, address: str) -> Any:
    """The field of a reply in which the words stand; the server has them by now."""
    tab.goto(f"{address}/explore?node={CLAIM}")
    tab.get_by_role("button", name="Object").click()
    field = tab.get_by_role("dialog").locator("textarea")
    field.click()
    tab.keyboard.type(WORDS)
    tab.wait_for_timeout(2_500)
    return field


def said(server: Server) -> int:
    """How many replies have these words."""
    with KnowledgeBase(server.place, by="test") as kb:
        return [node.text for _, node in kb.replies(CLAIM)].count(WORDS)


def go_on(tab: Any) -> str:
    """What the form holds that is offered again."""
    tab.locator(".st-key-go-on-0 button").click()
    tab.wait_for_function("document.querySelector('[role=dialog] textarea')?.value.length > 0")
    return str(tab.get_by_role("dialog").locator("textarea").input_value())


def save(tab: Any) -> None:
    tab.locator(".st-key-save button").click()


def test_a_second_tab_offers_what_the_first_began(server: Server, tab: Any) -> None:
    """The same address in another tab; saved there, it is saved once."""
    typing(tab, server.address)
    other = tab.context.new_page()
    other.set_default_timeout(30_000)
    other.goto(tab.url)
    assert go_on(other) == WORDS
    save(other)
    other.get_by_role("dialog").wait_for(state="detached")
    assert said(server) == 1


def test_a_tab_closed_while_it_saves(server: Server, tab: Any) -> None:
    """It is stored whole, or typed still; never twice, never half."""
    typing(tab, server.address)
    save(tab)
    tab.close()
    fresh = tab.context.new_page()
    fresh.set_default_timeout(30_000)
    fresh.wait_for_timeout(3_000)
    assert said(server) + offered(fresh, server) == 1


def offered(tab: Any, server: Server) -> int:
    """How many forms wait to be gone on with."""
    tab.goto(f"{server.address}/explore?node={CLAIM}")
    tab.locator(".am-focus").first.wait_for()
    tab.wait_for_timeout(3_000)
    return int(tab.locator(".st-key-go-on-0 button").count())


def test_clicks_while_it_saves(server: Server, tab: Any) -> None:
    """Streamlit stops a run at the next click: it is stored whole, or typed still."""
    typing(tab, server.address)
    save(tab)
    with suppress(Exception):
        tab.locator(".st-key-save button").click(timeout=300, force=True)
    tab.keyboard.press("Escape")
    tab.get_by_role("dialog").wait_for(state="detached")
    tab.wait_for_timeout(2_000)
    assert said(server) + offered(tab, server) == 1


def test_a_server_that_was_killed(server: Server, tab: Any) -> None:
    """Started again, it offers what was typed before; the page that was open can go on."""
    typing(tab, server.address)
    server.kill()
    server.start()
    tab.goto(f"{server.address}/explore?node={CLAIM}")
    assert go_on(tab) == WORDS
    save(tab)
    tab.get_by_role("dialog").wait_for(state="detached")
    assert said(server) == 1


class Wire:
    """A connection to the explorer that can be cut."""

    def __init__(self, port: int) -> None:
        self.port, self.target, self.is_cut = free_port(), port, False
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.target))
                self._open += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Nothing gets through from now on."""
        self.is_cut = True
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """It works again."""
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        for end in (*self._open, self._listening):
            end.close()


def test_twenty_seconds_without_a_network(server: Server, tab: Any) -> None:
    """The form waits; when it is back, the words are in it still, and are saved once."""
    wire = Wire(server.port)
    try:
        field = typing(tab, f"http://127.0.0.1:{wire.port}")
        wire.cut()
        tab.wait_for_function("document.querySelector('[role=dialog] textarea').disabled")
        tab.wait_for_timeout(20_000)
        wire.mend()
        tab.wait_for_function("!document.querySelector('[role=dialog] textarea').disabled", timeout=60_000)
        assert field.input_value() == WORDS
        save(tab)
        tab.get_by_role("dialog").wait_for(state="detached")
    finally:
        wire.close()
    assert said(server) == 1
