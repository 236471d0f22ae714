"""Small debates to annotate, and annotators to do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from argmap.model import (
    Agent,
    AgentKind,
    ArgumentMap,
    Document,
    Event,
    Mention,
    Node,
    Turn,
    document_id,
    new_link,
    new_node,
)
from argmap.model.events import Change

LONG = 20


def document(turns: int = 6, *, salt: str = "") -> Document:
    """A document of turns of 20 characters each; none where ``turns`` is 0."""
    text = (salt + "abcdefghi " * 2 * max(1, turns))[: LONG * max(1, turns)]
    stretches = [Turn(f"t{n + 1}", LONG * n, LONG * n + LONG) for n in range(turns)]
    return Document(document_id(text), salt or "debate", "thread", text, tuple(stretches))


def unit(of: Document, start: int, end: int, kind: str = "claim", **others: object) -> Node:
    """A node of one mention."""
    return new_node(kind, of.text[start:end], [Mention(of.id, start, end)], **others)


def marked(of: Document, spans: Iterable[tuple[int, int, str]], links: Iterable[tuple] = ()) -> ArgumentMap:
    """A map with these units, and links between them by their numbers: (kind, source, target)."""
    nodes = [unit(of, *span) for span in spans]
    made = [new_link(kind, [nodes[source].id], nodes[target].id) for kind, source, target in links]
    return ArgumentMap.of([of], nodes, made)


def log(*deeds: tuple[str, Change] | tuple[str, Change, str]) -> list[Event]:
    """A log of (who, change[, operation]); a name that begins with "miner" is a program."""
    numbers = count(1)
    return [_event(next(numbers), deed) for deed in deeds]


def _event(seq: int, deed: Sequence) -> Event:
    who, change, *operation = deed
    kind = AgentKind.MINER if who.startswith("miner") else AgentKind.PERSON
    return Event(seq, operation[0] if operation else f"o{seq}", Agent(who, kind), "2026-01-01", change)
