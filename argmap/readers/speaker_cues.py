# ruff: noqa: E501, SIM905  (patterns and lists of words read best in one piece)
"""What a sentence of a conversation shows: named cues in its words, which `speaker_evidence` puts into context."""

from __future__ import annotations

import re
from dataclasses import dataclass

from argmap.readers.participants import introduces

_Pattern = re.Pattern[str]
_FILLERS = frozenset({"um", "uh", "er", "eh"})
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_LENGTHS = (1, 2, 4, 8, 15, 30)
_TOKENS = {
    "you": frozenset("you your you're you've you'd".split()),
    "I": frozenset("i i'm i've i'd i'll my me".split()),
    "we": frozenset("we our we're we've us we'd".split()),
}
_COMMON = frozenset(
    "the a an and or but so of to in on at for with from by is are was were be been it its it's it that that's this these those "
    "i you he she they we i'm you're we're they're he's she's my your our their his her not no don't do does did have has had "
    "would could can will just like um uh yeah okay well as if then than there there's what which who how why when about all "
    "some any more most one i've we've i'd i'll get got know think mean really very kind because up out into them him me us".split()
)
_LEAD_IN = r"^(?:(?:um|uh|well|yeah|okay|oh|hm|no|sure|look|see|but|and|so),? )*"


def _cues(**patterns: str) -> dict[str, _Pattern]:
    return {name.replace("_", " "): re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


# Anywhere in a sentence: formulae of whoever leads the conversation, and of those who answer.
_ANYWHERE = _cues(
    hands_over=r"\b(?:turn|toss|kick|throw|hand|pass|bring|go|come|get)\s+(?:it|this|that|things)?\s*(?:back\s+|over\s+)?(?:over\s+)?to\s+you\b",
    welcomes=r"\b(?:welcome\s+(?:back\s+)?to|welcome\s+to\s+the\s+show|on\s+the\s+show|this\s+(?:week|episode)|today['’]s\s+(?:episode|show|guest))\b",
    thanks_guests=r"\b(?:thanks|thank\s+you)\s+(?:so\s+much\s+)?for\s+(?:joining|listening|tuning|watching|being|coming)\b",
    agenda=r"\b(?:listeners|panel(?:ists?)?|our\s+(?:next|last|first|second|third|final)\s+(?:topic|question|story|segment)|next\s+topic|apple\s+podcasts)\b",
    moves_on=r"\b(?:move|moving)\s+(?:us\s+)?on\b|\b(?:want(?:ed)?\s+to|i['’]?ll|let['’]s)\s+(?:kind\s+of\s+|just\s+|really\s+|quickly\s+)*(?:start|touch|focus|move|ask|talk\s+about|turn|switch|wrap|close|bring)\b",
    curious=r"\b(?:i['’]m|i\s+am|kind\s+of|i\s+was)\s+(?:kind\s+of\s+|also\s+|just\s+)*(?:curious|wondering)\b|\bcurious\s+(?:if|about|how|what)\b",
    asks_view=r"\b(?:what|how)(?:['’]s|\s+is|\s+are|\s+do|\s+did|\s+would|\s+about)?\s+(?:you|your)\b|\bdo\s+you\s+(?:think|feel|see|agree|worry|believe)\b|\btell\s+us\b|\bwalk\s+(?:us|me)\s+through\b",
    names_question=r"\b(?:the|my|last|final|a)\s+question\b|\bask\s+you\b|\bi\s+guess\b",
    farewell=r"\b(?:next\s+(?:week|time|month)|until\s+then|good\s*bye|see\s+you|all\s+we\s+have\s+time|out\s+of\s+time)\b",
    you_said=r"\byou\s+(?:said|mentioned|told|wrote|argued|didn['’]t|did|once|were|work|have\s+(?:said|written|argued))\b",
    show=r"\b(?:today|tonight|show|episode|podcast|listeners?|audience|topic|story|minutes|time|next week)\b",
    announces=r"\b(?:(?:next|first|second|third|fourth|last|final|another|other|new)\s+(?:topic|story|segment|question|announcement)|mov(?:e|ing)\s+(?:us\s+)?on|move\s+us|switch\s+gears|today['’]s\s+(?:show|episode|topic))\b",
    thanks_host=r"\b(?:thanks|thank\s+you|glad|happy|great|pleasure)\b.{0,20}\b(?:having\s+(?:me|us)|to\s+be\s+here)\b",
    agrees_with=r"\b(?:i['’]ll\s+second|i\s+agree\s+with|building\s+on\s+(?:that|what)|to\s+add\s+to|i['’]d\s+add|(?:great|good)\s+question|to\s+your\s+(?:point|question)|as\s+you\s+(?:said|mentioned))\b",
    own_work=r"\b(?:our|my)\s+(?:colleagues?|team|lab|research|company|work|book|paper|clients?|students?|customers?|patients?)\b|\bi\s+work\s+(?:with|on|in)\b|\bwe['’](?:ve|re)\s+(?:built|found|seeing|seen|working)\b",
    opinion=r"\bi\s+(?:think|feel|would\s+say|['’]d\s+say)\b",
    concedes=r"\b(?:fair (?:point|enough|hit)|that['’]s (?:fair|true|right|a good|a fair)|i['’]ll give (?:you|him|her)|you['’]re right|he['’]s right|she['’]s right|is right|i (?:do |fully |completely |mostly )?agree|i['’]d (?:sign|take|go with|vote for)|i like that|i accept|touche|same here|me (?:too|neither)|i was (?:gonna|going to) say)\b",
    number=r"\d|\b(?:percent|hundred|thousand|million|billion|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|twelve|eleven)\b",
    negated=r"\b(?:no|not|never|nobody|nothing|none)\b|n['’]t\b",
    asks_you=r"\b(?:do|did|are|were|would|will|have|can|could|should|what|how|why|if|like)\s+(?:\w+\s+){0,2}(?:you|your|the\s+panel)\b(?!\s+know\b)[^?]{0,300}\?$|\b(?:anyone|anybody|for\s+you|your\s+(?:take|view|thoughts?|sense|reaction))\b[^?]{0,200}\?$",
)
# At its start only.
_AT_START = _cues(
    yes=r"(?:um,?\s+|uh,?\s+|oh,?\s+)?(?:yeah|yep|yes|sure|exactly|agreed|of\s+course)\b",
    no=r"(?:um,?\s+|uh,?\s+|oh,?\s+)?(?:no|nope|absolutely|definitely|correct|certainly|indeed)\b",
    praises=r"(?:that['’]?s|this\s+is|what)\s+(?:a\s+|an\s+|such\s+a\s+|absolutely\s+|really\s+|very\s+|so\s+)*(?:great|good|true|right|interesting|fascinating|wonderful|fair|excellent)\b",
    receives=r"(?:great|thanks|thank\s+you|okay|all\s+right|alright|well|right|wow|interesting|fascinating|perfect|got\s+it|excellent)\b",
    opines=r"(?:um,?\s+|uh,?\s+|so,?\s+)?(?:i\s+mean,\s+)?i\s+(?:think|feel|agree|disagree|would|guess|don['’]t)\b|i\s+mean\b",
    joins_in=r"i\s+(?:also|actually)\b|(?:and\s+|so\s+)?(?:i['’]ll\s+second|i['’]d\s+(?:add|echo)|building\s+on|(?:just\s+)?(?:to|gonna|going\s+to|want\s+to)\s+add|to\s+\w+['’]s\s+(?:\w+\s+)?point|one\s+more|again,|although)\b",
    proposes=r"(?:so,?\s+)?(?:um,?\s+|uh,?\s+)?(?:for\s+our\s+next|let['’]s|how\s+about|the\s+other|moving\s+on)\b",
    goes_on=r"(?:um,?\s+|uh,?\s+)?(?:and|but|it|they|he|she|also)\b",
    explains=r"(?:um,?\s+|uh,?\s+)?(?:because|which|or|then|like)\b",
    opposes=_LEAD_IN
    + r"(?:no\b|not |i disagree|i don['’]t (?:agree|think)|come on|hang on|hold on|wait|but\b|except|actually|with respect|(?:can|may|could) i (?:just )?(?:say|ask|jump|come|push|respond|throw|be)|if i may|let me (?:just )?(?:push|respond))",
    reacts=r"(?:wow|ouch|ooh|oof|whoa|huh|hm+|really|goodness|oh|ha|savage|interesting|right|exactly|yes|no|okay|yeah|subtle|god|good lord|excellent|absolutely|never|true|correct|same|thanks|amazing|nice)\W",
    acknowledges=r"(?:(?:oh|um|uh|well|and|so),?\s+)?(?:yeah|that['’]?s\s+(?:a\s+)?(?:so\s+|really\s+|very\s+|super\s+)?(?:great|good|right|interesting|fascinating)|great|all\s+right|okay|right|wow|interesting|for\s+sure|got\s+it|perfect|wonderful|fair\s+enough|brilliant|lovely)\b",
    of_person=_LEAD_IN + r"(?:he|she)\b",
    connects=_LEAD_IN + r"(?:and|but|so|or|because|which|then|also)\b",
    refers_back=_LEAD_IN + r"(?:it|they|he|she|this|that|those|these|there)\b",
)
_INTERRUPTS = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Cues:
    """One sentence.

    Args:
        words: in lower case, without fillers at the start.
        content: its words that are not common ones.
        marks: names of the cues found in it.
        length: the mark of its length.
    """

    words: tuple[str, ...]
    content: frozenset[str]
    marks: frozenset[str]
    length: str

    @property
    def asks(self) -> bool:
        """Does it end with a question mark?"""
        return "?" in self.marks


NOTHING = Cues((), frozenset(), frozenset({"nothing"}), "nothing")


def cues(sentence: str) -> Cues:
    """The cues of a sentence. Cost: O(length)."""
    words = _WORD.findall(sentence.lower().replace("’", "'"))
    while words and words[0] in _FILLERS:
        del words[0]
    distinct = frozenset(words)
    length = next((f"words to {most}" for most in _LENGTHS if len(words) <= most), "words more")
    marks = {name for name, pattern in _ANYWHERE.items() if pattern.search(sentence)}
    marks |= {name for name, pattern in _AT_START.items() if pattern.match(sentence)}
    marks |= {name for name, tokens in _TOKENS.items() if tokens & distinct}
    marks |= {end for end in "?!" if sentence.rstrip("\"”'").endswith(end)}
    if introduces(sentence):
        marks.add("introduces")
    if _INTERRUPTS.match(sentence):
        marks.add("in lower case")
    return Cues(tuple(words), distinct - _COMMON, frozenset({*marks, length}), length)
