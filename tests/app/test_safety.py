"""Words of others stay words: labels, markup, and what the source code may not contain."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.components import markup
from app.launch import command, environment
from argmap.model import new_node

APP = Path(markup.__file__).parents[1]
OURS = ("guidelines()",)  # Markdown that ships with argmap
PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    ":red[x]",
    "**b** `c` $x$",
    "[a](javascript:x)",
]


@pytest.mark.parametrize("words", PAYLOADS)
def test_labels_hold_no_syntax(words: str) -> None:
    """Every character that Markdown reads is escaped, and the words remain."""
    assert markup.label(words).replace("\\", "") == words
    assert "](" not in markup.label(words)
    assert ":red[" not in markup.label(words)


@pytest.mark.parametrize("words", PAYLOADS)
def test_cards_escape_words(words: str) -> None:
    """A card of ours has the words as text."""
    html = str(markup.claim(new_node("claim", words), foot=words, relation=words))
    assert "<img" not in html


def test_plain_strings_are_refused_as_markup() -> None:
    """What was not built as markup cannot get in by mistake."""
    with pytest.raises(TypeError):
        markup.show("<b>text</b>")  # type: ignore[arg-type]


def test_hits_are_pieces_of_text() -> None:
    """A snippet of the search comes in pieces, each known to be a hit or not; no markup is made of it."""
    pieces = [("a ", False), ("b", True), (" <i>", False)]
    assert markup.hit_pieces("a \ue000b\ue001 <i>") == pieces


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call in a file with the dotted name of what is called."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.name)
def test_no_screen_hands_out_raw_markup(path: Path) -> None:
    """HTML leaves by one module; nothing is allowed unsafely; `Markup` is only built from constants."""
    for name, call in calls(path):
        assert "unsafe" not in " ".join(keyword.arg or "" for keyword in call.keywords), name
        assert not (name == "st.html" and path.name != "markup.py")
        assert not (
            name in ("st.markdown", "st.caption", "st.write")
            and not isinstance(call.args[0], ast.Constant)
            and ast.unparse(call.args[0]) not in OURS
        )
        if name == "Markup" and path.name != "markup.py":
            assert isinstance(call.args[0], ast.Constant)


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.name)
def test_one_module_touches_the_session(path: Path) -> None:
    """Caches and the address bar have one home; forms may set their own fields."""
    if path.name == "state.py":
        return
    text = path.read_text(encoding="utf-8")
    assert "st.query_params" not in text
    assert "st.cache_data" not in text


def test_the_server_listens_here_and_sends_nothing() -> None:
    """The flags that keep the explorer on this machine and its errors short."""
    words = command(port=8600)
    assert words[1:4] == ["-m", "app.serve", "run"]
    assert {
        "--server.address=127.0.0.1",
        "--server.port=8600",
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.maxUploadSize=20",
        "--server.fileWatcherType=none",
        "--server.allowedHosts=127.0.0.1",
    } <= set(words)


def test_the_knowledge_base_travels_by_environment() -> None:
    """Path, read-only mode and name go to the server process."""
    found = environment("a.db", read_only=True, by="ann", base={})
    assert (found["ARGMAP_KB"], found["ARGMAP_READ_ONLY"], found["ARGMAP_BY"]) == ("a.db", "1", "ann")
    assert "ARGMAP_READ_ONLY" not in environment("a.db", base={"ARGMAP_READ_ONLY": "1"})


TEAM = (
    "annotate",
    "annotator",
    "adjudicate",
    "admin",
    "disagreeing",
    "quality",
)  # compare everybody's decisions
READING = [path for path in sorted(APP.rglob("*.py")) if path.stem not in TEAM]


@pytest.mark.parametrize("path", READING, ids=lambda path: path.name)
def test_no_reading_screen_loads_everything(path: Path) -> None:
    """Screens ask for parts: none calls for the whole map, the whole log or the whole export."""
    verbs = ("kb.", "state.knowledge_base().")
    called = {name.rpartition(".")[2] for name, _ in calls(path) if name.startswith(verbs)}
    assert called.isdisjoint({"map", "events", "dump"})
