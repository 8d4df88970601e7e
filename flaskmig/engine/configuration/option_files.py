"""The options that stand in files: ``alembic.ini``, read as data only, and ``flaskmig.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from configparser import (
    ConfigParser,
    InterpolationError,
    MissingSectionHeaderError,
    ParsingError,
    SectionProxy,
)
from configparser import Error as IniError
from contextlib import contextmanager
from os import pathsep
from pathlib import Path
from typing import Any

from flaskmig.engine.configuration.file_content import read_file
from flaskmig.errors import ConfigurationError

INI = "alembic.ini"
TOML = "flaskmig.toml"
_INI_OPTIONS = (
    "file_template",
    "timezone",
    "truncate_slug_length",
    "version_locations",
    "path_separator",
    "version_path_separator",
    "recursive_version_locations",
    "prepend_sys_path",
    "output_encoding",
    "revision_environment",
)


def read_ini(directory: Path) -> dict[str, Any]:
    """What ``alembic.ini`` says about revision files; {} where there is none.

    Everything else in it (URLs, logging, the script location) is not looked at. ``%(here)s`` is
    the folder. Raises ConfigurationError for a file that cannot be read.
    """
    parser = _ini(directory)
    if parser is None:
        return {}
    found: dict[str, Any] = {}
    with _explaining(directory / INI):
        if parser.has_section("alembic"):
            section = parser["alembic"]
            found = {name: section[name] for name in _INI_OPTIONS if section.get(name)}
        hooks = _ini_hooks(parser)
    if hooks:
        found["post_write_hooks"] = hooks
    return found


def read_main_options(directory: Path) -> dict[str, str]:
    """All that the main section of ``alembic.ini`` says, as texts; {} where there is none.

    Raises ConfigurationError for a file that cannot be read.
    """
    return read_sections(directory).get("alembic", {})


def read_sections(directory: Path) -> dict[str, dict[str, str]]:
    """All that ``alembic.ini`` says, by section, as texts; {} where there is none.

    Raises ConfigurationError for a file that cannot be read.
    """
    parser = _ini(directory)
    return {} if parser is None else {name: _texts(parser[name]) for name in parser.sections()}


def _texts(section: SectionProxy) -> dict[str, str]:
    found = {}
    for name in section:
        try:
            found[name] = section[name]
        except InterpolationError:
            # A URL with a bare % in it, say: nothing here needs it, and others are asked for.
            found[name] = section.get(name, fallback="", raw=True)
    return found


def read_toml(directory: Path) -> dict[str, Any]:
    """The options of ``flaskmig.toml``; {} where there is none. Raises ConfigurationError."""
    path = directory / TOML
    text = _read(path)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error}", hint="it is TOML: one `name = value` a line"
        ) from error


def split_locations(text: str, separator: str | None, *, by_colons: bool = False) -> list[str]:
    """The folders that a text names, by Alembic's ``path_separator``.

    Without one they are divided by spaces and commas, as older files have it, and where
    ``by_colons`` says so by colons, too.
    Raises ValueError for a separator that is none of Alembic's.
    """
    if separator is None:
        return [part for part in re.split(r"[,:\s]+" if by_colons else r"[,\s]+", text) if part]
    characters = {"os": pathsep, "space": " ", "newline": "\n", ":": ":", ";": ";"}
    if separator not in characters:
        raise ValueError(f"one of {', '.join(characters)}")
    return [part.strip() for part in text.split(characters[separator]) if part.strip()]


def _ini(directory: Path) -> ConfigParser | None:
    path = directory / INI
    text = _read(path)
    if text is None:
        return None
    parser = ConfigParser({"here": directory.absolute().as_posix()})
    with _explaining(path):
        parser.read_string(text, str(path))
    return parser


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """What is wrong with the file, in the block or when a value of it is put together."""
    try:
        yield
    except IniError as error:
        # Its own words quote the line, and in this file there may be a password in it.
        raise ConfigurationError(
            f"{path} cannot be read: {_problem(error)}",
            hint="correct it, or remove it if nothing needs it",
        ) from None


def _problem(error: IniError) -> str:
    match error:
        case InterpolationError():
            return f"{error.option} has a % in it that names no other option; %% is a percent sign"
        case MissingSectionHeaderError():
            return f"line {error.lineno} stands before the first [section]"
        case ParsingError():
            lines = ", ".join(str(line) for line, _ in error.errors)
            return f"line {lines} is no `name = value`"
    return str(error)


def _ini_hooks(parser: ConfigParser) -> list[dict[str, str]]:
    if not parser.has_section("post_write_hooks"):
        return []
    section = parser["post_write_hooks"]
    names = [name for name in re.split(r"[,\s]+", section.get("hooks", "")) if name]
    return [
        {
            key.removeprefix(f"{name}."): section[key]
            for key in section
            if key.startswith(f"{name}.")
        }
        for name in names
    ]


def _read(path: Path) -> str | None:
    try:
        return read_file(path)[0].decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or error) if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigurationError(
            f"{path} cannot be read: {reason}", hint="it has to be a file of readable UTF-8 text"
        ) from error
