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
    came_from = urlsplit(origin)
    return came_from.netloc != headers.get("Host") and came_from.hostname not in set(hosts)
