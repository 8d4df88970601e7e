"""Every operation on a table with rows: the schema is what the model says, the rows are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterSequence,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameIndex,
    RenameSequence,
    RenameTable,
    RunSQL,
)
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
    Schema,
    Sequence,
    Settings,
    Table,
    Type,
    Unique,
)
from tests.postgresql.support import DIALECT, apply, column, execute, rows, table

USERS = QualifiedName("users")
BASE = table(
    "users",
    column("id", "integer", nullable=False),
    column("name", "character varying(20)"),
    column("age", "integer"),
    column("text", "character varying(20)"),
    constraints=(
        PrimaryKey(name="users_pkey", columns=("id",)),
        Unique(name="users_name", columns=("name",)),
        Check(name="users_age", expression="(age > 0)"),
    ),
    indexes=(Index(name="ix_age", parts=(IndexPart(column="age"),)),),
)
TEAMS = table(
    "teams",
    column("id", "integer", nullable=False),
    constraints=(PrimaryKey(name="teams_pkey", columns=("id",)),),
)
ROWS = "INSERT INTO users VALUES (1, 'ann', 30, '7'), (2, 'bob', 40, '8'), (5, 'cyd', 50, '9')"


def alter(before: Column, **attributes: object) -> AlterColumn:
    return AlterColumn(table=USERS, before=before, after=replace(before, **attributes))  # type: ignore[arg-type]


def typed(name: str, sql: str) -> AlterColumn:
    return alter(BASE.column(name), type=Type(sql=sql))


KEY = ForeignKey(
    name="users_team", columns=("age",), target=QualifiedName("teams"), target_columns=("id",)
)

KEEPING: dict[str, list[Operation]] = {
    "add nullable": [AddColumn(table=USERS, column=column("x", "text", comment="new"))],
    "add with default": [
        AddColumn(table=USERS, column=column("x", "text", nullable=False, default="'%:a'::text"))
    ],
    "add several": [
        AddColumn(table=USERS, column=column("x", "text")),
        alter(BASE.column("age"), nullable=False, comment="years"),
        AddColumn(table=USERS, column=column("y", "integer", default="1", comment="y")),
        AddColumn(table=USERS, column=column("z", generated=Generated(expression="(age * 2)"))),
    ],
    "add serial": [
        AddColumn(table=USERS, column=column("n", "bigint", nullable=False, autoincrement=True))
    ],
    "add identity": [
        AddColumn(table=USERS, column=column("n", nullable=False, identity=Identity(start=7)))
    ],
    "add with backfill": [
        AddColumn(
            table=USERS,
            column=column("x", "text", nullable=False, default="'d'::text"),
            backfill="upper(name) || '%'",
        )
    ],
    "add and alter the same": [
        AddColumn(table=USERS, column=column("x", "integer")),
        AlterColumn(table=USERS, before=column("x", "integer"), after=column("x", "bigint")),
    ],
    "drop expression": [
        AddColumn(table=USERS, column=column("z", generated=Generated(expression="(age * 2)"))),
        AlterColumn(
            table=USERS,
            before=column("z", generated=Generated(expression="(age * 2)")),
            after=column("z"),
        ),
    ],
    "drop column": [DropColumn(table=USERS, column=BASE.column("text"))],
    "rename column": [
        RenameColumn(
            table=USERS, before="age", after="years", expressions=(("(age > 0)", "(years > 0)"),)
        )
    ],
    "set not null": [alter(BASE.column("name"), nullable=False)],
    "set default": [alter(BASE.column("name"), default="'x'::character varying")],
    "comment": [alter(BASE.column("name"), comment="it's 100% \\ :x")],
    "widen": [typed("name", "character varying(80)")],
    "to text": [typed("name", "text")],
    "collation": [alter(BASE.column("name"), collation="C")],
    "to bigint": [typed("age", "bigint")],
    "text to integer": [typed("text", "integer")],
    "integer to text": [
        DropConstraint(table=USERS, constraint=BASE.constraints[2]),
        typed("age", "text"),
    ],
    "type and default": [
        AlterColumn(
            table=USERS,
            before=BASE.column("text"),
            after=column("text", "integer", default="3", nullable=False),
        )
    ],
    "to identity": [alter(BASE.column("id"), identity=Identity(always=True))],
    "to serial": [alter(BASE.column("id"), autoincrement=True)],
    "serial to identity": [
        alter(BASE.column("id"), autoincrement=True),
        AlterColumn(
            table=USERS,
            before=replace(BASE.column("id"), autoincrement=True),
            after=replace(BASE.column("id"), identity=Identity(increment=10)),
        ),
    ],
    "alter identity": [
        alter(BASE.column("id"), identity=Identity()),
        AlterColumn(
            table=USERS,
            before=replace(BASE.column("id"), identity=Identity()),
            after=replace(
                BASE.column("id"),
                identity=Identity(always=True, start=3, maximum=900, cache=5, cycle=True),
            ),
        ),
    ],
    "serial to bigserial": [
        alter(BASE.column("id"), autoincrement=True),
        AlterColumn(
            table=USERS,
            before=replace(BASE.column("id"), autoincrement=True),
            after=replace(BASE.column("id"), autoincrement=True, type=Type(sql="bigint")),
        ),
    ],
    "serial off": [
        alter(BASE.column("id"), autoincrement=True),
        AlterColumn(
            table=USERS,
            before=replace(BASE.column("id"), autoincrement=True),
            after=BASE.column("id"),
        ),
    ],
    "identity off": [
        alter(BASE.column("id"), identity=Identity()),
        AlterColumn(
            table=USERS,
            before=replace(BASE.column("id"), identity=Identity()),
            after=replace(BASE.column("id"), type=Type(sql="bigint")),
        ),
    ],
    "constraints": [
        DropConstraint(table=USERS, constraint=BASE.constraints[1]),
        AddConstraint(table=USERS, constraint=Unique(name="u", columns=("name", "age"))),
        AddConstraint(table=USERS, constraint=Check(name="c", expression="(id <> 77)")),
        AddConstraint(
            table=USERS, constraint=Check(name="nv", expression="(id <> 1)", not_valid=True)
        ),
        AddConstraint(
            table=USERS,
            constraint=Exclude(
                name="x", method="btree", elements=(ExcludeElement(operator="=", column="text"),)
            ),
        ),
    ],
    "primary key": [
        DropConstraint(table=USERS, constraint=BASE.constraints[0]),
        AddConstraint(
            table=USERS, constraint=PrimaryKey(name="pk", columns=("id",), include=("age",))
        ),
    ],
    "drop unnamed constraint": [
        DropConstraint(table=USERS, constraint=Unique(columns=("name",))),
    ],
    "rename constraint": [
        RenameConstraint(table=USERS, constraint=BASE.constraints[1], after="unique name")
    ],
    "rename unnamed constraint": [
        RenameConstraint(
            table=USERS, constraint=Check(expression="(age > 0)"), after="positive age"
        )
    ],
    "indexes": [
        DropIndex(table=USERS, index=BASE.indexes[0]),
        CreateIndex(
            table=USERS,
            index=Index(
                name="i 1", parts=(IndexPart(expression="lower((name)::text)"),), unique=True
            ),
        ),
    ],
    "concurrent index": [
        DropIndex(table=USERS, index=BASE.indexes[0], concurrently=True),
        CreateIndex(
            table=USERS,
            index=Index(name="i1", parts=(IndexPart(column="age", descending=True),)),
            concurrently=True,
        ),
    ],
    "rename index": [RenameIndex(table=USERS, before="ix_age", after="ix")],
    "rename table": [RenameTable(before=USERS, after=QualifiedName("people"))],
    "move table": [
        CreateSchema(name="audit"),
        RenameTable(before=USERS, after=QualifiedName("people", "audit")),
    ],
    "move there and back": [
        CreateSchema(name="audit"),
        RenameTable(before=USERS, after=QualifiedName("users", "audit")),
        RenameTable(before=QualifiedName("users", "audit"), after=QualifiedName("people")),
    ],
    "settings": [
        AlterTable(
            table=USERS,
            before=Settings(),
            after=Settings(comment="it's", options=(("unlogged", True), ("with.fillfactor", "50"))),
        ),
        AlterTable(
            table=USERS,
            before=Settings(
                comment="it's", options=(("unlogged", True), ("with.fillfactor", "50"))
            ),
            after=Settings(options=(("with.autovacuum_enabled", "false"),)),
        ),
    ],
    "sequences": [
        CreateSequence(sequence=Sequence(name=QualifiedName("a"), type="smallint", start=4)),
        AlterSequence(
            before=Sequence(name=QualifiedName("a"), type="smallint", start=4),
            after=Sequence(name=QualifiedName("a"), increment=3, maximum=99, cache=4, cycle=True),
        ),
        RenameSequence(before=QualifiedName("a"), after=QualifiedName("b")),
        CreateSequence(sequence=Sequence(name=QualifiedName("gone"))),
        DropSequence(sequence=Sequence(name=QualifiedName("gone"))),
    ],
    "schemas": [
        CreateSchema(name="audit"),
        CreateSchema(name="gone"),
        DropSchema(name="gone"),
    ],
    "foreign key": [
        CreateTable(table=TEAMS),
        RunSQL(sql="INSERT INTO teams VALUES (30), (40), (50)"),
        AddConstraint(table=USERS, constraint=KEY),
    ],
}


@pytest.mark.parametrize("case", KEEPING)
def test_an_operation_makes_the_schema_and_keeps_the_rows(
    case: str, postgresql_engine: sa.Engine
) -> None:
    """After the operations the database must be as the model says, with all its rows."""
    operations = KEEPING[case]
    before = apply(postgresql_engine, [CreateTable(table=BASE)])
    execute(postgresql_engine, ROWS)
    desired = before
    for operation in operations:
        desired = operation.apply(desired)
    found = apply(postgresql_engine, operations, schemas=["audit", "gone"])
    assert found == desired
    (people,) = (t for t in found.tables if t.name != TEAMS.name)
    where = f'"{people.name.schema or "public"}"."{people.name.name}"'
    ids = [row[0] for row in rows(postgresql_engine, f"SELECT id FROM {where} ORDER BY id")]
    assert ids == [1, 2, 5]


@pytest.mark.parametrize("case", ["to identity", "to serial", "serial to identity"])
def test_numbers_go_on_after_the_rows_that_are_there(
    case: str, postgresql_engine: sa.Engine
) -> None:
    """A column that becomes serial or identity must not hand out a number that is taken."""
    apply(postgresql_engine, [CreateTable(table=BASE)])
    execute(postgresql_engine, ROWS)
    apply(postgresql_engine, KEEPING[case])
    execute(postgresql_engine, "INSERT INTO users (name) VALUES ('new')")
    assert rows(postgresql_engine, "SELECT id FROM users WHERE name = 'new'")[0][0] > 5  # type: ignore[operator]


def test_a_backfill_fills_the_rows(postgresql_engine: sa.Engine) -> None:
    """The backfill and not the default must be what the rows get that are there."""
    apply(postgresql_engine, [CreateTable(table=BASE)])
    execute(postgresql_engine, ROWS)
    apply(postgresql_engine, KEEPING["add with backfill"])
    found = rows(postgresql_engine, "SELECT x FROM users ORDER BY id")
    assert found == [("ANN%",), ("BOB%",), ("CYD%",)]


def test_a_merged_alter_table_is_one_statement() -> None:
    """Consecutive changes of one table must be one ALTER TABLE, with the guards before it."""
    found = DIALECT.statements(KEEPING["add several"], Schema(tables=(BASE,)))
    assert [s.refusal is not None for s in found] == [True, False, False, False]
    assert found[1].sql == (
        'ALTER TABLE "users"\n'
        '    ADD COLUMN "x" text,\n'
        '    ALTER COLUMN "age" SET NOT NULL,\n'
        '    ADD COLUMN "y" integer DEFAULT 1,\n'
        '    ADD COLUMN "z" integer GENERATED ALWAYS AS ((age * 2)) STORED'
    )
    assert {hazard.code for hazard in found[1].hazards} == {"scan", "rewrite"}


def test_a_not_null_column_without_a_value_is_refused(postgresql_engine: sa.Engine) -> None:
    """On a table with rows it must be refused and nothing changed; on an empty one made."""
    apply(postgresql_engine, [CreateTable(table=BASE)])
    operation = AddColumn(table=USERS, column=column("x", "text", nullable=False))
    execute(postgresql_engine, ROWS)
    with pytest.raises(UnsupportedOperationError) as caught:
        apply(postgresql_engine, [operation])
    assert "users.x" in caught.value.message
    assert "backfill" in caught.value.hint
    execute(postgresql_engine, "DELETE FROM users")
    assert apply(postgresql_engine, [operation]).table(USERS).has_column("x")


def test_not_null_on_rows_without_a_value_is_refused(postgresql_engine: sa.Engine) -> None:
    """SET NOT NULL must be refused with the column's name where a row is NULL."""
    apply(postgresql_engine, [CreateTable(table=BASE)])
    execute(postgresql_engine, "INSERT INTO users VALUES (1, NULL, 30, '7')")
    with pytest.raises(UnsupportedOperationError, match=r"users\.name"):
        apply(postgresql_engine, KEEPING["set not null"])


def test_a_new_table_needs_no_guard_and_has_no_hazard() -> None:
    """What is done to a table made by the same script must be free of guards and hazards."""
    found = DIALECT.statements(
        [
            CreateTable(table=BASE),
            AddColumn(table=USERS, column=column("x", "text", nullable=False)),
            CreateIndex(table=USERS, index=Index(name="i", parts=(IndexPart(column="x"),))),
        ],
        Schema(),
    )
    assert not any(s.refusal or s.hazards or s.locks for s in found)


MOOD = Enum(name=QualifiedName("mood"), values=("sad", "ok", "glad"))


def moods(default: str | None = "'ok'::mood") -> Table:
    enum = Type(sql="mood", enum=MOOD.name)
    many = Type(sql="mood[]", enum=MOOD.name)
    return table(
        "moods",
        Column(name="id", type=Type(sql="integer"), nullable=False),
        Column(name="mood", type=enum, default=default),
        Column(name="past", type=many, default="'{sad}'::mood[]"),
        constraints=(
            PrimaryKey(name="moods_pkey", columns=("id",)),
            Check(name="not_sad", expression="(mood <> 'sad'::mood)", not_valid=True),
        ),
        indexes=(
            Index(name="i_mood", parts=(IndexPart(column="mood"),)),
            Index(name="i_ok", parts=(IndexPart(column="id"),), where="(mood = 'ok'::mood)"),
        ),
    )


def make_moods(engine: sa.Engine) -> Schema:
    made = apply(engine, [CreateEnum(enum=MOOD), CreateTable(table=moods())])
    execute(
        engine,
        "INSERT INTO moods VALUES (1, 'ok', '{sad,ok}'), (2, 'glad', '{}')",
    )
    return made


@pytest.mark.parametrize(
    "values",
    [
        ("sad", "ok", "glad", "new"),
        ("first", "sad", "middle", "ok", "glad", "last", "100% :it's"),
        ("glad", "ok", "sad"),
        ("ok", "sad", "glad", "new"),
    ],
)
def test_enum_values_are_added_and_reordered(
    values: tuple[str, ...], postgresql_engine: sa.Engine
) -> None:
    """The enum must have the new values in their order, with rows, defaults and checks kept."""
    before = make_moods(postgresql_engine)
    operation = AlterEnum(before=MOOD, after=replace(MOOD, values=values))
    assert apply(postgresql_engine, [operation]) == operation.apply(before)
    found = rows(postgresql_engine, "SELECT id, mood::text, past::text FROM moods ORDER BY id")
    assert found == [(1, "ok", "{sad,ok}"), (2, "glad", "{}")]


def test_a_removed_enum_value_is_refused_while_it_is_used(postgresql_engine: sa.Engine) -> None:
    """Removing a value that a row has must be refused, and done once no row has it."""
    before = make_moods(postgresql_engine)
    operation = AlterEnum(before=MOOD, after=replace(MOOD, values=("sad", "ok")))
    with pytest.raises(UnsupportedOperationError, match="mood"):
        apply(postgresql_engine, [operation])
    execute(postgresql_engine, "DELETE FROM moods WHERE mood = 'glad'")
    execute(postgresql_engine, "UPDATE moods SET past = '{glad}'")
    with pytest.raises(UnsupportedOperationError, match="past"):
        apply(postgresql_engine, [operation])
    execute(postgresql_engine, "UPDATE moods SET past = '{ok}'")
    assert apply(postgresql_engine, [operation]) == operation.apply(before)


def test_a_default_that_the_enum_loses_is_dropped_with_a_hazard(
    postgresql_engine: sa.Engine,
) -> None:
    """A default of a removed value must not stop the removal, and its loss must be said."""
    made = table("t", Column(name="m", type=Type(sql="mood", enum=MOOD.name), default="'ok'::mood"))
    before = apply(postgresql_engine, [CreateEnum(enum=MOOD), CreateTable(table=made)])
    operation = AlterEnum(before=MOOD, after=replace(MOOD, values=("sad", "glad")))
    codes = {h.code for s in DIALECT.statements([operation], before) for h in s.hazards}
    assert "default_dropped" in codes
    assert apply(postgresql_engine, [operation]).tables[0].columns[0].default is None


def test_enums_are_renamed_and_dropped(postgresql_engine: sa.Engine) -> None:
    """Renaming a value, renaming and moving the type, and dropping it must all work."""
    plain = table("t", Column(name="m", type=Type(sql="mood", enum=MOOD.name)))
    apply(postgresql_engine, [CreateEnum(enum=MOOD), CreateTable(table=plain)])
    execute(postgresql_engine, "INSERT INTO t VALUES ('sad')")
    after = QualifiedName("feeling", "audit")
    found = apply(
        postgresql_engine,
        [
            RenameEnumValue(enum=MOOD.name, before="sad", after="so 'so'"),
            CreateSchema(name="audit"),
            RenameEnum(before=MOOD.name, after=after),
        ],
        schemas=["audit"],
    )
    assert found.enums == (Enum(name=after, values=("so 'so'", "ok", "glad")),)
    assert found.table(plain.name).column("m").type == Type(sql="audit.feeling", enum=after)
    assert rows(postgresql_engine, "SELECT m::text FROM t") == [("so 'so'",)]
    found = apply(
        postgresql_engine,
        [DropTable(table=found.tables[0]), DropEnum(enum=found.enums[0]), DropSchema(name="audit")],
        schemas=["audit"],
    )
    assert found == Schema()


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        (Type(sql="text"), "'ok'", Type(sql="mood", enum=MOOD.name)),
        (Type(sql="character varying(9)"), "'ok'", Type(sql="mood", enum=MOOD.name)),
        (Type(sql="mood", enum=MOOD.name), "'ok'", Type(sql="text")),
        (
            Type(sql="mood", enum=MOOD.name),
            "'ok'",
            Type(sql="other", enum=QualifiedName("other")),
        ),
        (
            Type(sql="mood[]", enum=MOOD.name),
            "'{ok}'",
            Type(sql="other[]", enum=QualifiedName("other")),
        ),
        (Type(sql="text[]"), "'{ok}'", Type(sql="mood[]", enum=MOOD.name)),
        (Type(sql="boolean"), "true", Type(sql="integer")),
        (Type(sql="boolean"), "true", Type(sql="bigint")),
        (Type(sql="integer"), "1", Type(sql="boolean")),
        (Type(sql="smallint"), "1", Type(sql="boolean")),
        (Type(sql="text"), "'1'", Type(sql="boolean")),
        (Type(sql="text"), "'{1,2}'", Type(sql="integer[]")),
        (Type(sql="text"), "'{\"a\": 1}'", Type(sql="jsonb")),
        (Type(sql="jsonb"), "'{\"a\": 1}'", Type(sql="json")),
        (Type(sql="text"), "'2020-01-02'", Type(sql="date")),
        (
            Type(sql="timestamp without time zone"),
            "'2020-01-02 03:04'",
            Type(sql="timestamp(3) with time zone"),
        ),
        (Type(sql="date"), "'2020-01-02'", Type(sql="timestamp without time zone")),
        (Type(sql="numeric(10,2)"), "5.25", Type(sql="double precision")),
        (Type(sql="integer"), "5", Type(sql="character varying(5)")),
        (
            Type(sql="text"),
            "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'",
            Type(sql="uuid"),
        ),
        (Type(sql="integer[]"), "'{1,2}'", Type(sql="bigint[]")),
        (Type(sql="integer"), "65", Type(sql="bit(8)")),
    ],
)
def test_a_type_is_changed_with_the_using_that_it_needs(
    before: Type, value: str, after: Type, postgresql_engine: sa.Engine
) -> None:
    """Where PostgreSQL does not convert by itself, a USING must be proposed that does."""
    other = replace(MOOD, name=QualifiedName("other"))
    made = table("t", Column(name="c", type=before, default=value))
    apply(
        postgresql_engine,
        [CreateEnum(enum=MOOD), CreateEnum(enum=other), CreateTable(table=made)],
    )
    execute(postgresql_engine, "INSERT INTO t DEFAULT VALUES")
    column_after = Column(name="c", type=after)
    operation = AlterColumn(table=made.name, before=made.columns[0], after=column_after)
    found = apply(postgresql_engine, [operation])
    assert found.table(made.name).columns == (column_after,)
    assert rows(postgresql_engine, "SELECT count(c) FROM t") == [(1,)]


@pytest.mark.parametrize(
    "operation",
    [
        CreateTable(table=table("x" * 64)),
        CreateTable(table=table("t", column("ü" * 32))),
        CreateIndex(table=USERS, index=Index(name="i" * 64, parts=(IndexPart(column="a"),))),
        CreateEnum(enum=Enum(name=QualifiedName("e"), values=("v" * 64,))),
        AddConstraint(table=USERS, constraint=Check(name="c" * 64, expression="true")),
        RenameColumn(table=USERS, before="age", after=""),
        RenameColumn(table=USERS, before="age", after="a\0b"),
        RenameConstraint(table=USERS, constraint=BASE.constraints[1], after=None),
        DropConstraint(table=USERS, constraint=Unique(columns=("nothing",))),
        AddColumn(table=USERS, column=column("n", "text", autoincrement=True)),
        CreateTable(table=table("t", settings=Settings(options=(("strict", True),)))),
        AlterTable(
            table=USERS,
            before=Settings(),
            after=Settings(options=(("partition_by", "LIST (id)"),)),
        ),
    ],
)
def test_what_postgresql_cannot_do_is_refused(operation: Operation) -> None:
    """It must be refused with a reason before a statement is made."""
    with pytest.raises(UnsupportedOperationError) as caught:
        DIALECT.statements([operation], Schema(tables=(BASE,)))
    assert caught.value.message


def test_a_nullable_serial_column_is_made(postgresql_engine: sa.Engine) -> None:
    """A serial column that allows NULL must be made and read back."""
    made = table("t", column("n", "integer", autoincrement=True), column("a"))
    assert apply(postgresql_engine, [CreateTable(table=made)]) == Schema(tables=(made,))
    add = AddColumn(table=made.name, column=column("m", "integer", autoincrement=True))
    assert apply(postgresql_engine, [add]) == add.apply(Schema(tables=(made,)))


def test_dropping_a_table_frees_what_points_at_nothing(postgresql_engine: sa.Engine) -> None:
    """Tables that were made must be dropped again, the children first."""
    child = table("child", column("age"), constraints=(replace(KEY, name="fk"),))
    apply(postgresql_engine, [CreateTable(table=TEAMS), CreateTable(table=child)])
    found = apply(postgresql_engine, [DropTable(table=child), DropTable(table=TEAMS)])
    assert found == Schema()
