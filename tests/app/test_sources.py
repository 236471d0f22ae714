"""Sources and people: texts come in after a look, finds stand in their text, speakers can be corrected."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from app.components.intake import Intake
from app.components.source_page import WINDOW, pages
from app.components.spans import pieces, stretches
from app.components.stance_chart import alternative, lines
from app.components.turns import joined
from argmap.knowledge_base import KnowledgeBase
from argmap.mining.pipeline import ArgmapMiner
from argmap.mining.suggestions import Suggestions
from argmap.model import Document, Mention, Turn, document_id, new_node
from argmap.reasoning import Stance
from tests.app.screens_at_test import TEXT, Explorer, debate, shown


def test_sources_are_listed(explorer: Explorer) -> None:
    """Each source says its genre, its turns and who speaks."""
    test = explorer("sources")
    assert not test.exception
    assert "3 turns · 5 claims, evidence and questions · Ann, Bob" in shown(test)


def test_a_source_shows_its_finds(explorer: Explorer) -> None:
    """The text arrives in pieces that are the text, with every find named."""
    test = explorer("sources", doc=document_id(TEXT))
    assert not test.exception
    data = next(json.loads(e.proto.json) for e in test.get("bidi_component") if '"turns"' in e.proto.json)
    words = ["".join(piece["text"] for piece in turn["pieces"]) for turn in data["turns"]]
    assert words == TEXT.split("\n\n")
    assert [turn["speaker"] for turn in data["turns"]] == ["Ann", "Bob", "speaker unknown"]
    assert data["turns"][1]["about"] == "answers Ann"


def test_an_unknown_source_gives_a_message(explorer: Explorer) -> None:
    """A deep link to nothing is a sentence."""
    test = explorer("sources", doc="nowhere")
    assert not test.exception
    assert "nowhere" in test.warning[0].value
    test = explorer("sources", doc=document_id(TEXT), find="nowhere")
    assert not test.exception
    assert "is not here" in shown(test)


def test_a_speaker_can_be_corrected(explorer: Explorer, kb: KnowledgeBase) -> None:
    """The person names who said a turn, and the document knows."""
    document = document_id(TEXT)
    test = explorer("sources", doc=document)
    test = next(button for button in test.button if button.key == "save-speaker").click().run()
    assert "Nothing is changed yet." in shown(test)
    test.text_input(key=f"speaker-{document}-t1").set_value("Anna").run()
    next(button for button in test.button if button.key == "save-speaker").click().run()
    assert kb.document(document).turn("t1").speaker == "Anna"


def test_choices_are_shown_as_they_are_written(explorer: Explorer) -> None:
    """A list to choose from is plain text: no sign that hides Markdown is seen in it."""
    test = explorer("sources", doc=document_id(TEXT))
    options = test.selectbox(key=f"turn-{document_id(TEXT)}").options
    assert options[0] == "Ann: Large models know more facts than small ones. SimpleQA scores…"


def test_a_turn_can_be_cut_and_joined_again(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Where a speaker changes unseen, the turn is cut there; joining gives the turns as they were."""
    document = document_id(TEXT)
    before = kb.document(document).turns
    test = explorer("sources", doc=document)
    test.text_input(key=f"cut-{document}-t1").set_value("SimpleQA scores").run()
    next(button for button in test.button if button.key == "cut-turn").click().run()
    quotes = [kb.document(document).quote(turn.start, turn.end) for turn in kb.document(document).turns]
    assert quotes[:2] == TEXT.split("\n\n")[0].replace(". S", ".|S").split("|")
    assert joined(kb.document(document).turns, "t4") == list(before)
    test.selectbox(key=f"turn-{document}").set_value("t4").run()
    next(button for button in test.button if button.key == "join-turn").click().run()
    assert kb.document(document).turns == before


def test_what_a_turn_answers_can_be_corrected(explorer: Explorer, kb: KnowledgeBase) -> None:
    """The reply structure is part of what readers can mend."""
    document = document_id(TEXT)
    test = explorer("sources", doc=document)
    test.selectbox(key=f"turn-{document}").set_value("t3").run()
    test.selectbox(key=f"answers-{document}-t3").set_value("t1").run()
    next(button for button in test.button if button.key == "save-speaker").click().run()
    assert kb.document(document).turn("t3").reply_to == "t1"


def test_a_pasted_text_is_shown_before_it_is_stored(explorer: Explorer, kb: KnowledgeBase) -> None:
    """First the turns and speakers that were read, then the button; nothing is stored before."""
    test = explorer("sources", add="paste")
    test.text_input(key="paste-title-0").set_value("A talk 1/2").run()
    test.text_area(key="paste-text-0").set_value("ANN: Cats are best.\n\nBOB: They are not.\n").run()
    assert not test.exception
    assert "A talk 1/2" in shown(test)
    assert len(kb.documents()) == 1
    test.checkbox(key="mine").uncheck().run()
    next(button for button in test.button if button.key == "add-texts").click().run()
    come_in(test)
    assert "added 1 text with 0 claims and links" in test.toast[0].value
    assert [row.title for row in kb.documents()] == ["Knowledge and intelligence", "A talk 1/2"]


def come_in(test: AppTest) -> None:
    """Look until the texts that were brought have come in, as the screen does by itself."""
    for _ in range(200):
        if not any(button.key == "stop" for button in test.button):
            return
        time.sleep(0.1)
        test.run()
    raise TimeoutError


def test_adding_can_be_stopped(
    explorer: Explorer, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop while a text is read: nothing of it is stored, what came before stays, the rest can follow."""
    reading, go_on = threading.Event(), threading.Event()

    def slow(_miner: object, document: Document) -> Suggestions:
        if document.title == "Second":
            reading.set()
            go_on.wait(20)
        return Suggestions()

    monkeypatch.setattr(ArgmapMiner, "mine", slow)
    test = explorer("sources")
    titles = ["First", "Second", "Third"]
    files = [(f"{title}.txt", f"ANN: {title} is said.".encode(), "text/plain") for title in titles]
    test.file_uploader[0].set_value(files).run()
    next(button for button in test.button if button.key == "add-texts").click().run()
    assert reading.wait(20)
    test.run()
    next(button for button in test.button if button.key == "stop").click().run()
    go_on.set()
    come_in(test)
    assert [row.title for row in kb.documents()] == ["Knowledge and intelligence", "First"]
    assert "Stopped" in test.toast[0].value
    next(button for button in test.button if button.key == "again").click().run()
    come_in(test)
    assert {row.title for row in kb.documents()} >= set(titles)


def test_a_text_that_breaks_the_reading_is_named(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody thought of ends the reading too: the person is told of which text, and can try the rest."""
    texts = [Document(document_id(words), words, "notes", words) for words in ("One.", "Two.")]
    monkeypatch.setattr(KnowledgeBase, "miner", lambda _: 1 / 0)
    intake = Intake(texts, mine=True, by="ann")
    with pytest.raises(ZeroDivisionError):
        intake._run(kb)
    assert intake.over.is_set()
    assert [document for document, _ in intake.failures] == texts[:1]
    assert intake.rest == texts


def test_people_answer_each_other(explorer: Explorer) -> None:
    """Bob's attack on Ann is counted, and a rebuttal that has an answer is not called unanswered."""
    test = explorer("people")
    assert not test.exception
    assert "<th scope=row>Bob</th><td>Ann</td><td></td><td>− 1</td>" in shown(test)
    assert "Every objection has an answer." in shown(test)


def test_objections_wait_where_no_speaker_is_known(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A debate written by hand has objections too: Home leads to them, and says that no speaker is known."""
    place = str(tmp_path / "written.db")
    with KnowledgeBase(place, by="ann") as kb:
        kb.reply(kb.claim("claim", "Cats are best.").ids[0], "attacks", "They are not.")
    monkeypatch.setenv("ARGMAP_KB", place)
    for screen in ("people", "home"):
        page = shown(explorer(screen))
        assert "They are not." in page
        assert "No speakers are known yet." in page


spans = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=12)


@given(spans, st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_pieces_are_the_text(places: list[tuple[int, int]], a: int, b: int) -> None:
    """Whatever overlaps, the pieces put together are the stretch of text."""
    start, end = sorted((a, b))
    finds = [
        (Mention("d", min(p), max(p)), new_node("claim", f"c{at}"))
        for at, p in enumerate(places)
        if p[0] != p[1]
    ]
    assert "".join(piece["text"] for piece in pieces(TEXT, start, end, finds)) == TEXT[start:end]


@given(st.lists(st.integers(1, 30_000), max_size=12))
def test_pages_of_a_source_are_short(lengths: list[int]) -> None:
    """No page is longer than twice the window, whatever the turns; together they are the text."""
    text, turns = "", []
    for at, length in enumerate(lengths):
        turns.append(Turn(f"t{at}", len(text), len(text) + length))
        text += "x" * length
    starts = pages(Document("d", "t", "g", text, tuple(turns)))
    assert starts[0] == 0
    assert all(0 < b - a <= 2 * WINDOW for a, b in zip(starts, [*starts[1:], max(len(text), 1)], strict=True))


def test_a_stretch_may_begin_inside_a_turn() -> None:
    """A page that begins in the middle of a turn begins with the words there."""
    document = next(iter(debate().documents.values()))
    first = next(stretches(document, 10, 40, []))
    assert "".join(piece["text"] for piece in first["pieces"]) == TEXT[10:40]


def test_people_say_where_they_stand(explorer: Explorer) -> None:
    """Ann and Bob oppose each other, in numbers and words."""
    page = shown(explorer("people"))
    assert "<th scope=row>Ann</th><td>Bob</td><td>-1.00</td><td>0</td><td>1</td>" in page


def test_stances_are_a_plot_with_words(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Who is for and who against the answer to an issue: a mark for each, and the same as a sentence."""
    claim = next(node for node in debate().nodes.values() if node.text.startswith("Large"))
    issue = kb.claim("question", "Do large models win?").ids[0]
    kb.connect("answers", [claim.id], issue)
    for screen in ("home", "people"):
        test = explorer(screen)
        assert not test.exception
        told = next(e.proto.alt for e in test.get("echarts_chart") if "for (+)" in e.proto.alt)
        assert "Issue: Do large models win?" in told
        assert "Ann + for (2)" in told
        assert "Bob − against (2)" in told


def test_the_plot_is_cut_at_whole_issues() -> None:
    """An issue is drawn with its answers or not at all, the most spoken to first."""
    held = [Stance(f"i{at}", f"a{at}", "Ann", 1.0, ("n",) * (9 - at)) for at in range(5)]
    assert [item for item, _ in lines(held, 5)] == ["i0", "a0", "i1", "a1"]
    assert "i0 " not in alternative(lines(held, 5), {"i0": "Why", "a0": "So"})
