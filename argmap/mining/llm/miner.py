"""Documents to suggestions by a language model, passage by passage; quotes not in the text are dropped."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from argmap.mining.llm.answers import MOST_UNITS, Quotes, read_answer, schema
from argmap.mining.llm.asking import Asker, Unusable
from argmap.mining.llm.prompting import Earlier, Passage, halves, messages, passages
from argmap.mining.llm.settings import Settings
from argmap.mining.stretches import Stretch, turns
from argmap.mining.suggestions import Suggestions
from argmap.model import Document, Link, Mention, Node, Span, Status, new_link, new_node

REMEMBERED = 40
"""Units found before that a model may link to."""
_SHORT = 200
_CUE = "as a language model reads it"


class LlmMiner:
    """Any model behind an OpenAI-compatible address.

    Args:
        settings: which one; what the environment says where it is None.
        sleep: waits between tries.
    """

    name = "llm"

    def __init__(
        self, settings: Settings | None = None, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings = settings
        self._sleep = sleep

    @property
    def settings(self) -> Settings:
        """Which model is asked, and where.

        Raises:
            MiningError: nobody said so.
        """
        return self._settings or Settings.chosen()

    @property
    def version(self) -> str:
        """The name of the model."""
        return self.settings.model

    def mine(self, document: Document) -> Suggestions:
        """Suggestions for one document. Cost: a question for each `argmap.mining.llm.prompting.PASSAGE`."""
        return next(self.mine_all([document]))

    def mine_all(self, documents: Iterable[Document]) -> Iterator[Suggestions]:
        """Suggestions for each document, in order; the budget is for all of them together.

        Raises:
            MiningError: the model cannot be asked, or the budget is spent; what was answered is kept.
            MissingExtra: httpx or jsonschema is not installed.
        """
        asker = Asker(self.settings, schema(), sleep=self._sleep)
        for document in documents:
            yield _Reading(document, asker, f"{self.name}@{self.version}").suggestions()


class _Reading:
    """One document as a model reads it, passage by passage."""

    def __init__(self, document: Document, asker: Asker, by: str) -> None:
        self.document, self.asker, self.by = document, asker, by
        self.nodes: list[Node] = []
        self.links: dict[str, Link] = {}
        self.absent = self.loose = self.lost = 0

    def suggestions(self) -> Suggestions:
        """What the model found, as far as it stands in the text."""
        waiting = deque(passages(self.document))
        while waiting:
            passage = waiting.popleft()
            asked = messages(self.document, passage, self._earlier(), json.dumps(schema()))
            try:
                self._take(passage, self.asker.ask(asked, read_answer))
            except Unusable:
                parts = halves(passage)
                waiting.extendleft(reversed(parts if len(parts) > 1 else []))
                self.lost += len(parts) == 1
        return Suggestions(tuple(self.nodes), tuple(self.links.values()), tuple(self._remarks()))

    def _earlier(self) -> Iterator[Earlier]:
        first = max(0, len(self.nodes) - REMEMBERED)
        for number, node in enumerate(islice(self.nodes, first, None), start=first + 1):
            yield {"id": number, "quote": node.text[:_SHORT]}

    def _take(self, passage: Passage, answer: dict[str, Any]) -> None:
        found = dict(enumerate(self.nodes, start=1))
        quotes = Quotes(passage)
        for unit in answer["units"][:MOST_UNITS]:
            place = quotes.find(unit["quote"], unit["turn"] - 1)
            if place is None:
                self.absent += 1
                continue
            found[unit["id"]] = self._node(unit, *place)
            self.nodes.append(found[unit["id"]])
        for link in answer["links"][:MOST_UNITS]:
            source, target = found.get(link["source"]), found.get(link["target"])
            if source is None or target is None or source.id == target.id:
                self.loose += 1
            else:
                self._link(link, source, target)

    def _node(self, unit: dict[str, Any], stretch: Stretch, span: Span) -> Node:
        text = " ".join(self.document.text[span.start : span.end].split())
        speaker = None if stretch.quoted else turns(self.document)[stretch.turn].speaker
        return new_node(
            unit["kind"],
            text,
            [Mention(self.document.id, span.start, span.end, speaker)],
            status=Status.SUGGESTED,
            confidence=round(float(unit["confidence"]), 4),
            by=self.by,
            cue=_CUE,
        )

    def _link(self, given: dict[str, Any], source: Node, target: Node) -> None:
        link = new_link(
            given["kind"],
            [source.id],
            target.id,
            status=Status.SUGGESTED,
            confidence=round(float(given["confidence"]), 4),
            by=self.by,
            cue=_CUE,
        )
        self.links.setdefault(link.id, link)

    def _remarks(self) -> Iterator[str]:
        counts = {
            "quotes that are not in the text were left out": self.absent,
            "links without two ends were left out": self.loose,
            "passages got no usable answer": self.lost,
        }
        yield from (f"{count} {what}" for what, count in counts.items() if count)
        asked = self.asker
        yield f"asked {asked.requests} times, {asked.tokens:,} tokens; {asked.remembered} answers were known"


MINER = LlmMiner()
