# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""Transcripts whose turns begin with the speaker's name: ``NAME: text``, with or without times."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from argmap.model.document import Document, Span
from argmap.readers.faq import guest
from argmap.readers.furniture import own_lines
from argmap.readers.headers import POSTED
from argmap.readers.label_names import are_people, speak_as_i, speakers
from argmap.readers.names import NAME, TITLE, name
from argmap.readers.participants import cast
from argmap.readers.replies import opens_answer
from argmap.readers.turns import Draft, assemble, lines, paragraphs, sentences

# "00:31", "[00:31.5]", "(00:31 - 00:40)"
_TIME = (
    r"[\[(]?(?P<{0}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:[.,]\d{{1,3}})?"
    r"(?: ?(?:-->|[-–]) ?\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:[.,]\d{{1,3}})?(?=[\])]))?[\])]?"
)
# What may stand before a label: the number of a line in court, the mark of a list before a bold name, that of a heading.
_LEAD = re.compile(r"\d{1,2}[ \t]{2,8}|#{1,6} |(?:[-*•+]|\d{1,2}[.)])[ \t]{1,4}(?=\*\*|__)")
_ASIDE = r" ?[(\[](?!\d[\d:.,]*[)\]])[^()\[\]\n]{1,60}[)\]]"
_LABEL = re.compile(
    rf"(?:>>>?[ \t]?)?(?P<mark>[*_]{{0,3}})(?:{_TIME.format('before')}[*_]{{0,3}}[ \t]{{1,3}}(?:[-–—][ \t])?[*_]{{0,3}})?"
    rf"(?P<name>[^\W\d_][\w.'’/&#-]{{0,30}}(?:,? [\w'’#&][\w.'’/&#-]{{0,29}}){{0,9}})(?P<asides>(?:{_ASIDE}){{0,2}})[*_]{{0,3}}"
    rf"(?P<behind>(?:{_ASIDE})?)(?:(?:[ \t,]{{1,2}}| [-–—|] ){_TIME.format('after')})?[*_]{{0,2}}(?:(?P<colon>:)[*_]{{0,3}}|(?P<dash> ?[–—]| -)|)(?:[ \t]{{1,4}}|$)"
)
# As records of parliaments and courts print it: "Mr. SMITH of Texas. I rise ...", "Senator Lee. Thank you.", "Q. Did you ..."
_STOPPED = re.compile(
    rf"(?P<name>(?:{TITLE}|The|Chair(?:man|woman)?|Secretary) "
    r"[A-Z][\w'’-]{2,30}(?: [A-Z][\w'’-]{2,30}){0,2}(?: of [A-Z]\w{2,20})?|[QA]\d{0,3}|"
    r"[A-Z][A-Z'’-]{2,30}(?: [A-Z][A-Z'’-]{1,30}){0,2})\.(?:[ \t]{1,8}|$)"
)
# Depositions leave the stop out: "Q   Did you ..."
_SPACED = re.compile(r"(?P<name>[QA])[ \t]{2,8}(?=\S)")
_BRACKETED = re.compile(
    r"[\[<][@+%&~ ]?(?P<name>[^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,3})[\]>]:?(?:[ \t]{1,4}\d{1,2}:\d\d(?::\d\d)?$|[ \t]{1,4}(?=\S))"
)
_FORMS = (_STOPPED, _SPACED, _BRACKETED)
_EXAMINER = "BY "
_WITNESS = frozenset(["a", "the witness", "witness"])
# "ADA HORN, called as a witness and having been duly sworn, testified as follows"
_SWORN = re.compile(
    r"^(?:\d{1,2}[ \t]{2,8})?[ \t]{0,40}(?P<name>[A-Z][A-Za-z.'’-]{1,30}(?: [A-Z][A-Za-z.'’-]{0,30}){1,3}),\s{1,20}[^.:;]{0,160}\bsworn\b",
    re.MULTILINE,
)
_ASKED = re.compile(r"(?P<short>(?-i:[QA]))\d{0,3}|(?P<long>question|answer)(?: #?\d{1,3})?", re.IGNORECASE)
_NAME_LINE = re.compile(r"(?P<name>[^\W\d_][\w.'’#-]{0,30}(?: [\w.'’#-]{1,30}){0,4}):?")
_TIME_LINE = re.compile(_TIME.format("time"))
_NOT_NAMES = frozenset(
    "note notes warning edit update source topic summary title abstract example tldr ps http https re "
    "subject date from to cc question answer conclusion background however first second third finally but "
    "and name comment message response email location rating posts laughter am pm laughs laughing "
    "applause reply request objection rejoinder pros cons verdict review reviewer author sender sent message-id in-reply-to references newsgroups music crosstalk inaudible unintelligible pause silence sic so because".split()
)
_TOKEN = re.compile(r"[\w-]{2,30}|speaker .{1,20}")
_HANDLE = re.compile(r"(?!speaker)[a-z]|.*[\d_]")
_LONGEST = 140
_MOST_WORDS = 6
# A recording begins within so many seconds; the times of a chat are those of the day.
_BEGINNING = 120
_FULL_NAME = re.compile(rf"(?<!\w)(?P<name>{NAME})(?: ?\((?P<short>[A-Z][A-Z.]{{1,5}})\))?")
_HEAD = 3000
_BOLD = ("**", "__")
_BULLETS = ("- ", "* ", "+ ", "• ")


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the beginning of a line; ``words`` is where what is said begins."""

    name: str
    start: int
    words: int
    begin: float | None
    aside: str = ""
    colon: bool = True
    bold: bool = False


class Labelled:
    """A turn for each label; lines without a label continue the turn above."""

    name = "labelled"
    suffixes: tuple[str, ...] = (".txt",)

    def score(self, text: str, name: str) -> float:
        """High where at least two names recur at the beginnings of lines."""
        found = labels(text)
        names = {label.name for label in found}
        if len(names) < 2 or len(found) < 3:
            return 0.0
        total = sum(1 for _ in lines(text))
        if sum(label.begin is not None for label in found) * 2 > len(found):
            return 0.97
        if handles(found):
            return 0.8
        return min(0.95, 0.7 + len(found) / total)

    def read(self, text: str, *, title: str) -> Document:
        """Words before the first label belong to no turn."""
        found = _named(text, labels(text))
        ends = [label.start for label in found[1:]] + [len(text)]
        drafts = [
            Draft(label.words, max(label.words, end), label.name, begin=label.begin)
            for label, end in zip(found, ends, strict=False)
        ]
        if not _answer_above(text, found, drafts):
            answer_in_turn(text, drafts)
        return assemble(text, drafts or [Draft(0, len(text))], title=title, genre=self.name)


def answer_in_turn(text: str, drafts: list[Draft]) -> None:
    """Set what each turn of a conversation answers: the other speaker's turn just before, if that asked
    something or this one opens as an answer does."""
    for place in range(1, len(drafts)):
        before, draft = drafts[place - 1], drafts[place]
        if before.speaker == draft.speaker and draft.speaker is not None:
            continue
        asked = "?" in text[max(before.start, before.end - 200) : before.end]
        if asked or opens_answer(text[draft.start : draft.start + 80]):
            draft.reply = place - 1


def _answer_above(text: str, found: list[Label], drafts: list[Draft]) -> bool:
    """Where labels are items of a list in a list, each turn answers the item that it stands below."""
    depths = [label.start - text.rfind("\n", 0, label.start) for label in found]
    least = min(depths, default=0)
    listed = sum(text.startswith(_BULLETS, label.start) for label in found)
    if 2 * listed < len(found) or sum(depth > least for depth in depths) < 2:
        return False
    above: list[tuple[int, int]] = []
    for place, depth in enumerate(depths):
        while above and above[-1][0] >= depth:
            above.pop()
        drafts[place].reply = above[-1][1] if above else None
        above.append((depth, place))
    return True


def handles(found: list[Label]) -> bool:
    """Are most of these names handles, as in a chat or a forum: "ann_b", "max99"?"""
    return sum(_HANDLE.match(label.name) is not None for label in found) * 2 > len(found)


def labels(text: str) -> list[Label]:
    """Labels that recur, or all where most lines have one: a single "Note:" is no speaker. Cost: linear."""
    found = _timed(text) or _without_items(text, _paired(_candidates(text)))
    people = _people(text, found)
    count = Counter(label.name for label in found)
    sure = [
        label
        for label in found
        if count[label.name] > 1
        or label.begin is not None
        or _is_capital(label, count)
        or label.start in people
    ]
    starts = {part.start for part in paragraphs(text)}
    most = sum(label.start in starts for label in sure) * 2 > len(starts)
    # Where half of what is bold recurs, all of it is names.
    bold = 2 * sum(label.bold for label in sure) >= sum(label.bold for label in found)
    surely = {label.start for label in sure} | {label.start for label in found if label.bold and bold}
    kept = [
        label for label in found if label.start in surely or (most and label.start in starts and label.colon)
    ]
    names = speakers([(label.name, label.aside) for label in kept])
    return _examined(text, [replace(label, name=one) for label, one in zip(kept, names, strict=True)])


def _timed(text: str) -> list[Label]:
    """Names on lines of their own, each above the time at which it begins: "Ada Horn", "0:14"."""
    found = []
    for above, below in pairwise(own_lines(text)):
        time = _TIME_LINE.fullmatch(text, below.start, below.end)
        named = _NAME_LINE.fullmatch(text, above.start, above.end) if time else None
        if time and named and text.count("\n", above.end, below.start) == 1:
            found.append(Label(named["name"], above.start, below.end, seconds(time["time"]), colon=False))
    begins = [label.begin or 0.0 for label in found]
    known = len(found) > 2 and begins[0] < _BEGINNING and begins == sorted(begins)
    return found if known else []


def _paired(found: Iterable[Label]) -> list[Label]:
    """Labels with "Q2" and, where both come, "Question 2" and "Answer" as Q and A."""
    told = [(label, _ASKED.fullmatch(label.name)) for label in found]
    both = len({match["long"][0].upper() for _, match in told if match and match["long"]}) > 1
    return [
        replace(label, name=(match["short"] or match["long"][0]).upper()) if match else label
        for label, match in told
        if both or match is None or match["short"]
    ]


def _without_items(text: str, found: list[Label]) -> list[Label]:
    """Labels without the bold words of a list that are no names: "- **Price:** low", "**Price** — low"."""
    items = [
        label for label in found if label.bold and not (label.colon and text.startswith(_BOLD, label.start))
    ]
    if not items or are_people({label.name for label in items}, text):
        return found
    left_out = {label.start for label in items}
    return [label for label in found if label.start not in left_out]


def _people(text: str, found: list[Label]) -> set[int]:
    """Starts of bold labels that are full names, each of somebody who speaks of himself, though none recurs."""
    bold = [label for label in found if label.bold and " " in label.name and name(label.name)]
    ends = [label.start for label in bold[1:]] + [len(text)]
    stretches = [Span(label.words, end) for label, end in zip(bold, ends, strict=False)]
    known = len(bold) > 2 and are_people({label.name for label in bold}, text) and speak_as_i(text, stretches)
    return {label.start for label in bold} if known else set()


def _is_capital(label: Label, count: Counter[str]) -> bool:
    """Is a label in capitals, with an office behind a comma only where its person speaks elsewhere too?"""
    person, comma, _ = label.name.partition(",")
    return (
        label.colon
        and label.name.isupper()
        and not (comma and not count[person] and not count[person.split()[-1]])
    )


def _examined(text: str, found: list[Label]) -> list[Label]:
    """Questions in court go to whoever "BY MR. LEE:" names above them, answers to whoever was sworn last."""
    asked = any(label.name == "A" for label in found)
    sworn = [(match.end(), match["name"]) for match in _SWORN.finditer(text)] if asked else []
    examiner = None
    kept = []
    for label in found:
        before = bisect_right(sworn, (label.start, ""))
        if label.name.startswith(_EXAMINER):
            examiner = label.name.removeprefix(_EXAMINER)
        elif before and label.name.casefold() in _WITNESS:
            kept.append(replace(label, name=sworn[before - 1][1]))
        else:
            kept.append(replace(label, name=examiner) if examiner and label.name == "Q" else label)
    return kept


def _named(text: str, found: list[Label]) -> list[Label]:
    """Labels with the full names by which the conversation introduces people: "ANN" and "AL" are Ann Lee."""
    if not any(" " not in label.name for label in found):
        return found
    found = _introduced(text[: found[0].start], found)
    ends = [label.start for label in found[1:]] + [len(text)]
    said = [
        text[part.start : part.end]
        for label, end in zip(found, ends, strict=True)
        for part in sentences(text, label.words, end)
    ]
    known = [name for name in cast(said).names if name]
    names = speakers([(label.name, "") for label in found], known)
    return [replace(label, name=name) for label, name in zip(found, names, strict=True)]


def _introduced(head: str, found: list[Label]) -> list[Label]:
    """Initials as the one name above the conversation that has them; answers as those of the one interviewed."""
    told: dict[str, set[str]] = {}
    for match in _FULL_NAME.finditer(head[-_HEAD:]):
        letters = match["short"] or "".join(word[0] for word in match["name"].split() if word[0].isupper())
        told.setdefault(letters.replace(".", ""), set()).add(match["name"])
    with_one = guest(head[-_HEAD:])
    known = {letters: min(names) for letters, names in told.items() if len(names) == 1 and len(letters) > 1}
    known |= {"A": with_one} if with_one else {}
    return [replace(label, name=known.get(label.name.replace(".", ""), label.name)) for label in found]


def _candidates(text: str) -> Iterator[Label]:
    for line in own_lines(text):
        label = _label(text, line)
        words = label.name.casefold().split() if label else []
        if label and (_ASKED.fullmatch(label.name) or not (set(words) & _NOT_NAMES or words[-1] in POSTED)):
            yield label


def _label(text: str, line: Span) -> Label | None:
    end = min(line.end, line.start + _LONGEST)
    lead = _LEAD.match(text, line.start, end)
    start = lead.end() if lead else line.start
    match = _LABEL.match(text, start, end)
    bold = match is not None and len(match["mark"]) > 1
    time = match["before"] or match["after"] if match else None
    if match is None or not (match["colon"] or time or (bold and match["dash"])):
        stopped = next((found for form in _FORMS if (found := form.match(text, start, end))), None)
        timed = stopped is not None and stopped.re is _BRACKETED and stopped.end() == line.end
        return Label(stopped["name"], line.start, stopped.end(), None, colon=timed) if stopped else None
    named = match["name"].partition(",")[0] if bold else match["name"]
    alone = match.end() == line.end and time
    if match.end() == line.end and any(map(str.isdigit, match["asides"] + match["behind"])):
        return None  # "**Ada Horn** (2 May):" above a post is a heading of a thread
    if lead and lead[0][0] == "#" and not time:
        return None
    if not _may_name(named, match["asides"]) or not (match["colon"] or alone or (bold and match["dash"])):
        return None
    begin, aside = seconds(time) if time else None, match["asides"].strip(" ([])")
    return Label(named, line.start, match.end(), begin, aside, colon=not match["dash"], bold=bold)


def _may_name(name: str, asides: str) -> bool:
    """Can this be a speaker? Many words only with a name in brackets, a comma only behind capitals."""
    if not (name[0].isupper() or _TOKEN.fullmatch(name)):
        return False
    few = name.count(" ") < _MOST_WORDS or asides
    return bool(few) and ("," not in name or name.partition(",")[0].isupper())


def seconds(time: str) -> float:
    """Seconds in "1:02:03", "02:03.5" or "02:03,5"."""
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


READER = Labelled()
