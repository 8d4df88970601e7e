"""What a rebuild must leave as it was: one thing that a database can have, in SQL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    """``sql`` makes the database; ``table``, which has ``column``, is then rebuilt.

    ``connected`` is run on the connection that carries the change out: what is temporary lives
    there. ``queries`` have the same answer before and after. ``then`` are statements that are
    run afterwards, and with the last one's answer.
    """

    name: str
    sql: str
    table: str = "t"
    column: str = "n"
    connected: str = ""
    queries: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    answer: tuple[tuple[object, ...], ...] = ()


@dataclass(frozen=True)
class Change:
    """A change of its own: ``body`` is run as a revision on what ``sql`` and ``rows`` make.

    ``after`` makes what is there then, and what the two differ in is spelling. ``values`` are
    the cells of the table's rows that are others afterwards, or new, by column; ``sequences``
    the counters of AUTOINCREMENT that are.
    """

    name: str
    sql: str
    body: str
    after: str
    rows: str = ""
    table: str = "t"
    values: tuple[tuple[str, tuple[object, ...]], ...] = ()
    sequences: tuple[tuple[str, object], ...] = ()
    queries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stopped:
    """A change that must stop with a message, and leave everything as it was."""

    name: str
    sql: str
    body: str
    says: str
    hints: str = ""
    connected: str = ""
