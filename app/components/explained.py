"""Why a claim stands or does not, in plain words, on its own page."""

from __future__ import annotations

from markupsafe import Markup

from app import state
from app.components import markup
from app.components.cards import address
from app.components.lists import show_rows
from app.components.reasoned import part, shown, slug
from argmap.drawing import STANDING_LOOKS
from argmap.reasoning import NOTE, Explanation, Verdicts, explain
from argmap.reasoning.explaining import quoted, said_of

_TITLE = "Does it stand?"


def show(node_id: str) -> None:
    """The word, its cause, the line of argument, what pushes most, and what to add to change it."""
    held = part(node_id)
    verdicts = shown(held).after
    if node_id not in verdicts.words:
        why = "It is withdrawn here." if node_id in held.verdicts.words else _left_out(held.verdicts, node_id)
        markup.titled(_TITLE, why)
        return
    explanation = explain(verdicts, node_id)
    named = [step[0] for step in explanation.line] + [push[0] for push in explanation.pushes]
    texts = {other: held.argument_map.nodes[other].text for other in named}
    markup.show(told(explanation, texts))
    _pushes(explanation, texts)
    if not held.is_whole:
        markup.note(f"Worked out from the {len(held.argument_map.nodes):,} claims nearest to this one.")


def _left_out(verdicts: Verdicts, node_id: str) -> str:
    if verdicts.argument_map.nodes[node_id].kind == "question":
        return "A question neither stands nor falls; what answers it does."
    return "It is left out of the reasoning: rejected, disputed, or too unsure a suggestion."


def told(explanation: Explanation, texts: dict[str, str]) -> Markup:
    """The word with its cause, and what that rests on."""
    (_, word, sentence), *further = explanation.line
    first = Markup('<h3>{}</h3><p class="am-why">{} because {}.</p>').format(_TITLE, verdict(word), sentence)
    rest = [
        Markup('<p class="am-why am-further">{} {}: {}.</p>').format(quoted(texts[n]), said_of(w), why)
        for n, w, why in further
    ]
    settled = "" if explanation.settled else " The strengths did not converge; take them as rough."
    strength = (
        f"Strength {explanation.base:.2f} at first, {explanation.strength:.2f} with all that bears on it"
    )
    remedy = f"To change this, {explanation.cause.remedy}. {NOTE}"
    most = "; moved most by:" if explanation.pushes else "."
    last = Markup('<p class="am-note">{}</p><p class="am-why">{}{}</p>').format(
        remedy, strength + most, settled
    )
    return first + Markup("").join(rest) + last


def verdict(word: str) -> Markup:
    """A word with its glyph and colour."""
    return markup.chip((f"am-chip am-comes am-comes-{slug(word)}", STANDING_LOOKS[word].glyph, word))


def _pushes(explanation: Explanation, texts: dict[str, str]) -> None:
    rows = [
        {
            "id": node_id,
            "href": address(node_id),
            "glyph": f"{change:+.2f}".replace("-", "−"),
            "text": markup.shortened(texts[node_id], longest=150),
            "depth": 0,
        }
        for node_id, change in explanation.pushes
    ]
    chosen = show_rows(rows, "pushes") if rows else None
    if chosen:
        state.open_claim(chosen[1])
