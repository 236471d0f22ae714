"""Every form by name, and the one that is open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app import state
from app.components import dialog, edits, forms

FORMS: dict[str, tuple[str, Callable[[str, str], None]]] = {
    "claim": ("New claim", forms.claim),
    "reply": ("Reply", forms.reply),
    "reject": ("Reject", forms.reject),
    "comment": ("Leave a note", forms.comment),
    "turn": ("Change what the link says", forms.turn),
    "edit": ("Edit", edits.edit),
    "merge": ("Merge with another claim", edits.merge),
    "connect": ("Link to another claim", edits.connect),
    "split": ("Split in two", edits.split),
}


def show_open() -> None:
    """Show the form that somebody opened, until it is saved or closed."""
    open_form = dialog.asked()
    if open_form is None or state.is_read_only():
        return
    name, item_id, detail = open_form
    title, form = FORMS[name]
    title = forms.REPLIES.get(detail, title) if name == "reply" else title

    def body() -> None:
        dialog.meanwhile()
        form(item_id, detail)

    st.dialog(title, width="medium", on_dismiss=dialog.close)(body)()
