"""Speakers: what kinds of things each of them says, as a plot and as a table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import state
from app.components import markup
from app.components.plots import picked
from app.components.tables import table
from argmap.drawing import INK, NODE_LOOKS
from argmap.knowledge_base import KnowledgeBase
from argmap.model import Node, NodeKind
from argmap.store import neighbourhood, reading, speaking
from argmap.store.speaking import Exchange

MOST_SPEAKERS = 12
MOST_UNANSWERED = 10

Row = dict[str, Any]


def kinds_by_speaker() -> list[Row]:
    """For each speaker who says most: how many nodes of each kind."""
    kb = state.knowledge_base()

    def counted() -> list[Row]:
        with kb.store.reading() as connection:
            rows = speaking.kinds_by_speaker(connection, limit=MOST_SPEAKERS)
        return [
            {"speaker": name} | {kind.value: counts.get(kind.value, 0) for kind in NodeKind}
            for name, counts in rows
        ]

    found: list[Row] = state.remembered("kinds by speaker", counted)
    return found


def speaker_chart() -> None:
    """Bars of what each speaker says; a click lists that speaker's claims."""
    rows = kinds_by_speaker()
    theme = st.context.theme.type or "light"
    used = state.recall("speakers", 0)  # as in the plot of stances
    event = st.echarts_chart(
        chart(rows, theme),
        height=60 + 30 * len(rows),
        key=f"speakers-{used}",
        on_select="rerun",
        alt=alternative(rows),
    )
    chosen = picked(event)
    if chosen and 0 <= chosen[1] < len(rows):
        state.remember("speakers", used + 1)
        state.open_list(speaker=rows[::-1][chosen[1]]["speaker"])


def chart(rows: list[Row], theme: str) -> dict[str, Any]:
    """The ECharts specification of stacked bars, the most talkative on top."""
    upward = rows[::-1]
    return {
        "animation": False,
        "grid": {"left": 8, "right": 24, "top": 30, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "left": 0, "selectedMode": False, "textStyle": {"color": INK[theme]}},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "renderMode": "richText"},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {
            "type": "category",
            "data": [row["speaker"] for row in upward],
            "axisLabel": {"width": 150, "overflow": "truncate", "color": INK[theme]},
        },
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": f"{look.glyph} {look.word}",
                "data": [row[kind.value] for row in upward],
                "selectedMode": "single",
                "itemStyle": {"color": getattr(look, theme), "decal": _DECALS[kind]},
                "barMaxWidth": 20,
            }
            for kind, look in NODE_LOOKS.items()
        ],
    }


_DECALS: dict[NodeKind, dict[str, Any]] = {
    NodeKind.CLAIM: {"symbol": "none"},
    NodeKind.REBUTTAL: {
        "symbol": "rect",
        "dashArrayX": [1, 0],
        "dashArrayY": [2, 4],
        "rotation": 0.8,
        "color": "rgba(255,255,255,.35)",
    },
    NodeKind.EVIDENCE: {"symbol": "none"},
    NodeKind.QUESTION: {
        "symbol": "circle",
        "dashArrayX": [4, 4],
        "dashArrayY": [4, 4],
        "color": "rgba(255,255,255,.45)",
    },
}


def alternative(rows: list[Row]) -> str:
    """The plot in words."""
    parts = [
        f"{row['speaker']}: "
        + ", ".join(f"{row[kind.value]} {kind.value}" for kind in NodeKind if row[kind.value])
        for row in rows
    ]
    return "What each speaker says, by kind. " + "; ".join(parts)


def unanswered() -> list[Node]:
    """Rebuttals that nothing bears on, newest first among the last few hundred."""
    kb = state.knowledge_base()
    nodes: list[Node] = state.remembered("unanswered", lambda: unanswered_in(kb))
    return nodes


def unanswered_in(kb: KnowledgeBase) -> list[Node]:
    """As `unanswered`, asked anew."""
    recent = kb.nodes(kind=NodeKind.REBUTTAL.value, order="newest", limit=200)
    with kb.store.reading() as connection:
        replies = neighbourhood.links_into(connection, [node.id for node in recent])
        roots = reading.node_roots(connection, {link.target for link in replies})
    answered = {roots.get(link.target, link.target) for link in replies}
    return [node for node in recent if node.id not in answered][:MOST_UNANSWERED]


def exchanges() -> None:
    """Who answers whom: supports and attacks between speakers, as a table."""
    kb = state.knowledge_base()

    def counted() -> list[Exchange]:
        with kb.store.reading() as connection:
            return speaking.exchanges(connection)

    rows: list[Exchange] = state.remembered("exchanges", counted)
    if not rows:
        markup.note("No two speakers answer each other yet.")
        return
    table(
        ("Who", "answers", "supports", "attacks", "other"),
        [
            (row.who, row.whom, _signed("+", row.supports), _signed("−", row.attacks), row.others or "")
            for row in rows
        ],
    )


def _signed(sign: str, number: int) -> str:
    """A number with its sign; nothing for none, so that the others stand out."""
    return f"{sign} {number}" if number else ""
