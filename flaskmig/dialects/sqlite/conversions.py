"""What SQLite makes of the values of a column whose type changes, counted before it does.

SQLite converts what it stores to the affinity of the column, silently: '00123' becomes 123 in an
INTEGER column, a text of 19 digits may become 9.22e+18, and 0.1 + 0.2 becomes '0.3' in a TEXT
column. What it cannot convert it keeps as it is.

Source: SQLite's documentation, "Datatypes In SQLite", sections 3 (affinity) and 4.2 (a text that
is compared with a CAST to NUMERIC is converted as storing it would), and "STRICT Tables" (ANY).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flaskmig.dialects.base import Refusal, Statement
from flaskmig.schema import Column, Table
from flaskmig.sql import quote

_LEAST, _MOST = -(2**63), 2**63 - 1
_HINT = "say how to convert them (op.alter_column(…, using=…)), or change the values first"


def affinity(type_: str, *, strict: bool = False) -> str:
    """What SQLite converts the values of a declared type to; ``strict`` is of the table.

    Source: SQLite's documentation, "Datatypes In SQLite", section 3.1; ANY is a type of STRICT
    tables, and an unknown word elsewhere.
    """
    upper = type_.upper()
    if "INT" in upper:
        return "INTEGER"
    if any(word in upper for word in ("CHAR", "CLOB", "TEXT")):
        return "TEXT"
    if "BLOB" in upper or not upper or (strict and upper == "ANY"):
        return "BLOB"
    if any(word in upper for word in ("REAL", "FLOA", "DOUB")):
        return "REAL"
    return "NUMERIC"


def column_affinity(table: Table, column: Column) -> str:
    """The affinity of a column of that table."""
    return affinity(column.type.sql, strict=("strict", True) in table.settings.options)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A column whose values are stored anew under another affinity."""

    before: Table
    after: Table
    column: Column

    def guards(self) -> Iterator[Statement]:
        """Stop, and say how many, where a value would be another one."""
        lossy = _lossy(quote(self.column.name), self.wanted)
        if lossy:
            yield self.guard(lossy, "would change values that are stored in it")
        if self.wanted == "INTEGER":
            yield self.guard(
                _not_whole(quote(self.column.name)),
                "is not possible: there are values that are no whole numbers",
            )

    @property
    def wanted(self) -> str:
        return column_affinity(self.after, self.column)

    def guard(self, condition: str, why: str) -> Statement:
        name, table = quote(self.column.name), quote(self.before.name.name)
        found = f"SELECT count(*) AS number FROM {table} WHERE {condition}"
        old = self.before.column(self.column.name).type.sql
        return Statement(
            sql=f"SELECT number || ' of them' FROM ({found}) WHERE number > 0",
            refusal=Refusal(
                message=f"changing {self.before.name}.{self.column.name} from {old or 'no type'} "
                f"to {self.column.type.sql or 'no type'} {why}",
                hint=f"{_HINT}; SELECT {name} FROM {table} WHERE {condition} lists them",
                tells=True,
            ),
        )


def conversions(
    before: Table, after: Table, but: Mapping[str, object] | frozenset[str] = frozenset()
) -> Iterator[Conversion]:
    """The columns of both tables whose affinity differs, those in ``but`` left out.

    Columns have the same names in both.
    """
    known = {column.name: column for column in before.columns}
    for column in after.columns:
        if column.name not in known or column.name in but or column.generated is not None:
            continue
        if column_affinity(before, known[column.name]) != column_affinity(after, column):
            yield Conversion(before, after, column)


def _is_number(value: str) -> str:
    """Whether a text is one that SQLite converts to a number."""
    return f"typeof({value}) = 'text' AND {value} = CAST({value} AS NUMERIC)"


def _is_whole(number: str) -> str:
    """Whether storing the number in a column of integers makes it one.

    Source: sqlite3VdbeIntegerAffinity in SQLite's vdbemem.c, which leaves out both ends.
    """
    integer = f"CAST({number} AS INTEGER)"
    return f"{number} = {integer} AND {integer} NOT IN ({_LEAST}, {_MOST})"


def _lossy(value: str, wanted: str) -> str:
    """Whether storing the value changes it in a way that cannot be undone; empty for never."""
    number = f"CAST({value} AS NUMERIC)"
    match wanted:
        case "TEXT":
            return (
                f"typeof({value}) IN ('integer', 'real') "
                f"AND CAST(CAST({value} AS TEXT) AS NUMERIC) <> {value}"
            )
        case "BLOB":
            return ""
        case "REAL":
            return (
                f"{_is_number(value)} "
                f"AND CAST(CAST({value} AS REAL) AS TEXT) <> {value} COLLATE BINARY "
                f"OR typeof({value}) = 'integer' "
                f"AND CAST(CAST({value} AS REAL) AS NUMERIC) <> {value}"
            )
        case _:
            return (
                f"{_is_number(value)} AND CAST(CASE WHEN {_is_whole(number)} "
                f"THEN CAST({number} AS INTEGER) ELSE {number} END AS TEXT) "
                f"<> {value} COLLATE BINARY"
            )


def _not_whole(value: str) -> str:
    """Whether the value would be something else than a whole number in an INTEGER column."""
    number = f"CAST({value} AS NUMERIC)"
    return (
        f"typeof({value}) = 'blob' "
        f"OR typeof({value}) = 'real' AND NOT ({_is_whole(value)}) "
        f"OR typeof({value}) = 'text' AND ({value} <> {number} "
        f"OR typeof({number}) = 'real' AND NOT ({_is_whole(number)}))"
    )
