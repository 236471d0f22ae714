"""``argmap bench app``: how fast the explorer is in headless Chromium, on a small and on a large debate.

``ARGMAP_BENCH_NODES`` says how large the large one is (100,000 claims; 0 leaves it out).
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.launch import command, environment, wait_for
from argmap.bench import Figure
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Status, new_link, new_node

LARGE = 100_000
SETTLED = 2_500  # milliseconds after which a page is quiet
PREPARED = 12_000  # milliseconds after which the server has imported what it will need
KEYS = 21
LONGEST_KEY = 10.0
BRANCHES = 5  # replies to each claim of the large debate


def suite() -> Iterator[Figure]:
    """Cold start to the first claim, click to a claim, a map drawn, bytes of an idle rerun."""
    with browsing() as browser, tempfile.TemporaryDirectory() as folder:
        if browser is None:
            return
        yield from _measured(browser, shipped(Path(folder)), "shipped debate")
        size = int(os.environ.get("ARGMAP_BENCH_NODES", LARGE))
        if size:
            yield from _measured(browser, _generated(Path(folder), size), f"{size:,} claims")


@contextmanager
def browsing() -> Iterator[Any]:
    """A headless Chromium, Debian's or what ARGMAP_CHROMIUM names; else None and a line that says why."""
    binary = os.environ.get("ARGMAP_CHROMIUM", "/usr/bin/chromium")
    if find_spec("playwright") is None or not Path(binary).exists():
        sys.stderr.write(f"skipped: this needs Playwright (argmap[test]) and Chromium at {binary}\n")
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = driver.chromium.launch(executable_path=binary, args=arguments)
        yield browser
        browser.close()


def shipped(folder: Path) -> str:
    """The path of a knowledge base with the debate that comes with argmap."""
    from argmap.demonstration import data_folder

    place = str(folder / "shipped.db")
    with KnowledgeBase(place, by="bench") as kb:
        kb.load((data_folder() / "map.json").read_bytes(), format="json")
    return place


def _generated(folder: Path, size: int) -> str:
    place = str(folder / "large.db")
    with KnowledgeBase(place, by="bench") as kb:
        kb.bring(forest(size))
    return place


def forest(size: int) -> ArgumentMap:
    """Issues of some thousand claims each; every claim has about five replies, two thirds of them for it."""
    nodes = [
        new_node(
            "claim" if at % 3 else "rebuttal",
            f"Point {at} about matter {at % 97}, made in reply {at % 11}.",
        )
        for at in range(size)
    ]
    roots = max(1, size // 5_000)
    links = [
        new_link("supports" if at % 3 else "attacks", [nodes[at].id], nodes[(at - roots) // BRANCHES].id)
        for at in range(roots, size)
    ]
    return ArgumentMap.of(nodes=nodes, links=links)


def _measured(browser: Any, place: str, name: str) -> Iterator[Figure]:
    with served(place) as server:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        received: list[int] = []
        page.on("websocket", lambda ws: ws.on("framereceived", lambda data: received.append(len(data))))
        opened = time.perf_counter()
        page.goto(server.address)
        page.locator("a.am-open").first.wait_for()
        yield Figure(f"{name}: server start to first claim", time.perf_counter() - server.started, "s")
        yield Figure(f"{name}: first visit to first claim", time.perf_counter() - opened, "s")
        yield from server.used(f"{name}: server start to first claim")
        page.wait_for_timeout(PREPARED)
        for what in ("click to claim", "click to next claim"):
            server.used("")
            yield Figure(f"{name}: {what}", _click(page), "s")
            yield from server.used(f"{name}: {what}, whole page")
        yield Figure(f"{name}: map drawn", _map(page), "s")
        for view in ("map", "columns", "home"):
            yield Figure(f"{name}: idle rerun, {view}", _idle(page, view, received) / 1000, "kB")
        page.context.close()


def keys_suite() -> Iterator[Figure]:
    """From the press of a key on an obvious suggestion to its place in the log."""
    with browsing() as browser, tempfile.TemporaryDirectory() as folder:
        if browser is None:
            return
        place = _suggested(Path(folder))
        with served(place) as server:
            times = _key_times(browser, server.address, place)
    yield Figure(f"key to stored, median of {len(times)}", statistics.median(times), "s")
    yield Figure(f"key to stored, worst of {len(times)}", max(times), "s")


def _suggested(folder: Path) -> str:
    """The path of a knowledge base with the shipped texts, whose every node waits for a decision."""
    from argmap.demonstration import data_folder
    from argmap.formats import load

    found, _ = load((data_folder() / "map.json").read_bytes(), "json")
    nodes = [replace(node, status=Status.SUGGESTED) for node in found.nodes.values()]
    links = [replace(link, status=Status.SUGGESTED) for link in found.links.values()]
    place = str(folder / "suggested.db")
    with KnowledgeBase(place, by="bench") as kb:
        kb.bring(ArgumentMap.of(found.documents.values(), nodes, links))
    return place


def _key_times(browser: Any, address: str, place: str) -> list[float]:
    """Seconds of each key, on the segment that has most suggestions; the first key warms up."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/annotate?by=ann&order=uncertainty&whose=all")
    page.locator(".an-selected").first.wait_for()
    page.wait_for_timeout(SETTLED)
    times = []
    with KnowledgeBase(place, read_only=True) as kb:
        for _ in range(KEYS):
            before = kb.version
            start = time.perf_counter()
            page.keyboard.press("a")
            while kb.version == before and time.perf_counter() - start < LONGEST_KEY:
                time.sleep(0.01)
            times.append(time.perf_counter() - start)
            page.locator(".an-line", has_text="Saved").wait_for()
    page.context.close()
    return times[1:]


def _click(page: Any) -> float:
    """Seconds from a click on a card to the claim's own page."""
    before = page.url
    start = time.perf_counter()
    page.locator(".am-card a.am-open").first.click()
    page.wait_for_url(lambda url: url != before)
    page.locator(".am-focus").wait_for()
    taken = time.perf_counter() - start
    page.wait_for_timeout(SETTLED)
    return taken


def _map(page: Any) -> float:
    """Seconds from the choice of the map to its picture."""
    start = time.perf_counter()
    page.locator(".st-key-view").get_by_text("map").click()
    page.frame_locator("iframe").locator("html[data-drawn=yes]").wait_for()
    return time.perf_counter() - start


def _idle(page: Any, view: str, received: list[int]) -> int:
    """Bytes that come when the same screen is asked for again."""
    if view == "home":
        page.get_by_role("link", name="Home").first.click()
    else:
        page.locator(".st-key-view").get_by_text(view).click()
    for _ in range(2):
        page.wait_for_timeout(SETTLED)
        received.clear()
        page.locator("h1").first.click()
        page.keyboard.press("r")
    page.wait_for_timeout(SETTLED)
    return sum(received)


@dataclass
class Server:
    """A running explorer.

    Args:
        started: by `time.perf_counter`.
        spent: CPU seconds at the last look.
    """

    address: str
    pid: int
    started: float
    spent: float = 0.0

    def used(self, name: str) -> list[Figure]:
        """CPU seconds since the last look, on systems that tell; other work on the machine is not in it."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return []
        before, self.spent = self.spent, sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
        return [Figure(f"{name}, server CPU", self.spent - before, "s")]


@contextmanager
def served(place: str, *, by: str = "bench") -> Iterator[Server]:
    """The explorer over a knowledge base."""
    port = free_port()
    started = time.perf_counter()
    process = start(place, port, by=by)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield Server(f"http://127.0.0.1:{port}", process.pid, started)
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(place: str, port: int, *, by: str) -> subprocess.Popen[bytes]:
    """The process of an explorer that begins to serve this knowledge base at this port."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command(port=port), env=environment(place, by=by), **quiet)
