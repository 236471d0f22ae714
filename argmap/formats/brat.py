"""brat standoff: a zip of ``.txt`` and ``.ann`` pairs.

Each mention is a text-bound annotation of the node's kind, links between mentioned nodes are relations.
``argmap.json`` in the zip holds what standoff has no place for; spans and relations that somebody moved,
added or removed in brat count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.argmap_json import dump as dump_json
from argmap.formats.argmap_json import load as load_json
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.draft import Atom, Draft, Relation
from argmap.formats.soundness import checked
from argmap.formats.zip_guard import packed, unpacked
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, NodeKind, Turn, document_id

WHOLE = "argmap.json"
Marks = dict[tuple[str, str], tuple[str, int]]


@dataclass(slots=True)
class _Standoff:
    """One ``.ann`` file: spans and relations by their ids."""

    spans: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def _marks(argument_map: ArgumentMap) -> Marks:
    """(document, T-id) -> (node, place of the mention), counted through each document."""
    found: Marks = {}
    counts: dict[str, int] = {}
    for node in argument_map.nodes.values():
        for place, mention in enumerate(node.mentions):
            if mention.document in argument_map.documents:
                counts[mention.document] = counts.get(mention.document, 0) + 1
                found[mention.document, f"T{counts[mention.document]}"] = (node.id, place)
    return found


def _relations(argument_map: ArgumentMap, marks: Marks) -> dict[tuple[str, str], tuple[str, str, str, str]]:
    """(document, R-id) -> (link, kind, T-id, T-id), for links with both ends in one document."""
    spots: dict[tuple[str, str], str] = {}
    for (document, mark), (node, _) in marks.items():
        spots.setdefault((document, node), mark)
    found = {}
    for document in argument_map.documents:
        number = 0
        for link in argument_map.links.values():
            target = spots.get((document, link.target))
            for source in link.sources:
                start = spots.get((document, source))
                if start and target:
                    number += 1
                    found[document, f"R{number}"] = (link.id, link.kind.value, start, target)
    return found


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as brat reads it; nothing is lost."""
    marks = _marks(argument_map)
    relations = _relations(argument_map, marks)
    files = {WHOLE: dump_json(argument_map)[0]}
    for document in argument_map.documents.values():
        files[f"{document.id}.txt"] = document.text.encode()
        files[f"{document.id}.ann"] = "".join(_lines(argument_map, document, marks, relations)).encode()
    return packed(files), ()


def _lines(
    argument_map: ArgumentMap,
    document: Document,
    marks: Marks,
    relations: Mapping[tuple[str, str], tuple[str, ...]],
) -> Iterator[str]:
    for (place, mark), (node, number) in marks.items():
        if place == document.id:
            mention = argument_map.nodes[node].mentions[number]
            words = document.text[mention.start : mention.end].replace("\n", " ")
            kind = argument_map.nodes[node].kind.value
            yield f"{mark}\t{kind} {mention.start} {mention.end}\t{words}\n"
    for (place, mark), (_, kind, start, target) in relations.items():
        if place == document.id:
            yield f"{mark}\t{kind} Arg1:{start} Arg2:{target}\n"


def _standoff(text: str, length: int, name: str) -> _Standoff:
    found = _Standoff()
    for number, line in enumerate(text.split("\n"), 1):
        mark, _, rest = line.partition("\t")
        words = rest.partition("\t")[0].split()
        if mark.startswith("T"):
            found.spans[mark] = _span(words, length, name, number)
        elif mark.startswith("R"):
            if len(words) != 3:
                raise FormatError(f"{name}: a relation has a kind and two arguments", line=number)
            ends = [word.partition(":")[2] for word in words[1:]]
            found.relations[mark] = (words[0], ends[0], ends[1])
    return found


def _span(words: list[str], length: int, name: str, line: int) -> tuple[str, int, int]:
    places = [place for word in words[1:] for place in word.split(";")]
    if len(places) < 2 or not all(place.isdecimal() and len(place) < 12 for place in places):
        raise FormatError(f"{name}: a text-bound annotation has a kind and a span", line=line)
    start, end = int(places[0]), int(places[-1])
    if not start <= end <= length:
        raise FormatError(f"{name}: a span outside the text", line=line)
    return words[0], start, end


def load(data: bytes) -> Loaded:
    """The map of a zip of standoff files.

    Raises:
        FormatError: not such a zip, or an annotation without its text.
    """
    files = unpacked(data)
    texts = {
        name.removesuffix(".txt"): guards.decoded(item)
        for name, item in files.items()
        if name.endswith(".txt")
    }
    found = {}
    for name, item in files.items():
        if name.endswith(".ann"):
            stem = name.removesuffix(".ann")
            if stem not in texts:
                raise FormatError(f"the zip has {name:.80} but not its .txt")
            found[stem] = _standoff(guards.decoded(item), len(texts[stem]), name)
    if WHOLE in files:
        return _merged(load_json(files[WHOLE])[0], found), ()
    return _foreign(texts, found)


def _merged(noted: ArgumentMap, found: Mapping[str, _Standoff]) -> ArgumentMap:
    """Our own export with the spans and relations as they stand now."""
    marks = _marks(noted)
    relations = _relations(noted, marks)
    nodes = {node.id: _moved(node, marks, found) for node in noted.nodes.values()}
    gone = {
        link for (place, mark), (link, *_) in relations.items() if mark not in _at(found, place).relations
    }
    links = [link for link in noted.links.values() if link.id not in gone]
    held = {link.id for link in links} | nodes.keys()
    return checked(replace(noted, nodes=nodes, links={k.id: k for k in links if k.target in held}))


def _at(found: Mapping[str, _Standoff], place: str) -> _Standoff:
    return found.get(place, _Standoff())


def _moved(node: Node, marks: Marks, found: Mapping[str, _Standoff]) -> Node:
    mentions = list(node.mentions)
    kind = node.kind
    for (place, mark), (name, number) in marks.items():
        span = _at(found, place).spans.get(mark) if name == node.id else None
        if span is not None:
            kind = NodeKind(span[0]) if span[0] in {*NodeKind} else kind
            mentions[number] = replace(mentions[number], start=span[1], end=span[2])
    return replace(node, kind=kind, mentions=tuple(mentions))


_KINDS = {"support": "supports", "attack": "attacks", "for": "supports", "against": "attacks"}


def _foreign(texts: Mapping[str, str], found: Mapping[str, _Standoff]) -> Loaded:
    """Annotations that others made: each span a node, each relation a link."""
    draft = Draft()
    documents = []
    for stem, text in texts.items():
        document = Document(document_id(text), stem, "text", text, (Turn("t1", 0, len(text)),))
        documents.append(document)
        standoff = _at(found, stem)
        for mark, (kind, start, end) in standoff.spans.items():
            kept: dict[str, Any] = {"brat": {"type": kind, "id": mark}}
            known = kind.casefold() if kind.casefold() in {*NodeKind} else None
            place = Mention(document.id, start, end)
            draft.atoms[f"{stem} {mark}"] = Atom(text[start:end], known, (place,), kept)
        for mark, (kind, source, target) in standoff.relations.items():
            word = kind.casefold()
            known = word if word in {*LinkKind} else _KINDS.get(word, "supports")
            name = f"{stem} {mark}"
            draft.relations[name] = Relation(known, kind, {"brat": {"type": kind, "id": mark}})
            draft.edge(f"{stem} {source}", name)
            draft.edge(name, f"{stem} {target}")
    draft.finish()
    links: list[Link] = draft.all_links()
    return checked(ArgumentMap.of(documents, draft.nodes.values(), links)), tuple(draft.warnings)


def sniff(data: bytes) -> bool:
    """Whether this is a zip with an ``.ann`` file, or our own of no document."""
    if data[:2] != b"PK":
        return False
    try:
        names = list(unpacked(data))
    except FormatError:
        return False
    return any(name.endswith(".ann") for name in names) or names == [WHOLE]


FORMAT = FileFormat("brat", ".zip", "application/zip", dump, load, sniff)
