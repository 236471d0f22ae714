from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import UnknownName
from argmap.reasoning import SEMANTICS, cruxes, graph, shapley, strengths
from argmap.reasoning.gradual import Graph, settled
from argmap.reasoning.influence import ancestors, gradient, removals, restricted
from argmap.reasoning.live import Live
from argmap.reasoning.sketch import Sketch
from tests.reasoning.published import sketched
from tests.reasoning.test_extensions import random_framework


def mutual(count: int, base: float) -> Graph:
    names = [f"a{n}" for n in range(count)]
    attacks = [[one, other] for one in names for other in names if one != other]
    return graph(sketched(dict.fromkeys(names, base), attacks).finish())


@pytest.mark.parametrize(("semantics", "count"), [("dfquad", 3), ("quadratic", 10), ("dfquad", 100)])
def test_swinging_circles_settle_by_smaller_steps(semantics: str, count: int) -> None:
    """Mutual attackers on which plain iteration swings for ever converge, all to the same strength."""
    found = strengths(mutual(count, 0.9), semantics)
    assert found.converged
    assert np.ptp(found.values) < 1e-6


def test_potykas_loop_settles() -> None:
    """A attacks ten that attack... Potyka's loop of one, ten and ten converges with small steps."""
    middle, last = [f"b{n}" for n in range(10)], [f"c{n}" for n in range(10)]
    supports = [["a", one] for one in middle] + [[b, c] for b in middle for c in last]
    framework = sketched(
        dict.fromkeys(["a", *middle, *last], 0.5), [[c, "a"] for c in last], supports
    ).finish()
    assert strengths(graph(framework)).converged


def test_failure_to_converge_is_reported() -> None:
    """What does not settle within the cap says so, with how far off it is."""
    found = settled(lambda values: 1.0 - np.round(values), np.zeros(3), eps=1e-9, cap=50)
    assert not found.converged
    assert found.residual > 0


@given(st.integers(0, 10**6), st.sampled_from(sorted(SEMANTICS)))
def test_the_gradient_is_the_numeric_one(seed: int, semantics: str) -> None:
    """On smooth maps without circles the adjoint gradient is the quotient of differences."""
    framework = layered(seed)
    drawn, topic, step = graph(framework), 0, 1e-5
    values = strengths(drawn, semantics, eps=1e-13).values
    slopes = gradient(drawn, values, topic, semantics)
    for place in range(len(drawn)):
        sides = []
        for sign in (1, -1):
            base = drawn.base.copy()
            base[place] += sign * step
            sides.append(strengths(replace(drawn, base=base), semantics, eps=1e-13).values[topic])
        assert slopes[place] == pytest.approx((sides[0] - sides[1]) / (2 * step), abs=1e-4)


def layered(seed: int) -> object:
    """A random map without circles and without kinks: uneven bases, linked premises, undercuts."""
    draw = np.random.default_rng(seed)
    sketch, count = Sketch(), int(draw.integers(3, 9))
    for number in range(count):
        sketch.claim(f"c{number}", base=float(draw.uniform(0.05, 0.95)))
    links: list[str] = []
    for number in range(1, count):
        name, target = f"l{number}", f"c{draw.integers(number)}"
        sources = [f"c{number}"] + ([f"c{draw.integers(number, count)}"] if draw.random() < 0.3 else [])
        if draw.random() < 0.5:
            sketch.inference(name, dict.fromkeys(sources), target)
        elif links and draw.random() < 0.3:
            sketch.conflict(name, dict.fromkeys(sources), str(draw.choice(links)))
            continue
        else:
            sketch.conflict(name, dict.fromkeys(sources), target, directed=True)
        if draw.random() < 0.5:
            links.append(name)
    return sketch.finish()


def test_withdrawing_is_leaving_out() -> None:
    """Removal gives the strengths of the map without the claim, linked premises and undercuts included."""
    sketch = sketched({"a": 0.4, "b": 0.7, "c": 0.6, "d": 0.5}, [], [])
    sketch.inference("linked", ["b", "c"], "a")
    sketch.conflict("undercut", ["d"], "linked")
    drawn = graph(sketch.finish())
    without_b = removals(drawn, 0, [[1]])[0]
    without_d = removals(drawn, 0, [[3]])[0]
    assert without_b == pytest.approx(0.4)
    joint = 0.7 * 0.6
    assert without_d == pytest.approx(0.4 + 0.6 * joint**2 / (1 + joint**2))
    assert strengths(drawn).values[0] < without_d


def test_shapley_shares_sum_to_the_whole_change() -> None:
    """Exact or sampled, the shares add up to the strength with all claims minus the strength alone."""
    for count in (6, 14):
        names = [f"a{n}" for n in range(count)]
        attacks = [[name, "t"] for name in names[::2]]
        supports = [[name, "t"] for name in names[1::2]]
        framework = sketched({"t": 0.4, **dict.fromkeys(names, 0.6)}, attacks, supports).finish()
        shares = shapley(framework, "t", draws=5)
        whole = strengths(graph(framework)).values[0] - 0.4
        assert sum(shares.values()) == pytest.approx(whole)


def test_only_what_bears_on_a_topic_matters() -> None:
    """The topic's ancestors alone give the topic the same strength."""
    for seed in range(50):
        drawn = graph(random_framework(seed))
        near = ancestors(drawn, 0)
        part, whole = strengths(restricted(drawn, near)), strengths(drawn)
        if part.converged and whole.converged:
            assert part.values[0] == pytest.approx(whole.values[0], abs=1e-5)


@given(st.integers(0, 10**6), st.sampled_from(("quadratic", "dfquad")), st.data())
def test_edits_give_what_solving_anew_gives(seed: int, semantics: str, data: st.DataObject) -> None:
    """After any edits the strengths kept up to date are those of the edited map solved from scratch."""
    framework = layered(seed)
    live = Live(framework, semantics)
    before = list(live.values)
    size = framework.claims
    for _ in range(4):
        place = data.draw(st.integers(0, size - 1))
        edit = data.draw(st.sampled_from(("weigh", "withdraw", "concede", "restore", "reply")))
        if edit == "weigh":
            moved = live.weigh(place, data.draw(st.floats(0, 1)))
        elif edit == "reply":
            moved = live.attack(live.add(0.6), place)
        else:
            moved = getattr(live, edit)(place)
        for at, (old, new) in moved.items():
            assert (before[at] if at < len(before) else new, live.values[at]) == (old, new)
        before = list(live.values)
    solved = strengths(live.drawn(), semantics, pins=live.pins).values
    assert live.values == pytest.approx(solved.tolist(), abs=1e-6)


def test_unlinking_takes_an_edit_back() -> None:
    """A link that is taken away again leaves everything as it was."""
    framework = sketched({"a": 0.5, "b": 0.5, "c": 0.5}, [["b", "a"]], [["c", "b"]]).finish()
    live = Live(framework)
    first = list(live.values)
    live.support(2, 0)
    assert live.values != first
    live.unlink(2, 0)
    assert live.values == pytest.approx(first)


def test_circles_are_edited_too() -> None:
    """Where an edit sets a circle swinging, all is solved anew with smaller steps."""
    names = [f"a{n}" for n in range(4)]
    attacks = [[one, other] for one in names for other in names if one != other]
    framework = sketched(
        {**dict.fromkeys(names, 0.9), "z": 0.0}, [*attacks, *(["z", n] for n in names)]
    ).finish()
    live = Live(framework, "dfquad")
    live.weigh(4, 0.3)
    assert live.values[:4] == pytest.approx([live.values[0]] * 4, abs=1e-5)


def test_unknown_names_list_what_there_is() -> None:
    """A wrong semantics or topic is one clear error."""
    framework = sketched({"a": 0.5}, []).finish()
    with pytest.raises(UnknownName, match="quadratic"):
        strengths(graph(framework), "best")
    with pytest.raises(UnknownName, match="unknown argument 'b'"):
        cruxes(framework, "b")
