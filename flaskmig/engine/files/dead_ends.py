"""Revisions that there is no way back from, found by reading their files and not by running them.

A path down of several revisions is a transaction each: one that cannot be undone, deep down, is
to be known before the first of them is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from flaskmig.engine.files.managed import function_name

_CALL = "irreversible"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd:
    """Where downgrade() of a file stops, and why; ``line`` is 1-based, None for the whole file.

    With a ``table`` it stops only where that has rows; ``schema`` is the one that is named.
    """

    reason: str
    line: int | None = None
    table: str | None = None
    schema: str | None = None


def dead_ends(tree: ast.Module, bind: str) -> Iterator[DeadEnd]:
    """The places where downgrade() for the bind surely stops, in the order of the file.

    What stands under a condition, in a loop or in a `try` may not be reached, and is passed over;
    so is a look at a table's rows after something that may have changed them.
    """
    functions = _functions(tree)
    entry = _entry(functions, "downgrade", bind)
    if entry is not None:
        yield from _stops(entry.body, functions, {entry.name})
        return
    up = _entry(functions, "upgrade", bind)
    if up is not None:
        name = up.name.replace("upgrade", "downgrade", 1)
        if not _bound(tree) & {name, "*"}:
            yield DeadEnd(reason=f"its file has {up.name}() and no {name}()")


def names_in_downgrade(tree: ast.Module, bind: str) -> Iterator[str]:
    """Every text that downgrade() for the bind, or what it calls in the file, has in it."""
    functions = _functions(tree)
    entry = _entry(functions, "downgrade", bind)
    waiting = [entry] if entry is not None else []
    seen = {each.name for each in waiting}
    for function in waiting:
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                seen.add(node.id)
                waiting.append(functions[node.id])


def entry_function(tree: ast.Module, direction: str, bind: str) -> ast.FunctionDef | None:
    """The function of a file that does its work for the bind; None where there is none."""
    return _entry(_functions(tree), direction, bind)


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}


def _entry(
    functions: Mapping[str, ast.FunctionDef], direction: str, bind: str
) -> ast.FunctionDef | None:
    """The function that a run calls for the bind, or that the one it calls hands over to."""
    common = functions.get(direction)
    if common is not None and any(each.arg == "engine_name" for each in common.args.args):
        own = functions.get(function_name(direction, bind) if bind else f"{direction}_")
        is_split = any(name.startswith(f"{direction}_") for name in functions)
        return own if is_split else common
    return functions.get(function_name(direction, bind)) if bind else common


def _bound(tree: ast.Module) -> set[str]:
    """Names that the file binds in another way, of which nobody knows what they do."""
    found = set[str]()
    for node in tree.body:
        for each in ast.walk(node) if not isinstance(node, ast.FunctionDef) else ():
            match each:
                case ast.Name(id=name, ctx=ast.Store()):
                    found.add(name)
                case ast.alias(name=name, asname=other):
                    found.add(other or name)
                case ast.FunctionDef(name=name):
                    found.add(name)
    return found


def _stops(
    body: Sequence[ast.stmt], functions: Mapping[str, ast.FunctionDef], seen: Set[str]
) -> Iterator[DeadEnd]:
    is_first = True
    for statement in body:
        match statement:
            case ast.Return():
                return
            case ast.Raise():
                yield DeadEnd(reason=_raised(statement), line=statement.lineno)
                return
            case ast.With(items) if all(map(_is_of_op, items)):
                yield from _stops(statement.body, functions, seen)
            case ast.Expr(ast.Call() as call):
                for found in _of_call(call, functions, seen):
                    if found.table is None or is_first:
                        yield found
        if any(isinstance(node, ast.Return) for node in ast.walk(statement)):
            # Whether what follows is reached depends on what is only known when it runs.
            return
        is_first = is_first and _changes_nothing(statement)


def _is_of_op(item: ast.withitem) -> bool:
    """Whether it is a block of ours, which lets errors pass; `suppress` does not."""
    return ast.unparse(item.context_expr).startswith("op.")


def _changes_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()):
            return True
        case ast.Expr(ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name))):
            return name == _CALL
    return False


def _of_call(
    call: ast.Call, functions: Mapping[str, ast.FunctionDef], seen: Set[str]
) -> Iterator[DeadEnd]:
    match call.func:
        case ast.Attribute(ast.Name(), attr=name) if name == _CALL:
            yield _irreversible(call)
        case ast.Name(id=name) if name == _CALL and name not in functions:
            yield _irreversible(call)
        case ast.Name(id=name) if name in functions and name not in seen:
            yield from _stops(functions[name].body, functions, seen | {name})


def _irreversible(call: ast.Call) -> DeadEnd:
    keywords = {each.arg: each.value for each in call.keywords}
    reason = call.args[0] if call.args else keywords.get("reason")
    table = keywords.get("table")
    return DeadEnd(
        reason=_text(reason) or "it says that it is irreversible",
        line=call.lineno,
        # A table that is not a literal is one that nobody can look at here.
        table=None if table is None else _text(table) or "",
        schema=_text(keywords.get("schema")),
    )


def _raised(statement: ast.Raise) -> str:
    error = statement.exc
    if error is None:
        return "its downgrade() raises"
    if isinstance(error, ast.Call) and error.args and _text(error.args[0]):
        return f"its downgrade() raises {ast.unparse(error.func)}: {_text(error.args[0])}"
    named = error.func if isinstance(error, ast.Call) else error
    return f"its downgrade() raises {ast.unparse(named)}"


def _text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
