"""The one browser of all tests that need one: Debian's Chromium, or what ARGMAP_CHROMIUM names."""

from __future__ import annotations

import atexit
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest


def launched() -> Any:
    """A headless browser; skips where there is none."""
    pytest.importorskip("playwright.sync_api")
    binary = Path(os.environ.get("ARGMAP_CHROMIUM", "/usr/bin/chromium"))
    if not binary.exists():
        pytest.skip(f"no Chromium at {binary}")
    return _browser(str(binary))


@cache
def _browser(binary: str) -> Any:
    from playwright.sync_api import sync_playwright

    driver = sync_playwright().start()
    atexit.register(driver.stop)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    return driver.chromium.launch(executable_path=binary, args=arguments)
