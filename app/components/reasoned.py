"""What the debate around a claim comes to: as it is recorded, or with claims withdrawn, conceded or weighed.

What a claim comes to depends on what hangs together with it and on nothing else. So that part alone is read,
once for everybody who looks at it, and asked again when something is supposed. Suppositions are in the
address bar and nowhere else: no data changes.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock

import streamlit as st

from app import state
from app.components.cards import Label
from argmap.drawing import STANDING_LOOKS, Mark, Selection
from argmap.model import ArgumentMap
from argmap.reasoning import Move, Verdicts, WhatIf, Word, moves, reason

NEAR = 2_000  # claims that a page is told by while nobody asks what stands; the nearest ones
MOST_READ = 100_000  # claims that are read from one outwards where the layer is on
MOST_PARTS = 6  # that are kept for the next visitor
MOST_ANSWERS = 3  # that are kept for each part
MOST_SUPPOSED = 20
SECONDS = 2.0  # for what the grounded labels leave open
SECONDS_SUPPOSED = 0.5  # seconds for what a supposition leaves open
WITHDRAWN, CONCEDED = "withdrawn", "conceded"

Suppositions = dict[str, str]


@dataclass(frozen=True)
class Part:
    """What hangs together with a claim, reasoned about.

    Args:
        version: of the knowledge base.
        centre: the claim it was read for.
        size: how many claims were asked for.
        is_whole: whether all of it is there.
        answers: what is shown under the suppositions that were asked for last.
    """

    version: int
    centre: str
    size: int
    argument_map: ArgumentMap
    verdicts: Verdicts
    is_whole: bool
    answers: dict[tuple[tuple[str, str], ...], Layer] = field(default_factory=dict)

    @cached_property
    def what_if(self) -> WhatIf:
        """Tells what would follow, without reasoning about all anew."""
        return WhatIf(self.verdicts)

    def tells_of(self, node_id: str, size: int) -> bool:
        """Whether it was made for this claim and so many around it, or holds all that matters for it."""
        if self.is_whole:
            return node_id in self.argument_map.nodes
        return self.centre == node_id and self.size >= size

    def under(self, given: Suppositions) -> Layer:
        """What is shown of this part under suppositions; the last answers are kept for everybody."""
        if not given:
            return Layer(self.verdicts, self.verdicts)
        key = tuple(sorted(given.items()))
        found = self.answers.get(key)
        if found is None:
            found = Layer(self.verdicts, self._supposed(given))
            for old in list(self.answers)[: 1 - MOST_ANSWERS]:
                self.answers.pop(old, None)
            self.answers[key] = found
        return found

    def _supposed(self, given: Suppositions) -> Verdicts:
        return self.what_if.under(
            withdrawn=[node for node, how in given.items() if how == WITHDRAWN],
            conceded=[node for node, how in given.items() if how == CONCEDED],
            bases={node: base for node, how in given.items() if (base := weight(how)) is not None},
            seconds=SECONDS_SUPPOSED,
        )


def part(node_id: str) -> Part:
    """The part that holds a claim: all that hangs together with it where the layer is on."""
    version, size = state.knowledge_base().version, MOST_READ if is_on() else NEAR
    known = _known(node_id, size, version)
    if known is not None:
        return known
    with state.common(f"reading {size}", Lock):  # who asks for little does not wait for who asks for much
        return _known(node_id, size, version) or _read(node_id, size, version)


def _parts() -> list[Part]:
    found: list[Part] = state.common("parts", list)
    return found


def _known(node_id: str, size: int, version: int) -> Part | None:
    known = (part for part in list(_parts()) if part.version == version and part.tells_of(node_id, size))
    return next(known, None)


def _read(node_id: str, size: int, version: int) -> Part:
    """Read a part and keep it for the next visitor; of large ones the last alone, as they fill the memory."""
    with st.spinner("Reasoning about what hangs together, once until something is added or decided …"):
        found = state.knowledge_base().around(node_id, depth=size, limit=size)
        is_whole = max(len(found.nodes), len(found.links)) < size
        made = Part(version, node_id, size, found, reason(found, seconds=SECONDS), is_whole)
        parts = [known for known in _parts() if known.version == version and min(known.size, size) <= NEAR]
        _parts()[:] = [*parts[1 - MOST_PARTS :], made]
        return made


def suppositions(known: Container[str]) -> Suppositions:
    """What the address supposes of these claims: "withdrawn", "conceded", or how strong they are at first."""
    entries = (state.asked("suppose") or "").split("~")[:MOST_SUPPOSED]
    pairs = [(node, how) for node, _, how in (entry.rpartition(":") for entry in entries)]
    return {node: how for node, how in pairs if node in known and _means_something(how)}


def suppose(node_id: str, how: str | None) -> None:
    """Put a supposition into the address, or take it out."""
    entries = [entry for entry in (state.asked("suppose") or "").split("~") if entry]
    others = [entry for entry in entries if entry.rpartition(":")[0] != node_id]
    state.set_asked("suppose", "~".join([*others, f"{node_id}:{how}"] if how else others) or None)


def weight(how: str) -> float | None:
    """The strength that a supposition gives a claim at first, if it is that kind."""
    try:
        number = float(how)
    except ValueError:
        return None
    return number if 0.0 <= number <= 1.0 else None


def _means_something(how: str) -> bool:
    return how in (WITHDRAWN, CONCEDED) or weight(how) is not None


@dataclass(frozen=True)
class Layer:
    """What is shown of the reasoning on cards and boxes: words and strengths, and what they were."""

    before: Verdicts
    after: Verdicts

    @cached_property
    def moves(self) -> list[Move]:
        """The claims that come out otherwise, the largest change of strength first."""
        return moves(self.before, self.after)

    def label(self, node_id: str) -> Label | None:
        """Class, glyph and words of a claim; None for what takes no part, such as a question."""
        was = _said(self.before, node_id)
        if was is None:
            return None
        now = _said(self.after, node_id)
        if now is None:
            return "am-chip am-rejected", "✗", f"{WITHDRAWN}, was {was[1]}"
        change = "" if was == now else f", was {was[1]}"
        return f"am-chip am-comes am-comes-{slug(now[0])}", STANDING_LOOKS[now[0]].glyph, now[1] + change

    def labels(self, node_id: str) -> list[Label]:
        """The label in a list, or an empty one."""
        found = self.label(node_id)
        return [found] if found else []

    def marked(self, selection: Selection) -> Selection:
        """A selection with every box marked."""
        return replace(selection, marks={n: mark for n in selection.above if (mark := self._mark(n))})

    def _mark(self, node_id: str) -> Mark | None:
        label, said = self.label(node_id), _said(self.after, node_id)
        if label is None:
            return None
        look = STANDING_LOOKS[said[0] if said else Word.NO_REASON]
        return Mark(f"{label[1]} {label[2].partition(',')[0]}", look.light, look.dark)


def _said(verdicts: Verdicts, node_id: str) -> tuple[Word, str] | None:
    if node_id not in verdicts.words:
        return None
    word = verdicts.word(node_id)
    return word, f"{word} {verdicts.strength(node_id):.2f}"


def slug(word: str) -> str:
    """A word as the name of a class."""
    return word.lower().replace(" ", "-")


def is_on() -> bool:
    """Whether the address asks for the layer."""
    return state.asked("stands") == state.YES


def layer(node_id: str) -> Layer | None:
    """What the address asks to be shown around a claim: nothing, or labels under its suppositions."""
    return shown(part(node_id)) if is_on() else None


def shown(held: Part) -> Layer:
    """What a part comes to, under the suppositions of the address where the layer is on."""
    return held.under(suppositions(held.verdicts.words) if is_on() else {})
