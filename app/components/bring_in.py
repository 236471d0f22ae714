"""New texts: upload or paste, look at the turns and speakers that were read, then add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import intake, markup
from app.launch import MOST_UPLOAD_MB
from argmap.drawing import counted
from argmap.errors import ArgmapError
from argmap.model import Document
from argmap.readers import READERS, read_bytes

MOST_TURNS_SHOWN = 6
SUFFIXES = ["txt", "md", "srt", "vtt", "html", "htm"]

Text = tuple[str, bytes]


def show() -> None:
    """The form, or how far its texts are."""
    if intake.running() is not None:
        _progress()
        return
    _rest()
    asked = state.asked("add")
    with st.expander("Add texts", expanded=bool(asked) or not state.stats().documents, icon=":material/add:"):
        upload, paste = st.tabs(["Upload", "Paste"], default="Paste" if asked == "paste" else "Upload")
        with upload:
            files = st.file_uploader(
                "Threads, comments, essays, notes, transcripts, subtitles, saved web pages",
                type=SUFFIXES,
                accept_multiple_files=True,
                max_upload_size=MOST_UPLOAD_MB,
                key=f"files-{state.recall('added', 0)}",
            )
        with paste:
            title = st.text_input(
                "Title",
                max_chars=120,
                key=f"paste-title-{state.recall('added', 0)}",
                placeholder="What is this text called?",
            )
            words = st.text_area("Text", height=180, key=f"paste-text-{state.recall('added', 0)}")
        texts: list[Text] = [(file.name, file.getvalue()) for file in files]
        if words.strip():
            texts.append(((title.strip() or "Pasted text") + ".txt", words.encode("utf-8", "replace")))
        if texts:
            _previews(texts)


def _previews(texts: list[Text]) -> None:
    """What was read from each text, before anything is stored."""
    names = ["(choose by itself)", *READERS]
    chosen = st.selectbox("Read as", names, key="reader", width=260)
    reader = None if chosen == names[0] else chosen
    mine = st.checkbox("Look for claims, evidence and links", value=True, key="mine")
    documents = list(_read(texts, reader))
    if documents and st.button(f"Add {counted(len(documents), 'text')}", type="primary", key="add-texts"):
        intake.begin(documents, mine=mine)
        st.rerun()


def _read(texts: list[Text], reader: str | None) -> Iterable[Document]:
    """The documents that can be read; the others say why not, with the line."""
    known = {row.id for row in state.documents()}
    for name, data in texts:
        try:
            document = read_bytes(data, name=name, reader=reader)
            if "/" in name:  # that somebody typed: no path
                document = replace(document, title=name.removesuffix(".txt"))
        except ArgmapError as error:
            st.error(markup.label(str(error), longest=400), icon=":material/error:")
            continue
        markup.show(preview(document))
        if document.id in known:
            st.info(
                markup.label(f"“{document.title}” is here already; adding it again changes nothing."),
                icon=":material/content_copy:",
            )
        yield document


def preview(document: Document) -> Markup:
    """Genre, speakers and the first turns of a document."""
    number = {turn.id: at for at, turn in enumerate(document.turns, start=1)}
    turns = Markup("").join(
        Markup("<li><strong>{}</strong>{} {}</li>").format(
            turn.speaker or "speaker unknown",
            f" (answers {number[turn.reply_to]})" if turn.reply_to in number else "",
            markup.shortened(document.text[turn.start : turn.end], longest=140),
        )
        for turn in document.turns[:MOST_TURNS_SHOWN]
    )
    speakers = len({turn.speaker for turn in document.turns if turn.speaker})
    more = len(document.turns) - MOST_TURNS_SHOWN
    return Markup(
        '<div class="am-card am-source"><p class="am-head">read as {}</p><p class="am-text">{}</p>'
        '<p class="am-foot">{}, {}, {}</p>'
        '<ol class="am-turns">{}</ol>{}</div>'
    ).format(
        document.genre, document.title, counted(len(document.text), "character"),
        counted(len(document.turns), "turn"), counted(speakers, "named speaker"), turns,
        Markup('<p class="am-foot">and {}</p>').format(counted(more, "more turn")) if more > 0 else "",
    )  # fmt: skip


@st.fragment(run_every=0.7)
def _progress() -> None:
    """How far the texts are, and a way to stop; tells their end once."""
    running = intake.running()
    if running is None:
        return
    if running.over.is_set():
        _tell(running)
        st.rerun()
    at = min(running.done, len(running.documents) - 1)
    words = f"{at + 1} of {len(running.documents)}: {running.documents[at].title}"
    if running.stopped.is_set():
        words = "Stopping; nothing of the text that is being read will be stored"
    st.progress(running.share, markup.label(words, longest=100))
    st.button("Stop", icon=":material/stop_circle:", key="stop", on_click=running.stopped.set)


def _tell(running: intake.Intake) -> None:
    """Say what came of it; what did not come in can be tried again."""
    intake.forget()
    state.announce(running.summary, undoable=bool(running.done))
    state.remember("added", state.recall("added", 0) + 1)
    state.set_asked("add", None)
    if running.rest:
        state.remember("rest", running)


def _rest() -> None:
    """What did not come in the last time, why, and a way to try it again."""
    last: intake.Intake | None = state.recall("rest")
    if last is None:
        return
    for _, message in last.failures:
        st.error(markup.label(message, longest=400), icon=":material/error:")
    with st.container(horizontal=True):
        again = f"Try {counted(len(last.rest), 'text')} again"
        if st.button(again, key="again", icon=":material/replay:"):
            intake.begin(last.rest, mine=last.mine)
            state.forget("rest")
            st.rerun()
        if st.button("Leave it", key="leave", icon=":material/close:"):
            state.forget("rest")
            st.rerun()
