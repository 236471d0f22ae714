"""The shipped debate, as a fresh knowledge base."""

from __future__ import annotations

import tempfile
from pathlib import Path

from argmap.errors import ReadError
from argmap.knowledge_base import KnowledgeBase


def data_folder() -> Path:
    """The folder of the shipped debate.

    Raises:
        ReadError: argmap was installed without its data.
    """
    beside = Path(__file__).resolve().parent.parent
    # In a clone it is data/; installed, the same folder is called argmap_data.
    for folder in (beside / "data" / "debate", beside / "argmap_data" / "debate"):
        if folder.is_dir():
            return folder
    raise ReadError("the shipped debate is not installed; run from a clone of the project", path=str(beside))


def guidelines() -> str:
    """How to annotate, in Markdown.

    Raises:
        ReadError: argmap was installed without its data.
    """
    return (data_folder().parent / "guidelines.md").read_text(encoding="utf-8")


def careful_folders() -> tuple[Path, Path]:
    """The folders of the shipped careful maps: of the debate, and of the texts to train by."""
    return data_folder(), data_folder().parent / "training"


def make(*, raw: bool = False, folder: Path | None = None) -> Path:
    """A fresh knowledge base of the five texts; gives its path.

    Args:
        raw: the machine's own suggestions, not the reviewed map.
        folder: where to put it; a new temporary folder where it is None.
    """
    place = (folder or Path(tempfile.mkdtemp(prefix="argmap-demo-"))) / "debate.db"
    reviewed = data_folder() / "map.json"
    with KnowledgeBase(place, by="demo") as kb:
        if reviewed.exists() and not raw:
            kb.load(reviewed.read_bytes(), path=str(reviewed))
        else:
            for text in sorted((data_folder() / "texts").glob("*.txt")):
                kb.add(text)
    return place
