"""All sources as cards."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import markup
from app.components.paging import page_number, pager
from argmap.store.reading import DocumentRow

PAGE = 20


def source_list() -> None:
    """The sources, in the order they came, some on each page."""
    rows = state.documents()
    if not rows:
        markup.note("No sources yet. Upload or paste one above.")
        return
    pages = -(-len(rows) // PAGE)
    number = page_number("page", pages)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    for column, part in zip(st.columns(2, gap="medium"), (shown[::2], shown[1::2]), strict=True):
        with column:
            for row in part:
                _card(row)
    pager("page", pages)


def _card(row: DocumentRow) -> None:
    with st.container(key=f"card-source-{row.id}", gap=None):
        markup.show(described(row))
        if st.button(markup.label(f"Open: {row.title}"), key=f"open-source-{row.id}", type="tertiary"):
            state.open_source(row.id)


def described(row: DocumentRow) -> Markup:
    """A source as a card."""
    names = ", ".join(row.speakers[:4]) + (
        f" and {len(row.speakers) - 4} more" if len(row.speakers) > 4 else ""
    )
    counts = f"{row.turns:,} turn{'s' * (row.turns != 1)} · {row.nodes:,} claims, evidence and questions"
    foot = " · ".join(filter(None, [counts, names, row.date or ""]))
    return Markup(
        '<div class="am-card am-source"><p class="am-head">{}</p><p class="am-text">{}</p>'
        '<p class="am-foot">{}</p></div>'
    ).format(row.genre, row.title, foot)
