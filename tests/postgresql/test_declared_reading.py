"""Views, functions, triggers and extensions are read as the catalogue has them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.schema import Extension, QualifiedName, Schema, Trigger
from tests.postgresql.support import DIALECT, execute

TABLES = """
    CREATE SCHEMA app;
    CREATE TABLE users (id integer PRIMARY KEY, name text, age integer);
    CREATE TABLE app.orders (id integer PRIMARY KEY, user_id integer, total numeric(10,2));
"""


def read(engine: sa.Engine) -> Schema:
    with engine.connect() as connection:
        return DIALECT.introspect(connection, schemas=["app"])


def test_a_view_has_its_query_options_columns_and_what_it_reads(
    postgresql_engine: sa.Engine,
) -> None:
    """The query comes without a semicolon, uses are exact columns and output has types."""
    execute(
        postgresql_engine,
        TABLES,
        """
        CREATE VIEW app.spent (who, much) WITH (security_barrier) AS
            SELECT u.name, o.total FROM users u JOIN app.orders o ON o.user_id = u.id;
        COMMENT ON VIEW app.spent IS 'what they spent'
        """,
    )
    view = read(postgresql_engine).view(QualifiedName("spent", "app"))
    users, orders = QualifiedName("users"), QualifiedName("orders", "app")
    assert view.definition.endswith("JOIN app.orders o ON ((o.user_id = u.id)))")
    assert view.columns == ()
    assert view.options == (("security_barrier", True),)
    assert view.comment == "what they spent"
    assert set(view.uses) == {
        (users, "id"), (users, "name"), (orders, "user_id"), (orders, "total"),
    }  # fmt: skip
    assert view.output == (("who", "text"), ("much", "numeric(10,2)"))


def test_a_check_option_is_one_of_the_options(postgresql_engine: sa.Engine) -> None:
    """However it was written; an option that is off is as if it was not there."""
    execute(
        postgresql_engine,
        TABLES,
        "CREATE VIEW v WITH (security_barrier = off) AS SELECT id FROM users WITH CHECK OPTION",
    )
    view = read(postgresql_engine).view(QualifiedName("v"))
    assert view.options == (("check_option", "cascaded"),)
    assert view.definition.endswith("FROM users")


def test_a_query_that_names_no_column_uses_the_relation(postgresql_engine: sa.Engine) -> None:
    """Counting rows reads a table and none of its columns."""
    execute(postgresql_engine, TABLES, "CREATE VIEW n AS SELECT count(*) FROM users")
    view = read(postgresql_engine).view(QualifiedName("n"))
    assert view.relations == {QualifiedName("users")}
    assert not any(view.reads(QualifiedName("users"), column) for column in ("id", "name", "age"))


def test_a_view_of_a_partition_uses_the_whole_table(postgresql_engine: sa.Engine) -> None:
    """Its columns are changed where the partitioned table's are."""
    execute(
        postgresql_engine,
        "CREATE TABLE days (day integer, n text) PARTITION BY RANGE (day)",
        "CREATE TABLE first_days PARTITION OF days FOR VALUES FROM (1) TO (9)",
        "CREATE VIEW v AS SELECT n FROM first_days",
    )
    assert read(postgresql_engine).view(QualifiedName("v")).uses == ((QualifiedName("days"), "n"),)


def test_what_a_rule_of_a_view_writes_counts_as_used(postgresql_engine: sa.Engine) -> None:
    """A rule stands in the way of a column as the query does."""
    execute(
        postgresql_engine,
        TABLES,
        "CREATE VIEW v AS SELECT name FROM users",
        "CREATE RULE r AS ON UPDATE TO v DO INSTEAD UPDATE users SET age = 1 WHERE name = OLD.name",
    )
    view = read(postgresql_engine).view(QualifiedName("v"))
    assert view.reads(QualifiedName("users"), "age")


def test_a_materialized_view_has_its_indexes_and_storage(postgresql_engine: sa.Engine) -> None:
    """Expressions and conditions of its indexes are read as those of tables are."""
    execute(
        postgresql_engine,
        TABLES,
        "CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT id, name FROM users",
        "CREATE UNIQUE INDEX m_id ON m (id)",
        "CREATE INDEX m_name ON m (lower(name)) WHERE id > 1",
    )
    view = read(postgresql_engine).view(QualifiedName("m"))
    assert view.materialized
    assert view.options == (("with.fillfactor", "70"),)
    first, second = view.indexes
    assert (first.name, first.unique, first.columns) == ("m_id", True, ("id",))
    assert (second.parts[0].expression, second.where) == ("lower(name)", "(id > 1)")


def test_functions_come_without_or_replace_and_bare_in_the_default_schema(
    postgresql_engine: sa.Engine,
) -> None:
    """Overloads are told apart by their arguments; procedures are functions too."""
    execute(
        postgresql_engine,
        TABLES,
        "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * n'",
        "CREATE FUNCTION twice(t text DEFAULT 'x') RETURNS text LANGUAGE sql AS 'SELECT t || t'",
        'CREATE PROCEDURE app."Odd (name"(INOUT a integer) LANGUAGE plpgsql AS '
        "$$ BEGIN a := 1; END $$",
        "COMMENT ON FUNCTION twice(integer) IS 'doubles'",
    )
    schema = read(postgresql_engine)
    number = schema.find_function(QualifiedName("twice"), "n integer")
    text = schema.find_function(QualifiedName("twice"), "t text")
    odd = schema.find_function(QualifiedName("Odd (name", "app"), "INOUT a integer")
    assert number is not None
    assert text is not None
    assert odd is not None
    assert number.definition.startswith("CREATE FUNCTION twice(n integer)\n RETURNS integer")
    assert number.comment == "doubles"
    assert text.interface == "FUNCTION (t text DEFAULT 'x'::text) text"
    assert odd.definition.startswith('CREATE PROCEDURE app."Odd (name"(INOUT a integer)')
    assert not odd.definition.endswith("\n")


def test_triggers_are_those_that_people_made(postgresql_engine: sa.Engine) -> None:
    """Neither those of foreign keys, nor the clones on partitions, nor those of partitions."""
    execute(
        postgresql_engine,
        TABLES,
        "ALTER TABLE app.orders ADD FOREIGN KEY (user_id) REFERENCES users",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
        "CREATE TABLE days (day integer) PARTITION BY RANGE (day)",
        "CREATE TABLE first_days PARTITION OF days FOR VALUES FROM (1) TO (9)",
        "CREATE TRIGGER cloned AFTER INSERT ON days FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TRIGGER own AFTER INSERT ON first_days FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TRIGGER touch BEFORE UPDATE OF total ON app.orders FOR EACH ROW "
        "WHEN (old.total IS DISTINCT FROM new.total) EXECUTE FUNCTION public.f()",
        "COMMENT ON TRIGGER touch ON app.orders IS 'touches'",
    )
    cloned, touch = sorted(read(postgresql_engine).triggers, key=lambda trigger: trigger.name)
    assert (cloned.name, cloned.table) == ("cloned", QualifiedName("days"))
    assert touch == Trigger(
        name="touch",
        table=QualifiedName("orders", "app"),
        definition="CREATE TRIGGER touch BEFORE UPDATE OF total ON app.orders FOR EACH ROW "
        "WHEN (old.total IS DISTINCT FROM new.total) EXECUTE FUNCTION f()",
        comment="touches",
    )


@pytest.mark.parametrize("extension", ["citext", "hstore", "pg_stat_statements", "earthdistance"])
def test_members_of_an_extension_never_appear(postgresql_engine: sa.Engine, extension: str) -> None:
    """Only the extension does: not its functions, views, types or tables."""
    execute(
        postgresql_engine,
        "CREATE SCHEMA app",
        f"CREATE EXTENSION {extension} SCHEMA public CASCADE",
    )
    schema = read(postgresql_engine)
    assert extension in [each.name for each in schema.extensions]
    assert schema == Schema(extensions=schema.extensions, schemas=("app",))


def test_an_extension_has_its_schema_and_version(postgresql_engine: sa.Engine) -> None:
    """plpgsql, which every database has, is none."""
    execute(postgresql_engine, "CREATE SCHEMA app", "CREATE EXTENSION hstore SCHEMA app")
    (found,) = read(postgresql_engine).extensions
    assert found == Extension(name="hstore", schema="app", version=found.version)
    assert found.version


def test_text_does_not_rest_on_the_schema_of_an_extension(postgresql_engine: sa.Engine) -> None:
    """Though an extension's schema is in the path, its names and others there come qualified."""
    execute(
        postgresql_engine,
        TABLES,
        "CREATE EXTENSION citext SCHEMA app",
        "CREATE VIEW v AS SELECT name::app.citext AS name, o.id FROM users, app.orders o",
    )
    view = read(postgresql_engine).view(QualifiedName("v"))
    assert "(users.name)::app.citext" in view.definition
    assert "app.orders o" in view.definition


def test_temporary_objects_do_not_appear(postgresql_engine: sa.Engine) -> None:
    """What a session made for itself is nobody's schema."""
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql("CREATE TEMPORARY VIEW v AS SELECT 1 AS a")
        connection.exec_driver_sql(
            "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        )
        assert DIALECT.introspect(connection) == Schema()


def test_names_limit_what_is_read(postgresql_engine: sa.Engine) -> None:
    """A look at one table brings its triggers and no views, at a view that view alone."""
    execute(
        postgresql_engine,
        TABLES,
        "CREATE VIEW a AS SELECT id FROM users",
        "CREATE VIEW b AS SELECT id FROM users",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
        "CREATE TRIGGER t AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TRIGGER t INSTEAD OF INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()",
    )
    with postgresql_engine.connect() as connection:
        table = DIALECT.introspect(connection, only=[QualifiedName("users")])
        view = DIALECT.introspect(connection, only=[QualifiedName("a")])
    assert (table.views, table.functions) == ((), ())
    assert [trigger.table for trigger in table.triggers] == [QualifiedName("users")]
    assert [each.name.name for each in view.views] == ["a"]
    assert [trigger.table for trigger in view.triggers] == [QualifiedName("a")]


def test_the_number_of_queries_does_not_grow(postgresql_engine: sa.Engine) -> None:
    """One query for a database without them, and as many for one as for forty."""

    def queries() -> int:
        with postgresql_engine.connect() as connection:
            seen: list[str] = []
            sa.event.listen(
                connection, "before_cursor_execute", lambda *event: seen.append(str(event[2]))
            )
            DIALECT.introspect(connection)
            return len(seen)

    execute(postgresql_engine, TABLES)
    none = queries()
    execute(
        postgresql_engine,
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
        "CREATE VIEW v AS SELECT id FROM users",
        "CREATE MATERIALIZED VIEW m AS SELECT id FROM users",
        "CREATE TRIGGER t AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
    )
    one = queries()
    for number in range(40):
        execute(
            postgresql_engine,
            f"CREATE VIEW v{number} AS SELECT id FROM users",
            f"CREATE TRIGGER t{number} AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
        )
    assert queries() == one
    assert none < one <= none + 12
