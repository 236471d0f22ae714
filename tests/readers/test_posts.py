# ruff: noqa: E501  (texts read best in one piece)
"""Posts in the forms that forums, lists, talk pages and comment sections give them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.model.document import Document, Turn
from argmap.readers import READERS, detect
from argmap.readers.headers import heading, signature

FIRST = "Trees along the road keep the street cool in July, so we should plant forty of them."
SECOND = "Forty trees cost more than the whole playground did, and the roots lift the pavement."
THIRD = "The roots are a matter of which species you choose, ask any gardener in town."


def read(text: str) -> Document:
    """What the reader that detection chooses makes of a text."""
    return READERS[detect(text, "x.txt")].read(text, title="x")


def seen(document: Document) -> list[tuple[str | None, str]]:
    """Speaker and first word of every turn."""
    return [(turn.speaker, document.text[turn.start : turn.end].split()[0]) for turn in document.turns]


def replies(document: Document) -> list[str | None]:
    """What every turn answers."""
    return [turn.reply_to for turn in document.turns]


THREE = [("ann", "Trees"), ("bob_b", "Forty"), ("ann", "The")]
FORMS = {
    "names alone": "ann\n{0}\n\nbob_b\n{1}\n\nann\n{2}",
    "names apart": "ann\n\n{0}\n\nbob_b\n\n{1}\n\nann\n\n{2}",
    "newsletter": "ann\nMar 4\n{0}\n\nbob_b\nwrites Slow Takes\nMar 5\n{1}\n\nann\nMar 5\n{2}",
    "reddit": "u/ann\n{0}\n\nu/bob_b\n{1}\n\nu/ann\n{2}",
    "video": "A walk down Elm Street\n3,120 views  3 comments\n\n@ann\n{0}\n\n@bob_b ✔\n{1}\n\n@ann\n{2} @bob_b",
    "wrote": "ann wrote:\n{0}\n\nbob_b wrote:\n> {0}\n{1}\n\nann wrote:\n{2}",
    "chat": "ann: {0}\nbob_b: {1}\nann: {2}",
    "ago": "ann · 3 hours ago\n{0}\n\nbob_b · 2 hours ago\n{1}\n\nann · 1 hour ago\n{2}",
    "dash": "ann — 2 days ago\n{0}\n\nbob_b — 2 days ago\n{1}\n\nann — yesterday\n{2}",
    "points": "ann 12 points 3 hours ago\n{0}\n\n[–] bob_b 3 points 2 hours ago\n{1}\n\nann 1 hour ago\n{2}",
    "phpbb": "ann » Tue Mar 04, 2025 8:51 pm\n{0}\n\nbob_b » Tue Mar 04, 2025 9:20 pm\n{1}\n\n"
    "ann » Wed Mar 05, 2025 7:12 am\n{2}",
    "posted by": "Posted by ann on 4 March 2025\n{0}\n\nPosted by bob_b on 5 March 2025\n{1}\n\n"
    "Posted by ann on 5 March 2025\n{2}",
    "mail": "From: ann <ann@x.example>\nDate: Tue, 4 Mar 2025\nSubject: Trees\n\n{0}\n-- \nann, Elm Street\n\n"
    "From: bob_b <b@x.example>\nSubject: Re: Trees\n\nann wrote:\n> {0}\n\n{1}\n\nFrom: ann\n\n{2}",
    "talk page": "{0} [[User:ann|Ann]] ([[User talk:ann|talk]]) 14:22, 3 March 2024 (UTC)\n\n"
    ":{1} —[[User:bob_b|Bob]] 15:01, 3 March 2024 (UTC)\n\n::{2} ann (talk) 15:09, 3 March 2024 (UTC)",
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_of_heading_gives_the_posts(form: str) -> None:
    """Speakers are found, headings and signatures are in no turn, and each post answers the one above."""
    document = read(FORMS[form].format(FIRST, SECOND, THIRD))
    expected = [(name, word) for name, word in THREE]
    got = [(turn.speaker, own_words(document, turn).split()[0].strip("@_:b>")) for turn in document.turns]
    assert expected == [(name, word or "The") for name, word in got]
    assert [None, "t1", "t2"] == replies(document)


def own_words(document: Document, turn: Turn) -> str:
    """A turn without its quotations."""
    start = max((quote.end for quote in turn.quotes), default=turn.start)
    return document.text[start : turn.end]


def test_anonymous_comments_are_a_turn_a_paragraph() -> None:
    """Without names every paragraph is a turn, and words restated tell what it answers."""
    text = "\n\n".join(
        (FIRST, "That's dear. " + SECOND, "Thanks, but as I said: " + THIRD, "You may be right.")
    )
    document = read(text)
    assert "comments" == document.genre
    assert [None] * 4 == [turn.speaker for turn in document.turns]
    assert [None, "t1", "t2", "t3"] == replies(document)


def test_unmarked_posts_begin_at_quotations_and_paragraphs() -> None:
    """A quotation begins a post; "Also" continues one."""
    text = f"{FIRST}\n\n> we should plant forty of them\n\n{SECOND}\n\nAlso, the leaves fall.\n\n{THIRD}"
    document = read(text)
    assert [None, "t1", "t2"] == replies(document)
    assert ["t1"] == [quote.turn for quote in document.turns[1].quotes]
    assert "fall." in own_words(document, document.turns[1])


def test_indented_headings_are_a_tree() -> None:
    """A post answers the nearest one above that is indented less."""
    text = "\n".join(
        f"{' ' * depth}{name} · {hours} hours ago\n{' ' * depth}{words}"
        for name, depth, hours, words in (
            ("ann", 0, 9, FIRST),
            ("bob", 4, 8, SECOND),
            ("cid", 8, 7, THIRD),
            ("dee", 4, 6, "I would rather have benches."),
        )
    )
    assert [None, "t1", "t2", "t1"] == replies(read(text))


def test_links_of_hacker_news_tell_the_depth() -> None:
    """ "parent" stands at answers, "root" at deeper ones, "prev" where another answer came before."""
    text = "\n\n".join(
        f"{name} 3 hours ago | {links}next [–]\n\n{words}"
        for name, links, words in (
            ("ann", "", FIRST),
            ("bob", "parent | ", SECOND),
            ("cid", "root | parent | ", THIRD),
            ("dee", "parent | prev | ", "What would benches cost?"),
            ("eve", "prev | ", "I'd rather have a tram."),
        )
    )
    assert [None, "t1", "t2", "t1", None] == replies(read(text))


def test_numbered_comments_are_posts() -> None:
    """Numbers in order begin comments, and "#1" points back."""
    text = "\n".join(
        f"{place}. {words}" for place, words in enumerate((FIRST, SECOND, THIRD, "#1 Hear, hear."), 1)
    )
    document = READERS["comments"].read(text, title="x")
    assert ["Trees", "Forty", "The", "#1"] == [word for _, word in seen(document)]
    assert "t1" == document.turns[3].reply_to


@pytest.mark.parametrize(
    "line",
    [
        "I moved here 3 years ago",
        "The committee met on 4 March 2024",
        "In 2019 we paid $1,100,",
        "x" * 500,
        "",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    """A date in a sentence names nobody."""
    assert heading(line) is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .,:·•|»—-[]()#@/0123456789ago UTC~", max_size=220))
def test_any_line_is_a_heading_or_not(line: str) -> None:
    """Neither pattern raises, and a name is part of the line."""
    found = heading(line)
    assert found is None or found.name is None or found.name in line
    signed = signature(line + " (UTC)")
    assert signed is None or 0 <= signed[0] <= len(line)
