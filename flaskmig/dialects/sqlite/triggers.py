"""Triggers as statements on SQLite, and in the tables whose rebuild makes them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite.definition import trigger_name
from flaskmig.operations import CreateTrigger, DropTrigger, ReplaceTrigger
from flaskmig.schema import QualifiedName, Schema, Trigger
from flaskmig.sql import folded, quote

TriggerOperation: TypeAlias = CreateTrigger | DropTrigger | ReplaceTrigger


def statements(operation: TriggerOperation) -> list[Statement]:
    """The SQL of the operation."""
    match operation:
        case CreateTrigger(trigger=trigger):
            return [_create(trigger)]
        case DropTrigger(trigger=trigger):
            return [_drop(trigger)]
        case ReplaceTrigger(before=before, after=after):
            return [_drop(before), _create(after)]


def _create(trigger: Trigger) -> Statement:
    return Statement(sql=trigger.definition)


def _drop(trigger: Trigger) -> Statement:
    return Statement(sql=f"DROP TRIGGER {quote(trigger.name)}")


def carried(operation: TriggerOperation, schema: Schema) -> Schema:
    """The schema whose table, if it is one, has the text of its triggers after the operation."""
    for trigger, is_made in _changes(operation):
        table = schema.find_table(trigger.table)
        if table is not None:
            kept = (sql for sql in table.triggers if not _is_named(sql, trigger.name))
            texts = (*kept, trigger.definition) if is_made else tuple(kept)
            schema = schema.with_replaced(table, replace(table, triggers=texts))
    return schema


def _is_named(sql: str, name: str) -> bool:
    return folded(trigger_name(sql)) == folded(name)


def _changes(operation: TriggerOperation) -> list[tuple[Trigger, bool]]:
    """What goes, and what is made."""
    match operation:
        case CreateTrigger(trigger=trigger):
            return [(trigger, True)]
        case DropTrigger(trigger=trigger):
            return [(trigger, False)]
        case ReplaceTrigger(before=before, after=after):
            return [(before, False), (after, True)]


def triggers_after(
    operations: Iterable[TriggerOperation], before: Iterable[Trigger], owner: QualifiedName
) -> list[Trigger]:
    """The triggers of a table or view after the operations."""
    found = {folded(trigger.name): trigger for trigger in before}
    for operation in operations:
        for trigger, is_made in _changes(operation):
            if trigger.table == owner and is_made:
                found[folded(trigger.name)] = trigger
            elif trigger.table == owner:
                found.pop(folded(trigger.name), None)
    return list(found.values())
