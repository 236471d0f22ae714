# ruff: noqa: E501  (patterns read best in one piece)
"""Signatures: whose the words above a dash and a name are, "— Ada Horn, Leeds"."""

from __future__ import annotations

import re

from argmap.readers.names import NAME

_DASH = r"[—–-]{1,3} ?"
# "— Ada Horn, Leeds", "- @ann": a line at the end of a text or of a quotation.
_ENDING = re.compile(rf"{_DASH}(?P<value>[^\n]{{1,80}})")
# "-- u/ann, Leeds": one of many lines, where a single hyphen begins an item of a list.
_POST = re.compile(
    rf"(?!-[^-]){_DASH}(?:u/|@)?(?P<name>[^\W\d_][\w.'’-]{{0,30}}(?: [\w.'’-]{{1,30}}){{0,3}})(?:, (?P<more>[^\n]{{1,60}}))?"
)
# "— Ada Horn, Bridges, p. 3", "> -- Sam Lee (1998)": a line below words in quotation marks or behind ``>``.
_BELOW = re.compile(rf"(?:> ?)?{_DASH}(?P<name>{NAME})(?=$|,| \()")
# " (Ada Horn, by phone)", " (Horn 1998)", " — Ada Horn": in one line with the closing mark.
_BEHIND = re.compile(
    rf" ?\((?P<name>{NAME}|[A-Z][\w'’-]{{2,30}}(?=,? \d{{4}}|, p))(?:,? [^()\n]{{1,80}})?\)|\s{{0,2}}{_DASH}(?P<dashed>{NAME})"
)


def behind_dash(line: str) -> str | None:
    """What stands behind the dash of a line at the end: "Ada Horn, Leeds"; None without a dash."""
    match = _ENDING.fullmatch(line)
    return match["value"] if match else None


def post_signer(line: str) -> tuple[str, str | None] | None:
    """Who signs the post above this line, and what he adds behind a comma; None for any other line."""
    match = _POST.fullmatch(line)
    return (match["name"], match["more"]) if match else None


def quotation_signer(line: str) -> str | None:
    """Who is named below a quotation by a line such as "— Ada Horn, Bridges"; None for any other line."""
    match = _BELOW.match(line)
    return match["name"] if match else None


def named_behind(words: str, quotation: int) -> str | None:
    """Who is named right behind a quotation that ends at this place; None where nobody is."""
    match = _BEHIND.match(words, quotation)
    return match["name"] or match["dashed"] if match else None
