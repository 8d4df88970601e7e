"""The commands that change a database: upgrade, downgrade, stamp, ensure-version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import (
    NEGATIVE_NUMBERS,
    database_options,
    json_option,
    lock_wait_option,
    revision_argument,
    revisions_argument,
    rows_option,
    script_options,
    time_options,
)
from flaskmig.cli.output import Progress, note, progress, result_exact, result_json, warn

if TYPE_CHECKING:
    from flaskmig.engine.commands import Ran
    from flaskmig.engine.migrating.events import Event


@group.command(context_settings=NEGATIVE_NUMBERS)
@database_options
@script_options
@time_options
@json_option
@rows_option
@revision_argument("head")
def upgrade(revision: str, sql: bool, as_json: bool, **options: Any) -> None:
    """Upgrade the database to a revision (default: head).

    With --sql the revision may be a range, FROM:TO.
    """
    _run("upgrade", revision, sql=sql, as_json=as_json, options=options)


@group.command(context_settings=NEGATIVE_NUMBERS)
@database_options
@script_options
@time_options
@json_option
@rows_option
@click.option(
    "--accept-changed",
    is_flag=True,
    help="Run downgrade() also of files that were changed since they were applied.",
)
@revision_argument("-1")
def downgrade(revision: str, sql: bool, as_json: bool, **options: Any) -> None:
    """Downgrade the database to a revision (default: -1, one step).

    With --sql the revision may be a range, FROM:TO.
    """
    _run("downgrade", revision, sql=sql, as_json=as_json, options=options)


def _run(verb: str, revision: str, *, sql: bool, as_json: bool, options: dict[str, Any]) -> None:
    from flaskmig import flask_api

    _refuse_both(sql, as_json)
    command = getattr(flask_api, verb)
    if sql:
        script: str = command(revision=revision, sql=True, **options)
        result_exact(script)
        return
    with progress(f"{verb} to {revision}") as line:
        ran: Sequence[Ran] = command(revision=revision, notify=_Notes(line), **options)
    for text in (text for database in ran for text in database.warnings):
        warn(f"Warning: {text}")
    if as_json:
        result_json([database.to_json() for database in ran])
    elif not any(database.applied for database in ran):
        note("Nothing to do: the database is there already.")


def _refuse_both(sql: bool, as_json: bool) -> None:
    if sql and as_json:
        raise click.UsageError("give one of --json and --sql")


class _Notes:
    """Says which revision is running; ``line`` is where a terminal shows how far it is."""

    def __init__(self, line: Progress) -> None:
        self._line = line

    def __call__(self, event: Event) -> None:
        from flaskmig.engine.migrating import events

        match event:
            case events.RevisionStarted():
                below = ", ".join(event.parents) or "base"
                way = (below, event.revision)
                source, target = way if event.direction == "upgrade" else way[::-1]
                message = f", {event.message}" if event.message else ""
                where = f"{event.bind}: " if event.bind else ""
                note(f"{where}Running {event.direction} {source} -> {target}{message}")
                self._line.update(f"{event.number} of {event.total}: {event.revision}{message}")
            case events.RevisionSkipped():
                note(f"{event.revision} was done by another process meanwhile")
            case events.RevisionRetried():
                note(f"{event.revision} is tried again: {event.reason}")
            case events.LockAwaited():
                note_waiting(event)
            case events.CommitFound():
                became = "it was committed" if event.is_done else "it was not, and goes on"
                note(f"the connection was lost while {event.revision} was committed: {became}")
            case events.StatementRun() | events.RevisionDone():
                pass


def note_waiting(event: Event) -> None:
    """Say who is waited for; other events are not for a command that runs no revision."""
    from flaskmig.engine.migrating import events

    if isinstance(event, events.LockAwaited):
        where = f"{event.bind}: " if event.bind else ""
        note(f"{where}Waiting for the database, {event.reason}")


@group.command(context_settings=NEGATIVE_NUMBERS)
@database_options
@script_options
@lock_wait_option
@json_option
@click.option("--purge", is_flag=True, help="Empty the version table first.")
@revisions_argument
def stamp(revisions: tuple[str, ...], sql: bool, as_json: bool, **options: Any) -> None:
    """Say that the database is at a revision (default: head) and run nothing."""
    from flaskmig import flask_api

    _refuse_both(sql, as_json)
    if options["tag"] is not None:
        note("--tag has no effect: stamp runs nothing that could ask for it")
    wanted = revisions or ("head",)
    if sql:
        result_exact(flask_api.stamp(revision=wanted, sql=True, **options))
        return
    done = flask_api.stamp(revision=wanted, notify=note_waiting, **options)
    if as_json:
        result_json([database.to_json() for database in done])
        return
    for database in done:
        before = ", ".join(sorted(database.before)) or "no revision"
        after = ", ".join(sorted(database.after)) or "no revision"
        where = f"{database.bind}: " if database.bind else ""
        note(f"{where}was at {before}, is at {after}")


@group.command("ensure-version")
@database_options
@click.option("--sql", is_flag=True, help="Print the SQL script and run nothing.")
def ensure_version(sql: bool, **options: Any) -> None:
    """Make the version table, where it is not there."""
    from flaskmig import flask_api

    script = flask_api.ensure_version(sql=sql, **options)
    if sql:
        result_exact(str(script))
