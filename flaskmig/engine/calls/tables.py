"""Calls about whole tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.sql.schema import SchemaItem

from flaskmig.engine.calls import stubs
from flaskmig.engine.calls.spellings import spelled
from flaskmig.engine.calls.table_events import fired
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.operations import AlterTable, CreateTable, DropTable, RenameTable
from flaskmig.schema import OptionValue, Settings, Table

SAME: Literal[False] = False


@spelled(old={"name": "table_name"})
def create_table(
    table_name: str,
    *columns: SchemaItem,
    if_not_exists: bool | None = None,
    schema: str | None = None,
    **options: Any,
) -> sa.Table:
    """Make a table from columns and constraints, as `sqlalchemy.Table` takes them.

    Returns the table, for `bulk_insert`. SQLAlchemy's events are fired. A temporary table, and
    one that inherits from another, is made by SQLAlchemy's own SQL: no operation has it.
    """
    migration = current()
    table = stubs.new_table(table_name, schema, columns, options)
    name = migration.name(table_name, schema)
    is_there = bool(if_not_exists) and migration.find_if_known(name) is not None
    if is_there and not migration.sink.unseen:
        return table
    with fired(migration, table, "create"):
        if _is_beyond(migration, table):
            _create_as_sqlalchemy(migration, table, if_not_exists=bool(if_not_exists))
            migration.beyond.add(name)
        else:
            operation = CreateTable(table=_read(migration, table))
            if if_not_exists:
                migration.run_if_needed(operation, not is_there)
            else:
                migration.run(operation)
    return table


@spelled(old={"name": "table_name"}, then=["schema"])
def drop_table(
    table_name: str, *, schema: str | None = None, if_exists: bool | None = None, **options: Any
) -> None:
    """Drop a table and its rows; enum types stay. SQLAlchemy's events are fired."""
    migration = current()
    name = migration.name(table_name, schema)
    known = stubs.construct_options(migration, "drop_table", options, _OF_A_TABLE)
    found = migration.find_if_known(name) if if_exists else None
    is_absent = found is None and name not in migration.beyond
    if if_exists and is_absent and not migration.sink.unseen:
        return
    table = stubs.new_table(table_name, schema, (), known)
    with fired(migration, table, "drop"):
        if name in migration.beyond:
            migration.execute(sa.schema.DropTable(table, if_exists=bool(if_exists)))
            migration.beyond.discard(name)
        elif if_exists:
            migration.run_if_needed(DropTable(table=found or Table(name=name)), not is_absent)
        else:
            migration.run(DropTable(table=migration.glimpse(name) or Table(name=name)))


_OF_A_TABLE = (
    "comment",
    "extend_existing",
    "implicit_returning",
    "info",
    "keep_existing",
    "listeners",
    "prefixes",
    "quote",
    "quote_schema",
)


def _is_beyond(migration: Migration, table: sa.Table) -> bool:
    """Whether the table is of a kind that no operation makes."""
    name = migration.dialect.name
    modelled = ("UNLOGGED",) if name == "postgresql" else ()
    if any(str(prefix).strip().upper() not in modelled for prefix in table._prefixes):
        return True
    options = (table.dialect_kwargs.get(f"postgresql_{each}") for each in _NOT_MODELLED)
    return name == "postgresql" and any(options)


_NOT_MODELLED = ("inherits", "on_commit", "using")


def _read(migration: Migration, table: sa.Table) -> Table:
    """The table as SQLAlchemy's CREATE TABLE makes it."""
    read = stubs.read(migration, table)
    apart = [key for key in table.foreign_key_constraints if key.use_alter]
    if not apart or not migration.sqlalchemy_dialect.supports_alter:
        return read
    names = ", ".join(sorted(str(key.name) for key in apart))
    migration.warn_once(
        f"op.create_table() leaves foreign keys with use_alter= out, as Alembic does: {names}; "
        "op.create_foreign_key makes them"
    )
    left_out = [migration.reader.constraint(key) for key in apart]
    kept = tuple(each for each in read.constraints if each not in left_out)
    return replace(read, constraints=kept)


def _create_as_sqlalchemy(migration: Migration, table: sa.Table, *, if_not_exists: bool) -> None:
    stubs.make_types(migration, table)
    migration.execute(sa.schema.CreateTable(table, if_not_exists=if_not_exists))
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        migration.execute(sa.schema.CreateIndex(index))
    if migration.sqlalchemy_dialect.supports_comments:
        if table.comment is not None:
            migration.execute(sa.schema.SetTableComment(table))
        for column in table.columns:
            if column.comment is not None:
                migration.execute(sa.schema.SetColumnComment(column))


@spelled(then=["schema"])
def rename_table(
    old_table_name: str,
    new_table_name: str,
    *,
    schema: str | None = None,
    new_schema: str | Literal[False] | None = SAME,
    default_names: bool = False,
) -> None:
    """Give a table another name, or move it to another schema.

    ``default_names``: what PostgreSQL named after the table follows, as users_pkey and
    users_id_seq.
    """
    target = schema if new_schema is False else new_schema
    migration = current()
    migration.run(
        RenameTable(
            before=migration.name(old_table_name, schema),
            after=migration.name(new_table_name, target),
            default_names=default_names,
        )
    )


@spelled(then=["existing_comment", "schema"])
def create_table_comment(
    table_name: str,
    comment: str | None,
    *,
    existing_comment: str | None = None,
    schema: str | None = None,
) -> None:
    """Set a table's comment; SQLite has none, and nothing happens there."""
    migration = current()
    if migration.dialect.name == "sqlite":
        return
    name = migration.name(table_name, schema)
    known = migration.glimpse(name)
    options = known.settings.options if known else ()
    was = known.settings.comment if known else existing_comment
    if was == comment:
        # The file says so; what the database has may differ, so the statement is run anyhow.
        was = None if comment is not None else ""
    migration.run(
        AlterTable(
            table=name,
            before=Settings(comment=was, options=options),
            after=Settings(comment=comment, options=options),
        )
    )


@spelled(then=["existing_comment", "schema"])
def drop_table_comment(
    table_name: str, *, existing_comment: str | None = None, schema: str | None = None
) -> None:
    """Take a table's comment away."""
    create_table_comment(table_name, None, existing_comment=existing_comment, schema=schema)


def alter_table(table_name: str, *, schema: str | None = None, **options: Any) -> None:
    """Change a table's options, named as `sqlalchemy.Table` names them.

    Only what is given changes; None is the database's default. Raises TypeError for an option
    that neither database has.
    """
    migration = current()
    name = migration.name(table_name, schema)
    before = migration.table(name).settings
    changed = dict(before.options)
    for option, value in _settings(options).items():
        if value is None or value is False:
            changed.pop(option, None)
        else:
            changed[option] = value
    after = Settings(comment=before.comment, options=tuple(sorted(changed.items())))
    migration.run(AlterTable(table=name, before=before, after=after))


_OPTIONS = {
    "sqlite_strict": "strict",
    "postgresql_unlogged": "unlogged",
    "postgresql_tablespace": "tablespace",
    "postgresql_partition_by": "partition_by",
}


def _settings(options: Mapping[str, Any]) -> dict[str, OptionValue | None]:
    found: dict[str, OptionValue | None] = {}
    for name, value in options.items():
        if name == "postgresql_with":
            found |= {f"with.{key}": _text(each) for key, each in value.items()}
        elif name == "sqlite_with_rowid":
            found["without_rowid"] = True if value is False else None
        elif name in _OPTIONS:
            found[_OPTIONS[name]] = value
        else:
            raise TypeError(f"alter_table() has no option {name}")
    return found


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
