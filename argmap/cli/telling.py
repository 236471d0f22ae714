"""Nodes, links, documents and events in words, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from argmap.errors import UnknownName
from argmap.model import Document, Event, Link, Node
from argmap.model.codec import encode_event, encoded
from argmap.model.events import DocumentAdded, Revised, Suggested, Undone

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase

_ASIDE = 60


def plain(text: str) -> str:
    """Text from outside as one harmless line: no control characters reach the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def harmless(text: str) -> str:
    """As `plain`, for text of several lines and columns."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text)


def node_line(node: Node) -> str:
    """A node in one line."""
    who = f"  — {', '.join(node.speakers)}" if node.speakers else ""
    return f"{node.id}  {node.kind:<8}  {node.status:<9}  {' '.join(node.text.split())}{who}"


def event_line(event: Event) -> str:
    """An event in one line."""
    because = f"  because {event.because}" if event.because else ""
    return f"{event.seq}  {event.at}  {event.by}  {_deed(event)}{because}"


def _deed(event: Event) -> str:
    change = event.change
    name = type(change).__name__
    if isinstance(change, DocumentAdded):
        return f"{name} {change.document.id} ({change.document.title})"
    if isinstance(change, Suggested):
        return f"{name} {len(change.nodes)} nodes, {len(change.links)} links"
    if isinstance(change, Undone):
        return f"{name} operation {change.operation[:8]}"
    if isinstance(change, Revised):
        return f"{name} {change.id}: {', '.join(sorted(change.changes))}"
    return f"{name} {' '.join(change.targets)}".rstrip()


def found(kb: KnowledgeBase, item_id: str) -> Node | Link | Document:
    """The node, link or document of this id.

    Raises:
        UnknownName: there is none.
    """
    for look in (kb.node, kb.link, kb.document):
        try:
            return look(item_id)
        except UnknownName:
            continue
    raise UnknownName("id", item_id)


def told_as_json(kb: KnowledgeBase, item_id: str) -> dict[str, Any]:
    """An item with what bears on it and its history, as JSON."""
    item = found(kb, item_id)
    value: dict[str, Any] = {"item": encoded(item)}
    if not isinstance(item, Document):
        value["links"] = [encoded(link) for link in kb.around(item_id).links.values()]
        value["history"] = [encode_event(event) for event in kb.history(item_id)]
    return value


def told(kb: KnowledgeBase, item_id: str) -> Iterator[str]:
    """An item with what bears on it, in lines for people."""
    item = found(kb, item_id)
    if isinstance(item, Document):
        yield from _told_document(kb, item)
    elif isinstance(item, Link):
        yield f"{item.id}  {item.kind}  {item.status}  {item.confidence:.2f}  {item.cue or ''}"
        yield from (f"  from {_wording(kb, source)}" for source in item.sources)
        yield f"  to   {_wording(kb, item.target)}"
        yield from _told_replies(kb, item_id)
    else:
        yield from _told_node(kb, item)
        yield from _told_replies(kb, item.id)


def _told_node(kb: KnowledgeBase, node: Node) -> Iterator[str]:
    yield f"{node.id}  {node.kind}  {node.status}  {node.confidence:.2f}  by {node.by}"
    yield f"  {node.text}"
    for mention in node.mentions:
        try:
            document = kb.document(mention.document)
        except UnknownName:
            yield f"  {mention.speaker or 'unknown'} in {mention.document}, which is not here"
            continue
        start, end = max(0, mention.start - _ASIDE), min(len(document.text), mention.end + _ASIDE)
        quote = document.text[mention.start : mention.end]
        context = f"…{document.text[start : mention.start]}[{quote}]{document.text[mention.end : end]}…"
        place = f"{document.title} [{mention.start}, {mention.end})"
        yield f"  {mention.speaker or 'unknown'} in {place}: {context}"
    if node.cue:
        yield f"  cue: {node.cue}"


def _told_replies(kb: KnowledgeBase, item_id: str) -> Iterator[str]:
    for link, node in kb.replies(item_id):
        yield f"  {link.kind} by {node.id}: {node.text}  ({link.id})"


def _told_document(kb: KnowledgeBase, document: Document) -> Iterator[str]:
    speakers = dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker)
    yield f"{document.id}  {document.genre}  {document.title}  {len(document.turns)} turns"
    yield f"  speakers: {', '.join(speakers) or 'unknown'}"
    for node_id, mention in kb.mentions_in(document.id):
        yield f"  {node_id}  [{mention.start}, {mention.end})  {document.text[mention.start : mention.end]}"


def _wording(kb: KnowledgeBase, item_id: str) -> str:
    try:
        item = found(kb, item_id)
    except UnknownName:
        return f"{item_id}, which is not here"
    return f"{item.id}: {item.text}" if isinstance(item, Node) else item_id
