"""`Migrate`: binds an application, its models and a migrations folder, and adds the commands."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flaskmig import legacy
from flaskmig.databases import (
    DEFAULT_BIND,
    Databases,
    bind_named,
    describe_bind,
    find_databases,
    find_metadata,
)
from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from argparse import Namespace

    from flask import Flask

    from flaskmig.engine.configuration.project import Options, Project

log = logging.getLogger("flaskmig")

Configure = Callable[["Config"], "Config | None"]


class Config:
    """What a ``@migrate.configure`` function is given.

    Main options are those of ``alembic.ini`` (``file_template``, ``timezone``, …); the ones set
    here stand between the files of the folder and the keywords of `Migrate`. ``attributes`` is
    free for the application's own use, and ``cmd_opts.x`` are the arguments of ``-x``.
    """

    def __init__(
        self,
        directory: Path,
        options: Mapping[str, Any] | None = None,
        *,
        x_arguments: Sequence[str] = (),
        flags: Sequence[str] = (),
    ) -> None:
        self.directory = directory
        self.attributes: dict[str, Any] = {}
        self._x_arguments = x_arguments
        self._flags = flags
        # None is an option of the file that was taken away.
        self.main_options: dict[str, str | None] = dict(options or {})
        self._ini: Mapping[str, str] | None = None

    @cached_property
    def cmd_opts(self) -> Namespace:
        """What the command line said, as ``argparse`` would hold it."""
        from argparse import Namespace

        return Namespace(**{"x": list(self._x_arguments), **dict.fromkeys(self._flags, True)})

    def get_main_option(self, name: str, default: str | None = None) -> str | None:
        """What a function set, else what ``alembic.ini`` says, else ``default``."""
        from flaskmig.engine.configuration.option_files import read_main_options

        if self._ini is None:
            self._ini = read_main_options(self.directory)
        found = {**self._ini, **self.main_options}.get(name)
        return default if found is None else found

    def set_main_option(self, name: str, value: str) -> None:
        self.main_options[name] = value

    def remove_main_option(self, name: str) -> None:
        """Take the option away, also where ``alembic.ini`` has it."""
        self.main_options[name] = None


@dataclass(slots=True)
class MigrateState:
    """What ``app.extensions["migrate"]`` holds."""

    migrate: Migrate
    db: Any
    directory: str
    configure_args: dict[str, Any] = field(default_factory=dict)
    declared_metadata: Any = None
    engine: Any = None
    told: set[str] = field(default_factory=set)

    @property
    def metadata(self) -> Any:
        """The metadata of the default bind; raises ConfigurationError where there is none."""
        return find_metadata(self.db, self.declared_metadata)[DEFAULT_BIND]

    def databases(self) -> Databases:
        return find_databases(self.db, metadata=self.declared_metadata, engine=self.engine)

    def project(
        self,
        *,
        directory: str | Path | None = None,
        x_arguments: Sequence[str] = (),
        bind: str | Sequence[str] | None = None,
    ) -> Project:
        """All the configuration there is, read afresh; needs the app's context.

        ``bind`` limits the databases to those named. Raises ConfigurationError.
        """
        from flaskmig.engine.configuration.options import Options
        from flaskmig.engine.configuration.project import Project
        from flaskmig.engine.files.scripts import Scripts

        folder = Path(directory or self.directory)
        config = self.migrate.get_config(folder, x_arguments)
        options = Options.read(folder, self.configure_args, config.main_options)
        if self.declared_metadata is not None:
            options = replace(options, given=options.given | {"target_metadata"})
        self._tell((*options.notes, *Scripts(folder, options).notes))
        databases = self.databases()
        return Project(
            directory=folder,
            options=options,
            metadata=databases.metadata,
            engines=databases.engines,
            binds=_managed(databases, options, bind, folder),
            x_arguments=tuple(x_arguments),
            modules=legacy.modules(),
            main_options=config.main_options,
            attributes=config.attributes,
            surroundings=_application_context,
        )

    def _tell(self, notes: Sequence[str]) -> None:
        for note in notes:
            if note not in self.told:
                self.told.add(note)
                log.warning(note)


class Migrate:
    """Schema migrations for a Flask application.

    ``db`` is a Flask-SQLAlchemy (or -Lite) extension; without one, give ``metadata`` (one or
    several) and ``engine``. ``directory`` is relative to the working directory; ``command`` names
    the group of commands. Every other keyword is an option, described in the documentation; one
    that nobody knows raises ConfigurationError at the first command. Nothing here touches a
    database.
    """

    def __init__(
        self,
        app: Flask | None = None,
        db: Any = None,
        directory: str | Path = "migrations",
        command: str = "db",
        compare_type: Any = None,
        render_as_batch: bool | None = None,
        **kwargs: Any,
    ) -> None:
        self.db = db
        self.directory = str(directory)
        self.command = command
        self.metadata = kwargs.pop("metadata", None)
        self.engine = kwargs.pop("engine", None)
        self.configure_args = {**kwargs, **_given(compare_type, render_as_batch)}
        self.configure_callbacks: list[Configure] = []
        if app is not None:
            self.init_app(app, db, directory)

    def init_app(
        self,
        app: Flask,
        db: Any = None,
        directory: str | Path | None = None,
        command: str | None = None,
        compare_type: Any = None,
        render_as_batch: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Serve one application; what is given here wins over what the constructor was given."""
        from flaskmig.cli import group

        metadata = kwargs.pop("metadata", None)
        engine = kwargs.pop("engine", None)
        given = _given(compare_type, render_as_batch)
        self.db = db if db is not None else self.db
        self.command = command or self.command
        self.directory = str(directory or self.directory)
        app.extensions["migrate"] = MigrateState(
            migrate=self,
            db=self.db,
            directory=self.directory,
            configure_args={**self.configure_args, **kwargs, **given},
            declared_metadata=metadata if metadata is not None else self.metadata,
            engine=engine if engine is not None else self.engine,
        )
        app.cli.add_command(group, name=self.command)

    def configure(self, function: Configure) -> Configure:
        """Register a function that is given the `Config` before each command, and may change it."""
        self.configure_callbacks.append(function)
        return function

    def get_config(
        self,
        directory: str | Path | None = None,
        x_arg: str | Sequence[str] | None = None,
        opts: Sequence[str] | None = None,
    ) -> Config:
        """The `Config` after every ``@migrate.configure`` function.

        ``x_arg`` is as for a command; ``opts`` are flags that ``cmd_opts`` has then.
        """
        config = Config(
            Path(directory or self.directory),
            x_arguments=(x_arg,) if isinstance(x_arg, str) else x_arg or (),
            flags=opts or (),
        )
        return self.call_configure_callbacks(config)

    def call_configure_callbacks(self, config: Config) -> Config:
        """What the ``@migrate.configure`` functions make of it; one may return None."""
        for callback in self.configure_callbacks:
            config = callback(config) or config
        return config


def _given(compare_type: Any, render_as_batch: bool | None) -> dict[str, Any]:
    """Those that somebody gave: as keywords they win over what the files of the folder say."""
    given = {"compare_type": compare_type, "render_as_batch": render_as_batch}
    return {name: value for name, value in given.items() if value is not None}


def _application_context() -> AbstractContextManager[object]:
    """A context of the current application for one revision.

    A session of the context that the command runs in may have a connection and a transaction
    already, which would wait for the locks of the migration; in a new one it is made anew.
    """
    from flask import current_app, has_app_context

    return current_app.app_context() if has_app_context() else nullcontext()


def _managed(
    databases: Databases,
    options: Options,
    asked: str | Sequence[str] | None,
    folder: Path,
) -> tuple[str, ...]:
    """The binds that the commands act on, the default one first."""
    if options.binds == "all" or _has_every_bind(options, folder):
        managed = databases.names
    elif options.binds:
        wanted = {bind_named(name) for name in options.binds}
        _require_known(databases, wanted)
        managed = tuple(name for name in databases.names if name in wanted)
    else:
        managed = tuple(name for name in databases.names if name == DEFAULT_BIND)
    if asked is None or not asked:
        return managed
    limit = {bind_named(name) for name in ([asked] if isinstance(asked, str) else asked)}
    _require_known(databases, limit)
    unmanaged = limit - set(managed)
    if unmanaged:
        raise ConfigurationError(
            f"{' and '.join(map(describe_bind, sorted(unmanaged)))} is not managed by migrations",
            hint='Migrate(app, db, binds="all"), or binds = "all" in flaskmig.toml',
        )
    return tuple(name for name in managed if name in limit)


def _has_every_bind(options: Options, folder: Path) -> bool:
    """Whether nobody says which binds, and the env.py of Flask-Migrate migrates all of them."""
    if "binds" in options.given or not os.path.exists(folder / "env.py"):
        return False
    from flaskmig.engine.files.env_py import migrates_every_bind

    return migrates_every_bind(folder)


def _require_known(databases: Databases, names: set[str]) -> None:
    unknown = sorted(names - set(databases.names))
    if unknown:
        raise ConfigurationError(
            f"there is no bind {', '.join(map(repr, unknown))}",
            hint=f"known here: {', '.join(name or 'default' for name in databases.names)}",
        )
