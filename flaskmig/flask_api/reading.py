"""Command functions that look and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flaskmig.flask_api.context import Decide, Folder, Texts, detection, project
from flaskmig.flask_api.sides import Given, opened

if TYPE_CHECKING:
    from flaskmig.engine.commands import Checked, Current, Difference, LogEntry, Planned, Status
    from flaskmig.snapshots import Snapshot


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


def status(
    directory: Folder = None, *, x_arg: Texts = None, bind: Texts = None
) -> tuple[Status, ...]:
    """Where each database is and what is wrong there, a `Status` for each; nothing is written.

    What could not be looked at is in its ``errors`` and raises nothing.
    """
    from flaskmig.engine import commands

    return commands.status(project(directory, x_arg, bind))


def check(
    directory: Folder = None,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    renames: Texts = None,
    no_rename: bool | Texts = False,
    drops: Texts = None,
    stop: bool = True,
) -> tuple[Checked, ...]:
    """How models and databases differ, a `Checked` for each database.

    Raises DatabaseBehindError and UnknownRevisionError, ChangedRevisionError where a revision
    file is not the one that was applied, and InterruptedRevisionError where a revision is half
    done; without ``stop`` the answer has them, as ``error``.
    """
    from flaskmig.engine import commands

    said = detection(renames, no_rename, drops, None, None)
    found = commands.check(project(directory, x_arg, bind), said)
    for database in found:
        if stop and database.error is not None:
            raise database.error
    return found


def diff(
    directory: Folder = None,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    renames: Texts = None,
    no_rename: bool | Texts = False,
    drops: Texts = None,
    decide: Decide | None = None,
    source: Given = "database",
    target: Given = "models",
) -> tuple[Difference, ...]:
    """What `migrate` would write, a `Difference` for each database, wherever that is.

    ``source`` is what is there and ``target`` what it should become: "models", "database", a
    URL, an Engine, or the file of a snapshot. With any other pair than the default one there is
    one `Difference`; ``bind`` says whose models and database are meant.
    """
    from flaskmig.engine import commands

    said = detection(renames, no_rename, drops, None, decide)
    with opened(source, target) as (there, wanted):
        found = project(directory, x_arg, bind)
        return commands.diff(found, said, source=there, target=wanted)


def snapshot(
    directory: Folder = None,
    file: str | Path | None = None,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    source: Given = "database",
) -> Snapshot:
    """The schema of the database, or of another source as for `diff`; written to ``file``.

    A file that is there and is no snapshot is not written over: ConfigurationError.
    """
    from flaskmig.engine import commands
    from flaskmig.engine.files.snapshot_files import write_snapshot

    with opened(source) as (side,):
        taken = commands.snapshot(project(directory, x_arg, bind), source=side)
    if file is not None:
        write_snapshot(Path(file), taken)
    return taken


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
