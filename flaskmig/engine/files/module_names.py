"""Where a module's own names stand in its source, so that they can be given others."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class CannotRenameError(Exception):
    """A name stands where it cannot be changed; ``line`` is 1-based."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(f"the name {name} cannot be changed in line {line}")
        self.name = name
        self.line = line


@dataclass(slots=True)
class _Scope:
    bound: set[str]
    outer: _Scope | None = None
    is_class: bool = False
    declared: set[str] = field(default_factory=set)

    def is_of_module(self, name: str) -> bool:
        """Whether the name, used here, is one of the module's."""
        scope: _Scope | None = self
        while scope is not None:
            is_seen = scope is self or not scope.is_class
            if name in scope.declared:
                return True
            if is_seen and name in scope.bound:
                return scope.outer is None
            scope = scope.outer
        return True


def module_names(tree: ast.Module) -> set[str]:
    """The names that a module binds, in whatever statement outside of functions and classes."""
    return _bound(tree.body)


def uses(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Each place where a name of the module, or a builtin one, stands."""
    yield from _in_body(tree.body, _Scope(_bound(tree.body)))


def renamed(
    source: str, tree: ast.Module, names: Mapping[str, str], leaving: Collection[ast.AST] = ()
) -> str:
    """The source with other names for the module's own, but in the statements ``leaving``.

    Raises CannotRenameError where a name is bound in a way that has no other.
    """
    # Not `splitlines`, which sees ends of lines where Python's parser sees none.
    lines = [line.encode() for line in source.split("\n")]
    places = sorted(
        {
            (_place(lines, name, node), name)
            for name, node in uses(tree)
            if name in names and node not in leaving
        },
        reverse=True,
    )
    for (line, column), name in places:
        text = lines[line - 1]
        before = name.encode()
        if text[column : column + len(before)] != before:
            raise CannotRenameError(name, line)
        lines[line - 1] = text[:column] + names[name].encode() + text[column + len(before) :]
    return b"\n".join(lines).decode()


def _place(lines: list[bytes], name: str, node: ast.AST) -> tuple[int, int]:
    match node:
        case ast.Name():
            return node.lineno, node.col_offset
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            word = re.compile(rb"(?:(?:async\s+)?def|class)\s+")
            found = word.match(lines[node.lineno - 1], node.col_offset)
            if found is not None:
                return node.lineno, found.end()
    raise CannotRenameError(name, getattr(node, "lineno", 1))


def _in_body(nodes: Iterable[ast.AST], scope: _Scope) -> Iterator[tuple[str, ast.AST]]:
    for node in nodes:
        yield from _in(node, scope)


def _in(node: ast.AST, scope: _Scope) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            yield from _in_function(node, scope)
        case ast.ClassDef():
            yield from _named(node.name, node, scope)
            yield from _in_body(
                [*node.decorator_list, *node.bases, *(each.value for each in node.keywords)], scope
            )
            inner = _Scope(_bound(node.body), scope, is_class=True, declared=_declared(node.body))
            yield from _in_body(node.body, inner)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _in_comprehension(node, scope)
        case ast.Name():
            yield from _named(node.id, node, scope)
        case _:
            for name in _bound_by(node) | _declared_by(node):
                yield from _named(name, node, scope)
            yield from _in_body(ast.iter_child_nodes(node), scope)


def _in_function(node: _Function, scope: _Scope) -> Iterator[tuple[str, ast.AST]]:
    arguments = node.args
    body: list[ast.AST]
    if isinstance(node, ast.Lambda):
        body = [node.body]
    else:
        body = [*node.body]
        yield from _named(node.name, node, scope)
        annotations = [node.returns] if node.returns is not None else []
        yield from _in_body([*node.decorator_list, *annotations], scope)
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    yield from _in_body([each.annotation for each in every if each.annotation is not None], scope)
    defaults = [each for each in arguments.kw_defaults if each is not None]
    yield from _in_body([*arguments.defaults, *defaults], scope)
    bound = {each.arg for each in every} | _bound(body)
    yield from _in_body(body, _Scope(bound, scope, declared=_declared(body)))


def _in_comprehension(node: _Comprehension, scope: _Scope) -> Iterator[tuple[str, ast.AST]]:
    bound = {
        name.id
        for generator in node.generators
        for name in ast.walk(generator.target)
        if isinstance(name, ast.Name)
    }
    # The first iterable is evaluated outside; a class is passed over by what is inside.
    yield from _in(node.generators[0].iter, scope)
    inner = _Scope(bound, scope)
    for number, generator in enumerate(node.generators):
        yield from _in_body([*([generator.iter] if number else []), *generator.ifs], inner)
    values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    yield from _in_body(values, inner)


def _named(name: str, node: ast.AST, scope: _Scope) -> Iterator[tuple[str, ast.AST]]:
    if scope.is_of_module(name):
        yield name, node


def _bound(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that are bound in a scope whose body the nodes are."""
    found = set[str]()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        found |= _bound_by(node)
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.add(node.name)
                waiting += node.decorator_list
            case ast.Lambda():
                pass
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                walrus = (each for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
                found |= {each.target.id for each in walrus}
            case ast.Name(name, ast.Store() | ast.Del()):
                found.add(name)
            case _:
                waiting += ast.iter_child_nodes(node)
    return found - _declared(nodes)


def _bound_by(node: ast.AST) -> set[str]:
    """The names that a node binds and that are no `ast.Name` in it."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return {(each.asname or each.name).partition(".")[0] for each in node.names}
        case ast.ExceptHandler(name=str(name)) | ast.MatchStar(name=str(name)):
            return {name}
        case ast.MatchAs(name=str(name)) | ast.MatchMapping(rest=str(name)):
            return {name}
    return set()


def _declared_by(node: ast.AST) -> set[str]:
    return set(node.names) if isinstance(node, ast.Global) else set()


def _declared(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that a scope itself, and none inside of it, says are global."""
    found = set[str]()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        found |= _declared_by(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return found
