"""Revisions with what PostgreSQL alone has, and with steps that cannot be in a transaction."""

from __future__ import annotations

from tests.crash.kind import Kind

_PG_SETTINGS = Kind(
    """
    op.create_table_comment("users", "who they are")
    op.alter_table("posts", postgresql_with={"fillfactor": 70})
    op.create_exclude_constraint("apart", "users", ("name", "="), using="btree")
    op.alter_column("users", "name", existing_type=sa.String(40), comment="in full")
    """,
    """
    op.alter_column("users", "name", existing_type=sa.String(40), comment=None)
    op.drop_constraint("apart", "users")
    op.alter_table("posts", postgresql_with={"fillfactor": None})
    op.drop_table_comment("users")
    """,
)
_PG_ENUMS = Kind(
    """
    op.create_enum("shade", ["dark", "light"])
    op.drop_enum("shade")
    op.rename_enum_value("color", "red", "crimson")
    op.rename_enum("color", "colour")
    op.alter_enum("colour", ["blue", "crimson"])
    op.add_column("things", sa.Column("n", sa.Integer()))
    """,
    """
    op.drop_column("things", "n")
    op.rename_enum("colour", "color")
    op.alter_enum("color", ["crimson", "green", "blue"], existing_values=["blue", "crimson"])
    op.rename_enum_value("color", "crimson", "red")
    """,
    first="""
    op.create_enum("color", ["red", "green", "blue"])
    op.create_table(
        "things",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("color", sa.Enum(name="color", create_type=False), server_default="red"),
    )
    op.execute("INSERT INTO things (id, color) VALUES (1, 'red'), (2, 'blue'), (3, NULL)")
    """,
)
_PG_ENUM_VALUES = Kind(
    """
    op.add_column("things", sa.Column("n", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE things SET n = n + 1")
    op.alter_enum("color", ["white", "red", "green", "blue", "black"])
    op.execute("INSERT INTO things (id, color) VALUES (8, 'white'), (9, 'black')")
    op.alter_column("things", "color", server_default="black")
    """,
    """
    op.alter_column("things", "color", server_default="red")
    op.execute("DELETE FROM things WHERE id IN (8, 9)")
    op.alter_enum("color", ["red", "green", "blue"])
    op.drop_column("things", "n")
    """,
    first=_PG_ENUMS.first,
)
_PG_SEQUENCES = Kind(
    """
    op.create_sequence("counter", start=5)
    op.alter_sequence("counter", increment=3, maxvalue=999)
    op.rename_sequence("counter", "numbers")
    op.create_sequence("short")
    op.drop_sequence("short")
    op.execute("ALTER TABLE users ALTER COLUMN points SET DEFAULT nextval('numbers')")
    """,
    """
    op.alter_column("users", "points", server_default="1")
    op.drop_sequence("numbers")
    """,
)
_PG_SCHEMAS = Kind(
    """
    op.create_schema("attic")
    op.create_table("box", sa.Column("id", sa.Integer(), primary_key=True), schema="attic")
    op.execute("INSERT INTO attic.box VALUES (1), (2)")
    op.create_extension("citext")
    op.alter_extension("citext", schema="attic", existing_schema=None)
    op.rename_table("posts", "posts", new_schema="attic")
    """,
    """
    op.rename_table("posts", "posts", schema="attic", new_schema=None)
    op.drop_extension("citext")
    op.drop_table("box", schema="attic")
    op.drop_schema("attic")
    """,
)
_FUNCTION = (
    "CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN NEW.points := NEW.points + {0}; RETURN NEW; END $$"
)
_PG_TRIGGER = "CREATE TRIGGER raised BEFORE {0} ON users FOR EACH ROW EXECUTE FUNCTION more()"
_PG_FUNCTIONS = Kind(
    f"""
    op.create_function('''{_FUNCTION.format(1)}''')
    op.create_trigger('''{_PG_TRIGGER.format("UPDATE")}''')
    op.execute("UPDATE users SET note = 'one' WHERE id = 1")
    op.create_function('''{_FUNCTION.format(5)}''', replace=True)
    op.create_trigger('''{_PG_TRIGGER.format("INSERT OR UPDATE")}''', replace=True)
    op.execute("UPDATE users SET note = 'two' WHERE id = 1")
    op.create_view("totals", "SELECT sum(points) AS sum FROM users", materialized=True)
    """,
    """
    op.drop_view("totals", materialized=True)
    op.drop_trigger("raised", "users")
    op.drop_function("more()")
    op.execute("UPDATE users SET points = points - 6, note = 'a' WHERE id = 1")
    """,
)
_PG_CONCURRENTLY = Kind(
    """
    op.add_column("users", sa.Column("age", sa.Integer(), nullable=False, server_default="3"))
    op.execute("UPDATE users SET points = points * 2")
    op.create_index("users_points", "users", ["points"], unique=True, postgresql_concurrently=True)
    op.alter_column("users", "note", existing_type=sa.Text(), nullable=False, backfill="")
    op.drop_index("users_name", "users", postgresql_concurrently=True)
    op.create_index("users_age", "users", ["age"], postgresql_concurrently=True)
    op.execute("UPDATE users SET points = points + 1")
    """,
    """
    op.drop_index("users_age", "users", postgresql_concurrently=True)
    op.create_index("users_name", "users", ["name"], postgresql_concurrently=True)
    op.alter_column("users", "note", existing_type=sa.Text(), nullable=True)
    op.drop_index("users_points", "users", postgresql_concurrently=True)
    op.execute("UPDATE users SET points = (points - 1) / 2")
    op.drop_column("users", "age")
    """,
)
_PG_NEW_TABLE = Kind(
    """
    op.create_table(
        "t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer())
    )
    op.execute("INSERT INTO t (id) VALUES (1)")
    op.create_index("t_n", "t", ["n"], postgresql_concurrently=True)
    op.execute("UPDATE t SET n = id")
    """,
    'op.drop_table("t")',
)
# Nobody can see in the catalogue whether a DO took effect.
DOUBTFUL = Kind(
    """
    op.execute("INSERT INTO calls (n) VALUES (1)")
    with op.get_context().autocommit_block():
        op.execute("DO $$ BEGIN INSERT INTO calls (n) VALUES (2); END $$")
    op.execute("INSERT INTO calls (n) VALUES (3)")
    """,
    'op.execute("DELETE FROM calls")',
    first='op.create_table("calls", sa.Column("n", sa.Integer()))',
)

POSTGRESQL = {
    "settings": _PG_SETTINGS,
    "enums": _PG_ENUMS,
    "enum_values": _PG_ENUM_VALUES,
    "sequences": _PG_SEQUENCES,
    "schemas": _PG_SCHEMAS,
    "functions": _PG_FUNCTIONS,
    "concurrently": _PG_CONCURRENTLY,
    "new_table": _PG_NEW_TABLE,
}
