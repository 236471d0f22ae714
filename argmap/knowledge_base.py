"""The verbs of argmap, one place for each: what the command line, the explorer and Python all call."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.errors import DecisionError, FormatError, MiningError, ModelError, ReadError
from argmap.likeness import Likeness
from argmap.model import ArgumentMap, Document, Link, Node, Status, replay, standing
from argmap.model.events import Change, Described, DocumentAdded
from argmap.places import model_path
from argmap.store import STORES, reading
from argmap.store.drafts import Outcome, Stamp, batches
from argmap.store.engine import backend

if TYPE_CHECKING:
    from argmap.annotation import Measure
    from argmap.formats import Loss
    from argmap.formats.publishing import Published
    from argmap.mining import Miner, Suggestions
    from argmap.mining.train_gold import Trial
    from argmap.store.checking import Finding


def default_name() -> str:
    """The name decisions are signed with: ARGMAP_BY, else the login name."""
    with suppress(OSError, KeyError, ImportError):
        return os.environ.get("ARGMAP_BY") or getpass.getuser()
    return "somebody"


def chosen_miner(miner: str | Miner, place: str | os.PathLike[str]) -> Miner:
    """The miner of this name; the default one with the weights that the knowledge base there learnt."""
    from argmap.mining import MINERS

    if not isinstance(miner, str):
        return miner
    if miner != "argmap":
        return MINERS[miner]
    from argmap.mining.pipeline import own_miner

    return own_miner(model_path(place))


class KnowledgeBase(Likeness):
    """An argument map with its texts and its whole history.

    Args:
        place: path of an SQLite file (made where missing), ``":memory:"``, or a database URL.
        by: who decides where a verb does not say.
        read_only: refuse every write.

    Example:
        >>> kb = KnowledgeBase(":memory:", by="ann")
        >>> claim = kb.claim("claim", "Small models will catch up.").ids[0]
        >>> reply = kb.reply(claim, "attacks", "They lack knowledge.")
        >>> [node.text for link, node in kb.replies(claim)]
        ['They lack knowledge.']
    """

    def __init__(
        self, place: str | os.PathLike[str] = "debate.db", *, by: str | None = None, read_only: bool = False
    ) -> None:
        super().__init__(STORES[backend(place)](place, read_only=read_only), by=by or default_name())

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # --- whole things ------------------------------------------------------------------------------

    def check(self) -> list[Finding]:
        """What is damaged (errors) or weak (warnings)."""
        from argmap.store.checking import check

        return check(self.store)

    def agreement(self, *, draws: int = 1_000) -> list[Measure]:
        """How far annotators agree on units, kinds and links: each two of them, and all, with intervals."""
        from argmap.annotation import agreement, own_maps

        return agreement(own_maps(self.events()), draws=draws)

    def repair(self) -> int:
        """Rebuild the current state from the log; gives the number of items written."""
        from argmap.store.checking import repair

        return repair(self.store)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Write a copy of an SQLite knowledge base, while it is in use."""
        from argmap.store.backup import back_up

        back_up(self.store.engine, Path(path))

    def copy(self, place: str | os.PathLike[str]) -> int:
        """Bring the whole history into a new knowledge base of any kind; gives the number of events."""
        from argmap.store.checking import copy

        with KnowledgeBase(place, by=self.by) as other:
            return copy(self.store, other.store)

    def query(self, sparql: str) -> Any:
        """The answer to a SPARQL question over the map's RDF, as `argmap.formats.sparql.Answer`."""
        from argmap.formats.sparql import query

        return query(standing(self.map()), sparql)

    # --- learning ----------------------------------------------------------------------------------

    @property
    def model_path(self) -> Path | None:
        """Where the weights are that it learnt: what ARGMAP_MODEL names, else beside an SQLite file."""
        return model_path(self.store.url)

    def miner(self, name: str = "argmap") -> Miner:
        """The miner of this name; the default one with the weights that this knowledge base learnt."""
        return chosen_miner(name, self.store.url)

    def train(self, maps: Sequence[tuple[Document, ArgumentMap]], *, frozen: str | None = None) -> Trial:
        """Train the default miner further on a gold version; the new weights stay if they are not worse.

        Where ARGMAP_EMBEDDINGS names a model, they also weigh how alike two units are in meaning, if that
        is better.

        Args:
            maps: what the shipped weights learnt from (`argmap.mining.training_maps`).
            frozen: name of the gold version; the latest where it is None.

        Raises:
            DecisionError: nothing was frozen, or there is no place to keep weights.
            TrainingError: there is too little gold.
        """
        from argmap.mining.embeddings import VARIABLE
        from argmap.mining.own_model import own_model
        from argmap.mining.train_gold import train_gold

        names, place = list(self.frozen()), self.model_path
        if not names:
            raise DecisionError("nothing is gold yet: freeze a version first (argmap freeze NAME)")
        if place is None:
            raise DecisionError("say where its weights belong: ARGMAP_MODEL=FILE")
        name = frozen or names[-1]
        gold, meanings = self.frozen_map(name), os.environ.get(VARIABLE, "")
        trial = train_gold(gold, maps, name=name, used=own_model(place), meanings=meanings)
        if trial.is_kept:
            replace(trial.model, figures=trial.plain()).save(place)
        return trial

    def publish(self, url: str, *, graph: str | None = None, full: bool = False) -> Published:
        """Bring a SPARQL 1.1 server up to date with the standing map, by what changed since the last time.

        Args:
            url, graph: where to; see `argmap.formats.publishing.Endpoint`.
            full: replace all that is published there.

        Raises:
            PublishError: the server refuses, does not answer, or holds another history.
        """
        from argmap.formats.publishing import Endpoint, History, publish

        history = History(self.events, self.store.hash_of, self.version)
        return publish(Endpoint(url, graph=graph), history, full=full)

    # --- texts in ----------------------------------------------------------------------------------

    def add(
        self,
        path: str | os.PathLike[str],
        *,
        reader: str | None = None,
        mine: bool = True,
        miner: str | Miner = "argmap",
        **stamp: Any,
    ) -> Outcome:
        """Read a file, mine it and store both in one transaction; the same file again changes nothing.

        Raises:
            ReadError: the file is not a text that the reader can read.
        """
        from argmap.readers import read_path

        return self.add_document(read_path(Path(path), reader=reader), mine=mine, miner=miner, **stamp)

    def add_all(
        self, paths: Iterable[str], *, cluster: str | None = None, **options: Any
    ) -> Iterator[tuple[str, Outcome | str]]:
        """Add files one by one: each with its outcome, or why it failed; one that fails leaves the others.

        Args:
            cluster: address of a Dask scheduler whose workers read and mine the files, in any order.
            options: those of `add`.

        Raises:
            MiningError: there is no such cluster, or it was lost.
        """
        if cluster is not None:
            from argmap.cluster import added_on

            yield from added_on(self, cluster, list(paths), choose=chosen_miner, **options)
            return
        for path in paths:
            try:
                yield path, self.add(path, **options)
            except (ReadError, ModelError, MiningError) as error:
                # The others are about the knowledge base or the options, and would stop every file.
                yield path, str(error) if isinstance(error, ReadError) else f"{path}: {error}"

    def add_bytes(
        self, data: bytes, *, name: str, reader: str | None = None, mine: bool = True, **stamp: Any
    ) -> Outcome:
        """As `add`, for bytes that came by upload or paste."""
        from argmap.readers import read_bytes

        return self.add_document(read_bytes(data, name=name, reader=reader), mine=mine, **stamp)

    def add_document(
        self, document: Document, *, mine: bool = True, miner: str | Miner = "argmap", **stamp: Any
    ) -> Outcome:
        """Store a document, and what a miner suggests for it; mined once, it is not mined again.

        What the miner remarks is kept as the reason, where no other is given.
        """
        return self.bring_mined(document, self._suggested(document, miner) if mine else None, **stamp)

    def bring_mined(self, document: Document, found: Suggestions | None, **stamp: Any) -> Outcome:
        """Store a document, and what a miner suggested for it elsewhere."""
        if found is None:
            return self._bring([document], (), Stamp(**stamp))
        remarks = {"because": "; ".join(found.remarks)} if found.remarks else {}
        given = {name: value for name, value in stamp.items() if value is not None}
        return self._bring([document], (*found.nodes, *found.links), Stamp(**remarks | given))

    def _suggested(self, document: Document, miner: str | Miner) -> Suggestions | None:
        chosen = chosen_miner(miner, self.store.url)
        return None if self._is_mined(document.id, chosen) else chosen.mine(document)

    def _is_mined(self, document_id: str, miner: Miner) -> bool:
        """Whether it suggested something there; for weights learnt since, only where people have decided."""
        if self.count(document=document_id, by=f"{miner.name}@{miner.version}"):
            return True
        release, _, learnt = miner.version.partition("+")
        before = learnt and self.count(document=document_id, by=f"{miner.name}@{release}")
        return bool(before) and any(
            self.count(document=document_id, status=status.value)
            for status in (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)
        )

    def bring(self, argument_map: ArgumentMap, **stamp: Any) -> Outcome:
        """Add a map's documents, nodes and links with the statuses they have; what is here already stays."""
        items: list[Node | Link] = [*argument_map.nodes.values(), *argument_map.links.values()]
        known = self.attributes()
        new = {name: value for name, value in argument_map.attributes.items() if known.get(name) != value}
        return self._bring(argument_map.documents.values(), items, Stamp(**stamp), attributes=new)

    def _bring(
        self,
        documents: Iterable[Document],
        items: Iterable[Node | Link],
        stamp: Stamp,
        *,
        attributes: Mapping[str, Any] | None = None,
    ) -> Outcome:
        texts, values = list(documents), list(items)
        with self.store.reading() as connection:
            known = reading.known_ids(connection, [text.id for text in texts])
            new = reading.news(connection, values)
        changes: list[Change] = [DocumentAdded(text) for text in texts if text.id not in known]
        changes += batches(new)
        changes += [Described(attributes)] if attributes else []
        return self._write(changes, stamp)

    def load(
        self, data: bytes, *, format: str | None = None, path: str | None = None, **stamp: Any
    ) -> tuple[Outcome, tuple[str, ...]]:
        """Import a map from any format that can be read; gives the outcome and the reader's warnings.

        An argmap JSON file with its history brings the history along where this knowledge base is empty.

        Raises:
            FormatError: the bytes are not a map, or their history does not amount to their map.
        """
        from argmap.formats import detect, load
        from argmap.formats.argmap_json import load_events
        from argmap.formats.soundness import left_out

        argument_map, warnings = load(data, format, path=path)
        events = load_events(data) if (format or detect(data)) == "json" else ()
        if events and self.version:
            warnings = (*warnings, "its history stays out: there is one here already")
        elif events:
            if standing(replay(events)) != standing(argument_map):
                raise FormatError("its history does not amount to its map", path=path)
            self.store.restore(events)
            ids = (*argument_map.documents, *argument_map.nodes, *argument_map.links)
            return Outcome(events[0].operation, ids, self.version), warnings
        loose = left_out(argument_map)
        warnings += tuple(f"link {link} is left out: {why}" for link, why in loose.items())
        links = {name: link for name, link in argument_map.links.items() if name not in loose}
        return self.bring(replace(argument_map, links=links), **stamp), warnings

    def dump(
        self,
        format: str,
        *,
        strict: bool = False,
        history: bool = False,
        rejected: bool = False,
        frozen: str | None = None,
    ) -> tuple[bytes, tuple[Loss, ...]]:
        """Export the whole map: the bytes, and what they could not carry.

        Args:
            strict: raise `argmap.errors.LossError` rather than lose anything.
            history: put the events into argmap JSON.
            rejected: write rejected nodes and links too.
            frozen: the version of this name, as it stood when it was frozen.
        """
        from argmap.formats import dump
        from argmap.formats.argmap_json import dump_with_events

        if not history:
            found = self.map() if frozen is None else self.frozen_map(frozen)
            return dump(found if rejected else standing(found), format, strict=strict)
        events = list(self.events() if frozen is None else self.frozen_events(frozen))
        whole = replay(events)
        return dump_with_events(whole if rejected else standing(whole), events), ()
