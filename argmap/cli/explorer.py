"""Commands that open the explorer."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib import import_module

import click

from argmap.cli.frame import main, place_asked, tell


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8501, show_default=True)
@click.option("--read-only", is_flag=True, help="Nobody can change anything.")
@click.option("--team", is_flag=True, help="Serve others too: needs a login, https, --allow-host, an admin.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name people call it by.")
def app(host: str, port: int, read_only: bool, team: bool, hosts: tuple[str, ...]) -> None:
    """Open the explorer in the browser: for this machine alone, or with --team for others."""
    place = place_asked(make=True)
    import_module("app.launch").refuse_unsafe(place, host, hosts, team=team)
    _serve(place, host=host, port=port, read_only=read_only, hosts=hosts)


def _serve(
    place: str, *, host: str = "127.0.0.1", port: int, read_only: bool = False, hosts: tuple[str, ...] = ()
) -> None:
    # By name, because the command line stands beside the explorer and does not import it.
    launch = import_module("app.launch")
    address = f"http://{host}:{port}"
    click.echo(f"{address}  (Ctrl+C stops it)")
    if sys.stdout.isatty():
        threading.Thread(target=launch.open_browser, args=[address], daemon=True).start()
    environment = launch.environment(place, read_only=read_only, hosts=hosts)
    sys.exit(
        subprocess.run(
            launch.command(host=host, port=port, hosts=hosts), env=environment, check=False
        ).returncode
    )


@main.command()
@click.option("--raw", is_flag=True, help="The machine's own suggestions instead of the reviewed map.")
@click.option("--no-browser", is_flag=True, help="Make the knowledge base only.")
@click.option("--port", default=8501, show_default=True)
def demo(raw: bool, no_browser: bool, port: int) -> None:
    """The shipped debate of five texts in a fresh knowledge base, opened in the explorer."""
    from argmap.demonstration import make

    place = make(raw=raw)
    tell(f"{place}: the demo's knowledge base (use it with --kb)")
    if not no_browser:
        _serve(str(place), port=port)
