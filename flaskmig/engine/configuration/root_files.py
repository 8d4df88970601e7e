"""Where plain Alembic keeps its settings: ``alembic.ini`` or ``pyproject.toml`` beside the folder.

flaskmig does not read them when it runs: they may speak of another folder. Adopting takes over what
they say of revision files.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flaskmig.engine.configuration.file_content import read_file
from flaskmig.engine.configuration.option_files import (
    INI,
    read_ini,
    read_main_options,
    split_locations,
)
from flaskmig.engine.configuration.option_values import PARSERS

PYPROJECT = "pyproject.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RootFile:
    """A file of settings that names the migrations folder, and the options in it."""

    path: Path
    options: Mapping[str, Any] = field(default_factory=dict)


def root_file(directory: Path) -> RootFile | None:
    """The settings of plain Alembic for this folder; None where there are none.

    Nothing is looked for where the folder has an ``alembic.ini`` of its own. Raises
    ConfigurationError for an ``alembic.ini`` that cannot be read.
    """
    if (directory / INI).exists():
        return None
    for folder in dict.fromkeys((directory.absolute().parent, Path.cwd())):
        for path, location, options in _candidates(folder):
            if any(_is_same(base / location, directory) for base in (folder, Path.cwd())):
                return RootFile(path=path, options=_moved(options, folder, directory))
    return None


def _candidates(folder: Path) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """The files that may be it: each with the folder that it names, and what else it says."""
    location = read_main_options(folder).get("script_location")
    if location:
        yield folder / INI, location, read_ini(folder)
    section = _tool_section(folder)
    location = section.get("script_location")
    if isinstance(location, str):
        options = {name: section[name] for name in section if name in PARSERS}
        yield folder / PYPROJECT, location, options


def _tool_section(folder: Path) -> dict[str, Any]:
    """``[tool.alembic]``, with the folder in the place of ``%(here)s``."""
    try:
        content = tomllib.loads(read_file(folder / PYPROJECT)[0].decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        # Not ours, and whoever needs it says what is wrong with it.
        return {}
    tool = content.get("tool")
    section = tool.get("alembic") if isinstance(tool, dict) else None
    if not isinstance(section, dict):
        return {}
    return {name: _filled(value, folder) for name, value in section.items()}


def _filled(value: Any, folder: Path) -> Any:
    match value:
        case str():
            return value.replace("%(here)s", folder.as_posix())
        case list():
            return [_filled(item, folder) for item in value]
        case dict():
            return {key: _filled(item, folder) for key, item in value.items()}
    return value


def _moved(options: dict[str, Any], folder: Path, directory: Path) -> dict[str, Any]:
    """The options as ``flaskmig.toml`` in the migrations folder says them."""
    if "version_path_separator" in options:
        options.setdefault("path_separator", options.pop("version_path_separator"))
    found = dict(options)
    separator = found.pop("path_separator", None)
    for name, value in found.items():
        with suppress(ValueError):
            if name == "version_locations":
                parts = split_locations(value, separator) if isinstance(value, str) else value
                found[name] = [_from(directory, folder, str(part)) for part in parts]
            elif name == "prepend_sys_path":
                found[name] = [_from_here(part) for part in _parts(value, separator)]
            elif isinstance(value, str) and name != "file_template":
                found[name] = PARSERS[name](value)
            elif isinstance(value, str):
                found[name] = value.replace("%%(", "%(")
    return found


def _parts(value: Any, separator: str | None) -> list[str]:
    if isinstance(value, str):
        return split_locations(value, separator, by_colons=True)
    return [str(part) for part in value]


def _from_here(location: str) -> str:
    """A folder as seen from the working directory, from which it is looked for."""
    is_absolute = Path(location).is_absolute()
    return Path(os.path.relpath(location)).as_posix() if is_absolute else location


def _from(directory: Path, folder: Path, location: str) -> str:
    """A folder as seen from the migrations folder, in which it is looked for first."""
    package, colon, _ = location.partition(":")
    if colon and len(package) > 1:
        return location
    base = Path.cwd() if (Path.cwd() / location).is_dir() else folder
    return Path(os.path.relpath(base / location, directory)).as_posix()


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
