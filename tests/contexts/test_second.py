"""Second connections to the database that is migrated: the migration's own, in each way."""

from __future__ import annotations

import sys

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from flaskmig.engine.executing.sharing import COMMITTED_LATER
from flaskmig.engine.migrating import engines
from flaskmig.errors import (
    ExecutionError,
    FlaskmigError,
    OperationError,
)
from tests.contexts.files import Files
from tests.contexts.ways import OURS, WAYS, T, ids
from tests.execute.chain import line_of
from tests.execute.cuts import in_child


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("way", WAYS)
def test_it_is_the_migrations_own(way: str, files: Files) -> None:
    """A second connection sees and does what belongs to the revision, which stays whole."""
    path = files.write("a1", f'{T}{WAYS[way].strip()}\nop.execute("nonsense")')
    with pytest.raises(ExecutionError, match="nonsense"):
        files.upgrade()
    assert files.tables() <= OURS
    path.write_text(path.read_text().replace("nonsense", "INSERT INTO t (id) VALUES (60)"))
    files.upgrade()
    assert ids(files) == [1, 2, 60]
    assert files.rows() == {"a1"}
    assert Engine.raw_connection is not engines._asking


def test_its_commit_is_said_once(files: Files) -> None:
    """That a second connection commits with the revision is said once, with file and line."""
    twice = "with engine.begin() as other:\n    other.execute(insert, {'id': %d})\n"
    path = files.write("a1", T + (twice % 2) + (twice % 3).replace("other:", "other:  # again"))
    with pytest.warns(UserWarning, match="is the migration's own") as said:
        files.upgrade()
    assert [str(each.message) for each in said] == [COMMITTED_LATER]
    assert said[0].filename == str(path)
    assert said[0].lineno < line_of(path, "# again")
    assert ids(files) == [1, 2, 3]


MIXED = """
session = Session(engine)
session.execute(insert, {"id": 2})
op.execute("INSERT INTO t (id) VALUES (3)")
"""


@pytest.mark.parametrize("end", ["session.rollback()", "session.close()", "pass"])
def test_what_cannot_be_undone_alone_stops(files: Files, end: str) -> None:
    """Rows of a second connection that op has gone on from are never undone with op's, nor kept."""
    files.write("a1", f"{T}{MIXED}{end}")
    with pytest.raises(OperationError, match="cannot be undone alone") as caught:
        files.upgrade()
    assert "commit() before the next call" in caught.value.hint
    assert files.tables() <= OURS


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_was_gone_on_from_can_be_committed(files: Files) -> None:
    """Rows of a second connection that are committed after a call of op are kept with it."""
    files.write("a1", f"{T}{MIXED}session.commit()\nsession.rollback()")
    files.upgrade()
    assert ids(files) == [1, 2, 3]


def test_it_ends_with_its_revision(files: Files) -> None:
    """What was kept of a second connection does nothing later, and says why; it can be closed."""
    files.write(
        "a1",
        f"{T}import sys\nsession = sys.modules['flaskmig_kept'] = Session(engine)\n"
        "assert session.execute(sa.text('SELECT count(*) FROM t')).scalar() == 1",
    )
    try:
        files.upgrade()
        session: Session = sys.modules["flaskmig_kept"]  # type: ignore[assignment]
        with pytest.raises(OperationError, match="a revision that is over"):
            session.execute(sa.text("SELECT 1"))
        session.rollback()
        assert session.execute(sa.text("SELECT count(*) FROM t")).scalar() == 1
        session.close()
    finally:
        sys.modules.pop("flaskmig_kept", None)


def test_a_block_outside_of_the_transaction(postgresql_files: Files) -> None:
    """In an autocommit block a second connection is in no transaction either, and noted."""
    files = postgresql_files
    files.write(
        "a1",
        f"""
        {T.strip().replace(chr(10), chr(10) + "        ")}
        with op.get_context().autocommit_block():
            with engine.begin() as other:
                other.execute(insert, {{"id": 2}})
            with engine.connect() as other:
                other.exec_driver_sql("CREATE INDEX CONCURRENTLY t_n ON t (n)")
        op.execute("nonsense")
        """,
    )
    with pytest.raises(ExecutionError, match="nonsense"):
        files.upgrade()
    assert ids(files) == [1, 2]
    assert files.rows() == frozenset()
    with pytest.raises(FlaskmigError, match="cut off and cannot be resumed"):
        files.upgrade()
    assert ids(files) == [1, 2]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_process_that_dies_in_it_leaves_nothing(files: Files) -> None:
    """A process that is killed after a second connection committed leaves nothing behind."""
    files.write("a1", f"{T}{WAYS['session'].strip()}\nop.execute('INSERT INTO t (id) VALUES (60)')")
    assert in_child(files, files.upgrade, lambda sql: "(60)" in sql)
    assert files.tables() <= OURS
    files.upgrade()
    assert ids(files) == [1, 2, 60]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_in_the_callers_transaction(files: Files) -> None:
    """In a transaction that the caller has open, a second connection is part of that one."""
    files.write("a1", f"{T}{WAYS['session in a block'].strip()}")
    with files.engine.connect() as connection:
        transaction = connection.begin()
        files.upgrade(connection=connection)
        count = connection.exec_driver_sql("SELECT count(*) FROM t").scalar()
        transaction.rollback()
    assert count == 2
    assert "t" not in files.tables()
