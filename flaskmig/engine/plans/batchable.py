"""Whether Alembic's batch block leaves a table of SQLite as it should be.

It makes the table anew from what SQLAlchemy's reflection tells of it. That loses what is listed
here; a table that has any of it is changed by the statements of flaskmig's own rebuild instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    DropColumn,
    DropConstraint,
    Operation,
    RenameColumn,
)
from flaskmig.operations.default_names import LONGEST
from flaskmig.schema import (
    Check,
    Column,
    ForeignKey,
    Index,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
)
from flaskmig.sql import names

# The types that reflection gives back as they were.
_TYPE = re.compile(
    r"(?:BIGINT|BLOB|BOOLEAN|DATE|DATETIME|FLOAT|INTEGER|JSON|REAL|SMALLINT|TEXT|TIME|TIMESTAMP"
    r"|(?:CHAR|VARCHAR|NVARCHAR)(?:\(\d+\))?|(?:NUMERIC|DECIMAL)(?:\(\d+(?:, ?\d+)?\))?)"
)
# Those that it gives back are written without parentheses.
_DEFAULT = re.compile(r"-?\d+(?:\.\d+)?|'(?:[^']|'')*'|NULL|CURRENT_(?:TIMESTAMP|DATE|TIME)")
# Names for constraints that have none in the database: those that PostgreSQL gives them, so that
# a file does the same there.
CONVENTION = {
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
}

# Among these a block copies values as they are.
_FAMILIES = (
    frozenset({"CHAR", "VARCHAR", "NVARCHAR", "TEXT"}),
    frozenset({"SMALLINT", "INTEGER", "BIGINT"}),
)
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_INLINE = re.compile(r"\bREFERENCES\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\bFOREIGN\s+KEY\b", re.IGNORECASE)
_CHECK = re.compile(r"\bCHECK\b|\bCOLLATE\b|\bON\s+CONFLICT\b|\bDEFERR", re.IGNORECASE)


def is_batchable(operation: Operation, schema: Schema) -> bool:
    """Whether a batch block can do the operation on its table as ``schema`` has it."""
    match operation:
        case AddColumn(column=column):
            return operation.backfill is None and _is_plain_column(column)
        case AlterColumn(before=before, after=after):
            said = operation.using is not None or operation.backfill is not None
            return not said and _is_plain_column(after) and _is_kept(before, after)
        case DropColumn(column=column):
            return _is_plain_column(column)
        case RenameColumn(table=table, before=name, after=after):
            return _NAME.fullmatch(after) is not None and not _is_pointed_at(schema, table, name)
        case AddConstraint(constraint=constraint):
            known = _is_plain_constraint(constraint) or isinstance(constraint, Check)
            return known and constraint.name is not None
        case DropConstraint(constraint=constraint):
            return conventional_name(operation) is not None and _is_plain_constraint(constraint)
        case _:
            return False


def conventional_name(operation: DropConstraint) -> str | None:
    """What a block with `CONVENTION` knows the constraint by; None where it does not find it."""
    constraint = operation.constraint
    if constraint.name is not None:
        return constraint.name
    if not isinstance(constraint, Unique | ForeignKey):
        return None
    stem = "_".join((operation.table.name, *constraint.columns))
    name = f"{stem}_{'key' if isinstance(constraint, Unique) else 'fkey'}"
    return name if len(name.encode()) <= LONGEST and _NAME.fullmatch(name) else None


def is_plain(table: Table, schema: Schema) -> bool:
    """Whether reflection tells all of the table, and nothing beside it would notice its absence."""
    return (
        not table.settings.options
        and not table.triggers
        and not _readers(table.name, schema)
        and (table.sql is None or _is_plain_text(table.sql))
        and _NAME.fullmatch(table.name.name) is not None
        and all(map(_is_plain_column, table.columns))
        and all(map(_is_plain_constraint, table.constraints))
        and all(map(_is_plain_index, table.indexes))
        and not _has_nullable_key(table)
        and not _has_twins(table)
    )


def is_referenced(table: QualifiedName, schema: Schema) -> bool:
    """Whether another table has a foreign key to it."""
    return any(_keys_to(table, schema))


def _is_plain_text(sql: str) -> bool:
    """Whether the stored text has its foreign keys where reflection finds their actions."""
    return len(_INLINE.findall(sql)) == len(_FOREIGN.findall(sql)) and _CHECK.search(sql) is None


def _is_plain_column(column: Column) -> bool:
    return (
        _NAME.fullmatch(column.name) is not None
        and _TYPE.fullmatch(column.type.sql) is not None
        and (column.default is None or _DEFAULT.fullmatch(column.default) is not None)
        and column.generated is None
        and column.identity is None
        and not column.autoincrement
        and column.collation is None
        and column.on_null is None
    )


def _is_kept(before: Column, after: Column) -> bool:
    """Whether values stay what they are; a block casts them, and '2024-01-01' becomes 2024."""
    old, new = (column.type.sql.partition("(")[0] for column in (before, after))
    return old == new or any(old in family and new in family for family in _FAMILIES)


def _has_twins(table: Table) -> bool:
    """Whether two keys are on the same columns: reflection takes them for one."""
    keys = [each.columns for each in table.constraints if isinstance(each, PrimaryKey | Unique)]
    foreign = [each.columns for each in table.foreign_keys]
    return any(len(found) != len(set(found)) for found in (keys, foreign))


def _is_plain_constraint(constraint: object) -> bool:
    match constraint:
        case PrimaryKey() | Unique():
            known = constraint.on_conflict is None and not constraint.include
        case ForeignKey():
            known = constraint.match is None and not constraint.not_valid
        case _:
            return False
    named = constraint.name is None or _NAME.fullmatch(constraint.name) is not None
    return known and named and not constraint.deferrable


def _is_plain_index(index: Index) -> bool:
    return index.where is None and all(
        part.column is not None and not part.descending and part.collation is None
        for part in index.parts
    )


def _has_nullable_key(table: Table) -> bool:
    key = table.primary_key
    return key is not None and any(table.column(name).nullable for name in key.columns)


def _readers(name: QualifiedName, schema: Schema) -> bool:
    """Whether a view, or a trigger of another table, reads the table."""
    texts = [view.definition for view in schema.views]
    texts += [sql for table in schema.tables for sql in table.triggers]
    texts += [trigger.definition for trigger in schema.triggers]
    return any(name.name.lower() in names(text) for text in texts)


def _keys_to(name: QualifiedName, schema: Schema) -> Iterator[ForeignKey]:
    for table in schema.tables:
        if table.name != name:
            yield from (key for key in table.foreign_keys if key.target == name)


def _is_pointed_at(schema: Schema, table: QualifiedName, column: str) -> bool:
    return any(column in key.target_columns for key in _keys_to(table, schema))
