"""The corpora that the miner learns from and is measured on, as plain records."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from argmap.errors import TrainingError
from argmap.mining.treebank import annotated, read_treebank


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


@dataclass(frozen=True, slots=True)
class DiscourseUnit:
    """An elementary discourse unit of GUM: its tokens, and what it is to another unit (eRST).

    Args:
        start, end: tokens of its document.
        relation: such as ``causal-cause``; ``ROOT`` for the centre.
        head: number of the other unit; 0 for none.
    """

    number: int
    start: int
    end: int
    relation: str
    head: int


@dataclass(frozen=True)
class DiscourseDocument:
    """A document of GUM with its trees and its discourse units."""

    doc: Doc
    units: tuple[DiscourseUnit, ...]


_UNIT = re.compile(r"Discourse=([^:|]+):(\d+)(?:->(\d+))?")


def discourse_documents(path: Path, vocab: Vocab) -> Iterator[DiscourseDocument]:
    """The documents of a GUM file.

    Raises:
        TrainingError: the file is missing or empty.
    """
    for document, rows in zip(read_treebank(path), _miscellany(path), strict=True):
        doc = annotated(vocab, document)
        marks = [(place, match) for place, row in enumerate(rows) if (match := _UNIT.search(row))]
        ends = [place for place, _ in marks[1:]] + [len(doc)]
        units = tuple(
            DiscourseUnit(int(match[2]), place, end, match[1].removesuffix("_m"), int(match[3] or 0))
            for (place, match), end in zip(marks, ends, strict=True)
        )
        yield DiscourseDocument(doc, units)


def _miscellany(path: Path) -> list[list[str]]:
    """The last column of each syntactic word, by document."""
    documents: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            documents.append([])
        columns = line.split("\t")
        if len(columns) == 10 and columns[0].isdigit():
            documents[-1].append(columns[9])
    return documents


@dataclass(frozen=True, slots=True)
class StatementPair:
    """Two statements and whether the first attacks or supports the second."""

    first: str
    second: str
    relation: str


def statement_pairs(path: Path) -> list[StatementPair]:
    """The pairs of the Nixon-Kennedy corpus; relations are attack, support and no_relation."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [StatementPair(row["argument1"], row["argument2"], row["relation"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a debate portal: whom it answers, and whether it disputes, supports or clarifies that."""

    number: int
    speaker: str
    stance: str
    parent: int
    text: str


_POST = re.compile(r"^#(\d+) (\S+)(?: (Disputed|Supported|Clarified) #(\d+))?[ \t]*$", re.MULTILINE)


def portal_threads(folder: Path) -> list[list[Post]]:
    """The threads of createdebate (unshared task, variant A), as posts in reading order."""
    return [_posts(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("**/Ac*.txt"))]


def _posts(text: str) -> list[Post]:
    marks = [*_POST.finditer(text)]
    ends = [following.start() for _, following in pairwise(marks)] + [len(text)]
    return [
        Post(int(mark[1]), mark[2], mark[3] or "", int(mark[4] or 0), text[mark.end() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
    ]
