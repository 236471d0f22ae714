"""What would follow if a claim were withdrawn, conceded or weighed: a switch, and what moves."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import markup
from app.components.cards import address
from app.components.lists import Row, show_rows
from app.components.reasoned import CONCEDED, WITHDRAWN, Layer, Part, part, suppose, suppositions, weight
from argmap.drawing import STANDING_LOOKS, counted
from argmap.model import Node
from argmap.reasoning import Move

MOST_ROWS = 12
AS_IT_IS, WEIGHED = "as it is", "weighed"
CHOICES = [AS_IT_IS, WITHDRAWN, CONCEDED, WEIGHED]


def show(node: Node, shown: Layer) -> None:
    """The switch for the claim in focus, everything that is supposed, and what moves."""
    held = part(node.id)
    given = suppositions(held.verdicts.words)
    with st.container(horizontal=True, vertical_alignment="bottom", key="what-if"):
        if node.id in held.verdicts.words:
            _switch(node.id, given.get(node.id), shown)
    if given:
        _moved(held, shown, given)


def _switch(node_id: str, how: str | None, shown: Layer) -> None:
    """Withdraw, concede or weigh; its key holds what is chosen, so that the address alone decides."""
    chosen = AS_IT_IS if how is None else how if how in CHOICES else WEIGHED
    key = f"if-{node_id}-{chosen}"
    st.segmented_control(
        "What if this claim were",
        CHOICES,
        default=chosen,
        key=key,
        required=True,
        on_change=_choose,
        args=(node_id, key, shown.before.base(node_id)),
        help="Shows what would follow. Nothing is stored; it is part of the address, which can be sent.",
    )
    if how is not None and chosen == WEIGHED:
        slider = f"weight-{node_id}"
        st.slider(
            "How strong, before anything bears on it",
            0.0,
            1.0,
            weight(how),
            0.05,
            key=slider,
            width=300,
            on_change=_weigh,
            args=(node_id, slider),
        )


def _choose(node_id: str, key: str, base: float) -> None:
    chosen = state.chosen(key)
    given = {WITHDRAWN: WITHDRAWN, CONCEDED: CONCEDED, WEIGHED: f"{base:.2f}"}
    suppose(node_id, given.get(str(chosen)))


def _weigh(node_id: str, key: str) -> None:
    suppose(node_id, f"{float(state.chosen(key)):.2f}")


def _moved(held: Part, shown: Layer, given: dict[str, str]) -> None:
    """All that is supposed, and all that moves by it, the largest first."""
    nodes = held.argument_map.nodes
    found = [move for move in shown.moves if _is_seen(move)]
    title = f"Supposed, not stored: {counted(len(found), 'claim')} move{'s' * (len(found) == 1)}"
    rows = [_supposition(node_id, how, nodes[node_id].text) for node_id, how in given.items()]
    rows += [_move(move, nodes[move.node].text) for move in found[:MOST_ROWS]]
    chosen = show_rows(rows, "moves", title=title, whole="As recorded")
    if chosen and chosen[0] == "whole":
        state.set_asked("suppose", None)
        st.rerun()
    elif chosen:
        state.open_claim(chosen[1])
    if len(found) > MOST_ROWS:
        markup.note(f"and {len(found) - MOST_ROWS} more")


def _is_seen(move: Move) -> bool:
    """Whether the claim is still there, and another word or number is shown of it."""
    (was, now), (old, new) = move.words, move.strengths
    return now is not None and (was is not now or f"{old:.2f}" != f"{new:.2f}")


def _supposition(node_id: str, how: str, text: str) -> Row:
    said = how if weight(how) is None else f"weighed {how}"
    return _row(node_id, "if", f"{said}: {markup.shortened(text, longest=150)}", depth=0)


def _move(move: Move, text: str) -> Row:
    (was, now), (old, new) = move.words, move.strengths
    change = f"{was or WITHDRAWN} {old:.2f} → " + (f"{new:.2f}" if was is now else f"{now} {new:.2f}")
    return _row(
        move.node, STANDING_LOOKS[str(now)].glyph, f"{change}: {markup.shortened(text, longest=120)}", depth=1
    )


def _row(node_id: str, glyph: str, text: str, *, depth: int) -> Row:
    return {"id": node_id, "href": address(node_id), "glyph": glyph, "text": text, "depth": depth}
