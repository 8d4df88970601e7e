"""Triggers as statements."""

from __future__ import annotations

from flaskmig.dialects.base import Lock
from flaskmig.dialects.postgresql import hazards
from flaskmig.dialects.postgresql.clauses import identifier, literal, qualified
from flaskmig.dialects.postgresql.kept_state import keep_of_trigger, put_back_on_trigger
from flaskmig.dialects.postgresql.script import Script
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import CreateTrigger, DropTrigger, ReplaceTrigger
from flaskmig.schema import Trigger
from flaskmig.sql import tokens


def write(script: Script, operation: CreateTrigger | DropTrigger | ReplaceTrigger) -> None:
    """Add the statements of the operation."""
    match operation:
        case CreateTrigger(trigger=trigger):
            _create(script, trigger, trigger.definition)
            if operation.keeps_state:
                put_back_on_trigger(script, trigger)
        case DropTrigger(trigger=trigger):
            if operation.keeps_state:
                keep_of_trigger(script, trigger)
            _drop(script, trigger)
        case ReplaceTrigger(before=before, after=after):
            _replace(script, before, after)


def with_table(definition: str, table: str) -> str:
    """The text with another table, which is put in as it stands.

    Raises UnsupportedOperationError where it names none.
    """
    found = tokens(definition, "postgresql")
    at = next((at for at, token in enumerate(found) if token.keyword == "ON"), len(found)) + 1
    if at >= len(found):
        raise UnsupportedOperationError(
            f"this does not make a trigger: {definition[:60]}",
            hint="write the whole CREATE TRIGGER statement",
        )
    end = at
    while end + 2 < len(found) and found[end + 1].text == ".":
        end += 2
    return f"{definition[: found[at].start]}{table}{definition[found[end].end :]}"


def _create(script: Script, trigger: Trigger, text: str) -> None:
    locks = (Lock(table=trigger.table, mode=hazards.SHARE_ROW_EXCLUSIVE),)
    script.add(text, locks=locks)
    if trigger.comment is not None:
        script.add(_comment(trigger))


def _comment(trigger: Trigger) -> str:
    return f"COMMENT ON TRIGGER {_place(trigger)} IS {literal(trigger.comment)}"


def _drop(script: Script, trigger: Trigger) -> None:
    script.add(f"DROP TRIGGER {_place(trigger)}", locks=hazards.exclusive(trigger.table))


def _place(trigger: Trigger) -> str:
    return f"{identifier(trigger.name)} ON {qualified(trigger.table)}"


def _replace(script: Script, before: Trigger, after: Trigger) -> None:
    if before.definition == after.definition:
        if before.comment != after.comment:
            script.add(_comment(after))
        return
    keep_of_trigger(script, before)
    text = _replacing(after.definition)
    if text is None or _replacing(before.definition) is None:
        _drop(script, before)
        _create(script, after, after.definition)
    else:
        locks = (Lock(table=after.table, mode=hazards.SHARE_ROW_EXCLUSIVE),)
        script.add(text, locks=locks)
        if before.comment != after.comment:
            script.add(_comment(after))
    put_back_on_trigger(script, after)


def _replacing(definition: str) -> str | None:
    """The text with OR REPLACE.

    None for a constraint trigger, which knows no such thing, and where the text is not known.
    """
    found = tokens(definition, "postgresql")
    if not found:
        return None
    words = [token.keyword for token in found[:4]]
    if "CONSTRAINT" in words:
        return None
    if words[1] == "OR":
        return definition
    return f"{definition[: found[0].end]} OR REPLACE{definition[found[0].end :]}"
