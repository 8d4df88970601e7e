"""The command that goes back to Flask-Migrate: leave."""

from __future__ import annotations

from typing import Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import database_options, json_option, lock_wait_option
from flaskmig.cli.output import note, result, result_json
from flaskmig.cli.running import note_waiting
from flaskmig.errors import ConfigurationError


@group.command()
@database_options
@json_option
@lock_wait_option
@click.option("--force", is_flag=True, help="Leave though some files run under flaskmig alone.")
def leave(as_json: bool, **options: Any) -> None:
    """Take flaskmig's journal out of the database, and go back to Flask-Migrate."""
    from flaskmig import flask_api

    done = flask_api.leave(notify=note_waiting, **options)
    if as_json:
        result_json(done.to_json())
    else:
        for tie in done.ties:
            result(str(tie))
        for text in done.notes:
            note(text)
        if done.is_done and not done.removed:
            note("Nothing to do: there is no journal.")
        elif done.is_done:
            note("Done: the journal is gone, and the version table is as Flask-Migrate has it.")
    if not done.is_done:
        raise ConfigurationError(
            "nothing was changed: Alembic cannot run these files",
            hint="rewrite them, or say --force where it will never have to",
        )
