"""Annotating in Chromium: no key is lost, offsets are code points, everything goes by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argmap.knowledge_base import KnowledgeBase
from argmap.model import Status
from tests.app.annotating import Server, crowded, decisions, in_order, made, opened, saved

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

KEYS = "aaxaxxaaxa" * 8


@pytest.fixture
def server(tmp_path: Path, chromium: Any) -> Iterator[Server]:
    """A server over the crowded text."""
    found = Server(made(tmp_path, crowded()))
    found.start()
    yield found
    found.kill()


def test_a_burst_is_stored_whole_and_in_order(server: Server, tab: Any) -> None:
    """80 keys without a pause: each suggestion gets its own, in the order of the keys."""
    opened(tab, server.address, by="ann")
    tab.keyboard.type(KEYS, delay=0)
    saved(tab)
    assert decisions(server.place, "ann") == list(zip(in_order(crowded()), KEYS, strict=False))
    assert tab.outside == []


def test_a_killed_server_loses_nothing(server: Server, tab: Any) -> None:
    """Killed in the middle of a burst, and started again later: no reload, nothing lost, nothing twice."""
    opened(tab, server.address, by="ann")
    tab.evaluate("globalThis.neverReloaded = true")
    tab.keyboard.type(KEYS[:40], delay=0)
    server.kill()
    acknowledged = decisions(server.place, "ann")
    tab.keyboard.type(KEYS[40:60], delay=0)
    tab.locator(".an-line", has_text="kept here").wait_for()
    tab.keyboard.type(KEYS[60:], delay=0)  # Streamlit has laid its message over the page by now
    server.start()
    saved(tab)
    stored = decisions(server.place, "ann")
    assert stored[: len(acknowledged)] == acknowledged
    assert stored == list(zip(in_order(crowded()), KEYS, strict=False))
    assert tab.evaluate("globalThis.neverReloaded") is True
    tab.keyboard.type("a")
    saved(tab)
    assert len(decisions(server.place, "ann")) == 81


def test_what_a_closed_tab_left_is_sent_by_the_next(server: Server, chromium: Any) -> None:
    """Keys typed while the server was away are in the log once the screen is opened again."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    opened(tab, server.address, by="ann")
    server.kill()
    tab.keyboard.type("axa")
    tab.close()
    server.start()
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    opened(tab, server.address, by="ann")
    tab.locator(".an-line", has_text="3 of").wait_for()
    saved(tab)
    assert decisions(server.place, "ann") == list(zip(in_order(crowded()), "axa", strict=False))
    context.close()


def test_two_tabs_of_one_person(server: Server, chromium: Any) -> None:
    """Numbers of one tab never hide those of another."""
    context = chromium.new_context()
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.set_default_timeout(60_000)
        opened(tab, server.address, by="ann")
    tabs[0].keyboard.type("aaa")
    tabs[1].keyboard.type("xxx")
    for tab in tabs:
        saved(tab)
    stored = decisions(server.place, "ann")
    assert sorted(key for _, key in stored) == ["a", "a", "a", "x", "x", "x"]
    context.close()


def test_every_key(server: Server, tab: Any) -> None:
    """Kinds, borders, links, notes, undo and redo, and accepting by threshold."""
    ids = in_order(crowded())
    opened(tab, server.address, by="ann")
    tab.keyboard.type("3")  # evidence
    tab.keyboard.type("{")  # without its emoji
    tab.keyboard.type("l1+")  # supports its neighbour
    tab.keyboard.type("mnot sure")
    tab.keyboard.press("Enter")
    tab.keyboard.type("jx")
    tab.keyboard.type("uUu")
    saved(tab)
    with KnowledgeBase(server.place, by="test") as kb:
        first, second = kb.node(ids[0]), kb.node(ids[1])
        link = kb.replies(ids[1])[0][0]
        notes = [e.change.text for e in kb.history(ids[0]) if type(e.change).__name__ == "Commented"]
        found = [
            first.kind.value,
            first.mentions[0].start,
            second.status,
            link.kind.value,
            link.sources,
            notes,
        ]
    assert found == ["evidence", 2, Status.SUGGESTED, "supports", (ids[0],), ["not sure"]]
    tab.keyboard.type("AA")
    saved(tab)
    assert len(decisions(server.place, "ann")) == 1  # the threshold is above 0.7: only the undone rejection


def test_a_new_span_from_the_mouse_and_from_the_keyboard(server: Server, tab: Any) -> None:
    """Offsets of a selection are code points, also behind emoji; its borders move by words."""
    text = next(iter(crowded().documents.values())).text
    opened(tab, server.address, by="ann")
    tab.evaluate(
        """() => { const all = [...document.querySelectorAll('.an-piece')];
        const piece = all.find((p) => p.textContent.includes('Point 7 '));
        const range = document.createRange(); const at = piece.firstChild.data.indexOf('Point 7');
        range.setStart(piece.firstChild, at); range.setEnd(piece.firstChild, at + 7);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        piece.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }"""
    )
    tab.keyboard.type("2]")
    saved(tab)
    with KnowledgeBase(server.place, by="test") as kb:
        nodes = [node for node in kb.nodes(limit=None) if node.by == "ann"]
        marked = [text[m.start : m.end] for node in nodes for m in node.mentions]
    assert [(node.kind.value) for node in nodes] == ["rebuttal"]
    assert marked == ["Point 7 is"]


def test_streamlits_own_keys_do_nothing_here(server: Server, tab: Any) -> None:
    """r would rerun the page and c offer to clear the cache."""
    opened(tab, server.address, by="ann")
    tab.keyboard.type("cr")
    tab.wait_for_timeout(800)
    assert tab.get_by_role("dialog").count() == 0
