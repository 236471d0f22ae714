"""Who takes part: the forms in which people are introduced and addressed."""

from __future__ import annotations

import pytest

from argmap.readers.participants import cast

HOST = "Welcome to the show, I'm Ann Lee."


@pytest.mark.parametrize(
    ("sentences", "names"),
    [
        ([HOST, "Bob Ray was a pilot for ten years.", "Bob?", "Yes."], ("Ann Lee", "Bob Ray")),
        ([HOST, "And Will Fox is a cook.", "Okay, Will, why?", "Will you say?"], ("Ann Lee", "Will Fox")),
        ([HOST, "With me is Bob Ray from the union.", "Mr. Ray, why?", "Well."], ("Ann Lee", "Bob Ray")),
        (["Ida Berg runs a farm.", "Ida, hello.", "Good morning, Zoe."], ("Zoe", "Ida Berg")),
        (["Hi, welcome to the show, I'm Ann.", "And I'm Bob."], ("Ann", "Bob")),
        ([HOST, "I've got Éva Kovačić here.", "Right.", "Yes."], ("Ann Lee", "Éva Kovačić")),
        ([HOST, "And Professor Bo Ray from the town.", "Professor Ray?", "Yes."], ("Ann Lee", "Bo Ray")),
        ([HOST, "Jan van der Lip, welcome to the show.", "Hi."], ("Ann Lee", "Jan van der Lip")),
        ([HOST, "Bo Ray sat on the bench.", "Cy Fox teaches law.", "Hm."], ("Ann Lee", "Bo Ray", "Cy Fox")),
        ([HOST, *["Well."] * 40, "Di Orr, I'm a nurse.", "Why?"], ("Ann Lee", "Di Orr")),
        ([HOST, *["Well."] * 40, "Dr. Di Orr runs a ward.", "Dr. Orr, hello."], ("Ann Lee", "Di Orr")),
        ([HOST, "I'm with Gwendolyn Ash, who sings.", "Gwen, why?", "Gwen?"], ("Ann Lee", "Gwendolyn Ash")),
        ([HOST, "This is Long Road, the show about vans.", "Bo Ray is a cook.", "Hm."], ("Ann Lee", None)),
        ([HOST, "She is a Senior Food Scientist, she says.", "Bo Ray is a cook."], ("Ann Lee", None)),
        ([HOST, "This week Sam Jones is in the news.", "Sam is rich.", "Right."], ("Ann Lee", None)),
    ],
    ids=[
        *("past tense", "name that is a word", "title", "host greeted", "first names"),
        *("marked letters", "title after a word", "particles", "introduced together", "from the audience"),
        *("introduced late", "short form", "a show", "a profession", "only talked about"),
    ],
)
def test_people_of_a_conversation(sentences: list[str], names: tuple[str | None, ...]) -> None:
    """Host first, then guests in order; who is only talked about does not take part."""
    assert names == cast(sentences).names


def test_contractions_are_no_names() -> None:
    """A sentence's first word with its verb is not a guest."""
    assert (None, None) == cast(["I'll go, I'll stay.", "So I'll, what?", "And I'll, why?"]).names
