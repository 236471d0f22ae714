from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from argmap.reasoning import IN, OPEN, OUT, Framework, Problem, cruxes, graph, grounded, shapley, strengths
from argmap.reasoning.influence import gradient, removals
from argmap.reasoning.sketch import Sketch
from tests.reasoning.published import NAMES, example, examples, framework_of, sketched


def extensions(framework: Framework, semantics: str) -> list[list[str]]:
    return sorted(framework.named(one) for one in Problem.of(framework).extensions(semantics))


def test_published_strengths() -> None:
    """The strengths that the papers and their programs print, under three semantics (36 numbers)."""
    checked = 0
    for one in examples("qbaf"):
        framework = framework_of(one)
        for name, expected in one["expected"].items():
            found = strengths(graph(framework), NAMES[name])
            assert found.converged
            for argument, number in expected.items():
                actual = found.values[framework.place(argument)]
                assert actual == pytest.approx(number, abs=one["tol"][name]), (one["id"], argument)
                checked += 1
    assert checked == 36


def test_the_exact_fixed_point_of_the_stock_example() -> None:
    """On the cyclic stock example the exact fixed point is found, beside the published approximation."""
    one = example("potyka2018-stock")
    framework = framework_of(one)
    found = strengths(graph(framework)).values
    for argument, number in one["expected_exact_fixpoint"].items():
        assert found[framework.place(argument)] == pytest.approx(number, abs=1e-6)


def test_published_contributions() -> None:
    """Gradients, removals, intrinsic removals and Shapley values of the papers (46 numbers)."""
    checked = 0
    for one in examples("qbaf"):
        given = dict(one["contributions"])
        if given:
            topic, semantics = given.pop("topic"), NAMES[given.pop("semantics")]
            for measure, expected in given.items():
                actual = MEASURES[measure](framework_of(one), topic, semantics)
                for argument, number in expected.items():
                    assert actual(argument) == pytest.approx(number, abs=5e-5), (one["id"], measure, argument)
                    checked += 1
    assert checked == 46


def gradients(framework: Framework, topic: str, semantics: str) -> Any:
    drawn = graph(framework)
    values = strengths(drawn, semantics).values
    slopes = gradient(drawn, values, framework.place(topic), semantics)
    return lambda argument: slopes[framework.place(argument)]


def removal(framework: Framework, topic: str, semantics: str) -> Any:
    drawn, place = graph(framework), framework.place(topic)
    now = strengths(drawn, semantics).values[place]
    return lambda argument: now - removals(drawn, place, [[framework.place(argument)]], semantics)[0]


def intrinsic_removal(framework: Framework, topic: str, semantics: str) -> Any:
    """Kampik et al. 2024, definition 3.4: what removal changes once nothing bears on the argument."""

    def alone(argument: str) -> float:
        place = framework.place(argument)
        kept = [edges[:, edges[1] != place] for edges in (framework.attacks, framework.reasons)]
        bare = replace(framework, attacks=kept[0], reasons=kept[1])
        return removal(bare, topic, semantics)(argument)

    return alone


def shares(framework: Framework, topic: str, semantics: str) -> Any:
    return shapley(framework, topic, semantics).__getitem__


MEASURES = {
    "gradient": gradients,
    "removal": removal,
    "intrinsic_removal": intrinsic_removal,
    "shapley": shares,
}


def test_published_rankings() -> None:
    """The h-categoriser numbers of Bonzon et al. and the social strengths of Leite and Martins."""
    one = example("bonzon2016-hcat")
    framework = sketched(dict.fromkeys(one["arguments"], 1.0), one["attacks"]).finish()
    found = strengths(graph(framework), "h-categoriser").values
    for argument, number in one["expected"]["h_categoriser"].items():
        assert found[framework.place(argument)] == pytest.approx(number, abs=one["tol"])
    one = example("leite-martins-saf")
    bases = {name: up / (up + down + 0.01) for name, (up, down) in one["votes"].items()}
    framework = sketched(bases, one["attacks"]).finish()
    found = strengths(graph(framework), "social").values
    for argument, number in one["expected"].items():
        assert found[framework.place(argument)] == pytest.approx(number, abs=one["tol"])


def test_deductive_and_necessary_support() -> None:
    """The same graph under two readings of support gives the two published answers."""
    one = example("cls2013-deductive")
    for reading, expected in one["expected"].items():
        assert extensions(framework_of(one, reading=reading), "preferred") == expected["PR"]


@pytest.mark.parametrize("name", ["polberg-oren2014-evidential", "oren-norman2008"])
def test_evidential_support(name: str) -> None:
    """The published extensions where claims that are not prima facie need support."""
    one = example(name)
    framework = framework_of(one)
    assert framework.named(np.flatnonzero(grounded(framework) == IN)) == one["expected"]["GR"]
    assert extensions(framework, "preferred") == sorted(one["expected"]["PR"])
    assert extensions(framework, "stable") == sorted(one["expected"]["ST"])


def test_an_undercut_of_a_linked_inference() -> None:
    """Pollock's red light: looking red is no reason under a red light, and stays a fact."""
    sketch = Sketch()
    for name, asserted in {"looks red": True, "normally": True, "red light": True, "is red": False}.items():
        sketch.claim(name, asserted=asserted)
    sketch.inference("so", ["looks red", "normally"], "is red")
    sketch.conflict("but", ["red light"], "so")
    framework = sketch.finish()
    labels = {name: int(grounded(framework)[framework.place(name)]) for name in framework.names[:4]}
    assert labels == {"looks red": IN, "normally": IN, "red light": IN, "is red": OUT}


def test_an_inference_that_undercuts_itself() -> None:
    """The unreliable witness who says so: undecided, and that he says so is a fact."""
    sketch = Sketch()
    sketch.claim("says")
    sketch.claim("unreliable", asserted=False)
    sketch.inference("testimony", ["says"], "unreliable")
    sketch.conflict("undercut", ["unreliable"], "testimony")
    framework = sketch.finish()
    labels = grounded(framework)
    assert (labels[framework.place("says")], labels[framework.place("unreliable")]) == (IN, OPEN)


def test_an_attack_on_an_attack() -> None:
    """The knife: what is attacked stands where the attack itself falls."""
    one = example("knife-attack-on-attack")
    sketch = sketched(dict.fromkeys(one["arguments"], 0.5), ())
    for name, source, target in one["attacks"]:
        sketch.conflict(name, [source], target, directed=True)
    framework = sketch.finish()
    assert framework.named(np.flatnonzero(grounded(framework) == IN)) == one["expected"]["GR"]


def test_preferences_decide_between_contraries() -> None:
    """TOAST's recorded answer: of two contraries the one from the weaker premise and rule loses."""
    sketch = Sketch()
    for name in ("p", "q", "s", "t"):
        sketch.claim(name, asserted=name in "pq")
    sketch.inference("r1", ["p"], "s")
    sketch.inference("r2", ["q"], "t")
    sketch.conflict("contrary", ["s"], "t")
    framework = sketch.finish(backing={"s": 1, "t": 2})
    expected = example("toast-last-link")["expected"]
    assert extensions(framework, "preferred") == [expected]


def test_cruxes_are_ranked_by_exact_removal() -> None:
    """The claim whose withdrawal moves the topic most comes first, with the strength it would leave."""
    first = cruxes(framework_of(example("yin2023-fakenews")), "A", "dfquad")[0]
    assert (first.name, first.without, first.change) == ("D", 0.8125, pytest.approx(0.21875))
