"""Views, functions, triggers and extensions as Python: the calls of ``op`` about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from flaskmig.engine.rendering import index_source
from flaskmig.engine.rendering.python_source import block, call, literal
from flaskmig.engine.rendering.source_writer import SourceWriter, given
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
from flaskmig.schema import View
from flaskmig.schema.view_options import STORAGE

DeclaredOperation: TypeAlias = (
    CreateView
    | DropView
    | ReplaceView
    | CreateFunction
    | DropFunction
    | ReplaceFunction
    | CreateTrigger
    | DropTrigger
    | ReplaceTrigger
    | CreateExtension
    | DropExtension
    | AlterExtension
)


def declared_calls(writer: SourceWriter, operation: DeclaredOperation) -> Iterator[str]:
    """The calls that carry out an operation on one of them."""
    match operation:
        case CreateView(view=view):
            yield _create_view(view, keeps_grants=operation.keeps_grants)
            for index in view.indexes:
                yield index_source.create_code(writer, view.name, index)
        case ReplaceView(after=view):
            yield _create_view(view, replaces=True)
        case DropView(view=view):
            keywords = {
                "schema": view.name.schema,
                "materialized": view.materialized,
                "keep_grants": operation.keeps_grants,
            }
            yield call("op.drop_view", [literal(view.name.name)], given(keywords))
        case CreateFunction() | DropFunction() | ReplaceFunction():
            yield _function_call(operation)
        case CreateTrigger(trigger=trigger):
            yield _made_of_text(
                "op.create_trigger",
                trigger.definition,
                trigger.comment,
                {"keep_state": operation.keeps_state},
            )
        case ReplaceTrigger(after=trigger):
            yield _made_of_text(
                "op.create_trigger", trigger.definition, trigger.comment, {"replace": True}
            )
        case DropTrigger(trigger=trigger):
            names = [literal(trigger.name), literal(trigger.table.name)]
            keywords = {"schema": trigger.table.schema, "keep_state": operation.keeps_state}
            yield call("op.drop_trigger", names, given(keywords))
        case CreateExtension() | DropExtension() | AlterExtension():
            yield _extension_call(operation)


def _create_view(view: View, *, replaces: bool = False, keeps_grants: bool = False) -> str:
    options = dict(view.options)
    storage = {
        name.removeprefix(STORAGE): value
        for name, value in options.items()
        if name.startswith(STORAGE)
    }
    keywords = {
        "schema": view.name.schema,
        "columns": view.columns,
        "materialized": view.materialized,
        **{name: value for name, value in options.items() if not name.startswith(STORAGE)},
        "storage": storage or None,
        "comment": view.comment,
        "replace": replaces,
        "keep_grants": keeps_grants,
    }
    return call(
        "op.create_view", [literal(view.name.name), block(view.definition)], given(keywords)
    )


def _function_call(operation: CreateFunction | DropFunction | ReplaceFunction) -> str:
    match operation:
        case CreateFunction(function=function):
            return _made_of_text(
                "op.create_function",
                function.definition,
                function.comment,
                {"keep_grants": operation.keeps_grants},
            )
        case ReplaceFunction(before=before, after=function):
            keywords = {"existing_comment": before.comment, "replace": True}
            return _made_of_text(
                "op.create_function", function.definition, function.comment, keywords
            )
        case DropFunction(function=function):
            return call(
                "op.drop_function",
                [literal(function.quoted_signature)],
                given({"keep_grants": operation.keeps_grants}),
            )


def _made_of_text(
    function: str,
    sql: str,
    comment: str | None,
    keywords: Mapping[str, str | bool | None] | None = None,
) -> str:
    return call(function, [block(sql)], given({"comment": comment, **(keywords or {})}))


def _extension_call(operation: CreateExtension | DropExtension | AlterExtension) -> str:
    match operation:
        case CreateExtension(extension=extension):
            keywords = {"schema": extension.schema, "version": extension.version}
            return call("op.create_extension", [literal(extension.name)], given(keywords))
        case DropExtension(extension=extension):
            return call("op.drop_extension", [literal(extension.name)])
        case AlterExtension(before=before, after=after):
            changed = {
                name: literal(getattr(after, name))
                for name in ("schema", "version")
                if getattr(after, name) != getattr(before, name)
            }
            known = {"existing_schema": before.schema, "existing_version": before.version}
            return call("op.alter_extension", [literal(after.name)], {**changed, **given(known)})
