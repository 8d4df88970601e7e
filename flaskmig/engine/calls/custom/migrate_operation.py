"""What every operation that is an object comes from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import sqlalchemy as sa


class MigrateOperation:
    """The base of operations that files and plugins define."""

    @cached_property
    def info(self) -> dict[Any, Any]:
        """A place for whatever somebody wants to remember with it."""
        return {}

    def reverse(self) -> MigrateOperation:
        """The operation that undoes this one; raises TypeError where it does not say."""
        raise TypeError(f"{type(self).__name__} does not say how it is reversed")

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """What it does, as a tuple; raises TypeError where it does not say."""
        raise TypeError(f"{type(self).__name__} has no diff tuple")


class AlterTableOp(MigrateOperation):
    """The base of those that change one table."""

    def __init__(self, table_name: str, *, schema: str | None = None) -> None:
        self.table_name = table_name
        self.schema = schema


def given(**values: Any) -> dict[str, Any]:
    """The values that are there: None is not given."""
    return {name: value for name, value in values.items() if value is not None}


def table_with(name: str, schema: str | None, columns: Iterable[str]) -> sa.Table:
    """A table of which only the names of some columns are known."""
    made = (sa.Column[Any](column) for column in dict.fromkeys(columns))
    return sa.Table(name, sa.MetaData(), *made, schema=schema)
