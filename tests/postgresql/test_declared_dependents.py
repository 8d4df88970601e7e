"""What rests on a column that changes makes way for it and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig import engine as flaskmig_engine
from flaskmig.operations import DropView
from flaskmig.schema import PrimaryKey, QualifiedName
from tests.postgres import Server
from tests.postgresql.support import execute, rows
from tests.postgresql.test_declared_operations import dump

USERS = """
    CREATE TYPE mood AS ENUM ('sad', 'glad', 'mad');
    CREATE TABLE users (
        id integer PRIMARY KEY, name varchar(80), age integer, mood mood, note text);
    INSERT INTO users VALUES (1, 'a', 10, 'glad'), (2, 'b', 20, 'sad')
"""
# Nobody declares these; the last two read nothing that changes.
VIEWS = """
    CREATE VIEW old AS SELECT id, age FROM users WHERE age > 1;
    CREATE VIEW "Older" WITH (security_barrier = true) AS SELECT old.*, age + 1 AS more FROM old;
    CREATE MATERIALIZED VIEW ages WITH (fillfactor = 70) AS
        SELECT age, count(*) AS n FROM "Older" GROUP BY age;
    CREATE UNIQUE INDEX ages_age ON ages (age);
    CREATE INDEX ages_more ON ages ((n + 1)) WHERE age > 1;
    CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER ignored INSTEAD OF INSERT ON "Older" FOR EACH ROW EXECUTE FUNCTION ignore();
    CREATE TRIGGER aged BEFORE UPDATE OF age ON users FOR EACH ROW
        WHEN (old.age <> new.age) EXECUTE FUNCTION ignore();
    COMMENT ON TRIGGER ignored ON "Older" IS 'does nothing';
    COMMENT ON VIEW "Older" IS 'a % comment';
    COMMENT ON COLUMN "Older".more IS 'one more';
    ALTER TABLE users DISABLE TRIGGER aged;
    GRANT SELECT, INSERT ON "Older" TO PUBLIC;
    GRANT SELECT (age) ON ages TO PUBLIC;
    CREATE VIEW moods AS SELECT mood, count(*) AS n FROM users WHERE mood <> 'mad' GROUP BY mood;
    CREATE VIEW notes AS SELECT note FROM users;
    CREATE VIEW counted AS SELECT count(*) AS n FROM users
"""


def models(**changed: sa.types.TypeEngine[Any] | None) -> sa.MetaData:
    """The table as it is, with other types for some columns, and without those that are None."""
    metadata = sa.MetaData()
    columns: dict[str, sa.types.TypeEngine[Any] | None] = {
        "name": sa.String(80),
        "age": sa.Integer(),
        "mood": sa.Enum("sad", "glad", "mad", name="mood"),
        "note": sa.Text(),
        **changed,
    }
    sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, type_) for name, type_ in columns.items() if type_ is not None),
    )
    return metadata


def diff(metadata: sa.MetaData, engine: sa.Engine) -> flaskmig_engine.Diff:
    return flaskmig_engine.diff(metadata, engine, managed=["users"])


def apply(found: flaskmig_engine.Diff, engine: sa.Engine) -> None:
    with engine.connect() as connection:
        flaskmig_engine.apply(found, connection)
        connection.commit()


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        ({"age": sa.BigInteger()}, {"old", "Older", "ages"}),
        ({"mood": sa.Enum("glad", "sad", "mad", name="mood")}, {"moods"}),
        ({"note": sa.String(200)}, {"notes"}),
        ({"name": sa.String(90)}, set()),
    ],
    ids=["type", "enum", "narrowed", "not read"],
)
def test_undeclared_views_do_not_stop_an_upgrade(
    postgresql_server: Server,
    postgresql_engine: sa.Engine,
    changed: dict[str, sa.types.TypeEngine[Any]],
    moved: set[str],
) -> None:
    """Only those on what changes move; there and back the dump is the same, rows included."""
    engine = postgresql_engine
    execute(engine, USERS, VIEWS)
    here = dump(postgresql_server, engine)
    assert not diff(models(), engine)
    found = diff(models(**changed), engine)
    dropped = {op.view.name.name for op in found if isinstance(op, DropView)}
    assert dropped == moved
    apply(found, engine)
    assert not diff(models(**changed), engine)
    assert rows(engine, 'SELECT age, more FROM "Older" ORDER BY 1') == [(10, 11), (20, 21)]
    assert rows(engine, "SELECT age, n FROM ages ORDER BY 1") == [(10, 1), (20, 1)]
    apply(found.reverse(), engine)
    assert dump(postgresql_server, engine) == here


def test_a_view_on_what_goes_for_good_is_named(postgresql_engine: sa.Engine) -> None:
    """It cannot be made again, and nobody but its owner can say what becomes of it."""
    execute(postgresql_engine, USERS, VIEWS)
    found = diff(models(note=None), postgresql_engine)
    assert any("view notes reads users.note" in note for note in found.notes)


def test_a_declared_view_follows_the_models(
    postgresql_server: Server, postgresql_engine: sa.Engine
) -> None:
    """The view is dropped with its readers and made as it is declared now, then back again."""
    engine = postgresql_engine
    before, after = models(), models(age=sa.BigInteger(), note=None)
    flaskmig.View("people", "SELECT id, age, note FROM users", before)
    flaskmig.View("people", "SELECT id, age FROM users", after)
    execute(engine, USERS)
    apply(diff(before, engine), engine)
    execute(
        engine, "CREATE VIEW aged AS SELECT age FROM people", "GRANT SELECT ON people TO PUBLIC"
    )
    here = dump(postgresql_server, engine)
    managed = ["users", "view:people"]
    found = flaskmig_engine.diff(after, engine, managed=managed)
    assert found.notes == ()
    apply(found, engine)
    assert not flaskmig_engine.diff(after, engine, managed=managed)
    granted = "SELECT has_table_privilege('public', 'people', 'SELECT')"
    assert rows(engine, granted) == [(True,)]
    assert rows(engine, "SELECT pg_typeof(age)::text FROM aged LIMIT 1") == [("bigint",)]
    apply(found.reverse(), engine)
    lines = [line for line in dump(postgresql_server, engine) if line != "    note text"]
    assert lines == [line for line in here if line != "    note text"]


def test_a_view_that_groups_by_a_key_makes_way_for_it(
    postgresql_server: Server, postgresql_engine: sa.Engine
) -> None:
    """GROUP BY id stands for all columns where id is the primary key, and holds on to that."""
    execute(
        postgresql_engine,
        USERS,
        "CREATE VIEW grouped AS SELECT id, name, count(*) AS n FROM users GROUP BY id",
    )
    here = dump(postgresql_server, postgresql_engine)

    there = flaskmig_engine.introspect(postgresql_engine)
    users = there.table(QualifiedName("users"))
    keys = (PrimaryKey(name="users_pkey", columns=("id",), include=("name",)),)
    wanted = there.with_replaced(users, replace(users, constraints=keys))
    found = flaskmig_engine.diff(wanted, postgresql_engine)
    assert [type(operation).__name__ for operation in found] == [
        "DropView", "DropConstraint", "AddConstraint", "CreateView",
    ]  # fmt: skip
    apply(found, postgresql_engine)
    apply(found.reverse(), postgresql_engine)
    assert dump(postgresql_server, postgresql_engine) == here


def test_a_view_of_an_extension_stands_in_nobodys_way(postgresql_engine: sa.Engine) -> None:
    """Neither it nor the extension's functions are dropped, whatever the models declare."""
    execute(
        postgresql_engine,
        USERS,
        "CREATE EXTENSION pg_stat_statements",
        "CREATE EXTENSION citext",
        "ALTER TABLE users ALTER COLUMN note TYPE citext",
        "CREATE VIEW notes AS SELECT note || 'x' AS n FROM users",
    )
    found = diff(models(note=sa.Text()), postgresql_engine)
    assert QualifiedName("notes") in {op.view.name for op in found if isinstance(op, DropView)}
    assert not any("pg_stat" in str(operation) for operation in found)
    apply(found, postgresql_engine)
    assert not diff(models(note=sa.Text()), postgresql_engine)


def test_partitions_and_what_is_on_them_never_appear(postgresql_engine: sa.Engine) -> None:
    """A view on a partition makes way where the whole table's column changes."""
    execute(
        postgresql_engine,
        """
        CREATE TABLE days (day integer NOT NULL, n integer) PARTITION BY RANGE (day);
        CREATE TABLE first_days PARTITION OF days FOR VALUES FROM (1) TO (9);
        INSERT INTO days VALUES (1, 2);
        CREATE INDEX on_partition ON first_days (n);
        CREATE VIEW first AS SELECT n FROM first_days;
        """,
    )

    def wanted(type_: sa.types.TypeEngine[Any]) -> sa.MetaData:
        metadata = sa.MetaData()
        sa.Table(
            "days",
            metadata,
            sa.Column("day", sa.Integer, nullable=False),
            sa.Column("n", type_),
            postgresql_partition_by="RANGE (day)",
        )
        return metadata

    assert not flaskmig_engine.diff(wanted(sa.Integer()), postgresql_engine)
    found = flaskmig_engine.diff(wanted(sa.BigInteger()), postgresql_engine, managed=["days"])
    apply(found, postgresql_engine)
    assert rows(postgresql_engine, "SELECT n, pg_typeof(n)::text FROM first") == [(2, "bigint")]
    assert not flaskmig_engine.diff(wanted(sa.BigInteger()), postgresql_engine, managed=["days"])
