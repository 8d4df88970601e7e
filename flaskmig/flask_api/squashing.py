"""The command function that makes one revision of several: squash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.flask_api.context import Folder, Texts, project

if TYPE_CHECKING:
    from flaskmig.engine.commands import Squashed


def squash(
    revisions: str,
    directory: Folder = None,
    message: str | None = None,
    *,
    x_arg: Texts = None,
    dry_run: bool = False,
) -> Squashed:
    """Make one revision of ``"START:END"``, both included, that does the same, as a `Squashed`.

    It is proven on databases made for that, of every bind, before it is written; ``dry_run``
    writes nothing. Raises RevisionError where those revisions cannot be one,
    UnprovenRevisionError where it would not do the same, ConfigurationError where it cannot be
    tried.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, None)
    return commands.squash(found, revisions, message=message, dry_run=dry_run)
