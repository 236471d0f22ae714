"""Documents that the tests of the miner share."""

from __future__ import annotations

from pathlib import Path

from argmap.model import Document, Quote, Turn, document_id

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "data" / "debate" / "texts"
CORPORA = ROOT.parent / "shared" / "corpora"


def document(text: str, turns: tuple[Turn, ...] = (), genre: str = "essay") -> Document:
    """A document of these words."""
    return Document(document_id(text), "a text", genre, text, turns)


def dialogue(*said: tuple[str, str]) -> Document:
    """A thread: (speaker, words) pairs, each answering the one before."""
    text, turns = "", []
    for place, (speaker, words) in enumerate(said, 1):
        start = len(text)
        text += words + "\n"
        parent = f"t{place - 1}" if place > 1 else None
        turns.append(Turn(f"t{place}", start, start + len(words), speaker, reply_to=parent))
    return document(text, tuple(turns), "thread")


def quoting() -> Document:
    """A second turn that quotes the first and answers it, and a third that repeats the first."""
    claim = "Small models will soon beat the large ones at writing code."
    text = f"{claim}\n> {claim}\nI do not believe that small models can do it.\n{claim}\n"
    second = len(claim) + 1
    third = text.rindex(claim)
    return document(
        text,
        (
            Turn("t1", 0, len(claim), "Ann"),
            Turn("t2", second, third - 1, "Ben", quotes=(Quote(second + 2, second + 2 + len(claim), "t1"),)),
            Turn("t3", third, third + len(claim), "Ann", repeat_of="t1"),
        ),
        "thread",
    )
