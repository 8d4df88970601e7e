"""What is looked at before the first revision of a database that has none yet."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.engine.commands.running import downgrade, upgrade
from flaskmig.engine.files import managed
from flaskmig.errors import HistoryError
from tests.execute.chain import Chain

MAKES_USERS = 'op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))'


def run_sql(chain: Chain, *statements: str) -> None:
    with chain.engine.begin() as connection:
        for sql in statements:
            connection.exec_driver_sql(sql)


@pytest.mark.parametrize("name", ["'users'", "'us' 'ers'", "'use\\x72s'", "NAME"])
def test_tables_that_are_there_stop_it(chain: Chain, name: str) -> None:
    """A database with a table that the revisions make is refused, however the file spells it."""
    chain.add("aaaa", MAKES_USERS.replace('"users"', name), before='NAME = "users"\n')
    run_sql(chain, "CREATE TABLE users (id INTEGER)")
    with pytest.raises(HistoryError, match="already has users, which the revisions create"):
        upgrade(chain.project)
    run_sql(chain, "DROP TABLE users")
    upgrade(chain.project)


def test_in_another_schema(postgresql_chain: Chain) -> None:
    """A table in another schema than the usual one stops it as well, where it is the only one."""
    chain = postgresql_chain
    call = MAKES_USERS.replace("primary_key=True)", 'primary_key=True), schema="side"')
    chain.add("aaaa", call)
    run_sql(chain, "CREATE SCHEMA side", "CREATE TABLE side.users (id INTEGER)")
    with pytest.raises(HistoryError, match=r"already has side\.users"):
        upgrade(chain.project)


def test_an_empty_database_needs_no_look_into_the_files(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are no tables but our own, no file is read for what it makes."""
    chain.add("aaaa", MAKES_USERS, 'op.drop_table("users")')

    def refuse(*_: object) -> None:
        raise AssertionError("the files were read")

    monkeypatch.setattr(managed, "created_tables", refuse)
    upgrade(chain.project)
    downgrade(chain.project, "base")
    tables = sa.inspect(chain.engine).get_table_names()
    assert sorted(tables) == ["alembic_version", "flaskmig_journal"]
    upgrade(chain.project)
    downgrade(chain.project, "base")
    run_sql(chain, "CREATE TABLE other (id INTEGER)")
    with pytest.raises(AssertionError, match="the files were read"):
        upgrade(chain.project)


def test_listeners_are_those_of_before(chain: Chain) -> None:
    """A run of many revisions watches each of them and listens to nothing when it is over."""
    chain.add("aaaa", MAKES_USERS)
    chain.add("bbbb", "op.get_bind().exec_driver_sql('SELECT 1')")
    chain.add("cccc", "op.get_bind().exec_driver_sql('ALTER TABLE users ADD COLUMN a INTEGER')")
    chain.add("dddd", "op.get_bind().exec_driver_sql('END')")
    chain.add("eeee", "op.get_bind().exec_driver_sql('END')")
    with chain.engine.connect() as connection:
        with pytest.warns(UserWarning, match="END in a revision does nothing") as warned:
            upgrade(chain.project, connection=connection)
        for name in ("before_cursor_execute", "after_cursor_execute", "commit", "rollback"):
            assert not list(getattr(connection.dispatch, name)), name
    assert len(warned) == 2
    assert chain.rows() == {"eeee"}
