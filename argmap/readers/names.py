# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""How names of people are written: capitals, titles, particles, and the words that are none."""

from __future__ import annotations

import re

from argmap.readers.dates import CALENDAR

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĘĚĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŜŞŠŢŤŪŮŰŲŴŶŹŻŽ]"
TITLES = (
    "Mr Mrs Ms Miss Mx Dr Prof Professor Cllr Councillor Councilman Councilwoman Councilmember Rev Revd Reverend Sir Dame Lord "
    "Lady Baroness Alderman Senator Sen Representative Rep Judge Justice Commissioner Mayor Captain Father Rabbi"
).split()
TITLE = rf"(?:{'|'.join(TITLES)})\.?"
# A word of a name, and a full name: two words at least.
PART = rf"{CAPITAL}[\w'’-]{{1,30}}"
NAME = rf"{PART}(?: (?:{PART}|{CAPITAL}\.|de|da|del|der|den|van|von|bin|al)){{1,4}}"
MARKUP = " \t*_#>[]|~"
# Words that a sentence begins with, not a name.
SMALL_WORDS = frozenset(
    "he she they the a an and of in on at to for from with by my our your we i it this that what who how why when is are not no yes "
    "me us you all".split()
)
_NO_NAMES = SMALL_WORDS | CALENDAR | frozenset(["anonymous", "staff", "email", "mail", "post", "note"])
_PARTICLES = re.compile(
    r"(?:de|da|del|della|di|du|van|von|der|den|la|le|bin|ibn|al|el|y|and|&|of)", re.IGNORECASE
)
_TOKEN = re.compile(r"[^\W\d_][\w.'’-]{0,30}")
_GENITIVE = re.compile(r"['’]s?$")


def name(words: str) -> str | None:
    """The person's name these words are ("Dr Ada van Horn"), or None; capitals throughout are lowered."""
    words = words.strip(MARKUP + ".,:;\"“”'")
    tokens = words.split()
    if not 0 < len(tokens) <= 6 or not all(_TOKEN.fullmatch(token) or token == "&" for token in tokens):
        return None
    names = [token for token in tokens if not _PARTICLES.fullmatch(token)]
    if len(names) < (len(tokens) + 1) // 2 or any(not token[0].isupper() for token in names):
        return None
    if any(token.casefold() in _NO_NAMES for token in names) or (
        _PARTICLES.fullmatch(tokens[0]) and tokens[0].islower()
    ):
        return None
    long = words.isupper() and len(words) > 4
    return " ".join(lowered(token) if long else token for token in tokens)


def lowered(token: str) -> str:
    """A word in capitals as it is written in a name: "HORN" is "Horn", "A.B." stays."""
    return token if "." in token else "-".join(part.capitalize() for part in token.split("-"))


def owner(words: str) -> str:
    """A name without the ending that makes it an owner's: "Horn's" is "Horn"."""
    return _GENITIVE.sub("", words)
