"""Careful maps to learn from and to be measured by: argmap JSON files, one map for each document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from argmap.errors import ModelError, TrainingError
from argmap.model import ArgumentMap, Document, standing
from argmap.model.codec import decode_document, decode_link, decode_node

Reviewed = tuple[Document, ArgumentMap]


def training_maps(*folders: Path) -> list[Reviewed]:
    """Every document of the argmap JSON files in folders and below, with what stands of its map, in order.

    Raises:
        TrainingError: there is no such file, or one is no argmap JSON.
    """
    paths = [path for folder in folders for path in sorted(folder.rglob("*.json"))]
    found = [pair for path in paths for pair in by_document(_read(path))]
    if not found:
        raise TrainingError(f"no maps (argmap JSON) in {', '.join(map(str, folders))}")
    return found


def _read(path: Path) -> ArgumentMap:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return standing(
            ArgumentMap.of(
                map(decode_document, value["documents"]),
                map(decode_node, value["nodes"]),
                map(decode_link, value["links"]),
            )
        )
    except (OSError, ValueError, KeyError, TypeError, ModelError) as error:
        raise TrainingError(f"{path.name} is no argmap JSON: {error}") from error


def by_document(found: ArgumentMap) -> Iterator[Reviewed]:
    """Each document with the nodes that have a mention in it, and the links that stay inside."""
    for document in found.documents.values():
        nodes = {
            node.id: node
            for node in found.nodes.values()
            if any(mention.document == document.id for mention in node.mentions)
        }
        links = {
            link.id: link
            for link in found.links.values()
            if nodes.keys() >= set(link.sources) and (link.target in nodes or link.target in found.links)
        }
        yield document, standing(ArgumentMap.of([document], nodes.values(), links.values()))
