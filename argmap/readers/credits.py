# ruff: noqa: E501  (patterns read best in one piece)
"""Whom a credit names: "an interview with Ada Horn", "Horn's newsletter", "post by an ex-miner"."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from argmap.readers.names import CAPITAL, NAME, TITLE, owner

URL = re.compile(r"https?://[^\s<>\"”)\]]{1,2000}")
_SINGLE = rf"{CAPITAL}[\w-]{{1,30}}"
# What people say or write, and others take notes of.
_TOLD = (
    r"(?:interview|conversation|podcast|episode|talk|lecture|chat|q&a|webinar|debate|keynote|seminar|panel|call|speech|evidence|testimony|"
    r"essay|post|article|piece|paper|column|book|review|letter|comment|reply|thread|newsletter|blog|report|thesis|op-ed|slides|remarks?|note|answer|email|objection|question|message|text|mail|point)"
)
# "an interview with Dr Ada Horn", "slides of Ada Horn".
_WITH = re.compile(
    rf"(?i:\b{_TOLD}s?\b[^.;:\n]{{0,50}}? (?:with|w/|by|of|from) (?-i:(?:{TITLE} )?))(?P<name>{NAME})"
)
# A comment under somebody's post is not his.
_OWNS = re.compile(
    rf"(?P<under>\b(?:in|on|to|under|below|about|against) )?(?P<name>{NAME}|{_SINGLE})['’]s? (?:[\w-]{{1,20}} ){{0,3}}?(?i:{_TOLD})\b"
)
# "by “ann”", "user: @ann", "signed ann_7".
_CALLED = re.compile(
    r"\b(?:by|from|signed|called|user|commenter|handle|nick|named|by user|by somebody called|by someone called)\b:? "
    r"(?:[\"“‘'](?P<quoted>[^\"”’'\n]{2,40})[\"”’']|(?P<at>@\w[\w.-]{1,30})|(?P<handle>[a-z][\w.-]{2,30}[_\d][\w.-]{0,20}))"
)
# "Reply from Jun:", "a message by R.".
_FROM_ONE = re.compile(rf"(?i:\b{_TOLD}s? (?:from|by)) (?P<name>{_SINGLE}|[A-Z]\.)(?=[,.(:]| [a-z(]|$)")
_AT = re.compile(r"\(@(?P<name>\w[\w.-]{1,30})\)")
# "somebody called ann", "commenter ann-7".
_NICK = re.compile(
    r"\b(?:(?:somebody|someone|a user|a commenter|one) (?:called|named)|(?:user|commenter)) [\"“]?(?P<name>[\w.-]{3,30})"
)
# "post by an ex-miner", "interview with the harbour pilot".
_ROLE = re.compile(
    rf"\b{_TOLD} (?:by|with|from) (?:an?|the) (?P<name>[\w-]+(?: [\w-]+){{0,2}})", re.IGNORECASE
)
# Sites where everyone has a name of their own as the first part of the path.
_PATHS = re.compile(
    r"(?:www\.|mobile\.|m\.)?(?:x|twitter|github|medium|bsky|threads|instagram|youtube|tiktok)\.\w+/@?(?P<name>[\w.-]{2,40})"
)
_NO_NAMES = frozenset(
    ["www", "blog", "status", "p", "i", "watch", "web", "home", "search", "channel", "profile"]
)


def credit(words: str) -> str | None:
    """The person a credit names as the one whose words these are; None where it names none for certain."""
    talk = _WITH.search(words)
    found = talk or next((owns for owns in _OWNS.finditer(words) if not owns["under"]), None)
    if found:
        return owner(found["name"])
    found = _CALLED.search(words)
    if found:
        return (found["quoted"] or found["at"] or found["handle"]).lstrip("@").rstrip(".,")
    for pattern in (_NICK, _FROM_ONE, _AT):
        found = pattern.search(words)
        if found:
            return found["name"] if pattern is _FROM_ONE else found["name"].rstrip(".,")
    return None


def without_places(words: str) -> str:
    """The words of a credit without those that say where it stood: "under Horn's post"."""
    return _OWNS.sub(lambda owns: "" if owns["under"] else owns[0], words)


def role(words: str) -> str | None:
    """Who a credit describes without a name: "post by an ex-miner"."""
    found = _ROLE.search(words)
    return found["name"] if found else None


def host(address: str) -> str | None:
    """Whose site an address is: whose page it is on a platform, else the site's own name."""
    try:
        parts = urlsplit(address)
        site = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    found = _PATHS.match(site + parts.path)
    if found and found["name"] not in _NO_NAMES:
        return found["name"]
    return site or None
