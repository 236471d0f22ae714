"""A text full of suggestions, a server that can be killed, and what the log says of somebody's keys."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from app.bench import free_port, start
from app.launch import wait_for
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Document, Mention, Status, Turn, document_id, new_node
from argmap.model.events import Accepted, Rejected


def crowded(count: int = 100) -> ArgumentMap:
    """A document of so many one-sentence suggestions; emoji make UTF-16 offsets differ from code points."""
    sentences = [f"😀 Point {number} is made here." for number in range(count)]
    text = " ".join(sentences)
    document = Document(document_id(text), "Crowded", "thread", text, (Turn("t1", 0, len(text), "Ann"),))
    nodes = []
    for words in sentences:
        start = text.index(words)
        mention = Mention(document.id, start, start + len(words), "Ann")
        nodes.append(
            new_node("claim", words, [mention], status=Status.SUGGESTED, confidence=0.7, by="miner@1")
        )
    return ArgumentMap.of([document], nodes)


class Server:
    """The explorer over a knowledge base, on one port through all its lives."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self.process = start(self.place, self.port, by="somebody")
        wait_for(self.address)

    def kill(self) -> None:
        """Kill it as a crash would."""
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
            self.process = None


def made(folder: Path, argument_map: ArgumentMap) -> str:
    """The path of a knowledge base that holds this map."""
    place = str(folder / "crowded.db")
    with KnowledgeBase(place, by="setup") as kb:
        kb.bring(argument_map)
    return place


def decisions(place: str, name: str) -> list[tuple[str, str]]:
    """(node, "a" or "x") of what somebody accepted and rejected, in the order of the log."""
    keys: dict[type, str] = {Accepted: "a", Rejected: "x"}
    with KnowledgeBase(place, by="test") as kb:
        return [
            (node, keys[type(event.change)])
            for event in kb.events()
            if event.by.name == name and isinstance(event.change, Accepted | Rejected)
            for node in event.change.ids
        ]


def in_order(argument_map: ArgumentMap) -> list[str]:
    """Nodes by their place in the text."""
    return [node.id for node in sorted(argument_map.nodes.values(), key=lambda node: node.mentions[0].start)]


def opened(tab: Any, address: str, **asked: str) -> None:
    """The annotate screen, ready for keys."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    tab.goto(f"{address}/annotate?{query}")
    tab.locator(".an-selected").first.wait_for()


def saved(tab: Any) -> None:
    """Wait until nothing is pending."""
    tab.locator(".an-line", has_text="Saved").wait_for()
