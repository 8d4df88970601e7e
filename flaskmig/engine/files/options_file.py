"""Writing options into ``flaskmig.toml``, which may be there or not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flaskmig.engine.configuration.file_content import read_file
from flaskmig.engine.configuration.option_files import TOML
from flaskmig.engine.configuration.toml_text import with_options
from flaskmig.engine.files.new_files import write_new
from flaskmig.engine.files.replacing import replace_file
from flaskmig.errors import ConfigurationError


def option_lines(options: Mapping[str, Any]) -> list[str]:
    """Each option as the line of the file that says it."""
    return with_options("", options).splitlines()


def write_options(directory: Path, options: Mapping[str, Any]) -> None:
    """Have the ``flaskmig.toml`` of a migrations folder say the options too.

    What else it says stays as it is. Raises ConfigurationError where it cannot be written, or
    says one of them over several lines.
    """
    path = directory / TOML
    try:
        write_new(path, _with("", options, path))
    except ConfigurationError:
        if not path.exists():
            raise
        # Also where somebody wrote it a moment ago.
        replace_file(path, _with(_text(path), options, path))


def _text(path: Path) -> str:
    try:
        return read_file(path)[0].decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error}", hint="it has to be a file of readable UTF-8 text"
        ) from error


def _with(text: str, options: Mapping[str, Any], path: Path) -> bytes:
    try:
        return with_options(text, options).encode()
    except ValueError as error:
        raise ConfigurationError(
            f"{path} cannot be changed: {error}",
            hint=f"write it yourself: {'; '.join(option_lines(options))}",
        ) from error
