"""How a form opens, stays open through every rerun, saves once, and says when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from app import state
from app.components import markup
from app.components.events import described
from argmap.errors import Conflict
from argmap.model import Node
from argmap.store.drafts import Outcome


def ask(form: str, item_id: str = "", detail: str = "") -> None:
    """Open a form of `app.components.dialogs.FORMS` about a claim or a link, at the end of this run."""
    state.remember("dialog", (form, item_id, detail, state.asked("node")))
    state.forget("conflict")
    state.begin_draft("dialog")


def asked() -> tuple[str, str, str] | None:
    """The form that is open on this page: its name, what it is about, a detail."""
    found = state.recall("dialog")
    if found is None or found[3] != state.asked("node"):
        return None
    return found[0], found[1], found[2]


def close() -> None:
    """Close the form; what was typed is gone."""
    state.forget("dialog", "draft-dialog", "conflict")


def finish(say: str, verb: Callable[..., Outcome], *arguments: Any, **options: Any) -> None:
    """Save a form; on a conflict show what others did meanwhile, and lose nothing that was typed."""
    try:
        outcome = state.write(say, verb, *arguments, **state.stamp("dialog"), **options)
    except Conflict as conflict:
        state.remember("conflict", conflict)
        st.rerun()
    if outcome is None:
        st.error(markup.label(state.failure() or "", longest=400))
        return
    close()
    st.rerun()


def both_versions(node: Node, field: str) -> None:
    """Theirs and yours, where somebody changed the claim while it was being edited.

    Args:
        field: key of the field that holds yours.
    """
    conflict: Conflict | None = state.recall("conflict")
    if conflict is None:
        return
    st.warning(
        "Somebody changed this claim while you were writing. Nothing is lost: choose.",
        icon=":material/call_split:",
    )
    for event in conflict.changes:
        markup.note(f"{event.by.name}, {event.at}: {described(event)}")
    st.markdown("**Theirs**")
    st.text(node.text)
    st.markdown("**Yours** is in the field below.")
    with st.container(horizontal=True):
        if st.button("Take theirs", key="take-theirs"):
            close()
            st.session_state.pop(field, None)
            st.rerun()
        if st.button("Keep mine", key="keep-mine", help="Then save: the history keeps theirs too"):
            state.forget("conflict")
            state.begin_draft("dialog")
            st.rerun()
