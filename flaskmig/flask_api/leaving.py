"""The command function that goes back to Flask-Migrate: leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.flask_api.context import Folder, Texts, project

if TYPE_CHECKING:
    from flaskmig.engine.commands import Left
    from flaskmig.engine.migrating.events import Notify


def leave(
    directory: Folder = None,
    force: bool = False,
    *,
    x_arg: Texts = None,
    bind: Texts = None,
    lock_wait: float | None = None,
    notify: Notify | None = None,
) -> Left:
    """Take the table ``flaskmig_journal`` out of the databases; files and versions stay.

    Where revision files run under flaskmig alone they are in ``ties`` of the `Left` that comes
    back, and nothing is done unless ``force``. ``lock_wait`` are seconds to wait for an upgrade
    that runs, which ``notify`` is told of. Raises InterruptedRevisionError where a revision was
    cut off in a database.
    """
    from flaskmig.engine import commands

    found = project(directory, x_arg, bind).waiting(lock_wait=lock_wait)
    return commands.leave(found, force=force, notify=notify)
