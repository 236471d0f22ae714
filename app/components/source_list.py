"""All sources as cards."""

from __future__ import annotations

from urllib.parse import urlencode

from app import state
from app.components import markup, saving
from app.components.lists import Card, show_cards
from app.components.paging import page_number, pager
from argmap.drawing import counted
from argmap.store.reading import DocumentRow

PAGE = 20


def source_list() -> None:
    """The sources, in the order they came, some on each page."""
    rows = state.documents()
    pages = max(1, -(-len(rows) // PAGE))
    number = page_number("page", pages)
    shown = [described(row) for row in rows[(number - 1) * PAGE : number * PAGE]]
    saving.menu("sources", saving.texts([card["id"] for card in shown]), page=str(number))
    nothing = "No sources yet." + ("" if state.is_read_only() else " Upload or paste one above.")
    chosen = show_cards(shown, "sources", empty=nothing, two=True)
    if chosen:
        state.open_source(chosen[1])
    pager("page", pages)


def described(row: DocumentRow) -> Card:
    """A source as a card."""
    names = ", ".join(row.speakers[:4]) + (
        f" and {len(row.speakers) - 4} more" if len(row.speakers) > 4 else ""
    )
    counts = [counted(row.turns, "turn"), f"{row.nodes:,} claims, evidence and questions"]
    return {
        "id": row.id,
        "href": "sources?" + urlencode({"doc": row.id}),
        "kind": "source",
        "status": "accepted",
        "head": [("am-kind", "", row.genre)],
        "text": [(markup.source_name(row.title), False)],
        "foot": [part for part in (*counts, names, row.date or "") if part],
    }
