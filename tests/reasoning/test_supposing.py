"""What-if answers from a map reasoned about once: the same as reasoning anew, and nothing moves for good."""

from __future__ import annotations

import random
from threading import Thread

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from argmap.errors import UnknownName
from argmap.model import ArgumentMap, Link, LinkKind, Node, NodeKind
from argmap.reasoning import Reading, WhatIf, contradictory, explain, reason, restated, without
from tests.reasoning.maps import drawn


def debate(seed: int) -> ArgumentMap:
    """A small debate with linked premises, undercuts, restatements, and links read in other ways."""
    draw = random.Random(seed)
    names = "abcdefgh"[: draw.randint(3, 8)]
    nodes = [Node(name, NodeKind.CLAIM, f"text of {name}", confidence=draw.random()) for name in names]
    links: list[Link] = []
    for number in range(draw.randint(2, 10)):
        kind = draw.choice(["supports", "supports", "attacks", "attacks", "undercuts", "rephrases"])
        if kind == "undercuts" and not links:
            continue
        target = draw.choice(links).id if kind == "undercuts" else draw.choice(names)
        sources = draw.sample([name for name in names if name != target], draw.choice((1, 1, 2)))
        sources = sources[:1] if kind == "rephrases" else sources
        reading = {"reading": draw.choice(("evidential", "necessary", "deductive"))}
        attributes = reading if kind == "supports" and draw.random() < 0.3 else {}
        links.append(Link(f"l{number}", LinkKind(kind), tuple(sources), target, attributes=attributes))
    return ArgumentMap.of(nodes=nodes, links=links)


def is_plain(argument_map: ArgumentMap, reading: Reading) -> bool:
    """Whether nothing is merged or counted otherwise once a claim is gone: no clash, no link said twice."""
    same = restated(argument_map, reading)
    ends = [
        (link.kind, frozenset(same.get(end, end) for end in link.sources), same.get(link.target, link.target))
        for link in argument_map.links.values()
    ]
    return len(set(ends)) == len(ends) and not contradictory(argument_map, reading)


@given(st.integers(0, 10**6), st.sampled_from(("quadratic", "dfquad")))
def test_suppositions_give_what_reasoning_anew_gives(seed: int, strength: str) -> None:
    """Words, named causes, strengths and pushes are those of the map with all that written into it."""
    draw, argument_map = random.Random(seed), debate(seed)
    reading = Reading(ties=draw.choice(("backing", "open", "fall")))
    assume(is_plain(argument_map, reading))
    verdicts = reason(argument_map, reading, strength=strength)
    what_if = WhatIf(verdicts)
    for _ in range(2):
        one, two, three = draw.sample(sorted(argument_map.nodes), 3)
        gone, base = verdicts.wordings(one), draw.random()
        left = [node for node in (two, three) if node not in gone]
        conceded, bases = left[:1], dict.fromkeys(left[1:], base)
        found = what_if.under(withdrawn=[one], conceded=conceded, bases=bases)
        anew = reason(without(argument_map, gone), reading, strength=strength, conceded=conceded, bases=bases)
        assert anew.words == found.words
        for node in anew.words:
            expected, actual = explain(anew, node), explain(found, node)
            assert sorted(expected.cause.nodes) == sorted(actual.cause.nodes)
            if anew.strengths.converged and found.strengths.converged:
                assert expected.strength == pytest.approx(actual.strength, abs=1e-6)
                assert expected.base == actual.base
                assert dict(actual.pushes) == pytest.approx(dict(expected.pushes), abs=1e-5)


def test_everybody_is_answered_apart_from_the_others() -> None:
    """Answers asked for at the same time do not mix, and the map is as it was after them."""
    argument_map = drawn("b attacks a", "c supports b", "d attacks c", "e supports d")
    verdicts = reason(argument_map)
    what_if, found = WhatIf(verdicts), {}
    expected = {name: reason(without(argument_map, [name])).words for name in "bcde"}

    def ask(name: str) -> None:
        for _ in range(20):
            found[name] = what_if.under(withdrawn=[name])

    threads = [Thread(target=ask, args=(name,)) for name in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert expected == {name: answer.words for name, answer in found.items()}
    assert verdicts.words == what_if.under().words == reason(argument_map).words
    assert verdicts.strengths.values == pytest.approx(what_if.under().strengths.values.tolist())


def test_only_what_takes_part_can_be_supposed() -> None:
    """A stranger or a question is an unknown name, and what is withdrawn has no word."""
    what_if = WhatIf(reason(drawn("b attacks a", q="question")))
    for name in ("q", "nobody"):
        with pytest.raises(UnknownName):
            what_if.under(withdrawn=[name])
    with pytest.raises(UnknownName):
        what_if.under(withdrawn=["b"]).word("b")
