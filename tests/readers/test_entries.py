# ruff: noqa: E501  (texts read best in one piece)
"""Notes in lines: minutes, meetings, lectures, clippings and interviews of a notebook."""

from __future__ import annotations

import pytest

from argmap.readers import READERS, detect

MINUTES = """HARBOUR ROAD ALLOTMENT SOCIETY

Minutes of the annual meeting held in the hut on 4 May. In the chair: Mrs A. Dunn.

1. Mr Lee (plot 9) moved that hens be allowed. Eggs were cheaper than any shop's.

2. Mrs Okoro opposed. Rats came with hens. (Laughter.) Mr Lee said that rats came with compost.

3. In reply, Mrs Okoro said that compost did not crow. The Secretary noted that crowing was hens' husbands' doing.

The motion was carried by 9 votes to 3.
"""
MEETING = """Staff meeting, Tues, room 4
Present: KT (chair), Ines, Bram, me taking notes

KT: do we keep the printer?
Ines - it jams. Every Monday without fail.
Bram said it jams because nobody cleans it.
(silence. Ines asked for the manual)
me: the manual is online
Ines again - so is the printer, in theory.
Bram against: a new one costs 900.
"""
CLIPPINGS = """CUTTINGS for the panel. I scribble underneath (✎), Mina too (M:)

[1] Dock Weekly, 9 Jan, p. 4, "The crane"

"The crane does the work of forty men and eats nothing." (Sam Lee)

✎ It eats diesel.

M: It ate my uncle's job.

[2] Tidal Notes (blog), 15 Jan

"A crane that stands idle costs as much as one that lifts."

✎ So let it lift.

M: What, though?

[3] Harbour Radio, 2 Feb, interview with Aino Berg, harbour master

"We lifted twelve boxes on Tuesday. Twelve."

M: That is thirteen more than in May.
"""
NOTEBOOK = """NOTEBOOK 3 - the ferry piece
(check quotes)

—

Sam Lee, 61, skipper. On deck.
"We sail when the wind lets us. It lets us less." (he means the gusts)

—

Dr. Aino Berg, weather office. By phone.
"Gusts are up a fifth since I came here." Since when? "Since 1998, on our own mast."

—

Mina Dahl, runs the cafe.
"People wait. Waiting people eat cake." So who minds? "The people who make the timetable."

—

WHERE I AM
It is about the timetable and not the wind.
"""

LECTURE = """Lecture 4, 3 May - soil, Prof. Ada Horn
my notes

- soil is a bank account, not a mine
- most of it is made by worms
- in dry years they wait
Q (Ines): so sand is lost?
A: no, it is slow.
- me: this contradicts lecture 2?
"""
COMMONPLACE = """Commonplace book

"A bridge is a promise made in stone." — Ada Horn, Bridges

I like this.

"Promises are cheap, stone is not."
— Sam Lee, The Quarry, p. 12

Not so sure.

"Who pays for the stone keeps the promise." (Dahl 1998, p. 3)
"""
HIGHLIGHTS = """# Notes on bridges

## Ada Horn, "Bridges" (2003)

> A bridge is a promise.
> It is made in stone.

I doubt it.

## The Quarry (blog), interview with Sam Lee

> Stone is what is left over.

> It waits.

Well put.
"""
DIARY = """What is wrong with the ferry (running file)

**Feb 3** R. says it is the timetable. I said it was the wind.

**Feb 9** R. (by text): "what is wind but weather with a grudge". Good line.

**Feb 20** talk by a harbour pilot, in the library
- gusts are up a fifth
- masts are not

Big for me, if true.

**Mar 1** Horn & Lee, *Masts* (draft)
- they counted 40 masts
"""

PANEL = """Panel on ferries, town hall, 3 March. My notes.

Ada Horn (harbour master)
- gusts up a fifth
- masts are older than the pilots

Sam Lee, skipper
- nobody asked the skippers

Man in a red coat: what about the winter boat?
Horn: sold it.
Lee: gave it away, more like.
"""
HEARING = """Planning committee, 7 pm, my scribbles

19:04 Cllr Horn opens. 3 items.
19:10 Mr Lee (resident, no. 12): the crane throws a shadow on the school from 2 pm.
19:14 Cllr Dahl asked how long. Mr Lee: all winter.
19:22 Cllr Dahl: temporary since 2011
(laughter)
"""
JURY = """Notes from the mock jury

Juror 4: the light was on. She said so twice.
Juror 7: she said a light.
Juror 2 asked to see the plan again.
Juror 7 - the plan shows three lamps.
Foreman: vote?
"""
READING = """Reading for chapter 3

Horn, Bridges (2003)
p. 12: "A bridge is a promise made in stone." Nice but no.
p. 14: claims that every old bridge has been rebuilt at least once.

Lee, The Quarry (1998)
p. 3: "Stone is what is left over."
-> use against Horn

My argument so far: promises wear out.
"""
VOICES = """Market day, Saturday

Lad on bike: "Close it. I jump it anyway."
Sam Lee, butcher: "Half my trade walks over that bridge. Half!"
Councillor Horn (passing): "No comment until Tuesday."

Note to self: count them.
"""

SEMINAR = """Seminar, week 3: "Bridges". Present: Ines, Bram, Sam, Prof. Dahl, me.

Dahl opens: what is a promise that nobody made?
Ines: a custom. Nobody made it and everybody keeps it.
Bram → no, a habit. You don't owe a habit.
Ines → Bram: you owe it once others count on it.
Sam (late): the bridge owes nobody anything
"""


def _turns(text: str) -> list[tuple[str | None, str]]:
    assert "notes" == detect(text, "x.txt")
    turns = READERS["notes"].read(text, title="x").turns
    return [(turn.speaker, " ".join(text[turn.start : turn.end].split()[:2])) for turn in turns]


def test_minutes_tell_who_says_each_sentence() -> None:
    """A sentence that begins with somebody bears his words until another's does; the secretary's are nobody's."""
    got = _turns(MINUTES)
    expected = [
        ("Mr Lee", "Mr Lee"),
        ("Mrs Okoro", "Mrs Okoro"),
        (None, "(Laughter.)"),
        ("Mr Lee", "Mr Lee"),
        ("Mrs Okoro", "Mrs Okoro"),
        ("The Secretary", "The Secretary"),
        (None, "The motion"),
    ]
    assert expected == got[1:]


def test_notes_of_a_meeting_name_speakers_in_many_ways() -> None:
    """A colon, a dash, a verb; brackets and "me" are the note-taker's."""
    got = _turns(MEETING)
    expected = [
        ("KT", "do we"),
        ("Ines", "it jams."),
        ("Bram", "Bram said"),
        (None, "(silence. Ines"),
        ("Ines", "so is"),
        ("Bram", "a new"),
    ]
    assert expected == got[1:]


def test_clippings_belong_to_their_source_and_scribbles_to_who_scribbled() -> None:
    """A person named comes before the paper; a mark is the keeper's own, initials are another's."""
    got = [speaker for speaker, _ in _turns(CLIPPINGS)]
    expected = [None, "Sam Lee", None, "M", "Tidal Notes", None, "M", "Aino Berg", "M"]
    assert expected == got


def test_a_notebook_gives_quotations_to_the_person_its_section_names() -> None:
    """What stands in marks below "Sam Lee, 61, skipper." is his; brackets and the last section are the keeper's."""
    got = [speaker for speaker, _ in _turns(NOTEBOOK) if speaker]
    assert ["Sam Lee", "Dr. Aino Berg", "Mina Dahl"] == got


def test_a_lecture_is_the_lecturers_but_for_questions_and_what_the_listener_adds() -> None:
    """Answers are the lecturer's, a question the one's who is named behind "Q"."""
    got = [speaker for speaker, _ in _turns(LECTURE)]
    assert ["Ada Horn", None, "Ada Horn", "Ines", "Ada Horn", None] == got


def test_quotations_with_a_name_behind_them_are_that_persons() -> None:
    """A dash, a line of its own or brackets name the source."""
    got = [speaker for speaker, _ in _turns(COMMONPLACE) if speaker]
    assert ["Ada Horn", "Sam Lee", "Dahl"] == got


def test_highlights_belong_to_the_source_in_the_heading_above() -> None:
    """Lines quoted with ``>`` are the person's whom the heading credits, the rest is the reader's own."""
    got = [speaker for speaker, _ in _turns(HIGHLIGHTS)]
    assert ["Ada Horn", None, "Sam Lee", None] == got


def test_dated_entries_keep_each_source_to_its_entry() -> None:
    """What is told of somebody in running text ends with its sentence; lists below a talk or a paper are theirs."""
    got = [speaker for speaker, _ in _turns(DIARY) if speaker]
    assert ["R.", "R.", "harbour pilot", "Horn & Lee"] == got


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (PANEL, ["Ada Horn", "Sam Lee", "Ada Horn", "Sam Lee"]),
        (HEARING, ["Cllr Horn", "Mr Lee", "Cllr Dahl", "Mr Lee", "Cllr Dahl"]),
        (JURY, ["Juror 4", "Juror 7", "Juror 2", "Juror 7", "Foreman"]),
        (READING, ["Horn", "Lee"]),
        (VOICES, ["Lad on bike", "Sam Lee", "Councillor Horn"]),
        (SEMINAR, ["Prof. Dahl", "Ines", "Bram", "Ines", "Sam"]),
    ],
    ids=["panel", "hearing", "jury", "reading", "voices", "seminar"],
)
def test_people_are_told_apart_as_notes_name_them(text: str, speakers: list[str]) -> None:
    """Names above lists and then in part, clock times before names, numbers for names, books with pages, passers-by."""
    got = [speaker for speaker, _ in _turns(text) if speaker]
    assert speakers == [one for place, one in enumerate(got) if got[place - 1 : place] != [one]]
