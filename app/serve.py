"""Serve the explorer, getting ready in the background what the first visitor will need.

Streamlit imports a screen when somebody first opens it, and the first questions to a database are slow.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from importlib import import_module

from argmap.errors import ArgmapError

LIBRARIES = ("argmap.knowledge_base", "argmap.drawing.page")
SCREENS = ("app.screens.home", "app.screens.explore", "app.components.dialogs", "app.screens.people")
LATER = ("pandas", "jinja2", "pyvis.network", "sklearn.feature_extraction.text", "app.screens.sources")
PAUSE = 3.0  # seconds before that: a first visitor who is there already should not wait for it
LONGEST_START = 60.0  # seconds until the server must be there


def get_ready() -> None:
    """Import what the screens use and ask what Home asks; what fails here is said when a screen needs it."""
    if not _served():
        return
    _import(LIBRARIES + SCREENS)
    with suppress(ArgmapError):
        import_module("app.screens.home").prepare()
    time.sleep(PAUSE)
    _import(LATER)


def _import(names: tuple[str, ...]) -> None:
    for name in names:
        with suppress(ImportError):
            import_module(name)


def _served() -> bool:
    """Whether the server is there, after waiting for it: components are known to it from then on."""
    from streamlit import runtime

    end = time.monotonic() + LONGEST_START
    while not runtime.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return runtime.exists()


def main() -> None:
    """``python -m app.serve run ...``: as ``python -m streamlit``, but warm."""
    from streamlit import net_util
    from streamlit.web.cli import main as streamlit

    # A page of another origin would have it ask a server outside which addresses this machine has.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    threading.Thread(target=get_ready, daemon=True, name="get ready").start()
    sys.argv[0] = "streamlit"
    streamlit()


if __name__ == "__main__":
    main()
