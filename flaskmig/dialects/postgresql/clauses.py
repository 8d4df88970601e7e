"""The SQL text of tables, columns, constraints, indexes and sequences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from flaskmig.errors import UnsupportedOperationError
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ExcludeElement,
    ForeignKey,
    Identity,
    Index,
    IndexPart,
    OptionValue,
    PrimaryKey,
    QualifiedName,
    Sequence,
    Table,
    Unique,
)
from flaskmig.sql import quote, quote_literal

MAX_NAME_BYTES = 63
_SERIAL = {"integer": "SERIAL", "bigint": "BIGSERIAL", "smallint": "SMALLSERIAL"}
_BARE_VALUE = re.compile(r"[A-Za-z0-9_.]+")
_SETTINGS = ("unlogged", "partition_by", "tablespace")


def identifier(name: str) -> str:
    """The name, quoted.

    Raises UnsupportedOperationError for a name of more than 63 bytes, which the server would
    cut off without an error, and for one that is empty or holds a NUL.
    """
    size = len(name.encode(errors="surrogatepass"))
    if size > MAX_NAME_BYTES:
        raise UnsupportedOperationError(
            f"the name {name!r} has {size} bytes; PostgreSQL allows {MAX_NAME_BYTES}",
            hint="give it a shorter name",
        )
    if not name or "\0" in name:
        raise UnsupportedOperationError(f"{name!r} cannot be a name in PostgreSQL")
    return quote(name)


def qualified(name: QualifiedName) -> str:
    """The name, quoted, with its schema where it has one."""
    bare = identifier(name.name)
    return f"{identifier(name.schema)}.{bare}" if name.schema else bare


def listed(names: Iterable[str]) -> str:
    return ", ".join(identifier(name) for name in names)


def literal(text: str | None) -> str:
    return "NULL" if text is None else quote_literal(text)


def column_clause(column: Column) -> str:
    """A column as CREATE TABLE and ADD COLUMN have it."""
    parts = [identifier(column.name), serial_type(column) or column.type.sql]
    if column.collation:
        parts.append(f"COLLATE {identifier(column.collation)}")
    if column.generated is not None:
        kind = "STORED" if column.generated.stored else "VIRTUAL"
        parts.append(f"GENERATED ALWAYS AS ({column.generated.expression}) {kind}")
    elif column.identity is not None:
        parts.append(identity_clause(column.identity))
    elif column.default is not None:
        parts.append(f"DEFAULT {column.default}")
    if not column.nullable:
        parts.append("NOT NULL")
    return " ".join(parts)


def serial_type(column: Column) -> str | None:
    """SERIAL or its like where the column is one.

    Raises UnsupportedOperationError where the type is none that a sequence can fill.
    """
    if not column.autoincrement:
        return None
    if column.type.sql not in _SERIAL:
        raise UnsupportedOperationError(
            f"column {column.name} of type {column.type.sql} cannot be a serial column",
            hint="use smallint, integer or bigint",
        )
    return _SERIAL[column.type.sql]


def identity_clause(identity: Identity) -> str:
    always = "ALWAYS" if identity.always else "BY DEFAULT"
    options = " ".join(sequence_options(identity))
    return f"GENERATED {always} AS IDENTITY" + (f" ({options})" if options else "")


def sequence_options(options: Identity | Sequence) -> list[str]:
    """The options that are not PostgreSQL's own defaults."""
    given = (
        ("START WITH", options.start),
        ("INCREMENT BY", options.increment),
        ("MINVALUE", options.minimum),
        ("MAXVALUE", options.maximum),
        ("CACHE", options.cache),
    )
    found = [f"{word} {value}" for word, value in given if value is not None]
    return [*found, "CYCLE"] if options.cycle else found


def sequence_changes(before: Identity | Sequence, after: Identity | Sequence) -> list[str]:
    """The options as ALTER SEQUENCE and ALTER COLUMN have them: those that differ."""
    found = []
    if before.increment != after.increment:
        found.append(f"INCREMENT BY {after.increment or 1}")
    if before.minimum != after.minimum:
        found.append("NO MINVALUE" if after.minimum is None else f"MINVALUE {after.minimum}")
    if before.maximum != after.maximum:
        found.append("NO MAXVALUE" if after.maximum is None else f"MAXVALUE {after.maximum}")
    if _first(before) != _first(after):
        found.append(f"START WITH {_first(after)}")
    if before.cache != after.cache:
        found.append(f"CACHE {after.cache or 1}")
    if before.cycle != after.cycle:
        found.append("CYCLE" if after.cycle else "NO CYCLE")
    return found


def _first(options: Identity | Sequence) -> int:
    if options.start is not None:
        return options.start
    ascending = (options.increment or 1) > 0
    bound = options.minimum if ascending else options.maximum
    return bound if bound is not None else (1 if ascending else -1)


def constraint_clause(constraint: Constraint) -> str:
    """A constraint as CREATE TABLE and ADD CONSTRAINT have it.

    Raises UnsupportedOperationError for what PostgreSQL does not have.
    """
    name = f"CONSTRAINT {identifier(constraint.name)} " if constraint.name else ""
    return name + _constraint_body(constraint)


def _constraint_body(constraint: Constraint) -> str:
    match constraint:
        case PrimaryKey() | Unique():
            return _key(constraint)
        case Check():
            parts = [f"CHECK ({constraint.expression})"]
            parts += ["NO INHERIT"] if constraint.no_inherit else []
            parts += ["NOT VALID"] if constraint.not_valid else []
            return " ".join(parts)
        case ForeignKey():
            return _foreign_key(constraint)
        case Exclude():
            elements = ", ".join(_exclude_element(element) for element in constraint.elements)
            where = f" WHERE ({constraint.where})" if constraint.where else ""
            text = f"EXCLUDE USING {constraint.method} ({elements}){where}"
            return text + _deferred(constraint)
        case _:
            assert_never(constraint)


def _key(key: PrimaryKey | Unique) -> str:
    if key.on_conflict:
        raise UnsupportedOperationError(
            "PostgreSQL has no ON CONFLICT in a constraint", hint="say it in INSERT instead"
        )
    kind = "PRIMARY KEY" if isinstance(key, PrimaryKey) else "UNIQUE"
    if isinstance(key, Unique) and key.nulls_not_distinct:
        kind += " NULLS NOT DISTINCT"
    include = f" INCLUDE ({listed(key.include)})" if key.include else ""
    return f"{kind} ({listed(key.columns)}){include}{_deferred(key)}"


def _foreign_key(key: ForeignKey) -> str:
    parts = [f"FOREIGN KEY ({listed(key.columns)}) REFERENCES {qualified(key.target)}"]
    if key.target_columns:
        parts.append(f"({listed(key.target_columns)})")
    if key.match:
        parts.append(f"MATCH {key.match}")
    if key.on_update:
        parts.append(f"ON UPDATE {key.on_update}")
    if key.on_delete:
        parts.append(f"ON DELETE {key.on_delete}")
    text = " ".join(parts) + _deferred(key)
    return f"{text} NOT VALID" if key.not_valid else text


def _deferred(constraint: PrimaryKey | Unique | ForeignKey | Exclude) -> str:
    if constraint.initially_deferred:
        return " DEFERRABLE INITIALLY DEFERRED"
    return " DEFERRABLE" if constraint.deferrable else ""


def _exclude_element(element: ExcludeElement) -> str:
    what = identifier(element.column) if element.column else f"({element.expression})"
    opclass = f" {element.opclass}" if element.opclass else ""
    return f"{what}{opclass} WITH {element.operator}"


def is_inline(constraint: Constraint) -> bool:
    """Whether CREATE TABLE can hold it: there, NOT VALID would be taken for valid."""
    return not (isinstance(constraint, Check | ForeignKey) and constraint.not_valid)


def create_table(table: Table) -> str:
    """CREATE TABLE with the constraints inside, one line for each column and constraint.

    Raises UnsupportedOperationError for options that PostgreSQL does not have.
    """
    options = dict(table.settings.options)
    reject_unknown_options(options)
    lines = [column_clause(column) for column in table.columns]
    lines += [constraint_clause(each) for each in table.constraints if is_inline(each)]
    kind = "UNLOGGED TABLE" if options.get("unlogged") else "TABLE"
    body = "(\n    " + ",\n    ".join(lines) + "\n)" if lines else "()"
    text = f"CREATE {kind} {qualified(table.name)} {body}"
    if options.get("partition_by"):
        text += f" PARTITION BY {options['partition_by']}"
    storage = [(name[5:], value) for name, value in options.items() if name.startswith("with.")]
    if storage:
        text += f" WITH ({storage_options(storage)})"
    if options.get("tablespace"):
        text += f" TABLESPACE {identifier(str(options['tablespace']))}"
    return text


def reject_unknown_options(names: Iterable[str]) -> None:
    """Raise UnsupportedOperationError for table options that PostgreSQL does not have."""
    unknown = [name for name in names if name not in _SETTINGS and not name.startswith("with.")]
    if unknown:
        raise UnsupportedOperationError(
            f"PostgreSQL tables have no option {', '.join(sorted(unknown))}",
            hint=f"the options are {', '.join(_SETTINGS)} and with.<storage parameter>",
        )


def storage_options(options: Iterable[tuple[str, OptionValue]]) -> str:
    """``name = value`` pairs as WITH (…) and SET (…) have them."""
    return ", ".join(f"{_storage_name(name)} = {_storage_value(v)}" for name, v in options)


def _storage_name(name: str) -> str:
    # toast.autovacuum_enabled is a name in two parts.
    return ".".join(identifier(part) for part in name.split(".", 1))


def _storage_value(value: OptionValue) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if _BARE_VALUE.fullmatch(text) else quote_literal(text)


def create_index(table: QualifiedName, index: Index, *, concurrently: bool = False) -> str:
    unique = "UNIQUE " if index.unique else ""
    how = "CONCURRENTLY " if concurrently else ""
    method = f" USING {index.method}" if index.method else ""
    parts = ", ".join(_index_part(part) for part in index.parts)
    text = f"CREATE {unique}INDEX {how}{identifier(index.name)} ON {qualified(table)}{method}"
    text += f" ({parts})"
    if index.include:
        text += f" INCLUDE ({listed(index.include)})"
    if index.nulls_not_distinct:
        text += " NULLS NOT DISTINCT"
    if index.options:
        text += f" WITH ({storage_options(index.options)})"
    if index.tablespace:
        text += f" TABLESPACE {identifier(index.tablespace)}"
    return text + (f" WHERE {index.where}" if index.where else "")


def _index_part(part: IndexPart) -> str:
    words = [identifier(part.column) if part.column else f"({part.expression})"]
    if part.collation:
        words.append(f"COLLATE {identifier(part.collation)}")
    if part.opclass:
        words.append(part.opclass)
    if part.descending:
        words.append("DESC")
    if part.nulls:
        words.append(f"NULLS {part.nulls.upper()}")
    return " ".join(words)
