"""The forms that change what is there: edit, merge, connect, split."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import markup
from app.components.dialog import finish, pressed, theirs
from app.components.forms import line_field, words_field
from argmap.model import LinkKind, Mention, Node, NodeKind


def edit(node_id: str, _detail: str) -> None:
    """Change a claim's wording or kind."""
    node = state.knowledge_base().node(node_id)
    theirs(node)
    kinds = [kind.value for kind in NodeKind]
    text = words_field("Wording", f"edit-text-{node_id}", node.text)
    kind = st.segmented_control(
        "Kind", kinds, default=node.kind.value, key=f"edit-kind-{node_id}", required=True
    )
    reason = line_field("Why? (optional)", "edit-reason")
    changes = {
        name: new
        for name, new, old in (("text", text.strip(), node.text), ("kind", kind, node.kind.value))
        if new != old
    }
    lacking = "" if changes else "Nothing is changed yet."
    if pressed("Save", lacking=lacking if text.strip() else "A claim needs words."):
        finish("Changed", state.knowledge_base().revise, node_id, changes=changes, because=reason or None)


def merge(node_id: str, _detail: str) -> None:
    """Make one claim of two that say the same."""
    node = state.knowledge_base().node(node_id)
    markup.note(f"Stays: {node.text}")
    other = _pick(node, "merge", "Goes into it")
    if other and pressed("Merge"):
        finish("Merged; its sources came along", state.knowledge_base().merge, node_id, [other])


def _pick(node: Node, name: str, title: str) -> str | None:
    """Choose another claim, by words or from those alike."""
    kb = state.knowledge_base()
    words = st.text_input("Find the other claim", type="search", live=True, key=f"{name}-words")
    found = (
        [hit.node for hit in kb.search(words, limit=8)]
        if words
        else [n for n, _ in kb.find_similar(node.text, limit=6)]
    )
    options = {other.id: other.text for other in found if other.id != node.id}
    if not options:
        markup.note("No other claim has these words." if words else "Nothing alike was found; search for it.")
        return None
    chosen: str | None = st.radio(
        title,
        list(options),
        format_func=lambda i: markup.label(options[i], longest=140),
        index=None,
        key=f"{name}-other",
    )
    return chosen


def connect(node_id: str, _detail: str) -> None:
    """Link a claim to another that is there already."""
    node = state.knowledge_base().node(node_id)
    markup.note(f"This claim: {node.text}")
    kinds = [kind.value for kind in LinkKind if kind is not LinkKind.UNDERCUTS]
    kind = st.segmented_control("It", kinds, default="supports", key="connect-kind", required=True)
    other = _pick(node, "connect", "this one")
    if other and pressed("Link"):
        finish("Linked", state.knowledge_base().connect, str(kind), [node_id], other)


def split(node_id: str, _detail: str) -> None:
    """Make two claims of one, each with its half of the quote."""
    kb = state.knowledge_base()
    node = kb.node(node_id)
    if not node.mentions:
        markup.note(
            "This claim was written by hand and has no quote to cut."
            " Edit it, and add the other half as a new claim."
        )
        return
    mention = node.mentions[0]
    quote = kb.document(mention.document).quote(mention.start, mention.end)
    markup.note(quote)
    words = [place for place, letter in enumerate(quote) if letter.isspace() and 0 < place < len(quote) - 1]
    if not words:
        markup.note("One word cannot be split.")
        return
    cut = st.select_slider(
        "Cut after",
        words,
        value=words[len(words) // 2],
        format_func=lambda at: markup.label(quote[max(0, at - 18) : at] + " |", longest=40),
    )
    halves = (
        Mention(mention.document, mention.start, mention.start + cut, mention.speaker),
        Mention(mention.document, mention.start + cut + 1, mention.end, mention.speaker),
    )
    texts = [
        words_field(f"Part {at}", f"split-{at}-{cut}-{node_id}", part.strip())
        for at, part in enumerate((quote[:cut], quote[cut:]), 1)
    ]
    if pressed("Split", lacking="" if all(text.strip() for text in texts) else "Both parts need words."):
        finish("Split in two", kb.split, node_id, list(zip(texts, halves, strict=True)))
