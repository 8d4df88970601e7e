"""Pairs of models that differ in one thing, with the databases that can tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

BOTH = ("sqlite", "postgresql")
SQLITE = ("sqlite",)
POSTGRESQL = ("postgresql",)

Fill = Callable[[sa.MetaData], None]


@dataclass(frozen=True)
class Change:
    """Models before and after; ``words`` are what some operation must say."""

    name: str
    before: Fill
    after: Fill
    words: str
    databases: tuple[str, ...] = BOTH

    def metadata(self, side: str) -> sa.MetaData:
        made = sa.MetaData()
        (self.before if side == "before" else self.after)(made)
        return made


def table(*items: Any, name: str = "t", **options: Any) -> Fill:
    """A table with a key and these items, which are made anew each time."""

    def fill(metadata: sa.MetaData) -> None:
        made = [item() if callable(item) else item.copy() for item in items]
        sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), *made, **options)

    return fill


def column(type_: Any, *arguments: Callable[[], Any], **options: Any) -> Callable[[], Any]:
    return lambda: sa.Column("c", type_, *(argument() for argument in arguments), **options)


def both(*fills: Fill) -> Fill:
    def fill(metadata: sa.MetaData) -> None:
        for each in fills:
            each(metadata)

    return fill


def columns(
    before: Any, after: Any, words: str, name: str, where: tuple[str, ...] = BOTH
) -> Change:
    """A change of one column of one table."""
    return Change(name, table(before), table(after), words, where)


N = column(sa.Integer)
S = column(sa.String(50))


def index(*parts: Any, **options: Any) -> Callable[[], Any]:
    return lambda: sa.Index("ix", *parts, **options)


def check(text: str, name: str | None = None) -> Callable[[], Any]:
    return lambda: sa.CheckConstraint(text, name=name)


def unique(*names: str, **options: Any) -> Callable[[], Any]:
    return lambda: sa.UniqueConstraint(*names, **options)


def foreign(**options: Any) -> Callable[[], Any]:
    return lambda: sa.ForeignKeyConstraint(["c"], ["p.id"], name="fk", **options)


def enum(*values: str) -> Callable[[], Any]:
    return column(sa.Enum(*values, name="mood"))


P = table(name="p")


def pointing(**options: Any) -> Fill:
    return both(P, table(N, foreign(**options)))


def sequence(**options: Any) -> Fill:
    return lambda metadata: both(table(N), lambda m: void(sa.Sequence("s", metadata=m, **options)))(
        metadata
    )


def void(_: object) -> None:
    """Nothing: the object has put itself into its MetaData."""


CHANGES = [
    columns(N, column(sa.BigInteger), "type", "integer becomes bigint"),
    columns(S, column(sa.String), "type", "string without a length"),
    columns(column(sa.String), S, "type", "string with a length"),
    columns(S, column(sa.Text), "type", "string becomes text"),
    columns(column(sa.Numeric(10, 2)), column(sa.Numeric(10)), "type", "numeric loses its scale"),
    columns(
        column(sa.Integer),
        column(postgresql.ARRAY(sa.Integer)),
        "type",
        "integer becomes an array",
        POSTGRESQL,
    ),
    columns(
        column(postgresql.TIMESTAMP(precision=3)),
        column(postgresql.TIMESTAMP(precision=6)),
        "type",
        "precision of a timestamp",
        POSTGRESQL,
    ),
    columns(
        column(postgresql.INTERVAL),
        column(postgresql.INTERVAL(fields="YEAR TO MONTH")),
        "type",
        "fields of an interval",
        POSTGRESQL,
    ),
    columns(S, column(sa.Integer), "type", "string becomes integer"),
    columns(S, column(sa.String(50, collation="C")), "collation", "collation", POSTGRESQL),
    columns(S, column(sa.String(50, collation="NOCASE")), "collation", "collation", SQLITE),
    columns(N, column(sa.Integer, nullable=False), "nullable", "not null"),
    columns(N, column(sa.Integer, server_default="1"), "default", "default added"),
    columns(
        column(sa.Integer, server_default="1"),
        column(sa.Integer, server_default="2"),
        "default",
        "default changed",
    ),
    columns(
        column(sa.String(9), server_default="it's"),
        column(sa.String(9), server_default="it"),
        "default",
        "default with a quote",
    ),
    columns(N, column(sa.Integer, comment="it's"), "comment", "comment", POSTGRESQL),
    columns(
        column(sa.Integer),
        column(sa.Integer, lambda: sa.Identity(always=True, start=7), nullable=False),
        "identity",
        "identity added",
        POSTGRESQL,
    ),
    columns(
        column(sa.Integer, lambda: sa.Identity(start=7), nullable=False),
        column(sa.Integer, lambda: sa.Identity(always=True, increment=2), nullable=False),
        "identity",
        "identity changed",
        POSTGRESQL,
    ),
    columns(
        column(sa.Integer, lambda: sa.Computed("id * 2", persisted=True)),
        column(sa.Integer, lambda: sa.Computed("id * 3", persisted=True)),
        "t.c",
        "generated expression",
    ),
    Change(
        "generated becomes plain",
        table(column(sa.Integer, lambda: sa.Computed("id * 2", persisted=True))),
        table(N),
        "t.c",
    ),
    Change("column added", table(), table(S), "add column"),
    Change("column dropped", table(S), table(), "drop column"),
    Change("table added", P, both(P, table(S)), "create table"),
    Change("table dropped", both(P, table(S)), P, "drop table"),
    Change("index added", table(S), table(S, index("c")), "create index"),
    Change("index unique", table(S, index("c")), table(S, index("c", unique=True)), "index"),
    Change(
        "index descending",
        table(S, index("c")),
        table(S, index(sa.text("c DESC"))),
        "index",
    ),
    Change(
        "index expression",
        table(S, index(sa.text("lower(c)"))),
        table(S, index(sa.text("upper(c)"))),
        "index",
    ),
    Change(
        "index where",
        table(N, index("c", sqlite_where=sa.text("c > 1"), postgresql_where=sa.text("c > 1"))),
        table(N, index("c", sqlite_where=sa.text("c > 2"), postgresql_where=sa.text("c > 2"))),
        "index",
    ),
    Change(
        "index using",
        table(N, index("c")),
        table(N, index("c", postgresql_using="hash")),
        "index",
        POSTGRESQL,
    ),
    Change(
        "index include",
        table(N, index("c")),
        table(N, index("c", postgresql_include=["id"])),
        "index",
        POSTGRESQL,
    ),
    Change(
        "index operator class",
        table(S, index("c")),
        table(S, index("c", postgresql_ops={"c": "varchar_pattern_ops"})),
        "index",
        POSTGRESQL,
    ),
    Change(
        "index storage",
        table(S, index("c")),
        table(S, index("c", postgresql_with={"fillfactor": 70})),
        "index",
        POSTGRESQL,
    ),
    Change("unique added", table(S), table(S, unique("c")), "unique"),
    Change("unique named", table(S, unique("c", name="a")), table(S, unique("c", name="b")), "b"),
    Change(
        "unique deferrable",
        table(S, unique("c", name="a")),
        table(S, unique("c", name="a", deferrable=True, initially="DEFERRED")),
        "unique",
        POSTGRESQL,
    ),
    Change(
        "unique order",
        table(S, unique("id", "c", name="a")),
        table(S, unique("c", "id", name="a")),
        "unique",
    ),
    Change("check added", table(N), table(N, check("c > 1")), "check"),
    Change("check changed", table(N, check("c > 1")), table(N, check("c > 2")), "check"),
    Change(
        "unnamed check of strings",
        table(S, check("c IN ('a', 'b')"), check("c <> 'x'")),
        table(S, check("c IN ('a', 'c')"), check("c <> 'x'")),
        "check",
    ),
    Change(
        "named check changed",
        table(S, check("c IN ('a', 'b')", "k")),
        table(S, check("c IN ('a', 'c')", "k")),
        "check",
    ),
    Change(
        "check with a cast",
        table(S, check("c::integer > 1", "k")),
        table(S, check("c::text > 'x'", "k")),
        "check",
        POSTGRESQL,
    ),
    Change("foreign key added", both(P, table(N)), pointing(), "foreign key"),
    Change("foreign key on delete", pointing(), pointing(ondelete="CASCADE"), "foreign key"),
    Change("foreign key match", pointing(), pointing(match="FULL"), "foreign key", POSTGRESQL),
    Change(
        "foreign key deferred",
        pointing(),
        pointing(deferrable=True, initially="DEFERRED"),
        "foreign key",
    ),
    Change("enum value added", table(enum("a", "b")), table(enum("a", "b", "c")), "", POSTGRESQL),
    Change("enum value removed", table(enum("a", "b")), table(enum("a")), "", POSTGRESQL),
    Change("enum column added", table(), table(enum("a")), "", BOTH),
    Change("string becomes enum", table(S), table(enum("a", "b")), "type"),
    Change("sequence added", table(N), sequence(start=5), "create sequence", POSTGRESQL),
    Change("sequence changed", sequence(), sequence(increment=5), "alter sequence", POSTGRESQL),
    Change("table comment", table(N), table(N, comment="x"), "comment", POSTGRESQL),
    Change("table unlogged", table(N), table(N, prefixes=["UNLOGGED"]), "options", POSTGRESQL),
    Change("table without rowid", table(N), table(N, sqlite_with_rowid=False), "options", SQLITE),
    Change("autoincrement", table(N), table(N, sqlite_autoincrement=True), "", SQLITE),
    Change(
        "exclusion added",
        table(column(postgresql.INT4RANGE)),
        table(
            column(postgresql.INT4RANGE),
            lambda: postgresql.ExcludeConstraint(("c", "&&"), name="ex", using="gist"),
        ),
        "exclude",
        POSTGRESQL,
    ),
]

# SQLAlchemy knows STRICT since 2.0.37.
if any("strict" in options for _, options in sqlite.dialect.construct_arguments or ()):
    CHANGES.append(
        Change("table strict", table(N), table(N, sqlite_strict=True), "options", SQLITE)
    )
