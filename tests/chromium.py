"""The browser of the tests that need one: Debian's Chromium, or what ARGMAP_CHROMIUM names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def launched() -> Iterator[Any]:
    """A headless browser; skips where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    binary = Path(os.environ.get("ARGMAP_CHROMIUM", "/usr/bin/chromium"))
    if not binary.exists():
        pytest.skip(f"no Chromium at {binary}")
    with sync_api.sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = driver.chromium.launch(executable_path=str(binary), args=arguments)
        yield browser
        browser.close()
