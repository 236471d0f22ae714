"""Whose requests a server of ours answers: those of this machine's own pages, under its own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_this_machine(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_foreign(headers: Mapping[str, str], hosts: Iterable[str] = ()) -> bool:
    """Whether a page of somebody else's sent this request, such as one on another port of this machine.

    Args:
        headers: of the request.
        hosts: names of the server, where a proxy in front of it changes ``Host``.
    """
    origin = headers.get("Origin")
    if not origin:
        return False
    try:
        came_from = urlsplit(origin)
    except ValueError:
        return True
    known = {name.lower() for name in hosts}
    return came_from.netloc != headers.get("Host") and came_from.hostname not in known


def host_name(headers: Mapping[str, str]) -> str | None:
    """The name under which a request asks, in lower case, without its port; None where it has none."""
    try:
        return urlsplit(f"//{headers.get('Host', '')}").hostname
    except ValueError:
        return None
