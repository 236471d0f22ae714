"""CSV: a zip of ``nodes.csv``, ``links.csv`` and ``documents.csv``. Cells cannot run as formulas, and
come back exactly.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from argmap.errors import FormatError, ModelError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.soundness import checked
from argmap.formats.zip_guard import packed, unpacked
from argmap.model import ArgumentMap
from argmap.model.codec import canonical, decode_document, decode_link, decode_node, encoded

T = TypeVar("T")
NODES = ("id", "kind", "text", "status", "confidence", "by", "cue", "mentions", "attributes")
LINKS = ("id", "kind", "sources", "target", "status", "confidence", "by", "cue", "attributes")
DOCUMENTS = ("id", "title", "genre", "text", "turns", "url", "date", "original", "attributes")
_JSON = frozenset(("mentions", "attributes", "turns", "sources", "confidence"))
EMPTY = '""'  # what an empty text is written as, since an empty cell is none
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'", EMPTY)
MAX_CELL = 16 * 1024 * 1024


def neutral(cell: str) -> str:
    """A cell that a spreadsheet takes as text."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def restored(cell: str) -> str:
    """The cell that `neutral` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _JSON:
        return neutral(canonical(value))
    return neutral(value) if value != "" else EMPTY


def _table(columns: tuple[str, ...], items: Iterable[Any]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for item in items:
        value = encoded(item)
        writer.writerow([_cell(name, value.get(name)) for name in columns])
    return text.getvalue().encode()


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as tables; nothing is lost."""
    files = {
        "documents.csv": _table(DOCUMENTS, argument_map.documents.values()),
        "links.csv": _table(LINKS, argument_map.links.values()),
        "nodes.csv": _table(NODES, argument_map.nodes.values()),
    }
    if argument_map.attributes:
        files["attributes.json"] = canonical(dict(argument_map.attributes)).encode()
    return packed(files), ()


def _items(files: Mapping[str, bytes], name: str, decode: Callable[[Any], T], **blank: str) -> list[T]:
    """What a table holds; ``blank`` is what stands in columns that are not there."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.DictReader(io.StringIO(guards.decoded(files.get(name, b"")), newline=""), strict=True)
    found: list[T] = []
    seen: set[str | None] = set()
    try:
        for row in reader:
            if not any(row.values()):  # as spreadsheets leave at the end
                continue
            if None in row:
                raise FormatError("more cells than columns")
            if row.get("id") in seen:
                raise FormatError(f"the id '{row['id']:.60}' stands twice")
            seen.add(row.get("id"))
            found.append(decode(blank | {key: _value(key, cell) for key, cell in row.items() if cell}))
    except (csv.Error, ModelError, FormatError) as error:
        reason = error.message if isinstance(error, FormatError) else str(error)
        raise FormatError(f"{name}: {reason}", line=reader.line_num) from error
    return found


def _value(name: str, cell: str) -> Any:
    if name in _JSON:
        return guards.json_value(restored(cell).encode())
    return "" if cell == EMPTY else restored(cell)


def load(data: bytes) -> Loaded:
    """The map of a zip of tables; ``nodes.csv`` may stand alone with id, kind and text.

    Raises:
        FormatError: not such a zip.
    """
    if data[:2] != b"PK":
        raise FormatError("tables come in a zip: nodes.csv, perhaps links.csv and documents.csv")
    files = unpacked(data)
    if "nodes.csv" not in files:
        raise FormatError("the zip holds no nodes.csv")
    attributes = guards.json_object(files["attributes.json"]) if "attributes.json" in files else {}
    found = ArgumentMap.of(
        _items(files, "documents.csv", decode_document, text="", title="", genre=""),
        _items(files, "nodes.csv", decode_node, text=""),
        _items(files, "links.csv", decode_link),
        attributes,
    )
    return checked(found), ()


def sniff(data: bytes) -> bool:
    """Whether this is a zip with a ``nodes.csv``."""
    try:
        return data[:2] == b"PK" and "nodes.csv" in unpacked(data)
    except FormatError:
        return False


FORMAT = FileFormat("csv", ".zip", "application/zip", dump, load, sniff)
