"""What a SPARQL question may be: short, shallow, and reading this map only.

This is the first wall; the process that answers has no files, no network, little memory and little time.
"""

from __future__ import annotations

import re
from itertools import accumulate

from argmap.errors import QueryError

LONGEST = 20_000  # characters
DEEPEST = 24
MOST_OPERATORS = 800
MOST_CHOICES = 50  # OPTIONAL and UNION

_OUTSIDE = re.compile("SERVICE|LOAD|FROM")
_CHOICES = re.compile("OPTIONAL|UNION")

# What holds words that are no keywords: strings, comments, IRIs, variables, local names, languages, escapes.
# "<" may also be the operator, and then a quote or "#" before the next ">" begins something else. It is an
# IRI for certain where "//" follows a scheme, or where nothing in it could close a bracket or begin a string.
_WORDY = re.compile(
    r"""
      \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
    | \#[^\r\n]*
    | <[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20<>"{}|^`\\]*> | <[\w:./%-]*>
    | [?$@]\w+ | :\w(?:[\w.-]*[\w-])? | \\.
    | (?P<unclear>["'] | <[^\x00-\x20<>]*>)
    """,
    re.VERBOSE | re.DOTALL,
)


def gate(sparql: str) -> None:
    """Let a question pass that only reads the map.

    Raises:
        QueryError: it is too long, too deep, has too many operators, or names another place.
    """
    if len(sparql) > LONGEST:
        raise QueryError(f"a query has at most {LONGEST:,} characters")
    if "\\u" in sparql.lower():
        raise QueryError(r"write characters as they are, not as \u escapes")
    bare = bared(sparql)
    if max(accumulate((sign in "({[") - (sign in ")}]") for sign in bare), default=0) > DEEPEST:
        raise QueryError(f"a query is nested at most {DEEPEST} deep")
    if sum(sign in "!+-*/|^<>=" for sign in bare) > MOST_OPERATORS or _count(bare, _CHOICES) > MOST_CHOICES:
        raise QueryError("the query has too many operators")
    if _count(bare, _OUTSIDE):
        raise QueryError("SERVICE, LOAD and FROM are not allowed: a query reads this map only")


def bared(sparql: str) -> str:
    """The question without its strings, comments and names; as it is, where these are not certain."""
    if any(match["unclear"] for match in _WORDY.finditer(sparql)):
        return sparql
    return _WORDY.sub(" ", sparql)


def _count(bare: str, words: re.Pattern[str]) -> int:
    """How often these letters occur: the engine knows a keyword also where the next word follows at once."""
    return len(words.findall(bare.upper()))
