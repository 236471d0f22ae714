"""brat standoff: a zip of ``.txt`` and ``.ann`` pairs.

Each mention is a text-bound annotation of the node's kind, links between mentioned nodes are relations.
``argmap.json`` in the zip holds what standoff has no place for; spans and relations that somebody moved,
added or removed in brat count. Of others' annotations attributes and notes are kept with the node, `Equiv` is
a rephrasing, and a claim's `Stance` (Argument Annotated Essays) is its relation to the major claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
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
    """One ``.ann`` file: spans and relations by their ids, and what else is said of a span by its id."""

    spans: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


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


class _Text:
    """A ``.txt`` file; brat counts a newline of two characters as two, our documents have one there."""

    def __init__(self, data: bytes) -> None:
        self.text = guards.decoded(data)
        raw = data.decode("utf-8-sig")
        self.length = len(raw)
        self.doubled = [match.start() for match in re.finditer("\r\n", raw)]

    def place(self, offset: int) -> int:
        """Where brat's offset is in the document."""
        return offset - bisect_left(self.doubled, offset)


def _standoff(annotations: str, text: _Text, name: str) -> _Standoff:
    found = _Standoff()
    for number, line in enumerate(annotations.split("\n"), 1):
        try:
            _add(found, line, text)
        except FormatError as error:
            raise FormatError(f"{name}: {error.message}", line=number) from error
    return found


def _add(found: _Standoff, line: str, text: _Text) -> None:
    """What one line says; see https://brat.nlplab.org/standoff.html."""
    mark, _, rest = line.partition("\t")
    head, _, words = rest.partition("\t")
    match line[:1], head.split():
        case "T", [kind, *places]:
            start, end = _span(places, text)
            found.spans[mark] = kind, start, end
            if ";" not in head and words.split() != text.text[start:end].split():
                found.warnings.append(f"{mark}: its words are not those of the text there")
        case "R", [kind, first, second]:
            found.relations[mark] = kind, first.partition(":")[2], second.partition(":")[2]
        case "*", ["Equiv", first, *others]:
            for other in others:
                found.relations[f"{first}={other}"] = "rephrases", other, first
        case (("A" | "M"), [kind, place, *value]):
            found.attributes.setdefault(place, {})[kind] = " ".join(value) or True
        case "#", [kind, place]:
            found.attributes.setdefault(place, {})[kind] = words
        case (("T" | "R"), _):
            raise FormatError("expected a kind and a span, or a kind and two arguments")
        case (("E" | "N"), _):
            found.warnings.append(f"{mark}: events and normalizations are left out")
        case _:
            pass


def _span(words: list[str], text: _Text) -> tuple[int, int]:
    places = [place for word in words for place in word.split(";")]
    if len(places) < 2 or not all(place.isdecimal() and len(place) < 12 for place in places):
        raise FormatError("a text-bound annotation has a kind and a span")
    start, end = int(places[0]), int(places[-1])
    if not start <= end <= text.length:
        raise FormatError("a span outside the text")
    return text.place(start), text.place(end)


def load(data: bytes) -> Loaded:
    """The map of a zip of standoff files.

    Raises:
        FormatError: not such a zip, or an annotation without its text.
    """
    files = unpacked(data)
    texts = {name.removesuffix(".txt"): _Text(item) for name, item in files.items() if name.endswith(".txt")}
    found = {}
    for name, item in files.items():
        if name.endswith(".ann"):
            stem = name.removesuffix(".ann")
            if stem not in texts:
                raise FormatError(f"the zip has {name:.80} but not its .txt")
            found[stem] = _standoff(guards.decoded(item), texts[stem], name)
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


def _foreign(texts: Mapping[str, _Text], found: Mapping[str, _Standoff]) -> Loaded:
    """Annotations that others made: each span a node, each relation a link."""
    draft = Draft()
    documents = []
    for stem, item in texts.items():
        text = item.text
        document = Document(document_id(text), stem, "text", text, (Turn("t1", 0, len(text)),))
        documents.append(document)
        _draw(draft, stem, document, _at(found, stem))
    draft.finish()
    links: list[Link] = draft.all_links()
    return checked(ArgumentMap.of(documents, draft.nodes.values(), links)), tuple(draft.warnings)


def _draw(draft: Draft, stem: str, document: Document, standoff: _Standoff) -> None:
    draft.warnings += [f"{stem}.ann, {warning}" for warning in standoff.warnings]
    for mark, (kind, start, end) in standoff.spans.items():
        kept: dict[str, Any] = {"type": kind, "id": mark, **standoff.attributes.get(mark, {})}
        known = kind.casefold() if kind.casefold() in {*NodeKind} else None
        place = Mention(document.id, start, end)
        draft.atoms[f"{stem} {mark}"] = Atom(document.text[start:end], known, (place,), {"brat": kept})
    for mark, (kind, source, target) in (standoff.relations | _stances(standoff)).items():
        word, name = kind.casefold(), f"{stem} {mark}"
        known = word if word in {*LinkKind} else _KINDS.get(word, "supports")
        draft.relations[name] = Relation(known, kind, {"brat": {"type": kind, "id": mark}})
        draft.edge(f"{stem} {source}", name)
        draft.edge(name, f"{stem} {target}")


def _stances(standoff: _Standoff) -> dict[str, tuple[str, str, str]]:
    """Relations that corpora of essays note as the attribute ``Stance`` of a claim to the major claim."""
    major = next((mark for mark, span in standoff.spans.items() if span[0] == "MajorClaim"), None)
    stances = {mark: values.get("Stance") for mark, values in standoff.attributes.items() if major}
    return {
        f"stance of {mark}": (stance, mark, str(major))
        for mark, stance in stances.items()
        if stance in ("For", "Against") and mark != major
    }


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
