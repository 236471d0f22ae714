"""Who gets what over the explorer's websocket, which is where everything on the screen comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from argmap import KnowledgeBase
from tests.app.screens_at_test import debate
from tests.app.sockets import explorer, opened, ran, seen, with_watch

ORIGINS = (
    "http://evil.example", "http://evil.example:PORT", "null", "http://127.0.0.1.evil.example", "http://8.8.8.8",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the knowledge base is, and ``calls``, the list of what the server called outside this machine."""
    place = tmp_path_factory.mktemp("sockets")
    with KnowledgeBase(place / "kb.db", by="setup") as kb:
        kb.bring(debate())
    return place


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """The port of the explorer."""
    with explorer(folder / "kb.db", base=with_watch(folder)) as (found, _):
        yield found


def test_its_own_page_sees_the_debate(port: int) -> None:
    """Otherwise the rest would prove nothing."""
    for name in ("127.0.0.1", "localhost"):
        with opened(port, host=f"{name}:{port}") as page:
            assert b"Large models know more facts" in seen(page, "/explore")


def test_the_icon_comes_with_the_page(port: int) -> None:
    """Where none was set before, Streamlit has the browser get the icon of a page from Google."""
    with opened(port) as page:
        messages = list(ran(page))
    kinds = [message.WhichOneof("type") for message in messages]
    icons = [
        message.page_config_changed.favicon for message in messages if message.page_config_changed.favicon
    ]
    assert [icon.startswith("emoji:") or "//" not in icon for icon in icons] == [True]
    assert not icons[0].startswith(":material")
    assert kinds.index("page_config_changed") < kinds.index("navigation")


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "evil.example:PORT", "evil.example"])
@pytest.mark.parametrize("origin", ORIGINS)
def test_pages_from_elsewhere_see_nothing(port: int, folder: Path, origin: str, host: str) -> None:
    """Another origin, or a name made to lead here (DNS rebinding): refused, and nobody outside is asked."""
    place, name = (words.replace("PORT", str(port)) for words in (origin, host))
    with pytest.raises(InvalidStatus, match="403"):
        opened(port, origin=place, host=name)
    assert not (folder / "calls").exists()


def test_a_page_on_another_port_sees_one_sentence(port: int) -> None:
    """A program on this machine that has a page of its own: Streamlit lets it in, the explorer does not."""
    for origin in ("http://localhost:3000", "http://127.0.0.1:1", f"https://localhost:{port + 1}"):
        for address in ("/", "/explore", "/sources"):
            with opened(port, origin=origin) as page:
                found = seen(page, address)
            assert b"opened from somewhere else" in found
            assert len(found) < 4_000
            assert b"odels" not in found


def test_a_foreign_name_sees_nothing_without_an_origin(port: int) -> None:
    """A program that calls it by a name that is not its own."""
    with pytest.raises(InvalidStatus, match="403"):
        opened(port, origin=None, host="evil.example")
