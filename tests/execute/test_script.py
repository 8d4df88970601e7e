"""Plans, and the scripts that --sql prints."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.dialects import dialect_named, dialect_of
from flaskmig.engine.plans import planning
from flaskmig.engine.plans.sql_script import sql_script
from flaskmig.schema import Schema
from flaskmig.sql import split
from tests.conftest import MakeDatabase
from tests.execute.chain import Chain, line_of

HISTORY = [
    (
        "a1",
        """
        users = op.create_table(
            "users",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("name", sa.String(40), nullable=False),
            sa.Column("born", sa.Date()),
        )
        op.create_index("users_name", "users", ["name"], unique=True)
        op.bulk_insert(users, [
            {"id": 1, "name": "Zoë O'Hara", "born": __import__("datetime").date(1980, 2, 29)},
            {"id": 2, "name": "100% :sure", "born": None},
        ])
        """,
    ),
    (
        "b2",
        """
        op.create_table(
            "posts",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), index=True),
            sa.Column("title", sa.Text(), server_default="none"),
        )
        op.execute("INSERT INTO posts (id, user_id) SELECT id, id FROM users WHERE '\\\\:' > ''")
        op.alter_column("posts", "title", existing_type=sa.Text(), nullable=False)
        """,
    ),
    (
        "c3",
        """
        op.add_column("posts", sa.Column("score", sa.Integer()), backfill=sa.text("id * 2"))
        op.create_check_constraint("score_positive", "posts", "score >= 0")
        op.drop_column("users", "born")
        op.alter_column("users", "name", new_column_name="full_name", existing_type=sa.String(40))
        t = sa.table("posts", sa.column("id"), sa.column("score"))
        op.execute(t.update().where(t.c.id == op.inline_literal(2)).values(score=9))
        """,
    ),
]


def state(engine: Engine) -> tuple[Schema, dict[str, list[tuple[object, ...]]]]:
    """What a database has, the journal apart: the schema and all rows."""
    with engine.connect() as connection:
        schema = dialect_of(connection).introspect(connection)
        tables = tuple(t for t in schema.tables if t.name.name != "flaskmig_journal")
        rows = {
            table.name.name: sorted(
                tuple(row) for row in connection.execute(sa.text(f"SELECT * FROM {table.name}"))
            )
            for table in tables
        }
        return schema.with_tables(tables), rows


def run_script(engine: Engine, text: str) -> list[str]:
    """Run a script as sqlite3 and psql do, going on after an error but where told to stop.

    Returns the errors.
    """
    errors = []
    stops = text.startswith((".bail on\n", "\\set ON_ERROR_STOP on\n"))
    body = text.partition("\n")[2] if stops else text
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None
        if engine.dialect.name == "sqlite":
            driver.isolation_level = None
        else:
            driver.autocommit = True
        for statement in split(body, engine.dialect.name):
            try:
                driver.execute(statement)
            except engine.dialect.loaded_dbapi.Error as error:
                errors.append(str(error))
                if stops:
                    break
    finally:
        # Whatever is open ends with the connection, as it does with the program.
        connection.invalidate()
    return errors


def test_script_equals_run(make_database: MakeDatabase, engine: Engine, tmp_path: Path) -> None:
    """The script, run on an empty database, leaves what running the revisions leaves."""
    online = Chain(tmp_path, engine)
    for id_, body in HISTORY:
        online.add(id_, body)
    online.upgrade()
    offline = Chain(tmp_path, make_database(engine.dialect.name))
    plan, text = offline.script()
    assert plan.is_complete, plan.notes
    assert "-- Running upgrade a1 -> b2" in text
    assert run_script(offline.engine, text) == []
    assert state(offline.engine) == state(online.engine)


def test_script_from_a_revision(
    make_database: MakeDatabase, engine: Engine, tmp_path: Path
) -> None:
    """A script from A to B knows the schema at A by replaying what is below it."""
    online = Chain(tmp_path, engine)
    for id_, body in HISTORY:
        online.add(id_, body)
    online.upgrade("b2")
    plan, text = online.script("head", start=("b2",))
    assert [revision.revision for revision in plan] == ["c3"]
    assert "CREATE TABLE alembic_version" not in text
    assert run_script(online.engine, text) == []
    other = Chain(tmp_path, make_database(engine.dialect.name))
    other.upgrade()
    assert state(online.engine) == state(other.engine)


def test_plan_changes_nothing(chain: Chain) -> None:
    """A plan shows what upgrade would run, by revision, and the database stays as it is."""
    for id_, body in HISTORY:
        chain.add(id_, body)
    chain.upgrade("a1")
    before = state(chain.engine)
    plan = chain.plan()
    assert state(chain.engine) == before
    assert [revision.revision for revision in plan] == ["b2", "c3"]
    assert plan.is_complete
    planned = [each.sql for each in plan.statements if not each.is_guard]
    chain.upgrade()
    ran = [event.sql for event in chain.events if hasattr(event, "sql")]
    assert any("CREATE TABLE" in sql for sql in planned)
    assert len(planned) <= len(ran)


def test_reading_the_database_is_not_planned(chain: Chain) -> None:
    """What a file does with the database itself is reported, with its line, and not guessed."""
    path = chain.add("a1", 'op.get_bind().execute(sa.text("SELECT 1"))')
    plan, text = chain.script()
    [note] = plan.notes
    assert (note.revision, note.line) == ("a1", line_of(path, "get_bind"))
    assert "not planned: a1" in text
    assert not chain.plan().is_complete


def test_asking_for_the_dialect_is_planned(chain: Chain) -> None:
    """A file that only asks which database it is on is planned whole."""
    chain.add(
        "a1",
        """
        bind = op.get_bind()
        op.execute(f"CREATE TABLE {bind.dialect.name}_{bind.engine.name} (id INTEGER)")
        """,
    )
    plan, text = chain.script()
    assert plan.is_complete
    name = chain.engine.dialect.name
    assert f"CREATE TABLE {name}_{name} (id INTEGER);" in text


def test_rebuild_after_raw_sql_is_not_planned(sqlite_chain: Chain) -> None:
    """A rebuild of a table that raw SQL changed before is not planned; others are."""
    chain = sqlite_chain
    chain.add("a1", HISTORY[0][1])
    chain.add("b2", HISTORY[1][1])
    path = chain.add(
        "c3",
        """
        op.execute("ALTER TABLE users ADD COLUMN x INTEGER")
        op.alter_column("posts", "title", existing_type=sa.Text(), nullable=True)
        op.alter_column("users", "name", existing_type=sa.String(40), nullable=True)
        """,
    )
    plan, _ = chain.script("head", start=("b2",))
    [note] = plan.notes
    assert note.line == line_of(path, '"name"')
    assert "raw SQL" in note.reason
    assert any("posts" in each.sql for each in plan.statements)


def test_autocommit_block_in_a_script(chain: Chain) -> None:
    """A script leaves the transaction where the revision does."""
    chain.add(
        "a1",
        """
        op.execute("CREATE TABLE t (id INTEGER)")
        with op.get_context().autocommit_block():
            op.execute("VACUUM")
        op.execute("CREATE TABLE u (id INTEGER)")
        """,
    )
    _, text = chain.script()
    lines = [line for line in text.splitlines() if line]
    start = lines.index("-- Running upgrade  -> a1")
    assert lines[start - 1 :] == [
        "BEGIN;",
        "-- Running upgrade  -> a1",
        "CREATE TABLE t (id INTEGER);",
        "COMMIT;",
        "VACUUM;",
        "BEGIN;",
        "CREATE TABLE u (id INTEGER);",
        "INSERT INTO alembic_version (version_num) VALUES ('a1');",
        "COMMIT;",
    ]
    assert run_script(chain.engine, text) == []
    assert chain.rows() == {"a1"}


def test_downgrade_script(chain: Chain) -> None:
    """The script of a downgrade takes the version row away."""
    chain.add("a1", 'op.execute("CREATE TABLE t (id INTEGER)")', 'op.drop_table("t")')
    chain.upgrade()
    dialect = dialect_named(chain.engine.dialect.name)
    plan = planning.script(
        chain.project,
        "",
        chain.steps("base", "downgrade"),
        scripts=chain.scripts,
        dialect=dialect,
        rows={"a1"},
    )
    assert run_script(chain.engine, sql_script(plan)) == []
    assert "t" not in chain.tables()
    assert chain.rows() == frozenset()


def test_json(chain: Chain) -> None:
    """A plan as JSON has its revisions, statements and what it could not plan."""
    chain.add("a1", 'op.execute("CREATE TABLE t (id INTEGER)")')
    data = chain.script()[0].to_json()
    [revision] = data["revisions"]
    assert data["complete"] is True
    assert revision["revision"] == "a1"
    assert revision["statements"][0]["sql"] == "CREATE TABLE t (id INTEGER)"


FILLED = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()))
op.execute("INSERT INTO t VALUES (1, 5), (2, 5), (3, NULL)")
"""


@pytest.mark.parametrize(
    "change",
    [
        'op.create_unique_constraint("n_once", "t", ["n"])',
        'op.alter_column("t", "n", existing_type=sa.Integer(), nullable=False)',
        'op.create_check_constraint("n_big", "t", "n > 100")',
    ],
)
def test_script_that_fails_loses_nothing(chain: Chain, change: str) -> None:
    """A script whose change the rows do not allow leaves rows and history as they were."""
    chain.add("a1", FILLED)
    chain.upgrade()
    chain.add("b2", change)
    chain.add("c3", 'op.execute("DELETE FROM t WHERE id = 1")')
    _, text = chain.script("head", start=("a1",))
    assert run_script(chain.engine, text)
    assert chain.query("SELECT id, n FROM t ORDER BY 1") == [(1, 5), (2, 5), (3, None)]
    assert chain.rows() == {"a1"}


def test_guard_stops_a_script(chain: Chain) -> None:
    """A guard of a script stops it by itself, and says why."""
    chain.add("a1", FILLED)
    chain.upgrade()
    chain.add("b2", 'op.add_column("t", sa.Column("k", sa.Integer(), nullable=False))')
    plan, text = chain.script("head", start=("a1",))
    guard = next(each for each in plan.statements if "NOT NULL" in each.refusal)
    assert guard.refusal in text
    error, *_ = run_script(chain.engine, text)
    assert ("CHECK" if chain.engine.dialect.name == "sqlite" else guard.refusal) in error
    assert chain.columns("t") == ["id", "n"]
    assert chain.rows() == {"a1"}


def test_what_only_makes_is_plain_sql(chain: Chain) -> None:
    """A script that only makes things has nothing in it that a database's program alone knows."""
    chain.add("a1", 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))')
    _, text = chain.script()
    assert text.startswith("BEGIN;")
    chain.add("b2", 'op.execute("DELETE FROM t")')
    _, text = chain.script()
    sqlite = chain.engine.dialect.name == "sqlite"
    assert text.startswith(".bail on\n" if sqlite else "\\set ON_ERROR_STOP on\n")


def test_plan_has_the_version_rows(chain: Chain) -> None:
    """A plan as JSON has what becomes of the version table."""
    chain.add("a1")
    [revision] = chain.plan().to_json()["revisions"]
    assert revision["rows"] == ["INSERT INTO alembic_version (version_num) VALUES ('a1')"]


def test_commit_is_not_planned(chain: Chain) -> None:
    """A lone COMMIT does nothing in a plan either; one that is among others is reported."""
    chain.add("a1", 'op.execute("COMMIT")\nop.execute("begin;")')
    plan = chain.plan()
    assert (plan.notes, plan.statements) == ((), ())
    path = chain.add("b2", 'op.execute("SELECT 1; ROLLBACK")')
    [note] = chain.plan().notes
    assert note.line == line_of(path, "ROLLBACK")


RENAMED = (
    """
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mail", sa.String(40)),
        sa.Column("big", sa.String(40), sa.Computed("upper(mail)", persisted=True)),
        sa.CheckConstraint("length(mail) > 2", name="long_enough"),
    )
    op.create_index("people_low", "people", [sa.text("lower(mail)")])
    op.create_index("people_some", "people", ["id"], sqlite_where=sa.text("mail > ''"),
                    postgresql_where=sa.text("mail > ''"))
    """,
    'op.alter_column("people", "mail", new_column_name="email")',
    """
    op.alter_column("people", "id", type_=sa.BigInteger(), existing_type=sa.Integer())
    op.create_check_constraint("some", "people", "id > 0")
    """,
)


def test_a_script_follows_a_renamed_column(
    tmp_path: Path, engine: Engine, make_database: MakeDatabase
) -> None:
    """What is written after a rename has the new name in checks, indexes and generated columns."""
    name = engine.dialect.name
    chain, other = Chain(tmp_path / "a", engine), Chain(tmp_path / "b", make_database(name))
    for number, body in enumerate(RENAMED):
        chain.add(f"r{number}", body)
        other.add(f"r{number}", body)
    _, text = chain.script()
    assert run_script(engine, text) == []
    other.upgrade()
    assert state(engine)[0] == state(other.engine)[0]


def test_a_plan_keeps_the_stored_text(tmp_path: Path, sqlite_engine: Engine) -> None:
    """A plan rebuilds a table from the text and triggers that it will have then."""
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE people (id INTEGER PRIMARY KEY, mail TEXT CHECK (mail <> ''),"
            " n TEXT -- kept\n)"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER tidy AFTER UPDATE OF mail ON people BEGIN"
            " UPDATE people SET n = NEW.mail WHERE id = NEW.id; END"
        )
    chain = Chain(tmp_path, sqlite_engine)
    for number, body in enumerate(RENAMED[1:]):
        chain.add(f"r{number}", body)
    statements = [each.sql for each in chain.plan().revisions[1].statements]
    made = next(sql for sql in statements if sql.startswith("CREATE TABLE"))
    assert "-- kept" in made
    assert "CHECK (\"email\" <> '')" in made
    trigger = next(sql for sql in statements if sql.startswith("CREATE TRIGGER"))
    assert 'NEW."email"' in trigger
    assert "mail " not in trigger.replace('"email"', "")


def test_hazards_of_a_table_that_the_revision_makes(
    postgresql_engine: sa.Engine, tmp_path: Path
) -> None:
    """An index is a hazard on a table that is there, and none on one that was just made."""
    chain = Chain(tmp_path, postgresql_engine)
    table = 'op.create_table("a", sa.Column("id", sa.Integer()))\n'
    chain.add("a1", table + 'op.create_index("a_id", "a", ["id"])')
    chain.add("b2", 'op.create_index("a_again", "a", ["id"])')
    plan = chain.plan()
    codes = [[h.code for s in r.statements for h in s.hazards] for r in plan.revisions]
    assert codes == [[], ["index_build"]]
