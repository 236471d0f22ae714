"""AIF JSON (AIFdb nodesets) and xAIF."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.aif.reading import map_of
from argmap.formats.aif.writing import nodeset_of, spoken_at, whole_slot
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.extension import KEY
from argmap.model import ArgumentMap

_MADE = {"dialog": True, "OVA": {}}


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
    top = nodeset.pop("xaif", None)
    if not isinstance(top, dict):
        nodeset.setdefault(KEY, whole_slot(argument_map))
        top = {"text": _marked_up(argument_map), **_MADE}
    return _written({"AIF": {"participants": [], **nodeset}, **top}), ()


def _marked_up(argument_map: ArgumentMap) -> str:
    spoken = spoken_at(argument_map)
    lines = []
    for document in argument_map.documents.values():
        pieces, reached = list[str](), 0
        for start, end, name in sorted(spoken.get(document.id, ())):
            if reached <= start < end:  # marks in HTML cannot cross
                mark = f'<span class="highlighted" id="node{escape(name)}">'
                before, said = document.text[reached:start], document.text[start:end]
                pieces += [escape(before), mark, escape(said), "</span>"]
                reached = end
        lines.append("".join([*pieces, escape(document.text[reached:])]).replace("\n", "<br>"))
    return "<br>".join(lines)


def load_xaif(data: bytes) -> Loaded:
    """The map of an xAIF file; its text, where it marks locutions, becomes the document.

    Raises:
        FormatError: not xAIF.
    """
    value = guards.json_object(data)
    nodeset = guards.mapping(value.get("AIF"), "AIF")
    top = {name: item for name, item in value.items() if name != "AIF"}
    if KEY not in nodeset or {name: item for name, item in top.items() if name != "text"} != _MADE:
        nodeset = {**nodeset, "xaif": top}
    return map_of(nodeset)


def sniff_xaif(data: bytes) -> bool:
    """Whether there is an object ``AIF``."""
    return isinstance(guards.outline(data).get("AIF"), dict)


AIF = FileFormat("aif", ".json", "application/json", dump, load, sniff)
XAIF = FileFormat("xaif", ".json", "application/json", dump_xaif, load_xaif, sniff_xaif)
