"""From what somebody typed to the parts of an operation, or a clear error."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import Any

from argmap.errors import DecisionError, ModelError, UnknownName
from argmap.model import Document, Link, LinkKind, Mention, Node, NodeKind
from argmap.model.codec import decode_changes
from argmap.model.events import Change, Suggested

# So many nodes or links make one event: few enough that the history of one of them is read in no time.
BATCH = 100
LONGEST_WORDING = 10_000

REPLY_KINDS = {
    LinkKind.SUPPORTS: NodeKind.CLAIM,
    LinkKind.ATTACKS: NodeKind.REBUTTAL,
    LinkKind.UNDERCUTS: NodeKind.REBUTTAL,
    LinkKind.REPHRASES: NodeKind.CLAIM,
    LinkKind.QUESTIONS: NodeKind.QUESTION,
    LinkKind.ANSWERS: NodeKind.CLAIM,
}


@dataclass(frozen=True)
class Outcome:
    """What a writing verb did.

    Args:
        operation: id to look it up or undo it by; empty where nothing changed.
        ids: the documents, nodes and links it made or changed.
        version: log version after it.
    """

    operation: str
    ids: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class Stamp:
    """The options that every writing verb takes as keywords.

    Args:
        by: who decides; the knowledge base's own person where it is None.
        because: the reason.
        operation: id of the operation; the same one is stored once, so a repeated click changes nothing.
        expected: log version that the decision was based on; a stale one raises `argmap.errors.Conflict`.
    """

    by: str | None = None
    because: str | None = None
    operation: str | None = None
    expected: int | None = None


def kind_of(kinds: type[Any], name: str) -> Any:
    """The kind of this name.

    Raises:
        UnknownName: there is none.
    """
    try:
        return kinds(name)
    except ValueError as error:
        raise UnknownName("kind", name, [kind.value for kind in kinds]) from error


# Control characters, made visible as the readers do it: no format and no terminal can be hurt by them.
_VISIBLE = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}


def wording(text: str) -> str:
    """A node's wording without space at its ends, with ``\\n`` newlines and visible control characters.

    Raises:
        ModelError: it is empty or far too long.
    """
    words = text.strip().replace("\r\n", "\n").translate(_VISIBLE)
    if not words:
        raise ModelError("a node needs a wording")
    if len(words) > LONGEST_WORDING:
        raise ModelError(f"a wording has at most {LONGEST_WORDING:,} characters, this one has {len(words):,}")
    return words


def validate_mention(mention: Mention, document: Document) -> None:
    """Refuse a span that is outside its document or holds no words."""
    if not document.quote(mention.start, mention.end).strip():
        raise ModelError(f"span [{mention.start}, {mention.end}) holds no words")


def validate_ends(kind: LinkKind, sources: Collection[str], target: str, nodes: Container[str]) -> None:
    """Refuse a link that could not be drawn; ``nodes`` tells nodes from links.

    Raises:
        DecisionError: no source, a source that is a link or the target, or the wrong kind of target.
    """
    if not sources or target in sources:
        raise DecisionError("a link needs a source, and its target is not one of its sources")
    if not all(source in nodes for source in sources):
        raise DecisionError("a link starts from nodes, not from links")
    if (kind is LinkKind.UNDERCUTS) == (target in nodes):
        raise DecisionError("an undercut aims at a link, every other link at a node")


def revised_fields(item: Node | Link, changes: dict[str, Any]) -> dict[str, Any]:
    """The new values of a revision as the model has them.

    Raises:
        ModelError, UnknownName: the item has no such field, or the value does not fit it.
    """
    is_link = isinstance(item, Link)
    allowed = {"kind", "sources", "target"} if is_link else {"kind", "text", "mentions"}
    fields = decode_changes(changes)
    for name in fields.keys() - allowed - {"attributes"}:
        raise ModelError(f"{'links' if is_link else 'nodes'} have no '{name}' to revise")
    if "kind" in fields:
        fields["kind"] = kind_of(LinkKind if is_link else NodeKind, fields["kind"])
    if "text" in fields:
        fields["text"] = wording(fields["text"])
    return fields


def batches(values: Sequence[Node | Link]) -> list[Change]:
    """Suggestions in events of moderate size, nodes first."""
    nodes = [value for value in values if isinstance(value, Node)]
    links = [value for value in values if isinstance(value, Link)]
    return [
        *(Suggested(nodes=tuple(nodes[at : at + BATCH])) for at in range(0, len(nodes), BATCH)),
        *(Suggested(links=tuple(links[at : at + BATCH])) for at in range(0, len(links), BATCH)),
    ]
