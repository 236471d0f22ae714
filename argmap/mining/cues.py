"""Words that say what a sentence does in an argument, as lists a person can read and correct."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final


def phrase_pattern(phrases: Iterable[str], *, at_start: bool = False) -> re.Pattern[str]:
    """A pattern for any of these phrases as whole words, longest first; "that" is not in "that's".

    It reads text in lower case (`lowered`), which takes a third of the time that folding in the pattern does.
    Cost: linear, nothing is repeated.
    """
    ordered = sorted({phrase.strip() for phrase in phrases if phrase.strip()}, key=lambda p: (-len(p), p))
    body = "|".join(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s{1,3}") for phrase in ordered)
    before = "" if at_start else r"(?<![\w-])"
    return re.compile(rf"{before}(?:{body})(?![\w-]|['’]\w)")


def lowered(text: str) -> str:
    """A text in lower case with every character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(sign.lower()[:1] for sign in text)


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.replace("\n", "|").split("|") if phrase.strip()]


FILLERS: Final = _phrases(
    """um|uh|uhm|erm|hmm|oh|ah|well|well for one|well, for one|you know|i mean|like|so yeah|yeah|yep|yes
    okay|ok|all right|alright|right|look|listen|honestly|frankly|anyway|anyways|actually|basically
    again|now|sure|exactly|i guess|i think|i feel|i feel like|i believe|i would say|i'd say|i assume
    in my opinion|in my view|imo|imho|personally|let's be honest|to be honest|to be fair|kind of
    sort of|just|then again|as i said|i was gonna say|i have to say|i would argue|it seems to me
    it seems to me that|i think that|i believe that|i guess kind of|so to say|so to speak
    suffice to say|hey|man|dude|lol|edit|cmv|tl;dr|tldr"""
)
CONNECTIVES: Final = _phrases(
    """and|but|or|so|because|since|as|yet|also|then|thus|hence|therefore|however|although|though|still
    besides|moreover|furthermore|in addition|additionally|in fact|indeed|for example|for instance|e.g.
    i.e.|first|firstly|second|secondly|third|finally|lastly|after all|on the other hand
    on the contrary|conversely|nevertheless|nonetheless|instead|rather|otherwise|meanwhile|as a result
    consequently|in other words|that said|having said that|that being said|in short|in conclusion
    to conclude|overall|even so|in any case|of course|admittedly|realistically though|realistically
    similarly|likewise|at the same time|in contrast|by contrast|plus|unless|not only that"""
)
FOR_EXAMPLE: Final = _phrases(
    """for example|for instance|e.g.|such as|like when|one example|in my case|in my experience
    case in point|imagine|suppose|consider"""
)
BECAUSE: Final = _phrases(
    """because|cause|cuz|since|given that|the reason is|one of the reasons|this is because|that's because
    that is because|after all|as evidenced by|seeing that|due to the fact"""
)
THEREFORE: Final = _phrases(
    """therefore|thus|hence|so|consequently|as a result|this means|that means|which means|it follows
    this shows|this suggests|this indicates|that's why|that is why|in conclusion|to conclude
    this implies|which shows|so that's"""
)
CONTRAST: Final = _phrases(
    """but|however|yet|although|though|even though|nevertheless|nonetheless|on the other hand
    on the contrary|conversely|instead|rather|in contrast|by contrast|still|despite|whereas|while
    unless|except|that said|even so|regardless|the problem is|the problem with|not that"""
)
DISAGREE: Final = _phrases(
    """no|nope|disagree|i disagree|wrong|not true|that's not|that is not|that isn't|incorrect|false
    nonsense|actually|really?|i doubt|doubt|not necessarily|not really|not quite|you're missing
    you are missing|misses the point|strawman|straw man|fallacy|fails to|ignores|i'm skeptical
    skeptical|bet against|not convinced|don't agree|do not agree|don't think|do not think|don't buy
    far from|hardly|push back|doesn't follow|does not follow|there's no reason|overstated|misleading
    do we|so what|bullshit|ridiculous|absurd|unlikely|i don't see"""
)
AGREE: Final = _phrases(
    """yes|yeah|agree|i agree|agreed|exactly|true|that's true|that is true|right|good point|great point
    fair point|absolutely|definitely|indeed|of course|second that|i'll second|same here|this.
    well said|you're right|you are right|fair enough|i'm on"""
)
NEGATION: Final = _phrases(
    """not|no|never|none|nothing|nobody|neither|nor|cannot|can't|don't|doesn't|didn't|won't|wouldn't
    isn't|aren't|wasn't|weren't|shouldn't|couldn't|haven't|hasn't|hadn't|ain't|without|hardly|barely
    dont|doesnt|isnt|cant|wont"""
)
REPORT: Final = _phrases(
    """according to|study|studies|survey|report|reported|paper|papers|research|researchers|data
    statistics|found that|shows that|showed that|benchmark|benchmarks|measured|percent|published
    article|source|evidence|experiment|experiments|results|announced|said that|he said|she said
    they said"""
)
TESTIMONY: Final = _phrases(
    """i have|i've|i had|i was|i saw|i used|i tried|i worked|i work|my experience|my friend|my own|we had
    we were|we used|when i|i did|i got|i read|i know people|years ago|last year|last week|in my life
    i was reading|i've been|we've been"""
)
HEDGE: Final = _phrases(
    """maybe|perhaps|might|could|probably|possibly|seems|seem|likely|i think|i guess|i feel|i suspect"""
)
NORM: Final = _phrases(
    """should|must|ought|need to|needs to|have to|has to|better|worse|best|worst|good|bad|important|wrong
    right|fair|unfair|reasonable|ridiculous"""
)

LEADS: Final = phrase_pattern([*FILLERS, *CONNECTIVES], at_start=True)

PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "for example": phrase_pattern(FOR_EXAMPLE),
    "because": phrase_pattern(BECAUSE),
    "therefore": phrase_pattern(THEREFORE),
    "contrast": phrase_pattern(CONTRAST),
    "disagree": phrase_pattern(DISAGREE),
    "agree": phrase_pattern(AGREE),
    "negation": phrase_pattern(NEGATION),
    "report": phrase_pattern(REPORT),
    "testimony": phrase_pattern(TESTIMONY),
    "hedge": phrase_pattern(HEDGE),
    "norm": phrase_pattern(NORM),
}


def cue(name: str, text: str) -> str | None:
    """The first word or phrase of one list in a text, in lower case; None where there is none."""
    found = PATTERNS[name].search(text.lower())
    return " ".join(found.group().split()) if found else None
