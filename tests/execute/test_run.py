"""Running revisions: order, record, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.engine.migrating.events import RevisionDone, RevisionStarted, StatementRun
from flaskmig.engine.records.journal_table import TABLE
from flaskmig.errors import (
    ConfigurationError,
    ExecutionError,
    HistoryError,
    InvalidRevisionFileError,
    ObjectNotFoundError,
    UnsupportedOperationError,
)
from tests.execute.chain import Chain, line_of

CREATE = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()))
"""
OURS = {"alembic_version", TABLE}


def test_upgrade_and_downgrade(chain: Chain) -> None:
    """Upgrading applies each revision and says where the database is; downgrading undoes it."""
    chain.add("a1", CREATE, 'op.drop_table("t")')
    chain.add("b2", 'op.add_column("t", sa.Column("c", sa.Text()))', 'op.drop_column("t", "c")')

    applied = chain.upgrade()

    assert [step.revision for step in applied] == ["a1", "b2"]
    assert chain.rows() == {"b2"}
    assert chain.columns("t") == ["id", "n", "c"]

    chain.downgrade("a1")
    assert chain.rows() == {"a1"}
    assert chain.columns("t") == ["id", "n"]

    chain.downgrade()
    assert chain.rows() == frozenset()
    assert chain.tables() == OURS


def test_up_to_date_touches_nothing(sqlite_chain: Chain) -> None:
    """With no revision to run, not even the version table is made."""
    assert sqlite_chain.run([]) == []
    assert sqlite_chain.tables() == set()


def test_journal_row(chain: Chain) -> None:
    """Each revision leaves one row in the journal: what ran, from which file, by whom."""
    chain.add("a1", CREATE)
    chain.upgrade()
    rows = chain.query(
        f"SELECT version_table, revision, ordinal, direction, state, file_sha256 FROM {TABLE}"
    )
    assert rows == [("alembic_version", "a1", 0, "upgrade", "done", chain.scripts.checksum("a1"))]


def test_version_table_shape(chain: Chain) -> None:
    """The version table is the one that Alembic makes."""
    chain.add("a1")
    chain.upgrade()
    inspector = sa.inspect(chain.engine)
    [column] = inspector.get_columns("alembic_version")
    assert column["name"] == "version_num"
    assert isinstance(column["type"], sa.VARCHAR)
    assert column["type"].length == 32
    assert not column["nullable"]
    key = inspector.get_pk_constraint("alembic_version")
    assert (key["constrained_columns"], key["name"]) == (["version_num"], "alembic_version_pkc")


def test_failing_statement_leaves_the_database_as_before(chain: Chain) -> None:
    """A statement that fails in the middle of a revision takes all of the revision back."""
    chain.add("a1", CREATE)
    path = chain.add(
        "b2",
        """
        op.create_table("u", sa.Column("id", sa.Integer(), primary_key=True))
        op.execute("INSERT INTO t (id, n) VALUES (1, 1)")
        op.execute("INSERT INTO t (id, n) VALUES (1, 2)")
        """,
    )
    with pytest.raises(ExecutionError) as caught:
        chain.upgrade()
    assert chain.rows() == {"a1"}
    assert "u" not in chain.tables()
    assert chain.query("SELECT * FROM t") == []
    assert chain.query(f"SELECT revision FROM {TABLE}") == [("a1",)]
    error = caught.value
    assert error.revision == "b2"
    assert error.statement == "INSERT INTO t (id, n) VALUES (1, 2)"
    assert (error.path, error.line) == (str(path), line_of(path, "(1, 2)"))
    assert isinstance(error.cause, sa.exc.IntegrityError)
    assert error.__cause__ is error.cause
    assert f"b2.py:{error.line}" in str(error)


def test_first_revision_fails(chain: Chain) -> None:
    """Where the first revision fails, our own tables are taken back with it, and the next works."""
    chain.add("a1", 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    assert chain.tables() == set()
    chain.last = None
    chain.add("a1", CREATE)
    chain.upgrade()
    assert chain.rows() == {"a1"}


def test_error_in_an_operation_names_its_line(chain: Chain) -> None:
    """An operation on what is not there fails with the revision and the line of the call."""
    chain.add("a1", CREATE)
    path = chain.add(
        "b2", 'op.add_column("t", sa.Column("d", sa.Integer()))\nop.drop_column("t", "zz")'
    )
    place = rf"b2\.py:{line_of(path, 'zz')}"
    with pytest.raises((ObjectNotFoundError, ExecutionError), match=place):
        chain.upgrade()
    assert chain.columns("t") == ["id", "n"]


def test_error_of_a_held_back_operation_names_its_own_line(chain: Chain) -> None:
    """Operations that are carried out together still fail at the line of the guilty one."""
    chain.add("a1", CREATE + 'op.execute("INSERT INTO t (id, n) VALUES (1, NULL)")')
    path = chain.add(
        "b2",
        """
        op.add_column("t", sa.Column("c", sa.Text()))
        op.alter_column("t", "n", existing_type=sa.Integer(), nullable=False)
        op.add_column("t", sa.Column("d", sa.Text()))
        """,
    )
    place = rf"b2\.py:{line_of(path, 'nullable=False')}"
    with pytest.raises((ExecutionError, UnsupportedOperationError), match=place):
        chain.upgrade()
    assert chain.columns("t") == ["id", "n"]


def test_python_errors_pass_with_a_note(chain: Chain) -> None:
    """What a revision file raises by itself passes as it is, and nothing of it is kept."""
    path = chain.add("a1", CREATE + "raise KeyError('x')")
    with pytest.raises(KeyError) as caught:
        chain.upgrade()
    assert f"a1.py:{line_of(path, 'KeyError')}" in caught.value.__notes__[0]
    assert chain.tables() == set()


def test_events(chain: Chain) -> None:
    """Progress is told as values, in order."""
    chain.add("a1", 'op.execute("CREATE TABLE t (id INTEGER)")')
    chain.upgrade()
    kinds = [type(event) for event in chain.events]
    assert kinds == [RevisionStarted, StatementRun, RevisionDone]


def test_revision_applied_meanwhile_is_skipped(chain: Chain) -> None:
    """A step that another process has done by the time the lock is ours is not done again."""
    chain.add("a1", CREATE)
    chain.add("b2", 'op.execute("INSERT INTO t (id) VALUES (1)")')
    steps = chain.steps("head")
    chain.upgrade()
    assert chain.run(steps) == []
    assert chain.query("SELECT id FROM t") == [(1,)]


def test_history_that_went_elsewhere_stops(chain: Chain) -> None:
    """A step whose parents are not applied by the time the lock is ours stops the run."""
    chain.add("a1", CREATE)
    chain.add("b2")
    steps = chain.steps("head")
    with pytest.raises(HistoryError, match="b2 cannot be applied"):
        chain.run(steps[1:])


def test_branches_and_merge(chain: Chain) -> None:
    """Each head has a row; a merge leaves one."""
    chain.add("a1")
    chain.add("b1", parents="a1")
    chain.add("b2", parents="a1")
    chain.upgrade("heads")
    assert chain.rows() == {"b1", "b2"}
    chain.add("c1", parents=("b1", "b2"))
    chain.upgrade()
    assert chain.rows() == {"c1"}
    chain.downgrade("-1")
    assert chain.rows() == {"b1", "b2"}


def test_long_ids(chain: Chain) -> None:
    """An id that is longer than the version table's column is stored whole."""
    long = "x" * 60
    chain.add("a1")
    chain.add(long)
    chain.upgrade()
    assert chain.rows() == {long}


def test_unfillable_parameter(chain: Chain) -> None:
    """A function that wants what nobody has is refused, with its file."""
    path = chain.add("a1")
    path.write_text(path.read_text().replace("upgrade()", "upgrade(tester)"))
    with pytest.raises(InvalidRevisionFileError, match="tester"):
        chain.upgrade()


def test_in_memory_database(tmp_path: Path) -> None:
    """An in-memory database is used where it lives, and is there afterwards."""
    engine = sa.create_engine("sqlite://")
    chain = Chain(tmp_path, engine)
    chain.add("a1", CREATE)
    chain.upgrade()
    assert chain.rows() == {"a1"}
    assert "t" in chain.tables()


def test_callers_connection_is_given_back(sqlite_engine: Engine, tmp_path: Path) -> None:
    """A connection that is passed is used as it is and restored."""
    chain = Chain(tmp_path, sqlite_engine)
    chain.add("a1", CREATE)
    with sqlite_engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()
        chain.upgrade(connection=connection)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert chain.rows() == {"a1"}


def test_op_without_a_migration() -> None:
    """A call of op with no migration running says what to do."""
    from flaskmig import op

    with pytest.raises(ConfigurationError, match="no migration is running"):
        op.create_table("t")
