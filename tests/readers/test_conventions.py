# ruff: noqa: E501  (layouts read best in one piece)
"""Layouts of real forums, blogs, newspapers, chats and records: who says what, and to whom."""

from __future__ import annotations

import pytest

from argmap.model.document import Document, Turn
from argmap.readers import READERS, detect

FIRST = "Trees along the road keep the street cool in July, so we should plant forty of them."
SECOND = "Forty trees cost more than the whole playground did, and the roots lift the pavement."
THIRD = "The roots are a matter of which species you choose, ask any gardener in town."
FOURTH = "What would benches cost?"


def read(text: str) -> Document:
    """What the reader that detection chooses makes of a text."""
    return READERS[detect(text, "x.txt")].read(text, title="x")


def own_words(document: Document, turn: Turn) -> str:
    """A turn without its quotations."""
    start = max((quote.end for quote in turn.quotes), default=turn.start)
    return document.text[start : turn.end].strip()


# Three posts by Ann, Bob and Ann again, the second answering the first and the third the second.
POSTS = {
    "wordpress says on": "3 thoughts on “Trees”\n\nAnn Lee on 3 June at 9:14 am said:\n\n{0}\n\nReply ↓\n\n"
    "    bob_b on 3 June at 9:40 am said:\n\n    {1}\n\n    Reply ↓\n\n"
    "        Ann Lee on 4 June at 9:50 am said:\n\n        {2}\n\n        Reply ↓",
    "wordpress says": "3 Responses to Trees\n\nAnn Lee says:\nJune 3, 2014 at 9:14 am\n\n{0}\n\nReply\n\n"
    "bob_b says:\nJune 3, 2014 at 9:40 am\n\n{1}\n\nReply\n\nAnn Lee says:\nJune 4, 2014 at 9:50 am\n\n{2}\n\nReply",
    "newspaper": "Comments (3)\nSort by: Oldest first\n\nComment posted by Ann Lee, at 09:14 12 Jan\n{0}\n318 up, 41 down\n\n"
    "    Reply posted by bob_b, at 09:31 12 Jan\n    bob_b replied:\n    {1}\n    140 up, 88 down\n\n"
    "        Reply posted by Ann Lee, at 09:52 12 Jan\n        Ann Lee replied:\n        {2}\n        97 up, 12 down",
    "newspaper columns": "Ann Lee\n12 Mar 2024 09.15\n{0}\nReport\n12\n\nReply\n\nbob_b\nAnn Lee\n12 Mar 2024 09.40\n{1}\nReport\n3\n\nReply\n\n"
    "Ann Lee\nbob_b\n12 Mar 2024 09.50\n{2}\nReport\n5\n\nReply",
    "new reddit": "r/streets\n•\n2 yr. ago\nAnn Lee\n\n{0}\n\nUpvote\n611\n\nDownvote\n\n143\nGo to comments\n\nShare\n\n"
    "bob_b\n•\n2y ago\n{1}\n\nUpvote\n97\n\nDownvote\n\nReply\n\nShare\n\nAnn Lee\nOP\n•\n2y ago\n• Edited 2y ago\n{2}\n\nUpvote\n1.2K\n\nDownvote\n\nReply\n\nShare",
    "vbulletin": "Forum > Streets\nThread: Trees\n\n10-05-2009, 08:47 PM    #1\nAnn Lee\nSenior Member\n"
    "Join Date: Mar 2004    Location: Elm    Posts: 1,912\n\n{0}\n__________________\nNo tree is an island.\n\n\n"
    "10-05-2009, 09:10 PM    #2\nbob_b\nMember\n\nQuote:\nOriginally Posted by Ann Lee\nplant forty of them\n\n{1}\n\n\n"
    "10-06-2009, 07:15 AM    #3\nAnn Lee\nSenior Member\n\nQuote:\nOriginally Posted by bob_b\nForty trees cost more\n\n{2}",
    "xenforo": "Ann Lee\nWell-Known Member\nJoined\nMessages\n1,204\nMar 4, 2024\n#1\n{0}\n\nbob_b\nNew Member\nMar 4, 2024\n#2\n"
    "Ann Lee said:\nplant forty of them\nClick to expand...\n{1}\n\nAnn Lee\nWell-Known Member\nMar 5, 2024\n#3\n{2}",
    "discourse": "Ann_Lee\nMar 4\n\n{0}\n\n3 Likes\n\nbob_b\n1\nMar 4\n\n{1}\n\n1 Reply\n\nAnn_Lee\nMar 5\n\n{2}",
    "smf": "Title: Trees\nPost by: Ann Lee on March 04, 2009, 09:20:11 PM\n{0}\n\nTitle: Re: Trees\nPost by: bob_b on March 04, 2009, 09:40:11 PM\n"
    "Quote from: Ann Lee on March 04, 2009, 09:20:11 PM\nplant forty of them\n\n{1}\n\nTitle: Re: Trees\nPost by: Ann Lee on March 05, 2009, 07:20:11 AM\n{2}",
    "phpbb quote": "Re: Trees\nby Ann Lee » Tue Mar 04, 2025 8:51 pm\n\n{0}\n\nRe: Trees\nby bob_b » Tue Mar 04, 2025 9:20 pm\n\n"
    "Ann Lee wrote:\nplant forty of them\n\n{1}\n\nRe: Trees\nby Ann Lee » Wed Mar 05, 2025 7:12 am\n\n{2}",
    "github": "Plant trees #12\n\nOpen\n\nann-lee opened this issue on Aug 3 · 3 comments\n\nann-lee commented on Aug 3\n\n{0}\n\n👍 61 👎 9\n\n---\n\n"
    "bob_b (Maintainer) commented on Aug 3\n\n{1}\n\nbob_b added the label wontfix on Aug 3\n\n---\n\nann-lee commented on Aug 4 • edited\n\n{2}\n\n🚀 2",
    "video": "A walk\n3,120 views  3 comments\n\nPinned by @ann\n@ann\n8 months ago (edited)\n{0}\n👍 540\nReply\n31 replies\n\n"
    "@bob_b\n8 months ago\n@ann {1}\n👍 1.1K\nReply\n\n@ann\n7 months ago\n{2} @bob_b\n👍 12\n👎\nReply",
    "disqus": "Ann Lee\n• 3 years ago\n{0}\n12\n•\nReply\n•\nShare ›\n\nbob_b\nAnn Lee\n• 3 years ago\n{1}\n−\n3\n•\nReply\n•\nShare ›\n\n"
    "Ann Lee\nbob_b\n• 3 years ago\n{2}\n•\nReply\n•\nShare ›",
    "facebook": "Ann Lee\n{0}\nLike · Reply · 3 h\n\nbob_b\n{1}\nLike · Reply · 2 h · Edited\n\nAnn Lee\n{2}\nLike · Reply · 1 h",
    "in reply to": "Ann Lee, 4 March 2024, 9:14 am\n{0}\n\nbob_b, 4 March 2024, 9:40 am\nIn reply to Ann Lee\n{1}\n\nAnn Lee, 5 March 2024, 9:50 am\nReplying to @bob_b\n{2}",
    "arrows": "Ann Lee · 3h\n{0}\n\n↳ bob_b · 2h\n{1}\n\n↳ ↳ Ann Lee · 1h\n{2}",
    "drawn tree": "Ann Lee (3 hours ago)\n{0}\n├─ bob_b (2 hours ago)\n│  {1}\n│  └─ Ann Lee (1 hour ago)\n│     {2}",
    "numbers of levels": "1. Ann Lee, 4 March 2024\n{0}\n\n1.1 bob_b, 4 March 2024\n{1}\n\n1.1.1 Ann Lee, 5 March 2024\n{2}",
    "thesis": "{{ 3 comments… read them below or add one }}\n\n1   Ann Lee   June 14, 2024, 10:41 am\n\n{0}\n\n2   bob_b   June 14, 2024, 11:15 am\n\n@Ann — {1}\n\n3   Ann Lee   June 14, 2024, 11:58 am\n\n@Bob — {2}",
    "irc": "[09:14] <Ann> {0}\n[09:15] <bob_b> {1}\n[09:16] <Ann> {2}",
    "irc bare": "09:14 <@Ann> {0}\n09:15 < bob_b> {1}\n09:15 -!- cid has quit\n09:16 <@Ann> {2}",
    "whatsapp": "12/03/2024, 09:14 - Ann Lee: {0}\n12/03/2024, 09:15 - bob_b: {1}\n12/03/2024, 09:15 - Cid joined\n12/03/2024, 09:16 - Ann Lee: {2}",
    "whatsapp phone": "[12.03.24, 09:14:03] Ann Lee: {0}\n[12.03.24, 09:15:11] bob_b: {1}\n[12.03.24, 09:16:40] Ann Lee: {2}",
    "slack": "Ann Lee  9:14 AM\n{0}\n\nbob_b  9:15 AM\n{1}\n\nAnn Lee  9:16 AM\n{2}",
    "discord": "Ann Lee — Today at 9:14 AM\n{0}\nbob_b — Today at 9:15 AM\n{1}\nAnn Lee — Today at 9:16 AM\n{2}",
    "telegram": "Ann Lee, [12.03.24 09:14]\n{0}\n\nbob_b, [12.03.24 09:15]\n{1}\n\nAnn Lee, [12.03.24 09:16]\n{2}",
    "zoom chat": "09:14:03 From Ann Lee to Everyone:\n\t{0}\n09:15:11 From bob_b to Everyone:\n\t{1}\n09:16:40 From Ann Lee to Everyone:\n\t{2}",
    "stack exchange": "{0} – Ann Lee Mar 4, 2024 at 9:14\n{1} – bob_b Mar 4, 2024 at 9:20\n{2} – Ann Lee Mar 5, 2024 at 9:20",
    "lobsters": "[-]\nAnn Lee 3 hours ago | link | flag |\n{0}\n\n  [-]\n  bob_b 2 hours ago | link | flag |\n  {1}\n\n    [-]\n    Ann Lee 1 hour ago | link | flag |\n    {2}",
    "slashdot": "Trees! (Score:5, Insightful)\nby Ann Lee ( 12345 ) on Tuesday March 04, 2025 @09:14AM (#6512345)\n{0}\n\n"
    "    Re: (Score:2)\n    by bob_b ( 99 ) on Tuesday March 04, 2025 @09:40AM (#6512399)\n    {1}\n\n        Re: (Score:3, Interesting)\n        by Ann Lee ( 12345 ) on Tuesday March 04, 2025 @09:50AM (#6512444)\n        {2}",
    "lesswrong": "[-]\nAnn Lee\n3y\n12\n{0}\nReply\n[-]\nbob_b\n3y\n3\n{1}\nReply\n[-]\nAnn Lee\n3y\n5\n{2}\nReply",
    "substack": "Discussion about this post\n\nComments\nRestacks\n\nAnn Lee\nMar 4\n\nLiked by Cid\n{0}\n\nExpand full comment\nLike (3)\nReply\nShare\n\n"
    "bob_b\nMar 4\n\n{1}\n\nExpand full comment\nLike\nReply\nShare\n\nAnn Lee\nMar 5\nEdited\n\n{2}\n\nExpand full comment\nLike\nReply (1)\nShare\n1 reply by Cid",
    "talk show comments": "Ann Lee\nsays:\nMarch 4, 2015 at 9:14 am\n{0}\n\nReply\nHide\n\nbob_b\nsays:\nMarch 4, 2015 at 9:40 am\n@Ann Lee\n{1}\n\nReply\nHide\n\nAnn Lee\nsays:\nMarch 5, 2015 at 9:14 am\n{2}\n\nReply\nHide",
    "econ blog": "1 Ann Lee March 4, 2024 at 9:14 am\n\n{0}\n\nReply Hide Replies\n\n2 bob_b March 4, 2024 at 9:40 am\n\n{1}\n\nReply\n\n3 Ann Lee March 5, 2024 at 9:50 am\n\n{2}\n\nReply",
    "places": "Ann Lee\nElm, Ohio\nMarch 4\n{0}\n\n12 Replies\n85 Recommend\nShare\nFlag\n\nbob_b\nBrooklyn\nMarch 4\n{1}\n\n3 Recommend\nShare\nFlag\n\nAnn Lee\nElm, Ohio\nMarch 5\n{2}\n\nRecommend\nShare\nFlag",
    "tabloid": "Ann Lee, Elm, United Kingdom, 3 hours ago\n\n{0}\n\n12\n3\nClick to rate\n\nbob_b, Leeds, United Kingdom, 2 hours ago\n\n{1}\n\n5\n0\nClick to rate\n\nAnn Lee, Elm, United Kingdom, 1 hour ago\n\n{2}\n\nClick to rate",
    "microblog": "Ann Lee\n@annlee\n·\nMar 4\n{0}\n12\n3\n40\n1.2K\n\nbob\n@bob_b\n·\nMar 4\nReplying to @annlee\n{1}\n3\n8\n\nAnn Lee\n@annlee\n·\nMar 5\nReplying to @bob_b\n{2}\n1\n4",
    "microblog in lines": "Ann Lee @annlee · Mar 4\n{0}\n\nbob @bob_b · Mar 4\n{1}\n\nAnn Lee @annlee · Mar 5\n{2}",
    "fediverse": "Ann Lee\n@ann@elm.example\n3h\n{0}\n\nbob_b\n@bob_b@oak.example\n2h\n{1}\n\nAnn Lee\n@ann@elm.example\n1h\n{2}",
    "photo app": "ann_lee\n{0}\n3d\n12 likes\nReply\n\nbob_b\n{1}\n2d\n3 likes\nReply\n\nann_lee\n{2}\n1d\nReply",
    "network for work": "Ann Lee\n• 2nd\nForester at Elm County\n3d\n{0}\nLike\n· 12\nReply\n2 replies\n\nbob_b\n• 3rd+\nAccountant\n2d\n{1}\nLike\nReply\n\nAnn Lee\n• 2nd\nForester at Elm County\n1d\n{2}\nLike\nReply",
    "magazine responses": "Ann Lee\nMar 4, 2024\n\n{0}\n\n12\n1 reply\n\nReply\n\nbob_b\nMar 4, 2024\n\n{1}\n\n--\n\n1 reply\n\nReply\n\nAnn Lee\nAuthor\nMar 5, 2024\n\n{2}\n\n--\n\nReply",
    "posted by below": "{0}\nposted by Ann Lee at 9:14 AM on March 4, 2024 [12 favorites]\n\n\n{1}\nposted by bob_b at 9:40 AM on March 4, 2024\n\n\n{2}\nposted by Ann Lee at 9:50 AM on March 5, 2024 [2 favorites]",
    "usenet": "From: Ann Lee <ann@elm.example>\nNewsgroups: alt.elm\nSubject: Trees\nDate: 4 Mar 1996 09:14:03 GMT\nMessage-ID: <a@b>\n\n{0}\n\nFrom: bob_b <bob@oak.example>\nNewsgroups: alt.elm\nSubject: Re: Trees\nDate: 4 Mar 1996 09:40:03 GMT\n\nIn article <a@b>, Ann Lee <ann@elm.example> writes:\n> plant forty of them\n\n{1}\n\nFrom: Ann Lee <ann@elm.example>\nSubject: Re: Trees\n\nbob_b wrote in message <c@d>...\n> Forty trees cost more than the whole playground did\n\n{2}",
    "mail fields": "From: Ann Lee\nSent: Tuesday, 4 March 2025 09:14\nTo: bob_b\nSubject: Trees\n\n{0}\n\nFrom: bob_b\nSent: Tuesday, 4 March 2025 09:40\nTo: Ann Lee\nSubject: RE: Trees\n\n{1}\n\nFrom: Ann Lee\nSent: Tuesday, 4 March 2025 09:50\nTo: bob_b\nSubject: RE: Trees\n\n{2}",
    "tracker": "Ann Lee added a comment - 04/Mar/24 9:14 AM\n{0}\n\nbob_b added a comment - 04/Mar/24 9:40 AM\n{1}\n\nAnn Lee added a comment - 05/Mar/24 9:50 AM - edited\n{2}",
    "bug list": "Comment 1 Ann Lee 2024-03-04 09:14:03 UTC\n\n{0}\n\nComment 2 bob_b 2024-03-04 09:40:03 UTC\n\n(In reply to Ann Lee from comment #1)\n> plant forty of them\n\n{1}\n\nComment 3 Ann Lee 2024-03-05 09:50:03 UTC\n\n(In reply to bob_b from comment #2)\n> Forty trees cost more than the whole playground did\n\n{2}",
    "bug pages": "Ann Lee (annlee) wrote on 2024-03-04: #1\n\n{0}\n\nbob_b (bob-b) wrote on 2024-03-04: #2\n\n{1}\n\nAnn Lee (annlee) wrote on 2024-03-05: #3\n\n{2}",
    "image board": "Ann Lee 03/04/24(Mon)09:14:03 No.71234567\n{0}\n\nbob_b 03/04/24(Mon)09:40:03 No.71234570\n>>71234567\n{1}\n\nAnn Lee 03/04/24(Mon)09:50:03 No.71234578\n>>71234570\n{2}",
    "journal club": "#1 Ann Lee commented 3 years ago\n\n{0}\n\n#2 bob_b commented 3 years ago\n\n{1}\n\n#3 Ann Lee commented 2 years ago\n\n{2}",
    "document margin": "Ann Lee\n9:14 AM Mar 4\n{0}\n\nbob_b\n9:40 AM Mar 4\n{1}\n\nAnn Lee\n9:50 AM Mar 5\n{2}",
    "headings": "## Ann Lee\n\n{0}\n\n## bob_b\n\n{1}\n\n## Ann Lee\n\n{2}",
    "bold names": "**Ann Lee**\n{0}\n\n**bob_b**\n{1}\n\n**Ann Lee**\n{2}",
    "bold names and dates": "**Ann Lee** (4 March 2024):\n{0}\n\n**bob_b** (5 March 2024):\n{1}\n\n**Ann Lee** (5 March 2024):\n{2}",
    "rules": "Ann Lee, 4 March 2024\n{0}\n----------\nbob_b, 4 March 2024\n{1}\n----------\nAnn Lee, 5 March 2024\n{2}",
    "bars": "Ann Lee | 4 March 2024 | 9:14\n{0}\n\nbob_b | 4 March 2024 | 9:40\n{1}\n\nAnn Lee | 5 March 2024 | 9:50\n{2}",
    "replied to": "Ann Lee posted:\n{0}\n\nbob_b replied to Ann Lee:\n{1}\n\nAnn Lee replied to bob_b:\n{2}",
    "labels and words": "Comment by: Ann Lee\nDate: 4 March 2024\n{0}\n\nComment by: bob_b\nDate: 4 March 2024\n{1}\n\nComment by: Ann Lee\nDate: 5 March 2024\n{2}",
    "name fields": "Name: Ann Lee\nDate: 4 March 2024\nComment: {0}\n\nName: bob_b\nDate: 4 March 2024\nComment: {1}\n\nName: Ann Lee\nDate: 5 March 2024\nComment: {2}",
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(POSTS))
def test_layouts_of_posts(form: str) -> None:
    """Every post is a turn of its author, without headings and buttons, and answers the one above."""
    document = read(POSTS[form].format(FIRST, SECOND, THIRD))
    got = [
        (
            (turn.speaker or "").replace("_", " ").replace("-", " ").lower().split(" ")[0],
            own_words(document, turn),
        )
        for turn in document.turns
    ]
    assert [("ann", FIRST), ("bob", SECOND), ("ann", THIRD)] == [(name, bare(words)) for name, words in got]
    assert [None, "t1", "t2"] == [turn.reply_to for turn in document.turns]


@pytest.mark.parametrize(
    "name", ["Ann of the Old Elm Street Gang", "🌲 Ann", "J. R.", "3rdgenAnn", "ann.lee.42", "Ännchen Ó Sé"]
)
@pytest.mark.parametrize(
    "form", ["wordpress says on", "vbulletin", "new reddit", "disqus", "slack", "bold names"]
)
def test_names_people_give_themselves(form: str, name: str) -> None:
    """Long names, initials, digits and pictures are names."""
    document = read(POSTS[form].replace("Ann Lee", name).format(FIRST, SECOND, THIRD))
    assert [name, "bob_b", name] == [turn.speaker for turn in document.turns]


def bare(words: str) -> str:
    """Words without whom they address."""
    for sign in (
        "@ann ",
        " @bob_b",
        "@Ann — ",
        "@Bob — ",
        "Click to expand...\n",
        ">>71234567\n",
        ">>71234570\n",
    ):
        words = words.replace(sign, "")
    return words


ASK = "So, should we plant the trees, and who is going to pay for that?"
ANSWER = "We should, and the county has offered to pay for half of it this year."
MORE = "And the other half? Somebody has to find forty thousand by the end of March."
LAST = "We looked at that in committee, and it comes out of the road budget."
# The speakers of four turns, and the transcript of them.
RECORDS: dict[str, tuple[tuple[str, str, str, str], str]] = {
    "lecture": (
        ("Dr. Ann Lee", "MAN IN A HAT", "Dr. Ann Lee", "OLD MAN, FRONT"),
        "The Elm Lecture, recorded in the hall.\n\nLECTURER (Dr. Ann Lee): {0}\n\nMAN IN A HAT: {1}\n\nDR. LEE: {2}\n\nOLD MAN, FRONT: {3}\n\n[applause]\n\nMAN IN A HAT: Well.\n\nOLD MAN, FRONT: Yes.",
    ),
    "council": (
        ("MAYOR REED", "MR. TUTTLE", "MAYOR REED", "MS. OKORO"),
        "CITY OF ELM\nREGULAR MEETING\n\nMAYOR REED: {0}\n\nMR. TUTTLE (PARKS): {1}\n\nMAYOR REED: {2}\n\nMS. OKORO (FINANCE) [via video]: {3}",
    ),
    "parliament": (
        ("The Chair", "Kim Orr", "Ann Lee", "Kim Orr"),
        "The Chair: {0}\n\nThe Minister for Trees (Kim Orr): {1}\n\nAnn Lee (Elm West) (Ind): {2}\n\nThe Minister for Trees: {3}\n\nThe Chair: Order.",
    ),
    "congress": (
        ("Mr. LEE of Ohio", "The CHAIRMAN", "Mr. LEE of Ohio", "The CHAIRMAN"),
        "  Mr. LEE of Ohio. {0}\n  The CHAIRMAN. {1}\n  Mr. LEE of Ohio. {2}\n  The CHAIRMAN. {3}",
    ),
    "hearing": (
        ("Senator Lee", "Mr. Orr", "Senator Lee", "Mr. Orr"),
        "    Senator Lee. {0}\n    Mr. Orr. {1}\n    Senator Lee. {2}\n    Mr. Orr. {3}",
    ),
    "court": (
        ("MS. REED", "A", "MS. REED", "A"),
        "THE COURT: You may proceed.\n\nBY MS. REED:\nQ.  {0}\nA.  {1}\nQ.  {2}\nA.  {3}",
    ),
    "broadcast": (
        ("ANN LEE", "KIM ORR", "ANN LEE", "KIM ORR"),
        "ANN LEE, HOST: {0}\n\nKIM ORR, FORESTER: {1}\n\nLEE: {2}\n\nORR (on camera): {3}",
    ),
    "introduced": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "ANN: Hello and welcome to the show, I'm Ann Lee, and with me is Kim Orr, who plants trees. {0}\nKIM: Thanks, Ann. {1}\nANN: {2}\nKIM: {3}\nANN: Kim Orr, thank you.",
    ),
    "otter": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "Ann Lee  0:03\n{0}\n\nKim Orr  0:14\n{1}\n\nAnn Lee  0:31\n{2}\n\nKim Orr  1:02\n{3}",
    ),
    "rev": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "Ann Lee (00:03):\n{0}\n\nKim Orr (00:14):\n{1}\n\nAnn Lee (00:31):\n{2}\n\nKim Orr (01:02):\n{3}",
    ),
    "stamps first": (
        ("Ann", "Kim", "Ann", "Kim"),
        "[00:00:03] Ann: {0}\n[00:00:14] Kim: {1}\n[00:00:31] Ann: {2}\n[00:01:02] Kim: {3}",
    ),
    "stamps behind a dash": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "Ann Lee - 00:03\n{0}\n\nKim Orr - 00:14\n{1}\n\nAnn Lee - 00:31\n{2}\n\nKim Orr - 01:02\n{3}",
    ),
    "bold": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "**Ann Lee:** {0}\n\n**Kim Orr:** {1}\n\n**Ann Lee** [00:31]: {2}\n\n**Kim Orr:** {3}",
    ),
    "numbered speakers": (
        ("Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"),
        "Speaker 1: {0}\nSpeaker 2: {1}\nSpeaker 1: {2}\nSpeaker 2: {3}",
    ),
    "asides": (
        ("ANN", "KIM", "ANN", "KIM"),
        "ANN: {0}\n(Laughter.)\nKIM [laughing]: {1}\nANN (cont'd): {2}\nKIM: {3}",
    ),
    "interview": (
        ("The Planter", "Kim Orr", "The Planter", "Kim Orr"),
        "The Planter: {0}\n\nKim Orr: {1}\n\nThe Planter: {2}\n\nKim Orr: {3}",
    ),
    "names alone": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "Ann Lee\n{0}\n\nKim Orr\n{1}\n\nAnn Lee\n{2}\n\nKim Orr\n{3}",
    ),
    "captions with names": (
        ("ANN", "KIM", "ANN", "KIM"),
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n>> ANN: {0}\n\n2\n00:00:02.000 --> 00:00:03.000\n>> KIM: {1}\n\n3\n00:00:03.000 --> 00:00:04.000\n>> ANN: {2}\n\n4\n00:00:04.000 --> 00:00:05.000\n>> KIM: {3}",
    ),
    "captions of a meeting": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "WEBVTT\n\na1/0-0\n00:00:01.000 --> 00:00:02.000\n<v Ann Lee>{0}</v>\n\na1/1-0\n00:00:02.000 --> 00:00:03.000\n<v Kim Orr>{1}</v>\n\na1/2-0\n00:00:03.000 --> 00:00:04.000\n<v Ann Lee>{2}</v>\n\na1/3-0\n00:00:04.000 --> 00:00:05.000\n<v Kim Orr>{3}</v>",
    ),
    "meeting in a document": (
        ("Ann Lee", "Kim Orr", "Ann Lee", "Kim Orr"),
        "0:0:3.120 --> 0:0:9.500\nAnn Lee\n{0}\n\n0:0:14.0 --> 0:0:19.200\nKim Orr\n{1}\n\n0:0:31.0 --> 0:0:40.0\nAnn Lee\n{2}\n\n0:1:2.0 --> 0:1:9.0\nKim Orr\n{3}",
    ),
    "brackets around names": (
        ("Ann", "Kim", "Ann", "Kim"),
        "[Ann] {0}\n[Kim] {1}\n[Ann] {2}\n[Kim] {3}",
    ),
    "play": (
        ("ANN", "KIM", "ANN", "KIM"),
        "ANN. {0}\n\nKIM. {1}\n\nANN. {2}\n\nKIM. {3}",
    ),
}  # fmt: skip


def test_people_are_called_by_parts_of_their_names() -> None:
    """ "@Gwen", "@Pro Rata" and "@RA" are answers to Gwen in Gower, Old Pro Rata and The Reluctant Actuary."""
    posts = [
        ("The Reluctant Actuary", FIRST),
        ("Gwen in Gower", "I prefer benches."),
        ("Old Pro Rata", "Nobody asks what a tram would cost."),
        ("cid", "@RA — who waters them?"),
        ("dee", "@Old Pro Rata — Twelve million."),
        ("eve", "@Gwen so do I"),
    ]
    text = "\n\n".join(f"{name} · 3 June 2024\n{words}" for name, words in posts)
    assert ["t1", "t3", "t2"] == [turn.reply_to for turn in read(text).turns[3:]]


def test_comments_that_are_not_indented_answer_no_other() -> None:
    """Where replies are indented, a comment that is not begins anew, however it opens."""
    posts = [
        (0, "ann", FIRST),
        (4, "bob_b", SECOND),
        (8, "ann", THIRD),
        (0, "cid", "Yes, but who waters the trees?"),
    ]
    text = "\n\n".join(f"{' ' * depth}{name} · 3h\n{' ' * depth}{words}" for depth, name, words in posts)
    assert [None, "t1", "t2", None] == [turn.reply_to for turn in read(text).turns]


def test_replies_at_one_depth_are_no_tree() -> None:
    """Where people answer replies and yet all stand one step in, what they say tells whom they answer."""
    said = ("We need benches.", "Benches where, bob_b?", "By the brook, cid, where the benches once were.")
    posts = [
        ("ann", 0, FIRST),
        *zip(("bob_b", "cid", "bob_b", "cid"), (2,) * 4, (*said, "Once were?"), strict=True),
    ]
    text = "\n\n".join(f"{' ' * depth}{name} · 3h\n{' ' * depth}{words}" for name, depth, words in posts)
    assert [None, "t1", "t2", "t3", "t4"] == [turn.reply_to for turn in read(text).turns]


def test_times_before_stretches_are_a_transcript() -> None:
    """Times that grow, each above words of several people, are no words, and begin the turns below them."""
    text = f"00:00\n{ASK} {ANSWER}\n\n01:10\n{MORE}\n\n02:30\n{LAST}"
    document = read(text)
    assert "transcript" == document.genre
    assert not [turn for turn in document.turns if text[turn.start].isdigit()]
    assert 0.0 == document.turns[0].begin


@pytest.mark.parametrize("form", sorted(RECORDS))
def test_layouts_of_records(form: str) -> None:
    """Every turn has its speaker, by the fullest name the record gives, and no label is part of a turn."""
    names, layout = RECORDS[form]
    document = read(layout.format(ASK, ANSWER, MORE, LAST))
    got = {
        said: turn.speaker
        for turn in document.turns
        for said in (ASK, ANSWER, MORE, LAST)
        if said in document.text[turn.start : turn.end]
    }
    assert dict(zip((ASK, ANSWER, MORE, LAST), names, strict=True)) == got
