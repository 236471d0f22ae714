"""The replies below a claim as an indented list, and the way from the issue down to it."""

from __future__ import annotations

from collections.abc import Sequence

from app import state
from app.components import markup
from app.components.cards import address
from app.components.lists import Row, show_rows
from argmap.drawing import LINK_LOOKS, NODE_LOOKS
from argmap.drawing.selection import ego
from argmap.model import ArgumentMap

MOST_ROWS = 60
ALL: Row = {"id": "", "href": "explore", "glyph": "←", "text": "All claims", "depth": 0}


def show(near: ArgumentMap, focus: str) -> None:
    """The list, deepest replies indented most."""
    selection = ego(near, focus, limit=MOST_ROWS)
    depth: dict[str, int] = {}
    rows = []
    for node_id, upper in selection.above.items():
        depth[node_id] = depth[upper] + 1 if upper is not None else 0
        cut = f" (+{selection.hidden[node_id]} more)" if node_id in selection.hidden else ""
        line = row(near, node_id, upper, depth[node_id])
        rows.append(line | {"text": line["text"] + cut, "here": node_id == focus})
    _follow(rows, "outline")


def path(near: ArgumentMap, upper: Sequence[str]) -> None:
    """The list of all claims, and those above one, the issue first; Backspace goes to the last of them."""
    pairs = zip(upper, [None, *upper], strict=False)
    rows = [ALL, *(row(near, node_id, above, depth) for depth, (node_id, above) in enumerate(pairs))]
    _follow([*rows[:-1], rows[-1] | {"up": True}], "path")


def _follow(rows: Sequence[Row], place: str) -> None:
    chosen = show_rows(rows, place)
    if chosen and chosen[1] == ALL["id"]:
        state.open_list()
    elif chosen:
        state.open_claim(chosen[1])


def row(near: ArgumentMap, node_id: str, upper: str | None, depth: int) -> Row:
    """A claim with the sign of how it bears on the one above."""
    node = near.nodes[node_id]
    signs = [LINK_LOOKS[link.kind].glyph for link in near.out_of(node_id) if link.target == upper]
    return {
        "id": node_id,
        "href": address(node_id),
        "glyph": signs[0] if signs else NODE_LOOKS[node.kind].glyph,
        "text": markup.shortened(node.text, longest=170),
        "depth": depth,
    }
