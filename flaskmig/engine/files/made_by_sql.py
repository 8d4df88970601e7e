"""What the SQL in a revision file makes, where flaskmig itself wrote it for Alembic.

Most people who write ``op.execute("CREATE VIEW …")`` have no model for that view, and nothing may
be dropped because of it. So only what stands below `OURS` counts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from flaskmig.errors import OperationError
from flaskmig.schema import Extension, Function, QualifiedName, Trigger, View, declared_label
from flaskmig.schema.definitions import read_function, read_trigger

# A whole line above a call of op.execute.
OURS = "# Alembic has no call for this."

_IDENTIFIER = r'(?:"(?:[^"]|"")*"|[A-Za-z_]\w*)'
_NAME = rf"(?P<name>{_IDENTIFIER}(?:\.{_IDENTIFIER})?)"
_CREATE = re.compile(
    r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+|MATERIALIZED\s+)?"
    rf"(?P<kind>TABLE|VIEW|TYPE|SEQUENCE|SCHEMA|EXTENSION)\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}"
)
_RENAME = re.compile(
    rf"\s*ALTER\s+(?P<kind>TABLE|TYPE|SEQUENCE)\s+{_NAME}\s+"
    rf"(?P<way>RENAME\s+TO|SET\s+SCHEMA)\s+(?P<new>{_IDENTIFIER})\s*;?\s*\Z"
)
_ROUTINE = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)\b", re.IGNORECASE)
_TRIGGER = re.compile(r"\s*CREATE\s+(?:\w+\s+){0,3}?TRIGGER\b", re.IGNORECASE)
_KINDS = {"TYPE": "enum", "SEQUENCE": "sequence"}


def makes_object(sql: str) -> bool:
    """Whether the statement makes or renames something that has a name of its own."""
    patterns = (_CREATE, _RENAME, _ROUTINE, _TRIGGER)
    return any(pattern.match(sql) for pattern in patterns)


def our_sql(call: ast.Call, lines: Sequence[str]) -> str | None:
    """The SQL of a call of ``execute`` that is marked as ours; ``lines`` are those of the file."""
    above = lines[call.lineno - 2].strip() if 1 < call.lineno <= len(lines) else ""
    if above != OURS or not call.args:
        return None
    match call.args[0]:
        case ast.Constant(str() as text):
            return text
        case ast.Call(ast.Attribute(ast.Name("textwrap"), "dedent"), [ast.Constant(str() as text)]):
            return text
        case _:
            return None


def made_table(sql: str) -> QualifiedName | None:
    """The table that the statement makes, or that another one becomes; None for anything else."""
    found = _made(sql)
    return found[1] if found is not None and found[0] == "TABLE" else None


def made_object(sql: str) -> str | None:
    """The label of the object beside tables that the statement makes, as `declared_label` has it.

    None where it makes none.
    """
    try:
        if _ROUTINE.match(sql):
            return declared_label(Function(name=read_function(sql).name, definition=""))
        if _TRIGGER.match(sql):
            trigger = read_trigger(sql, folds="EXECUTE" in sql.upper())
            return declared_label(Trigger(name=trigger.name, table=trigger.table, definition=""))
    except OperationError:
        # It says so itself when it is run.
        return None
    found = _made(sql)
    if found is None or found[0] == "TABLE":
        return None
    kind, name = found
    if kind == "VIEW":
        return declared_label(View(name=name, definition=""))
    if kind == "EXTENSION":
        return declared_label(Extension(name=name.name))
    return f"schema:{name.name}" if kind == "SCHEMA" else f"{_KINDS[kind]}:{name}"


def _made(sql: str) -> tuple[str, QualifiedName] | None:
    created = _CREATE.match(sql)
    if created is not None:
        return created["kind"], _qualified(created["name"])
    renamed = _RENAME.match(sql)
    if renamed is None:
        return None
    before, new = _qualified(renamed["name"]), _plain(renamed["new"])
    if renamed["way"].startswith("RENAME"):
        return renamed["kind"], QualifiedName(new, before.schema)
    return renamed["kind"], QualifiedName(before.name, new)


def _qualified(text: str) -> QualifiedName:
    parts = [_plain(part) for part in re.findall(_IDENTIFIER, text)]
    return QualifiedName(parts[-1], parts[0] if len(parts) > 1 else None)


def _plain(identifier: str) -> str:
    if not identifier.startswith('"'):
        return identifier
    return identifier[1:-1].replace('""', '"')
