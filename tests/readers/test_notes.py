# ruff: noqa: E501  (texts read best in one piece)
"""Notes: whose words are whose, between attributions and the note-taker's own remarks."""

from __future__ import annotations

import pytest

from argmap.readers import READERS, detect

NOTES = (
    "Ines Okafor (@inesokafor) posted at 7:02 PM on Thu, Mar 13, 2025: Drones are a distraction. Blood is light. "
    "(https://x.com/inesokafor/status/19) The obvious reply is that roads are cut in the wet season. "
    "From https://lastmile.example/2024/fridges, worth reading: The field bought refrigerators. They work. "
    "I'm not sure that holds for measles. From a talk by H. Lindqvist (my notes, not verbatim): Heat stability is "
    'the revolution. Every degree counts. That\'s a lovely comparison. Okafor again, by mail: "You need a truck." Fair.'
)


def test_every_source_has_its_words_and_the_note_taker_the_rest() -> None:
    """A url in brackets, a quotation mark or a remark ends what a source says; a last name means the same source."""
    assert "notes" == detect(NOTES, "x.txt")
    document = READERS["notes"].read(NOTES, title="x")
    got = [(turn.speaker, " ".join(NOTES[turn.start : turn.end].split()[:2])) for turn in document.turns]
    expected = [
        ("Ines Okafor", "Drones are"),
        (None, "The obvious"),
        ("lastmile.example", "The field"),
        (None, "I'm not"),
        ("H. Lindqvist", "Heat stability"),
        (None, "That's a"),
        ("Ines Okafor", "You need"),
        (None, "Fair."),
    ]
    assert expected == got
    assert ["t1", "t3", "t5", "t7"] == [turn.reply_to for turn in document.turns if turn.speaker is None]


@pytest.mark.parametrize(
    ("introduction", "speaker"),
    [
        ("From the inquiry, evidence of Dr. Ilse Maarten, p. 44:", "Ilse Maarten"),
        ("Per Vroom (blog, undated):", "Anneke Vroom"),
        ("And her answer to that:", "Anneke Vroom"),
        ("From the slides of Aurelio Brandt's tutorial:", "Aurelio Brandt"),
        ("Brandt, on hearing this:", None),
        ("Two things:", None),
        ("A.V. replies:", "Anneke Vroom"),
        ("Comment under it by somebody called pilot_7, who seems to know:", "pilot_7"),
        ("From the Slow Boat podcast with Idris Tamm, https://slowboat.example/9:", "Idris Tamm"),
        ("A line I like, from Mina Dahl's newsletter, https://dahl.example/2:", "Mina Dahl"),
        ("Reply from Jun:", "Jun"),
        ("A comment under Mina Dahl's post, late:", None),
    ],
)
def test_introductions_name_their_source(introduction: str, speaker: str | None) -> None:
    """A talk, a page, a reply is introduced by a sentence that ends in a colon; a list is not."""
    text = f"Anneke Vroom posted at 7:52 AM on Thu: Codas vary. (https://x.example/1) Nice. {introduction} It is so."
    turns = READERS["notes"].read(text, title="x").turns
    named = [turn.speaker for turn in turns if text[turn.start : turn.end].startswith("It is so")]
    assert ([speaker] if speaker else []) == named
