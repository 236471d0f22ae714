"""What one can do with a claim or a link: agree, reject, reply, edit, merge, connect."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import dialog
from app.components.lists import Card
from argmap.model import Link, LinkKind, Node, Status

REPLIES = {
    LinkKind.SUPPORTS: ("Support", ":material/add:"),
    LinkKind.ATTACKS: ("Object", ":material/remove:"),
    "evidence": ("Evidence", ":material/table_rows:"),
    LinkKind.QUESTIONS: ("Ask", ":material/help:"),
}
MORE = {
    "edit": "Edit wording or kind",
    "merge": "Merge with another claim",
    "split": "Split in two",
    "connect": "Link to another claim",
    "comment": "Leave a note",
}


def bar(node: Node) -> None:
    """The buttons under the claim in focus."""
    if state.is_read_only():
        return
    with st.container(horizontal=True, key="actions"):
        for relation, (word, icon) in REPLIES.items():
            if st.button(word, icon=icon, key=f"reply-{relation}", help=f"Reply with {word.lower()}"):
                dialog.ask("reply", node.id, str(relation))
        _verdict(node)
        _more(node)


def _verdict(node: Node) -> None:
    kb = state.knowledge_base()
    if node.status is not Status.ACCEPTED and st.button(
        "Agree", icon=":material/check:", key="agree", help="This is said there, and is what the kind says"
    ):
        state.write("Accepted", kb.accept, [node.id])
        st.rerun()
    if node.status is not Status.REJECTED and st.button(
        "Reject", icon=":material/close:", key="reject", help="This is no claim, or a wrong one"
    ):
        dialog.ask("reject", node.id)


def _more(node: Node) -> None:
    chosen = st.menu_button(
        "More", list(MORE), format_func=MORE.__getitem__, key="more", icon=":material/more_horiz:"
    )
    if chosen:
        dialog.ask(chosen, node.id)


LINK_ACTS = {
    "agree": "The link is right",
    "reject": "The link is wrong",
    "undercut": "Doubt this step (undercut)",
    "turn": "Change what the link says",
}


def link_menu(link: Link) -> Card:
    """What one can do with a link, as a part of the card that stands at its end."""
    if state.is_read_only():
        return {}
    acts = [pair for pair in LINK_ACTS.items() if pair[0] != "agree" or link.status is not Status.ACCEPTED]
    return {"menu": {"title": "Link", "about": link.id, "acts": acts}}


def act_on_link(act: str, link_id: str) -> None:
    """Do what was chosen in the menu of a link."""
    if state.is_read_only():
        return
    if act == "agree":
        state.write("Link accepted", state.knowledge_base().accept, [link_id])
        st.rerun()
    elif act == "undercut":
        dialog.ask("reply", link_id, LinkKind.UNDERCUTS.value)
    elif act in LINK_ACTS:
        dialog.ask(act, link_id)
