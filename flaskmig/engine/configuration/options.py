"""`Options`: every option there is, and where its value comes from."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from flaskmig.engine.configuration.option_files import (
    INI,
    TOML,
    read_ini,
    read_toml,
    split_locations,
)
from flaskmig.engine.configuration.option_values import (
    ACCEPTED_NAMES,
    NULLABLE,
    PARSERS,
    SILENT_NAMES,
    Parse,
)
from flaskmig.engine.records.history import DEFAULT_TABLE
from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.write_hooks import WriteHook


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Every option, with its default.

    compare_type, compare_server_default: True, False, or a function as Alembic calls it.
    include_object: (object, name, type_, reflected, compare_to); False leaves it out.
    include_name: (name, type_, parent_names); False leaves it unread in the database.
    include_schemas: True for all schemas; False and "from_metadata" for the default one and
        those that the models name.
    render_item: (type_, object, context); source text, None to leave out, False for ours.
    process_revision_directives: (context, revision, directives); may change what is written.
    revision_environment: ask it about revisions that are written empty, too.
    on_version_apply: functions of ctx, step, heads and run_args, called by keyword after each
        change of the version table, in its transaction.
    version_table, version_table_schema: where the version table is.
    transaction_per_migration: always true; each revision is a transaction of its own.
    file_template: of rev, slug, epoch, year, month, day, hour, minute, second; may contain "/".
    timezone: of "Create Date:" and file names; None for local time.
    truncate_slug_length: characters of the message in a file name.
    output_encoding: of revision files.
    version_locations: folders of revision files, looked for in the migrations folder, then in
        the working directory; () for ``versions``. ``package:path`` works.
    recursive_version_locations: look into their subfolders too.
    path_separator: between folders of the two options that are one text, in Alembic's words.
    prepend_sys_path: folders that revision files import from before all others.
    post_write_hooks: commands that run on each new file.
    binds: "all", or the binds that are managed; () for the default one only.
    lock_wait: seconds to wait for another upgrade to end.
    lock_timeout, statement_timeout: seconds that a statement waits for a lock, or takes; 0 for no
        limit, None for the database's own.
    verify: try a generated file before it is written.
    write_for: "flaskmig", or "alembic" for new files that Alembic runs as well.
    changed_revisions: what upgrade does about an applied file that was edited.
    trust_directory: run revision files that everybody may write or replace.
    env_py: "ignore" to go on beside an env.py that is not Flask-Migrate's own.
    notes: what to tell people about the options that were given.
    given: the names that somebody set, elsewhere than in alembic.ini.
    """

    compare_type: bool | Callable[..., Any] = True
    compare_server_default: bool | Callable[..., Any] = True
    include_object: Callable[..., bool] | None = None
    include_name: Callable[..., bool] | None = None
    include_schemas: bool | Literal["from_metadata"] = False
    render_item: Callable[..., Any] | None = None
    process_revision_directives: Callable[..., Any] | None = None
    revision_environment: bool = False
    on_version_apply: tuple[Callable[..., Any], ...] = ()
    version_table: str = DEFAULT_TABLE
    version_table_schema: str | None = None
    transaction_per_migration: bool = True
    file_template: str = "%(rev)s_%(slug)s"
    timezone: str | None = None
    truncate_slug_length: int = 40
    output_encoding: str = "utf-8"
    version_locations: tuple[str, ...] = ()
    recursive_version_locations: bool = False
    path_separator: str | None = None
    prepend_sys_path: tuple[str, ...] = ()
    post_write_hooks: tuple[WriteHook, ...] = ()
    binds: Literal["all"] | tuple[str, ...] = ()
    lock_wait: float = 60.0
    lock_timeout: float | None = 3.0
    statement_timeout: float | None = None
    verify: bool = True
    write_for: Literal["flaskmig", "alembic"] = "flaskmig"
    changed_revisions: Literal["warn", "refuse"] = "warn"
    trust_directory: bool = False
    env_py: Literal["check", "ignore"] = "check"
    notes: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()

    @classmethod
    def read(
        cls,
        directory: Path,
        keywords: Mapping[str, Any],
        main_options: Mapping[str, str | None] = MappingProxyType({}),
    ) -> Options:
        """The options of a migrations folder.

        ``main_options`` is what ``@migrate.configure`` functions set, texts as in alembic.ini,
        None for what they took away; names in it that are no options are the application's own
        and are left alone.

        Raises ConfigurationError for a value or a name that cannot be right, "did you mean".
        """
        ini = read_ini(directory)
        if "version_path_separator" in ini:
            ini.setdefault("path_separator", ini.pop("version_path_separator"))
        toml = read_toml(directory)
        _refuse_unknown(toml, PARSERS, str(directory / TOML))
        own = {name: value for name, value in main_options.items() if name in PARSERS}
        given = {name: value for name, value in keywords.items() if name in PARSERS}
        _refuse_unknown(keywords, {**PARSERS, **ACCEPTED_NAMES}, "Migrate(…)")
        values: dict[str, Any] = {}
        sources = ((ini, INI), (toml, TOML), (own, "@migrate.configure"), (given, "Migrate(…)"))
        for source, origin in sources:
            separator = source.get("path_separator")
            for name, value in source.items():
                if value is None and source is own:
                    values.pop(name, None)
                    continue
                if value is None and name not in NULLABLE:
                    continue
                values[name] = _parsed(PARSERS[name], name, value, origin, separator)
        said = {
            **toml,
            **own,
            **{name: value for name, value in keywords.items() if value is not None},
        }
        return cls(**values, notes=tuple(_notes(keywords, values)), given=frozenset(said))

    def overridden(self, given: Mapping[str, Any]) -> Options:
        """The options with others for one call; None stands for what was not given.

        Raises ConfigurationError for a value that cannot be right.
        """
        values = {
            name: _parsed(PARSERS[name], name, value, "this call", None)
            for name, value in given.items()
            if value is not None
        }
        return replace(self, **values, given=self.given | values.keys())

    def version_folders(self, directory: Path) -> tuple[Path, ...]:
        """Where revision files are; ``versions`` in the migrations folder unless options say else.

        Raises ConfigurationError for ``package:path`` where there is no such package.
        """
        if not self.version_locations:
            return (directory / "versions",)
        return tuple(_folder(directory, location) for location in self.version_locations)


def _parsed(parse: Parse, name: str, value: Any, origin: str, separator: Any) -> Any:
    try:
        if name in ("version_locations", "prepend_sys_path") and isinstance(value, str):
            value = split_locations(value, separator, by_colons=name == "prepend_sys_path")
        return parse(value)
    except ValueError as error:
        raise ConfigurationError(
            f"{name} = {value!r} in {origin} is not {error}", hint=f"give {name} {error}"
        ) from error


def _refuse_unknown(given: Mapping[str, Any], known: Mapping[str, Any], origin: str) -> None:
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            raise ConfigurationError(
                f"{origin} has an option {name!r} that neither flaskmig nor Alembic knows",
                hint=f"did you mean {near[0]}?" if near else "the documentation lists the options",
            )


def _notes(keywords: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    notes = [
        f"{name} has no effect in flaskmig: {ACCEPTED_NAMES[name]}"
        for name in keywords
        if name in ACCEPTED_NAMES and name not in SILENT_NAMES and keywords[name] is not None
    ]
    if values.get("transaction_per_migration") is False:
        notes.append(
            "transaction_per_migration=False has no effect in flaskmig: each revision is a "
            "transaction of its own"
        )
    return notes


def _folder(directory: Path, location: str) -> Path:
    package, colon, inside = location.partition(":")
    # One letter before the colon is a drive of Windows.
    if colon and len(package) > 1:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise ConfigurationError(
                f"version_locations names {location!r}, but there is no package {package!r}",
                hint="install it, or correct version_locations",
            )
        return Path(spec.submodule_search_locations[0]) / inside
    path = Path(location)
    if path.is_absolute() or (directory / path).is_dir() or not path.is_dir():
        return directory / path
    return path
