"""Mining on a Dask cluster: workers read the files themselves, one process stores what they found.

Texts are not sent to workers, which costs more than mining them; each file is a shard that every worker sees
under the same path. What comes back is stored a document at a time, under ids that follow from the text, so
that a shard which is mined twice, because a worker was lost or everything was started again, changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.errors import MiningError, MissingExtra, ModelError, ReadError
from argmap.model import Document
from argmap.store.drafts import Outcome
from argmap.store.engine import backend, shown

if TYPE_CHECKING:
    from distributed import Client

    from argmap.knowledge_base import KnowledgeBase
    from argmap.mining import Miner, Suggestions

SECONDS = 20
"""To find the scheduler."""
WAITING = 4
"""Shards that wait for each thread of the cluster: enough to keep it busy, few enough to hold in memory."""

Choose = Callable[[str, str], "Miner"]
Added = tuple[str, Outcome | str]
Mined = tuple[Document, "Suggestions"]


def added_on(
    kb: KnowledgeBase,
    address: str,
    paths: Sequence[str],
    *,
    choose: Choose,
    reader: str | None = None,
    miner: str = "argmap",
    **stamp: Any,
) -> Iterator[Added]:
    """Each file with what adding it did, or why it failed; files that were mined before are left out.

    Args:
        choose: gives a worker the miner of a name, with the weights of a knowledge base.

    Raises:
        As `mined_on`.
    """
    from argmap.store.annotating import mined_files

    chosen = kb.miner(miner)
    by = f"{chosen.name}@{chosen.version}"
    with kb.store.reading() as connection:
        known = mined_files(connection, by)
    # Workers stand in folders of their own.
    fresh = {str(Path(path).absolute()): path for path in paths if not _is_among(path, known)}
    nothing = Outcome("", (), kb.version)
    yield from ((path, nothing) for path in sorted(set(paths).difference(fresh.values())))
    place = place_for_workers(kb.store.url)
    options = {"choose": choose, "reader": reader, "miner": miner, "place": place, "by": by}
    for path, found in mined_on(address, list(fresh), **options):
        yield fresh[path], found if isinstance(found, str) else kb.bring_mined(*found, **stamp)


def place_for_workers(url: str) -> str:
    """A whole path, since workers stand elsewhere; no password, since they may log what they are sent."""
    return str(Path(shown(url)).absolute()) if backend(url) == "sqlite" else shown(url)


def _is_among(path: str, digests: set[str]) -> bool:
    """Whether a file that is here has one of these digests; what cannot be read here, workers may see."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() in digests
    except OSError:
        return False


def mined(path: str, *, choose: Choose, reader: str | None, miner: str, place: str, by: str) -> Mined | str:
    """What a worker does with a shard; a file that fails gives the reason.

    Args:
        place: the knowledge base, beside which the miner's weights may lie.
        by: name and version that the miner must have.
    """
    from argmap.readers import read_path

    try:
        chosen = choose(miner, place)
        if f"{chosen.name}@{chosen.version}" != by:
            raise MiningError(
                f"a worker has {chosen.name}@{chosen.version}, not {by}: give it the same weights"
            )
        document = read_path(path, reader=reader)
        return document, chosen.mine(document)
    except (ReadError, ModelError, MiningError) as error:
        return str(error) if isinstance(error, ReadError) else f"{path}: {error}"


def mined_on(address: str, paths: Sequence[str], **options: Any) -> Iterator[tuple[str, Mined | str]]:
    """Each file with what `mined` gives, as they are done; memory holds a few at a time.

    Args:
        address: of the scheduler, ``tcp://host:8786``.
        options: those of `mined`.

    Raises:
        MissingExtra: Dask is not installed.
        MiningError: no scheduler answers, or it was lost.
    """
    with _connected(address) as client:
        from distributed import as_completed

        waiting = iter(paths)
        named: dict[Any, str] = {}

        def submitted(path: str) -> Any:
            # Not pure: the file may have changed since a shard of this name was mined.
            future = client.submit(mined, path, pure=False, **options)
            named[future] = path
            return future

        room = WAITING * max(1, sum(client.nthreads().values()))
        first = [submitted(path) for path in islice(waiting, room)]
        running = as_completed(first, loop=client.loop)
        for future in running:
            yield named.pop(future), _answer(future)
            for path in islice(waiting, 1):
                running.add(submitted(path))


def _answer(future: Any) -> Mined | str:
    error = future.exception()
    if error is None:
        answer: Mined | str = future.result()
        return answer
    return f"its worker failed: {' '.join(str(error).split())[:300]}"


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise MissingExtra("cluster", address, "cluster") from error
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise MiningError(f"{address}: no Dask scheduler answers there") from error
    try:
        with client:
            yield client
    except (OSError, CancelledError) as error:
        raise MiningError(
            f"{address}: the cluster was lost; what was finished is kept, run it again"
        ) from error
