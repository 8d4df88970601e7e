"""Where the database cannot be asked, the difference says so, and nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig import engine

_LEFT = "SELECT relname FROM pg_class WHERE oid >= 16384 UNION SELECT typname FROM pg_type"


def people(*items: sa.schema.SchemaItem, kinds: str = "'a', 'b'") -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table(
        "people",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(9), server_default="a"),
        sa.Column("age", sa.Integer),
        sa.CheckConstraint(f"kind IN ({kinds})", name="known_kind"),
        sa.CheckConstraint("age BETWEEN 0 AND 200"),
        sa.Index("some_kinds", "age", postgresql_where=sa.text("kind <> 'b'")),
        *items,
    )
    sa.Table("plain", metadata, sa.Column("id", sa.Integer, primary_key=True))
    return metadata


def left(connection: sa.Connection) -> set[str]:
    return set(connection.exec_driver_sql(_LEFT).scalars())


@pytest.mark.parametrize("how", ["transaction", "session", "role"])
def test_a_connection_that_may_not_write(how: str, postgresql_engine: sa.Engine) -> None:
    """What is disputed must be called not comparable, once, with the server's own reason."""
    bind = postgresql_engine
    people().create_all(bind)
    with bind.begin() as connection:
        database = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        before = left(connection)
        if how == "session":
            connection.exec_driver_sql(
                f'ALTER DATABASE "{database}" SET default_transaction_read_only = on'
            )
        if how == "role":
            connection.exec_driver_sql(f'REVOKE TEMP ON DATABASE "{database}" FROM PUBLIC')
            connection.exec_driver_sql(f'CREATE ROLE "{database} reader"')
            connection.exec_driver_sql(f'GRANT SELECT ON people, plain TO "{database} reader"')
    bind.dispose()
    with bind.connect() as connection:
        if how == "transaction":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        if how == "role":
            connection.exec_driver_sql(f'SET ROLE "{database} reader"')
        found = engine.diff(people(), connection)
        assert left(connection) == before
        connection.rollback()

    [note] = found.notes
    reason = "permission denied" if how == "role" else "read-only transaction"
    assert note.startswith("not comparable, so compared as texts: table people: ")
    assert reason in note
    assert "plain" not in str(found)


def test_an_expression_that_the_database_refuses(postgresql_engine: sa.Engine) -> None:
    """It alone must differ and be called not comparable: the table's others are compared.

    What is only added has nothing to be compared with, so that nothing is said of it.
    """
    people().create_all(postgresql_engine)
    wanted = people(
        sa.CheckConstraint("similarity(kind, 'a') > 0.5", name="similar"),
        sa.Column("code", sa.Text, server_default=sa.text("uuid_generate_v7()")),
        sa.CheckConstraint("no_such_function(age) > 0"),
        kinds="'b', 'a'",
    )
    found = engine.diff(wanted, postgresql_engine)

    assert {str(operation) for operation in found} == {
        "drop constraint known_kind: check (((kind)::text = ANY ((ARRAY['a'::character varying, "
        "'b'::character varying])::text[]))) on people",
        "add constraint known_kind: check (kind IN ('b', 'a')) on people",
        "add constraint similar: check (similarity(kind, 'a') > 0.5) on people",
        "add constraint check (no_such_function(age) > 0) on people",
        "add column people.code",
    }
    words = "\n".join(found.notes)
    assert len(found.notes) == 2
    assert words.count("not comparable") == 2
    for what, why in (
        ("similar: check (similarity(kind, 'a') > 0.5) of people", "function similarity("),
        ("check (no_such_function(age) > 0) of people", "function no_such_function("),
    ):
        assert f"{what}: {why}" in words
    with postgresql_engine.connect() as connection:
        assert not {name for name in left(connection) if "flaskmig" in name}


def test_a_database_file_that_cannot_be_written(tmp_path: Path) -> None:
    """SQLite is asked in memory, so a file that may only be read is compared like any other."""
    path = tmp_path / "people.sqlite"
    bind = sa.create_engine(f"sqlite:///{path}")
    people().create_all(bind)
    bind.dispose()
    os.chmod(path, 0o444)
    only_read = sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    changed = people(kinds="'a', 'c'")

    same = engine.diff(people(), only_read)
    assert (str(same), same.notes) == ("", ())
    found = engine.diff(changed, only_read)
    assert [type(operation).__name__ for operation in found] == ["DropConstraint", "AddConstraint"]
    assert found.notes == ()
    only_read.dispose()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["people.sqlite"]


def test_an_expression_that_sqlite_refuses(sqlite_engine: sa.Engine) -> None:
    """It alone must differ and be called not comparable."""
    people().create_all(sqlite_engine)
    wanted = people(
        kinds="'a',",
    )
    found = engine.diff(wanted, sqlite_engine)

    assert [type(operation).__name__ for operation in found] == ["DropConstraint", "AddConstraint"]
    [note] = found.notes
    assert note.startswith("not comparable, so compared as texts: known_kind: check (kind IN (")
    assert "syntax error" in note
