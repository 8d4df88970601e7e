"""The calls of op, as revision files write them, on both databases."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.dialects import dialect_of
from flaskmig.errors import (
    ExecutionError,
    ObjectNotFoundError,
    UnsupportedOperationError,
)
from flaskmig.schema import (
    Check,
    ForeignKey,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
)
from tests.execute.chain import Chain

START = """
op.create_table(
    "users",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("name", sa.String(40)),
    sa.Column("age", sa.Integer(), server_default="7"),
)
op.create_table("posts", sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("user_id", sa.Integer()), sa.Column("n", sa.Integer()))
op.execute("INSERT INTO users (id, name) VALUES (1, 'ann')")
op.execute("INSERT INTO posts (id, user_id, n) VALUES (1, 1, 1)")
"""


def schema_of(chain: Chain) -> Schema:
    with chain.engine.connect() as connection:
        return dialect_of(connection).introspect(connection)


def after(chain: Chain, body: str, start: str = START) -> Schema:
    """The schema after a revision with this body on top of the starting tables."""
    chain.add("a1", start)
    chain.add("b2", body)
    chain.upgrade()
    return schema_of(chain)


def users(schema: Schema) -> Table:
    return schema.table(QualifiedName("users"))


def posts(schema: Schema) -> Table:
    return schema.table(QualifiedName("posts"))


@pytest.mark.parametrize(
    "call",
    [
        'op.alter_column("users", "age", nullable=False)',
        'op.alter_column(table_name="users", column_name="age", nullable=False)',
        'op.alter_column("users", "age", existing_type=sa.Integer(), nullable=False)',
    ],
)
def test_alter_nullable(chain: Chain, call: str) -> None:
    """A column becomes NOT NULL, however the arguments are spelled."""
    assert not users(after(chain, call)).column("age").nullable


def test_alter_type(chain: Chain) -> None:
    """A column gets another type, its rows and its default with it."""
    call = 'op.alter_column("users", "age", type_=sa.String(10), existing_type=sa.Integer())'
    column = users(after(chain, call)).column("age")
    assert column.type.sql.lower() in ("varchar(10)", "character varying(10)")
    assert column.default is not None
    assert chain.query("SELECT age FROM users") == [("7",)]


def test_alter_default(chain: Chain) -> None:
    """None drops a default, a value sets one, and what is not given stays."""
    body = """
    op.alter_column("users", "age", server_default=None)
    op.alter_column("users", "name", server_default="it's")
    op.alter_column("posts", "n", server_default=sa.text("1 + 1"))
    """
    schema = after(chain, body)
    assert users(schema).column("age").default is None
    chain.add(
        "c3",
        'op.execute("INSERT INTO users (id) VALUES (2)")\n'
        'op.execute("INSERT INTO posts (id) VALUES (2)")',
    )
    chain.upgrade()
    assert chain.query("SELECT name, age FROM users WHERE id = 2") == [("it's", None)]
    assert chain.query("SELECT n FROM posts WHERE id = 2") == [(2,)]


def test_alter_rename_and_more(chain: Chain) -> None:
    """One call changes and renames a column."""
    call = 'op.alter_column("users", "name", new_column_name="mail", nullable=False)'
    column = users(after(chain, call)).column("mail")
    assert not column.nullable
    assert chain.query("SELECT mail FROM users") == [("ann",)]


@pytest.mark.parametrize("typo", ["type=sa.Text()", "existing_type_=sa.Text()", "mysql_x=1"])
def test_alter_unknown_keyword(chain: Chain, typo: str, recwarn: pytest.WarningsRecorder) -> None:
    """A keyword that no database knows is left out, and noted unless it is another database's."""
    after(chain, f'op.alter_column("users", "age", nullable=False, {typo})')
    noted = [str(warning.message) for warning in recwarn if "alter_column" in str(warning.message)]
    assert len(noted) == (0 if typo.startswith("mysql") else 1)


def test_add_column_brings_its_company(chain: Chain) -> None:
    """A new column brings its foreign key, unique constraint, check and index along."""
    body = """
    op.add_column("posts", sa.Column("boss", sa.Integer(), sa.ForeignKey("users.id", name="boss"),
                                     index=True))
    op.add_column("posts", sa.Column("code", sa.Text(), unique=True))
    op.add_column("posts", sa.Column("rank", sa.Integer(), sa.CheckConstraint("rank > 0")))
    """
    table = posts(after(chain, body))
    assert [key.name for key in table.foreign_keys] == ["boss"]
    assert [index.name for index in table.indexes] == ["ix_posts_boss"]
    assert any(isinstance(c, Unique) and c.columns == ("code",) for c in table.constraints)
    assert any(isinstance(c, Check) for c in table.constraints)


def test_add_column_backfill(chain: Chain) -> None:
    """A backfill fills the rows that are there, and only those."""
    call = 'op.add_column("users", sa.Column("x", sa.Integer(), nullable=False), '
    schema = after(chain, call + 'backfill=sa.text("id + 40"))')
    assert chain.query("SELECT x FROM users") == [(41,)]
    column = users(schema).column("x")
    assert (column.nullable, column.default) == (False, None)


def test_alter_column_backfill(chain: Chain) -> None:
    """A column that becomes NOT NULL is filled where it has no value, and only there."""
    body = """
    op.add_column("users", sa.Column("x", sa.String(9)))
    op.execute("INSERT INTO users (id, name, x) VALUES (9, 'eve', '7')")
    op.alter_column("users", "x", nullable=False, type_=sa.Integer(), using="CAST(x AS INTEGER)",
                    backfill=sa.text("id + 40"))
    """
    schema = after(chain, body)
    assert chain.query("SELECT x FROM users ORDER BY id") == [(41,), (7,)]
    assert users(schema).column("x").nullable is False


@pytest.mark.parametrize(
    ("keyword", "value"), [("using", {}), ("postgresql_using", {"sqlite": 12345})]
)
def test_alter_column_using(chain: Chain, keyword: str, value: dict[str, int]) -> None:
    """using= converts the values on either database, postgresql_using= on PostgreSQL alone."""
    body = f"""
    op.execute("UPDATE users SET name = '12345'")
    op.alter_column("users", "name", type_=sa.Integer(), existing_type=sa.String(40),
                    {keyword}="length(name)")
    """
    after(chain, body)
    expected = value.get(chain.engine.dialect.name, 5)
    assert chain.query("SELECT name FROM users") == [(expected,)]


def test_duplicates_are_told_of_the_users_table(chain: Chain) -> None:
    """What stands against a new UNIQUE names the table and columns that the user has."""
    chain.add("a1", START)
    chain.add(
        "b2",
        """
        op.add_column("users", sa.Column("street", sa.String(9)), backfill="St")
        op.execute("INSERT INTO users (id, name, street) VALUES (9, 'eve', 'St')")
        op.create_unique_constraint("one", "users", ["street"])
        """,
    )
    with pytest.raises(ExecutionError) as caught:
        chain.upgrade()
    error = caught.value
    said = error.message.split("\nin the statement")[0] + error.hint
    assert "_flaskmig" not in said
    assert "St" in error.detail
    if chain.engine.dialect.name == "sqlite":
        assert "UNIQUE constraint failed: users.street" in said
        assert 'SELECT "street", count(*) FROM "users"' in said
    else:
        assert '("street")' in error.message
        assert "(St)" not in error.message


def test_not_null_without_value_is_refused(chain: Chain) -> None:
    """A NOT NULL column without a value for the rows that are there is refused."""
    chain.add("a1", START)
    chain.add("b2", 'op.add_column("users", sa.Column("x", sa.Integer(), nullable=False))')
    with pytest.raises((UnsupportedOperationError, ExecutionError), match="b2"):
        chain.upgrade()
    assert chain.rows() == {"a1"}


def test_drop_column(chain: Chain) -> None:
    """A column goes; a keyword that other tools know is accepted."""
    schema = after(chain, 'op.drop_column("users", "age", mssql_drop_default=True)')
    assert not users(schema).has_column("age")
    assert chain.query("SELECT * FROM users") == [(1, "ann")]


def test_constraints(chain: Chain) -> None:
    """Each kind of constraint is made and dropped by its name."""
    body = """
    op.create_unique_constraint("uq_name", "users", ["name"])
    op.create_check_constraint("ck_age", "users", "age > 0")
    op.create_foreign_key("fk_user", "posts", "users", ["user_id"], ["id"], ondelete="CASCADE")
    """
    schema = after(chain, body)
    key = posts(schema).foreign_keys[0]
    assert (key.target, key.on_delete) == (QualifiedName("users"), "CASCADE")
    assert {c.name for c in users(schema).constraints} >= {"uq_name", "ck_age"}
    chain.add(
        "c3",
        """
        op.drop_constraint("uq_name", "users")
        op.drop_constraint("ck_age", "users", type_="check")
        op.drop_constraint(constraint_name="fk_user", table_name="posts", type_="foreignkey")
        """,
    )
    chain.upgrade()
    schema = schema_of(chain)
    assert all(isinstance(c, PrimaryKey) for c in users(schema).constraints)
    assert posts(schema).foreign_keys == ()


def test_constraint_without_a_name(chain: Chain) -> None:
    """A constraint is found by what it is where nobody knows its name."""
    start = """
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()),
                    sa.UniqueConstraint("a"), sa.UniqueConstraint("a", "b"),
                    sa.CheckConstraint("a > 0"), sa.CheckConstraint("b > 0"))
    op.create_table("posts", sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")))
    """
    body = """
    op.drop_constraint(None, "users", type_="unique", columns=["a"])
    op.drop_constraint(None, "users", type_="check", condition=sa.text("b > 0"))
    op.drop_constraint(None, "posts", type_="foreignkey", columns=["u"], referent_table="users",
                       referent_columns=["id"])
    """
    schema = after(chain, body, start)
    kinds = [type(c) for c in users(schema).constraints]
    assert sorted(kind.__name__ for kind in kinds) == ["Check", "PrimaryKey", "Unique"]
    assert any(isinstance(c, Unique) and c.columns == ("a", "b") for c in users(schema).constraints)
    assert posts(schema).foreign_keys == ()


def test_missing_constraint(chain: Chain) -> None:
    """A constraint that is not there is an error, and none with if_exists."""
    chain.add("a1", START)
    chain.add("b2", 'op.drop_constraint("nope", "users", if_exists=True)')
    chain.upgrade()
    chain.add("c3", 'op.drop_constraint("nope", "users", type_="unique")')
    with pytest.raises((ObjectNotFoundError, ExecutionError), match="nope"):
        chain.upgrade()
    chain.last = "b2"


def test_primary_key(chain: Chain) -> None:
    """A primary key is dropped and made anew on other columns."""
    start = 'op.create_table("users", sa.Column("a", sa.Integer(), nullable=False), '
    start += 'sa.Column("b", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("a", name="p"))'
    body = """
    op.drop_constraint("p", "users", type_="primary")
    op.create_primary_key("q", "users", ["a", "b"])
    """
    key = users(after(chain, body, start)).primary_key
    assert key is not None
    assert key.columns == ("a", "b")


def test_indexes(chain: Chain) -> None:
    """Indexes on columns, expressions and conditions; dropped with and without the table's name."""
    body = """
    op.create_index("one", "users", ["name"], unique=True)
    op.create_index("two", "users", [sa.text("lower(name)"), sa.column("age").desc()])
    op.create_index("three", "users", ["age"], postgresql_where=sa.text("age > 1"),
                    sqlite_where=sa.text("age > 1"), postgresql_concurrently=True)
    op.create_index("four", "users", ["name", "age"], mysql_length=4)
    op.create_index("one", "users", ["name"], if_not_exists=True)
    """
    table = users(after(chain, body))
    assert [index.name for index in table.indexes] == ["four", "one", "three", "two"]
    two = table.index("two")
    assert two.parts[0].expression is not None
    assert two.parts[1].descending
    assert table.index("three").where is not None
    chain.add(
        "c3",
        """
        op.drop_index("one", table_name="users", postgresql_where=sa.text("x"))
        op.drop_index("two")
        op.drop_index("nope", "users", if_exists=True)
        op.drop_index("nope", if_exists=True)
        op.drop_index(index_name="three", table_name="users", postgresql_concurrently=True)
        op.rename_index("four", "five", "users")
        """,
    )
    chain.upgrade()
    assert [index.name for index in users(schema_of(chain)).indexes] == ["five"]


def test_rename_table(chain: Chain) -> None:
    """A table gets another name; foreign keys to it follow."""
    body = """
    op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"])
    op.rename_table("users", "people")
    op.add_column("people", sa.Column("z", sa.Integer()))
    """
    schema = after(chain, body)
    assert posts(schema).foreign_keys[0].target == QualifiedName("people")
    assert schema.table(QualifiedName("people")).has_column("z")


def test_conditional_tables(chain: Chain) -> None:
    """if_not_exists and if_exists look before they act."""
    body = """
    op.create_table("users", sa.Column("other", sa.Integer()), if_not_exists=True)
    op.drop_table("nope", if_exists=True)
    op.drop_table("posts", if_exists=True)
    op.add_column("users", sa.Column("name", sa.Text()), if_not_exists=True)
    op.drop_column("users", "nope", if_exists=True)
    """
    schema = after(chain, body)
    assert users(schema).has_column("name")
    assert schema.find_table(QualifiedName("posts")) is None


def test_bulk_insert(chain: Chain) -> None:
    """Rows are inserted together, one by one, and with expressions; what is no list is refused."""
    body = """
    t = sa.table("users", sa.column("id", sa.Integer), sa.column("name", sa.String))
    op.bulk_insert(t, [{"id": 2, "name": "bob"}, {"id": 3, "name": "O'Hara %s :x"}])
    op.bulk_insert(t, [{"id": 4, "name": op.inline_literal("dan")}], multiinsert=False)
    op.bulk_insert(t, [{"id": 5, "name": sa.func.upper("eve")}])
    op.bulk_insert(t, [])
    """
    after(chain, body)
    assert chain.query("SELECT name FROM users WHERE id > 1 ORDER BY id") == [
        ("bob",),
        ("O'Hara %s :x",),
        ("dan",),
        ("EVE",),
    ]
    chain.add("c3", 'op.bulk_insert(sa.table("users", sa.column("id")), {"id": 1})')
    with pytest.raises(TypeError):
        chain.upgrade()


def test_execute(chain: Chain) -> None:
    """SQL as text, with colons and percent signs, and as SQLAlchemy's own."""
    body = """
    op.execute("UPDATE users SET name = '100%\\\\:a'")
    op.execute(sa.text("UPDATE users SET age = :age").bindparams(age=5))
    t = sa.table("posts", sa.column("n"))
    op.execute(t.update().values(n=t.c.n + 1))
    """
    after(chain, body)
    assert chain.query("SELECT name, age FROM users") == [("100%:a", 5)]
    assert chain.query("SELECT n FROM posts") == [(2,)]


def test_get_bind_sees_what_was_held_back(chain: Chain) -> None:
    """Reading through get_bind finds what the calls before it did."""
    body = """
    op.add_column("users", sa.Column("x", sa.Integer()))
    op.add_column("users", sa.Column("y", sa.Integer()))
    bind = op.get_bind()
    names = [column["name"] for column in sa.inspect(bind).get_columns("users")]
    assert names[-2:] == ["x", "y"]
    bind.execute(sa.text("UPDATE users SET x = 3"))
    op.drop_column("users", "y")
    assert bind.execute(sa.text("SELECT x FROM users")).scalar() == 3
    assert op.get_context().dialect.name == bind.dialect.name
    assert op.get_context().get_current_revision() == "a1"
    assert not op.get_context().as_sql
    """
    assert not users(after(chain, body)).has_column("y")


def test_batch(chain: Chain) -> None:
    """The calls of a batch block act on its table."""
    body = """
    with op.batch_alter_table("users", schema=None, recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("x", sa.Integer(), nullable=False, server_default="1"))
        batch_op.alter_column("name", existing_type=sa.String(40), nullable=False)
        batch_op.drop_column("age")
        batch_op.create_index(batch_op.f("ix_users_name"), ["name"], unique=False)
        batch_op.create_unique_constraint("uq", ["name", "x"])
        batch_op.create_check_constraint("ck", "x > 0")
    with op.batch_alter_table("posts") as batch_op:
        batch_op.create_foreign_key("fk", "users", ["user_id"], ["id"], ondelete="CASCADE")
    with op.batch_alter_table("posts") as batch_op:
        batch_op.drop_constraint("fk", type_="foreignkey")
        batch_op.alter_column("n", new_column_name="m")
    """
    schema = after(chain, body)
    table = users(schema)
    assert [column.name for column in table.columns] == ["id", "name", "x"]
    assert not table.column("name").nullable
    assert [index.name for index in table.indexes] == ["ix_users_name"]
    assert {"uq", "ck"} <= {c.name for c in table.constraints}
    assert posts(schema).has_column("m")
    assert posts(schema).foreign_keys == ()
    assert chain.query("SELECT * FROM users") == [(1, "ann", 1)]


def test_batch_naming_convention(sqlite_chain: Chain) -> None:
    """A constraint without a name is found by the name that a convention gives it."""
    start = """
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table("posts", sa.Column("u", sa.Integer(), sa.ForeignKey("users.id")))
    """
    body = """
    naming = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}
    with op.batch_alter_table("posts", naming_convention=naming) as batch_op:
        batch_op.drop_constraint("fk_posts_u_users", type_="foreignkey")
    """
    assert posts(after(sqlite_chain, body, start)).foreign_keys == ()


def test_one_rebuild_for_calls_that_follow_each_other(sqlite_chain: Chain) -> None:
    """Calls on one table are carried out together, but not in a function that has a try."""

    def rebuilds(body: str, id_: str) -> int:
        sqlite_chain.add(id_, body)
        sqlite_chain.upgrade()
        ran = [getattr(event, "sql", "") for event in sqlite_chain.events]
        return sum("DROP TABLE" in sql for sql in ran)

    sqlite_chain.add("a1", START)
    sqlite_chain.upgrade()
    calls = textwrap.dedent(
        """
        op.alter_column("users", "age", nullable=False)
        op.alter_column("users", "name", nullable=False)
        op.create_check_constraint("ck_{n}", "users", "age > 0")
        """
    )
    assert rebuilds(calls.format(n=1), "b2") == 1
    tried = "try:\n    pass\nfinally:\n    pass\n" + calls.format(n=2)
    tried = tried.replace("nullable=False", "nullable=True")
    assert rebuilds(tried, "c3") == 3


def test_enum(postgresql_chain: Chain) -> None:
    """A native enum's type is made where it is missing, shared, kept, altered and dropped."""
    start = """
    mood = sa.Enum("sad", "ok", name="mood")
    op.create_table("users", sa.Column("id", sa.Integer()), sa.Column("m", mood))
    op.create_table("posts", sa.Column("m", sa.Enum("sad", "ok", name="mood")))
    op.add_column("posts", sa.Column("size", sa.Enum("s", "m", name="size"), server_default="s"))
    """
    body = """
    op.alter_enum("mood", ["sad", "ok", "happy"], existing_values=["sad", "ok"])
    op.execute("INSERT INTO users VALUES (1, 'happy')")
    op.rename_enum_value("mood", "ok", "fine")
    op.drop_column("posts", "size")
    op.drop_enum("size")
    op.create_enum("colour", ["red"])
    op.rename_enum("colour", "color")
    """
    schema = after(postgresql_chain, body, start)
    assert {enum.name.name: enum.values for enum in schema.enums} == {
        "mood": ("sad", "fine", "happy"),
        "color": ("red",),
    }
    assert users(schema).column("m").type.enum == QualifiedName("mood")


def test_enum_that_must_not_be_made(postgresql_chain: Chain) -> None:
    """An enum with create_type=False is expected to be there."""
    column = 'sa.Column("m", postgresql.ENUM("a", name="mood", create_type=False))'
    postgresql_chain.add(
        "a1",
        f'from sqlalchemy.dialects import postgresql\nop.create_table("t", {column})',
    )
    with pytest.raises(ExecutionError, match="mood"):
        postgresql_chain.upgrade()


def test_string_to_enum(postgresql_chain: Chain) -> None:
    """A text column becomes an enum; its type is made first, its rows are kept."""
    body = """
    op.alter_column("users", "name", type_=sa.Enum("ann", "bob", name="who"),
                    existing_type=sa.String(40), postgresql_using="name::who")
    """
    schema = after(postgresql_chain, body)
    assert users(schema).column("name").type.enum == QualifiedName("who")
    assert postgresql_chain.query("SELECT name FROM users") == [("ann",)]


def test_sequences_schemas_comments(postgresql_chain: Chain) -> None:
    """What only PostgreSQL has: schemas, sequences, comments, table options, exclusion."""
    body = """
    op.create_schema("s")
    op.create_schema("s", if_not_exists=True)
    op.create_sequence("counter", start=5, increment=2, schema="s")
    op.alter_sequence("counter", increment=3, schema="s")
    op.rename_sequence("counter", "count", schema="s")
    op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), schema="s", comment="c")
    op.add_column("t", sa.Column("x", sa.Integer(), comment="why"), schema="s")
    op.alter_column("t", "x", comment=None, schema="s", nullable=False)
    op.create_index("t_x", "t", ["x"], schema="s")
    op.create_table_comment("users", "people", schema="public")
    op.drop_table_comment("t", schema="s")
    op.alter_table("users", postgresql_with={"fillfactor": 70})
    op.create_exclude_constraint("ex", "users", ("age", "="), using="btree")
    op.drop_index("t_x", "t", schema="s")
    op.drop_constraint("ex", "users")
    """
    after(postgresql_chain, body)
    with postgresql_chain.engine.connect() as connection:
        schema = dialect_of(connection).introspect(connection, schemas=["s"])
    table = schema.table(QualifiedName("t", "s"))
    assert table.settings.comment is None
    assert table.column("x").comment is None
    assert users(schema).settings.comment == "people"
    assert dict(users(schema).settings.options) == {"with.fillfactor": "70"}
    [sequence] = schema.sequences
    assert (sequence.name, sequence.start, sequence.increment) == (
        QualifiedName("count", "s"),
        5,
        3,
    )
    postgresql_chain.add(
        "c3",
        'op.drop_table("t", schema="s")\nop.drop_sequence("count", schema="s")\n'
        'op.drop_schema("s")\nop.drop_schema("nope", if_exists=True)',
    )
    postgresql_chain.upgrade()


def test_few_queries_of_the_catalogue(postgresql_chain: Chain) -> None:
    """Making tables, adding and dropping columns asks PostgreSQL's catalogue nothing."""
    chain = postgresql_chain
    chain.add("a1")
    chain.upgrade()
    column = 'sa.Column("x", sa.Integer(), index=True, server_default="1")'
    calls = f"""
    op.add_column("users", {column})
    op.alter_column("users", "x", nullable=False)
    op.drop_column("users", "x")
    op.drop_table("posts")
    """
    chain.add("b2", START + textwrap.dedent(calls))
    asked: list[str] = []

    def watch(*arguments: Any) -> None:
        asked.append(arguments[2])

    steps = chain.steps("head")
    sa.event.listen(chain.engine, "before_cursor_execute", watch)
    chain.run(steps)
    assert any("CREATE TABLE" in sql for sql in asked)
    assert [sql for sql in asked if "pg_attribute" in sql or "pg_constraint" in sql] == []


def test_in_memory_rebuild(tmp_path: Path) -> None:
    """An in-memory database keeps its rows through a rebuild, foreign keys on."""
    engine: Engine = sa.create_engine("sqlite://")
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
    chain = Chain(tmp_path, engine)
    start = START + 'op.create_foreign_key("fk", "posts", "users", ["user_id"], ["id"], '
    after(chain, 'op.alter_column("users", "age", nullable=False)', start + 'ondelete="CASCADE")')
    assert chain.query("SELECT user_id FROM posts") == [(1,)]
    assert isinstance(posts(schema_of(chain)).foreign_keys[0], ForeignKey)


TARGS = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Integer()),
                sa.CheckConstraint("a > 0", name="positive"))
op.execute("INSERT INTO t VALUES (1, 2)")
"""


def test_batch_table_args(sqlite_chain: Chain) -> None:
    """Constraints, indexes and options of the table after a rebuild are added where they lack."""
    chain = sqlite_chain
    chain.add("a1", TARGS)
    chain.add(
        "b2",
        """
        with op.batch_alter_table(
            "t",
            recreate="always",
            table_args=(
                sa.UniqueConstraint("a", "b", name="both"),
                sa.CheckConstraint("a > 0"),
                sa.ForeignKeyConstraint(["b"], ["t.id"], name="up"),
                sa.Index("t_b", "b"),
            ),
            table_kwargs={"sqlite_autoincrement": True, "mysql_engine": "InnoDB"},
        ) as batch:
            batch.add_column(sa.Column("b", sa.Integer()))
        """,
    )
    chain.upgrade()
    table = schema_of(chain).table(QualifiedName("t"))
    names = {constraint.name for constraint in table.constraints}
    assert {"positive", "both", "up"} <= names
    assert sum(isinstance(constraint, Check) for constraint in table.constraints) == 1
    assert [index.name for index in table.indexes] == ["t_b"]
    assert table.column("id").autoincrement
    assert chain.query("SELECT * FROM t") == [(1, 2, None)]


def test_batch_table_args_without_a_rebuild(postgresql_chain: Chain) -> None:
    """On PostgreSQL a table is not made anew, so what it would have then is not added."""
    chain = postgresql_chain
    chain.add("a1", TARGS)
    chain.add(
        "b2",
        """
        with op.batch_alter_table("t", table_args=(sa.UniqueConstraint("a"),)) as batch:
            batch.add_column(sa.Column("b", sa.Integer()))
        """,
    )
    chain.upgrade()
    table = schema_of(chain).table(QualifiedName("t"))
    assert not any(isinstance(constraint, Unique) for constraint in table.constraints)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            'with op.batch_alter_table("t", recreate="always", table_args=("x",)): pass',
            "table_args=",
        ),
        (
            'with op.batch_alter_table("t", recreate="always", table_kwargs={"nonesuch": 1}): pass',
            "nonesuch",
        ),
        (
            'with op.batch_alter_table("t", recreate="never") as b: '
            'b.add_column(sa.Column("x", sa.Integer()), insert_before="id")',
            "insert_before=",
        ),
        (
            'with op.batch_alter_table("t", partial_reordering=[("a", "id")]): pass',
            "partial_reordering=",
        ),
    ],
)
def test_batch_says_what_it_leaves_out(sqlite_chain: Chain, call: str, said: str) -> None:
    """An argument that changes nothing is warned about once."""
    chain = sqlite_chain
    chain.add("a1", TARGS + call)
    with pytest.warns(UserWarning, match=said):
        chain.upgrade()


def test_context_options(chain: Chain) -> None:
    """get_context().opts holds the options by their names, and what goes with them."""
    chain.add(
        "a1",
        """
        opts = op.get_context().opts
        assert opts["version_table"] == "alembic_version"
        assert opts["compare_type"] is True
        assert opts["as_sql"] is False
        assert opts["tag"] == "blue"
        assert isinstance(opts["target_metadata"], sa.MetaData)
        assert opts.get("nonesuch") is None
        """,
    )
    chain.upgrade(tag="blue")
    assert chain.rows() == {"a1"}
