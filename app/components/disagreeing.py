"""One disagreement as an adjudicator sees it: its place in the text, and who says what, without names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from markupsafe import Markup

from app import state
from argmap.annotation.adjudication import Disagreement, Opinion
from argmap.drawing import LINK_LOOKS, NODE_LOOKS
from argmap.model import ArgumentMap, Link, Node, content_id
from argmap.model.events import Revised

AROUND = 220
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")

Maps = Mapping[str, ArgumentMap]


@dataclass(frozen=True)
class Choice:
    """What one can take: an opinion, and everybody who holds it.

    Args:
        letters: the annotators who say so, as letters that hang on the item, not on the name.
        words: what they say, in words.
        ids: their nodes or links.
        holder: one of them, by name.
    """

    letters: tuple[str, ...]
    words: str
    ids: tuple[str, ...]
    holder: str


def key_of(one: Disagreement) -> str:
    """A short name of a disagreement that stays while nobody decides on it."""
    return content_id("g", one.kind, one.document, one.start, one.end, *sorted(one.ids))


def choices(one: Disagreement, maps: Maps) -> list[Choice]:
    """The opinions, most held first, in an order that gives no name away."""
    place = key_of(one)
    ordered = sorted(one.opinions, key=lambda opinion: content_id("", place, opinion.annotator))
    letters = {opinion.annotator: ascii_uppercase[at % 26] for at, opinion in enumerate(ordered)}
    held: dict[str, list[Opinion]] = {}
    for opinion in ordered:
        held.setdefault(in_words(opinion, maps[opinion.annotator]), []).append(opinion)
    found = [
        Choice(tuple(letters[o.annotator] for o in holders), words, _all_ids(holders), holders[0].annotator)
        for words, holders in held.items()
    ]
    return sorted(found, key=lambda choice: -len(choice.letters))


def _all_ids(opinions: Sequence[Opinion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item_id for opinion in opinions for item_id in opinion.ids))


def in_words(opinion: Opinion, own: ArgumentMap) -> str:
    """What somebody says, with the words of the text in place of ids."""
    parts = [told(item_id, own) for item_id in opinion.ids]
    return "; ".join(parts) or "nothing here"


def told(item_id: str, own: ArgumentMap) -> str:
    """A node or link with the words of the text in place of ids."""
    if item_id in own.links:
        link = own.links[item_id]
        ends = " and ".join(f"“{_quote(source, own)}”" for source in link.sources)
        return f"{ends} {LINK_LOOKS[link.kind].word} “{_quote(link.target, own)}”"
    node = own.nodes[item_id]
    return f"{NODE_LOOKS[node.kind].word}: “{_quote(item_id, own)}”"


def _quote(item_id: str, own: ArgumentMap) -> str:
    if item_id in own.links:
        return " … ".join(
            _quote(end, own) for end in (own.links[item_id].sources[0], own.links[item_id].target)
        )
    node = own.nodes.get(item_id)
    if node is None:
        return "elsewhere"
    return next((" ".join(words.split()) for _, words in own.quotes(node)), node.text)


def context(one: Disagreement) -> Markup:
    """The stretch of text in question, marked, with what stands around it."""
    if not one.document:
        return Markup("")
    text = state.knowledge_base().document(one.document).text
    before, after = max(0, one.start - AROUND), min(len(text), one.end + AROUND)
    return Markup(
        '<p class="am-quote"><span class="am-around">{}{}</span><mark>{}</mark>'
        '<span class="am-around">{}{}</span></p>'
    ).format(
        "… " if before else "",
        _flowing(text[before : one.start].partition(" ")[2] if before else text[: one.start]),
        _flowing(text[one.start : one.end]),
        _flowing(text[one.end : after].rpartition(" ")[0] if after < len(text) else text[one.end :]),
        " …" if after < len(text) else "",
    )


def _flowing(text: str) -> str:
    """Text without the line breaks of its file; empty lines stay."""
    return _BREAK.sub(" ", text)


def machine_line(one: Disagreement) -> str:
    """What the machine had suggested, last, and by name."""
    kb = state.knowledge_base()
    items = [kb.map_item(item_id) for item_id in sorted(one.ids)]
    found = [
        f"{item.kind.value} (p={item.confidence:.2f})" for item in items if item is not None and item.cue
    ]
    return f"The machine suggested: {', '.join(found)}" if found else ""


def values(choice: Choice, maps: Maps) -> list[Revised]:
    """What has to be changed about the taken items, so that they are as their holder has them."""
    own = maps[choice.holder]
    kb = state.knowledge_base()
    found = []
    for item_id in choice.ids:
        mine = own.nodes.get(item_id) or own.links.get(item_id)
        now = kb.map_item(item_id)
        fields = _changed(mine, now) if mine is not None and now is not None else {}
        if fields:
            found.append(Revised(item_id, fields))
    return found


def _changed(mine: Node | Link, now: Node | Link) -> dict[str, Any]:
    names = ("kind", "sources", "target") if isinstance(mine, Link) else ("kind", "text", "mentions")
    return {name: getattr(mine, name) for name in names if getattr(mine, name) != getattr(now, name)}
