"""What the revision files created: nothing else may be dropped by a new revision."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from flaskmig.engine.files.header import parse
from flaskmig.engine.files.made_by_sql import OURS, made_object, made_table, our_sql
from flaskmig.engine.files.revision_folders import read_revision
from flaskmig.errors import OperationError
from flaskmig.schema import Extension, Function, QualifiedName, Trigger, View, declared_label
from flaskmig.schema.definitions import read_function, read_trigger

_CALLS = {"create_table": ("table_name", "name"), "rename_table": ("new_table_name",)}
_OBJECT_CALLS = {
    "create_view": "view_name",
    "create_function": "sql",
    "create_trigger": "sql",
    "create_extension": "extension_name",
    "create_schema": "schema_name",
    "create_enum": "enum_name",
    "create_sequence": "sequence_name",
    "rename_enum": "new_enum_name",
    "rename_sequence": "new_sequence_name",
}
_DIRECTIONS = ("upgrade", "downgrade")

# Files in which none of these stands need not be parsed.
_TABLE_WORDS = tuple(word.encode() for word in (*_CALLS, OURS))
_OBJECT_WORDS = tuple(word.encode() for word in (*_OBJECT_CALLS, OURS))

# A method and what calls it.
_Call: TypeAlias = tuple[str, ast.Call]
Found = TypeVar("Found")


class Managed(NamedTuple):
    """What revision files create, or rename to, in one database.

    ``objects`` are those beside tables, as `declared_label` has them: "enum:mood",
    "sequence:app.tickets", "schema:app".
    """

    tables: frozenset[QualifiedName]
    objects: frozenset[str]


def managed_by(
    paths: Iterable[str | Path], bind: str = "", *, binds: Collection[str] = ()
) -> Managed:
    """What the files create, or rename to, in the database of ``bind``.

    Found by reading, not by running: calls such as ``create_table`` whose name is a literal or a
    name of the module that is bound to one, and SQL that flaskmig wrote. Functions for other binds
    are passed over; ``binds`` are those that are known. Raises InvalidRevisionFileError for a file
    that is not Python.
    """
    tables, objects = set[QualifiedName](), set[str]()
    for path in paths:
        source = read_revision(path)[0]
        has_tables = any(word in source for word in _TABLE_WORDS)
        has_objects = any(word in source for word in _OBJECT_WORDS)
        if not has_tables and not has_objects:
            continue
        module = parse(source, str(path))
        literals = dict(_literals(module))
        calls = tuple(_calls_in(module, bind, binds))
        ours = tuple(_our_sql(calls, source))
        if has_tables:
            tables.update(_known(_table_of(call, name, literals) for name, call in calls))
            tables.update(_known(map(made_table, ours)))
        if has_objects:
            objects.update(_known(_label_of(call, literals) for call in calls))
            objects.update(_known(map(made_object, ours)))
    return Managed(frozenset(tables), frozenset(objects))


def _known(found: Iterable[Found | None]) -> Iterator[Found]:
    return (each for each in found if each is not None)


def _our_sql(calls: Iterable[_Call], source: bytes) -> Iterator[str]:
    if OURS.encode() not in source:
        return
    lines = source.decode(errors="replace").splitlines()
    for method, call in calls:
        sql = our_sql(call, lines) if method == "execute" else None
        if sql is not None:
            # What text() would take for a parameter has a backslash before it.
            yield sql.replace("\\:", ":")


def _label_of(call: _Call, literals: dict[str, str]) -> str | None:
    method, node = call
    if method not in _OBJECT_CALLS:
        return None
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    place = 1 if method.startswith("rename_") else 0
    said = node.args[place] if len(node.args) > place else keywords.get(_OBJECT_CALLS[method])
    text = _text(said, literals)
    if text is None:
        return None
    schema = _text(keywords.get("schema"), literals)
    try:
        match method:
            case "create_view":
                return declared_label(View(name=QualifiedName(text, schema), definition=""))
            case "create_schema":
                return f"schema:{text}"
            case "create_enum" | "create_sequence" | "rename_enum" | "rename_sequence":
                return f"{method.partition('_')[2]}:{QualifiedName(text, schema)}"
            case "create_extension":
                return declared_label(Extension(name=text))
            case "create_function":
                return declared_label(Function(name=read_function(text).name, definition=""))
            case _:
                trigger = read_trigger(text, folds="EXECUTE" in text.upper())
                return declared_label(
                    Trigger(name=trigger.name, table=trigger.table, definition="")
                )
    except OperationError:
        # It says so itself when it is run.
        return None


def created_tables(paths: Iterable[str | Path], bind: str = "") -> frozenset[QualifiedName]:
    """The tables that upgrading through the files creates whatever is there.

    A call under a condition, in a ``try`` or with ``if_not_exists`` is not counted: its author
    thought of a table that exists.
    """
    found = set[QualifiedName]()
    for path in paths:
        source = read_revision(path)[0]
        if b"create_table" not in source:
            continue
        module = parse(source, str(path))
        literals = dict(_literals(module))
        for statement in module.body:
            if isinstance(statement, ast.FunctionDef) and _is_entry(statement, "upgrade", bind):
                found.update(_created_outright(statement.body, literals))
    return frozenset(found)


def _created_outright(
    body: Iterable[ast.stmt], literals: dict[str, str]
) -> Iterator[QualifiedName]:
    for statement in body:
        if isinstance(statement, ast.Expr | ast.Assign) and isinstance(statement.value, ast.Call):
            call = statement.value
            careful = any(keyword.arg == "if_not_exists" for keyword in call.keywords)
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            table = _table_of(call, name, literals) if name == "create_table" else None
            if table is not None and not careful:
                yield table


def function_name(direction: str, bind: str) -> str:
    """The function of a revision file that serves a bind: ``upgrade``, ``upgrade_<bind>``."""
    name = "".join(part if part.isalnum() or part == "_" else "_" for part in bind)
    return f"{direction}_{name}" if bind else direction


def _calls_in(module: ast.Module, bind: str, binds: Collection[str]) -> Iterator[_Call]:
    """The methods that are called in what concerns the bind."""
    for statement in _counting(module, bind, binds):
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def _counting(module: ast.Module, bind: str, binds: Collection[str]) -> list[ast.stmt]:
    """The statements that concern the bind.

    A function called ``upgrade_…`` is for another bind, unless it is none that is known and what
    concerns this bind calls it: then it is a helper.
    """
    others = {function_name(way, each) for way in _DIRECTIONS for each in binds if each != bind}
    counting: list[ast.stmt] = []
    waiting: dict[str, ast.FunctionDef] = {}
    for statement in module.body:
        if isinstance(statement, ast.FunctionDef) and _is_foreign(statement, bind):
            if statement.name not in others:
                waiting[statement.name] = statement
        else:
            counting.append(statement)
    for statement in counting:
        for node in ast.walk(statement) if waiting else ():
            if isinstance(node, ast.Name) and node.id in waiting:
                # Looked at in its turn: the list grows while it is gone through.
                counting.append(waiting.pop(node.id))
    return counting


def _is_foreign(function: ast.FunctionDef, bind: str) -> bool:
    # What is kept of other files in a squashed one is called _upgrade_… and serves one bind too.
    direction = function.name.lstrip("_").partition("_")[0]
    return direction in _DIRECTIONS and not _is_entry(function, direction, bind)


def _is_entry(function: ast.FunctionDef, direction: str, bind: str) -> bool:
    """Whether the function is the one that a run calls for the bind."""
    if function.name == direction:
        # `upgrade(engine_name)` serves every bind in projects that came from Flask-Migrate.
        return not bind or bool(function.args.args)
    # There the default bind's own function is `upgrade_`.
    return function.name == (function_name(direction, bind) if bind else f"{direction}_")


def _literals(module: ast.Module) -> Iterator[tuple[str, str]]:
    for statement in module.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name) and isinstance(statement.value.value, str):
                    yield target.id, statement.value.value


def _table_of(call: ast.Call, method: str, literals: dict[str, str]) -> QualifiedName | None:
    if method not in _CALLS:
        return None
    position = 1 if method == "rename_table" else 0
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    named = next((keywords[name] for name in _CALLS[method] if name in keywords), None)
    if named is None and len(call.args) > position:
        named = call.args[position]
    name = _text(named, literals)
    return QualifiedName(name, _text(keywords.get("schema"), literals)) if name else None


def _text(node: ast.expr | None, literals: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return literals.get(node.id) if isinstance(node, ast.Name) else None
