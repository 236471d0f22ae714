"""What a session remembers, what all sessions share, and where one can go.

The only module that touches `st.session_state`, Streamlit's caches and the address bar. Anything that matters
is in the knowledge base, and what is being typed waits on the server (`app.components.unfinished`).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Sequence
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st

from app.team import require_login_library
from argmap.errors import ArgmapError, Conflict
from argmap.knowledge_base import KnowledgeBase, default_name
from argmap.model import Node
from argmap.model.roles import Role
from argmap.store.drafts import Outcome
from argmap.store.reading import DocumentRow, Stats

HOME = "screens/home.py"
EXPLORE = "screens/explore.py"
SOURCES = "screens/sources.py"
PEOPLE = "screens/people.py"
ANNOTATE = "screens/annotate.py"
ADJUDICATE = "screens/adjudicate.py"
QUALITY = "screens/quality.py"
ADMIN = "screens/admin.py"

KB_VARIABLE = "ARGMAP_KB"
READ_ONLY_VARIABLE = "ARGMAP_READ_ONLY"

YES = "yes"  # a switch of the address bar that is on; off is left out
MOST_HEARD = 10_000  # choices that are known to have been heard; the ones asked for least go first
_KEPT = ("view", "stands", "suppose")  # what stays in the address from claim to claim


# --- shared by all sessions ---------------------------------------------------------------------------


@st.cache_resource(show_spinner=False)
def _opened(place: str, read_only: bool) -> KnowledgeBase:
    return KnowledgeBase(place, read_only=read_only)


def knowledge_base() -> KnowledgeBase:
    """The knowledge base that the explorer was started with; one for all sessions, safe between threads."""
    return _opened(os.environ.get(KB_VARIABLE, "debate.db"), is_read_only())


def is_read_only() -> bool:
    """Whether this person may only look: all may not write, or it takes a login that they have not done."""
    return os.environ.get(READ_ONLY_VARIABLE) == "1" or (has_login() and not is_logged_in())


def hosts() -> list[str]:
    """Names of the explorer beside the address it listens on."""
    return os.environ.get("ARGMAP_HOSTS", "").split()


def has_login() -> bool:
    """Whether people log in (OIDC): the secrets of Streamlit have a section ``auth``.

    Raises:
        MissingExtra: they have, but Authlib is not installed.
    """
    try:
        wanted = "auth" in st.secrets
    except FileNotFoundError:  # no secrets at all
        return False
    if wanted:
        require_login_library()
    return wanted


def is_logged_in() -> bool:
    """Whether this person is logged in."""
    return bool(st.user.get("is_logged_in"))


@st.cache_data(show_spinner=False, max_entries=200)
def _remembered(
    place: str, version: int, what: str, arguments: tuple[Any, ...], _make: Callable[..., Any]
) -> Any:
    return _make(*arguments)


def remembered(what: str, make: Callable[..., Any], *arguments: Any) -> Any:
    """A slow answer, worked out once for each version of the knowledge base."""
    kb = knowledge_base()
    return _remembered(kb.store.url, kb.version, what, arguments, make)


@st.cache_resource(show_spinner=False)
def _common(place: str, what: str, _make: Callable[..., Any]) -> Any:
    return _make()


def common(what: str, make: Callable[..., Any]) -> Any:
    """One object for all sessions, as long as the server runs."""
    return _common(knowledge_base().store.url, what, make)


@st.cache_resource(show_spinner=False, max_entries=4)
def _shared(place: str, version: int, what: str, _make: Callable[..., Any]) -> Any:
    return _make()


def shared(what: str, make: Callable[..., Any]) -> Any:
    """One object for all sessions and this version of the knowledge base, handed out as it is."""
    kb = knowledge_base()
    return _shared(kb.store.url, kb.version, what, make)


@st.cache_resource(show_spinner=False, max_entries=MOST_HEARD)
def _heard(place: str, component: str, at: str) -> list[bool]:
    return []


def heard(component: str, said: Any) -> dict[str, Any] | None:
    """What somebody chose in a component, the first time that it comes.

    A browser says it again at every run. One that was away for long does so in a new session, where it would
    be done a second time: hence all sessions know what was heard.

    Args:
        said: what the component holds; each choice has a number of its own, `at`.
    """
    if not isinstance(said, dict):
        return None
    before = _heard(knowledge_base().store.url, component, str(said.get("at"))[:40])
    if before:
        return None
    before.append(True)
    return said


def stats() -> Stats:
    """How much there is."""
    found: Stats = remembered("stats", knowledge_base().stats)
    return found


def documents() -> list[DocumentRow]:
    """All documents without their texts."""
    found: list[DocumentRow] = remembered("documents", knowledge_base().documents)
    return found


def speaker_names() -> list[str]:
    """The names of all speakers, those with most turns first."""
    found: list[tuple[str, int, int]] = remembered("speakers", knowledge_base().speakers)
    return [name for name, _, _ in found]


def nodes(**conditions: Any) -> list[Node]:
    """A page of nodes; ``conditions`` as in `KnowledgeBase.nodes`."""
    kb = knowledge_base()
    found: list[Node] = remembered(f"nodes {sorted(conditions.items())}", lambda: kb.nodes(**conditions))
    return found


def count(**conditions: Any) -> int:
    """How many nodes meet the conditions."""
    kb = knowledge_base()
    return int(remembered(f"count {sorted(conditions.items())}", lambda: kb.count(**conditions)))


# --- remembered by one session ------------------------------------------------------------------------


def person() -> str:
    """Who decides: the verified address of a login, else its number; else the name of this session."""
    if has_login():
        # An address that nobody verified could be anybody's.
        address = st.user.get("email") if st.user.get("email_verified") is True else None
        return str(address or st.user.get("sub") or "nobody")
    return str(st.session_state.get("person") or default_name())


def sign_as(name: str) -> None:
    """Sign with this name from now on."""
    st.session_state["person"] = name.strip() or default_name()


def role() -> Role:
    """What this person may do."""
    return knowledge_base().role(person())


def sign_as_asked() -> None:
    """Sign with the name in the address where this session has none yet: it outlives a restart."""
    name = asked("by")
    if name and "person" not in st.session_state and not has_login():
        sign_as(name)
    set_asked("by", person())


def sent(component: str, value: str) -> Any:
    """What a component has sent under this name."""
    return (st.session_state.get(component) or {}).get(value)


def chosen(key: str) -> Any:
    """What a widget of this key holds."""
    return st.session_state.get(key)


def announce(message: str, *, undoable: bool = False) -> None:
    """Say this at the top of the next run; with ``undoable``, offer to take the last step back."""
    st.session_state["notice"] = (message, undoable)


def announced() -> tuple[str, bool] | None:
    """What was announced, once."""
    notice: tuple[str, bool] | None = st.session_state.pop("notice", None)
    return notice


def remember(name: str, value: Any) -> None:
    """Keep a value for this session until the page is reloaded."""
    st.session_state[f"kept-{name}"] = value


def recall(name: str, default: Any = None) -> Any:
    """What `remember` kept."""
    return st.session_state.get(f"kept-{name}", default)


def forget(*names: str) -> None:
    """Drop what `remember` kept."""
    for name in names:
        st.session_state.pop(f"kept-{name}", None)


def begin_draft(name: str) -> None:
    """Note what a form starts from: the version that the person sees, and an id that saves it only once."""
    remember(f"draft-{name}", {"expected": knowledge_base().version, "operation": uuid.uuid4().hex})


def stamp(name: str | None = None) -> dict[str, Any]:
    """The options of a writing verb: who, and for a form what it started from."""
    return {"by": person()} | (recall(f"draft-{name}", {}) if name else {})


def write(say: str, verb: Callable[..., Outcome], *arguments: Any, **options: Any) -> Outcome | None:
    """Run a writing verb and announce what it did, or why it could not; `Conflict` is the caller's."""
    try:
        outcome = verb(*arguments, **({"by": person()} | options))
    except Conflict:
        raise
    except ArgmapError as error:
        st.session_state["failure"] = str(error)
        return None
    announce(say, undoable=bool(outcome.operation))
    return outcome


def failure() -> str | None:
    """Why the last verb could not do its work, once."""
    message: str | None = st.session_state.pop("failure", None)
    return message


# --- the address bar ----------------------------------------------------------------------------------


def asked(name: str) -> str | None:
    """A value of the address bar."""
    return st.query_params.get(name)


def address(**asked_for: str) -> str:
    """The address of the screen that is open, with these values: what one sends to others."""
    place = (st.context.url or "").split("?")[0]
    return f"{place}?{urlencode(asked_for)}"


def asked_number(name: str, *, most: int, least: int = 1) -> int:
    """A whole number of the address bar, within limits."""
    return max(least, min(most, _typed(asked(name), least)))


def set_asked(name: str, value: str | None) -> None:
    """Put a value into the address bar, or take it out."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def linked(name: str, fallback: Any, options: Sequence[Any] | None = None) -> dict[str, Any]:
    """The options that tie a widget to a value of the address bar, both ways.

    Streamlit's own ``bind`` would keep a value that a link to the same page leaves out, or refuse the link.

    Args:
        fallback: the value where the address has none; it is left out of the address.
        options: the values that are allowed.
    """
    value = _typed(asked(name), fallback)
    if options is not None and value not in options:
        value = fallback
    if st.session_state.get(name) != value:
        st.session_state[name] = value
    return {"key": name, "on_change": follow_widget, "args": (name, fallback, name)}


def follow_widget(name: str, fallback: Any, key: str) -> None:
    """Put what a widget of this key holds into the address bar; the fallback is left out.

    Another choice begins at the first page of a list.
    """
    value = YES if st.session_state.get(key) is True else st.session_state.get(key)
    if name != "page":
        set_asked("page", None)
    set_asked(name, None if value in (fallback, None, "") else str(value))


def _typed(text: str | None, fallback: Any) -> Any:
    """A value of the address as what the widget holds: a number where the fallback is one."""
    if text is None:
        return fallback
    if isinstance(fallback, bool):
        return text == YES
    if isinstance(fallback, int):
        return int(text) if text.isdecimal() and len(text) < 10 else fallback
    return text


def open_claim(node_id: str, **others: str) -> NoReturn:
    """Go to a claim, with the view that was chosen last."""
    st.switch_page(EXPLORE, query_params=kept() | {"node": node_id} | others)


def kept() -> dict[str, str]:
    """What the address of the next claim takes over from this one: view, layer, suppositions."""
    return {name: value for name in _KEPT if (value := asked(name))}


def open_list(**conditions: str) -> NoReturn:
    """Go to the list of claims with these filters."""
    st.switch_page(EXPLORE, query_params=conditions)


def open_source(document_id: str, *, at: int | None = None) -> NoReturn:
    """Go to a source, at an offset of its text."""
    st.switch_page(SOURCES, query_params={"doc": document_id} | ({} if at is None else {"at": str(at)}))


def open_sources() -> NoReturn:
    """Go to the list of sources."""
    st.switch_page(SOURCES)


def open_home() -> NoReturn:
    """Go to the first screen."""
    st.switch_page(HOME)
