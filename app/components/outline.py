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
    with st.container(gap=None):
        for node_id, upper in selection.above.items():
            depth[node_id] = depth[upper] + 1 if upper is not None else 0
            cut = f" (+{selection.hidden[node_id]} more)" if node_id in selection.hidden else ""
            with st.container(horizontal=True, wrap=False, key=f"row-{node_id}", gap=None):
                st.space(28 * depth[node_id] + 1)
                _button(row(near, node_id, upper) + cut, node_id, is_focus=node_id == focus)


def _button(text: str, node_id: str, *, is_focus: bool) -> None:
    icon = ":material/my_location:" if is_focus else None
    if st.button(
        markup.label(text, longest=170), key=f"outline-{node_id}", type="tertiary", icon=icon, width="stretch"
    ):
        state.open_claim(node_id)


def row(near: ArgumentMap, node_id: str, upper: str | None) -> str:
    """A claim with the sign of how it bears on the one above."""
    signs = [LINK_LOOKS[link.kind].glyph for link in near.out_of(node_id) if link.target == upper]
    return f"{signs[0] if signs else '◆'} {near.nodes[node_id].text}"
