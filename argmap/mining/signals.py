"""A few dozen numbers about a unit that tell what it does: cues, form, and where it stands."""

from __future__ import annotations

from math import log1p

from spacy.tokens import Span

from argmap.mining.cues import PATTERNS

_WEAK_SUBJECTS = frozenset(("this", "that", "it", "there", "they", "these", "those", "which"))
_ASKING = frozenset(("what", "why", "how", "who", "when", "where", "which", "whose"))
_FIRST = frozenset(("i", "my", "me", "we", "our", "us", "i'm"))
_SECOND = frozenset(("you", "your", "yours"))
_SAYING = frozenset(
    (
        "say",
        "ask",
        "talk",
        "write",
        "mention",
        "wonder",
        "mean",
        "tell",
        "post",
        "bring",
        "touch",
        "move",
        "hear",
        "throw",
        "kick",
        "turn",
    )
)
_TEXT_CUES = (
    "for example",
    "because",
    "report",
    "testimony",
    "hedge",
    "norm",
    "negation",
    "disagree",
    "agree",
    "contrast",
)
_LEAD_CUES = ("for example", "because", "therefore", "contrast", "agree", "disagree")


def form_signals(span: Span, text: str, lead: str) -> dict[str, float]:
    """Signals that the unit's own words, tags and tree give. Cost: linear in the words."""
    found = _cue_signals(text.lower(), lead) | _word_signals(span)
    if text.rstrip("\"'”’)*_ ").endswith("?"):
        found["question"] = 1.0
    if "http" in text or "www." in text:
        found["url"] = 1.0
    if not text.endswith((".", "!", "?", '"', "”", ")")):
        found["open end"] = 1.0
    return found


def _cue_signals(text: str, lead: str) -> dict[str, float]:
    said = {f"says {name}": 1.0 for name in _TEXT_CUES if PATTERNS[name].search(text)}
    led = {f"led by {name}": 1.0 for name in _LEAD_CUES if lead and PATTERNS[name].search(lead)}
    return said | led


def _word_signals(span: Span) -> dict[str, float]:
    tokens = list(span)  # a span makes its tokens anew each time
    tags = [token.tag_ for token in tokens]
    lowers = [token.lower_ for token in tokens]
    count = max(1, len(tags))
    sorts = [tag[:2] for tag in tags]
    content = sum(map(sorts.count, ("NN", "VB", "JJ")))
    root = span.root
    subject = next((child.lower_ for child in root.children if child.dep_.startswith("nsubj")), "")
    found = {
        "bias": 1.0,
        "words": log1p(count),
        "content": log1p(content),
        "names": min(3, tags.count("NNP") + tags.count("NNPS")) / 3,
        "number": float("CD" in tags),
        "past": float(root.tag_ == "VBD"),
        "modal": float("MD" in tags),
        "first person": float(not _FIRST.isdisjoint(lowers)),
        "second person": float(not _SECOND.isdisjoint(lowers)),
        "weak subject": float(subject in _WEAK_SUBJECTS),
        "I subject": float(subject in ("i", "we")),
        "you subject": float(subject == "you"),
        "talks of talking": float(root.lemma_.lower() in _SAYING),
        "asks": float(lowers[0] in _ASKING or tags[0] in ("MD", "VBZ", "VBP", "VBD")),
        "no verb": float("VB" not in sorts and "MD" not in tags),
        "short": float(count < 6),
        "plural": float("NNS" in tags),
        "comparison": float(not {"JJR", "JJS", "RBR", "RBS"}.isdisjoint(tags)),
    }
    return {name: value for name, value in found.items() if value}
