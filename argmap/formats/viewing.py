"""Formats to look at: GEXF for Gephi, DOT for Graphviz, Mermaid and Markdown for pages and notes.

In drawings a wording is cut after `LABEL` characters; a Markdown report has all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from argmap.formats.contract import Dumped, FileFormat
from argmap.formats.figure import Arrow, Box, arrows, boxes
from argmap.formats.losses import for_viewing
from argmap.formats.xml_guard import printable
from argmap.model import ArgumentMap, Link, Node

LABEL = 120


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _short(text: str) -> str:
    words = _line(text)
    return words if len(words) <= LABEL else words[: LABEL - 1].rstrip() + "…"


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _gexf_node(box: Box) -> str:
    confidence = box.item.confidence
    return (
        f"<node id={quoteattr(box.id)} label={quoteattr(printable(box.label))}><attvalues>"
        f'<attvalue for="0" value="{box.kind}"/><attvalue for="1" value="{confidence}"/></attvalues>'
        f"{_rgb(box.colours[1])}</node>\n"
    )


def _gexf_edge(arrow: Arrow) -> str:
    weight = arrow.item.confidence if arrow.item else 1.0
    return (
        f"<edge id={quoteattr(arrow.id)} source={quoteattr(arrow.source)} target={quoteattr(arrow.target)} "
        f'label="{arrow.kind}" weight="{weight}">'
        f'<attvalues><attvalue for="2" value="{arrow.kind}"/></attvalues>'
        f"{_rgb(arrow.colour)}</edge>\n"
    )


def gexf(argument_map: ArgumentMap) -> Dumped:
    """GEXF 1.3 with labels, kinds, confidences and colours."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        '<graph defaultedgetype="directed" mode="static">\n'
        '<attributes class="node"><attribute id="0" title="kind" type="string"/>'
        '<attribute id="1" title="confidence" type="double"/></attributes>\n'
        '<attributes class="edge"><attribute id="2" title="kind" type="string"/></attributes>\n'
    )
    nodes = "".join(map(_gexf_node, boxes(argument_map)))
    edges = "".join(map(_gexf_edge, arrows(argument_map)))
    text = f"{head}<nodes>\n{nodes}</nodes>\n<edges>\n{edges}</edges>\n</graph>\n</gexf>\n"
    return text.encode(), for_viewing("GEXF")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wrapped(text: str, width: int = 28) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def dot(argument_map: ArgumentMap) -> Dumped:
    """Graphviz DOT, reasons below what they bear on."""
    lines = [
        "digraph argmap {",
        "rankdir=BT;",
        'node [shape=box style="rounded,filled" fontname="Helvetica"];',
    ]
    for box in boxes(argument_map):
        label = "<br/>".join(escape(line) for line in _wrapped(_short(box.label)))
        shape = "" if isinstance(box.item, Node) else " shape=ellipse"
        fill, border = box.colours
        style = f'fillcolor="{fill}" color="{border}" class="{box.kind}"{shape}'
        lines.append(f"{_quoted(box.id)} [label=<{label or ' '}> {style}];")
    for arrow in arrows(argument_map):
        label = f' label="{arrow.kind}"' if arrow.item else ""
        lines.append(f'{_quoted(arrow.source)} -> {_quoted(arrow.target)} [color="{arrow.colour}"{label}];')
    return ("\n".join(lines) + "\n}\n").encode(), for_viewing("DOT")


def _mermaid_text(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " .,-" else f"#{ord(letter)};" for letter in text)


def mermaid(argument_map: ArgumentMap) -> Dumped:
    """A Mermaid flowchart, reasons below what they bear on."""
    lines, names, kinds = ["flowchart BT"], {}, set()
    for place, box in enumerate(boxes(argument_map)):
        names[box.id] = f"x{place}"
        kinds.add((box.kind, box.colours))
        lines.append(f'  x{place}["{_mermaid_text(_short(box.label)) or " "}"]:::{box.kind}')
    for arrow in arrows(argument_map):
        word = f"|{arrow.kind}|" if arrow.item else ""
        lines.append(f"  {names[arrow.source]} -->{word} {names[arrow.target]}")
    lines += [f"  classDef {kind} fill:{fill},stroke:{border}" for kind, (fill, border) in sorted(kinds)]
    return ("\n".join(lines) + "\n").encode(), for_viewing("Mermaid")


_HEADINGS = {"question": "Questions", "claim": "Claims", "rebuttal": "Rebuttals", "evidence": "Evidence"}


def _marked(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+-!|~&" else letter for letter in _line(text))


def _bearing(argument_map: ArgumentMap, item: Node | Link, depth: int = 0) -> Iterator[str]:
    for link in argument_map.into(item.id):
        for source in link.sources:
            linked = " (together)" if len(link.sources) > 1 else ""
            yield f"{'  ' * depth}- *{link.kind.value}*{linked}: {_marked(argument_map.nodes[source].text)}"
        if depth < 3:
            yield from _bearing(argument_map, link, depth + 1)


def markdown(argument_map: ArgumentMap) -> Dumped:
    """A report: every node under its kind, with who said it and what bears on it."""
    lines = ["# Argument map", "", f"{len(argument_map.nodes)} nodes, {len(argument_map.links)} links."]
    for kind, heading in _HEADINGS.items():
        nodes = [node for node in argument_map.nodes.values() if node.kind == kind]
        lines += ["", f"## {heading}"] if nodes else []
        for node in nodes:
            said = f" ({', '.join(map(_marked, node.speakers))})" if node.speakers else ""
            lines += ["", f"### {_marked(node.text)}{said}", ""]
            for mention, quote in argument_map.quotes(node):
                lines += [
                    f"> {_marked(quote)}",
                    f"> — {_marked(argument_map.documents[mention.document].title)}",
                    "",
                ]
            lines += _bearing(argument_map, node)
    return ("\n".join(lines) + "\n").encode(), for_viewing("a Markdown report")


GEXF = FileFormat("gexf", ".gexf", "application/gexf+xml", gexf)
DOT = FileFormat("dot", ".dot", "text/vnd.graphviz", dot)
MERMAID = FileFormat("mermaid", ".mmd", "text/vnd.mermaid", mermaid)
MARKDOWN = FileFormat("markdown", ".md", "text/markdown", markdown)
