"""What one can do with a claim or a link: agree, reject, reply, edit, merge, connect."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import dialog, markup, unfinished
from app.components.lists import Card, show_acts
from argmap.model import Link, LinkKind, Node, Status

REPLIES = {
    "supports": ("+", "Support", "Say what speaks for it"),
    "attacks": ("−", "Object", "Say what speaks against it"),
    "evidence": ("▤", "Evidence", "Bring a quote or a source"),
    "questions": ("?", "Ask", "Ask about it"),
}
AGREE = ("agree", "✓", "Agree", "This is said there, and is what the kind says")
REJECT = ("reject", "✗", "Reject", "This is no claim, or a wrong one")
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
    acts: list[tuple[str, ...]] = [(f"reply-{name}", *look) for name, look in REPLIES.items()]
    acts += [AGREE] if node.status is not Status.ACCEPTED else []
    acts += [REJECT] if node.status is not Status.REJECTED else []
    chosen = show_acts(acts, node.id, {"title": "More", "acts": list(MORE.items())})
    if chosen:
        _act(chosen[0], node)


def unsaved(ids: set[str]) -> None:
    """Offer to go on with what this person typed about these claims and links and did not save."""
    if state.is_read_only() or dialog.asked():
        return
    for at, (form, begun) in enumerate(unfinished.about(ids)):
        with st.container(horizontal=True, vertical_alignment="center", key=f"unsaved-{at}"):
            markup.note(f"Not saved yet: “{markup.shortened(begun, longest=120)}”")
            if st.button("Go on", key=f"go-on-{at}", icon=":material/edit:"):
                dialog.ask(*form)
                st.rerun()
            if st.button("Drop", key=f"drop-draft-{at}", icon=":material/close:"):
                unfinished.drop(form)
                st.rerun()


def _act(act: str, node: Node) -> None:
    """Do what was chosen for the claim in focus."""
    if act == "agree":
        state.write("Accepted", state.knowledge_base().accept, [node.id])
        st.rerun()
    elif act.removeprefix("reply-") in REPLIES:
        dialog.ask("reply", node.id, act.removeprefix("reply-"))
    elif act == "reject" or act in MORE:
        dialog.ask(act, node.id)


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
    idle = {"agree"} if link.status is Status.ACCEPTED else set()
    idle |= {"turn"} if link.kind is LinkKind.UNDERCUTS else set()  # nothing else can aim at a link
    acts = [pair for pair in LINK_ACTS.items() if pair[0] not in idle]
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
