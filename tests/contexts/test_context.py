"""``op.get_context()`` and ``alembic.context``: as with Alembic, online and for ``--sql``."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from flaskmig.dialects import dialect_of
from flaskmig.errors import ExecutionError
from tests.conftest import MakeDatabase
from tests.contexts.files import Files, with_alembic
from tests.execute.cuts import in_child
from tests.execute.test_script import run_script

T = """
op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
here = op.get_context()
table = sa.table("seen", sa.column("n", sa.Integer), sa.column("value", sa.Text))
def seen(*values):
    for number, value in enumerate(values):
        op.execute(sa.insert(table).values(n=number, value=str(value)))
"""

ATTRIBUTES = """
seen(
    here.dialect.name, here.as_sql, here.version_table, here.version_table_schema,
    here.opts["as_sql"], here.opts["tag"], here.opts.get("nonesuch"),
    here.opts["target_metadata"] is None, here.impl.dialect.name, here.impl.as_sql,
    context.get_context().dialect.name, context.is_offline_mode(), context.get_x_argument(),
    context.get_x_argument(as_dictionary=True), context.get_tag_argument(),
)
"""
ONLINE = """
bind = here.bind
seen(
    bind.dialect.name, here.connection is bind, context.get_impl().bind.dialect.name,
    here.get_current_revision(), here.get_current_heads(), context.get_bind() is bind,
    here.impl.bind is bind, bind.execute(sa.text("SELECT 1")).scalar(),
)
"""
ACTIONS = """
with here.begin_transaction():
    here.execute("INSERT INTO seen (n, value) VALUES (20, 'a')")
context.execute(sa.text("INSERT INTO seen (n, value) VALUES (21, 'b')"))
here.impl.execute("INSERT INTO seen (n, value) VALUES (22, 'c')")
here.impl._exec(sa.text("INSERT INTO seen (n, value) VALUES (23, 'd')"))
here.impl.bulk_insert(table, [{"n": 24, "value": "e"}])
things = sa.Table("things", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True),
                  sa.Column("name", sa.Text))
here.impl.create_table(things)
here.impl.add_column("things", sa.Column("more", sa.Integer()))
here.impl.create_index(sa.Index("things_name", things.c.name))
here.impl.rename_table("things", "objects")
op.execute("INSERT INTO objects (id, name, more) VALUES (1, 'x', 2)")
op.execute("INSERT INTO seen (n, value) SELECT 25, name FROM objects WHERE more = 2")
"""


def rows(files: Files) -> list[object]:
    return files.query("SELECT n, value FROM seen ORDER BY n, value")


def test_as_with_alembic(files: Files, make_database: MakeDatabase) -> None:
    """What files read of the context, and what they run through it, is what Alembic has."""
    peer = Files(files.folder, make_database(files.engine.dialect.name))
    files.write("a1", "pass")
    for number, body in enumerate((ATTRIBUTES, ONLINE, ACTIONS)):
        drop = 'op.drop_table("seen")\n' if number else ""
        # Alembic is given no models here, and flaskmig some that are empty.
        body = body.replace(
            'here.opts["target_metadata"] is None', '"target_metadata" in here.opts'
        )
        files.write(f"r{number}", drop + T + body)
        with_alembic(files.folder, peer.engine)
        files.quietly()
        assert rows(files) == rows(peer)
    for found in (files, peer):
        assert sa.inspect(found.engine).get_indexes("objects")[0]["name"] == "things_name"


PLUGINS = """
impl = op.get_context().impl
metadata = sa.MetaData()
one = sa.Table("one", metadata, sa.Column("id", sa.Integer, primary_key=True),
               sa.Column("name", sa.Text, comment="a name"), sa.Column("old", sa.Integer),
               comment="a table")
two = sa.Table("two", metadata, sa.Column("id", sa.Integer, primary_key=True),
               sa.Column("one_id", sa.Integer))
impl.create_table(one)
impl.create_table(two)
unique = sa.UniqueConstraint(one.c.name, name="one_name")
impl.add_constraint(unique)
impl.add_constraint(sa.ForeignKeyConstraint([two.c.one_id], [one.c.id], name="two_one"))
check = sa.CheckConstraint(two.c.one_id > 0, name="two_check")
two.append_constraint(check)
impl.add_constraint(check)
impl.drop_constraint(check)
index = sa.Index("one_old", one.c.old)
impl.create_index(index)
impl.drop_index(index)
impl.drop_column("one", one.c.old)
impl.alter_column("one", "name", nullable=False, name="title", existing_type=sa.Text())
impl.drop_table_comment(one)
impl.create_table_comment(sa.Table("two", sa.MetaData(), comment="more"))
impl._exec(sa.text("INSERT INTO one (id, title) VALUES (:id, :t)"),
           multiparams=[{"id": 1, "t": "5%"}, {"id": 2, "t": ":x"}])
impl._exec("CREATE TABLE three (id integer)")
impl.drop_table(sa.Table("three", sa.MetaData()))
"""


def test_what_plugins_do(postgresql_files: Files, make_database: MakeDatabase) -> None:
    """What plugins carry out with the context's impl leaves what it leaves with Alembic."""
    files = postgresql_files
    files.write("a1", PLUGINS)
    peer = Files(files.folder, make_database("postgresql"))
    with_alembic(files.folder, peer.engine)
    files.upgrade()
    for found in ("one", "two"):
        described = []
        for each in (files, peer):
            look = sa.inspect(each.engine)
            described.append(
                (
                    [{**column, "type": str(column["type"])} for column in look.get_columns(found)],
                    look.get_pk_constraint(found),
                    look.get_unique_constraints(found),
                    look.get_check_constraints(found),
                    look.get_foreign_keys(found),
                    look.get_indexes(found),
                    look.get_table_comment(found),
                )
            )
        assert described[0] == described[1]
    titles = "SELECT id, title FROM one ORDER BY id"
    assert files.query(titles) == peer.query(titles) == [(1, "5%"), (2, ":x")]
    assert files.tables() - {"flaskmig_journal"} == peer.tables()


@pytest.mark.parametrize("body", [ATTRIBUTES, ACTIONS])
def test_offline_as_with_alembic(files: Files, make_database: MakeDatabase, body: str) -> None:
    """The script of a file that asks its context leaves the rows that Alembic's script leaves."""
    files.write(
        "a1",
        (T + body)
        .replace(" is None, here.impl", ", here.impl")
        .replace('here.opts["target_metadata"]', '"target_metadata" in here.opts'),
    )
    scripts = with_alembic(files.folder, files.engine, sql=True), files.script()[1]
    found = []
    for text in scripts:
        run = Files(files.folder, make_database(files.engine.dialect.name))
        assert run_script(run.engine, text) == []
        found.append((rows(run), run.rows()))
    assert found[0] == found[1]


TEXTS = r"""
op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
table = sa.table("seen", sa.column("n", sa.Integer), sa.column("value", sa.Text))
op.execute("INSERT INTO seen VALUES (1, '100% sure')")
op.execute("INSERT INTO seen VALUES (2, '%s and %(x)s and %%')")
op.execute("INSERT INTO seen VALUES (3, 'at 12\\:30\\:00 and a\\:b')")
op.execute("INSERT INTO seen VALUES (4, 'a ' || CAST('x' AS text) || ' ?')")
op.execute(sa.text("INSERT INTO seen VALUES (5, :value)").bindparams(value="100% :sure, isn't it?"))
op.execute(sa.insert(table).values(n=6, value="50% :b \\ ' \" ; -- no comment"))
op.execute(table.update().where(table.c.value.like("100\\% :%", escape="\\")).values(n=7))
op.execute(sa.text("UPDATE seen SET n = n + 10 WHERE n % 2 = 0 AND value LIKE '%b%'"))
op.bulk_insert(table, [{"n": 8, "value": "%d :x"}, {"n": 9, "value": None}])
op.bulk_insert(table, [{"n": op.inline_literal(30), "value": op.inline_literal("5% :y")}],
               multiinsert=False)
op.execute("INSERT INTO seen SELECT n + 100, value FROM seen WHERE value LIKE '%\\:%'")
"""
TEXTS_OF_POSTGRESQL = r"""
op.execute("INSERT INTO seen SELECT 40, '{\"a\"\\: 5}'\\:\\:json ->> 'a'")
op.execute("INSERT INTO seen SELECT 41, (ARRAY[1, 2, 3])[1\\:2]\\:\\:text")
op.execute("INSERT INTO seen SELECT 42, '7'::int::text")
op.execute("INSERT INTO seen SELECT 43, E'tab\\\\t%'")
op.execute("DO $$ BEGIN INSERT INTO seen VALUES (44, '100%'); END $$")
op.execute(sa.text("INSERT INTO seen VALUES (45, CAST(:x AS text))").bindparams(x="%:"))
"""


def test_percent_signs_and_colons(files: Files, make_database: MakeDatabase) -> None:
    """Text with % and : means what it means with Alembic: run, as a script, and by flaskmig."""
    more = TEXTS_OF_POSTGRESQL if files.engine.dialect.name == "postgresql" else ""
    files.write("a1", TEXTS + more)
    peer = Files(files.folder, make_database(files.engine.dialect.name))
    with_alembic(files.folder, peer.engine)
    files.quietly()
    assert rows(files) == rows(peer)
    assert len(rows(files)) > 12
    script = Files(files.folder, make_database(files.engine.dialect.name))
    assert run_script(script.engine, files.script()[1]) == []
    assert rows(script) == rows(peer)


def test_percent_signs_and_colons_by_hand(files: Files, make_database: MakeDatabase) -> None:
    """Text with % and : that a file runs on its connection is left as Alembic leaves it."""
    body = r"""
    op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
    bind = op.get_bind()
    bind.execute(sa.text("INSERT INTO seen VALUES (1, '100% and a\\:b')"))
    bind.execute(sa.text("INSERT INTO seen VALUES (:n, :v)"), {"n": 2, "v": "5% :x"})
    bind.exec_driver_sql("INSERT INTO seen VALUES (3, 'a:b')")
    bind.exec_driver_sql("INSERT INTO seen SELECT 4, value FROM seen WHERE value LIKE 'a:b'")
    with Session(bind) as session:
        session.execute(sa.text("INSERT INTO seen SELECT 5, value || ' 9%' FROM seen WHERE n = 2"))
        session.commit()
    """
    files.write("a1", body)
    peer = Files(files.folder, make_database(files.engine.dialect.name))
    with_alembic(files.folder, peer.engine)
    files.upgrade()
    assert rows(files) == rows(peer)


def test_a_block_outside_in_both(postgresql_files: Files, make_database: MakeDatabase) -> None:
    """autocommit_block() is left and entered again as with Alembic, online and in the script."""
    files = postgresql_files
    files.write(
        "a1",
        """
        op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
        with op.get_context().autocommit_block():
            op.execute("CREATE INDEX CONCURRENTLY seen_n ON seen (n)")
            if not context.is_offline_mode():
                bind = op.get_bind()
                bind.execute(sa.text("INSERT INTO seen VALUES (1, 'by hand')"))
                bind.commit()
                with bind.begin():
                    bind.execute(sa.text("INSERT INTO seen VALUES (2, 'in a block')"))
                bind.rollback()
                with Session(bind) as session:
                    session.execute(sa.text("INSERT INTO seen VALUES (4, 'in a session')"))
                    session.commit()
            else:
                op.execute("INSERT INTO seen VALUES (1, 'by hand'), (2, 'in a block')")
                op.execute("INSERT INTO seen VALUES (4, 'in a session')")
        with context.get_context().autocommit_block():
            op.execute("CREATE TYPE mood AS ENUM ('sad')")
            op.execute("ALTER TYPE mood ADD VALUE 'ok'")
        op.execute("INSERT INTO seen VALUES (3, CAST(CAST('ok' AS mood) AS text))")
        """,
    )
    files.quietly()
    script = Files(files.folder, make_database("postgresql"))
    assert run_script(script.engine, files.script()[1]) == []
    for found in (files, script):
        assert rows(found) == [
            (1, "by hand"),
            (2, "in a block"),
            (3, "ok"),
            (4, "in a session"),
        ]
        with found.engine.connect() as connection:
            schema = dialect_of(connection).introspect(connection)
        assert [index.name for index in schema.tables[-1].indexes] == ["seen_n"]
    text = re.sub(r"\s+", " ", files.script()[1])
    assert "COMMIT; CREATE INDEX CONCURRENTLY" in text


def test_what_follows_a_commit_of_the_files_own(
    postgresql_files: Files, make_database: MakeDatabase
) -> None:
    """After a COMMIT, what cannot be in a transaction runs as with Alembic on psycopg2."""
    files = postgresql_files
    files.write(
        "a1",
        """
        op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
        op.execute("CREATE TYPE mood AS ENUM ('sad')")
        op.execute("COMMIT")
        op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'")
        op.execute("INSERT INTO seen VALUES (1, CAST(CAST('ok' AS mood) AS text))")
        op.execute("COMMIT;")
        op.execute("CREATE INDEX CONCURRENTLY seen_n ON seen (n)")
        op.execute("INSERT INTO seen VALUES (2, 'end')")
        """,
    )
    url = make_database("postgresql").url.set(drivername="postgresql+psycopg2")
    peer = Files(files.folder, sa.create_engine(url))
    with_alembic(files.folder, peer.engine)
    peer.engine.dispose()
    files.quietly()
    script = Files(files.folder, make_database("postgresql"))
    assert run_script(script.engine, files.script()[1]) == []
    assert rows(peer) == rows(files) == rows(script) == [(1, "ok"), (2, "end")]
    for found in (files, peer, script):
        assert sa.inspect(found.engine).get_indexes("seen")[0]["name"] == "seen_n"
    peer.engine.dispose()


@pytest.mark.parametrize("run", ["bind.execute(sa.text({}))", "bind.exec_driver_sql({})"])
def test_what_follows_a_commit_on_the_connection(
    postgresql_files: Files, make_database: MakeDatabase, run: str
) -> None:
    """A COMMIT on get_bind(), and what follows there, is as with Alembic on psycopg2."""
    files = postgresql_files
    files.write(
        "a1",
        f"""
        bind = op.get_bind()
        op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
        {run.format('"CREATE TYPE mood AS ENUM (&)"')}
        {run.format('"COMMIT"')}
        {run.format('"ALTER TYPE mood ADD VALUE &&"')}
        op.execute("INSERT INTO seen VALUES (1, CAST(CAST(&& AS mood) AS text))")
        {run.format('"commit;"')}
        {run.format('"CREATE INDEX CONCURRENTLY seen_n ON seen (n)"')}
        {run.format('"INSERT INTO seen VALUES (2, &)"')}
        """.replace("&&", "'new'").replace("&", "'ok'"),
    )
    peer = Files(
        files.folder,
        sa.create_engine(make_database("postgresql").url.set(drivername="postgresql+psycopg2")),
    )
    with_alembic(files.folder, peer.engine)
    files.quietly()
    assert rows(peer) == rows(files) == [(1, "new"), (2, "ok")]
    for found in (files, peer):
        assert sa.inspect(found.engine).get_indexes("seen")[0]["name"] == "seen_n"
    peer.engine.dispose()


def test_a_script_with_transactions(postgresql_files: Files, make_database: MakeDatabase) -> None:
    """A script that begins and commits is one with the revision, and does what it does."""
    files = postgresql_files
    sql = """
        -- a dump
        BEGIN;
        CREATE TABLE seen (n integer, value text);
        CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE plpgsql AS $$
        BEGIN
            RETURN 2 * n; -- COMMIT
        END $$;
        INSERT INTO seen VALUES (twice(2), 'COMMIT; \\:x 5%');
        COMMIT;
        START TRANSACTION;
        INSERT INTO seen VALUES (5, NULL);
        END;
    """
    path = files.write("a1", f"op.execute({sql!r})\nop.execute('nonsense')")
    with pytest.warns(UserWarning, match="does nothing"), pytest.raises(ExecutionError):
        files.upgrade()
    assert "seen" not in files.tables()
    path.write_text(path.read_text().replace("nonsense", "SELECT 1"))
    peer = Files(files.folder, make_database("postgresql"))
    with_alembic(files.folder, peer.engine)
    files.quietly()
    script = Files(files.folder, make_database("postgresql"))
    assert run_script(script.engine, files.script()[1]) == []
    assert rows(files) == rows(peer) == rows(script) == [(4, "COMMIT; :x 5%"), (5, None)]


def test_a_commit_of_the_files_own_is_resumed(postgresql_files: Files) -> None:
    """A file that says COMMIT and is killed later goes on where it was, and does nothing twice."""
    files = postgresql_files
    files.write(
        "a1",
        """
        op.create_table("seen", sa.Column("n", sa.Integer()), sa.Column("value", sa.Text()))
        op.execute("INSERT INTO seen VALUES (1, 'begin')")
        op.execute("COMMIT")
        op.execute("CREATE INDEX CONCURRENTLY seen_n ON seen (n)")
        op.execute("INSERT INTO seen VALUES (2, 'end')")
        """,
    )
    assert in_child(files, files.quietly, lambda sql: "'end'" in sql)
    assert rows(files) == [(1, "begin")]
    files.quietly()
    assert rows(files) == [(1, "begin"), (2, "end")]
    assert files.rows() == {"a1"}


def test_a_name_that_is_not_served(files: Files) -> None:
    """What the context does not have is said by its name, in an error that files may ask about."""
    files.write("a1", "assert not hasattr(op.get_context(), 'purge')\nop.get_context().stamp(None)")
    with pytest.raises(AttributeError, match=r"does not serve op\.get_context\(\)\.stamp"):
        files.upgrade()
    assert files.rows() == frozenset()


def test_offline_reads_end_the_plan(files: Files) -> None:
    """With --sql a file may ask for the dialect of its connection, and for no more than that."""
    files.write(
        "a1",
        'assert op.get_bind().dialect.name == op.get_bind().engine.name\nop.execute("SELECT 1")',
    )
    plan, text = files.script()
    assert plan.is_complete
    assert "SELECT 1" in text
    files.write("b2", 'op.execute("SELECT 2")\nsa.inspect(op.get_bind())\nop.execute("SELECT 3")')
    files.write("c3", "with op.get_bind().engine.connect():\n    pass")
    plan, text = files.script()
    assert [(note.revision, note.line) for note in plan.notes] == [("b2", 14), ("c3", 13)]
    assert "SELECT 3" not in text


def test_a_revision_that_fails_outside(postgresql_files: Files) -> None:
    """What was done by hand in a block that failed is noted, and is not done twice."""
    files = postgresql_files
    files.write(
        "a1",
        """
        op.execute("CREATE TABLE t (id INTEGER)")
        with op.get_context().autocommit_block():
            op.get_bind().execute(sa.text("INSERT INTO t VALUES (1)"))
            op.execute("nonsense")
        """,
    )
    with pytest.raises(ExecutionError, match="nonsense") as caught:
        files.upgrade()
    assert "parts of it before this are committed" in caught.value.hint
    assert files.query("SELECT * FROM t") == [(1,)]
