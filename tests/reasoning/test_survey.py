from __future__ import annotations

import pytest

from argmap.reasoning import Accord, Reading, accords, centrality, clusters, reason, stances, surveyed
from tests.reasoning.maps import drawn


def test_the_debate_seen_whole() -> None:
    """Unanswered, contested, unsupported, circular and self-contradictory parts are listed."""
    argument_map = drawn(
        "b attacks a", "e supports b", "c attacks d", "f supports g", "h supports f", "g supports h",
        "r: i rephrases j", "k: j attacks i", e="evidence",
    )  # fmt: skip
    survey = surveyed(reason(argument_map))
    assert survey.unanswered == ("a",)
    assert survey.contested == ("c", "d", "i", "j")
    assert survey.unsupported == ("a", "c", "d", "i", "j")
    assert survey.circular == (("f", "g", "h"),)
    assert survey.contradictory == ("k",)


def test_a_circle_through_linked_premises_is_found() -> None:
    """Support in a circle is found where it passes through premises that work only together."""
    survey = surveyed(reason(drawn("s: a b supports c", "c supports a")))
    assert survey.circular == (("a", "c"),)


def test_stances_on_issues() -> None:
    """Who says, supports or attacks an answer is for or against it; an attack on an attack is for."""
    argument_map = drawn(
        "a answers q", "b supports a", "c attacks a", "d attacks c", "s: e undercuts t", "t: f supports a",
        q="question", a={"speakers": ("Ann",)}, b={"speakers": ("Bob",)}, c={"speakers": ("Cy", "Dan")},
        d={"speakers": ("Dan", "Eve")}, e={"speakers": ("Flo",)},
    )  # fmt: skip
    found = {stance.speaker: (stance.answer, stance.score, stance.said) for stance in stances(argument_map)}
    assert found == {
        "Ann": ("a", 1.0, ("a",)),
        "Bob": ("a", 1.0, ("b",)),
        "Cy": ("a", -1.0, ("c",)),
        "Dan": ("a", 0.0, ("c", "d")),
        "Eve": ("a", 1.0, ("d",)),
        "Flo": ("a", -1.0, ("e",)),
    }


def test_agreement_between_speakers() -> None:
    """Saying the same and supporting count for, attacking counts against, with the counts given."""
    argument_map = drawn(
        "b supports a", "c attacks a", "r: d rephrases a",
        a={"speakers": ("Ann",)}, b={"speakers": ("Bob",)}, c={"speakers": ("Bob",)}, d={"speakers": ("Cy",)},
    )  # fmt: skip
    assert accords(argument_map) == [
        Accord("Ann", "Bob", 0.0, 1, 1),
        Accord("Bob", "Cy", 0.0, 1, 1),
        Accord("Ann", "Cy", 1.0, 1, 0),
    ]


def test_clusters_and_centrality() -> None:
    """Two debates that do not touch are two clusters; what most leads to is most central."""
    argument_map = drawn("b supports a", "c attacks a", "e supports d", "s: f g supports d")
    assert clusters(argument_map) == [["d", "e", "f", "g"], ["a", "b", "c"]]
    ranks = centrality(argument_map)
    assert sum(ranks.values()) == pytest.approx(1)
    assert max(ranks, key=ranks.__getitem__) == "d"


def test_an_empty_map_has_nothing_to_say() -> None:
    """Everything works on a map without claims."""
    argument_map = drawn(q="question")
    verdicts = reason(argument_map, Reading(asserted="evidence"))
    assert (verdicts.words, surveyed(verdicts).unanswered) == ({}, ())
    assert (stances(argument_map), accords(argument_map), clusters(argument_map)) == ([], [], [])
    assert centrality(argument_map) == {}
