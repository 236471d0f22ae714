"""Who one is after a login, and what is left of it when something about it has ended: twelve cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.bench import free_port
from app.components import markup
from argmap import KnowledgeBase
from tests.app.provider import CLIENT, CLIENT_SECRET, Provider, provider
from tests.app.screens_at_test import debate
from tests.app.sockets import buttons, explorer, opened, ran, seen, together

pytest.importorskip("authlib", reason="Authlib is not installed (pip install 'argmap[login]')")
pytestmark = pytest.mark.slow
ANN = {"email": "ann@example.org", "email_verified": True}
CLAIM = next(node.id for node in debate().nodes.values() if node.text.startswith("Large"))


@pytest.fixture(scope="module")
def identity() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team's knowledge base: ann annotates, the root is admin, others read."""
    path = tmp_path_factory.mktemp("team") / "kb.db"
    with KnowledgeBase(path, by="root") as kb:
        kb.bring(debate())
        kb.grant("root", "admin")
        kb.grant(ANN["email"], "annotator")
    return path


@pytest.fixture(scope="module")
def port(place: Path, identity: Provider) -> Iterator[int]:
    """The explorer with a login."""
    found = free_port()
    login = {
        "redirect_uri": f"http://127.0.0.1:{found}/oauth2callback",
        "cookie_secret": "0123456789abcdef0123456789abcdef",
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "server_metadata_url": f"{identity.url}/.well-known/openid-configuration",
    }
    (place.parent / ".streamlit").mkdir()
    lines = ["[auth]", *(f"{name} = {json.dumps(value)}" for name, value in login.items())]
    (place.parent / ".streamlit" / "secrets.toml").write_text("\n".join(lines))
    with explorer(place, port=found) as (served, _):
        yield served


@pytest.fixture
def browser(port: int, identity: Provider, place: Path) -> Iterator[httpx.Client]:
    """A browser of somebody who has not logged in; roles are as they were."""
    identity.claims, identity.state = dict(ANN), None
    with KnowledgeBase(place, by="root") as kb:
        kb.grant(ANN["email"], "annotator")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as client:
        client.get("/_stcore/health")
        yield client


def log_in(port: int, browser: httpx.Client) -> httpx.Response:
    """Press the button and follow where it leads."""
    with opened(port) as page:
        button = buttons(ran(page))["Log in"]
        messages = list(ran(page, pressed=button))
    [address] = [message.auth_redirect.url for message in messages if message.auth_redirect.url]
    return browser.get(address)


def looked(port: int, browser: httpx.Client) -> tuple[bytes, dict[str, str]]:
    """The first screen and its buttons, in a fresh tab."""
    with opened(port, cookies=dict(browser.cookies)) as page:
        messages = list(ran(page))
    return together(messages), buttons(messages)


def shown(name: str) -> bytes:
    """Somebody's name as it stands in the top bar."""
    return markup.label(name, longest=24).encode()


def begun(place: Path, who: str) -> str:
    """Somebody's last step, which the button Undo takes back; the operation."""
    with KnowledgeBase(place, by=who) as kb:
        return kb.comment(CLAIM, "to be taken back").operation


def is_there(place: Path, operation: str) -> bool:
    """Whether the step was not taken back."""
    with KnowledgeBase(place) as kb:
        last = kb.undoable(ANN["email"])
        return bool(last and last.operation == operation)


def test_a_login_gives_the_verified_address(port: int, browser: httpx.Client, place: Path) -> None:
    """The whole way, with PKCE, state and nonce; what is done then is done under that name."""
    log_in(port, browser)
    step = begun(place, ANN["email"])
    assert shown(ANN["email"]) in looked(port, browser)[0]
    with opened(port, cookies=dict(browser.cookies)) as page:
        found = buttons(ran(page))
        list(ran(page, pressed=found["Undo"]))
        assert b"reply-attacks" in seen(page, f"/explore?node={CLAIM}")
    assert not is_there(place, step)


def test_the_cookie_is_for_the_server_alone(port: int, browser: httpx.Client) -> None:
    """No script reads it and no other site sends it."""
    answers = [*log_in(port, browser).history]
    [cookie] = [
        line
        for answer in answers
        for line in answer.headers.get_list("set-cookie")
        if line.startswith("_streamlit_user=")
    ]
    assert {"httponly", "samesite=lax"} <= {part.strip().lower() for part in cookie.split(";")}


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"X-Forwarded-User": ANN["email"], "X-Forwarded-Email": ANN["email"]},
        {"X-Forwarded-Preferred-Username": ANN["email"], "Remote-User": ANN["email"], "X-User": ANN["email"]},
        {"Cookie": '_streamlit_user={"email":"ann@example.org","email_verified":true}'},
        {"Cookie": "_streamlit_user=2|1:0|10:1700000000|15:_streamlit_user|8:e30=|0000"},
    ],
    ids=["nothing", "proxy headers", "other headers", "plain cookie", "unsigned cookie"],
)
def test_whoever_did_not_log_in_looks_only(port: int, browser: httpx.Client, forged: dict[str, str]) -> None:
    """Headers and cookies that anybody can write make nobody of one."""
    with opened(port, headers=forged) as page:
        messages = list(ran(page))
        screen = together(messages)
        assert "Log in" in buttons(messages)
        assert "Undo" not in buttons(messages)
        assert shown(ANN["email"]) not in screen
        assert b"reply-attacks" not in seen(page, f"/explore?node={CLAIM}")


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_nobody_verified_is_nobodys(
    port: int, browser: httpx.Client, identity: Provider, verified: object
) -> None:
    """Its holder is known by the provider's number, and reads."""
    identity.claims = {"email": ANN["email"], "sub": "12345", "email_verified": verified}
    log_in(port, browser)
    screen, _ = looked(port, browser)
    assert shown(ANN["email"]) not in screen
    assert b"12345" in screen
    assert b"You are reader here" in screen


def test_a_name_is_words(port: int, browser: httpx.Client, identity: Provider) -> None:
    """Whatever the provider says somebody is called is shown as text."""
    identity.claims = {"sub": "**b** ![x](//e.vil)"}
    log_in(port, browser)
    screen, _ = looked(port, browser)
    assert shown(identity.claims["sub"]) in screen
    assert b"![x](//" not in screen


@pytest.mark.parametrize("ended", ["taken back", "run out"])
def test_a_tab_that_was_left_open_cannot_write(
    port: int, browser: httpx.Client, place: Path, ended: str
) -> None:
    """The role is asked at the write: a button that is still there does nothing when the role has gone."""
    log_in(port, browser)
    step = begun(place, ANN["email"])
    with opened(port, cookies=dict(browser.cookies)) as page:
        found = buttons(ran(page))
        with KnowledgeBase(place, by="root") as kb:
            if ended == "taken back":
                kb.grant(ANN["email"], "reader")
            else:
                kb.grant(ANN["email"], "annotator", until="2020-01-01")
        screen = together(ran(page, pressed=found["Undo"]))
    assert b"is reader here" in screen
    assert is_there(place, step)


def test_a_cookie_that_was_copied_is_worth_its_role(port: int, browser: httpx.Client, place: Path) -> None:
    """Streamlit's cookie outlives the logout; the role, taken back, ends what it can do."""
    log_in(port, browser)
    copied = dict(browser.cookies)
    browser.get("/auth/logout")
    begun(place, ANN["email"])
    with KnowledgeBase(place, by="root") as kb:
        kb.grant(ANN["email"], "reader")
    with opened(port, cookies=copied) as page:
        messages = list(ran(page))
        assert b"You are reader here" in together(messages)
        screen = together(ran(page, pressed=buttons(messages)["Undo"]))
    assert b"is reader here" in screen


def test_a_login_under_another_state_is_none(port: int, browser: httpx.Client, identity: Provider) -> None:
    """Somebody else's login cannot be slipped to a person (login CSRF)."""
    identity.state = "forged"
    log_in(port, browser)
    screen, found = looked(port, browser)
    assert shown(ANN["email"]) not in screen
    assert "Log in" in found


def test_a_token_for_another_program_is_none(port: int, browser: httpx.Client, identity: Provider) -> None:
    """What was signed for others, or by an old nonce, or has run out, lets nobody in."""
    for wrong in ({"aud": "other"}, {"nonce": "old"}, {"exp": 1_000_000_000}, {"iss": "http://evil.example"}):
        identity.claims = ANN | wrong
        log_in(port, browser)
        assert "Log in" in looked(port, browser)[1], wrong
