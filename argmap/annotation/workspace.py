"""One annotator's view of a stretch of text: what was suggested, and what they did with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from argmap.annotation.alignment import Segment
from argmap.model import AgentKind, Document, Event, Link, Node
from argmap.model.events import Suggested
from argmap.model.replay import Item, State
from argmap.store import annotating
from argmap.store.log import undone
from argmap.store.sql_store import SqlStore

LONGEST = 8_000
_GROUP = 2_500


@dataclass(frozen=True)
class Workspace:
    """What an annotator sees.

    Args:
        nodes, links: as this person left them, by id.
        verdicts: what this person decided: id -> accepted.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    verdicts: Mapping[str, bool] = field(default_factory=dict)


def workspace(store: SqlStore, places: Iterable[Segment], *, name: str, blind: bool = False) -> Workspace:
    """What lies in these stretches for this person, with the links at it and what those links join.

    Args:
        blind: only what the person brought in or decided on, no suggestions.

    Cost: the events that name what is there.
    """
    with store.reading() as connection:
        here = [
            node
            for place in places
            for node in annotating.ids_between(connection, place.document, place.start, place.end)
        ]
        links = annotating.links_at(connection, here)
        ids = dict.fromkeys([*here, *links, *annotating.ends_of(connection, links)])
        events = annotating.events_about(connection, ids)
        gone = undone(connection)
    return seen([event for event in events if event.operation not in gone], ids, name=name, blind=blind)


def seen(
    standing: Iterable[Event], ids: Iterable[str] | None, *, name: str, blind: bool = False
) -> Workspace:
    """The view that standing events on these ids (all where None) amount to for one person. Pure, linear."""
    state = State(ids)
    for event in standing:
        if _is_visible(event, name):
            state.apply(event)
    shown = {item_id: item for item_id, item in state.items.items() if not blind or _is_own(item, name)}
    return Workspace(
        {i: item.value for i, item in shown.items() if isinstance(item.value, Node)},
        {i: item.value for i, item in shown.items() if isinstance(item.value, Link)},
        {i: item.verdicts[name] for i, item in shown.items() if name in item.verdicts},
    )


def _is_own(item: Item, name: str) -> bool:
    return name in item.verdicts


def _is_visible(event: Event, name: str) -> bool:
    """Whether an annotator sees it: suggestions, and what they did themselves."""
    own = event.by.name == name and event.by.kind is AgentKind.PERSON
    return own or isinstance(event.change, Suggested)


def passages_of(document: Document) -> list[Segment]:
    """The document in stretches to annotate in one go: turns together while they are short, long ones cut.

    A turn is cut between paragraphs, else between lines or words, at most `LONGEST` characters apart; turns
    that repeat another are left out.
    """
    turns = [turn for turn in document.turns if turn.repeat_of is None]
    stretches = sorted((turn.start, turn.end) for turn in turns) or [(0, len(document.text))]
    pieces = [piece for start, end in stretches for piece in _cut(document.text, start, end)]
    groups: list[tuple[int, int]] = []
    for start, end in pieces:
        if groups and end - groups[-1][0] <= _GROUP:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return [Segment(document.id, start, end) for start, end in groups]


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while end - start > LONGEST:
        borders = (text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ("\n\n", "\n", " "))
        border = next((found for found in borders if found > 0), start + LONGEST - 1) + 1
        yield start, border
        start = border
    yield start, end
