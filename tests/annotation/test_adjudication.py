"""Disagreements are found with who said what, worst first."""

from __future__ import annotations

from debates import document, marked, unit
from hypothesis import given
from hypothesis import strategies as st

from argmap.annotation.adjudication import Disagreement, Opinion, disagreements
from argmap.model import ArgumentMap, new_link

TEXT = document(6)


def between(*maps: ArgumentMap, **options: object) -> list[Disagreement]:
    return disagreements(dict(zip("abc", maps, strict=False)), **options)


def kinds(found: list[Disagreement]) -> list[str]:
    return [one.kind for one in found]


def test_agreement_is_no_disagreement() -> None:
    """Maps that say the same have nothing to settle."""
    one = marked(TEXT, [(0, 10, "claim"), (20, 30, "evidence")], [("supports", 1, 0)])
    assert between(one, one, one) == []


def test_missing() -> None:
    """A unit that one of two did not mark, with its id on the one side and nothing on the other."""
    (found,) = between(marked(TEXT, [(0, 10, "claim"), (20, 30, "claim")]), marked(TEXT, [(0, 10, "claim")]))
    node = unit(TEXT, 20, 30)
    expected = (Opinion("a", "claim [20, 30)", (node.id,)), Opinion("b", "nothing", ()))
    assert found == Disagreement("missing", TEXT.id, 20, 30, 0.5, expected)
    assert found.ids == {node.id}


def test_kind() -> None:
    """The same words as another kind; with three annotators the one outside the majority is a third."""
    claim, rebuttal = marked(TEXT, [(0, 10, "claim")]), marked(TEXT, [(0, 10, "rebuttal")])
    (found,) = between(claim, rebuttal, claim)
    assert (found.kind, round(found.severity, 3)) == ("kind", 0.333)
    assert [opinion.says for opinion in found.opinions] == [
        "claim [0, 10)",
        "rebuttal [0, 10)",
        "claim [0, 10)",
    ]


def test_boundary() -> None:
    """Other ends of the same unit, and one unit where the other has two, are matters of boundaries."""
    (moved,) = between(marked(TEXT, [(0, 20, "claim")]), marked(TEXT, [(0, 15, "claim")]))
    assert (moved.kind, moved.start, moved.end, moved.severity) == ("boundary", 0, 20, 0.125)
    (split,) = between(marked(TEXT, [(0, 20, "claim")]), marked(TEXT, [(0, 10, "claim"), (11, 20, "claim")]))
    assert (split.kind, [len(opinion.ids) for opinion in split.opinions]) == ("boundary", [1, 2])


def test_neighbours_stay_apart() -> None:
    """Units that overlap by a few characters are not the same: one is missing on each side."""
    found = between(marked(TEXT, [(0, 20, "claim")]), marked(TEXT, [(17, 40, "claim")]))
    assert kinds(found) == ["missing", "missing"]


def test_link() -> None:
    """A link of another kind, the other way round, or only in one map."""
    spans = [(0, 10, "claim"), (20, 30, "claim")]
    forth, attack = marked(TEXT, spans, [("supports", 1, 0)]), marked(TEXT, spans, [("attacks", 1, 0)])
    back, none = marked(TEXT, spans, [("supports", 0, 1)]), marked(TEXT, spans)
    for other in (attack, back, none):
        (found,) = between(forth, other)
        assert (found.kind, found.severity, found.start, found.document) == ("link", 0.5, 20, TEXT.id)
    one, two = (unit(TEXT, *span) for span in spans)
    link = new_link("supports", [two.id], one.id)
    (found,) = between(forth, none)
    expected = (Opinion("a", f"{two.id} supports {one.id}", (link.id,)), Opinion("b", "nothing", ()))
    assert found.opinions == expected


def test_links_between_shifted_units_agree() -> None:
    """Links with the same ends agree although the units' edges differ."""
    one = marked(TEXT, [(0, 10, "claim"), (20, 30, "claim")], [("supports", 1, 0)])
    other = marked(TEXT, [(0, 9, "claim"), (20, 31, "claim")], [("supports", 1, 0)])
    assert set(kinds(between(one, other))) == {"boundary"}


def test_worst_first() -> None:
    """What splits people most comes first, and a missing unit before a boundary."""
    one = marked(TEXT, [(0, 20, "claim"), (20, 30, "claim"), (40, 50, "claim")])
    other = marked(TEXT, [(0, 18, "claim"), (20, 30, "evidence")])
    assert kinds(between(one, other)) == ["missing", "kind", "boundary"]


def test_only_who_worked_there() -> None:
    """Who did nothing in a document misses nothing there, and one alone has nobody to disagree with."""
    other = document(6, salt="other")
    one, elsewhere = marked(TEXT, [(0, 10, "claim")]), marked(other, [(0, 10, "claim")])
    assert between(one, elsewhere) == []
    (found,) = between(one, elsewhere, marked(TEXT, [(0, 10, "rebuttal")]))
    assert [opinion.annotator for opinion in found.opinions] == ["a", "c"]


def test_one_document() -> None:
    """Only that document's, where one is named."""
    one, other = marked(TEXT, [(0, 10, "claim")]), marked(TEXT, [(0, 10, "rebuttal")])
    assert kinds(between(one, other, document=TEXT.id)) == ["kind"]
    assert between(one, other, document="elsewhere") == []


def test_settled_is_left_out() -> None:
    """What was ruled on is not asked again; half of it ruled on is not all of it."""
    one, other = marked(TEXT, [(0, 10, "claim")]), marked(TEXT, [(0, 10, "rebuttal")])
    ids = [*one.nodes, *other.nodes]
    assert between(one, other, settled=set(ids)) == []
    assert kinds(between(one, other, settled={ids[0]})) == ["kind"]


SPANS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 20), st.sampled_from(["claim", "evidence"])), max_size=6
).map(lambda spans: [(start, start + length, kind) for start, length, kind in spans])


@given(SPANS, SPANS)
def test_every_difference_is_listed(one: list, other: list) -> None:
    """Every unit that is in one map alone is in some disagreement."""
    ours, theirs = marked(TEXT, one), marked(TEXT, other)
    listed = {item_id for found in between(ours, theirs) for item_id in found.ids}
    assert (ours.nodes.keys() ^ theirs.nodes.keys()) <= listed
