"""Calls about views, functions, triggers and extensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from flaskmig.engine.calls.objects import SAME
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.operations import (
    AlterExtension,
    CreateExtension,
    CreateFunction,
    CreateTrigger,
    CreateView,
    DropExtension,
    DropFunction,
    DropTrigger,
    DropView,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.schema import Extension, Function, QualifiedName, Trigger, View
from flaskmig.schema.definitions import read_function, read_signature, read_trigger, tidy
from flaskmig.schema.view_options import view_options


def create_view(
    view_name: str,
    definition: str,
    *,
    schema: str | None = None,
    columns: Sequence[str] | None = None,
    materialized: bool = False,
    check_option: str | None = None,
    security_barrier: bool | None = None,
    security_invoker: bool | None = None,
    storage: Mapping[str, Any] | None = None,
    tablespace: str | None = None,
    comment: str | None = None,
    replace: bool = False,
    keep_grants: bool = False,
) -> None:
    """Make a view of a query; ``columns`` are names for what it selects.

    ``check_option`` is "local" or "cascaded". ``storage`` and ``tablespace`` are for
    materialized views, whose indexes `create_index` makes. ``replace`` changes a view that is
    there, whose columns stay the first ones. ``keep_grants`` gives back what the `drop_view` with
    ``keep_grants`` before it took.
    """
    migration = current()
    view = View(
        name=migration.name(view_name, schema),
        definition=tidy(definition),
        columns=tuple(columns or ()),
        materialized=materialized,
        options=view_options(
            check_option=check_option,
            security_barrier=security_barrier,
            security_invoker=security_invoker,
            storage=storage,
            tablespace=tablespace,
        ),
        comment=comment,
    )
    if not replace:
        migration.run(CreateView(view=view, keeps_grants=keep_grants))
        return
    migration.flush()
    migration.run(_replacing(migration, view))


def _replacing(migration: Migration, after: View) -> ReplaceView:
    """From the view that is there, or where nothing is known of it, from one just alike."""
    before = migration.before.find_view(after.name) or after
    return ReplaceView(before=before, after=replace(after, indexes=before.indexes))


def drop_view(
    view_name: str,
    *,
    schema: str | None = None,
    materialized: bool = False,
    if_exists: bool | None = None,
    keep_grants: bool = False,
) -> None:
    """Drop a view that no other view reads; with ``keep_grants`` it is made anew right after."""
    migration = current()
    name = migration.name(view_name, schema)
    if if_exists:
        migration.flush()
        if migration.before.find_view(name) is None:
            return
    view = View(name=name, definition="", materialized=materialized)
    migration.run(DropView(view=view, keeps_grants=keep_grants))


def create_function(
    sql: str,
    *,
    comment: str | None = None,
    existing_comment: str | None = None,
    replace: bool = False,
    keep_grants: bool = False,
) -> None:
    """Make a function or procedure with a whole CREATE FUNCTION or CREATE PROCEDURE statement.

    ``replace`` changes one that is there: not the names of its arguments, nor what it returns.
    """
    migration = current()
    text = read_function(sql)
    function = Function(
        name=_here(migration, text.name),
        arguments=text.arguments,
        definition=text.definition,
        comment=comment,
    )
    if replace:
        before = Function(
            name=function.name,
            arguments=function.arguments,
            definition="",
            comment=existing_comment,
        )
        migration.run(ReplaceFunction(before=before, after=function))
    else:
        migration.run(CreateFunction(function=function, keeps_grants=keep_grants))


def drop_function(signature: str, *, keep_grants: bool = False) -> None:
    """Drop a function or procedure, named as ``"name(integer, text)"``."""
    migration = current()
    name, arguments = read_signature(signature)
    function = Function(name=_here(migration, name), arguments=arguments, definition="")
    migration.run(DropFunction(function=function, keeps_grants=keep_grants))


def create_trigger(
    sql: str, *, comment: str | None = None, replace: bool = False, keep_state: bool = False
) -> None:
    """Make a trigger with a whole CREATE TRIGGER statement; ``replace`` changes one there is.

    With ``keep_state`` it stays disabled where the `drop_trigger` with ``keep_state`` before
    found it so.
    """
    migration = current()
    text = read_trigger(sql, folds=migration.dialect.name == "postgresql")
    trigger = Trigger(
        name=text.name,
        table=_here(migration, text.table),
        definition=text.definition,
        comment=comment,
    )
    if not replace:
        migration.run(CreateTrigger(trigger=trigger, keeps_state=keep_state))
        return
    migration.flush()
    there = (each for each in migration.before.triggers_of(trigger.table))
    unknown = Trigger(name=trigger.name, table=trigger.table, definition="")
    before = next((each for each in there if each.name == trigger.name), unknown)
    migration.run(ReplaceTrigger(before=before, after=trigger))


def drop_trigger(
    trigger_name: str, table_name: str, *, schema: str | None = None, keep_state: bool = False
) -> None:
    """Drop a trigger of a table or view; with ``keep_state`` it is made anew right after."""
    migration = current()
    table = migration.name(table_name, schema)
    trigger = Trigger(name=trigger_name, table=table, definition="")
    migration.run(DropTrigger(trigger=trigger, keeps_state=keep_state))


def create_extension(
    extension_name: str, *, schema: str | None = None, version: str | None = None
) -> None:
    """Make an extension of the database, in a schema and of a version where they are given."""
    extension = Extension(name=extension_name, schema=schema, version=version)
    current().run(CreateExtension(extension=extension))


def drop_extension(extension_name: str) -> None:
    """Drop an extension that nothing uses."""
    current().run(DropExtension(extension=Extension(name=extension_name)))


def alter_extension(
    extension_name: str,
    *,
    schema: str | Literal[False] | None = SAME,
    version: str | None = None,
    existing_schema: str | None = None,
    existing_version: str | None = None,
) -> None:
    """Move an extension to another schema, or update it to another version."""
    before = Extension(name=extension_name, schema=existing_schema, version=existing_version)
    after = Extension(
        name=extension_name,
        schema=existing_schema if schema is False else schema,
        version=version or existing_version,
    )
    current().run(AlterExtension(before=before, after=after))


def _here(migration: Migration, name: QualifiedName) -> QualifiedName:
    """The name as the migration knows it: without the default schema."""
    return migration.name(name.name, name.schema)
