"""What is sent to PostgreSQL for a revision, and that what is not looked at cannot have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.engine.executing import execute
from flaskmig.engine.migrating.events import RevisionDone
from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import ExecutionError, HistoryError, InterruptedRevisionError
from tests.execute.chain import Chain

TABLE = 'op.create_table("{}", sa.Column("id", sa.Integer(), primary_key=True))'


def messages(engine: sa.Engine) -> list[str]:
    """The list that every message to the server is added to."""
    found: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: found.append(call[2]))
    return found


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_three_messages(driver: str, tmp_path: Path, postgresql_engine: sa.Engine) -> None:
    """A revision of one statement takes three messages, as the statement alone does."""
    url = postgresql_engine.url.set(drivername=f"postgresql+{driver}")
    engine = sa.create_engine(url)
    chain = Chain(tmp_path / "migrations", engine)
    for number, id_ in enumerate(("a1", "b2", "c3", "d4")):
        chain.add(id_, TABLE.format(f"t{number}"), f'op.drop_table("t{number}")')
    sent = messages(engine)
    chain.upgrade()
    at = next(number for number, sql in enumerate(sent) if '"t1"' in sql)
    begins, creates, ends = sent[at - 1 : at + 2]
    assert begins.startswith("BEGIN")
    assert "alembic_version" in begins
    assert creates.startswith("CREATE TABLE")
    assert "alembic_version" in ends
    assert "flaskmig_journal" in ends
    assert ends.endswith("COMMIT")
    assert sent[at + 2].startswith("BEGIN")
    assert '"t2"' in sent[at + 3]
    sent.clear()
    chain.downgrade()
    at = next(number for number, sql in enumerate(sent) if '"t1"' in sql)
    assert sent[at - 1].startswith("BEGIN")
    assert sent[at + 1].endswith("COMMIT")
    assert chain.tables() == {"alembic_version", "flaskmig_journal"}
    assert chain.rows() == set()
    engine.dispose()


def at_statement(engine: sa.Engine, part: str, act: Callable[[], object]) -> None:
    """Do something once, before the first statement with that in it is run."""
    waiting = [act]

    def before(connection: object, cursor: object, sql: str, *_: object) -> None:
        if part in sql and waiting:
            waiting.pop()()

    sa.event.listen(engine, "before_cursor_execute", before)


@pytest.mark.parametrize(
    "sql", ["UPDATE alembic_version SET version_num = 'x'", "DELETE FROM alembic_version"]
)
def test_a_row_that_another_program_takes_meanwhile(sql: str, postgresql_chain: Chain) -> None:
    """Where the row to replace is gone when the revision ends, nothing of the revision stays."""
    chain = postgresql_chain
    chain.add("a1")
    chain.upgrade()
    chain.add("b2", TABLE.format("t"))
    other = sa.create_engine(chain.engine.url)

    def write() -> None:
        with other.begin() as connection:
            connection.exec_driver_sql(sql)

    steps = chain.steps("head")
    at_statement(chain.engine, "CREATE TABLE", write)
    with pytest.raises(HistoryError, match="expected once"):
        chain.run(steps)
    other.dispose()
    assert "t" not in chain.tables()
    assert chain.query("SELECT revision FROM flaskmig_journal") == [("a1",)]


def test_a_row_that_another_program_adds_meanwhile_stays(postgresql_chain: Chain) -> None:
    """A row of another head that comes while a revision runs is not lost, and is seen then."""
    chain = postgresql_chain
    chain.add("a1")
    chain.upgrade()
    chain.add("b2", TABLE.format("t"))
    chain.add("c3", TABLE.format("u"))
    other = sa.create_engine(chain.engine.url)

    def write() -> None:
        with other.begin() as connection:
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('other')")

    steps = chain.steps("head")
    at_statement(chain.engine, "CREATE TABLE", write)
    with pytest.raises(HistoryError, match="the database is at b2, other by now"):
        chain.run(steps)
    other.dispose()
    assert chain.rows() == {"b2", "other"}


def test_work_that_is_cut_off_between_two_revisions_is_seen(chain: Chain) -> None:
    """Where another process may have written the journal, the next revision looks at it again."""
    chain.add("a1", TABLE.format("t"))
    chain.add("b2", 'op.execute("INSERT INTO t VALUES (1)")')
    chain.add("c3", TABLE.format("u"))
    other = sa.create_engine(chain.engine.url)

    def notice(event: object) -> None:
        if isinstance(event, RevisionDone) and event.revision == "b2":
            with other.begin() as connection:
                connection.exec_driver_sql(
                    "INSERT INTO flaskmig_journal (version_table, run, revision, ordinal, "
                    "direction, state, started_at) VALUES ('alembic_version', 'r', 'zz', 0, "
                    "'upgrade', 'intent', '2020')"
                )

    steps = chain.steps("head")
    with pytest.raises(InterruptedRevisionError, match="revision zz was cut off"):
        execute.run(chain.project, "", steps, scripts=chain.scripts, notify=notice)
    other.dispose()
    assert chain.rows() == {"b2"}


def test_times_follow_those_of_a_clock_that_goes_ahead(chain: Chain) -> None:
    """Each record is newer than all that are there, also those of a machine with another clock."""
    chain.add("a1")
    chain.upgrade()
    ahead = "2999-01-01T00:00:00.000000"
    with chain.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE flaskmig_journal SET started_at = '{ahead}'")
    for number, id_ in enumerate(("b2", "c3", "d4")):
        body = f'op.execute("CREATE TABLE x{number} (id integer)")'
        chain.add(id_, TABLE.format(f"t{number}") if number != 1 else body)
    chain.upgrade()
    found = chain.query("SELECT started_at, revision FROM flaskmig_journal")
    assert [revision for _, revision in sorted(found)] == ["a1", "b2", "c3", "d4"]
    assert len({time for time, _ in found}) == 4


def test_what_the_commit_refuses_is_no_ended_transaction(postgresql_chain: Chain) -> None:
    """A deferred key that fails at COMMIT is named, and nothing of the revision or record stays."""
    chain = postgresql_chain
    chain.add(
        "a1",
        'op.execute("CREATE TABLE p (id integer PRIMARY KEY)")\nop.execute("CREATE TABLE c '
        '(p integer REFERENCES p DEFERRABLE INITIALLY DEFERRED)")',
    )
    chain.add("b2", f'{TABLE.format("t")}\nop.execute("INSERT INTO c VALUES (7)")')
    with pytest.raises(ExecutionError, match="foreign key") as refused:
        chain.upgrade()
    assert refused.value.statement == "COMMIT"
    assert chain.rows() == {"a1"}
    assert "t" not in chain.tables()
    assert chain.query("SELECT revision FROM flaskmig_journal") == [("a1",)]


@pytest.mark.parametrize("id_", ["v1.0'; SELECT 1;", 'v"1', "v%(come)s%", "v\\'1", "ü", "x" * 200])
def test_records_hold_the_very_texts(
    id_: str, chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids and names of users stand in the version table and the journal as they are."""
    user = "O'Neil \\ 50% %s %(run)s :x"
    monkeypatch.setattr("flaskmig.engine.records.journal.user_name", lambda: user)
    path = chain.add("a1", TABLE.format("t"), 'op.drop_table("t")')
    path.write_text(path.read_text().replace("'a1'", repr(id_)))
    chain.upgrade()
    assert chain.rows() == {id_}
    with chain.engine.connect() as connection:
        found = journal_of(chain.history(connection)).applied()
        names = connection.exec_driver_sql("SELECT user_name FROM flaskmig_journal").scalars()
        assert list(found) == [id_]
        assert names.all() == [user]
    chain.downgrade()
    assert chain.rows() == set()
    assert "t" not in chain.tables()


RULES = [
    ("UPDATE", "alembic_version"),
    ("DELETE", "alembic_version"),
    ("INSERT", "flaskmig_journal"),
]


@pytest.mark.parametrize("is_own", [False, True])
@pytest.mark.parametrize(("command", "table"), RULES)
def test_rules_on_the_tables_of_our_own(
    command: str, table: str, is_own: bool, postgresql_chain: Chain
) -> None:
    """A rule that notes what is written, from before the run or of a revision in it, is obeyed."""
    chain = postgresql_chain
    rules = [
        "CREATE TABLE notes (id integer)",
        f"CREATE RULE noting AS ON {command} TO {table} DO ALSO INSERT INTO notes VALUES (1)",
    ]
    chain.add("a1", "pass")
    if is_own:
        chain.add("b2", "\n".join(f"op.execute({sql!r})" for sql in rules))
    else:
        chain.upgrade()
        with chain.engine.begin() as connection:
            for sql in rules:
                connection.exec_driver_sql(sql)
        chain.add("b2", "pass")
    chain.add("c3", TABLE.format("t"), 'op.drop_table("t")')
    chain.upgrade()
    assert chain.rows() == {"c3"}
    chain.downgrade("a1")
    assert chain.rows() == {"a1"}
    (count,) = chain.query("SELECT count(*) FROM flaskmig_journal")
    assert count == (5,)
    chain.run(chain.steps("base", "downgrade"))
    assert chain.rows() == set()
    assert chain.query("SELECT count(*) > 0 FROM notes") == [(True,)]


def test_the_statement_that_the_database_refused_is_named(chain: Chain) -> None:
    """Where a record cannot be written, the error says which statement that was."""
    chain.add("a1")
    chain.upgrade()
    with chain.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE flaskmig_journal RENAME COLUMN user_name TO who")
    chain.add("b2", TABLE.format("t"))
    with pytest.raises(ExecutionError, match="user_name") as refused:
        chain.upgrade()
    assert "INSERT INTO" in refused.value.statement
    assert "COMMIT" not in refused.value.statement
    assert chain.rows() == {"a1"}
    assert "t" not in chain.tables()
