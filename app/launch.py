"""How the explorer is started: on this machine only, sending nothing anywhere, showing no traceback."""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from app import team as team_rules
from argmap.drawing.conventions import INK, LINK_LOOKS, PAPER
from argmap.errors import StoreError
from argmap.model import LinkKind
from argmap.serving import is_this_machine

MAIN = Path(__file__).with_name("main.py")
MOST_UPLOAD_MB = 20

_SAFE = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "runner.postScriptGC": "false",  # a whole collection after each run: 0.1 to 0.3 s between two keys
    "server.enableAgentApi": "false",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "server.maxUploadSize": str(MOST_UPLOAD_MB),
    "global.minCachedMessageSize": "48",  # bytes; what did not change goes as a reference of some 80
}

_LOOK = {
    "theme.light.backgroundColor": PAPER["light"],
    "theme.light.secondaryBackgroundColor": "#F4F5F7",
    "theme.light.textColor": INK["light"],
    "theme.light.grayTextColor": "#5B5F6B",
    "theme.light.primaryColor": "#14639A",
    "theme.light.borderColor": "#D5D7DD",
    "theme.dark.backgroundColor": PAPER["dark"],
    "theme.dark.secondaryBackgroundColor": "#24221F",
    "theme.dark.textColor": INK["dark"],
    "theme.dark.grayTextColor": "#B5B1AB",
    "theme.dark.primaryColor": LINK_LOOKS[LinkKind.SUPPORTS].dark,
    "theme.dark.borderColor": "#3A3835",
    "theme.baseRadius": "8px",
    "theme.paddingTop": "3.6rem",
}


def command(*, host: str = "127.0.0.1", port: int = 8501, hosts: Sequence[str] = ()) -> list[str]:
    """The words of the command that serves the explorer.

    Args:
        host: address to listen on; only requests to this name (and this machine's own names) are answered.
        port: TCP port.
        hosts: other names whose requests are answered.
    """
    names = list(dict.fromkeys((*hosts, host, "localhost", "127.0.0.1")))
    own = {"server.address": host, "server.port": str(port), "browser.serverAddress": names[0]}
    flags = [f"--{name}={value}" for name, value in (_SAFE | _LOOK | own).items()]
    allowed = [f"--server.allowedHosts={name}" for name in names]
    return [sys.executable, "-m", "app.serve", "run", str(MAIN), *flags, *allowed]


def wait_for(address: str, *, longest: float = 60.0) -> None:
    """Wait until the explorer at this address answers.

    Args:
        longest: seconds.

    Raises:
        TimeoutError: it did not within that time.
    """
    end = time.monotonic() + longest
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (OSError, HTTPException):  # nobody listens yet, or somebody else does
            time.sleep(0.05)
    raise TimeoutError(address)


def open_browser(address: str) -> None:
    """Show the explorer at this address in the person's browser, as soon as it answers."""
    from click import launch

    with suppress(TimeoutError):
        wait_for(address)
        launch(address)


def refuse_unsafe(kb: str, host: str, hosts: Sequence[str], *, team: bool) -> None:
    """See to it that the explorer is served to this machine alone, or is ready for a team.

    Raises:
        StoreError: it is neither, and what is missing.
        MissingExtra: it is for a team, and nobody could log in.
    """
    if not team:
        if hosts or not is_this_machine(host):
            raise StoreError(f"{host}: others could reach the explorer there without a login; use --team")
        return
    from argmap.knowledge_base import KnowledgeBase

    with KnowledgeBase(kb, read_only=True) as opened:
        lacking = team_rules.missing(team_rules.secrets(), hosts, opened.roles())
    if lacking:
        raise StoreError(f"not ready for a team, this is missing: {'; '.join(lacking)}")
    team_rules.require_login_library()


def environment(
    kb: str,
    *,
    read_only: bool = False,
    by: str | None = None,
    hosts: Sequence[str] = (),
    base: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The environment that the command runs in.

    Args:
        kb: path or URL of the knowledge base.
        read_only: let people look and nothing else.
        by: name that decisions are signed with; people can change it on the screen.
        hosts: names of the explorer beside the address it listens on.
        base: what it starts from; this process's environment where None.
    """
    found = dict(os.environ if base is None else base)
    paths = [str(MAIN.parent.parent), *filter(None, [found.get("PYTHONPATH")])]
    found |= {"ARGMAP_KB": kb, "PYTHONPATH": os.pathsep.join(paths)}
    found.pop("ARGMAP_READ_ONLY", None)
    if read_only:
        found["ARGMAP_READ_ONLY"] = "1"
    found["ARGMAP_HOSTS"] = " ".join(hosts)
    return found | ({"ARGMAP_BY": by} if by else {})
