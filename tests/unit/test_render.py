"""Operations as Python: the calls, their form, and that nothing in them can be other than data."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.engine.rendering.python_source import lay_out, literal
from flaskmig.engine.rendering.render import render
from flaskmig.engine.rendering.source_writer import escaped
from flaskmig.engine.rendering.type_spelling import call_for
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
    Sequence,
    Settings,
    Source,
    Table,
    Type,
    Unique,
)

T, OTHER = QualifiedName("t"), QualifiedName("p", "app")
INT = Type(sql="integer", source=Source("sa.Integer()", ("import sqlalchemy as sa",)))
C = Column(name="c", type=INT)
MOOD = Enum(name=QualifiedName("mood"), values=("a", "b"))
CHECK = Check(expression="c > 1")
KEY = ForeignKey(columns=("c",), target=OTHER, target_columns=("id",), on_delete="SET NULL")
INDEX = Index(name="ix", parts=(IndexPart(column="c"),))
UNIQUE = Unique(columns=("c",), name="uq")
S = Sequence(name=QualifiedName("s"))

CALLS: list[tuple[Operation, str]] = [
    (CreateSchema(name="app"), 'op.create_schema("app")'),
    (DropSchema(name="app"), 'op.drop_schema("app")'),
    (CreateEnum(enum=MOOD), 'op.create_enum("mood", ["a", "b"])'),
    (DropEnum(enum=MOOD), 'op.drop_enum("mood")'),
    (
        AlterEnum(before=MOOD, after=replace(MOOD, values=("a", "b", "c"))),
        'op.alter_enum("mood", ["a", "b", "c"], existing_values=["a", "b"])',
    ),
    (
        RenameEnum(before=MOOD.name, after=QualifiedName("mood", "app")),
        'op.rename_enum("mood", "mood", new_schema="app")',
    ),
    (
        RenameEnumValue(enum=MOOD.name, before="a", after="z"),
        'op.rename_enum_value("mood", "a", "z")',
    ),
    (
        CreateSequence(sequence=replace(S, start=5, cycle=True, type="integer")),
        'op.create_sequence("s", data_type="integer", start=5, cycle=True)',
    ),
    (DropSequence(sequence=S), 'op.drop_sequence("s")'),
    (RenameSequence(before=S.name, after=QualifiedName("z")), 'op.rename_sequence("s", "z")'),
    (
        AlterSequence(before=replace(S, cache=5), after=replace(S, increment=2)),
        'op.alter_sequence("s", increment=2, cache=None)',
    ),
    (DropTable(table=Table(name=OTHER)), 'op.drop_table("p", schema="app")'),
    (RenameTable(before=T, after=QualifiedName("u")), 'op.rename_table("t", "u")'),
    (
        RenameTable(before=OTHER, after=QualifiedName("p")),
        'op.rename_table("p", "p", schema="app", new_schema=None)',
    ),
    (
        AlterTable(table=T, before=Settings(), after=Settings(comment="it's")),
        'op.create_table_comment("t", "it\'s")',
    ),
    (
        AlterTable(table=T, before=Settings(comment="x"), after=Settings()),
        'op.drop_table_comment("t", existing_comment="x")',
    ),
    (
        AlterTable(
            table=T,
            before=Settings(options=(("strict", True),)),
            after=Settings(options=(("with.fillfactor", "70"), ("without_rowid", True))),
        ),
        'op.alter_table("t", sqlite_strict=False, sqlite_with_rowid=False, '
        'postgresql_with={"fillfactor": "70"})',
    ),
    (AddColumn(table=T, column=C), 'op.add_column("t", sa.Column("c", sa.Integer()))'),
    (
        AddColumn(table=OTHER, column=replace(C, nullable=False), backfill="0"),
        'op.add_column("p", sa.Column("c", sa.Integer(), nullable=False), schema="app", '
        'backfill=sa.text("0"))',
    ),
    (
        AddColumn(table=T, column=replace(C, autoincrement=True)),
        'op.add_column("t", sa.Column("c", op.sql_type("serial")))',
    ),
    (
        AddColumn(table=T, column=replace(C, identity=Identity(always=True, start=5))),
        'op.add_column("t", sa.Column("c", sa.Integer(), sa.Identity(always=True, start=5)))',
    ),
    (DropColumn(table=T, column=C), 'op.drop_column("t", "c")'),
    (
        RenameColumn(table=T, before="mail", after="email"),
        'op.alter_column("t", "mail", new_column_name="email")',
    ),
    (
        AlterColumn(table=T, before=C, after=replace(C, nullable=False, default="'a'")),
        'op.alter_column("t", "c", existing_type=sa.Integer(), nullable=False, '
        "server_default=sa.text(\"'a'\"))",
    ),
    (
        AlterColumn(table=T, before=C, after=replace(C, type=Type(sql="text")), using="c::text"),
        'op.alter_column("t", "c", existing_type=sa.Integer(), type_=sa.Text(), '
        'postgresql_using="c::text")',
    ),
    (
        AlterColumn(table=T, before=C, after=replace(C, nullable=False), backfill="id + 1"),
        'op.alter_column("t", "c", existing_type=sa.Integer(), nullable=False, '
        'backfill=sa.text("id + 1"))',
    ),
    (
        AlterColumn(table=T, before=replace(C, identity=Identity()), after=C),
        'op.alter_column("t", "c", existing_type=sa.Integer(), server_default=None, '
        "existing_server_default=sa.Identity())",
    ),
    (
        AlterColumn(table=T, before=replace(C, generated=Generated(expression="1")), after=C),
        'op.alter_column("t", "c", existing_type=sa.Integer(), server_default=None, '
        'existing_server_default=sa.Computed("1", persisted=True))',
    ),
    (
        AddConstraint(table=T, constraint=PrimaryKey(columns=("c",), name="pk")),
        'op.create_primary_key("pk", "t", ["c"])',
    ),
    (
        AddConstraint(table=T, constraint=replace(UNIQUE, include=("d",), deferrable=True)),
        'op.create_unique_constraint("uq", "t", ["c"], deferrable=True, postgresql_include=["d"])',
    ),
    (
        AddConstraint(table=T, constraint=CHECK),
        'op.create_check_constraint(None, "t", sa.text("c > 1"))',
    ),
    (
        AddConstraint(table=T, constraint=KEY),
        'op.create_foreign_key(None, "t", "p", ["c"], ["id"], referent_schema="app", '
        'ondelete="SET NULL")',
    ),
    (
        AddConstraint(
            table=T,
            constraint=Exclude(
                elements=(
                    ExcludeElement(operator="=", column="c", opclass="int4_ops"),
                    ExcludeElement(operator="&&", expression="tsrange(a, b)"),
                ),
                name="ex",
            ),
        ),
        'op.create_exclude_constraint("ex", "t", ("c", "="), '
        '(sa.literal_column("tsrange(a, b)"), "&&"), using="gist", ops={"c": "int4_ops"})',
    ),
    (DropConstraint(table=T, constraint=UNIQUE), 'op.drop_constraint("uq", "t", type_="unique")'),
    (
        DropConstraint(table=T, constraint=replace(UNIQUE, name=None)),
        'op.drop_constraint(None, "t", type_="unique", columns=["c"])',
    ),
    (
        DropConstraint(table=T, constraint=KEY),
        'op.drop_constraint(None, "t", type_="foreignkey", columns=["c"], referent_table="p", '
        'referent_schema="app", referent_columns=["id"])',
    ),
    (
        DropConstraint(table=T, constraint=CHECK),
        'op.drop_constraint(None, "t", type_="check", condition=sa.text("c > 1"))',
    ),
    (
        RenameConstraint(table=T, constraint=UNIQUE, after="uq_t"),
        'op.rename_constraint("uq", "uq_t", "t", type_="unique")',
    ),
    (CreateIndex(table=T, index=INDEX), 'op.create_index("ix", "t", ["c"])'),
    (
        CreateIndex(table=T, index=replace(INDEX, unique=True, method="hash"), concurrently=True),
        'op.create_index("ix", "t", ["c"], unique=True, postgresql_using="hash", '
        "postgresql_concurrently=True)",
    ),
    (
        CreateIndex(
            table=T,
            index=replace(
                INDEX,
                parts=(
                    IndexPart(column="c", descending=True, nulls="last"),
                    IndexPart(expression="lower(d)", opclass="text_pattern_ops"),
                ),
            ),
        ),
        'op.create_index("ix", "t", [sa.column("c").desc().nulls_last(), '
        'sa.literal_column("lower(d)").label("part_2")], '
        'postgresql_ops={"part_2": "text_pattern_ops"})',
    ),
    (DropIndex(table=OTHER, index=INDEX), 'op.drop_index("ix", table_name="p", schema="app")'),
    (RenameIndex(table=T, before="ix", after="iy"), 'op.rename_index("ix", "iy", table_name="t")'),
    (RunSQL(sql="SELECT ':a'"), "op.execute(\"SELECT '\\\\:a'\")"),
]


@pytest.mark.parametrize(("operation", "call"), CALLS)
def test_calls(operation: Operation, call: str) -> None:
    """Each operation is the call that people know, with nothing in it that goes without saying."""
    assert list(render([operation]).lines) == lay_out(call, width=96)


USERS = Table(
    name=QualifiedName("users"),
    columns=(
        Column(name="id", type=INT, nullable=False, autoincrement=True),
        Column(name="name", type=Type(sql="character varying(80)"), nullable=False),
        Column(name="mood", type=Type(sql="mood", enum=MOOD.name), default="'a'::mood"),
    ),
    constraints=(
        PrimaryKey(columns=("id",), name="users_pkey"),
        Check(expression="name <> ''", name="named", not_valid=True),
    ),
    indexes=(Index(name="ix_name", parts=(IndexPart(column="name"),), where="id > 1"),),
    settings=Settings(comment="people"),
)


def test_create_table() -> None:
    """A table is one call, an argument a line; indexes and what has no inline form follow it."""
    rendered = render([CreateTable(table=USERS)], dialect="postgresql")
    assert rendered.imports == (
        "import sqlalchemy as sa",
        "from sqlalchemy.dialects import postgresql",
    )
    assert "\n".join(rendered.lines) == "\n".join(
        (
            "op.create_table(",
            '    "users",',
            '    sa.Column("id", sa.Integer(), nullable=False),',
            '    sa.Column("name", sa.String(length=80), nullable=False),',
            "    sa.Column(",
            '        "mood",',
            '        postgresql.ENUM(name="mood", create_type=False),',
            "        server_default=sa.text(\"'a'::mood\"),",
            "    ),",
            '    sa.PrimaryKeyConstraint("id", name="users_pkey"),',
            '    comment="people",',
            ")",
            'op.create_check_constraint("named", "users", '
            "sa.text(\"name <> ''\"), postgresql_not_valid=True)",
            'op.create_index("ix_name", "users", ["name"], postgresql_where=sa.text("id > 1"))',
        )
    )


def test_a_surrogate_key_is_added_as_a_table_has_it() -> None:
    """A serial column that becomes the key is written in SQLAlchemy's words, without a SERIAL."""
    column = replace(C, type=Type(sql="bigint"), nullable=False, autoincrement=True)
    key = AddConstraint(table=T, constraint=PrimaryKey(columns=("c",), name="pk"))
    found = render([AddColumn(table=T, column=column), key], dialect="postgresql")
    added = (
        'op.add_column("t", sa.Column("c", sa.BigInteger(), primary_key=True, '
        "autoincrement=True, nullable=False))"
    )
    assert list(found.lines[:-1]) == lay_out(added, width=96)


def test_same_lines_every_time() -> None:
    """Rendering the same operations again gives the same text."""
    operations = [operation for operation, _ in CALLS]
    assert render(operations) == render(operations)


def test_ruff_leaves_it_as_it_is(tmp_path: Path) -> None:
    """The formatter that most projects run has nothing to change."""
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
    assert ruff, "ruff is part of the test requirements"
    operations = [*(operation for operation, _ in CALLS), CreateTable(table=USERS)]
    body = "\n".join(f"    {line}" for line in render(operations).lines)
    path = tmp_path / "revision.py"
    path.write_text(f"def upgrade():\n{body}\n")
    command = [ruff, "format", "--diff", "--isolated", "--line-length=100", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


@given(st.text())
@settings(max_examples=300)
def test_literal_is_just_that_text(text: str) -> None:
    """Whatever a text holds, its literal is ASCII on one line and makes that text again."""
    code = literal(text)
    assert code.isascii()
    assert code.isprintable()
    assert ast.literal_eval(code) == text
    assert lay_out(code, width=10) == [code]


def test_literal_of_a_liar() -> None:
    """A subclass of str cannot put code into a file by what it says of itself."""

    class Liar(str):
        def __repr__(self) -> str:
            return "__import__('os')"

        __str__ = __format__ = __repr__  # type: ignore[assignment]

    assert literal(Liar("a'b\"")) in ('"a\'b\\""', "'a\\'b\"'")


@given(st.text(alphabet=":\\a 1'é"))
@settings(max_examples=300)
def test_escaped_text_has_no_parameters(sql: str) -> None:
    """SQL that is written into text() comes out of it as it went in."""
    clause = sa.text(escaped(sql))
    assert str(clause.compile(compile_kwargs={"literal_binds": True})) == sql


@pytest.mark.parametrize("sql", ["ltree", "geometry(Point,4326)", '"Odd"', "app.kind", "", "INT"])
def test_types_only_the_database_knows(sql: str) -> None:
    """A type without a class in SQLAlchemy is written by its SQL, never by a name not there."""
    assert call_for(sql).source().code == f"op.sql_type({literal(sql)})"


def test_types_of_arrays_and_collations() -> None:
    """An array is one of what it holds, and a collation part of a string type."""
    assert call_for("numeric(8,3)[]").source().code == (
        "postgresql.ARRAY(sa.Numeric(precision=8, scale=3))"
    )
    assert call_for("text", None, "C").source().code == 'sa.Text(collation="C")'
    assert call_for("ltree", None, "C").source().code == "op.sql_type('ltree COLLATE \"C\"')"
