# ruff: noqa: E501  (layouts read best in one piece)
"""Lists, letters, reviews, questions and answers, mails, chats and records: who says what, and to whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.model.document import Document
from argmap.readers import READERS, detect
from argmap.readers.headers import attribution, heading, mail_sender
from tests.readers.test_readers import assert_valid

# Speaker and first two words of every turn, without the quotations above them, and the text.
LAYOUTS: dict[str, tuple[list[tuple[str | None, str]], str]] = {
    "bold names in a list": (
        [("Ada Horn", "The kiosk"), ("Ben Cole", "It pays"), ("Ada Horn", "Then move"), ("Cy Dunn", "Nobody buys")],
        "# The kiosk on the quay\n\n- **Ada Horn:** The kiosk blocks the ramp for prams.\n- **Ben Cole:** It pays for the lamps, though.\n"
        "- **Ada Horn:** Then move it by two metres.\n- **Cy Dunn:** Nobody buys ice cream behind a wall.\n",
    ),
    "bold names and a dash": (
        [("Ada Horn", "Open the"), ("Ben Cole", "And who"), ("Ada Horn", "The ones"), ("Ben Cole", "Fine by")],
        "**Ada Horn** — Open the library on Sundays.\n\n**Ben Cole** — And who unlocks it?\n\n"
        "**Ada Horn** — The ones who are paid to.\n\n**Ben Cole** — Fine by me.\n",
    ),
    "bold names and dates in paragraphs": (
        [("Ada Horn", "Hens belong"), ("Ben Cole", "At five"), ("Ada Horn", "Hens do")],
        "1. **Ada Horn** (2 May): Hens belong in every yard.\n2. **Ben Cole** (3 May): At five in the morning they do not.\n3. **Ada Horn** (3 May): Hens do not crow.\n",
    ),
    "bold names that come once": (
        [("Ada Horn", "I swim"), ("Ben Cole", "We pay"), ("Cy Dunn", "My knees")],
        "What three of us think of the cold pool:\n\n- **Ada Horn, nurse:** I swim there all winter and so do my patients.\n"
        "- **Ben Cole, treasurer:** We pay nine thousand a year for forty people.\n- **Cy Dunn:** My knees have never been better.\n",
    ),
    "questions and answers in bold": (
        [("Q", "Why rye?"), ("A", "It keeps"), ("Q", "And wheat?"), ("A", "Wheat is")],
        "**Q:** Why rye?\n\n**A:** It keeps for a week.\n\n**Q:** And wheat?\n\n**A:** Wheat is for toast.\n",
    ),
    "questions and answers, numbered": (
        [("Q", "Why rye?"), ("A", "It keeps"), ("Q", "And wheat?"), ("A", "Wheat is")],
        "Question 1: Why rye?\nAnswer: It keeps for a week.\n\nQuestion 2: And wheat?\nAnswer: Wheat is for toast.\n",
    ),
    "interview": (
        [("Q", "Why rye?"), ("Ada Horn", "It keeps"), ("Q", "And wheat?"), ("Ada Horn", "Wheat is")],
        "Bread and time. An interview with Ada Horn, baker.\n\nQ: Why rye?\nA: It keeps for a week.\nQ: And wheat?\nA: Wheat is for toast.\n",
    ),
    "initials": (
        [("Ben Cole", "Why rye?"), ("Ada Horn", "It keeps"), ("Ben Cole", "And wheat?"), ("Ada Horn", "Wheat is")],
        "Our editor Ben Cole met the baker Ada Horn (AH) at her oven.\n\nBC: Why rye?\n\nAH: It keeps for a week.\n\nBC: And wheat?\n\nAH: Wheat is for toast.\n",
    ),
    "headings with dates": (
        [("Ada Horn", "The ferry"), ("Ben Cole", "A bridge"), ("Ada Horn", "So is")],
        "# Ferry or bridge\n\n### Ada Horn (2 May)\n\nThe ferry is the only pause in my day.\n\n### Ben Cole (2 May)\n\nA bridge is there at night, too.\n\n### Ada Horn (3 May)\n\nSo is the ferryman, if you ring.\n",
    ),
    "headings that come once": (
        [("Ada Horn", "I take"), ("Ben Cole", "My van"), ("Cy Dunn", "We lost")],
        "# Ferry or bridge\n\n### Ada Horn\n\nI take the ferry, as it is the only pause in my day.\n\n### Ben Cole, plumber\n\nMy van needs a bridge, whatever Horn says.\n\n### Cy Dunn\n\nWe lost an hour each week to that boat.\n",
    ),
    "letters": (
        [("Ada Horn", "SIR, Your"), ("Ben Cole", "The scooters"), (None, "What the"), ("Cy Dunn", "I agree")],
        "Letters to the editor\n\nA menace on wheels\n\nSIR, Your columnist has never met a scooter on Mill Lane.\nI have, and I have the bruise.\n\nAda Horn\nLeeds\n\n"
        "The scooters cost nothing to the town, unlike the cars on the pavement.\n\nBen Cole, Otley\n\nWhat the lane lacks is light.\n\nName and address supplied\n\n"
        "I agree with Mr Cole that the cars are worse.\nYours faithfully,\nCy Dunn\nIlkley\n",
    ),
    "letters with dashes": (
        [("Ada Horn", "The clock"), ("Ben Cole", "It was"), ("Cy Dunn", "Leave it")],
        "The clock on the tower is four minutes slow.\n— Ada Horn, Leeds\n\nIt was right in 1911.\n— Ben Cole, Otley\n\nLeave it as it is.\n— Cy Dunn, Ilkley\n",
    ),
    "reviews with stars": (
        [("Ada", "Boils in"), ("Ben Cole", "The lid"), ("Shop", "We are")],
        "Customer reviews\n\n★★★★☆ Great but slow\nReviewed by Ada in Leeds on 2 May 2026\nVerified purchase\nBoils in six minutes, which is long.\n12 people found this helpful\nHelpful\nReport\n\n"
        "★☆☆☆☆ Broke\nReviewed by Ben Cole in Otley on 3 May 2026\nVerified purchase\nThe lid came off in my hand.\n3 people found this helpful\nHelpful\nReport\n\n"
        "Response from Shop\n4 May 2026\nWe are sorry and have sent you another.\n",
    ),
    "reviews with names above": (
        [("Ada Horn", "Quiet rooms"), ("Ben C.", "No lift,"), ("cyd_99", "Breakfast ends")],
        "Ada Horn\n5.0 out of 5 stars Would go again\nReviewed in the United Kingdom on 2 May 2026\nQuiet rooms and a kind porter.\nHelpful\nReport\n"
        "Ben C.\n2.0 out of 5 stars Stairs\nReviewed in the United Kingdom on 3 May 2026\nNo lift, and four floors of stairs.\nHelpful\nReport\n"
        "cyd_99\n3.0 out of 5 stars Fine\nReviewed in Canada on 3 May 2026\nBreakfast ends at nine.\nHelpful\nReport\n",
    ),
    "reviews in fields": (
        [("Ada Horn", "Quiet rooms"), ("Ben Cole", "No lift,")],
        "Rating: 5/5\nReviewer: Ada Horn\nDate: 2 May 2026\nReview: Quiet rooms and a kind porter.\n\nRating: 2/5\nReviewer: Ben Cole\nDate: 3 May 2026\nReview: No lift, and four floors of stairs.\n",
    ),
    "reviews with stars amid": (
        [("Ada Horn", "Quiet rooms"), ("Ben Cole", "No lift,")],
        "Ada Horn ★★★★★ 2 months ago\nQuiet rooms and a kind porter.\n\nBen Cole ★★☆☆☆ 3 weeks ago\nNo lift, and four floors of stairs.\n",
    ),
    "reviews of nobody named": (
        [(None, "Quiet rooms"), (None, "No lift,"), (None, "Breakfast ends")],
        "★★★★★\nQuiet rooms and a kind porter, and the sea in the window.\n\n★★☆☆☆\nNo lift, and four floors of stairs to climb with a trunk.\n\n★★★☆☆\nBreakfast ends at nine, which is early on a Sunday.\n",
    ),
    "questions that head a page": (
        [("Ada Horn", "Keeping bees"), (None, "Do they"), ("Ada Horn", "Only when"), (None, "How much"), ("Ada Horn", "About twenty"), (None, "May I"), ("Ada Horn", "Yes, below")],
        "Keeping bees in town: frequently asked questions\nBy Ada Horn\n\nDo they sting?\n\nOnly when you sit on them.\n\nHow much honey is there?\n\nAbout twenty kilos a hive, in a good year.\n\nMay I keep them on a balcony?\nYes, below the sixth floor.\n",
    ),
    "mails of an archive": (
        [("Ada Horn", "The kiln"), ("Ben Cole", "Gas is"), ("Ada Horn", "Electric, then.")],
        "From ada at horn.example  Mon Jan  5 10:02:03 2026\nFrom: ada at horn.example (Ada Horn)\nDate: Mon, 5 Jan 2026 10:02:03 +0000\nSubject: [pots] The kiln\nMessage-ID: <k1@horn.example>\n\n"
        "The kiln needs a new burner.\n\n-- \nAda Horn\nPottery Lane 3\n\n"
        "From cole at b.example Mon Jan  5 11:30:00 2026\nDate: Mon, 5 Jan 2026 11:30:00 +0000\nFrom: \"Cole, Ben\" <cole@b.example>\nSubject: Re: [pots] The kiln\nIn-Reply-To: <k1@horn.example>\n\tforwarded by the list\nMessage-ID: <k2@b.example>\n\n"
        "On Mon, Jan 5, 2026 at 10:02 AM Ada Horn <ada at horn.example>\nwrote:\n> The kiln needs a new burner.\n\nGas is dear this year.\n_______________________________________________\npots mailing list\n\n"
        "From ada at horn.example Mon Jan  5 12:00:00 2026\nFrom: Ada Horn via pots <pots@list.example>\nDate: Mon, 5 Jan 2026 12:00:00 +0000\nIn-Reply-To: <k2@b.example>\n\nElectric, then.\n",
    ),
    "a mail with quotations in quotations": (
        [("Ada Horn", "Sell the"), ("Ben Cole", "To whom?"), (None, "To the"), ("Ben Cole", "And what"), (None, "A third.")],
        "On Tue, 6 Jan 2026, Ben Cole <ben@c.example> wrote:\n> On Monday, Ada Horn\n> <ada@h.example> wrote:\n>> Sell the boat.\n> To whom?\n\nTo the rowing club.\n\n> And what would they pay for a boat that leaks?\n\nA third.\n",
    ),
    "a mail that is sent on": (
        [("Ben Cole", "Please look"), ("Ada Horn", "The roof")],
        "From: Ben Cole\nSent: 6 January 2026 09:00\nTo: Board\nSubject: FW: Roof\n\nPlease look at this before Friday.\n\n-----Original Message-----\nFrom: Ada Horn\nSent: 5 January 2026 17:40\nTo: Ben Cole\nSubject: Roof\n\nThe roof will not last the winter.\n",
    ),
    "chat with names above": (
        [("Ada Horn", "Lunch at"), ("ben", "One is"), ("Ada Horn", "Late for")],
        "[05/01/2026 10:02 AM] Ada Horn\nLunch at one?\n\n[05/01/2026 10:03 AM] ben\nOne is late.\n\n[05/01/2026 10:04 AM] Ada Horn\nLate for whom?\n",
    ),
    "chat with times of the day": (
        [("Ada Horn", "Lunch at"), ("ben", "One is"), ("Ada Horn", "Late for")],
        "[10:02 AM] Ada Horn: Lunch at one?\n[10:03 AM] ben: One is late.\n[10:03 AM] ben: <Media omitted>\n[10:04 AM] Ada Horn: Late for whom?\n",
    ),
    "chat with days of the week": (
        [("Ada Horn", "Lunch at"), ("ben", "One is"), ("Ada Horn", "Late for")],
        "[Monday 10:02]Ada Horn: Lunch at one?\n[Monday 10:03]ben: One is late.\n[5 Jan 2026 at 10:04]Ada Horn: Late for whom?\n",
    ),
    "chat with times below names": (
        [("Ada Horn", "Lunch at"), ("ben", "One is"), ("Ada Horn", "Late for")],
        "Ada Horn\n  10:02 AM\nLunch at one?\n\nben\n  10:03 AM\nOne is late.\n\nAda Horn\n  10:04 AM\nLate for whom?\n",
    ),
    "chat in columns": (
        [("ada", "lunch at"), ("ben", "one is"), ("ada", "late for")],
        "2026-01-05 10:02:03\tada\tlunch at one?\n2026-01-05 10:03:00\tben\tone is late\n2026-01-05 10:03:30\t-->\tcy (~cy@x) has joined\n2026-01-05 10:04:00\tada\tlate for whom?\n",
    ),
    "forum with pictures of members": (
        [("ada_h", "My oven"), ("ben-c", "Mine too,")],
        "r/ovens\n\nu/ada_h avatar\nu/ada_h\n•\n2h ago\nMy oven runs cold.\n\nUpvote\n12\n\nReply\n\nShare\n\nu/ben-c avatar\nu/ben-c\n•\n1h ago\nMine too, below fifty.\n\nUpvote\n3\n\nReply\n\nShare\n",
    ),
    "submitted by": (
        [("ada_h", "My oven"), ("ben-c", "Mine too,"), ("ada_h", "Thanks.")],
        "My oven runs cold (self.ovens)\nsubmitted 3 hours ago by ada_h\n\nMy oven runs cold below fifty degrees, and the door is new.\n\n45 comments share save hide report\n\n[–]ben-c 12 points 2 hours ago\n\nMine too, since the frost.\n\npermalink embed save report reply\n\n[–]ada_h[S] 3 points 1 hour ago\n\nThanks.\n\npermalink embed save report reply\n",
    ),
    "names above times": (
        [("Ada Horn", "Shall we"), ("Speaker 2", "Yes, the"), ("Ada Horn", "The ferry")],
        "Ada Horn\n0:03\nShall we start?\n\nSpeaker 2\n0:09\nYes, the others are late.\n\nAda Horn\n0:14\nThe ferry first, then.\n",
    ),
    "times from and to": (
        [("ANN", "Shall we"), ("BEN", "Yes, the"), ("ANN", "The ferry")],
        "[00:00:03 - 00:00:08] ANN: Shall we start?\n[00:00:09 - 00:00:13] BEN: Yes, the others are late.\n[00:00:14 - 00:00:20] ANN: The ferry first, then.\n",
    ),
    "times in bold": (
        [("Ann", "Shall we"), ("Ben", "Yes, the"), ("Ann", "The ferry")],
        "**[00:03] Ann:** Shall we start?\n\n**[00:09] Ben:** Yes, the others are late.\n\n**[00:14] Ann:** The ferry first, then.\n",
    ),
    "headings with times": (
        [("Ada Horn", "Shall we"), ("Ben Cole", "Yes, the"), ("Ada Horn", "The ferry")],
        "## Ada Horn [00:03]\n\nShall we start?\n\n## Ben Cole [00:09]\n\nYes, the others are late.\n\n## Ada Horn [00:14]\n\nThe ferry first, then.\n",
    ),
    "captions of a call": (
        [("Ada Horn", "Shall we"), ("Ben Cole", "Yes, the"), ("Ada Horn", "The ferry")],
        "[Ada Horn] 10:02:03\nShall we start?\n\n[Ben Cole] 10:02:09\nYes, the others are late.\n\n[Ada Horn] 10:02:14\nThe ferry first, then.\n",
    ),
    "reviews of travellers": (
        [("Ada Horn", "Quiet rooms"), ("Ben Cole", "No lift,")],
        "Ada Horn wrote a review 2 May\nLeeds, UK\n●●●●○\nQuiet rooms and a kind porter, and the sea in the window.\n\nBen Cole wrote a review 3 May\n●●○○○\nNo lift, and four floors of stairs to climb with a trunk.\n",
    ),
    "a witness in court": (
        [("THE COURT", "Call your"), ("MR. COLE", "Where were"), ("ADA M. HORN", "On the"), ("MR. COLE", "And the"), ("ADA M. HORN", "Locked.")],
        "1   THE COURT:  Call your witness.\n2   ADA M. HORN, called as a witness by the State,\n3   having been first duly sworn, testified as follows:\n4   DIRECT EXAMINATION\n5   BY MR. COLE:\n"
        "6   Q   Where were you?\n7   A   On the bridge.\n8   Q.  And the gate?\n9   A.  Locked.\n",
    ),
}  # fmt: skip


def read(text: str) -> Document:
    """What the reader that detection chooses makes of a text."""
    return READERS[detect(text, "x.txt")].read(text, title="x")


def said(document: Document) -> list[tuple[str | None, str]]:
    """Speaker and first two words of every turn, without its quotations."""
    found = []
    for turn in document.turns:
        start = max((quote.end for quote in turn.quotes), default=turn.start)
        found.append((turn.speaker, " ".join(document.text[start : turn.end].split()[:2])))
    return found


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_layouts(layout: str) -> None:
    """Every turn is its speaker's, and begins with what was said."""
    expected, text = LAYOUTS[layout]
    assert expected == said(read(text))


@pytest.mark.parametrize(
    ("layout", "replies"),
    [
        ("headings that come once", [None, "t1", None]),
        ("letters", [None, None, None, "t2"]),
        ("reviews with stars", [None, None, "t2"]),
        ("questions that head a page", [None, None, "t2", None, "t4", None, "t6"]),
        ("mails of an archive", [None, "t1", "t2"]),
        ("a mail with quotations in quotations", [None, "t1", "t2", None, "t4"]),
        ("a mail that is sent on", ["t2", None]),
    ],
)
def test_who_answers_whom(layout: str, replies: list[str | None]) -> None:
    """Letters and reviews answer those whom they name; a question is answered; what is sent on came first."""
    assert replies == [turn.reply_to for turn in read(LAYOUTS[layout][1]).turns]


def test_lists_in_lists_are_a_tree() -> None:
    """An item answers the one that it stands below."""
    text = (
        "- **Ada Horn:** Open the library on Sundays.\n  - **Ben Cole:** The staff is tired.\n    - **Ada Horn:** Then hire.\n"
        "  - **Cy Dunn:** Sundays are for church.\n- **Ben Cole:** Close it on Mondays."
    )
    assert [None, "t1", "t2", "t1", None] == [turn.reply_to for turn in read(text).turns]


def test_a_page_of_questions_and_answers() -> None:
    """Who asks and answers stands below; answers answer the question, comments the post above them."""
    text = (
        "Why does bread go stale in the fridge?\nAsked 3 years, 2 months ago\nModified 1 year ago\nViewed 12k times\n14\n\n"
        "I keep my bread in the fridge, wrapped in linen, and it is stale within a day. On the shelf it keeps for three days. Why?\n\n"
        "Share\nImprove this question\nFollow\nedited Jan 4, 2022 at 9:00\nCy Dunn\n99\nasked Jan 3, 2022 at 10:02\nAda Horn's user avatar\nAda Horn\n1,234\n5\n12 bronze badges\n"
        "Rye or wheat? – Ben Cole Jan 3, 2022 at 10:10\nAdd a comment\n2 Answers\nSorted by:\n23\n\n"
        "Starch sets again at four degrees, and that is what stale means.\n\nShare\nImprove this answer\nFollow\nanswered Jan 3, 2022 at 11:00\nBen Cole\n5,678\n3\n"
        "Is it so for toast? – Ada Horn Jan 3, 2022 at 11:30\nAdd a comment\n4\n\n"
        "Freeze it instead.\n\nShare\nImprove this answer\nFollow\nanswered Jan 5, 2022 at 8:00\nDee\n12\n"
    )
    document = read(text)
    names = ["Ada Horn", "Ben Cole", "Ben Cole", "Ada Horn", "Dee"]
    assert names == [turn.speaker for turn in document.turns]
    assert [None, "t1", "t1", "t3", "t1"] == [turn.reply_to for turn in document.turns]


@pytest.mark.parametrize(
    "text",
    [
        "### Running Costs\n\nWe pay running costs for the pool.\n\n### Staff Time\n\nI know what staff time costs.\n\n### Final Words\n\nMy words are few.",
        "- **Cost:** nine thousand a year.\n- **Staff:** two.\n- **Use:** forty people a week.",
        "3/5\n\nWe walked to the pier.\n\nIt rained.",
        "Ratings\n\n4 stars went out over the bay.\n\n5 stars remained, I thought, and then none.",
        "A day in court.\n\nHe was asked yesterday why nobody came.\nShe answered\nnothing.",
        "Why we walk\n\nIs it the air? Is it the road?\n\nNobody asks a dog, and the dog walks.\n\nSo we walk.",
    ],
)
def test_what_only_looks_so_is_one_voice(text: str) -> None:
    """Headings, lists, dates and questions of an essay make no speakers."""
    assert {None} == {turn.speaker for turn in read(text).turns}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("On Mon, Jan 5, 2026 at 10:02 AM Ada Horn <a@b.example> wrote:", "Ada Horn"),
        ("On 5 January 2026 Ada Horn wrote:", "Ada Horn"),
        ("On Monday, Marcus Bell wrote:", "Marcus Bell"),
        ("On 5 Jan 2026, May Lee writes:", "May Lee"),
    ],
)
def test_dates_are_no_part_of_who_is_quoted(line: str, name: str) -> None:
    """Whatever form a mail program gives the date."""
    found = attribution(line)
    assert found is not None
    assert name == found.name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("From: ada at horn.example (Ada Horn)", "Ada Horn"),
        ('From: "Horn, Ada" <a@b.example>', "Ada Horn"),
        ("*From:* Ada Horn [mailto:a@b.example]", "Ada Horn"),
        ("From: Ada Horn via Pots <pots@list.example>", "Ada Horn"),
        ("From: <a@b.example>", "a@b.example"),
    ],
)
def test_senders_are_people(line: str, name: str) -> None:
    """Whatever form an archive gives the address."""
    found = mail_sender(line)
    assert found is not None
    assert name == found.name


def test_verbs_are_no_names() -> None:
    """ "asked Jan 3 at 10:02" names nobody."""
    assert heading("asked Jan 3, 2022 at 10:02") is None
    assert heading("Answered 3 hours ago") is None


PIECES = st.sampled_from(
    ["- **Ada Horn:** ", "**Ben Cole** — ", "★★★★☆ ", "4.0 out of 5 stars ", "Reviewed by Ada in Leeds on 2 May 2026\n", "Ada Horn\n", "Leeds\n",
     "Dear Sir,\n", "Yours,\n", "asked Jan 3 at 10:02\n", "answered 3 hours ago by Ben\n", "words – Cy Jan 3 at 10:10\n", "From: Ada <a@b.c>\n",
     "Date: Mon, 5 Jan 2026\n", "Message-ID: <x@y>\n", "In-Reply-To: <x@y>\n", "> On Monday Ada\n", "> wrote:\n", ">> deeper\n", "> words\n",
     "-----Original Message-----\n", "[05/01/2026 10:02] Ada\n", "10:02\tada\thi\n", "0:03\n", "Q1: ", "Answer: ", "### Ada Horn\n", "Is it?\n",
     "FAQ\n", "words.\n", "\n", "\n\n", "  ", "I "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_pieces_of_layouts_in_any_order_are_read(text: str) -> None:
    """Every reader gives a valid document, and none answers itself."""
    for reader in ("thread", "labelled", "essay", "markdown"):
        assert_valid(READERS[reader].read(text, title="x"))
