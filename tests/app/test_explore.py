"""Explore: a claim's page, and every decision that one can take on it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.components.claim_page import bearing
from argmap.drawing import path
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Status, new_link, new_node
from tests.app.screens_at_test import Explorer, choose, debate, shown

IDS = {node.text.split()[0]: node.id for node in debate().nodes.values()}
CLAIM, EVIDENCE, REBUTTAL = IDS["Large"], IDS["SimpleQA"], IDS["Intelligence"]


def press(test: AppTest, key: str) -> AppTest:
    """Click the button of this key."""
    return next(button for button in test.button if button.key == key).click().run()


def test_a_claim_shows_what_speaks_for_and_against_it(explorer: Explorer) -> None:
    """Support stands under For, attack under Against, and the quote in its context below."""
    test = explorer("explore", node=CLAIM)
    assert not test.exception
    page = shown(test)
    assert "<mark>Large models know more facts than small ones.</mark>" in page
    assert "Ann · Knowledge and intelligence" in page
    page = page[page.index("+ For") :]
    assert page.index("+ For") < page.index("SimpleQA scores grow with size.") < page.index("− Against")
    assert page.index("− Against") < page.index("Intelligence is not knowledge")


@pytest.mark.parametrize("view", ["columns", "map", "outline", "text", "nonsense"])
def test_every_view_has_an_address(explorer: Explorer, view: str) -> None:
    """A view that the address names is shown; an unknown one gives the columns."""
    test = explorer("explore", node=CLAIM, view=view)
    assert not test.exception
    assert test.segmented_control(key="view").value == (view if view != "nonsense" else "columns")


def test_an_unknown_claim_gives_a_message(explorer: Explorer) -> None:
    """A deep link to nothing is a sentence and a way back, not a traceback."""
    test = explorer("explore", node="nowhere")
    assert not test.exception
    assert "nowhere" in test.warning[0].value
    assert "back-home" in {button.key for button in test.button}


def test_an_objection_is_stored_and_taken_back(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Reply, see it, undo it: the history keeps both."""
    test = choose(explorer("explore", node=CLAIM), "reply-attacks", CLAIM)
    test.text_area(key="reply-text-attacks").set_value("Facts can be looked up.").run()
    test = press(test, "save")
    assert "Facts can be looked up." in [node.text for _, node in kb.replies(CLAIM)]
    assert "Facts can be looked up." in shown(test)
    test = press(test, "undo")
    assert "Facts can be looked up." not in [node.text for _, node in kb.replies(CLAIM)]
    assert [event.by.name for event in kb.log(limit=2)] == ["ann", "ann"]


def test_evidence_needs_a_source(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Nothing is stored until there is a source or a quote, and the form says so."""
    test = choose(explorer("explore", node=CLAIM), "reply-evidence", CLAIM)
    test.text_area(key="reply-text-evidence").set_value("A survey says so.").run()
    test = press(test, "save")
    assert "Evidence needs a source" in shown(test)
    assert "A survey says so." not in [node.text for _, node in kb.replies(CLAIM)]
    test.text_input(key="reply-source").set_value("https://example.org/survey").run()
    press(test, "save")
    added = next(node for _, node in kb.replies(CLAIM) if node.text == "A survey says so.")
    assert (added.kind, added.attributes["source"]) == ("evidence", "https://example.org/survey")


def test_a_claim_can_be_accepted_and_rejected(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Agreeing accepts; rejecting keeps the reason."""
    test = choose(explorer("explore", node=CLAIM), "agree", CLAIM)
    assert kb.node(CLAIM).status is Status.ACCEPTED
    test = choose(test, "reject", CLAIM)
    test.text_input(key="reject-reason").set_value("too vague").run()
    press(test, "save")
    assert kb.node(CLAIM).status is Status.REJECTED
    assert kb.log(limit=1)[0].because == "too vague"


def test_a_click_is_done_once(explorer: Explorer, kb: KnowledgeBase) -> None:
    """A browser that was away says its last click again, to a new session: nothing is done a second time."""
    click = {"chosen": {"act": "agree", "id": CLAIM, "at": 0}}
    first = explorer("explore", node=CLAIM)
    first.session_state["list-acts"] = click
    press(first.run(), "undo")
    second = explorer("explore", node=CLAIM)
    second.session_state["list-acts"] = click
    second.run()
    assert kb.node(CLAIM).status is Status.SUGGESTED
    assert [type(event.change).__name__ for event in kb.log(limit=2)] == ["Undone", "Accepted"]


def test_two_tabs_edit_the_same_claim(explorer: Explorer, kb: KnowledgeBase) -> None:
    """The second sees both versions, loses nothing, and can keep its own."""
    first = explorer("explore", node=CLAIM)
    first = choose(first, "edit", CLAIM)
    first.text_area(key=f"edit-text-{CLAIM}").set_value("Mine.").run()
    kb.revise(CLAIM, changes={"text": "Theirs."}, by="bob")
    first = press(first, "save")
    assert not first.exception
    assert "Theirs." in shown(first)
    assert first.text_area(key=f"edit-text-{CLAIM}").value == "Mine."
    assert kb.node(CLAIM).text == "Theirs."
    press(press(first, "keep-mine"), "save")
    assert kb.node(CLAIM).text == "Mine."
    assert {event.by.name for event in kb.history(CLAIM)} >= {"ann", "bob"}


def test_merging_and_taking_apart(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Two claims become one with both quotes; the history takes them apart again."""
    other = IDS["A"]
    kb.merge(CLAIM, other, by="ann")
    test = explorer("explore", node=other)
    assert "merged into this one" in shown(test)
    test.session_state[f"history-{CLAIM}"] = True
    test.run()
    button = next(b for b in test.button if b.key and b.key.startswith("unmerge-"))
    button.click().run()
    assert kb.node(other).id == other


def test_read_only_offers_no_decision(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where people may only look, nothing invites them to change something."""
    monkeypatch.setenv("ARGMAP_READ_ONLY", "1")
    test = explorer("explore", node=CLAIM)
    assert not test.exception
    assert "undo" not in {button.key for button in test.button}
    assert not any('"acts"' in e.proto.json for e in test.get("bidi_component"))


def test_filters_come_from_the_address(explorer: Explorer) -> None:
    """A link to a filtered list shows that list, and each filter can be dropped."""
    test = explorer("explore", kind="evidence", speaker="Ann")
    page = shown(test)
    assert "SimpleQA scores grow" in page
    assert "Intelligence is not knowledge" not in page
    test.query_params["page"] = "2"
    test = press(test, "drop-kind")
    assert "page" not in test.query_params
    assert "Large models know more" in shown(test)


@pytest.mark.parametrize(
    "asked",
    [{"page": "99999999999"}, {"page": "-1"}, {"min_confidence": "much"}, {"order": "odd"}, {"kind": "'"}],
)
def test_odd_addresses_give_a_page(explorer: Explorer, asked: dict[str, str]) -> None:
    """Whatever is typed into the address bar, there is a screen and no traceback."""
    test = explorer("explore", **asked)
    assert not test.exception


def test_rejecting_what_somebody_changed_asks_again(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Any form that is saved after somebody else's change shows that change before it goes on."""
    test = choose(explorer("explore", node=CLAIM), "reject", CLAIM)
    kb.revise(CLAIM, changes={"text": "Theirs."}, by="bob")
    test = press(test, "save")
    assert kb.node(CLAIM).status is not Status.REJECTED
    assert "bob" in shown(test)
    press(press(test, "keep-mine"), "save")
    assert kb.node(CLAIM).status in (Status.REJECTED, Status.DISPUTED)


def test_a_step_can_be_undercut(explorer: Explorer, kb: KnowledgeBase) -> None:
    """The link between evidence and claim can be doubted, and the doubt is shown."""
    link = next(link for link, node in kb.replies(CLAIM) if node.id == EVIDENCE)
    test = explorer("explore", node=CLAIM)
    test.session_state["list-For-Against"] = {"chosen": {"act": "undercut", "id": link.id, "at": 1}}
    test.run()
    test.text_area(key="reply-text-undercuts").set_value("Recall is not knowledge.").run()
    test = press(test, "save")
    assert [node.text for _, node in kb.replies(link.id)] == ["Recall is not knowledge."]
    assert "Recall is not knowledge." in shown(test)
    assert "× 1 undercut" in shown(test)


def test_an_undercut_can_be_rejected(explorer: Explorer, kb: KnowledgeBase) -> None:
    """A form about a link that aims at a link says so in words; what such a link says cannot be changed."""
    link = next(link for link, node in kb.replies(CLAIM) if node.id == EVIDENCE)
    undercut = kb.link(kb.reply(link.id, "undercuts", "Recall is not knowledge.").ids[1])
    test = explorer("explore", node=CLAIM)
    menus = [e.proto.json for e in test.get("bidi_component") if undercut.id in e.proto.json]
    assert ["turn" in menu for menu in menus] == [False]
    test.session_state["list-Also"] = {"chosen": {"act": "reject", "id": undercut.id, "at": 1}}
    test = press(test.run(), "save")
    assert kb.link(undercut.id).status in (Status.REJECTED, Status.DISPUTED)


def test_from_a_claim_to_all_of_them(explorer: Explorer) -> None:
    """The way up from a claim begins with the list of all: the bar at the top does not lead there."""
    test = explorer("explore", node=CLAIM)
    test.session_state["list-path"] = {"chosen": {"act": "open", "id": "", "at": 1}}
    assert [title.value for title in test.run().title] == ["All claims"]
    assert "node" not in test.query_params


def test_a_claim_says_how_it_bears_on_the_one_above_it() -> None:
    """Of several links, the one to the claim that the page puts above it."""
    first, second, claim, other = (new_node("claim", words) for words in ("A.", "B.", "C.", "D."))
    links = [
        new_link("supports", [claim.id], first.id),
        new_link("attacks", [claim.id], second.id),
        new_link("supports", [other.id], second.id),
    ]
    near = ArgumentMap.of([], [first, second, claim, other], links)
    link = bearing(near, claim, path(near, claim.id)[:-1])
    assert link is not None
    assert (link.kind, link.target) == ("attacks", second.id)
    assert bearing(near, second, []) is None


def test_what_was_undone_can_be_done_again(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Undo, then redo: the decision stands again."""
    test = press(choose(explorer("explore", node=CLAIM), "agree", CLAIM), "undo")
    assert kb.node(CLAIM).status is Status.SUGGESTED
    press(test, "redo")
    assert kb.node(CLAIM).status is Status.ACCEPTED


def test_merging_by_the_form_and_undoing_it(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Find the other claim by its words, merge, see both quotes, take it back."""
    other = IDS["A"]
    test = explorer("explore", node=CLAIM)
    test = choose(test, "merge", CLAIM)
    test.text_input(key="merge-words").set_value("look facts up").run()
    test.radio(key="merge-other").set_value(other).run()
    test = press(test, "save")
    assert kb.node(other).id == CLAIM
    assert "<mark>A small model can look facts up.</mark>" in shown(test)
    press(test, "undo")
    assert kb.node(other).id == other


def test_similar_claims_are_offered(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Who types what is here already can link it in place of adding it again."""
    test = choose(explorer("explore", node=REBUTTAL), "reply-supports", REBUTTAL)
    test.text_area(key="reply-text-supports").set_value("Large models know more facts than small").run()
    assert "Already here: Large models know more facts than small ones." in shown(test)
    press(test, f"similar-reply-{CLAIM}")
    assert CLAIM in {node.id for _, node in kb.replies(REBUTTAL)}


def test_searching_honours_every_filter(explorer: Explorer) -> None:
    """Words and filters of the address hold together."""
    assert "Large models know more" in cleaned(shown(explorer("explore", q="models", speaker="Ann")))
    assert "Large models know more" not in cleaned(shown(explorer("explore", q="models", speaker="Bob")))
    assert "Large models know more" not in cleaned(
        shown(explorer("explore", q="models", min_confidence="0.9"))
    )


def cleaned(words: str) -> str:
    """Without the marks of hits."""
    return words.replace("<mark>", "").replace("</mark>", "")
