"""The options that several commands share.

``-d`` and ``-x`` stand before or after the command's name: the command's own ``-d`` wins, and
``-x`` of both places is delivered, each once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])
Revisions = TypeVar("Revisions", str, tuple[str, ...])
Given = TypeVar("Given", str, tuple[str, ...], None)

_DIRECTORY = "flaskmig.directory"
_X_ARGUMENTS = "flaskmig.x_arguments"
_VERBOSE = "flaskmig.verbose"


def remember(context: click.Context, directory: str | None, x_arg: tuple[str, ...]) -> None:
    """Keep what the group was given, for its commands."""
    context.meta[_DIRECTORY] = directory
    context.meta[_X_ARGUMENTS] = x_arg


def _directory(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    found: str | None = value if value is not None else context.meta.get(_DIRECTORY)
    return found


def _x_arguments(
    context: click.Context, _: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    return (*context.meta.get(_X_ARGUMENTS, ()), *value)


def is_verbose(context: click.Context) -> bool:
    """Whether the command that runs was told to show the database's words about rows."""
    return bool(context.meta.get(_VERBOSE))


def _remember_verbose(context: click.Context, _: click.Parameter, value: bool) -> None:
    context.meta[_VERBOSE] = value


def _stacked(*decorators: Callable[[Function], Function]) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


EVERYTHING = "*"


class SpelledOption(click.Option):
    """An option that the environment can give under the name that it has on the command line."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The value of ``FLASK_DB_MIGRATE_RENAME`` for ``--rename``, whatever the parameter."""
        found = super().resolve_envvar_value(ctx)
        if found is None and ctx.auto_envvar_prefix is not None:
            spelled = self.opts[-1].lstrip("-").replace("-", "_").upper()
            found = os.environ.get(f"{ctx.auto_envvar_prefix}_{spelled}") or None
        return found


def _no_rename(
    context: click.Context, _: click.Parameter, value: tuple[object, ...]
) -> bool | tuple[str, ...]:
    """True for all, or what was named. The environment says all as it does for a flag."""
    named = tuple(map(str, value))
    return bool({EVERYTHING, "1", "true", "yes", "on"}.intersection(named)) or named


def _revisions(context: click.Context, _: click.Parameter, value: Revisions) -> Revisions:
    for revision in (value,) if isinstance(value, str) else value:
        if revision.startswith("-") and not revision[1:2].isdigit():
            raise click.NoSuchOption(revision, ctx=context)
    return no_urls(context, _, value)


def no_urls(context: click.Context, _: click.Parameter, value: Given) -> Given:
    """Refuse a URL among revisions: taken apart as one it would be said back with its password."""
    revisions: Sequence[str] = (value,) if isinstance(value, str) else value or ()
    for revision in revisions:
        if "://" in revision:
            raise click.UsageError("a URL stands where a revision belongs", ctx=context)
    return value


def revision_argument(default: str) -> Callable[[Function], Function]:
    """One revision, which may be ``-1`` or ``-3:current``."""
    return click.argument("revision", default=default, callback=_revisions)


revisions_argument = click.argument(
    "revisions", nargs=-1, metavar="[REVISION]...", callback=_revisions
)

# For commands with these: what looks like an option that they do not know is a revision.
NEGATIVE_NUMBERS = {"ignore_unknown_options": True}

DIRECTORY_HELP = "Folder of the migrations (default: what Migrate was given, or migrations)."
X_HELP = "An argument for the revision files; may be given several times."

directory_option = click.option(
    "-d", "--directory", default=None, callback=_directory, help=DIRECTORY_HELP
)
x_option = click.option("-x", "--x-arg", multiple=True, callback=_x_arguments, help=X_HELP)
bind_option = click.option(
    "--bind",
    multiple=True,
    metavar="NAME",
    help='Only this bind ("default" for the default database); may be given several times.',
)
json_option = click.option("--json", "as_json", cls=SpelledOption, is_flag=True, help="Print JSON.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Print more.")
rows_option = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_remember_verbose,
    help="Show what a database says of the rows in an error, values included.",
)
message_option = click.option("-m", "--message", default=None, help="Message of the revision.")

file_options = _stacked(directory_option, x_option)
database_options = _stacked(directory_option, x_option, bind_option)

script_options = _stacked(
    click.option("--sql", is_flag=True, help="Print the SQL script and run nothing."),
    click.option("--tag", default=None, help="A free text that revision files can ask for."),
)

revision_options = _stacked(
    message_option,
    click.option("--sql", is_flag=True, help="Not for new files: see the diff command."),
    click.option("--head", default="head", help="Revision to start from (default: the head)."),
    click.option("--splice", is_flag=True, help="Allow a parent that is not a head."),
    click.option("--branch-label", default=None, help="A label for the branch it starts."),
    click.option("--version-path", default=None, help="Folder of the file, where there are more."),
    click.option("--rev-id", default=None, help="Id of the revision, instead of a random one."),
    click.option(
        "--depends-on",
        multiple=True,
        metavar="REV",
        help="A revision that must run before; may be given several times.",
    ),
)

detection_options = _stacked(
    click.option(
        "--rename",
        "renames",
        cls=SpelledOption,
        multiple=True,
        metavar="OLD:NEW",
        help="users.mail:email or table:users:accounts is a rename; may be given several times.",
    ),
    click.option(
        "--no-rename",
        cls=SpelledOption,
        multiple=True,
        is_flag=False,
        flag_value=EVERYTHING,
        metavar="[OLD[:NEW]]",
        callback=_no_rename,
        help="users.mail is not renamed; alone: nothing but what --rename says is a rename.",
    ),
    click.option(
        "--drop",
        "drops",
        cls=SpelledOption,
        multiple=True,
        metavar="TABLE",
        help="Drop this table although no revision created it; may be given several times.",
    ),
)

backfill_option = click.option(
    "--backfill",
    "backfills",
    cls=SpelledOption,
    multiple=True,
    metavar="TABLE.COLUMN=SQL",
    help="Value for the rows that lack one, of a new column or one that becomes NOT NULL; "
    "may be given several times.",
)

lock_wait_option = click.option(
    "--lock-wait",
    type=float,
    metavar="SECONDS",
    help="Wait so long for another upgrade to end (default: as Migrate says, which is 60).",
)

time_options = _stacked(
    lock_wait_option,
    click.option(
        "--lock-timeout",
        type=float,
        metavar="SECONDS",
        help="What a statement waits for a lock; 0 for no limit (default: as Migrate says, 3).",
    ),
    click.option(
        "--statement-timeout",
        type=float,
        metavar="SECONDS",
        help="What a statement may take; 0 for no limit (default: as Migrate says, none).",
    ),
)

verify_option = click.option(
    "--verify/--no-verify",
    default=None,
    help="Try the file before it is written (default: as Migrate says, which is yes).",
)
