"""What is read from a SQLite database is what it has."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.engine import Connection

from flaskmig.dialects.sqlite.catalog import read_database
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import CreateTable
from flaskmig.schema import (
    Check,
    ForeignKey,
    Generated,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
)
from tests.sqlite.support import apply, dialect, raw, table

EVERYTHING = """
CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE ON CONFLICT IGNORE);
CREATE TABLE [odd "name"] (
    a INTEGER NOT NULL CONSTRAINT positive CHECK (a > 0), -- CHECK (a > 1)
    "b c" varchar ( 80 ) DEFAULT 'CHECK (1)' COLLATE nocase CHECK ("b c" <> ')'),
    d decimal(10,2) DEFAULT (1 + 2) /* , e TEXT */,
    [when] TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    virtual_one INT GENERATED ALWAYS AS (a * 2),
    stored_one INT AS (a * 3) STORED,
    p integer REFERENCES PARENT ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (a, "b c"),
    CONSTRAINT both UNIQUE (D, p)
    FOREIGN KEY (d) REFERENCES parent (CODE) ON UPDATE SET NULL ON DELETE NO ACTION
    CHECK (d IS NULL OR d > 0)
) WITHOUT ROWID;
CREATE UNIQUE INDEX ix ON [odd "name"] (lower("b c") DESC, d COLLATE rtrim) WHERE d > 3;
CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE typed (k TEXT PRIMARY KEY, v ANY) STRICT;
CREATE TABLE keyed (k TEXT PRIMARY KEY);
CREATE TABLE backwards (id INTEGER PRIMARY KEY DESC);
CREATE VIEW a_view AS SELECT 1;
CREATE TRIGGER a_trigger AFTER INSERT ON parent BEGIN SELECT 1; END;
"""


@pytest.fixture
def everything(connection: Connection) -> Schema:
    raw(connection).executescript(EVERYTHING)
    return dialect.introspect(connection)


def found(schema: Schema, name: str) -> Table:
    return schema.table(QualifiedName(name))


def test_columns(everything: Schema) -> None:
    """Types are spelled alike, defaults and expressions are as written."""
    columns = {column.name: column for column in found(everything, 'odd "name"').columns}
    assert columns["b c"].type.sql == "VARCHAR(80)"
    assert columns["b c"].default == "'CHECK (1)'"
    assert columns["b c"].collation == "NOCASE"
    assert (columns["d"].type.sql, columns["d"].default) == ("DECIMAL(10, 2)", "1 + 2")
    assert columns["when"].default == "CURRENT_TIMESTAMP"
    assert columns["virtual_one"].generated == Generated(expression="a * 2", stored=False)
    assert columns["stored_one"].generated == Generated(expression="a * 3", stored=True)


def test_constraints(everything: Schema) -> None:
    """Every constraint is read, named or not, inline or not; none from comments or strings."""
    parent = QualifiedName("parent")
    assert set(found(everything, 'odd "name"').constraints) == {
        PrimaryKey(columns=("a", "b c")),
        Unique(columns=("d", "p"), name="both"),
        Check(expression="a > 0", name="positive"),
        Check(expression="\"b c\" <> ')'"),
        Check(expression="d IS NULL OR d > 0"),
        ForeignKey(
            columns=("p",),
            target=parent,
            target_columns=("id",),
            on_delete="CASCADE",
            deferrable=True,
            initially_deferred=True,
        ),
        ForeignKey(columns=("d",), target=parent, target_columns=("code",), on_update="SET NULL"),
    }
    assert (
        Unique(columns=("code",), on_conflict="IGNORE") in found(everything, "parent").constraints
    )


def test_indexes(everything: Schema) -> None:
    """Expression parts, order, collation and the condition of an index are read."""
    (index,) = found(everything, 'odd "name"').indexes
    assert index.unique
    assert index.where == "d > 3"
    assert index.parts == (
        IndexPart(expression='lower("b c")', descending=True),
        IndexPart(column="d", collation="RTRIM"),
    )


def test_options_and_keys(everything: Schema) -> None:
    """Options are read; a key that SQLite keeps from being NULL is not nullable."""
    odd, typed = found(everything, 'odd "name"'), found(everything, "typed")
    assert odd.settings.options == (("without_rowid", True),)
    assert typed.settings.options == (("strict", True),)
    assert not odd.column("b c").nullable
    assert not typed.column("k").nullable
    assert not found(everything, "parent").column("id").nullable
    assert found(everything, "keyed").column("k").nullable
    assert found(everything, "backwards").column("id").nullable
    assert found(everything, "counted").column("id").autoincrement


def test_only_tables(everything: Schema) -> None:
    """Views are no tables, and a table knows its triggers."""
    names = {str(name.name) for name in everything.tables}
    assert names == {"parent", 'odd "name"', "counted", "typed", "keyed", "backwards"}
    (trigger,) = found(everything, "parent").triggers
    assert "a_trigger" in trigger


def test_virtual_tables_are_left_out(connection: Connection) -> None:
    """A virtual table and those that it keeps its data in are no tables of the schema."""
    raw(connection).executescript("CREATE VIRTUAL TABLE docs USING fts5(body); CREATE TABLE t(a)")
    assert [str(found.name) for found in dialect.introspect(connection).tables] == ["t"]


def test_only_some(connection: Connection) -> None:
    """Only the named tables are read, in any case of their names; unknown ones are left out."""
    raw(connection).executescript("CREATE TABLE a(x); CREATE TABLE b(x); CREATE TABLE c(x)")
    only = [QualifiedName("A"), QualifiedName("nothing")]
    assert [str(t.name) for t in dialect.introspect(connection, only=only).tables] == ["a"]


def test_added_columns(connection: Connection) -> None:
    """A column that ALTER TABLE wrote into the text is read like the others."""
    raw(connection).executescript(
        "CREATE TABLE t(a, CHECK (a > 0)); ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x'"
    )
    assert [column.name for column in table(connection, "t").columns] == ["a", "b"]


def test_attached_databases_are_refused(connection: Connection) -> None:
    """A schema other than main is refused and not passed over."""
    with pytest.raises(UnsupportedOperationError):
        dialect.introspect(connection, schemas=["other"])


def test_what_is_made_is_read_back(everything: Schema, connection: Connection) -> None:
    """Every table, made from the model alone, reads as the same model."""
    from dataclasses import replace

    plain = [replace(t, sql=None, triggers=()) for t in everything.tables]
    for name in [str(t.name.name) for t in everything.tables]:
        raw(connection).execute(
            f"DROP TABLE {chr(34)}{name.replace(chr(34), chr(34) * 2)}{chr(34)}"
        )
    apply(connection, *(CreateTable(table=t) for t in plain))
    again = dialect.introspect(connection)
    # DESC takes the rowid away from an INTEGER PRIMARY KEY, and the model does not say it.
    for t in plain:
        if t.name.name != "backwards":
            assert again.table(t.name) == t


def test_a_thousand_tables() -> None:
    """A thousand tables are read with as many queries as one."""
    connection = sqlite3.connect(":memory:")
    columns = ", ".join(f"c{n} VARCHAR(80) DEFAULT 'x' NOT NULL" for n in range(10))
    for number in range(1000):
        connection.execute(
            f"CREATE TABLE t{number} (id INTEGER NOT NULL, {columns}, p INTEGER, PRIMARY KEY (id), "
            f"CONSTRAINT k{number} CHECK (c1 <> 'a'), FOREIGN KEY (p) REFERENCES t0 (id))"
        )
    queries: list[str] = []
    connection.set_trace_callback(queries.append)
    assert len(read_database(connection).tables) == 1000
    assert len([query for query in queries if not query.startswith("--")]) == 2


def test_what_is_not_there_is_asked_for_alone(connection: Connection) -> None:
    """A name that no table has is looked for without reading those that are there."""
    raw(connection).executescript("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t;")
    asked: list[str] = []
    raw(connection).set_trace_callback(asked.append)
    assert read_database(raw(connection), only=[QualifiedName("other")]) == Schema()
    assert asked == ['PRAGMA main.table_info("other")']


@pytest.mark.parametrize("name", ["t", "T", "v", "broken", "shadowed", "Ü"])
def test_one_name_is_read_as_among_all(connection: Connection, name: str) -> None:
    """A table or view that is read by itself is what it is among all others, whatever is around."""
    raw(connection).executescript(
        "CREATE TABLE t (a); CREATE TABLE gone (a); CREATE TABLE Ü (a);"
        "CREATE VIEW v AS SELECT a FROM t; CREATE VIEW broken AS SELECT a FROM gone;"
        "DROP TABLE gone; CREATE TEMP TABLE other (a); CREATE TABLE shadowed (a);"
    )
    whole = read_database(raw(connection))
    alone = read_database(raw(connection), only=[QualifiedName(name)])
    wanted = name.lower() if name.isascii() else name
    assert alone.tables == tuple(each for each in whole.tables if each.name.name == wanted)
    assert alone.views == tuple(each for each in whole.views if each.name.name == wanted)
    assert len(alone.tables) + len(alone.views) == 1


@pytest.mark.parametrize(
    "name", ["a\x00b", "a\udc80b", "", '"', "'", "a b", "main.t", "sqlite_master"]
)
def test_names_that_no_table_has(connection: Connection, name: str) -> None:
    """A name that no table has, or can have, is not there, whatever is in it."""
    raw(connection).execute("CREATE TABLE t (a)")
    assert read_database(raw(connection), only=[QualifiedName(name)]) == Schema()
