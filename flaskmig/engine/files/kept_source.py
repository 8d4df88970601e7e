"""Revision files as parts of another one: their text as it is, under names of its own."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from flaskmig.engine.files.dead_ends import entry_function
from flaskmig.engine.files.header import NAMES, REPLACES, parse
from flaskmig.engine.files.module_names import CannotRenameError, module_names, renamed, uses
from flaskmig.engine.rendering.python_source import literal
from flaskmig.errors import RevisionError

_DIRECTIONS = ("upgrade", "downgrade")
_HEADER = frozenset({*NAMES, REPLACES})
# What they give is another thing in another file.
_OF_THE_FILE = frozenset({"__file__", "globals", "locals", "vars", "__doc__"})
# Each answers as its own package does, so none is put in the place of the other.
_OP: dict[object, str] = {("flaskmig", "op"): "flaskmig_op", ("alembic", "op"): "alembic_op"}
_MERGE_BY_HAND = "squash up to the revision before it and from the one after it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a revision file becomes in another: text for its end, and import lines.

    ``calls`` are what runs it, by direction and bind.
    """

    revision: str
    text: str
    imports: tuple[str, ...]
    calls: Mapping[tuple[str, str], str]


def _of_generated_files() -> dict[str, object]:
    """The names that the generated part of a file has for itself."""
    dialects = {name: ("sqlalchemy.dialects", name) for name in ("postgresql", "sqlite")}
    return {"sa": "sqlalchemy", "textwrap": "textwrap", **dialects}


@dataclass(slots=True)
class Keeper:
    """Takes one file after the other, so that no name of one is another's.

    ``package`` is where the generated part has its ``op`` from, "flaskmig" or "alembic".
    """

    binds: tuple[str, ...]
    package: str = "flaskmig"
    _taken: dict[str, object] = field(default_factory=_of_generated_files)

    def __post_init__(self) -> None:
        self._taken["op"] = (self.package, "op")

    def keep(self, content: bytes, path: str, revision: str, message: str) -> Kept:
        """The file's part; raises RevisionError, naming the line, where it cannot be one."""
        return _File(self.binds, self._taken, content, path, revision).kept(message)


class _File:
    def __init__(
        self,
        binds: tuple[str, ...],
        taken: dict[str, object],
        content: bytes,
        path: str,
        revision: str,
    ) -> None:
        self.binds = binds
        self.taken = taken
        self.path = path
        self.revision = revision
        parse(content, path)
        encoding, _ = tokenize.detect_encoding(BytesIO(content).readline)
        self.text = content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        # Places are those in this text.
        self.tree = ast.parse(self.text, path)
        self.suffix = re.sub(r"\W", "_", revision, flags=re.ASCII)
        self.imports: list[str] = []
        self.hoisted: list[ast.stmt] = []
        # What the names of its imports are, and the others that some of them get.
        self.bound: dict[str, object] = {}
        self.other_names: dict[str, str] = {}

    def kept(self, message: str) -> Kept:
        self._require_own_context()
        statements = list(self._statements())
        names = self._new_names()
        calls = dict(self._calls(names))
        try:
            text = renamed(self.text, self.tree, names, self.hoisted)
        except CannotRenameError as error:
            raise self._refused(
                error.line, f"another file has the name {error.name} too, for something else"
            ) from error
        parts = ["\n".join(self._lines(text, each)) for each in statements]
        parts += [f"def {name}():\n    {body}" for name, body in self._missing(names, calls)]
        title = f"# Revision {self.revision}{f': {message}' if message else ''}"
        body = f"{title}\n" + "\n\n\n".join(parts)
        return Kept(revision=self.revision, text=body, imports=tuple(self.imports), calls=calls)

    # What is taken over --------------------------------------------------------------------

    def _statements(self) -> Iterator[ast.stmt]:
        """The statements that are kept; imports are noted, the header and the docstring left."""
        used = {name for name, node in uses(self.tree) if _is_load(node)}
        end = 0
        for number, statement in enumerate(self.tree.body):
            if statement.lineno <= end:
                raise self._refused(statement.lineno, "two statements stand in one line")
            end = statement.end_lineno or statement.lineno
            match statement:
                case ast.Expr(ast.Constant(str())) if number == 0:
                    continue
                case ast.Import() | ast.ImportFrom():
                    self._import(statement)
                case ast.Assign() | ast.AnnAssign() if set(_targets(statement)) <= _HEADER - used:
                    continue
                case ast.FunctionDef(name) if name in _DIRECTIONS and not self._serves(statement):
                    continue
                case _:
                    yield statement

    def _import(self, statement: ast.Import | ast.ImportFrom) -> None:
        if isinstance(statement, ast.ImportFrom) and (
            statement.level or any(each.name == "*" for each in statement.names)
        ):
            raise self._refused(statement.lineno, f"it has `{ast.unparse(statement)}`")
        self.hoisted.append(statement)
        start = f"from {statement.module} " if isinstance(statement, ast.ImportFrom) else ""
        for each in statement.names:
            name, what = _bound_by(statement, each)
            if name == "op" and what == self.taken["op"]:
                continue
            line = f"{start}import {ast.unparse(each)}"
            if self.taken.get(name, what) != what:
                if not (start or each.asname):
                    raise self._refused(
                        statement.lineno, f"another file has the name {name} for something else"
                    )
                other = _OP.get(what, f"{name}_{self.suffix}")
                other = other if self.taken.get(other) == what else self._free(other)
                self.other_names[name] = other
                self.taken[other] = what
                line = f"{start}import {each.name} as {other}"
            self.bound[name] = what
            self.imports.append(line)

    def _serves(self, function: ast.FunctionDef) -> bool:
        """Whether it is what is called for a bind, and not only what hands over to others."""
        return any(
            entry_function(self.tree, function.name, bind) is function for bind in self.binds
        )

    def _lines(self, text: str, statement: ast.stmt) -> list[str]:
        lines = text.split("\n")
        first = statement.lineno
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([first, *(each.lineno for each in statement.decorator_list)])
        last = statement.end_lineno or first
        while first > 1 and lines[first - 2].startswith("#") and not _is_magic(lines[first - 2]):
            first -= 1
        return lines[first - 1 : last]

    # Names ---------------------------------------------------------------------------------

    def _new_names(self) -> dict[str, str]:
        """New names for the functions that are called, and for what another file has as well."""
        found = dict(self.other_names)
        mine = module_names(self.tree) - self.bound.keys() - {"op"}
        inside = self._imported_inside()
        for name in sorted(mine):
            what = inside.get(name, object())
            if name in _HEADER or name.split("_")[0] in _DIRECTIONS:
                found[name] = self._free(f"_{name}_{self.suffix}")
            elif self.taken.get(name, what) != what:
                found[name] = self._free(f"{name}_{self.suffix}")
            self.taken[found.get(name, name)] = what
        kept = self.bound.keys() - self.other_names.keys()
        self.taken.update((name, self.bound[name]) for name in kept)
        return found

    def _imported_inside(self) -> dict[str, object]:
        """What the imports under an `if` or a `try` bind."""
        return dict(
            _bound_by(node, each)
            for statement in self.tree.body
            if not isinstance(statement, ast.Import | ast.ImportFrom)
            for node in ast.walk(statement)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for each in node.names
        )

    def _free(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        return name

    # Calls ---------------------------------------------------------------------------------

    def _calls(self, names: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
        for bind in self.binds:
            for direction in _DIRECTIONS:
                function = entry_function(self.tree, direction, bind)
                if function is not None:
                    arguments = ", ".join(self._arguments(function, bind))
                    yield (direction, bind), f"{names[function.name]}({arguments})"
                elif entry_function(self.tree, "upgrade", bind) is not None:
                    yield (direction, bind), f"_{direction}_{self.suffix}()"

    def _missing(
        self, names: Mapping[str, str], calls: Mapping[tuple[str, str], str]
    ) -> Iterator[tuple[str, str]]:
        """What stands for a way down that the file does not have."""
        name = f"_downgrade_{self.suffix}"
        if name not in names.values() and f"{name}()" in calls.values():
            why = f"revision {self.revision} has no downgrade()"
            yield name, f"raise RuntimeError({literal(why)})"

    def _arguments(self, function: ast.FunctionDef, bind: str) -> Iterator[str]:
        known = {"engine_name": literal(bind), "op": self.other_names.get("op", "op")}
        given = [*function.args.posonlyargs, *function.args.args]
        needed = given[: len(given) - len(function.args.defaults)]
        for each in needed:
            if each.arg not in known:
                raise self._refused(
                    function.lineno,
                    f"{function.name}() has a parameter {each.arg}, and there is nothing to "
                    "fill it with",
                )
            yield known[each.arg]

    # What cannot be ------------------------------------------------------------------------

    def _require_own_context(self) -> None:
        for name, node in uses(self.tree):
            if name in _OF_THE_FILE and not self._is_in_dispatcher(node):
                raise self._refused(getattr(node, "lineno", 1), f"it uses {name}")

    def _is_in_dispatcher(self, node: ast.AST) -> bool:
        """Whether it stands in a function that is not taken over."""
        line = getattr(node, "lineno", 0)
        for statement in self.tree.body:
            if isinstance(statement, ast.FunctionDef) and statement.name in _DIRECTIONS:
                is_inside = statement.lineno <= line <= (statement.end_lineno or 0)
                if is_inside and not self._serves(statement):
                    return True
        return False

    def _refused(self, line: int, why: str) -> RevisionError:
        return RevisionError(
            f"{self.path}, line {line}: this revision cannot be made a part of another: {why}",
            hint=_MERGE_BY_HAND,
        )


def _bound_by(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str, object]:
    """The name that a part of an import binds, and what to."""
    if isinstance(statement, ast.ImportFrom):
        return alias.asname or alias.name, (statement.module, alias.name)
    name = alias.name.partition(".")[0]
    return (alias.asname, alias.name) if alias.asname else (name, name)


def _targets(statement: ast.Assign | ast.AnnAssign) -> Sequence[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return [ast.unparse(each) for each in targets]


def _is_load(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def _is_magic(line: str) -> bool:
    """Whether the comment is about the file: an encoding, an interpreter."""
    return line.startswith("#!") or "coding" in line
