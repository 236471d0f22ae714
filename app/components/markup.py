"""Markup of our own around words of others: the only module that hands HTML to the browser.

Everything goes through `markupsafe.Markup.format`, which escapes what is not markup already.
"""

from __future__ import annotations

import re

import streamlit as st
from markupsafe import Markup

from argmap.drawing import NODE_LOOKS, STATUS_GLYPHS
from argmap.model import Node, NodeKind, Status
from argmap.store.searching import HIT_END, HIT_START

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&=@/])")


def show(html: Markup) -> None:
    """Put markup on the page.

    Raises:
        TypeError: it is a plain string, which might hold anything.
    """
    if not isinstance(html, Markup):
        raise TypeError("only Markup is shown; text goes through st.text or Markup.format")
    st.html(str(html))


def label(text: str, *, longest: int = 120) -> str:
    """Text as the label of a button or a choice, where Streamlit reads Markdown: nothing in it is syntax.

    Options of `st.selectbox` are plain text; there, the signs that hide the syntax would be seen.
    """
    return _MARKDOWN.sub(r"\\\1", shortened(text, longest=longest))


def shortened(text: str, *, longest: int) -> str:
    """Text on one line, cut at a word where it is too long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0][: longest - 1] + "…"


def source_name(title: str) -> str:
    """The title of a source; where that is the name of a file, its words."""
    return title if " " in title or "_" not in title else title.replace("_", " ").strip().capitalize()


def kind_line(kind: NodeKind, status: Status) -> Markup:
    """Glyph and word of a kind, and the status where it is not settled."""
    look = NODE_LOOKS[kind]
    return Markup(
        '<span class="am-kind am-of-{}"><span class="am-glyph" aria-hidden="true">{}</span> {}</span>{}'
    ).format(kind.value, look.glyph, look.word, status_chip(status))


def chip(label: tuple[str, str, str]) -> Markup:
    """A chip of a class with a glyph and words."""
    name, glyph, words = label
    return Markup(' <span class="{}"><span class="am-glyph" aria-hidden="true">{}</span> {}</span>').format(
        name, glyph, words
    )


def status_chip(status: Status) -> Markup:
    """A chip that names a status; nothing for what is accepted."""
    if status is Status.ACCEPTED:
        return Markup("")
    return Markup(' <span class="am-chip am-{}">{} {}</span>').format(
        status.value, STATUS_GLYPHS[status], status.value
    )


def hit_pieces(snippet: str) -> list[tuple[str, bool]]:
    """A snippet of the full-text search in pieces, each with whether it is a hit."""
    first, *others = snippet.split(HIT_START)
    pieces = [(first, False)]
    for other in others:
        hit, _, after = other.partition(HIT_END)
        pieces += [(hit, True), (after, False)]
    return [(text, is_hit) for text, is_hit in pieces if text]


def claim(
    node: Node, *, foot: Markup | str = "", relation: Markup | str = "", extra: Markup | str = ""
) -> Markup:
    """A claim as a card: kind, words, and a line about it.

    Args:
        foot: the line below.
        relation: how it bears on the claim that the page is about.
        extra: what else to say in its first line.
    """
    return Markup(
        '<div class="am-card am-{kind} am-is-{status}"><p class="am-head">{relation}{kind_line}{extra}</p>'
        '<p class="am-text">{body}</p>{foot}</div>'
    ).format(
        kind=node.kind.value,
        status=node.status.value,
        relation=relation,
        kind_line=kind_line(node.kind, node.status),
        extra=extra,
        body=node.text,
        foot=Markup('<p class="am-foot">{}</p>').format(foot) if foot else "",
    )


def facts(pairs: list[tuple[str, str]]) -> Markup:
    """Counts as tiles."""
    tiles = Markup("").join(
        Markup(
            '<div class="am-tile"><span class="am-number">{}</span><span class="am-name">{}</span></div>'
        ).format(number, name)
        for name, number in pairs
    )
    return Markup('<div class="am-tiles">{}</div>').format(tiles)


def titled(title: str, text: str) -> None:
    """A heading and a quiet line below it."""
    show(Markup('<h3>{}</h3><p class="am-note">{}</p>').format(title, text))


def note(text: str) -> None:
    """A quiet line of our own or others' words."""
    show(Markup('<p class="am-note">{}</p>').format(text))
