"""What a writing did not carry, found by reading it again: declared losses are exact because they are
measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from argmap.formats.contract import Loss
from argmap.model import ArgumentMap, Link, Node


def losses_between(
    original: ArgumentMap, again: ArgumentMap, same: Mapping[str, str], why: str
) -> tuple[Loss, ...]:
    """Every document, node, link and field that differs.

    Args:
        original: what was written.
        again: what was read from that.
        same: id in the original -> id in what was read, where they differ.
        why: the reason to give.
    """
    return tuple(Loss(item, what, why) for item, what in sorted(set(_differences(original, again, same))))


def _differences(
    original: ArgumentMap, again: ArgumentMap, same: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for document in original.documents.values():
        if again.documents.get(document.id) != document:
            yield document.id, "document"
    if again.attributes != original.attributes:
        yield "", "attributes"
    for node in original.nodes.values():
        other = again.nodes.get(same.get(node.id, node.id))
        yield from [(node.id, "node")] if other is None else _fields(node, other)
    by_ends = {(k.kind, k.sources, k.target): k for k in again.links.values()}
    for link in original.links.values():
        ends = tuple(same.get(end, end) for end in link.sources), same.get(link.target, link.target)
        moved = replace(link, sources=ends[0], target=ends[1])
        found = again.links.get(same.get(link.id, link.id)) or by_ends.get((link.kind, *ends))
        yield from [(link.id, "link")] if found is None else _fields(moved, found)


def _fields(one: Node | Link, other: Node | Link) -> Iterator[tuple[str, str]]:
    for spec in fields(one):
        if getattr(one, spec.name) != getattr(other, spec.name):
            yield one.id, spec.name


def for_viewing(what: str) -> tuple[Loss, ...]:
    """The loss of formats that are looked at and not read back."""
    return (Loss("", "map", f"{what} is for looking at; export json to keep the data"),)
