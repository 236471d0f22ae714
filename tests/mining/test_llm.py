"""A language model as one more annotator: what it may say, and what no answer of its can do."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from argmap.cli import main
from argmap.errors import MiningError, MissingExtra
from argmap.knowledge_base import KnowledgeBase
from argmap.mining import MINERS
from argmap.mining.llm.answers import Quotes, read_answer
from argmap.mining.llm.miner import LlmMiner
from argmap.mining.llm.settings import ADDRESS, CACHE, KEY, MODEL, Settings
from argmap.mining.stretches import Stretch
from argmap.mining.suggestions import Suggestions
from argmap.model import Document, Status
from tests.mining.llm_server import Answer, Server, raw, reads, says, serving
from tests.mining.samples import dialogue

ANN = "The library should open on Sundays, since most people work on all the other days."
BEN = "Nobody came when it was open on Sundays — I counted “eleven” visitors in a month."
TEXT = dialogue(("Ann", ANN), ("Ben", BEN))
EMPTY = {"units": [], "links": []}


def unit(number: int, turn: int, quote: str, kind: str = "claim", confidence: float = 0.9) -> dict[str, Any]:
    return {"id": number, "turn": turn, "quote": quote, "kind": kind, "confidence": confidence}


def link(source: int, target: int, kind: str = "attacks", confidence: float = 0.6) -> dict[str, Any]:
    return {"source": source, "target": target, "kind": kind, "confidence": confidence}


GOOD = {
    "units": [
        unit(1, 1, "The library should open on Sundays"),
        unit(2, 2, 'i counted "eleven"  visitors in a month', "evidence", 0.5),
    ],
    "links": [link(2, 1)],
}


def miner(server: Server, **settings: Any) -> LlmMiner:
    """A miner that asks this server, and does not wait."""
    return LlmMiner(Settings("small", server.url, **settings), sleep=lambda seconds: None)


def mined(*answers: Answer, text: Document = TEXT, **settings: Any) -> tuple[Suggestions, Server]:
    """What comes of these answers, and what was asked."""
    with serving(answers) as server:
        return miner(server, **settings).mine(text), server


def test_quotes_become_exact_spans_with_speaker_kind_and_maker() -> None:
    """Spaces, quotation marks, dashes and case need not be the same; the words are the text's own."""
    found, server = mined(says(GOOD))
    one, two = found.nodes
    assert ["The library should open on Sundays", "I counted “eleven” visitors in a month"] == [
        TEXT.quote(node.mentions[0].start, node.mentions[0].end) for node in (one, two)
    ]
    assert [("Ann", "claim", 0.9), ("Ben", "evidence", 0.5)] == [
        (node.mentions[0].speaker, node.kind.value, node.confidence) for node in (one, two)
    ]
    (only,) = found.links
    assert ("attacks", (two.id,), one.id, 0.6) == (
        only.kind.value,
        only.sources,
        only.target,
        only.confidence,
    )
    for item in (*found.nodes, *found.links):
        assert (Status.SUGGESTED, "llm@small") == (item.status, item.by)
        assert item.cue
    body = server.asked[0]
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["units", "links"]
    assert [1, 2] == [turn["turn"] for turn in server.turns[0]]


def test_what_is_not_in_the_text_is_dropped_and_counted() -> None:
    """Invented quotes, cut words, links to nothing or to themselves leave a remark and nothing else."""
    answer = {
        "units": [
            *GOOD["units"],
            unit(3, 1, "Libraries are the heart of every town"),
            unit(4, 2, "obody came"),
            unit(5, 1, " … "),
        ],
        "links": [link(1, 3), link(1, 1), link(2, 99)],
    }
    found, _ = mined(says(answer))
    assert 2 == len(found.nodes)
    assert () == found.links
    assert "3 quotes that are not in the text were left out" in found.remarks
    assert "3 links without two ends were left out" in found.remarks


def test_the_same_words_said_twice_are_two_units() -> None:
    """A quote takes a place that is free; the turn that is named comes first."""
    text = dialogue(("Ann", "Trees help. Trees help."), ("Ben", "Trees help."))
    found, _ = mined(
        says({"units": [unit(n, 2, "Trees help") for n in (1, 2, 3, 4)], "links": []}), text=text
    )
    assert [("Ben", 24), ("Ann", 0), ("Ann", 12)] == [
        (node.mentions[0].speaker, node.mentions[0].start) for node in found.nodes
    ]


@pytest.mark.parametrize(
    "first",
    [
        raw(b"", 503),
        raw(b"", 429, Retry_After="1"),
        raw(b"<html>proxy</html>"),
        raw(b'{"choices": []}'),
        raw(b'{"choices": [{"message": {"content": "' + b"[" * 200_000),
        raw(b"short", Content_Length="1000"),
        says("no JSON at all"),
        says("[" * 50_000),
        says('{"units": NaN, "links": []}'),
        says({"units": [unit(1, 1, "x", "gossip")], "links": []}),
        says({"units": [unit(1, 1, "x", confidence=7)], "links": []}),
        says({"units": [], "links": [], "note": "one more"}),
        says({"units": [{"id": True}], "links": []}),
        says(""),
    ],
)
def test_what_is_no_answer_is_asked_for_again(first: Answer) -> None:
    """Servers that stumble and answers against the schema cost a question more, and change nothing."""
    found, server = mined(first, says(GOOD))
    assert (2, 2) == (len(found.nodes), len(server.asked))


def test_words_around_the_answer_do_no_harm() -> None:
    """Fences and small talk around the one JSON object are left out."""
    found, server = mined(says(f"Sure! Here you are:\n```json\n{json.dumps(GOOD)}\n```\nAnything else?"))
    assert (2, 1) == (len(found.nodes), len(server.asked))


def test_a_passage_that_is_too_much_is_asked_in_parts() -> None:
    """A cut-off answer, or one without end, halves the passage; each turn is still asked about once."""
    found, server = mined(says(GOOD, finish="length"), reads)
    assert [[1, 2], [1], [2]] == [[turn["turn"] for turn in turns] for turns in server.turns]
    assert 2 == len(found.nodes)
    endless = raw(b"x" * 5_000_000)
    found, server = mined(endless, reads)
    assert 2 == len(found.nodes)


def test_a_passage_without_an_answer_is_counted() -> None:
    """A model that never answers by the schema gives nothing and says so, after a few questions."""
    found, server = mined(says("I would rather not."))
    assert ((), ()) == (found.nodes, found.links)
    assert "2 passages got no usable answer" in found.remarks
    assert 9 == len(server.asked)


def test_a_slow_server_is_given_up() -> None:
    """Drops that keep the line open do not keep us: the whole answer has a deadline."""

    def drips(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b" ")
            time.sleep(0.02)

    with serving([drips]) as server, pytest.raises(MiningError, match="did not answer"):
        miner(server, timeout=0.1, tries=2).mine(TEXT)
    assert 2 == len(server.asked)


def test_nobody_there_is_one_clear_line() -> None:
    """A server that is not there, or refuses, is named with what to do."""
    with pytest.raises(MiningError, match=r"http://127\.0\.0\.1:9/v1 did not answer"):
        LlmMiner(Settings("small", "http://127.0.0.1:9/v1"), sleep=lambda seconds: None).mine(TEXT)
    for status, hint in ((401, KEY), (302, "sends elsewhere"), (404, "name right")):
        with serving([raw(b"", status, Location="http://127.0.0.1:9/")]) as server:
            with pytest.raises(MiningError, match=hint):
                miner(server).mine(TEXT)
            assert 1 == len(server.asked)


def test_a_server_that_knows_no_schemas_is_asked_plainly() -> None:
    """After a 400 the same question goes out without what only some servers know."""
    found, server = mined(raw(b"", 400), says(GOOD))
    assert ["response_format" in body for body in server.asked] == [True, False]
    assert 2 == len(found.nodes)


LONG = dialogue(*((f"Person {at % 3}", f"Point {at}: " + "words and words " * 150) for at in range(6)))


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    """After a break in the middle the same command goes on from there, and then asks nothing at all."""
    with serving([reads, reads, raw(b"", 401)]) as server, pytest.raises(MiningError):
        miner(server, cache=tmp_path).mine(LONG)
    assert 2 == len(list(tmp_path.glob("*.json")))
    with serving([reads]) as other:
        one = LlmMiner(Settings("small", server.url, cache=tmp_path), sleep=lambda seconds: None)
        with pytest.raises(MiningError, match="did not answer"):
            one.mine(LONG)  # the first two are known; that server is gone
        whole = miner(other, cache=tmp_path).mine(LONG)
        questions = len(other.asked)
        again = miner(other, cache=tmp_path).mine(LONG)
        assert (questions, whole.nodes) == (len(other.asked), again.nodes)
        for path in tmp_path.glob("*.json"):
            path.write_text("damaged")
        assert whole.nodes == miner(other, cache=tmp_path).mine(LONG).nodes


def test_the_budget_holds() -> None:
    """Once so many tokens are spent nothing more is asked; servers that lie about tokens are not believed."""
    with (
        serving([says(EMPTY, tokens=60)]) as server,
        pytest.raises(MiningError, match="budget of 100 tokens"),
    ):
        miner(server, budget=100).mine(LONG)
    assert 2 == len(server.asked)
    for lie in (-1_000_000, "none", True, None, 0):
        with serving([says(EMPTY, tokens=lie)]) as server, pytest.raises(MiningError, match="budget"):
            miner(server, budget=3_000).mine(LONG)
        assert 2 == len(server.asked)


def test_later_passages_may_link_to_earlier_units() -> None:
    """Units that were found before are shown with numbers of ours."""

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        shown = json.loads(body["messages"][1]["content"])
        units = [unit(50, turn["turn"], turn["text"][:8]) for turn in shown["turns"][:1]]
        links = [link(50, shown["earlier"][0]["id"], "supports")] if shown["earlier"] else []
        says({"units": units, "links": links})(handler, body)

    found, server = mined(answer, text=LONG)
    assert len(server.asked) == len(found.nodes) > 1
    assert {found.nodes[0].id} == {one.target for one in found.links}


def test_settings_that_cannot_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address, no question: nobody is asked who was not named; keys travel over https only."""
    for name in (MODEL, ADDRESS, KEY):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(MiningError, match="which model"):
        MINERS["llm"].mine(TEXT)
    with pytest.raises(MiningError, match="where is the model"):
        Settings.chosen(model="small")
    with pytest.raises(MiningError, match="where is the model"):
        Settings("small", "file:///etc/passwd")
    with pytest.raises(MiningError, match="over https"):
        Settings("small", "http://example.org/v1", key="secret")
    assert "secret" not in repr(Settings("small", "https://example.org/v1", key="secret"))


def test_the_key_goes_to_the_server_and_nowhere_else(tmp_path: Path) -> None:
    """It is in no file and no error."""
    with serving([says(GOOD), raw(b"", 500)]) as server:
        miner(server, key="sesame", cache=tmp_path).mine(TEXT)
        with pytest.raises(MiningError) as caught:
            miner(server, key="sesame", tries=1).mine(TEXT)
    assert "Bearer sesame" == server.headers[0]["Authorization"]
    assert "sesame" not in str(caught.value)
    assert all("sesame" not in path.read_text("utf-8") for path in tmp_path.iterdir())


def test_without_the_extra_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who did not install it is told how."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtra, match=r"argmap\[llm\]"):
        LlmMiner(Settings("small", "http://127.0.0.1:9/v1")).mine(TEXT)


def test_its_suggestions_are_stored_and_decided_like_everyones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command stores them beside the other miner's, under the model's name, once; the remarks stay."""
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    source, place = tmp_path / "essay.txt", tmp_path / "debate.db"
    source.write_text("Trees help cities because they cool the streets in summer.\n")
    given = {"units": [unit(1, 1, "Trees help cities"), unit(2, 1, "they cool the moon")], "links": []}
    with serving([says(given)]) as server:
        options = ["--miner", "llm", "--model", "small", "--base-url", server.url]
        for words in (["add", str(source)], ["add", str(source), *options], ["add", str(source), *options]):
            result = CliRunner().invoke(main, ["--kb", str(place), *words])
            assert 0 == result.exit_code, result.output
        assert 1 == len(server.asked)
    with KnowledgeBase(place, by="ann") as kb:
        (node,) = kb.nodes(by="llm@small")
        kb.accept(node.id)
        assert Status.ACCEPTED == kb.node(node.id).status
        assert any("1 quotes that are not in the text" in (event.because or "") for event in kb.events())


@given(st.text(max_size=300), st.text(max_size=40))
def test_a_found_quote_is_in_the_text(text: str, quote: str) -> None:
    """Whatever the text and the quote are, a span lies inside the text and holds the quote's letters."""
    found = Quotes([Stretch(0, 0, text)]).find(quote, 0)
    if found is not None:
        _, span = found
        assert 0 <= span.start < span.end <= len(text)
    word = next(iter(text.split()), "")
    if any(letter.isalnum() for letter in word):
        assert Quotes([Stretch(0, 0, text)]).find(word, 0) is not None


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_no_answer_breaks_the_reader(value: Any) -> None:
    """Any JSON is an answer or a ValueError."""
    with suppress(ValueError):
        read_answer(json.dumps(value))
