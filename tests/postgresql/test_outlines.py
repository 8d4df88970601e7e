"""An outline says what the catalogue says, and there is none where that says more."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.engine import diff
from flaskmig.operations import AlterColumn
from flaskmig.schema import QualifiedName
from tests.hostile.payloads import FIXED
from tests.outlined import outlined, require_the_rest
from tests.postgresql.support import apply, execute

AROUND = (
    "CREATE SCHEMA app",
    "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    """CREATE TYPE app."Mood 2" AS ENUM ('x')""",
    "CREATE SEQUENCE free",
    "CREATE TABLE parent (id serial PRIMARY KEY, a int, code text UNIQUE, UNIQUE (id, code))",
    "CREATE TABLE app.parent (id bigserial PRIMARY KEY)",
    "CREATE TABLE parts (id int, a int, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
    "CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (9)",
    "CREATE OPERATOR CLASS own FOR TYPE text USING btree AS FUNCTION 1 bttextcmp(text, text)",
)
# What follows CREATE TABLE and a name; each of these tables has an outline.
PLAIN = {
    "columns": """(id smallserial, a varchar(20) NOT NULL DEFAULT 'a', b numeric(10, 2) DEFAULT -1,
        c timestamptz DEFAULT now(), d text[] DEFAULT '{}', e mood DEFAULT 'ok', f app."Mood 2"[],
        g text COLLATE "C" DEFAULT 'x', h char(3), i bit varying(5), j interval day to second(3),
        k name, l jsonb DEFAULT '{}', m integer DEFAULT (1 + 2), n boolean DEFAULT true)""",
    "none": "()",
    "keys": """(id int PRIMARY KEY, a int CONSTRAINT "u, k" UNIQUE, b text, c int,
        CONSTRAINT f FOREIGN KEY (id, b) REFERENCES parent (id, code) MATCH FULL ON DELETE CASCADE
            ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (a) REFERENCES app.parent ON DELETE RESTRICT,
        FOREIGN KEY (c) REFERENCES parts ON DELETE SET DEFAULT)""",
    "checks": """(a int CHECK (a > 0), b text, CONSTRAINT "ck ""1" CHECK (b <> ')' AND a < 9),
        CHECK (b ~ 'x' OR b IN ('a', 'b')))""",
    "serial that was renamed": "(id serial, a serial NOT NULL)",
    "two defaults alike": "(id bigserial, a text DEFAULT 'x', b text DEFAULT 'x')",
    "owned and not used": "(id int, a int DEFAULT 5)",
    "large": f"({', '.join(f'c{n} int DEFAULT {n % 3}' for n in range(300))})",
    "altered": "(id int, gone text, a text, gone_too int, b int)",
    "commented": "(id int, a text)",
    "separator\x1f": "(id int)",
}
# Each of these has none.
ODD = {
    "identity": "(id int GENERATED ALWAYS AS IDENTITY)",
    "generated": "(id int, a int GENERATED ALWAYS AS (id + 1) STORED)",
    "of a sequence": "(id int DEFAULT nextval('free'))",
    "of an own and another": "(id int DEFAULT nextval('free'), a serial)",
    "serial of a text": "(id text)",
    "of two sequences": "(id serial)",
    "more than the next value": "(id serial)",
    "the last value": "(id serial)",
    "sequence by its number": "(id regclass DEFAULT 'free'::regclass)",
    "separator in a column": '(id int, "a\x1fb" int)',
    "separator in a check": "(id text CHECK (id <> '\x1f'))",
    "separator in a comment": "(id int)",
    "options": "(id int) WITH (fillfactor = 70)",
    "partitioned": "(id int) PARTITION BY HASH (id)",
    "deferrable": "(id int UNIQUE DEFERRABLE)",
    "include": "(id int, a int, PRIMARY KEY (id) INCLUDE (a))",
    "exclude": "(id int, EXCLUDE USING btree (id WITH =))",
    "not valid": "(id int)",
    "no inherit": "(id int CHECK (id > 0) NO INHERIT)",
    "refers to elsewhere": "(id int REFERENCES far.away)",
}
# Indexes of which there is more to say than their columns, each on a table of its own.
ODD_INDEXES = {
    "expression": "(lower(a))",
    "partial": "(a) WHERE id > 0",
    "descending": "(a DESC)",
    "nulls": "(a NULLS FIRST)",
    "collation": '(a COLLATE "C")',
    "class": "(a text_pattern_ops)",
    "own class": "(a public.own)",
    "method": "USING hash (a)",
    "covering": "(id) INCLUDE (a)",
    "filled": "(a) WITH (fillfactor = 70)",
}
PLAIN_INDEXES = {"one": "(a)", "two": "(id, a)", "turned": "(b, a)", "again": "(a, a)"}


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def make(engine: sa.Engine) -> None:
    """Make what the tables need, and the tables."""
    execute(engine, *AROUND, "CREATE SCHEMA far", "CREATE TABLE far.away (id int PRIMARY KEY)")
    for name, definition in {**PLAIN, **ODD}.items():
        execute(engine, f"CREATE TABLE {quoted(name)} {definition}")
    execute(
        engine,
        "CREATE UNLOGGED TABLE unlogged (id int)",
        'ALTER SEQUENCE "serial that was renamed_id_seq" RENAME TO other',
        'ALTER TABLE "serial that was renamed" RENAME COLUMN id TO "i d"',
        'CREATE SEQUENCE unused OWNED BY "owned and not used".a',
        'CREATE SEQUENCE of_text OWNED BY "serial of a text".id',
        """ALTER TABLE "serial of a text" ALTER id SET DEFAULT nextval('of_text')""",
        'CREATE SEQUENCE second OWNED BY "of two sequences".id',
        'ALTER TABLE "more than the next value" ALTER id SET DEFAULT '
        """nextval('"more than the next value_id_seq"') + 1""",
        'ALTER TABLE "the last value" ALTER id SET DEFAULT '
        """currval('"the last value_id_seq"')""",
        'ALTER TABLE altered DROP COLUMN gone, DROP COLUMN gone_too, ADD COLUMN "n ""w" serial',
        'ALTER TABLE altered ADD UNIQUE (b, a), ADD CHECK (b > id), ADD FOREIGN KEY ("n ""w") '
        "REFERENCES parent (id)",
        "CREATE INDEX of_altered ON altered (b)",
        "ALTER TABLE parent DROP COLUMN a",
        "COMMENT ON TABLE commented IS 'it''s, a \"comment\"'",
        "COMMENT ON COLUMN commented.a IS E'two\\nlines'",
        "COMMENT ON COLUMN \"separator in a comment\".id IS 'x\x1fy'",
        'ALTER TABLE "not valid" ADD CHECK (id > 0) NOT VALID',
    )


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_what_has_an_outline(postgresql_engine: sa.Engine, driver: str) -> None:
    """Every table of plain parts has one that says what a full reading says, and no other has."""
    make(postgresql_engine)
    url = postgresql_engine.url.set(drivername=f"postgresql+{driver}")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = outlined(connection, ["app"])
        require_the_rest(connection, ["app"])
    plain = {QualifiedName(name) for name in (*PLAIN, "parent")}
    assert found == {*plain, QualifiedName("parent", "app")}


def test_another_default_schema(postgresql_engine: sa.Engine) -> None:
    """Names are those of the connection's search path, in types, targets and defaults too."""
    make(postgresql_engine)
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql("SET search_path = app, public")
        found = outlined(connection, ["public", "far"])
    assert QualifiedName("parent") in found
    assert {QualifiedName(name, "public") for name in PLAIN} <= found
    assert QualifiedName("refers to elsewhere", "public") in found


def test_indexes(postgresql_engine: sa.Engine) -> None:
    """An index on columns alone is in the outline; a table with any other has none."""
    execute(postgresql_engine, *AROUND)
    for name, definition in {**PLAIN_INDEXES, **ODD_INDEXES}.items():
        execute(
            postgresql_engine,
            f'CREATE TABLE {quoted(name)} (id int, a text, b text COLLATE "C")',
            f"CREATE UNIQUE INDEX ON {quoted(name)} (id)",
            f"CREATE INDEX ON {quoted(name)} {definition}",
        )
    with postgresql_engine.connect() as connection:
        found = {name.name for name in outlined(connection)}
    assert found == {"parent", *PLAIN_INDEXES}


def test_keys_without_nulls_apart(postgresql_engine: sa.Engine) -> None:
    """NULLS NOT DISTINCT and what PostgreSQL 18 brought are no part of an outline."""
    with postgresql_engine.connect() as connection:
        version = connection.connection.driver_connection.info.server_version  # type: ignore[union-attr]
    expected = {"plain"}
    execute(postgresql_engine, "CREATE TABLE plain (id int UNIQUE)")
    if version >= 150000:
        execute(
            postgresql_engine,
            "CREATE TABLE key_15 (id int UNIQUE NULLS NOT DISTINCT)",
            "CREATE TABLE index_15 (id int)",
            "CREATE UNIQUE INDEX ON index_15 (id) NULLS NOT DISTINCT",
            "CREATE TABLE set_15 (id int, a int, b int, PRIMARY KEY (a, b), "
            "FOREIGN KEY (id, a) REFERENCES set_15 ON DELETE SET NULL (id))",
        )
    if version >= 180000:
        execute(
            postgresql_engine,
            "CREATE TABLE not_enforced (id int CHECK (id > 0) NOT ENFORCED)",
            "CREATE TABLE periods (id int4range, at tsrange, UNIQUE (id, at WITHOUT OVERLAPS))",
        )
    with postgresql_engine.connect() as connection:
        assert {name.name for name in outlined(connection)} == expected


def test_hostile_strings_in_every_place(postgresql_engine: sa.Engine) -> None:
    """Names and texts that break out where they are not quoted are read as they are."""
    statements = []
    for number, payload in enumerate(FIXED):
        name = quoted(f"{payload}{number}")
        text = "'" + payload.replace("'", "''") + "'"
        statements += [
            f"CREATE TABLE {name} ({name} text DEFAULT {text}, a int, "
            f"CONSTRAINT {quoted(f'u{payload}{number}')} UNIQUE ({name}), "
            f"CHECK ({name} <> {text}), FOREIGN KEY ({name}) REFERENCES {name} ({name}))",
            f"CREATE INDEX {quoted(f'i{payload}{number}')} ON {name} ({name}, a)",
            f"COMMENT ON COLUMN {name}.{name} IS {text}",
        ]
    execute(postgresql_engine, *statements)
    with postgresql_engine.connect() as connection:
        assert len(outlined(connection)) == len(FIXED)


def test_queries_do_not_grow(postgresql_engine: sa.Engine) -> None:
    """As many queries are sent for many tables as for one."""
    sent: list[str] = []

    @sa.event.listens_for(postgresql_engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    counts = []
    for tables in (1, 30):
        for number in range(tables):
            execute(
                postgresql_engine,
                f"CREATE TABLE t{tables}_{number} (id serial PRIMARY KEY, a int DEFAULT {number})",
            )
        sent.clear()
        with postgresql_engine.connect() as connection:
            assert len(outlined(connection)) >= tables
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("default", ["nextval('t_id_seq') + 1", "currval('t_id_seq')"])
def test_more_than_a_serial(postgresql_engine: sa.Engine, default: str) -> None:
    """A default that does more with its own sequence than take the next value is no serial.

    It becomes one, on the sequence that is there, and comes back.
    """
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
    metadata.create_all(postgresql_engine)
    with postgresql_engine.connect() as connection:
        assert not diff(metadata, connection)
    execute(postgresql_engine, f"ALTER TABLE t ALTER id SET DEFAULT {default}")
    with postgresql_engine.connect() as connection:
        found = diff(metadata, connection)
    (operation,) = found
    assert isinstance(operation, AlterColumn)
    assert operation.changed == ("default", "autoincrement")
    before = apply(postgresql_engine, found.operations)
    with postgresql_engine.connect() as connection:
        assert not diff(metadata, connection)
    after = apply(postgresql_engine, found.reverse().operations, before=before)
    assert after.table(QualifiedName("t")).column("id") == operation.before
