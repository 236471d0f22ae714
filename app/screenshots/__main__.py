"""``python -m app.screenshots``: the pictures of the README, taken from the shipped debate."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from app.bench import browsing, served, shipped
from argmap.knowledge_base import KnowledgeBase

FOLDER = Path(__file__).parent
QUIET = 4_000  # milliseconds until everything is drawn
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Take them."""
    with browsing() as browser, tempfile.TemporaryDirectory() as folder:
        if browser is None:
            return
        place = shipped(Path(folder))
        with KnowledgeBase(place) as kb:
            claim = kb.nodes(order="discussed", limit=1)[0].id
        with served(place, by="Ann") as server:
            take(browser, server.address, "light", "home.png")
            take(browser, f"{server.address}/explore?node={claim}&stands=yes", "dark", "explore.png")


def take(browser: Any, address: str, theme: str, name: str) -> None:
    """One picture of a screen."""
    page = browser.new_context(viewport=SIZE, color_scheme=theme).new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_timeout(QUIET)
    page.screenshot(path=FOLDER / name)
    page.context.close()


if __name__ == "__main__":
    main()
