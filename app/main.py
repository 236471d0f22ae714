"""The explorer's router: `streamlit run app/main.py`, with the flags of `app.launch`."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import dialogs, frame, shell
from argmap.errors import ArgmapError
from argmap.serving import is_foreign


def main() -> None:
    """Choose the screen by the address and run it."""
    # An icon until `shell.js` sets ours: without one, the browser gets that of the page from Google.
    st.set_page_config(page_title="argmap", page_icon="🗺️", layout="wide")
    if is_foreign(st.context.headers, state.hosts()):
        st.error("This page was opened from somewhere else. Open it by its own address.")
        st.stop()
    screen = st.navigation(
        [
            st.Page(state.HOME, title="Home", icon=":material/home:", default=True),
            st.Page(state.EXPLORE, title="Explore", icon=":material/account_tree:", url_path="explore"),
            st.Page(state.SOURCES, title="Sources", icon=":material/description:", url_path="sources"),
            st.Page(state.PEOPLE, title="People", icon=":material/groups:", url_path="people"),
            st.Page(state.ANNOTATE, title="Annotate", icon=":material/stylus:", url_path="annotate"),
            st.Page(state.ADJUDICATE, title="Adjudicate", icon=":material/gavel:", url_path="adjudicate"),
            st.Page(state.QUALITY, title="Quality", icon=":material/verified:", url_path="quality"),
            st.Page(state.ADMIN, title="Admin", icon=":material/admin_panel_settings:", url_path="admin"),
        ],
        position="top",
    )
    shell.mount()
    try:
        state.knowledge_base()
        screen.run()
        dialogs.show_open()
    except ArgmapError as error:
        frame.broken(error)


main()
