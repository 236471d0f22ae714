"""The neighbourhood of a claim as a sunburst: each ring answers the ring inside it; a click goes there."""

from __future__ import annotations

from typing import Any

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import markup
from app.components.plots import picked
from argmap import drawing
from argmap.drawing import INK, LINK_LOOKS, NODE_LOOKS, PAPER, Selection
from argmap.model import ArgumentMap, LinkKind

MOST_SEGMENTS = 200
_KEYS = "Keys: / search, j k walk, Enter open, Backspace up, v columns, g map, o outline"
_STRIPES = {
    "symbol": "rect",
    "dashArrayX": [1, 0],
    "dashArrayY": [2, 5],
    "rotation": 0.8,
    "color": "rgba(255,255,255,.45)",
}


def show(near: ArgumentMap, focus: str) -> None:
    """The sunburst with its legend."""
    root = drawing.path(near, focus)[0]
    selection = drawing.ego(near, root, limit=MOST_SEGMENTS)
    if len(selection.above) > 1:
        theme = st.context.theme.type or "light"
        event = st.echarts_chart(
            sunburst(selection, focus, theme),
            height=270,
            key=f"minimap-{root}-{focus}",  # of this claim alone: a choice made before does not count here
            on_select="rerun",
            alt=alternative(selection),
        )
        _follow(event, list(selection.above), focus)
    legend()


def _follow(event: Any, order: list[str], focus: str) -> None:
    """Go to the segment that was clicked; ECharts counts them in reading order, after an unseen root 0."""
    chosen = picked(event)
    if chosen and 0 < chosen[1] <= len(order) and order[chosen[1] - 1] != focus:
        state.open_claim(order[chosen[1] - 1])


def sunburst(selection: Selection, focus: str, theme: str) -> dict[str, Any]:
    """The ECharts specification of a selection."""
    segments: dict[str, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    answered = set(selection.above.values())
    for node_id, upper in selection.above.items():
        segment = segments[node_id] = _segment(selection, node_id, upper, theme)
        if node_id == focus:
            segment["itemStyle"] |= {"borderWidth": 5, "borderColor": INK[theme]}
        if node_id not in answered:
            segment["value"] = 1
        (roots if upper is None else segments[upper].setdefault("children", [])).append(segment)
    return {
        "animation": False,
        "tooltip": {"show": True, "renderMode": "richText", "formatter": "{b}", "confine": True},
        "series": [
            {
                "type": "sunburst",
                "data": roots,
                "radius": [0, "96%"],
                "sort": None,
                "nodeClick": False,
                "selectedMode": "single",
                "label": {"rotate": 0, "minAngle": 12, "fontSize": 13, "color": PAPER[theme]},
                "itemStyle": {"borderWidth": 2, "borderColor": PAPER[theme]},
                "emphasis": {"focus": "none"},
            }
        ],
    }


def _segment(selection: Selection, node_id: str, upper: str | None, theme: str) -> dict[str, Any]:
    part = selection.argument_map
    kinds = [link.kind for link in part.out_of(node_id) if link.target == upper]
    look = LINK_LOOKS[kinds[0]] if kinds else NODE_LOOKS[part.nodes[node_id].kind]
    return {
        "name": f"{look.glyph} " + markup.shortened(part.nodes[node_id].text, longest=70),
        "label": {"formatter": look.glyph},
        "itemStyle": {"color": getattr(look, theme)} | ({"decal": _STRIPES} if look.dashed else {}),
    }


def alternative(selection: Selection) -> str:
    """The sunburst in words."""
    part = selection.argument_map
    kinds = [link.kind for link in part.links.values()]
    return (
        f"Sunburst of {len(part.nodes)} claims around this one: {kinds.count(LinkKind.SUPPORTS)} supports,"
        f" {kinds.count(LinkKind.ATTACKS)} attacks. The Outline view has the same as a list."
    )


def legend() -> None:
    """What the colours, dashes and signs mean, in words."""
    looks = [
        *NODE_LOOKS.items(),
        *((kind, LINK_LOOKS[kind]) for kind in (LinkKind.SUPPORTS, LinkKind.ATTACKS)),
    ]
    items = Markup("").join(
        Markup('<li><span class="am-sample am-sample-{}" aria-hidden="true">{}</span> {}</li>').format(
            kind.value, look.glyph, look.word
        )
        for kind, look in looks
    )
    markup.show(Markup('<ul class="am-legend">{}</ul><p class="am-note am-keys">{}</p>').format(items, _KEYS))
