"""CREATE TABLE and CREATE INDEX texts from the model, and what SQLite cannot express of it."""

from __future__ import annotations

import re
from typing import NoReturn

from flaskmig.errors import UnsupportedOperationError
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Table,
    Unique,
)
from flaskmig.sql import bare, quote, tokens

_OPTIONS = {"strict": "STRICT", "without_rowid": "WITHOUT ROWID"}
_CONSTANTS = frozenset(
    {"NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"}
)
_CURRENT = re.compile(r"CURRENT_(TIME|DATE|TIMESTAMP)", re.IGNORECASE)
INDENT = "    "


def table_name(name: QualifiedName) -> str:
    """The quoted name; raises UnsupportedOperationError for one in another schema."""
    if name.schema not in (None, "main"):
        raise UnsupportedOperationError(
            f"SQLite has no schemas, so there can be no table {name}",
            hint="give the table no schema, or make it a bind of its own",
        )
    return quote(name.name)


def create_table(table: Table) -> str:
    """The CREATE TABLE text, one line to each column and constraint.

    Comments of the model are left out: SQLite has nowhere to keep them. Raises
    UnsupportedOperationError for what else it cannot express.
    """
    inline = inline_primary_key(table)
    lines = [
        column_text(column, primary=inline if column.autoincrement else None)
        for column in table.columns
    ]
    lines += [
        constraint_text(constraint) for constraint in table.constraints if constraint is not inline
    ]
    body = ",\n".join(INDENT + line for line in lines)
    return f"CREATE TABLE {table_name(table.name)} (\n{body}\n){options_text(table)}"


def inline_primary_key(table: Table) -> PrimaryKey | None:
    """The primary key that must stand in its column's definition: the AUTOINCREMENT one."""
    key = table.primary_key
    if key is None or not any(column.autoincrement for column in table.columns):
        return None
    return key


def options_text(table: Table) -> str:
    """What stands behind the closing parenthesis; raises UnsupportedOperationError."""
    words = []
    for name, value in table.settings.options:
        if name not in _OPTIONS:
            raise UnsupportedOperationError(f"SQLite has no table option {name}")
        if value:
            words.append(_OPTIONS[name])
    return f" {', '.join(words)}" if words else ""


def column_text(column: Column, *, primary: PrimaryKey | None = None) -> str:
    """A column definition, with its own primary key where that must be in it."""
    require_column(column)
    clauses = [quote(column.name)]
    if column.type.sql:
        clauses.append(column.type.sql)
    if column.default is not None:
        clauses.append(f"DEFAULT {default_text(column.default)}")
    if column.collation is not None:
        clauses.append(f"COLLATE {quote(column.collation)}")
    if column.generated is not None:
        clauses.append(generated_text(column))
    if not column.nullable:
        clauses.append(not_null_text(column))
    if primary is not None:
        clauses.append(f"{_name(primary)}PRIMARY KEY{_conflict(primary)} AUTOINCREMENT")
    return " ".join(clauses)


def require_column(column: Column) -> None:
    """Raises UnsupportedOperationError for what SQLite cannot express of the column."""
    if column.type.enum is not None:
        raise UnsupportedOperationError(
            f"SQLite has no enum types, so column {column.name} cannot be {column.type.sql}",
            hint="use a string type with a CHECK constraint",
        )
    if column.identity is not None:
        raise UnsupportedOperationError(
            f"SQLite has no identity columns, which {column.name} would be",
            hint="an INTEGER PRIMARY KEY numbers its rows by itself",
        )


def not_null_text(column: Column) -> str:
    """NOT NULL, and what is done where a NULL comes."""
    return f"NOT NULL ON CONFLICT {column.on_null}" if column.on_null else "NOT NULL"


def generated_text(column: Column) -> str:
    generated = column.generated
    if generated is None:
        return ""
    kind = "STORED" if generated.stored else "VIRTUAL"
    return f"GENERATED ALWAYS AS ({generated.expression}) {kind}"


def default_text(default: str) -> str:
    """The default as it stands behind DEFAULT: an expression needs parentheses, a constant none."""
    return default if is_literal(default) or _CURRENT.fullmatch(default) else f"({bare(default)})"


def is_literal(default: str) -> bool:
    """Whether it is one literal, maybe with a sign: what ADD COLUMN takes as a constant."""
    found = tokens(default)
    if found and found[0].keyword in ("+", "-") and len(found) == 2:
        return found[1].kind == "number"
    if len(found) != 1:
        return False
    token = found[0]
    if token.kind == "word":
        return token.keyword in _CONSTANTS and not _CURRENT.fullmatch(token.text)
    return token.kind in ("string", "number")


def constraint_text(constraint: Constraint, *, inline: bool = False) -> str:
    """A table constraint, or a foreign key or CHECK as it stands in a column's definition.

    Raises UnsupportedOperationError for what SQLite cannot express.
    """
    match constraint:
        case PrimaryKey():
            _require_plain_key(constraint)
            text = f"PRIMARY KEY ({_columns(constraint.columns)}){_conflict(constraint)}"
        case Unique():
            _require_plain_key(constraint)
            text = f"UNIQUE ({_columns(constraint.columns)}){_conflict(constraint)}"
        case Check():
            if constraint.not_valid or constraint.no_inherit:
                _refuse(constraint, "a CHECK that is NOT VALID or NO INHERIT")
            text = f"CHECK ({constraint.expression})"
        case ForeignKey():
            text = references_text(constraint)
            if not inline:
                text = f"FOREIGN KEY ({_columns(constraint.columns)}) {text}"
        case Exclude():
            _refuse(constraint, "EXCLUDE constraints")
    return _name(constraint) + text


def references_text(key: ForeignKey) -> str:
    """The foreign key from REFERENCES on."""
    if key.not_valid:
        _refuse(key, "a foreign key that is NOT VALID")
    text = f"REFERENCES {table_name(key.target)}"
    if key.target_columns:
        text += f" ({_columns(key.target_columns)})"
    if key.match:
        text += f" MATCH {key.match}"
    if key.on_update:
        text += f" ON UPDATE {key.on_update}"
    if key.on_delete:
        text += f" ON DELETE {key.on_delete}"
    if key.deferrable or key.initially_deferred:
        text += " DEFERRABLE"
    if key.initially_deferred:
        text += " INITIALLY DEFERRED"
    return text


def create_index(table: QualifiedName, index: Index) -> str:
    """The CREATE INDEX text; raises UnsupportedOperationError for what SQLite cannot express."""
    extras = {
        "method": index.method,
        "INCLUDE": index.include,
        "NULLS NOT DISTINCT": index.nulls_not_distinct,
        "storage parameters": index.options,
        "tablespace": index.tablespace,
    }
    for what, value in extras.items():
        if value:
            raise UnsupportedOperationError(f"SQLite has no {what} for index {index.name}")
    unique = "UNIQUE " if index.unique else ""
    parts = ", ".join(_part(index, part) for part in index.parts)
    text = f"CREATE {unique}INDEX {quote(index.name)} ON {table_name(table)} ({parts})"
    return f"{text} WHERE {index.where}" if index.where is not None else text


def _part(index: Index, part: IndexPart) -> str:
    if part.nulls or part.opclass:
        what = f"NULLS {part.nulls.upper()}" if part.nulls else "operator classes"
        raise UnsupportedOperationError(f"SQLite has no {what} in index {index.name}")
    text = quote(part.column) if part.column else part.expression or ""
    if part.collation:
        text += f" COLLATE {quote(part.collation)}"
    return f"{text} DESC" if part.descending else text


def _require_plain_key(key: PrimaryKey | Unique) -> None:
    if key.deferrable or key.initially_deferred:
        _refuse(key, "deferrable keys; only its foreign keys can be deferred")
    if key.include:
        _refuse(key, "INCLUDE columns")
    if isinstance(key, Unique) and key.nulls_not_distinct:
        _refuse(key, "NULLS NOT DISTINCT")


def _refuse(constraint: Constraint, what: str) -> NoReturn:
    label = f" (constraint {constraint.name})" if constraint.name else ""
    raise UnsupportedOperationError(f"SQLite has no {what}{label}")


def _name(constraint: Constraint) -> str:
    return f"CONSTRAINT {quote(constraint.name)} " if constraint.name else ""


def _conflict(key: PrimaryKey | Unique) -> str:
    return f" ON CONFLICT {key.on_conflict}" if key.on_conflict else ""


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(quote(name) for name in names)
