"""Revision files that only change the schema, told by reading: the others have steps on data.

What is not surely one is not: a step that is taken for one on data is kept as it is written.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

from flaskmig.engine.files.allowed_source import OPERATIONS
from flaskmig.engine.files.dead_ends import entry_function

_CALLS = OPERATIONS - {"execute"}
# What is done with them depends on what is there, and events may do anything.
_CONDITIONS = frozenset({"if_exists", "if_not_exists", "listeners", "copy_from"})
_PLAIN_EXPRESSIONS = (
    ast.Attribute,
    ast.BinOp,
    ast.Call,
    ast.Constant,
    ast.Dict,
    ast.expr_context,
    ast.keyword,
    ast.List,
    ast.Name,
    ast.operator,
    ast.Tuple,
    ast.UnaryOp,
    ast.unaryop,
)


def first_of_data(tree: ast.Module, bind: str) -> ast.stmt | None:
    """The first statement of a file that may be more than a change of the schema.

    It is looked for in what the file does for the bind, up and down; None where there is none.
    """
    for direction in ("upgrade", "downgrade"):
        function = entry_function(tree, direction, bind)
        if function is not None:
            found = next(_odd(function.body, frozenset({"op"})), None)
            if found is not None:
                return found
    return next(_module_level(tree), None)


def _module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements outside of functions that call something of op when the file is loaded."""
    for statement in tree.body:
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
            if "op" in names:
                yield statement


def _odd(body: Iterable[ast.stmt], callers: frozenset[str]) -> Iterator[ast.stmt]:
    for statement in body:
        match statement:
            case ast.Pass() | ast.Expr(ast.Constant()):
                continue
            case ast.Expr(ast.Call() as call) if _is_of_schema(call, callers):
                continue
            case ast.With(items=[ast.withitem(ast.Call() as call, ast.Name(name))]) if _is_call(
                call, {"op"}, {"batch_alter_table"}.__contains__
            ):
                yield from _odd(statement.body, callers | {name})
            case _:
                yield statement


def _is_of_schema(call: ast.Call, callers: frozenset[str]) -> bool:
    return _is_call(call, callers, _CALLS.__contains__)


def _is_call(call: ast.Call, callers: Iterable[str], is_known: Callable[[str], bool]) -> bool:
    match call.func:
        case ast.Attribute(ast.Name(name), attr) if name in callers and is_known(attr):
            pass
        case _:
            return False
    parts = [*call.args, *call.keywords]
    if any(keyword.arg in (None, *_CONDITIONS) for keyword in call.keywords):
        return False
    nodes = (node for part in parts for node in ast.walk(part))
    return all(isinstance(node, _PLAIN_EXPRESSIONS) for node in nodes)
