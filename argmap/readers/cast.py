# ruff: noqa: E501, SIM905  (lists of words and patterns read best in one piece)
"""Whom notes of a meeting, a lecture or a tour name as speakers: "Mrs Lee moved", "KT: ...", "Deo again - ..."."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from argmap.model.document import Span
from argmap.readers.dates import CALENDAR, WHOLE_DAY
from argmap.readers.names import CAPITAL, SMALL_WORDS, TITLE
from argmap.readers.turns import lines, trimmed

_TITLED = rf"{TITLE} {CAPITAL}[\w'’-]{{1,30}}(?: {CAPITAL}[\w'’-]{{1,30}})?"
_OFFICE = (
    r"(?:The (?:Chair(?:man|woman|person)?|Vice[- ]Chair\w*|Secretary|Treasurer|Clerk|Mayor|President|Convenor|Moderator|Head|Director|Principal|Warden|Bursar)|"
    r"Chair(?:man|woman|person)?)"
)
# "Juror 4", "P2": people who are numbered.
_NUMBERED = r"(?:Juror|Witness|Speaker|Participant|Respondent|Resident|Parent|Student|Member|Panell?ist|Pupil|Patient|Player|Voter) ?#?\d{1,2}|[PRSWJ]\d{1,2}(?=[:. )–—-])"
_PLAIN = rf"{_NUMBERED}|{CAPITAL}[\w'’-]{{1,30}}(?: {CAPITAL}[\w'’-]{{1,30}}){{0,2}}|[A-Z]{{1,4}}|[A-Z]\."
# Any regular verb behind a name, and the irregular ones of saying.
SPOKE = (
    r"(?:said|felt|thought|spoke|took|drew|draws|told|gave|put|had|has|is|would|did not|"
    r"was (?:asked|against|for|in favou?r|not|of)|[a-z]{2,12}(?:ed|es|ts|ks|ns|ls|rs|ds|ms|ps|ys))\b"
)
_MARK = r"(?:[-*•–—+~] |\(?\d{1,3}[.):] |\(?[a-z][.)] |\[[ x]\] )?(?:\[?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?\]?[ :–—-]{1,3})?"
_MORE = r"(?: ?\([^()\n]{1,120}\))?(?:, [^,.:;\n]{1,60},)?"
_ADVERB = r"(?:(?:then|also|again|still|now|duly|later|briefly|strongly) )?"
_TOLD = (
    rf"(?P<colon>(?: [a-z][a-z' ]{{0,24}})?:[*_]{{0,2}}(?=\s|$)|\](?= ))|(?P<spoke>,? {_ADVERB}{SPOKE})|(?P<dash>(?: again| no| yes)?(?: ?[–—] | --? | ?(?:→|->) (?:\w{{1,20}}: )?)(?!\d{{1,2}}:\d\d))|"
    r"(?P<on>, on (?=\w)|,? (?:on (?:the|what|who|how|why|\w+ing)|against|for|in favou?r|in reply|again)\b)"
)
_OPENS = re.compile(
    rf"{_MARK}[*_\[]{{0,2}}(?P<name>{_TITLED}|{_OFFICE}|{_PLAIN})[*_]{{0,2}}(?P<more>{_MORE})(?:{_TOLD})"
)
_LED = re.compile(
    rf"(?P<lead>{CAPITAL}[^.:;!?\n]{{0,80}}, )(?P<name>{_TITLED}|{_OFFICE}|{_PLAIN})(?P<more>{_MORE})(?:{_TOLD})"
)
_BARE = re.compile(rf"(?P<name>{_TITLED}|{_OFFICE}|{_PLAIN})(?P<more>{_MORE})(?:{_TOLD})")
_HEADED = re.compile(
    rf"{_MARK}(?P<lead>[^:.\"“\n]{{0,90}}?)(?:(?P<name>{_TITLED})(?:\)| in [^:\n]{{1,60}})?|(?<=\w )\((?P<inside>{_PLAIN})\)):(?=\s|$)"
)
DATED = re.compile(
    rf"(?:#{{1,6}} )?[*_\[]{{0,2}}{WHOLE_DAY}[.:,]?[*_\]]{{0,2}}[.:,]?(?: [—–-]{{1,2}})?(?=\s|$)"
)
_SURE = re.compile(f"{_TITLED}|{_OFFICE}|{_NUMBERED}")
# A full name above what its bearer said: "Ada Horn (harbour master)".
_HEAD = re.compile(
    rf"^(?:\d{{1,2}}[.)] )?({CAPITAL}[\w'’-]{{1,30}} {CAPITAL}[\w'’-]{{1,30}})(?: ?\([^()\n]{{1,60}}\)[^\n]{{0,40}}|, [^\n.]{{1,60}}|:)?\n[-*•>\"“]",
    re.MULTILINE,
)
_PRESENT = re.compile(
    r"(?:present|attend(?:ees|ance|ing|ed)|in attendance|in the room|participants|people|who)\b[^:\n]{0,30}: ?(?P<names>[^\n]{3,400})|\b(?:1:1|one-to-one|call|meeting|catch-?up|coffee|lunch) with (?P<one>[^\n]{3,60})",
    re.IGNORECASE,
)
_ONE_PRESENT = re.compile(rf"(?P<name>{_TITLED}|{_PLAIN})\b")
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
    """That a sentence is somebody's: who, and how it is told: "spoke", "colon", "dash" or "on"."""

    speaker: str
    how: str
    words: int
    seconds: bool = False


class Cast:
    """The names that recur as speakers, that are listed as present, or that bear a title or an office."""

    def __init__(self, text: str) -> None:
        found: Counter[str] = Counter()
        total = 0
        for span in lines(text):
            total += 1
            dated = DATED.match(text, span.start, span.end)
            start = trimmed(text, dated.end() if dated else span.start, span.end).start
            match = _OPENS.match(text, start, min(span.end, start + 300))
            if match and not nobody(match["name"]):
                found[match["name"]] += 1
        present = _present(text)
        self._known = present | {name for name, count in found.items() if count > 1 or _SURE.fullmatch(name)}
        if 2 * found.total() > total:
            self._known |= found.keys()
        heads: set[str] = set(_HEAD.findall(text)) | {name for name in present if " " in name}
        self._full = {part: name for name in sorted(heads) for part in (name.split()[0], name.split()[-1])}

    def full(self, name: str) -> str:
        """The full name, from a line of its own, of whom the notes then call by one of its parts."""
        return self._full.get(name, name)

    def opens(self, text: str, line: Span) -> Speech | None:
        """Whose a line is by its first words."""
        match = _OPENS.match(text, line.start, line.end)
        told = self._speech(match) if match else None
        if told:
            return told
        headed = _HEADED.match(text, line.start, min(line.end, line.start + 160))
        return Speech(headed["name"] or headed["inside"], "colon", headed.end()) if headed else None

    def told(self, text: str, sentence: Span) -> Speech | None:
        """Whose a sentence is, wherever it stands in its line."""
        for pattern in (_BARE, _LED):
            match = pattern.match(text, sentence.start, sentence.end)
            speech = self._speech(match) if match else None
            if speech:
                return speech
        return None

    def _speech(self, match: re.Match[str]) -> Speech | None:
        if not self.knows(match["name"]):
            return None
        how = str(match.lastgroup)
        begin = match.end() if how in {"colon", "dash"} else match.start("name")
        return Speech(self.full(match["name"]), how, begin, "seconded" in match[0])

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


def _present(text: str) -> set[str]:
    """Names in a list such as "Present: RB (chair), Deo, Ada Horn"."""
    match = _PRESENT.search(text[:2000])
    if match is None:
        return set()
    parts = re.split(r",|;| and ", re.sub(r"\([^()\n]{0,80}\)|\*\*", "", match["names"] or match["one"]))
    ones = (_ONE_PRESENT.match(part.strip()) for part in parts)
    return {one["name"] for one in ones if one and not nobody(one["name"])}
