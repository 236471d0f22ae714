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

FIRST = ("streamlit.emojis", "app.state", "app.components.dialogs", "app.screens.home")
_OTHERS = ("app.screens.explore", "app.screens.people", "app.screens.sources")
LATER = (*_OTHERS, "jinja2", "pyvis.network", "pandas", "sklearn.feature_extraction.text")
PAUSE = 3.0  # seconds before that: a first visitor who is there already should not wait for it
LONGEST_START = 60.0  # seconds until the server must be there


def get_ready() -> None:
    """Import what the screens use and ask what Home asks; what fails here is said when a screen needs it."""
    if not _served():
        return
    _import(FIRST)
    with suppress(ArgmapError):
        import_module("app.screens.home").prepare()
    time.sleep(PAUSE)
    _import(LATER)


def _import(names: tuple[str, ...]) -> None:
    for name in names:
        with suppress(ImportError):
            import_module(name)


def _served() -> bool:
    """Whether the server has started, after waiting for it: until then, this would only hold it up."""
    from streamlit.runtime import Runtime, RuntimeState

    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        if Runtime.exists() and Runtime.instance().state is not RuntimeState.INITIAL:
            return True
        time.sleep(0.01)
    return False


def main() -> None:
    """``python -m app.serve run ...``: as ``python -m streamlit``, but warm."""
    from streamlit import net_util
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.web.cli import main as streamlit

    # A page of another origin would have it ask a server outside which addresses this machine has.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    # It reads about every installed package, for components; half a second, and none of them is used here.
    BidiComponentManager.discover_and_register_components = lambda self: None
    threading.Thread(target=get_ready, daemon=True, name="get ready").start()
    sys.argv[0] = "streamlit"
    streamlit()


if __name__ == "__main__":
    main()
