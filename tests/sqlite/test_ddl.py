"""Every kind of operation on a real file: the schema is as asked, the rows are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.engine import Connection

from flaskmig.dialects.sqlite.catalog import read_database
from flaskmig.errors import OperationError, UnsupportedOperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    RenameTable,
    RunSQL,
)
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
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
    Table,
    Type,
    Unique,
)
from tests.sqlite.support import apply, dialect, expected, is_rebuild, raw, rows, stored, table

T, P = QualifiedName("t"), QualifiedName("p")
TEXT, INTEGER = Type(sql="TEXT"), Type(sql="INTEGER")
SCRIPT = """
CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE);
CREATE TABLE t (
    id INTEGER NOT NULL,
    a VARCHAR(20) NOT NULL ON CONFLICT IGNORE, -- about a
    b INTEGER DEFAULT 5, /* about b */
    c TEXT,
    p INTEGER CONSTRAINT to_p REFERENCES p (id) ON DELETE CASCADE,
    PRIMARY KEY (id),
    CONSTRAINT small CHECK (b < 100)
);
CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER NOT NULL REFERENCES t ON DELETE CASCADE);
CREATE INDEX by_b ON t (b DESC) WHERE b > 0;
CREATE INDEX by_lower ON t (lower(a));
CREATE TRIGGER on_t AFTER UPDATE ON t BEGIN UPDATE p SET code = code || '!' WHERE id = new.p; END;
CREATE VIEW v AS SELECT id, a, b FROM t;
INSERT INTO p (id, code) VALUES (1, 'x'), (2, 'y'), (9, 'gone');
DELETE FROM p WHERE id = 9;
INSERT INTO t VALUES (1, 'one', 1, 'c1', 1), (2, 'two', 2, NULL, 2), (5, 'five', 3, 'c3', NULL);
INSERT INTO child VALUES (1, 1), (2, 5);
"""


@pytest.fixture(autouse=True)
def filled(connection: Connection) -> None:
    raw(connection).executescript(SCRIPT)


def before(connection: Connection) -> Table:
    return table(connection, "t")


def check(connection: Connection, *operations: Operation, rebuild: bool) -> None:
    """The schema is what the operations make of it, and no row is lost."""
    wanted = expected(dialect.introspect(connection), *operations)
    old = {name: rows(connection, f"SELECT * FROM {name}") for name in ("p", "child")}
    ids = rows(connection, "SELECT id FROM t ORDER BY id")
    statements = apply(connection, *operations)
    assert is_rebuild(statements) == rebuild
    assert dialect.introspect(connection) == wanted
    assert rows(connection, "SELECT id FROM t ORDER BY id") == ids
    assert {name: rows(connection, f"SELECT * FROM {name}") for name in old} == old
    assert rows(connection, "PRAGMA foreign_key_check") == []
    assert rows(connection, "PRAGMA integrity_check") == [("ok",)]
    assert rows(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'p'") == [(9,)]
    assert {"on_t", "v"} <= set(stored(connection))
    assert rows(connection, "PRAGMA foreign_keys") == [(1,)]


NATIVE = {
    "nullable": Column(name="n", type=TEXT),
    "constant default": Column(name="n", type=INTEGER, nullable=False, default="-3"),
    "collation": Column(name="n", type=TEXT, collation="NOCASE"),
    "virtual": Column(name="n", type=INTEGER, generated=Generated(expression="b+1", stored=False)),
}
REBUILT = {
    "current timestamp": Column(name="n", type=TEXT, nullable=False, default="CURRENT_TIMESTAMP"),
    "expression": Column(name="n", type=INTEGER, default="1 + 2"),
    "stored": Column(name="n", type=INTEGER, generated=Generated(expression="b + 1")),
}


@pytest.mark.parametrize("case", [*NATIVE, *REBUILT])
def test_add_column(connection: Connection, case: str) -> None:
    """ALTER TABLE adds what it can; the rest takes a rebuild."""
    column = (NATIVE | REBUILT)[case]
    check(connection, AddColumn(table=T, column=column), rebuild=case in REBUILT)


def test_add_column_with_foreign_key(connection: Connection) -> None:
    """A new column and its foreign key are one ALTER TABLE."""
    key = ForeignKey(columns=("q",), target=P, target_columns=("id",), name="to_q")
    check(
        connection,
        AddColumn(table=T, column=Column(name="q", type=INTEGER)),
        AddConstraint(table=T, constraint=key),
        rebuild=False,
    )


def test_backfill(connection: Connection) -> None:
    """A NOT NULL column is filled from the expression."""
    column = Column(name="n", type=TEXT, nullable=False)
    check(connection, AddColumn(table=T, column=column, backfill="upper(a)"), rebuild=True)
    assert rows(connection, "SELECT n FROM t ORDER BY id") == [("ONE",), ("TWO",), ("FIVE",)]


def test_nullable_backfill(connection: Connection) -> None:
    """A nullable column is filled without a rebuild."""
    column = Column(name="n", type=TEXT)
    check_operation = AddColumn(table=T, column=column, backfill="upper(a)")
    raw(connection).execute("DROP TRIGGER on_t")
    assert not is_rebuild(apply(connection, check_operation))
    assert rows(connection, "SELECT n FROM t ORDER BY id") == [("ONE",), ("TWO",), ("FIVE",)]


def test_not_null_without_value_is_refused(connection: Connection) -> None:
    """A NOT NULL column that nothing fills is refused while there are rows, with the ways out."""
    column = Column(name="n", type=TEXT, nullable=False)
    shape = stored(connection)
    with pytest.raises(UnsupportedOperationError) as refused:
        apply(connection, AddColumn(table=T, column=column))
    for way in ("server_default", "nullable", "backfill"):
        assert way in refused.value.hint
    assert stored(connection) == shape


def test_not_null_without_value_on_an_empty_table(connection: Connection) -> None:
    """An empty table takes a NOT NULL column that nothing fills."""
    raw(connection).executescript("DELETE FROM child; DELETE FROM t")
    column = Column(name="n", type=TEXT, nullable=False)
    apply(connection, AddColumn(table=T, column=column))
    assert before(connection).column("n") == column


def test_drop_column(connection: Connection) -> None:
    """A column that nothing else names is dropped natively and its loss is a hazard."""
    operation = DropColumn(table=T, column=before(connection).column("c"))
    made = dialect.statements([operation], dialect.introspect(connection))
    assert [hazard.code for s in made for hazard in s.hazards] == ["drop-column"]
    check(connection, operation, rebuild=False)


def test_drop_column_with_inline_key(connection: Connection) -> None:
    """A foreign key in the column's own definition goes with it, but not past a trigger."""
    raw(connection).execute("DROP TRIGGER on_t")
    found = before(connection)
    operations = (
        DropConstraint(table=T, constraint=found.foreign_keys[0]),
        DropColumn(table=T, column=found.column("p")),
    )
    wanted = expected(dialect.introspect(connection), *operations)
    assert not is_rebuild(apply(connection, *operations))
    assert dialect.introspect(connection) == wanted


def test_drop_column_that_a_trigger_uses(connection: Connection) -> None:
    """A column that a trigger of any table uses is not dropped, and all stays as it was."""
    raw(connection).executescript(
        "CREATE TRIGGER other AFTER INSERT ON p BEGIN UPDATE t SET c = 'x'; END"
    )
    shape = stored(connection)
    with pytest.raises(OperationError, match="trigger"):
        apply(connection, DropColumn(table=T, column=before(connection).column("c")))
    assert stored(connection) == shape


def test_drop_column_that_a_view_uses(connection: Connection) -> None:
    """A rebuild that would break a view is rolled back."""
    found = before(connection)
    shape = stored(connection)
    with pytest.raises(OperationError, match="view"):
        apply(
            connection,
            DropConstraint(table=T, constraint=Check(expression="b < 100", name="small")),
            DropIndex(table=T, index=found.index("by_b")),
            DropColumn(table=T, column=found.column("b")),
        )
    assert stored(connection) == shape


def test_drop_column_that_a_check_uses(connection: Connection) -> None:
    """An expression that still names a dropped column is refused; SQLite might see a string."""
    found = before(connection)
    with pytest.raises(OperationError, match="still uses"):
        apply(
            connection,
            DropIndex(table=T, index=found.index("by_b")),
            DropColumn(table=T, column=found.column("b")),
        )


ALTERATIONS = {
    "type": {"type": Type(sql="BIGINT")},
    "default": {"default": "7"},
    "no default": {"default": None},
    "expression default": {"default": "1 + 1"},
    "not null": {"nullable": False},
    "collation": {"collation": "NOCASE"},
    "all": {"type": Type(sql="NUMERIC(10, 2)"), "default": None, "nullable": False},
}


@pytest.mark.parametrize("case", ALTERATIONS)
def test_alter_column(connection: Connection, case: str) -> None:
    """Each attribute of a column changes, by itself and with others."""
    column = before(connection).column("b")
    after = replace(column, **ALTERATIONS[case])  # type: ignore[arg-type]
    operation = AlterColumn(table=T, before=column, after=after)
    check(connection, operation, rebuild=True)
    check(connection, operation.reverse(), rebuild=True)
    assert "-- about a\n" in stored(connection)["t"]
    assert "NOT NULL ON CONFLICT IGNORE" in stored(connection)["t"]


def test_not_null_with_nulls_is_refused(connection: Connection) -> None:
    """NOT NULL is refused while a row has no value."""
    column = before(connection).column("c")
    after = replace(column, nullable=False)
    with pytest.raises(UnsupportedOperationError, match="without a value"):
        apply(connection, AlterColumn(table=T, before=column, after=after))
    apply(connection, AlterColumn(table=T, before=column, after=after, using="coalesce(c, 'none')"))
    assert rows(connection, "SELECT c FROM t ORDER BY id") == [("c1",), ("none",), ("c3",)]


@pytest.mark.parametrize("value", ["'00123'", "'9223372036854775808000'", "'1.50'"])
def test_lossy_conversion_is_refused(connection: Connection, value: str) -> None:
    """A type change that would change a stored value is refused; `using` says how to convert."""
    raw(connection).execute(f"UPDATE t SET c = {value} WHERE id = 1")
    raw(connection).commit()
    column = before(connection).column("c")
    operation = AlterColumn(table=T, before=column, after=replace(column, type=INTEGER))
    with pytest.raises(UnsupportedOperationError, match="would change values"):
        apply(connection, operation)
    apply(connection, replace(operation, using="CAST(c AS INTEGER)"))


@pytest.mark.parametrize("value", ["10.5", "'ten'"])
def test_integers_are_whole(connection: Connection, value: str) -> None:
    """An integer column is not made while a value of it would be no whole number."""
    numeric, bigint = Type(sql="NUMERIC(10, 2)"), Type(sql="BIGINT")
    plain = before(connection).column("b")
    column = replace(plain, type=numeric)
    drop = DropConstraint(table=T, constraint=Check(expression="b < 100", name="small"))
    apply(connection, drop, AlterColumn(table=T, before=plain, after=column))
    raw(connection).execute(f"UPDATE t SET b = {value} WHERE id = 1")
    raw(connection).commit()
    operation = AlterColumn(table=T, before=column, after=replace(column, type=bigint))
    with pytest.raises(UnsupportedOperationError, match="no whole numbers"):
        apply(connection, operation)
    apply(connection, replace(operation, using="CAST(b AS INTEGER)"))
    assert {kind for (kind,) in rows(connection, "SELECT typeof(b) FROM t")} == {"integer"}


def test_backfill_of_a_column_that_is_there(connection: Connection) -> None:
    """Only the rows without a value get one, also where the column's type changes."""
    column = before(connection).column("c")
    number = replace(column, type=INTEGER, nullable=False)
    raw(connection).execute("UPDATE t SET c = id * 10 WHERE id <> 2")
    raw(connection).commit()
    apply(connection, AlterColumn(table=T, before=column, after=number, backfill="id + 5"))
    assert rows(connection, "SELECT c FROM t ORDER BY id") == [(10,), (7,), (50,)]


def test_exact_conversion_is_made(connection: Connection) -> None:
    """A type change that every value survives is made, and its hazard named."""
    column = before(connection).column("b")
    operation = AlterColumn(table=T, before=column, after=replace(column, type=TEXT))
    made = apply(
        connection,
        DropConstraint(table=T, constraint=Check(expression="b < 100", name="small")),
        operation,
    )
    assert [hazard.code for s in made for hazard in s.hazards] == ["change-type"]
    assert rows(connection, "SELECT b FROM t ORDER BY id") == [("1",), ("2",), ("3",)]


CONSTRAINTS: dict[str, Constraint] = {
    "unique": Unique(columns=("a", "b"), name="both"),
    "unnamed": Unique(columns=("b",)),
    "check": Check(expression="b > 0", name="positive"),
    "key": ForeignKey(columns=("b",), target=P, target_columns=("id",), on_update="CASCADE"),
    "deferred": ForeignKey(
        columns=("c",), target=P, target_columns=("code",), deferrable=True, initially_deferred=True
    ),
}


@pytest.mark.parametrize("case", CONSTRAINTS)
def test_constraints(connection: Connection, case: str) -> None:
    """A constraint of any kind is added, renamed and dropped, named or not."""
    raw(connection).executescript(
        "UPDATE t SET c = NULL, b = p; DELETE FROM child; DELETE FROM t WHERE p IS NULL"
    )
    raw(connection).executescript("UPDATE p SET code = id")
    operation = AddConstraint(table=T, constraint=CONSTRAINTS[case])
    check(connection, operation, rebuild=True)
    rename = RenameConstraint(table=T, constraint=CONSTRAINTS[case], after="renamed")
    check(connection, rename, rebuild=True)
    check(connection, rename.reverse(), rebuild=True)
    check(connection, operation.reverse(), rebuild=True)


def test_foreign_key_that_rows_break(connection: Connection) -> None:
    """A foreign key that rows do not meet is refused at the end of the step."""
    key = ForeignKey(columns=("b",), target=P, target_columns=("id",))
    shape = stored(connection)
    with pytest.raises(OperationError, match="1 row of table t would point"):
        apply(connection, AddConstraint(table=T, constraint=key))
    assert stored(connection) == shape


def test_violations_that_were_there(connection: Connection) -> None:
    """Broken foreign keys of before do not stop a rebuild."""
    raw(connection).executescript(
        "PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (7, 77); PRAGMA foreign_keys = ON"
    )
    column = before(connection).column("b")
    apply(connection, AlterColumn(table=T, before=column, after=replace(column, default="6")))
    assert rows(connection, "SELECT count(*) FROM child") == [(3,)]


def test_primary_key(connection: Connection) -> None:
    """A primary key is dropped and another one made."""
    raw(connection).executescript(
        "CREATE TABLE k (a INTEGER NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)); "
        "INSERT INTO k VALUES (1, 'x'), (1, 'y')"
    )
    key = QualifiedName("k")
    operations = (
        DropConstraint(table=key, constraint=PrimaryKey(columns=("a", "b"))),
        AddConstraint(table=key, constraint=PrimaryKey(columns=("b",), name="pk_k")),
    )
    wanted = expected(dialect.introspect(connection), *operations)
    apply(connection, *operations)
    assert dialect.introspect(connection) == wanted
    assert rows(connection, "SELECT * FROM k ORDER BY b") == [(1, "x"), (1, "y")]


def test_autoincrement(connection: Connection) -> None:
    """AUTOINCREMENT comes and goes, inline or in a table constraint."""
    column = before(connection).column("id")
    operation = AlterColumn(table=T, before=column, after=replace(column, autoincrement=True))
    check(connection, operation, rebuild=True)
    check(connection, operation.reverse(), rebuild=True)


def test_autoincrement_goes_on(connection: Connection) -> None:
    """A rebuilt table gives out no number of a row that was deleted."""
    raw(connection).executescript(
        "CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, v INTEGER);"
        "INSERT INTO n VALUES (1, 1), (5, 5); DELETE FROM n WHERE id = 5"
    )
    constraint = Check(expression="v > 0", name="positive")
    made = apply(connection, AddConstraint(table=QualifiedName("n"), constraint=constraint))
    assert is_rebuild(made)
    raw(connection).execute("INSERT INTO n (v) VALUES (6)")
    assert rows(connection, "SELECT id FROM n") == [(1,), (6,)]


def test_indexes(connection: Connection) -> None:
    """Indexes are made, renamed and dropped without touching the table."""
    index = Index(
        name="new",
        parts=(IndexPart(column="c", descending=True), IndexPart(expression="a || c")),
        unique=True,
        where="c IS NOT NULL",
    )
    made = CreateIndex(table=T, index=index)
    rename = RenameIndex(table=T, before="new", after="newer")
    for operation in (made, rename, rename.reverse(), made.reverse()):
        check(connection, operation, rebuild=False)


def test_index_name_moves_to_another_table(connection: Connection) -> None:
    """A name that one table's index gives up can be another's in the same list."""
    index = before(connection).index("by_b")
    moved = Index(name="by_b", parts=(IndexPart(column="code"),))
    check(
        connection,
        CreateIndex(table=P, index=replace(moved, name="first")),
        DropIndex(table=T, index=index),
        CreateIndex(table=P, index=moved),
        rebuild=False,
    )


def test_rename_column(connection: Connection) -> None:
    """A renamed column is renamed in views, triggers, indexes and other tables' keys."""
    apply(connection, RenameColumn(table=P, before="id", after="key"))
    apply(connection, RenameColumn(table=T, before="a", after="alpha"))
    texts = stored(connection)
    assert "alpha" in texts["v"]
    assert "alpha" in texts["by_lower"]
    assert "key" in texts["on_t"]
    assert before(connection).foreign_keys[0].target_columns == ("key",)
    assert rows(connection, "SELECT alpha FROM v ORDER BY id")[0] == ("one",)


def test_many_changes_are_one_rebuild(connection: Connection) -> None:
    """All operations on one table are one rebuild, others in between or not."""
    found = before(connection)
    a, b = found.column("a"), found.column("b")
    other = table(connection, "p").column("code")
    operations: list[Operation] = [
        RenameColumn(table=T, before="a", after="alpha"),
        AlterColumn(table=T, before=b, after=replace(b, nullable=False)),
        AlterColumn(table=P, before=other, after=replace(other, type=Type(sql="VARCHAR(9)"))),
        AlterColumn(
            table=T,
            before=replace(a, name="alpha"),
            after=replace(a, name="alpha", type=Type(sql="VARCHAR(50)")),
        ),
        AddConstraint(table=T, constraint=Check(expression="alpha <> ''", name="not_empty")),
        DropColumn(table=T, column=found.column("c")),
        AddColumn(table=T, column=Column(name="a", type=INTEGER)),
    ]
    statements = apply(connection, *operations[:-1])
    assert sum("CREATE TABLE" in statement.sql for statement in statements) == 2
    after = before(connection)
    assert [column.name for column in after.columns] == ["id", "alpha", "b", "p"]
    assert Check(expression="\"alpha\" <> ''", name="not_empty") in after.constraints
    apply(connection, operations[-1])
    assert rows(connection, "SELECT id, alpha, b, p, a FROM t ORDER BY id")[0] == (
        1, "one", 1, 1, None,
    )  # fmt: skip


def test_swapped_names(connection: Connection) -> None:
    """A new column may take the old name of a renamed one; values stay with their column."""
    operations: list[Operation] = [
        RenameColumn(table=T, before="c", after="old_c"),
        AddColumn(table=T, column=Column(name="c", type=INTEGER, nullable=False), backfill="b * 2"),
    ]
    apply(connection, *operations)
    assert rows(connection, "SELECT old_c, c FROM t ORDER BY id") == [
        ("c1", 2), (None, 4), ("c3", 6),
    ]  # fmt: skip


def test_dropped_and_added_again(connection: Connection) -> None:
    """A column that is dropped and added anew does not keep its values."""
    column = before(connection).column("c")
    after = Column(name="c", type=INTEGER, generated=Generated(expression="b * 2"))
    check(
        connection,
        DropColumn(table=T, column=column),
        AddColumn(table=T, column=after),
        rebuild=True,
    )
    assert rows(connection, "SELECT c FROM t ORDER BY id") == [(2,), (4,), (6,)]


def test_rename_table(connection: Connection) -> None:
    """What refers to a renamed table follows, and a change of case alone is a rename."""
    apply(connection, RenameTable(before=P, after=QualifiedName("parents")))
    assert before(connection).foreign_keys[0].target == QualifiedName("parents")
    assert "parents" in stored(connection)["on_t"]
    apply(connection, RenameTable(before=QualifiedName("parents"), after=QualifiedName("Parents")))
    assert table(connection, "Parents").column("code").type == TEXT
    assert rows(connection, "SELECT count(*) FROM Parents") == [(2,)]


def test_rename_table_and_change_it(connection: Connection) -> None:
    """A table is renamed and changed in one list."""
    new = QualifiedName("items")
    column = before(connection).column("b")
    apply(
        connection,
        RenameTable(before=T, after=new),
        AlterColumn(table=new, before=column, after=replace(column, nullable=False)),
    )
    assert not table(connection, "items").column("b").nullable
    assert rows(connection, "SELECT count(*) FROM items") == [(3,)]
    assert "on_t" in stored(connection)


def test_drop_table_and_make_it_again(connection: Connection) -> None:
    """A table that is made again after a drop has its triggers, comments and clauses back."""
    raw(connection).executescript("DROP VIEW v; DELETE FROM child")
    shape = stored(connection)
    drop = DropTable(table=before(connection))
    statements = apply(connection, drop)
    assert [hazard.code for s in statements for hazard in s.hazards] == ["drop-table"]
    apply(connection, drop.reverse())
    again = stored(connection)
    assert {
        name: " ".join(sql.split()) for name, sql in again.items() if name in ("t", "on_t")
    } == {name: " ".join(sql.split()) for name, sql in shape.items() if name in ("t", "on_t")}


def test_options(connection: Connection) -> None:
    """STRICT and WITHOUT ROWID come and go, rows kept."""
    raw(connection).executescript(
        "CREATE TABLE o (k TEXT PRIMARY KEY NOT NULL, v INTEGER); INSERT INTO o VALUES ('a', 1)"
    )
    name = QualifiedName("o")
    both = Settings(options=(("strict", True), ("without_rowid", True)))
    operation = AlterTable(table=name, before=Settings(), after=both)
    apply(connection, operation)
    assert table(connection, "o").settings == both
    apply(connection, operation.reverse())
    assert table(connection, "o").settings == Settings()
    assert rows(connection, "SELECT * FROM o") == [("a", 1)]


def test_without_rowid_and_a_key_that_comes_last(connection: Connection) -> None:
    """A rebuild is not taken for damaged where SQLite 3.40 sees a NULL that no row has."""
    connection.exec_driver_sql(
        "CREATE TABLE late (a TEXT NOT NULL, b TEXT, id INTEGER, PRIMARY KEY (id)) WITHOUT ROWID"
    )
    connection.exec_driver_sql("INSERT INTO late VALUES ('a', NULL, 1)")
    connection.commit()
    before = table(connection, "late")
    after = replace(before, constraints=(*before.constraints, Check(expression="id > 0")))
    apply(connection, AddConstraint(table=before.name, constraint=after.constraints[-1]))
    assert rows(connection, "SELECT * FROM late") == [("a", None, 1)]
    assert table(connection, "late") == after


def test_rowids_are_kept(connection: Connection) -> None:
    """Rows of a table without an INTEGER PRIMARY KEY keep their rowid."""
    raw(connection).executescript(
        "CREATE TABLE r (rowid TEXT, k TEXT); INSERT INTO r (_rowid_, k) VALUES (7, 'a'), (3, 'b')"
    )
    column = table(connection, "r").column("k")
    apply(
        connection,
        AlterColumn(
            table=QualifiedName("r"), before=column, after=replace(column, type=Type(sql="CHAR"))
        ),
    )
    assert rows(connection, "SELECT _rowid_, k FROM r ORDER BY 1") == [(3, "b"), (7, "a")]


def test_statistics_are_made_anew(connection: Connection) -> None:
    """A table that ANALYZE knew is analyzed again."""
    raw(connection).executescript("ANALYZE")
    column = before(connection).column("b")
    apply(connection, AlterColumn(table=T, before=column, after=replace(column, default="6")))
    assert rows(connection, "SELECT count(*) > 0 FROM sqlite_stat1 WHERE tbl = 't'") == [(1,)]


def test_what_the_plan_does_not_know_is_not_lost(connection: Connection) -> None:
    """A trigger that was made after the plan stops the rebuild."""
    schema = dialect.introspect(connection)
    column = before(connection).column("b")
    operation = AlterColumn(table=T, before=column, after=replace(column, default="6"))
    statements = dialect.statements([operation], schema)
    raw(connection).executescript("CREATE TRIGGER late AFTER INSERT ON t BEGIN SELECT 1; END")
    with (
        pytest.raises(UnsupportedOperationError, match="would lose it"),
        dialect.session(connection, key="x"),
        dialect.step(connection),
    ):
        for statement in statements:
            dialect.run(connection, statement)


def test_raw_sql(connection: Connection) -> None:
    """Raw SQL runs as it stands, per cent signs and colons included."""
    apply(connection, RunSQL(sql="UPDATE t SET c = '100% :name' WHERE id = 1"))
    assert rows(connection, "SELECT c FROM t WHERE id = 1") == [("100% :name",)]


UNSUPPORTED: list[Operation] = [
    CreateEnum(enum=Enum(name=QualifiedName("e"), values=("a",))),
    CreateSequence(sequence=Sequence(name=QualifiedName("s"))),
    CreateSchema(name="s"),
    CreateTable(
        table=Table(name=QualifiedName("x", "other"), columns=(Column(name="a", type=TEXT),))
    ),
    AlterTable(table=T, before=Settings(), after=Settings(comment="words")),
    AddColumn(table=T, column=Column(name="n", type=INTEGER, identity=Identity())),
    AddConstraint(
        table=T, constraint=Exclude(elements=(ExcludeElement(column="a", operator="="),))
    ),
    AddConstraint(table=T, constraint=Unique(columns=("a",), deferrable=True)),
    CreateIndex(table=T, index=Index(name="g", parts=(IndexPart(column="a"),), method="gin")),
]


@pytest.mark.parametrize("operation", UNSUPPORTED, ids=str)
def test_what_sqlite_cannot_do(connection: Connection, operation: Operation) -> None:
    """What SQLite cannot do is refused with the reason before anything runs."""
    with pytest.raises(UnsupportedOperationError, match="SQLite"):
        dialect.statements([operation], dialect.introspect(connection))


def test_normalized_is_read_back(connection: Connection) -> None:
    """A table as SQLite would describe it is the table that it reads back."""
    model = Table(
        name=QualifiedName("n"),
        columns=(
            Column(name="id", type=Type(sql="integer"), nullable=True, comment="gone"),
            Column(name="x", type=Type(sql="varchar( 3 )"), default="(1+1)", collation="binary"),
        ),
        constraints=(PrimaryKey(columns=("ID",)), Check(expression="(my_function(x) > 0)")),
        indexes=(Index(name="i", parts=(IndexPart(expression="x COLLATE mine desc"),)),),
    )
    (found,) = dialect.normalize(connection, [model])
    assert found.column("x") == Column(name="x", type=Type(sql="VARCHAR(3)"), default="1+1")
    assert not found.column("id").nullable
    assert found.primary_key == PrimaryKey(columns=("id",))
    assert found.indexes[0].parts == (IndexPart(column="x", collation="mine", descending=True),)
    assert dialect.normalize(connection, [found, found]) == [found, found]
    assert read_database(raw(connection)).find_table(QualifiedName("n")) is None


def test_temporary_triggers_are_kept(connection: Connection) -> None:
    """A temporary trigger of this connection is there after a rebuild, and temporary."""
    raw(connection).execute("CREATE TEMP TRIGGER for_now AFTER INSERT ON t BEGIN SELECT 1; END")
    column = before(connection).column("b")
    apply(connection, AlterColumn(table=T, before=column, after=replace(column, default="6")))
    assert rows(connection, "SELECT name, tbl_name FROM sqlite_temp_master") == [("for_now", "t")]


def test_a_foreign_key_that_never_worked(connection: Connection) -> None:
    """A key that points at no unique key, made while nobody checked, stops nothing."""
    raw(connection).executescript(
        "PRAGMA foreign_keys = OFF; "
        "CREATE TABLE stray (a INTEGER REFERENCES t (b)); INSERT INTO stray VALUES (1); "
        "PRAGMA foreign_keys = ON"
    )
    column = before(connection).column("b")
    apply(connection, AlterColumn(table=T, before=column, after=replace(column, default="6")))
    assert rows(connection, "SELECT * FROM stray") == [(1,)]


def test_a_check_that_names_its_table(connection: Connection) -> None:
    """A CHECK that writes a column with its table's name survives a rebuild."""
    raw(connection).executescript(
        "CREATE TABLE q (a INTEGER, b TEXT, CHECK (q.a > 0)); INSERT INTO q VALUES (1, 'x')"
    )
    name = QualifiedName("q")
    column = table(connection, "q").column("b")
    apply(connection, AlterColumn(table=name, before=column, after=replace(column, nullable=False)))
    assert rows(connection, "SELECT * FROM q") == [(1, "x")]
    assert Check(expression="a > 0") in table(connection, "q").constraints
