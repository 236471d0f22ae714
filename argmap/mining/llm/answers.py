"""A model's answer, checked by its schema, and its quotes found in the text they are said to be from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from argmap.errors import MissingExtra
from argmap.mining.stretches import Stretch
from argmap.model import Span

MOST_UNITS = 500
"""Units, and links, of one answer that are looked at."""
LONGEST_QUOTE = 2_000
_ALIKE = str.maketrans(
    {**dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐‑‒–—−", "-")}
)
_AROUND = " \t\r\n\"'“”‘’…"


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("answer.schema.json").read_text("utf-8"))
    return found


def read_answer(content: str) -> dict[str, Any]:
    """The answer in a model's words: one JSON object that keeps to the schema, whatever stands around it.

    Raises:
        ValueError: there is none.
        MissingExtra: jsonschema is not installed.
    """
    try:
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import best_match
    except ImportError as error:
        raise MissingExtra("miner", "llm", "llm") from error
    start, end = content.find("{"), content.rfind("}")
    try:
        value = json.loads(content[start : end + 1], parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    wrong = best_match(Draft202012Validator(schema()).iter_errors(value))
    if wrong is not None:
        raise ValueError(f"{wrong.json_path}: {wrong.message}")
    return dict(value)


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


@dataclass(frozen=True, slots=True)
class _Folded:
    """A stretch as quotes are compared with it: spaces, quotation marks, dashes and case are alike.

    Args:
        text: the folded characters.
        places: for each of them, its offset in the document.
    """

    stretch: Stretch
    text: str
    places: Sequence[int]


class Quotes:
    """Finds quotes in the stretches of a passage, each place once.

    Args:
        stretches: of the passage.

    Cost: linear in the passage, and for each quote in what is left of it.
    """

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._folded = [_folded(stretch) for stretch in stretches]
        self._taken: set[Span] = set()

    def find(self, quote: str, turn: int) -> tuple[Stretch, Span] | None:
        """Where a quote stands: in the turn that is named, else in another; None where it is not there."""
        wanted = "".join(_letters(quote.strip(_AROUND)[:LONGEST_QUOTE])[0]).strip()
        if not any(letter.isalnum() for letter in wanted):
            return None
        for folded in sorted(self._folded, key=lambda one: one.stretch.turn != turn):
            span = self._in(folded, wanted)
            if span is not None:
                return folded.stretch, span
        return None

    def _in(self, folded: _Folded, wanted: str) -> Span | None:
        at = folded.text.find(wanted)
        while at >= 0:
            span = Span(folded.places[at], folded.places[at + len(wanted) - 1] + 1)
            if span not in self._taken and _is_whole(folded.text, at, at + len(wanted)):
                self._taken.add(span)
                return span
            at = folded.text.find(wanted, at + 1)
        return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    cuts = [text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]]
    return not any(len(pair) == 2 and pair.isalnum() for pair in cuts)


def _folded(stretch: Stretch) -> _Folded:
    letters, places = _letters(stretch.text)
    return _Folded(stretch, "".join(letters), [stretch.start + place for place in places])


def _letters(text: str) -> tuple[list[str], list[int]]:
    """Folded characters with their offsets; a run of white space is one space."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.translate(_ALIKE)):
        small = " " if letter.isspace() else letter.lower()
        if len(small) != 1:
            small = letter
        if small != " " or (letters and letters[-1] != " "):
            letters.append(small)
            places.append(place)
    return letters, places
