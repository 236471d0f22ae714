"""What is typed and not saved is kept by the server, through a reload and a closed tab."""

from __future__ import annotations

from typing import Any

import pytest

from argmap.knowledge_base import KnowledgeBase
from tests.app.screens_at_test import Explorer, choose, debate, shown

CLAIM = next(node.id for node in debate().nodes.values() if node.text.startswith("Large"))
WORDS = "Facts can be looked up, so a model need not know them by heart. "


def press(test: Any, key: str) -> Any:
    """Click the button of this key."""
    return next(button for button in test.button if button.key == key).click().run()


def test_a_new_session_goes_on_where_the_last_one_was(explorer: Explorer, kb: KnowledgeBase) -> None:
    """The claim's page offers what was begun; the form opens with it; saving ends it."""
    first = choose(explorer("explore", node=CLAIM), "reply-attacks", CLAIM)
    first.text_area(key="reply-text-attacks").set_value("Half a sen").run()
    second = explorer("explore", node=CLAIM)
    assert "Not saved yet: “Half a sen”" in shown(second)
    second = press(second, "go-on-0")
    assert second.text_area(key="reply-text-attacks").value == "Half a sen"
    second.text_area(key="reply-text-attacks").set_value("Half a sentence.").run()
    second = press(second, "save")
    assert "Half a sentence." in [node.text for _, node in kb.replies(CLAIM)]
    assert "Not saved yet" not in shown(explorer("explore", node=CLAIM))


def test_who_may_no_longer_write_keeps_what_was_typed(explorer: Explorer, kb: KnowledgeBase) -> None:
    """A role that ends while somebody types: nothing is stored, the words wait until it is given again."""
    kb.grant("test", "admin")
    kb.grant("ann", "annotator")
    test = choose(explorer("explore", node=CLAIM), "reply-attacks", CLAIM)
    test.text_area(key="reply-text-attacks").set_value("Half a sentence.").run()
    kb.grant("ann", "reader")
    test = press(test, "save")
    assert "ann is reader here" in " ".join(error.value for error in test.error)
    assert "Half a sentence." not in [node.text for _, node in kb.replies(CLAIM)]
    kb.grant("ann", "annotator")
    assert "Not saved yet: “Half a sentence.”" in shown(explorer("explore", node=CLAIM))


def test_what_was_begun_can_be_dropped(explorer: Explorer) -> None:
    """Nobody is followed by words that they do not want; an unchanged wording is none."""
    test = choose(explorer("explore", node=CLAIM), "edit", CLAIM)
    test.text_area(key=f"edit-text-{CLAIM}").set_value("Mine.").run()
    test = explorer("explore", node=CLAIM)
    assert "Not saved yet" in shown(test)
    assert "Not saved yet" not in shown(press(test, "drop-draft-0"))
    choose(explorer("explore", node=CLAIM), "edit", CLAIM)
    assert "Not saved yet" not in shown(explorer("explore", node=CLAIM))


@pytest.fixture
def typing(served: str, tab: Any) -> Any:
    """A tab with a reply being typed."""
    tab.goto(f"{served}/explore?node={CLAIM}")
    tab.get_by_role("button", name="Object").click()
    tab.get_by_role("dialog").locator("textarea").click()
    return tab


@pytest.mark.browser
@pytest.mark.timeout(180)
@pytest.mark.parametrize("loss", ["reload", "close"])
def test_typing_without_a_pause_loses_five_seconds_at_most(typing: Any, loss: str) -> None:
    """While somebody types on and on, the words of five seconds ago are safe, and no letter is changed."""
    words = WORDS * 2
    typing.keyboard.type(words, delay=90)
    assert typing.get_by_role("dialog").locator("textarea").input_value() == words
    fresh = typing
    if loss == "close":
        fresh = typing.context.new_page()
        typing.close()
    fresh.goto(typing.url) if loss == "close" else fresh.reload()
    fresh.locator(".st-key-go-on-0 button").click()
    field = fresh.get_by_role("dialog").locator("textarea")
    field.wait_for()
    fresh.wait_for_function("document.querySelector('[role=dialog] textarea').value.length > 0")
    kept = field.input_value()
    assert words.startswith(kept)
    assert len(words) - len(kept) <= 5_000 / 90


@pytest.mark.browser
@pytest.mark.timeout(180)
def test_a_dropped_connection_loses_no_word(served: str, tab: Any) -> None:
    """The field keeps its words while the socket is away, and its cursor: typing goes on; all is kept."""
    sockets: list[tuple[Any, Any]] = []
    tab.route_web_socket("**/_stcore/stream", lambda page: sockets.append((page, page.connect_to_server())))
    tab.goto(f"{served}/explore?node={CLAIM}")
    tab.get_by_role("button", name="Object").click()
    field = tab.get_by_role("dialog").locator("textarea")
    field.click()
    tab.keyboard.type(WORDS, delay=20)
    for end in sockets[0]:
        end.close(code=1001)
    tab.locator("[role=dialog] textarea:disabled").wait_for()
    tab.locator("[role=dialog] textarea:enabled").wait_for()
    tab.wait_for_timeout(2_000)
    assert len(sockets) == 2
    assert field.input_value() == WORDS
    tab.keyboard.type("Well.", delay=20)
    tab.wait_for_timeout(5_000)
    tab.reload()
    tab.locator(".st-key-go-on-0 button").click()
    tab.wait_for_function("document.querySelector('[role=dialog] textarea')?.value.length > 0")
    assert field.input_value() == f"{WORDS}Well."
