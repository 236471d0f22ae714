"""What has to hold before the explorer is served to others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from argmap.errors import MissingExtra, StoreError
from argmap.serving import is_this_machine

SECRETS = Path(".streamlit") / "secrets.toml"
SHORTEST_SECRET = 32
_LOGIN = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


def require_login_library() -> None:
    """See to it that people can log in at all.

    Raises:
        MissingExtra: Authlib is not installed.
    """
    if find_spec("authlib") is None:
        raise MissingExtra("login", "OIDC", "login")


def secrets() -> dict[str, Any]:
    """The secrets that Streamlit will read: this folder's, else the home folder's, else none.

    Raises:
        StoreError: they are not TOML.
    """
    for folder in (Path.cwd(), Path.home()):
        if (folder / SECRETS).is_file():
            try:
                return tomllib.loads((folder / SECRETS).read_text("utf-8"))
            except ValueError as error:
                raise StoreError(f"{folder / SECRETS}: not TOML: {error}") from error
    return {}


def missing(found: Mapping[str, Any], hosts: Iterable[str], roles: Mapping[str, object]) -> list[str]:
    """What a team's explorer lacks, one line each: a login, its secret and address, names, an admin.

    Args:
        found: Streamlit's secrets.
        hosts: names that people call the explorer by.
        roles: who has which role in the knowledge base.
    """
    login = found.get("auth")
    if not isinstance(login, dict):
        return [f"a login: section [auth] of {SECRETS}", *_of_place(hosts, roles)]
    lacking = [f"'{name}' in [auth] of {SECRETS}" for name in _LOGIN if not _text(login, name)]
    if len(_text(login, "cookie_secret")) < SHORTEST_SECRET:
        lacking.append(f"a cookie_secret of {SHORTEST_SECRET} characters or more")
    for name in ("redirect_uri", "server_metadata_url"):
        if not _is_safe(_text(login, name)):
            lacking.append(f"https:// in {name}")
    return lacking + _of_place(hosts, roles)


def _of_place(hosts: Iterable[str], roles: Mapping[str, object]) -> list[str]:
    lacking = [] if list(hosts) else ["the names people call it by: --allow-host NAME"]
    return lacking if roles else [*lacking, "an admin: argmap role NAME admin"]


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or ""))
