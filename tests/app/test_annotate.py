"""The screens of annotating without a browser: what they send, whom they refuse, and logins."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import state
from app.components.annotator import parents, segment_blocks
from argmap.annotation.alignment import Segment
from argmap.knowledge_base import KnowledgeBase
from argmap.model import Status
from tests.app.annotating import crowded, in_order
from tests.app.screens_at_test import TEXT, Explorer, debate, shown

DOCUMENT = next(iter(debate().documents.values()))
IDS = {node.text.split()[0]: node.id for node in debate().nodes.values()}


def sent(test: AppTest) -> dict[str, Any]:
    """What the annotator got to show."""
    found = [json.loads(one.proto.json) for one in test.get("bidi_component") if "acked" in one.proto.json]
    return dict(found[0])


def words(data: dict[str, Any]) -> list[str]:
    return [TEXT[span["start"] : span["end"]] for span in data["spans"]]


def test_a_segment_with_its_suggestions(explorer: Explorer) -> None:
    """Text, suggestions in code points, and the links between them; nothing is decided yet."""
    data = sent(explorer("annotate", by="ann"))
    assert data["blocks"][0]["speaker"] == "Ann"
    assert sorted(words(data)) == sorted(node.text for node in debate().nodes.values())
    assert {span["verdict"] for span in data["spans"]} == {None}
    assert len(data["links"]) == len(debate().links)
    assert (data["place"]["number"], data["place"]["of"]) == (1, 1)


def test_the_name_in_the_address_signs(explorer: Explorer, kb: KnowledgeBase) -> None:
    """A session that starts again goes on under the same name; others' decisions are not shown."""
    kb.accept(IDS["Large"], by="bob")
    verdicts = {
        name: {s["id"]: s["verdict"] for s in sent(explorer("annotate", by=name))["spans"]}
        for name in ("ann", "bob")
    }
    assert verdicts["ann"][IDS["Large"]] is None
    assert verdicts["bob"][IDS["Large"]] is True


def test_blind_means_no_suggestions(explorer: Explorer, kb: KnowledgeBase) -> None:
    """With a blind share of one, a team sees only its own work."""
    for name, role in (("root", "admin"), ("ann", "annotator")):
        kb.grant(name, role, by="root")
    kb.share(overlap=1, blind=1, by="root")
    data = sent(explorer("annotate", by="ann"))
    assert (data["blind"], data["spans"]) == (True, [])
    kb.accept(IDS["Large"], by="ann")
    assert len(sent(explorer("annotate", by="ann"))["spans"]) == 1


@pytest.mark.parametrize("order", ["document", "uncertainty", "disagreement", "nonsense"])
def test_orders(explorer: Explorer, order: str) -> None:
    """Every order gives the same segments; one that there is not gives the usual one."""
    assert sent(explorer("annotate", by="ann", order=order))["place"]["of"] == 1


def test_what_is_answered_stands_above() -> None:
    """The turn that a segment answers is shown in grey."""
    second = DOCUMENT.turns[1]
    segment = Segment(DOCUMENT.id, second.start, second.end)
    assert [(block.start, block.grey) for block in parents(DOCUMENT, segment)] == [(0, True)]
    assert [block.speaker for block in segment_blocks(DOCUMENT, segment)] == ["Bob"]


def test_the_queues_end(explorer: Explorer) -> None:
    """When all is done it says so."""
    test = explorer("annotate", by="ann", doc="done")
    assert [one.value for one in test.success] == ["All done: 1 segment."]


@pytest.mark.parametrize(("left", "done"), [("elsewhere", 0), (f"{DOCUMENT.id}@0", 1)])
def test_a_segment_is_left_once(explorer: Explorer, left: str, done: int) -> None:
    """A browser that comes back says again which segment it left: whoever is in another one stays there."""
    test = explorer("annotate", by="ann")
    test.session_state["annotator"] = {"go": {"to": "next", "from": left, "at": 1}}
    assert len(test.run().success) == done


def test_read_only_shows_no_keys(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody annotates what is open for reading only."""
    monkeypatch.setenv("ARGMAP_READ_ONLY", "1")
    assert "You can only read here" in shown(explorer("annotate"))
    assert "settling takes the role adjudicator" in shown(explorer("adjudicate"))


def test_settling_takes_a_role(explorer: Explorer, kb: KnowledgeBase) -> None:
    """An annotator sees their feedback, not the desk."""
    kb.grant("root", "admin", by="root")
    kb.grant("ann", "annotator", by="root")
    kb.grant("rea", "reader", by="root")
    assert "settling takes the role adjudicator" in shown(explorer("adjudicate", by="ann"))
    assert "You can only read here (your role: reader)" in shown(explorer("annotate", by="rea"))


def disagree(kb: KnowledgeBase) -> None:
    kb.accept([IDS["Large"], IDS["SimpleQA"]], by="ann")
    kb.accept(IDS["Large"], by="bob")
    kb.revise(IDS["SimpleQA"], changes={"kind": "claim"}, by="bob")


def test_taking_one_version_of_the_same_node(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Where both kept a node in different kinds, the ruling leaves it as the taken side has it."""
    disagree(kb)
    test = explorer("adjudicate", by="judge", disputes="kind")
    offered = [part for part in shown(test).split("\n") if "am-said" in part]
    number = 1 + next(at for at, part in enumerate(offered) if "evidence" in part)
    test.button(key=f"take-{number}").click().run()
    node = kb.node(IDS["SimpleQA"])
    assert (node.kind.value, node.status) == ("evidence", Status.ACCEPTED)
    assert "You: accepted as claim" in shown(explorer("adjudicate", by="bob", desk="My feedback"))
    assert "Nothing that you decided" in shown(explorer("adjudicate", by="ann", desk="My feedback"))


def test_what_all_agree_on_is_accepted_in_one_step(explorer: Explorer, kb: KnowledgeBase) -> None:
    """One button, one operation, one undo."""
    disagree(kb)
    test = explorer("adjudicate", by="judge")
    assert "claim: “Large models know more facts than small ones.”" in shown(test)
    test.button(key="accept-agreed").click().run()
    rulings = [event for event in kb.events() if type(event.change).__name__ == "Adjudicated"]
    assert [event.change.ids for event in rulings] == [(IDS["Large"],)]


def test_quality_says_too_few(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Three segments give no number; the machine's precision neither from two decisions."""
    disagree(kb)
    page = shown(explorer("quality"))
    assert page.count("too few") > 5
    assert "accepts" in page
    assert not explorer("quality").exception


def test_quality_shows_a_trend(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Precision of each miner by confidence, over all decisions and in their order."""
    found = crowded(60)
    kb.bring(found)
    for at, node in enumerate(in_order(found)):
        (kb.reject if at < 30 else kb.accept)(node, by="ann")
    page = shown(explorer("quality"))
    assert "Nodes of miner@1: what people found right" in page
    rows = [row for row in page.split("<tr>") if "0.7 to 0.8" in row]
    cells = [cell.split("<")[0] for cell in rows[0].split("<td>")[1:]]
    assert ["50%", "30 of 60", "0%", "50%", "100%"] == cells


def test_a_login_gives_the_name(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where logins are set up, nobody can write without one or under another name."""
    monkeypatch.setattr(state, "has_login", lambda: True)
    test = explorer("annotate", by="somebody else")
    assert "You can only read here" in shown(test)
    assert "login" in {button.key for button in test.button}
    monkeypatch.setattr(state, "is_logged_in", lambda: True)
    user = {"email": "ann@example.org", "email_verified": True, "is_logged_in": True}
    monkeypatch.setattr(state.st, "user", user)
    assert sent(explorer("annotate", by="somebody else"))["by"] == "ann@example.org"
