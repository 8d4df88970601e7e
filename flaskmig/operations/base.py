"""What every operation is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flaskmig.operations.refs import Refs
from flaskmig.schema import QualifiedName, Schema, Table

NOTHING: Refs = frozenset()


class BaseOperation:
    """One change to a schema, as a value.

    ``creates``, ``uses``, ``drops`` and ``releases`` are what `order` sorts by: what creates an
    object runs before what uses it, what releases it before what drops it, what drops it before
    what creates it anew.
    """

    __slots__ = ()

    @property
    def creates(self) -> Refs:
        return NOTHING

    @property
    def uses(self) -> Refs:
        return NOTHING

    @property
    def drops(self) -> Refs:
        return NOTHING

    @property
    def releases(self) -> Refs:
        return NOTHING

    def apply(self, schema: Schema) -> Schema:
        """The schema after this operation.

        Raises ObjectNotFoundError where what it changes is not there and ObjectExistsError
        where what it makes is.
        """
        raise AssertionError(f"{type(self).__name__} does not say what it does")


def edit_table(schema: Schema, name: QualifiedName, edit: Callable[[Table], Table]) -> Schema:
    """The schema with one table changed; raises ObjectNotFoundError."""
    before = schema.table(name)
    return schema.with_replaced(before, edit(before))


def edit_tables(schema: Schema, edit: Callable[[Table], Table]) -> Schema:
    """The schema with every table changed, as far as the edit changes it."""
    tables = tuple(edit(table) for table in schema.tables)
    return schema if tables == schema.tables else replace(schema, tables=tables)
