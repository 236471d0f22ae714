"""Turtle, TriG, N-Quads, JSON-LD and RDF/XML: five spellings of the same statements.

They are all in the default graph.

Document texts are in the export (``argmap:text``), although the store keeps them apart: whoever imports an
export gets the same map back, and every span can still be proven. `to_quads` leaves them out on request,
for query engines.

Uploads are read by pyoxigraph behind our guards, never by rdflib, whose readers fetch what a file names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.from_rdf import Statements, map_of
from argmap.formats.triples import NAME, SLOT, Block, Pairs, Shape, blocks, subjects
from argmap.formats.vocabulary import ARGMAP, PREFIXES, expanded, shortened
from argmap.formats.xml_guard import printable, refuse_hostile_xml, unprintable_losses
from argmap.model import ArgumentMap

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

RDF_TYPE = expanded("rdf:type")
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()).encode()


class _Pieces(dict[Shape, list[str]]):
    """A shape -> its text in one spelling, cut at the places of its values, worked out once each."""

    def __init__(self, spelled: Callable[[Shape], str]) -> None:
        self.spelled = spelled

    def __missing__(self, shape: Shape) -> list[str]:
        self[shape] = found = self.spelled(shape).replace(SLOT, f"{SLOT}{SLOT}").split(SLOT)
        return found

    def written(self, found: Iterable[Block]) -> Iterator[bytes]:
        """The blocks in this spelling, a thousand at a time."""
        texts = map(self._text, found)
        while chunk := "".join(islice(texts, 1000)):
            yield chunk.encode()

    def _text(self, block: Block) -> str:
        me, shape, values = block
        pieces = self[shape].copy()
        pieces[1::2] = values
        return "".join(pieces).replace(NAME, me)


def _in_turtle(shape: Shape) -> str:
    return "".join(_turtle_subject(*subject) for subject in shape)


def _turtle_subject(name: str, *entries: str) -> str:
    lines = " ;\n    ".join(entries)
    return f"\n<{name}> {lines} .\n"


def turtle(argument_map: ArgumentMap) -> Dumped:
    """The map as Turtle; nothing is lost. Cost: 30 microseconds a node with its mention, turn and link."""
    return b"".join([_HEAD, *_Pieces(_in_turtle).written(blocks(argument_map))]), ()


def _full(term: str) -> str:
    """A predicate or object in Turtle -> the same with full IRIs."""
    if term[-1] in (">", '"', SLOT):
        return term
    lexical, mark, name = term.rpartition("^^")
    return f"{lexical}{mark}<{RDF_TYPE if name == 'a' else expanded(name)}>"


def _in_nquads(shape: Shape) -> str:
    pairs = ((subject, *entry.split(" ", 1)) for subject, *entries in shape for entry in entries)
    return "".join(f"<{subject}> {_full(name)} {_full(value)} .\n" for subject, name, value in pairs)


def nquads(argument_map: ArgumentMap, *, texts: bool = True) -> bytes:
    """The map as N-Quads (and N-Triples, for nothing is in a named graph).

    Args:
        texts: with the documents' whole texts.
    """
    return b"".join(_Pieces(_in_nquads).written(blocks(argument_map, texts=texts)))


def _nquads(argument_map: ArgumentMap) -> Dumped:
    return nquads(argument_map), ()


def _term(value: str) -> dict[str, str] | str:
    """An object in JSON-LD."""
    if value[0] == "<":
        return {"@id": value[1:-1]}
    if value[-1] == '"':
        return str(json.loads(value))
    if value[0] != '"':
        return {"@id": value}
    lexical, _, datatype = value.rpartition("^^")
    return {"@value": lexical[1:-1], "@type": datatype}


def _json_subject(name: str, pairs: Pairs) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for predicate, value in pairs:
        if predicate == "a":
            found.setdefault("@type", []).append(value)
        else:
            found.setdefault(predicate, []).append(_term(value))
    return {"@id": name} | {
        key: item[0] if key != "@type" and len(item) == 1 else item for key, item in found.items()
    }


def jsonld(argument_map: ArgumentMap) -> Dumped:
    """The map as JSON-LD with its own context inside; nothing is lost."""
    lines = (json.dumps(_json_subject(*item), ensure_ascii=False) for item in subjects(blocks(argument_map)))
    head = json.dumps({name: PREFIXES[name] for name in PREFIXES})
    body = ",\n".join(lines)
    return f'{{"@context": {head},\n"@graph": [\n{body}\n]}}\n'.encode(), ()


def _element(predicate: str, value: str) -> str:
    if value[0] == "<":
        return f"<{predicate} rdf:resource={quoteattr(value[1:-1])}/>"
    if value[0] != '"':
        return f"<{predicate} rdf:resource={quoteattr(expanded(value))}/>"
    if value[-1] == '"':
        return f"<{predicate}>{escape(printable(json.loads(value)), {chr(13): '&#13;'})}</{predicate}>"
    lexical, _, datatype = value.rpartition("^^")
    return f'<{predicate} rdf:datatype="{expanded(datatype)}">{lexical[1:-1]}</{predicate}>'


def _described(name: str, pairs: Pairs) -> str:
    lines = [_element("rdf:type" if predicate == "a" else predicate, value) for predicate, value in pairs]
    return f"<rdf:Description rdf:about={quoteattr(name)}>\n" + "\n".join(lines) + "\n</rdf:Description>\n"


def rdfxml(argument_map: ArgumentMap) -> Dumped:
    """The map as RDF/XML; control characters, which XML cannot carry, become their visible pictures."""
    names = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in PREFIXES.items())
    body = "".join(_described(*item) for item in subjects(blocks(argument_map)))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF {names}>\n{body}</rdf:RDF>\n'
    return text.encode(), unprintable_losses(argument_map)


def to_quads(argument_map: ArgumentMap, *, texts: bool = True) -> Iterator[pyoxigraph.Quad]:
    """The map as quads of the default graph, for a query engine or a SPARQL endpoint.

    Args:
        texts: with the documents' whole texts.
    """
    import pyoxigraph

    data = nquads(argument_map, texts=texts)
    return iter(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS))


def to_dataset(argument_map: ArgumentMap) -> rdflib.Dataset:
    """The map as an rdflib Dataset, everything in its default graph. Cost: 15 microseconds a statement."""
    import rdflib

    dataset = rdflib.Dataset()
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    graph = dataset.default_graph
    for subject, pairs in subjects(blocks(argument_map)):
        me = rdflib.URIRef(subject)
        for predicate, value in pairs:
            name = rdflib.URIRef(RDF_TYPE if predicate == "a" else expanded(predicate))
            graph.add((me, name, _rdflib_term(value)))
    return dataset


def _rdflib_term(value: str) -> Any:
    import rdflib

    if value[0] == "<":
        return rdflib.URIRef(value[1:-1])
    if value[-1] == '"':
        return rdflib.Literal(json.loads(value))
    if value[0] != '"':
        return rdflib.URIRef(expanded(value))
    lexical, _, datatype = value.rpartition("^^")
    return rdflib.Literal(lexical[1:-1], datatype=rdflib.URIRef(expanded(datatype)))


def statements(data: bytes, syntax: str) -> Statements:
    """The statements of an upload: subject -> predicate (prefixed where known) -> objects.

    Args:
        syntax: a member of pyoxigraph.RdfFormat.

    Raises:
        FormatError: not that syntax, or hostile.
    """
    import pyoxigraph

    found: Statements = {}
    try:
        for quad in pyoxigraph.parse(
            data, format=getattr(pyoxigraph.RdfFormat, syntax), base_iri="urn:argmap:base/"
        ):
            me = getattr(quad.subject, "value", None) or str(quad.subject)
            value = getattr(quad.object, "value", None)
            if value is not None:
                found.setdefault(me, {}).setdefault(shortened(quad.predicate.value), []).append(value)
    except SyntaxError as error:
        raise FormatError(f"not {syntax}: {error.msg}", line=error.lineno) from error
    except (ValueError, OSError) as error:
        raise FormatError(f"not {syntax}: {error}") from error
    return found


def guarded(data: bytes, syntax: str) -> bytes:
    """The same bytes, decoded once, when they are safe for the parser of that syntax."""
    text = guards.decoded(data).encode()
    if syntax == "RDF_XML":
        refuse_hostile_xml(text)
    elif syntax == "JSON_LD":
        guards.refuse_contexts(guards.json_value(text))
    else:
        guards.refuse_deep_rdf(text)
    return text


def _loader(syntax: str) -> Callable[[bytes], Loaded]:
    def load(data: bytes) -> Loaded:
        return map_of(statements(guarded(data, syntax), syntax))

    return load


_OURS = ARGMAP.encode()


def _first(data: bytes) -> bytes:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


def _is_turtle(data: bytes) -> bool:
    return _OURS in data and _first(data) in b"@#PpBb" and _first(data) != b""


def _is_nquads(data: bytes) -> bool:
    return _OURS in data and _first(data) == b"<" and b"> <http" in data[:4096]


def _is_jsonld(data: bytes) -> bool:
    return _OURS in data and "@context" in guards.outline(data) and "@graph" in guards.outline(data)


def _is_rdfxml(data: bytes) -> bool:
    return _OURS in data and _first(data) == b"<" and b"<rdf:RDF" in data[:65536]


TURTLE = FileFormat("turtle", ".ttl", "text/turtle", turtle, _loader("TRIG"), _is_turtle)
TRIG = FileFormat("trig", ".trig", "application/trig", turtle, _loader("TRIG"), _is_turtle)
NQUADS = FileFormat("nquads", ".nq", "application/n-quads", _nquads, _loader("N_QUADS"), _is_nquads)
JSONLD = FileFormat("jsonld", ".jsonld", "application/ld+json", jsonld, _loader("JSON_LD"), _is_jsonld)
RDFXML = FileFormat("rdfxml", ".rdf", "application/rdf+xml", rdfxml, _loader("RDF_XML"), _is_rdfxml)
