"""AIF in RDF, as the AIF ontology and AIFdb write it; both namespaces are read, Dundee's is written.

AIFdb states each edge from both ends, so the direction follows from the types of the nodes, never from the
subject. What AIF's ontology has no term for (times, ids of edges, participants) is one JSON text of
``urn:argmap:/map``.
"""

from __future__ import annotations

from collections.abc import Iterator
from json.encoder import encode_basestring as literal
from typing import Any
from urllib.parse import quote, unquote

from argmap.formats import guards
from argmap.formats.aif.reading import map_of
from argmap.formats.aif.writing import nodeset_of
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.rdf import guarded, statements
from argmap.formats.vocabulary import AIF, AIF_TECH, ARGMAP
from argmap.model import ArgumentMap
from argmap.model.codec import canonical

JSON = dict[str, Any]
NODES = "http://www.aifdb.org/nodes/"
_TYPES = ("I", "L", "RA", "CA", "MA", "PA", "TA", "YA")
_SCHEMES = ("RA", "CA", "MA", "PA")
# property -> whether the S-node is the target of the edge
_INTO = {"Premise": True, "ConflictingElement": True, "PreferredElement": True}
_INTO |= {"Conclusion": False, "ConflictedElement": False, "DispreferredElement": False}
# property -> types at the two ends of the edge
_DIALOGUE = {
    "StartLocution": (("L",), ("TA",)),
    "EndLocution": (("TA",), ("L",)),
    "Locution": (("L",), ("YA",)),
    "Anchor": (("TA",), ("YA",)),
    "IllocutionaryContent": (("YA",), ("I", "L", "RA", "CA", "MA", "PA")),
}
_MAP = "urn:argmap:/map"


def _property(source: str, target: str) -> tuple[str, bool] | None:
    """The property of an edge between these types, and whether its subject is the edge's target."""
    for name, (starts, ends) in _DIALOGUE.items():
        if source in starts and target in ends:
            return name, name in ("StartLocution", "Locution", "Anchor")
    roles = {
        "CA": ("ConflictingElement", "ConflictedElement"),
        "PA": ("PreferredElement", "DispreferredElement"),
    }
    if target in _SCHEMES and source in ("I", "L"):
        return roles.get(target, ("Premise", "Conclusion"))[0], True
    if source in _SCHEMES:
        return roles.get(source, ("Premise", "Conclusion"))[1], False
    return None


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as AIF RDF in Turtle; nothing is lost."""
    nodeset = nodeset_of(argument_map)
    return "".join(_lines(nodeset)).encode(), ()


def _iri(name: Any) -> str:
    return f"<{NODES}{quote(str(name), safe='')}>"


def _lines(nodeset: JSON) -> Iterator[str]:
    yield f"@prefix aif: <{AIF}> .\n@prefix argmap: <{ARGMAP}> .\n\n"
    types: dict[str, str] = {}
    rests: JSON = {}
    for node in nodeset["nodes"]:
        name, kind = str(node.get("nodeID")), str(node.get("type"))
        types[name] = kind
        text = node.get("text")
        words = f" ; aif:claimText {literal(text)}" if isinstance(text, str) else ""
        known = kind if kind in _TYPES else "S"
        yield f"{_iri(name)} a aif:{known}-node{words} .\n"
        rests[name] = {
            key: value for key, value in node.items() if key != "text" or not isinstance(text, str)
        }
    for edge in nodeset["edges"]:
        source, target = str(edge.get("fromID")), str(edge.get("toID"))
        found = _property(types.get(source, ""), types.get(target, ""))
        if found:
            subject, other = (target, source) if found[1] else (source, target)
            yield f"{_iri(subject)} aif:{found[0]} {_iri(other)} .\n"
    whole = {**nodeset, "nodes": rests}
    yield f"<{_MAP}> argmap:nodeset {literal(canonical(whole))} .\n"


def load(data: bytes) -> Loaded:
    """The map of AIF RDF, in Turtle or RDF/XML.

    Raises:
        FormatError: not RDF, or hostile.
    """
    syntax = "RDF_XML" if b"<rdf:RDF" in data[:65536] else "TRIG"
    found = {subject: _named(values) for subject, values in statements(guarded(data, syntax), syntax).items()}
    noted = found.pop(_MAP, {}).get("argmap:nodeset")
    whole = guards.json_object(noted[0].encode()) if noted else {"nodes": {}}
    types = {subject: kind for subject, values in found.items() if (kind := _type(values))}
    rests = guards.mapping(whole.get("nodes"), "nodes")
    nodes = [_node(subject, kind, found[subject], rests) for subject, kind in sorted(types.items())]
    native = sorted(set(_edges(found, types)))
    edges = guards.objects(whole.get("edges"), "edges")
    known = {(str(edge.get("fromID")), str(edge.get("toID"))) for edge in edges}
    edges = edges + [{"edgeID": f"{a}-{b}", "fromID": a, "toID": b} for a, b in native if (a, b) not in known]
    spoken = set(native)
    kept = [edge for edge in edges if _stands(edge, spoken, types)]
    return map_of({**whole, "nodes": nodes, "edges": kept})


def _stands(edge: JSON, spoken: set[tuple[str, str]], types: dict[str, str]) -> bool:
    """Whether a noted edge is still there: those that RDF can say must be said."""
    ends = str(edge.get("fromID")), str(edge.get("toID"))
    kinds = [types.get(NODES + quote(end, safe=""), "") for end in ends]
    return ends in spoken or _property(*kinds) is None


def _named(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same with AIF's other namespace spelled like the first."""
    return {name.replace(AIF_TECH, "aif:"): items for name, items in values.items()}


def _type(values: dict[str, list[str]]) -> str | None:
    for kind in values.get("rdf:type", ()):
        for namespace in (AIF, AIF_TECH):
            name = kind.removeprefix(namespace).removesuffix("-node")
            if kind.startswith(namespace) and (name in _TYPES or name == "S"):
                return name
    return None


def _short(subject: str) -> str:
    return unquote(subject.removeprefix(NODES))


def _node(subject: str, kind: str, values: dict[str, list[str]], rests: JSON) -> JSON:
    name = _short(subject)
    text = values.get("aif:claimText", values.get("rdfs:label", [""]))[0]
    rest = rests.get(name)
    if isinstance(rest, dict):
        return {**({"text": text} if "text" not in rest else {}), **rest}
    made = {"nodeID": name, "text": text, "type": kind}
    for term, key in (("aif:creationDate", "timestamp"), ("aif:source", "source")):
        if term in values:
            made[key] = values[term][0]
    return made


def _edges(found: dict[str, dict[str, list[str]]], types: dict[str, str]) -> Iterator[tuple[str, str]]:
    for subject, values in found.items():
        for name, others in values.items():
            for other in others if subject in types else ():
                if other in types:
                    pair = _direction(name.removeprefix("aif:"), subject, other, types)
                    if pair:
                        yield _short(pair[0]), _short(pair[1])


def _direction(name: str, subject: str, other: str, types: dict[str, str]) -> tuple[str, str] | None:
    if name in _DIALOGUE:
        starts, ends = _DIALOGUE[name]
        if types[subject] in starts and types[other] in ends:
            return subject, other
        return (other, subject) if types[other] in starts and types[subject] in ends else None
    if name not in _INTO:
        return None
    scheme, end = (subject, other) if types[subject] in _SCHEMES else (other, subject)
    return (end, scheme) if _INTO[name] else (scheme, end)


def sniff(data: bytes) -> bool:
    """Whether the AIF ontology is named, in RDF of others or in this one."""
    named = AIF.encode() in data or AIF_TECH.encode() in data
    return (
        named
        and not data.lstrip().startswith((b"{", b"["))
        and (ARGMAP.encode() not in data or b"argmap:nodeset" in data)
    )


FORMAT = FileFormat("aif-rdf", ".ttl", "text/turtle", dump, load, sniff)
