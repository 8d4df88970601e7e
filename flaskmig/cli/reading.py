"""The commands that look and change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import (
    NEGATIVE_NUMBERS,
    database_options,
    detection_options,
    directory_option,
    json_option,
    no_urls,
    revision_argument,
    verbose_option,
    x_option,
)
from flaskmig.cli.output import error, note, result, result_exact, result_json, warn
from flaskmig.cli.questions import rename_question
from flaskmig.cli.screen import status_lines
from flaskmig.cli.text import brief, full, one_line, plan_lines

if TYPE_CHECKING:
    from flaskmig.engine.commands import LogEntry

SIDES = "models, database, a database's URL, or the file of a snapshot"


@group.command(context_settings=NEGATIVE_NUMBERS)
@database_options
@json_option
@revision_argument("head")
def show(revision: str, as_json: bool, **options: Any) -> None:
    """Show a revision (default: head) in full."""
    from flaskmig import flask_api

    _print(flask_api.show(revision=revision, **options), as_json, full)


@group.command()
@database_options
@verbose_option
@json_option
@click.option(
    "-r", "--rev-range", default=None, metavar="START:END", callback=no_urls, help="Only these."
)
@click.option("-i", "--indicate-current", is_flag=True, help="Mark where the database is.")
def history(as_json: bool, verbose: bool, **options: Any) -> None:
    """List the revisions, newest first."""
    from flaskmig import flask_api

    _print(flask_api.history(**options), as_json, full if verbose else one_line)


@group.command()
@directory_option
@x_option
@verbose_option
@json_option
@click.option("--resolve-dependencies", is_flag=True, help="Leave out heads that others depend on.")
def heads(as_json: bool, verbose: bool, **options: Any) -> None:
    """List the revisions that no other follows."""
    from flaskmig import flask_api

    _print(flask_api.heads(**options), as_json, full if verbose else brief)


@group.command()
@directory_option
@x_option
@verbose_option
@json_option
def branches(as_json: bool, verbose: bool, **options: Any) -> None:
    """List the revisions that several follow, and those."""
    from flaskmig import flask_api

    found = flask_api.branches(**options)
    _print(found, as_json, full if verbose else _branch_point)


def _branch_point(entry: LogEntry) -> str:
    return "\n".join([brief(entry), *(f"    -> {child}" for child in entry.children)])


@group.command()
@database_options
@verbose_option
@json_option
@click.option("-c", "--check-heads", is_flag=True, help="Fail where the database is not at head.")
def current(as_json: bool, verbose: bool, **options: Any) -> None:
    """Show which revision the database is at."""
    from flaskmig import flask_api

    databases = flask_api.current(**options)
    for warning in (warning for database in databases for warning in database.warnings):
        warn(f"Warning: {warning}")
    if as_json:
        result_json([database.to_json() for database in databases])
        return
    for database in databases:
        where = f"{database.bind}: " if database.bind else ""
        if verbose:
            result(f"{where}current revisions of {database.url}")
        for entry in database.entries:
            result(full(entry) if verbose else f"{where}{brief(entry)}")


@group.command()
@database_options
@json_option
def status(as_json: bool, **options: Any) -> None:
    """Show where the database is, what is pending, unfinished or changed, and what differs."""
    from flaskmig import flask_api

    databases = flask_api.status(**options)
    if as_json:
        result_json([database.to_json() for database in databases])
    else:
        result("\n\n".join("\n".join(status_lines(database)) for database in databases))
    problems = [each for database in databases for each in database.errors]
    for problem in problems:
        error(problem.message, problem.hint)
    if problems:
        raise click.exceptions.Exit(1)


@group.command()
@database_options
@detection_options
@json_option
def check(as_json: bool, **options: Any) -> None:
    """Fail where models and database differ, or the database is not as the files made it."""
    from flaskmig import flask_api

    databases = flask_api.check(stop=False, **options)
    _print_notes(databases)
    for text in (text for database in databases for text in database.warnings):
        warn(f"Warning: {text}")
    if as_json:
        result_json([database.to_json() for database in databases])
    else:
        for line in _lines(databases):
            result(line)
    for problem in (database.error for database in databases):
        if problem is not None:
            error(problem.message, problem.hint)
    found = sum(len(database.operations) for database in databases)
    if found:
        many = "1 new upgrade operation" if found == 1 else f"{found} new upgrade operations"
        error(f"{many} detected", "flask db migrate")
    if not all(database.is_ok for database in databases):
        raise click.exceptions.Exit(1)
    if not as_json:
        result("No new upgrade operations detected.")


@group.command()
@database_options
@detection_options
@json_option
@click.option("--sql", is_flag=True, help="Print the SQL that would make the difference go.")
@click.option("--python", is_flag=True, help="Print the body of the revision file.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there are differences.")
@click.option(
    "--from", "source", default="database", metavar="SIDE", help=f"What is there: {SIDES}."
)
@click.option("--to", "target", default="models", metavar="SIDE", help="What it should become.")
def diff(as_json: bool, sql: bool, python: bool, exit_code: bool, **options: Any) -> None:
    """Show what migrate would write, or what makes one side of another."""
    from flaskmig import flask_api

    if as_json + sql + python > 1:
        raise click.UsageError("give one of --json, --sql and --python")
    differences = flask_api.diff(decide=rename_question(), **options)
    _print_notes(differences)
    if as_json:
        result_json([difference.to_json() for difference in differences])
    elif sql or python:
        for difference in differences:
            text = difference.sql() if sql else difference.python()
            if text:
                result_exact(text)
    else:
        for line in _lines(differences):
            result(line)
    found = any(difference.operations for difference in differences)
    if not found and not (as_json or sql or python):
        result("No changes in schema detected.")
    if found and exit_code:
        raise click.exceptions.Exit(1)


@group.command()
@database_options
@click.option("--of", "source", default="database", metavar="SIDE", help=f"Of what: {SIDES}.")
@click.argument("file", default="-", type=click.Path(dir_okay=False, allow_dash=True))
def snapshot(file: str, **options: Any) -> None:
    """Write the schema of the database as JSON, to a file or to stdout."""
    from flaskmig import flask_api

    taken = flask_api.snapshot(file=None if file == "-" else file, **options)
    if file == "-":
        result_exact(taken.text())
    else:
        result(file)


@group.command(context_settings=NEGATIVE_NUMBERS)
@database_options
@json_option
@click.option("--sql", is_flag=True, help="Print the SQL script.")
@revision_argument("head")
def plan(revision: str, as_json: bool, sql: bool, **options: Any) -> None:
    """Show what upgrade would run (default: to head): statements, locks, hazards."""
    from flaskmig import flask_api

    if as_json and sql:
        raise click.UsageError("give one of --json and --sql")
    plans = flask_api.plan(revision=revision, **options)
    if as_json:
        result_json([database.to_json() for database in plans])
        return
    for database in plans:
        if sql:
            result_exact(database.sql())
            continue
        for text in plan_lines(database):
            result(text.rstrip("\n"))
    if not any(database.plan for database in plans):
        note("Nothing to do: the database is there already.")


def _print(entries: Sequence[LogEntry], as_json: bool, line: Any) -> None:
    if as_json:
        result_json([entry.to_json() for entry in entries])
        return
    if entries:
        # In one piece: a long history is as many system calls otherwise.
        result("\n".join(map(line, entries)))


def _lines(differences: Sequence[Any]) -> list[str]:
    return [
        f"{difference.bind}: {operation}" if difference.bind else str(operation)
        for difference in differences
        for operation in difference.operations
    ]


def _print_notes(differences: Sequence[Any]) -> None:
    for difference in differences:
        for text in difference.notes:
            note(text)
