"""Documents, arguments, events and their replay; nothing here but the standard library."""

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
    content_id,
    link_id,
    new_link,
    new_node,
    node_id,
)
from argmap.model.document import Document, Quote, Span, Turn, document_id
from argmap.model.events import Event
from argmap.model.replay import replay, standing

__all__ = [
    "Agent",
    "AgentKind",
    "ArgumentMap",
    "Document",
    "Event",
    "Link",
    "LinkKind",
    "Mention",
    "Node",
    "NodeKind",
    "Quote",
    "Span",
    "Status",
    "Turn",
    "content_id",
    "document_id",
    "link_id",
    "new_link",
    "new_node",
    "node_id",
    "replay",
    "standing",
]
