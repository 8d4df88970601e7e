"""What a database holds when nothing runs on it, read without flaskmig.

Everything that the raw catalogues tell, every row of every table, and what the journal says is
unfinished. The rows of the journal itself are left out: they hold times.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from flaskmig.engine.records.journal_table import TABLE
from tests.laws.judge import shape

DEADLINE = 120.0
_NAMED = "version_table, run, revision"
_UNFINISHED = f"""
SELECT revision, direction, ordinal, state FROM {TABLE} AS row
 WHERE EXISTS (SELECT 1 FROM {TABLE} AS head WHERE head.run = row.run
                  AND head.revision = row.revision AND head.ordinal = 0 AND head.state <> 'done')
 ORDER BY started_at, run, ordinal
"""
_DONE = f"SELECT revision, direction, count(*) FROM {TABLE} WHERE ordinal = 0 GROUP BY 1, 2"


@dataclass(frozen=True)
class Border:
    """A state that a database may rest in; ``unfinished`` is what the journal says of it."""

    unfinished: tuple[tuple[Any, ...], ...]
    held: tuple[tuple[str, str], ...]

    @property
    def facts(self) -> dict[str, str]:
        """What the database holds, by name."""
        return dict(self.held)


def difference(found: Border, wanted: Border) -> str:
    """What tells two states apart, for a failure."""
    ours, theirs = found.facts, wanted.facts
    lines = [
        f"  {name}\n    is:        {ours.get(name)}\n    should be: {theirs.get(name)}"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]
    if found.unfinished != wanted.unfinished:
        lines.append(f"  unfinished: {found.unfinished}, should be {wanted.unfinished}")
    return "\n".join(lines) or "  nothing"


class Judge(Protocol):
    """Looks at one database from outside."""

    def rest(self) -> None:
        """Wait until no process that died is still served."""
        ...

    def look(self) -> Border:
        """What is there now."""
        ...

    def done(self) -> Mapping[tuple[str, str], int]:
        """How often each revision was done in each direction, as the journal says."""
        ...

    def clear(self) -> None:
        """Make the database empty."""
        ...

    def close(self) -> None: ...


def judge_of(engine: Engine) -> Judge:
    """The judge for a database."""
    if engine.dialect.name == "sqlite":
        return SQLiteJudge(str(engine.url.database))
    return PostgreSQLJudge(engine)


class SQLiteJudge:
    """Opens the file anew for each look, which is also what undoes a write that was cut off."""

    def __init__(self, path: str) -> None:
        self.path = path

    def rest(self) -> None:
        """Nothing: a process that is gone holds no lock."""

    def look(self) -> Border:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as raw:
            raw.execute("BEGIN")
            master = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            held = {f"{kind} {name} of {table}": str(sql) for kind, name, table, sql in master}
            tables = [name for kind, name, _, _ in master if kind == "table" and name != TABLE]
            held |= {f"rows of {name}": self._rows(raw, name) for name in tables}
            held["damage"] = self._damage(raw)
            held["foreign keys"] = repr(raw.execute("PRAGMA foreign_key_check").fetchall())
            has_journal = any(name == TABLE for _, name, _, _ in master)
            unfinished = raw.execute(_UNFINISHED).fetchall() if has_journal else []
        return Border(tuple(unfinished), tuple(sorted(held.items())))

    def _damage(self, raw: sqlite3.Connection) -> str:
        return repr(raw.execute("PRAGMA integrity_check").fetchall())

    def _rows(self, raw: sqlite3.Connection, name: str) -> str:
        table = '"' + name.replace('"', '""') + '"'
        [without_rowid] = raw.execute("SELECT wr FROM pragma_table_list WHERE name = ?", [name])
        # Where sqlite_sequence keeps a table's row says nothing.
        has_rowid = not without_rowid[0] and not name.startswith("sqlite_")
        columns = "rowid, *" if has_rowid else "*"
        rows = raw.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()
        names = [row[1] for row in raw.execute(f"PRAGMA table_xinfo({table})")]
        return f"{names} {rows}"

    def done(self) -> Mapping[tuple[str, str], int]:
        with closing(sqlite3.connect(self.path)) as raw:
            return {(row[0], row[1]): row[2] for row in raw.execute(_DONE)}

    def clear(self) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            Path(self.path + ending).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing is open."""


_RELATIONS = """
SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
 ORDER BY 1, 2
"""
_BESIDE = """
SELECT 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid)
    || coalesce(obj_description(p.oid, 'pg_proc'), '')
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.prokind = 'f'
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'extension ' || e.extname, n.nspname || ' ' || e.extversion
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
"""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
   AND {others}
"""


class PostgreSQLJudge:
    """Looks through one connection of its own, on which no transaction stays open.

    ``others`` says in SQL which sessions may be those of a process that died.
    """

    others = "true"

    def __init__(self, engine: Engine) -> None:
        made = sa.create_engine(engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.connection: Connection = made.connect()

    def rest(self) -> None:
        deadline = time.monotonic() + DEADLINE
        while self.connection.exec_driver_sql(_OTHERS.format(others=self.others)).scalar_one():
            assert time.monotonic() < deadline, "the server still works for a process that died"
            time.sleep(0.002)

    def look(self) -> Border:
        run = self.connection.exec_driver_sql
        held = {name: str(facts) for name, facts in shape(self.connection).items()}
        held |= {str(name): str(facts) for name, facts in run(_BESIDE).all()}
        parts = []
        has_journal = False
        for schema, name, kind in run(_RELATIONS).all():
            address = f'"{schema}"."{name}"'
            if name == TABLE:
                has_journal = True
            elif kind == "S":
                parts.append(f"SELECT '{address}', last_value || ' ' || is_called FROM {address}")
            else:
                rows = f"(SELECT to_jsonb(t)::text AS row FROM {address} AS t) AS rows"
                parts.append(
                    f"SELECT '{address}', (SELECT string_agg(row, ' ' ORDER BY row) FROM {rows})"
                )
        if parts:
            told = run(" UNION ALL ".join(parts)).all()
            held |= {f"rows of {name}": str(rows) for name, rows in told}
        unfinished = run(_UNFINISHED).all() if has_journal else []
        return Border(tuple(tuple(row) for row in unfinished), tuple(sorted(held.items())))

    def done(self) -> Mapping[tuple[str, str], int]:
        rows = self.connection.exec_driver_sql(_DONE).all()
        return {(row[0], row[1]): row[2] for row in rows}

    def clear(self) -> None:
        self.rest()
        self.connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        self.connection.exec_driver_sql("CREATE SCHEMA public")

    def close(self) -> None:
        self.connection.close()
