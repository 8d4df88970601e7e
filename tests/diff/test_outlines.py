"""Tables that are the same are left out of the full reading, and nothing that rests on them is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import quoted_name

from flaskmig.declare import Trigger, View
from flaskmig.engine.detecting import reading, settled
from flaskmig.engine.detecting.differences import Diff, Renaming, diff, difference
from flaskmig.engine.detecting.scope import Scope
from flaskmig.engine.detecting.sides import read_sides
from flaskmig.engine.detecting.unchanged import Unchanged
from flaskmig.operations import Operation
from flaskmig.schema import QualifiedName, Schema
from tests.conftest import MakeDatabase

BOTH = ("sqlite", "postgresql")
POSTGRESQL = ("postgresql",)


def models(count: int) -> sa.MetaData:
    """Tables that are made of the same few parts, each tied to the one before it."""
    metadata = sa.MetaData(naming_convention={"ix": "ix_%(column_0_label)s"})
    for n in range(count):
        sa.Table(
            f"t{n:03}",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("before", sa.ForeignKey(f"t{max(n - 1, 0):03}.id"), index=True),
            sa.Column("name", sa.String(20), server_default="none"),
            sa.Column("amount", sa.Numeric(10, 2), server_default=sa.text("0")),
            sa.Column("state", sa.Enum("new", "old", name="state")),
            sa.CheckConstraint("amount >= 0 AND name IN ('a', 'b')", name=f"ck{n}"),
        )
    return metadata


def both_ways(metadata: sa.MetaData, connection: sa.Connection, scope: Scope) -> tuple[Diff, Diff]:
    """The difference with outlines, and the one that is found without."""
    read = partial(read_sides, metadata, connection, scope)
    return (
        difference(read, Renaming(), uses_outlines=True),
        difference(read, Renaming(), uses_outlines=False),
    )


@dataclass
class Watched:
    """What is asked of a database and of the comparison while a difference is looked for."""

    queries: int = 0
    judged: list[Schema] = field(default_factory=list)
    unchanged: int = 0


def watched(
    metadata: sa.MetaData, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> tuple[Diff, Watched]:
    seen = Watched()
    judge = settled.differences_spelled_alike

    def judging(
        dialect: object, connection: object, current: Schema, desired: Schema
    ) -> list[Operation]:
        seen.judged.append(current)
        return judge(dialect, connection, current, desired)  # type: ignore[arg-type]

    def count(*_: object) -> None:
        seen.queries += 1

    with engine.connect() as connection, monkeypatch.context() as patch:
        patch.setattr(reading, "differences_spelled_alike", judging)
        sa.event.listen(connection, "before_cursor_execute", count)
        found = diff(metadata, connection)
    seen.unchanged = len(found.sides.unchanged.tables)
    return found, seen


@pytest.mark.parametrize("database", BOTH)
def test_each_part_is_judged_once(
    database: str, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many tables are made of the same parts, as many queries and judgements do."""
    asked = []
    for count in (10, 120):
        engine = make_database(database)
        models(count).create_all(engine)
        found, seen = watched(models(count), engine, monkeypatch)
        assert not found.operations
        assert seen.unchanged == count
        assert sum(len(table.columns) for each in seen.judged for table in each.tables) <= 6
        assert sum(len(table.constraints) for each in seen.judged for table in each.tables) <= 1
        asked.append(seen.queries)
    assert asked[0] == asked[1]


@pytest.mark.parametrize("database", BOTH)
def test_both_sides_are_whole(database: str, make_database: MakeDatabase) -> None:
    """A difference has all tables on both sides, with the source of each type on the models'."""
    engine = make_database(database)
    models(5).create_all(engine)
    wanted = models(5)
    wanted.tables["t002"].append_column(sa.Column("more", sa.Integer))
    with engine.connect() as connection:
        short, full = both_ways(wanted, connection, Scope())
    assert len(short.sides.unchanged.tables) >= 3
    assert short.current == full.current
    assert [t.name for t in short.desired.tables] == [t.name for t in full.desired.tables]
    assert short.sides.current_tables == {table.name for table in full.current.tables}
    code = {str(table.column("name").type.source) for table in short.desired.tables}
    assert code == {str(full.desired.tables[0].column("name").type.source)}
    assert short.reverse().reverse() == short


def view(metadata: sa.MetaData) -> None:
    View("v", "SELECT id, name FROM t001 WHERE amount > 0", metadata=metadata)


def trigger(metadata: sa.MetaData) -> None:
    Trigger(
        "CREATE TRIGGER tr AFTER INSERT ON t001 BEGIN UPDATE t002 SET name = 'a'; END",
        metadata=metadata,
    )


def void(metadata: sa.MetaData) -> None:
    """Nothing."""


def enum_grows(metadata: sa.MetaData) -> None:
    for table in metadata.tables.values():
        table.c.state.type = sa.Enum("new", "old", "older", name="state")


def enum_shrinks(metadata: sa.MetaData) -> None:
    for table in metadata.tables.values():
        table.c.state.type = sa.Enum("old", name="state")


def key_made_anew(metadata: sa.MetaData) -> None:
    metadata.tables["t001"].primary_key.dialect_kwargs["sqlite_on_conflict"] = "IGNORE"


def key_changes(metadata: sa.MetaData) -> None:
    table = metadata.tables["t001"]
    table.append_constraint(sa.UniqueConstraint("name", name="of_name"))


def type_changes(metadata: sa.MetaData) -> None:
    metadata.tables["t001"].c.id.type = sa.BigInteger()


def index_renamed(metadata: sa.MetaData) -> None:
    (index,) = metadata.tables["t001"].indexes
    index.name = quoted_name("another", None)


def table_goes(metadata: sa.MetaData) -> None:
    metadata.remove(metadata.tables["t004"])


UNDECLARED_TRIGGER = "CREATE TRIGGER tr AFTER INSERT ON t001 BEGIN DELETE FROM [t002]; END"
UNDECLARED_VIEW = "CREATE VIEW v AS SELECT id, name FROM t001"


@pytest.mark.parametrize(
    ("database", "declared", "changes", "made"),
    [
        *((each, view, void, "") for each in BOTH),
        *((each, view, type_changes, "") for each in BOTH),
        ("sqlite", trigger, void, ""),
        ("sqlite", trigger, key_changes, UNDECLARED_TRIGGER),
        ("sqlite", void, void, UNDECLARED_TRIGGER),
        *((each, void, type_changes, UNDECLARED_VIEW) for each in BOTH),
        *((each, view, void, UNDECLARED_VIEW) for each in BOTH),
        *((each, void, enum_grows, "") for each in BOTH),
        *((each, view, enum_grows, "") for each in BOTH),
        *((each, view, enum_shrinks, "") for each in POSTGRESQL),
        ("sqlite", void, key_made_anew, ""),
        *((each, void, key_changes, "") for each in BOTH),
        *((each, void, type_changes, "") for each in BOTH),
        *((each, void, index_renamed, "") for each in BOTH),
        *((each, void, table_goes, "") for each in BOTH),
        *((each, void, void, "CREATE TABLE stranger (state INTEGER)") for each in BOTH),
        ("postgresql", void, void, "CREATE TYPE unused AS ENUM ('a'); CREATE SEQUENCE counts"),
    ],
)
def test_what_rests_on_unchanged_tables(
    database: str,
    declared: Callable[[sa.MetaData], None],
    changes: Callable[[sa.MetaData], None],
    made: str,
    make_database: MakeDatabase,
) -> None:
    """Views, triggers, enums and keys differ as they do where all tables are read in full."""
    engine = make_database(database)
    with engine.begin() as connection:
        models(5).create_all(connection)
        if made:
            connection.exec_driver_sql(made)
    wanted = models(5)
    declared(wanted)
    changes(wanted)
    for managed in (None, ("t001", "t002", "view:v", "enum:state")):
        with engine.connect() as connection:
            short, full = both_ways(wanted, connection, Scope(managed=managed))
        assert short.operations == full.operations
        assert short.notes == full.notes
        assert short.unmanaged == full.unmanaged
        assert short.current.enums == full.current.enums
        assert short.desired.enums == full.desired.enums


def test_a_named_table_is_read_in_full(make_database: MakeDatabase) -> None:
    """Of tables that a trigger names, also in SQLite's other quotes, the stored text is read."""
    engine = make_database("sqlite")
    with engine.begin() as connection:
        models(5).create_all(connection)
        connection.exec_driver_sql(UNDECLARED_TRIGGER)
        short, _ = both_ways(models(5), connection, Scope())
    assert short.operations == ()
    left_out = set(map(str, short.sides.unchanged.tables))
    assert left_out == {"t000", "t003", "t004"}
    assert all(short.current.table(QualifiedName(name)).sql for name in ("t001", "t002"))


def test_an_enum_in_use_stays(postgresql_engine: sa.Engine) -> None:
    """An enum whose values no models know stays where unchanged tables have a column of it."""
    models(3).create_all(postgresql_engine)
    wanted = models(3)
    for table in wanted.tables.values():
        table.c.state.type = postgresql.ENUM(name="state", create_type=False)
    for managed in (None, ("t000", "t001", "t002", "enum:state")):
        with postgresql_engine.connect() as connection:
            short, full = both_ways(wanted, connection, Scope(managed=managed))
        assert len(short.sides.unchanged.tables) == 3
        assert short.operations == full.operations == ()


def test_none_is_unchanged_unless_found(sqlite_engine: sa.Engine) -> None:
    """Where somebody is asked what counts, or what is left out, every table is read in full."""
    models(3).create_all(sqlite_engine)
    hooks = (
        Scope(include_object=lambda *_: True),
        Scope(include_name=lambda *_: True),
        Scope(compare_type=False),
        Scope(compare_server_default=lambda *_: None),
    )
    with sqlite_engine.connect() as connection:
        for scope in hooks:
            short, _ = both_ways(models(3), connection, scope)
            assert short.sides.unchanged == Unchanged()
        assert both_ways(models(3), connection, Scope())[0].sides.unchanged.tables
