"""A stretch of a source with what was found in it: turn by turn, every find a button.

Python cuts the text, so the browser never counts characters; the browser puts every piece
in by ``textContent``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import streamlit as st

from app import state
from app.components.assets import asset
from argmap.drawing import NODE_LOOKS
from argmap.model import Document, Mention, Node, Status, Turn
from argmap.store import reading

_mount = st.components.v2.component(
    "argmap.text",
    html='<div class="text" tabindex="0" role="region" aria-label="Text of the source"></div>',
    css=asset("text.css"),
    js=asset("text.js"),
)

Found = tuple[Mention, Node]
Piece = dict[str, Any]


def source_text(
    document: Document, start: int, end: int, *, key: str, focus: str | None = None
) -> str | None:
    """Show [start, end) of a document; gives the id of the node that was chosen in it since the last run."""
    kb = state.knowledge_base()
    mentions = kb.mentions_in(document.id, start, end)
    with kb.store.reading() as connection:
        nodes = reading.nodes_by_id(connection, [node_id for node_id, _ in mentions])
    nodes = {i: node for i, node in nodes.items() if node.status is not Status.REJECTED or i == focus}
    found = [(mention, nodes[node_id]) for node_id, mention in mentions if node_id in nodes]
    data = {"turns": tuple(stretches(document, start, end, found)), "focus": focus}
    chosen = state.heard(key, _mount(key=key, data=data, on_chosen_change=lambda: None).get("chosen"))
    return str(chosen["id"]) if chosen and chosen["id"] in nodes else None


def stretches(document: Document, start: int, end: int, found: Iterable[Found]) -> Iterator[dict[str, Any]]:
    """The turns (and what stands between them) in [start, end), cut into pieces. Cost: O(turns + n log n)."""
    finds = sorted(found, key=lambda pair: (pair[0].start, -pair[0].end))
    depths = reply_depths(document)
    at = start
    for turn in document.turns:
        if turn.end <= start or turn.start >= end:
            continue
        if has_words(document.text[at : turn.start]):
            yield {
                "speaker": None,
                "about": "",
                "depth": 0,
                "pieces": pieces(document.text, at, turn.start, finds),
            }
        at = min(turn.end, end)
        cut = pieces(document.text, max(turn.start, start), at, finds)
        yield {
            "speaker": turn.speaker or "speaker unknown",
            "about": about(document, turn),
            "depth": depths[turn.id],
            "pieces": cut,
        }
    if has_words(document.text[at:end]):
        yield {"speaker": None, "about": "", "depth": 0, "pieces": pieces(document.text, at, end, finds)}


def has_words(text: str) -> bool:
    """Whether a gap between turns is more than quotation marks and space."""
    return any(letter.isalnum() for letter in text)


def reply_depths(document: Document) -> dict[str, int]:
    """How deep each turn stands in its thread; 0 where it answers none before it."""
    depths: dict[str, int] = {}
    for turn in document.turns:
        depths[turn.id] = depths[turn.reply_to] + 1 if turn.reply_to in depths else 0
    return depths


def about(document: Document, turn: Turn) -> str:
    """What to know of a turn besides its words."""
    answered = next((other for other in document.turns if other.id == turn.reply_to), None)
    reply = (f"answers {answered.speaker}" if answered.speaker else "a reply") if answered else ""
    repeat = "repeats an earlier turn" if turn.repeat_of else ""
    return " · ".join(filter(None, [reply, turn.date or "", repeat]))


def pieces(text: str, start: int, end: int, finds: Iterable[Found]) -> list[Piece]:
    """[start, end) cut at every border of a find; where finds overlap, the shortest counts."""
    inside = [pair for pair in finds if pair[0].start < end and pair[0].end > start]
    borders = {start, end} | {min(max(b, start), end) for m, _ in inside for b in (m.start, m.end)}
    cuts = sorted(borders)
    return [_piece(text, a, b, inside) for a, b in itertools.pairwise(cuts) if a < b]


def _piece(text: str, start: int, end: int, inside: list[Found]) -> Piece:
    over = [pair for pair in inside if pair[0].start <= start and pair[0].end >= end]
    if not over:
        return {"text": text[start:end]}
    mention, node = min(over, key=lambda pair: pair[0].end - pair[0].start)
    look = NODE_LOOKS[node.kind]
    return {
        "text": text[start:end],
        "id": node.id,
        "kind": node.kind.value,
        "word": look.word,
        "glyph": look.glyph,
        "status": node.status.value,
        "starts": mention.start == start,
    }
