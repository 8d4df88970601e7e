"""`Unit`: one string in every place that models have for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ENUM

import flaskmig
from flaskmig.engine.rendering.source_writer import escaped
from tests.hostile.payloads import NAME_BYTES, cut

# The places of a unit, on each database: what the tests count.
PLACES = {"sqlite": 12, "postgresql": 19}


def quoted(name: str) -> str:
    """A name as both databases quote one."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string as both databases write one."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Unit:
    """A payload, and the names that are made of it; ``number`` keeps them apart."""

    number: int
    payload: str

    def name(self, kind: str) -> str:
        """The payload as the name of something: a letter for what, and the number, behind it."""
        name = f"{cut(self.payload, NAME_BYTES)}{kind}{self.number}"
        # Such names are the databases' own.
        return f"x{name}" if name.lower().startswith(("pg_", "sqlite_")) else name

    @property
    def table(self) -> str:
        return self.name("t")

    @property
    def column(self) -> str:
        return self.name("c")

    @property
    def label(self) -> str:
        """The payload as the value of an enum."""
        return cut(self.payload, NAME_BYTES)


def declared(units: Sequence[Unit], database: str) -> sa.MetaData:
    """Models with each unit in a table of its own, the table before as the parent of a key."""
    metadata = sa.MetaData()
    before: sa.Table | None = None
    for unit in units:
        before = _table(metadata, unit, database, before)
        _beside(metadata, unit, database)
    return metadata


def _table(metadata: sa.MetaData, unit: Unit, database: str, before: sa.Table | None) -> sa.Table:
    text = unit.payload
    is_postgresql = database == "postgresql"
    kind: sa.Enum = (
        ENUM(unit.label, "other", name=unit.name("e"))
        if is_postgresql
        else sa.Enum(text, "other", name=unit.name("e"), create_constraint=True, native_enum=False)
    )
    comment = text if is_postgresql else None
    table: sa.Table = sa.Table(
        unit.table,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(unit.column, sa.Text, server_default=text, nullable=False, comment=comment),
        sa.Column("expression", sa.Text, server_default=sa.text(escaped(literal(text)))),
        sa.Column("kind", kind),
        sa.Column("parent", sa.Integer, unique=False),
        sa.CheckConstraint(f"expression <> {escaped(literal(text + 'x'))}", name=unit.name("k")),
        sa.UniqueConstraint(unit.column, "id", name=unit.name("u")),
        sa.Index(
            unit.name("i"),
            unit.column,
            sqlite_where=sa.text(f"expression > {escaped(literal(text))}"),
            postgresql_where=sa.text(f"expression > {escaped(literal(text))}"),
        ),
        sa.Column(
            "made",
            sa.Text,
            sa.Computed(escaped(f"expression || {literal(text)}"), persisted=is_postgresql),
        ),
        comment=comment,
    )
    if before is not None:
        table.append_constraint(
            sa.ForeignKeyConstraint([table.c.parent], [before.c.id], name=unit.name("f"))
        )
    return table


def _beside(metadata: sa.MetaData, unit: Unit, database: str) -> None:
    table, column, text = quoted(unit.table), quoted(unit.column), literal(unit.payload)
    query = f"SELECT id AS {quoted(unit.name('w'))}, {text} AS told FROM {table} "
    query += f"WHERE {column} <> {text}"
    if database == "postgresql":
        flaskmig.View(unit.name("v"), query, metadata, comment=unit.payload)
        function = quoted(unit.name("p"))
        body = f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        body += literal(f"BEGIN NEW.expression := {text}; RETURN NEW; END")
        flaskmig.Function(body, metadata, comment=unit.payload)
        flaskmig.Trigger(
            f"CREATE TRIGGER {quoted(unit.name('r'))} BEFORE UPDATE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {function}()",
            metadata,
            comment=unit.payload,
        )
        sa.Sequence(unit.name("s"), metadata=metadata)
        if unit.number % 4 == 0:
            _in_schema(metadata, unit)
        return
    flaskmig.View(unit.name("v"), query, metadata)
    flaskmig.Trigger(
        f"CREATE TRIGGER {quoted(unit.name('r'))} AFTER UPDATE OF parent ON {table} "
        f"BEGIN UPDATE {table} SET expression = {text} WHERE id = NEW.id; END",
        metadata,
    )


def _in_schema(metadata: sa.MetaData, unit: Unit) -> None:
    """A table of the same names in a schema that is named by the payload too."""
    schema = unit.name("n")
    parent = sa.Table(
        unit.table, metadata, sa.Column(unit.column, sa.Integer, primary_key=True), schema=schema
    )
    sa.Table(
        unit.name("o"),
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", ENUM(unit.label, "x", name=unit.name("m"), schema=schema)),
        sa.Column(unit.column, sa.Integer),
        sa.ForeignKeyConstraint([unit.column], [parent.c[unit.column]], name=unit.name("f")),
        schema=schema,
    )


def names(units: Sequence[Unit], database: str) -> Iterator[tuple[str, str]]:
    """What the catalogue must have by exactly these names: its kind, and the name."""
    kinds = {"t": "table", "i": "index", "v": "view", "r": "trigger"}
    if database == "postgresql":
        kinds |= {"s": "sequence", "p": "function", "e": "enum", "k": "constraint"}
        kinds |= {"u": "constraint"}
    for unit in units:
        for letter, kind in kinds.items():
            yield kind, unit.name(letter)
        yield "column", unit.column
        if database == "postgresql" and unit.number % 4 == 0:
            yield "schema", unit.name("n")
            yield "table", unit.name("o")
            yield "enum", unit.name("m")
