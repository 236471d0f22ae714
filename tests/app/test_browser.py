"""Journeys in Chromium over the served explorer: what clicks and keys do, what leaves and what runs."""

from __future__ import annotations

from typing import Any

import pytest

from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Document, Mention, Turn, document_id, new_link, new_node
from tests.app.screens_at_test import debate

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

IDS = {node.text.split()[0]: node.id for node in debate().nodes.values()}
CLAIM, REBUTTAL = IDS["Large"], IDS["Intelligence"]


def test_from_search_to_the_strongest_objection_and_its_source(served: str, tab: Any) -> None:
    """Search, open the claim, open the objection to it, see its quote, go to the source: all local."""
    tab.goto(served)
    tab.locator(".st-key-q input").fill("large models")
    tab.locator(".st-key-list-hit a.am-open").first.click()
    tab.locator(".am-focus").get_by_text("Large models know more facts").wait_for()
    tab.locator(".am-part:has(.am-against) a.am-open").first.click()
    tab.locator(".am-focus").get_by_text("Intelligence is not knowledge").wait_for()
    quote = tab.locator(".am-quote mark", has_text="Intelligence")  # it comes after the claim
    assert quote.inner_text() == "Intelligence is not knowledge 😀."
    tab.get_by_role("button", name="Show in the source").click()
    tab.get_by_role("heading", name="Knowledge and intelligence").wait_for()
    tab.locator("[data-testid=stBidiComponentIsolated] .find, .find").first.wait_for()
    assert "doc=" in tab.url
    assert tab.outside == []


def test_the_map_answers_keys_and_reaches_nothing(served: str, tab: Any) -> None:
    """Arrow and Enter in the sandboxed frame open a claim; back returns; the frame cannot reach the page."""
    tab.goto(f"{served}/explore?node={CLAIM}&view=map")
    frame = tab.frame_locator("iframe")
    frame.locator("html[data-drawn=yes]").wait_for()
    assert tab.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    blocked = frame.locator("html").evaluate(
        "() => { try { return String(parent.document.title) } catch (error) { return error.name } }"
    )
    assert blocked == "SecurityError"
    frame.locator("#map").focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: CLAIM not in url)
    assert "view=map" in tab.url
    tab.go_back()
    tab.wait_for_url(lambda url: CLAIM in url)
    assert tab.outside == []


def test_the_whole_way_by_keyboard(served: str, tab: Any) -> None:
    """Walk the cards, open one, see its outline, go up again, search: no mouse."""
    tab.goto(f"{served}/explore?node={CLAIM}")
    tab.locator(".st-key-list-For-Against a.am-open").nth(1).wait_for()
    tab.locator("h1").click()
    for key in ("j", "j", "k", "j", "Enter"):
        tab.keyboard.press(key)
    tab.locator(".am-focus").get_by_text("Intelligence is not knowledge").wait_for()
    tab.keyboard.press("o")
    tab.locator(".am-here").get_by_text("Intelligence is not knowledge").wait_for()
    tab.keyboard.press("Backspace")
    tab.locator(".am-focus").get_by_text("Large models know more").wait_for()
    tab.keyboard.press("/")
    tab.wait_for_function("document.activeElement.matches('.st-key-q input')")
    tab.keyboard.type("SimpleQA")
    tab.locator(".st-key-list-hit mark").get_by_text("SimpleQA").wait_for()


def test_evidence_from_a_quote_and_undo(served: str, tab: Any, kb: KnowledgeBase) -> None:
    """Evidence is added with its source, and one click takes it back."""
    tab.goto(f"{served}/explore?node={CLAIM}")
    tab.get_by_role("button", name="Evidence").click()
    dialog = tab.get_by_role("dialog")
    dialog.locator("textarea").fill("GPT-4 answers more of SimpleQA than GPT-4 mini.")
    dialog.locator(".st-key-reply-source input").fill("“38.2 % against 8.6 %”, model card")
    dialog.locator(".st-key-save button").click()
    tab.locator(".am-card").get_by_text("GPT-4 answers more").wait_for()
    assert any(node.text.startswith("GPT-4 answers") for _, node in kb.replies(CLAIM))
    tab.locator(".st-key-undo button").first.click()
    tab.locator(".am-card").get_by_text("GPT-4 answers more").wait_for(state="detached")
    assert not any(node.text.startswith("GPT-4 answers") for _, node in kb.replies(CLAIM))


def test_two_tabs_edit_the_same_claim(served: str, chromium: Any, kb: KnowledgeBase) -> None:
    """The second tab sees both versions and keeps its words until the person chooses."""
    contexts = [chromium.new_context(), chromium.new_context()]
    tabs = [context.new_page() for context in contexts]
    for page in tabs:
        page.set_default_timeout(30_000)
        page.goto(f"{served}/explore?node={CLAIM}")
        page.locator(".am-acts summary").click()
        page.get_by_role("button", name="Edit wording or kind").click()
        page.get_by_role("dialog").locator("textarea").wait_for()
    for page, words in zip(tabs, ("First wording.", "Second wording."), strict=True):
        page.get_by_role("dialog").locator("textarea").fill(words)
        page.get_by_role("dialog").locator("textarea").press("Control+Enter")
        page.get_by_role("dialog").locator(".st-key-save button").click()
        page.locator(".am-focus" if words.startswith("First") else ".st-key-keep-mine").wait_for()
        page.wait_for_timeout(800)
    second = tabs[1].get_by_role("dialog")
    assert "First wording." in second.inner_text()
    assert second.locator("textarea").input_value() == "Second wording."
    assert kb.node(CLAIM).text == "First wording."
    for context in contexts:
        context.close()


def test_what_moves_when_an_objection_is_withdrawn(served: str, tab: Any, kb: KnowledgeBase) -> None:
    """Turn the layer on, withdraw the objection, follow what moves, reload: all of it is in the address."""
    version = kb.version
    tab.goto(f"{served}/explore?node={REBUTTAL}")
    tab.locator(".st-key-stands label").click()
    tab.locator(".am-focus .am-comes").wait_for()
    tab.locator(".st-key-what-if").get_by_text("withdrawn").click()
    tab.locator(".am-focus").get_by_text("withdrawn, was").wait_for()
    tab.locator(".st-key-list-moves a.am-open", has_text="Large models know more").click()
    tab.locator(".am-focus").get_by_text("Large models know more").wait_for()
    tab.reload()
    tab.locator(".am-focus .am-comes", has_text=", was ").wait_for()
    tab.get_by_role("button", name="As recorded").click()
    tab.locator(".am-focus .am-comes", has_text=", was ").wait_for(state="detached")
    assert "stands=yes" in tab.url
    assert "suppose" not in tab.url
    assert kb.version == version


EVIL = [
    "href <img src=https://evil.example/a.png onerror=\"document.title='hacked'\">",
    "</script><script>document.title='hacked'</script>",
    "![beacon](https://evil.example/b.png) :red[red] **bold** # heading",
    "<iframe srcdoc=\"<script>parent.document.title='hacked'</script>\"></iframe>",
    "<style>body{display:none}</style><form action=https://evil.example><input></form>",
    "{{7*7}} ${7*7} <svg onload=document.title='hacked'>",
]


def evil_map() -> ArgumentMap:
    """Every field that somebody can fill holds something hostile."""
    text = "\n\n".join(EVIL)
    document = Document(document_id(text), EVIL[0], EVIL[2], text, (Turn("t1", 0, len(text), EVIL[1]),))
    nodes = [
        new_node(
            "claim",
            words,
            [Mention(document.id, text.index(words), text.index(words) + len(words), words)],
            by=words,
            cue=words,
        )
        for words in EVIL
    ]
    links = [new_link("attacks", [node.id], nodes[0].id, by=node.text, cue=node.text) for node in nodes[1:]]
    return ArgumentMap.of([document], nodes, links)


@pytest.mark.slow
def test_hostile_words_run_nothing_anywhere(served: str, tab: Any, kb: KnowledgeBase) -> None:
    """On every screen and in every view hostile text is text: no script, no request, no style, no heading."""
    kb.bring(evil_map(), by=EVIL[1])
    whole = evil_map()
    node, document = next(iter(whole.nodes)), next(iter(whole.documents))
    target = next(iter(whole.links.values())).target
    views = [f"/explore?node={target}&view={view}" for view in ("columns", "map", "outline", "text")]
    for path in [
        "/",
        "/?q=evil",
        "/explore",
        f"/explore?node={node}",
        *views,
        "/sources",
        f"/sources?doc={document}&find={node}",
        "/people",
        f"/explore?node={target}&stands=yes&suppose={node}:withdrawn",
        f"/explore?node={target}&view=map&stands=yes&suppose=%3Cimg%20src=x%20onerror=alert(1)%3E:withdrawn",
        "/explore?node=%3Cimg%20src=x%3E",
    ]:
        tab.goto(served + path)
        tab.get_by_role("heading", level=1).first.wait_for()
        tab.wait_for_timeout(1500)
        assert tab.title() != "hacked", path
        assert (
            tab.locator("img[src*=evil], iframe[srcdoc*=hacked]:not([sandbox]), form[action*=evil]").count()
            == 0
        ), path
        assert tab.evaluate("getComputedStyle(document.body).display") != "none", path
    assert tab.outside == []


@pytest.mark.parametrize("view", ["view=map", "view=columns", "view=columns&stands=yes"])
def test_nothing_is_sent_again_when_nothing_changes(served: str, tab: Any, view: str) -> None:
    """A rerun that changes nothing costs some kilobytes, not the library (469 kB) or the map again."""
    received: list[int] = []
    tab.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    tab.goto(f"{served}/explore?node={CLAIM}&{view}")
    tab.get_by_role("heading", name="Does it stand?").wait_for()
    tab.wait_for_timeout(4000)
    received.clear()
    tab.locator("h1").click()
    tab.keyboard.press("r")
    tab.wait_for_timeout(2500)
    assert received
    assert sum(received) < 5_000
