"""The rebuild: what SQLite's ALTER TABLE cannot do, done to a copy that takes the table's place.

The steps are those of SQLite's documentation ("Making Other Kinds Of Table Schema Changes"),
in the order in which foreign keys and views of other tables keep pointing at the table: make
the new table, copy, drop the old one, give the new one its name. They need PRAGMA foreign_keys
to be off, or DROP TABLE would delete the rows of tables with ON DELETE CASCADE; `session` sees
to that and the first statement makes sure of it. All of it is in the transaction of one step:
if the process dies at any statement, the old table is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flaskmig.dialects.base import STAND_IN, Hazard, Refusal, Statement
from flaskmig.dialects.sqlite.catalog import is_stored, rowid_alias
from flaskmig.dialects.sqlite.conversions import conversions
from flaskmig.dialects.sqlite.create_table import create_index, create_table, is_literal
from flaskmig.dialects.sqlite.definition import read_table, trigger_name
from flaskmig.dialects.sqlite.edit import edited, renamed, unqualified
from flaskmig.dialects.sqlite.watch import Watch
from flaskmig.schema import Column, Index, PrimaryKey, Table, Unique
from flaskmig.sql import quote, quote_literal

_ROWIDS = ("rowid", "_rowid_", "oid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """One table before and after, and where the values of its columns come from.

    Columns keep their names in a rebuild. ``added`` are the new ones with the expression that
    fills them, or None; ``using`` the expressions that convert a column's values, ``backfill``
    those for the rows in which a column that is there has none.
    """

    before: Table
    after: Table
    added: Mapping[str, str | None] = field(default_factory=dict)
    using: Mapping[str, str] = field(default_factory=dict)
    backfill: Mapping[str, str] = field(default_factory=dict)
    hazards: tuple[Hazard, ...] = ()

    @property
    def text(self) -> str:
        """The CREATE TABLE text of the table after, under its own name."""
        if self.before.sql is None:
            return create_table(self.after)
        return edited(self.before.sql, self.after, fresh=tuple(self.added))

    def statements(self) -> list[Statement]:
        table, new = quote(self.before.name.name), quote(STAND_IN + self.before.name.name)
        name = self.before.name.name
        text = renamed(unqualified(self.text), STAND_IN + name)
        return [
            *self.guards(),
            Watch(
                sql=f"PRAGMA foreign_key_check({table})",
                table=name,
                watches=name,
                dropped=self.dropped,
                renumbered=not self.has_same_rowids,
                comment=f"rebuild {name}: violations of now do not stop it, new ones do",
            ),
            Statement(sql=text),
            *self.copy(table, new),
            *self.sequence(),
            *self.copied(table, new),
            Statement(sql=f"DROP TABLE {table}", hazards=self.hazards),
            Statement(
                sql="PRAGMA legacy_alter_table = ON",
                comment="the new name must not be written into other tables and views",
            ),
            Statement(sql=f"ALTER TABLE {new} RENAME TO {table}"),
            Statement(sql="PRAGMA legacy_alter_table = OFF"),
            *(Statement(sql=self.index(index)) for index in self.after.indexes),
            *(Statement(sql=trigger) for trigger in self.before.triggers),
        ]

    def index(self, index: Index) -> str:
        """The text that makes an index again: the stored one, comments and all, if it fits."""
        if index.sql is not None and is_stored(index, self.after):
            return index.sql
        return create_index(self.after.name, index)

    def guards(self) -> list[Statement]:
        """What must hold before anything is changed."""
        return [
            foreign_keys_off(f"table {self.before.name} has to be rebuilt"),
            self.nothing_unknown(),
            *self.no_nulls(),
            *self.no_losses(),
        ]

    def nothing_unknown(self) -> Statement:
        """A column, index or trigger that the plan does not know would be lost."""
        table = quote_literal(self.before.name.name)
        columns = _list(column.name for column in self.before.columns)
        indexes = _list(index.name for index in self.before.indexes)
        triggers = _list(trigger_name(sql) for sql in self.before.triggers)
        return Statement(
            sql=f"SELECT name FROM pragma_table_xinfo({table}) WHERE name NOT IN ({columns}) "
            f"UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower({table}) "
            f"AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ({indexes})) "
            f"OR (type = 'trigger' AND name NOT IN ({triggers})))",
            refusal=Refusal(
                message=f"table {self.before.name} has a column, index or trigger that was made "
                "after this was planned, and rebuilding the table would lose it",
                hint="plan again; in a revision, make it after the table is changed",
            ),
        )

    def no_nulls(self) -> list[Statement]:
        before = {column.name: column for column in self.before.columns}
        guards = []
        for column in self.after.columns:
            if column.nullable or column.generated is not None or column.name == self.alias:
                continue
            if column.name in self.added:
                guards += self.filled(column)
            elif before[column.name].nullable or column.name in self.using:
                value = self.value(column)
                guards.append(self.guard_nulls(column, value))
        return guards

    def no_losses(self) -> Iterator[Statement]:
        """A value that a new type would change stops it, unless somebody said what it becomes."""
        said = frozenset({*self.added, *self.using})
        for conversion in conversions(self.before, self.after, but=said):
            yield from conversion.guards()

    def filled(self, column: Column) -> list[Statement]:
        """The guards of a new column that may not be NULL."""
        backfill = self.added[column.name]
        if backfill is not None:
            return [self.guard_nulls(column, f"({backfill})")]
        if column.default is not None and column.default.upper() != "NULL":
            return []
        return [needs_a_value(self.before, column)]

    def guard_nulls(self, column: Column, value: str) -> Statement:
        name = f"{self.before.name}.{column.name}"
        return Statement(
            sql=f"SELECT 1 FROM {quote(self.before.name.name)} WHERE {value} IS NULL LIMIT 1",
            refusal=Refusal(
                message=f"{name} cannot be NOT NULL: there are rows without a value for it",
                hint="say what those rows get: op.alter_column(…, backfill=…); "
                "or give them a value first (op.execute with an UPDATE)",
            ),
        )

    @property
    def alias(self) -> str | None:
        """The column that is the rowid of the new table."""
        return rowid_alias(read_table(self.text))

    @property
    def rowid(self) -> tuple[str, str] | None:
        """What the rowid is called in the old table and the new, where both have one."""
        pair = _rowid_name(self.before), _rowid_name(self.after)
        return (pair[0], pair[1]) if pair[0] and pair[1] else None

    @property
    def dropped(self) -> tuple[str, ...]:
        """The columns that go, also where one of the same name comes."""
        kept = {column.name for column in self.after.columns} - self.added.keys()
        return tuple(column.name for column in self.before.columns if column.name not in kept)

    @property
    def has_same_rowids(self) -> bool:
        """Whether every row is found by the rowid that it had."""
        if self.rowid is None:
            return False
        old = rowid_alias(read_table(self.before.sql or create_table(self.before)))
        return self.keeps_rowids or (self.alias == old and self.alias not in self.using)

    @property
    def keeps_rowids(self) -> bool:
        """Whether rows have no key of their own to be their rowid: none, or one that is new."""
        return self.alias is None or self.added.get(self.alias, "") is None

    def value(self, column: Column) -> str:
        """The expression over the old table that a kept column takes its values from."""
        using = self.using.get(column.name)
        value = f"({using})" if using is not None else quote(column.name)
        backfill = self.backfill.get(column.name)
        return value if backfill is None else f"coalesce({value}, ({backfill}))"

    def copy(self, table: str, new: str) -> list[Statement]:
        targets, values = [], []
        if self.rowid is not None and self.keeps_rowids:
            # What refers to rows by rowid, such as full-text search, must find them again.
            targets.append(self.rowid[1])
            values.append(self.rowid[0])
        for column in self.after.columns:
            if column.generated is not None:
                continue
            if column.name not in self.added:
                targets.append(quote(column.name))
                values.append(self.value(column))
            elif self.added[column.name] is not None:
                targets.append(quote(column.name))
                values.append(f"({self.added[column.name]})")
        if not targets:
            first = next(column for column in self.after.columns if column.generated is None)
            targets, values = [quote(first.name)], [first.default or "NULL"]
        # Else a key that says IGNORE or REPLACE would take rows away without a word.
        verb = "INSERT OR ABORT INTO" if _resolves_conflicts(self.after) else "INSERT INTO"
        sql = f"{verb} {new} ({', '.join(targets)}) SELECT {', '.join(values)} FROM {table}"
        return [Statement(sql=sql)]

    def sequence(self) -> list[Statement]:
        """AUTOINCREMENT must go on where it was, even past rows that were deleted."""
        tables = (self.before, self.after)
        if not all(any(column.autoincrement for column in table.columns) for table in tables):
            return []
        name = self.before.name.name
        old, new = quote_literal(name), quote_literal(STAND_IN + name)
        return [
            Statement(sql=f"DELETE FROM sqlite_sequence WHERE name = {new}"),
            Statement(
                sql=f"INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq "
                f"FROM sqlite_sequence WHERE lower(name) = lower({old})"
            ),
        ]

    def copied(self, table: str, new: str) -> list[Statement]:
        """The guard that all rows arrived."""
        return [
            Statement(
                sql=f"SELECT 1 WHERE (SELECT count(*) FROM {new}) "
                f"<> (SELECT count(*) FROM {table})",
                refusal=Refusal(
                    message=f"not every row of {self.before.name} can be kept: a constraint "
                    "of the new table leaves some out",
                    hint="look at its ON CONFLICT clauses",
                ),
            )
        ]


def foreign_keys_off(why: str) -> Statement:
    """The guard that stops where dropping a table would delete rows of other tables."""
    return Statement(
        sql="SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys",
        refusal=Refusal(
            message=f"{why}, and that needs PRAGMA foreign_keys to be off: SQLite would delete "
            "rows of other tables that refer to it",
            hint="pass a connection that is not in a transaction, or set PRAGMA foreign_keys=OFF "
            "before the transaction begins",
        ),
    )


def needs_a_value(table: Table, column: Column) -> Statement:
    """The guard of a new NOT NULL column that nothing gives a value."""
    return Statement(
        sql=f"SELECT 1 FROM {quote(table.name.name)} LIMIT 1",
        refusal=Refusal(
            message=f"{table.name}.{column.name} is NOT NULL and has no default, and "
            f"{table.name} has rows",
            hint="give it a server_default, or add it nullable, fill it and then make it NOT "
            "NULL, or say what the rows get: op.add_column(…, backfill=…)",
        ),
    )


def is_constant(default: str | None) -> bool:
    """Whether ADD COLUMN takes the default for a NOT NULL column."""
    return default is not None and is_literal(default) and default.upper() != "NULL"


def _rowid_name(table: Table) -> str | None:
    """A name for the table's rowid that is not one of its columns'; None where it has none."""
    if ("without_rowid", True) in table.settings.options:
        return None
    taken = {column.name.lower() for column in table.columns}
    return next((name for name in _ROWIDS if name not in taken), None)


def _list(values: Iterable[str]) -> str:
    return ", ".join(quote_literal(value) for value in values)


def _resolves_conflicts(table: Table) -> bool:
    """Whether a row that breaks a key or NOT NULL of the table may do else than fail."""
    keys = (c for c in table.constraints if isinstance(c, PrimaryKey | Unique))
    return any(key.on_conflict for key in keys) or any(c.on_null for c in table.columns)
