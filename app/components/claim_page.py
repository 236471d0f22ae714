"""A claim's page: what it says, what bears on it, where it comes from, what happened to it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import cards, decisions, frame, markup, minimap, origin, outline
from app.components.cards import Standing
from app.components.ego_map import ego_map
from app.components.paging import page_number, pager
from argmap import drawing
from argmap.drawing import NODE_LOOKS
from argmap.model import ArgumentMap, Link, LinkKind, Node, Status

PAGE = 6
MOST_LINKS = 100  # whose undercuts are looked for
NEAR = {"depth": 3, "limit": 300}

Reply = tuple[Link, Node]


def show(node_id: str) -> None:
    """The page of this claim.

    Raises:
        UnknownName: there is none.
    """
    kb = state.knowledge_base()
    node = kb.node(node_id)
    replies = kb.replies(node.id)
    near = kb.around(node.id, **NEAR)
    frame.heading("", kicker=NODE_LOOKS[node.kind].word.capitalize() + " in focus")
    if node.id != node_id:
        markup.note("That claim was merged into this one, which stands for both.")
    if state.asked("view") == "map":
        _main(node, replies, near)
        minimap.legend()
    else:
        main, side = st.columns([3, 1], gap="large")
        with main:
            _main(node, replies, near)
        with side:
            minimap.show(near, node.id)
    origin.show(node, near)
    origin.history(node.id)


def _main(node: Node, replies: Sequence[Reply], near: ArgumentMap) -> None:
    path(near, node)
    focus(node, cards.standing(replies))
    _VIEWS[_view()](node, replies, near)


def path(near: ArgumentMap, node: Node) -> None:
    """The way from the issue down to this claim, as buttons."""
    upper = drawing.path(near, node.id)[:-1]
    if not upper:
        markup.show(
            Markup('<p class="am-path">{}</p>').format("An issue of its own: it bears on no other claim.")
        )
        return
    for depth, node_id in enumerate(upper):
        is_last = depth == len(upper) - 1
        with st.container(key="up" if is_last else f"row-path-{depth}"), st.container(key=f"row-in-{depth}"):
            text = markup.label(near.nodes[node_id].text, longest=110)
            if st.button(
                f"{'↳' * bool(depth)} {text}",
                key=f"path-{node_id}",
                type="tertiary",
                help="Go up to this claim (Backspace)" if is_last else None,
            ):
                state.open_claim(node_id)


def focus(node: Node, counted: Standing) -> None:
    """The claim itself, and what one can do with it."""
    out = state.knowledge_base().around(node.id, depth=1, limit=60).out_of(node.id)
    with st.container(key="focus", gap="small"):
        how = Markup("").join(cards.relation(link) for link in out[:1])
        foot = cards.foot(node, counted)
        is_open = bool(node.cue) and node.status is Status.SUGGESTED
        why = Markup(" · p={:.2f}, {}").format(node.confidence, node.cue) if is_open else ""
        markup.show(
            Markup('<div class="am-focus">{}</div>').format(markup.claim(node, foot=foot + why, relation=how))
        )
        decisions.bar(node)


def _view() -> str:
    chosen = st.segmented_control(
        "View",
        list(_VIEWS),
        **state.linked("view", "columns", list(_VIEWS)),
        label_visibility="collapsed",
        required=True,
    )
    return str(chosen or "columns")


def _columns(node: Node, replies: Sequence[Reply], near: ArgumentMap) -> None:
    kb = state.knowledge_base()
    sides = {
        "For": [pair for pair in replies if pair[0].kind is LinkKind.SUPPORTS],
        "Against": [pair for pair in replies if pair[0].kind is LinkKind.ATTACKS],
    }
    for column, (name, pairs) in zip(st.columns(2, gap="medium"), sides.items(), strict=True):
        with column:
            _side(node, name, pairs)
    others = [pair for pair in replies if pair[0].kind not in (LinkKind.SUPPORTS, LinkKind.ATTACKS)]
    others += [pair for link in {link.id for link, _ in replies[:MOST_LINKS]} for pair in kb.replies(link)]
    if others:
        _side(node, "Also", others)


def _side(node: Node, name: str, pairs: Sequence[Reply]) -> None:
    kb = state.knowledge_base()
    sign = {"For": "+", "Against": "−"}.get(name, "")
    markup.show(
        Markup('<p class="am-column am-{}"><strong>{} {}</strong> <span>{}</span></p>').format(
            name.lower(), sign, name, len(pairs)
        )
    )
    counted = {source.id: cards.standing(kb.replies(source.id)) for _, source in pairs[:200]}
    ranked = sorted(pairs, key=lambda pair: -counted[pair[1].id].total() if pair[1].id in counted else 0)
    pages = max(1, -(-len(ranked) // PAGE))
    number = page_number(name.lower(), pages)
    for link, source in ranked[(number - 1) * PAGE : number * PAGE]:
        with cards.card(source, name, counted=counted.get(source.id), link=link):
            decisions.link_bar(link, node)
    if not pairs:
        markup.note(
            {"For": "Nothing speaks for it yet.", "Against": "No objection yet."}[name]
            + ("" if state.is_read_only() else " Add one above.")
        )
    pager(name.lower(), pages)


def _map(node: Node, replies: Sequence[Reply], near: ArgumentMap) -> None:
    selection = drawing.ego(near, node.id)
    total = state.count()
    with st.container(horizontal=True, vertical_alignment="center"):
        markup.note(
            f"{len(selection.above)} of {total:,} claims, around this one."
            " Click a box, or walk with the arrow keys and press Enter."
        )
        st.download_button(
            "Save this map",
            drawing.page(near, title=markup.shortened(node.text, longest=90)).encode("utf-8", "replace"),
            "argmap.html",
            "text/html",
            key="save-map",
            on_click="ignore",
            icon=":material/download:",
        )
    chosen = ego_map(selection, key="ego")
    if chosen and chosen != node.id:
        state.open_claim(chosen)


def _outline(node: Node, replies: Sequence[Reply], near: ArgumentMap) -> None:
    outline.show(near, node.id)


def _text(node: Node, replies: Sequence[Reply], near: ArgumentMap) -> None:
    origin.texts(node, near)


_VIEWS = {"columns": _columns, "map": _map, "outline": _outline, "text": _text}
