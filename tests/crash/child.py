"""A process that is killed with SIGKILL before a chosen statement, or while one runs."""

from __future__ import annotations

import gc
import os
import re
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Engine

Seen: TypeAlias = Callable[[str, Any], None]

PIPE_HOLDS = 60_000

# The savepoint of a step in a transaction of the caller's, after which nothing is different.
_READS = re.compile(
    r"\s*(SELECT|SHOW|EXPLAIN|PRAGMA \w+\s*(\(|$)|RELEASE SAVEPOINT flaskmig_step$)", re.IGNORECASE
)
_TELLS = re.compile(r"advisory|set_config|nextval|setval", re.IGNORECASE)


def on_each_statement(engine: Engine, seen: Seen) -> None:
    """Call ``seen`` with each statement and the driver's connection, before it is run.

    SQLite tells of every statement itself, those that go past SQLAlchemy (BEGIN IMMEDIATE,
    COMMIT, PRAGMA) and those of triggers included. On PostgreSQL the engine sends each of its
    statements through SQLAlchemy's cursors, BEGIN and COMMIT too.
    """
    if engine.dialect.name == "sqlite":

        def trace(raw: Any, record: object) -> None:
            raw.set_trace_callback(lambda sql: seen(sql, raw))

        sa.event.listen(engine, "connect", trace)
        return

    def before(connection: object, cursor: Any, sql: str, *_: object) -> None:
        seen(sql, cursor.connection)

    sa.event.listen(engine, "before_cursor_execute", before)


def only_reads(sql: str) -> bool:
    """Whether a statement changes neither the database nor what the session holds."""
    return bool(_READS.match(sql)) and not _TELLS.search(sql)


def commits(sql: str) -> bool:
    """Whether a message ends with a COMMIT; on PostgreSQL the savepoint goes with the same one."""
    return sql.endswith("COMMIT")


def is_outside(raw: Any) -> bool:
    """Whether the driver's connection is in no transaction."""
    if hasattr(raw, "in_transaction"):
        return not raw.in_transaction
    return bool(raw.info.transaction_status == 0)


@dataclass
class Death:
    """Kills this process before its n-th statement; with ``sent`` once the server has it.

    A statement that was sent and not answered is one that nobody knows the outcome of.
    """

    at: int
    sent: bool = False
    count: int = 0

    def __call__(self, sql: str, raw: Any) -> None:
        self.count += 1
        if self.count == self.at:
            if self.sent:
                raw.pgconn.send_query(sql.encode())
                while raw.pgconn.flush():
                    pass
            die()


def die() -> NoReturn:
    """End as a process does that the system kills: no handler runs, nothing is closed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("SIGKILL does not return")


class Child:
    """A forked process that does some work; the caller's engines must hold no connections."""

    def __init__(self, work: Callable[[], object]) -> None:
        # The child's collector would otherwise copy most of the parent's memory.
        gc.freeze()
        reading, writing = os.pipe()
        self._said = open(reading)  # noqa: SIM115
        self.pid = os.fork()
        if self.pid == 0:
            _do(work, writing)
        os.close(writing)
        gc.unfreeze()

    def kill(self) -> None:
        """Kill it, wherever it is; nothing where it has ended."""
        os.kill(self.pid, signal.SIGKILL)

    def was_killed(self) -> bool:
        """Wait for it; raises AssertionError with its traceback where it failed by itself."""
        with self._said:
            told = self._said.read()
        _, status = os.waitpid(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, -signal.SIGKILL), f"the child failed by itself ({code}):\n{told}"
        return code != 0


def _do(work: Callable[[], object], writing: int) -> NoReturn:
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        os.write(writing, traceback.format_exc().encode()[-PIPE_HOLDS:])
    finally:
        os._exit(code)
