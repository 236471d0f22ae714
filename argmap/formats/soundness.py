"""What must hold of any map that comes from a file."""

from __future__ import annotations

from argmap.errors import FormatError
from argmap.model import ArgumentMap, Link, LinkKind, Node
from argmap.model.replay import anchored


def checked(argument_map: ArgumentMap) -> ArgumentMap:
    """The same map, when links have their ends, spans are in their documents and confidences from 0 to 1.

    Raises:
        FormatError: naming the first item that is off.
    """
    if twice := argument_map.nodes.keys() & argument_map.links.keys():
        raise FormatError(f"the id '{min(twice):.60}' is that of a node and of a link")
    for node in argument_map.nodes.values():
        _check_spans(argument_map, node)
        _check_confidence(node)
    for link in argument_map.links.values():
        _check_ends(argument_map, link)
        _check_confidence(link)
    return argument_map


def _check_confidence(item: Node | Link) -> None:
    if not 0 <= item.confidence <= 1:
        raise FormatError(f"{item.id} has a confidence of {item.confidence:g}; it goes from 0 to 1")


def _check_spans(argument_map: ArgumentMap, node: Node) -> None:
    for mention in node.mentions:
        document = argument_map.documents.get(mention.document)
        length = len(document.text) if document is not None else mention.end
        if not 0 <= mention.start <= mention.end <= length:
            raise FormatError(f"node {node.id} has a span outside document {mention.document}")


def _check_ends(argument_map: ArgumentMap, link: Link) -> None:
    if not link.sources:
        raise FormatError(f"link {link.id} has no source")
    for end in link.sources:
        if end not in argument_map.nodes:
            raise FormatError(f"link {link.id} starts from '{end:.60}', which is no node")
    if link.target not in argument_map.nodes and link.target not in argument_map.links:
        raise FormatError(f"link {link.id} leads to '{link.target:.60}', which is neither node nor link")


def left_out(argument_map: ArgumentMap) -> dict[str, str]:
    """Link -> why no knowledge base holds it, though a file may."""
    kept = {link.id for link in anchored(argument_map.links, argument_map.nodes)}
    return {link.id: _why(link, argument_map) for link in argument_map.links.values() if link.id not in kept}


def _why(link: Link, argument_map: ArgumentMap) -> str:
    if link.target in link.sources:
        return "it starts from what it leads to"
    if (link.kind is LinkKind.UNDERCUTS) == (link.target in argument_map.nodes):
        return "an undercut aims at a link, every other link at a node"
    return "what it aims at is left out"
