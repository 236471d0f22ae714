"""What the debate around a claim comes to: as it is recorded, or with claims withdrawn, conceded or weighed.

What a claim comes to depends on what hangs together with it and on nothing else. So that part alone is read,
once for everybody who looks at it, and reasoned about again when something is supposed. Suppositions are in
the address bar and nowhere else: no data changes.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from app import state
from app.components.cards import Label
from argmap.drawing import STANDING_LOOKS, Mark, Selection
from argmap.model import ArgumentMap
from argmap.reasoning import Verdicts, Word, reason, without

MOST_CLAIMS = 2_000  # of the part that is reasoned about; the nearest ones count
MOST_PARTS = 6  # that are kept for the next visitor
MOST_SUPPOSED = 20
SECONDS = 2.0  # for what the grounded labels leave open
WITHDRAWN, CONCEDED = "withdrawn", "conceded"

Suppositions = dict[str, str]


@dataclass(frozen=True)
class Part:
    """What hangs together with a claim, reasoned about.

    Args:
        centre: the claim it was read for.
        is_whole: whether all of it is there.
    """

    centre: str
    argument_map: ArgumentMap
    verdicts: Verdicts
    is_whole: bool


def part(node_id: str) -> Part:
    """The part that holds a claim."""
    parts: list[Part] = state.shared("parts", list)
    for known in parts:
        if known.centre == node_id or (known.is_whole and node_id in known.argument_map.nodes):
            return known
    near = state.knowledge_base().around(node_id, depth=MOST_CLAIMS, limit=MOST_CLAIMS)
    found = Part(node_id, near, reason(near, seconds=SECONDS), len(near.nodes) < MOST_CLAIMS)
    parts.append(found)
    del parts[:-MOST_PARTS]
    return found


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


def supposed(held: Part, given: Suppositions) -> Verdicts:
    """The part reasoned about again under suppositions; the last answer of a session is kept."""
    if not given:
        return held.verdicts
    key = (state.knowledge_base().version, tuple(sorted(given.items())))
    last: tuple[object, Verdicts] | None = state.recall("supposed")
    if last is None or last[0] != key:
        last = key, _supposed(held, given)
        state.remember("supposed", last)
    return last[1]


def _supposed(held: Part, given: Suppositions) -> Verdicts:
    gone = {
        wording for node, how in given.items() if how == WITHDRAWN for wording in held.verdicts.wordings(node)
    }
    kept = {node: how for node, how in given.items() if node not in gone}
    return reason(
        without(held.argument_map, gone),
        seconds=SECONDS,
        conceded=[node for node, how in kept.items() if how == CONCEDED],
        bases={node: base for node, how in kept.items() if (base := weight(how)) is not None},
    )


@dataclass(frozen=True)
class Layer:
    """What is shown of the reasoning on cards and boxes: words and strengths, and what they were."""

    before: Verdicts
    after: Verdicts

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


def layer(node_id: str) -> Layer | None:
    """What the address asks to be shown around a claim: nothing, or labels under its suppositions."""
    if state.asked("stands") != state.YES:
        return None
    held = part(node_id)
    return Layer(held.verdicts, supposed(held, suppositions(held.verdicts.words)))
