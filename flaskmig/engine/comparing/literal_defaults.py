"""Defaults that are surely the same though the database has written a cast after its literal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flaskmig.engine.comparing.matching import Equivalent
from flaskmig.schema import Column, Schema, Table

_CAST_LITERAL = re.compile(r"('(?:[^']|'')*')::(.+)\Z", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_NEXT_VALUE = re.compile(r"nextval\(('(?:[^']|'')*')(?:::regclass)?\)\Z")
_ARGUMENTS = re.compile(r"\([^)]*\)")


def align_defaults(
    current: Schema, desired: Schema, equivalent: Equivalent, spell: Callable[[str], str]
) -> Schema:
    """The desired schema with the database's text for defaults that are surely the same.

    PostgreSQL keeps ``'abc'`` as ``'abc'::character varying`` on such a column: a literal is
    taken as the column's type with or without that cast.
    """
    tables = []
    for table in desired.tables:
        before = current.find_table(table.name)
        tables.append(table if before is None else _aligned(before, table, equivalent, spell))
    return desired.with_tables(tables)


def _aligned(
    before: Table, table: Table, equivalent: Equivalent, spell: Callable[[str], str]
) -> Table:
    defaults = {column.name: column for column in before.columns if column.default is not None}
    columns = []
    for column in table.columns:
        known = defaults.get(column.name)
        if known is not None and _same_default(known, column, equivalent, spell):
            column = replace(column, default=known.default)
        columns.append(column)
    return table if tuple(columns) == table.columns else replace(table, columns=tuple(columns))


def _same_default(
    before: Column, after: Column, equivalent: Equivalent, spell: Callable[[str], str]
) -> bool:
    if after.default is None or after.default == before.default or before.type != after.type:
        return False
    if before.sequence is not None and before.sequence == after.sequence:
        names = [_NEXT_VALUE.match(each.default or "") for each in (before, after)]
        return all(names) and len({name[1] for name in names if name}) == 1
    found = _CAST_LITERAL.match(before.default or "")
    if found is None:
        return False
    literal, cast = found.groups()
    if _base(spell(cast)) != _base(after.type.sql):
        return False
    if _NUMBER.match(after.default):
        return literal[1:-1] == after.default
    return equivalent(literal, after.default)


def _base(sql: str) -> str:
    base = _ARGUMENTS.sub("", sql)
    return "character" if base == "bpchar" else base
