"""The commands that write files: init, revision, migrate, merge, edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import (
    backfill_option,
    database_options,
    detection_options,
    directory_option,
    file_options,
    json_option,
    message_option,
    no_urls,
    revision_options,
    verify_option,
)
from flaskmig.cli.output import note, progress, result, result_json, warn
from flaskmig.cli.questions import rename_question, value_question

if TYPE_CHECKING:
    from flaskmig.engine.commands import Written


@group.command("list-templates")
@json_option
def list_templates(as_json: bool) -> None:
    """List the templates that init knows."""
    from flaskmig import flask_api

    templates = flask_api.list_templates()
    if as_json:
        result_json([template.to_json() for template in templates])
        return
    for template in templates:
        result(f"{template.name} - {template.description}")


@group.command()
@directory_option
@click.option("--multidb", is_flag=True, help="Migrate every bind, not only the default one.")
@click.option("-t", "--template", default=None, help="A name, or a folder with own templates.")
@click.option("--package", is_flag=True, help="Write __init__.py files.")
def init(**options: Any) -> None:
    """Make the folder of the migrations."""
    from flaskmig import flask_api

    for path in flask_api.init(**options).created:
        result(str(path))


@group.command()
@database_options
@revision_options
@detection_options
@backfill_option
@verify_option
@click.option("--autogenerate", is_flag=True, help="Compare models and database, like migrate.")
def revision(autogenerate: bool, **options: Any) -> None:
    """Write a new revision, empty unless --autogenerate."""
    from flaskmig import flask_api

    decide = rename_question() if autogenerate else None
    fill = value_question() if autogenerate else None
    written = flask_api.revision(autogenerate=autogenerate, decide=decide, fill=fill, **options)
    _print_written(written)


@group.command()
@database_options
@revision_options
@detection_options
@backfill_option
@verify_option
def migrate(**options: Any) -> None:
    """Compare models and database and write the difference as a new revision."""
    from flaskmig import flask_api

    # Asked for before the line is shown: rich stands in for stderr while it is.
    decide, fill = rename_question(), value_question()
    with progress("comparing models and database") as line:
        if decide is not None:
            decide = line.paused(decide)
        if fill is not None:
            fill = line.paused(fill)
        written = flask_api.migrate(decide=decide, fill=fill, **options)
    _print_written(written)


@group.command()
@directory_option
@click.argument("revision", default="head", callback=no_urls)
def edit(**options: Any) -> None:
    """Open a revision (default: head) in $EDITOR."""
    from flaskmig import flask_api

    flask_api.edit(**options)


@group.command()
@file_options
@message_option
@click.option("--branch-label", default=None, help="A label for the merged branch.")
@click.option("--rev-id", default=None, help="Id of the revision, instead of a random one.")
@click.option("--splice", is_flag=True, help="Allow revisions that are not heads.")
@click.argument("revisions", nargs=-1, metavar="[REVISION]...", callback=no_urls)
def merge(**options: Any) -> None:
    """Write a revision that joins several (default: the heads)."""
    from flaskmig import flask_api

    _print_written(flask_api.merge(**options))


def _print_written(written: Written) -> None:
    for difference in written.differences:
        where = f"{difference.bind}: " if difference.bind else ""
        for operation in difference.operations:
            note(f"Detected: {where}{operation}")
        for text in difference.notes:
            note(text)
    for text in written.notes:
        note(text)
    if written.path is None:
        result("No changes in schema detected.")
        return
    for proof in written.proofs:
        note(str(proof))
        for text in proof.notes:
            note(text)
    result(str(written.path))
    for difference in written.differences:
        for hazard in difference.hazards:
            warn(f"Warning: {hazard.message}")
            if hazard.instead:
                warn(f"  {hazard.instead}")
