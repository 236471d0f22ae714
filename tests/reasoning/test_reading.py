from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.errors import ReasoningError
from argmap.model import ArgumentMap, Status
from argmap.reasoning import AS_DRAWN, IN, OPEN, OUT, Reading, contradictory, framework, grounded, restated
from tests.reasoning.maps import drawn


def labels(argument_map: ArgumentMap, reading: Reading = AS_DRAWN) -> dict[str, int]:
    read = framework(argument_map, reading)
    found = grounded(read)
    return {node: int(found[read.place(node)]) for node in argument_map.nodes if node in read.places}


def test_conflicts_as_drawn_or_both_ways() -> None:
    """A directed attack defeats; between claims read as symmetric, equals defeat each other."""
    two = drawn("b attacks a")
    assert labels(two) == {"a": OUT, "b": IN}
    assert labels(two, Reading()) == {"a": OPEN, "b": OPEN}


def test_backing_breaks_ties() -> None:
    """Of two claims in conflict the better backed one defeats the other, whoever attacked."""
    backed = drawn("b attacks a", "c supports a")
    assert labels(backed, Reading()) == {"a": IN, "b": OUT, "c": IN}
    assert labels(backed, Reading(ties="open")) == {"a": OPEN, "b": OPEN, "c": IN}
    assert labels(drawn("b attacks a", b={"speakers": ("Ann", "Bob")}), Reading()) == {"a": OUT, "b": IN}
    assert labels(drawn("b attacks a", b={"attributes": {"votes": {"for": 3, "against": 1}}}), Reading()) == {
        "a": OUT,
        "b": IN,
    }


def test_ties_can_fall() -> None:
    """Read as Carneades does, of two equals neither stands, and what hangs on them is decided."""
    assert labels(drawn("b attacks a", "a attacks c"), Reading(ties="fall")) == {"a": OUT, "b": OUT, "c": OUT}


def test_undercuts_are_directed_and_spare_the_conclusion() -> None:
    """An undercut beats the step, not the claim, and nothing strikes back at it."""
    undercut = drawn("s: b supports a", "u undercuts s")
    assert labels(undercut, Reading()) == {"a": IN, "b": IN, "u": IN}
    assert labels(undercut, Reading(asserted="evidence")) == {"a": OUT, "b": OUT, "u": OUT}
    assert labels(undercut, Reading(asserted="leaves")) == {"a": OUT, "b": IN, "u": IN}


def test_an_undercut_attack_counts_neither_way() -> None:
    """An undercut of a symmetric conflict lifts both of its directions."""
    assert labels(drawn("k: b attacks a", "u undercuts k"), Reading()) == {"a": IN, "b": IN, "u": IN}


def test_readings_of_support() -> None:
    """A claim falls with a necessary reason, a reason with what it implies, and neither by default."""
    chain = drawn("s: b supports a", "c attacks b", "d attacks e", "t: f supports e")
    directed = {"conflicts": "directed"}
    plain = labels(chain, Reading(**directed))
    assert (plain["a"], plain["f"]) == (IN, IN)
    necessary = labels(chain, Reading(supports="necessary", **directed))
    assert (necessary["a"], necessary["f"]) == (OUT, IN)
    deductive = labels(chain, Reading(supports="deductive", **directed))
    assert (deductive["a"], deductive["f"]) == (IN, OUT)


def test_implications_pass_on_through_circles() -> None:
    """What refutes one of several claims that imply each other refutes all, and what implies them."""
    circle = drawn("a supports b", "b supports a", "c supports a", "x attacks b")
    reading = Reading(supports="deductive", conflicts="directed")
    assert labels(circle, reading) == {"a": OUT, "b": OUT, "c": OUT, "x": IN}
    freed = drawn("a supports b", "b supports a", "c supports a")
    assert labels(freed, reading) == {"a": IN, "b": IN, "c": IN}


def test_a_links_own_reading_wins() -> None:
    """A link marked as necessary is read so on a map read as evidential."""
    chain = drawn("s: b supports a", "c attacks b")
    marked = replace(chain.links["s"], attributes={"reading": "necessary"})
    assert labels(replace(chain, links={**chain.links, "s": marked}))["a"] == OUT


def test_linked_premises_work_only_together() -> None:
    """A reason of two premises falls with one of them."""
    linked = drawn("s: b c supports a", "x attacks b")
    reading = Reading(asserted="leaves", conflicts="directed")
    assert labels(linked, reading) == {"a": OUT, "b": OUT, "c": IN, "x": IN}


def test_restatements_are_one_claim() -> None:
    """What rephrases counts as one claim, under the id of what it rephrases, and votes count per person."""
    twice = drawn("r: b rephrases a", "x attacks b", b={"speakers": ("Ann",)}, a={"speakers": ("Bob", "Ann")})
    assert restated(twice) == {"b": "a"}
    read = framework(twice)
    assert read.place("b") == read.place("a")
    assert read.base[read.place("a")] == pytest.approx(2 / 3)
    assert labels(twice, Reading(merge=False)) == {"a": IN, "b": OPEN, "x": OPEN}


def test_a_specialisation_is_no_restatement() -> None:
    """A link whose scheme says that one claim means more than the other merges nothing."""
    twice = drawn("r: b rephrases a")
    looser = replace(twice.links["r"], attributes={"aif": {"scheme": "Specialisation"}})
    assert restated(replace(twice, links={"r": looser})) == {}


def test_a_claim_in_conflict_with_its_own_restatement_is_reported() -> None:
    """Such claims stay apart, and the attack is named."""
    torn = drawn("r: b rephrases a", "s: c rephrases b", "k: c attacks a")
    assert contradictory(torn) == ["k"]
    assert restated(torn) == {}


def test_what_counts() -> None:
    """Questions, rejected and disputed items and unsure suggestions are left out, with what hangs on them."""
    unsure = {"status": Status.SUGGESTED, "confidence": 0.4}
    many = drawn(
        "b attacks a", "c attacks a", "d attacks a", "q questions a", "a answers q", "s: b supports a",
        "u undercuts s", b=unsure, c={"status": Status.REJECTED}, d={"status": Status.DISPUTED}, q="question",
    )  # fmt: skip
    assert labels(many) == {"a": IN, "u": IN}
    assert labels(many, replace(AS_DRAWN, min_confidence=0.4)) == {"a": OUT, "b": IN, "u": IN}
    assert framework(many, replace(AS_DRAWN, min_confidence=0.4)).base.tolist()[1] == pytest.approx(0.2)


def test_strange_values_from_files_are_harmless() -> None:
    """Votes and bases that are no numbers count as none."""
    odd = [float("nan"), "many", {"for": "x"}, {"for": -5, "against": 10**400}, None, True]
    for value in odd:
        found = framework(drawn("b attacks a", a={"attributes": {"votes": value, "base": value}}))
        assert 0 <= found.base[0] <= 1


def test_wrong_choices_are_refused() -> None:
    """A reading that does not exist names those that do."""
    with pytest.raises(ReasoningError, match="symmetric, directed"):
        Reading(conflicts="both")
