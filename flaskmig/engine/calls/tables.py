"""Calls about whole tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.sql.schema import SchemaItem

from flaskmig.engine.calls import stubs
from flaskmig.engine.migrating.migration import current
from flaskmig.operations import AlterTable, CreateTable, DropTable, RenameTable
from flaskmig.schema import OptionValue, Settings, Table

SAME: Literal[False] = False


def create_table(
    table_name: str,
    *columns: SchemaItem,
    if_not_exists: bool | None = None,
    schema: str | None = None,
    **options: Any,
) -> sa.Table:
    """Make a table from columns and constraints, as `sqlalchemy.Table` takes them.

    Returns the table, for `bulk_insert`.
    """
    migration = current()
    table = stubs.new_table(table_name, schema, columns, options)
    name = migration.name(table_name, schema)
    if if_not_exists and migration.find_table(name) is not None:
        return table
    migration.run(CreateTable(table=stubs.read(migration, table)))
    return table


def drop_table(
    table_name: str, *, schema: str | None = None, if_exists: bool | None = None, **_: Any
) -> None:
    """Drop a table and its rows; enum types stay."""
    migration = current()
    name = migration.name(table_name, schema)
    if if_exists and migration.find_table(name) is None:
        return
    migration.run(DropTable(table=migration.glimpse(name) or Table(name=name)))


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
