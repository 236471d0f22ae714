"""From events to the map: pure, total and linear.

Each document, node and link is a fold over the events that name it, so a store can fold one item again
without reading the rest (`State.apply` is the only place where an event changes anything). Merges are kept
as a pointer from the absorbed node to the kept one and resolved when the map is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import Any

from argmap.errors import ModelError
from argmap.model.argument import (
    Agent,
    AgentKind,
    ArgumentMap,
    Link,
    LinkKind,
    Mention,
    Node,
    NodeKind,
    Status,
)
from argmap.model.document import Document
from argmap.model.events import (
    Accepted,
    Adjudicated,
    Commented,
    Described,
    DocumentAdded,
    Event,
    LinkAdded,
    Merged,
    NodeAdded,
    Rejected,
    Revised,
    Suggested,
    TurnsCorrected,
    Undone,
    Unmerged,
)


@dataclass(slots=True)
class Item:
    """A node or link as its own events left it, before merges are resolved.

    Args:
        value: the node or link; its ``status`` is not kept up to date here.
        verdicts: the standing decision of each person, True for accepted.
        ruling: the adjudicator's decision, which wins.
        merged_into: the node that absorbed this one.
    """

    value: Node | Link
    verdicts: dict[str, bool] = field(default_factory=dict)
    ruling: bool | None = None
    merged_into: str | None = None

    @property
    def status(self) -> Status:
        """What the standing decisions amount to."""
        if self.ruling is not None:
            return Status.ACCEPTED if self.ruling else Status.REJECTED
        verdicts = set(self.verdicts.values())
        if not verdicts:
            return Status.SUGGESTED
        if len(verdicts) == 2:
            return Status.DISPUTED
        return Status.ACCEPTED if True in verdicts else Status.REJECTED


def undone_operations(events: Iterable[Event]) -> set[str]:
    """Operations that do not stand. An undone ``Undone`` undoes nothing. Cost: linear."""
    return undone_by(
        [(event.operation, event.change.operation) for event in events if isinstance(event.change, Undone)]
    )


def undone_by(undoings: Sequence[tuple[str, str]]) -> set[str]:
    """Operations that do not stand, by (operation, what it undoes) of every ``Undone``, oldest first."""
    undone: set[str] = set()
    for operation, target in reversed(undoings):
        if operation not in undone:
            undone.add(target)
    return undone


class State:
    """Documents and items while events are applied one by one.

    Args:
        only: fold nothing but these ids; None for everything.
    """

    def __init__(self, only: Iterable[str] | None = None) -> None:
        self.documents: dict[str, Document] = {}
        self.items: dict[str, Item] = {}
        self.attributes: dict[str, Any] = {}
        self._only = None if only is None else frozenset(only)

    def wants(self, item_id: str) -> bool:
        """Whether this state folds that id."""
        return self._only is None or item_id in self._only

    def apply(self, event: Event) -> None:
        """Change what the event names; an event on something that is not there changes nothing."""
        self._apply(event.change, event)

    @singledispatchmethod
    def _apply(self, change: Any, event: Event) -> None:
        """Freezing, comments and undoing change no item by themselves."""

    @_apply.register
    def _(self, change: DocumentAdded, event: Event) -> None:
        if self.wants(change.document.id):
            self.documents.setdefault(change.document.id, change.document)

    @_apply.register
    def _(self, change: TurnsCorrected, event: Event) -> None:
        document = self.documents.get(change.document)
        if document is not None:
            with suppress(ModelError):  # turns that do not lie in this text correct nothing
                self.documents[change.document] = replace(document, turns=change.turns)

    @_apply.register
    def _(self, change: Suggested, event: Event) -> None:
        values: list[Node | Link] = [*change.nodes, *change.links]
        for value in values:
            self._add(value, brought_verdicts(value))

    @_apply.register
    def _(self, change: NodeAdded, event: Event) -> None:
        self._add(change.node)
        self._decide((change.node.id,), event.by, verdict=True)

    @_apply.register
    def _(self, change: LinkAdded, event: Event) -> None:
        self._add(change.link)
        self._decide((change.link.id,), event.by, verdict=True)

    @_apply.register
    def _(self, change: Accepted, event: Event) -> None:
        self._decide(change.ids, event.by, verdict=True)

    @_apply.register
    def _(self, change: Rejected, event: Event) -> None:
        self._decide(change.ids, event.by, verdict=False)

    @_apply.register
    def _(self, change: Adjudicated, event: Event) -> None:
        for item_id in change.ids:
            if item_id in self.items:
                self.items[item_id].ruling = change.accepted

    @_apply.register
    def _(self, change: Revised, event: Event) -> None:
        item = self.items.get(change.id)
        if item is not None:
            item.value = _revised(item.value, change.changes)
            self._decide((change.id,), event.by, verdict=True)

    @_apply.register
    def _(self, change: Merged, event: Event) -> None:
        for item_id in change.absorbed:
            if item_id in self.items and isinstance(self.items[item_id].value, Node):
                self.items[item_id].merged_into = change.kept

    @_apply.register
    def _(self, change: Unmerged, event: Event) -> None:
        if change.id in self.items:
            self.items[change.id].merged_into = None

    @_apply.register
    def _(self, change: Described, event: Event) -> None:
        self.attributes |= change.attributes

    @_apply.register
    def _(self, change: Commented, event: Event) -> None:
        """A comment is history: it changes no field."""

    def _add(self, value: Node | Link, verdicts: Mapping[str, bool] | None = None) -> None:
        """Make an item; one that is here already gets only the verdicts of those who gave none yet."""
        if self.wants(value.id):
            item = self.items.setdefault(value.id, Item(value))
            item.verdicts = {**(verdicts or {}), **item.verdicts}

    def _decide(self, ids: Iterable[str], by: Agent, *, verdict: bool) -> None:
        if by.kind is not AgentKind.PERSON:
            return
        for item_id in ids:
            if item_id in self.items:
                self.items[item_id].verdicts[by.name] = verdict


_REVISABLE: dict[type[Node | Link], dict[str, Any]] = {
    Node: {"kind": NodeKind, "text": str, "mentions": tuple, "attributes": Mapping},
    Link: {"kind": LinkKind, "sources": tuple, "target": str, "attributes": Mapping},
}


def _revised(value: Node | Link, changes: Mapping[str, Any]) -> Node | Link:
    """The value with those changes that fit a node or a link, whichever it is."""
    fitting = _REVISABLE[type(value)]
    return replace(value, **{k: new for k, new in changes.items() if isinstance(new, fitting.get(k, ()))})


def brought_verdicts(value: Node | Link) -> dict[str, bool]:
    """Decisions that an imported node or link had where it comes from; a miner's has none."""
    maker = value.by or "import"
    if value.status is Status.DISPUTED:
        return {maker: True, f"{maker} (against)": False}
    return {} if value.status is Status.SUGGESTED else {maker: value.status is Status.ACCEPTED}


def fold(events: Iterable[Event], only: Iterable[str] | None = None) -> State:
    """The state after the standing events, in their order. Cost: linear in the events."""
    log = list(events)
    undone = undone_operations(log)
    state = State(only)
    for event in log:
        if event.operation not in undone:
            state.apply(event)
    return state


def roots(items: Mapping[str, Item]) -> dict[str, str]:
    """Each absorbed node -> the node that stands for it now; a ring of merges stays unmerged. Linear."""
    root_of: dict[str, str] = {}
    for item_id in items:
        path, place = [], item_id
        on_path: set[str] = set()
        while place not in root_of and place not in on_path and (upper := _upper(place, items)) is not None:
            path.append(place)
            on_path.add(place)
            place = upper
        ringed = place in on_path or root_of.get(place) == place
        root = root_of.get(place, place)
        root_of.update((below, below if ringed else root) for below in path)
    return {item_id: root for item_id, root in root_of.items() if root != item_id}


def _upper(item_id: str, items: Mapping[str, Item]) -> str | None:
    """The node that absorbed this one, where both are there."""
    upper = items[item_id].merged_into
    above = items.get(upper) if upper is not None else None
    return upper if above is not None and isinstance(above.value, Node) else None


def resolved_map(state: State) -> ArgumentMap:
    """The map a state stands for: merges resolved, statuses computed, links with absent ends left out."""
    root_of = roots(state.items)
    nodes = _nodes(state.items, root_of)
    links = _links(state.items, root_of)
    return ArgumentMap.of(state.documents.values(), nodes.values(), anchored(links, nodes), state.attributes)


def _nodes(items: Mapping[str, Item], root_of: Mapping[str, str]) -> dict[str, Node]:
    mentions: dict[str, list[Mention]] = {}
    for item_id, item in items.items():
        if isinstance(item.value, Node):
            mentions.setdefault(root_of.get(item_id, item_id), []).extend(item.value.mentions)
    return {
        item_id: replace(
            item.value, status=item.status, mentions=tuple(sorted(set(mentions[item_id]), key=_place))
        )
        for item_id, item in items.items()
        if isinstance(item.value, Node) and item_id not in root_of
    }


def _place(mention: Mention) -> tuple[str, int, int, str]:
    return mention.document, mention.start, mention.end, mention.speaker or ""


def _links(items: Mapping[str, Item], root_of: Mapping[str, str]) -> dict[str, Link]:
    return {
        item_id: replace(
            item.value,
            status=item.status,
            sources=tuple(dict.fromkeys(root_of.get(end, end) for end in item.value.sources)),
            target=root_of.get(item.value.target, item.value.target),
        )
        for item_id, item in items.items()
        if isinstance(item.value, Link)
    }


def anchored(links: Mapping[str, Link], nodes: Mapping[str, Node]) -> list[Link]:
    """Links whose ends are all there; an undercut goes when the link it aims at goes. Cost: linear."""
    aimed_at: dict[str, list[str]] = {}
    for link in links.values():
        aimed_at.setdefault(link.target, []).append(link.id)
    held = dict(links)
    loose = [link.id for link in links.values() if _is_loose(link, nodes, links)]
    while loose:
        gone = loose.pop()
        if held.pop(gone, None) is not None:
            loose.extend(aimed_at.get(gone, ()))
    return list(held.values())


def _is_loose(link: Link, nodes: Mapping[str, Node], links: Mapping[str, Link]) -> bool:
    targets = links if link.kind is LinkKind.UNDERCUTS else nodes
    return (
        link.target not in targets
        or link.target in link.sources
        or any(source not in nodes for source in link.sources)
    )


def standing(argument_map: ArgumentMap) -> ArgumentMap:
    """The map without what was rejected, and without links that hung on it."""
    nodes = {n.id: n for n in argument_map.nodes.values() if n.status is not Status.REJECTED}
    links = {k.id: k for k in argument_map.links.values() if k.status is not Status.REJECTED}
    return replace(argument_map, nodes=nodes, links={link.id: link for link in anchored(links, nodes)})


def replay(events: Iterable[Event]) -> ArgumentMap:
    """The map that these events amount to. Pure, total and linear."""
    return resolved_map(fold(events))
