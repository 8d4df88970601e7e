"""Tables as SQLite itself describes them: made in a database in memory and read back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import pairwise

from flaskmig.dialects.sqlite.catalog import read_database
from flaskmig.dialects.sqlite.create_table import create_index, create_table
from flaskmig.errors import OperationError
from flaskmig.operations.spelling import edit_expressions
from flaskmig.schema import Column, Table
from flaskmig.sql import Token, bare, folded, quote, tokens

_UNKNOWN_FUNCTION = re.compile(r"(?:no such|unknown) function: (\w+)")
_UNKNOWN_COLLATION = re.compile(r"no such collation sequence: (.+)")


def normalize(tables: Sequence[Table]) -> list[Table]:
    """The tables as SQLite would describe them had it made them, in the same order.

    Comments, which SQLite does not keep, are gone; what a revision file needs of a type is
    kept. SQLite keeps expressions as they were written; here they come in one spelling. Functions
    and collations that the application defines are stood in for. Raises OperationError for a table
    that SQLite does not accept.
    """
    normalized: list[Table] = []
    for batch in _batches(tables):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
            for table in batch:
                create_with_stand_ins(raw, table)
            found = {folded(table.name.name): table for table in read_database(raw).tables}
        for table in batch:
            described = found[folded(table.name.name)]
            described = edit_expressions(described, partial(_one_spelling, described))
            normalized.append(_with_sources(table, described))
    return normalized


def _one_spelling(table: Table, expression: str) -> str:
    """The expression as any other that means the same to SQLite, word by word.

    Its own columns are named alike, in quotes or not, and without the table, whose name a
    rebuild takes away. Other names in quotes may be strings, and stay.
    """
    own = {folded(column.name) for column in table.columns}
    found = _unqualified(tokens(bare(expression)), folded(table.name.name))
    words: list[str] = []
    for token, following in zip(found, [*found[1:], None], strict=True):
        is_name = token.kind in ("word", "quoted") and folded(token.name) in own
        if is_name and (following is None or following.text != "("):
            words.append(quote(folded(token.name)))
        else:
            words.append(token.text.lower() if token.kind == "word" else token.text)
    return " ".join(words)


def _unqualified(found: list[Token], table: str) -> list[Token]:
    dots = {
        place
        for place, (token, following) in enumerate(pairwise(found))
        if following.text == "." and folded(token.name) == table
    }
    return [each for n, each in enumerate(found) if n not in dots and n - 1 not in dots]


def _batches(tables: Sequence[Table]) -> Iterator[list[Table]]:
    """Runs of tables in which no name of a table or index comes twice: both share one namespace."""
    batch: list[Table] = []
    taken = set[str]()
    for table in tables:
        names = [folded(table.name.name), *(folded(index.name) for index in table.indexes)]
        if not taken.isdisjoint(names):
            yield batch
            batch, taken = [], set()
        batch.append(table)
        taken.update(names)
    if batch:
        yield batch


def create_with_stand_ins(raw: sqlite3.Connection, table: Table) -> None:
    """Make a table, and what it takes that the application defines and SQLite does not have.

    Raises OperationError for a table that SQLite does not accept.
    """
    texts = [create_table(table), *(create_index(table.name, index) for index in table.indexes)]
    for text in texts:
        stood_in = set[str]()
        while True:
            try:
                raw.execute(text)
            except sqlite3.OperationalError as error:
                missing = _stand_in(raw, str(error))
                if missing is None or missing in stood_in:
                    raise OperationError(
                        f"SQLite does not accept table {table.name} as it is described: {error}",
                        hint=f"it was made as: {' '.join(text.split())}",
                    ) from error
                stood_in.add(missing)
            else:
                break


def _stand_in(raw: sqlite3.Connection, error: str) -> str | None:
    """Define the function or collation whose absence the error reports; its name."""
    function = _UNKNOWN_FUNCTION.match(error)
    if function:
        raw.create_function(function[1], -1, lambda *_: None, deterministic=True)
        return function[1]
    collation = _UNKNOWN_COLLATION.match(error)
    if collation:
        raw.create_collation(collation[1], lambda a, b: (a > b) - (a < b))
        return collation[1]
    return None


def _with_sources(table: Table, described: Table) -> Table:
    """The described table under the model's own names, with what revision files need of types.

    Only columns are matched by name without case; everything else is as SQLite says.
    """
    originals = {folded(column.name): column for column in table.columns}
    columns = tuple(
        _with_source(originals[folded(column.name)], column) for column in described.columns
    )
    return replace(
        described, name=table.name, columns=columns, sql=table.sql, triggers=table.triggers
    )


def _with_source(original: Column, described: Column) -> Column:
    return replace(
        described,
        type=replace(described.type, source=original.type.source),
        default_source=original.default_source,
    )
