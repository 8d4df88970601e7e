"""A chain of revisions that is killed and run again, and what it must come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from flaskmig.engine.migrating.events import Direction
from tests.crash.child import Child, Death, commits, is_outside, on_each_statement, only_reads
from tests.crash.judge import Border, difference, judge_of
from tests.execute.chain import Chain

# What SQLite undoes a cut transaction with; all that a migration may run under.
JOURNAL_MODES = ("delete", "truncate", "persist", "wal")
_IN_A_ROW = 12


@dataclass(frozen=True)
class Route:
    """A way from one revision to another, as it was walked without a crash.

    ``borders`` are the states at which no transaction was open, in order and each once;
    ``statements`` what was sent to the database, with whether it was outside of a transaction.
    """

    direction: Direction
    target: str
    borders: tuple[Border, ...]
    statements: tuple[tuple[str, bool], ...]

    @property
    def end(self) -> Border:
        return self.borders[-1]

    def points(self, *, every: bool, whole: bool = True) -> list[int]:
        """Before which statements to die: all, or one for each state that may be found.

        To die before a statement is to die after the one before it. What follows a statement
        that only reads is what was there before it. Without ``whole`` only from the first
        transaction to the end of the last: what a session does around them is always the same.
        """
        texts = [sql for sql, _ in self.statements]
        inside = [number for number, sql in enumerate(texts, 1) if _is_border(sql)]
        first, last = (1, len(texts)) if whole else (inside[0], inside[-1] + 1)
        return [
            number
            for number in range(first, last + 1)
            if every or number == first or not only_reads(texts[number - 2])
        ]

    def sendings(self) -> list[int]:
        """The statements that commit, which the server may do though the process has died."""
        return [
            number
            for number, (sql, outside) in enumerate(self.statements, 1)
            if commits(sql) or (outside and not only_reads(sql) and sql.isascii())
        ]


def _is_border(sql: str) -> bool:
    return sql.startswith("BEGIN") or commits(sql)


class Trial:
    """One database, its revision files, and the judge that looks at it."""

    def __init__(self, folder: Path, engine: Engine, **options: Any) -> None:
        self.url = engine.url
        self.mode: str | None = None
        engine.dispose()
        self.engines = {mode: self.engine(mode) for mode in (None, *JOURNAL_MODES)}
        self.chain = Chain(folder, self.engines[None], **options)
        self.judge = judge_of(engine)
        self.at = ""

    def engine(self, mode: str | None) -> Engine:
        """A new engine that keeps no connection, on SQLite in a journal mode."""
        made = sa.create_engine(self.url, poolclass=NullPool)
        if mode is not None:

            def set_mode(raw: Any, record: object) -> None:
                raw.execute(f"PRAGMA journal_mode = {mode}").close()

            sa.event.listen(made, "connect", set_mode)
        return made

    def use_mode(self, number: int) -> None:
        """On SQLite, take one of the journal modes from here on."""
        if self.url.get_backend_name() == "sqlite":
            self.mode = JOURNAL_MODES[number % len(JOURNAL_MODES)]
            self.chain.engine = self.engines[self.mode]

    def work(self, direction: Direction, target: str) -> None:
        """The real thing: the engine's own run to a target."""
        if direction == "upgrade":
            self.chain.upgrade(target)
        else:
            self.chain.downgrade(target)

    def walk(self, direction: Direction, target: str) -> Route:
        """Go without a crash, and look wherever no transaction is open."""
        borders = [self.judge.look()]
        statements: list[tuple[str, bool]] = []

        def seen(sql: str, raw: Any) -> None:
            outside = is_outside(raw)
            if outside and statements and not only_reads(statements[-1][0]):
                self._note(borders)
            statements.append((sql, outside))

        self.chain.engine = self.engine(self.mode)
        on_each_statement(self.chain.engine, seen)
        self.work(direction, target)
        self.chain.engine = self.engines[self.mode]
        self.judge.rest()
        self._note(borders)
        return Route(direction, target, tuple(borders), tuple(statements))

    def _note(self, borders: list[Border]) -> None:
        found = self.judge.look()
        if found != borders[-1]:
            borders.append(found)

    def crash(self, route: Route, death: Death) -> bool:
        """Go in a process that dies on the way; whether it came so far as to be killed."""

        def work() -> None:
            # It holds no connection, and knows the server already.
            on_each_statement(self.chain.engine, death)
            self.work(route.direction, route.target)

        self.at = f"{route.direction} to {route.target}, killed at statement {death.at}"
        if death.at <= len(route.statements):
            self.at += f" ({'sent' if death.sent else 'not sent'}): "
            self.at += " ".join(route.statements[death.at - 1][0].split())[:200]
        if self.mode:
            self.at += f" [journal_mode {self.mode}]"
        return Child(work).was_killed()

    def check_at_rest(self, route: Route) -> int:
        """The number of the border that the database rests at; nothing else may be there."""
        self.judge.rest()
        found = self.judge.look()
        if found in route.borders:
            return route.borders.index(found)
        named = [each for each in route.borders if each.unfinished == found.unfinished]
        near = min(named or route.borders, key=lambda each: len(difference(found, each)))
        raise AssertionError(
            f"{self.at}\nleft what is no border of the revision. The journal names "
            f"{found.unfinished or 'nothing'}; from the nearest border it differs in\n"
            f"{difference(found, near)}"
        )

    def finish(self, route: Route) -> None:
        """Run again as a person would; the database must be the one that never crashed."""
        self.judge.rest()
        try:
            self.work(route.direction, route.target)
        except Exception as error:
            error.add_note(f"when run again after: {self.at}")
            raise
        self.check_end(route)

    def check_end(self, route: Route) -> None:
        """The database is what it becomes without a crash."""
        self.judge.rest()
        found = self.judge.look()
        assert found == route.end, (
            f"{self.at}\nand run again, the database is not the one that never crashed:\n"
            f"{difference(found, route.end)}"
        )

    def close(self) -> None:
        self.judge.close()


def round_trip(trial: Trial, start_at: str, target: str) -> tuple[Route, Route]:
    """The way there and back; walked once before, so that coming back changes nothing more."""
    trial.work("upgrade", start_at)
    trial.work("upgrade", target)
    trial.work("downgrade", start_at)
    there = trial.walk("upgrade", target)
    back = trial.walk("downgrade", start_at)
    assert back.end == there.borders[0], (
        "coming back is not where it began, so this cannot be repeated:\n"
        f"{difference(back.end, there.borders[0])}"
    )
    return there, back


def kill_at_each(trial: Trial, routes: Sequence[Route], *, every: bool, whole: bool) -> int:
    """Kill at each point of each way, look, run again, compare; returns how many died.

    ``every`` and ``whole`` choose the points, see `Route.points`.

    With ``every`` each process that died is followed by one that is not killed. Else that is so
    at every border but the first; where nothing is kept of a process, the next one goes the same
    way and one statement further, and every few of them to the end.
    """
    killed = 0
    ways = cycle(routes)
    left = {route.direction: deaths(route, every=every, whole=whole) for route in routes}
    while any(left.values()):
        route = next(ways)
        planned = left[route.direction]
        for number in range(len(planned)):
            trial.use_mode(killed)
            death = planned.pop(0)
            died = trial.crash(route, death)
            border = trial.check_at_rest(route)
            assert died or death.at > len(route.statements), trial.at
            killed += died
            if every or border or number == _IN_A_ROW:
                break
        trial.finish(route)
    return killed


def deaths(route: Route, *, every: bool, whole: bool) -> list[Death]:
    """All of them, and one that never comes: a process that is not killed ends well."""
    found = [Death(point) for point in route.points(every=every, whole=whole)]
    # SQLite has no server that goes on without the process.
    if not any(sql.startswith("PRAGMA") for sql, _ in route.statements):
        found += [Death(point, sent=True) for point in route.sendings()]
    return [*found, Death(len(route.statements) + 1)]
