"""A column of a large table on SQLite that becomes another one, beside a bare copy of the table.

The bare copy is the procedure of SQLite's documentation ("Making Other Kinds Of Table Schema
Changes"), which looks at the foreign keys once where there are any.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks.contest import Contender, Result, compete, measure_memory
from flaskmig import engine as flaskmig_engine
from flaskmig.operations import AlterColumn

BASELINE = "bare copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What the table has around it, and what its column ``amount`` becomes."""

    type: sa.types.TypeEngine[Any] = field(default_factory=sa.BigInteger)
    is_required: bool = False
    indexes: tuple[str, ...] = ("name",)
    has_key: bool = False
    has_children: bool = False
    journal: str = "delete"

    @property
    def has_foreign_keys(self) -> bool:
        return self.has_key or self.has_children

    def models(self, *, after: bool) -> sa.MetaData:
        """The table, and what it refers to and is referred to by."""
        metadata = sa.MetaData()
        type_ = self.type if after else sa.Integer()
        sa.Table(
            "things",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("name", sa.String(80), nullable=False),
            sa.Column("amount", type_, nullable=not (after and self.is_required)),
            sa.Column("note", sa.Text),
            sa.Column("made_at", sa.DateTime),
            *([sa.Column("owner_id", sa.ForeignKey("owners.id"))] if self.has_key else []),
            *(sa.Index(f"ix_things_{name}", name) for name in self.indexes),
        )
        if self.has_key:
            sa.Table("owners", metadata, sa.Column("id", sa.Integer, primary_key=True))
        if self.has_children:
            key = sa.Column("id", sa.Integer, primary_key=True)
            sa.Table("parts", metadata, key, sa.Column("thing_id", sa.ForeignKey("things.id")))
        return metadata

    def bare(self) -> Iterator[str]:
        """The statements of the bare copy."""
        table = self.models(after=True).tables["things"]
        columns = [column.name for column in table.columns]
        is_filled = {"amount"} if self.is_required else set()
        values = (f"coalesce({name}, 0)" if name in is_filled else name for name in columns)
        yield "PRAGMA foreign_keys = OFF"
        yield "BEGIN IMMEDIATE"
        yield str(CreateTable(table).compile()).replace("things", "copied")
        yield f"INSERT INTO copied ({', '.join(columns)}) SELECT {', '.join(values)} FROM things"
        yield "DROP TABLE things"
        yield "PRAGMA legacy_alter_table = ON"
        yield "ALTER TABLE copied RENAME TO things"
        yield from (str(CreateIndex(index).compile()) for index in table.indexes)
        if self.has_foreign_keys:
            yield "PRAGMA foreign_key_check"
        yield "COMMIT"


WHAT: Mapping[str, Variant] = {
    "type": Variant(),
    "type-without-indexes": Variant(indexes=()),
    "type-with-indexes": Variant(indexes=("name", "note", "made_at")),
    "conversion": Variant(type=sa.String(20)),
    "required": Variant(type=sa.Integer(), is_required=True),
    "foreign-key": Variant(has_key=True),
    "children": Variant(has_children=True),
    "wal": Variant(journal="wal"),
}


class Rebuild:
    """A fresh copy of the same database for each round."""

    def __init__(self, template: Path, variant: Variant) -> None:
        self._template = template
        self._variant = variant
        self._path = template.with_suffix(".round")
        self._engine = sa.create_engine(f"sqlite:///{self._path}")

    def prepare(self) -> None:
        self._engine.dispose()
        for rest in self._path.parent.glob(f"{self._path.name}*"):
            rest.unlink()
        shutil.copyfile(self._template, self._path)

    def renew(self) -> None:
        self._engine.dispose()

    def with_flaskmig(self) -> None:
        with self._engine.connect() as connection:
            found = flaskmig_engine.diff(self._variant.models(after=True), connection)
            (operation,) = found.operations
            if self._variant.is_required and isinstance(operation, AlterColumn):
                found = replace(found, operations=(replace(operation, backfill="0"),))
            flaskmig_engine.apply(found, connection)
            connection.commit()

    def with_alembic(self) -> None:
        with self._engine.begin() as connection:
            operations = Operations(MigrationContext.configure(connection))
            if self._variant.is_required:
                operations.execute("UPDATE things SET amount = 0 WHERE amount IS NULL")
            with operations.batch_alter_table("things") as batch:
                is_nullable = not self._variant.is_required
                batch.alter_column("amount", type_=self._variant.type, nullable=is_nullable)

    def bare(self) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            for statement in self._variant.bare():
                connection.execute(statement)


def run(database: str, rows: int, rounds: int, *, what: str = "type") -> Result:
    """Measure a rebuild of so many rows; SQLite only."""
    assert database == "sqlite", "PostgreSQL rebuilds no tables"
    variant = WHAT[what]
    with TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite"
        _fill(template, variant, rows)
        rebuild = Rebuild(template, variant)
        work: dict[str, Callable[[], None]] = {
            "flaskmig": rebuild.with_flaskmig,
            "alembic": rebuild.with_alembic,
            BASELINE: rebuild.bare,
        }
        contenders = [
            Contender(name=name, run=function, prepare=rebuild.prepare, renew=rebuild.renew)
            for name, function in work.items()
        ]
        memory = measure_memory(contenders)
        seconds = compete(contenders, rounds)
    return Result(
        benchmark="rebuild",
        database=database,
        what=what,
        size=rows,
        unit="rows",
        seconds=seconds,
        megabytes=memory,
    )


def _fill(path: Path, variant: Variant, rows: int) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    variant.models(after=False).create_all(engine)
    engine.dispose()
    more = ", owner_id" if variant.has_key else ""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {variant.journal}")
        if variant.has_key:
            connection.execute("INSERT INTO owners (id) VALUES (1)")
        connection.execute(
            f"{numbers} INSERT INTO things (id, name, amount, note, made_at{more}) "
            "SELECT i, 'name ' || (i * 7919 % 1000003), i * 3, 'a note on ' || i, "
            f"'2026-01-01 00:00:00'{', 1' if more else ''} FROM n",
            (rows,),
        )
        if variant.has_children:
            connection.execute("INSERT INTO parts (id, thing_id) SELECT id, id FROM things")
        connection.commit()
