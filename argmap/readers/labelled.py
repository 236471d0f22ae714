# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""Transcripts whose turns begin with the speaker's name: ``NAME: text``, with or without times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from argmap.model.document import Document, Span
from argmap.readers.furniture import own_lines
from argmap.readers.headers import POSTED
from argmap.readers.label_names import speakers
from argmap.readers.names import TITLE
from argmap.readers.participants import cast
from argmap.readers.replies import opens_answer
from argmap.readers.turns import Draft, assemble, lines, paragraphs, sentences

_TIME = r"[\[(]?(?P<{0}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:[.,]\d{{1,3}})?[\])]?"
_LABEL = re.compile(
    rf"(?:>>>?[ \t]?)?(?:{_TIME.format('before')}[ \t]{{1,3}}(?:[-–—][ \t])?)?[*_]{{0,2}}"
    r"(?P<name>[^\W\d_][\w.'’/&#-]{0,30}(?:,? [\w'’#&][\w.'’/&#-]{0,29}){0,9})(?P<asides>(?: ?[(\[](?!\d)[^()\[\]\n]{1,60}[)\]]){0,2})[*_]{0,2}"
    rf"(?:(?:[ \t,]{{1,2}}| [-–—|] ){_TIME.format('after')})?[*_]{{0,2}}(?P<colon>:?)[*_]{{0,2}}(?:[ \t]{{1,4}}|$)"
)
# As records of parliaments and courts print it: "Mr. SMITH of Texas. I rise ...", "Senator Lee. Thank you.", "Q. Did you ..."
_STOPPED = re.compile(
    rf"(?P<name>(?:{TITLE}|The|Chair(?:man|woman)?|Secretary) "
    r"[A-Z][\w'’-]{2,30}(?: [A-Z][\w'’-]{2,30}){0,2}(?: of [A-Z]\w{2,20})?|[QA]|"
    r"[A-Z][A-Z'’-]{2,30}(?: [A-Z][A-Z'’-]{1,30}){0,2})\.(?:[ \t]{1,8}|$)"
)
_BRACKETED = re.compile(
    r"[\[<](?P<name>[^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){0,3})[\]>]:?[ \t]{1,4}(?=\S)"
)
_EXAMINER = "BY "
_NOT_NAMES = frozenset(
    "note notes warning edit update source topic summary title abstract example tldr ps http https re "
    "subject date from to cc question answer conclusion background however first second third finally but "
    "and name comment message response email location rating posts laughter am pm laughs laughing "
    "applause music crosstalk inaudible unintelligible pause silence sic so because".split()
)
_TOKEN = re.compile(r"[\w-]{2,30}|speaker .{1,20}")
_HANDLE = re.compile(r"(?!speaker)[a-z]|.*[\d_]")
_LONGEST = 140
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the beginning of a line; ``words`` is where what is said begins."""

    name: str
    start: int
    words: int
    begin: float | None
    aside: str = ""
    colon: bool = True


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


def handles(found: list[Label]) -> bool:
    """Are most of these names handles, as in a chat or a forum: "ann_b", "max99"?"""
    return sum(_HANDLE.match(label.name) is not None for label in found) * 2 > len(found)


def labels(text: str) -> list[Label]:
    """Labels that recur, or all where most lines have one: a single "Note:" is no speaker. Cost: linear."""
    found = list(_candidates(text))
    count = Counter(label.name for label in found)
    sure = [
        label
        for label in found
        if count[label.name] > 1 or label.begin is not None or _is_capital(label, count)
    ]
    starts = {part.start for part in paragraphs(text)}
    most = sum(label.start in starts for label in sure) * 2 > len(starts)
    places = {label.start for label in sure} | starts
    kept = (
        [label for label in found if label.start in places and (label.colon or count[label.name] > 1)]
        if most
        else sure
    )
    names = speakers([(label.name, label.aside) for label in kept])
    return _examined([replace(label, name=name) for label, name in zip(kept, names, strict=True)])


def _is_capital(label: Label, count: Counter[str]) -> bool:
    """Is a label in capitals, with an office behind a comma only where its person speaks elsewhere too?"""
    person, comma, _ = label.name.partition(",")
    return (
        label.colon
        and label.name.isupper()
        and not (comma and not count[person] and not count[person.split()[-1]])
    )


def _examined(found: list[Label]) -> list[Label]:
    """Questions in court go to whoever "BY MR. LEE:" names above them."""
    examiner = None
    kept = []
    for label in found:
        if label.name.startswith(_EXAMINER):
            examiner = label.name.removeprefix(_EXAMINER)
        else:
            kept.append(replace(label, name=examiner) if examiner and label.name == "Q" else label)
    return kept


def _named(text: str, found: list[Label]) -> list[Label]:
    """Labels with the full names by which the conversation introduces people: "ANN" is Ann Lee."""
    if not any(" " not in label.name for label in found):
        return found
    ends = [label.start for label in found[1:]] + [len(text)]
    said = [
        text[part.start : part.end]
        for label, end in zip(found, ends, strict=True)
        for part in sentences(text, label.words, end)
    ]
    known = [name for name in cast(said).names if name]
    names = speakers([(label.name, "") for label in found], known)
    return [replace(label, name=name) for label, name in zip(found, names, strict=True)]


def _candidates(text: str) -> Iterator[Label]:
    for line in own_lines(text):
        label = _label(text, line)
        words = label.name.casefold().split() if label else []
        if label and not set(words) & _NOT_NAMES and words[-1] not in POSTED:
            yield label


def _label(text: str, line: Span) -> Label | None:
    match = _LABEL.match(text, line.start, min(line.end, line.start + _LONGEST))
    if match is None or not (match["colon"] or match["before"] or match["after"]):
        end = min(line.end, line.start + _LONGEST)
        stopped = _STOPPED.match(text, line.start, end) or _BRACKETED.match(text, line.start, end)
        return Label(stopped["name"], line.start, stopped.end(), None, colon=False) if stopped else None
    if not _may_name(match["name"], match["asides"]):
        return None
    time = match["before"] or match["after"]
    alone = match.end() == line.end and time
    if not (match["colon"] or alone):
        return None
    aside = match["asides"].strip(" ([])")
    return Label(match["name"], line.start, match.end(), seconds(time) if time else None, aside)


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
