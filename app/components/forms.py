"""The short forms: a new claim, a reply, a rejection, a note, a link, files."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import markup, unfinished
from app.components.dialog import asked, finish, pressed
from app.components.similar import similar_claims
from argmap.drawing import LINK_LOOKS, NODE_LOOKS
from argmap.model import LinkKind, Node, NodeKind

LONGEST = 500

_REPLY_KIND = {
    "supports": NodeKind.CLAIM,
    "attacks": NodeKind.REBUTTAL,
    "evidence": NodeKind.EVIDENCE,
    "questions": NodeKind.QUESTION,
    "undercuts": NodeKind.REBUTTAL,
}
_REPLY_TITLE = {
    "supports": "What speaks for it?",
    "attacks": "What speaks against it?",
    "evidence": "What shows it?",
    "questions": "What would you ask?",
    "undercuts": "Why does this step not follow?",
}

REPLIES = {
    "supports": "Support",
    "attacks": "Object",
    "evidence": "Add evidence",
    "questions": "Ask",
    "undercuts": "Undercut the step",
}


def claim(_item_id: str, _detail: str) -> None:
    """Add a claim that bears on nothing yet."""
    text = words_field("What is claimed?", "new-claim-text")
    similar_claims(text, "new-claim")
    if pressed("Add", lacking="" if text.strip() else "Write the claim first."):
        finish("Claim added", state.knowledge_base().claim, "claim", text)


def reply(target: str, relation: str) -> None:
    """Reply to a claim, or undercut a link."""
    about(target)
    kind = _REPLY_KIND[relation]
    link = relation if relation != "evidence" else _evidence_side()
    text = words_field(_REPLY_TITLE[relation], f"reply-text-{relation}")
    source = _source(kind)
    similar_claims(text, "reply", link=(link, target))
    lacking = "" if text.strip() else "Write the reply first."
    if kind is NodeKind.EVIDENCE and not source.strip():
        lacking = lacking or "Evidence needs a source: an address, a publication, or a quote."
    if pressed("Add", lacking=lacking):
        look = NODE_LOOKS[kind]
        finish(
            f"Added: {look.word}",
            state.knowledge_base().reply,
            target,
            link,
            text,
            kind=kind.value,
            source=source.strip() or None,
        )


def _evidence_side() -> str:
    return str(
        st.segmented_control(
            "It", ["supports", "attacks"], default="supports", key="evidence-side", required=True
        )
    )


def _source(kind: NodeKind) -> str:
    hint = "Address, publication, or a quote of it"
    needed = kind is NodeKind.EVIDENCE
    return line_field(
        "Source or quote" + ("" if needed else " (optional)"), "reply-source", longest=2000, hint=hint
    )


def words_field(
    question: str, key: str, value: str = "", *, hint: str = "One claim, in a sentence that stands alone"
) -> str:
    """A field for a sentence or more; what is typed into it is kept by the server before it is saved."""
    _restore(key, value)
    text = str(st.text_area(question, max_chars=LONGEST, key=key, height=110, placeholder=hint) or "")
    unfinished.keep(asked(), key, text, was=value)
    return text


def line_field(question: str, key: str, *, longest: int = 300, hint: str = "") -> str:
    """As `words_field`, for one line."""
    _restore(key, "")
    text = str(st.text_input(question, max_chars=longest, key=key, placeholder=hint, live=True) or "")
    unfinished.keep(asked(), key, text)
    return text


def _restore(key: str, value: str) -> None:
    """Begin a field with what was typed into it before, or with a value."""
    begun = unfinished.words(asked(), key) or value
    if key not in st.session_state and begun:
        st.session_state[key] = begun


def about(item_id: str) -> None:
    """What a form is about."""
    markup.note(f"To: {in_words(item_id)}")


def in_words(item_id: str, *, deeper: int = 2) -> str:
    """A claim as it is worded; a link by its ends and what it says, also where it aims at a link.

    Args:
        deeper: how many links are followed; undercuts may aim at each other.
    """
    item = state.knowledge_base().map_item(item_id)
    if item is None:
        return "something that is gone"
    if isinstance(item, Node):
        return item.text
    if not deeper:
        return "another step"
    *ends, aim = (in_words(end, deeper=deeper - 1) for end in (*item.sources, item.target))
    return f"the step that “{' and '.join(ends)}” {LINK_LOOKS[item.kind].word} “{aim}”"


def reject(item_id: str, _detail: str) -> None:
    """Say that a claim or a link is wrong, and why."""
    about(item_id)
    reason = line_field("Why? (others see it in the history)", "reject-reason")
    if pressed("Reject"):
        finish("Rejected", state.knowledge_base().reject, [item_id], because=reason or None)


def comment(node_id: str, _detail: str) -> None:
    """Leave a note on a claim."""
    about(node_id)
    text = words_field("Note", "comment-text", hint="What others should know")
    if pressed("Save", lacking="" if text.strip() else "Write the note first."):
        finish("Noted", state.knowledge_base().comment, node_id, text.strip())


def turn(link_id: str, _detail: str) -> None:
    """Change what a link says."""
    link = state.knowledge_base().link(link_id)
    about(link_id)
    kinds = [
        kind.value for kind in LinkKind if (kind is LinkKind.UNDERCUTS) == (link.kind is LinkKind.UNDERCUTS)
    ]
    kind = st.segmented_control("It", kinds, default=link.kind.value, key="turn-kind", required=True)
    if pressed("Save", lacking="That is what it says now." if kind == link.kind.value else ""):
        finish("Link changed", state.knowledge_base().revise, link_id, changes={"kind": kind})
