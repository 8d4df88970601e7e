"""What files do with ``op.get_bind()``: as with Alembic, and never more than the revision."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.engine.executing.revision_connection import BEGIN_IGNORED, COMMIT_IGNORED
from flaskmig.errors import ExecutionError, OperationError, UnsupportedOperationError
from tests.conftest import MakeDatabase
from tests.contexts.files import Files, with_alembic
from tests.execute.chain import line_of

T = """
op.create_table(
    "t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text())
)
op.execute("INSERT INTO t (id, name) VALUES (1, 'ann'), (2, 'bob')")
bind = op.get_bind()
t = sa.table("t", sa.column("id", sa.Integer), sa.column("name", sa.Text))
def seen(value):
    number = len(bind.execute(sa.select(t)).all())
    bind.execute(sa.insert(t).values(id=100 + number, name=str(value)))
"""

# Each leaves in table t what it saw or did.
READS = {
    "execute": 'seen(bind.execute(sa.text("SELECT name FROM t ORDER BY id")).fetchall())',
    "parameters": 'seen(bind.execute(sa.text("SELECT name FROM t WHERE id = :i"), {"i": 2}).one())',
    "scalar": 'seen(bind.scalar(sa.text("SELECT count(*) FROM t")))',
    "scalars": "seen(bind.scalars(sa.select(t.c.id).order_by(t.c.id)).all())",
    "mappings": "seen(bind.execute(sa.select(t).order_by(t.c.id)).mappings().all())",
    "driver": 'seen(bind.exec_driver_sql("SELECT max(id) FROM t").scalar())',
    "many": 'bind.execute(sa.insert(t), [{"id": n, "name": "x"} for n in range(5, 9)])',
    "returning": "seen(bind.execute(sa.insert(t).values(id=9).returning(t.c.id)).all())",
    "rowcount": "seen(bind.execute(sa.update(t).values(name='y')).rowcount)",
    "names": """
        seen((bind.dialect.name, bind.engine.name, bind.engine.dialect.name, bind.engine.driver,
              bind.engine.url.drivername, bind.engine.url.get_backend_name()))
    """,
    "quote": "seen(bind.dialect.identifier_preparer.quote('Order'))",
    "has_table": "seen([bind.dialect.has_table(bind, name) for name in ('t', 'nope')])",
    "inspect": """
        inspector = sa.inspect(bind)
        seen((inspector.has_table("t"), [c["name"] for c in inspector.get_columns("t")],
              inspector.get_pk_constraint("t")["constrained_columns"], inspector.get_indexes("t")))
        op.create_index("t_name", "t", ["name"])
        inspector.clear_cache()
        seen([index["name"] for index in inspector.get_indexes("t")])
    """,
    "inspect in between": """
        op.add_column("t", sa.Column("age", sa.Integer()))
        seen(sorted(column["name"] for column in sa.inspect(bind).get_columns("t")))
    """,
    "inspector of old": """
        from sqlalchemy.engine.reflection import Inspector
        seen("t" in Inspector.from_engine(bind).get_table_names())
    """,
    "reflected": """
        found = sa.Table("t", sa.MetaData(), autoload_with=bind)
        seen([column.name for column in found.columns])
    """,
    "metadata": """
        metadata = sa.MetaData()
        sa.Table("u", metadata, sa.Column("id", sa.Integer, primary_key=True))
        metadata.create_all(bind)
        seen(sa.inspect(bind).has_table("u"))
    """,
    "session": """
        session = Session(bind=bind)
        session.execute(sa.insert(t).values(id=3, name="cy"))
        session.commit()
        seen(session.execute(sa.select(t.c.name).order_by(t.c.id)).scalars().all())
        session.close()
    """,
    "models": """
        from sqlalchemy.orm import declarative_base
        Base = declarative_base()
        class Row(Base):
            __tablename__ = "t"
            id = sa.Column(sa.Integer, primary_key=True)
            name = sa.Column(sa.Text)
        session = sessionmaker(bind=bind)()
        for row in session.query(Row).filter(Row.id < 3):
            row.name = row.name.upper()
        session.add(Row(id=4, name="dee"))
        session.commit()
        session.rollback()
        seen([row.name for row in session.query(Row).order_by(Row.id)])
    """,
    "session in blocks": """
        with Session(bind) as session, session.begin():
            session.execute(sa.insert(t).values(id=3))
        with Session(bind) as session:
            with session.begin_nested():
                session.execute(sa.insert(t).values(id=4))
            session.commit()
    """,
    "savepoints": """
        with bind.begin_nested():
            bind.execute(sa.insert(t).values(id=3))
        savepoint = bind.begin_nested()
        bind.execute(sa.insert(t).values(id=4))
        savepoint.rollback()
        try:
            with bind.begin_nested():
                bind.execute(sa.insert(t).values(id=1))
        except sa.exc.IntegrityError:
            seen("refused")
    """,
    "a failed read in a savepoint": """
        try:
            with bind.begin_nested():
                bind.execute(sa.text("SELECT * FROM nope"))
        except sa.exc.DBAPIError as error:
            seen(type(error.__cause__ or error).__mro__[1].__name__)
        op.execute("INSERT INTO t (id) VALUES (5)")
    """,
    "options": """
        bind = bind.execution_options(schema_translate_map={None: None}, mark=1)
        seen(len(bind.execute(sa.select(t)).all()))
        op.add_column("t", sa.Column("more", sa.Integer()))
    """,
    "detach": "bind.detach()\nbind.execute(sa.insert(t).values(id=5))",
    "state": "seen((bind.closed, bind.in_transaction(), bind.in_nested_transaction()))",
    "the same": "seen(op.get_bind() is op.get_bind())",
}


def rows(files: Files) -> list[object]:
    return files.query("SELECT id, name FROM t ORDER BY id")


def test_as_with_alembic(engine: sa.Engine, files: Files, make_database: MakeDatabase) -> None:
    """What files read and write through get_bind() gives the rows that it gives with Alembic."""
    peer = Files(files.folder, make_database(engine.dialect.name))
    for number, (name, body) in enumerate(READS.items()):
        drop = 'op.execute("DROP TABLE IF EXISTS u")\nop.drop_table("t")\n' if number else ""
        files.write(f"r{number}", drop + T + body.strip().replace("\n        ", "\n"))
        with_alembic(files.folder, peer.engine)
        files.quietly()
        assert rows(files) == rows(peer), name
        assert files.rows() == peer.rows(), name


STRAY = {
    "commit": "bind.commit()",
    "begun": "with bind.begin():\n    bind.execute(sa.insert(t).values(id=50))",
    "block": "with bind:\n    bind.execute(sa.insert(t).values(id=51))",
    "close": "bind.close()",
    "sql": 'op.execute("COMMIT")',
    "sql by hand": 'bind.exec_driver_sql("commit;")\nbind.execute(sa.text("BEGIN"))',
    "session": """
session = Session(bind)
session.execute(sa.insert(t).values(id=52))
session.commit()""",
    "controlling session": """
session = Session(bind, join_transaction_mode="control_fully")
session.execute(sa.insert(t).values(id=53))
session.commit()
session.rollback()
session.close()""",
    "transaction": "transaction = bind.get_transaction()\ntransaction.commit()",
    "driver": """
bind.connection.cursor().execute("INSERT INTO t (id) VALUES (54)")
bind.connection.commit()
session = Session(bind)
session.connection().connection.commit()
bind.connection.close()
bind.connection.detach()""",
}


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_stray_ends_break_nothing(files: Files) -> None:
    """Whatever a file does to end its transaction, it goes on, and is applied as a whole or not."""
    for number, (name, body) in enumerate(STRAY.items()):
        drop = 'op.drop_table("t")\n' if number else ""
        path = files.write(f"r{number}", f'{drop}{T}{body}\nop.execute("nonsense")')
        before = (files.rows(), files.tables())
        with pytest.raises(ExecutionError, match="nonsense"):
            files.upgrade()
        assert (files.rows(), files.tables() - {"flaskmig_journal", "alembic_version"}) == (
            before[0],
            before[1] - {"flaskmig_journal", "alembic_version"},
        ), name
        path.write_text(path.read_text().replace("nonsense", "INSERT INTO t (id) VALUES (60)"))
        files.upgrade()
        assert (60, None) in rows(files), name


def test_what_is_ignored_is_said_once(files: Files) -> None:
    """commit(), begin() and COMMIT are said to do nothing, once each, with their file and line."""
    path = files.write(
        "a1",
        f"{T}bind.commit()  # first\nbind.commit()\n"
        "with bind.begin():\n    pass\nwith bind.begin():\n    pass\n"
        'op.execute("COMMIT")  # sql',
    )
    with pytest.warns(UserWarning, match="is committed at its end") as said:
        files.upgrade()
    heard = {str(each.message): (each.filename, each.lineno) for each in said}
    assert len(said) == 3
    assert heard[COMMIT_IGNORED] == (str(path), line_of(path, "# first"))
    assert heard[BEGIN_IGNORED][0] == str(path)
    [sql] = [place for text, place in heard.items() if text.startswith("COMMIT in")]
    assert sql == (str(path), line_of(path, "# sql"))


@pytest.mark.parametrize("owner", ["bind.connection", "bind.connection.cursor()"])
def test_a_script_for_the_driver(owner: str, sqlite_files: Files) -> None:
    """What a file gives to SQLite's executescript() runs, and is part of the revision."""
    files = sqlite_files
    script = """
        {owner}.executescript('''
            UPDATE t SET name = 'a;b' WHERE id = 1; -- first
            CREATE TABLE u (id INTEGER);
            CREATE TRIGGER s AFTER INSERT ON u BEGIN DELETE FROM t WHERE id = 2; END;
            INSERT INTO u VALUES (1);
        ''')
        {rest}
    """
    path = files.write("a1", T)
    files.upgrade()
    path = files.write(
        "a2", "        bind = op.get_bind()" + script.format(owner=owner, rest="1 / 0")
    )
    with pytest.raises(ZeroDivisionError):
        files.upgrade()
    assert rows(files) == [(1, "ann"), (2, "bob")]
    assert "u" not in files.tables()
    path.write_text(path.read_text().replace("1 / 0", "pass"))
    files.upgrade()
    assert rows(files) == [(1, "a;b")]


ROLLBACKS = {
    "connection": "bind.rollback()",
    "session": "session.rollback()",
    "sql": 'op.execute("ROLLBACK")',
}


@pytest.mark.parametrize("how", ROLLBACKS)
def test_a_rollback_of_nothing_ends_an_error(how: str, files: Files) -> None:
    """Where nothing was changed yet, rollback() ends what a failed statement left."""
    files.write(
        "a1",
        f"""
        bind = op.get_bind()
        session = Session(bind)
        try:
            session.execute(sa.text("SELECT * FROM nope"))
        except sa.exc.DBAPIError:
            {ROLLBACKS[how]}
        op.execute("CREATE TABLE t (id INTEGER)")
        """,
    )
    files.upgrade()
    assert "t" in files.tables()
    assert files.rows() == {"a1"}


@pytest.mark.parametrize("how", ROLLBACKS)
@pytest.mark.parametrize("rest", ["pass", 'op.execute("CREATE TABLE u (id INTEGER)")'])
def test_a_rollback_of_something_ends_the_revision(how: str, rest: str, files: Files) -> None:
    """A file that rolls back what it changed is neither gone on with nor recorded."""
    start = "session = Session(bind)\nsession.execute(sa.insert(t).values(id=7))\n"
    files.write("a1", f"{T}{start}{ROLLBACKS[how]}\n{rest}")
    with pytest.raises(OperationError, match="rolled its transaction back") as caught:
        files.upgrade()
    assert "begin_nested" in caught.value.hint
    assert files.tables() <= {"alembic_version", "flaskmig_journal"}
    assert files.rows() == frozenset()


REFUSED = {
    'bind.execution_options(isolation_level="AUTOCOMMIT")': "autocommit_block",
    "bind.invalidate()": "leave the connection",
    "bind.connection.autocommit = True": "autocommit_block",
    "bind.connection.set_isolation_level(0)": "autocommit_block",
    "op.execute(\"PREPARE TRANSACTION 'x'\")": "autocommit_block",
}


@pytest.mark.parametrize("call", REFUSED)
def test_what_cannot_be_is_refused(call: str, files: Files) -> None:
    """What would take the transaction from under the revision is refused with a way out."""
    files.write("a1", T + call)
    with pytest.raises(UnsupportedOperationError) as caught:
        files.upgrade()
    assert REFUSED[call] in caught.value.hint
    assert files.rows() == frozenset()


def test_options_end_with_the_revision(files: Files) -> None:
    """Options that one file sets on its connection are neither ours nor the next file's."""
    files.write(
        "a1", T + "bind.execution_options(stream_results=True, mark=1)\nop.drop_column('t', 'name')"
    )
    files.write("b2", "assert 'mark' not in op.get_bind().get_execution_options()")
    files.upgrade()
    assert files.columns("t") == ["id"]
    assert files.rows() == {"b2"}


def test_no_second_part_is_needed_for_a_name(files: Files) -> None:
    """A revision that is resumed may ask what its database is before it goes on."""
    cut = 'with op.get_context().autocommit_block():\n    op.execute("VACUUM")\n'
    ask = "assert bind.engine.name == bind.dialect.name == sa.inspect(bind).dialect.name\n"
    path = files.write("a1", f'{T}{ask}{cut}op.execute("nonsense")')
    with pytest.raises(ExecutionError, match="nonsense"):
        files.upgrade()
    with pytest.raises(ExecutionError, match="nonsense"):
        files.upgrade()
    assert path.exists()
    assert len(rows(files)) == 2
