"""One source: its text turn by turn with everything that was found in it, and what one find is."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import cards, dialog, frame, markup, saving, turns
from app.components.spans import source_text
from argmap.drawing import counted
from argmap.errors import UnknownName
from argmap.model import Document, Status
from argmap.store import reading

WINDOW = 8000  # characters on one page: more is slow to read and to draw


def show(document_id: str) -> None:
    """The page of this document.

    Raises:
        UnknownName: there is none.
    """
    document = state.knowledge_base().document(document_id)
    frame.heading(markup.source_name(document.title))
    if st.button("All sources", key="up", type="tertiary", icon=":material/arrow_back:"):
        state.open_sources()
    speakers = len({turn.speaker for turn in document.turns if turn.speaker})
    facts = [
        document.genre,
        counted(len(document.turns), "turn"),
        counted(speakers, "named speaker"),
        f"{covered(document):.0%} of the text is in the map",
        document.date or "",
        document.url or "",
    ]
    markup.note(" · ".join(filter(None, facts)))
    start, end = _window(document)
    finds = saving.later(lambda kb: {node_id for node_id, _ in kb.mentions_in(document.id, start, end)})
    saving.menu(document.id, finds, doc=document.id, at=str(start))
    main, side = st.columns([2, 1], gap="large")
    with main:
        chosen = source_text(
            document, start, end, key=f"source-{document.id}-{start}", focus=state.asked("find")
        )
        if chosen:
            state.set_asked("find", chosen)
            st.rerun()
    with side:
        _chosen()
        if not state.is_read_only():
            turns.correct(document, start, end)


def _window(document: Document) -> tuple[int, int]:
    """The part of the text on this page: the one the address asks for, cut at a turn where there is one."""
    starts = pages(document)
    offset = state.asked_number("at", most=len(document.text), least=0)
    number = sum(start <= offset for start in starts)
    if len(starts) > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Earlier", key="earlier", disabled=number <= 1, icon=":material/chevron_left:"):
                state.open_source(document.id, at=starts[number - 2])
            markup.note(f"part {number} of {len(starts)}")
            if st.button(
                "Later",
                key="later",
                disabled=number >= len(starts),
                icon=":material/chevron_right:",
                icon_position="right",
            ):
                state.open_source(document.id, at=starts[number])
    ends = [*starts[1:], len(document.text)]
    return starts[max(0, number - 1)], ends[max(0, number - 1)]


def pages(document: Document) -> list[int]:
    """Where each page begins: at turns, and at most `WINDOW` characters apart."""
    starts = [0]
    for turn in document.turns:
        if turn.end - starts[-1] > WINDOW and turn.start > starts[-1]:
            starts.append(turn.start)
        while turn.end - starts[-1] > 2 * WINDOW:
            starts.append(starts[-1] + WINDOW)
    while len(document.text) - starts[-1] > 2 * WINDOW:
        starts.append(starts[-1] + WINDOW)
    return starts


def covered(document: Document) -> float:
    """The share of a text's characters that some find covers."""
    kb = state.knowledge_base()

    def share() -> float:
        at = total = 0
        mentions = kb.mentions_in(document.id)
        with kb.store.reading() as connection:
            nodes = reading.nodes_by_id(connection, [node_id for node_id, _ in mentions])
        rejected = {node_id for node_id, node in nodes.items() if node.status is Status.REJECTED}
        for _, mention in (pair for pair in mentions if pair[0] not in rejected):
            total += max(0, mention.end - max(at, mention.start))
            at = max(at, mention.end)
        return total / max(1, len(document.text))

    found: float = state.remembered(f"covered {document.id}", share)
    return found


def _chosen() -> None:
    """The find that was clicked."""
    node_id = state.asked("find")
    if node_id is None:
        markup.note(
            "Click what is underlined to see what it is: a solid line is settled, a dotted one suggested."
        )
        return
    try:
        node = state.knowledge_base().node(node_id)
    except UnknownName:
        markup.note("The claim that the address names is not here. It may have been taken back.")
        return
    cards.cards([node], "find")
    if node.cue:
        markup.note(f"Found by {node.by}: {node.cue} (p={node.confidence:.2f})")
    kb = state.knowledge_base()
    if not state.is_read_only():
        with st.container(horizontal=True):
            is_settled = node.status is Status.ACCEPTED
            if not is_settled and st.button("Agree", key="agree", icon=":material/check:"):
                state.write("Accepted", kb.accept, [node.id])
                st.rerun()
            if st.button("Reject", key="reject", icon=":material/close:"):
                dialog.ask("reject", node.id)
