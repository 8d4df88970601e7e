"""The commands with which a person decides what flaskmig cannot know: repair, resolve."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import (
    Function,
    SpelledOption,
    database_options,
    json_option,
    lock_wait_option,
    no_urls,
)
from flaskmig.cli.output import note, result, result_json
from flaskmig.cli.running import note_waiting

if TYPE_CHECKING:
    from flaskmig.engine.commands import Repaired, Resolved
    from flaskmig.engine.commands.resolving import Said


@group.command()
@database_options
@json_option
@lock_wait_option
@click.option(
    "--accept",
    cls=SpelledOption,
    multiple=True,
    metavar="REV",
    callback=no_urls,
    help="Take the file of an applied revision as it is now; may be given several times.",
)
@click.option(
    "--restamp",
    cls=SpelledOption,
    multiple=True,
    metavar="OLD:NEW",
    callback=no_urls,
    help="Make an unknown row of the version table a revision; may be given several times.",
)
def repair(as_json: bool, **options: Any) -> None:
    """List what was changed behind flaskmig's back, or say that it is right so."""
    from flaskmig import flask_api

    done = flask_api.repair(notify=note_waiting, **options)
    if as_json:
        result_json([database.to_json() for database in done])
    else:
        _print(done)
    asked = not options["accept"] and not options["restamp"]
    if asked and not all(database.is_ok for database in done):
        raise click.exceptions.Exit(1)


def _print(done: tuple[Repaired, ...]) -> None:
    for database in done:
        where = f"{database.bind}: " if database.bind else ""
        for old, new in database.restamped:
            note(f"{where}the row {old} is {new} now")
        for revision in database.accepted:
            note(f"{where}revision {revision} counts as it is now")
        for finding in database.findings:
            result(f"{where}{finding.message}")
            result(f"    {finding.hint}")
    if all(database.is_ok for database in done):
        note("Nothing is wrong with the files and the version table.")


_WORDS: tuple[Said, ...] = ("ran", "not-run", "applied", "undone")


def _said(word: str, text: str) -> Callable[[Function], Function]:
    return click.option(f"--{word}", is_flag=True, help=text)


@group.command()
@database_options
@json_option
@lock_wait_option
@_said("ran", "The statement in doubt took effect: go on behind it.")
@_said("not-run", "The statement in doubt did not take effect: run it again.")
@_said("applied", "The database has all of the revision: it is applied.")
@_said("undone", "The database has nothing of the revision: it is not applied.")
@click.argument("revision", required=False, callback=no_urls)
def resolve(as_json: bool, **options: Any) -> None:
    """List what was cut off and is unfinished, or say what became of it.

    Mostly nothing has to be said: the next upgrade (or downgrade) goes on where it was cut off.
    """
    from flaskmig import flask_api

    given = [word for word in _WORDS if options.pop(word.replace("-", "_"))]
    if len(given) > 1:
        raise click.UsageError(f"--{given[0]} and --{given[1]} say different things; give one")
    said = given[0] if given else None
    done = flask_api.resolve(said=said, notify=note_waiting, **options)
    if as_json:
        result_json([database.to_json() for database in done])
    else:
        _print_unfinished(done)
    if said is None and not all(database.is_ok for database in done):
        raise click.exceptions.Exit(1)


def _print_unfinished(done: tuple[Resolved, ...]) -> None:
    for database in done:
        where = f"{database.bind}: " if database.bind else ""
        if database.said in ("ran", "not-run"):
            note(f"{where}the next run of revision {database.revision} takes that into account")
        elif database.said:
            note(f"{where}revision {database.revision} counts as {database.said}")
        for work in database.unfinished:
            result(f"{where}{work}")
            result(f"    {work.hint}")
    if all(database.is_ok for database in done):
        note("Nothing is unfinished.")
