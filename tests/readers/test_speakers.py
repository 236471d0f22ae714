"""Speakers of transcripts without labels, measured by words on one real show and two made-up ones."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest

from argmap.model.document import Document
from argmap.readers import READERS, read_path
from argmap.readers.speakers import attribution
from tests.readers.made_up_shows import FARM, TRAM

PODCAST = Path(__file__).parents[2] / "../shared/seeds/mixture_of_experts_podcast.txt"
GOLD = Path(__file__).with_name("gold_podcast.json")
needs_podcast = pytest.mark.skipif(not PODCAST.is_file(), reason="the podcast is not beside the project")


def speaker_at(document: Document, offset: int) -> str | None:
    turn = document.turn_at(offset)
    return turn.speaker if turn else None


@needs_podcast
def test_podcast_words_go_to_the_right_people() -> None:
    """At least 85 % of the words, against turns marked by hand."""
    document = read_path(PODCAST)
    gold = json.loads(GOLD.read_text())
    words = [
        (match.start() + turn["start"], turn["speaker"])
        for turn in gold
        for match in re.finditer(r"\S+", document.quote(turn["start"], turn["end"]))
    ]
    right = sum(speaker_at(document, offset) == speaker for offset, speaker in words)
    assert right / len(words) >= 0.85


@needs_podcast
@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("No, I will not", "Marina Danilevsky"),
        ("Yes, shockingly", "Vyoma Gajjar"),
        ("Absolutely not", "Kate Soule"),
        ("I'm Tim Huang", "Tim Huang"),
    ],
)
def test_first_answers_go_to_the_right_people(words: str, speaker: str) -> None:
    """Each is asked by name and answers at once."""
    document = read_path(PODCAST)
    assert speaker == speaker_at(document, document.text.index(words))


@pytest.mark.parametrize("show", [FARM, TRAM], ids=["interview", "panel"])
def test_other_shows_are_read_as_well(show: tuple[tuple[str, str], ...]) -> None:
    """Names and manner of hosting are not learnt by heart."""
    gold = [speaker for speaker, words in show for _ in words.split()]
    text = textwrap.fill(" ".join(words for _, words in show), 45)
    document = READERS["transcript"].read(text, title="show")
    got = [speaker_at(document, match.start()) for match in re.finditer(r"\S+", text)]
    right = sum(one == other for one, other in zip(gold, got, strict=True))
    assert right / len(gold) >= 0.85


def test_nobody_named_is_nobody_guessed() -> None:
    """Without names there are no speakers."""
    voices = attribution(["How are you?", "Yeah, fine.", "And the dog?", "Yes, him too."])
    assert {None} == {voice.speaker for voice in voices}


def test_abstention_can_be_strict() -> None:
    """A higher bar leaves more turns without a speaker, never other ones."""
    sentences = [
        "I'm Ann Lee, welcome to the show.",
        "With me is Bob Ray.",
        "Bob, how are you?",
        "Yeah, fine.",
        "So.",
    ]
    loose, strict = (attribution(sentences, abstain_below=bar) for bar in (0.0, 0.999))
    assert all(two.speaker in {one.speaker, None} for one, two in zip(loose, strict, strict=True))


def test_a_paragraph_for_each_turn_is_heeded() -> None:
    """Where a text has paragraphs, turns begin with them."""
    sentences = [
        "I'm Ann Lee, welcome to the show.",
        "Bob Ray is a cook.",
        "Bob, hi.",
        "Hi.",
        "I cook.",
        "Good.",
    ]
    voices = attribution(sentences, starts={0, 3, 5})
    assert [True, False, False, True, False, True] == [voice.begins for voice in voices]


def test_a_long_recording_is_read_in_parts() -> None:
    """More sentences than a part has, and as many voices."""
    sentences = ["I'm Ann Lee, welcome to the show.", "Bob Ray is a cook.", "Bob, why?", "Yes."] * 600
    assert len(sentences) == len(attribution(sentences))
