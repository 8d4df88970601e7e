"""The command that takes over a project of Flask-Migrate: adopt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import database_options, json_option, lock_wait_option
from flaskmig.cli.output import note, result, result_json, warn
from flaskmig.cli.questions import go_on_question
from flaskmig.cli.running import note_waiting

if TYPE_CHECKING:
    from flaskmig.engine.commands import Adopted


@group.command()
@database_options
@json_option
@lock_wait_option
@click.option(
    "--rewrite", is_flag=True, help="Have the revision files import flaskmig and not alembic."
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def adopt(as_json: bool, dry_run: bool, **options: Any) -> None:
    """Take over a migrations folder of Flask-Migrate or Alembic."""
    from flaskmig import flask_api

    ask = go_on_question("Make these changes?")

    def agree(found: Adopted) -> bool:
        if not as_json:
            _print(found)
        return ask is None or ask()

    found = flask_api.adopt(dry_run=dry_run, agree=agree, notify=note_waiting, **options)
    if as_json:
        result_json(found.to_json())
    elif dry_run or not found.is_possible or not found.changes:
        _print(found)
    if not as_json:
        _conclude(found)
    if not found.is_possible:
        raise click.exceptions.Exit(1)


def _print(found: Adopted) -> None:
    for line in _lines(found):
        result(line)


def _conclude(found: Adopted) -> None:
    for text in found.notes:
        note(text)
    for text in found.problems:
        warn(f"Problem: {text}")
    if found.left:
        warn(
            "Nothing was changed: say in Python what is left of env.py, or give Migrate(…, "
            'env_py="ignore") where it does not matter, and adopt again.'
        )
    elif found.problems:
        warn("Nothing was changed: mend this first, and adopt again.")
    elif not found.changes:
        note("Nothing to do: the project is adopted.")
    elif found.is_carried_out:
        note("Done: flask db current shows where the database is, flask db leave goes back.")
    else:
        note("Nothing was changed.")


_STATES = {
    "said": "said in Migrate(…) or flaskmig.toml",
    "moved": "goes to flaskmig.toml",
    "left": "to be said in Python",
    "ignored": 'ignored, as env_py="ignore" says',
    "known": "worth knowing",
}


def _lines(found: Adopted) -> Iterator[str]:
    """The project, what it says, and what changes."""
    heads = f"{_counted(len(found.heads), 'head')} {', '.join(found.heads)}".strip()
    yield (
        f"{found.directory}: {_counted(found.files, 'revision file')}, "
        f"{found.files_of_alembic} of them for Alembic; {heads}"
    )
    if found.ini:
        yield f"alembic.ini is read for {', '.join(found.ini)}"
    for setting in found.settings:
        yield f"{setting} ({_STATES[setting.state]})"
    for line in found.template:
        yield (
            f"script.py.mako, line {line.line}, adds `{line.text}`: new files import what they "
            "use; a script.py.jinja in the folder is a template of your own"
        )
    for database in found.databases:
        yield str(database)
    if found.changes:
        yield ""
        yield "Changes:" if found.is_possible else "Changes that wait for that:"
        for change in found.changes:
            yield f"    {change}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
