"""What adjudication said about somebody's decisions, and what all annotators agree on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from argmap.annotation.own_maps import ruling_operations
from argmap.annotation.workspace import Workspace, seen
from argmap.model import ArgumentMap, Event, Link, Node
from argmap.model.events import Adjudicated
from argmap.model.replay import Item, fold, undone_operations


@dataclass(frozen=True, slots=True)
class Feedback:
    """One item that was settled otherwise than a person had it.

    Args:
        id: the node or link.
        yours, ruling: in words.
        because: the adjudicator's reason.
        at: when, as the log says.
    """

    id: str
    yours: str
    ruling: str
    because: str | None
    at: str


def feedback(events: Iterable[Event], name: str) -> list[Feedback]:
    """Where adjudication differs from what this person decided, in texts they worked on; newest first.

    What a person did not have at all counts where the same ruling rejects nothing of theirs.

    Cost: linear in the log.
    """
    log = list(events)
    undone = undone_operations(log)
    standing = [event for event in log if event.operation not in undone]
    ruled = ruling_operations(standing)
    own = seen((event for event in standing if event.operation not in ruled), None, name=name)
    items = fold(standing).items
    found = [
        one
        for event in reversed(standing)
        if isinstance(event.change, Adjudicated)
        for one in _differing(event, event.change, items, own)
    ]
    latest = {one.id: one for one in reversed(found)}
    told = _operations_by_item(standing)
    differing = {told[one.id] for one in latest.values() if one.yours != _ABSENT}
    return [
        one
        for one in sorted(latest.values(), key=lambda one: one.at, reverse=True)
        if one.yours != _ABSENT or told[one.id] not in differing
    ]


_ABSENT = "not in your map"


def _operations_by_item(standing: Iterable[Event]) -> dict[str, str]:
    """Each ruled item -> the last operation that ruled on it."""
    return {
        item_id: event.operation
        for event in standing
        if isinstance(event.change, Adjudicated)
        for item_id in event.change.ids
    }


def _differing(
    event: Event, change: Adjudicated, items: Mapping[str, Item], own: Workspace
) -> Iterator[Feedback]:
    for item_id in change.ids:
        item = items.get(item_id)
        if item is None or item.ruling is not change.accepted:
            continue
        yours = _yours(item, own)
        ruling = _stand(item.value, change.accepted)
        if yours is not None and yours != ruling:
            yield Feedback(item_id, yours, ruling, event.because, event.at)


def _yours(item: Item, own: Workspace) -> str | None:
    """What the person has of it; None where they have nothing to do with it."""
    value = own.nodes.get(item.value.id) or own.links.get(item.value.id)
    verdict = own.verdicts.get(item.value.id)
    if verdict is None or value is None:
        return _ABSENT if item.ruling and _worked_on(item.value, own) else None
    return _stand(value, verdict)


def _stand(value: Node | Link, accepted: bool) -> str:
    if not accepted:
        return "rejected"
    if isinstance(value, Link):
        return f"accepted as {value.kind.value}"
    places = ", ".join(f"[{mention.start}, {mention.end})" for mention in value.mentions)
    return f"accepted as {value.kind.value} {places}".rstrip()


def _worked_on(value: Node | Link, own: Workspace) -> bool:
    """Whether the person decided on something in the text that a node is from."""
    if isinstance(value, Link):
        return own.verdicts.keys() >= set(value.sources)
    decided = {m.document for i in own.verdicts if i in own.nodes for m in own.nodes[i].mentions}
    return any(mention.document in decided for mention in value.mentions)


def agreed(maps: Mapping[str, ArgumentMap], *, settled: Collection[str] = frozenset()) -> list[str]:
    """Nodes and links that everybody has who worked on their texts, two at least, and has alike.

    Args:
        maps: annotator -> own map.
        settled: leave these out.
    """
    ids = dict.fromkeys(i for held in maps.values() for i in (*held.nodes, *held.links))
    return [i for i in ids if i not in settled and _is_agreed(i, maps)]


def _is_agreed(item_id: str, maps: Mapping[str, ArgumentMap]) -> bool:
    versions = [held.nodes.get(item_id) or held.links.get(item_id) for held in maps.values()]
    having = [version for version in versions if version is not None]
    stands = {_stand(version, True) for version in having}
    documents = {d for held in maps.values() if _has(held, item_id) for d in _documents(held, item_id)}
    workers = [held for held in maps.values() if documents <= held.documents.keys()]
    return len(having) > 1 and len(stands) == 1 and len(having) == len(workers)


def _has(held: ArgumentMap, item_id: str) -> bool:
    return item_id in held.nodes or item_id in held.links


def _documents(held: ArgumentMap, item_id: str) -> set[str]:
    """The texts that a node, or what a link starts from, is in."""
    nodes = held.links[item_id].sources if item_id in held.links else (item_id,)
    return {m.document for n in nodes if n in held.nodes for m in held.nodes[n].mentions}
