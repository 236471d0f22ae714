# ruff: noqa: E501  (the pieces)
"""Every reader on any text: a valid document or a ReadError that names the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.errors import ReadError, UnknownName
from argmap.model.document import Document
from argmap.readers import READERS, detect, read_bytes, read_path

SHARED = Path(__file__).parents[2] / "../shared"
SEEDS = SHARED / "seeds"
HOSTILE = SHARED / "corpora/hostile/ours"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five texts are not beside the project")
needs_hostile = pytest.mark.skipif(
    not HOSTILE.is_dir(), reason="the hostile files are not beside the project"
)

PIECES = st.sampled_from(
    [">", ">> ", "\n", "\n\n", "Kate Soule, ", "I'm Tim Huang", " welcome to ", "? ", "Yeah. ", "ann wrote:\n",
     "#1 UserA Disputed #2\n", "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n", "<v Ann>", "<b>", "<!--", "<script>",
     "https://x.y/2024-1-2", ": ", "From ", "(", "“", "”", "Bob: ", "---\n", "# T\n", "> a b c d e f\n", "a b c d e f ",
     "\ufeff", "\x00", "\ud800", "Ann posted at 10:16 PM:", "[00:01] ", "• 3 hours ago\n", ">>123 ", "&gt; "]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)


def assert_valid(document: Document) -> None:
    end, ids = 0, {None} | {turn.id for turn in document.turns}
    for turn in document.turns:
        assert end <= turn.start < turn.end <= len(document.text)
        assert document.text[turn.start : turn.end].strip() == document.text[turn.start : turn.end]
        assert turn.reply_to in ids
        assert turn.reply_to != turn.id
        assert all(turn.start <= quote.start <= quote.end <= turn.end for quote in turn.quotes)
        end = turn.end


def document_or_error(read: Callable[[], Document], path: str) -> Document | None:
    """The valid document that `read` gives, or None where it raised a ReadError for this path."""
    try:
        document = read()
    except ReadError as error:
        if error.path != path:
            raise
        return None
    assert_valid(document)
    return document


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_any_text_gives_a_valid_document(name: str, text: str) -> None:
    """Turns are in order, apart, trimmed and inside the text, whatever the text."""
    assert_valid(READERS[name].read(text, title="any"))


@settings(max_examples=150, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_give_a_document_or_one_clear_error(data: bytes) -> None:
    """No other error than ReadError, and it names the file."""
    document = document_or_error(lambda: read_bytes(data, name="dir/any.txt"), "dir/any.txt")
    assert document is None or document.turns is not None


@needs_seeds
@pytest.mark.parametrize(
    ("file", "reader"),
    [
        ("knowledge_vs_intelligence", "thread"),
        ("mixture_of_experts_podcast", "transcript"),
        ("open_source_gap", "comments"),
        ("progress_notes", "notes"),
        ("why_really_big_models", "essay"),
    ],
)
def test_each_text_finds_its_reader(file: str, reader: str) -> None:
    """Detection chooses by itself."""
    assert reader == read_path(SEEDS / f"{file}.txt").genre


@needs_seeds
def test_comments_mark_the_second_half_as_copies() -> None:
    """Later copies point to the first; a reply answers the comment before."""
    turns = read_path(SEEDS / "open_source_gap.txt").turns
    assert [None] * 4 + ["t1", "t2", "t3", "t4"] == [turn.repeat_of for turn in turns]
    assert [None, "t1", "t2", "t3"] == [turn.reply_to for turn in turns[:4]]


@needs_seeds
def test_notes_keep_source_url_and_date() -> None:
    """Each quoted stretch is a turn of its source."""
    turns = read_path(SEEDS / "progress_notes.txt").turns
    assert ("Ethan Mollick", "10:16 PM on Wed, Dec 04, 2024") == (turns[0].speaker, turns[0].date)
    hosts = [turn.url.split("/")[2] for turn in turns if turn.url]
    assert ["x.com", "www.dwarkeshpatel.com", "www.dwarkeshpatel.com"] == hosts[:3]
    assert ["dblalock.substack.com", "thezvi.substack.com"] == hosts[3:]


@needs_seeds
def test_thread_ties_replies_to_quotations() -> None:
    """A quotation from elsewhere becomes a turn, every line a post; words restated find what they answer."""
    turns = read_path(SEEDS / "knowledge_vs_intelligence.txt").turns
    assert [None, "t1", None, "t3", "t4", "t5", "t4", "t7"] == [turn.reply_to for turn in turns[:8]]
    assert ["t8", "t2", "t10", "t11", "t10", "t13", "t11"] == [turn.reply_to for turn in turns[8:]]
    assert ["t4"] == [quote.turn for quote in turns[4].quotes]


@needs_hostile
def test_hostile_texts_are_read_as_expected() -> None:
    """Encodings are recognised, controls made visible, binaries refused."""
    assert "UTF-16" in str(read_path(HOSTILE / "utf16le_nobom.txt").attributes["notices"]).upper()
    assert "1252" in str(read_path(HOSTILE / "cp1252.txt").attributes["notices"])
    assert "\x00" not in read_path(HOSTILE / "controls.txt").text
    assert "\r" not in read_path(HOSTILE / "mixed_newlines.txt").text
    assert read_path(HOSTILE / "utf16_bom.txt").turns
    with pytest.raises(ReadError, match="PNG"):
        read_path(HOSTILE / "png_named.txt")


@needs_hostile
def test_every_hostile_text_is_a_document_or_an_error() -> None:
    """Nothing else is raised on any file of the pack that is a text."""
    names = [name for name in json.loads((HOSTILE / "expected.json").read_text()) if name.endswith(".txt")]
    for name in names:
        document_or_error(lambda path=HOSTILE / name: read_path(path), str(HOSTILE / name))


@pytest.mark.parametrize(("data", "word"), [(b"", "empty"), (b" \n", "no text"), (b"%PDF-1", "PDF")])
def test_what_is_no_text_is_refused(data: bytes, word: str) -> None:
    """One line with path and line."""
    with pytest.raises(ReadError, match=word) as caught:
        read_bytes(data, name="a.txt")
    assert str(caught.value).startswith("a.txt:1: ")


def test_a_missing_file_is_a_read_error(tmp_path: Path) -> None:
    """OSError never leaves the reader."""
    with pytest.raises(ReadError, match=r"none\.txt"):
        read_path(tmp_path / "none.txt")


def test_an_unknown_reader_is_named() -> None:
    """The error lists the known ones."""
    with pytest.raises(UnknownName, match="essay"):
        read_bytes(b"text", name="a.txt", reader="nope")


def test_surrogates_and_newlines_become_canonical() -> None:
    """CRLF and BOM vanish, lone surrogates become U+FFFD with a notice."""
    document = read_bytes(b"\xef\xbb\xbfa\r\nb\rc \xed\xa0\x80", name="a.txt")
    assert "a\nb\nc \ufffd" == document.text
    assert document.attributes["notices"]
    assert 64 == len(document.original or "")


def test_deep_quotation_is_capped() -> None:
    """10,000 levels of ``>`` cost nothing and keep the text."""
    text = ">" * 10_000 + " deep\nreply"
    document = READERS["thread"].read(text, title="x")
    assert [("deep", None), ("reply", "t1")] == [
        (text[turn.start : turn.end], turn.reply_to) for turn in document.turns
    ]


def test_headed_posts_know_author_and_target() -> None:
    """The heading's own number says what a post answers."""
    text = "#1 Ann\n\nTrees are good.\n\n#2 Bob Disputed #1\n\nThey are not."
    assert "thread" == detect(text, "x.txt")
    turns = READERS["thread"].read(text, title="x").turns
    assert [("Ann", None), ("Bob", "t1")] == [(turn.speaker, turn.reply_to) for turn in turns]


def test_mail_quotation_is_attributed() -> None:
    """ "On ... wrote:" names the speaker of quoted words that are nowhere else."""
    text = "On Mon, 4 Dec 2024, Ann Lee <a@b.c> wrote:\n> Trees are good.\n\nThey are not."
    turns = READERS["thread"].read(text, title="x").turns
    assert [("Ann Lee", None), (None, "t1")] == [(turn.speaker, turn.reply_to) for turn in turns]


def test_labels_give_speakers_and_times() -> None:
    """``NAME: text`` with recurring names; the label is outside the turn."""
    text = "[00:01] ANN: Shall we?\n[00:05] BOB: Yes.\nANN: Good."
    assert "labelled" == detect(text, "x.txt")
    turns = READERS["labelled"].read(text, title="x").turns
    assert ["ANN", "BOB", "ANN"] == [turn.speaker for turn in turns]
    assert ["Shall we?", "Yes.", "Good."] == [text[turn.start : turn.end] for turn in turns]
    assert 5.0 == turns[1].begin


def test_subtitles_keep_cue_times_and_voices() -> None:
    """Markup goes, times stay, a rolled-up line is kept once."""
    text = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>Shall we?\n\n"
        "00:00:02.000 --> 00:00:04.500\n<v Ann>Shall we?\n<v Bob><i>Yes.</i>\n"
    )
    assert "subtitles" == detect(text, "x.vtt")
    document = READERS["subtitles"].read(text, title="x")
    assert "Shall we?\nYes." == document.text
    assert [("Ann", 1.0, 2.0), ("Bob", 2.0, 4.5)] == [
        (turn.speaker, turn.begin, turn.finish) for turn in document.turns
    ]


def test_markdown_front_matter_is_no_text() -> None:
    """Title, author and date come from it; ``>`` lines are quotations."""
    text = "---\ntitle: Trees\nauthor: Ann\ndate: 2024-01-02\n---\n# Heading\n\n> Quoted.\n\nOwn."
    assert "markdown" == detect(text, "x.md")
    document = READERS["markdown"].read(text, title="x")
    assert ("Trees", "Ann", "2024-01-02") == (document.title, document.turns[0].speaker, document.date)
    assert ["Quoted."] == [text[quote.start : quote.end] for quote in document.turns[0].quotes]


def test_saved_page_gives_its_article() -> None:
    """Markup and scripts are left out."""
    page = (
        "<!DOCTYPE html><html><head><title>Trees</title><script>var x = 1;</script></head><body><article>"
        + "<p>Trees are good because they give shade to all of us in summer.</p>" * 5
        + "</article></body></html>"
    )
    assert "web" == detect(page, "x.html")
    document = READERS["web"].read(page, title="x")
    assert "Trees are good" in document.text
    assert "var x" not in document.text


def test_a_lively_essay_under_a_title_is_no_run_of_comments() -> None:
    """Paragraphs that talk to the reader are comments where they stand bare, and an essay's below its title."""
    talk = [
        "You know the bus.",
        "Not the eight.",
        "Buses come when they come.",
        "Fares rise.",
        "Drivers leave.",
    ]
    bare = "\n\n".join(f"{line} So it was last year, and so it was the year before." for line in talk)
    assert "comments" == detect(bare, "x.txt")
    assert "essay" == detect(f"Waiting for the nine\n\n{bare}", "x.txt")
    assert "comments" == detect(f"4 comments\n\n{bare}", "x.txt")


def test_an_essay_that_quotes_another_is_no_thread() -> None:
    """Quotations of a text from elsewhere make no thread, even where one of them comes again."""
    quotes = [
        "The loop is closed.",
        "Taste is a habit.",
        "Nothing slows it.",
        "Money is the only limit left.",
    ]
    parts = [
        f"> {quote}\n\nPerhaps so in {year}, when labs had money and time, and few rivals."
        for year, quote in enumerate(quotes, 2021)
    ]
    again = "The loop is closed, she says; the loop is open as long as someone has to choose."
    assert "essay" == detect("\n\n".join(["An answer", *parts, again]), "x.txt")
