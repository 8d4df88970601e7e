"""What each kind of option accepts, and the keywords of Alembic that mean nothing here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flaskmig.engine.configuration.write_hooks import WriteHook

Parse = Callable[[Any], Any]

# Why each keyword of Alembic's configure() that is no option here has no effect.
ACCEPTED_NAMES = {
    "alembic_module_prefix": "files always say op.",
    "as_sql": "use `flask db upgrade --sql`",
    "autogenerate_plugins": "everything that can be compared is",
    "connection": "give Migrate(…, engine=…)",
    "dialect_name": "the engine says what the database is",
    "dialect_opts": "give them to the engine",
    "downgrade_token": "functions are named after their binds",
    "environment_context": "there is no environment script",
    "include_symbol": "use include_object or include_name",
    "literal_binds": "--sql always writes values out",
    "mssql_batch_separator": "SQL Server is not supported",
    "opts": "there is no environment script",
    "oracle_batch_separator": "Oracle is not supported",
    "output_buffer": "--sql writes to standard output",
    "render_as_batch": "tables are rebuilt wherever ALTER cannot do it",
    "script": "the migrations folder says which revisions there are",
    "sqlalchemy_module_prefix": "files always say sa.",
    "starting_rev": "use `flask db upgrade --sql START:END`",
    "tag": "use --tag",
    "target_metadata": "give Migrate(…, metadata=…)",
    "template_args": "script.py.jinja in the migrations folder is a template of your own",
    "transactional_ddl": "both databases run DDL in transactions",
    "upgrade_token": "functions are named after their binds",
    "url": "the engine says where the database is",
    "user_module_prefix": "types are imported from where they are defined",
    "version_table_pk": "the version table always has its primary key",
}

# Flask-Migrate passes this one itself, so a note about it would greet everybody.
SILENT_NAMES = frozenset({"render_as_batch"})

MOST_SECONDS = 2_000_000

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


def boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError("true or false")


def comparison(value: Any) -> Any:
    if callable(value):
        return value
    try:
        return boolean(value)
    except ValueError:
        raise ValueError("True, False or a function") from None


def callback(value: Any) -> Any:
    if callable(value):
        return value
    raise ValueError("a function, which only Migrate(…) can be given")


def callbacks(value: Any) -> tuple[Any, ...]:
    """One function, or several in the order that they are called."""
    found = (value,) if callable(value) else value
    if isinstance(found, Iterable) and not isinstance(found, str):
        functions = tuple(found)
        if all(callable(each) for each in functions):
            return functions
    raise ValueError("a function or several, which only Migrate(…) can be given")


def schemas(value: Any) -> Any:
    if value == "from_metadata":
        return value
    try:
        return boolean(value)
    except ValueError:
        raise ValueError('True, False or "from_metadata"') from None


def text(value: Any) -> str:
    if isinstance(value, str) and value and "\0" not in value:
        return value
    raise ValueError("a text")


def number(value: Any) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise ValueError("a whole number above 0")


def waiting(value: Any) -> float:
    """Seconds to wait; both databases count milliseconds in 31 bits."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = -1.0
    if not 0 <= found <= MOST_SECONDS or isinstance(value, bool):
        raise ValueError(f"a number of seconds, at most {MOST_SECONDS}")
    return found


def timeout(value: Any) -> float | None:
    """Seconds; None, or "none" in a file, where the database's own limit is left."""
    return None if value is None or value == "none" else waiting(value)


def bind_names(value: Any) -> str | tuple[str, ...]:
    """ "all", or names of binds; the default one is None, "" or "default"."""
    if value == "all":
        return "all"
    items = [value] if isinstance(value, str) else value
    if isinstance(items, Sequence) and all(item is None or isinstance(item, str) for item in items):
        return tuple("" if item in (None, "default") else item for item in items)
    raise ValueError('"all" or a list of binds')


def paths(value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, (str, PathLike)) else value
    if isinstance(items, Sequence) and all(isinstance(item, (str, PathLike)) for item in items):
        return tuple(fspath(item) for item in items if fspath(item))
    raise ValueError("a list of folders")


def template(value: Any) -> str:
    """A file template; ``%%(`` as ini files have to write it means ``%(``."""
    if isinstance(value, str) and value.strip():
        return value.replace("%%(", "%(")
    raise ValueError("a template such as %(rev)s_%(slug)s")


def zone(value: Any) -> str:
    """The name of a time zone; a wrong one is refused now and not at the next migrate."""
    from zoneinfo import ZoneInfo

    for name in (value, str(value).upper()):
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError, TypeError):
            continue
        return str(name)
    raise ValueError('a time zone such as "UTC" or "Europe/Vienna"')


def one_of(*words: str) -> Parse:
    def parse(value: Any) -> str:
        for word in words:
            if value == word:
                return word
        raise ValueError(f"one of {', '.join(words)}")

    return parse


def hooks(value: Any) -> tuple[WriteHook, ...]:
    """What runs on new files; raises ValueError with what was expected."""
    from flaskmig.engine.configuration.write_hooks import parse_hooks

    return parse_hooks(value)


PARSERS: dict[str, Parse] = {
    "compare_type": comparison,
    "compare_server_default": comparison,
    "include_object": callback,
    "include_name": callback,
    "include_schemas": schemas,
    "render_item": callback,
    "process_revision_directives": callback,
    "revision_environment": boolean,
    "on_version_apply": callbacks,
    "version_table": text,
    "version_table_schema": text,
    "transaction_per_migration": boolean,
    "file_template": template,
    "timezone": zone,
    "truncate_slug_length": number,
    "output_encoding": text,
    "version_locations": paths,
    "recursive_version_locations": boolean,
    "path_separator": one_of("os", "space", "newline", ":", ";"),
    "prepend_sys_path": paths,
    "post_write_hooks": hooks,
    "binds": bind_names,
    "lock_wait": waiting,
    "lock_timeout": timeout,
    "statement_timeout": timeout,
    "verify": boolean,
    "write_for": one_of("flaskmig", "alembic"),
    "changed_revisions": one_of("warn", "refuse"),
    "trust_directory": boolean,
    "env_py": one_of("check", "ignore"),
}

# For the others None means that nothing was given.
NULLABLE = frozenset({"lock_timeout", "statement_timeout"})
