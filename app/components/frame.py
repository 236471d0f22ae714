"""What every screen has at its top: the heading, who is here, undo, and what just happened."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import markup
from app.components.events import described
from argmap.errors import ArgmapError, UnknownName

_ITEMS = {"node": "claim", "id": "claim", "document": "source"}  # as readers call them


def heading(title: str, *, kicker: str = "") -> None:
    """The first heading of a page; undo and the person's name stand in the top bar.

    Args:
        title: words of ours or of others.
        kicker: a smaller line in its place, where the words stand elsewhere on the page.
    """
    if kicker:
        markup.show(Markup('<h1 class="am-kicker">{}</h1>').format(kicker))
    else:
        with st.container(key="heading"):
            st.title(markup.label(title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="bar", width="content"):
        if not state.is_read_only():
            _undo_button()
            _redo_button()
        if state.has_login():
            _login()
        elif not state.is_read_only():
            _person()
    _notices()


def _undo_button() -> None:
    kb = state.knowledge_base()
    last = kb.undoable(state.person())
    if last is None:
        return
    what = markup.label(f"Take back your last step: {described(last)}", longest=160)
    if st.button("Undo", icon=":material/undo:", key="undo", help=what):
        state.write("Taken back; the history keeps both", kb.undo)
        st.rerun()


def _redo_button() -> None:
    kb = state.knowledge_base()
    if kb.redoable(state.person()) and st.button("Redo", icon=":material/redo:", key="redo"):
        state.write("Done again", kb.redo)
        st.rerun()


def _login() -> None:
    """Who is logged in, and the way in or out; names come from the login then."""
    if not state.is_logged_in():
        st.button("Log in", icon=":material/login:", key="login", on_click=st.login)
        return
    with st.popover(markup.label(state.person(), longest=24), icon=":material/person:"):
        markup.note(f"You are {state.role().value} here.")
        st.button("Log out", icon=":material/logout:", key="logout", on_click=st.logout)


def _person() -> None:
    menu = st.popover(
        markup.label(state.person(), longest=24), icon=":material/person:", key="who", on_change="rerun"
    )
    if not menu.open:
        return
    with menu:
        name = st.text_input("Sign decisions as", state.person(), max_chars=60, key="person-field")
        markup.note("A signature, not a login: whoever reaches this page can sign with any name.")
        if name and name.strip() != state.person():
            state.sign_as(name)
            st.rerun()


def _notices() -> None:
    notice = state.announced()
    if notice:
        message, undoable = notice
        hint = " Undo is in the top bar." if undoable else ""
        st.toast(markup.label(message + "." + hint, longest=200), icon=":material/check:")
    problem = state.failure()
    if problem:
        st.error(markup.label(problem, longest=400), icon=":material/error:")


def missing(error: UnknownName) -> None:
    """Say that an address names nothing here, and how to go on."""
    st.warning(
        markup.label(f"There is no {_ITEMS.get(error.kind, error.kind)} '{error.name}' here.", longest=200),
        icon=":material/search_off:",
    )
    markup.note("It may have been taken back, or the address is from another knowledge base.")
    if st.button("Back to the first screen", key="back-home"):
        state.open_home()


def broken(error: ArgmapError) -> None:
    """Say in one line what went wrong."""
    st.error(markup.label(str(error), longest=400), icon=":material/error:")
