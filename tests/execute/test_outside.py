"""Statements outside of a transaction: which are known to have run, and what is done where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig.engine import commands
from flaskmig.engine.commands.resolving import Said
from flaskmig.engine.records.journal_table import TABLE
from flaskmig.errors import (
    ExecutionError,
    FlaskmigError,
    HistoryError,
    InterruptedRevisionError,
    OperationError,
)
from tests.execute.chain import Chain
from tests.execute.cuts import CUT, in_child

CREATE = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()))
op.execute("INSERT INTO t VALUES (1, 1), (2, 1)")
"""
BLOCK = "with op.get_context().autocommit_block():\n"


def before(*words: str) -> Callable[[str], bool]:
    """Die before a statement that has all of the words in it."""
    return lambda sql: TABLE not in sql and all(word in sql for word in words)


def after(*words: str) -> Callable[[str], bool]:
    """Die when a statement with all of the words has run, and before the journal says so."""
    seen = False

    def at(sql: str) -> bool:
        nonlocal seen
        if seen and sql.startswith("UPDATE") and TABLE in sql:
            return True
        seen = seen or (TABLE not in sql and all(word in sql for word in words))
        return False

    return at


def run(chain: Chain, *statements: str) -> None:
    autocommit = chain.engine.execution_options(isolation_level="AUTOCOMMIT")
    with autocommit.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def valid(chain: Chain, index: str) -> list[Any]:
    query = "SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    return chain.query(f"{query} WHERE c.relname = '{index}'")


INDEX = 'op.create_index("t_n", "t", ["n"], postgresql_concurrently=True)\n'
DONE = 'op.execute("INSERT INTO t VALUES (9, 9)")'


@pytest.mark.parametrize("place", [before, after])
def test_an_index_is_made_once(place: Any, postgresql_chain: Chain) -> None:
    """A concurrent index of a process that died before or after it is there once, and whole."""
    chain = postgresql_chain
    chain.add("a1", CREATE + INDEX + DONE)
    assert in_child(chain, chain.upgrade, place("CREATE INDEX CONCURRENTLY"))
    chain.upgrade()
    assert valid(chain, "t_n") == [(True,)]
    assert chain.query("SELECT count(*) FROM t WHERE id = 9") == [(1,)]


@pytest.mark.parametrize("state", ["absent", "invalid", "valid"])
def test_what_the_catalogue_shows_is_not_decided(state: str, postgresql_chain: Chain) -> None:
    """`resolve` takes nobody's word against the catalogue, and the next run sees for itself."""
    chain = postgresql_chain
    unique = INDEX.replace("postgresql", "unique=True, postgresql")
    chain.add("a1", CREATE.replace("(2, 1)", "(2, 2)") + unique + DONE)
    place = after if state == "valid" else before
    assert in_child(chain, chain.upgrade, place("CREATE UNIQUE INDEX CONCURRENTLY"))
    if state == "invalid":
        run(chain, "INSERT INTO t VALUES (3, 1)")
        with pytest.raises(sa.exc.IntegrityError):
            run(chain, "CREATE UNIQUE INDEX CONCURRENTLY t_n ON t (n)")
        run(chain, "DELETE FROM t WHERE id = 3")
    wrong: Said = "not-run" if state == "valid" else "ran"
    shown = {"absent": "as it was before", "invalid": "half done", "valid": "statement leaves it"}
    with pytest.raises(HistoryError, match=shown[state]) as caught:
        commands.resolve(chain.project, "a1", wrong)
    assert "run `flask db upgrade` again" in caught.value.hint
    commands.resolve(chain.project, "a1", "ran" if state == "valid" else "not-run")
    chain.upgrade()
    assert valid(chain, "t_n") == [(True,)]


def test_another_index_in_its_place_stops(postgresql_chain: Chain) -> None:
    """A different index of that name is neither taken for the one wanted nor touched."""
    chain = postgresql_chain
    chain.add("a1", CREATE + INDEX + DONE)
    assert in_child(chain, chain.upgrade, before("CREATE INDEX CONCURRENTLY"))
    run(chain, "CREATE INDEX t_n ON t (n DESC)")
    with pytest.raises(InterruptedRevisionError, match="t_n of t is there already") as caught:
        chain.upgrade()
    assert "drop or rename" in caught.value.hint
    assert chain.query("SELECT indexdef FROM pg_indexes WHERE indexname = 't_n'")[0][0].endswith(
        "(n DESC)"
    )
    run(chain, "DROP INDEX t_n")
    chain.upgrade()
    assert valid(chain, "t_n") == [(True,)]


def test_another_index_in_its_place_stops_before_anything(postgresql_chain: Chain) -> None:
    """A different index of that name is told of also where nothing was cut off."""
    chain = postgresql_chain
    chain.add("a1", CREATE + 'op.create_index("t_n", "t", ["id"])\n' + INDEX)
    with pytest.raises(OperationError, match="t_n of t is there already"):
        chain.upgrade()
    assert chain.query(f"SELECT state FROM {TABLE} WHERE state = 'intent' AND ordinal > 0") == []


def test_a_refused_drop_is_refused_again(postgresql_chain: Chain) -> None:
    """Dropping an index that is not there fails each time, and never passes for done."""
    chain = postgresql_chain
    chain.add("a1", CREATE + 'op.drop_index("none", "t", postgresql_concurrently=True)')
    for _ in range(2):
        with pytest.raises(ExecutionError, match="none"):
            chain.upgrade()


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("place", [before, after])
def test_values_of_an_enum_one_by_one(place: Any, number: int, postgresql_chain: Chain) -> None:
    """Of several new values each is added once, whichever of them the process dies at."""
    chain = postgresql_chain
    chain.add("a1", 'op.create_enum("mood", ["a"])')
    chain.upgrade()
    chain.add(
        "b2",
        'op.alter_enum("mood", ["a", "x", "y", "z"])\n'
        'op.create_table("t", sa.Column("m", op.sql_type("mood"), server_default="y"))',
    )
    value = ["x", "y", "z"][number - 1]
    assert in_child(chain, chain.upgrade, place("ADD VALUE", f"'{value}'"))
    chain.upgrade()
    assert chain.query("SELECT enum_range(NULL::mood)::text") == [("{a,x,y,z}",)]
    assert chain.rows() == {"b2"}


RAW = [
    (
        "CREATE INDEX CONCURRENTLY raw ON t (n)",
        "SELECT count(*) FROM pg_indexes WHERE indexname = 'raw'",
    ),
    (
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS raw ON t (n)",
        "SELECT count(*) FROM pg_indexes WHERE indexname = 'raw'",
    ),
    ("VACUUM t", "SELECT 1"),
    ("REINDEX TABLE CONCURRENTLY t", "SELECT 1"),
    ("INSERT INTO t VALUES (3, 3)", "SELECT count(*) FROM t WHERE id = 3"),
    ("UPDATE t SET n = n + 1 WHERE id = 1", "SELECT n - 1 FROM t WHERE id = 1"),
    ("CREATE TABLE raw (a integer)", "SELECT count(*) FROM pg_tables WHERE tablename = 'raw'"),
]


@pytest.mark.parametrize("place", [before, after])
@pytest.mark.parametrize(("sql", "one"), RAW)
def test_raw_sql_of_a_block(sql: str, one: str, place: Any, postgresql_chain: Chain) -> None:
    """SQL of an autocommit block that flaskmig can look at, or put in a transaction, runs once."""
    chain = postgresql_chain
    chain.add("a1", CREATE + f'{BLOCK}    op.execute("{sql}")\n{DONE}')
    words = sql.split()[:2]
    if place is before:
        assert in_child(chain, chain.upgrade, before(*words))
    else:
        in_child(chain, chain.upgrade, behind(*words))
    chain.upgrade()
    assert chain.query(one) == [(1,)]
    assert chain.query("SELECT count(*) FROM t WHERE id = 9") == [(1,)]


def behind(*words: str) -> Callable[[str], bool]:
    """Die at the second statement after the one with the words in it."""
    count = 0

    def at(sql: str) -> bool:
        nonlocal count
        if count or (TABLE not in sql and all(word in sql for word in words)):
            count += 1
        return count == 3

    return at


def test_a_leftover_is_not_taken_for_an_index(postgresql_chain: Chain) -> None:
    """CREATE INDEX CONCURRENTLY IF NOT EXISTS of a file makes a whole index of an invalid one."""
    chain = postgresql_chain
    run(chain, "CREATE TABLE t (id integer, n integer)", "INSERT INTO t VALUES (1, 1), (2, 1)")
    with pytest.raises(sa.exc.IntegrityError):
        run(chain, "CREATE UNIQUE INDEX CONCURRENTLY t_n ON t (n)")
    run(chain, "DELETE FROM t")
    sql = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_n ON t (n)"
    chain.add("a1", f'{BLOCK}    op.execute("{sql}")')
    chain.upgrade()
    assert valid(chain, "t_n") == [(True,)]


UNKNOWN = 'op.execute("DO $do$ BEGIN INSERT INTO t VALUES (3, 3); END $do$")'


@pytest.mark.parametrize("place", [before, after])
def test_what_nobody_can_look_at_stops(place: Any, postgresql_chain: Chain) -> None:
    """A statement of which nobody knows whether it took effect is left to a person."""
    chain = postgresql_chain
    chain.add("a1", CREATE + f"{BLOCK}    {UNKNOWN}\n{DONE}")
    assert in_child(chain, chain.upgrade, place("DO $do$"))
    for _ in range(2):
        with pytest.raises(InterruptedRevisionError, match=r"not known: DO \$do\$") as caught:
            chain.upgrade()
        assert "flask db resolve a1 --ran" in caught.value.hint
    there = chain.query("SELECT count(*) FROM t WHERE id = 3")
    assert there == [(0 if place is before else 1,)]


def test_settings_of_the_session_are_made_again(postgresql_chain: Chain) -> None:
    """What a file set for its session holds also for the rest that a later run goes on with."""
    chain = postgresql_chain
    run(chain, "CREATE SCHEMA tenant")
    chain.add(
        "a1",
        f"""
        op.execute("SET search_path TO tenant")
        op.execute("CREATE TABLE t (id integer, n integer)")
        op.execute("SELECT set_config('flaskmig.who', 'me', false)")
        {INDEX.strip()}
        op.execute("INSERT INTO t SELECT 1, length(current_setting('flaskmig.who'))")
        """,
    )
    assert in_child(chain, chain.upgrade, before("INSERT INTO t SELECT"))
    chain.upgrade()
    assert chain.query("SELECT id, n FROM tenant.t") == [(1, 2)]


def test_the_connection_may_say_what_it_is_to(chain: Chain) -> None:
    """A file that asks its connection for no more than the dialect is resumed."""
    chain.add(
        "a1",
        f"""
        bind = op.get_bind()
        name = bind.dialect.name
        {CREATE.strip().replace(chr(10), chr(10) + "        ")}
        {CUT.replace(chr(10), chr(10) + "        ")}
        with bind.begin_nested():
            op.execute("INSERT INTO t VALUES (5, 5)")
        bind.execute(sa.text("INSERT INTO t VALUES (6, 6)"))
        """,
    )
    assert in_child(chain, chain.upgrade, before("VALUES (6, 6)"))
    chain.upgrade()
    assert chain.query("SELECT count(*) FROM t WHERE id > 4") == [(2,)]


@pytest.mark.parametrize(
    "use",
    [
        'bind.execute(sa.text("SELECT 1"))',
        "sa.inspect(bind).get_table_names()",
        'bind.engine.connect().execute(sa.text("SELECT 1"))',
    ],
)
def test_reading_before_the_last_cut_stops(use: str, chain: Chain) -> None:
    """A file that reads the database before its last finished statement is not guessed at."""
    chain.add("a1", f"bind = op.get_bind()\n{use}\n{CREATE}{CUT}\n{DONE}\n{CUT}\n{DONE}")
    with pytest.raises(ExecutionError):
        chain.upgrade()
    with pytest.raises(InterruptedRevisionError, match="reads the database"):
        chain.upgrade()


def test_the_connection_in_a_block(postgresql_chain: Chain) -> None:
    """What a file runs by itself outside of a transaction is never run a second time."""
    chain = postgresql_chain
    chain.add(
        "a1",
        f"""
        {CREATE.strip().replace(chr(10), chr(10) + "        ")}
        bind = op.get_bind()
        with op.get_context().autocommit_block():
            bind.execute(sa.text("INSERT INTO t VALUES (3, 3)"))
        op.execute("INSERT INTO nowhere VALUES (1)")
        """,
    )
    with pytest.raises(ExecutionError, match="nowhere"):
        chain.upgrade()
    with pytest.raises(InterruptedRevisionError, match="by itself"):
        chain.upgrade()
    assert chain.query("SELECT count(*) FROM t WHERE id = 3") == [(1,)]


def test_a_failed_statement_that_a_file_caught(postgresql_chain: Chain) -> None:
    """The error of a file that goes on in a failed transaction names what failed first."""
    chain = postgresql_chain
    chain.add(
        "a1",
        """
        try:
            op.execute("SELECT * FROM nowhere")
        except Exception:
            pass
        op.create_table("t", sa.Column("id", sa.Integer()))
        """,
    )
    with pytest.raises(ExecutionError, match='"nowhere" does not exist') as caught:
        chain.upgrade()
    assert "begin_nested" in caught.value.hint
    assert chain.tables() == set()


def test_a_failed_statement_that_a_file_caught_at_its_end(postgresql_chain: Chain) -> None:
    """A revision of which the last statement failed is not recorded, and the error says why."""
    chain = postgresql_chain
    chain.add(
        "a1",
        """
        op.create_table("t", sa.Column("id", sa.Integer()))
        try:
            op.execute("SELECT * FROM nowhere")
        except Exception:
            pass
        """,
    )
    with pytest.raises(ExecutionError, match='"nowhere" does not exist') as caught:
        chain.upgrade()
    assert "begin_nested" in caught.value.hint
    assert chain.tables() == set()


def test_a_journal_of_an_older_version(chain: Chain) -> None:
    """A journal without the column for what a revision found gets it, and keeps its rows."""
    chain.add("a1", CREATE)
    chain.upgrade()
    run(chain, f"ALTER TABLE {TABLE} DROP COLUMN found")
    with chain.engine.connect() as connection:
        assert chain.history(connection).rows() == {"a1"}
    chain.add("b2", f"{CUT}\n{DONE}")
    chain.upgrade()
    assert chain.query(f"SELECT revision, found FROM {TABLE} WHERE ordinal = 0 ORDER BY 1") == [
        ("a1", None),
        ("b2", None),
    ]


def test_two_processes_on_one_revision_of_sqlite(sqlite_chain: Chain) -> None:
    """Where SQLite lets another process in at a cut, each statement still runs once."""
    chain = sqlite_chain
    chain.add("a1", CREATE)
    chain.upgrade()
    step = 'op.execute("UPDATE t SET n = n + 1 WHERE id = 1")\n'
    chain.add(
        "b2", f"{step}{CUT}\nop.add_column('t', sa.Column('c', sa.Text()))\n{step}{CUT}\n{step}"
    )
    other = Chain(chain.folder, sa.create_engine(chain.engine.url))
    let_in = [1, 2]

    def at(_c: Any, _u: Any, sql: str, *_: object) -> None:
        if sql == "VACUUM" and let_in:
            # The other one has its own connection, and gets as far as it can.
            number = let_in.pop(0)
            if number == 1:
                assert in_child(other, other.upgrade, second_vacuum())
            else:
                other.upgrade()

    sa.event.listen(chain.engine, "before_cursor_execute", at)
    chain.upgrade()
    assert chain.query("SELECT n FROM t WHERE id = 1") == [(4,)]
    assert chain.columns("t") == ["id", "n", "c"]
    assert chain.rows() == {"b2"}
    assert [type(event).__name__ for event in chain.events][-1] == "RevisionSkipped"


def second_vacuum() -> Callable[[str], bool]:
    count = 0

    def at(sql: str) -> bool:
        nonlocal count
        count += sql.startswith("VACUUM")
        return count == 2

    return at


HALF_WAY = """
op.execute("CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN "
           "INSERT INTO t VALUES (7, 7); COMMIT; RAISE EXCEPTION 'no further'; END $$")
"""


@pytest.mark.parametrize("through", ["op.execute", "op.get_bind().exec_driver_sql"])
@pytest.mark.parametrize("statement", ["CALL p()", "DO $$ BEGIN CALL p(); END $$"])
def test_what_a_procedure_committed_is_not_done_again(
    postgresql_chain: Chain, through: str, statement: str
) -> None:
    """A procedure that committed and then failed stays in doubt: a rerun does not call it again."""
    chain = postgresql_chain
    chain.add("a1", CREATE + HALF_WAY)
    chain.add("b2", f"{BLOCK}    {through}({statement!r})")
    for error in (FlaskmigError, InterruptedRevisionError):
        with pytest.raises(error) as caught:
            chain.upgrade()
        assert chain.query("SELECT count(*) FROM t WHERE id = 7") == [(1,)]
    assert "flask db resolve b2" in caught.value.hint
    assert chain.rows() == {"a1"}
