"""The tables that hold the forms: one for each theme, with columns of every kind to speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.expressions.form import Form

MOODS = ("sad", "so so", "it's")


def metadata_of(
    themes: dict[str, tuple[Form, ...]],
    database: str,
    *,
    changed: bool = False,
    named: bool = True,
) -> sa.MetaData:
    """Models with a table for each theme; ``named`` False leaves the checks without names."""
    metadata = sa.MetaData()
    if database == "postgresql":
        sa.Sequence("numbers", metadata=metadata)
        sa.Sequence("Other Numbers", metadata=metadata)
    for theme, forms in themes.items():
        table = sa.Table(theme, metadata, *columns(database))
        for form in forms:
            add(table, form, form.text(changed=changed), named=named)
    return metadata


def columns(database: str) -> Iterable[sa.Column[Any]]:
    yield sa.Column("id", sa.Integer, primary_key=True)
    yield sa.Column("n", sa.Integer)
    yield sa.Column("m", sa.Integer)
    yield sa.Column("f", sa.Float(53))
    yield sa.Column("d", sa.Numeric(10, 2))
    yield sa.Column("t", sa.Text)
    yield sa.Column("s", sa.String(40))
    yield sa.Column("b", sa.Boolean)
    yield sa.Column("day", sa.Date)
    yield sa.Column("moment", sa.DateTime)
    yield sa.Column("doc", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"))
    for name in ("Mixed Case", "order", "größe", "length", 'with"quote', "user", "percent%"):
        yield sa.Column(name, sa.Integer)
    if database == "postgresql":
        yield from _postgresql_columns()


def _postgresql_columns() -> Iterable[sa.Column[Any]]:
    yield sa.Column("c", sa.CHAR(4))
    yield sa.Column("atz", sa.DateTime(timezone=True))
    yield sa.Column("tod", sa.Time)
    yield sa.Column("dur", sa.Interval)
    yield sa.Column("js", postgresql.JSON)
    yield sa.Column("tags", postgresql.ARRAY(sa.Text))
    yield sa.Column("nums", postgresql.ARRAY(sa.Integer))
    yield sa.Column("bits", postgresql.BIT(8))
    yield sa.Column("raw", sa.LargeBinary)
    yield sa.Column("mood", sa.Enum(*MOODS, name="mood"))
    yield sa.Column("uid", sa.Uuid)
    yield sa.Column("span", postgresql.INT4RANGE)
    yield sa.Column("addr", postgresql.INET)


def add(table: sa.Table, form: Form, written: Any, *, named: bool = True) -> None:
    """Put the form into the table at each of its places."""
    for place, name in form.objects().items():
        # A construct belongs to one parent, so each place has one of its own.
        made = written(table.c) if callable(written) else written
        text = sa.text(made) if isinstance(made, str) and not callable(written) else made
        match place:
            case "default":
                table.append_column(sa.Column(name, form.type, server_default=text))
            case "check":
                own = sa.CheckConstraint(text, name=f"{table.name}_{name}" if named else None)
                table.append_constraint(own)
            case "where":
                index = f"{table.name}_{name}"
                sa.Index(index, table.c.n, postgresql_where=text, sqlite_where=text)
            case "index":
                # PostgreSQL wants parentheses around what is not a call.
                part = sa.text(f"({made})") if isinstance(made, str) else text
                table.append_constraint(sa.Index(f"{table.name}_{name}", part, _table=table))
            case "generated":
                computed = sa.Computed(text, persisted=True)
                table.append_column(sa.Column(name, form.type, computed))
            case "exclude":
                excluded = postgresql.ExcludeConstraint(
                    (text, "="), name=f"{table.name}_{name}", using="btree"
                )
                table.append_constraint(excluded)
            case "exclude_where":
                excluded = postgresql.ExcludeConstraint(
                    (table.c.span, "&&"), name=f"{table.name}_{name}", using="gist", where=text
                )
                table.append_constraint(excluded)
            case _:
                raise AssertionError(f"{form.name}: {place} is no place for a form")
