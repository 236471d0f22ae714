"""All claims: search, filters, order and pages, all of them in the address bar."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import state
from app.components import cards, dialog, markup, saving, similar
from app.components.paging import page_number, pager
from argmap.drawing import NODE_LOOKS
from argmap.model import NodeKind, Status

PAGE = 12
MOST_HITS = 40
ORDERS = {
    "discussed": "Most discussed",
    "contested": "Most contested",
    "sources": "Said in most places",
    "newest": "Newest",
    "reading": "As in the texts",
    "uncertain": "Least sure",
}
CONDITIONS = ("kind", "status", "document", "speaker", "by", "min_confidence")


def show() -> None:
    """The list."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Search all claims",
            type="search",
            live=True,
            **state.linked("q", ""),
            placeholder="Search all claims ( / )",
            label_visibility="collapsed",
            icon=":material/search:",
        )
        order = _order()
        _filter_menu()
        if not state.is_read_only() and st.button("New claim", icon=":material/add:", key="new-claim"):
            dialog.ask("claim")
    chosen = conditions()
    _active(chosen)
    if words:
        _found(words, chosen)
    else:
        _page(order, chosen)


def _order() -> str:
    chosen = st.selectbox(
        "Order",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        **state.linked("order", "discussed", list(ORDERS)),
        width=190,
        label_visibility="collapsed",
    )
    return str(chosen)


def conditions() -> dict[str, Any]:
    """The filters that the address bar asks for, as options of `KnowledgeBase.nodes`."""
    found: dict[str, Any] = {name: value for name in CONDITIONS if (value := state.asked(name))}
    try:
        least = float(found.pop("min_confidence", 0) or 0)
    except ValueError:
        least = 0.0
    return found | ({"min_confidence": least} if least > 0 else {})


def _asked() -> dict[str, str]:
    """The filters as the address has them."""
    return {name: value for name in CONDITIONS if (value := state.asked(name))}


def _filter_menu() -> None:
    menu = st.popover("Filter", icon=":material/filter_list:", key="filter", on_change="rerun")
    if menu.open:
        with menu, st.form("filters", border=False):
            _filter_form()


def _filter_form() -> None:
    titles = {row.id: markup.source_name(row.title) for row in state.documents()[:500]}
    picked = {
        "kind": _choice("Kind", [kind.value for kind in NodeKind], "kind"),
        "status": _choice("Status", [status.value for status in Status], "status"),
        "document": _choice("Source", list(titles), "document", titles),
        "speaker": _choice("Speaker", state.speaker_names()[:500], "speaker"),
        "by": st.text_input("Found or added by", state.asked("by") or "", max_chars=80),
        "min_confidence": st.slider("At least this sure", 0.0, 1.0, _least(), 0.05),
    }
    if st.form_submit_button("Show", type="primary"):
        _ask(picked)


def _ask(filters: dict[str, Any]) -> None:
    """Put filters into the address, and begin at the first page."""
    for name, value in (filters | {"page": None}).items():
        state.set_asked(name, str(value) if value else None)
    st.rerun()


def _least() -> float:
    return min(1.0, max(0.0, float(conditions().get("min_confidence", 0.0))))


def _choice(name: str, options: list[str], asked: str, words: dict[str, str] | None = None) -> str | None:
    value = state.asked(asked)
    index = options.index(value) if value in options else None
    chosen: str | None = st.selectbox(
        name,
        options,
        index=index,
        format_func=lambda option: markup.shortened((words or {}).get(option, option), longest=60),
        placeholder="any",
    )
    return chosen


def _active(chosen: dict[str, Any]) -> None:
    """The filters in force, each with a way to drop it."""
    if not chosen:
        return
    titles = (
        {row.id: markup.source_name(row.title) for row in state.documents()} if "document" in chosen else {}
    )
    with st.container(horizontal=True):
        for name, value in chosen.items():
            shown = titles.get(value, value) if name == "document" else value
            text = {"min_confidence": "at least", "document": "source"}.get(name, name) + f" {shown}"
            if st.button(
                markup.label(text, longest=50),
                icon=":material/close:",
                key=f"drop-{name}",
                help="Drop this filter",
            ):
                _ask({name: None})


def _found(words: str, chosen: dict[str, Any]) -> None:
    hits = state.knowledge_base().search(words, limit=MOST_HITS, **chosen)
    saving.menu("search", saving.part([hit.node.id for hit in hits]), q=words, **_asked())
    cards.found_cards(
        hits, "hit", most=MOST_HITS, empty="No claim has all these words and passes the filters."
    )
    if not chosen:
        similar.close_in_meaning(words, {hit.node.id for hit in hits})


def _page(order: str, chosen: dict[str, Any]) -> None:
    total = state.count(**chosen)
    pages = max(1, -(-total // PAGE))
    number = page_number("page", pages)
    found = state.nodes(order=order, limit=PAGE, offset=(number - 1) * PAGE, rest=True, **chosen)
    words = ", ".join(f"{look.glyph} {look.word}" for look in NODE_LOOKS.values())
    markup.note(f"{total:,} of {state.count():,} ({words})")
    nothing = "No claim passes these filters. Drop one of them above." if chosen else "No claims yet."
    saving.menu("claims", saving.part([node.id for node in found]), order=order, page=str(number), **_asked())
    cards.cards(found, "all", empty=nothing, two=True)
    pager("page", pages)
