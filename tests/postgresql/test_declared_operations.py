"""Operations on views, functions, triggers and extensions do what they say, and come back."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from flaskmig.dialects.base import Statement
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import (
    AlterColumn,
    AlterExtension,
    CreateExtension,
    CreateFunction,
    CreateTrigger,
    CreateView,
    DropExtension,
    DropFunction,
    DropTrigger,
    DropView,
    Operation,
    RenameTable,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.schema import (
    Extension,
    Function,
    Index,
    IndexPart,
    QualifiedName,
    Schema,
    Trigger,
    View,
)
from tests.postgres import Server
from tests.postgresql.support import DIALECT, column, execute

USERS = """
    CREATE SCHEMA app;
    CREATE TABLE users (id integer PRIMARY KEY, name text, age integer);
    INSERT INTO users VALUES (1, 'a', 10), (2, 'b', 20)
"""
TOUCH = Function(
    name=QualifiedName("touch"),
    definition="CREATE FUNCTION touch()\n RETURNS trigger\n LANGUAGE plpgsql\n"
    "AS $function$ BEGIN RETURN new; END $function$",
)


def in_one_step(engine: sa.Engine, *operations: Operation) -> list[Statement]:
    """Run the operations in one transaction, as a revision does."""
    with engine.connect() as connection:
        before = DIALECT.introspect(connection, schemas=["app"])
        statements = DIALECT.statements(operations, before)
        with DIALECT.step(connection):
            for statement in statements:
                DIALECT.run(connection, statement)
    return statements


def read(engine: sa.Engine) -> Schema:
    with engine.connect() as connection:
        return DIALECT.introspect(connection, schemas=["app"])


def dump(server: Server, engine: sa.Engine) -> list[str]:
    """``pg_dump --schema-only`` with owners and grants, as a sorted list of its lines."""
    command = [
        str(server.binaries / "pg_dump"), "--schema-only", "--dbname",
        engine.url.set(drivername="postgresql").render_as_string(hide_password=False),
    ]  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if key[:2] != "PG"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    lines = (line.rstrip(";, ") for line in done.stdout.splitlines())
    return sorted(line for line in lines if line and line[:2] != "--" and "restrict" not in line)


def codes(statements: Sequence[Statement]) -> list[str]:
    return [hazard.code for statement in statements for hazard in statement.hazards]


def test_views_are_made_as_they_are_described(postgresql_engine: sa.Engine) -> None:
    """Options, columns, comment, schema, and indexes of a materialized one."""
    execute(postgresql_engine, USERS)
    plain = View(
        name=QualifiedName('a "view"', "app"),
        columns=("Who", "old"),
        definition="SELECT name, age FROM users WHERE age > 1",
        options=(("check_option", "local"), ("security_barrier", True)),
        comment="it's 100%",
    )
    filled = View(
        name=QualifiedName("m"),
        definition="SELECT name, age FROM users",
        materialized=True,
        options=(("with.fillfactor", 70),),
        indexes=(Index(name="m_age", parts=(IndexPart(column="age"),), unique=True),),
        comment="filled",
    )
    in_one_step(postgresql_engine, CreateView(view=plain), CreateView(view=filled))
    schema = read(postgresql_engine)
    found = schema.view(plain.name)
    assert (found.options, found.comment) == (plain.options, plain.comment)
    assert found.output == (("Who", "text"), ("old", "integer"))
    found = schema.view(filled.name)
    assert (found.materialized, found.indexes, found.comment) == (True, filled.indexes, "filled")
    assert found.options == (("with.fillfactor", "70"),)
    in_one_step(postgresql_engine, DropView(view=plain), DropView(view=filled))
    assert read(postgresql_engine).views == ()


def test_a_view_is_replaced_in_place_where_its_columns_stay(
    postgresql_server: Server, postgresql_engine: sa.Engine
) -> None:
    """Its grants, its triggers and what reads it stay too; the reverse removes what was added."""
    execute(
        postgresql_engine,
        USERS,
        "CREATE VIEW v AS SELECT id FROM users",
        "CREATE VIEW w AS SELECT id FROM v",
        "GRANT SELECT ON v TO PUBLIC",
    )
    before = read(postgresql_engine).view(QualifiedName("v"))
    after = View(
        name=before.name,
        definition="SELECT id, name FROM users",
        options=(("security_barrier", True),),
        comment="both",
        output=(*before.output, ("name", "text")),
    )
    here = dump(postgresql_server, postgresql_engine)
    statements = in_one_step(postgresql_engine, ReplaceView(before=before, after=after))
    assert not any("DROP" in statement.sql for statement in statements)
    found = read(postgresql_engine).view(before.name)
    assert (found.options, found.comment) == (after.options, "both")
    execute(postgresql_engine, "DROP VIEW w")
    in_one_step(postgresql_engine, ReplaceView(before=found, after=before))
    execute(postgresql_engine, "CREATE VIEW w AS SELECT id FROM v")
    assert dump(postgresql_server, postgresql_engine) == here


def test_options_of_a_view_change_without_its_query(postgresql_engine: sa.Engine) -> None:
    """Nothing is dropped for them, and of a materialized view nothing is written anew."""
    execute(
        postgresql_engine,
        USERS,
        "CREATE VIEW v WITH (security_barrier) AS SELECT id FROM users",
        "CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT id FROM users",
    )
    schema = read(postgresql_engine)
    view, filled = schema.view(QualifiedName("v")), schema.view(QualifiedName("m"))
    changed = View(name=view.name, definition=view.definition, options=(("check_option", "local"),))
    statements = in_one_step(
        postgresql_engine,
        ReplaceView(before=view, after=changed),
        ReplaceView(
            before=filled,
            after=View(name=filled.name, definition=filled.definition, materialized=True),
        ),
    )
    assert {statement.sql.split()[0] for statement in statements} == {"ALTER"}
    schema = read(postgresql_engine)
    assert schema.view(view.name).options == changed.options
    assert schema.view(filled.name).options == ()


def test_unknown_options_of_views_are_refused() -> None:
    """Each kind of view has its own."""
    for options, is_materialized in ((("with.x", 1), False), (("security_barrier", True), True)):
        view = View(
            name=QualifiedName("v"),
            definition="SELECT 1",
            options=(options,),
            materialized=is_materialized,
        )
        with pytest.raises(UnsupportedOperationError, match="have no option"):
            DIALECT.statements([CreateView(view=view)], Schema())


CARRIED = (
    "CREATE ROLE {role}_owner",
    'CREATE ROLE "{role} Reader"',
    "CREATE ROLE {role}_other",
    "GRANT ALL ON SCHEMA public TO {role}_owner",
    "GRANT SELECT ON users TO {role}_owner",
    'GRANT SELECT ON {view} TO "{role} Reader" WITH GRANT OPTION',
    "GRANT SELECT (id) ON {view} TO {role}_other",
    "GRANT INSERT ON {view} TO PUBLIC",
    "REVOKE TRIGGER ON {view} FROM CURRENT_USER",
    "COMMENT ON COLUMN {view}.name IS 'it''s a \"name\"; 50%'",
    "ALTER {kind} {view} OWNER TO {role}_owner",
    'ALTER DEFAULT PRIVILEGES GRANT UPDATE, SELECT ON TABLES TO "{role} Reader"',
)
OF_A_VIEW = (
    "ALTER VIEW {view} ALTER COLUMN name SET DEFAULT 'nobody'",
    "CREATE RULE quiet AS ON DELETE TO {view} DO INSTEAD NOTHING",
)
OF_A_MATERIALIZED = (
    "CREATE UNIQUE INDEX m_id ON {view} (id) WITH (fillfactor = 50)",
    "CREATE STATISTICS m_s ON id, age FROM {view}",
)


@pytest.mark.parametrize("kind", ["VIEW", "MATERIALIZED VIEW"])
def test_a_view_that_makes_way_for_a_column_comes_back_with_all_it_carried(
    postgresql_server: Server, postgresql_engine: sa.Engine, kind: str
) -> None:
    """Owner, grants, column grants, comments, defaults, rules, indexes: the dump is the same."""
    role = f"r{os.getpid()}_{kind[0].lower()}"
    view = f'"{kind.lower()}"'
    carried = [*CARRIED, *(OF_A_VIEW if kind == "VIEW" else OF_A_MATERIALIZED)]
    execute(postgresql_engine, USERS, f"CREATE {kind} {view} AS SELECT id, name, age FROM users")
    try:
        texts = [each.format(role=role, view=view, kind=kind) for each in carried]
        execute(postgresql_engine, *texts)
        here = dump(postgresql_server, postgresql_engine)
        schema = read(postgresql_engine)
        found = schema.view(QualifiedName(kind.lower()))
        before = schema.table(QualifiedName("users")).column("age")
        after = column("age", "bigint")
        way = (
            DropView(view=found, keeps_grants=True),
            AlterColumn(table=QualifiedName("users"), before=before, after=after),
            CreateView(view=found, keeps_grants=True),
        )
        statements = in_one_step(postgresql_engine, *way)
        assert "grants" not in codes(statements)
        assert ("refresh" in codes(statements)) is (kind != "VIEW")
        assert read(postgresql_engine).view(found.name).output[2] == ("age", "bigint")
        in_one_step(postgresql_engine, *(each.reverse() for each in reversed(way)))
        assert dump(postgresql_server, postgresql_engine) == here
    finally:
        names = f'{role}_owner, "{role} Reader", {role}_other'
        execute(postgresql_engine, f"DROP OWNED BY {names}", f"DROP ROLE {names}")


def test_what_hangs_on_a_column_that_is_gone_is_left_out(postgresql_engine: sa.Engine) -> None:
    """The view comes back without it, and nothing fails."""
    execute(
        postgresql_engine,
        USERS,
        "CREATE VIEW v AS SELECT id, name FROM users",
        "COMMENT ON COLUMN v.name IS 'a name'",
        "COMMENT ON COLUMN v.id IS 'an id'",
        "GRANT SELECT (name) ON v TO PUBLIC",
    )
    before = read(postgresql_engine).view(QualifiedName("v"))
    after = View(name=before.name, definition="SELECT id FROM users", output=before.output[:1])
    in_one_step(postgresql_engine, ReplaceView(before=before, after=after))
    found = read(postgresql_engine).view(before.name)
    assert found.output == before.output[:1]
    with postgresql_engine.connect() as connection:
        comment = "SELECT col_description('v'::regclass, 1)"
        assert connection.exec_driver_sql(comment).scalar_one() == "an id"


def test_a_view_that_is_dropped_says_that_grants_are_lost() -> None:
    """Nothing is kept of what nobody makes again."""
    view = View(name=QualifiedName("v"), definition="SELECT 1")
    statements = DIALECT.statements([DropView(view=view)], Schema(views=(view,)))
    assert [statement.sql for statement in statements] == ['DROP VIEW "v"']
    assert codes(statements) == ["grants"]


def test_functions_are_replaced_in_place_or_made_anew(
    postgresql_server: Server, postgresql_engine: sa.Engine
) -> None:
    """A body in place; a result by drop and create, with owner, grants and overloads kept."""
    role = f"r{os.getpid()}_f"
    text = "CREATE FUNCTION f({0})\n RETURNS {1}\n LANGUAGE sql\nAS $function${2}$function$"
    first = Function(
        name=QualifiedName("f"),
        arguments="n integer",
        definition=text.format("n integer", "integer", "SELECT n"),
        comment="first",
        interface="FUNCTION (n integer) integer",
    )
    other = Function(
        name=QualifiedName("f"),
        arguments="t text",
        definition=text.format("t text", "text", "SELECT t"),
    )
    in_one_step(postgresql_engine, CreateFunction(function=first), CreateFunction(function=other))
    try:
        execute(
            postgresql_engine,
            f"CREATE ROLE {role}",
            "CREATE SCHEMA app",
            "REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION f(integer) TO {role}",
            f"GRANT EXECUTE ON FUNCTION f(text) TO {role} WITH GRANT OPTION",
            f"ALTER FUNCTION f(text) OWNER TO {role}",
        )
        here = dump(postgresql_server, postgresql_engine)
        body = Function(
            name=first.name,
            arguments=first.arguments,
            definition=text.format("n integer", "integer", "SELECT n + 1"),
            comment="first",
            interface=first.interface,
        )
        statements = in_one_step(postgresql_engine, ReplaceFunction(before=first, after=body))
        assert not any("DROP" in statement.sql for statement in statements)
        result = Function(
            name=first.name,
            arguments="m integer",
            definition=text.format("m integer", "bigint", "SELECT m::bigint"),
            comment="first",
            interface="FUNCTION (m integer) bigint",
        )
        anew = (
            DropFunction(function=body, keeps_grants=True),
            DropFunction(function=other, keeps_grants=True),
            CreateFunction(function=result, keeps_grants=True),
            CreateFunction(function=other, keeps_grants=True),
        )
        statements = in_one_step(postgresql_engine, *anew)
        assert codes(statements) == []
        found = read(postgresql_engine).find_function(first.name, "m integer")
        assert found is not None
        assert found.interface == result.interface
        assert found.comment == "first"
        in_one_step(postgresql_engine, *(each.reverse() for each in reversed(anew)))
        in_one_step(postgresql_engine, ReplaceFunction(before=body, after=first))
        assert dump(postgresql_server, postgresql_engine) == here
    finally:
        execute(postgresql_engine, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_function_may_name_what_is_not_there_yet(postgresql_engine: sa.Engine) -> None:
    """Bodies are not looked into while functions are made, and are again afterwards."""
    later = Function(
        name=QualifiedName("later"),
        definition="CREATE FUNCTION later() RETURNS bigint LANGUAGE sql "
        "AS 'SELECT count(*) FROM not_there_yet'",
    )
    with postgresql_engine.connect() as connection, DIALECT.step(connection):
        for statement in DIALECT.statements([CreateFunction(function=later)], Schema()):
            DIALECT.run(connection, statement)
        checked = connection.exec_driver_sql("SHOW check_function_bodies").scalar_one()
    assert checked == "on"


def test_text_that_makes_no_function_is_refused() -> None:
    """The dialect does not guess what to drop."""
    view = Function(name=QualifiedName("f"), definition="CREATE VIEW v AS SELECT 1")
    with pytest.raises(UnsupportedOperationError, match="does not make a function"):
        DIALECT.statements([DropFunction(function=view)], Schema())


@pytest.mark.parametrize("kind", ["TRIGGER", "CONSTRAINT TRIGGER"])
def test_triggers_are_made_replaced_and_dropped(postgresql_engine: sa.Engine, kind: str) -> None:
    """In place where PostgreSQL can; a constraint trigger is dropped and made anew."""
    execute(postgresql_engine, USERS)
    text = f"CREATE {kind} t AFTER {{}} ON users FOR EACH ROW EXECUTE FUNCTION touch()"
    before = Trigger(
        name="t", table=QualifiedName("users"), definition=text.format("INSERT"), comment="one"
    )
    after = Trigger(
        name="t", table=QualifiedName("users"), definition=text.format("DELETE"), comment="two"
    )
    made = in_one_step(
        postgresql_engine, CreateFunction(function=TOUCH), CreateTrigger(trigger=before)
    )
    assert {lock.mode for statement in made for lock in statement.locks} == {"SHARE ROW EXCLUSIVE"}
    replaced = in_one_step(postgresql_engine, ReplaceTrigger(before=before, after=after))
    assert any("DROP" in each.sql for each in replaced) is (kind == "CONSTRAINT TRIGGER")
    (found,) = read(postgresql_engine).triggers
    assert found.comment == "two"
    assert "AFTER DELETE" in found.definition
    dropped = in_one_step(postgresql_engine, DropTrigger(trigger=after))
    assert [lock.mode for statement in dropped for lock in statement.locks] == ["ACCESS EXCLUSIVE"]
    assert read(postgresql_engine).triggers == ()


@pytest.mark.parametrize("state", ["DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS", "ENABLE"])
@pytest.mark.parametrize("kind", ["TRIGGER", "CONSTRAINT TRIGGER"])
def test_a_trigger_that_is_made_anew_fires_when_it_did(
    postgresql_server: Server, postgresql_engine: sa.Engine, state: str, kind: str
) -> None:
    """One that was disabled stays so, under another name of its table too."""
    users, people = QualifiedName("users"), QualifiedName("people")
    text = f"CREATE {kind} t AFTER {{}} ON users FOR EACH ROW EXECUTE FUNCTION touch()"
    before = Trigger(name="t", table=users, definition=text.format("INSERT"))
    execute(
        postgresql_engine,
        USERS,
        TOUCH.definition,
        before.definition,
        f"ALTER TABLE users {state} TRIGGER t",
    )
    here = dump(postgresql_server, postgresql_engine)
    after = Trigger(name="t", table=users, definition=text.format("DELETE"))
    in_one_step(postgresql_engine, ReplaceTrigger(before=before, after=after))
    assert dump(postgresql_server, postgresql_engine) != here
    in_one_step(postgresql_engine, ReplaceTrigger(before=after, after=before))
    assert dump(postgresql_server, postgresql_engine) == here
    moved = Trigger(
        name="t", table=people, definition=before.definition.replace("ON users", "ON people")
    )
    way = (
        DropTrigger(trigger=before, keeps_state=True),
        RenameTable(before=users, after=people),
        CreateTrigger(trigger=moved, keeps_state=True),
    )
    in_one_step(postgresql_engine, *way)
    in_one_step(postgresql_engine, *(each.reverse() for each in reversed(way)))
    assert dump(postgresql_server, postgresql_engine) == here


def test_extensions_are_made_moved_and_dropped(postgresql_engine: sa.Engine) -> None:
    """One that is there already is taken as it is, because superusers make them beforehand."""
    execute(postgresql_engine, "CREATE SCHEMA app")
    wanted = Extension(name="hstore", schema="app", version="1.6")
    in_one_step(postgresql_engine, CreateExtension(extension=wanted))
    assert read(postgresql_engine).extensions == (wanted,)
    in_one_step(postgresql_engine, CreateExtension(extension=Extension(name="hstore")))
    moved = Extension(name="hstore", version="1.7")
    change = AlterExtension(before=wanted, after=moved)
    in_one_step(postgresql_engine, change)
    assert read(postgresql_engine).extensions == (moved,)
    dropped = in_one_step(postgresql_engine, DropExtension(extension=moved))
    assert codes(dropped) == ["data_loss"]
    assert read(postgresql_engine).extensions == ()
