"""The database's own spelling of tables that it does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import CreateEnum, CreateSchema, CreateTable
from flaskmig.schema import (
    Check,
    Column,
    Enum,
    Exclude,
    ExcludeElement,
    ForeignKey,
    Generated,
    Identity,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Settings,
    Table,
    Type,
    Unique,
)
from tests.postgresql.support import DIALECT, apply, column, execute, rows, table
from tests.postgresql.test_fidelity import TABLES

WRITTEN = table(
    "users",
    column("id", "integer", nullable=True, identity=Identity(start=1, increment=1)),
    column("name", "VARCHAR(20)", default="'x' || 'y'", comment="kept"),
    column("age", "int4", default="1+1"),
    column("double", "INT", generated=Generated(expression="age*2")),
    column("at", "TIMESTAMPTZ", default="CURRENT_TIMESTAMP"),
    constraints=(
        PrimaryKey(columns=("id",)),
        Unique(columns=("name",), name="u"),
        Check(expression="users.age>0 and name in ('a','b')"),
        Check(expression="age<>5", name="not five", not_valid=True),
        ForeignKey(columns=("age",), target=QualifiedName("missing"), target_columns=("id",)),
        Exclude(
            elements=(ExcludeElement(operator="=", expression="age+1"),),
            method="btree",
            where="age>4",
        ),
    ),
    indexes=(
        Index(
            name="i",
            parts=(IndexPart(expression="lower(name)"), IndexPart(column="age", descending=True)),
            where="age>3",
            options=(("fillfactor", "70"),),
        ),
    ),
    settings=Settings(comment="kept", options=(("with.fillfactor", "50"),)),
)


def normalized(engine: sa.Engine, *tables: Table, enums: tuple[Enum, ...] = ()) -> list[Table]:
    with engine.connect() as connection:
        return DIALECT.normalize(connection, tables, enums=enums)


def leftovers(engine: sa.Engine) -> list[tuple[object, ...]]:
    return rows(
        engine,
        "SELECT relname FROM pg_class WHERE oid > 16384 UNION ALL SELECT typname FROM pg_type "
        "WHERE oid > 16384",
    )


def test_expressions_and_types_come_in_the_databases_spelling(
    postgresql_engine: sa.Engine,
) -> None:
    """Types and expressions must be as the catalogue has them, all else as it was given."""
    (found,) = normalized(postgresql_engine, WRITTEN)
    assert found == table(
        "users",
        column("id", nullable=False, identity=Identity()),
        column(
            "name",
            "character varying(20)",
            default="('x'::text || 'y'::text)",
            comment="kept",
        ),
        column("age", default="(1 + 1)"),
        column("double", generated=Generated(expression="(age * 2)")),
        column("at", "timestamp with time zone", default="CURRENT_TIMESTAMP"),
        constraints=(
            *(c for c in WRITTEN.constraints if isinstance(c, PrimaryKey | Unique | ForeignKey)),
            Check(
                expression="((age > 0) AND ((name)::text = ANY ((ARRAY['a'::character varying, "
                "'b'::character varying])::text[])))"
            ),
            Check(expression="(age <> 5)", name="not five", not_valid=True),
            Exclude(
                elements=(ExcludeElement(operator="=", expression="(age + 1)"),),
                method="btree",
                where="(age > 4)",
            ),
        ),
        indexes=(
            replace(
                WRITTEN.indexes[0],
                parts=(
                    IndexPart(expression="lower((name)::text)"),
                    IndexPart(column="age", descending=True),
                ),
                where="(age > 3)",
            ),
        ),
        settings=WRITTEN.settings,
    )
    assert leftovers(postgresql_engine) == []


def test_what_the_database_has_is_spelled_as_it_is(postgresql_engine: sa.Engine) -> None:
    """Normalizing what was read must change nothing, for all tables in one go."""
    tables = list(TABLES.values())
    assert normalized(postgresql_engine, *tables) == tables
    assert leftovers(postgresql_engine) == []


def test_new_and_changed_enums_are_made_in_passing(postgresql_engine: sa.Engine) -> None:
    """Enums that the database lacks, or has with other values, must not be in the way."""
    execute(postgresql_engine, "CREATE TYPE old AS ENUM ('a')")
    enums = (
        Enum(name=QualifiedName("old"), values=("a", "b")),
        Enum(name=QualifiedName("Mood"), values=("so", "it's")),
        Enum(name=QualifiedName("Mood", "audit"), values=("x",)),
        Enum(name=QualifiedName("kind", "audit"), values=("x",)),
    )
    spelled = ("old", '"Mood"', 'audit."Mood"', "audit.kind")
    written = table(
        "t",
        *(
            Column(name=f"c{n}", type=Type(sql=sql, enum=enum.name), default=f"'{default}'")
            for n, (sql, enum, default) in enumerate(
                zip(spelled, enums, ("b", "so", "x", "x"), strict=True)
            )
        ),
        Column(name="many", type=Type(sql="audit.kind[]", enum=enums[3].name), default="'{x}'"),
    )
    (found,) = normalized(postgresql_engine, written, enums=enums)
    assert [c.default for c in found.columns] == [
        "'b'::old",
        "'so'::\"Mood\"",
        "'x'::audit.\"Mood\"",
        "'x'::audit.kind",
        "'{x}'::audit.kind[]",
    ]
    assert [c.type for c in found.columns] == [c.type for c in written.columns]
    assert sorted(leftovers(postgresql_engine)) == [("_old",), ("old",)]


def test_enums_that_are_there_are_used(postgresql_engine: sa.Engine) -> None:
    """An enum that the database has as it is must give the spelling of the real column."""
    enum = Enum(name=QualifiedName("kind", "audit"), values=("x",))
    made = table("t", Column(name="c", type=Type(sql="audit.kind", enum=enum.name), default="'x'"))
    real = apply(
        postgresql_engine,
        [CreateSchema(name="audit"), CreateEnum(enum=enum), CreateTable(table=made)],
    )
    assert normalized(postgresql_engine, made, enums=(enum,)) == list(real.tables)


def test_two_tables_of_the_same_name(postgresql_engine: sa.Engine) -> None:
    """Tables of two schemas that share a name must not be confused."""
    here = table("t", column("a", default="1+1"))
    there = Table(name=QualifiedName("t", "audit"), columns=(column("b", default="2+2"),))
    found = normalized(postgresql_engine, here, there)
    assert [each.name for each in found] == [here.name, there.name]
    assert [each.columns[0].default for each in found] == ["(1 + 1)", "(2 + 2)"]


def test_a_sequence_that_is_not_there_yet_is_left_alone(postgresql_engine: sa.Engine) -> None:
    """A default that takes from a new sequence must be kept as it is written."""
    default = "nextval('numbers')"
    made = table("t", column("n", default=default, sequence=QualifiedName("numbers")))
    assert normalized(postgresql_engine, made)[0].columns[0].default == default
    execute(postgresql_engine, "CREATE SEQUENCE numbers")
    spelled = normalized(postgresql_engine, made)[0].columns[0].default
    assert spelled == "nextval('numbers'::regclass)"


@pytest.mark.parametrize("mode", ["open", "begun", "autocommit"])
def test_the_callers_transaction_stays_as_it_was(mode: str, postgresql_engine: sa.Engine) -> None:
    """Whatever the connection is in, normalizing must leave it there."""
    engine = postgresql_engine
    if mode == "autocommit":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if mode == "begun":
            connection.begin()
        if mode == "open":
            connection.exec_driver_sql("CREATE TABLE mine (a integer)")
        was = connection.in_transaction()
        DIALECT.normalize(connection, [WRITTEN])
        assert connection.in_transaction() == was
        if mode == "open":
            connection.commit()
    expected = [("mine",)] if mode == "open" else []
    found = rows(engine, "SELECT relname FROM pg_class WHERE oid > 16384")
    assert found == expected


def test_an_error_names_the_table_and_leaves_the_transaction(
    postgresql_engine: sa.Engine,
) -> None:
    """A table that the database refuses must be named, with the reason, and nothing broken."""
    wrong = table("wrong", column("a", default="no_such_function()"))
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE mine (a integer)")
        with pytest.raises(UnsupportedOperationError, match=r"wrong is not comparable.*no_such"):
            DIALECT.normalize(connection, [WRITTEN, wrong])
        assert connection.exec_driver_sql("SELECT count(*) FROM mine").scalar_one() == 0


@pytest.mark.parametrize("why", ["read only", "no right"])
def test_a_connection_that_may_not_write_is_told_so(why: str, postgresql_engine: sa.Engine) -> None:
    """Where no temporary table can be made, it must say "not comparable" and the reason."""
    with postgresql_engine.connect() as connection:
        if why == "read only":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        else:
            name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
            connection.exec_driver_sql(f'REVOKE TEMP ON DATABASE "{name}" FROM PUBLIC')
            connection.exec_driver_sql("CREATE ROLE nobody_special")
            connection.exec_driver_sql("SET ROLE nobody_special")
        with pytest.raises(UnsupportedOperationError, match=r"not comparable.*(read-only|denied)"):
            DIALECT.normalize(connection, [WRITTEN])
