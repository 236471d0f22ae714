"""The corpus of comments that the miner learns from and is measured on, as plain records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from argmap.errors import TrainingError


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of CDCP: its propositions one after the other, their types, and who supports whom.

    Args:
        text: the whole comment.
        offsets: characters of each proposition.
        types: policy, value, fact, testimony or reference.
        links: place of the reason, place of what it supports.
    """

    name: str
    text: str
    offsets: tuple[tuple[int, int], ...]
    types: tuple[str, ...]
    links: frozenset[tuple[int, int]]


def comments(folder: Path) -> list[Comment]:
    """The comments of CDCP, in the order of their names.

    Raises:
        TrainingError: there is none.
    """
    found = [_comment(path) for path in sorted(folder.glob("*.ann.json"))]
    if not found:
        raise TrainingError(f"no CDCP comment in {folder}: expected ID.ann.json and ID.txt")
    return found


def _comment(path: Path) -> Comment:
    values = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_name(path.name.replace(".ann.json", ".txt")).read_text(encoding="utf-8")
    links = {
        (source, target)
        for (first, last), target in (*values["reasons"], *values["evidences"])
        for source in range(first, last + 1)
        if source != target
    }
    offsets = tuple((start, end) for start, end in values["prop_offsets"])
    return Comment(path.name.partition(".")[0], text, offsets, tuple(values["prop_labels"]), frozenset(links))
