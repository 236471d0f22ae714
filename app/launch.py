"""How the explorer is started: on this machine only, sending nothing anywhere, showing no traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from argmap.drawing.conventions import LINK_LOOKS
from argmap.model import LinkKind

MAIN = Path(__file__).with_name("main.py")
MOST_UPLOAD_MB = 20

_SAFE = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "server.enableAgentApi": "false",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "server.maxUploadSize": str(MOST_UPLOAD_MB),
    "global.minCachedMessageSize": "48",  # bytes; what did not change goes as a reference of some 80
}

_LOOK = {
    "theme.light.backgroundColor": "#FFFFFF",
    "theme.light.secondaryBackgroundColor": "#F4F5F7",
    "theme.light.textColor": "#22242B",
    "theme.light.grayTextColor": "#5B5F6B",
    "theme.light.primaryColor": "#14639A",
    "theme.light.borderColor": "#D5D7DD",
    "theme.dark.backgroundColor": "#171614",
    "theme.dark.secondaryBackgroundColor": "#24221F",
    "theme.dark.textColor": "#EFEDEA",
    "theme.dark.grayTextColor": "#B5B1AB",
    "theme.dark.primaryColor": LINK_LOOKS[LinkKind.SUPPORTS].dark,
    "theme.dark.borderColor": "#3A3835",
    "theme.baseRadius": "8px",
    "theme.paddingTop": "3.6rem",
}


def command(*, host: str = "127.0.0.1", port: int = 8501) -> list[str]:
    """The words of the command that serves the explorer.

    Args:
        host: address to listen on; only requests to this name (and this machine's own names) are answered.
        port: TCP port.
    """
    options = (
        _SAFE | _LOOK | {"server.address": host, "server.port": str(port), "browser.serverAddress": host}
    )
    flags = [f"--{name}={value}" for name, value in options.items()]
    hosts = [f"--server.allowedHosts={name}" for name in dict.fromkeys((host, "localhost", "127.0.0.1"))]
    return [sys.executable, "-m", "app.serve", "run", str(MAIN), *flags, *hosts]


def environment(
    kb: str, *, read_only: bool = False, by: str | None = None, base: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment that the command runs in.

    Args:
        kb: path or URL of the knowledge base.
        read_only: let people look and nothing else.
        by: name that decisions are signed with; people can change it on the screen.
        base: what it starts from; this process's environment where None.
    """
    found = dict(os.environ if base is None else base)
    paths = [str(MAIN.parent.parent), *filter(None, [found.get("PYTHONPATH")])]
    found |= {"ARGMAP_KB": kb, "PYTHONPATH": os.pathsep.join(paths)}
    found.pop("ARGMAP_READ_ONLY", None)
    if read_only:
        found["ARGMAP_READ_ONLY"] = "1"
    return found | ({"ARGMAP_BY": by} if by else {})
