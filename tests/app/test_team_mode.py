"""The explorer serves this machine alone, or a team that logs in; nobody else's page can use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app import team
from app.launch import command, refuse_unsafe
from argmap import KnowledgeBase
from argmap.cli import main
from argmap.errors import MissingExtra, StoreError
from argmap.serving import is_foreign

LOGIN = {
    "redirect_uri": "https://debate.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "argmap",
    "client_secret": "s3cret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"])
def test_this_machine_needs_nothing(host: str) -> None:
    """On loopback there is no login, since nobody else gets there."""
    refuse_unsafe("none.db", host, (), team=False)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.7", "debate.example.org", "", "127.0.0.1.evil.org"]
)
def test_other_addresses_need_a_team(host: str) -> None:
    """Whoever would listen to others is told of --team; nothing is opened."""
    with pytest.raises(StoreError, match="--team"):
        refuse_unsafe("none.db", host, (), team=False)
    result = CliRunner().invoke(main, ["--kb", "none.db", "app", "--host", host])
    assert (result.exit_code, "--team" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({name: None}, f"'{name}'") for name in LOGIN
    ]
    + [
        ({"cookie_secret": "short"}, "32 characters"),
        ({"redirect_uri": "http://debate.example.org/oauth2callback"}, "https:// in redirect_uri"),
        ({"server_metadata_url": "http://login.example.org/"}, "https:// in server_metadata_url"),
    ],
)  # fmt: skip
def test_a_login_has_to_be_whole(change: dict[str, Any], lack: str) -> None:
    """Every missing or weak part of the login is named."""
    lacking = team.missing({"auth": LOGIN | change}, ["debate.example.org"], {"ann": "admin"})
    assert any(lack in line for line in lacking)


def test_a_team_is_served_when_all_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without login, names and an admin it does not start; with them it does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    with KnowledgeBase("kb.db", by="ann") as kb:
        with pytest.raises(StoreError, match=r"\[auth\].*--allow-host.*admin"):
            refuse_unsafe("kb.db", "0.0.0.0", (), team=True)
        kb.grant("ann", "admin")
    folder = tmp_path / ".streamlit"
    folder.mkdir()
    lines = [f"{name} = {json.dumps(value)}" for name, value in LOGIN.items()]
    (folder / "secrets.toml").write_text("[auth]\n" + "\n".join(lines))
    with monkeypatch.context() as patched:
        patched.setattr(team, "find_spec", lambda name: None)
        with pytest.raises(MissingExtra, match=r"argmap\[login\]"):
            refuse_unsafe("kb.db", "0.0.0.0", ("debate.example.org",), team=True)
        patched.setattr(team, "find_spec", lambda name: name)
        refuse_unsafe("kb.db", "0.0.0.0", ("debate.example.org",), team=True)
    (folder / "secrets.toml").write_text("[auth")
    with pytest.raises(StoreError, match="not TOML"):
        refuse_unsafe("kb.db", "0.0.0.0", ("debate.example.org",), team=True)


def test_only_its_names_are_answered() -> None:
    """The server gets every name, so that a foreign one that leads here is refused."""
    words = command(host="0.0.0.0", hosts=("debate.example.org",))
    assert "--server.allowedHosts=debate.example.org" in words
    assert "--browser.serverAddress=debate.example.org" in words
    assert not any("*" in word for word in words)


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501", False),
        ("http://localhost:8501", "localhost:8501", False),
        (None, "localhost:8501", False),
        ("http://localhost:3000", "localhost:8501", True),
        ("http://evil.example", "127.0.0.1:8501", True),
        ("null", "127.0.0.1:8501", True),
        ("https://debate.example.org", "10.0.0.5:8501", False),
    ],
)
def test_pages_of_others_are_known(origin: str | None, host: str, expected: bool) -> None:
    """A page on another port or site is foreign; the team's own name in front of a proxy is not."""
    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    assert is_foreign(headers, ["debate.example.org"]) == expected
