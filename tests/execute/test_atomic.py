"""What a revision file may do, and a revision is still applied as a whole or not at all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.engine.executing.revision_connection import COMMIT_IGNORED
from flaskmig.engine.records.journal_table import TABLE
from flaskmig.errors import ExecutionError, OperationError, UnsupportedOperationError
from tests.execute.chain import Chain, line_of

T = 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))\n'
FILLED = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Integer()))
op.create_index("t_a", "t", ["a"])
op.execute("INSERT INTO t VALUES (1, 5), (2, 5)")
"""
OURS = {"alembic_version", TABLE}


@pytest.mark.parametrize(
    "call",
    [
        'op.create_unique_constraint("once", "t", ["a"])',
        'op.create_unique_constraint("once", "t", ["id"]); op.execute("nonsense")',
        'op.create_check_constraint("c", "t", "a > 0")\n'
        '        op.create_index("t_once", "t", ["a"], unique=True)',
        'with op.batch_alter_table("t") as batch:\n'
        '            batch.alter_column("a", existing_type=sa.Integer(), nullable=False)\n'
        '            batch.create_index("t_once", ["a"], unique=True)',
    ],
)
def test_a_rebuild_that_fails_in_a_try_leaves_nothing(sqlite_chain: Chain, call: str) -> None:
    """A change whose error the file catches is undone as a whole, and the table can be changed."""
    chain = sqlite_chain
    chain.add("a1", FILLED)
    chain.add(
        "b2", f"try:\n        {call}\nexcept Exception:\n        pass".replace("        ", "    ")
    )
    chain.add("c3", 'op.alter_column("t", "a", existing_type=sa.Integer(), nullable=False)')
    chain.upgrade()
    assert chain.tables() == OURS | {"t"}
    assert chain.query("SELECT * FROM t") == [(1, 5), (2, 5)]
    assert [index["name"] for index in sa.inspect(chain.engine).get_indexes("t")] == ["t_a"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE t SET id = 1; ROLLBACK",
        "COMMIT; ROLLBACK; BEGIN",
        "PREPARE TRANSACTION 'x'",
    ],
)
@pytest.mark.parametrize("through", ["op.execute({0!r})", "op.get_bind().exec_driver_sql({0!r})"])
def test_transaction_control_is_refused(chain: Chain, sql: str, through: str) -> None:
    """SQL that would end the revision's transaction is refused before anything of it is kept."""
    path = chain.add("a1", T + through.format(sql) + "\nop.drop_table('t')")
    with pytest.raises(UnsupportedOperationError, match="transaction") as caught:
        chain.upgrade()
    assert f":{line_of(path, 'exec')}" in caught.value.message
    assert "autocommit_block" in caught.value.hint
    assert chain.tables() == set()


def test_savepoints_are_allowed(chain: Chain) -> None:
    """Savepoints by SQL, and SQL that only looks like transaction control, run."""
    chain.add(
        "a1",
        T
        + """
        op.execute("SAVEPOINT one")
        op.execute("INSERT INTO t VALUES (1)")
        op.execute("ROLLBACK TO SAVEPOINT one")
        op.execute("RELEASE SAVEPOINT one")
        op.execute("INSERT INTO t SELECT CASE WHEN 1 = 1 THEN 2 END")
        """.replace("        ", ""),
    )
    chain.upgrade()
    assert chain.query("SELECT id FROM t") == [(2,)]


def test_commit_of_the_connection_keeps_the_transaction_open(chain: Chain) -> None:
    """commit() and close() on the revision's connection change nothing, which is said once."""
    body = T + "bind = op.get_bind()\n"
    body += 'bind.execute(sa.text("INSERT INTO t VALUES (1)"))\nbind.commit()\nbind.commit()\n'
    body += "bind.close()\n"
    path = chain.add("a1", body + 'op.execute("nonsense")')
    with pytest.warns(UserWarning, match="commits nothing") as said, pytest.raises(ExecutionError):
        chain.upgrade()
    ours = [each for each in said if each.category is UserWarning]
    assert [each.message.args[0] for each in ours] == [COMMIT_IGNORED]  # type: ignore[union-attr]
    assert ours[0].filename == str(path)
    assert chain.tables() == set()
    path.write_text(path.read_text().replace("nonsense", "INSERT INTO t VALUES (2)"))
    with pytest.warns(UserWarning, match="commits nothing"):
        chain.upgrade()
    assert chain.query("SELECT id FROM t ORDER BY 1") == [(1,), (2,)]
    assert chain.rows() == {"a1"}


def test_a_commit_below_sqlalchemy_is_not_recorded(chain: Chain) -> None:
    """A revision that commits where nobody sees it stops, and is not recorded; SQLite refuses."""
    chain.add("a1", T + "op.get_bind().connection.dbapi_connection.commit()")
    is_refused = chain.engine.dialect.name == "sqlite"
    kind = ExecutionError if is_refused else OperationError
    with pytest.raises(kind, match="commits by itself" if is_refused else "transaction lost"):
        chain.upgrade()
    assert chain.rows() == frozenset()
    assert not is_refused or chain.tables() == set()


SESSION = """
from sqlalchemy.orm import Session
session = Session(op.get_bind())
session.execute(sa.text("SELECT 1"))
"""


@pytest.mark.parametrize("rest", ["pass", 'op.execute("CREATE TABLE u (id INTEGER)")'])
def test_nothing_follows_a_rollback(chain: Chain, rest: str) -> None:
    """A revision that rolls its transaction back is neither gone on with nor recorded."""
    chain.add("a1", T + SESSION + "session.rollback()\n" + rest)
    with pytest.raises(OperationError, match="transaction"):
        chain.upgrade()
    assert chain.tables() == set()


def test_a_rollback_does_not_hide_the_error(chain: Chain) -> None:
    """A file that rolls back because of an error, and raises it again, shows that error."""
    chain.add(
        "a1",
        T
        + SESSION
        + """
try:
    session.execute(sa.text("nonsense"))
except Exception:
    session.rollback()
    raise
""",
    )
    with pytest.raises(ExecutionError, match="nonsense"):
        chain.upgrade()
    assert chain.tables() == set()


def test_a_session_that_commits_is_part_of_the_revision(chain: Chain) -> None:
    """What the ORM commits is committed with the revision, or not at all."""
    body = T + "from sqlalchemy.orm import Session\nwith Session(op.get_bind()) as session:\n"
    body += '    session.execute(sa.text("INSERT INTO t VALUES (1)"))\n    session.commit()\n'
    path = chain.add("a1", body + 'op.execute("nonsense")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    assert chain.tables() == set()
    path.write_text(path.read_text().replace("nonsense", "INSERT INTO t VALUES (2)"))
    chain.upgrade()
    assert chain.query("SELECT id FROM t ORDER BY 1") == [(1,), (2,)]


def test_the_rest_after_a_caught_error_outside_is_in_a_transaction(chain: Chain) -> None:
    """An error caught around a step outside of a transaction leaves the rest inside of one."""
    chain.add("a1", FILLED)
    chain.upgrade()
    outside = "ATTACH '/nonexistent/folder/x' AS z"
    if chain.engine.dialect.name == "postgresql":
        outside = "CREATE UNIQUE INDEX CONCURRENTLY once ON t (a)"
    chain.add(
        "b2",
        f"""
try:
    with op.get_context().autocommit_block():
        op.execute({outside!r})
except Exception:
    pass
op.create_table("u", sa.Column("id", sa.Integer(), primary_key=True))
op.execute("nonsense")
""",
    )
    for _ in range(2):
        with pytest.raises(ExecutionError, match="nonsense"):
            chain.upgrade()
        assert "u" not in chain.tables()


def test_existing_default_as_an_expression(postgresql_chain: Chain) -> None:
    """alter_column takes what the default was as text(…), as generated files have it."""
    chain = postgresql_chain
    chain.add("a1", 'op.create_table("t", sa.Column("c", sa.DateTime(), server_default="now()"))')
    chain.add(
        "b2",
        'op.alter_column("t", "c", existing_type=sa.DateTime(), nullable=False, '
        'existing_server_default=sa.text("now()"))',
    )
    chain.upgrade()
    [column] = sa.inspect(chain.engine).get_columns("t")
    assert column["nullable"] is False
    assert column["default"] is not None


DRIVER = "driver = op.get_bind().connection.dbapi_connection\n"
ENDS = {
    "commit": DRIVER + "driver.commit()\n",
    "cursor": DRIVER + 'driver.cursor().execute("COMMIT")\n',
    "begun again": DRIVER + 'driver.cursor().execute("COMMIT")\ndriver.cursor().execute("BEGIN")\n',
}
INSERT = 'op.execute("INSERT INTO t VALUES (1)")\n'


def upgrade_in_a_transaction(chain: Chain) -> None:
    with chain.engine.connect() as connection, connection.begin():
        chain.upgrade(connection=connection)


@pytest.mark.parametrize("rest", ["", INSERT, 'op.execute("nonsense")', 'raise KeyError("k")'])
@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("is_callers", [False, True])
def test_a_commit_that_nobody_sees_is_told(
    postgresql_chain: Chain, how: str, rest: str, is_callers: bool
) -> None:
    """A file that ends its transaction on the driver hears that half stayed, and no row says so."""
    chain = postgresql_chain
    chain.add("a1", T + ENDS[how] + rest)
    work = upgrade_in_a_transaction if is_callers else Chain.upgrade
    with pytest.raises((OperationError, KeyError)) as caught:
        work(chain)
    said = "".join([str(caught.value), *getattr(caught.value, "__notes__", [])])
    assert "the file ended the transaction itself" in said
    assert "rolled back" not in said
    assert "t" in chain.tables()
    assert chain.rows() == frozenset()
