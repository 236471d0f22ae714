"""Texts of a debate in, a browsable and correctable argument map out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.model import (
    ArgumentMap,
    Document,
    Link,
    LinkKind,
    Mention,
    Node,
    NodeKind,
    Span,
    Status,
    Turn,
    replay,
)

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase

__version__ = "0.1.0"

__all__ = [
    "ArgumentMap",
    "Document",
    "KnowledgeBase",
    "Link",
    "LinkKind",
    "Mention",
    "Node",
    "NodeKind",
    "Span",
    "Status",
    "Turn",
    "replay",
]


def __getattr__(name: str) -> Any:
    """Load the knowledge base when it is first asked for: it brings SQLAlchemy along."""
    if name == "KnowledgeBase":
        from argmap.knowledge_base import KnowledgeBase

        return KnowledgeBase
    raise AttributeError(f"module 'argmap' has no attribute '{name}'")
