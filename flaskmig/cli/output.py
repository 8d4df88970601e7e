"""What the commands print: results on stdout, everything about getting there on stderr.

A revision file, a path or a database may have said what is printed: a terminal shows it and obeys
nothing in it, and no password is in what is not a result.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from flaskmig.errors import ConfigurationError
from flaskmig.legible import legible
from flaskmig.masking import masked

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


def result(text: str = "") -> None:
    """Lines of what was asked for, for people."""
    _echo(_shown(text))


def result_exact(text: str) -> None:
    """What was asked for, to be run or stored: as it is, but for line ends at its end.

    Raises ConfigurationError where stdout has an encoding that cannot hold it.
    """
    try:
        click.echo(text.rstrip("\n"))
    except UnicodeEncodeError as failed:
        raise ConfigurationError(
            f"stdout is written in {failed.encoding}, which has no {failed.object[failed.start]!a}",
            hint="set PYTHONUTF8=1, and everything is written in UTF-8",
        ) from failed


def result_json(value: Any) -> None:
    """What was asked for, for programs."""
    click.echo(json.dumps(value, indent=2, default=str))


def note(text: str) -> None:
    """A line on the way to the result."""
    click.secho(legible(masked(text)), err=True, dim=True)


def warn(text: str) -> None:
    """A line that somebody should read before going on."""
    click.secho(legible(masked(text)), err=True, fg="yellow")


def error(message: str, hint: str = "", detail: str = "") -> None:
    """What went wrong, and on further lines what is known of rows and what to do next."""
    _error("Error:", "red", message)
    if detail:
        _error("Detail:", "red", detail)
    if hint:
        _error("Try:", "green", hint)


def _error(word: str, colour: str, text: str) -> None:
    click.echo(f"{click.style(word, fg=colour, bold=True)} {legible(masked(text))}", err=True)


def _shown(text: str) -> str:
    """The text as a terminal may have it; colours are ours and stay."""
    parts = _COLOUR.split(text)
    return "".join(part if _COLOUR.fullmatch(part) else legible(part) for part in parts)


def _echo(text: str) -> None:
    """Print, with escapes for what the encoding of stdout does not have."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding))


class Progress:
    """A line that says what is going on, on a terminal; nothing in a pipe."""

    def __init__(self, status: Any = None) -> None:
        self._status = status

    def update(self, text: str) -> None:
        if self._status is not None:
            self._status.update(text)

    def paused(self, function: Callable[[Argument], Answer]) -> Callable[[Argument], Answer]:
        """The function, with the line out of the way while it runs."""

        def run(argument: Argument) -> Answer:
            if self._status is None:
                return function(argument)
            self._status.stop()
            try:
                return function(argument)
            finally:
                self._status.start()

        return run


@contextmanager
def progress(text: str) -> Iterator[Progress]:
    """Show ``text`` while the block runs."""
    console = _console()
    if console is None:
        yield Progress()
        return
    with console.status(text) as status:
        yield Progress(status)


def _console() -> Any:
    """A terminal to draw on; None in a pipe."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console

    return Console(stderr=True)
