"""The map around one claim, in a frame that can reach neither the page nor the network.

The drawing library travels once (`app.components.shell`); after that a map is a message of some 45 kB. What
is chosen in the frame comes back by `postMessage` and is a component *state*, since triggers get lost.
"""

from __future__ import annotations

import hashlib

import streamlit as st

from app import state
from app.components.assets import asset
from argmap.drawing import LIBRARY_MARK, SMALLEST_SCALE, Selection, counted, frame, size

AROUND = 1.1  # what vis-network leaves around the boxes, with them

_mount = st.components.v2.component(
    "argmap.map",
    html='<div class="map"><p role="status">Drawing the map …</p></div>',
    css=asset("map.css"),
    js=asset("map.js"),
)


def ego_map(selection: Selection, *, key: str) -> str | None:
    """Draw a selection; gives the id of the claim that was chosen in it since the last run."""
    theme = st.context.theme.type or "light"
    document = frame(selection, title="Map of claims", theme=theme)
    digest = hashlib.sha256(document.encode("utf-8", "replace")).hexdigest()
    data = {
        "document": tuple(document.split(LIBRARY_MARK)),
        "digest": digest,
        "title": _title(selection),
        "size": tuple(round(AROUND * pixels) for pixels in size(selection)),
        "least": SMALLEST_SCALE,
    }
    chosen = state.heard(key, _mount(key=key, data=data, on_chosen_change=lambda: None).get("chosen"))
    return str(chosen["id"]) if chosen and chosen["id"] in selection.argument_map.nodes else None


def _title(selection: Selection) -> str:
    return f"Map of {counted(len(selection.above), 'claim')}; arrow keys walk, Enter opens"
