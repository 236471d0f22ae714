"""brat standoff: a zip of ``.txt`` and ``.ann`` pairs.

Each mention is a text-bound annotation of the node's kind, links between mentioned nodes are relations.
``argmap.json`` in the zip holds what standoff has no place for; spans and relations that somebody changed,
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
from argmap.formats.extension import noted as kept_from
from argmap.formats.extension import spare_node
from argmap.formats.soundness import checked
from argmap.formats.zip_guard import packed, unpacked
from argmap.model import ArgumentMap, Document, Link, LinkKind, Mention, Node, NodeKind, Turn, document_id
from argmap.model.replay import anchored

WHOLE = "argmap.json"
Place = tuple[str, str]  # document, id of the annotation in it
Mark = tuple[str, int, int]
Marks = dict[Place, tuple[str, int]]
Names = Mapping[Place, str]
Relations = dict[Place, tuple[str, str, str, str]]


@dataclass(slots=True)
class _Standoff:
    """One ``.ann`` file: spans and relations by their ids, and what else is said of a span by its id."""

    spans: dict[str, Mark] = field(default_factory=dict)
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


def _relations(argument_map: ArgumentMap, marks: Marks) -> Relations:
    """(document, R-id) -> (link, kind, T-id, T-id), for links with both ends in one document."""
    spots: dict[Place, str] = {}
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
    relations: Relations,
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
            found.spans[mark] = kind, *_span(places, text)
            if fault := _misquoted(text.text[slice(*found.spans[mark][1:])], words, pieces=";" in head):
                found.warnings.append(f"{mark}: {fault}")
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


def _misquoted(said: str, words: str, *, pieces: bool) -> str:
    """What is odd about a span; empty where nothing is."""
    if pieces:
        return "its pieces are taken as one span, gaps and all"
    return "" if words.split() == said.split() else "its words are not those of the text there"


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
    if data[:2] != b"PK":
        raise FormatError("brat's files come in a zip: each .txt with its .ann")
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
        return _merged(load_json(files[WHOLE])[0], found)
    if not found:
        raise FormatError("the zip holds no .ann")
    return _foreign(texts, found)


def _merged(noted: ArgumentMap, found: Mapping[str, _Standoff]) -> Loaded:
    """Our own export as it stands now; what was added is read as in others' files."""
    marks = _marks(noted)
    relations = _relations(noted, marks)
    names = {mark: node for mark, (node, _) in marks.items()}
    draft = Draft()
    for node in _as_marked(noted, marks, found):
        draft.atoms[node.id] = Atom(node.text, mentions=node.mentions, spare=spare_node(node))
    for stem, standoff in found.items():
        if stem in noted.documents:
            _draw(draft, stem, noted.documents[stem], _added(stem, standoff, marks, relations), names)
    draft.finish()
    links = {link.id: link for link in (*draft.all_links(), *_as_related(noted, relations, names, found))}
    nodes = {node.id: node for node in draft.nodes.values()}
    is_less = noted.nodes.keys() - nodes.keys() or noted.links.keys() - links.keys()
    held = anchored(links, nodes) if is_less else links.values()
    whole = ArgumentMap.of(noted.documents.values(), nodes.values(), held, noted.attributes)
    return checked(whole), tuple(draft.warnings)


def _as_marked(noted: ArgumentMap, marks: Marks, found: Mapping[str, _Standoff]) -> Iterator[Node]:
    """The nodes with their mentions as they stand now, and what was said of them; one that lost all its
    mentions is left out.
    """
    now: dict[str, dict[int, Mark | None]] = {}
    said: dict[str, dict[str, Any]] = {}
    for (place, mark), (name, number) in marks.items():
        if place in found:
            now.setdefault(name, {})[number] = found[place].spans.get(mark)
            said.setdefault(name, {}).update(found[place].attributes.get(mark, {}))
    for node in noted.nodes.values():
        moved = _moved(node, now.get(node.id, {}), noted)
        if said.get(node.id):
            notes = kept_from(node, "brat") | said[node.id]
            moved = replace(moved, attributes={**node.attributes, "brat": notes})
        if moved.mentions or not node.mentions:
            yield moved


def _moved(node: Node, now: Mapping[int, Mark | None], noted: ArgumentMap) -> Node:
    """A node with these spans; a wording that was the quote goes with it."""
    mentions, kind, wording = [], node.kind, node.text
    for number, mention in enumerate(node.mentions):
        mark = now.get(number, (node.kind.value, mention.start, mention.end))
        if mark is None:
            continue
        name, start, end = mark
        kind = NodeKind(name) if name != node.kind and name in {*NodeKind} else kind
        mentions.append(replace(mention, start=start, end=end))
        if mentions[-1] != mention:
            text = noted.documents[mention.document].text
            was_quote = wording.split() == text[mention.start : mention.end].split()
            wording = " ".join(text[start:end].split()) if was_quote else wording
    return replace(node, kind=kind, text=wording, mentions=tuple(mentions))


def _as_related(
    noted: ArgumentMap, relations: Relations, names: Names, found: Mapping[str, _Standoff]
) -> Iterator[Link]:
    """The links whose relations are as they were, without the sources whose are not."""
    lost = {
        (link, names[place, start])
        for (place, mark), (link, kind, start, target) in relations.items()
        if place in found and found[place].relations.get(mark) != (kind, start, target)
    }
    for link in noted.links.values():
        sources = tuple(source for source in link.sources if (link.id, source) not in lost)
        if sources:
            yield replace(link, sources=sources)


def _added(stem: str, standoff: _Standoff, marks: Marks, relations: Relations) -> _Standoff:
    """The spans and relations that are new or say something else now."""
    spans = {mark: span for mark, span in standoff.spans.items() if (stem, mark) not in marks}
    others = {
        mark: said for mark, said in standoff.relations.items() if relations.get((stem, mark), ())[1:] != said
    }
    return replace(standoff, spans=spans, relations=others)


_KINDS = {"support": "supports", "attack": "attacks", "for": "supports", "against": "attacks"}


def _foreign(texts: Mapping[str, _Text], found: Mapping[str, _Standoff]) -> Loaded:
    """Annotations that others made: each span a node, each relation a link."""
    draft = Draft()
    documents = []
    for stem, item in texts.items():
        text = item.text
        document = Document(document_id(text), stem, "text", text, (Turn("t1", 0, len(text)),))
        documents.append(document)
        _draw(draft, stem, document, found.get(stem, _Standoff()), {})
    draft.finish()
    links: list[Link] = draft.all_links()
    return checked(ArgumentMap.of(documents, draft.nodes.values(), links)), tuple(draft.warnings)


def _draw(draft: Draft, stem: str, document: Document, standoff: _Standoff, names: Names) -> None:
    """Put one file's annotations into the draft; ``names`` are those of the nodes that are there already."""
    draft.warnings += [f"{stem}.ann, {warning}" for warning in standoff.warnings]
    for mark, (kind, start, end) in standoff.spans.items():
        kept: dict[str, Any] = {"type": kind, "id": mark, **standoff.attributes.get(mark, {})}
        known = kind.casefold() if kind.casefold() in {*NodeKind} else None
        turn = document.turn_at(start)
        place = Mention(document.id, start, end, turn.speaker if turn else None)
        draft.atoms[f"{stem} {mark}"] = Atom(document.text[start:end], known, (place,), {"brat": kept})
    for mark, (kind, source, target) in (standoff.relations | _stances(standoff)).items():
        word, name = kind.casefold(), f"{stem} {mark}"
        known = word if word in {*LinkKind} else _KINDS.get(word)
        if known is None:
            draft.warnings.append(f"{stem}.ann, {mark}: '{kind:.40}' is taken as support")
        kept = {"type": kind, "id": mark, **standoff.attributes.get(mark, {})}
        draft.relations[name] = Relation(known or "supports", kind, {"brat": kept})
        draft.edge(names.get((stem, source), f"{stem} {source}"), name)
        draft.edge(name, names.get((stem, target), f"{stem} {target}"))


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
