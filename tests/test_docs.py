"""What the documents say is so."""

import re
import tomllib
from pathlib import Path

import pytest

from argmap.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help(name: str) -> None:
    """A command without a help text is not finished."""
    assert main.commands[name].help


def test_commands_in_the_readme_exist() -> None:
    """Every ``argmap WORD`` of the README is a command."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S))
    shown = set(re.findall(r"(?:^|\s)argmap ([a-z]+)", blocks))
    shown |= set(re.findall(r"`argmap ([a-z]+)", README))

    assert set() == shown - set(main.commands)


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    """One to run the main job, one to run the tests; `.ci/run` reads the second by its mark."""
    marked = re.findall(r"<!-- (\w+) -->\n```sh\n([^\n]+)\n```", README)

    assert ["demo", "tests"] == [mark for mark, _ in marked]
    assert all(command.startswith("python3 -m venv .venv && ") for _, command in marked)


def test_the_changelog_names_this_version() -> None:
    """The newest heading of the changelog is the version of the package."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert re.findall(r'^version = "([^"]+)"', project, re.M) == re.findall(r"^## (\S+)", changelog, re.M)[:1]


def test_every_package_is_installed() -> None:
    """Every folder of Python files is in the list of packages, or an installed copy would lack it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    folders = {path.parent for root in ("argmap", "app") for path in (ROOT / root).rglob("*.py")}
    packages = {".".join(folder.relative_to(ROOT).parts) for folder in folders}

    assert packages - {"app.screenshots"} == listed - {"argmap_data"}


def test_nothing_names_a_machine() -> None:
    """No absolute path of anybody's machine stands in the project's texts."""
    patterns = ("*.md", "data/*.md", "argmap/**/*.py", "app/**/*.py")
    texts = [path for pattern in patterns for path in ROOT.glob(pattern)]
    machine = re.compile(r"/(work|home|root|Users)/")

    assert [] == [str(path) for path in texts if machine.search(path.read_text(encoding="utf-8"))]
