"""Who is for and who against the answers to the issues: speakers by stances as a plot, and in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import streamlit as st

from app import state
from app.components import markup
from app.components.plots import picked
from app.components.stances import found, side
from argmap.drawing import INK, LINK_LOOKS, NODE_LOOKS, PAPER, counted
from argmap.model import LinkKind, NodeKind

if TYPE_CHECKING:
    from argmap.reasoning import Stance

MOST_SPEAKERS = 8
MOST_ANSWERS = 3  # of one issue
ROW, HEAD = 27, 96  # pixels
_STRIPES = {"dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 0.8, "color": "rgba(255,255,255,.35)"}

Line = tuple[str, list["Stance"]]  # id of an issue or an answer, and what speakers think of the answer


def show(limit: int, *, key: str, label: int = 250) -> None:
    """The plot of the issues that most is said about; a click opens the answer.

    Args:
        limit: most rows.
        label: pixels for the words of a row.
    """
    positions, words = found()
    shown = lines(positions, limit)
    theme = st.context.theme.type or "light"
    used = state.recall(key, 0)  # whoever comes back gets a plot in which nothing is chosen
    event = st.echarts_chart(
        fitted(chart(shown, words, theme), label),
        height=HEAD + ROW * len(shown),
        key=f"{key}-{used}",
        on_select="rerun",
        alt=alternative(shown, words),
    )
    chosen = picked(event)
    if chosen:
        state.remember(key, used + 1)
        state.open_claim(_series(shown)[chosen[0]][chosen[1]].answer)


def lines(positions: list[Stance], limit: int) -> list[Line]:
    """The issues that most is said about, each followed by the answers that most is said about."""
    by_issue = Counter(stance.issue for stance in positions for _ in stance.said)
    by_answer = Counter((stance.issue, stance.answer) for stance in positions for _ in stance.said)
    chosen: list[Line] = []
    for issue, _ in by_issue.most_common():
        answers = [answer for (of, answer), _ in by_answer.most_common() if of == issue][:MOST_ANSWERS]
        if len(chosen) + 1 + len(answers) > limit:
            break
        chosen.append((issue, []))
        for answer in answers:
            chosen.append((answer, [s for s in positions if (s.issue, s.answer) == (issue, answer)]))
    return chosen


def _speakers(shown: list[Line]) -> list[str]:
    counts = Counter(stance.speaker for _, held in shown for stance in held for _ in stance.said)
    return [name for name, _ in counts.most_common(MOST_SPEAKERS)]


def _series(shown: list[Line]) -> list[list[Stance]]:
    """The stances of the speakers that are drawn: for, both, against."""
    names = set(_speakers(shown))
    held = [stance for _, stances in shown for stance in stances if stance.speaker in names]
    return [[stance for stance in held if side(stance.score) == kind] for kind in SIDES]


SIDES = ("+ for", "± both", "− against")


def chart(shown: list[Line], words: dict[str, str], theme: str) -> dict[str, Any]:
    """The ECharts specification: a row for each answer below its issue, a column for each speaker."""
    rows = {id(held): at for at, (_, held) in enumerate(shown)}
    row_of = {(s.issue, s.answer): rows[id(held)] for _, held in shown for s in held}
    names = _speakers(shown)
    looks = [LINK_LOOKS[LinkKind.SUPPORTS], NODE_LOOKS[NodeKind.CLAIM], LINK_LOOKS[LinkKind.ATTACKS]]
    ink, paper = INK[theme], PAPER[theme]
    line = "#E3E5EA" if theme == "light" else "#302E2B"
    return {
        "animation": False,
        "legend": {"top": 0, "left": 0, "selectedMode": False, "itemWidth": 22, "textStyle": {"color": ink}},
        "tooltip": {"show": True, "renderMode": "richText", "formatter": "{b}", "confine": True},
        "xAxis": {
            "type": "category",
            "data": names,
            "position": "top",
            "axisLabel": {"interval": 0, "rotate": 32, "width": 92, "overflow": "truncate", "color": ink},
            "axisTick": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [_label(item, held, words) for item, held in shown],
            "axisLabel": {"interval": 0, "overflow": "truncate", "color": ink, "align": "left"},
            "axisTick": {"show": False},
            "splitLine": {"show": True, "lineStyle": {"color": line}},
        },
        "series": [
            {
                "type": "scatter",
                "name": name,
                "symbol": "roundRect",
                "selectedMode": "single",
                "itemStyle": {"color": getattr(look, theme), "opacity": 1}
                | ({"decal": _STRIPES} if look.dashed else {}),
                "label": {"show": True, "color": paper, "fontWeight": "bold"},
                "data": [_point(s, names.index(s.speaker), row_of[s.issue, s.answer]) for s in held],
            }
            for name, look, held in zip(SIDES, looks, _series(shown), strict=True)
        ],
    }


def fitted(option: dict[str, Any], label: int) -> dict[str, Any]:
    """The specification for wide places, and with shorter words and smaller marks for narrow ones."""

    def sized(width: int, mark: int) -> dict[str, Any]:
        axis = {"axisLabel": {"width": width, "margin": width + 6}}
        exact = {"containLabel": False, "outerBoundsMode": "none"}  # the words have their room in "left"
        grid = {"left": width + 10, "right": 36, "top": HEAD - 4, "bottom": 4} | exact
        return {"grid": grid, "yAxis": axis, "series": [{"symbolSize": [mark, 21]} for _ in SIDES]}

    media = [
        {"query": {"maxWidth": 480}, "option": sized(120, 26)},
        {"query": {"minWidth": 480}, "option": sized(label, 34)},
    ]
    return {"baseOption": option, "media": media}


def _label(item: str, held: list[Stance], words: dict[str, str]) -> dict[str, Any]:
    text = " ".join(words.get(item, item).split())
    if held:
        return {"value": text}
    return {"value": f"? {text}", "textStyle": {"fontWeight": "bold", "align": "left"}}


def _point(stance: Stance, column: int, row: int) -> dict[str, Any]:
    kind = side(stance.score)
    return {
        "name": f"{stance.speaker}: {kind}, " + counted(len(stance.said), "point"),
        "value": [column, row],
        "label": {"formatter": f"{kind[0]} {len(stance.said)}"},
    }


def alternative(shown: list[Line], words: dict[str, str]) -> str:
    """The plot in words."""
    told = []
    for item, held in shown:
        text = markup.shortened(words.get(item, item), longest=90)
        stands = ", ".join(f"{s.speaker} {side(s.score)} ({len(s.said)})" for s in held)
        told.append(f"{text} {stands}." if held else f"Issue: {text}")
    return "Who is for (+) and against (−) the answers to the issues, with the number of points. " + " ".join(
        told
    )
