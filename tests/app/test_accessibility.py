"""The rules of WCAG 2.1 A and AA that axe-core can check, on every screen in both themes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from argmap.model import document_id
from tests.app.screens_at_test import TEXT, debate

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

CLAIM = next(node.id for node in debate().nodes.values() if node.text.startswith("Large"))
SCREENS = [
    "/",
    "/?q=facts",
    "/explore",
    *(f"/explore?node={CLAIM}&view={view}" for view in ("columns", "map", "outline", "text")),
    *(f"/explore?node={CLAIM}&view={view}&stands=yes&suppose={CLAIM}:0.20" for view in ("columns", "map")),
    "/explore?node=nowhere",
    "/sources?add=paste",
    f"/sources?doc={document_id(TEXT)}",
    "/people",
    *("/annotate", "/adjudicate", "/quality", "/admin"),
]
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"


def axe() -> str:
    """The source of axe-core; skips where it is not installed."""
    spec = find_spec("axe_core_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core-python is not installed")
    return Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def violations(tab: Any) -> list[tuple[str, str]]:
    """What axe finds on the page as it is."""
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in tab.evaluate(RULES)["violations"]]


OPENED = {
    "a form": lambda tab: tab.get_by_role("button", name="Evidence").click(),
    "a menu": lambda tab: tab.locator(".am-acts summary").click(),
    "the ways to save": lambda tab: tab.locator(".st-key-saving button").first.click(),
    "the history": lambda tab: tab.get_by_text("History", exact=True).click(),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_breaks_no_rule(served: str, chromium: Any, theme: str) -> None:
    """Forms and menus stand outside the page's own element, and keep its theme and the rules all the same."""
    library = axe()
    context = chromium.new_context(color_scheme=theme, viewport={"width": 1280, "height": 900})
    for name, opening in OPENED.items():
        tab = context.new_page()
        tab.set_default_timeout(30_000)
        tab.goto(f"{served}/explore?node={CLAIM}")
        tab.get_by_role("heading", name="Does it stand?").wait_for()
        opening(tab)
        tab.wait_for_timeout(2000)
        tab.evaluate(library)
        assert violations(tab) == [], name
        tab.close()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_breaks_a_rule(served: str, chromium: Any, theme: str) -> None:
    """No violation on any screen; each has one first heading, and charts and maps have words."""
    library = axe()
    context = chromium.new_context(color_scheme=theme, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    for screen in SCREENS:
        tab.goto(served + screen)
        tab.get_by_role("heading", level=1).first.wait_for()
        tab.wait_for_timeout(2000)
        tab.evaluate(library)
        assert violations(tab) == [], screen
        assert tab.get_by_role("heading", level=1).count() == 1, screen
    context.close()
