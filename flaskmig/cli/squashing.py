"""The command that makes one revision of several: squash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flaskmig.cli.group import group
from flaskmig.cli.options import directory_option, json_option, no_urls, x_option
from flaskmig.cli.output import note, result, result_exact, result_json, warn

if TYPE_CHECKING:
    from flaskmig.engine.commands import Squashed


@group.command()
@directory_option
@x_option
@json_option
@click.option("-m", "--message", default=None, callback=no_urls, help="What it is called.")
@click.option("--dry-run", is_flag=True, help="Print the file and write nothing.")
@click.argument("revisions", metavar="START:END", callback=no_urls)
def squash(as_json: bool, dry_run: bool, **options: Any) -> None:
    """Make one revision of several that does the same, proven on databases made for it."""
    from flaskmig import flask_api

    made = flask_api.squash(dry_run=dry_run, **options)
    if as_json:
        result_json(made.to_json())
    else:
        _print(made)


def _print(made: Squashed) -> None:
    for line in made.notes:
        warn(f"Note: {line}")
    for place in made.kept:
        note(f"kept as it is written: {place}")
    for proof in made.proofs:
        note(str(proof))
    if made.path is None:
        result_exact(made.content)
        return
    if made.folder is not None:
        note(f"the old files are in {made.folder}, for databases in the middle of them")
    result(str(made.path))
