"""What statements claim of locks and rewrites, held against the server's own account."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from flaskmig.dialects.base import Statement
from flaskmig.operations import AlterEnum, CreateTable, DropColumn, DropTable, Operation
from flaskmig.schema import QualifiedName
from tests.postgresql.support import DIALECT, apply, execute
from tests.postgresql.test_operations import (
    BASE,
    KEEPING,
    MOOD,
    ROWS,
    TEAMS,
    USERS,
    make_moods,
    typed,
)

MODES = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
# What readers and writers take themselves blocks none of them.
HARMLESS = MODES.index("ROW EXCLUSIVE")

HELD = """
SELECT n.nspname, c.relname, l.mode
  FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE l.pid = pg_backend_pid() AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
"""
FILES = """
SELECT c.oid, c.relfilenode FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""

CASES: dict[str, list[Operation]] = {
    **{name: operations for name, operations in KEEPING.items() if "concurrent" not in name},
    "narrow": [typed("name", "character varying(5)")],
    "to smallint": [typed("age", "smallint")],
    "drop a table": [DropTable(table=BASE)],
    "drop two columns": [
        DropColumn(table=USERS, column=BASE.column("text")),
        DropColumn(table=USERS, column=BASE.column("age")),
    ],
}


def name_of(word: str) -> str:
    """ "AccessExclusiveLock" as SQL says it."""
    spaced = "".join(f" {c}" if c.isupper() else c for c in word.removesuffix("Lock"))
    return spaced.strip().upper()


def files(connection: sa.Connection) -> dict[int, int]:
    """The file that each table's rows are in: another one means that it was written anew."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(FILES)}


def observe(
    connection: sa.Connection, statement: Statement
) -> tuple[dict[QualifiedName, int], bool]:
    """The strongest lock on each table that was there, and whether one was written anew."""
    tables = {t.name for t in DIALECT.introspect(connection, schemas=["audit"]).tables}
    connection.rollback()
    held: dict[QualifiedName, int] = {}
    with DIALECT.step(connection):
        before = files(connection)
        DIALECT.run(connection, statement)
        after = files(connection)
        for schema, table, mode in connection.exec_driver_sql(HELD):
            name = QualifiedName(table, None if schema == "public" else schema)
            if name in tables:
                held[name] = max(held.get(name, 0), MODES.index(name_of(mode)))
    rewritten = any(before[oid] != file for oid, file in after.items() if oid in before)
    return held, rewritten


def check(engine: sa.Engine, operations: list[Operation]) -> None:
    with engine.connect() as connection:
        known = DIALECT.introspect(connection)
        for statement in DIALECT.statements(operations, known):
            held, rewritten = observe(connection, statement)
            claimed = {lock.table: MODES.index(lock.mode) for lock in statement.locks}
            for table, mode in held.items():
                claim = max(claimed.get(table, 0), HARMLESS)
                assert mode <= claim, (statement.sql, table, MODES[mode])
            codes = {hazard.code for hazard in statement.hazards}
            assert "rewrite" in codes or not rewritten, statement.sql


@pytest.mark.parametrize("case", CASES)
def test_no_statement_locks_or_rewrites_more_than_it_says(
    case: str, postgresql_engine: sa.Engine
) -> None:
    """Each statement's locks must cover those in pg_locks, and a rewrite must be a hazard."""
    if case == "foreign key":
        apply(postgresql_engine, [CreateTable(table=TEAMS)])
        execute(postgresql_engine, "INSERT INTO teams VALUES (30), (40), (50)")
    apply(postgresql_engine, [CreateTable(table=BASE)])
    execute(postgresql_engine, ROWS)
    check(postgresql_engine, CASES[case][2:] if case == "foreign key" else CASES[case])


def test_making_an_enum_anew_says_what_it_locks(postgresql_engine: sa.Engine) -> None:
    """Removing a value must claim the locks and the rewrite of each table that has the type."""
    make_moods(postgresql_engine)
    execute(postgresql_engine, "DELETE FROM moods")
    after = replace(MOOD, values=("ok", "sad"))
    check(postgresql_engine, [AlterEnum(before=MOOD, after=after)])
