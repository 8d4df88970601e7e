"""The group of commands, and what becomes of their errors."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup

from flaskmig.cli.options import DIRECTORY_HELP, X_HELP, is_verbose, remember
from flaskmig.cli.output import error, note
from flaskmig.errors import ExecutionError, FlaskmigError
from flaskmig.masking import masked


class Group(AppGroup):
    """Commands that run with the app's context; an error of ours ends them with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _imports_set_aside():
                return super().invoke(ctx)
        except FlaskmigError as raised:
            error(raised.message, raised.hint, _detail(raised) if is_verbose(ctx) else "")
            ctx.exit(1)
        except (KeyboardInterrupt, SystemExit) as raised:
            # What is unfinished; Python shows this of other exceptions by itself.
            for said in getattr(raised, "__notes__", ()):
                note(said)
            raise
        except click.UsageError as raised:
            # It quotes what was typed, which may be a URL where none belongs.
            said = raised.format_message()
            if masked(said) == said:
                raise
            raise click.UsageError(masked(said), ctx=raised.ctx) from None


@contextmanager
def _imports_set_aside() -> Iterator[None]:
    """Have the garbage collector pass over what is there already, for as long as this lasts.

    That is an application with all its modules, of which nothing becomes garbage: a walk through
    it takes longer than most commands do.
    """
    is_ours = not gc.get_freeze_count()
    if is_ours:
        gc.freeze()
    try:
        yield
    finally:
        if is_ours:
            gc.unfreeze()


def _detail(raised: FlaskmigError) -> str:
    return raised.detail if isinstance(raised, ExecutionError) else ""


@click.group(cls=Group, help="Schema migrations.")
@click.option("-d", "--directory", default=None, help=DIRECTORY_HELP)
@click.option("-x", "--x-arg", multiple=True, help=X_HELP)
@click.pass_context
def group(ctx: click.Context, directory: str | None, x_arg: tuple[str, ...]) -> None:
    remember(ctx, directory, x_arg)
