"""An outline says what the stored texts say, and there is none where they say more."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Connection

from flaskmig.schema import QualifiedName
from tests.hostile.payloads import FIXED
from tests.outlined import outlined, require_the_rest
from tests.sqlite.support import raw

PARENT = "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT, UNIQUE (code), UNIQUE (id, code))"

# Each is the definition of a table "t" that has an outline.
PLAIN = {
    "keys of every kind": """(
        id INTEGER NOT NULL,
        parent_id INTEGER, code VARCHAR(20) DEFAULT 'a,b' NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT uq_t UNIQUE (code, id),
        CONSTRAINT fk_t FOREIGN KEY(parent_id) REFERENCES parent (id) ON DELETE SET NULL
            ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (id, code) REFERENCES parent (id, code) MATCH FULL ON DELETE NO ACTION,
        CONSTRAINT ck_t CHECK (code <> ')' AND (id > 0 OR (id < (-1)))),
        CHECK ((id > 1)))""",
    "keys beside the columns": """(
        id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT,
        a INT CONSTRAINT un UNIQUE CHECK (a > 0) REFERENCES parent ON DELETE CASCADE,
        b TEXT CONSTRAINT nn NOT NULL ON CONFLICT IGNORE COLLATE nocase DEFAULT (1 + (2 * 3)))""",
    "the rowid backwards": "(id INTEGER PRIMARY KEY DESC, a)",
    "a key that is no rowid": "(id INT, a TEXT, PRIMARY KEY (id))",
    "a key of two": "(id INTEGER, a INTEGER, PRIMARY KEY (id, a))",
    "keywords in lower case": """(
        id integer not null, a varchar ( 80 ) default null collate rtrim,
        constraint p primary key (id), constraint u unique(a), check(id>0),
        foreign key(a)references parent(code)on delete cascade)""",
    "names in other letters": """(
        Id INTEGER, "A b" TEXT, PRIMARY KEY (ID), UNIQUE ("a B"),
        FOREIGN KEY (iD) REFERENCES PARENT (ID))""",
    "names with punctuation": """(
        "a,b" INTEGER, "(" TEXT, "it's" INTEGER DEFAULT ',', "check" TEXT,
        UNIQUE ("a,b", "("), CHECK ("(" <> '"' OR "a,b" > 1), PRIMARY KEY ("it's"))""",
    "types in quotes": """(id "INTEGER" PRIMARY KEY, a "VARCHAR"(20), b"TEXT"NOT NULL, c)""",
    "letters of other languages": '(größe INTEGER DEFAULT \'ß\', "名" TEXT, UNIQUE (größe, "名"))',
    "a key to nothing": "(id INTEGER PRIMARY KEY, a INTEGER REFERENCES nowhere (id))",
    "a key to itself": "(id INTEGER PRIMARY KEY, a INT REFERENCES t, b INT REFERENCES T(A))",
    "a long string": f"(a TEXT DEFAULT '{'(,' * 500}')",
}
# Each is one that has none.
ODD = {
    "comment": "(id INTEGER, -- UNIQUE (id)\n a TEXT)",
    "comment in a line": "(id INTEGER /* , b TEXT */, a TEXT)",
    "names in brackets": "([id] INTEGER, a TEXT)",
    "comment marks in a name": '("i--d" INTEGER, a TEXT)',
    "names in brackets in a check": "(id INTEGER, a TEXT, CHECK ([id] > 0))",
    "names in backticks": "(`id` INTEGER, a TEXT)",
    "names as strings": "('id' INTEGER, a TEXT)",
    "names with quotation marks": '("i""d" INTEGER, a TEXT)',
    "names with line breaks": '("i\nd" INTEGER, a TEXT)',
    "generated column": "(id INTEGER, a INTEGER AS (id + 1))",
    "generated column, stored": "(id INTEGER, a INTEGER GENERATED ALWAYS AS (id + 1) STORED)",
    "without rowid": "(id INTEGER PRIMARY KEY, a TEXT) WITHOUT ROWID",
    "strict": "(id INTEGER PRIMARY KEY, a TEXT) STRICT",
    "conflict clause": "(id INTEGER, a TEXT, UNIQUE (a) ON CONFLICT IGNORE)",
    "conflict clause of a column": "(id INTEGER, a TEXT UNIQUE ON CONFLICT REPLACE)",
    "autoincrement behind": "(id INTEGER, a TEXT, PRIMARY KEY (id AUTOINCREMENT))",
    "key in descending order": "(id INTEGER, a TEXT, PRIMARY KEY (id DESC))",
    "key with a collation": "(id INTEGER, a TEXT, UNIQUE (a COLLATE NOCASE))",
    "no comma between keys": "(id INTEGER, a TEXT, UNIQUE (a) CHECK (id > 0))",
    "a name alone": "(id INTEGER, a TEXT, CHECK (id > 0) CONSTRAINT alone)",
    "a name alone in a column": "(id INTEGER CONSTRAINT alone, a TEXT)",
    "two of one name": "(id INTEGER, CONSTRAINT n CHECK (id > 0), CONSTRAINT n CHECK (id > 1))",
    "too deep": f"(id INTEGER, CHECK ({'(' * 9}id > 0{')' * 9}))",
}
ODD_INDEXES = {
    "expression": "CREATE INDEX i ON t (lower(a))",
    "partial": "CREATE INDEX i ON t (a) WHERE id > 0",
    "descending": "CREATE INDEX i ON t (a DESC)",
    "collated": "CREATE INDEX i ON t (a COLLATE NOCASE)",
    "comment": "CREATE INDEX i ON t (a /* x */)",
    "brackets": "CREATE INDEX [i] ON t (a)",
}


def has_outline(connection: Connection, *statements: str) -> bool:
    raw(connection).executescript(";".join([PARENT, *statements]))
    return QualifiedName("t") in outlined(connection)


@pytest.mark.parametrize("definition", PLAIN.values(), ids=PLAIN.keys())
def test_a_plain_table_has_an_outline(connection: Connection, definition: str) -> None:
    """Keys, checks and defaults in any place, spelled in any way, are in the outline."""
    assert has_outline(connection, f"CREATE TABLE t {definition}")


@pytest.mark.parametrize("definition", ODD.values(), ids=ODD.keys())
def test_any_other_table_has_none(connection: Connection, definition: str) -> None:
    """What an outline cannot say, or the cut of a text could miss, is left to the full reading."""
    assert not has_outline(connection, f"CREATE TABLE t {definition}")


@pytest.mark.parametrize("statement", ODD_INDEXES.values(), ids=ODD_INDEXES.keys())
def test_an_odd_index_takes_the_outline(connection: Connection, statement: str) -> None:
    """A table with an index of which there is more to say than its columns has none."""
    assert not has_outline(connection, "CREATE TABLE t (id INTEGER, a TEXT)", statement)


def test_plain_indexes_are_in_the_outline(connection: Connection) -> None:
    """Indexes on columns do not take the outline, however they are spelled."""
    assert has_outline(
        connection,
        'CREATE TABLE t (id INTEGER, "a ," TEXT, b TEXT)',
        'CREATE INDEX IF NOT EXISTS main.i ON "t"("a ,",B)',
        'create unique index "i 2" on t ( id , b )',
    )


@pytest.mark.parametrize("trigger", ["TRIGGER", "TEMP TRIGGER"])
def test_a_table_with_triggers_has_none(connection: Connection, trigger: str) -> None:
    """A trigger, a temporary one too, is read with its table."""
    assert not has_outline(
        connection,
        "CREATE TABLE t (id INTEGER)",
        f"CREATE {trigger} after_t AFTER INSERT ON t BEGIN SELECT 1; END",
    )


def test_a_table_that_was_altered(connection: Connection) -> None:
    """Added, renamed and dropped columns and another name leave texts that are read as well."""
    assert has_outline(
        connection,
        "CREATE TABLE s (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, UNIQUE (a))",
        "CREATE INDEX i ON s (b)",
        "ALTER TABLE s ADD COLUMN c VARCHAR(20) DEFAULT 'x' NOT NULL",
        "ALTER TABLE s ADD COLUMN d INTEGER REFERENCES parent(id) ON DELETE CASCADE",
        'ALTER TABLE s RENAME COLUMN a TO "a a"',
        "ALTER TABLE s RENAME COLUMN b TO e",
        "ALTER TABLE s DROP COLUMN c",
        "ALTER TABLE s RENAME TO t",
        "ALTER TABLE parent RENAME TO parents",
    )


def test_tables_of_a_virtual_one_have_none(connection: Connection) -> None:
    """What a virtual table keeps its data in is no table of the schema, and has no outline."""
    raw(connection).execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    assert outlined(connection) == set()
    require_the_rest(connection)


def test_a_view_needs_what_is_not_read(connection: Connection) -> None:
    """Tables that are left out are still known by the views and triggers that read them."""
    raw(connection).executescript(
        f"{PARENT}; CREATE TABLE t (id INTEGER); CREATE VIEW v AS SELECT p.code FROM parent AS p;"
        "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM parent; END"
    )
    assert outlined(connection) == {QualifiedName("parent")}
    require_the_rest(connection)


def test_hostile_strings_in_every_place(connection: Connection) -> None:
    """Names and texts that break out where they are not quoted are read as they are, or in full."""
    for number, payload in enumerate(FIXED):
        if "\0" in payload:
            continue
        name = '"' + f"{payload}{number}".replace('"', '""') + '"'
        text = "'" + payload.replace("'", "''") + "'"
        raw(connection).execute(
            f"CREATE TABLE {name} ({name} TEXT DEFAULT {text}, a INTEGER, CONSTRAINT {name} "
            f"UNIQUE ({name}, a), CHECK ({name} <> {text}), "
            f"FOREIGN KEY ({name}) REFERENCES {name} ({name}))"
        )
        index = '"' + f"i{payload}{number}".replace('"', '""') + '"'
        raw(connection).execute(f"CREATE INDEX {index} ON {name} ({name})")
    assert len(outlined(connection)) > len(FIXED) // 3
