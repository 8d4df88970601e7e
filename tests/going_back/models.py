"""Models that grow and shrink at random, as tables of Flask-SQLAlchemy."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

_TYPES: tuple[Callable[[], Any], ...] = (
    lambda: sa.Integer(),
    lambda: sa.String(40),
    lambda: sa.Text(),
    lambda: sa.Boolean(),
    lambda: sa.DateTime(),
    lambda: sa.Numeric(10, 2),
)


@dataclass
class Changing:
    """The tables by name, each with its columns: the number of a type, and what it has beside.

    A column may have an "index", be "unique", have a "default", or "refer" to the first table.
    """

    source: random.Random
    tables: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    made: int = 0

    def change(self) -> None:
        """Change one thing or several, so that something differs."""
        if not self.tables:
            self.tables[self._name("table")] = {}
        for _ in range(self.source.randrange(1, 4)):
            self._change_one()
        # Whatever the others undo of each other, this stays.
        self._add_column()

    def declare(self, db: SQLAlchemy) -> None:
        """The tables as they are now."""
        first = next(iter(self.tables), "")
        for name, columns in self.tables.items():
            made = [self._column(name, first, column, kind) for column, kind in columns.items()]
            db.Table(name, sa.Column("id", sa.Integer, primary_key=True), *made)

    def _change_one(self) -> None:
        kind = self.source.randrange(4)
        if kind == 0:
            self.tables[self._name("table")] = {}
        elif kind == 1 and len(self.tables) > 2:
            del self.tables[list(self.tables)[-1]]
        elif kind == 2:
            columns = self.tables[self.source.choice(list(self.tables))]
            if columns:
                del columns[self.source.choice(list(columns))]
        else:
            self._add_column()

    def _add_column(self) -> None:
        columns = self.tables[self.source.choice(list(self.tables))]
        what = self.source.choice(["", "", "index", "unique", "default", "refer"])
        columns[self._name("column")] = (self.source.randrange(len(_TYPES)), what)

    def _name(self, what: str) -> str:
        self.made += 1
        return f"{what}_{self.made}"

    def _column(self, table: str, first: str, name: str, kind: tuple[int, str]) -> sa.Column[Any]:
        number, what = kind
        if what == "refer" and table != first:
            # Flask-Migrate adds and drops on SQLite only what has a name.
            key = sa.ForeignKey(f"{first}.id", name=f"fk_{table}_{name}", ondelete="CASCADE")
            return sa.Column(name, sa.Integer, key)
        if what == "default":
            return sa.Column(name, sa.Integer, nullable=False, server_default="7")
        return sa.Column(name, _TYPES[number](), index=what == "index")
