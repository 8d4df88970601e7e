"""The text of an ``alembic.ini``, read as data.

Apart from `option_files`, because most projects have no such file, and the parser takes longer to
import than all of those.
"""

from __future__ import annotations

import re
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
from pathlib import Path
from typing import Any

from flaskmig.errors import ConfigurationError

_OPTIONS = (
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


def ini_options(text: str, path: Path) -> dict[str, Any]:
    """What the text says about revision files; ``path`` is the file's, for errors and ``%(here)s``.

    Raises ConfigurationError for a text that cannot be read.
    """
    parser = _parsed(text, path)
    found: dict[str, Any] = {}
    with _explaining(path):
        if parser.has_section("alembic"):
            section = parser["alembic"]
            found = {name: section[name] for name in _OPTIONS if section.get(name)}
        hooks = _hooks(parser)
    if hooks:
        found["post_write_hooks"] = hooks
    return found


def ini_sections(text: str, path: Path) -> dict[str, dict[str, str]]:
    """All that the text says, by section, as texts; raises what `ini_options` does."""
    parser = _parsed(text, path)
    return {name: _texts(parser[name]) for name in parser.sections()}


def _parsed(text: str, path: Path) -> ConfigParser:
    parser = ConfigParser({"here": path.parent.absolute().as_posix()})
    with _explaining(path):
        parser.read_string(text, str(path))
    return parser


def _texts(section: SectionProxy) -> dict[str, str]:
    found = {}
    for name in section:
        try:
            found[name] = section[name]
        except InterpolationError:
            # A URL with a bare % in it, say: nothing here needs it, and others are asked for.
            found[name] = section.get(name, fallback="", raw=True)
    return found


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


def _hooks(parser: ConfigParser) -> list[dict[str, str]]:
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
