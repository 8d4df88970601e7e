"""``alembic.ddl``: classes that plugins extend, so that they load.

flaskmig writes its own statements: what is registered for these classes is never asked for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.schema import DDLElement
from sqlalchemy.sql.compiler import DDLCompiler

__all__ = [
    "AddColumn",
    "AlterColumn",
    "AlterTable",
    "DefaultImpl",
    "DropColumn",
    "PostgresqlImpl",
    "RenameTable",
    "SQLiteImpl",
    "format_column_name",
    "format_table_name",
    "visit_rename_table",
]


class DefaultImpl:
    """What a plugin extends for its own kind of database."""

    __dialect__ = "default"


class PostgresqlImpl(DefaultImpl):
    """The same for one that is nearly PostgreSQL."""

    __dialect__ = "postgresql"


class SQLiteImpl(DefaultImpl):
    """The same for one that is nearly SQLite."""

    __dialect__ = "sqlite"


class AlterTable(DDLElement):
    """A change of a table, by name."""

    def __init__(self, table_name: str, schema: str | None = None) -> None:
        self.table_name = table_name
        self.schema = schema


class RenameTable(AlterTable):
    """A table's new name."""

    def __init__(self, old_table_name: str, new_table_name: str, schema: str | None = None) -> None:
        super().__init__(old_table_name, schema)
        self.new_table_name = new_table_name


class AlterColumn(AlterTable):
    """A change of a column."""

    def __init__(self, name: str, column_name: str, schema: str | None = None, **_: Any) -> None:
        super().__init__(name, schema)
        self.column_name = column_name


class AddColumn(AlterTable):
    """A new column."""

    def __init__(self, name: str, column: Any, schema: str | None = None, **_: Any) -> None:
        super().__init__(name, schema)
        self.column = column


class DropColumn(AddColumn):
    """A column that goes."""


def format_table_name(compiler: DDLCompiler, name: str, schema: str | None) -> str:
    """A table's name as SQL has it."""
    quoted = compiler.preparer.quote(name)
    return f"{compiler.preparer.quote_schema(schema)}.{quoted}" if schema else quoted


def format_column_name(compiler: DDLCompiler, name: str) -> str:
    """A column's name as SQL has it."""
    return compiler.preparer.quote(name)


def visit_rename_table(element: RenameTable, compiler: DDLCompiler, **_: Any) -> str:
    """The statement that renames a table."""
    before = format_table_name(compiler, element.table_name, element.schema)
    return f"ALTER TABLE {before} RENAME TO {compiler.preparer.quote(element.new_table_name)}"
