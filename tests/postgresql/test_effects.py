"""How far a statement outside of a transaction came: read from its text and the catalogue."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.dialects import dialect_of
from flaskmig.dialects.base import Outcome, Repeatable
from flaskmig.dialects.postgresql.effects import PartitionDetached, ValueAdded, effect_of
from flaskmig.dialects.postgresql.index_effects import IndexGone, IndexMade, Reindexed
from flaskmig.schema import QualifiedName
from tests.postgresql.support import execute

NAME = QualifiedName("t", "app s")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "i 1" ON ONLY "app s".T (a) ;',
            IndexMade("i 1", NAME, True, " (a)"),
        ),
        (
            "/* why */ create index concurrently i -- so\n on t using btree (lower(a)) "
            "where a > ';'",
            IndexMade("i", QualifiedName("t"), False, " using btree (lower(a)) where a > ';'"),
        ),
        ('DROP INDEX CONCURRENTLY IF EXISTS "app s".I', IndexGone(QualifiedName("i", "app s"))),
        (
            "ALTER TYPE m ADD VALUE IF NOT EXISTS 'it''s' AFTER 'a'",
            ValueAdded(QualifiedName("m"), "it's", "a", True),
        ),
        ("ALTER TYPE m ADD VALUE 'b' BEFORE 'c'", ValueAdded(QualifiedName("m"), "b", "c", False)),
        ("ALTER TYPE m ADD VALUE 'b'", ValueAdded(QualifiedName("m"), "b", None, False)),
        (
            'ALTER TABLE p DETACH PARTITION "app s".t CONCURRENTLY',
            PartitionDetached(QualifiedName("p"), NAME),
        ),
        ("REINDEX (VERBOSE) TABLE CONCURRENTLY t", Reindexed(QualifiedName("t"))),
        ("REINDEX INDEX CONCURRENTLY i", Reindexed(None)),
        ("VACUUM FULL t", Repeatable()),
        ("ANALYZE", Repeatable()),
        ("CREATE INDEX CONCURRENTLY ON t (a)", None),
        ("CREATE INDEX i ON t (a)", None),
        ("ALTER TYPE m ADD VALUE E'b\\n'", None),
        ("ALTER TYPE m RENAME TO n", None),
        ("ALTER TABLE p DETACH PARTITION t", None),
        ("CREATE DATABASE other", None),
        ("CALL fill()", None),
        ("VACUUM; DROP TABLE t", None),
        ("", None),
    ],
)
def test_read_from_the_text(statement: str, expected: object) -> None:
    """What a statement brings about is read from it, or nothing where it is no known one."""
    assert effect_of(statement) == expected


@pytest.fixture
def tables(postgresql_engine: sa.Engine) -> sa.Engine:
    execute(
        postgresql_engine,
        'CREATE SCHEMA "app s"',
        'CREATE TABLE "app s".t (a integer, b text, "C c" text)',
        'INSERT INTO "app s".t VALUES (1), (1)',
        "CREATE TYPE m AS ENUM ('a', 'z')",
    )
    return postgresql_engine


def outcome(engine: sa.Engine, statement: str) -> Outcome:
    autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        effect = dialect_of(connection).effect(statement)
        assert effect is not None
        return effect.outcome(connection)


def run(engine: sa.Engine, *statements: str) -> None:
    autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


WANTED = 'CREATE INDEX CONCURRENTLY "i 1" ON "app s".t '


@pytest.mark.parametrize(
    ("there", "wanted", "expected"),
    [
        ("(a)", "(a)", Outcome.AS_WANTED),
        ("(a ASC NULLS LAST)", "USING btree ( a )", Outcome.AS_WANTED),
        ("(lower(b), a DESC)", "(lower( b ), a desc nulls first)", Outcome.AS_WANTED),
        ("(a) WHERE a > 1 AND b IS NULL", "(a) where ((b IS NULL)) is true", Outcome.DIFFERENT),
        ("(a) WHERE a > 1", "(a) WHERE (a>1)", Outcome.AS_WANTED),
        ('("C c" text_pattern_ops)', '("C c" text_pattern_ops)', Outcome.AS_WANTED),
        ('("C c")', '("C c" text_pattern_ops)', Outcome.DIFFERENT),
        ("(a)", "(b)", Outcome.DIFFERENT),
        ("(a)", "(a, b)", Outcome.DIFFERENT),
        ("(a)", "(a DESC)", Outcome.DIFFERENT),
        ("(a) INCLUDE (b)", "(a)", Outcome.DIFFERENT),
        ("USING hash (a)", "(a)", Outcome.DIFFERENT),
        ("(a) WITH (fillfactor = 70)", "(a)", Outcome.DIFFERENT),
    ],
)
def test_an_index_is_as_wanted_or_different(
    there: str, wanted: str, expected: Outcome, tables: sa.Engine
) -> None:
    """Only an index that the server itself would describe alike counts as the one wanted."""
    run(tables, f'CREATE INDEX "i 1" ON "app s".t {there}')
    assert outcome(tables, WANTED + wanted) is expected


def test_an_index_is_absent_half_made_or_in_the_way(tables: sa.Engine) -> None:
    """A missing index, an invalid one, another table's and another's kind are told apart."""
    assert outcome(tables, f"{WANTED}(a)") is Outcome.ABSENT
    unique = f"{WANTED.replace('INDEX', 'UNIQUE INDEX')}(a)"
    with pytest.raises(sa.exc.IntegrityError):
        run(tables, unique)
    assert outcome(tables, unique) is Outcome.HALF_MADE
    assert outcome(tables, 'DROP INDEX CONCURRENTLY "app s"."i 1"') is Outcome.HALF_MADE
    clear(tables, unique)
    assert outcome(tables, unique) is Outcome.ABSENT
    run(tables, 'CREATE INDEX "i 1" ON "app s".t (a)')
    assert outcome(tables, unique) is Outcome.DIFFERENT
    run(tables, 'DROP INDEX "app s"."i 1"', 'CREATE TABLE "app s"."i 1" (a integer)')
    assert outcome(tables, unique) is Outcome.DIFFERENT
    assert outcome(tables, 'DROP INDEX CONCURRENTLY "app s"."i 1"') is Outcome.DIFFERENT
    run(tables, 'DROP TABLE "app s"."i 1"', 'CREATE TABLE "app s".u (a integer)')
    run(tables, 'CREATE INDEX "i 1" ON "app s".u (a)')
    assert outcome(tables, f"{WANTED}(a)") is Outcome.DIFFERENT


def clear(engine: sa.Engine, statement: str) -> None:
    autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        effect = dialect_of(connection).effect(statement)
        assert effect is not None
        effect.clear(connection)


def test_an_index_that_is_to_go(tables: sa.Engine) -> None:
    """An index that is to be dropped is there, or it is gone."""
    drop = 'DROP INDEX CONCURRENTLY "app s"."i 1"'
    assert outcome(tables, drop) is Outcome.AS_WANTED
    run(tables, 'CREATE INDEX "i 1" ON "app s".t (a)')
    assert outcome(tables, drop) is Outcome.ABSENT


TEMPORARY = (
    "DO $$ BEGIN EXECUTE '{} TEMPORARY ON DATABASE ' || quote_ident(current_database()) "
    "|| ' {} PUBLIC'; END $$"
)


def test_without_the_right_to_temporary_tables(tables: sa.Engine) -> None:
    """Where no copy may be made to compare with, name, table and uniqueness tell."""
    run(
        tables,
        'CREATE INDEX "i 1" ON "app s".t (a)',
        TEMPORARY.format("REVOKE", "FROM"),
        "CREATE ROLE reader_of_indexes",
        'GRANT USAGE ON SCHEMA "app s" TO reader_of_indexes',
        'GRANT SELECT ON "app s".t TO reader_of_indexes',
    )
    autocommit = tables.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with autocommit.connect() as connection:
            connection.exec_driver_sql("SET ROLE reader_of_indexes")
            found = [
                dialect_of(connection).effect(statement).outcome(connection)  # type: ignore[union-attr]
                for statement in (f"{WANTED}(a)", f"{WANTED.replace('INDEX', 'UNIQUE INDEX')}(a)")
            ]
            connection.exec_driver_sql("RESET ROLE")
    finally:
        run(tables, TEMPORARY.format("GRANT", "TO"), "DROP OWNED BY reader_of_indexes")
        run(tables, "DROP ROLE reader_of_indexes")
    assert found == [Outcome.AS_WANTED, Outcome.DIFFERENT]


def test_a_value_of_an_enum(tables: sa.Engine) -> None:
    """A value is absent, in its place, or in another one."""
    add = "ALTER TYPE m ADD VALUE 'b' AFTER 'a'"
    assert outcome(tables, add) is Outcome.ABSENT
    run(tables, add)
    assert outcome(tables, add) is Outcome.AS_WANTED
    assert outcome(tables, "ALTER TYPE m ADD VALUE 'b' BEFORE 'z'") is Outcome.AS_WANTED
    assert outcome(tables, "ALTER TYPE m ADD VALUE 'b' AFTER 'z'") is Outcome.DIFFERENT
    assert outcome(tables, "ALTER TYPE m ADD VALUE 'b' BEFORE 'a'") is Outcome.DIFFERENT


def test_a_partition_that_is_half_detached(tables: sa.Engine) -> None:
    """A partition whose detaching was cut off is brought to its end."""
    run(
        tables,
        "CREATE TABLE p (a integer) PARTITION BY LIST (a)",
        "CREATE TABLE q PARTITION OF p FOR VALUES IN (1)",
    )
    detach = "ALTER TABLE p DETACH PARTITION q CONCURRENTLY"
    assert outcome(tables, detach) is Outcome.ABSENT
    with tables.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM p").all()
        with pytest.raises(sa.exc.OperationalError):
            run(tables, "SET lock_timeout = '200ms'", detach)
    assert outcome(tables, detach) is Outcome.HALF_MADE
    clear(tables, detach)
    assert outcome(tables, detach) is Outcome.AS_WANTED


def test_copies_that_a_reindex_leaves(tables: sa.Engine) -> None:
    """The invalid copies of REINDEX CONCURRENTLY are dropped, and nothing else that is invalid."""
    reindex = 'REINDEX TABLE CONCURRENTLY "app s".t'
    assert outcome(tables, reindex) is Outcome.ABSENT
    for name in ("i_ccnew", "plain"):
        with pytest.raises(sa.exc.IntegrityError):
            run(tables, f'CREATE UNIQUE INDEX CONCURRENTLY {name} ON "app s".t (a)')
    assert outcome(tables, reindex) is Outcome.HALF_MADE
    clear(tables, reindex)
    assert outcome(tables, reindex) is Outcome.ABSENT
    with tables.connect() as connection:
        query = sa.text("SELECT relname FROM pg_class WHERE relname IN ('i_ccnew', 'plain')")
        assert connection.execute(query).scalars().all() == ["plain"]
