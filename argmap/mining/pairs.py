"""Whether one unit of a turn is a reason for another: a trained scorer over both and their distance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from argmap.mining.features import Features

REACH = 6
"""Units of a turn further apart are not compared."""

_OWN = ("first=", "f2=", "rt=", "raux=", "rs=", "r=", "end=", "w=")
_BY_DISTANCE = ("fi", "f2", "rt")


@dataclass(frozen=True, slots=True)
class Side:
    """What a pair shows of one unit.

    Args:
        own: its features that count whatever the distance.
        near: those that count with the distance.
        first: its first word.
        type: its likeliest proposition type.
        sure: probability of that type.
        normative: probability that it states a value or a policy.
        words: its content words.
    """

    own: Features
    near: Features
    first: str
    type: str
    sure: float
    normative: float
    words: frozenset[str]


NO_SIDE = Side((), (), "-", "value", 0.0, 0.0, frozenset())


def side(features: Features, types: dict[str, float], words: frozenset[str]) -> Side:
    """The side of a pair that a unit with these features and type probabilities is."""
    own = tuple(name for name in features if name.startswith(_OWN))
    likeliest = max(types, key=lambda name: (types[name], name))
    return Side(
        own,
        tuple(name for name in own if name[:2] in _BY_DISTANCE),
        next((name for name in own if name.startswith("first=")), "-"),
        likeliest,
        types[likeliest],
        types["value"] + types["policy"],
        words,
    )


def near(sides: Sequence[Side], source: int) -> Iterator[int]:
    """Places of the units that one may be a reason for."""
    for target in range(max(0, source - REACH), min(len(sides), source + REACH + 1)):
        if target != source:
            yield target


def pair_features(sides: Sequence[Side], source: int, target: int, same_sentence: bool) -> Features:
    """What is known of the pair, by name. Cost: linear in the features of both."""
    one, two = sides[source], sides[target]
    gap = target - source
    distance = str(gap) if abs(gap) < 5 else "far on" if gap > 0 else "far back"
    common = len(one.words & two.words)
    overlap = int(5 * common / (1 + min(len(one.words), len(two.words))))
    return (
        *_labels(one, two, distance),
        *(f"s:{name}" for name in one.own),
        *(f"t:{name}" for name in two.own),
        *(f"s:{name} {distance}" for name in one.near),
        *(f"t:{name} {distance}" for name in two.near),
        *(f"next s:{side.first}" for side in sides[source + 1 : source + 2]),
        *(f"next t:{side.first}" for side in sides[target + 1 : target + 2]),
        f"common={min(common, 3)}",
        f"common={min(common, 3)} {distance}",
        f"overlap={overlap}",
        f"same sentence={same_sentence}",
        f"same sentence={same_sentence} {distance}",
        *_places(len(sides), source, target, distance),
        *sorted(
            {f"between={sides[place].type}" for place in range(min(source, target) + 1, max(source, target))}
        ),
    )


def _labels(one: Side, two: Side, distance: str) -> Iterable[str]:
    yield from (
        f"distance={distance}",
        f"types={one.type}>{two.type}",
        f"types={one.type}>{two.type} {distance}",
    )
    yield from (
        f"s type={one.type}",
        f"t type={two.type}",
        f"s type={one.type} {distance}",
        f"t type={two.type} {distance}",
    )
    yield from (
        f"sure={int(one.sure * 5)}",
        f"t normative={int(two.normative * 5)}",
        f"s normative={int(one.normative * 5)}",
    )


def _places(count: int, source: int, target: int, distance: str) -> Iterable[str]:
    yield from (f"units={min(count, 8)}", f"units={min(count, 8)} {distance}")
    yield from (f"s from start={min(source, 3)}", f"t from start={min(target, 3)}")
    yield from (f"s to end={min(count - 1 - source, 3)}", f"t to end={min(count - 1 - target, 3)}")
