"""The page that people keep: self-contained, safe with any words, complete without its map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from argmap.drawing import LIBRARY_MARK, ego, frame, library, page
from argmap.model import ArgumentMap, Document, Mention, Turn, document_id, new_link, new_node

PAYLOADS = [
    "href <img src=x onerror=\"document.title='hacked'\">",
    "</script><script>document.title='hacked'</script>",
    "<!--<script>document.title='hacked'",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "\"><svg onload=document.title='hacked'>",
    "'];document.title='hacked';//",
    "</style><img src=https://evil.example/x.png>",
    "*/ document.title='hacked' /*",
    "\u2028document.title='hacked'\u2029",
]


def hostile_map() -> ArgumentMap:
    """Every field that a person can fill holds something hostile."""
    text = "\n".join(PAYLOADS)
    document = Document(
        document_id(text), PAYLOADS[0], "notes", text, (Turn("t1", 0, len(text), PAYLOADS[1]),)
    )
    nodes = [
        new_node(
            "claim", words, [Mention(document.id, text.index(words), text.index(words) + len(words), words)]
        )
        for words in PAYLOADS
    ]
    links = [new_link("attacks", [node.id], nodes[0].id) for node in nodes[1:]]
    return ArgumentMap.of([document], nodes, links)


def test_all_claims_and_links_are_there_in_words(debate: ArgumentMap) -> None:
    """The page says everything without its map: claims, links, quotes and who said them."""
    html = page(debate, title="Knowledge")
    body = html.partition("<ol")[2].partition("</ol>")[0]
    assert all(node.text in body for node in debate.nodes.values())
    assert body.count('class="link"') == sum(len(link.sources) for link in debate.links.values())
    assert "Ann, <cite>Knowledge</cite>" in body
    assert "× undercuts: that “SimpleQA shows it.” supports “Large models know more facts.”" in body


def test_equal_maps_give_equal_pages(debate: ArgumentMap) -> None:
    """Two exports are byte-identical."""
    assert page(debate, title="t") == page(debate, title="t")


def test_nothing_is_loaded_from_anywhere(debate: ArgumentMap) -> None:
    """No address outside comments of the library, and a policy that forbids loading."""
    html = page(debate, title="t")
    assert "default-src 'none'" in html
    assert not re.findall(r"<(?:link|img|iframe)\b|\bsrc\s*=\s*[\"']?http", html.partition("<script")[0])


def test_hostile_words_stay_words() -> None:
    """No payload leaves its place in the markup, whichever field it came in by."""
    html = page(hostile_map(), title=PAYLOADS[1])
    own = html.replace(re.search(r"<script nonce=\"\w+\">/\*\*.*?</script>", html, re.DOTALL)[0], "")  # type: ignore[index]
    assert own.count("<script") == own.count("</script") == 1
    assert "<img" not in own
    assert "<svg" not in own


def test_a_frame_leaves_room_for_the_library(debate: ArgumentMap) -> None:
    """The library travels apart from the map, so that a new map is a small message."""
    html = frame(ego(debate, next(iter(debate.nodes))), title="t", theme="dark")
    assert html.count(LIBRARY_MARK) == 1
    assert (
        "<a href" not in html
    )  # the list in words is there for readers of screens; keys would get lost in it
    assert len(html) < 60_000


@pytest.mark.browser
def test_the_page_draws_offline_and_runs_nothing_hostile(chromium: Any, tmp_path: Path) -> None:
    """From disk, with no request: the map is drawn, a click on a claim marks it, no payload runs."""
    file = tmp_path / "map.html"
    file.write_text(page(hostile_map(), title=PAYLOADS[0]), encoding="utf-8")
    requests: list[str] = []
    tab = chromium.new_page()
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-drawn=yes]")
    tab.focus("#map")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    tab.mouse.move(300, 300)
    assert tab.locator(".item.chosen").count() == 1
    assert tab.title() == PAYLOADS[0]
    assert requests == [file.as_uri()]
    tab.close()


def wide_map() -> ArgumentMap:
    """A path of four claims, the last with thirty replies: more than a screen shows with words to read."""
    words = "in words that fill more than one line of a box"
    nodes = [new_node("claim", f"Claim {at}, {words}.") for at in range(34)]
    links = [new_link("supports", [node.id], nodes[min(at, 3)].id) for at, node in enumerate(nodes[1:])]
    return ArgumentMap.of([], nodes, links)


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1200, 700), (350, 560)])
def test_words_of_a_map_can_be_read(chromium: Any, theme: str, size: tuple[int, int]) -> None:
    """Twenty boxes open at 12 px or more, the claim in focus in view; wheel and keys reach the rest."""
    whole = wide_map()
    focus = next(node.id for node in whole.nodes.values() if node.text.startswith("Claim 3,"))
    selection = ego(whole, focus)
    html = frame(selection, title="t", theme=theme).replace(LIBRARY_MARK, library())
    tab = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    tab.set_content(html)
    tab.wait_for_selector("html[data-drawn=yes]")

    def is_seen(node: str) -> bool:
        x, y = tab.evaluate("id => Object.values(drawing.canvasToDOM(drawing.getPosition(id)))", node)
        return 0 < x < size[0] and 0 < y < size[1]

    assert len(selection.above) == 20
    assert 15 * tab.evaluate("() => drawing.getScale()") >= 12
    assert is_seen(focus)
    tab.mouse.move(size[0] / 2, size[1] / 2)
    tab.mouse.wheel(3_000, 3_000)
    tab.wait_for_timeout(200)
    assert is_seen(list(selection.above)[-1])
    tab.focus("#map")
    for _ in range(4):
        tab.keyboard.press("ArrowLeft")
    assert is_seen(next(iter(selection.above)))
    assert 15 * tab.evaluate("() => drawing.getScale()") >= 12
    tab.close()
