"""What stands, as a layer over columns and map, and what moves when a claim is withdrawn or weighed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.components import reasoned
from app.components.reasoned import weight
from argmap.drawing import STANDING_LOOKS
from argmap.knowledge_base import KnowledgeBase
from argmap.reasoning import NOTE, Word, reason, without
from tests.app.screens_at_test import Explorer, debate, shown

IDS = {node.text.split()[0]: node.id for node in debate().nodes.values()}
CLAIM, REBUTTAL, EVIDENCE, QUESTION = IDS["Large"], IDS["Intelligence"], IDS["SimpleQA"], IDS["What"]


def test_every_word_has_its_own_look() -> None:
    """Glyph and colour repeat each of the five words."""
    assert STANDING_LOOKS.keys() == {str(word) for word in Word}
    assert len({look.glyph for look in STANDING_LOOKS.values()}) == len(Word)


def test_the_layer_is_off_until_asked_for(explorer: Explorer) -> None:
    """A reader who did not ask sees no labels on cards; the address turns them on."""
    assert "Stands 0." not in shown(explorer("explore", node=CLAIM))
    verdicts = reason(debate())
    page = shown(explorer("explore", node=CLAIM, stands="yes"))
    for node in (CLAIM, REBUTTAL, EVIDENCE):
        assert f"{verdicts.word(node)} {verdicts.strength(node):.2f}" in page


def test_the_switch_keeps_the_layer_in_the_address(explorer: Explorer) -> None:
    """What is shown can be sent: the toggle stands in the address, and off leaves it out."""
    test = explorer("explore", node=CLAIM)
    test.toggle(key="stands").set_value(True).run()
    assert test.query_params["stands"] == "yes"
    test.toggle(key="stands").set_value(False).run()
    assert "stands" not in test.query_params


def test_every_claim_is_explained(explorer: Explorer) -> None:
    """The word, its cause, the remedy and what a word means stand on the page, layer or not."""
    page = shown(explorer("explore", node=CLAIM))
    assert "Does it stand?" in page
    assert str(reason(debate()).word(CLAIM)) in page
    assert "To change this, add " in page
    assert NOTE.replace("'", "&#39;") in page
    assert "A question neither stands nor falls" in shown(explorer("explore", node=QUESTION))


def test_withdrawing_shows_what_moves_and_stores_nothing(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Cards say what was and what would be, as reasoning without the claim gives it; the log is as it was."""
    before, after, version = reason(debate()), reason(without(debate(), [REBUTTAL])), kb.version
    test = explorer("explore", node=REBUTTAL, stands="yes")
    test.segmented_control(key=f"if-{REBUTTAL}-as it is").set_value("withdrawn").run()
    assert not test.exception
    assert test.query_params["suppose"] == f"{REBUTTAL}:withdrawn"
    assert f"{before.word(CLAIM)} {before.strength(CLAIM):.2f} → " in shown(test)
    page = shown(explorer("explore", at=test, node=CLAIM, stands="yes", suppose=f"{REBUTTAL}:withdrawn"))
    assert f"{after.word(CLAIM)} {after.strength(CLAIM):.2f}, was " in page
    assert kb.version == version
    test.session_state["list-moves"] = {"chosen": {"act": "whole", "id": "", "at": 9}}
    test.run()
    assert "suppose" not in test.query_params


@pytest.mark.parametrize(
    ("how", "options"), [("conceded", {"conceded": [CLAIM]}), ("0.10", {"bases": {CLAIM: 0.1}})]
)
def test_conceding_and_weighing(explorer: Explorer, how: str, options: dict[str, Any]) -> None:
    """The claim in focus says what it would be, as reasoning with it conceded or weighed gives it."""
    after = reason(debate(), **options)
    page = shown(explorer("explore", node=CLAIM, stands="yes", suppose=f"{CLAIM}:{how}"))
    assert f"{after.word(CLAIM)} {after.strength(CLAIM):.2f}" in page


def test_boxes_of_the_map_carry_the_words(explorer: Explorer) -> None:
    """The layer reaches the map: its document says what the claim comes to, and its border's colours."""
    test = explorer("explore", node=CLAIM, view="map", stands="yes")
    data = next(json.loads(e.proto.json) for e in test.get("bidi_component") if '"digest"' in e.proto.json)
    word = reason(debate()).word(CLAIM)
    assert f"{word} " in "".join(data["document"])
    assert STANDING_LOOKS[word].light in "".join(data["document"])


@pytest.mark.parametrize(
    "asked", ["~", "nowhere:withdrawn", f"{CLAIM}:much", f"{CLAIM}:7", f"{CLAIM}", ":" * 9999]
)
def test_odd_suppositions_are_left_out(explorer: Explorer, asked: str) -> None:
    """Whatever the address supposes, there is a page; what means nothing is not supposed."""
    test = explorer("explore", node=CLAIM, stands="yes", suppose=asked)
    assert not test.exception
    assert "Supposed, not stored" not in shown(test)


@pytest.mark.parametrize("how", ["nan", "inf", "-0.1", "1.1", "", "0x1"])
def test_weights_are_between_nothing_and_all(how: str) -> None:
    """Only a number from 0 to 1 weighs a claim."""
    assert weight(how) is None


def test_where_little_is_read_more_is_with_the_layer_on(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is told by the nearest claims and says so; what stands is asked of all of them."""
    monkeypatch.setattr(reasoned, "NEAR", 2)
    monkeypatch.setattr(reasoned, "MOST_READ", 3)
    assert "from the 2 claims nearest to this one." in shown(explorer("explore", node=CLAIM))
    assert "from the 3 claims nearest" in shown(explorer("explore", node=CLAIM, stands="yes"))
    monkeypatch.setattr(reasoned, "MOST_READ", 6)
    page = shown(explorer("explore", node=EVIDENCE, stands="yes"))
    assert "nearest to this one" not in page
    assert f"{reason(debate()).strength(EVIDENCE):.2f}" in page
