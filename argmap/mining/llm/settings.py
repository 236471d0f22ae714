"""Which model is asked, where, and within which limits."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from argmap.errors import MiningError

MODEL, ADDRESS, KEY, CACHE = "ARGMAP_LLM_MODEL", "ARGMAP_LLM_URL", "ARGMAP_LLM_KEY", "ARGMAP_LLM_CACHE"
BUDGET = 500_000
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Settings:
    """Which model is asked, where, and within which limits.

    Args:
        model: its name at the server.
        base_url: where the server speaks the protocol, such as ``http://localhost:11434/v1``.
        key: what it is told to let us in; comes from ARGMAP_LLM_KEY alone.
        budget: tokens after which nothing more is asked, of questions and answers together; the last answer
            may go beyond.
        timeout: seconds for one answer.
        tries: how often a question is sent where the server does not answer.
        cache: folder of answers, so that nothing is asked twice, also after a break.

    Raises:
        MiningError: something is missing, or the key would travel in the open.
    """

    model: str
    base_url: str
    key: str | None = field(default=None, repr=False)
    budget: int = BUDGET
    timeout: float = 120.0
    tries: int = 4
    cache: Path | None = None

    def __post_init__(self) -> None:
        if not self.model or not self.model.isprintable() or len(self.model) > 200:
            raise MiningError(f"which model? --model NAME or {MODEL}")
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise MiningError(f"where is the model? --base-url http://... or {ADDRESS}")
        if self.key and parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise MiningError("a key is only sent over https")

    @classmethod
    def chosen(
        cls, *, model: str | None = None, base_url: str | None = None, budget: int | None = None
    ) -> Settings:
        """What was said, and for the rest what the environment says."""
        return cls(
            model or os.environ.get(MODEL, ""),
            base_url or os.environ.get(ADDRESS, ""),
            key=os.environ.get(KEY) or None,
            budget=BUDGET if budget is None else budget,
            cache=Path(os.environ.get(CACHE) or _cache_folder()),
        )


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "argmap" / "llm"
