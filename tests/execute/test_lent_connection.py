"""Who has the connection may set what they like: the next revision finds the session as it was."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.errors import ConfigurationError
from tests.conftest import MakeDatabase
from tests.execute.chain import Chain
from tests.postgresql.support import DIALECT

TABLE = 'op.create_table("{}", sa.Column("id", sa.Integer(), primary_key=True))'
# TimeZone is none of those that a run makes for itself.
TOUCHED = {"search_path": "pg_catalog", "TimeZone": "Asia/Tokyo", "work_mem": "9MB"}
LOOK = """
rows = op.get_bind().execute(sa.text(
    "SELECT name, setting FROM pg_settings WHERE source = 'session' AND name <> 'work_mem' "
    "UNION ALL SELECT 'work_mem', current_setting('work_mem') "
    "UNION ALL SELECT 'zone', current_setting('TimeZone') "
    "UNION ALL SELECT 'role', current_setting('role') ORDER BY 1"
)).all()
op.get_bind().execute(
    sa.text("INSERT INTO public.looks VALUES (:at, :found)"), {"at": %r, "found": str(rows)}
)
"""
LOOKS = 'op.execute("CREATE TABLE public.looks (at text, found text)")\n'
WAYS = {
    "execute": "op.execute({0!r})",
    "bind": "op.get_bind().exec_driver_sql({0!r})",
    "cursor": "op.get_bind().connection.cursor().execute({0!r})",
    "second": "with sa.create_engine(op.get_bind().engine.url).connect() as second:\n"
    "    second.exec_driver_sql({0!r})\n    second.commit()",
    "block": "with op.get_context().autocommit_block():\n    op.execute({0!r})",
    "below": "op.execute({1!r})",
}


def set_by(way: str, name: str, value: str) -> str:
    """Lines of a revision file that set something for the session, one way or another."""
    plain, called = f"SET {name} = '{value}'", f"SELECT set_config('{name}', '{value}', false)"
    return WAYS[way].format(plain, called)


@pytest.mark.parametrize("name", ["search_path", "TimeZone"])
@pytest.mark.parametrize("way", WAYS)
def test_a_setting_ends_with_its_revision(way: str, name: str, postgresql_chain: Chain) -> None:
    """However a file sets something, the next one finds the session as the first one did."""
    chain = postgresql_chain
    chain.add("a1", LOOKS + LOOK % "before")
    chain.add("b2", set_by(way, name, TOUCHED[name]))
    chain.add("c3", TABLE.format("t"))
    chain.add("d4", LOOK % "after")
    chain.upgrade()
    [(before,), (after,)] = chain.query("SELECT found FROM looks")
    assert before == after
    assert chain.rows() == {"d4"}
    assert "t" in chain.tables()


def test_what_a_function_sets_below_an_operation_is_seen(postgresql_chain: Chain) -> None:
    """A default that changes search_path while a table is altered changes it for no one else."""
    chain = postgresql_chain
    chain.add(
        "a1",
        'op.execute("CREATE TABLE u (id integer)")\nop.execute("INSERT INTO u VALUES (1)")\n'
        'op.execute("CREATE SCHEMA elsewhere")\n'
        'op.execute("CREATE FUNCTION public.f() RETURNS text LANGUAGE sql VOLATILE AS '
        "$$ SELECT set_config('search_path', 'elsewhere', false) $$\")",
    )
    called = 'sa.Column("x", sa.Text(), server_default=sa.text("public.f()"))'
    chain.add("b2", f'op.add_column("u", {called}, schema="public")')
    chain.add("c3", TABLE.format("t"))
    chain.upgrade()
    assert chain.rows() == {"c3"}
    assert chain.query("SELECT x FROM public.u") == [("elsewhere",)]
    assert chain.query("SELECT schemaname FROM pg_tables WHERE tablename = 't'") == [("public",)]


def test_what_a_hook_sets_ends_before_the_next_revision(postgresql_chain: Chain) -> None:
    """A function that is told of revisions has the connection after we looked at the settings."""
    chain = postgresql_chain

    def tell(ctx: Any, **_: object) -> None:
        ctx.connection.exec_driver_sql("SET TimeZone = 'Asia/Tokyo'")

    chain.add("a1", LOOKS + LOOK % "before")
    chain.add("b2", LOOK % "after")
    chain = Chain(chain.folder, chain.engine, on_version_apply=(tell,))
    chain.upgrade()
    [(before,), (after,)] = chain.query("SELECT found FROM looks")
    assert before == after


ONE = st.tuples(st.sampled_from(sorted(WAYS)), st.sampled_from(sorted(TOUCHED.items())))


@settings(max_examples=10)
@given(st.lists(st.one_of(st.none(), ONE), min_size=1, max_size=4))
def test_settings_of_any_files(
    make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory, files: list[Any]
) -> None:
    """After any files, those that set nothing among them, the session is as it was at first."""
    chain = Chain(tmp_path_factory.mktemp("files"), make_database("postgresql"))
    chain.add("first", LOOKS + LOOK % "first")
    for number, each in enumerate(files):
        body = TABLE.format(f"t{number}") if each is None else set_by(each[0], *each[1])
        chain.add(f"r{number}", body)
    chain.add("last", LOOK % "last")
    chain.upgrade()
    [(before,), (after,)] = chain.query("SELECT found FROM looks")
    assert before == after
    chain.engine.dispose()


def zone(connection: sa.Connection) -> str:
    """What is set, as the server says."""
    found: str = connection.exec_driver_sql("SELECT current_setting('TimeZone')").scalar_one()
    return found


def test_what_is_undone_is_looked_at_again(postgresql_engine: sa.Engine) -> None:
    """Settings that a step brought back and then undid with everything else are brought back."""
    with postgresql_engine.connect() as connection:
        before = zone(connection)
        connection.rollback()
        with DIALECT.session(connection, key="tests"):
            with DIALECT.step(connection):
                DIALECT.lend(connection)
                connection.exec_driver_sql("SET TimeZone = 'Asia/Tokyo'")
            for _ in range(2):
                with suppress(ZeroDivisionError), DIALECT.step(connection, "SELECT 1"):
                    assert zone(connection) == before
                    raise ZeroDivisionError
            with DIALECT.step(connection, "SELECT 1") as rows:
                assert (list(rows), zone(connection)) == ([(1,)], before)


def test_what_goes_with_a_commit_goes_with_no_other(postgresql_engine: sa.Engine) -> None:
    """A statement for the end of a step is run there once, and not where the step is undone."""
    with postgresql_engine.connect() as connection:
        with DIALECT.session(connection, key="tests"):
            with DIALECT.step(connection):
                connection.exec_driver_sql("CREATE TABLE t (id integer NOT NULL)")
            with suppress(ZeroDivisionError), DIALECT.step(connection):
                assert DIALECT.commit_with(connection, "INSERT INTO t VALUES (1)")
                raise ZeroDivisionError
            with DIALECT.step(connection):
                connection.exec_driver_sql("INSERT INTO t VALUES (2)")
            with DIALECT.step(connection):
                assert DIALECT.commit_with(connection, "INSERT INTO t VALUES (3)")
            refused = DIALECT.step(connection)
            refused.__enter__()
            connection.exec_driver_sql("INSERT INTO t VALUES (4)")
            assert DIALECT.commit_with(connection, "INSERT INTO t VALUES (NULL)")
            with pytest.raises(sa.exc.IntegrityError):
                refused.__exit__(None, None, None)
        assert connection.exec_driver_sql("SELECT id FROM t").scalars().all() == [2, 3]


def test_in_a_transaction_of_the_callers_nothing_goes_with_a_commit(
    postgresql_engine: sa.Engine,
) -> None:
    """Where the COMMIT is the caller's to send, a statement is not kept for it."""
    with postgresql_engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("SELECT 1")
        with DIALECT.session(connection, key="tests"), DIALECT.step(connection):
            assert not DIALECT.commit_with(connection, "SELECT 1")


PRAGMAS = ("ignore_check_constraints", "recursive_triggers", "legacy_alter_table")
# The second one has SQLite ask us again, for what views read.
AFTER = ["", 'op.rename_table("t", "v")']


@pytest.mark.parametrize("after", AFTER)
def test_who_takes_the_authorizer_away_sets_for_himself_alone(
    after: str, sqlite_chain: Chain
) -> None:
    """What a file sets after it took away what notes it ends with its revision as well."""
    chain = sqlite_chain
    chain.add("a1", TABLE.format("t"))
    sets = "".join(f'\nraw.execute("PRAGMA {name} = ON")' for name in PRAGMAS[: 3 - bool(after)])
    own = "raw = op.get_bind().connection.dbapi_connection\nraw.set_authorizer(None)"
    chain.add("b2", f"{own}{sets}\n{after}")
    looks = ", ".join(f'raw.execute("PRAGMA {name}").fetchone()' for name in PRAGMAS)
    chain.add("c3", f"{own}\nassert [{looks}] == [(0,)] * 3, [{looks}]")
    chain.upgrade()
    assert chain.rows() == {"c3"}


def test_a_journal_that_is_turned_off_unseen_is_found(sqlite_chain: Chain) -> None:
    """Where nothing could be undone the next revision does not begin, whoever did not ask us."""
    chain = sqlite_chain
    chain.add("a1")
    chain.add(
        "b2",
        "raw = op.get_bind().connection.dbapi_connection\n"
        "with op.get_context().autocommit_block():\n    raw.set_authorizer(None)\n"
        '    raw.execute("PRAGMA journal_mode = OFF")',
    )
    chain.add("c3", TABLE.format("t"))
    with pytest.raises(ConfigurationError, match="journal_mode=off"):
        chain.upgrade()
    assert chain.rows() == {"b2"}
    assert "t" not in chain.tables()
