"""Claims that may say the same as what is being typed."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from app import state
from app.components import cards, dialog, markup
from argmap.model import Node

LEAST_LETTERS = 12
LEAST_ALIKE = 0.25
LEAST_MEANT = 0.5
MOST = 12


def similar_claims(text: str, place: str, *, link: tuple[str, str] | None = None) -> None:
    """Claims that are there already, each with a way to use it.

    Args:
        text: what was typed so far.
        link: (kind, target) to link an existing claim to, in place of adding a new one.
    """
    for node in alike(text):
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.note(f"Already here: {markup.shortened(node.text, longest=160)}")
            if st.button("Link this instead" if link else "Open it", key=f"similar-{place}-{node.id}"):
                _use(node, link)


def alike(text: str) -> list[Node]:
    """At most three claims that are close to a text of some length."""
    if len(text.strip()) < LEAST_LETTERS:
        return []
    kb = state.knowledge_base()
    least = LEAST_ALIKE if kb.meanings is None else LEAST_MEANT
    return [node for node, score in kb.find_similar(text, limit=3) if score >= least]


def close_in_meaning(words: str, shown: Collection[str]) -> None:
    """Claims that mean about the same as a question in other words, where a model knows meanings."""
    kb = state.knowledge_base()
    if kb.meanings is None:
        return
    found = state.remembered(f"meaning {words}", lambda: kb.find_similar(words, limit=MOST, by_meaning=True))
    near = [node for node, score in found if score >= LEAST_MEANT and node.id not in shown]
    if near:
        markup.note("Close in meaning, in other words")
        cards.cards(near, "meant", empty="", two=True)


def _use(node: Node, link: tuple[str, str] | None) -> None:
    if link is None:
        dialog.close()
        state.open_claim(node.id)
    kind, target = link
    dialog.close()
    state.write(
        "Linked a claim that was here already", state.knowledge_base().connect, kind, [node.id], target
    )
    st.rerun()
