# ruff: noqa: E501  (patterns read best in one piece)
"""Who the labels of a transcript mean: "LECTURER (Dr. Ann Lee)", "DR. LEE" and "ANN" are one person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from argmap.model.document import Span
from argmap.readers.names import TITLES

_TITLES = frozenset(map(str.casefold, TITLES)) | {"hon"}
# Offices and parts: what stands in brackets behind one is the name of whoever holds it.
_ROLE = re.compile(
    r"(?:(?:the|vice|deputy|acting|madam|co|lord|clerk|prime|first|attorney|under|shadow|general|chief|of|state|for|city|town|county|board)[ -]){0,8}"
    r"(?:moderator|chair(?:man|woman|person)?|lecturer|(?:co-?)?host|speaker|interviewer|interviewee|president|mayor|clerk|presenter|anchor|"
    r"facilitator|court|judge|witness|reporter|secretary|minister|chancellor|general|solicitor|leader|narrator|guest|panell?ist|professor|"
    r"manager|director|attorney|operator|commissioner|superintendent|treasurer|counsel)(?: (?:\d{1,2}|[a-z]|pro tem\.?|(?:of|for) .{1,60}))?",
    re.IGNORECASE,
)
# A text with more "speakers" is a list, whose lines need no comparing.
_MOST = 200
_PERSON = re.compile(r"(?:[A-Z][a-z]{1,10}\.? )?[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){1,3}")
_TOKEN = re.compile(r"[\w'’-]+")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Ww]e|[Oo]ur|me|us)\b")
_LOWER = re.compile(r"\b[a-z][\w'’-]{1,30}")
_SMALL = frozenset(["in", "on", "at", "the", "of", "with", "from", "and", "no", "a"])


def speakers(labels: Sequence[tuple[str, str]], known: Iterable[str] = ()) -> list[str]:
    """The speaker for each label and what stands in brackets behind it.

    A bracket counts only behind an office ("The Mayor (Ann Lee)"); elsewhere it holds a party or an aside. A short
    name becomes the longer one that the labels give elsewhere, or, a first name or a surname, that of a known person.

    Args:
        known: full names of those who take part, as far as the words say.
    """
    held = {name: aside for name, aside in reversed(labels) if is_role(name) and _is_person(aside)}
    names = {name for name, _ in labels}
    if len(names) > _MOST:
        return [name for name, _ in labels]
    plain = {name: held.get(name) or _without_office(name, names) for name in names}
    full = set(plain.values())
    resolved = {name: _longer(given, full, set(known)) for name, given in plain.items()}
    return [resolved[name] for name, _ in labels]


def is_role(name: str) -> bool:
    """Is a label an office or a part in the conversation, not a name: "MODERATOR", "The Mayor"?"""
    return _ROLE.fullmatch(name) is not None


def are_people(names: Collection[str], text: str) -> bool:
    """Does the text write no word of most of these names small, as it does those of "Running Costs"? Cost: linear."""
    small = {match[0] for match in _LOWER.finditer(text)}
    common = sum(any(word[0].isupper() and word.lower() in small for word in one.split()) for one in names)
    return len(names) > 1 and 2 * common < len(names)


def speak_as_i(text: str, stretches: Sequence[Span]) -> bool:
    """Do most of these stretches hold "I" or "we"?"""
    selves = sum(_FIRST_PERSON.search(text, span.start, span.end) is not None for span in stretches)
    return 3 * selves >= 2 * len(stretches)


def _is_person(aside: str) -> bool:
    words = aside.split()
    return _PERSON.fullmatch(aside) is not None and all(word[0].isupper() for word in (words[0], words[-1]))


def _without_office(name: str, names: set[str]) -> str:
    """ "ANN LEE, MAYOR" is "ANN LEE" where she is called "LEE" or "ANN LEE" elsewhere."""
    person, comma, _ = name.partition(",")
    again = comma and (person in names or person.split()[-1] in names)
    return person if again else name


def _longer(name: str, full: set[str], known: set[str]) -> str:
    """The one longer name that begins or ends with this one, without its titles; else the name itself."""
    own = _tokens(name)
    if not own or is_role(name):
        return name
    among = [other for other in full if _is_part(own, _tokens(other)) and not is_role(other)]
    if not among and len(own) == 1 and len(name.split()) == 1:
        among = [other for other in known if _is_part(own, _tokens(other))]
    return among[0] if len(among) == 1 else name


def _is_part(short: list[str], long: list[str]) -> bool:
    if not len(short) < len(long) <= len(short) + 2 or set(long) & _SMALL:
        return False
    return long[: len(short)] == short or long[-len(short) :] == short


def _tokens(name: str) -> list[str]:
    found = [token.casefold() for token in _TOKEN.findall(name)]
    return [token for token in found if token not in _TITLES]
