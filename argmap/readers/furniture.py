# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""Lines that a site puts around posts: buttons, counts of votes, badges, a member's details."""

from __future__ import annotations

import re
from functools import lru_cache

from argmap.model.document import Span
from argmap.readers.turns import lines

_LONGEST = 120
_COUNT = r"[+−–-]?\d[\d.,]{0,8} ?[kKmM]?"
_AGO = r"\d{1,3} ?[a-z]{1,7}\.?(?: ago)?"
_PICTURES = r"[👍👎❤♥💬🚀🎉👀😕😄🔁⭐▲▼△▽⬆⬇⇧⇩↑↓🔼🔽\ufe0f]"
_UNITS = r"(?:up|down|likes?|dislikes?|repl(?:y|ies)|comments?|points?|(?:up|down)?votes?|views?|shares?|reactions?|recommend(?:s|ations?)?|favou?rites?|claps?|hearts?|restacks?|kudos|thanks|reviews?|ratings?|photos?|followers?)"
# Words that alone or in a row make a menu: "permalink embed save report reply".
_BUTTONS = frozenset(
    "reply replies share report like liked dislike upvote downvote award save hide unhide follow permalink link quote multiquote edit "
    "delete flag embed parent context more copy translate recommend helpful vote react thank expand collapse favorite past up down "
    "restack unread source next prev root subscribe ignore block reactions print respond".split()
)
_PHRASE = re.compile(
    rf"(?:(?:read|show|see|view|load|expand|hide) (?:more|less|full comment|(?:all )?(?:\d{{1,6}} )?(?:more )?(?:repl(?:y|ies)|comments?))|"
    rf"click to (?:expand|collapse|reveal)|give award|go to comments|add (?:a )?comment|log ?in to (?:reply|comment|vote)|copy link|mark as .{{1,20}}|"
    rf"(?:reply|quote) to (?:this|post|comment|topic)|report (?:this|post|comment|abuse)|reply with quote|view (?:post|thread|profile)|"
    rf"sign in to .{{1,20}}|translate to .{{1,12}}|was this .{{1,20}} helpful\??(?: yes)?(?: ?/? ?no)?|click to rate|(?:{_COUNT}|one) (?:people|person) found this (?:review )?helpful|(?:(?:share|cite|edit|follow) ){{0,3}}improve this (?:question|answer)(?: follow)?|{_COUNT} {_UNITS}|\d{{1,6}} repl(?:y|ies) by .{{1,60}}|"
    rf"{_PICTURES}{{1,4}} ?{_COUNT}(?: ?{_PICTURES}{{1,4}} ?{_COUNT}){{0,6}}|(?:pinned|liked|reposted) by .{{1,60}}|pinned(?: comment)?)",
    re.IGNORECASE,
)
_AGE = re.compile(r"\d{1,3} ?(?:s|m|h|d|w|y|min|mo|yr)\.?(?: ago)?")
_COUNTED = re.compile(rf"(?:last )?edited(?: {_AGO})?|[+−–-]|{_COUNT}|{_PICTURES}{{1,4}}", re.IGNORECASE)
_FILLER = re.compile(rf"{_AGO}|{_COUNTED.pattern}", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:join(?:ed|[ -]?date)?|registered|member since|posts|messages|threads|reaction score|likes received|karma|reputation|trophy points) ?: ?[\w ,.:/-]{1,80}|"
    r"verified (?:purchase|buyer|customer|owner|review|reviewer)|date of experience: .{1,40}|local guide(?: ?[·,] ?.{1,60})?|[\d.,●•· ]{0,40}\d{1,4} (?:gold|silver|bronze) badges?.{0,60}|"
    r"(?:senior|junior|new|active|full|well-known|super|veteran|registered|premium) (?:member|user)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—=*~]{3,80}|\[[-–+—]\]")
_SUBJECT = re.compile(r"(?:title|subject): re: .{1,100}|re: .{1,100}|.{0,90}\(score: ?-?\d(?:, ?\w{1,20})?\)", re.IGNORECASE)  # fmt: skip
_DRAWN = re.compile(r"[│├└┃┣┗╰┌─↳↪⤷ \t]+")
_SPLIT = re.compile(r"[·•|,()\[\]›»…/]+|[ \t]{2,8}|\.\.\.|[↓↑]$")
# What stands once above all comments, or between the mails of an archive, or above what it names better below.
_ABOVE_ALL = re.compile(
    r"quote:|code:|discussion about this post|comments ?\(\d{1,6}\)|sort(?:ed)? by\b.{0,40}|page \d{1,4} of \d{1,4}\b[\d <>]{0,40}|r/\w{2,30}|"
    r"/?u/[\w-]{2,40} avatar|.{1,40}['’]s (?:user )?avatar|profile badge .{1,80}|level \d{1,2}|"
    r"from \S{1,80}(?: at \S{1,80})? {1,3}(?:mon|tue|wed|thu|fri|sat|sun) \w{3} {1,2}\d{1,2} \d\d:\d\d(?::\d\d)? .{0,20}\d{4}|"
    r"-{2,20} ?(?:original message|forwarded (?:message|by .{1,60})) ?-{2,20}|begin forwarded message:|"
    rf"(?:(?:(?-i:Asked|Modified|Active) (?:(?:\d{{1,3}} \w{{1,8}},? ){{1,3}}ago|today|yesterday)|(?-i:Viewed) {_COUNT} times?)[ \t·]{{0,4}}){{1,3}}|"
    r"\W{0,3}\d[\d,]{0,6} (?:thoughts? on|responses? to|comments?|repl(?:y|ies)|answers?)(?:[ .…(|].{0,80})?",
    re.IGNORECASE,
)
_BADGE = re.compile(
    r"(?:\w{1,12} (?:member|user|moderator|contributor)|"
    r"to \w[\w.@-]{1,40}|click to rate|accepted(?: answer)?|best answer|member|moderator|administrator|admin|site admin|staff|guest|banned|op|author|owner|maintainer|developer|collaborator|contributor|verified|subscriber|"
    r"top (?:\d{1,2}% )?(?:commenter|poster|contributor|fan)|edited|joined|messages|location|comments|restacks|top|newest|oldest|title: .{1,100})",
    re.IGNORECASE,
)
_ENOUGH = 2


@lru_cache(maxsize=2)
def own_lines(text: str) -> tuple[Span, ...]:
    """The text's lines without those a site put there. Cost: linear.

    Buttons and the like count from two on; numbers, dots and badges only beside them, for elsewhere they are words;
    so does an age ("3d") right above buttons.
    """
    every = [line for whole in lines(text) if len(line := _undrawn(text, whole))]
    found = {line.start: _kind(text[line.start : line.end]) for line in every if len(line) <= _LONGEST}
    sure = sum(kind in {"sure", "always"} for kind in found.values()) >= _ENOUGH
    sure = sure or sum(kind == "weak" for kind in found.values()) >= 2 * _ENOUGH
    left_out = {"always", "sure", "weak"} if sure else {"always"}
    kinds = [found.get(line.start) for line in every]
    return tuple(
        line
        for line, kind, below in zip(every, kinds, [*kinds, None][1:], strict=True)
        if kind not in left_out and not (sure and kind == "age" and below == "sure")
    )


def _undrawn(text: str, line: Span) -> Span:
    """A line without the branches of a drawn tree before it: "│  ├─ ann", "↳ ann"."""
    drawn = _DRAWN.match(text, line.start, line.end)
    return Span(drawn.end(), line.end) if drawn else line


def _kind(line: str) -> str | None:
    if _ABOVE_ALL.fullmatch(line):
        return "always"
    if is_menu(line) or any(pattern.fullmatch(line) for pattern in (_FIELD, _RULE, _SUBJECT)):
        return "sure"
    pieces = _pieces(line)
    if _AGE.fullmatch(line):
        return "age"
    weak = _BADGE.fullmatch(line) or all(map(_COUNTED.fullmatch, pieces))
    return "weak" if weak and not line.startswith("#") else None


def is_menu(line: str) -> bool:
    """Is a line nothing but buttons and counts: "Like · Reply · 3 h"?"""
    pieces = _pieces(line)
    if not any(_is_button(piece) for piece in pieces):
        return False
    return all(_is_button(piece) or _FILLER.fullmatch(piece) for piece in pieces)


def _pieces(line: str) -> list[str]:
    return [piece for part in _SPLIT.split(line) if (piece := part.strip(" \t:\ufe0f"))]


def _is_button(piece: str) -> bool:
    return _PHRASE.fullmatch(piece) is not None or set(piece.lower().split()) <= _BUTTONS
