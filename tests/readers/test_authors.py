# ruff: noqa: E501  (texts read best in one piece)
"""Essays and letters: who signs the whole, above or below it, and whom it quotes by name."""

from __future__ import annotations

import pytest

from argmap.readers import READERS, detect

BODY = (
    "\n\nThe bridge should stay closed. It was built for carts and it carries lorries now. Nobody who has stood under it at noon "
    "thinks that it will last another ten winters, and the council knows this.\n\nSome say the shops will suffer. I doubt it, "
    "for the shops were there before the bridge, and people walk to them.\n\n"
)
ABOVE = [
    ("Close it\nBy Ada Horn", "Ada Horn"),
    ("CLOSE IT\n\nBY ADA HORN\nStaff Writer", "Ada Horn"),
    ("Close it\n\nBy Ada Horn, civil engineer and former councillor\n12 March 2024", "Ada Horn"),
    ("Close it\n\nAda Horn\n\n·\n\nFollow\n\n6 min read\n\nMar 12, 2024", "Ada Horn"),
    ("Close it\nAda Horn | The Harbour Gazette | 3 May", "Ada Horn"),
    ("Close it\nDr Ada Horn, Professor of Civil Engineering", "Dr Ada Horn"),
    ("Close it\nPosted on March 3, 2024 by adahorn", "adahorn"),
    ("Close it\nby adahorn · 12 comments", "adahorn"),
    ("r/bridges · submitted 3 hours ago by ada_horn\nClose it", "ada_horn"),
    ("Ada Horn @adahorn · Mar 3\n1/ Close it", "Ada Horn"),
    ("Close it, by Ada Horn", "Ada Horn"),
    ("From: Ada Horn <ada@horn.example>\nTo: Sam\nDate: Mon, 3 May 2024 10:00\nSubject: bridge", "Ada Horn"),
    ("NOTE 3\nFor: Committee\nFrom: Secretariat (adviser)\nSubject: the bridge", "Secretariat"),
    ("The bridge\nSermon preached by the Rev. Ada Horn at St Mary's, 3 March", "Rev. Ada Horn"),
    ("Justice Horn delivered the opinion of the Court.", "Justice Horn"),
    ("---\ntitle: Close it\nauthor: Ada Horn\n---\n# Close it", "Ada Horn"),
    ("# Close it\n\n*by Ada Horn*", "Ada Horn"),
    ("Ada Horn\nProfessor Lee\nENG 101\n3 May 2024\n\nClose it", "Ada Horn"),
]
BELOW = [
    ("Dear councillors,", "Yours sincerely,\n\nAda Horn\nHarbour Road", "Ada Horn"),
    ("SIR – It should stay closed.", "Ada Horn\nLeeds", "Ada Horn"),
    ("Dear Sam,", "Yours ever,\nA.", "A."),
    ("Hi all,", "Cheers, Ada", "Ada"),
    ("Close it", "— Ada Horn, Leeds", "Ada Horn"),
    ("Close it", "*Ada Horn is a civil engineer in Leeds.*", "Ada Horn"),
    ("Close it", "Ada Horn is professor of engineering at the University of Leeds.", "Ada Horn"),
]
NOBODY = [
    ("Close it\nThe time has come", ""),
    ("By the river\n\nBy 2030 the bridge will be gone", ""),
    ("Close it", "Thanks for reading\n\nSubscribe"),
]


@pytest.mark.parametrize(("above", "author"), ABOVE)
def test_a_byline_or_a_sender_names_the_author(above: str, author: str) -> None:
    """Papers, weblogs, sites, memoranda, courts and students each write their own; all are one turn of the author."""
    assert {author} == _speakers(above + BODY)


@pytest.mark.parametrize(("above", "below", "author"), BELOW)
def test_a_signature_names_the_author(above: str, below: str, author: str) -> None:
    """A name below a valediction, behind a dash, at a letter's end, or in a line about the author."""
    assert {author} == _speakers(above + BODY + below)


@pytest.mark.parametrize(("above", "below"), NOBODY)
def test_other_lines_name_nobody(above: str, below: str) -> None:
    """Titles, sentences that begin with "By" and thanks are no names."""
    assert {None} == _speakers(above + BODY + below)


def test_a_quotation_of_somebody_named_is_a_turn_of_his() -> None:
    """The name stands in the sentence above or in the last line of the quotation; without one it stays inside."""
    text = (
        f"Close it\nBy Ada Horn{BODY}Sam Lee wrote to me:\n\n> It is sound.\n\nIt is not.\n\n> Who asked?\n\nI did.\n"
        "\n> Stones last.\n> — Mina Dahl\n\nThey do not.\n"
    )
    got = [turn.speaker for turn in READERS["essay"].read(text, title="x").turns]
    assert ["Ada Horn", "Sam Lee", "Ada Horn", "Mina Dahl", "Ada Horn"] == got


def test_direct_speech_belongs_to_who_is_said_to_speak() -> None:
    """Tags behind and before, pronouns and words that go on; thoughts and irony in marks are the author's."""
    text = (
        'On the quay\n\n"It is sound," said Sam Lee. "It has always been sound." Nobody believed it. My friend Mina, who builds '
        'masts, puts it shorter. "Stone does not read letters."\n\n"Nobody reads," you may say. The "experts" agree. So what.'
    )
    turns = READERS["essay"].read(text, title="x").turns
    got = [(turn.speaker, text[turn.start : turn.end]) for turn in turns if turn.speaker]
    expected = [
        ("Sam Lee", "It is sound,"),
        ("Sam Lee", "It has always been sound."),
        ("Mina", "Stone does not read letters."),
    ]
    assert expected == got


def test_a_note_taker_who_is_named_says_what_no_source_says() -> None:
    """ "Minutes taken by ..." tells whose the rest is."""
    text = (
        "Scraps, collected by Ada Horn. Sam Lee (@sam) posted at 7 PM on Thu, Mar 13, 2025: It is sound. (https://x.example/1) I doubt it. "
        "From a talk by Mina Dahl: Masts bend."
    )
    got = [turn.speaker for turn in READERS["notes"].read(text, title="x").turns]
    assert ["Ada Horn", "Sam Lee", "Ada Horn", "Mina Dahl"] == got


def _speakers(text: str) -> set[str | None]:
    name = detect(text, "x.txt")
    return {turn.speaker for turn in READERS[name].read(text, title="x").turns}
