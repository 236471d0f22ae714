"""Abstract argumentation frameworks: TGF, APX and ICCMA's ``p af``. Nothing but names and attacks.

A node's id is its name, so what a solver says about a name can be taken back to the map.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.losses import losses_between
from argmap.model import ArgumentMap, Link, LinkKind, Node, NodeKind, link_id

Attack = tuple[str, str]
_NAME = re.compile(r"[a-z][A-Za-z0-9_]*+|[1-9][0-9]*+")
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
        if link.kind is LinkKind.ATTACKS and link.target in names
        for source in link.sources
    ]
    return names, list(dict.fromkeys(pairs))


def _map_of(
    names: Iterable[str], attacks: Iterable[Attack], labels: Mapping[str, str] | None = None
) -> ArgumentMap:
    nodes = {name: Node(name, NodeKind.CLAIM, (labels or {}).get(name, name)) for name in names}
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
        written = list(names.values())
        read = _numbers(written) if numbered else {name: name for name in written}
        again = _map_of(read.values(), [(read[source], read[target]) for source, target in attacks])
        same = {node: read[name] for node, name in names.items()}
        return write(written, attacks).encode(), losses_between(argument_map, again, same, _WHY)

    return dump


def _numbers(names: Sequence[str]) -> dict[str, str]:
    """Name -> its number: itself where the names are 1 to n, as in a file of such numbers; else its place."""
    places = [str(place) for place in range(1, len(names) + 1)]
    return dict(zip(names, names if set(names) == set(places) else places, strict=True))


def _tgf(names: list[str], attacks: list[Attack]) -> str:
    return "".join(f"{name}\n" for name in names) + "#\n" + "".join(f"{a} {b}\n" for a, b in attacks)


def _apx(names: list[str], attacks: list[Attack]) -> str:
    head = "" if names else "% no arguments\n"
    return (
        head + "".join(f"arg({name}).\n" for name in names) + "".join(f"att({a},{b}).\n" for a, b in attacks)
    )


def _iccma(names: list[str], attacks: list[Attack]) -> str:
    number = _numbers(names)
    lines = [f"# {place} {name}\n" for name, place in number.items() if place != name]
    return f"p af {len(names)}\n" + "".join(lines) + "".join(f"{number[a]} {number[b]}\n" for a, b in attacks)


_MARK = re.compile(r"^[ \t]*+#[ \t]*+$", re.M)


def load_tgf(data: bytes) -> Loaded:
    """Names, a line ``#``, then a pair of names a line; labels after a name become texts."""
    text = guards.decoded(data)
    mark = _MARK.search(text)
    if mark is None:
        raise FormatError("TGF has a line '#' between arguments and attacks")
    rows = [line.split(maxsplit=1) for line in text[: mark.start()].splitlines() if line.strip()]
    labels = {name: label[0].strip() for name, *label in rows if label}
    attacks, dropped = [], 0
    for number, line in enumerate(text[mark.end() :].splitlines(), guards.line_of(text, mark.start())):
        words = line.split()
        if words and len(words) < 2:
            raise FormatError("an attack is two names", line=number)
        if words:
            attacks.append((words[0], words[1]))
        dropped += len(words) > 2
    warnings = (f"{dropped} labels of attacks are left out",) if dropped else ()
    return _map_of([name for name, *_ in rows], attacks, labels), warnings


_FACT = re.compile(r"(arg|att)\s*+\(([^(),]*+)(?:,([^(),]*+))?\)\s*+\.")


def load_apx(data: bytes) -> Loaded:
    """``arg(a).`` and ``att(a,b).``; ``%`` begins a comment."""
    names, attacks = [], []
    for number, line in enumerate(guards.decoded(data).splitlines(), 1):
        text = line.partition("%")[0].strip()
        for fact, first, second in _FACT.findall(text):
            if not first.strip() or (fact == "att") != bool(second.strip()):
                raise FormatError(f"arg has one name and att two: {text:.60}", line=number)
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


_MARKED = re.compile(rb"^[ \t]*+#[ \t]*+\r?$", re.M)


def _is_tgf(data: bytes) -> bool:
    mark = _MARKED.search(data)
    head = data[: mark.start()][:4096].lstrip() if mark else b""
    return (
        mark is not None
        and not any(len(line) >= 200 or line.lstrip().startswith(b"#") for line in head.splitlines())
        and not head.startswith((b"{", b"[", b"<", b"=", b"@", b"p af"))
    )


def _is_apx(data: bytes) -> bool:
    return bool(re.match(rb"\s*(%[^\n]*+\s*)*((arg|att)\s*\(|$)", data[:65536])) and bool(data.strip())


def _is_iccma(data: bytes) -> bool:
    return bool(re.match(rb"\s*(#[^\n]*+\s*)*p af ", data[:65536]))


TGF = FileFormat("tgf", ".tgf", "text/plain", _dumper(_tgf), load_tgf, _is_tgf)
APX = FileFormat("apx", ".apx", "text/plain", _dumper(_apx), load_apx, _is_apx)
ICCMA = FileFormat("iccma", ".af", "text/plain", _dumper(_iccma, numbered=True), load_iccma, _is_iccma)
