"""Texts on their way into the knowledge base, in a thread of their own.

Leaving the page, a reload or a lost connection does not stop them; the person who brought them does, and then
nothing of the text that was being read is stored. What came in before stays.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from app import state
from argmap.drawing import counted
from argmap.errors import ArgmapError
from argmap.knowledge_base import KnowledgeBase
from argmap.mining.suggestions import Suggestions
from argmap.model import ArgumentMap, Document


@dataclass
class Intake:
    """One person's texts.

    Args:
        mine: whether to look for claims and links in them.
        done: how many have come in or failed.
        finds: how many claims and links came with them.
        failures: (text, why it did not come in).
    """

    documents: Sequence[Document]
    mine: bool
    by: str
    done: int = 0
    finds: int = 0
    failures: list[tuple[Document, str]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def start(self, kb: KnowledgeBase) -> None:
        """Begin, in the background."""
        threading.Thread(target=self._run, args=(kb,), daemon=True, name="intake").start()

    @property
    def share(self) -> float:
        """How much of the characters has been read."""
        lengths = [len(document.text) for document in self.documents]
        return sum(lengths[: self.done]) / max(1, sum(lengths))

    @property
    def summary(self) -> str:
        """What has come of it."""
        texts = self.done - len(self.failures)
        start = "Stopped: " if self.stopped.is_set() else ""
        return f"{start}added {counted(texts, 'text')} with {self.finds:,} claims and links"

    @property
    def rest(self) -> list[Document]:
        """What did not come in."""
        return [document for document, _ in self.failures] + list(self.documents[self.done :])

    def _run(self, kb: KnowledgeBase) -> None:
        try:
            for document in self.documents:
                self._take_in(kb, document)
                if self.stopped.is_set():
                    return
                self.done += 1
        except Exception:
            self.failures.append(
                (document, f"{document.title}: this text broke the reading; the log says why")
            )
            self.done += 1
            raise
        finally:
            self.over.set()

    def _take_in(self, kb: KnowledgeBase, document: Document) -> None:
        """Mine a text, and store it with what was found, unless somebody stopped it meanwhile."""
        try:
            found = kb.miner().mine(document) if self.mine else Suggestions()
            if not self.stopped.is_set():
                outcome = kb.bring(ArgumentMap.of([document], found.nodes, found.links), by=self.by)
                self.finds += sum(item_id != document.id for item_id in outcome.ids)
        except ArgmapError as error:
            self.failures.append((document, f"{document.title}: {error}"))


def running() -> Intake | None:
    """The texts that this person brought and that are still on their way, or whose end was not told yet."""
    return _all().get(state.person())


def begin(documents: Sequence[Document], *, mine: bool) -> None:
    """Let texts in."""
    intake = _all()[state.person()] = Intake(documents, mine, state.person())
    intake.start(state.knowledge_base())


def forget() -> None:
    """Their end was told."""
    _all().pop(state.person(), None)


def _all() -> dict[str, Intake]:
    found: dict[str, Intake] = state.common("intakes", dict)
    return found
