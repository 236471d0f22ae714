# ruff: noqa: E501, SIM905  (lists of words and patterns read best in one piece)
"""Whom notes of a meeting, a lecture or a tour name as speakers: "Mrs Lee moved", "KT: ...", "Deo again - ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from argmap.model.document import Span
from argmap.readers.dates import CALENDAR, WHOLE_DAY
from argmap.readers.names import CAPITAL, PART, SMALL_WORDS, TITLE
from argmap.readers.turns import trimmed

# "Mrs Okoro", "Cllr Ada Horn".
_TITLED = rf"{TITLE} {PART}(?: {PART})?"
_OFFICE = (
    r"(?:The (?:Chair(?:man|woman|person)?|Vice[- ]Chair\w*|Secretary|Treasurer|Clerk|Mayor|President|Convenor|Moderator|Head|Director|Principal|Warden|Bursar)|"
    r"Chair(?:man|woman|person)?)"
)
# "Juror 4", "P2": people who are numbered.
_NUMBERED = r"(?:Juror|Witness|Speaker|Participant|Respondent|Resident|Parent|Student|Member|Panell?ist|Pupil|Patient|Player|Voter) ?#?\d{1,2}|[PRSWJ]\d{1,2}(?=[:. )–—-])"
_PLAIN = rf"{_NUMBERED}|{PART}(?: {PART}){{0,2}}|[A-Z]{{1,4}}|[A-Z]\."
_NAME = rf"(?P<name>{_TITLED}|{_OFFICE}|{_PLAIN})"
# Any regular verb behind a name, and the irregular ones of saying.
SPOKE = (
    r"(?:said|felt|thought|spoke|took|drew|draws|told|gave|put|had|has|is|would|did not|"
    r"was (?:asked|against|for|in favou?r|not|of)|[a-z]{2,12}(?:ed|es|ts|ks|ns|ls|rs|ds|ms|ps|ys))\b"
)
# What stands before a name: "- ", "3. ", "(b) ", "[x] ", "19:04 ", "[7.30 pm] - ".
_MARK = r"(?:[-*•–—+~] |\(?\d{1,3}[.):] |\(?[a-z][.)] |\[[ x]\] )?(?:\[?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?\]?[ :–—-]{1,3})?"
_ADVERB = r"(?:(?:then|also|again|still|now|duly|later|briefly|strongly) )?"
# What stands behind it, after " (plot 9)" and ", for the bakers,": ": ", " asked back: ", " then said",
# " again - ", " → Bram: ", ", on hens", " against", " in reply".
_TELLS = (
    r"(?: ?\([^()\n]{1,120}\))?(?:, [^,.:;\n]{1,60},)?"
    rf"(?:(?P<colon>(?: [a-z][a-z' ]{{0,24}})?:[*_]{{0,2}}(?=\s|$)|\](?= ))|(?P<spoke>,? {_ADVERB}{SPOKE})|(?P<dash>(?: again| no| yes)?(?: ?[–—] | --? | ?(?:→|->) (?:\w{{1,20}}: )?)(?!\d{{1,2}}:\d\d))|"
    r"(?P<on>, on (?=\w)|,? (?:on (?:the|what|who|how|why|\w+ing)|against|for|in favou?r|in reply|again)\b))"
)
# How a line of one begins: "- **Deo**: ...", "19:10 Mr Lee (resident): ...", "Juror 2 asked ...".
_OPENS = re.compile(rf"{_MARK}[*_\[]{{0,2}}{_NAME}[*_]{{0,2}}{_TELLS}")
# How a sentence of one begins: "Mr Lee said ...", "In reply, Mrs Okoro said ...".
_TELL = re.compile(rf"{_NAME}{_TELLS}"), re.compile(rf"{CAPITAL}[^.:;!?\n]{{0,80}}, {_NAME}{_TELLS}")
# "3. Speech of Mrs Lee in the hut: ...", "Question from the floor (Deo): ...".
_HEADED = re.compile(
    rf"{_MARK}[^:.\"“\n]{{0,90}}?(?:(?P<name>{_TITLED})(?:\)| in [^:\n]{{1,60}})?|(?<=\w )\((?P<inside>{_PLAIN})\)):(?=\s|$)"
)
# What an entry of a notebook begins with: "**Feb 3**", "## Mon 3rd March 2024:", "2024-03-03 –".
DATED = re.compile(
    rf"(?:#{{1,6}} )?[*_\[]{{0,2}}{WHOLE_DAY}[.:,]?[*_\]]{{0,2}}[.:,]?(?: [—–-]{{1,2}})?(?=\s|$)"
)
_SURE = re.compile(f"{_TITLED}|{_OFFICE}|{_NUMBERED}")
# A full name above what its bearer said: "Ada Horn (harbour master)", "2. Sam Lee, skipper".
_HEAD = re.compile(
    rf"^(?:\d{{1,2}}[.)] )?({PART} {PART})(?: ?\([^()\n]{{1,60}}\)[^\n]{{0,40}}|, [^\n.]{{1,60}}|:)?\n[-*•>\"“]",
    re.MULTILINE,
)
# "Present: RB (chair), Deo, Ada Horn", "In the room - Tues: ...", "1:1 with Ines".
_PRESENT = re.compile(
    r"(?:present|attend(?:ees|ance|ing|ed)|in attendance|in the room|participants|people|who)\b[^:\n]{0,30}: ?(?P<names>[^\n]{3,400})|\b(?:1:1|one-to-one|call|meeting|catch-?up|coffee|lunch) with (?P<one>[^\n]{3,60})",
    re.IGNORECASE,
)
_ONE_PRESENT = re.compile(rf"(?:{_TITLED}|{_PLAIN})\b")
_PRESENT_LENGTH, _OPENING_LENGTH, _HEADED_LENGTH = 2000, 300, 160
# What stands where names stand, and is none.
_HEADINGS = frozenset(
    "me myself action actions aob agenda apologies present minutes note notes nb ps q a re evidence reply question answer facts "
    "study motion amendment resolved item matters date time venue location todo summary decision decisions vote votes quote quotes "
    "key idea ideas part chapter section page pp main general rule rules these those there then so but if his her their where which "
    "also again still or ok against as everyone nobody somebody someone people members dissent majority break later first second "
    "third last next one two three four five some most many both each any such here now today source via per table figure".split()
)
_NOBODY = SMALL_WORDS | CALENDAR | _HEADINGS


@dataclass(frozen=True, slots=True)
class Speech:
    """That a line or a sentence is somebody's.

    Args:
        speaker: who.
        how: it is told: "spoke" (a verb), "colon", "dash" or "on" (what it is about).
        words: where his words begin.
        seconds: he seconds what another has said, whose words go on.
    """

    speaker: str
    how: str
    words: int
    seconds: bool = False


class NoteSpeakers:
    """The names that recur as speakers, that are listed as present, or that bear a title or an office.

    Args:
        found: the lines of the text (see `turns.lines`).
    """

    def __init__(self, text: str, found: Sequence[Span]) -> None:
        self._text = text
        count = Counter(name for line in found if (name := _opening_name(text, line)))
        present = _present(text)
        self._known = present | {name for name, often in count.items() if often > 1 or _SURE.fullmatch(name)}
        if 2 * count.total() > len(found):
            self._known |= count.keys()
        heads: set[str] = set(_HEAD.findall(text)) | {name for name in present if " " in name}
        self._full = {part: name for name in sorted(heads) for part in (name.split()[0], name.split()[-1])}

    def full(self, name: str) -> str:
        """The full name, from a line of its own, of whom the notes then call by one of its parts."""
        return self._full.get(name, name)

    def opens(self, line: Span) -> Speech | None:
        """Whose a line is by its first words."""
        match = _OPENS.match(self._text, line.start, line.end)
        if match and self.knows(match["name"]):
            return self._speech(match)
        headed = _HEADED.match(self._text, line.start, min(line.end, line.start + _HEADED_LENGTH))
        return Speech(headed["name"] or headed["inside"], "colon", headed.end()) if headed else None

    def told(self, sentence: Span) -> Speech | None:
        """Whose a sentence is, wherever it stands in its line."""
        matches = (pattern.match(self._text, sentence.start, sentence.end) for pattern in _TELL)
        match = next((match for match in matches if match and self.knows(match["name"])), None)
        return replace(self._speech(match), seconds="seconded" in match[0]) if match else None

    def _speech(self, match: re.Match[str]) -> Speech:
        how = str(match.lastgroup)
        begin = match.end() if how in {"colon", "dash"} else match.start("name")
        return Speech(self.full(match["name"]), how, begin)

    def knows(self, name: str) -> bool:
        """Is this one of the speakers?"""
        return name in self._known or name in self._full or _SURE.fullmatch(name) is not None

    def initials(self, name: str) -> str:
        """The speaker whom these initials call, as the notes do, else the name itself."""
        letters = "".join(part[0] for part in re.split(r"[ -]", name) if part)
        return next((letters[cut:] for cut in range(len(letters)) if letters[cut:] in self._known), name)


def nobody(name: str) -> bool:
    """Does a word in it show that this is no speaker's name: "Action", "Vote"?"""
    return any(word.rstrip(".").casefold() in _NOBODY for word in name.split())


def _opening_name(text: str, line: Span) -> str | None:
    """The name that a line begins with, behind a date, if it may be a speaker's."""
    dated = DATED.match(text, line.start, line.end)
    start = trimmed(text, dated.end() if dated else line.start, line.end).start
    match = _OPENS.match(text, start, min(line.end, start + _OPENING_LENGTH))
    return match["name"] if match and not nobody(match["name"]) else None


def _present(text: str) -> set[str]:
    """Names in a list such as "Present: RB (chair), Deo, Ada Horn"."""
    match = _PRESENT.search(text, 0, _PRESENT_LENGTH)
    if match is None:
        return set()
    parts = re.split(r",|;| and ", re.sub(r"\([^()\n]{0,80}\)|\*\*", "", match["names"] or match["one"]))
    ones = (_ONE_PRESENT.match(part.strip()) for part in parts)
    return {one[0] for one in ones if one and not nobody(one[0])}
