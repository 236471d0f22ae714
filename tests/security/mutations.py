# ruff: noqa: E501  (the pieces)
"""Inputs for fuzzing: honest files of every format and genre, and what comes of damaging them.

Everything follows from a name and a number, so that a failure can be made again from its message.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from argmap import formats
from argmap.errors import ArgmapError
from argmap.formats.zip_guard import packed, unpacked
from argmap.model import ArgumentMap, Document, Mention, Status, Turn, document_id, new_link, new_node
from argmap.readers import READERS

ROOT = Path(__file__).parents[2]
PEERS = ROOT.parent / "shared/corpora/formats"
LONGEST = 6_000  # bytes of a seed, so that thousands are read in seconds
READABLE = [name for name in formats.FORMATS if formats.FORMATS[name].load is not None]

TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"\t", b"  ", b'"', b"'", b"\\", b"\\u0000",
    b"\\ud800", "\u202e".encode(), "\u2028".encode(), "\U0001f600".encode(), b"null", b"true", b"NaN", b"-1", b"1e999",
    b"99999999999999999999", b"{}", b"[]", b"[[", b"}}", b"<<", b">>", b"&#0;", b"&a;", b"<!--", b"]]>", b"<![CDATA[",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"@prefix : <x> .", b"===\n", b"---\n", b"#", b">", b"(1)", b"-> ", b"+ ",
    b"_:a", b"<a:b>", b"^^", b"&x", b"*x", b"!!str", b": ", b"- ", b"WEBVTT\n\n", b"00:00:01.000 --> 00:00:02.000\n",
    b"> ", b"wrote:\n", b"Bob: ", b"p af 3\n", b"arg(a).", b"PK\x03\x04",
)  # fmt: skip
TEXTS = {
    "comments": "Ann\n• 3 hours ago\nBikes are faster.\n\nBob\n• 2 hours ago\nNot uphill, they are not.\n",
    "essay": "Bikes are faster in town. Cars stand in queues. However, it rains.\n\nThus buses win.\n",
    "labelled": "Ann: Bikes are faster.\nBob: [laughs] Not uphill.\n\nAnn (00:10): They are. I measured it.\n",
    "markdown": "---\ntitle: Bikes\n---\n# Bikes\n\nThey are *faster*.\n\n> Not uphill.\n\n- [x](https://a.b/c)\n",
    "notes": '[Ann](https://a.b/c):\n\n"Bikes are faster."\n\n10:16 PM on Wed, Dec 04, 2024\n\nWhy?\n',
    "subtitles": "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.500\n<v Ann>Bikes are <b>faster</b>.\n\n"
    "2\n00:00:04.000 --> 00:00:06.000\n<v Bob>Not uphill.\n",
    "thread": "#1 Ann\nBikes are faster.\n\n#2 Bob Disputed #1\n> Bikes are faster.\nNot uphill.\n\n"
    "On Monday ann wrote:\n>> old\n> new\n",
    "transcript": "Ann Lee, welcome to the show. I'm Ann Lee. [00:01] Bob, you said bikes win?\n\nYes. Thanks, Ann.\n",
    "web": "<html><head><title>Bikes</title></head><body><article><h1>Bikes</h1><p>They are faster.</p>"
    "<blockquote>Not uphill.</blockquote><script>x()</script></article></body></html>",
}


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Honest inputs of a format or a reader: our own, and where they are here, those of peers."""
    if name in READERS:
        return tuple(text.encode() for text in TEXTS.values())
    ours = [formats.dump(small_map(size), name)[0] for size in (1, 4)]
    return (*ours, *_of_peers(name))


def _of_peers(name: str) -> list[bytes]:
    folders = {
        "aif": "aif_json", "arguebuf": "arguebuf", "argdown": "argdown", "argdown-json": "argdown_json",
        "carneades": "carneades_yaml", "graphml": "graphml", "xaif": "xaif",
    }  # fmt: skip
    if name not in folders:
        return []
    found = (path for path in sorted((PEERS / folders[name]).rglob("*")) if path.is_file())
    return [path.read_bytes() for path in found if path.stat().st_size < LONGEST][:12]


def small_map(size: int) -> ArgumentMap:
    """A map with a text, mentions, an undercut and linked premises; ``size`` makes more of the same."""
    text = "".join(f"Bikes are faster, {n}. Not uphill, {n}.\n" for n in range(size))
    half, turns, nodes, links = len(text) // size, [], [], []
    document = document_id(text)
    for n in range(size):
        turns.append(Turn(f"t{n}", n * half, (n + 1) * half - 1, f"Speaker {n}"))
        spans = (n * half, n * half + 19), (n * half + 20, (n + 1) * half - 1)
        mentions = [Mention(document, *span, f"Speaker {n}") for span in spans]
        claim, reply = (
            new_node(kind, text[place.start : place.end], [place], status=Status.SUGGESTED, confidence=0.5)
            for kind, place in zip(("claim", "rebuttal"), mentions, strict=True)
        )
        doubt = new_node("question", f"Who says that, {n}?", attributes={"tags": ["a", "b"]})
        attack = new_link("attacks", [reply.id], claim.id, by="miner@1", cue="not")
        nodes += [claim, reply, doubt]
        links += [attack, new_link("undercuts", [doubt.id], attack.id)]
        links.append(new_link("supports", [reply.id, doubt.id], claim.id))
    held = Document(document, "Bikes", "thread", text, tuple(turns))
    return ArgumentMap.of([held], nodes, links)


def mutated(name: str, number: int) -> bytes:
    """The input of this number for a format or reader."""
    chance = Random(f"{name} {number}")
    data, other = chance.choice(seeds(name)), chance.choice(seeds(name))
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _damaged_zip(chance, data)
    return _damaged(chance, data, other)


def _damaged(chance: Random, data: bytes, other: bytes) -> bytes:
    if chance.random() < 0.4:
        data = _other_json(chance, data)
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        data = chance.choice(_MUTATIONS)(chance, data, other)
    return data


def _damaged_zip(chance: Random, data: bytes) -> bytes:
    """A sound zip with one of its files damaged, gone, or under another name."""
    files = unpacked(data)
    name = chance.choice(sorted(files))
    content = files.pop(name)
    if chance.random() < 0.9:
        other = chance.choice(list(files.values()) or [content])
        files[name if chance.random() < 0.9 else "../" + name] = _damaged(chance, content, other)
    return packed(files)


def _place(chance: Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _slice(chance: Random, data: bytes) -> tuple[int, int]:
    start = _place(chance, data)
    return start, min(len(data), start + chance.choice((1, 2, 8, 60, 400)))


def _flip(chance: Random, data: bytes, other: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(chance: Random, data: bytes, other: bytes) -> bytes:
    start, end = _slice(chance, data)
    return data[:start] + data[end:]


def _end(chance: Random, data: bytes, other: bytes) -> bytes:
    return data[: _place(chance, data)]


def _insert(chance: Random, data: bytes, other: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 2, 70, 1000)) + data[at:]


def _repeat(chance: Random, data: bytes, other: bytes) -> bytes:
    start, end = _slice(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 3, 100)) + data[end:]


def _splice(chance: Random, data: bytes, other: bytes) -> bytes:
    return data[: _place(chance, data)] + other[_place(chance, other) :]


_MUTATIONS: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    _flip, _cut, _end, _insert, _insert, _repeat, _splice,
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**20, 0.5, "", "x", "\ud800", "a\n<b>", [], {}, [[]], [{}], {"a": []}, [None, 1], ["t0"]
)  # fmt: skip


def _other_json(chance: Random, data: bytes) -> bytes:
    """JSON with one value put in place of another; what is no JSON stays."""
    try:
        whole = json.loads(data)
    except ValueError:
        return data
    boxes = list(_boxes(whole))
    if not boxes:
        return data
    for _ in range(chance.choice((1, 1, 3))):
        box = chance.choice(boxes)
        key = chance.choice(list(box) if isinstance(box, dict) else range(len(box)))
        box[key] = chance.choice((*_VALUES, chance.choice(boxes) if chance.random() < 0.2 else "y"))
    try:
        return json.dumps(whole).encode()
    except ValueError:  # a box that was put into itself
        return data


def _boxes(whole: Any) -> list[Any]:
    found, stack = [], [whole]
    while stack:
        box = stack.pop()
        items = box.values() if isinstance(box, dict) else box
        stack.extend(item for item in items if isinstance(item, dict | list))
        if box:
            found.append(box)
    return found


def refusal(data: bytes, name: str) -> str | None:
    """How a format refuses these bytes, or None where it gives a map."""
    try:
        formats.load(data, name, path="upload")
    except ArgmapError as error:
        return str(error)
    return None
