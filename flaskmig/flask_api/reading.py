"""Command functions that look and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.flask_api.context import Decide, Folder, Texts, detection, project

if TYPE_CHECKING:
    from flaskmig.engine.commands import Current, Difference, LogEntry, Planned


def show(
    directory: Folder = None,
    revision: str = "head",
    *,
    x_arg: Texts = None,
    bind: Texts = None,
) -> tuple[LogEntry, ...]:
    """The revisions that an identifier names."""
    from flaskmig.engine import commands

    return commands.show(project(directory, x_arg, bind), revision)


def history(
    directory: Folder = None,
    rev_range: str | None = None,
    verbose: bool = False,
    indicate_current: bool = False,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
) -> tuple[LogEntry, ...]:
    """The revisions, newest first; ``verbose`` is for the command line."""
    from flaskmig.engine import commands

    return commands.history(
        project(directory, x_arg, bind), rev_range=rev_range, indicate_current=indicate_current
    )


def heads(
    directory: Folder = None,
    verbose: bool = False,
    resolve_dependencies: bool = False,
    *,
    x_arg: Texts = None,
) -> tuple[LogEntry, ...]:
    """The revisions that no other follows."""
    from flaskmig.engine import commands

    return commands.heads(project(directory, x_arg), resolve_dependencies=resolve_dependencies)


def branches(
    directory: Folder = None, verbose: bool = False, *, x_arg: Texts = None
) -> tuple[LogEntry, ...]:
    """The revisions that several follow."""
    from flaskmig.engine import commands

    return commands.branches(project(directory, x_arg))


def current(
    directory: Folder = None,
    verbose: bool = False,
    check_heads: bool = False,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
) -> tuple[Current, ...]:
    """Where each database is; ``check_heads`` raises DatabaseBehindError where not at the heads."""
    from flaskmig.engine import commands

    return commands.current(project(directory, x_arg, bind), check_heads=check_heads)


def check(
    directory: Folder = None,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    renames: Texts = None,
    no_rename: bool = False,
    drops: Texts = None,
) -> tuple[Difference, ...]:
    """How models and databases differ, a `Difference` for each database.

    Raises DatabaseBehindError, and ChangedRevisionError where a revision file is not the one
    that was applied.
    """
    from flaskmig.engine import commands

    said = detection(renames, no_rename, drops, None, None)
    return commands.check(project(directory, x_arg, bind), said)


def diff(
    directory: Folder = None,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    renames: Texts = None,
    no_rename: bool = False,
    drops: Texts = None,
    decide: Decide | None = None,
) -> tuple[Difference, ...]:
    """What `migrate` would write, a `Difference` for each database, wherever that is."""
    from flaskmig.engine import commands

    said = detection(renames, no_rename, drops, None, decide)
    return commands.diff(project(directory, x_arg, bind), said)


def plan(
    directory: Folder = None,
    revision: str = "head",
    *,
    x_arg: Texts = None,
    bind: Texts = None,
) -> tuple[Planned, ...]:
    """What `upgrade` would run, a `Planned` for each database."""
    from flaskmig.engine import commands

    return commands.plan(project(directory, x_arg, bind), revision)
