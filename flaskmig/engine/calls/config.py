"""The configuration as revision files know it: ``context.config``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from configparser import ConfigParser
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flaskmig.engine.configuration.option_files import INI, read_sections
from flaskmig.engine.files.serving import not_served
from flaskmig.engine.migrating.migration import Migration

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project

MAIN = "alembic"


class Config:
    """What ``alembic.ini`` and ``@migrate.configure`` say, for the file to read.

    What a file sets here is kept for the rest of its run and nowhere else. ``sqlalchemy.url`` is
    the one of the database that the migration runs on, as Flask-Migrate's env.py sets it.
    """

    config_ini_section = MAIN

    def __init__(self, project: Project, url: str) -> None:
        self._project = project
        self.attributes: dict[str, Any] = dict(project.attributes)
        self.cmd_opts = Namespace(x=list(project.x_arguments))
        self.config_args: dict[str, str] = {}
        self._changes: dict[tuple[str, str], str | None] = {}
        self._changes[MAIN, "script_location"] = str(project.directory)
        for name, said in project.main_options.items():
            self._change(MAIN, name, said)
        self._changes[MAIN, "sqlalchemy.url"] = url

    @property
    def config_file_name(self) -> str:
        """The path of ``alembic.ini``, which need not be there."""
        return str(self._project.directory / INI)

    @cached_property
    def file_config(self) -> ConfigParser:
        """All of it as a parser of its own; % is nothing special in its values."""
        parser = ConfigParser(interpolation=None)
        for section, options in {MAIN: {}, **self._sections}.items():
            if not parser.has_section(section):
                parser.add_section(section)
            for name, value in (self._section(section) or options).items():
                parser.set(section, name, value)
        return parser

    def get_main_option(self, name: str, default: str | None = None) -> str | None:
        """An option of the main section, else ``default``."""
        return self.get_section_option(self.config_ini_section, name, default)

    def get_alembic_option(self, name: str, default: str | None = None) -> str | None:
        """The same as `get_main_option`."""
        return self.get_main_option(name, default)

    def get_section_option(self, section: str, name: str, default: str | None = None) -> str | None:
        """An option of a section, else ``default``."""
        found = (self._section(section) or {}).get(name)
        return default if found is None else found

    def get_section(
        self, name: str, default: Mapping[str, str] | None = None
    ) -> Mapping[str, str] | None:
        """A section as a dictionary; ``default`` where there is none of that name."""
        found = self._section(name)
        return default if found is None else found

    def set_main_option(self, name: str, value: str) -> None:
        """Set an option of the main section; %% is a percent sign."""
        self.set_section_option(self.config_ini_section, name, value)

    def set_section_option(self, section: str, name: str, value: str) -> None:
        """Set an option of a section; %% is a percent sign."""
        self._change(section, name, value)

    def remove_main_option(self, name: str) -> None:
        """Take an option of the main section away."""
        self._change(self.config_ini_section, name, None)

    def print_stdout(self, text: str, *arguments: Any) -> None:
        """Write a line that the file has for people to standard output."""
        sys.stdout.write(f"{text % arguments if arguments else text}\n")

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(not_served(f"alembic.context.config.{name}"))

    def _change(self, section: str, name: str, value: str | None) -> None:
        self._changes[section, name] = None if value is None else value.replace("%%", "%")
        self.__dict__.pop("file_config", None)

    @cached_property
    def _sections(self) -> Mapping[str, Mapping[str, str]]:
        return read_sections(self._project.directory)

    def _section(self, name: str) -> dict[str, str] | None:
        changed = {option: value for (of, option), value in self._changes.items() if of == name}
        if name not in self._sections and not changed:
            return None
        found = {**self._sections.get(name, {}), **changed}
        return {option: value for option, value in found.items() if value is not None}


def config_of(migration: Migration) -> Config:
    """The configuration of the running migration, the same one each time it is asked for."""
    found: Config | None = migration.kept.get(__name__)
    if found is None:
        project = migration.setting.project
        engine = project.engines(migration.setting.bind)
        url = engine.url.render_as_string(hide_password=False)
        found = migration.kept[__name__] = Config(project, url)
    return found
