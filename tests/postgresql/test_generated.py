"""Columns that become generated, and that cease to be."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from flaskmig import engine
from flaskmig.errors import ObjectNotFoundError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    Operation,
    RenameColumn,
)
from flaskmig.schema import (
    Check,
    Column,
    ForeignKey,
    Generated,
    Identity,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Type,
    Unique,
)
from tests.postgresql.support import DIALECT, apply, column, execute, rows, table

T = QualifiedName("t")
DOUBLE = Generated(expression="(a * 2)")


def made(c: Column) -> Table:
    """A table in which everything that can hangs on column c, and some things do not."""
    return table(
        "t",
        column("a", nullable=False),
        c,
        column("d"),
        constraints=(
            PrimaryKey(name="t_pkey", columns=("a",)),
            Unique(name="t_c", columns=("c",)),
            Unique(name="t_d", columns=("d",)),
            Check(name="t_both", expression="(c > d)"),
            Check(name="t_late", expression="(c > 1)", not_valid=True),
            ForeignKey(name="t_fk", columns=("d",), target=T, target_columns=("c",)),
        ),
        indexes=(
            Index(name="i_c", parts=(IndexPart(column="c"), IndexPart(column="a"))),
            Index(name="i_where", parts=(IndexPart(column="a"),), where="(c > 3)"),
            Index(name="i_d", parts=(IndexPart(column="d"),)),
        ),
    )


def moved_to_the_end(found: Table, name: str) -> Table:
    others = tuple(each for each in found.columns if each.name != name)
    return replace(found, columns=(*others, found.column(name)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (column("c"), column("c", generated=DOUBLE)),
        (column("c"), column("c", "bigint", nullable=False, generated=DOUBLE, comment="it's")),
        (column("c", default="7", comment="old"), column("c", generated=DOUBLE, comment="new")),
        (column("c", nullable=False, autoincrement=True), column("c", generated=DOUBLE)),
        (column("c", nullable=False, identity=Identity()), column("c", generated=DOUBLE)),
        (column("c", generated=Generated(expression="(a * 9)")), column("c", generated=DOUBLE)),
    ],
)
def test_a_column_becomes_generated(
    before: Column, after: Column, postgresql_engine: sa.Engine
) -> None:
    """It must have the computed values, and what hung on it must be there as before."""
    start = apply(postgresql_engine, [CreateTable(table=made(before))])
    insert = "(a, d) VALUES (4, NULL)" if before.generated else "VALUES (4, 9, NULL)"
    execute(postgresql_engine, f"INSERT INTO t {insert}")
    operation = AlterColumn(table=T, before=before, after=after)
    hazards = {h.code for s in DIALECT.statements([operation], start) for h in s.hazards}
    assert ("data_loss" in hazards) == (before.generated is None)
    found = apply(postgresql_engine, [operation])
    assert found.tables == (moved_to_the_end(made(after), "c"),)
    assert rows(postgresql_engine, "SELECT a, c, d FROM t") == [(4, 8, None)]

    back = operation.reverse()
    found = apply(postgresql_engine, [back])
    expected = back.after if after.nullable else replace(back.after, nullable=before.nullable)
    assert found.tables == (moved_to_the_end(made(expected), "c"),)
    factor = 36 if before.generated else 8
    assert rows(postgresql_engine, "SELECT a, c, d FROM t") == [(4, factor, None)]


def test_what_the_same_list_added_comes_back_too(postgresql_engine: sa.Engine) -> None:
    """Constraints and indexes of operations before it must outlive the column's remaking."""
    plain = table("t", column("a"), column("b"))
    apply(postgresql_engine, [CreateTable(table=plain)])
    after = column("C c", generated=DOUBLE)
    operations: list[Operation] = [
        RenameColumn(table=T, before="b", after="C c"),
        AddConstraint(table=T, constraint=Check(name="k", expression='("C c" > 0)')),
        CreateIndex(table=T, index=Index(name="i", parts=(IndexPart(column="C c"),))),
        AlterColumn(table=T, before=column("C c"), after=after),
    ]
    expected = Schema(tables=(plain,))
    for operation in operations:
        expected = operation.apply(expected)
    assert apply(postgresql_engine, operations) == expected


def test_what_hangs_on_an_unknown_column_is_not_lost() -> None:
    """Without knowing the table the column must not be made anew."""
    operation = AlterColumn(table=T, before=column("c"), after=column("c", generated=DOUBLE))
    with pytest.raises(ObjectNotFoundError, match="table t"):
        DIALECT.statements([operation], Schema())


VIRTUAL = Generated(expression="(a * 2)", stored=False)


@pytest.mark.parametrize(
    "after",
    [
        column("c"),
        column("c", "bigint", nullable=False, default="5", comment="it's"),
        column("c", nullable=False, identity=Identity(start=3)),
        column("c", generated=DOUBLE),
    ],
)
def test_a_virtual_column_becomes_real(after: Column, postgresql_engine: sa.Engine) -> None:
    """Its values must stay, though ALTER COLUMN cannot drop a virtual one's expression."""
    with postgresql_engine.connect() as connection:
        if connection.dialect.server_version_info < (18,):  # type: ignore[operator]
            pytest.skip("PostgreSQL 18 is the first with virtual columns")
    before = column("c", generated=VIRTUAL, comment="computed")
    check = Check(name="t_c", expression="(c > 0)")
    plain = table("t", column("a"), before, column("d"), constraints=(check,))
    apply(postgresql_engine, [CreateTable(table=plain)])
    execute(
        postgresql_engine,
        "INSERT INTO t VALUES (4), (5)",
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the trigger ran'; END $$",
        "CREATE TRIGGER no BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION no()",
    )
    operation = AlterColumn(table=T, before=before, after=after)
    found = apply(postgresql_engine, [operation])
    expected = replace(plain, columns=(column("a"), column("d"), after))
    assert found.tables == (expected,)
    assert rows(postgresql_engine, "SELECT c FROM t ORDER BY a") == [(8,), (10,)]
    back = apply(postgresql_engine, [operation.reverse()])
    assert back.tables == (moved_to_the_end(plain, "c"),)


def test_a_text_column_becomes_generated_after_it_was_added(postgresql_engine: sa.Engine) -> None:
    """In a list with the column's own making the column must be found."""
    plain = table("t", column("a", "text"))
    apply(postgresql_engine, [CreateTable(table=plain)])
    generated = Column(name="b", type=Type(sql="text"), generated=Generated(expression="upper(a)"))
    operations: list[Operation] = [
        AddColumn(table=T, column=column("b", "text")),
        AlterColumn(table=T, before=column("b", "text"), after=generated),
    ]
    found = apply(postgresql_engine, operations)
    assert found.tables[0].columns == (column("a", "text"), generated)


def test_a_generated_expression_that_the_server_rewrites_is_no_difference(
    postgresql_engine: sa.Engine,
) -> None:
    """The casts that the server adds to an expression must not make the column anew each time."""
    metadata = sa.MetaData()
    sa.Table(
        "t",
        metadata,
        sa.Column("a", sa.Numeric(10, 2)),
        sa.Column("c", sa.Integer, sa.Computed("a * 3", persisted=True), unique=True),
    )
    metadata.create_all(postgresql_engine)
    assert str(engine.diff(metadata, postgresql_engine)) == ""
