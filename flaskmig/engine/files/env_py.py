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
from flaskmig.engine.files.env_script import UNKNOWN, EnvScript, called
from flaskmig.engine.files.syntax import parse_source
from flaskmig.errors import ConfigurationError

# What the templates of Flask-Migrate and Alembic pass themselves, whatever the value.
_STOCK = frozenset(
    {
        "connection",
        "dialect_opts",
        "downgrade_token",
        "literal_binds",
        "output_buffer",
        "render_as_batch",
        "upgrade_token",
        "url",
    }
)
_ENGINES = frozenset(
    {"async_engine_from_config", "create_async_engine", "create_engine", "engine_from_config"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of env.py, what it sets there, and what does the same in flaskmig.

    ``value`` is what an option is set to, where that is a plain value, and `UNKNOWN` elsewhere.
    ``is_left`` is False for what is only worth knowing.
    """

    line: int
    name: str
    instead: str
    value: str | int | bool | object = UNKNOWN
    is_left: bool = True

    def is_said(self, options: Options) -> bool:
        """Whether the options of the project say it already.

        What they say counts where env.py has a function or an expression, of which nobody here
        knows the value.
        """
        if self.name not in options.given:
            return False
        return self.value is UNKNOWN or self.value == getattr(options, self.name, self.value)


def env_py_findings(directory: Path) -> list[Finding]:
    """What the env.py of a migrations folder says beyond Flask-Migrate's templates, by line.

    Empty where there is no env.py. Raises ConfigurationError for one that does not parse.
    """
    path = directory / "env.py"
    try:
        tree = parse_source(read_file(path)[0], str(path))
    except FileNotFoundError:
        return []
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(
            f"{path} cannot be read: {reason or type(error).__name__}",
            hint="correct it, remove it, or say Migrate(…, env_py='ignore')",
        ) from error
    found = set(_Reading(EnvScript(tree)).findings())
    return sorted(found, key=lambda finding: (finding.line, finding.name))


def migrates_every_bind(directory: Path) -> bool:
    """Whether the folder's env.py is of Flask-Migrate's shape for several databases.

    False where there is none, or it cannot be read: `env_py_findings` says so.
    """
    try:
        tree = parse_source(read_file(directory / "env.py")[0])
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(
        called(call) == "run_migrations"
        and any(each.arg == "engine_name" for each in call.keywords)
        for call in calls
    )


class _Reading:
    """What is found in one env.py."""

    def __init__(self, script: EnvScript) -> None:
        self.script = script

    def findings(self) -> Iterator[Finding]:
        configured = [call for call in self.script.calls if called(call) == "configure"]
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
        for call in self.script.calls:
            yield from self._side_effect(call)

    def _option(self, name: str, value: ast.expr) -> Iterator[Finding]:
        if name in _STOCK:
            return
        if name == "target_metadata":
            if not self.script.is_stock_metadata(value):
                yield Finding(value.lineno, name, f"Migrate(…, metadata={ast.unparse(value)})")
            return
        if name == "process_revision_directives" and self.script.only_drops_empty(value):
            return
        plain = self.script.plain(value)
        if name in PARSERS and plain is not UNKNOWN and _is_the_default(name, plain):
            return
        yield Finding(value.lineno, name, self._instead(name, value), plain)

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
            case ast.Name(name) if name in self.script.assigned:
                for bound in self.script.assigned[name]:
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
        for owner, key, value in self.script.items:
            if owner.id == name and isinstance(key, ast.Constant):
                yield from self._option(str(key.value), value)
        for call in self.script.calls:
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
        name = called(call)
        if name in ("execute", "exec_driver_sql", "scalar"):
            yield Finding(
                call.lineno,
                f"{ast.unparse(call.func)}()",
                "SQL that each connection needs belongs into an event of the engine "
                '(sqlalchemy.event, "connect")',
            )
        elif name in _ENGINES and not self.script.has_url_of_application:
            yield Finding(
                call.lineno,
                f"{name}()",
                "the engine of Migrate(…) is used: see that it leads to the same database",
                is_left=False,
            )
        elif name == "get_x_argument":
            yield Finding(
                call.lineno,
                "get_x_argument()",
                "the revision files can ask for it, and a function of @migrate.configure has it in "
                "config.cmd_opts.x",
                is_left=False,
            )
        elif name == "run_migrations":
            for keyword in call.keywords:
                if keyword.arg != "engine_name":
                    yield Finding(
                        call.lineno,
                        f"run_migrations({keyword.arg or '**'}=…)",
                        "upgrade() gets no arguments; read configuration in the revision file",
                    )

    def _instead(self, name: str, value: ast.expr) -> str:
        if name in PARSERS:
            plain = self.script.plain(value)
            text = ast.unparse(value) if plain is UNKNOWN else repr(plain)
            said = f"Migrate(…, {name}={text})"
            function = self.script.functions.get(value.id) if isinstance(value, ast.Name) else None
            return f"{said}, with the function of line {function.lineno}" if function else said
        if name in ACCEPTED_NAMES:
            return ACCEPTED_NAMES[name]
        return "nothing here reads this option: keep it in the application's own configuration"


def _is_the_default(name: str, value: object) -> bool:
    """Whether flaskmig does that anyway; None is what Alembic takes for nothing said."""
    return value is None or getattr(Options(), name) == value
