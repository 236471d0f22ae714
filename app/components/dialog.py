"""How a form opens, stays open through every rerun, saves once, and says when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from app import state
from app.components import markup, unfinished
from app.components.events import described, moment
from argmap.errors import Conflict
from argmap.model import Node
from argmap.store.drafts import Outcome


def ask(form: str, item_id: str = "", detail: str = "") -> None:
    """Open a form of `app.components.dialogs.FORMS` about a claim or a link, at the end of this run."""
    close()
    state.remember("dialog", (form, item_id, detail, state.asked("node")))
    state.begin_draft("dialog")


def asked() -> tuple[str, str, str] | None:
    """The form that is open on this page: its name, what it is about, a detail."""
    found = state.recall("dialog")
    if found is None or found[3] != state.asked("node"):
        return None
    return found[0], found[1], found[2]


def close() -> None:
    """Close the form; what was typed waits until it is opened again or dropped."""
    state.forget("dialog", "draft-dialog", "conflict")


def pressed(label: str, *, lacking: str = "") -> bool:
    """The button that saves a form; says what is lacking instead, where something is.

    It is never disabled: a click that also commits the last field would be lost on a disabled button.
    """
    if not st.button(label, type="primary", key="save"):
        return False
    if lacking:
        st.error(lacking, icon=":material/error:")
    return not lacking


def finish(say: str, verb: Callable[..., Outcome], *arguments: Any, **options: Any) -> None:
    """Save a form; on a conflict show what others did meanwhile, and lose nothing that was typed."""
    drop = unfinished.dropping(asked())

    def saved(*given: Any, **more: Any) -> Outcome:
        outcome = verb(*given, **more)
        drop()  # at once: whatever touches the session from here on, Streamlit may stop at
        return outcome

    try:
        outcome = state.write(say, saved, *arguments, **state.stamp("dialog"), **options)
    except Conflict as conflict:
        state.remember("conflict", conflict)
        st.rerun()
    if outcome is None:
        st.error(markup.label(state.failure() or "", longest=400))
        return
    close()
    st.rerun()


def meanwhile() -> None:
    """What others did to it since the form was opened, and the choice to go on all the same."""
    conflict: Conflict | None = state.recall("conflict")
    if conflict is None:
        return
    st.warning(
        "Somebody changed this while the form was open. Nothing is lost: look, then choose.",
        icon=":material/call_split:",
    )
    for event in conflict.changes:
        markup.note(f"{event.by.name}, {moment(event)}: {described(event)}")
    with st.container(horizontal=True):
        if st.button("Take theirs", key="take-theirs", help="Close this form and leave it as it is now"):
            close()
            st.rerun()
        if st.button("Keep mine", key="keep-mine", help="Then save: the history keeps theirs too"):
            state.forget("conflict")
            state.begin_draft("dialog")
            st.rerun()


def theirs(node: Node) -> None:
    """The wording that somebody saved while this person was editing theirs in the field below."""
    if state.recall("conflict") is not None:
        st.markdown("**Theirs**")
        st.text(node.text)
        st.markdown("**Yours** is in the field below.")
