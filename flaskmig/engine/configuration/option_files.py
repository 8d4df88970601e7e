"""The options that stand in files: ``alembic.ini``, read as data only, and ``flaskmig.toml``."""

from __future__ import annotations

import re
from os import pathsep
from pathlib import Path
from typing import Any

from flaskmig.engine.configuration.file_content import read_file
from flaskmig.errors import ConfigurationError

INI = "alembic.ini"
TOML = "flaskmig.toml"


def read_ini(directory: Path) -> dict[str, Any]:
    """What ``alembic.ini`` says about revision files; {} where there is none.

    Everything else in it (URLs, logging, the script location) is not looked at. ``%(here)s`` is
    the folder. Raises ConfigurationError for a file that cannot be read.
    """
    path = directory / INI
    text = _read(path)
    if text is None:
        return {}
    from flaskmig.engine.configuration.ini_file import ini_options

    return ini_options(text, path)


def read_main_options(directory: Path) -> dict[str, str]:
    """All that the main section of ``alembic.ini`` says, as texts; {} where there is none.

    Raises ConfigurationError for a file that cannot be read.
    """
    return read_sections(directory).get("alembic", {})


def read_sections(directory: Path) -> dict[str, dict[str, str]]:
    """All that ``alembic.ini`` says, by section, as texts; {} where there is none.

    Raises ConfigurationError for a file that cannot be read.
    """
    path = directory / INI
    text = _read(path)
    if text is None:
        return {}
    from flaskmig.engine.configuration.ini_file import ini_sections

    return ini_sections(text, path)


def read_toml(directory: Path) -> dict[str, Any]:
    """The options of ``flaskmig.toml``; {} where there is none. Raises ConfigurationError."""
    path = directory / TOML
    text = _read(path)
    if text is None:
        return {}
    import tomllib

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
