# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""Who takes part in a conversation, read from how people are introduced and addressed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MOST = 12
_NOT_NAME = frozenset(
    "The This That These Those And But So Well Yes Yeah Okay Ok Um Uh Oh Ah Hey Hi Hello Today Now Thank Thanks Welcome "
    "What When Where Why How Who If It Its He She They We You I Im In On At For From To Of As Is Are Was Not No Nope "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September "
    "October November December Senior Chief Professor Director Dr Mr Mrs Ms Prof Right Sure Alright All Maybe Both "
    "Everyone Everybody Folks Absolutely Exactly Great Good Wait Imagine Because Also Again Like Let There Then Do Does Did Can Could "
    "Would Should University Institute College Times Podcast Show Wow Ha Hmm Hm My Our Your His Her Their With Just "
    "Honestly Actually Look Listen See Sorry Or Yep Fine Morning Literally Really First Second Finally Last Next God "
    "By Between Even Only Some Any Every Each Before After Once While Since Until Anyway Though Still Here Number".split()
)
_TITLES = "Professor Senator Doctor Councillor Minister Judge Sister Father Honorable Honourable Baroness Lord Lady Sir Dame Captain Sergeant Detective Chef Coach Reverend Rabbi Governor Mayor".split()
_TITLE = rf"(?:(?:Dr|Prof|Mr|Mrs|Ms|Rev)\.?\s+|(?:{'|'.join(_TITLES)})\s+)"
# No word of a name: so "And Professor Ann Lee" is a title and a name, not a name of three words.
_NO_WORD = rf"(?!(?:{'|'.join(sorted({*_NOT_NAME, *_TITLES}))})\b(?!['’-]))"
# Latin letters with any mark; whether a marked one is a capital, `_may_name` asks.
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ɏ][a-zA-ZÀ-ÿĀ-ɏ'’-]{1,24}"
_PARTICLE = "de van von der den ter la bin al da".split()
_PARTICLES = rf"(?:(?:{'|'.join(_PARTICLE)}|O['’])\s+){{0,2}}"
_FULL = rf"{_TITLE}?(?P<name>{_NO_WORD}{_WORD}(?:\s+{_PARTICLES}{_NO_WORD}{_WORD}){{1,2}})"
_TITLED = re.compile(rf"{_TITLE}$")
_ANY_FULL = re.compile(rf"\b{_FULL}")
_ANY_NAME = re.compile(rf"\b(?P<title>{_TITLE})?(?P<name>{_WORD})")
_I_AM = r"\b(?:I['’]m|I\s+am|I['’]ve\s+been|[Mm]y\s+name\s+is|[Mm]y\s+name['’]s|I['’]m\s+your\s+host,?|[Yy]our\s+host,?)\s+"
_SELF = re.compile(_I_AM + _FULL)
# "Ann Lee, I teach history": somebody of the audience, or a round of introductions.
_SELF_AT_START = re.compile(rf"^{_FULL}(?:,\s+I(?:['’]m|['’]ve)?\s|\s+here[,.!])")
_SELF_FIRST = re.compile(rf"{_I_AM}(?P<name>{_WORD})(?=[,.!]|\s+and\b|$)")
# Whoever is welcomed so takes part, though nobody ever calls on him.
_HERE = (
    r"joined\s+(?:\w+\s+){0,3}by",
    r"join(?:ing|s)?\s+(?:me|us)\s+(?:\w+\s+){0,4}(?:is|are)",
    r"with\s+(?:me|us)\s+(?:\w+\s+){0,4}(?:is|are)",
    r"(?:my|our)\s+(?:\w+\s+){0,2}guests?\s*(?:\w+\s+){0,2}(?:is|are)",
    r"(?:across\s+from|beside|next\s+to|opposite)\s+(?:me|us|him|her)(?:,|,?\s+(?:is|are)|,?\s+[^,.]{1,30},)",
    r"sit(?:ting)?\s+(?:down\s+)?(?:here\s+)?with",
    r"please\s+welcome",
    r"welcome",
    r"we\s+have",
    r"(?:I|we)['’]ve(?:\s+also)?\s+got",
    r"(?:I|we)['’](?:m|re)(?:\s+here)?\s+with",
    r"(?:bring|brought)\s+in",
    r"(?:you['’]ve\s+been\s+hearing\s+from|(?:my\s+|big\s+|many\s+)?thanks\s+to|thank\s+you(?:\s+to)?,?|thanks,)",
)
_PRESENTED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{'|'.join(_HERE)})\s+{_FULL}",
        rf"^(?:(?:And|So|Okay|Ok|Well|Now|Alright|All\s+right),?\s+)?{_FULL},?\s+(?:welcome|thanks|thank\s+you|hello|hi|good\s+(?:morning|evening|afternoon|to))\b",
    )
)
_INTRODUCED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_FULL},?\s+(?:who\s+)?(?:is|was|are|has|had|sat|ran|led|wrote|spent|[a-z]{{2,14}}(?:[^s\W]s|ed))\b",
        rf"\b{_FULL}['’]s\s+(?:a|an|the|our|been|got|with|from|here)\b",
        rf"\b{_FULL}\s+from\s+(?:the|our)\b",
        rf"\b{_FULL},\s+(?:who|whose|she|he|she['’]s|he['’]s|a|an|the|our|you|author|professor|director|head|chief|senior|co-?founder|founder|partner|editor|vice|from|of|formerly|distinguished|principal|also|here|[A-Z]\w+\s+(?:at|of|on|for))\b",
        rf"^(?:And\s+|Also,?\s+)?{_FULL}[.!]?$",
        rf"\b(?:speaking|talking)\s+(?:with|to)\s+{_FULL}",
    )
)
_PARTING = re.compile(r"\b(?:thank|thanks|pleasure|joining)\b", re.IGNORECASE)
# Before and after what is named as people are, but is none: "a Senior Food Scientist", "Long Way Round, the show".
_THING_BEFORE = re.compile(
    r"\b(?:an?|the|our|his|her|their|today['’]s|more)\s+(?:[A-Z]\w+\s+)?$", re.IGNORECASE
)
_THING_AFTER = re.compile(
    r",?\s+(?:the|a|an|our|your|is\s+(?:the|a|our|your))\s+(?:\w+\s+)?(?:show|podcast|program(?:me)?|series|place|hour)\b"
)
_AND_NAME = re.compile(rf"(?:,\s+(?:and\s+)?|\s+and\s+){_FULL}")
_SHOW = re.compile(
    r"\b(?:welcome|host|show|episode|podcast|program|programme|series|listening|today)\b", re.IGNORECASE
)
_THANKED = re.compile(rf"\bfor\s+having\s+(?:me|us)(?:\s+(?:on|back|here))?,\s+(?P<name>{_WORD})\b")
_GREETED = re.compile(
    rf"(?:\b(?:[Mm]orning|[Ee]vening|[Aa]fternoon|[Tt]hanks|[Tt]hank\s+you|[Hh]i|[Hh]ello|[Hh]ey|(?:come|jump)\s+in(?:\s+(?:here|there))?),?\s+)(?P<name>{_WORD})(?=[,.!?]|$)"
)
_BEFORE_CALL = re.compile(
    r"(?:^|[,.?!:–—-]\s*|\b(?:um|uh|so|and|okay|ok|maybe|guess|well|yeah|thanks|you|mean|but|hey|hi|right|hello|now|again|if|then|no|yes|oh|morning|evening|afternoon)\s+)$",
    re.IGNORECASE,
)
_AFTER_CALL = re.compile(
    r"(?:['’]s\s+got|\s+has|\s+have)\s+(?:\w+\s+)?(?:views?|thoughts?|takes?|opinions?|something)\b"
    r"|(?!,\s+(?:who|whose)\b)[,.?!]|$|[–—-]|\s+(?:maybe|first|go|I['’]ll|I['’]m|what|how|why|where|do|did|can|could|would|you|tell|welcome|to\s+push|let['’]?s?)\b"
)
_SPOKEN_TO = re.compile(
    rf"(?:^|[,.?!]\s+|\b(?:[Ss]o|[Aa]nd|[Ww]ell|[Oo]kay|[Mm]aybe|[Gg]uess)\s+)(?P<name>{_WORD}),\s+"
    r"(?:maybe\s+)?(?:I['’]ll|I['’]m\s+curious|I\s+want|what|how|why|do|did|can|could|would|are|is|you|your|tell|welcome|thank|let|where|when|start)\b"
)
_LOWER = re.compile(r"\b[a-zß-ÿ][\w'’]{1,24}")
_NEAR = 400
_OFTEN_CALLED = 2
# Sentences between introductions of people who take part together.
_COMPANY = 3
# Full names count as introductions there: the first sentences, as a share and at least so many.
_OPENING = (0.2, 25)
# Names count as thanked there: the last sentences, as a share and at least so many.
_CLOSING = (0.08, 12)
_CONTRACTED = re.compile(r"['’](?:ll|m|ve|d|re|t)$")
# Names that are common words too: at the start of a sentence only before a comma or a stop.
_WORD_TOO = frozenset(
    "Will May Mark Grace Rose Art Pat Bill Drew Hope Faith Joy Dawn Frank Grant Chase Skip Rich".split()
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a conversation; place 0 is the host.

    Args:
        names: full names; None for a host or a guest without one.
        aliases: first name or other part of a name -> place.
    """

    names: tuple[str | None, ...]
    aliases: dict[str, int]

    def mentioned(self, sentence: str) -> list[tuple[int, int, int]]:
        """(place, start, end) of every participant's name in a sentence, in order; a full name counts once."""
        found: list[tuple[int, int, int]] = []
        for match in _names_in(sentence):
            place = self.aliases.get(_bare(match["name"]))
            if place is None:
                continue
            end = match.start("name") + len(_bare(match["name"]))
            if found and found[-1][0] == place and match.start() - found[-1][2] <= 2:
                found[-1] = (place, found[-1][1], end)
            else:
                found.append((place, match.start(), end))
        return found


@dataclass(slots=True)
class _Heard:
    """What the sentences say about names: counts of each, by how it is used."""

    spelled_out: Counter[str] = field(default_factory=Counter)
    introduced: Counter[str] = field(default_factory=Counter)
    presented: Counter[str] = field(default_factory=Counter)
    amid: Counter[str] = field(default_factory=Counter)
    thanked: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)
    spoken_to: Counter[str] = field(default_factory=Counter)
    greeted: Counter[str] = field(default_factory=Counter)
    self_named: list[str] = field(default_factory=list)

    def points(self, name: str) -> int:
        """How much speaks for a full name's being that of somebody who takes part; 2 is enough."""
        first, *_, last = name.split()
        calls = self.called[first] + self.called[last]
        welcome = (self.presented[name] > 0) + (self.thanked[first] + self.thanked[last] > 0)
        close = calls + welcome + (self.amid[name] > 0)
        return close and close + (self.introduced[name] > 0)

    def is_called(self, word: str) -> bool:
        """Is a first name that of somebody who takes part?"""
        often = self.spoken_to[word] >= _OFTEN_CALLED or self.called[word] > _OFTEN_CALLED
        return often or (self.called[word] > 0 and self.thanked[word] > 0)


def cast(sentences: Sequence[str]) -> Cast:
    """The host and guests: who introduces himself beside a word of welcome, who is introduced and called out."""
    heard = _heard(sentences)
    host = _host(sentences)
    named = sorted(heard.spelled_out, key=lambda name: heard.introduced[name] == 0)
    full = [name for name in named if heard.points(name) >= _OFTEN_CALLED]
    full += [name for sentence in sentences for name in _self_named(sentence) if name not in full]
    known = {part for name in [*full, host or ""] for part in name.split()}
    words = {word for sentence in sentences for word in _LOWER.findall(sentence)}
    bare = [
        word
        for word in dict.fromkeys([*heard.spoken_to, *heard.called])
        if word not in known and word.lower() not in words and heard.is_called(word)
    ]
    bare += [word for word in heard.self_named if word not in known and word not in bare]
    greeted = [word for word, _ in heard.greeted.most_common() if word not in known]
    host = host or next(iter(greeted), None)
    order = {name: place for place, name in enumerate(heard.spelled_out)}
    guests = sorted(
        _distinct([name for name in full + bare if name != host], host),
        key=lambda name: order.get(name, len(order)),
    )
    return _with_aliases(host, guests[: MOST - 1] or [None], heard.called)


def _heard(sentences: Sequence[str]) -> _Heard:
    heard = _Heard()
    opening = max(_OPENING[1], _OPENING[0] * len(sentences))
    closing = len(sentences) - max(_CLOSING[1], _CLOSING[0] * len(sentences))
    last: dict[str, int] = {}
    for place, sentence in enumerate(sentences):
        heard.spelled_out.update(_full_names(sentence))
        welcome = list(_named_by(_PRESENTED, sentence))
        introduced = [*_named_by(_INTRODUCED, sentence), *welcome]
        heard.introduced.update(introduced)
        if place < opening:
            _note_company(heard, last, place, introduced)
        if place < opening or place >= closing:
            heard.presented.update(welcome)
        heard.called.update(_called(sentence))
        heard.spoken_to.update(_first_names(_SPOKEN_TO, sentence))
        heard.greeted.update(_first_names(_GREETED, sentence))
        if place >= closing and _PARTING.search(sentence):
            heard.thanked.update(_bare(match["name"]) for match in _names_in(sentence))
        heard.self_named += _first_names(_SELF_FIRST, sentence) if place < opening else []
    return heard


def _note_company(heard: _Heard, last: dict[str, int], place: int, introduced: Sequence[str]) -> None:
    """People who are introduced one after the other belong to one table; ``last``: name -> where it was."""
    if not introduced:
        return
    last.update(dict.fromkeys(introduced, place))
    near = [name for name, at in last.items() if place - at <= _COMPANY]
    if len(near) > 1:
        heard.amid.update(near)


def _host(sentences: Sequence[str]) -> str | None:
    """Who introduces himself beside "welcome", or is thanked "for having me"."""
    votes: Counter[str] = Counter()
    for place, sentence in enumerate(sentences):
        near = " ".join(part[:_NEAR] for part in sentences[max(0, place - 1) : place + 2])
        hosting = _SHOW.search(near) is not None
        for name in _self_named(sentence):
            votes[name] += 3 if hosting else 1
        for name in _first_names(_SELF_FIRST, sentence) if hosting else ():
            votes[name] += 2
        votes.update(_first_names(_THANKED, sentence))
    best = votes.most_common(1)
    return best[0][0] if best else None


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _may_name(word: str) -> bool:
    """Can this capitalised word be part of a name?"""
    return (
        word[0].isupper() and word not in _NOT_NAME and word not in _TITLES and not _CONTRACTED.search(word)
    )


def _first_names(pattern: re.Pattern[str], sentence: str) -> list[str]:
    """What a pattern for a single name finds."""
    return [match["name"] for match in pattern.finditer(sentence) if _may_name(match["name"])]


def _names_in(sentence: str) -> Iterator[re.Match[str]]:
    """Every capitalised word that may be a name, with the title before it."""
    for match in _ANY_NAME.finditer(sentence):
        word = _bare(match["name"])
        starts = match.start() == 0 and sentence[match.end() : match.end() + 1] == " "
        if _may_name(word) and not (starts and word in _WORD_TOO):
            yield match


def _clean(name: str) -> str | None:
    """A name with single spaces and no "And" before it, or None where a word of it cannot be part of a name."""
    parts = [_bare(part) for part in name.split()]
    if parts[0] in _NOT_NAME:
        del parts[0]
    if len(parts) < 2 or not all(_may_name(part) or part in _PARTICLE for part in parts):
        return None
    return " ".join(parts)


def _full_names(sentence: str) -> Iterator[str]:
    names = (_clean(match["name"]) for match in _ANY_FULL.finditer(sentence))
    return (name for name in names if name)


def _self_named(sentence: str) -> Iterator[str]:
    return _named_by((_SELF, _SELF_AT_START), sentence)


def introduces(sentence: str) -> bool:
    """Does this sentence introduce somebody by full name?"""
    return next(_named_by((*_INTRODUCED, *_PRESENTED), sentence), None) is not None


def _named_by(patterns: Iterable[re.Pattern[str]], sentence: str) -> Iterator[str]:
    """Full names in the forms of some patterns, and those that follow by "and"."""
    for pattern in patterns:
        for match in pattern.finditer(sentence):
            name = _clean(match["name"])
            if name is None or _is_thing(sentence, match):
                continue
            yield name
            after = _AND_NAME.match(sentence, match.end("name"))
            while after:
                other = _clean(after["name"])
                if other:
                    yield other
                after = _AND_NAME.match(sentence, after.end())


def _is_thing(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[max(0, match.start("name") - 24) : match.start("name")]
    if _THING_BEFORE.search(before) and not _TITLED.search(before):
        return True
    return _THING_AFTER.match(sentence, match.end("name")) is not None


def is_vocative(sentence: str, start: int, end: int) -> bool:
    """Is the name at these places called out ("Kate, what ..."), not talked about ("I agree with Kate")?"""
    before, after = sentence[max(0, start - 24) : start], sentence[end : end + 24]
    return _BEFORE_CALL.search(before) is not None and _AFTER_CALL.match(after) is not None


def _called(sentence: str) -> Iterator[str]:
    """Every capitalised word that is called out."""
    for match in _names_in(sentence):
        if is_vocative(sentence, match.start(), match.start("name") + len(_bare(match["name"]))):
            yield _bare(match["name"])


def _distinct(names: list[str], host: str | None) -> list[str]:
    """Names without those that are part of another one, or have the first name of one better known."""
    kept: list[str] = []
    for name in names:
        others = [*kept, *([host] if host else [])]
        if not any(_is_same(name, other) for other in others):
            kept.append(name)
    return kept


def _is_same(name: str, other: str) -> bool:
    """Part of the other name, or with its first name, or short for it ("Gwen" for Gwendolyn)."""
    parts, others = name.split(), other.split()
    short = len(parts) == 1 and others[0].startswith(name)
    return set(parts) <= set(others) or parts[0] == others[0] or short


def _with_aliases(host: str | None, guests: Sequence[str | None], called: Iterable[str]) -> Cast:
    """Every part of a name that no two people share is an alias, and every short form that is called out."""
    names = (host, *guests)
    known = [(place, name.split()) for place, name in enumerate(names) if name]
    count = Counter(part for _, parts in known for part in set(parts))
    aliases = {part: place for place, parts in known for part in parts if count[part] == 1 and len(part) > 2}
    for word in called:
        meant = [place for place, parts in known if parts[0].startswith(word)]
        if len(meant) == 1 and len(word) > 2:
            aliases.setdefault(word, meant[0])
    return Cast(names, aliases)
