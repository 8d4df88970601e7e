"""What the commands print: results on stdout, everything about getting there on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


def result(text: str = "") -> None:
    """A line of what was asked for."""
    click.echo(text)


def result_json(value: Any) -> None:
    """What was asked for, for programs."""
    click.echo(json.dumps(value, indent=2, default=str))


def note(text: str) -> None:
    """A line on the way to the result."""
    click.secho(text, err=True, dim=True)


def warn(text: str) -> None:
    """A line that somebody should read before going on."""
    click.secho(text, err=True, fg="yellow")


def error(message: str, hint: str = "") -> None:
    """What went wrong, and on a second line what to do next."""
    click.echo(f"{click.style('Error:', fg='red', bold=True)} {message}", err=True)
    if hint:
        click.echo(f"{click.style('Try:', fg='green', bold=True)} {hint}", err=True)


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
