"""What the browser gets once: the style sheet, the icon, the keys; the drawing library where maps are.

They travel as the data of two components. Streamlit sends a large message that has not changed as a reference
to the one before, so that a rerun costs nothing for them.
"""

from __future__ import annotations

from functools import cache

import streamlit as st

from app.components.assets import asset
from argmap.drawing import LINK_LOOKS, NODE_LOOKS, STANDING_LOOKS, library

_mount = st.components.v2.component("argmap.shell", js=asset("shell.js"))
_mount_library = st.components.v2.component("argmap.library", js=asset("library.js"))


def mount() -> None:
    """Give the browser style, icon and keys: / searches, j and k walk, Backspace goes up, g o v choose."""
    _mount(key="nothing-shell", data={"style": style_sheet(), "icon": asset("icon.svg")}, height=1)


def mount_library() -> None:
    """Give the browser what draws maps: half a megabyte, so after everything that can be read."""
    _mount_library(key="nothing-library", data={"library": _library()}, height=1)


@cache
def _library() -> str:
    return library()


@cache
def style_sheet() -> str:
    """The style sheet, with the colours of `argmap.drawing.conventions` for both themes."""
    pairs = [*NODE_LOOKS.items(), *LINK_LOOKS.items()]
    pairs += [("comes-" + word.lower().replace(" ", "-"), look) for word, look in STANDING_LOOKS.items()]
    colours = "".join(f"--am-{kind}: light-dark({look.light}, {look.dark});" for kind, look in pairs)
    return f":root {{ {colours} }}\n{asset('style.css')}\n{asset('cards.css')}"
