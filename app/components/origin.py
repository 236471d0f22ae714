"""Where a claim comes from: its quotes in their context, and what people decided about it."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import markup
from app.components.events import described, moment
from app.components.lists import show_quotes
from app.components.spans import source_text
from argmap.drawing import counted
from argmap.model import ArgumentMap, Document, Event, Mention, Node
from argmap.model.events import Merged, Revised

AROUND = 220  # characters of context on each side of a quote
MOST_QUOTES = 8
MOST_TEXTS = 3  # in the Text view
_TITLE = "Where this comes from"
WINDOW = 4000  # characters of a source around a quote in the Text view


def show(node: Node, near: ArgumentMap) -> None:
    """Every quote of a claim in its context, with speaker and source."""
    quoted = [(m, near.documents[m.document]) for m in node.mentions if m.document in near.documents]
    shown = {f"{m.document} {m.start}": (m, document) for m, document in quoted[:MOST_QUOTES]}
    if shown:
        chosen = show_quotes([_quote(place, *pair) for place, pair in shown.items()], _TITLE)
        if chosen:
            mention, document = shown[chosen[1]]
            state.open_source(document.id, at=mention.start)
    if len(quoted) > MOST_QUOTES:
        markup.note(f"and {counted(len(quoted) - MOST_QUOTES, 'more place')}")
    if not quoted:
        source = node.attributes.get("source")
        markup.titled(
            _TITLE,
            f"Written by {node.by or 'somebody'}, not quoted from a text here."
            + (f" Source: {source}" if source else ""),
        )
    elif node.cue:
        markup.note(f"Found by {node.by}: {node.cue} (p={node.confidence:.2f})")


def _quote(place: str, mention: Mention, document: Document) -> dict[str, str]:
    """A quote with the words around it, as they stand in its turn."""
    turn = document.turn_at(mention.start)
    first, last = (turn.start, max(turn.end, mention.end)) if turn else (0, len(document.text))
    start, end = max(first, mention.start - AROUND), min(last, mention.end + AROUND)
    before, after = document.text[start : mention.start], document.text[mention.end : end]
    return {
        "id": place,
        "before": ("…" if start > first else "") + before.lstrip(),
        "words": document.text[mention.start : mention.end],
        "after": after.rstrip() + ("…" if end < last else ""),
        "said": attribution(document, mention),
    }


def attribution(document: Document, mention: Mention) -> str:
    """Who said it, where and when."""
    turn = document.turn_at(mention.start)
    title = markup.source_name(document.title)
    when = (turn.date if turn else None) or document.date
    begin = clock(turn.begin) if turn and turn.begin is not None else None
    address = (turn.url if turn else None) or document.url
    place = f"characters {mention.start:,} to {mention.end:,}"
    parts = [mention.speaker or "speaker unknown", title, when, begin, address, place]
    return " · ".join(filter(None, parts))


def clock(seconds: float) -> str:
    """Minutes and seconds of a recording."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def texts(node: Node, near: ArgumentMap) -> None:
    """The sources with this claim's quotes and everything else that was found in them."""
    quoted = [(m, near.documents[m.document]) for m in node.mentions if m.document in near.documents]
    for place, (mention, document) in enumerate(quoted[:MOST_TEXTS]):
        markup.note(markup.source_name(document.title))
        start = max(0, mention.start - WINDOW // 2)
        chosen = source_text(
            document, start, min(len(document.text), start + WINDOW), key=f"text-{place}", focus=node.id
        )
        if chosen and chosen != node.id:
            state.open_claim(chosen)
    if len(quoted) > MOST_TEXTS:
        markup.note(f"and {counted(len(quoted) - MOST_TEXTS, 'more place')}, below")
    if not quoted:
        markup.note("This claim was written by hand; no text here has it.")


def history(item_id: str) -> None:
    """Who did what to it, when and why, with a way back to an earlier wording."""
    box = st.expander("History", icon=":material/history:", key=f"history-{item_id}", on_change="rerun")
    if box.open:
        with box:
            for event in reversed(state.knowledge_base().history(item_id)):
                _entry(item_id, event)


def _entry(item_id: str, event: Event) -> None:
    why = f" — {event.because}" if event.because else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        markup.note(f"{moment(event)} · {event.by} {described(event)}{why}")
        if state.is_read_only():
            return
        _restore(item_id, event)


def _restore(item_id: str, event: Event) -> None:
    kb = state.knowledge_base()
    change = event.change
    if (
        isinstance(change, Revised)
        and "text" in change.changes
        and st.button("Put this wording back", key=f"restore-{event.seq}", type="tertiary")
    ):
        state.write("Put back", kb.revise, item_id, changes={"text": change.changes["text"]})
        st.rerun()
    if isinstance(change, Merged) and change.kept == item_id:
        for absorbed in change.absorbed:
            if kb.node(absorbed).id != absorbed and st.button(
                "Take apart", key=f"unmerge-{event.seq}-{absorbed}", type="tertiary"
            ):
                state.write("Taken apart again", kb.unmerge, absorbed)
                st.rerun()
