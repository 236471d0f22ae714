"""Abstract argumentation frameworks: TGF, APX and ICCMA's ``p af``. Nothing but names and attacks.

A node's id is its name, so what a solver says about a name can be taken back to the map.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.losses import losses_between
from argmap.model import ArgumentMap, Link, LinkKind, Node, NodeKind, link_id

Attack = tuple[str, str]
_NAME = re.compile(r"[a-z][A-Za-z0-9_]*+")
# A file of a few bytes names as many as it likes.
MOST_ARGUMENTS = 200_000
_WHY = "an abstract framework has names and attacks only"


def framework(argument_map: ArgumentMap) -> tuple[dict[str, str], list[Attack]]:
    """Names by node id, and attacks between names: a linked attack is one of each of its sources."""
    fits = all(_NAME.fullmatch(node) for node in argument_map.nodes)
    names = {node: node if fits else f"a{place}" for place, node in enumerate(argument_map.nodes, 1)}
    pairs = [
        (names[source], names[link.target])
        for link in argument_map.links.values()
        if link.kind is LinkKind.ATTACKS
        for source in link.sources
    ]
    return names, list(dict.fromkeys(pairs))


def _map_of(names: Iterable[str], attacks: Iterable[Attack]) -> ArgumentMap:
    nodes = {name: Node(name, NodeKind.CLAIM, name) for name in names}
    links = []
    for source, target in dict.fromkeys(attacks):
        for end in (source, target):
            if end not in nodes:
                raise FormatError(f"an attack names '{end:.60}', which is no argument")
        ident = link_id("attacks", [source], target)
        links.append(Link(ident, LinkKind.ATTACKS, (source,), target))
    return ArgumentMap.of(nodes=nodes.values(), links=links)


def _dumper(
    write: Callable[[list[str], list[Attack]], str], *, numbered: bool = False
) -> Callable[[ArgumentMap], Dumped]:
    def dump(argument_map: ArgumentMap) -> Dumped:
        names, attacks = framework(argument_map)
        read = {old: str(place) if numbered else old for place, old in enumerate(names.values(), 1)}
        again = _map_of(read.values(), [(read[source], read[target]) for source, target in attacks])
        same = {node: read[name] for node, name in names.items()}
        return write(list(names.values()), attacks).encode(), losses_between(argument_map, again, same, _WHY)

    return dump


def _tgf(names: list[str], attacks: list[Attack]) -> str:
    return "".join(f"{name}\n" for name in names) + "#\n" + "".join(f"{a} {b}\n" for a, b in attacks)


def _apx(names: list[str], attacks: list[Attack]) -> str:
    head = "" if names else "% no arguments\n"
    return (
        head + "".join(f"arg({name}).\n" for name in names) + "".join(f"att({a},{b}).\n" for a, b in attacks)
    )


def _iccma(names: list[str], attacks: list[Attack]) -> str:
    number = {name: place for place, name in enumerate(names, 1)}
    lines = [f"# {place} {name}\n" for name, place in number.items()]
    return f"p af {len(names)}\n" + "".join(lines) + "".join(f"{number[a]} {number[b]}\n" for a, b in attacks)


def load_tgf(data: bytes) -> Loaded:
    """Names, ``#``, then a pair of names a line; labels after a name become texts."""
    head, mark, tail = guards.decoded(data).partition("#")
    if not mark:
        raise FormatError("TGF has a line '#' between arguments and attacks")
    names = [line.split()[0] for line in head.splitlines() if line.strip()]
    first = head.count("\n") + 1
    attacks = []
    for number, line in enumerate(tail.splitlines(), first):
        words = line.split()
        if words and len(words) < 2:
            raise FormatError("an attack is two names", line=number)
        if words:
            attacks.append((words[0], words[1]))
    return _map_of(names, attacks), ()


_FACT = re.compile(r"(arg|att)\s*+\(([^(),]*+)(?:,([^(),]*+))?\)\s*+\.")


def load_apx(data: bytes) -> Loaded:
    """``arg(a).`` and ``att(a,b).``; ``%`` begins a comment."""
    names, attacks = [], []
    for number, line in enumerate(guards.decoded(data).splitlines(), 1):
        text = line.partition("%")[0].strip()
        for fact, first, second in _FACT.findall(text):
            names += [first.strip()] if fact == "arg" else []
            attacks += [(first.strip(), second.strip())] if fact == "att" else []
        if _FACT.sub("", text).strip():
            raise FormatError(f"not an APX fact: {text:.60}", line=number)
    return _map_of(names, attacks), ()


def load_iccma(data: bytes) -> Loaded:
    """``p af n``, then a pair of numbers a line; ``#`` begins a comment."""
    lines = guards.decoded(data).splitlines()
    head = next((line.split() for line in lines if line.strip() and not line.startswith("#")), [])
    if len(head) != 3 or head[:2] != ["p", "af"] or not head[2].isdecimal() or len(head[2]) > 7:
        raise FormatError("an ICCMA file begins with 'p af' and the number of arguments")
    if int(head[2]) > MOST_ARGUMENTS:
        raise FormatError(f"more than {MOST_ARGUMENTS:,} arguments")
    attacks = []
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#") or words[0] == "p":
            continue
        if len(words) != 2 or not all(word.isdecimal() for word in words):
            raise FormatError("an attack is two numbers", line=number)
        attacks.append((words[0], words[1]))
    return _map_of(map(str, range(1, int(head[2]) + 1)), attacks), ()


def _is_tgf(data: bytes) -> bool:
    head, mark, tail = data.partition(b"#")
    lines = [line for line in head[:4096].splitlines() if line.strip()]
    return (
        bool(mark)
        and tail[:1] in (b"", b"\n", b"\r")
        and all(len(line) < 200 for line in lines)
        and (head == b"" or head[-1:] == b"\n")
        and not head.lstrip().startswith((b"{", b"[", b"<", b"=", b"@", b"p af"))
    )


def _is_apx(data: bytes) -> bool:
    return bool(re.match(rb"\s*(%[^\n]*+\s*)*((arg|att)\s*\(|$)", data[:65536])) and bool(data.strip())


def _is_iccma(data: bytes) -> bool:
    return bool(re.match(rb"\s*(#[^\n]*+\s*)*p af ", data[:65536]))


TGF = FileFormat("tgf", ".tgf", "text/plain", _dumper(_tgf), load_tgf, _is_tgf)
APX = FileFormat("apx", ".apx", "text/plain", _dumper(_apx), load_apx, _is_apx)
ICCMA = FileFormat("iccma", ".af", "text/plain", _dumper(_iccma, numbered=True), load_iccma, _is_iccma)
