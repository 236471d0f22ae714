"""Measurements that people can repeat: ``argmap bench [SUITE]`` prints them, tests never assert them."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from argmap.registry import Registry


@dataclass(frozen=True)
class Figure:
    """One measured figure: what it is of, the value, and its unit."""

    name: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.name:<58} {self.value:>12,.3f} {self.unit}"


Suite = Callable[[], Iterator[Figure]]

SUITES: Registry[Suite] = Registry(
    "argmap.suites",
    {
        "app": "app.bench:suite",  # by name: the explorer stands above
        "keys": "app.bench:keys_suite",
        "formats": "argmap.bench_formats:suite",
        "cluster": "argmap.bench_cluster:suite",
        "main": "argmap.bench:main_suite",
        "mining": "argmap.bench_mining:suite",
        "reasoning": "argmap.bench_reasoning:suite",
        "store": "argmap.bench_store:suite",
    },
)


def seconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """Median wall-clock seconds of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _command(*words: str) -> Callable[[], object]:
    line = [sys.executable, "-m", "argmap", *words]
    return lambda: subprocess.run(line, check=True, capture_output=True)


def main_suite() -> Iterator[Figure]:
    """The main job: cold help, the five texts in, a check, a search, an export."""
    from argmap.demonstration import data_folder

    texts = sorted(str(path) for path in (data_folder() / "texts").glob("*.txt"))
    yield Figure("argmap --help, cold", seconds(_command("--help"), runs=5), "s")
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "bench.db")
        yield Figure("add of the five texts", seconds(_command("--kb", place, "add", *texts), runs=1), "s")
        yield Figure(
            "add of the five texts again", seconds(_command("--kb", place, "add", *texts), runs=1), "s"
        )
        yield Figure("check", seconds(_command("--kb", place, "check")), "s")
        yield Figure("search", seconds(_command("--kb", place, "search", "models")), "s")
        yield Figure("export turtle", seconds(_command("--kb", place, "export", "turtle")), "s")
