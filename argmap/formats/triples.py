"""A map as RDF: one block of statements a subject, in a fixed order, each term already in Turtle's spelling.

Strings, not term objects: a map of 100,000 nodes has two million statements, and what builds an object for
each takes several times as long as what writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring as literal  # JSON's escapes are all Turtle's too
from typing import Any

from argmap.formats.vocabulary import BASE, LINK_CLASSES, NODE_CLASSES, iri
from argmap.model import ArgumentMap, Document, Link, Mention, Node, Turn
from argmap.model.codec import canonical

Pairs = list[tuple[str, str]]
Block = tuple[str, Pairs]

CONTEXT = 32
# A literal over 16 MiB cannot be read back by pyoxigraph, so a long document's text is cut into parts.
LONGEST = 2 * 1024 * 1024


@lru_cache(maxsize=1 << 12, typed=True)
def number(value: float) -> str:
    """A number as a typed literal."""
    return f'"{value!r}"^^xsd:{"integer" if isinstance(value, int) else "double"}'


def blocks(argument_map: ArgumentMap) -> Iterator[Block]:
    """Every subject with its predicates and objects. Cost: linear."""
    yield _ref("", "map"), [("a", "argmap:ArgumentMap"), *_attributes(argument_map.attributes)]
    for document in argument_map.documents.values():
        yield from _document(document)
    for node in argument_map.nodes.values():
        yield from _node(node, argument_map)
    for link in argument_map.links.values():
        yield _link(link)
    yield from _names(argument_map)


@lru_cache(maxsize=1 << 16)
def _ref(*parts: str) -> str:
    return f"<{iri(*parts)}>"


def _item(ident: str) -> str:
    """`_ref` of one part, for the many plain ids there are."""
    return f"<{BASE}{ident}>" if ident.isalnum() and ident.isascii() else f"<{iri(ident)}>"


def _attributes(attributes: Mapping[str, Any]) -> Pairs:
    if not attributes:
        return []
    topics = [("dcterms:subject", _ref("topic", tag)) for tag in _topics(attributes)]
    return [("argmap:attributes", literal(canonical(dict(attributes)))), *topics]


def _topics(attributes: Mapping[str, Any]) -> list[str]:
    tags = attributes.get("tags")
    return sorted({tag for tag in tags if isinstance(tag, str)}) if isinstance(tags, list | tuple) else []


def _texts(**values: str | None) -> Pairs:
    names = {"title": "dcterms:title", "date": "dcterms:date"}
    return [
        (names.get(name, f"argmap:{name}"), literal(value))
        for name, value in values.items()
        if value is not None
    ]


def _document(document: Document) -> Iterator[Block]:
    me = _ref(document.id)
    pairs = [("a", "prov:Entity"), ("a", "argmap:Document")]
    pairs += _texts(
        title=document.title,
        genre=document.genre,
        url=document.url,
        date=document.date,
        original=document.original,
    )
    pairs += _attributes(document.attributes)
    pieces = [document.text[place : place + LONGEST] for place in range(0, len(document.text), LONGEST)]
    if len(pieces) < 2:
        pairs.append(("argmap:text", literal(document.text)))
    places = (
        [_ref(document.id, "part", str(place)) for place in range(len(pieces))] if len(pieces) > 1 else []
    )
    pairs += [("argmap:part", place) for place in places]
    pairs += [("argmap:turn", _ref(document.id, "turn", turn.id)) for turn in document.turns]
    yield me, pairs
    for index, place in enumerate(places):
        yield place, [("argmap:index", number(index)), ("argmap:text", literal(pieces[index]))]
    for index, turn in enumerate(document.turns):
        yield from _turn(document.id, index, turn)


def _turn(document: str, index: int, turn: Turn) -> Iterator[Block]:
    pairs = [("a", "aif:L-node"), ("a", "argmap:Turn"), ("argmap:index", number(index))]
    pairs += [("argmap:start", number(turn.start)), ("argmap:end", number(turn.end))]
    pairs += _speaker(turn.speaker)
    for name, other in (("argmap:replyTo", turn.reply_to), ("argmap:repeatOf", turn.repeat_of)):
        if other is not None:
            pairs.append((name, _ref(document, "turn", other)))
    pairs += _texts(url=turn.url, date=turn.date)
    for name, seconds in (("argmap:begin", turn.begin), ("argmap:finish", turn.finish)):
        if seconds is not None:
            pairs.append((name, number(seconds)))
    quotes = [_ref(document, "turn", turn.id, "quote", str(place)) for place in range(len(turn.quotes))]
    yield _ref(document, "turn", turn.id), pairs + [("argmap:quote", quote) for quote in quotes]
    for place, quote in enumerate(turn.quotes):
        said = [("argmap:of", _ref(document, "turn", quote.turn))] if quote.turn is not None else []
        where = [("argmap:start", number(quote.start)), ("argmap:end", number(quote.end))]
        yield quotes[place], [("a", "argmap:Quote"), ("argmap:index", number(place)), *where, *said]


def _speaker(name: str | None) -> Pairs:
    return [] if name is None else [("prov:wasAttributedTo", _ref("speaker", name))]


def _argued(item: Node | Link) -> Pairs:
    pairs = [("argmap:status", f'"{item.status.value}"'), ("argmap:confidence", number(item.confidence))]
    if item.by:
        pairs.append(("prov:wasAttributedTo", _ref("agent", item.by)))
    if item.cue is not None:
        pairs.append(("argmap:cue", literal(item.cue)))
    return pairs + _attributes(item.attributes) if item.attributes else pairs


def _node(node: Node, argument_map: ArgumentMap) -> list[Block]:
    me = _item(node.id)[1:-1]
    pairs = [("a", "aif:I-node"), ("a", NODE_CLASSES[node.kind]), ("aif:claimText", literal(node.text))]
    pairs += _argued(node)
    if leaving := argument_map.out_of(node.id):
        pairs += dict.fromkeys([(f"argmap:{link.kind}", _item(link.target)) for link in leaving])
    found = [(f"<{me}>", pairs)]
    for place, mention in enumerate(node.mentions):
        pairs.append(("argmap:mention", f"<{me}/mention/{place}>"))
        found += _mention(f"{me}/mention/{place}", mention, argument_map.documents.get(mention.document))
    return found


def _mention(me: str, mention: Mention, document: Document | None) -> list[Block]:
    source = [("a", "oa:SpecificResource"), ("oa:hasSource", _item(mention.document))]
    source.append(("oa:hasSelector", f"<{me}/position>"))
    position = [
        ("a", "oa:TextPositionSelector"),
        ("oa:start", f'"{mention.start}"^^xsd:integer'),
        ("oa:end", f'"{mention.end}"^^xsd:integer'),
    ]
    found = [(f"<{me}>", source), (f"<{me}/position>", position)]
    if document is not None:
        source.append(("oa:hasSelector", f"<{me}/quote>"))
        found.append((f"<{me}/quote>", _quoted(document.text, mention)))
    if mention.speaker is not None:
        source.append(("prov:wasAttributedTo", _ref("speaker", mention.speaker)))
    return found


def _quoted(text: str, mention: Mention) -> Pairs:
    return [
        ("a", "oa:TextQuoteSelector"),
        ("oa:exact", literal(text[mention.start : mention.end])),
        ("oa:prefix", literal(text[max(0, mention.start - CONTEXT) : mention.start])),
        ("oa:suffix", literal(text[mention.end : mention.end + CONTEXT])),
    ]


def _link(link: Link) -> Block:
    aif_class, our_class, from_role, to_role = LINK_CLASSES[link.kind]
    target = _item(link.target)
    sources = sorted(set(link.sources))
    pairs = [("a", aif_class), ("a", our_class)]
    pairs += [(from_role, _item(source)) for source in sources]
    pairs.append((to_role, target))
    if sources != list(link.sources):
        pairs.append(("argmap:order", literal(canonical(link.sources))))
    return _item(link.id), pairs + _argued(link)


def _names(argument_map: ArgumentMap) -> Iterator[Block]:
    """Agents, speakers and topics, each once."""
    items: list[Node | Link] = [*argument_map.nodes.values(), *argument_map.links.values()]
    for name in sorted({item.by for item in items if item.by}):
        yield _ref("agent", name), [("a", "prov:Agent"), ("rdfs:label", literal(name))]
    for name in sorted(_speakers(argument_map)):
        yield _ref("speaker", name), [("a", "prov:Person"), ("rdfs:label", literal(name))]
    attributes = [argument_map.attributes, *(d.attributes for d in argument_map.documents.values())]
    attributes += [item.attributes for item in items]
    for topic in sorted({topic for values in attributes if values for topic in _topics(values)}):
        yield _ref("topic", topic), [("a", "skos:Concept"), ("skos:prefLabel", literal(topic))]


def _speakers(argument_map: ArgumentMap) -> set[str]:
    said = {m.speaker for node in argument_map.nodes.values() for m in node.mentions}
    said |= {turn.speaker for document in argument_map.documents.values() for turn in document.turns}
    return {name for name in said if name is not None}
