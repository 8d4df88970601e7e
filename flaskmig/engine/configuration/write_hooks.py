"""What runs on a revision file after it is written: a formatter, as a rule."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal

from flaskmig.errors import ConfigurationError

FILE = "REVISION_SCRIPT_FILENAME"
Kind = Literal["exec", "module", "console_scripts"]
_TARGETS: dict[str, Kind] = {
    "executable": "exec",
    "module": "module",
    "entrypoint": "console_scripts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteHook:
    """One program and its arguments, in which REVISION_SCRIPT_FILENAME stands for the file."""

    kind: Kind
    target: str
    arguments: tuple[str, ...] = (FILE,)
    cwd: str | None = None

    def __str__(self) -> str:
        return shlex.join((self.target, *self.arguments))

    def command(self, path: Path) -> list[str]:
        """The argument list for one file; raises ConfigurationError where there is no program."""
        arguments = [argument.replace(FILE, str(path)) for argument in self.arguments]
        return [*self._program(), *arguments]

    def run(self, path: Path) -> None:
        """Run it; raises ConfigurationError, with what it printed, where it fails."""
        command = self.command(path)
        try:
            done = subprocess.run(
                command, cwd=self.cwd, capture_output=True, text=True, errors="replace", check=False
            )
        except OSError as error:
            raise ConfigurationError(
                f"the post-write hook {self} could not be started: {error}",
                hint=f"{path} is written; correct post_write_hooks",
            ) from error
        if done.returncode:
            output = (done.stderr.strip() or done.stdout.strip())[-2000:]
            raise ConfigurationError(
                f"the post-write hook {self} ended with {done.returncode}: {output}",
                hint=f"{path} is written; look at it, or correct post_write_hooks",
            )

    def _program(self) -> list[str]:
        if self.kind == "module":
            if importlib.util.find_spec(self.target) is None:
                raise self._no_program("module")
            return [sys.executable, "-m", self.target]
        if self.kind == "console_scripts":
            found = entry_points(group="console_scripts", name=self.target)
            for entry in found:
                call = f"import {entry.module}; {entry.module}.{entry.attr}()"
                return [sys.executable, "-c", call]
            raise self._no_program("console script")
        # A program beside this interpreter is found also where its environment is not active.
        beside = Path(sys.executable).parent / self.target
        program = shutil.which(self.target) or (str(beside) if beside.is_file() else None)
        if program is None:
            raise self._no_program("program")
        return [program]

    def _no_program(self, what: str) -> ConfigurationError:
        return ConfigurationError(
            f"the post-write hook {self} names a {what} that is not installed",
            hint=f"install {self.target}, or correct post_write_hooks",
        )


def parse_hooks(value: Any) -> tuple[WriteHook, ...]:
    """Hooks as keywords and TOML give them; raises ValueError with what was expected.

    Each is a command (``"ruff format"`` or ``["ruff", "format"]``, the file is appended unless
    REVISION_SCRIPT_FILENAME stands in it), or a mapping with Alembic's keys: ``type``,
    ``executable`` / ``module`` / ``entrypoint``, ``options``, ``cwd``.
    """
    if isinstance(value, str):
        value = [value]
    elif (
        isinstance(value, Sequence)
        and len(value) > 0
        and all(isinstance(item, str) and " " not in item for item in value)
    ):
        # ["ruff", "format"] is one command, not two.
        value = [list(value)]
    if not isinstance(value, Sequence):
        raise ValueError('a list of commands, such as [["ruff", "format"]]')
    return tuple(_parse_hook(item) for item in value)


def _parse_hook(item: Any) -> WriteHook:
    if isinstance(item, WriteHook):
        return item
    if isinstance(item, Mapping):
        return _parse_mapping(item)
    words = shlex.split(item) if isinstance(item, str) else list(item)
    if not words or not all(isinstance(word, str) for word in words):
        raise ValueError('a list of commands, such as [["ruff", "format"]]')
    arguments = words[1:]
    if not any(FILE in word for word in arguments):
        arguments.append(FILE)
    return WriteHook(kind="exec", target=words[0], arguments=tuple(arguments))


def _parse_mapping(item: Mapping[str, Any]) -> WriteHook:
    kind = item.get("type")
    for key, its_kind in _TARGETS.items():
        if (kind == its_kind or kind is None) and key in item:
            options = shlex.split(str(item.get("options", "")))
            if not any(FILE in word for word in options):
                options.insert(0, FILE)
            cwd = item.get("cwd")
            return WriteHook(
                kind=its_kind,
                target=str(item[key]),
                arguments=tuple(options),
                cwd=None if cwd is None else str(cwd),
            )
    raise ValueError(
        "hooks with type exec and executable, type module and module, "
        "or type console_scripts and entrypoint"
    )
