"""What each annotator says, whatever the others say: their own maps, and what has been decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from argmap.model import AgentKind, ArgumentMap, Document, Event, Node
from argmap.model.events import Adjudicated, DocumentAdded, LinkAdded, NodeAdded, Suggested, TurnsCorrected
from argmap.model.replay import Item, State, fold, resolved_map, undone_operations

_CREATIONS = (DocumentAdded, TurnsCorrected, Suggested, NodeAdded, LinkAdded)


def own_maps(events: Iterable[Event]) -> dict[str, ArgumentMap]:
    """The map of everybody who accepted or added something, by name: their standing decisions alone.

    Anything that anybody brought in can be decided on; of what was done to it, only what this person did
    counts. So a map holds what they accepted, added or revised, as they left it, with their own merges, and
    the documents they decided something in. Adjudication does not count.

    Cost: linear in the log for each annotator.
    """
    log = list(events)
    left_out = undone_operations(log) | ruling_operations(log)
    standing = [event for event in log if event.operation not in left_out]
    items = _folded(standing).items.values()
    names = {name for item in items for name, accepted in item.verdicts.items() if accepted}
    return {name: _own_map(standing, name) for name in sorted(names)}


def ruling_operations(events: Iterable[Event]) -> set[str]:
    """Operations that settled something; what else they changed was no annotator's decision."""
    return {event.operation for event in events if isinstance(event.change, Adjudicated)}


def decided(events: Iterable[Event], name: str) -> set[str]:
    """Ids of nodes and links that this person accepted, rejected, revised or added."""
    return {item_id for item_id, item in fold(events).items.items() if name in item.verdicts}


def settled(events: Iterable[Event]) -> set[str]:
    """Ids of nodes and links that an adjudicator ruled on."""
    return {item_id for item_id, item in fold(events).items.items() if item.ruling is not None}


def _folded(standing: Iterable[Event]) -> State:
    state = State()
    for event in standing:
        state.apply(event)
    return state


def _own_map(standing: Sequence[Event], name: str) -> ArgumentMap:
    state = _folded(event for event in standing if _counts(event, name))
    own = State()
    own.documents = _worked_on(state, name)
    own.items = {
        item_id: Item(item.value, {name: True}, merged_into=item.merged_into)
        for item_id, item in state.items.items()
        if item.verdicts.get(name, item.merged_into is not None)
    }
    return resolved_map(own)


def _counts(event: Event, name: str) -> bool:
    own = event.by.name == name and event.by.kind is AgentKind.PERSON
    return own or isinstance(event.change, _CREATIONS)


def _worked_on(state: State, name: str) -> dict[str, Document]:
    """Documents of the nodes this person decided on; a node is where its first mention is."""
    decided_on = [item.value for item in state.items.values() if name in item.verdicts]
    places = {
        mention.document for node in decided_on if isinstance(node, Node) for mention in node.mentions[:1]
    }
    return {document: state.documents[document] for document in sorted(places & state.documents.keys())}
