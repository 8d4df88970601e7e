"""What is declared is spelled as PostgreSQL would spell it, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flaskmig.dialects.base import Normalized
from flaskmig.dialects.postgresql import transactions
from flaskmig.errors import UnsupportedOperationError
from flaskmig.schema import (
    Enum,
    Function,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Trigger,
    Type,
    View,
)
from tests.postgresql.support import DIALECT, column, execute, rows, table

USERS = table(
    "users",
    column("id", nullable=False),
    column("name", "text"),
    column("age"),
    constraints=(PrimaryKey(name="users_pkey", columns=("id",)),),
)
ORDERS = Table(
    name=QualifiedName("orders", "app"),
    columns=(column("id", nullable=False), column("user_id"), column("total", "numeric(10,2)")),
    constraints=(PrimaryKey(name="orders_pkey", columns=("id",)),),
)
MADE = """
    CREATE SCHEMA app;
    CREATE TABLE users (id integer PRIMARY KEY, name text, age integer);
    CREATE TABLE app.orders (id integer PRIMARY KEY, user_id integer, total numeric(10,2))
"""
AROUND = Schema(tables=(USERS, ORDERS), schemas=("app",))
EVERYTHING = """
    SELECT c.relname FROM pg_class c WHERE c.relpersistence = 't' OR c.oid > 16383
    UNION ALL SELECT p.proname FROM pg_proc p WHERE p.oid > 16383 ORDER BY 1
"""


def described(engine: sa.Engine, *wanted: Normalized, around: Schema = AROUND) -> list[Normalized]:
    with engine.connect() as connection:
        return DIALECT.normalize_declared(connection, wanted, around=around)


def view(name: str, definition: str, **attributes: object) -> View:
    schema, _, bare = name.rpartition(".")
    qualified = QualifiedName(bare, schema or None)
    return View(name=qualified, definition=definition, **attributes)  # type: ignore[arg-type]


QUERIES = {
    "star": "select * from users",
    "columns": "select u.id, u.name as n from users as u where u.age > 1 and name in ('a', 'b')",
    "other schema": "select o.total, users.name from app.orders o, users where o.user_id=users.id",
    "whole names": "select app.orders.total, orders.id from app.orders order by orders.id",
    "default schema": "select public.users.id from public.users",
    "join": "select users.*, o.total from app.orders o join users on users.id = o.user_id",
    "natural": "select count(*) from users natural join app.orders",
    "group": "select u.*, sum(o.total) s from users u left join app.orders o on true group by u.id",
    "cte": "with o as (select * from app.orders) select max(o.total) from o where total > 1.5",
    "union": "select id from users union all select id from app.orders",
    "lateral": "select x.a from users, lateral (select users.age + 1 as a) x",
    "exists": "select 1 as one from users where exists (select from app.orders where total > 1)",
    "window": "select id, row_number() over (partition by age order by name) from users",
    "case": "select case when age between 1 and 9 then 'x' else name || '%' end as t from users",
    "odd": 'select id as "Odd ""Name""", 1 as "select" from users',
    "recursive": "with recursive r(n) as (select 1 union select n + 1 from r where n < 9) "
    "select n from r",
}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("where", ["v", "app.v"])
def test_a_query_is_spelled_as_the_catalogue_has_it(
    postgresql_engine: sa.Engine, name: str, where: str
) -> None:
    """Over the tables of the database, and over stand-ins where it does not have them yet."""
    wanted = view(where, QUERIES[name])
    if where == "v":
        execute(postgresql_engine, "CREATE SCHEMA app")
        (before,) = described(postgresql_engine, wanted)
        execute(postgresql_engine, "DROP SCHEMA app", MADE)
    else:
        execute(postgresql_engine, MADE)
        before = None
    execute(postgresql_engine, f"CREATE VIEW {where} AS {QUERIES[name]}")
    with postgresql_engine.connect() as connection:
        real = DIALECT.introspect(connection, schemas=["app"]).view(wanted.name)
    (after,) = described(postgresql_engine, wanted)
    assert isinstance(after, View)
    assert (after, after.uses, after.output) == (real, real.uses, real.output)
    if isinstance(before, View):
        assert (before, before.uses, before.output) == (real, real.uses, real.output)


def test_what_the_catalogue_says_is_described_as_itself(postgresql_engine: sa.Engine) -> None:
    """Views on views, materialized ones with indexes, functions and triggers, both sides alike."""
    execute(
        postgresql_engine,
        MADE,
        """
        CREATE VIEW a WITH (security_barrier) AS SELECT * FROM users WHERE name IN ('x', 'y');
        CREATE VIEW app.b AS SELECT a.id, orders.total FROM a JOIN app.orders USING (id);
        CREATE MATERIALIZED VIEW m AS SELECT total FROM app.b;
        CREATE INDEX m_total ON m ((total + 1), total DESC) WHERE total > 0;
        CREATE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS SETOF users LANGUAGE sql AS
            $$ SELECT * FROM users WHERE id = a $$;
        CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RETURN new; END $$;
        CREATE TRIGGER t BEFORE UPDATE OF name ON users FOR EACH ROW
            WHEN (old.name IS DISTINCT FROM new.name) EXECUTE FUNCTION app.touch('it''s');
        CREATE CONSTRAINT TRIGGER c AFTER INSERT ON app.orders DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION app.touch();
        CREATE TRIGGER i INSTEAD OF INSERT ON app.b FOR EACH ROW EXECUTE FUNCTION app.touch();
        """,
    )
    with postgresql_engine.connect() as connection:
        schema = DIALECT.introspect(connection, schemas=["app"])
        wanted: list[Normalized] = [*schema.views, *schema.triggers, *schema.functions]
        found = DIALECT.normalize_declared(connection, wanted, around=schema)
        assert found == wanted
        for asked, answered in zip(wanted, found, strict=True):
            if isinstance(asked, View) and isinstance(answered, View):
                assert (asked.uses, asked.output) == (answered.uses, answered.output)
            if isinstance(asked, Function) and isinstance(answered, Function):
                assert asked.interface == answered.interface


def test_a_view_is_described_over_the_tables_that_are_wanted(
    postgresql_engine: sa.Engine,
) -> None:
    """A column that is to come belongs to a star; one that is not named does not matter."""
    execute(postgresql_engine, MADE)
    wider = replace(USERS, columns=(*USERS.columns, column("email", "character varying(80)")))
    longer = replace(ORDERS, columns=(*ORDERS.columns[:2], column("total", "bigint")))
    around = replace(AROUND, tables=(wider, longer))
    star, named, other, on_top = described(
        postgresql_engine,
        view("star", "SELECT * FROM users"),
        view("named", "SELECT id FROM users"),
        view("app.other", "SELECT total + 1 AS t FROM app.orders"),
        view("on_top", "SELECT * FROM star, app.other"),
        around=replace(
            around,
            views=(
                view("star", "SELECT * FROM users"),
                view("app.other", "SELECT total + 1 AS t FROM app.orders"),
            ),
        ),
    )
    assert isinstance(star, View)
    assert star.output[-1] == ("email", "character varying(80)")
    assert isinstance(named, View)
    assert named.output == (("id", "integer"),)
    assert isinstance(other, View)
    assert other.output == (("t", "bigint"),)
    assert other.definition.endswith("FROM app.orders")
    assert other.uses == ((ORDERS.name, "total"),)
    assert isinstance(on_top, View)
    assert on_top.output == (*star.output, ("t", "bigint"))
    assert on_top.relations == {QualifiedName("star"), QualifiedName("other", "app")}


def test_a_view_that_stays_is_made_over_what_changes(postgresql_engine: sa.Engine) -> None:
    """What reads it has the types that it will have then."""
    execute(postgresql_engine, MADE, "CREATE VIEW v AS SELECT id, age FROM users")
    with postgresql_engine.connect() as connection:
        there = DIALECT.introspect(connection).views
    longer = replace(USERS, columns=(*USERS.columns[:2], column("age", "bigint")))
    around = Schema(tables=(longer,), views=there)
    (found,) = described(postgresql_engine, view("w", "SELECT age FROM v"), around=around)
    assert isinstance(found, View)
    assert found.output == (("age", "bigint"),)
    assert found.uses == ((QualifiedName("v"), "age"),)


def test_enum_types_that_are_to_come_are_there_for_the_look(
    postgresql_engine: sa.Engine,
) -> None:
    """Of the default schema and of another one."""
    execute(postgresql_engine, "CREATE SCHEMA app")
    moods = [
        Enum(name=QualifiedName("mood", schema), values=("a", "b")) for schema in (None, "app")
    ]
    tables = [
        Table(
            name=QualifiedName(f"t{number}"),
            columns=(replace(column("m"), type=Type(sql=str(enum.name), enum=enum.name)),),
        )
        for number, enum in enumerate(moods)
    ]
    for number, enum in enumerate(moods):
        around = Schema(tables=(tables[number],), enums=(enum,))
        (found,) = described(
            postgresql_engine, view("v", f"SELECT m FROM t{number} WHERE m = 'a'"), around=around
        )
        assert isinstance(found, View)
        assert found.definition.endswith(f"m = 'a'::{enum.name})")
        assert found.output == (("m", str(enum.name)),)


def test_functions_get_their_arguments_from_the_database(postgresql_engine: sa.Engine) -> None:
    """As it spells them, whatever the models wrote; a body may name what is not there."""
    (found,) = described(
        postgresql_engine,
        Function(
            name=QualifiedName("f", "app"),
            arguments="a int, b varchar",
            definition="create function app.f(a int, b varchar = 'x') returns numeric(10,2) "
            "language sql stable as $$ select not_there from nowhere $$",
        ),
    )
    assert isinstance(found, Function)
    assert found.arguments == "a integer, b character varying"
    assert found.definition == (
        "CREATE FUNCTION app.f(a integer, b character varying DEFAULT 'x'::character varying)\n"
        " RETURNS numeric\n LANGUAGE sql\n STABLE\n"
        "AS $function$ select not_there from nowhere $function$"
    )
    assert found.interface.endswith(") numeric")


def test_a_trigger_is_made_on_a_copy_of_its_table(postgresql_engine: sa.Engine) -> None:
    """It is spelled with the real table, and nobody else waits for the table."""
    execute(
        postgresql_engine,
        MADE,
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
    )
    wanted = Trigger(
        name="t",
        table=ORDERS.name,
        definition="create trigger t after update of total or insert on app.orders for each row "
        "when (new.total > 1) execute procedure public.touch()",
    )
    with postgresql_engine.connect() as connection, connection.begin():
        (found,) = DIALECT.normalize_declared(connection, [wanted], around=AROUND)
        query = "SELECT count(*) FROM pg_locks WHERE relation = 'app.orders'::regclass"
        assert connection.exec_driver_sql(query).scalar_one() == 0
    assert isinstance(found, Trigger)
    assert found.definition == (
        "CREATE TRIGGER t AFTER INSERT OR UPDATE OF total ON app.orders FOR EACH ROW "
        "WHEN (new.total > 1::numeric) EXECUTE FUNCTION touch()"
    )


@pytest.fixture(params=["begun", "autocommit", "idle"])
def connection(
    request: pytest.FixtureRequest, postgresql_engine: sa.Engine
) -> Iterator[Connection]:
    """A connection of each kind: in a transaction, in autocommit, and in neither."""
    engine = postgresql_engine
    if request.param == "autocommit":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as found:
        if request.param == "begun":
            found.exec_driver_sql("SELECT set_config('search_path', 'public', true)")
        yield found


def test_nothing_is_left_behind(postgresql_engine: sa.Engine, connection: Connection) -> None:
    """No object, lock, setting or transaction; nor where it fails."""
    execute(postgresql_engine, MADE)
    before = rows(postgresql_engine, EVERYTHING)
    was_open = transactions.is_open(connection)
    good = view("v", "SELECT name, new FROM users", indexes=(_index("name"),))
    wider = replace(USERS, columns=(*USERS.columns, column("new")))
    around = replace(AROUND, tables=(wider, ORDERS))
    function = Function(
        name=QualifiedName("f"),
        definition="CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    )
    found = DIALECT.normalize_declared(connection, [good, function], around=around)
    assert isinstance(found[0], View)
    assert found[0].output[1] == ("new", "integer")
    for bad in (view("v", "SELECT nothing FROM users"), view("v", "no query at all")):
        with pytest.raises(UnsupportedOperationError, match="v is not comparable: "):
            DIALECT.normalize_declared(connection, [bad], around=around)
    assert transactions.is_open(connection) == was_open
    assert connection.exec_driver_sql("SHOW check_function_bodies").scalar_one() == "on"
    locks = "SELECT count(*) FROM pg_locks WHERE relation = 'users'::regclass"
    assert connection.exec_driver_sql(locks).scalar_one() == 0
    connection.rollback()
    assert rows(postgresql_engine, EVERYTHING) == before


def _index(name: str) -> Index:
    return Index(name="i", parts=(IndexPart(column=name),))


def test_a_trigger_whose_function_is_not_there_is_not_comparable(
    postgresql_engine: sa.Engine,
) -> None:
    """Nothing is guessed: the reason is the database's own."""
    execute(postgresql_engine, MADE)
    wanted = Trigger(
        name="t",
        table=USERS.name,
        definition="CREATE TRIGGER t AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION no()",
    )
    with pytest.raises(UnsupportedOperationError, match=r"not comparable.*function no\(\)"):
        described(postgresql_engine, wanted)
