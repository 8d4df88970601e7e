"""The options that stand in files: ``alembic.ini``, read as data only, and ``flaskmig.toml``."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from configparser import Error as IniError
from os import pathsep
from pathlib import Path
from typing import Any

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
    "output_encoding",
)


def read_ini(directory: Path) -> dict[str, Any]:
    """What ``alembic.ini`` says about revision files; {} where there is none.

    Everything else in it (URLs, logging, the script location) is not looked at. ``%(here)s`` is
    the folder. Raises ConfigurationError for a file that cannot be read.
    """
    path = directory / INI
    text = _read(path)
    if text is None:
        return {}
    parser = ConfigParser({"here": directory.absolute().as_posix()})
    try:
        parser.read_string(text, str(path))
        found: dict[str, Any] = {}
        if parser.has_section("alembic"):
            section = parser["alembic"]
            found = {name: section[name] for name in _INI_OPTIONS if section.get(name)}
        hooks = _ini_hooks(parser)
    except IniError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error}", hint="correct it, or remove it if nothing needs it"
        ) from error
    if hooks:
        found["post_write_hooks"] = hooks
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


def split_locations(text: str, separator: str | None) -> list[str]:
    """The folders that a text names, by Alembic's ``path_separator``.

    Without one they are divided by spaces and commas, as older files have it.
    Raises ValueError for a separator that is none of Alembic's.
    """
    if separator is None:
        return [part for part in re.split(r"[,\s]+", text) if part]
    characters = {"os": pathsep, "space": " ", "newline": "\n", ":": ":", ";": ";"}
    if separator not in characters:
        raise ValueError(f"one of {', '.join(characters)}")
    return [part.strip() for part in text.split(characters[separator]) if part.strip()]


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
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error}", hint="it has to be readable UTF-8 text"
        ) from error
