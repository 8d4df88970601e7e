"""Contenders that take turns, and what was measured of each."""

from __future__ import annotations

import gc
import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

SUBJECT = "flaskmig"


def _nothing() -> None:
    """Nothing has to be made ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One that does the work: ``prepare`` goes before each round and is not timed.

    ``renew`` gives a forked process connections of its own; without it no memory is measured.
    ``queries`` is how many statements the work takes, where SQLAlchemy does not see them.
    """

    name: str
    run: Callable[[], object]
    prepare: Callable[[], object] = _nothing
    renew: Callable[[], object] | None = None
    queries: int | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """Seconds of each contender, one number a round, and what else was counted.

    ``baseline`` is a contender of which the others do all and something more: what counts of them
    is what they take beyond it.
    """

    benchmark: str
    database: str
    what: str
    size: int
    unit: str
    seconds: Mapping[str, tuple[float, ...]]
    baseline: str | None = None
    queries: Mapping[str, int] = field(default_factory=dict)
    megabytes: Mapping[str, float] = field(default_factory=dict)

    def median(self, name: str) -> float:
        return median(self.seconds[name])

    def beyond(self, name: str) -> float | None:
        """Seconds more than the baseline: the median of the rounds."""
        if self.baseline is None or name == self.baseline:
            return None
        pairs = zip(self.seconds[name], self.seconds[self.baseline], strict=True)
        return median(mine - base for mine, base in pairs)

    def ratio(self, name: str) -> float:
        """How many times as long as flaskmig: the median of the ratios of the rounds."""
        pairs = zip(self.seconds[name], self.seconds[SUBJECT], strict=True)
        return median(theirs / ours for theirs, ours in pairs)

    def ratio_beyond(self, name: str) -> float | None:
        """How many times as long as flaskmig, of what both take beyond the baseline."""
        theirs, ours = self.beyond(name), self.beyond(SUBJECT)
        return None if theirs is None or ours is None or ours <= 0 else theirs / ours

    def to_json(self) -> dict[str, object]:
        return {
            "benchmark": self.benchmark,
            "database": self.database,
            "what": self.what,
            self.unit: self.size,
            "contenders": {
                name: {
                    "seconds": list(each),
                    "median": self.median(name),
                    "beyond": self.beyond(name),
                    "ratio": self.ratio(name),
                    "ratio_beyond": self.ratio_beyond(name),
                    "queries": self.queries.get(name),
                    "megabytes": self.megabytes.get(name),
                }
                for name, each in self.seconds.items()
            },
        }


def compete(contenders: Sequence[Contender], rounds: int) -> dict[str, tuple[float, ...]]:
    """Seconds of each, in turns, every other round the other way about."""
    seconds: dict[str, list[float]] = {each.name: [] for each in contenders}
    for number in range(rounds):
        for each in contenders if number % 2 == 0 else reversed(contenders):
            each.prepare()
            gc.collect()
            started = time.perf_counter()
            each.run()
            seconds[each.name].append(time.perf_counter() - started)
    return {name: tuple(each) for name, each in seconds.items()}


def count_queries(contenders: Sequence[Contender]) -> dict[str, int]:
    """How many statements each sends in one more run."""
    found = {}
    for each in contenders:
        if each.queries is not None:
            found[each.name] = each.queries
            continue
        each.prepare()
        with _counting() as sent:
            each.run()
        if sent:
            found[each.name] = len(sent)
    return found


def measure_memory(contenders: Sequence[Contender]) -> dict[str, float]:
    """How many megabytes more than before each needs at most, in a process of its own."""
    found = {}
    for each in contenders:
        if each.renew is not None:
            each.prepare()
            found[each.name] = _peak(each.renew, each.run)
    return found


@contextmanager
def _counting() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(*given: Any) -> None:
        sent.append(given[2])

    sa.event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(Engine, "before_cursor_execute", note)


def _peak(renew: Callable[[], object], run: Callable[[], object]) -> float:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        renew()
        run()
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(writing, str((after - before) / 1024).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return float(text)
