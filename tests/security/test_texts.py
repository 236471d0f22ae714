# ruff: noqa: E501  (the pieces)
"""Texts that are made to be slow to read or mine: every cost is in proportion to size, and no letter is lost."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from argmap.errors import ReadError
from argmap.knowledge_base import chosen_miner
from argmap.mining import Miner
from argmap.readers import READERS, read_bytes
from argmap.readers.decoding import canonical
from tests.readers.test_readers import assert_valid

PACK = Path(__file__).parents[2].parent / "shared/corpora/hostile/ours"
SIGNS = "=!.?-_*#>|~😀“”'\"()[]{}<>\u0301\u200d\u202e\n \t"
SHAPES = {f"U+{ord(sign):04X}": sign for sign in SIGNS} | {
    "word": "w", "words": "word ", "names": "Ann Lee, ", "turns": "Ann: ", "posts": "#1 Bob\na b c.\n", "quotes": "> a\n",
    "times": "[00:01] ", "links": "http://a.b/c ", "mail": "On Monday ann wrote:\n", "claims": "Bikes win, because cars stop. ",
    "because": "because ", "paragraphs": "a b c.\n\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def miner() -> Miner:
    """The miner, warm."""
    found = chosen_miner("argmap", ":memory:")
    found.mine(read_bytes(b"Ann: Bikes are faster, because cars stop.\n", name="a.txt"))
    return found


def any_text(number: int, size: int) -> str:
    """A text of this number: one shape, or all of them mixed with letters of any script."""
    chance, pieces, length = Random(number), [], 0
    shapes = [*SHAPES.values()] if number % 3 else [chance.choice([*SHAPES.values()])]
    while length < size:
        if chance.random() < 0.2 and number % 3:
            letters = (
                chance.choice((chance.randrange(32, 0xD800), chance.randrange(0xE000, 0x110000)))
                for _ in range(99)
            )
            pieces.append("".join(map(chr, letters)))
        else:
            pieces.append(chance.choice(shapes) * chance.randrange(1, 400))
        length += len(pieces[-1])
    return "".join(pieces)[:size]


@pytest.mark.parametrize("size", [2_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_any_text_is_read_as_it_stands(size: int) -> None:
    """The text is what was sent, in its one canonical form; turns lie in it; a megabyte takes 10 CPU seconds at most."""
    for number in range(20):
        text = any_text(number, size)
        start = time.process_time()
        try:
            document = read_bytes(text.encode(), name="upload.txt")
        except ReadError:
            continue
        assert time.process_time() - start < 10, number
        assert_valid(document)
        assert document.text == canonical(text)[0]


def spent(miner: Miner, text: str) -> float:
    """CPU seconds to read and mine this; every quote is where it is said to be."""
    start = time.process_time()
    document = read_bytes(text.encode(), name="upload.txt")
    found = miner.mine(document)
    taken = time.process_time() - start
    for node in found.nodes:
        assert all(document.text[mention.start : mention.end].strip() for mention in node.mentions)
    return taken


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("shape", SHAPES)
def test_mining_costs_in_proportion(miner: Miner, shape: str) -> None:
    """Four times the signs take at most seven times as long."""
    sign = SHAPES[shape]
    quarter, whole = (
        f"Bikes are fast.\n\n{sign * (size // len(sign))}\n\nCars are not." for size in (4_000, 16_000)
    )
    assert spent(miner, whole) < max(2.0, 7 * spent(miner, quarter))


@pytest.mark.skipif(not PACK.is_dir(), reason="the hostile files are not beside the project")
@pytest.mark.parametrize("reader", [None, *READERS])
def test_the_pack_of_hostile_texts_is_read(reader: str | None) -> None:
    """All but the picture, each in no time, and none with a letter that cannot be seen or stored."""
    for path in sorted(PACK.glob("*.txt")):
        start = time.process_time()
        try:
            document = read_bytes(path.read_bytes(), name=path.name, reader=reader)
        except ReadError:
            assert path.name == "png_named.txt" or reader
            continue
        assert time.process_time() - start < 2, path.name
        assert_valid(document)
        assert not set(document.text) & set(map(chr, (*range(9), *range(11, 32), 0xFFFE)))
