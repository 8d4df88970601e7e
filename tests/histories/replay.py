"""One history on one kind of database, by both tools, and where the results differ."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from typing import Literal, TypeAlias

import sqlalchemy as sa

from flaskmig.errors import FlaskmigError
from tests.counts import DEEP, rounds
from tests.histories import contents, judge, seeds
from tests.histories.history import History
from tests.histories.tools import Ours, Peer, Tool
from tests.postgres import Server

MakeDatabase: TypeAlias = Callable[[str], AbstractContextManager[sa.Engine]]
Leg: TypeAlias = tuple[Literal["upgrade", "downgrade"], str]

ROWS_A_STOP = rounds(1, 3)
# Rows are put in at each of so many stops.
EVERY = 1 if DEEP else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a database holds after one leg of the way."""

    leg: Leg
    at: frozenset[str]
    schema: contents.SchemaParts
    rows: contents.Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What one tool made of the way."""

    seen: list[Seen]
    sown: list[list[seeds.Seed]]
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a replay: ``differences`` are faults, ``excused`` is by the reason."""

    history: str
    database: str
    revisions: int
    rows: int
    differences: list[str]
    excused: dict[str, set[str]]


def replay(history: History, database: str, make: MakeDatabase, server: Server | None) -> Result:
    """Take databases up and down the history with Alembic and with flaskmig.

    At each of ten stops, what the databases hold is compared, and rows are put into all of them.
    Where rows differ, Alembic does it once more: what differs between its own runs is no fault.
    """
    with ExitStack() as stack:
        theirs, ours = (stack.enter_context(make(database)) for _ in range(2))
        with _running(history, theirs):
            peer = Peer(history, theirs)
            revisions = peer.revisions()
            legs = itinerary(history, database, revisions)
            first = travel(peer, legs, history, server)
            _require_floor(peer, legs)
        with _running(history, ours):
            second = travel(Ours(history, ours), legs, history, server, first.sown)
        again = first.seen
        if any(True for one, two in _pairs(first, second) for _ in _rows(one, two, one)):
            # Only now, so that what a clock says has gone on since both of them.
            other = stack.enter_context(make(database))
            with _running(history, other):
                again = travel(Peer(history, other), legs, history, server, first.sown).seen
    differences = [f"flaskmig: {text}" for text in second.refused]
    excused: dict[str, set[str]] = {}
    for (one, two), three in zip(_pairs(first, second), again, strict=False):
        for text in _between(one, two, three):
            reason = excuse(history, text)
            if reason is None:
                differences.append(f"after {' '.join(one.leg)}: {text}")
            else:
                excused.setdefault(reason, set()).add(text)
    return Result(
        history=history.name,
        database=database,
        revisions=len(revisions),
        rows=sum(taken for leg in first.sown for _, _, taken in leg),
        differences=differences,
        excused=excused,
    )


def straight(tool: type[Peer | Ours], history: History, database: str, make: MakeDatabase) -> float:
    """The seconds that a tool takes from nothing to the heads, in one run."""
    with make(database) as engine, _running(history, engine):
        runner = tool(history, engine)
        _go(runner, "upgrade", "heads")
        return runner.seconds


def itinerary(
    history: History, database: str, revisions: Sequence[str], stops: int = 10
) -> list[Leg]:
    """Up to the heads by way of ``stops`` revisions, and down again by the same to the floor."""
    first = history.first_stop.get(database)
    start = revisions.index(first) if first else 0
    last = len(revisions) - 1
    steps = (start + (last - start) * number / (stops - 1) for number in range(stops))
    places = sorted({round(step) for step in steps})
    legs: list[Leg] = [("upgrade", revisions[place]) for place in places[:-1]]
    legs.append(("upgrade", "heads"))
    floor = history.floor.get(database, "base")
    if floor == "heads":
        return legs
    lowest = -1 if floor == "base" else revisions.index(floor)
    down = [revisions[place] for place in reversed(places[:-1]) if place > lowest]
    return [*legs, *(("downgrade", revision) for revision in (*down, floor))]


def travel(
    tool: Tool,
    legs: Sequence[Leg],
    history: History,
    server: Server | None,
    sown: Sequence[Sequence[seeds.Seed]] | None = None,
) -> Journey:
    """Go the legs one by one, and on the way up put in rows: new ones, or those of ``sown``."""
    seen: list[Seen] = []
    made: list[list[seeds.Seed]] = []
    refused: list[str] = []
    known = set[str]()
    for number, (direction, revision) in enumerate(legs):
        try:
            _go(tool, direction, revision)
        except FlaskmigError as error:
            refused.append(f"{direction} {revision} fails: {error}")
            break
        seen.append(_look(tool.engine, (direction, revision), history, server))
        if direction == "downgrade" or revision == "heads":
            continue
        if number % EVERY:
            made.append([])
        elif sown is not None:
            refused += seeds.sow_again(tool.engine, sown[number])
        else:
            numbers = range(ROWS_A_STOP * number + 1, ROWS_A_STOP * (number + 1) + 1)
            left = (history.version_table, *history.unsown)
            made.append(seeds.sow(tool.engine, numbers, left, history.values, known))
    return Journey(seen=seen, sown=made, refused=refused)


def _go(tool: Tool, direction: str, revision: str) -> None:
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        (tool.upgrade if direction == "upgrade" else tool.downgrade)(revision)


def excuse(history: History, text: str) -> str | None:
    """Why a difference is Alembic's fault; None where it is nobody's but ours."""
    for pattern, reason in history.differs.items():
        if re.search(pattern, text):
            return reason
    return None


def _pairs(first: Journey, second: Journey) -> Iterator[tuple[Seen, Seen]]:
    return zip(first.seen, second.seen, strict=not second.refused)


def _between(theirs: Seen, ours: Seen, again: Seen) -> Iterator[str]:
    if theirs.at != ours.at:
        yield f"the version table: Alembic {sorted(theirs.at)}, flaskmig {sorted(ours.at)}"
    yield from judge.schema_differences(theirs.schema, ours.schema)
    yield from _rows(theirs, ours, again)


def _rows(theirs: Seen, ours: Seen, again: Seen) -> Iterator[str]:
    return judge.row_differences(theirs.rows, ours.rows, again.rows)


@contextmanager
def _running(history: History, engine: sa.Engine) -> Iterator[None]:
    with history.running(engine):
        if history.prepare is not None:
            with engine.begin() as connection:
                history.prepare(connection)
        yield


def _require_floor(peer: Peer, legs: Sequence[Leg]) -> None:
    """Raise AssertionError where the way down goes on below the floor that the history has."""
    floor = legs[-1][1]
    if floor == "base":
        return
    try:
        with redirect_stdout(StringIO()):
            peer.downgrade("base")
    except Exception:
        return
    raise AssertionError(f"Alembic goes down to the base, and not only to {floor}")


def _look(engine: sa.Engine, leg: Leg, history: History, server: Server | None) -> Seen:
    rows = contents.rows_of(engine)
    return Seen(
        leg=leg,
        at=frozenset(str(row["version_num"]) for row in rows.get(history.version_table, ())),
        schema=contents.schema_of(engine, server),
        rows=rows,
    )
