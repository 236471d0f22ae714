"""The annotator: a segment of a text with suggestions, decided on by keys that are never lost.

The browser holds what a person does until the log has it (`annotate_queue.js`), shows it as done at once
(`annotate_view.js`), and counts offsets in code points. Python applies it once, in order, and says how far it
came (`argmap.annotation.operations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import state
from app.components.assets import asset
from app.components.spans import about, has_words
from argmap.annotation.alignment import Segment
from argmap.annotation.operations import Receipt, apply_operations, read_operations
from argmap.annotation.workspace import Workspace, workspace
from argmap.errors import ModelError
from argmap.model import Document, Node, Turn

KEY = "annotator"
_LONGEST_PARENT = 1_500

_mount = st.components.v2.component(
    "argmap.annotator",
    html=(
        '<div class="an" tabindex="0" role="application" aria-label="Annotate; ? shows the keys">'
        '<div class="an-tools" role="toolbar" aria-label="What to do"></div>'
        '<p class="an-line" role="status" aria-live="polite"></p>'
        '<p class="an-said" aria-live="polite"></p>'
        '<div class="an-main"><div class="an-text" tabindex="0" role="group" aria-label="The text"></div>'
        '<div class="an-side" role="group" aria-label="Links of the chosen span"></div></div></div>'
    ),
    css=asset("annotate.css"),
    js="".join(map(asset, ("annotate_queue.js", "annotate_view.js", "annotate_panels.js", "annotate.js"))),
    # Selections can be read everywhere only outside of a shadow tree.
    isolate_styles=False,
)


@dataclass(frozen=True)
class Place:
    """A segment of a queue.

    Args:
        number, of: which one of how many, from 1.
        blind: to be done without seeing suggestions.
    """

    segment: Segment
    number: int
    of: int
    blind: bool


@dataclass(frozen=True)
class Block:
    """A stretch of text as it is shown; ``grey`` for one that is there to be read only."""

    start: int
    end: int
    grey: bool = False
    speaker: str | None = None
    about: str = ""


def annotator(place: Place) -> str | None:
    """Show a segment; gives ``next`` or ``previous`` when the person is done with it."""
    kept = state.recall("receipt", Receipt())
    result = _mount(
        key=KEY,
        data=screen_data(place, kept),
        on_batch_change=receive,
        on_go_change=lambda: None,
    )
    # A server that starts again finds what the browser sent before it knows the component.
    batch = result.get("batch")
    if batch and batch != state.recall("batch"):
        take(batch)
        st.rerun()
    # It says it again to a server that starts again, from a segment that is left by then.
    go = state.heard(KEY, result.get("go"))
    return str(go["to"]) if go and go.get("from") == key_of(place) else None


def key_of(place: Place) -> str:
    """A name of a segment."""
    return f"{place.segment.document}@{place.segment.start}"


def receive() -> None:
    """Write what the browser sent."""
    batch = state.sent(KEY, "batch")
    if batch:
        take(batch)


def take(batch: dict[str, Any]) -> None:
    """Write a batch and keep the receipt for the browser; one that is not ours is refused as a whole."""
    state.remember("batch", batch)
    name = state.person()
    try:
        operations = read_operations(batch.get("operations"))
    except ModelError as error:
        state.remember("receipt", Receipt(problem=str(error)))
        return
    if batch.get("by") != name:
        state.remember("receipt", Receipt(problem=f"you sign as {name} now"))
        return
    state.remember("receipt", apply_operations(state.knowledge_base(), operations, by=name))


def screen_data(place: Place, receipt: Receipt) -> dict[str, Any]:
    """All that the browser gets to show."""
    kb, name, segment = state.knowledge_base(), state.person(), place.segment
    document = kb.document(segment.document)
    blocks = [*parents(document, segment), *segment_blocks(document, segment)]
    stretches = [Segment(document.id, block.start, block.end) for block in blocks]
    seen = workspace(kb.store, stretches, name=name, blind=place.blind)
    spans = list(shown_spans(seen, document.id, blocks))
    return {
        "by": name,
        "document": document.id,
        "blind": place.blind,
        "place": {"key": key_of(place), "number": place.number, "of": place.of},
        "blocks": [shown_block(document, block) for block in blocks],
        "spans": spans,
        "links": list(shown_links(seen, {span["id"] for span in spans})),
        "texts": {node.id: node.text for node in seen.nodes.values()},
        "acked": dict(receipt.acked),
        "made": dict(receipt.made),
        "refused": [why for _, why in receipt.refused],
        "problem": receipt.problem,
    }


def segment_blocks(document: Document, segment: Segment) -> Iterator[Block]:
    """The turns of a segment, and what stands between them."""
    at = segment.start
    for turn in document.turns:
        start, end = max(turn.start, segment.start), min(turn.end, segment.end)
        if start >= end or turn.repeat_of is not None:
            continue
        if has_words(document.text[at:start]):
            yield Block(at, start)
        yield _block(document, turn, start, end)
        at = end
    if has_words(document.text[at : segment.end]):
        yield Block(at, segment.end)


def parents(document: Document, segment: Segment) -> list[Block]:
    """The beginnings of what the turns of a segment answer, where that is not in it."""
    inside = [turn for turn in document.turns if turn.start < segment.end and turn.end > segment.start]
    known = {turn.id: turn for turn in document.turns}
    answered = dict.fromkeys(turn.reply_to for turn in inside if turn.reply_to in known)
    outside = [known[i] for i in answered if i is not None and known[i] not in inside]
    return [
        _block(document, turn, turn.start, min(turn.end, turn.start + _LONGEST_PARENT), grey=True)
        for turn in sorted(outside, key=lambda turn: turn.start)
    ]


def _block(document: Document, turn: Turn, start: int, end: int, *, grey: bool = False) -> Block:
    return Block(start, end, grey, turn.speaker or "speaker unknown", about(document, turn))


def shown_block(document: Document, block: Block) -> dict[str, Any]:
    """A block with its words."""
    return {
        "start": block.start,
        "text": document.text[block.start : block.end],
        "grey": block.grey,
        "speaker": block.speaker,
        "about": block.about,
    }


def shown_spans(seen: Workspace, document_id: str, blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Every mention that starts in a block, as the person left it."""
    places = list(blocks)
    for node in seen.nodes.values():
        for mention in node.mentions:
            is_here = any(block.start <= mention.start < block.end for block in places)
            if mention.document == document_id and is_here:
                yield _span(node, mention.start, mention.end, seen.verdicts.get(node.id))


def _span(node: Node, start: int, end: int, verdict: bool | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "start": start,
        "end": end,
        "kind": node.kind.value,
        "verdict": verdict,
        "p": node.confidence,
    }


def shown_links(seen: Workspace, here: set[str]) -> Iterator[dict[str, Any]]:
    """Links with an end among the spans, or that undercut such a link, and whose ends are all known."""
    ids = seen.nodes.keys() | seen.links.keys()
    near = {link.id for link in seen.links.values() if here & {*link.sources, link.target}}
    for link in seen.links.values():
        if {*link.sources, link.target} <= ids and (link.id in near or link.target in near):
            yield {
                "id": link.id,
                "kind": link.kind.value,
                "sources": list(link.sources),
                "target": link.target,
                "verdict": seen.verdicts.get(link.id),
                "p": link.confidence,
            }
