"""Claims as cards that are one large button each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from app import state
from app.components import markup
from argmap.drawing import LINK_LOOKS, PASSIVE
from argmap.model import Link, LinkKind, Node, NodeKind, Status
from argmap.store.searching import Hit

_COUNTED = {
    LinkKind.SUPPORTS: ("+", "for"),
    LinkKind.ATTACKS: ("−", "against"),
    NodeKind.EVIDENCE: ("▤", "evidence"),
    LinkKind.QUESTIONS: ("?", "asked"),
    LinkKind.ANSWERS: ("→", "answered"),
    LinkKind.REPHRASES: ("≈", "reworded"),
}

Standing = Counter[str]


def standing(replies: Iterable[tuple[Link, Node]]) -> Standing:
    """What bears on a claim, counted by the kind of the link; evidence by itself, whatever its link.

    A link of several sources counts once.
    """
    links = {link.id: (link, node) for link, node in replies}.values()
    return Counter(
        NodeKind.EVIDENCE.value if node.kind is NodeKind.EVIDENCE else link.kind.value for link, node in links
    )


def foot(node: Node, counted: Standing) -> Markup:
    """The line below a claim: counts in words, who said it, how often."""
    parts = [
        Markup('<span class="am-count">{} {} {}</span>').format(glyph, counted[kind], word)
        for kind, (glyph, word) in _COUNTED.items()
        if counted[kind]
    ]
    if node.speakers:
        names = ", ".join(node.speakers[:3])
        more = f" and {len(node.speakers) - 3} more" if len(node.speakers) > 3 else ""
        parts.append(Markup("{}{}").format(names, more))
    if not node.mentions and node.by:
        parts.append(Markup("added by {}").format(node.by))
    sources = len({mention.document for mention in node.mentions})
    if sources > 1:
        parts.append(Markup("{} sources").format(sources))
    return Markup(" · ").join(parts)


def relation(link: Link, *, passive: bool = False) -> Markup:
    """How a card bears on the claim in focus, in a glyph and a word."""
    look = LINK_LOOKS[link.kind]
    word = PASSIVE[link.kind] if passive else look.word
    settled = "" if link.status is Status.ACCEPTED else f" ({link.status.value} link)"
    return Markup(
        '<span class="am-relation am-by-{}"><span class="am-glyph" aria-hidden="true">{}</span> {}{}</span> '
    ).format(link.kind.value, look.glyph, word, settled)


def card(
    node: Node,
    place: str,
    *,
    counted: Standing | None = None,
    body: Markup | None = None,
    link: Link | None = None,
) -> DeltaGenerator:
    """One claim; the whole card opens it. Gives its container, so that more can be put into it.

    Args:
        place: a word that tells this list from others on the screen.
        body: its words with hits marked.
        link: how it bears on the claim in focus.
    """
    found = standing(state.knowledge_base().replies(node.id)) if counted is None else counted
    parts = [part for part in (foot(node, found), doubts(link) if link else "") if part]
    how = relation(link) if link else ""
    place_of = st.container(key=f"card-{place}-{link.id if link else node.id}-{node.id}", gap=None)
    with place_of:
        markup.show(markup.claim(node, foot=Markup(" · ").join(parts), relation=how, body=body))
        if st.button(
            markup.label(f"Open: {node.text}"),
            key=f"open-{place}-{link.id if link else ''}-{node.id}",
            type="tertiary",
        ):
            state.open_claim(node.id)
    return place_of


def doubts(link: Link) -> Markup:
    """Why a link was suggested, and what undercuts it."""
    undercuts = len(state.knowledge_base().replies(link.id))
    parts = [f"× {undercuts} undercut{'s' * (undercuts != 1)}"] if undercuts else []
    if link.status is Status.SUGGESTED and link.cue:
        parts.append(f"link: {link.cue}, p={link.confidence:.2f}")
    return Markup(" · ").join(parts)


def cards(nodes: Sequence[Node], place: str, *, empty: str) -> None:
    """A list of claims, or a sentence where there is none."""
    for node in nodes:
        card(node, place)
    if not nodes:
        markup.note(empty)


def found_cards(found: Sequence[Hit], place: str, *, empty: str) -> None:
    """A list of search hits with the words marked."""
    for hit in found:
        card(hit.node, place, body=markup.hits(hit.snippet))
    if not found:
        markup.note(empty)
