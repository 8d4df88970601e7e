"""Functions and procedures as statements."""

from __future__ import annotations

from flaskmig.dialects.base import Hazard
from flaskmig.dialects.postgresql.clauses import literal, qualified
from flaskmig.dialects.postgresql.kept import keep_of_function, put_back_on_function
from flaskmig.dialects.postgresql.script import Script
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import CreateFunction, DropFunction, ReplaceFunction
from flaskmig.schema import Function
from flaskmig.sql import tokens


def write(script: Script, operation: CreateFunction | DropFunction | ReplaceFunction) -> None:
    """Add the statements of the operation; raises UnsupportedOperationError."""
    match operation:
        case CreateFunction(function=function):
            _create(script, function)
            if operation.keeps_grants:
                put_back_on_function(script, function)
        case DropFunction(function=function):
            if operation.keeps_grants:
                keep_of_function(script, function)
            _drop(script, function, () if operation.keeps_grants else _lost(function))
        case ReplaceFunction(before=before, after=after):
            _replace(script, before, after)


def replacing(definition: str) -> str:
    """The text with OR REPLACE; raises UnsupportedOperationError where it makes no function."""
    found = tokens(definition, "postgresql")
    kind_of(definition)
    if found[1].keyword == "OR":
        return definition
    return f"{definition[: found[0].end]} OR REPLACE{definition[found[0].end :]}"


def kind_of(definition: str) -> str:
    """ "FUNCTION" or "PROCEDURE"; raises UnsupportedOperationError where it is neither."""
    words = [token.keyword for token in tokens(definition, "postgresql")[:4]]
    if words[:3] == ["CREATE", "OR", "REPLACE"]:
        words = ["CREATE", *words[3:]]
    if words[:1] != ["CREATE"] or not {"FUNCTION", "PROCEDURE"} & set(words[1:2]):
        raise UnsupportedOperationError(
            f"this does not make a function: {definition[:60]}",
            hint="write the whole CREATE FUNCTION or CREATE PROCEDURE statement",
        )
    return words[1]


def with_name(definition: str, name: str) -> str:
    """The text with another name, which is put in as it stands, and without OR REPLACE."""
    kind = kind_of(definition)
    found = tokens(definition, "postgresql")
    opening = next(token for token in found if token.text == "(")
    return f"CREATE {kind} {name}{definition[opening.start :]}"


def _signature(function: Function) -> str:
    return f"{qualified(function.name)}({function.arguments})"


def _create(script: Script, function: Function, *, replace: bool = False) -> None:
    text = replacing(function.definition) if replace else function.definition
    # The body may name what comes later, as it may in a dump.
    script.add("SET LOCAL check_function_bodies = off")
    script.add(text)
    script.add("SET LOCAL check_function_bodies = DEFAULT")
    if function.comment is not None:
        script.add(_comment(function))


def _comment(function: Function) -> str:
    what = f"{kind_of(function.definition)} {_signature(function)}"
    return f"COMMENT ON {what} IS {literal(function.comment)}"


def _drop(script: Script, function: Function, found: tuple[Hazard, ...]) -> None:
    # A call that drops one by its name alone does not say what kind it is.
    kind = kind_of(function.definition) if function.definition else "ROUTINE"
    script.add(f"DROP {kind} {_signature(function)}", found=found)


def _lost(function: Function) -> tuple[Hazard, ...]:
    return (
        Hazard(
            code="grants",
            message=f"what was granted on function {function.signature} is gone with it",
            instead="where it is made again in the same revision, give keep_grants=True to both",
        ),
    )


def _replace(script: Script, before: Function, after: Function) -> None:
    if before.definition != after.definition:
        if before.interface and after.interface and before.interface != after.interface:
            keep_of_function(script, before)
            _drop(script, before, ())
            _create(script, after)
            put_back_on_function(script, after)
            return
        _create(script, Function(name=after.name, definition=after.definition), replace=True)
    if before.comment != after.comment:
        script.add(_comment(after))
