# ruff: noqa: E501  (patterns read best in one piece)
"""Whom a credit names: "an interview with Ada Horn", "Horn's newsletter", "post by an ex-miner", "ada.substack.com"."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĘĚĢĪĮĶĹĽŁŃŇŌŐŒŔŘŚŜŞŠŢŤŪŮŰŲŴŶŹŻŽ]"
NAME = rf"{_CAPITAL}[\w'’-]{{1,30}}(?: (?:{_CAPITAL}[\w'’-]{{1,30}}|{_CAPITAL}\.|de|da|del|der|den|van|von|bin|al)){{1,4}}"
_SINGLE = rf"{_CAPITAL}[\w-]{{1,30}}"
_TOLD = (
    r"(?:interview|conversation|podcast|episode|talk|lecture|chat|q&a|webinar|debate|keynote|seminar|panel|call|speech|evidence|testimony|"
    r"essay|post|article|piece|paper|column|book|review|letter|comment|reply|thread|newsletter|blog|report|thesis|op-ed|slides|remarks?|note|answer|email)"
)
_WITH = re.compile(
    rf"(?i:\b{_TOLD}s?\b[^.;:\n]{{0,50}}? (?:with|w/|by|of|from) (?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?)(?P<name>{NAME})"
)
_OWNS = re.compile(rf"(?P<name>{NAME}|{_SINGLE})['’]s? (?:[\w-]{{1,20}} ){{0,3}}?(?i:{_TOLD})\b")
_CALLED = re.compile(
    r"\b(?:by|from|signed|called|user|commenter|handle|nick|named|by user|by somebody called|by someone called)\b:? "
    r"(?:[\"“‘'](?P<quoted>[^\"”’'\n]{2,40})[\"”’']|(?P<at>@\w[\w.-]{1,30})|(?P<handle>[a-z][\w.-]{2,30}[_\d][\w.-]{0,20}))"
)
_NICK = re.compile(
    r"\b(?:somebody|someone|user|commenter|a certain|one) (?:called|named)? ?[\"“]?(?P<name>[\w.-]{3,30})"
)
_ROLE = re.compile(
    rf"\b{_TOLD} (?:by|with|from) (?:an?|the) (?P<name>[\w-]+(?: [\w-]+){{0,2}})", re.IGNORECASE
)
# Sites where everyone has a name of their own, as a subdomain or as the first part of the path.
_HOSTED = re.compile(
    r"(?P<name>[\w-]+)\.(?:substack|wordpress|blogspot|medium|tumblr|github|ghost|bearblog|typepad|livejournal|dreamwidth|itch|neocities)\.\w[\w.]*"
)
_PATHS = re.compile(
    r"(?:www\.|mobile\.|m\.)?(?:x|twitter|github|medium|bsky|threads|instagram|youtube|tiktok)\.\w+/@?(?P<name>[\w.-]{2,40})"
)
_NO_NAMES = frozenset(
    ["www", "blog", "status", "p", "i", "watch", "web", "home", "search", "channel", "profile"]
)


def credit(words: str) -> str | None:
    """The person a credit names as the one whose words these are; None where it names none for certain."""
    for pattern in (_WITH, _OWNS):
        found = pattern.search(words)
        if found:
            return re.sub(r"['’]s?$", "", found["name"])
    found = _CALLED.search(words)
    if found:
        return (found["quoted"] or found["at"] or found["handle"]).lstrip("@").rstrip(".,")
    nick = _NICK.search(words)
    return (
        nick["name"].rstrip(".,")
        if nick and nick["name"].lower() not in {"called", "who", "from", "else", "in"}
        else None
    )


def role(words: str) -> str | None:
    """Who a credit describes without a name: "post by an ex-miner"."""
    found = _ROLE.search(words)
    return found["name"] if found else None


def host(address: str) -> str | None:
    """Whose site an address is: the name under which a platform hosts it, else the site's own name."""
    try:
        parts = urlsplit(address)
        site = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    found = _HOSTED.fullmatch(site) or _PATHS.match(site + parts.path)
    if found and found["name"] not in _NO_NAMES:
        return found["name"]
    return site or None
