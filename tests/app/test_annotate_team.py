"""Two annotators and an adjudicator on one text, all through the app in Chromium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argmap.annotation import own_maps
from argmap.demonstration import data_folder
from argmap.knowledge_base import KnowledgeBase
from argmap.model import Status
from tests.app.annotating import Server, opened, saved

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TEXT = data_folder() / "texts" / "knowledge_vs_intelligence.txt"


@pytest.fixture
def server(tmp_path: Path, chromium: Any) -> Iterator[Server]:
    """A server over one of the five texts as the machine mined it."""
    place = str(tmp_path / "one.db")
    with KnowledgeBase(place, by="setup") as kb:
        kb.add(TEXT)
    found = Server(place)
    found.start()
    yield found
    found.kill()


def mined(place: str) -> list[str]:
    """The kinds of the suggested nodes, in reading order; each has one mention."""
    with KnowledgeBase(place, by="test") as kb:
        nodes = kb.nodes(limit=None)
    nodes.sort(key=lambda node: (node.mentions[0].start, -node.mentions[0].end))
    return [node.kind.value for node in nodes]


def bobs_keys(number: int) -> str:
    """Bob calls the first two evidence, rejects every third, and accepts the rest."""
    return "3n" if number < 2 else "x" if number % 3 == 2 else "a"


def cohen(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa, from its definition."""
    n = len(pairs)
    one, other = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(one[kind] * other[kind] for kind in one) / n**2
    return (sum(a == b for a, b in pairs) / n - by_chance) / (1 - by_chance)


def test_from_two_annotators_to_feedback(server: Server, tab: Any) -> None:
    """What both decide by keys gives the agreement that is worked out by hand here; a ruling reaches them."""
    kinds = mined(server.place)
    opened(tab, server.address, by="ann")
    tab.keyboard.type("a" * len(kinds), delay=0)
    saved(tab)
    opened(tab, server.address, by="bob")
    tab.keyboard.type("".join(map(bobs_keys, range(len(kinds)))), delay=0)
    saved(tab)

    kept = [number for number in range(len(kinds)) if bobs_keys(number) != "x"]
    f1 = 2 * len(kept) / (len(kinds) + len(kept))
    kappa = cohen([(kinds[n], "evidence" if n < 2 else kinds[n]) for n in kept])
    tab.goto(f"{server.address}/quality")
    row = tab.locator(".am-table tr", has_text="units: F1")
    row.wait_for()
    assert row.locator("td").first.inner_text().startswith(f"{f1:.3f} (")
    kinds_row = tab.locator(".am-table tr", has_text="kinds: Cohen's kappa")
    assert kinds_row.locator("td").first.inner_text().startswith(f"{kappa:.3f} (")

    open_before = len([number for number in range(len(kinds)) if bobs_keys(number) == "x"])
    tab.goto(f"{server.address}/adjudicate?by=judge&disputes=missing")
    tab.locator(".st-key-take-1").wait_for()
    tab.get_by_text(f"{open_before} to settle").wait_for()
    shown = tab.locator(".am-said").all_inner_texts()
    assert not any(name in words for words in shown for name in ("ann", "bob "))
    tab.locator("input[aria-label^=Reason]").fill("Rule 4: it makes a point")
    tab.locator("input[aria-label^=Reason]").press("Enter")
    taken = 1 + next(at for at, words in enumerate(shown) if "nothing here" not in words)
    tab.get_by_role("heading", level=1).click()
    tab.keyboard.press(str(taken))
    tab.get_by_text(f"{open_before - 1} to settle").wait_for()
    tab.keyboard.press("0")
    tab.get_by_text(f"{open_before - 2} to settle").wait_for()

    with KnowledgeBase(server.place, by="test") as kb:
        rulings = [event.change for event in kb.events() if type(event.change).__name__ == "Adjudicated"]
        assert [ruling.accepted for ruling in rulings] == [True, False]
        assert set(own_maps(kb.events())) == {"ann", "bob"}
        assert kb.map_item(rulings[0].ids[0]).status is Status.ACCEPTED
        assert kb.map_item(rulings[1].ids[0]).status is Status.REJECTED
    tab.goto(f"{server.address}/adjudicate?by=bob&desk=My%20feedback")
    tab.locator(".am-foot", has_text="Rule 4: it makes a point").wait_for()
    assert tab.locator(".am-foot", has_text="You: rejected").count() == 1
    tab.goto(f"{server.address}/adjudicate?by=ann&desk=My%20feedback")
    tab.locator(".am-foot", has_text="Settled: rejected").wait_for()
    assert tab.locator(".am-foot").count() == 1
