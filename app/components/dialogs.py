"""The forms: reply, edit, reject, merge, split, connect. Each saves once, and says when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from app import state
from app.components import markup
from app.components.similar import similar_claims
from argmap.drawing import LINK_LOOKS, NODE_LOOKS
from argmap.errors import Conflict, UnknownName
from argmap.model import Event, LinkKind, Mention, Node, NodeKind
from argmap.store.drafts import Outcome

LONGEST = 500

_REPLY_KIND = {
    "supports": NodeKind.CLAIM,
    "attacks": NodeKind.REBUTTAL,
    "evidence": NodeKind.EVIDENCE,
    "questions": NodeKind.QUESTION,
    "undercuts": NodeKind.REBUTTAL,
}
_REPLY_TITLE = {
    "supports": "What speaks for it?",
    "attacks": "What speaks against it?",
    "evidence": "What shows it?",
    "questions": "What would you ask?",
    "undercuts": "Why does this step not follow?",
}


def _finish(name: str, say: str, verb: Callable[..., Outcome], *arguments: Any, **options: Any) -> None:
    """Save a form; on a conflict show what others did meanwhile, and lose nothing that was typed."""
    try:
        outcome = state.write(say, verb, *arguments, **state.stamp(name), **options)
    except Conflict as conflict:
        state.remember(f"conflict-{name}", conflict)
        st.rerun(scope="fragment")
    if outcome is None:
        st.error(markup.label(state.failure() or "", longest=400))
        return
    state.forget(f"draft-{name}", f"conflict-{name}")
    st.rerun()


def _draft(name: str, item_id: str) -> None:
    """Begin a draft when its dialog opens; go on with it while it is open."""
    if state.recall("draft-of") != (name, item_id) or not state.recall(f"draft-{name}"):
        state.remember("draft-of", (name, item_id))
        state.begin_draft(name)


def first_claim() -> None:
    """Add a claim that bears on nothing yet."""
    _draft("claim", "")
    _first_claim()


@st.dialog("New claim", width="medium")
def _first_claim() -> None:
    text = _words("What is claimed?", "new-claim-text")
    similar_claims(text, "new-claim")
    if st.button("Add", type="primary", key="save", disabled=not text.strip()):
        _finish("claim", "Claim added", state.knowledge_base().claim, "claim", text)


def reply(target: str, relation: str) -> None:
    """Reply to a claim or undercut a link."""
    _draft("reply", target + relation)
    _reply(target, relation)


@st.dialog("Reply", width="medium")
def _reply(target: str, relation: str) -> None:
    _quoted(target)
    kind = _REPLY_KIND[relation]
    link = relation if relation != "evidence" else _evidence_side()
    text = _words(_REPLY_TITLE[relation], f"reply-text-{relation}")
    source = _source(kind)
    similar_claims(text, "reply", link=(link, target))
    is_ready = bool(text.strip()) and (kind is not NodeKind.EVIDENCE or bool(source.strip()))
    if kind is NodeKind.EVIDENCE and not source.strip():
        markup.note("Evidence needs a source: an address, a publication, or a quote.")
    if st.button("Add", type="primary", key="save", disabled=not is_ready):
        look = NODE_LOOKS[kind]
        _finish(
            "reply",
            f"Added: {look.word}",
            state.knowledge_base().reply,
            target,
            link,
            text,
            kind=kind.value,
            source=source.strip() or None,
        )


def _evidence_side() -> str:
    return str(
        st.segmented_control(
            "It", ["supports", "attacks"], default="supports", key="evidence-side", required=True
        )
    )


def _source(kind: NodeKind) -> str:
    hint = "Address, publication, or a quote of it"
    needed = kind is NodeKind.EVIDENCE
    return str(
        st.text_input(
            "Source or quote" + ("" if needed else " (optional)"),
            max_chars=2000,
            key="reply-source",
            placeholder=hint,
            live="300ms",
        )
    )


def _words(question: str, key: str, value: str = "") -> str:
    if key not in st.session_state and value:
        st.session_state[key] = value
    return str(
        st.text_area(
            question,
            max_chars=LONGEST,
            key=key,
            height=110,
            placeholder="One claim, in a sentence that stands alone",
        )
        or ""
    )


def _quoted(item_id: str) -> None:
    """What a form is about."""
    kb = state.knowledge_base()
    try:
        markup.note("To: " + kb.node(item_id).text)
    except UnknownName:
        link = kb.link(item_id)
        ends = " and ".join(kb.node(source).text for source in link.sources)
        markup.note(f"To the step: “{ends}” {LINK_LOOKS[link.kind].word} “{kb.node(link.target).text}”")


def reject(item_id: str) -> None:
    """Say that a claim or a link is wrong, and why."""
    _draft("reject", item_id)
    _reject(item_id)


@st.dialog("Reject")
def _reject(item_id: str) -> None:
    _quoted(item_id)
    reason = st.text_input("Why? (others see it in the history)", max_chars=300, key="reject-reason")
    if st.button("Reject", type="primary", key="save"):
        _finish("reject", "Rejected", state.knowledge_base().reject, [item_id], because=reason or None)


def edit(node_id: str) -> None:
    """Change a claim's wording or kind."""
    _draft("edit", node_id)
    _edit(node_id)


@st.dialog("Edit", width="medium")
def _edit(node_id: str) -> None:
    node = state.knowledge_base().node(node_id)
    _conflict("edit", node)
    kinds = [kind.value for kind in NodeKind]
    text = _words("Wording", f"edit-text-{node_id}", node.text)
    kind = st.segmented_control(
        "Kind", kinds, default=node.kind.value, key=f"edit-kind-{node_id}", required=True
    )
    reason = st.text_input("Why? (optional)", max_chars=300, key="edit-reason")
    changes = {
        name: new
        for name, new, old in (("text", text.strip(), node.text), ("kind", kind, node.kind.value))
        if new != old
    }
    if st.button("Save", type="primary", key="save", disabled=not text.strip() or not changes):
        _finish(
            "edit", "Changed", state.knowledge_base().revise, node_id, changes=changes, because=reason or None
        )


def _conflict(name: str, node: Node) -> None:
    """Both versions, where somebody changed the claim while it was being edited."""
    conflict: Conflict | None = state.recall(f"conflict-{name}")
    if conflict is None:
        return
    st.warning(
        "Somebody changed this claim while you were writing. Nothing is lost: choose.",
        icon=":material/call_split:",
    )
    for event in conflict.changes:
        markup.note(f"{event.by.name}, {event.at}: {described(event)}")
    st.markdown("**Theirs**")
    st.text(node.text)
    st.markdown("**Yours** is in the field below.")
    with st.container(horizontal=True):
        if st.button("Take theirs", key="take-theirs"):
            state.forget(f"conflict-{name}", f"draft-{name}")
            st.session_state.pop(f"edit-text-{node.id}", None)
            st.rerun()
        if st.button("Keep mine", key="keep-mine", help="Then save: the history keeps theirs too"):
            state.forget(f"conflict-{name}")
            state.begin_draft(name)
            st.rerun(scope="fragment")


def described(event: Event) -> str:
    """What an event did, in words."""
    change = event.change
    word = {
        "DocumentAdded": "added the source",
        "TurnsCorrected": "corrected who said what",
        "Suggested": "suggested it",
        "NodeAdded": "added it",
        "LinkAdded": "linked it",
        "Accepted": "accepted it",
        "Rejected": "rejected it",
        "Adjudicated": "settled it",
        "Revised": "changed it",
        "Merged": "merged claims into it",
        "Unmerged": "took a merge apart",
        "Commented": "noted",
        "Undone": "took a step back",
    }.get(type(change).__name__, type(change).__name__)
    fields = getattr(change, "changes", {})
    values = "; ".join(f"{name}: {value}" for name, value in fields.items() if isinstance(value, str))
    text = getattr(change, "text", "")
    return " ".join(filter(None, [word, f"({values})" if values else "", f"“{text}”" if text else ""]))


def merge(node_id: str) -> None:
    """Make one claim of two that say the same."""
    _draft("merge", node_id)
    _merge(node_id)


@st.dialog("Merge with another claim", width="medium")
def _merge(node_id: str) -> None:
    node = state.knowledge_base().node(node_id)
    markup.note(f"Stays: {node.text}")
    other = _pick(node, "merge", "Goes into it")
    if other and st.button("Merge", type="primary", key="save"):
        _finish("merge", "Merged; its sources came along", state.knowledge_base().merge, node_id, [other])


def _pick(node: Node, name: str, title: str) -> str | None:
    """Choose another claim, by words or from those alike."""
    kb = state.knowledge_base()
    words = st.text_input("Find the other claim", type="search", live="300ms", key=f"{name}-words")
    found = (
        [hit.node for hit in kb.search(words, limit=8)]
        if words
        else [n for n, _ in kb.find_similar(node.text, limit=6)]
    )
    options = {other.id: other.text for other in found if other.id != node.id}
    if not options:
        markup.note("No other claim has these words." if words else "Nothing alike was found; search for it.")
        return None
    chosen: str | None = st.radio(
        title,
        list(options),
        format_func=lambda i: markup.label(options[i], longest=140),
        index=None,
        key=f"{name}-other",
    )
    return chosen


def connect(node_id: str) -> None:
    """Link a claim to another that is there already."""
    _draft("connect", node_id)
    _connect(node_id)


@st.dialog("Link to another claim", width="medium")
def _connect(node_id: str) -> None:
    node = state.knowledge_base().node(node_id)
    markup.note(f"This claim: {node.text}")
    kinds = [kind.value for kind in LinkKind if kind is not LinkKind.UNDERCUTS]
    kind = st.segmented_control("It", kinds, default="supports", key="connect-kind", required=True)
    other = _pick(node, "connect", "this one")
    if other and st.button("Link", type="primary", key="save"):
        _finish("connect", "Linked", state.knowledge_base().connect, str(kind), [node_id], other)


def split(node_id: str) -> None:
    """Make two claims of one."""
    _draft("split", node_id)
    _split(node_id)


@st.dialog("Split in two", width="medium")
def _split(node_id: str) -> None:
    kb = state.knowledge_base()
    node = kb.node(node_id)
    if not node.mentions:
        markup.note(
            "This claim was written by hand and has no quote to cut: edit it, and add the other half as a new claim."
        )
        return
    mention = node.mentions[0]
    quote = kb.document(mention.document).quote(mention.start, mention.end)
    markup.note(quote)
    words = [place for place, letter in enumerate(quote) if letter.isspace() and 0 < place < len(quote) - 1]
    if not words:
        markup.note("One word cannot be split.")
        return
    cut = st.select_slider(
        "Cut after",
        words,
        value=words[len(words) // 2],
        format_func=lambda at: markup.label(quote[max(0, at - 18) : at] + " |", longest=40),
    )
    halves = (
        Mention(mention.document, mention.start, mention.start + cut, mention.speaker),
        Mention(mention.document, mention.start + cut + 1, mention.end, mention.speaker),
    )
    texts = [
        _words(f"Part {at}", f"split-{at}-{cut}-{node_id}", part.strip())
        for at, part in enumerate((quote[:cut], quote[cut:]), 1)
    ]
    if all(text.strip() for text in texts) and st.button("Split", type="primary", key="save"):
        _finish("split", "Split in two", kb.split, node_id, list(zip(texts, halves, strict=True)))


def comment(node_id: str) -> None:
    """Leave a note on a claim."""
    _draft("comment", node_id)
    _comment(node_id)


@st.dialog("Leave a note")
def _comment(node_id: str) -> None:
    _quoted(node_id)
    text = str(st.text_area("Note", max_chars=LONGEST, key="comment-text") or "")
    if st.button("Save", type="primary", key="save", disabled=not text.strip()):
        _finish("comment", "Noted", state.knowledge_base().comment, node_id, text.strip())


def turn(link_id: str) -> None:
    """Change what a link says."""
    _draft("turn", link_id)
    _turn(link_id)


@st.dialog("Change what the link says")
def _turn(link_id: str) -> None:
    link = state.knowledge_base().link(link_id)
    _quoted(link_id)
    kinds = [
        kind.value for kind in LinkKind if (kind is LinkKind.UNDERCUTS) == (link.kind is LinkKind.UNDERCUTS)
    ]
    kind = st.segmented_control("It", kinds, default=link.kind.value, key="turn-kind", required=True)
    if st.button("Save", type="primary", key="save", disabled=kind == link.kind.value):
        _finish("turn", "Link changed", state.knowledge_base().revise, link_id, changes={"kind": kind})


@st.dialog("Save what is around this claim")
def files(node_id: str) -> None:
    """The neighbourhood of a claim as files."""
    from argmap.formats import dump

    near = state.knowledge_base().around(node_id, depth=3, limit=300)
    markup.note(f"{len(near.nodes)} claims and {len(near.links)} links around this one.")
    for name, suffix, mime in (("json", "json", "application/json"), ("turtle", "ttl", "text/turtle")):
        data, _ = dump(near, name)
        st.download_button(
            f"Save as {name}", data, f"argmap-{node_id}.{suffix}", mime, key=f"save-{name}", on_click="ignore"
        )


MENU: dict[str, Callable[[str], None]] = {
    "edit": edit,
    "merge": merge,
    "split": split,
    "connect": connect,
    "comment": comment,
    "files": files,
}
