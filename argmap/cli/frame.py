"""What every command shares: the group, the knowledge base it opens, its options, and how it prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.telling import plain
from argmap.errors import ArgmapError, StoreError

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase
    from argmap.store.drafts import Outcome


class Commands(click.Group):
    """Turns every error of ours into one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ArgmapError as error:
            fail(str(error))
        except BrokenPipeError:  # click knows how to end quietly
            raise
        except OSError as error:
            fail(f"{error.filename or 'file'}: {error.strerror or error}")
        except KeyboardInterrupt:
            fail("stopped; what was finished is kept")


def fail(message: str) -> None:
    """One line on stderr, then exit code 1."""
    tell(f"argmap: {' '.join(message.split())}", err=True)
    sys.exit(1)


def tell(line: str, *, err: bool = False) -> None:
    """Print one line with nothing in it that a terminal would obey or could not show."""
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    click.echo(plain(line).encode(encoding, "replace").decode(encoding), err=err)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--kb",
    "place",
    default="./debate.db",
    envvar="ARGMAP_KB",
    show_default=True,
    help="File or database URL.",
)
@click.version_option(package_name="argmap")
@click.pass_context
def main(ctx: click.Context, place: str) -> None:
    """Texts of a debate in, a browsable and correctable argument map out."""
    ctx.obj = place


@contextmanager
def opened(*, make: bool = False, read_only: bool = False) -> Iterator[KnowledgeBase]:
    """The knowledge base that --kb names; only commands that bring something in ``make`` a new one."""
    from argmap.knowledge_base import KnowledgeBase

    with KnowledgeBase(place_asked(make=make), read_only=read_only) as kb:
        yield kb


def place_asked(*, make: bool = False) -> str:
    """What --kb names.

    Raises:
        StoreError: no such file, and none is to be made.
    """
    place: str = click.get_current_context().find_root().obj
    if place and not make and "://" not in place and not Path(place).exists():
        raise StoreError(f"{place}: no such knowledge base; 'argmap add FILE' makes one")
    return place


def by_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every deciding command."""
    command = click.option("--because", metavar="TEXT", help="The reason, kept in the history.")(command)
    return click.option("--by", metavar="NAME", help="Who decides.  [default: ARGMAP_BY or login name]")(
        command
    )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def say(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print a value as JSON, or its lines for people."""
    if as_json:
        click.echo(json.dumps(value, indent=2, sort_keys=True))
        return
    for line in lines:
        tell(line)


def report(outcome: Outcome, done: str) -> None:
    """One line about what a deciding command did."""
    tell(f"{done} {' '.join(outcome.ids)}".rstrip() if outcome.operation else "nothing changed")


def write_whole(output: str, data: bytes) -> None:
    """Write bytes to stdout, or to a file: whole or not at all."""
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
