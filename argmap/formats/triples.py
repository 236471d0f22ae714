"""A map as RDF: blocks of statements in a fixed order, each about one item and the parts of it.

A block is a shape, which holds all that is alike in many blocks (``oa:start "..."^^xsd:integer``), and the
values that fill it. A spelling of RDF works out once how a shape looks in it and then writes each block in
one step: a map of 100,000 nodes has millions of statements, and to handle each of them takes twice as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring as literal  # JSON's escapes are all Turtle's too
from typing import Any

from argmap.formats.vocabulary import BASE, LINK_CLASSES, NODE_CLASSES, part
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, Status, Turn
from argmap.model.codec import canonical

# SLOT stands for the next value, NAME for the item's name; both are escaped in values, so no value has them.
SLOT, NAME = "\1", "\0"
ME, ITEM = f"{BASE}{NAME}", f"<{BASE}{SLOT}>"
# An IRI, then what is said of it: each a predicate and an object in Turtle.
Subject = tuple[str, ...]
Shape = tuple[Subject, ...]
Values = list[str]
Block = tuple[str, Shape, Values]
Pairs = list[tuple[str, str]]

CONTEXT = 32
# A literal over 16 MiB cannot be read back by pyoxigraph, so a long document's text is cut into parts.
LONGEST = 2 * 1024 * 1024

_BY, _SAID_BY = (f"prov:wasAttributedTo <{BASE}{kind}/{SLOT}>" for kind in ("agent", "speaker"))
_INTEGER, _DOUBLE = f'"{SLOT}"^^xsd:integer', f'"{SLOT}"^^xsd:double'
_CONFIDENCE = f"argmap:confidence {_DOUBLE}", f"argmap:confidence {_INTEGER}"
_SPAN = (f"argmap:start {_INTEGER}", f"argmap:end {_INTEGER}")
_NODES = {
    kind: (ME, "a aif:I-node", f"a {name}", f"aif:claimText {SLOT}") for kind, name in NODE_CLASSES.items()
}
_LINKS = {
    kind: ((ME, f"a {aif_class}", f"a {our_class}"), f"{from_role} {ITEM}", f"{to_role} {ITEM}")
    for kind, (aif_class, our_class, from_role, to_role) in LINK_CLASSES.items()
}
_TURN = (ME, "a aif:L-node", "a argmap:Turn", f"argmap:index {_INTEGER}", *_SPAN)
_STRAIGHT = {kind: f"argmap:{kind.value} {ITEM}" for kind in LinkKind}
_STATUS = {status: f'argmap:status "{status.value}"' for status in Status}
_PROPERTIES = {"title": "dcterms:title", "date": "dcterms:date"}


def blocks(argument_map: ArgumentMap, *, texts: bool = True) -> Iterator[Block]:
    """Every item with its statements. Cost: linear.

    Args:
        texts: with the documents' whole texts.
    """
    return _Blocks(argument_map, texts=texts).all()


def subjects(found: Iterable[Block]) -> Iterator[tuple[str, Pairs]]:
    """The IRI of each subject with its predicates and objects, in Turtle."""
    for me, shape, values in found:
        rest = iter(values)
        for name, *entries in shape:
            pairs = (entry.replace(NAME, me).partition(" ") for entry in entries)
            filled = [(p, o.replace(SLOT, next(rest)) if SLOT in o else o) for p, _, o in pairs]
            yield name.replace(NAME, me), filled


class _Parts(dict[str, str]):
    """A name -> the same as a part of an IRI, after some others; worked out once each."""

    def __init__(self, above: str = "") -> None:
        self.above = above

    def __missing__(self, name: str) -> str:
        self[name] = found = self.above + part(name)
        return found


def _number(name: str, value: float) -> str:
    return f"{name} {_INTEGER if isinstance(value, int) else _DOUBLE}"


@lru_cache(maxsize=1 << 12)
def _quoted(place: int, *, known: bool) -> Subject:
    """What is said of a quote within a turn, perhaps with the turn it is of."""
    index = f'argmap:index "{place}"^^xsd:integer'
    return f"{ME}/quote/{place}", "a argmap:Quote", index, *_SPAN, *[f"argmap:of {ITEM}"] * known


@lru_cache(maxsize=1 << 12)
def _mentioned(place: int, quoted: bool, said: bool) -> tuple[str, Shape]:
    """What is said of a node for a mention, and of that: where it is, perhaps its words and its speaker."""
    me = f"{ME}/mention/{place}"
    selectors = [f"oa:hasSelector <{me}/{name}>" for name in ("position", "quote")[: 1 + quoted]]
    source = (me, "a oa:SpecificResource", f"oa:hasSource {ITEM}", *selectors, *[_SAID_BY] * said)
    position = f"{me}/position", "a oa:TextPositionSelector", f"oa:start {_INTEGER}", f"oa:end {_INTEGER}"
    words = (f"oa:{name} {SLOT}" for name in ("exact", "prefix", "suffix"))
    quote = f"{me}/quote", "a oa:TextQuoteSelector", *words
    return f"argmap:mention <{me}>", (source, position, quote) if quoted else (source, position)


def _topics(attributes: Mapping[str, Any]) -> list[str]:
    tags = attributes.get("tags")
    return sorted({tag for tag in tags if isinstance(tag, str)}) if isinstance(tags, list | tuple) else []


class _Blocks:
    """The blocks of one map, with the names met so far."""

    def __init__(self, argument_map: ArgumentMap, *, texts: bool) -> None:
        self.map = argument_map
        self.texts = texts
        self.agents, self.speakers, self.topics = _Parts(), _Parts(), _Parts()

    def all(self) -> Iterator[Block]:
        """Every block."""
        entries, values = [ME, "a argmap:ArgumentMap"], list[str]()
        self._attributes(self.map.attributes, entries, values)
        yield "/map", (tuple(entries),), values
        for document in self.map.documents.values():
            yield from self._document(document)
        yield from map(self._node, self.map.nodes.values())
        yield from map(self._link, self.map.links.values())
        yield from self._names()

    def _attributes(self, attributes: Mapping[str, Any], entries: list[str], values: Values) -> None:
        if attributes:
            topics = [self.topics[tag] for tag in _topics(attributes)]
            entries += [f"argmap:attributes {SLOT}", *[f"dcterms:subject <{BASE}topic/{SLOT}>"] * len(topics)]
            values += [literal(canonical(dict(attributes))), *topics]

    @staticmethod
    def _words(item: Document | Turn, names: tuple[str, ...], entries: list[str], values: Values) -> None:
        for name in names:
            words = getattr(item, name)
            if words is not None:
                entries.append(f"{_PROPERTIES.get(name, f'argmap:{name}')} {SLOT}")
                values.append(literal(words))

    def _document(self, document: Document) -> Iterator[Block]:
        me, text = part(document.id), document.text
        turns = _Parts(f"{me}/turn/")
        entries, values = [ME, "a prov:Entity", "a argmap:Document"], list[str]()
        self._words(document, ("title", "genre", "url", "date", "original"), entries, values)
        self._attributes(document.attributes, entries, values)
        pieces = [text[place : place + LONGEST] for place in range(0, len(text), LONGEST)] or [""]
        said = [f"argmap:text {SLOT}"] * self.texts
        names = [f"{ME}/part/{place}" for place in range(len(pieces))] if len(pieces) > 1 else []
        parts = [(name, f'argmap:index "{place}"^^xsd:integer', *said) for place, name in enumerate(names)]
        entries += [f"argmap:part <{name}>" for name in names] or said
        entries += [f"argmap:turn {ITEM}"] * len(document.turns)
        words = [literal(piece) for piece in pieces] if self.texts else []
        places = [turns[turn.id] for turn in document.turns]
        values += places + words if names else words + places
        yield me, (tuple(entries), *parts), values
        for index, turn in enumerate(document.turns):
            yield self._turn(index, turn, turns)

    def _turn(self, index: int, turn: Turn, turns: _Parts) -> Block:
        entries = [*_TURN]
        values = [str(index), str(turn.start), str(turn.end)]
        if turn.speaker is not None:
            entries.append(_SAID_BY)
            values.append(self.speakers[turn.speaker])
        if turn.reply_to is not None:
            entries.append(f"argmap:replyTo {ITEM}")
            values.append(turns[turn.reply_to])
        if turn.repeat_of is not None:
            entries.append(f"argmap:repeatOf {ITEM}")
            values.append(turns[turn.repeat_of])
        if turn.url is not None or turn.date is not None:
            self._words(turn, ("url", "date"), entries, values)
        for name, seconds in (("argmap:begin", turn.begin), ("argmap:finish", turn.finish)):
            if seconds is not None:
                entries.append(_number(name, seconds))
                values.append(repr(seconds))
        if not turn.quotes:
            return turns[turn.id], (tuple(entries),), values
        quotes = [_quoted(place, known=quote.turn is not None) for place, quote in enumerate(turn.quotes)]
        for subject, quote in zip(quotes, turn.quotes, strict=True):
            entries.append(f"argmap:quote <{subject[0]}>")
            values += [str(quote.start), str(quote.end), *([] if quote.turn is None else [turns[quote.turn]])]
        return turns[turn.id], (tuple(entries), *quotes), values

    def _argued(self, item: Node | Link, entries: list[str], values: Values) -> None:
        entries += _STATUS[item.status], _CONFIDENCE[isinstance(item.confidence, int)]
        values.append(repr(item.confidence))
        if item.by:
            entries.append(_BY)
            values.append(self.agents[item.by])
        if item.cue is not None:
            entries.append(f"argmap:cue {SLOT}")
            values.append(literal(item.cue))
        if item.attributes:
            self._attributes(item.attributes, entries, values)

    def _node(self, node: Node) -> Block:
        entries, values = [*_NODES[node.kind]], [literal(node.text)]
        self._argued(node, entries, values)
        if leaving := self.map.out_of(node.id):
            for kind, target in {(link.kind, link.target): None for link in leaving}:
                entries.append(_STRAIGHT[kind])
                values.append(part(target))
        mentions: list[Subject] = []
        for place, mention in enumerate(node.mentions):
            entry, subjects = self._mention(place, mention, values)
            entries.append(entry)
            mentions += subjects
        return part(node.id), (tuple(entries), *mentions), values

    def _mention(self, place: int, mention: Mention, values: Values) -> tuple[str, Shape]:
        start, end, speaker = mention.start, mention.end, mention.speaker
        document = self.map.documents.get(mention.document)
        values.append(part(mention.document))
        if speaker is not None:
            values.append(self.speakers[speaker])
        values += str(start), str(end)
        if document is not None:
            text, early = document.text, max(0, start - CONTEXT)
            values += map(literal, (text[start:end], text[early:start], text[end : end + CONTEXT]))
        return _mentioned(place, document is not None, speaker is not None)

    def _link(self, link: Link) -> Block:
        classes, from_role, to_role = _LINKS[link.kind]
        sources = link.sources if len(link.sources) < 2 else tuple(sorted(set(link.sources)))
        entries = [*classes, *[from_role] * len(sources), to_role]
        values = [*map(part, sources), part(link.target)]
        if sources != link.sources:
            entries.append(f"argmap:order {SLOT}")
            values.append(literal(canonical(link.sources)))
        self._argued(link, entries, values)
        return part(link.id), (tuple(entries),), values

    def _names(self) -> Iterator[Block]:
        """Agents, speakers and topics, each once: those that were met on the way."""
        for parts, kind, *entries in (
            (self.agents, "agent", "a prov:Agent", f"rdfs:label {SLOT}"),
            (self.speakers, "speaker", "a prov:Person", f"rdfs:label {SLOT}"),
            (self.topics, "topic", "a skos:Concept", f"skos:prefLabel {SLOT}"),
        ):
            for name in sorted(parts):
                yield f"{kind}/{parts[name]}", ((ME, *entries),), [literal(name)]
