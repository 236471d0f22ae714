from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations, product

import pytest

from argmap.errors import ReasoningError, UnknownName
from argmap.reasoning import Framework, abstract, grounded
from argmap.reasoning.extensions import Position, Problem, TimeUp, positions
from argmap.reasoning.sketch import Sketch
from tests.reasoning import brute

SEMANTICS = ("complete", "preferred", "stable", "semi-stable", "ideal", "grounded")


def frameworks(size: int) -> Iterator[Framework]:
    """Every framework of so many arguments, one of each that differ in nothing but names."""
    cells = list(product(range(size), repeat=2))
    renamings = [tuple(cells.index((p[a], p[b])) for a, b in cells) for p in permutations(range(size))]
    for code in product((0, 1), repeat=len(cells)):
        if all(tuple(code[place] for place in renaming) >= code for renaming in renamings):
            yield abstract(
                [f"a{n}" for n in range(size)], [c for c, on in zip(cells, code, strict=True) if on]
            )


def random_framework(seed: int) -> Framework:
    """Up to eight claims with linked premises, undercuts, conflicts on conflicts, and all readings."""
    draw = random.Random(seed)
    claims = [f"c{n}" for n in range(draw.randint(2, 8))]
    sketch, links = Sketch(), []
    for claim in claims:
        sketch.claim(claim, asserted=draw.random() < 0.7, base=draw.choice((0.3, 0.5, 0.8)))
    for number in range(draw.randint(1, 2 + len(claims))):
        name, own_budget = f"l{number}", len(claims) + len(links) < 9
        sources = draw.sample(claims, 2 if own_budget and draw.random() < 0.2 else 1)
        if draw.random() < 0.4:
            target = draw.choice([claim for claim in claims if claim not in sources] or claims[:1])
            reading = draw.choice(("evidential", "evidential", "necessary", "deductive"))
            sketch.inference(name, sources, target, reading=reading)
            links.append(name)
            continue
        undercut = bool(links) and own_budget and draw.random() < 0.35
        target = draw.choice(links) if undercut else draw.choice(claims)
        sketch.conflict(name, sources, target, directed=draw.random() < 0.6)
        links.append(name)
    return sketch.finish(symmetric=draw.random() < 0.7, ties=draw.choice(("open", "open", "fall")))


def assert_as_by_brute_force(framework: Framework) -> None:
    expected = brute.extensions(framework)
    problem = Problem.of(framework)
    assert grounded(framework).tolist() == brute.grounded(framework)
    for semantics in SEMANTICS:
        found = list(problem.extensions(semantics))
        assert len(found) == len(set(found)), semantics
        assert set(found) == expected[semantics], semantics


def assert_acceptance_as_by_brute_force(framework: Framework) -> None:
    expected, problem = brute.extensions(framework), Problem.of(framework)
    for semantics, place in product(SEMANTICS, range(framework.claims)):
        inside = [place in extension for extension in expected[semantics]]
        assert problem.credulous(place, semantics) == any(inside), (semantics, place)
        assert problem.sceptical(place, semantics) == all(inside), (semantics, place)
    where = {(True, True): Position.EVERY, (True, False): Position.SOME, (False, False): Position.NONE}
    for place, position in enumerate(positions(problem)):
        inside = [place in extension for extension in expected["preferred"]]
        assert position == where[any(inside), all(inside)], place


def test_every_semantics_is_brute_force_on_all_small_frameworks() -> None:
    """On every framework of up to three arguments extensions are those by definition, and acceptance."""
    for framework in (one for size in range(4) for one in frameworks(size)):
        assert_as_by_brute_force(framework)
        if len(framework) < 3:
            assert_acceptance_as_by_brute_force(framework)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_semantics_is_brute_force_on_all_frameworks_of_four() -> None:
    """On every framework of four arguments (3,044 that differ in more than names), and of three."""
    every = list(frameworks(4))
    assert len(every) == 3044
    for framework in (*every, *frameworks(3)):
        assert_as_by_brute_force(framework)
        assert_acceptance_as_by_brute_force(framework)


def fits(framework: Framework) -> bool:
    return len(framework) <= 11


def test_every_semantics_is_brute_force_with_undercuts_and_linked_premises() -> None:
    """So do all semantics on random maps with linked premises, undercuts and conflicts on conflicts."""
    for framework in filter(fits, map(random_framework, range(80))):
        assert_as_by_brute_force(framework)
    for framework in filter(fits, map(random_framework, range(15))):
        assert_acceptance_as_by_brute_force(framework)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_semantics_is_brute_force_on_ten_thousand_random_maps() -> None:
    """The same, ten thousand times."""
    drawn = (random_framework(seed) for seed in range(1_000_000))
    for _, framework in zip(range(10_000), filter(fits, drawn), strict=False):
        assert_as_by_brute_force(framework)


def test_a_passed_time_limit_is_said() -> None:
    """Past the time limit nothing is guessed."""
    size = 60
    draw = random.Random(1)
    attacks = [(a, b) for a in range(size) for b in range(size) if a != b and draw.random() < 0.2]
    framework = abstract([f"a{n}" for n in range(size)], attacks)
    with pytest.raises(TimeUp, match="not decided"):
        list(Problem.of(framework, seconds=0.0).extensions("preferred"))
    assert set(positions(Problem.of(framework, seconds=0.0))) == {Position.NOT_DECIDED}


def test_wrong_names_are_refused() -> None:
    """An unknown semantics, and an attack on nothing, are one clear error."""
    with pytest.raises(UnknownName, match="semi-stable"):
        Problem.of(abstract(["a"], [(0, 0)])).extensions("best")
    with pytest.raises(ReasoningError, match="not there"):
        abstract(["a"], [(0, 1)])
