"""A claim's page: what it says, what bears on it, where it comes from, what happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import (
    cards,
    decisions,
    explained,
    frame,
    markup,
    minimap,
    origin,
    outline,
    saving,
    shell,
    whatif,
)
from app.components.cards import Standing
from app.components.ego_map import ego_map
from app.components.lists import Card, Side, show_sides
from app.components.paging import page_number, pager
from app.components.reasoned import Layer, layer
from argmap import drawing
from argmap.drawing import NODE_LOOKS
from argmap.model import ArgumentMap, Link, LinkKind, Node, Status
from argmap.reasoning import NOTE
from argmap.store import neighbourhood, reading

PAGE = 6
MOST_LINKS = 100  # whose undercuts are looked for
MOST_RANKED = 200  # on each side, by how much they are discussed
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
    saving.menu(node.id, lambda: near, **({"node": node.id, "view": "columns"} | state.kept()))
    if node.id != node_id:
        markup.note("That claim was merged into this one, which stands for both.")
    shown = layer(node.id)
    if state.asked("view") == "map":
        _main(node, replies, near, shown)
        minimap.legend()
    else:
        main, side = st.columns([3, 1], gap="large")
        with main:
            _main(node, replies, near, shown)
        with side:
            minimap.show(near, node.id)
    explained.show(node.id)
    origin.show(node, near)
    origin.history(node.id)
    shell.mount_library()


def _main(node: Node, replies: Sequence[Reply], near: ArgumentMap, shown: Layer | None) -> None:
    upper = drawing.path(near, node.id)[:-1]
    path(near, upper)
    focus(node, bearing(near, node, upper), cards.standing(replies), shown)
    decisions.unsaved({node.id, *(link.id for link, _ in replies)})
    with st.container(horizontal=True, vertical_alignment="center"):
        view = _view()
        st.toggle("What stands", **state.linked("stands", False), help=NOTE)
    if shown is not None:
        whatif.show(node, shown)
    _VIEWS[view](node, replies, near, shown)


def path(near: ArgumentMap, upper: Sequence[str]) -> None:
    """The way from all claims by the issue down to one, as lines to click."""
    outline.path(near, upper)
    if not upper:
        markup.note("An issue of its own: it bears on no other claim.")


def bearing(near: ArgumentMap, node: Node, upper: Sequence[str]) -> Link | None:
    """How a claim bears on the one above it; its first link where it undercuts or nothing is above."""
    links = near.out_of(node.id)
    return next((link for link in links if link.target in upper[-1:]), links[0] if links else None)


def focus(node: Node, link: Link | None, counted: Standing, shown: Layer | None) -> None:
    """The claim itself, and what one can do with it."""
    how = cards.relation(link) if link else ""
    foot = cards.foot(node, counted)
    is_open = bool(node.cue) and node.status is Status.SUGGESTED
    why = Markup(" · p={:.2f}, {}").format(node.confidence, node.cue) if is_open else ""
    extra = Markup(" ").join(map(markup.chip, shown.labels(node.id))) if shown else ""
    claim = markup.claim(node, foot=foot + why, relation=how, extra=extra)
    markup.show(Markup('<div class="am-focus">{}</div>').format(claim))
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


def _columns(node: Node, replies: Sequence[Reply], near: ArgumentMap, shown: Layer | None) -> None:
    sides = {
        "For": [pair for pair in replies if pair[0].kind is LinkKind.SUPPORTS],
        "Against": [pair for pair in replies if pair[0].kind is LinkKind.ATTACKS],
    }
    others = [pair for pair in replies if pair[0].kind not in (LinkKind.SUPPORTS, LinkKind.ATTACKS)]
    others += undercuts(replies)
    _sides(sides, shown)
    if others:
        _sides({"Also": others}, shown)


def _sides(sides: Mapping[str, Sequence[Reply]], shown: Layer | None) -> None:
    lists = [_side(name, pairs, shown) for name, pairs in sides.items()]
    chosen = show_sides(lists, "-".join(sides))
    for name, pairs in sides.items():
        pager(name.lower(), _pages(pairs), of=f"Pages of {_SIGNS[name]}{name}")
    if chosen and chosen[0] == "open":
        state.open_claim(chosen[1])
    elif chosen:
        decisions.act_on_link(*chosen)


def _pages(pairs: Sequence[Reply]) -> int:
    return max(1, -(-len(pairs) // PAGE))


def undercuts(replies: Sequence[Reply]) -> list[Reply]:
    """What doubts the links of these replies."""
    with state.knowledge_base().store.reading() as connection:
        found = neighbourhood.links_into(connection, {link.id for link, _ in replies[:MOST_LINKS]})
        nodes = reading.nodes_by_id(connection, {end for link in found for end in link.sources})
    return [(link, nodes[end]) for link in found for end in link.sources if end in nodes]


_NOTHING = {"For": "Nothing speaks for it yet.", "Against": "No objection yet.", "Also": ""}
_SIGNS = {"For": "+ ", "Against": "− ", "Also": ""}


def _side(name: str, pairs: Sequence[Reply], layer: Layer | None) -> Side:
    """One page of a side of the debate, the most discussed first."""
    counted = cards.standings([source.id for _, source in pairs[:MOST_RANKED]])
    ranked = sorted(pairs, key=lambda pair: -counted.get(pair[1].id, Counter()).total())
    number = page_number(name.lower(), _pages(pairs))
    shown = ranked[(number - 1) * PAGE : number * PAGE]
    doubted = cards.standings([link.id for link, _ in shown])
    return {
        "title": _SIGNS[name] + name,
        "column": name.lower(),
        "number": len(pairs),
        "empty": _NOTHING[name] + ("" if state.is_read_only() else " Add one above."),
        "cards": [
            _reply(pair, counted, doubted, layer.labels(pair[1].id) if layer else []) for pair in shown
        ],
    }


def _reply(
    pair: Reply,
    counted: Mapping[str, Standing],
    doubted: Mapping[str, Standing],
    labels: Sequence[cards.Label],
) -> Card:
    link, source = pair
    known = counted.get(source.id, Counter())
    card = cards.card(source, known, link=link, undercuts=doubted[link.id].total(), labels=labels)
    return card | decisions.link_menu(link)


def _map(node: Node, replies: Sequence[Reply], near: ArgumentMap, shown: Layer | None) -> None:
    selection = drawing.ego(near, node.id)
    selection = shown.marked(selection) if shown else selection
    total = state.count()
    markup.note(
        f"{len(selection.above)} of {total:,} claims, around this one."
        " Click a box, or walk with the arrow keys and press Enter; drag or scroll to see more."
    )
    chosen = ego_map(selection, key="ego")
    if chosen and chosen != node.id:
        state.open_claim(chosen)


def _outline(node: Node, replies: Sequence[Reply], near: ArgumentMap, shown: Layer | None) -> None:
    outline.show(near, node.id)


def _text(node: Node, replies: Sequence[Reply], near: ArgumentMap, shown: Layer | None) -> None:
    origin.texts(node, near)


_VIEWS = {"columns": _columns, "map": _map, "outline": _outline, "text": _text}
