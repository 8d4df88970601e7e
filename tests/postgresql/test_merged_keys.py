"""Keys of one table that PostgreSQL makes one of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from flaskmig import engine
from flaskmig.schema import Schema
from tests.capabilities import UNIQUE_INCLUDE


def key(*columns: str, **options: object) -> Callable[[], sa.UniqueConstraint]:
    return lambda: sa.UniqueConstraint(*columns, **options)  # type: ignore[arg-type]


def primary(*columns: str, **options: object) -> Callable[[], sa.PrimaryKeyConstraint]:
    return lambda: sa.PrimaryKeyConstraint(*columns, **options)  # type: ignore[arg-type]


def exclude(**options: str) -> Callable[[], sa.Constraint]:
    return lambda: postgresql.ExcludeConstraint(("a", "="), using="btree", **options)


CASES: dict[str, tuple[list[Callable[[], sa.Constraint]], set[str]]] = {
    "primary key and named unique": ([primary("a"), key("a", name="u")], {"u"}),
    "named primary key": ([key("a", name="u"), primary("a", name="p")], {"p"}),
    "primary key and unnamed unique": ([key("a"), primary("a")], {"t_pkey"}),
    "three uniques": ([key("b"), key("b", name="v"), key("b", name="w")], {"v"}),
    "other order of columns": ([primary("a", "b"), key("b", "a", name="u")], {"t_pkey", "u"}),
    "deferrable": ([primary("a"), key("a", name="u", deferrable=True)], {"t_pkey", "u"}),
    "exclude": ([exclude(), exclude(name="x"), key("a", name="u")], {"x", "u"}),
    "checks are not merged": (
        [lambda: sa.CheckConstraint("a > 0"), lambda: sa.CheckConstraint("a > 0")],
        {"t_a_check", "t_a_check1"},
    ),
}

if UNIQUE_INCLUDE:
    CASES["include"] = (
        [key("a", postgresql_include=["b"]), key("a", name="u"), key("a")],
        {"t_a_b_key", "u"},
    )


@pytest.mark.parametrize("case", CASES)
def test_what_create_all_merges_is_no_difference(case: str, postgresql_engine: sa.Engine) -> None:
    """The models must be read as the server makes them, by create_all and by our own SQL."""
    parts, names = CASES[case]
    metadata = sa.MetaData()
    columns = (sa.Column("a", sa.Integer), sa.Column("b", sa.Integer))
    sa.Table("t", metadata, *columns, *(part() for part in parts))
    for _ in range(2):
        found = engine.introspect(postgresql_engine)
        if not found.tables:
            metadata.create_all(postgresql_engine)
            found = engine.introspect(postgresql_engine)
        assert {constraint.name for constraint in found.tables[0].constraints} == names
        with postgresql_engine.connect() as connection:
            assert str(engine.diff(metadata, connection)) == ""
            metadata.drop_all(connection)
            connection.commit()
            engine.apply(engine.diff(metadata, connection), connection)
            connection.commit()


def test_unique_on_the_key_column_is_no_difference(postgresql_engine: sa.Engine) -> None:
    """unique=True on a primary key, and beside a constraint of its own, must not come back."""
    metadata = sa.MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"})
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, unique=True),
        sa.Column("a", sa.Integer, unique=True),
        sa.UniqueConstraint("a", name="own"),
    )
    with postgresql_engine.connect() as connection:
        engine.apply(engine.diff(metadata, connection), connection)
        connection.commit()
        assert str(engine.diff(metadata, connection)) == ""
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert str(engine.diff(metadata, connection)) == ""


def test_a_key_that_was_added_beside_the_other_is_dropped(postgresql_engine: sa.Engine) -> None:
    """A second key that ALTER TABLE made is a difference that goes away when it is applied."""
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True, unique=True))
    metadata.create_all(postgresql_engine)
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE t ADD UNIQUE (id)")
        engine.apply(engine.diff(metadata, connection), connection)
        connection.commit()
        assert str(engine.diff(metadata, connection)) == ""
        found: Schema = engine.introspect(connection)
    assert [constraint.name for constraint in found.tables[0].constraints] == ["t_pkey"]
