"""Indexes that a failed CREATE INDEX CONCURRENTLY left behind."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig import engine
from flaskmig.dialects.postgresql import probe
from flaskmig.operations import CreateIndex, DropIndex
from flaskmig.schema import Index, IndexPart, QualifiedName
from tests.execute.chain import Chain
from tests.postgresql.support import apply, execute, rows

T = QualifiedName("t", "app s")
INDEX = Index(name="i 1", parts=(IndexPart(column="a"),))
BROKEN = 'CREATE UNIQUE INDEX CONCURRENTLY "i 1" ON "app s".t (a)'


@pytest.fixture
def broken(postgresql_engine: sa.Engine) -> sa.Engine:
    """A database with an invalid index."""
    execute(
        postgresql_engine,
        'CREATE SCHEMA "app s"',
        'CREATE TABLE "app s".t (a integer)',
        'CREATE TABLE "app s".u (a integer)',
        'INSERT INTO "app s".t VALUES (1), (1)',
    )
    fail(postgresql_engine, BROKEN)
    return postgresql_engine


def fail(postgresql: sa.Engine, sql: str) -> None:
    autocommit = postgresql.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql(sql)


def state(postgresql: sa.Engine) -> str:
    with postgresql.connect() as connection:
        return probe.index_state(connection, "i 1", "app s")


@pytest.mark.parametrize("concurrently", [False, True])
def test_a_leftover_makes_room_for_the_index(concurrently: bool, broken: sa.Engine) -> None:
    """Making the index again must work at once, as if nothing had been left."""
    assert state(broken) == "invalid"
    operation = CreateIndex(table=T, index=INDEX, concurrently=concurrently)
    found = apply(broken, [operation], schemas=["app s"])
    assert found.table(T).indexes == (INDEX,)
    assert state(broken) == "valid"


@pytest.mark.parametrize("concurrently", [False, True])
def test_a_whole_index_is_not_taken_for_a_leftover(concurrently: bool, broken: sa.Engine) -> None:
    """A valid index of that name, or another table's, must stand in the way as ever."""
    other = CreateIndex(table=replace(T, name="u"), index=INDEX, concurrently=concurrently)
    with pytest.raises(sa.exc.ProgrammingError, match="already exists"):
        apply(broken, [other], schemas=["app s"])
    assert state(broken) == "invalid"
    operation = CreateIndex(table=T, index=INDEX, concurrently=concurrently)
    apply(broken, [operation], schemas=["app s"])
    with pytest.raises(sa.exc.ProgrammingError, match="already exists"):
        apply(broken, [operation], schemas=["app s"])
    assert state(broken) == "valid"


def test_an_index_that_is_being_built_is_waited_for(broken: sa.Engine) -> None:
    """Another session's build looks half made too, and must not be dropped for that."""
    execute(broken, 'DROP INDEX "app s"."i 1"')
    good = BROKEN.replace("UNIQUE ", "")
    oldest = broken.connect()
    # An old transaction that wrote to the table keeps the build waiting.
    oldest.exec_driver_sql('INSERT INTO "app s".t VALUES (2)')

    def build() -> None:
        with broken.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(good)

    builder = threading.Thread(target=build)
    builder.start()
    while state(broken) != "invalid":
        pass
    threading.Timer(0.5, oldest.rollback).start()
    with pytest.raises(sa.exc.ProgrammingError, match="already exists"):
        apply(broken, [CreateIndex(table=T, index=INDEX, concurrently=True)], schemas=["app s"])
    builder.join()
    oldest.close()
    assert state(broken) == "valid"


@pytest.mark.parametrize("concurrently", [False, True])
def test_diff_and_upgrade_after_a_failed_build(
    concurrently: bool, postgresql_engine: sa.Engine
) -> None:
    """The models' index must come out of a plain diff, though an invalid one has its name."""
    execute(
        postgresql_engine,
        "CREATE TABLE t (id integer PRIMARY KEY, a integer)",
        "INSERT INTO t VALUES (1, 1), (2, 1)",
    )
    fail(postgresql_engine, "CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a)")
    metadata = sa.MetaData()
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("a", sa.Integer),
        sa.Index("ix", "a", postgresql_concurrently=concurrently),
    )
    with postgresql_engine.connect() as connection:
        difference = engine.diff(metadata, connection)
        assert len(difference) == 1
        engine.apply(difference, connection)
        connection.commit()
        assert str(engine.diff(metadata, connection)) == ""


def test_a_cut_off_drop_is_finished(postgresql_engine: sa.Engine, tmp_path: object) -> None:
    """What DROP INDEX CONCURRENTLY left invalid must be dropped when the revision is resumed."""
    chain = Chain(tmp_path, postgresql_engine)  # type: ignore[arg-type]
    chain.add("a", "op.create_table('t', sa.Column('n', sa.Integer, index=True))")
    chain.upgrade()
    chain.add("b", "op.drop_index('ix_t_n', 't', postgresql_concurrently=True)")
    execute(
        postgresql_engine,
        "UPDATE pg_index SET indisvalid = false FROM pg_class c "
        "WHERE c.oid = indexrelid AND c.relname = 'ix_t_n'",
    )
    chain.upgrade()
    assert rows(postgresql_engine, "SELECT to_regclass('ix_t_n')") == [(None,)]


def test_a_drop_of_a_leftover(broken: sa.Engine) -> None:
    """An invalid index can be dropped by its name."""
    apply(broken, [DropIndex(table=T, index=INDEX, concurrently=True)], schemas=["app s"])
    assert state(broken) == "absent"


def test_a_script_clears_a_leftover(broken: sa.Engine, tmp_path: Path) -> None:
    """A plan and a script of a concurrent index say that an invalid rest of it goes before."""
    chain = Chain(tmp_path / "migrations", broken)
    chain.add("a0", 'op.create_table("t", sa.Column("a", sa.Integer()), schema="app s")')
    chain.add(
        "a1",
        """
        op.create_index("i 1", "t", ["a"], schema="app s", postgresql_concurrently=True)
        op.create_index("i2", "t", ["a"], schema="app s")
        """,
    )
    plan, script = chain.script(start=["a0"])
    clears = [statement.clears for statement in plan.statements]
    assert clears[1] == ""
    assert f"{clears[0]}\n\\gexec\n" in script
    assert script.index("gexec") < script.index("CREATE INDEX CONCURRENTLY")
    with broken.connect() as connection:
        # What psql's gexec does: it runs what the query gives.
        given = list(connection.exec_driver_sql(clears[0].replace("%", "%%")).scalars())
    assert given == ['DROP INDEX CONCURRENTLY "app s"."i 1"']
    autocommit = broken.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        for statement in given:
            connection.exec_driver_sql(statement)
        left = connection.exec_driver_sql(clears[0].replace("%", "%%")).all()
    assert left == []
    assert state(broken) == "absent"
