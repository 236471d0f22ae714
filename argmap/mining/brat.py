"""Annotated threads in brat's format, as documents beside careful maps: to measure on, never to fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from argmap.model import (
    ArgumentMap,
    Document,
    Link,
    LinkKind,
    Mention,
    Node,
    NodeKind,
    Quote,
    Turn,
    document_id,
    new_link,
    new_node,
)

_QUOTED = re.compile(r"^(?:>|&gt;)[^\n]*", re.MULTILINE)
_KINDS = {"premise": NodeKind.EVIDENCE}


def threads(folder: Path) -> Iterator[tuple[Document, ArgumentMap]]:
    """Each thread under a folder with its annotation: ``.txt``, ``.ann`` and, for the posts, ``.metadata``.

    Each post answers the one before it, lines that begin with ``>`` quote it; offsets are the files' own.
    """
    for path in sorted(folder.glob("**/*.ann")):
        document = _document(path.with_suffix(".txt"), path.with_suffix(".metadata"))
        yield document, _map(document, path.read_text(encoding="utf-8").splitlines())


def _document(text_path: Path, posts_path: Path) -> Document:
    with text_path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    posts = posts_path.read_text(encoding="utf-8").splitlines() if posts_path.is_file() else []
    rows = [line.split() for line in posts if line.startswith("Content ")]
    turns = tuple(_turns(text, [row[1:] for row in rows if len(row) == 5]))
    return Document(document_id(text), text_path.stem, "thread", text, turns)


def _turns(text: str, posts: Sequence[Sequence[str]]) -> Iterator[Turn]:
    for place, (name, author, start, end) in enumerate(posts):
        first, last = 0 if place == 0 else int(start), min(int(end), len(text))
        before = posts[place - 1][0] if place else None
        quotes = (
            (Quote(m.start(), m.end(), before) for m in _QUOTED.finditer(text, first, last)) if before else ()
        )
        yield Turn(name, first, last, author, reply_to=before, quotes=tuple(quotes))


def _map(document: Document, lines: Sequence[str]) -> ArgumentMap:
    nodes: dict[str, Node] = {}
    for line in lines:
        columns = line.split("\t")
        if line.startswith("T") and len(columns) > 1:
            kind, start, *_, end = columns[1].replace(";", " ").split()
            turn = document.turn_at(int(start))
            mention = Mention(document.id, int(start), int(end), turn.speaker if turn else None)
            words = document.text[int(start) : int(end)]
            nodes[columns[0]] = new_node(_KINDS.get(kind, NodeKind.CLAIM), words, [mention])
    links = [_link(line.split("\t")[1].split(), nodes) for line in lines if line.startswith("R")]
    return ArgumentMap.of([document], nodes.values(), filter(None, links))


def _link(columns: Sequence[str], nodes: dict[str, Node]) -> Link | None:
    name, source, target = columns[0], columns[1].partition(":")[2], columns[2].partition(":")[2]
    if source not in nodes or target not in nodes:
        return None
    backs = name == "support" or (name.endswith("agreement") and not name.endswith("disagreement"))
    kind = LinkKind.SUPPORTS if backs else LinkKind.ATTACKS
    return new_link(kind, [nodes[source].id], nodes[target].id)
