"""How views and triggers follow when something that they rest on changes its name, or goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flaskmig.operations.mentions import names_mentioned
from flaskmig.operations.spelling import respell
from flaskmig.schema import QualifiedName, Schema, Trigger, View


def without_triggers_of(schema: Schema, table: QualifiedName) -> Schema:
    """The schema without the triggers of a table or view that goes."""
    if not schema.triggers_of(table):
        return schema
    return replace(schema, triggers=tuple(t for t in schema.triggers if t.table != table))


def edit_texts(schema: Schema, edit: Callable[[str], str]) -> Schema:
    """The schema with the queries of views and the texts of triggers edited."""
    if not schema.views and not schema.triggers:
        return schema
    return replace(
        schema,
        views=tuple(replace(view, definition=edit(view.definition)) for view in schema.views),
        triggers=tuple(replace(t, definition=edit(t.definition)) for t in schema.triggers),
    )


def rename_relation(schema: Schema, before: QualifiedName, after: QualifiedName) -> Schema:
    """The schema with the views and triggers on a renamed table naming it anew.

    Bodies of functions are not followed: no database does.
    """
    if not schema.views and not schema.triggers:
        return schema

    def view(each: View) -> View:
        if not _reads(each, before):
            return each
        uses = tuple((after if name == before else name, column) for name, column in each.uses)
        return replace(each, definition=respell(each.definition, before, after), uses=uses)

    def trigger(each: Trigger) -> Trigger:
        if each.table != before and before not in names_mentioned(each.definition):
            return each
        table = after if each.table == before else each.table
        return replace(each, table=table, definition=respell(each.definition, before, after))

    return replace(
        schema, views=tuple(map(view, schema.views)), triggers=tuple(map(trigger, schema.triggers))
    )


def rename_column_in_texts(schema: Schema, table: QualifiedName, before: str, after: str) -> Schema:
    """The schema with the views and triggers on a table naming a renamed column anew."""
    if not schema.views and not schema.triggers:
        return schema
    old, new = QualifiedName(before), QualifiedName(after)

    def view(each: View) -> View:
        if not (each.reads(table, before) if each.uses else _reads(each, table)):
            return each
        uses = tuple(
            (name, after if (name, column) == (table, before) else column)
            for name, column in each.uses
        )
        return replace(each, definition=respell(each.definition, old, new), uses=uses)

    def trigger(each: Trigger) -> Trigger:
        if each.table != table and table not in names_mentioned(each.definition):
            return each
        return replace(each, definition=respell(each.definition, old, new))

    return replace(
        schema, views=tuple(map(view, schema.views)), triggers=tuple(map(trigger, schema.triggers))
    )


def _reads(view: View, relation: QualifiedName) -> bool:
    return relation in (view.relations or names_mentioned(view.definition))
