"""Pages of a long list, with the page's number in the address bar."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import markup


def page_number(name: str, pages: int) -> int:
    """The page that the address asks for, from 1."""
    return state.asked_number(name, most=pages)


def pager(name: str, pages: int, *, of: str = "") -> None:
    """Buttons to the other pages; nothing where there is one page.

    Args:
        of: what the pages are of, where a screen has several lists.
    """
    if pages < 2:
        return
    number = page_number(name, pages)
    key = f"{name}-{number}-of-{pages}"
    with st.container(gap="xxsmall"):
        if of:
            markup.note(of)
        st.pagination(pages, default=number, key=key, on_change=state.follow_widget, args=(name, 1, key))
