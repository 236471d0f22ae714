"""Options of the commands that mine: who suggests, and for a language model which one and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from argmap.mining import Miner


def miner_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it gets the miner, or the name of one, as ``miner``."""

    @click.option("--miner", default="argmap", show_default=True, metavar="NAME", help="Who suggests.")
    @click.option("--model", metavar="NAME", help="With --miner llm: the model.  [default: ARGMAP_LLM_MODEL]")
    @click.option(
        "--base-url",
        metavar="URL",
        help="Where it is, as http://localhost:11434/v1.  [default: ARGMAP_LLM_URL]",
    )
    @click.option(
        "--budget", type=click.IntRange(1), metavar="TOKENS", help="Ask nothing more after so many."
    )
    @wraps(command)
    def with_miner(
        *arguments: Any,
        miner: str,
        model: str | None,
        base_url: str | None,
        budget: int | None,
        **options: Any,
    ) -> Any:
        chosen = _chosen(miner, model=model, base_url=base_url, budget=budget)
        return command(*arguments, miner=chosen, **options)

    return with_miner


def _chosen(name: str, **settings: Any) -> str | Miner:
    if name != "llm":
        if any(value is not None for value in settings.values()):
            raise click.UsageError("--model, --base-url and --budget go with --miner llm")
        return name
    from argmap.mining.llm.miner import LlmMiner
    from argmap.mining.llm.settings import Settings

    return LlmMiner(Settings.chosen(**settings))
