"""The AIF schemes that argmap writes and knows by name.

Source: AIFdb's table of schemes.
"""

from __future__ import annotations

# kind of link -> type, scheme, schemeID, illocution that makes it, its schemeID
LINK_SCHEMES = {
    "supports": ("RA", "Default Inference", "72", "Arguing", "80"),
    "attacks": ("CA", "Default Conflict", "71", "Disagreeing", "78"),
    "undercuts": ("CA", "Default Conflict", "71", "Disagreeing", "78"),
    "rephrases": ("MA", "Default Rephrase", "144", "Restating", "101"),
    "questions": ("MA", "Questioning", "144", "PureQuestioning", "91"),
    "answers": ("MA", "Answering", "144", "Explaining", "143"),
}
ASSERTING = ("Asserting", "74")
QUESTIONING = ("PureQuestioning", "91")

RELATION_TYPES = {"RA": "supports", "CA": "attacks", "MA": "rephrases"}
WORDS = {"questioning": "questions", "answering": "answers"}
QUESTIONS = frozenset(
    (
        "assertivequestioning",
        "purequestioning",
        "rhetoricalquestioning",
        "directivequestioning",
        "questioning",
    )
)
