"""Generated maps: every kind of node and link, undercuts of undercuts, linked premises, awkward words."""

from __future__ import annotations

from hypothesis import strategies as st

from argmap.model import (
    ArgumentMap,
    Document,
    Link,
    LinkKind,
    Mention,
    Node,
    NodeKind,
    Quote,
    Status,
    Turn,
    document_id,
    new_link,
    new_node,
)

AWKWARD = (
    "Quotes \"double\", 'single' and `back`",
    "Two\nlines\n\nand a gap",
    "<b>angle</b> & ampersand; &amp; too",
    "# not a heading",
    "- not an attack",
    "+ not a support",
    "(1) not a premise",
    "[Not]: a title",
    "<Nor>: this",
    "back\\slash \\[escaped\\] {not: data} #tag @[mention]",
    "a *star* and _underscore_ **bold** :emoji: .~. // comment /* block */ <!-- html -->",
    "-> See 1.2.",
    "Pro: not a stance",
    "=SUM(A1) @x +1 -1",
    "  leading and trailing  ",
    "tab\there",
    "combining e\u0301, emoji 👩‍👩‍👧, rtl \u202eabc\u202c, zero\u200bwidth",
    "https://example.org/a_b?c=(d) and [link](http://x.org/a)",
    "===",
    "----",
    "a: b, c: {d}",
    "null",
    "42",
    "yes",
)
WORDS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=30,
    ),
)
NAMES = st.one_of(st.none(), st.sampled_from(("Ann", "Bo Li", 'O\'Neil: "x"', "Zoë <z>", "a/b#c")))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(-1, 1), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(WORDS, inner, max_size=2)),
    max_leaves=3,
)
ATTRIBUTES = st.dictionaries(st.one_of(st.sampled_from(("tags", "source")), WORDS), VALUES, max_size=2)
ARGUED = {
    "status": st.sampled_from(Status),
    "confidence": st.floats(0, 1),
    "by": st.sampled_from(("", "Ann", "rules@0.1", "Bo Li")),
    "cue": st.one_of(st.none(), WORDS),
    "attributes": ATTRIBUTES,
}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with a few turns that quote and answer each other."""
    pieces = draw(st.lists(WORDS, min_size=1, max_size=4))
    text = "\n".join(pieces)
    turns, place = [], 0
    for number, piece in enumerate(pieces):
        end = place + len(piece)
        quotes = (
            (Quote(place, min(end, place + 2), draw(st.sampled_from((None, "t0")))),)
            if draw(st.booleans())
            else ()
        )
        turns.append(
            Turn(
                f"t{number}",
                place,
                end,
                draw(NAMES),
                reply_to=f"t{number - 1}" if number and draw(st.booleans()) else None,
                quotes=quotes,
                repeat_of="t0" if number and draw(st.booleans()) else None,
                url=draw(st.sampled_from((None, "http://x.org/?a=1&b=<2>"))),
                date=draw(st.sampled_from((None, "2024-05-06"))),
                begin=draw(st.sampled_from((None, 0.0, 1.5))),
                finish=draw(st.sampled_from((None, 2.25))),
            )
        )
        place = end + 1
    return Document(
        document_id(text),
        draw(WORDS),
        draw(st.sampled_from(("thread", "essay"))),
        text,
        tuple(turns),
        url=draw(st.sampled_from((None, "http://x.org"))),
        date=draw(st.sampled_from((None, "2024"))),
        original=draw(st.sampled_from((None, "ab12"))),
        attributes=draw(ATTRIBUTES),
    )


@st.composite
def mentions(draw: st.DrawFn, sources: list[Document]) -> tuple[Mention, ...]:
    """Up to two places in the documents."""
    found = []
    for document in draw(st.lists(st.sampled_from(sources), max_size=2)) if sources else []:
        start = draw(st.integers(0, len(document.text)))
        end = draw(st.integers(start, len(document.text)))
        found.append(Mention(document.id, start, end, draw(NAMES)))
    return tuple(sorted(set(found), key=lambda m: (m.document, m.start, m.end, m.speaker or "")))


@st.composite
def maps(draw: st.DrawFn) -> ArgumentMap:
    """A whole map."""
    sources = list({d.id: d for d in draw(st.lists(documents(), max_size=2))}.values())
    found: dict[str, Node] = {}
    for text in draw(st.lists(WORDS, max_size=6)):
        others = {name: draw(values) for name, values in ARGUED.items()}
        node = new_node(draw(st.sampled_from(NodeKind)), text, draw(mentions(sources)), **others)
        found[node.id] = node
    links = draw(_links(sorted(found)))
    return ArgumentMap.of(sources, found.values(), links, draw(ATTRIBUTES))


@st.composite
def _links(draw: st.DrawFn, ends: list[str]) -> list[Link]:
    found: dict[str, Link] = {}
    if len(ends) < 2:
        return []
    for _ in range(draw(st.integers(0, 6))):
        sources = draw(st.lists(st.sampled_from(ends), min_size=1, max_size=3, unique=True))
        kind = draw(st.sampled_from(LinkKind))
        places = sorted(found) if kind is LinkKind.UNDERCUTS else [end for end in ends if end not in sources]
        if places:
            others = {name: draw(values) for name, values in ARGUED.items()}
            link = new_link(kind, sources, draw(st.sampled_from(places)), **others)
            found[link.id] = link
    return list(found.values())
