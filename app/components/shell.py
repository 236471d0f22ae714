"""What the browser gets once for all screens: the style sheet, the drawing library, the keys.

They travel as the data of one component. Streamlit sends a large message that has not changed as a reference
to the one before, so that a rerun costs nothing for them.
"""

from __future__ import annotations

import streamlit as st

from app.components.assets import asset
from argmap.drawing import LINK_LOOKS, NODE_LOOKS, library

_mount = st.components.v2.component("argmap.shell", js=asset("shell.js"))


def mount() -> None:
    """Give the browser all of it. Keys: / searches, j and k walk the cards, Backspace goes up."""
    with st.container(key="nothing-shell"):
        _mount(key="shell", data=_once(), height=1)


@st.cache_resource(show_spinner=False)
def _once() -> dict[str, str]:
    return {"style": style_sheet(), "library": library()}


def style_sheet() -> str:
    """The style sheet, with the colours of `argmap.drawing.conventions` for both themes."""
    pairs = [*NODE_LOOKS.items(), *LINK_LOOKS.items()]
    colours = "".join(f"--am-{kind}: light-dark({look.light}, {look.dark});" for kind, look in pairs)
    return f":root {{ {colours} }}\n{asset('style.css')}\n{asset('cards.css')}"
