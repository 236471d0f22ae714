"""The debate in a knowledge base, the explorer over it by AppTest, and a served one for Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from app.bench import served as running
from argmap.knowledge_base import KnowledgeBase
from tests.app.screens_at_test import MAIN, Explorer, debate
from tests.chromium import launched


@pytest.fixture(scope="session", autouse=True)
def packages_searched_once() -> Iterator[None]:
    """Streamlit searches all installed packages for components at each AppTest, for half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The path of a knowledge base that holds the debate."""
    path = str(tmp_path / "debate.db")
    with KnowledgeBase(path, by="setup") as kb:
        kb.bring(debate())
    return path


@pytest.fixture
def kb(place: str) -> Iterator[KnowledgeBase]:
    """The knowledge base behind the explorer, to look at what clicks did."""
    with KnowledgeBase(place, by="test") as opened:
        yield opened


@pytest.fixture
def explorer(place: str, monkeypatch: pytest.MonkeyPatch) -> Explorer:
    """Opens a screen: ``explorer("explore", node="n1")``."""
    monkeypatch.setenv("ARGMAP_KB", place)
    monkeypatch.setenv("ARGMAP_BY", "ann")

    def opened(screen: str = "home", *, at: AppTest | None = None, **asked: str) -> AppTest:
        test = at or AppTest.from_file(str(MAIN), default_timeout=60)
        if screen != "home":
            test.switch_page(f"screens/{screen}.py")
        test.query_params.clear()
        for name, value in asked.items():
            test.query_params[name] = value
        return test.run()

    return opened


@pytest.fixture
def served(place: str, chromium: Any) -> Iterator[str]:
    """The address of the explorer, served as `argmap app` serves it."""
    with running(place, by="ann") as server:
        yield server.address


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A page of a fresh browser session; ``tab.outside`` lists requests that left the machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.outside = []
    page.on("request", lambda request: page.outside.append(request.url) if _leaves(request.url) else None)
    yield page
    context.close()


def _leaves(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def chromium() -> Any:
    """A headless browser; skips where there is none."""
    return launched()
