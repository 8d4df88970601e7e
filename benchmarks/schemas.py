"""Generated models of any size and several shapes, alike from run to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

Generator = Callable[[int, int], sa.MetaData]


def flat(tables: int, changed: int = 0) -> sa.MetaData:
    """Twelve columns, a foreign key, a unique, a check and two indexes a table."""
    metadata = sa.MetaData()
    for number in range(tables):
        # Every tenth table starts a new chain, so that the keys form many short trees.
        parent = number - 1 if number % 10 else number
        _table(metadata, number, parent, *_changes(number, changed))
    return metadata


def deep(tables: int, changed: int = 0) -> sa.MetaData:
    """Each table refers to the one before it: one chain through all of them."""
    metadata = sa.MetaData()
    for number in range(tables):
        _table(metadata, number, max(number - 1, 0), *_changes(number, changed))
    return metadata


def wide(tables: int, changed: int = 0) -> sa.MetaData:
    """Three hundred columns a table."""
    metadata = sa.MetaData()
    types = (sa.Integer(), sa.String(40), sa.Numeric(10, 2), sa.DateTime(), sa.Boolean(), sa.Text())
    for number in range(tables):
        columns = (sa.Column(f"value_{n:03}", types[n % len(types)]) for n in range(299))
        _bare(metadata, number, *columns, *_changes(number, changed))
    return metadata


def indexed(tables: int, changed: int = 0) -> sa.MetaData:
    """Ten columns and twenty indexes a table."""
    metadata = sa.MetaData()
    for number in range(tables):
        names = [f"value_{n}" for n in range(10)]
        pairs = [(names[n % 10], names[(n * 3 + 1) % 10]) for n in range(20)]
        indexes = (
            sa.Index(f"ix_{number:05}_{n:02}", *dict.fromkeys(pair)) for n, pair in enumerate(pairs)
        )
        columns = (sa.Column(name, sa.Integer) for name in names)
        _bare(metadata, number, *columns, *indexes, *_changes(number, changed))
    return metadata


def expressions(tables: int, changed: int = 0) -> sa.MetaData:
    """Defaults, checks and indexes that no two tables have in common."""
    metadata = sa.MetaData()
    for number in range(tables):
        name, size = f"name_{number % 97}", number % 89
        _bare(
            metadata,
            number,
            sa.Column(name, sa.String(50 + size), server_default=f"it is {number}"),
            sa.Column("amount", sa.Numeric(12, 2), server_default=sa.text(str(number))),
            sa.Column("doubled", sa.Integer, sa.Computed(f"id * {number + 2}", persisted=True)),
            sa.CheckConstraint(f"amount >= {number}", name=f"ck_{number:05}_amount"),
            sa.CheckConstraint(
                f"{name} in ('a{number}', 'b{number}')", name=f"ck_{number:05}_name"
            ),
            sa.Index(f"ix_{number:05}_lower", sa.text(f"lower({name})")),
            sa.Index(
                f"ix_{number:05}_some",
                "amount",
                postgresql_where=sa.text(f"amount > {number}"),
                sqlite_where=sa.text(f"amount > {number}"),
            ),
            *_changes(number, changed),
        )
    return metadata


def partitioned(tables: int, changed: int = 0) -> sa.MetaData:
    """Partitioned tables (PostgreSQL)."""
    metadata = sa.MetaData()
    for number in range(tables):
        sa.Table(
            f"table_{number:05}",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("made_on", sa.Date, primary_key=True),
            sa.Column("title", sa.String(200), server_default="none"),
            *_changes(number, changed),
            postgresql_partition_by="RANGE (made_on)",
        )
    return metadata


def namespaces(tables: int, changed: int = 0) -> sa.MetaData:
    """Fifty schemas, with the tables spread over them (PostgreSQL)."""
    metadata = sa.MetaData()
    for number in range(tables):
        columns = (sa.Column("title", sa.String(200)), sa.Column("amount", sa.Numeric(12, 2)))
        _bare(
            metadata, number, *columns, *_changes(number, changed), schema=f"space_{number % 50:02}"
        )
    return metadata


GENERATORS: Mapping[str, Generator] = {
    "flat": flat,
    "deep": deep,
    "wide": wide,
    "indexed": indexed,
    "expressions": expressions,
    "partitioned": partitioned,
    "namespaces": namespaces,
}
POSTGRESQL_ONLY = frozenset({"partitioned", "namespaces"})


def _changes(number: int, changed: int) -> tuple[SchemaItem, ...]:
    """What the first tables have in the models and not yet in the database."""
    if number >= changed:
        return ()
    return (
        sa.Column("new_title", sa.String(100), server_default="new"),
        sa.CheckConstraint("new_title <> ''", name=f"ck_{number:05}_new"),
    )


def _bare(
    metadata: sa.MetaData, number: int, *items: SchemaItem, schema: str | None = None
) -> None:
    key = sa.Column("id", sa.Integer, primary_key=True)
    sa.Table(f"table_{number:05}", metadata, key, *items, schema=schema)


def _table(metadata: sa.MetaData, number: int, parent: int, *more: SchemaItem) -> None:
    name = f"table_{number:05}"
    sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "parent_id", sa.ForeignKey(f"table_{parent:05}.id", ondelete="CASCADE"), index=True
        ),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False, server_default=sa.text("'none'")),
        sa.Column("body", sa.Text),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False, server_default=sa.text("0")),
        sa.Column("weight", sa.Float),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("position", sa.SmallInteger),
        sa.Column("made_on", sa.Date),
        sa.Column("made_at", sa.DateTime, server_default=sa.func.current_timestamp()),
        sa.Column("payload", sa.JSON),
        sa.UniqueConstraint("code", name=f"uq_{name}_code"),
        sa.CheckConstraint("amount >= 0", name=f"ck_{name}_amount"),
        sa.Index(f"ix_{name}_title_made_on", "title", "made_on"),
        *more,
    )
