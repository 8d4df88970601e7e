"""What an env.py does that Flask-Migrate's own does not: found by reading it, never by running it.

An env.py is not executed here. One that chose, say, another version table must not be passed over
in silence: its history would be run again on a full database.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flaskmig.engine.configuration.file_content import read_file
from flaskmig.engine.configuration.option_values import ACCEPTED_NAMES, PARSERS
from flaskmig.engine.configuration.options import Options
from flaskmig.errors import ConfigurationError

# What the templates of Flask-Migrate pass themselves, whatever the value.
_STOCK = frozenset(
    {
        "connection",
        "downgrade_token",
        "literal_binds",
        "output_buffer",
        "render_as_batch",
        "upgrade_token",
        "url",
    }
)
# The names through which the templates reach the application's own models and options.
_STOCK_ROOTS = frozenset({"current_app", "target_db", "get_metadata", "m", "db"})
_STOCK_CALLS = frozenset({"getattr", "is_empty", "len", "info"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of env.py, what it sets there, and what does the same in flaskmig."""

    line: int
    name: str
    instead: str


def env_py_findings(directory: Path) -> list[Finding]:
    """What the env.py of a migrations folder says beyond Flask-Migrate's templates, by line.

    Empty where there is no env.py. Raises ConfigurationError for one that does not parse.
    """
    path = directory / "env.py"
    try:
        tree = ast.parse(read_file(path)[0], str(path))
    except FileNotFoundError:
        return []
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(
            f"{path} cannot be read: {reason or type(error).__name__}",
            hint="correct it, remove it, or say Migrate(…, env_py='ignore')",
        ) from error
    found = set(_Environment(tree).findings())
    return sorted(found, key=lambda finding: (finding.line, finding.name))


class _Environment:
    """An env.py: the names it binds, its functions, and the calls that matter."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        self.calls = [node for node in nodes if isinstance(node, ast.Call)]
        self.functions = {
            node.name: node
            for node in nodes
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        self.assigned: dict[str, list[ast.expr]] = {}
        self.items: list[tuple[ast.Name, ast.expr, ast.expr]] = []
        for node in nodes:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                match target, node:
                    case ast.Name(name), ast.Assign(value=value):
                        self.assigned.setdefault(name, []).append(value)
                    case ast.Subscript(ast.Name() as owner, key), ast.Assign(value=value):
                        self.items.append((owner, key, value))

    def findings(self) -> Iterator[Finding]:
        configured = [call for call in self.calls if _called(call) == "configure"]
        if not configured:
            yield Finding(
                1, "env.py", "nothing calls context.configure() here: give its options to Migrate()"
            )
        for call in configured:
            for keyword in call.keywords:
                if keyword.arg is None:
                    yield from self._spread(keyword.value)
                else:
                    yield from self._option(keyword.arg, keyword.value)
        for call in self.calls:
            yield from self._side_effect(call)

    def _option(self, name: str, value: ast.expr) -> Iterator[Finding]:
        if name in _STOCK or _is_default(name, value):
            return
        if name == "target_metadata":
            if not self._is_stock_metadata(value):
                yield Finding(value.lineno, name, f"Migrate(…, metadata={ast.unparse(value)})")
            return
        if name == "process_revision_directives" and self._only_drops_empty(value):
            return
        yield Finding(value.lineno, name, _instead(name, value))

    def _spread(self, value: ast.expr) -> Iterator[Finding]:
        """The findings in ``**value``."""
        match value:
            case ast.Dict(keys, values):
                for key, item in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant):
                        yield from self._option(str(key.value), item)
                    else:
                        yield from self._spread(item)
            case ast.Call(ast.Name("dict"), args, keywords):
                for argument in args:
                    yield from self._spread(argument)
                for keyword in keywords:
                    if keyword.arg is None:
                        yield from self._spread(keyword.value)
                    else:
                        yield from self._option(keyword.arg, keyword.value)
            case ast.Attribute(attr="configure_args"):
                return
            case ast.Name(name) if name in self.assigned:
                for bound in self.assigned[name]:
                    yield from self._spread(bound)
                yield from self._set_in(name)
            case _:
                yield Finding(
                    value.lineno,
                    f"**{ast.unparse(value)}",
                    "give these options to Migrate(…) by name",
                )

    def _set_in(self, name: str) -> Iterator[Finding]:
        """What is put into a dictionary of options after it was made."""
        for owner, key, value in self.items:
            if owner.id == name and isinstance(key, ast.Constant):
                yield from self._option(str(key.value), value)
        for call in self.calls:
            match call.func:
                case ast.Attribute(ast.Name(owner_name), "update") if owner_name == name:
                    for argument in call.args:
                        yield from self._spread(argument)
                    for keyword in call.keywords:
                        if keyword.arg is not None:
                            yield from self._option(keyword.arg, keyword.value)
                case ast.Attribute(ast.Name(owner_name), "setdefault") if owner_name == name:
                    match call.args:
                        case [ast.Constant(str() as key_name), value]:
                            yield from self._option(key_name, value)

    def _side_effect(self, call: ast.Call) -> Iterator[Finding]:
        called = _called(call)
        if called in ("execute", "exec_driver_sql", "scalar"):
            yield Finding(
                call.lineno,
                f"{ast.unparse(call.func)}()",
                "SQL that each connection needs belongs into an event of the engine "
                '(sqlalchemy.event, "connect")',
            )
        elif called == "run_migrations":
            for keyword in call.keywords:
                if keyword.arg != "engine_name":
                    yield Finding(
                        call.lineno,
                        f"run_migrations({keyword.arg or '**'}=…)",
                        "upgrade() gets no arguments; read configuration in the revision file",
                    )

    def _is_stock_metadata(self, value: ast.expr) -> bool:
        match value:
            case ast.Call(ast.Name(name)) if name in self.functions:
                returned = [
                    node.value
                    for node in ast.walk(self.functions[name])
                    if isinstance(node, ast.Return) and node.value is not None
                ]
                return bool(returned) and all(_root(item) in _STOCK_ROOTS for item in returned)
            case ast.Name(name) if name in self.assigned:
                return all(_root(item) in _STOCK_ROOTS for item in self.assigned[name])
        return _root(value) in _STOCK_ROOTS

    def _only_drops_empty(self, value: ast.expr) -> bool:
        """Whether a function does no more than the templates' own: no file without operations."""
        if not isinstance(value, ast.Name) or value.id not in self.functions:
            return False
        for node in ast.walk(self.functions[value.id]):
            match node:
                case ast.Call() if _called(node) not in _STOCK_CALLS:
                    return False
                case ast.Assign([target]):
                    match target:
                        case ast.Name() | ast.Subscript(slice=ast.Slice(None, None, None)):
                            continue
                    return False
                case ast.AugAssign() | ast.Delete() | ast.Import() | ast.ImportFrom():
                    return False
        return True


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(name):
            return name
    return ""


def _root(value: ast.expr) -> str:
    """The name at the left end of ``name.a["b"].c()``; "" where there is none."""
    while isinstance(value, (ast.Attribute, ast.Subscript, ast.Call)):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value.id if isinstance(value, ast.Name) else ""


def _is_default(name: str, value: ast.expr) -> bool:
    defaults = Options()
    return (
        name in PARSERS
        and isinstance(value, ast.Constant)
        and getattr(defaults, name) == value.value
    )


def _instead(name: str, value: ast.expr) -> str:
    if name in PARSERS:
        return f"Migrate(…, {name}={ast.unparse(value)})"
    if name in ACCEPTED_NAMES:
        return ACCEPTED_NAMES[name]
    return "nothing here reads this option: keep it in the application's own configuration"
