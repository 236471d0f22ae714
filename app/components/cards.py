"""Claims as cards: what a card says, and counts of what bears on a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from app import state
from app.components import markup
from app.components.lists import Card, show_cards
from argmap.drawing import LINK_LOOKS, NODE_LOOKS, STATUS_GLYPHS, counted
from argmap.model import Link, LinkKind, Node, NodeKind, Status
from argmap.store import neighbourhood, reading
from argmap.store.searching import Hit

_COUNTED = {
    LinkKind.SUPPORTS: ("+", "for"),
    LinkKind.ATTACKS: ("−", "against"),
    NodeKind.EVIDENCE: ("▤", "evidence"),
    LinkKind.QUESTIONS: ("?", "asked"),
    LinkKind.ANSWERS: ("→", "answers"),
    LinkKind.REPHRASES: ("≈", "reworded"),
}
MOST_UNDERCUTS = 100

Standing = Counter[str]
Label = tuple[str, str, str]  # class, glyph, words


def standing(replies: Iterable[tuple[Link, Node]]) -> Standing:
    """What bears on a claim, counted by the kind of the link; evidence by itself, whatever its link.

    A link of several sources counts once.
    """
    links = {link.id: (link, node) for link, node in replies}.values()
    return Counter(
        NodeKind.EVIDENCE.value if node.kind is NodeKind.EVIDENCE else link.kind.value for link, node in links
    )


def standings(ids: Sequence[str]) -> dict[str, Standing]:
    """The `standing` of each of these nodes and links, by two questions to the store."""
    with state.knowledge_base().store.reading() as connection:
        links = neighbourhood.links_into(connection, ids)
        nodes = reading.nodes_by_id(connection, {end for link in links for end in link.sources})
        roots = reading.node_roots(connection, {link.target for link in links} - set(ids))
    replies: dict[str, list[tuple[Link, Node]]] = {item_id: [] for item_id in ids}
    for link in links:
        aim = roots.get(link.target, link.target)
        if aim in replies:
            replies[aim] += [(link, nodes[end]) for end in link.sources if end in nodes]
    return {item_id: standing(pairs) for item_id, pairs in replies.items()}


def foot_parts(node: Node, counted: Standing) -> list[str]:
    """The line below a claim: counts in words, who said it, how often."""
    known = [(glyph, counted[kind], word) for kind, (glyph, word) in _COUNTED.items() if counted[kind]]
    parts = [f"{glyph} {n} {word.removesuffix('s') if n == 1 else word}" for glyph, n, word in known]
    if node.speakers:
        names = ", ".join(node.speakers[:3])
        parts.append(names + (f" and {len(node.speakers) - 3} more" if len(node.speakers) > 3 else ""))
    if not node.mentions and node.by:
        parts.append(f"added by {node.by}")
    sources = len({mention.document for mention in node.mentions})
    return [*parts, f"{sources} sources"] if sources > 1 else parts


def foot(node: Node, counted: Standing) -> Markup:
    """The line below a claim as markup."""
    parts = foot_parts(node, counted)
    return Markup(" · ").join(Markup('<span class="am-count">{}</span>').format(part) for part in parts)


def relation(link: Link) -> Markup:
    """How a card bears on the claim in focus, in a glyph and a word."""
    name, glyph, words = _relation(link)
    return Markup('<span class="{}"><span class="am-glyph" aria-hidden="true">{}</span> {}</span> ').format(
        name, glyph, words
    )


def _relation(link: Link) -> tuple[str, str, str]:
    look = LINK_LOOKS[link.kind]
    settled = "" if link.status is Status.ACCEPTED else f" ({link.status.value} link)"
    return f"am-relation am-by-{link.kind.value}", look.glyph, look.word + settled


def address(node_id: str) -> str:
    """Where a claim's page is, from any screen."""
    return "explore?" + urlencode({"node": node_id} | state.kept())


def card(
    node: Node,
    counted: Standing,
    *,
    snippet: str | None = None,
    link: Link | None = None,
    undercuts: int = 0,
    labels: Sequence[Label] = (),
) -> Card:
    """One claim as the browser shows it; the whole card opens it.

    Args:
        snippet: its words with the hits of a search marked.
        link: how it bears on the claim in focus.
        undercuts: how many undercuts aim at that link.
        labels: what else to say of it in its first line.
    """
    look = NODE_LOOKS[node.kind]
    head = [(f"am-kind am-of-{node.kind.value}", look.glyph, look.word)]
    if node.status is not Status.ACCEPTED:
        words = f"{STATUS_GLYPHS[node.status]} {node.status.value}"
        head.append((f"am-chip am-{node.status.value}", "", words))
    return {
        "id": node.id,
        "href": address(node.id),
        "kind": node.kind.value,
        "status": node.status.value,
        "head": ([_relation(link)] if link else []) + head + list(labels),
        "text": [(node.text, False)] if snippet is None else markup.hit_pieces(snippet),
        "foot": foot_parts(node, counted) + (doubts(link, undercuts) if link else []),
    }


def doubts(link: Link, undercuts: int) -> list[str]:
    """Why a link was suggested, and what undercuts it."""
    parts = ["× " + counted(undercuts, "undercut")] if undercuts else []
    if link.status is Status.SUGGESTED and link.cue:
        parts.append(f"link: {link.cue}, p={link.confidence:.2f}")
    return parts


def cards(nodes: Sequence[Node], place: str, **options: Any) -> str | None:
    """A list of claims, or a sentence where there is none; ``options`` and result as in `show_cards`."""
    counted = standings([node.id for node in nodes])
    return _opened(show_cards([card(node, counted[node.id]) for node in nodes], place, **options))


def found_cards(found: Sequence[Hit], place: str, *, most: int, empty: str) -> None:
    """Search hits with the words marked, and how many there are; at most so many were asked for."""
    number = f"{most} or more claims" if len(found) == most else counted(len(found), "claim")
    if found:
        markup.note(f"{number} with these words")
    known = standings([hit.node.id for hit in found])
    shown = [card(hit.node, known[hit.node.id], snippet=hit.snippet) for hit in found]
    _opened(show_cards(shown, place, empty=empty, two=True))


def _opened(chosen: tuple[str, str] | None) -> str | None:
    """Open the claim that was clicked; gives any other act that was chosen."""
    if chosen is None:
        return None
    if chosen[0] == "open":
        state.open_claim(chosen[1])
    return chosen[0]
