"""What all reasoning works on: elements that stand or fall, and what each of them rests on, as arrays.

An element is a claim, an inference or a conflict (the last two only where something bears on them or where
several premises work together; a plain link is a pair of claims and nothing more). With labels IN, OUT and
OPEN, every semantics here obeys these two rules:

- IN: every premise is IN, every defeater OUT, and it is asserted or a reason for it is IN;
- OUT: a premise is OUT, or a defeater IN, or it is not asserted and every reason for it is OUT.

Source: Dung 1995 for claims and conflicts alone; Cayrol, Fandinno, Fariñas del Cerro and Lagasquie-Schiex
2018 (attacks on attacks); Gordon, Prakken and Walton 2007 (linked premises, undercutters).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from argmap.errors import ReasoningError, UnknownName

Places: TypeAlias = NDArray[np.intp]
Floats: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]

IN, OPEN, OUT = 1, 0, -1


def pairs(values: Iterable[tuple[int, int]] = ()) -> Places:
    """Pairs (what bears, what it bears on) as an array of shape (2, m), sorted by target, each once."""
    given = np.array(list(values), dtype=np.intp).reshape(-1, 2)
    size = int(given.max(initial=0)) + 1
    targets, sources = np.divmod(np.unique(given[:, 1] * size + given[:, 0]), size)
    return np.stack((sources, targets))


@dataclass(frozen=True)
class Framework:
    """Elements by place, and the pairs between them.

    Args:
        names: ids; claims first, then inferences and conflicts, then ports.
        claims: how many of them are claims.
        steps: how many are claims, inferences or conflicts; the rest are ports, which only labels use.
        needs: whether an element stands only with a reason that stands.
        base: the strength each has on its own, in [0, 1].
        premises, reasons: pairs (2, m): what is needed, and what is enough.
        attacks: pairs (2, m) as drawn; strengths go by these.
        defeats: pairs (2, m) that succeed, after directions and preferences; labels go by these.
        members: id of a merged node -> the name that stands for it.
        cases: place of a port -> place of the claim whose case it is.
    """

    names: tuple[str, ...]
    claims: int
    steps: int
    needs: Flags
    base: Floats
    premises: Places
    reasons: Places
    attacks: Places
    defeats: Places
    members: Mapping[str, str] = field(default_factory=dict)
    cases: Mapping[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def places(self) -> dict[str, int]:
        """Name -> place; merged nodes have the place of what stands for them."""
        found = {name: place for place, name in enumerate(self.names)}
        return found | {member: found[name] for member, name in self.members.items()}

    def place(self, name: str) -> int:
        """Where an element is.

        Raises:
            UnknownName: it is no part of this framework.
        """
        try:
            return self.places[name]
        except KeyError:
            raise UnknownName("argument", name, list(self.names) if len(self) <= 20 else ()) from None

    def named(self, places: Iterable[int]) -> list[str]:
        """The names of claims among these places, sorted."""
        return sorted(self.names[place] for place in places if place < self.claims)

    @cached_property
    def defeaters(self) -> list[list[int]]:
        """For each element the places of what defeats it."""
        return into(self.defeats, len(self))

    @cached_property
    def grounds(self) -> list[list[int]]:
        """For each element the places of its reasons."""
        return into(self.reasons, len(self))

    @cached_property
    def requirements(self) -> list[list[int]]:
        """For each element the places of its premises."""
        return into(self.premises, len(self))


def into(edges: Places, size: int) -> list[list[int]]:
    """For each place the sources of the pairs that lead to it."""
    found: list[list[int]] = [[] for _ in range(size)]
    for source, target in edges.T.tolist():
        found[target].append(source)
    return found


def abstract(names: Sequence[str], attacks: Iterable[tuple[int, int]] | Places) -> Framework:
    """A framework of arguments and attacks only (Dung 1995, definition 2).

    Args:
        names: the arguments.
        attacks: pairs of places (attacker, attacked), or an array (2, m) of them.

    Raises:
        ReasoningError: an attack names no argument.
    """
    size = len(names)
    edges = attacks if isinstance(attacks, np.ndarray) else pairs(attacks)
    if edges.size and (edges.min() < 0 or edges.max() >= size):
        raise ReasoningError("an attack names an argument that is not there")
    none = pairs()
    return Framework(
        names=tuple(names),
        claims=size,
        steps=size,
        needs=np.zeros(size, dtype=bool),
        base=np.full(size, 0.5),
        premises=none,
        reasons=none,
        attacks=edges,
        defeats=edges,
    )
