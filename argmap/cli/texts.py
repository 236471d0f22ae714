"""Commands that bring texts in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.frame import by_option, main, opened, tell, write_whole
from argmap.errors import MiningError, ModelError, ReadError

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--reader", metavar="NAME", help="How to read the files.  [default: by their content]")
@click.option("--no-mine", is_flag=True, help="Store the texts without suggestions.")
@by_option
def add(files: tuple[str, ...], reader: str | None, no_mine: bool, **stamp: Any) -> None:
    """Read texts, mine them and store both; a file that fails leaves the others."""
    failed = 0
    with opened(make=True) as kb, click.progressbar(files, label="adding", file=sys.stderr) as names:
        for name in names:
            failed += not _added(kb, name, reader=reader, mine=not no_mine, **stamp)
    sys.exit(1 if failed else 0)


def _added(kb: KnowledgeBase, name: str, **options: Any) -> bool:
    try:
        outcome = kb.add(name, **options)
    except (ReadError, ModelError, MiningError) as error:
        # The others are about the knowledge base or the options, and would stop every file.
        place = "" if isinstance(error, ReadError) else f"{name}: "
        tell(f"argmap: {place}{error}", err=True)
        return False
    nodes, links = (sum(item_id.startswith(kind) for item_id in outcome.ids) for kind in "nl")
    tell(f"{name}: {f'{nodes} nodes, {links} links' if outcome.ids else 'nothing new'}")
    return True


@main.command()
@click.argument("file")
@click.option("--reader", metavar="NAME", help="How to read the file.  [default: by its content]")
@click.option("--miner", default="argmap", show_default=True, metavar="NAME", help="Who suggests.")
def mine(file: str, reader: str | None, miner: str) -> None:
    """Print what a miner suggests for a text, as argmap JSON; nothing is stored.

    Where the knowledge base has learnt weights of its own (see train), the default miner uses them.
    """
    from argmap.formats import dump
    from argmap.knowledge_base import model_path
    from argmap.mining import MINERS
    from argmap.mining.own_model import remark
    from argmap.mining.pipeline import own_miner
    from argmap.model import ArgumentMap
    from argmap.readers import read_path

    document = read_path(Path(file), reader=reader)
    place = model_path(click.get_current_context().find_root().obj)
    found = (own_miner(place) if miner == "argmap" else MINERS[miner]).mine(document)
    if miner == "argmap" and (note := remark(place)):
        tell(f"argmap: {note}", err=True)
    write_whole("-", dump(ArgumentMap.of([document], found.nodes, found.links), "json")[0])
