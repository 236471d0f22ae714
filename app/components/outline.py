"""The replies below a claim as an indented list of buttons."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import markup
from argmap.drawing import LINK_LOOKS
from argmap.drawing.selection import ego
from argmap.model import ArgumentMap

MOST_ROWS = 60


def show(near: ArgumentMap, focus: str) -> None:
    """The list, deepest replies indented most."""
    selection = ego(near, focus, limit=MOST_ROWS)
    depth: dict[str, int] = {}
    for node_id, upper in selection.above.items():
        depth[node_id] = depth[upper] + 1 if upper is not None else 0
        with st.container(horizontal=True, key=f"row-{depth[node_id]}-{node_id}", gap=None):
            st.space(max(1, 28 * depth[node_id]))
            text = row(near, node_id, upper) + (
                f" (+{selection.hidden[node_id]} more)" if node_id in selection.hidden else ""
            )
            if st.button(
                markup.label(text, longest=170),
                key=f"outline-{node_id}",
                type="tertiary",
                disabled=node_id == focus,
            ):
                state.open_claim(node_id)


def row(near: ArgumentMap, node_id: str, upper: str | None) -> str:
    """A claim with the sign of how it bears on the one above."""
    signs = [LINK_LOOKS[link.kind].glyph for link in near.out_of(node_id) if link.target == upper]
    return f"{signs[0] if signs else '◆'} {near.nodes[node_id].text}"
