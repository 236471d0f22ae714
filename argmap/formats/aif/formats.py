"""AIF JSON (AIFdb nodesets) and xAIF."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape, unescape
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.aif.reading import map_of
from argmap.formats.aif.writing import nodeset_of
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.xml_guard import printable
from argmap.model import ArgumentMap, Document, Turn, document_id

_TAG = re.compile(r"<(/?)(span|br)\b([^<>]*+)>", re.IGNORECASE)
_ID = re.compile(r"\bid=\"(?:node)?([^\"]*+)\"")


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=None) + "\n").encode()


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as an AIFdb nodeset; what AIF has no place for is in keys named ``argmap``."""
    return _written(nodeset_of(argument_map)), ()


def load(data: bytes) -> Loaded:
    """The map of a nodeset.

    Raises:
        FormatError: not a nodeset.
    """
    value = guards.json_object(data)
    if not isinstance(value.get("nodes"), list):
        raise FormatError("not an AIF nodeset: it has no list of nodes")
    return map_of(value)


def sniff(data: bytes) -> bool:
    """Whether there is a list of nodes that have a nodeID (or an empty nodeset)."""
    top = guards.outline(data)
    nodes = top.get("nodes")
    if not isinstance(nodes, list):
        return False
    return (
        ("nodeID" in nodes[0] if isinstance(nodes[0], dict) else False)
        if nodes
        else "edges" in top and "AIF" not in top
    )


def dump_xaif(argument_map: ArgumentMap) -> Dumped:
    """The map as xAIF, with the text of its documents marked up by locution."""
    nodeset = nodeset_of(argument_map)
    top = nodeset.pop("xaif", {})
    text = top.get("text") if isinstance(top, dict) and "text" in top else _marked_up(argument_map)
    value = {"AIF": {"participants": [], **nodeset}, "text": text, "dialog": True, "OVA": {}, **_dict(top)}
    return _written(value), ()


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _marked_up(argument_map: ArgumentMap) -> str:
    lines = [escape(document.text).replace("\n", "<br>") for document in argument_map.documents.values()]
    return "<br>".join(lines)


def load_xaif(data: bytes) -> Loaded:
    """The map of an xAIF file; its text, where it marks locutions, becomes the document.

    Raises:
        FormatError: not xAIF.
    """
    value = guards.json_object(data)
    nodeset = guards.mapping(value.get("AIF"), "AIF")
    top = {name: item for name, item in value.items() if name != "AIF"}
    made = {"dialog": True, "OVA": {}}
    if "argmap" not in nodeset or {name: item for name, item in top.items() if name != "text"} != made:
        nodeset = {**nodeset, "xaif": top}
    found, warnings = map_of(nodeset)
    return found, warnings


def sniff_xaif(data: bytes) -> bool:
    """Whether there is an object ``AIF``."""
    return isinstance(guards.outline(data).get("AIF"), dict)


AIF = FileFormat("aif", ".json", "application/json", dump, load, sniff)
XAIF = FileFormat("xaif", ".json", "application/json", dump_xaif, load_xaif, sniff_xaif)
