"""Drawn maps as HTML: one self-contained page to keep, and a frame for the explorer; nothing is loaded.

Every word that came from outside goes through Jinja's escaping or ``tojson``; scripts run by a nonce under
``default-src 'none'``. The nonce is a digest of the contents, so that equal maps give equal pages and no text
in the map can name it.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.drawing.conventions import INK, LINK_LOOKS, NODE_LOOKS, PAPER, counted
from argmap.drawing.network import TYPE, network_data
from argmap.drawing.selection import Selection, forest
from argmap.model import ArgumentMap, Link, LinkKind, Node

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_DRAWN = 2000  # boxes in the picture of a page; the list in words has all claims
LEAST_TYPE = 12  # pixels on the screen; a map that would need smaller ones is shown in part
SMALLEST_SCALE = LEAST_TYPE / TYPE
LIBRARY_MARK = "/* vis-network */"
_LIBRARY_FILE = "pyvis/templates/lib/vis-9.1.2/vis-network.min.js"

_THEMES = {
    "light": {"page": PAPER["light"], "text": INK["light"], "raised": "#F6F7F9", "line": "#D5D7DD"},
    "dark": {"page": PAPER["dark"], "text": INK["dark"], "raised": "#211F1D", "line": "#3A3835"},
}
_FILLS = {
    "light": {"claim": "#FFFFFF", "rebuttal": "#FDF3EE", "evidence": "#FCF8E6", "question": "#F5F5F5"},
    "dark": {"claim": "#211F1D", "rebuttal": "#2D1D14", "evidence": "#2A2814", "question": "#262523"},
}


def page(argument_map: ArgumentMap, *, title: str) -> str:
    """A whole HTML file: the map, and every claim and link in words. Opens from disk with no network.

    Args:
        title: heading of the page; plain text.
    """
    selection = forest(argument_map, limit=MOST_DRAWN)
    context = _context(argument_map, selection, title) | {"theme": "auto", "library": _library()}
    return _environment().get_template("page.html.j2").render(context)


def frame(selection: Selection, *, title: str, theme: str) -> str:
    """The document of a sandboxed frame, with `LIBRARY_MARK` where `library` belongs.

    A chosen claim is sent to the parent window as ``{"argmap": id}``.

    Args:
        theme: "light" or "dark".
    """
    context = _context(selection.argument_map, selection, title) | {"theme": theme, "library": LIBRARY_MARK}
    return _environment().get_template("frame.html.j2").render(context)


def library() -> str:
    """The source of vis-network as pyvis ships it (0.47 MB)."""
    # Found, not imported: the package would load IPython and networkx for the sake of a file.
    return Path(str(distribution("pyvis").locate_file(_LIBRARY_FILE))).read_text(encoding="utf-8")


@cache
def _library() -> Any:
    from markupsafe import Markup

    return Markup(library())  # a file of the pyvis package, not of a user


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader

    return Environment(loader=PackageLoader("argmap.drawing"), autoescape=True, trim_blocks=True)


def _context(argument_map: ArgumentMap, selection: Selection, title: str) -> dict[str, Any]:
    drawn = network_data(selection)
    order = [*selection.above, *(n for n in argument_map.nodes if n not in selection.above)]
    anchors = {node_id: f"claim-{at}" for at, node_id in enumerate(order, 1)}
    return {
        "title": title,
        "summary": _summary(argument_map, selection),
        "alt": f"Map of {counted(len(selection.above), 'claim')}. Arrow keys walk, Enter opens.",
        "network": drawn,
        "anchors": anchors,
        "claims": [_claim(argument_map, argument_map.nodes[node_id], anchors) for node_id in order],
        "nonce": _nonce(title, drawn),
        "smallest": SMALLEST_SCALE,
        "looks": _looks(),
        "colours": {theme: _colours(theme) for theme in _THEMES},
        "legend": _legend(),
    }


def _nonce(title: str, drawn: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([title, drawn], sort_keys=True).encode()).hexdigest()[:32]


def _summary(argument_map: ArgumentMap, selection: Selection) -> str:
    counts = f"{counted(len(argument_map.nodes), 'claim')}, {counted(len(argument_map.links), 'link')}, "
    counts += counted(len(argument_map.documents), "source")
    cut = len(argument_map.nodes) - len(selection.above)
    return counts + (f". The map shows {len(selection.above):,} of them; the list has all." if cut else "")


def _claim(argument_map: ArgumentMap, node: Node, anchors: dict[str, str]) -> dict[str, Any]:
    """What the list says of a node."""
    look = NODE_LOOKS[node.kind]
    titles = {document.id: document.title for document in argument_map.documents.values()}
    return {
        "anchor": anchors[node.id],
        "kind": node.kind.value,
        "glyph": look.glyph,
        "word": look.word,
        "status": node.status.value,
        "text": node.text,
        "links": [_link(argument_map, link, anchors) for link in argument_map.out_of(node.id)],
        "quotes": [
            {
                "text": words,
                "speaker": mention.speaker,
                "title": titles[mention.document],
                "start": mention.start,
                "end": mention.end,
            }
            for mention, words in argument_map.quotes(node)
        ],
    }


def _link(argument_map: ArgumentMap, link: Link, anchors: dict[str, str]) -> dict[str, Any]:
    look = LINK_LOOKS[link.kind]
    return {
        "glyph": look.glyph,
        "word": look.word,
        "anchor": anchors.get(link.target),
        "text": _target(argument_map, link),
        "status": link.status.value,
    }


def _target(argument_map: ArgumentMap, link: Link) -> str:
    """The target in words; an undercut names both ends of the link it attacks."""
    if link.target in argument_map.nodes:
        return argument_map.nodes[link.target].text
    aimed = argument_map.links.get(link.target)
    if aimed is None:
        return "something outside this map"
    sources = " and ".join(argument_map.nodes[s].text for s in aimed.sources if s in argument_map.nodes)
    end = argument_map.nodes.get(aimed.target)
    return f"that “{sources}” {LINK_LOOKS[aimed.kind].word} “{end.text if end else 'another link'}”"


def _looks() -> dict[str, Any]:
    """Everything the script needs to colour a map, by theme."""
    return {
        theme: _THEMES[theme]
        | {
            "fills": _FILLS[theme],
            "nodes": {kind.value: getattr(look, theme) for kind, look in NODE_LOOKS.items()},
            "links": {kind.value: getattr(look, theme) for kind, look in LINK_LOOKS.items()},
        }
        for theme in _THEMES
    }


def _colours(theme: str) -> dict[str, str]:
    pairs = [*NODE_LOOKS.items(), *LINK_LOOKS.items()]
    return {kind.value: getattr(look, theme) for kind, look in pairs}


def _legend() -> list[dict[str, str]]:
    pairs = [
        *NODE_LOOKS.items(),
        *((k, LINK_LOOKS[k]) for k in (LinkKind.SUPPORTS, LinkKind.ATTACKS, LinkKind.UNDERCUTS)),
    ]
    return [
        {
            "name": kind.value,
            "glyph": look.glyph,
            "word": look.word,
            "line": "dashed" if look.dashed else "solid",
        }
        for kind, look in pairs
    ]
