"""The same point elsewhere."""

from __future__ import annotations

from argmap.mining.similarity import most_similar, similar
from argmap.model import new_node


def test_most_alike_comes_first() -> None:
    """Texts are ranked by what they share; those that share nothing are left out."""
    texts = ["zebras graze", "Small models gain no knowledge.", "Models may gain some knowledge."]
    found = most_similar("Small models do not gain knowledge.", texts)
    assert [place for place, _ in found] == [1, 2]
    assert all(0 < score <= 1 for _, score in found)


def test_nothing_is_like_nothing() -> None:
    """Empty texts, and texts without a word, are like no other."""
    assert most_similar("", []) == []
    assert most_similar("", ["", "a"]) == []
    assert most_similar("!!", ["??"]) == []


def test_pairs_are_ranked_and_named_once() -> None:
    """Each pair of nodes that may say the same comes once, the most alike first."""
    words = [
        "Models gain no knowledge.",
        "models gain no knowledge",
        "Scaling is too expensive.",
        "Zebras graze.",
    ]
    pairs = similar([new_node("claim", text) for text in words])
    assert [{pair.first.text, pair.second.text} for pair in pairs] == [set(words[:2])]
    assert pairs[0].score > 0.9
    assert similar([]) == []
