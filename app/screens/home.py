"""Home: what is claimed, what is contested, what waits for an answer, who says it; search first."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import state
from app.components import cards, frame, markup, people, saving, stance_chart, stances
from argmap.knowledge_base import KnowledgeBase
from argmap.model import Node
from argmap.store.reading import Stats

_LISTS = {
    "discussed": ("Most discussed", "Nothing answers anything yet."),
    "contested": ("Most contested", "No claim has both support and objections yet."),
    "sources": ("Said in most places", "No claim is tied to a source yet."),
    "newest": ("Newest", "Nothing here yet."),
}
SHOWN = 4
ISSUES: dict[str, Any] = {"order": "discussed", "kind": "question", "limit": SHOWN}
MOST_HITS = 20
MOST_LINES = 13  # of the plot: issues and answers


def show() -> None:
    """The screen."""
    found = state.stats()
    frame.heading("The debate")
    if not found.nodes and not found.documents:
        empty()
        return
    words = st.text_input(
        "Search all claims",
        type="search",
        live=True,
        **state.linked("q", ""),
        placeholder="Search all claims ( / )",
        label_visibility="collapsed",
        icon=":material/search:",
    )
    if words:
        results(words)
    else:
        overview(found)


def prepare() -> None:
    """Ask what this screen asks, so that the first visitor does not wait for the answers."""
    state.knowledge_base()
    facts(state.stats())
    for order in _LISTS:
        cards.standings([node.id for node in state.nodes(order=order, limit=SHOWN)])
    cards.standings([node.id for node in asked()])
    people.unanswered()
    if not stances.is_known():
        people.kinds_by_speaker()


def empty() -> None:
    """Three ways in, for those who may bring something."""
    if state.is_read_only():
        markup.note("Nothing is here yet.")
        return
    markup.note(
        "No sources yet. Bring in a text: a forum thread, comments, an essay, notes, a transcript, subtitles."
    )
    with st.container(horizontal=True):
        if st.button("Upload texts", icon=":material/upload_file:", type="primary", key="way-upload"):
            st.switch_page(state.SOURCES, query_params={"add": "upload"})
        if st.button("Paste a text", icon=":material/content_paste:", key="way-paste"):
            st.switch_page(state.SOURCES, query_params={"add": "paste"})
        if st.button("Write the first claim", icon=":material/edit:", key="way-claim"):
            st.switch_page(state.EXPLORE, query_params={"add": "claim"})
    markup.note("Or try the debate that comes with argmap: `argmap demo` in a terminal.")


def results(words: str) -> None:
    """Claims that have the words."""
    found = state.knowledge_base().search(words, limit=MOST_HITS)
    saving.menu("search", saving.part([hit.node.id for hit in found]), q=words)
    nothing = "No claim has all these words. Try fewer, or a beginning of one."
    cards.found_cards(found, "hit", most=MOST_HITS, empty=nothing)


def overview(found: Stats) -> None:
    """Counts and lists."""
    saving.menu("home", saving.later(on_screen))
    markup.show(markup.facts(facts(found)))
    left, right = st.columns(2, gap="medium")
    with left:
        issues()
        claims("discussed")
        claims("sources")
        claims("newest")
    with right:
        claims("contested")
        unanswered()
        who_says_it()


def on_screen(kb: KnowledgeBase) -> set[str]:
    """Ids of all claims in the lists."""
    lists = [kb.nodes(order=order, limit=SHOWN) for order in _LISTS]
    lists += [kb.nodes(**ISSUES), people.unanswered_in(kb)[:SHOWN]]
    return {node.id for nodes in lists for node in nodes}


def facts(found: Stats) -> list[tuple[str, str]]:
    """(name, number) of what there is; rejected claims are not counted, but their check is."""
    names = {"claim": "claims", "rebuttal": "rebuttals", "evidence": "evidence", "question": "questions"}
    total = sum(found.by_status.values())
    checked = total - found.by_status.get("suggested", 0)
    return [
        *((name, f"{state.count(kind=kind):,}") for kind, name in names.items()),
        ("links", f"{found.links:,}"),
        ("sources", f"{found.documents:,}"),
        ("speakers", f"{found.speakers:,}"),
        ("checked by people", f"{checked / max(1, total):.0%}"),
    ]


def asked() -> list[Node]:
    """The questions that most claims answer."""
    return state.nodes(**ISSUES)


def issues() -> None:
    """The issues under debate, and the way to all of them."""
    nothing = "No question is answered yet. Link what claims answer, and the issues stand here."
    if cards.cards(asked(), "issues", empty=nothing, title="Issues under debate", whole="All"):
        state.open_list(order="discussed", kind="question")


def unanswered() -> None:
    """Objections that nobody answered yet."""
    found = people.unanswered()[:SHOWN]
    nothing = "Every objection has an answer."
    if cards.cards(found, "unanswered", empty=nothing, title="Waiting for an answer", whole="All"):
        st.switch_page(state.PEOPLE)


def who_says_it() -> None:
    """Where speakers stand on the issues as a plot; what kinds of things they say where that is not known."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader("Who says it", anchor=False)
        if st.button("All people", key="all-people", type="tertiary"):
            st.switch_page(state.PEOPLE)
    if stances.is_known():
        stance_chart.show(MOST_LINES, key="who-says-it")
    elif people.kinds_by_speaker():
        people.speaker_chart()
    else:
        markup.note("No speakers are known yet.")


def claims(order: str) -> None:
    """The first claims in one order, and the way to all of them."""
    title, nothing = _LISTS[order]
    if cards.cards(state.nodes(order=order, limit=SHOWN), order, empty=nothing, title=title, whole="All"):
        state.open_list(order=order)


if __name__ == "__main__":
    show()
